"""Programmes drawn at random (hypothesis), valid in every row and reference, and changes of them."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import dataframely as dy
import polars as pl
from hypothesis import strategies as st

from tests.support.frames import frame
from wtnet.store.references import dangling_references
from wtnet.tables import Tables, own, schema

LETTERS = st.characters(blacklist_categories=["Cs"], blacklist_characters="\0")
TEXT = st.text(LETTERS, max_size=12)
DATES = st.dates(date(1900, 1, 1), date(2200, 12, 31))
_ORDERED = {"pilots": ("starts", "ends"), "partnerships": ("started", "ended"), "activities": ("starts", "ends")}
REFERRED = ("organisations", "pilots", "waves", "indicators", "findings", "activities", "questions")
"""The tables that others refer to."""


def value(table: str, column: str, names: dict[str, list[str]]) -> st.SearchStrategy[Any]:
    """A cell that is right for its column; `names` holds the ids that may be referred to, by table."""
    target = schema.reference(table, column)
    return _value(table, column, tuple(names[target]) if target else None)


@cache
def _value(table: str, column: str, known: tuple[str, ...] | None) -> st.SearchStrategy[Any]:
    """As `value`; `known` are the ids that it may refer to, null where it is no reference."""
    declared = schema.column(table, column)
    if column == schema.OWN:
        drawn: st.SearchStrategy[Any] = st.dictionaries(st.sampled_from("abc"), TEXT, max_size=3).map(own.encode)
    elif known is not None:
        drawn = st.sampled_from(known) if known else st.none()
    elif isinstance(declared, dy.Enum):
        drawn = st.sampled_from(list(declared.categories))
    elif isinstance(declared, dy.Bool):
        drawn = st.booleans()
    elif isinstance(declared, dy.Date):
        drawn = DATES
    elif isinstance(declared, dy.Float64):
        drawn = st.floats(declared.min, declared.max, allow_nan=False, allow_infinity=False)
    elif isinstance(declared, dy.Int8):
        drawn = st.integers(declared.min, declared.max)
    elif isinstance(declared, dy.Int64):
        drawn = st.integers(0, 2**63 - 1)
    else:
        drawn = TEXT if declared.nullable else st.text(LETTERS, min_size=1, max_size=12)
    return st.none() | drawn if declared.nullable else drawn


@st.composite
def tables(draw: st.DrawFn, most: int = 5) -> Tables:
    """Tables with up to `most` rows each; ids are short words, so that two programmes drawn share some.

    No question feeds an indicator and no result names a question: such results are made anew where tables are stored.
    """
    names = {table: draw(st.lists(st.sampled_from("abcdefgh"), max_size=most, unique=True)) for table in REFERRED}
    return Tables({table: frame(table, *_rows(draw, table, names, most)) for table in schema.NAMES})


def _rows(draw: st.DrawFn, table: str, names: dict[str, list[str]], most: int) -> list[dict[str, Any]]:
    keys = schema.keys(table)
    if table in REFERRED:
        wanted = [(one,) for one in names[table]]
    else:
        parts = [_parts(table, key, names) for key in keys]
        if not all(parts) or (table == "partnerships" and len(names["organisations"]) < 2):
            return []
        if table == "notes" and not names["organisations"]:
            return []
        wanted = draw(st.lists(st.tuples(*map(st.sampled_from, parts)), max_size=most, unique=True))
    rows = [dict(zip(keys, key, strict=True)) for key in wanted]
    made_anew = {"questions": "indicator", "results": "question"}.get(table)
    cells = {column: value(table, column, names) for column in _columns(table)} if rows else {}
    for row in rows:
        row.update({column: draw(cell) for column, cell in cells.items()})
        row.update({made_anew: None} if made_anew else {})
    return [_fitted(table, row, names) for row in rows if table != "ratings" or row["rater"] != row["partner"]]


@cache
def _columns(table: str) -> list[str]:
    """The columns of no key."""
    return [column for column in schema.SCHEMAS[table].polars() if column not in schema.keys(table)]


def _parts(table: str, key: str, names: dict[str, list[str]]) -> list[Any]:
    """What may stand in a column of a key."""
    target = schema.reference(table, key)
    known: list[Any] = list(names[target]) if target else list("stuvwxyz")
    return [*known, None] if schema.column(table, key).nullable else known


def _fitted(table: str, row: dict[str, Any], names: dict[str, list[str]]) -> dict[str, Any]:
    """The row with the two rules of a row kept: dates in order, a partnership between two."""
    if table in _ORDERED:
        first, last = _ORDERED[table]
        if row[first] and row[last]:
            row[first], row[last] = sorted((row[first], row[last]))
    if table == "findings" and row["organisation"] is not None and row["organisation"] == row["other"]:
        row["other"] = None
    if table == "partnerships" and row["source"] == row["target"]:
        row["target"] = next(one for one in names["organisations"] if one != row["source"])
    if table in schema.LEADS_OWN and row["partner"] == row["organisation"]:
        row["partner"] = None
    return row


@st.composite
def edits(draw: st.DrawFn, base: Tables, side: int) -> Tables:
    """A change of `base` to rows of one `side` only: those at even places (0) or at odd ones (1).

    Cells that are no reference and no date may change, rows that nothing refers to may go, and rows with keys of this
    side's own may come: two changes of different sides never touch the same row.
    """
    names = {table: base[table]["id"].to_list() for table in REFERRED}
    changed = {}
    for table in schema.NAMES:
        rows = base[table].to_dicts()
        kept = []
        for place, row in enumerate(rows):
            mine = place % 2 == side
            if mine and table not in REFERRED and draw(st.booleans()):
                continue
            if mine and draw(st.booleans()):
                free = [
                    column
                    for column, kind in base[table].schema.items()
                    if kind != pl.Date and column not in schema.keys(table) and schema.reference(table, column) is None
                ]
                chosen = draw(st.lists(st.sampled_from(free), max_size=3, unique=True)) if free else []
                row.update({column: draw(value(table, column, names)) for column in chosen})
            kept.append(row)
        if table in REFERRED and draw(st.booleans()):
            new = {"id": f"new-{side}"}
            new.update({column: draw(value(table, column, names)) for column in base[table].columns if column != "id"})
            kept.insert(draw(st.integers(0, len(kept))), _fitted(table, new, names))
        changed[table] = frame(table, *kept)
    return Tables(changed)


@st.composite
def changes(draw: st.DrawFn, base: Tables) -> Tables:
    """Any change of `base` that holds together: cells changed, rows gone with what needs them, rows added."""
    names = {table: draw(st.lists(st.sampled_from("abcdefgh"), max_size=2, unique=True)) for table in REFERRED}
    names = {table: sorted({*ids, *base[table]["id"]}) for table, ids in names.items()}
    changed = {}
    for table in schema.NAMES:
        keys = schema.keys(table)
        rows = [row for row in base[table].to_dicts() if draw(st.integers(0, 4))]
        there = {tuple(row[key] for key in keys) for row in rows}
        rows += [row for row in _rows(draw, table, names, 2) if tuple(row[key] for key in keys) not in there]
        for row in rows:
            for column in draw(st.lists(st.sampled_from(base[table].columns), max_size=2, unique=True)):
                if column not in keys:
                    row[column] = draw(value(table, column, names))
            _fitted(table, row, names)
        if table == "partnerships" and len(names["organisations"]) < 2:
            rows = []
        changed[table] = frame(table, *rows)
    return _held(Tables(changed))


def _held(tables: Tables) -> Tables:
    """Without the rows, or in cells that may be empty the references, to rows that are not there."""
    while found := next(dangling_references(tables), None):
        lost = pl.col(found.column).is_in(found.ids.implode())
        rows = tables[found.table]
        if schema.may_lose(found.table, found.column):
            rows = rows.with_columns(pl.when(~lost).then(pl.col(found.column)).alias(found.column))
        else:
            rows = rows.filter(~lost)
        tables = tables.with_(**{found.table: rows})
    return tables
