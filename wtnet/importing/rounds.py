"""Answers gathered with another tool: which round of the survey they are of is asked, as their file cannot say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from wtnet.errors import InvalidRequest
from wtnet.importing.cures import Cause, Cure
from wtnet.tables import Problem, Raw, RawTable, Tables, waves
from wtnet.tables.model import place

RULE = "round"
_MOST = 4


def causes(raw: Raw, known: Tables | None, settled: Sequence[Cure] = ()) -> list[Cause]:
    """A cause for each export of answers while a round of `known` could be meant, and nobody has said whether it is."""
    rounds = _rounds(known)
    if not rounds:
        return []
    settled_places = {(cure.file, cure.sheet) for cure in settled if cure.rule == RULE}
    return [_cause(table, rounds) for table in _exported(raw) if (table.file, table.sheet) not in settled_places]


def applied(raw: Raw, cures: Sequence[Cure]) -> Raw:
    """The raw tables, in which answers are in the rounds that a person named (`cures.applied`), without rounds of their own."""
    for cure in cures:
        if cure.rule == RULE and cure.do == "take":
            raw = replace(raw, tables=tuple(_moved(table, cure) for table in raw.tables))
    return raw


def named(raw: Raw, known: Tables, name: str) -> list[Cure]:
    """What a person says who names the round of all exports by its id or name. One that is not there, or files without such
    answers, are an InvalidRequest."""
    ids = [id for id, other in known.names("waves").items() if name in (id, other)]
    if len(ids) != 1:
        there = ", ".join(known.names("waves").values()) or "none"
        raise InvalidRequest(f"There is no round “{name}” in this programme; there is: {there}.")
    exported = _exported(raw)
    if not exported:
        raise InvalidRequest("None of these files holds answers gathered with another tool; a round is named for such alone.")
    return [_taken(table, ids[0], name) for table in exported]


def _rounds(known: Tables | None) -> dict[str, str]:
    """The open rounds of the survey, the last first; the last one of all if none is open."""
    if known is None:
        return {}
    surveys = waves.survey_waves(known)
    ids = [wave for wave in surveys if waves.is_open(known, wave)] or surveys[-1:]
    names = known.names("waves")
    return {wave: names[wave] for wave in reversed(ids[-_MOST:])}


def _exported(raw: Raw) -> list[RawTable]:
    """The waves of exports and of lists in which both sides say something, a table each."""
    places = {(notice.file, notice.sheet) for notice in raw.notices if notice.rule in ("survey_export", "two_sided", "said_of")}
    return [table for table in raw.tables if table.name == "waves" and (table.file, table.sheet) in places]


def _cause(table: RawTable, rounds: dict[str, str]) -> Cause:
    of_its_own = table.frame["name"][0]
    where = place(table.file, table.sheet)
    words = f"{where}: of which round are these answers? As it is they make one of their own, “{of_its_own}”."
    problem = Problem(RULE, words, table.file, table.sheet)
    own = Cure("keep", table.file, table.sheet, "wave", RULE, (), name="Keep a round of its own")
    return Cause((problem,), (*(_taken(table, wave, name) for wave, name in rounds.items()), own))


def _taken(table: RawTable, wave: str, name: str) -> Cure:
    return Cure("take", table.file, table.sheet, "wave", RULE, (), tuple(table.frame["id"]), wave, name)


def _moved(table: RawTable, cure: Cure) -> RawTable:
    if table.name != "waves" or (table.file, table.sheet) != (cure.file, cure.sheet):
        return table
    return replace(table, frame=table.frame.filter(~pl.col("id").is_in(list(cure.values))))
