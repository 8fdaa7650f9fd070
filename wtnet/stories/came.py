"""What came of it, as a sentence of a drafted story."""

from __future__ import annotations

from typing import Any

import polars as pl

from wtnet.measures.impact import tallies
from wtnet.measures.impact.suppression import WITHHELD
from wtnet.sentences import record
from wtnet.sentences.format import count, cut, figure
from wtnet.sentences.targets import COUNTED
from wtnet.stories.facts import Facts
from wtnet.stories.sentence import Sentence, enumerate_values, number, say, words
from wtnet.tables import coverage
from wtnet.tables.model import State

_STATES: dict[State, str] = {**dict(COUNTED), "no_data": "not measured yet"}


def what_came(facts: Facts, we: str, our: str, single: bool) -> Sentence:
    """How many indicators are where, and the one that has come furthest; `we` and `our` as the subject says it, `single` of a
    partner."""
    if not facts.pilots:
        gap = coverage.unknown(facts.tables, "involvements", "pilots")
        if gap:
            return say(f"{our.capitalize()} part in pilots is {gap.words}." if single else f"Pilots are {gap.words}.")
        none = f"{we} take part in no pilot" if single else "There is no pilot yet"
        return say(f"{none}, so nothing that was measured is told here.")
    standing = facts.progress
    where = facts.pilots[0]["name"] if len(facts.pilots) == 1 else f"{our} {count(len(facts.pilots), 'pilot')}"
    untold = record.results_untold(facts.tables)
    if untold and not standing.height:
        return say("{untold}", untold=untold)
    if not standing.height:
        return say("Nothing has been measured in {where} yet.", where=where)
    targets = _targets(standing, where)
    best = _best(list(standing.iter_rows(named=True)))
    if best is None:
        return targets
    percent = str(best["unit"] or "").startswith("%")
    was, now = (figure(best[name], "%" if percent else None) for name in ("baseline", "latest"))
    moved = words(f"result_{best['indicator']}_{best['pilot']}", cut(best["name"]), f"from {was} to {now}", best["latest"])
    return say(
        "{told} {name}{of}: {moved}{unit}.",
        told=targets,
        name=best["name"],
        of=f" ({best['pilot_name']})" if len(facts.pilots) > 1 else "",
        moved=moved,
        unit=f" {best['unit']}" if best["unit"] and not percent else "",
    )


def _targets(standing: pl.DataFrame, where: str) -> Sentence:
    """How many targets are met, and how many are where else; the latter only where no state is withheld."""
    tally, secret = tallies.tally(standing), tallies.withheld(standing)
    if tally.met is None or tally.aimed is None:
        met = words("met", "targets met", WITHHELD)
        return say("How many targets in {where} are met is {met}, as some rest on small numbers.", where=where, met=met)
    if not tally.aimed:
        return say("No indicator in {where} has a target that can be decided yet.", where=where)
    counts = tallies.by_state(tallies.targets(standing))
    states = [words("met", "targets met", f"{tally.met:,} met", tally.met)] if tally.met or secret else []
    if not secret:
        states += [
            words(state, f"targets {word}", f"{counts[state]:,} {word}", counts[state])
            for state, word in _STATES.items()
            if counts[state]
        ]
    many = number("aimed", "pilot targets", tally.aimed, "pilot target")
    return say("Of {many} in {where}: {states}.", states=enumerate_values(states), many=many, where=where)


def _best(rows: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The result that has come furthest from its baseline towards its target, both ends of it known and shown."""
    known = [
        row
        for row in rows
        if row["progress"] is not None
        and row["state"] not in ("withheld", "too_few")
        and not row["baseline_shown"]
        and not row["latest_shown"]
    ]
    return max(known, key=lambda row: row["progress"], default=None)
