"""Which heading of a stranger's sheet is which column here: suggested, chosen by a person, and remembered."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl
from rapidfuzz import fuzz

from wtnet.importing.heading_words import COLUMN_WORDS, TABLE_WORDS
from wtnet.tables import schema
from wtnet.tables.model import ROW, Problem, RawTable
from wtnet.tables.text import normal, short_id, slug

FROM_NAME = "\x1ffrom the name"
"""In the place of a heading for the column `id`: ids are made from the names."""
PREFIX = "mapping:"
"""What the names of remembered mappings begin with in the store's settings."""

_LIKELY = 80.0
_MOST_HEADINGS = 200


@dataclass(frozen=True)
class SheetMapping:
    """How a sheet is read: as which table, and the heading (or `FROM_NAME`) behind each column of it."""

    table: str
    columns: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, table: str, columns: Mapping[str, str]) -> SheetMapping:
        """Make it from a mapping of column to heading; an unknown table or column is left out."""
        known = schema.SCHEMAS[table].column_names()
        return cls(table, tuple((name, columns[name]) for name in known if columns.get(name)))

    @property
    def headings(self) -> dict[str, str]:
        """Column → heading."""
        return dict(self.columns)

    @property
    def missing(self) -> list[str]:
        """Columns a row cannot be without and that no heading was chosen for."""
        return [name for name in schema.required(self.table) if name not in self.headings]


@dataclass(frozen=True, eq=False)
class Sheet:
    """A sheet (or CSV) whose headings are not all understood. `table` is the table it was taken for, null if for none.

    `frame` holds its text columns under their headings, and `_row`; `errors` are the cells whose formula failed, by heading, and
    `notices` and `problems` what was found while reading it and is not among those of the files.
    """

    file: str
    sheet: str | None
    frame: pl.DataFrame
    table: str | None = None
    errors: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def place(self) -> tuple[str, str | None]:
        """File and sheet: what a choice is made for."""
        return self.file, self.sheet

    @property
    def headings(self) -> list[str]:
        """The headings, without `_row`."""
        return [name for name in self.frame.columns if name != ROW]

    @property
    def signature(self) -> str:
        """The same for every sheet with these headings, whatever their order and capitals."""
        text = "\x1f".join(sorted(normal(heading) for heading in self.headings))
        return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]

    def examples(self, heading: str, most: int = 3) -> list[str]:
        """The first different values under a heading."""
        cells = self.frame[heading].drop_nulls().head(200).str.strip_chars()
        return cells.filter(cells != "").unique(maintain_order=True).head(most).to_list()

    def failed(self, mapped: SheetMapping) -> list[Problem]:
        """The failed formulas under the headings that are read so."""
        used = set(mapped.headings.values())
        return [error for error in self.errors if error.column in used]

    def read_as(self, mapped: SheetMapping) -> RawTable:
        """The sheet as one of the tables."""
        headings = {name: heading for name, heading in mapped.columns if heading in self.frame.columns}
        frame = self.frame.select(ROW, *[pl.col(heading).alias(name) for name, heading in headings.items()])
        if mapped.headings.get("id") == FROM_NAME and "name" in headings:
            frame = frame.with_columns(_ids(frame["name"]).alias("id"))
        return RawTable(mapped.table, frame, self.file, self.sheet)


def _ids(names: pl.Series) -> pl.Series:
    """A short id from each name; where two different names give the same, both keep theirs whole."""
    tidy = {name: " ".join(name.split()) for name in names.drop_nulls()}
    short = {name: slug(words, words[:60]) for name, words in tidy.items()}
    owners: dict[str, set[str]] = {}
    for name, id in short.items():
        owners.setdefault(id, set()).add(tidy[name].casefold())
    ids = [None if name is None else short[name] if len(owners[short[name]]) == 1 else short_id(tidy[name]) for name in names]
    return pl.Series("id", ids, dtype=pl.String)


# -- suggestions ------------------------------------------------------------------------------------------------


def suggest(sheet: Sheet) -> SheetMapping:
    """The likeliest reading of a sheet: the table its name and headings fit best, and a heading for each column."""
    if sheet.table:
        return SheetMapping.of(sheet.table, columns_for(sheet, sheet.table))
    best = max((name for name in schema.NAMES if name != "fields"), key=lambda table: _points(sheet, table))
    return SheetMapping.of(best, columns_for(sheet, best))


def columns_for(sheet: Sheet, table: str) -> dict[str, str]:
    """Column → heading for one table: the same name first, then other names for it, then the most similar; each once."""
    scores = [
        (_likeness(heading, table, column), at, column, heading)
        for at, heading in enumerate(sheet.headings[:_MOST_HEADINGS])
        for column in schema.visible(table)
    ]
    headings: dict[str, str] = {}
    used: set[str] = set()
    for score, _, column, heading in sorted(scores, key=lambda scored: (-scored[0], scored[1])):
        if score >= _LIKELY and column not in headings and heading not in used:
            headings[column] = heading
            used.add(heading)
    if "id" in schema.required(table) and "id" not in headings and "name" in headings:
        headings["id"] = FROM_NAME
    return headings


def _likeness(heading: str, table: str, column: str) -> float:
    """How likely a heading means a column, 0–100: by the column's name, other names for it, or words like them."""
    name = normal(heading)
    others = COLUMN_WORDS.get(table, {}).get(column, "").split()
    if name == column:
        return 100.0
    if name in others:
        return 98.0
    plain = _bare(name)
    scores = [fuzz.token_sort_ratio(plain, _bare(other)) for other in (column, *others) if len(other) > 3]
    return min(97.0, max([0.0, *scores]))


def _bare(text: str) -> str:
    words = re.sub(r"[\W_]+", " ", text).split()
    return " ".join(word for word in words if word not in ("of", "the", "a", "an", "your", "our"))


def _points(sheet: Sheet, table: str) -> float:
    """How well a sheet fits a table: its needed columns, the others, and what its name says."""
    headings = columns_for(sheet, table)
    needed = schema.required(table)
    share = sum(name in headings and headings[name] != FROM_NAME for name in needed) / len(needed)
    name = normal(sheet.sheet or sheet.file.rpartition(".")[0]).replace("_", " ")
    likeness = max(fuzz.partial_ratio(name, word) for word in TABLE_WORDS[table].split()) if name else 0
    return 3 * share + 0.2 * len(headings) + (3 if likeness >= 90 else 0)


# -- remembered -------------------------------------------------------------------------------------------------


def to_setting(sheet: Sheet, mapped: SheetMapping) -> tuple[str, dict[str, Any]]:
    """The name and value under which the store remembers how sheets with these headings are read."""
    columns = {name: heading if heading == FROM_NAME else normal(heading) for name, heading in mapped.columns}
    return PREFIX + sheet.signature, {"table": mapped.table, "columns": columns}


def from_settings(sheet: Sheet, settings: Mapping[str, Any]) -> SheetMapping | None:
    """How a sheet with these headings was read before; null if it never was, or if what was kept makes no sense."""
    kept = settings.get(PREFIX + sheet.signature)
    if not isinstance(kept, dict) or kept.get("table") not in schema.NAMES or not isinstance(kept.get("columns"), dict):
        return None
    headings = {normal(heading): heading for heading in reversed(sheet.headings)}
    columns = {name: FROM_NAME if key == FROM_NAME else headings.get(key, "") for name, key in kept["columns"].items()}
    return SheetMapping.of(kept["table"], columns)


def in_their_words(sentence: str, mapped: SheetMapping) -> str:
    """A problem's sentence with the person's own heading beside the column's name."""
    for column, heading in mapped.columns:
        if heading != FROM_NAME and normal(heading) != column:
            sentence = sentence.replace(f'column "{column}"', f'column "{heading}" ({column})', 1)
    return sentence


def not_understood(tables: Iterable[RawTable]) -> list[Sheet]:
    """The tables of ours with a heading that is no column of theirs."""
    return [
        Sheet(table.file, table.sheet, table.frame, table.name, table.errors)
        for table in tables
        if any(
            normal(heading) not in schema.SCHEMAS[table.name].column_names() for heading in table.frame.columns if heading != ROW
        )
    ]
