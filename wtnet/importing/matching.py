"""Rows of a file that are stored already under another id: found by their values, and given the stored id."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import reduce
from typing import Any

import polars as pl

from wtnet.tables import Tables, own, schema
from wtnet.tables.text import ID_BYTES, caseless, short_id

_BY_NAME = {"organisations": ("kind",), "pilots": (), "waves": (), "indicators": ("theme",)}
_PLACE = "place"
_WHOLE = "whole programme"


def renamed(tables: Tables, table: str, new: Mapping[str, str]) -> Tables:
    """The tables with some ids of one of them replaced, there and wherever they are referred to.

    Where two rows come to have the same key they become one: the first value given in each column counts. A tie or a
    rating that would join a partner with itself goes.
    """
    if not new:
        return tables
    frames = {}
    for name in schema.NAMES:
        frame = tables[name]
        columns = [column for column in frame.columns if schema.reference(name, column) == table]
        columns += ["id"] if name == table else []
        if not frame.height or not columns:
            continue
        touched = frame.select(pl.any_horizontal(pl.col(columns).is_in(list(new)).fill_null(False)).any()).item()
        if not touched:
            continue
        frame = frame.with_columns(pl.col(columns).replace(dict(new)))
        if name in ("partnerships", "ratings"):
            end, other = ("source", "target") if name == "partnerships" else ("rater", "partner")
            frame = frame.filter(pl.col(end) != pl.col(other))
        frames[name] = _once(name, frame)
    return tables.with_(**frames)


def _once(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """One row a key: of those that share it, the first value given in each column."""
    keys = list(schema.keys(name))
    if not frame.select(keys).is_duplicated().any():
        return frame
    rest = [column for column in frame.columns if column not in keys]
    whole = frame.group_by(keys, maintain_order=True).agg(pl.col(rest).drop_nulls().first())
    if schema.OWN in rest:
        cells = frame.group_by(keys, maintain_order=True).agg(pl.col(schema.OWN).drop_nulls())[schema.OWN]
        whole = whole.with_columns(pl.Series(schema.OWN, [reduce(own.joined, row, None) for row in cells], dtype=pl.String))
    return whole.select(frame.columns)


def stored_ids(
    before: Tables, incoming: Tables, columns: Mapping[str, frozenset[str]] | None = None
) -> dict[str, dict[str, str]]:
    """The id of the one stored row that is the same, for rows whose id is not stored: by table, file's id → stored id.

    Partners are the same by name and kind (unless both say where they are, and it differs), those of another tool's file that
    says no kind by name alone; pilots and waves by name, indicators by name and theme. Only rows that the match is one to one
    for count.
    """
    matched = {table: _same_name(before[table], incoming[table], also) for table, also in _BY_NAME.items()}
    if columns is not None and "organisations" in columns and not columns["organisations"]:
        rest = incoming.organisations.filter(~pl.col("id").is_in(list(matched["organisations"])), pl.col("kind") == "other")
        taken = list(matched["organisations"].values())
        free = before.organisations.filter(~pl.col("id").is_in(taken))
        matched["organisations"] |= _same_name(free, rest, ())
    return {table: ids for table, ids in matched.items() if ids}


def _same_name(old: pl.DataFrame, new: pl.DataFrame, also: tuple[str, ...]) -> dict[str, str]:
    lone = new.join(old, on="id", how="anti")
    free = old.join(new, on="id", how="anti")
    if not lone.height or not free.height:
        return {}
    mine, theirs = _by_words(lone, also), _by_words(free, also)
    stored = {}
    for words, row in mine.items():
        other = theirs.get(words)
        if row is not None and other is not None and _agree(row.get(_PLACE), other.get(_PLACE)):
            stored[str(row["id"])] = str(other["id"])
    return stored


def _by_words(frame: pl.DataFrame, also: tuple[str, ...]) -> dict[tuple[str, ...], dict[str, Any] | None]:
    """Each name (and kind) that only one row has, with that row; null where several have it."""
    rows: dict[tuple[str, ...], dict[str, Any] | None] = {}
    for row in frame.iter_rows(named=True):
        words = (caseless(row["name"]), *(str(row[column]) for column in also))
        rows[words] = None if words in rows else row
    return rows


def _agree(place: str | None, other: str | None) -> bool:
    return not place or not other or caseless(place) == caseless(other)


def under_whole(before: Tables, incoming: Tables) -> Tables:
    """The file's tables with results that have no pilot under the stored pilot called "Whole programme", if the results of the
    indicator are stored there: earlier versions made one for them, and read again they are the same results."""
    called = before.pilots.filter(pl.col("name").str.to_lowercase() == _WHOLE)["id"].to_list()
    if len(called) != 1 or incoming.results.is_empty():
        return incoming
    known = before.results.filter(pl.col("pilot") == called[0])["indicator"].unique().to_list()
    bare = pl.col("pilot").is_null() & pl.col("organisation").is_null() & pl.col("indicator").is_in(known)
    under = pl.when(bare).then(pl.lit(called[0])).otherwise("pilot").alias("pilot")
    return incoming.with_(results=incoming.results.with_columns(under))


def tie_ids(before: pl.DataFrame, incoming: pl.DataFrame, given: bool) -> dict[str, str]:
    """The stored id of partnerships in the file that are stored under another: the same two partners, the same relationship
    and start. Where the file gave no ids (`given` false), also the only one between two partners on either side."""
    lone, free = incoming.join(before, on="id", how="anti"), before.join(incoming, on="id", how="anti")
    if not lone.height or not free.height:
        return {}
    ids = _one_to_one(lone, free, ("relationship", "started"))
    if not given:
        more = _one_to_one(lone, free, ())
        ids = {**{id: stored for id, stored in more.items() if id not in ids and stored not in ids.values()}, **ids}
    return ids


def other_ties(before: pl.DataFrame, incoming: pl.DataFrame) -> dict[str, str]:
    """A free id for each tie of another tool's file whose id is stored for a tie of other partners."""
    stored = {id: {source, target} for id, source, target in before.select("id", "source", "target").iter_rows()}
    taken, new_ids = {*stored, *incoming["id"]}, {}
    for id, source, target in incoming.select("id", "source", "target").iter_rows():
        if stored.get(id, {source, target}) == {source, target}:
            continue
        number, base = 1, short_id(f"{source}--{target}", ID_BYTES - 12)
        new = base
        while new in taken and stored.get(new) != {source, target}:
            number += 1
            new = f"{base}--{number}"
        new_ids[id] = new
        taken.add(new)
    return new_ids


def _one_to_one(lone: pl.DataFrame, free: pl.DataFrame, also: tuple[str, ...]) -> dict[str, str]:
    def words(frame: pl.DataFrame) -> dict[tuple[Any, ...], str]:
        rows = [
            ((*sorted((row["source"], row["target"])), *(row[column] for column in also)), row["id"])
            for row in frame.iter_rows(named=True)
        ]
        times = Counter(key for key, _ in rows)
        return {key: id for key, id in rows if times[key] == 1}

    mine, theirs = words(lone), words(free)
    return {id: theirs[key] for key, id in mine.items() if key in theirs}


def ids_by_words(table: str, before: pl.DataFrame, incoming: pl.DataFrame) -> dict[str, str]:
    """Ids for rows of words (quotes, findings) whose file gave none: the stored one's where the same words about the same are
    stored, else one that is free."""
    about = [name for name in before.columns if schema.reference(table, name) and name != "wave"]

    def words(row: Mapping[str, Any]) -> tuple[Any, ...]:
        return caseless(row[schema.title(table)]), *(row[name] for name in about)

    stored = {words(row): row["id"] for row in before.iter_rows(named=True)}
    taken, ids, number = set(before["id"]), {}, before.height
    for row in incoming.iter_rows(named=True):
        same = stored.get(words(row))
        if same is None and row["id"] in taken:
            number += 1
            while f"{table}-{number}" in taken:
                number += 1
            same = f"{table}-{number}"
        if same is not None and same != row["id"]:
            ids[row["id"]] = same
        taken.add(same or row["id"])
    return ids
