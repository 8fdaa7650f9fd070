"""Questions of another tool's survey that are the programme's own already: known by their words, and not asked twice."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from wtnet.tables import Raw, RawTable, Tables
from wtnet.tables.text import name_key


def applied(raw: Raw, known: Tables | None) -> Raw:
    """The raw tables of exports with the stored id of each question whose wording is stored, and without its row: how it is asked
    and what it feeds stays as the lead made it."""
    stored = _stored(known) if known is not None else {}
    exports = {(notice.file, notice.sheet) for notice in raw.notices if notice.rule == "survey_export"}
    for table in raw.tables:
        if stored and table.name == "questions" and (table.file, table.sheet) in exports:
            rows = table.frame.select("id", "wording", "about").iter_rows()
            same = {id: stored[key] for id, wording, about in rows if (key := (name_key(wording), about)) in stored}
            raw = replace(raw, tables=tuple(_renamed(each, table, same) for each in raw.tables))
    return raw


def _stored(known: Tables) -> dict[tuple[str, str], str]:
    """The id of each question by its words, those for people too, and whom it is about."""
    ids: dict[tuple[str, str], str] = {}
    for row in known.questions.iter_rows(named=True):
        for words in (row["wording"], row["person_wording"]):
            if words:
                ids.setdefault((name_key(words), row["about"] or "organisation"), row["id"])
    return ids


def _renamed(table: RawTable, of: RawTable, same: dict[str, str]) -> RawTable:
    if (table.file, table.sheet) != (of.file, of.sheet) or table.name not in ("questions", "answers") or not same:
        return table
    if table.name == "questions":
        return replace(table, frame=table.frame.filter(~pl.col("id").is_in(list(same))))
    return replace(table, frame=table.frame.with_columns(pl.col("question").replace(same)))
