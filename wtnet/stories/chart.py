"""What stands beside the map: a few figures as a chart, with words for a reader who cannot see it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import polars as pl

from wtnet.measures.impact import tallies
from wtnet.measures.impact.states import MET
from wtnet.palette import STATES
from wtnet.sentences.findings import voice as voice_words
from wtnet.sentences.format import WITHHELD, count, cut, figure, result_text
from wtnet.stories.facts import Facts
from wtnet.stories.outcome_sentences import examples_of
from wtnet.tables.evidence import ACTIVITY_KINDS, VOICES
from wtnet.tables.model import Basis
from wtnet.tables.rounding import fixed, rounded
from wtnet.tables.schema import CORE_KINDS, KINDS

MARKS = (("baseline", "at the start"), ("latest", "now"), ("target", "target"))
"""What is marked on the way of an outcome, in the order of `SideChart.spans`, and its words."""
MOST = 8
MOST_TWO = 6
"""So many rows at most; fewer of two bars each."""
BASES: dict[Basis, str] = {
    "both": "Both sides",
    "one-sided": "One side",
    "documented": "Documents only",
    "none": "Nothing yet",
    "withheld": "Withheld",
}


@dataclass(frozen=True)
class SideChart:
    """A small chart: `categories` down the side; each series a name and a value a category (None: not known).

    `unit` of the values; `top` the end of the scale (None: the largest value); `row_words` the words at the end of each row
    (empty where the value says all), `spans` baseline, latest value and target of each row
    that has one; `note` what to know, or why there is nothing; `alt` the
    whole in a sentence.
    """

    kind: str
    title: str
    categories: tuple[str, ...] = ()
    series: tuple[tuple[str, tuple[float | None, ...]], ...] = ()
    unit: str = ""
    top: float | None = None
    row_words: tuple[str, ...] = ()
    spans: tuple[tuple[float, float, float], ...] = ()
    note: str = ""

    @property
    def alt(self) -> str:
        """The chart in a sentence: every row with its figures."""
        if not self.categories:
            return f"{self.title}. {self.note}".strip()
        rows = []
        for at, name in enumerate(self.categories):
            values = [
                f"{label} {self.shown(values[at])}" if len(self.series) > 1 else self.shown(values[at])
                for label, values in self.series
            ]
            rows.append(
                f"{name}: {', '.join(values)}" + (f" ({self.row_words[at]})" if self.row_words and self.row_words[at] else "")
            )
        return f"{self.title}. {'; '.join(rows)}. {self.note}".strip()

    @property
    def places(self) -> tuple[tuple[float, ...], ...]:
        """Where the three of each of the `spans` stand from the least of them, 0, to the greatest, 1; equal ones all at 0."""
        ends = [(min(span), max(span)) for span in self.spans]
        return tuple(
            tuple((value - low) / ((high - low) or 1.0) for value in span)
            for span, (low, high) in zip(self.spans, ends, strict=True)
        )

    def shown(self, value: float | None) -> str:
        """A value as it is written: counts whole, shares in percent, strength with two decimals."""
        if value is None:
            return "–"
        return f"{fixed(value)}%" if self.unit == "%" else figure(value, digits=0 if self.unit == "count" else 2)


def side_chart(kind: str, facts: Facts, at: int) -> SideChart | None:
    """The chart of one kind for a subject in a wave (0 the first, −1 the last); None for none."""
    makers = {
        "voices": _voices,
        "done": _done,
        "kinds": _kinds,
        "strength": _strength,
        "moved": _moved,
        "answers": _answers,
        "missing": _missing,
        "sides": _sides,
        "came": _came,
        "next": _next,
    }
    return makers[kind](facts, at) if kind in makers else None


def _kinds(facts: Facts, at: int) -> SideChart:
    now = facts.kinds_of(at)
    first = facts.kinds_of(0) if len(facts.waves) > 1 and at % len(facts.waves) else None
    used = [kind for kind in KINDS if now[kind] or (first and first[kind])]
    used.sort(key=lambda kind: -now[kind])
    used = used[: MOST if first is None else MOST_TWO]
    series = [(facts.wave_name(at) or "on the record", tuple(float(now[kind]) for kind in used))]
    if first is not None:
        series.insert(0, (facts.wave_name(0), tuple(float(first[kind]) for kind in used)))
    note = "" if used else "No partnership is known here."
    return SideChart(
        "kinds", "Partners by kind", tuple(KINDS[kind].partition(" or ")[0] for kind in used), tuple(series), "count", note=note
    )


def _strength(facts: Facts, at: int) -> SideChart:
    title = "Mean strength, 0 none to 1 strongest"
    if not facts.waves:
        return SideChart("strength", title, note="There is no survey wave yet.")
    places = range(len(facts.waves))[-MOST:]
    means = {each: facts.strength(each) for each in places}
    values = tuple(means[each].value for each in places)
    in_words = tuple(
        WITHHELD if means[each].withheld else f"{means[each].ties:,} of {count(facts.ties(each).height, 'partnership')} rated"
        for each in places
    )
    names = tuple(facts.wave_name(each) for each in places)
    return SideChart("strength", title, names, (("Mean strength", values),), "strength", 1.0, in_words)


def _moved(facts: Facts, at: int) -> SideChart:
    """What became of the partnerships rated in the first wave and in the last."""
    title = f"Partnerships rated in {facts.wave_name(0)} and {facts.wave_name(-1)}" if len(facts.waves) > 1 else "Partnerships"
    words = {"stronger": "Grew stronger", "unchanged": "About the same", "weaker": "Weaker"}
    used = [state for state in words if facts.changes[state]]
    note = "" if used else "How strength moved is not known here, or is withheld."
    values = tuple(float(facts.changes[state]) for state in used)
    return SideChart("moved", title, tuple(words[state] for state in used), (("Partnerships", values),), "count", note=note)


def _answers(facts: Facts, at: int) -> SideChart:
    """What the strength of each partnership rests on."""
    bases = facts.bases(at)
    used = [base for base in BASES if base in bases]
    values = tuple(float(bases.count(base)) for base in used)
    note = "" if used else "No partnership is known here."
    title = "Who told us how strong each partnership is"
    return SideChart("answers", title, tuple(BASES[base] for base in used), (("Partnerships", values),), "count", note=note)


def _missing(facts: Facts, at: int) -> SideChart:
    """How many partners of each of the four sectors it works with; null where the record does not tell."""
    numbers, own = facts.kinds_of(-1), facts.kinds.get(facts.of.id, "")
    values = tuple(None if kind in facts.untold else float(numbers[kind]) for kind in CORE_KINDS)

    def word(kind: str) -> str:
        if kind in facts.untold:
            return "not recorded"
        return "" if numbers[kind] else "ourselves" if kind == own else "none known" if facts.only_known else "none yet"

    row_words, names = tuple(word(kind) for kind in CORE_KINDS), tuple(CORE_KINDS.values())
    return SideChart("missing", "Partners of the four sectors", names, (("Partners", values),), "count", row_words=row_words)


def _sides(facts: Facts, at: int) -> SideChart:
    if facts.of.kind != "partner":
        return _answers(facts, at)
    sides = facts.sides(at)
    shown = sides.filter(sides["says"].is_not_null() | sides["other_says"].is_not_null()).head(MOST_TWO)
    left = sides.height - shown.height
    note = f"{count(left, 'more partnership')} not shown." if left and shown.height else ""
    if not shown.height:
        note = "Nobody has said anything that may be shown here."
    us = facts.names[facts.of.id]
    series = ((f"As {cut(us, 28)} sees it", tuple(shown["says"])), ("As the other side sees it", tuple(shown["other_says"])))
    names = tuple(cut(name, 40) for name in shown["name"])
    return SideChart("sides", "Strength as each side sees it", names, series, "strength", 1.0, note=note)


def _came(facts: Facts, at: int) -> SideChart:
    wave = facts.waves[at] if facts.waves else None
    seen = facts.progress if wave is None or wave == facts.waves[-1] else facts.progress_at(wave)
    title = "From the baseline to now, with the target"
    aims = tallies.targets(seen)
    rows = examples_of(seen)
    if not rows:
        none = "No indicator has a baseline, a later value and a target"
        return SideChart("came", title, note=f"{none} that may be shown." if tallies.withheld(seen) else f"{none} yet.")
    several = len({row["pilot"] for row in rows}) > 1
    names = tuple(cut(row["name"], 60) + (f" ({cut(row['pilot_name'], 40)})" if several else "") for row in rows)
    values = tuple(rounded(100 * _way(row)) for row in rows)
    spans = tuple((row["baseline"], row["latest"], row["target"]) for row in rows)
    row_words = tuple(_from_to(row) for row in rows)
    left, secret = aims.height - len(rows), tallies.withheld(seen)
    notes = [f"{count(left, 'more indicator')} with a target not shown."] if left > 0 and not secret else []
    notes += ["Some are withheld: small numbers."] if secret else []
    return SideChart("came", title, names, (("Of the way", values),), "%", 100.0, row_words, spans, " ".join(notes))


def _from_to(row: dict[str, Any]) -> str:
    """A result with its unit, its target and its state: "6.10 to 4.90 mean, 3 to 9; target 5: ✓ met"."""
    unit = str(row["unit"] or "")
    percent = "%" if unit.startswith("%") else None
    target = figure(row["target"], percent)
    counted = f" {unit}" if unit and not percent else ""
    moved = f"{result_text(row, 'baseline', percent)} to {result_text(row, 'latest', percent)}{counted}"
    return f"{moved}; target {target}: {_state(row)}"


def _way(row: dict[str, Any]) -> float:
    """How much of the way is gone, 0 to 1; all of it where the target is met, even if there was no way to go."""
    return 1.0 if row["state"] in MET else min(1.0, max(0.0, row["progress"]))


def _state(row: dict[str, Any]) -> str:
    word, icon = STATES[row["state"]][:2]
    return f"{icon} {word}"


def _voices(facts: Facts, at: int) -> SideChart:
    """How many findings are in each voice, and in words how many of them are to improve."""
    title, findings = "Findings by whose voice", facts.findings
    if findings.is_empty():
        return SideChart("voices", title, note="Nothing was found in words here.")
    numbers, improve = (
        Counter(findings["voice"].cast(pl.String)),
        Counter(findings.filter(pl.col("kind") == "to_improve")["voice"].cast(pl.String)),
    )
    used = sorted((voice for voice in [*VOICES, None] if numbers[voice]), key=lambda voice: -numbers[voice])
    left, used = len(used) - MOST, used[:MOST]
    note = f"{count(left, 'more voice')} not shown." if left > 0 else ""
    row_words = tuple(f"{improve[voice]:,} to improve" if improve[voice] else "" for voice in used) if improve.total() else ()
    names, values = (
        tuple(voice_words(voice).replace(" and heritage", "") for voice in used),
        tuple(float(numbers[voice]) for voice in used),
    )
    return SideChart("voices", title, names, (("Findings", values),), "count", row_words=row_words, note=note)


def _done(facts: Facts, at: int) -> SideChart:
    """How many activities there were of each kind."""
    title, done = "Activities by kind", facts.activities
    if done.is_empty():
        return SideChart("done", title, note="No activity is recorded here.")
    numbers = Counter(done["kind"].fill_null("other"))
    rows = sorted((kind for kind in ACTIVITY_KINDS if numbers[kind]), key=lambda kind: -numbers[kind])
    left, rows = len(rows) - MOST, rows[:MOST]
    note = f"{count(left, 'more kind')} not shown." if left > 0 else ""
    names, values = tuple(ACTIVITY_KINDS[kind] for kind in rows), tuple(float(numbers[kind]) for kind in rows)
    return SideChart("done", title, names, (("Activities", values),), "count", note=note)


def _next(facts: Facts, at: int) -> SideChart:
    after = facts.afterwards
    words = {"continues": "Documented to continue", "ends": "Documented to end", "not documented": "Not documented"}
    used = [word for word in words if after[word]]
    values = tuple(float(after[word]) for word in used)
    names = tuple(words[word] for word in used)
    note = "" if used else "No partnership is known here."
    return SideChart("next", "Partnerships after the programme", names, (("Partnerships", values),), "count", note=note)
