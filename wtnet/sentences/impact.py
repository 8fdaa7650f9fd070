"""The sentences of the impact page: the headline, each indicator, and what a reader must know of it."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from wtnet.measures.impact import progress
from wtnet.measures.impact.progress import ImpactSummary
from wtnet.measures.impact.suppression import fewer_than
from wtnet.palette import STATES
from wtnet.sentences.format import count, cut, figure, listed, result_text, verb
from wtnet.tables.instruments import ADDS, SCALES
from wtnet.tables.model import State

_ENDS = re.compile(r"\b(\d+(?:\.\d+)?)\s*(?:to|–|-)\s*(\d+(?:\.\d+)?)\b")


@dataclass(frozen=True)
class IndicatorLine:
    """One indicator as text, with the numbers its picture needs.

    `about` how it was measured, `ends` of its scale, `from_to` "5.7 → 7.0", `aim` "target 7.0", `n` "n 88 → 126", `state` None
    in the first wave, `way` "95 % of the way", `notes` what a reader must know, `open` if its rows are shown below.
    """

    id: str
    name: str
    about: str
    baseline: float | None
    latest: float | None
    target: float | None
    ends: tuple[float, float]
    from_to: str
    aim: str
    n: str
    state: State | None
    way: str = ""
    notes: tuple[str, ...] = ()
    open: bool = False


def scale(rule: str | None, unit: str | None, values: Sequence[float | None]) -> tuple[float, float]:
    """The ends of the scale an indicator is drawn on: those of its instrument, else those its unit names ("mean, 1 to 5"), else
    0 and the largest value. Values outside widen it."""
    known = [value for value in values if value is not None and math.isfinite(value)]
    in_unit = _ENDS.search(unit or "") if rule in {"mean", "unknown"} else None
    if rule in SCALES:
        low, high, _ = SCALES[rule]
    elif in_unit and float(in_unit[1]) < float(in_unit[2]):
        low, high = float(in_unit[1]), float(in_unit[2])
    else:
        low, high = 0.0, max([0.0, *known])
    low, high = min([low, *known]), max([high, *known])
    return (low, high) if high > low else (low, low + 1)


_NEVER = "Nobody has measured it here."
STATE_MEANINGS = {
    "met": "**Met.** The latest figure is at the pilot's target or beyond it, in the direction that is better.",
    "on_track": "**On track.** Not there yet, but at least as far from baseline to target as the time that has passed.",
    "behind": "**Behind.** Less of the way from baseline to target is done than time has passed; at a pilot's end, not reached.",
    "no_baseline": "**No baseline.** Not at the target, and nothing was measured in the first wave to see how far it has come.",
    "no_data": "**No data.** Nothing has been measured since the baseline.",
    "late": "**Late or missing.** No value in the wave looked at: the last one is older, or there is none since the baseline.",
    "evidence": "**With evidence.** Results that name what shows them, or where it can be read, of all results in view.",
}
"""What the headline figures mean, as Markdown."""


def progress_text(row: Mapping[str, Any]) -> str:
    """How far along a row of `impact.overview` is; "" where that is not known or would mislead."""
    share, state = row["progress"], row["state"]
    if share is None or state in {"too_few", "withheld", None}:
        return ""
    if state == "met" and share < 1:
        return "there from the start"
    return "further off than at the start" if share < 0 else of_the_way(share)


def of_the_way(share: float | None) -> str:
    """ "84 % of the way", never rounded up to the whole way; "" if unknown."""
    return "" if share is None else f"{figure(math.floor(100 * share + 1e-9))} % of the way"


def headline(summary: ImpactSummary, where: str, wave: str, untold: str = "") -> str:
    """The sentence on top: how many targets are met, what is furthest from its target, what nobody has measured.

    `where` is the cut in words (`filters_text`) and `wave` the name of the wave; either may be "". `untold` says that results are
    not all recorded (`record.results_untold`): then nothing is said not to have been measured.
    """
    targets = progress.targets(summary.progress)
    tally, aimed, withheld = progress.tally(targets), targets.height, progress.tally(summary.progress)["withheld"]
    begin = f"{where}: " if where else ""
    when = f" at the wave “{wave}”" if wave else ""
    if not summary.cells.height:
        if untold:
            return f"{begin}{untold[:1].lower() if where else untold[:1]}{untold[1:]}"
        return f"{begin}nothing has been measured{when}." if where else f"Nothing has been measured{when}."
    if not aimed:
        number = summary.cells["indicator"].n_unique()
        measured = f"{count(number, 'indicator')} in {count(summary.cells['pilot'].n_unique(), 'pilot')}{when}"
        whose = "it has no" if number == 1 else "none has a"
        return f"{begin}{measured}; {whose} target that can be decided here."
    parts = [f"{tally['met']} of {count(aimed, 'pilot target')} {verb(aimed)} met"]
    parts += [f"{tally[name]} {words}" for name, words in _UNMET if tally[name]]
    kept = f" {count(withheld, 'more is', 'more are')} withheld: small numbers." if withheld else ""
    bare = summary.progress["pilot"].null_count()
    never = f" {count(bare, 'indicator')} {verb(bare, 'has', 'have')} not been measured in any pilot." if bare else ""
    never = f" {untold}" if untold else never
    return f"{begin}{listed(parts, most=5)}{when}.{_furthest(summary.overview)}{kept}{never}"


_UNMET: tuple[tuple[State, str], ...] = (
    ("on_track", "on track"),
    ("behind", "behind"),
    ("no_baseline", "without a baseline"),
    ("no_data", "without data"),
)


def first_wave_headline(cells: pl.DataFrame, where: str, wave: str) -> str:
    """The sentence on top at the first wave, whose `cells` are baselines only."""
    number, pilots = cells["indicator"].n_unique(), count(cells["pilot"].n_unique(), "pilot")
    begin = f"{where}: at" if where else "At"
    there = f"there {verb(number, 'is a baseline', 'are baselines')} of {count(number, 'indicator')} in {pilots}"
    return f"{begin} the first wave, “{wave}”, {there}. Later waves show what came of it."


def _furthest(overview: pl.DataFrame) -> str:
    left = overview.filter(pl.col("state").is_in(["behind", "on_track"]), pl.col("progress") < 1).sort("progress")
    if not left.height:
        return ""
    row = left.row(0, named=True)
    return f" Taken together, furthest from its target is “{cut(row['name'], 70)}”, {of_the_way(row['progress'])}."


def tally_text(states: Sequence[str | None]) -> str:
    """How many are in each state: "3 met, 1 behind"."""
    return ", ".join(f"{list(states).count(name)} {STATES[name][0]}" for name in progress.STATES if name in states)


def indicator_line(row: Mapping[str, Any], notes: Sequence[str], opened: bool, first: bool = False) -> IndicatorLine:
    """A row of `impact.overview` as it is drawn; in the `first` wave it has no state."""
    unit, values = row["unit"], [row["baseline"], row["latest"], row["target"]]
    band = f"in the ONS band “{row['band']}”" if row["band"] else None
    about = " · ".join(each for each in (unit, row["instrument"] and f"by {row['instrument']}", band) if each)
    return IndicatorLine(
        id=row["indicator"],
        name=row["name"],
        about=about,
        baseline=row["baseline"],
        latest=row["latest"],
        target=row["target"],
        ends=scale(row["rule"], unit, values),
        from_to=_from_to(row, first),
        aim=_aim(row),
        n=_people(row),
        state=None if first else row["state"],
        way="" if first else progress_text(row),
        notes=tuple(notes),
        open=opened,
    )


def _from_to(row: Mapping[str, Any], first: bool) -> str:
    unit = "%" if row["rule"] == "percent" else None
    before, now = (result_text(row, name, unit) for name in ("baseline", "latest"))
    if (before, now) == ("–", "–"):
        return "not made into one" if row["reason"] else "–"
    if now == "–" and (first or row["state"] == "no_data"):
        return f"{before} at the start"
    return f"{now} at the start" if first else f"{before} → {now}" if before != now or row["latest"] is not None else now


def _aim(row: Mapping[str, Any]) -> str:
    if row["target"] is None:
        return "" if row["reason"] or row["withheld"] else "no target"
    better = {"lower": "or lower"}.get(row["better"] or "", "")
    return f"target {figure(row['target'], '%' if row['rule'] == 'percent' else None)} {better}".rstrip()


def _people(row: Mapping[str, Any]) -> str:
    if row["n"] is None and row["baseline_n"] is None:
        return ""
    if row["baseline"] is None or row["latest"] is None:
        return f"n {figure(row['baseline_n'] if row['latest'] is None else row['n'])}"
    return f"n {figure(row['baseline_n'])} → {figure(row['n'])}"


def notes(row: Mapping[str, Any], late: pl.DataFrame, waves: Mapping[str, str]) -> list[str]:
    """What a reader must know of a row of `impact.overview`: why there is no figure, what is withheld, missing or late.

    `late` holds the rows of `impact.late` of this indicator, `waves` the names of the waves by id.
    """
    sentences = [row["reason"]] if row["reason"] else []
    if row["caution"]:
        sentences.append(f"{row['caution'][:1].upper()}{row['caution'][1:]}.")
    if row["left_out"]:
        sentences.append(f"{count(row['left_out'], 'pilot')} left out of the latest figure: withheld, small numbers.")
    first, last, both = row["baseline_pilots"], row["pilots"], row["compared"]
    if row["baseline"] is not None and row["latest"] is not None and not (first == last == both):
        known = f"The baseline is known for {count(first, 'pilot')}, the latest for {last}"
        sentences.append(f"{known}; progress compares the {both} known at both." if both else f"{known}: not the same ones.")
    if row["state"] == "no_data" and row["baseline"] is None:
        sentences.append(_NEVER)
    older = late.filter(pl.col("latest_wave").is_not_null())
    if older.height:
        pairs = [
            f"{name} (last: {waves.get(wave, wave)})" for name, wave in older.select("pilot_name", "latest_wave").iter_rows()
        ]
        sentences.append(f"Late: {listed(pairs, most=6)}.")
    gone = late.filter(pl.col("latest_wave").is_null())["pilot_name"].to_list()
    if gone:
        sentences.append(f"Missing since the baseline: {listed(gone, most=6)}.")
    return sentences


def derivation(row: Mapping[str, Any]) -> str:
    """How the figure over several pilots was worked out; "" without one."""
    if row["latest"] is None:
        return ""
    if row["pilots"] <= 1:
        return "One pilot's own figure."
    how = "added up over" if row["rule"] in ADDS else "averaged, each weighted by its n, over"
    where = " The band says where the mean lies, not how many people are in it." if row["band"] else ""
    return f"Pilots' figures {how} {count(row['pilots'], 'pilot')}.{where}"


def filters_text(*chosen: Sequence[str]) -> str:
    """The chosen values of all filters as a list; "" if nothing is filtered."""
    return listed([value for values in chosen for value in values], most=5)


METHOD = f"""
**From baseline to target.** The *baseline* is the value in the first wave; the *latest* is the last value after it, up to the
wave looked at. *Progress* is (latest − baseline) ÷ (target − baseline): 0 % at the baseline, 100 % at the target, whichever
direction is better. There is no forecast. A value that is not known is not known, never 0.

**States.** *Met*: at the target or beyond. *On track*: at least as far along as the time from the first wave to the pilot's
end that has passed. *Behind*: less than that. *No baseline*: not at the target, and nothing in the first wave to measure
the way from. *No target*, *no data*, *too few to conclude*, *withheld*: as they say.

**Several pilots together.** Counts add up. Percentages and means are weighted by n, Σ n·value ÷ Σ n. A mean of means without
n is refused, and the reason stands in the place of the figure. Values of different waves are never added or averaged.
Progress compares only the pilots known at both points.

**Instruments.** *ONS4* (Office for National Statistics): satisfaction, worthwhile and happy 0–4 low, 5–6 medium, 7–8 high,
9–10 very high; anxiety 0–1 very low, 2–3 low, 4–5 medium, 6–10 high, where lower is better. The four are never averaged
together; a band says where a mean lies, not how many people are in it. *UCLA-3* loneliness runs from 3 to 9 and has no
published cut-off, so no bands. *SWEMWBS*: converted scores; with fewer than 30 people at either point nothing is concluded.
Results say what came about, not that the partnerships caused it.

**Small numbers.** For everybody but the programme lead a figure that rests on {fewer_than()} people is withheld, and others
with it, so that it cannot be worked out from what is shown; see Hundepool et al. 2012, *Statistical Disclosure Control*.
"""
"""How the figures of the page are worked out, as Markdown."""
