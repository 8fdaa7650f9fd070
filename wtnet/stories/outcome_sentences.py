"""What came of it, as a sentence of a drafted story."""

from __future__ import annotations

from typing import Any

import polars as pl

from wtnet.measures.impact import tallies
from wtnet.measures.impact.states import MET
from wtnet.measures.impact.suppression import WITHHELD
from wtnet.sentences import record
from wtnet.sentences.format import count, cut, figure
from wtnet.sentences.targets import COUNTED
from wtnet.stories.facts import Facts
from wtnet.stories.sentence import Sentence, enumerate_values, join, number, say, words
from wtnet.tables import coverage
from wtnet.tables.columns import THEMES
from wtnet.tables.model import State

RULE = "One result a theme, the middle one, met and not met in proportion"
"""How examples are chosen, as the slide says it."""
_STATES: dict[State, str] = {**dict(COUNTED), "no_data": "not measured yet"}


def what_came(facts: Facts, we: str, our: str, single: bool) -> Sentence:
    """How many indicators are where, and examples by a declared rule; `we` and `our` as the subject says it."""
    if not facts.pilots:
        gap = coverage.unknown(facts.tables, "involvements", "pilots")
        if gap:
            return say(f"{our.capitalize()} part in pilots is {gap.words}." if single else f"Pilots are {gap.words}.")
        return say(f"{we} take part in no pilot." if single else "There is no pilot yet.")
    standing = facts.progress
    where = facts.pilots[0]["name"] if len(facts.pilots) == 1 else f"{our} {count(len(facts.pilots), 'pilot')}"
    untold = record.results_untold(facts.tables)
    if untold and not standing.height:
        return say("{untold}", untold=untold)
    if not standing.height:
        return say("Nothing has been measured in {where} yet.", where=where)
    targets = _targets(standing)
    examples = examples_of(standing)
    if not examples:
        return targets
    sentences = [_example(row, len(facts.pilots) > 1) for row in examples]
    return join(targets, say("{rule}: {examples}.", rule=RULE, examples=enumerate_values(sentences, "; ".join)))


def _example(row: dict[str, Any], named: bool) -> Sentence:
    """One result as an example: what it is (and where, if it is `named`), from what to what, and its state."""
    percent = str(row["unit"] or "").startswith("%")
    was, now = (figure(row[name], "%" if percent else None) for name in ("baseline", "latest"))
    moved = words(f"result_{row['indicator']}_{row['pilot']}", cut(row["name"]), f"from {was} to {now}", row["latest"])
    return say(
        "{name}{of} {moved}{unit}, {state}",
        name=cut(row["name"], 60),
        of=f" ({row['pilot_name']})" if named else "",
        moved=moved,
        unit=f" {row['unit']}" if row["unit"] and not percent else "",
        state="met" if row["state"] in MET else _STATES[row["state"]],
    )


def _targets(standing: pl.DataFrame) -> Sentence:
    """How many targets are met, and how many are where else, the latter only where no state is withheld; nothing where none can
    be decided, as the title says."""
    tally, secret = tallies.tally(standing), tallies.withheld(standing)
    if tally.met is None or tally.aimed is None:
        met = words("met", "targets met", WITHHELD)
        return say("Some results rest on small numbers.", met=met)
    if not tally.aimed:
        return say("")
    counts = tallies.by_state(tallies.targets(standing))
    states = [words("met", "targets met", f"{tally.met:,} met", tally.met)] if tally.met or secret else []
    if not secret:
        states += [
            words(state, f"targets {word}", f"{counts[state]:,} {word}", counts[state])
            for state, word in _STATES.items()
            if counts[state]
        ]
    many = number("aimed", "pilot targets", tally.aimed, "pilot target")
    return say("{states}.", states=enumerate_values(states), many=many)


def examples_of(standing: pl.DataFrame) -> list[dict[str, Any]]:
    """The results that stand for all, chosen by a rule and not by how good they are: one a theme, met and not met in the
    proportion of all that are shown, and of those of a theme and state the middle one by how far it has come.

    Themes with the largest share of met ones show one that is met, as far as the proportion goes. In the order of the themes.
    """
    shown = pl.col("baseline_shown").is_null() & pl.col("latest_shown").is_null() & pl.col("progress").is_not_null()
    decided = tallies.targets(standing).filter(shown, pl.col("state").is_in([*MET, *_STATES]))
    met = pl.col("state").is_in(MET)
    by_theme = {theme: decided.filter(pl.col("theme").cast(pl.String) == theme) for theme in THEMES}
    by_theme = {theme: rows for theme, rows in by_theme.items() if rows.height}
    share = {theme: rows.filter(met).height / rows.height for theme, rows in by_theme.items()}
    number = round(len(by_theme) * decided.filter(met).height / decided.height) if decided.height else 0
    first = sorted(by_theme, key=lambda theme: -share[theme])
    showing_met = {theme for at, theme in enumerate(first) if share[theme] == 1 or (at < number and share[theme] > 0)}
    return [_middle(rows.filter(met if theme in showing_met else ~met)) for theme, rows in by_theme.items()]


def _middle(rows: pl.DataFrame) -> dict[str, Any]:
    """The middle one by progress (the lower of two), of equal ones the first by indicator and pilot."""
    ordered = rows.sort("progress", "indicator", "pilot")
    return ordered.row((ordered.height - 1) // 2, named=True)
