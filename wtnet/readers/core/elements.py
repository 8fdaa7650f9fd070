"""What a reader finds in another tool's file: nodes, edges, and notices about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

import polars as pl

from wtnet.errors import UnreadableFile
from wtnet.readers.core.text import clean, listing, shorten
from wtnet.tables import own
from wtnet.tables.model import ROW, Problem, place
from wtnet.tables.schema import SCHEMAS
from wtnet.tables.text import count, normal

Row = dict[str, str | int | None]


@dataclass(frozen=True)
class Node:
    """One element: `id` and `label` as the file has them (either may be missing), `at` its row or ordinal from 1."""

    id: str | None
    label: str | None
    attributes: dict[str, str]
    at: int


@dataclass(frozen=True)
class Edge:
    """One connection. `source` and `target` name nodes by id (or by label, where `ForeignNetwork.by_label`). `mutual`: it goes
    both ways, and says so."""

    id: str | None
    source: str | None
    target: str | None
    label: str | None
    attributes: dict[str, str]
    at: int
    directed: bool = False
    mutual: bool = False


@dataclass
class ForeignNetwork:
    """All of one file, or of a list of nodes and a list of ties that belong together.

    `known` are partners declared elsewhere, each id (and name that only one has) with its id; `edges_file` and the sheets are
    where each half was found. `loosely`: words for kinds that are none of ours are read by what they speak of.
    """

    format: str
    file: str
    nodes: list[Node]
    edges: list[Edge]
    by_label: bool = False
    nodes_sheet: str | None = None
    edges_sheet: str | None = None
    edges_file: str | None = None
    known: Mapping[str, str] = field(default_factory=dict)
    notices: list[Problem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    loosely: bool = False


MOST_OWN = 200
"""The most attributes of one file's elements, or of its ties, that are kept as fields of the lead's own."""
MAX_VALUES = 5_000_000
"""The most values that defaults may give to the elements of one file."""


def refuse_too_many_values(file: str, values: int) -> None:
    """Raise if defaults declared once fill so many elements that a small file takes all memory."""
    if values > MAX_VALUES:
        raise UnreadableFile(
            f"{file} fills in more than {MAX_VALUES:,} values from defaults, more than can be read. Take the defaults out, "
            "and export it again."
        )


class Notes:
    """The notices about one half of a file; text too long for its cell is counted by column, for one notice."""

    def __init__(self, file: str, sheet: str | None, of: str) -> None:
        self.file, self.sheet, self.of = file, sheet, of
        self._notices: list[Problem] = []
        self._cut: Counter[str] = Counter()

    def say(self, rule: str, words: str, column: str | None = None) -> None:
        """One notice, opened by file and sheet."""
        self._notices.append(Problem(rule, f"{place(self.file, self.sheet)}: {words}", self.file, self.sheet, None, column))

    def add(self, notices: Iterable[Problem]) -> None:
        """Notices made elsewhere."""
        self._notices += notices

    def cut(self, column: str, value: str | int | None, limit: int) -> str | None:
        """The value in at most `limit` bytes."""
        if value is None:
            return None
        short = shorten(str(value), limit)
        self._cut[column] += short != value
        return short

    def left_out(self, names: list[str]) -> None:
        """Columns of the file that this program worked out itself, and works out anew."""
        if names:
            self.say("left_out", f"figures of the {self.of} that are worked out anew left out: {listing(names, 12)}.")

    def all(self) -> list[Problem]:
        """Every notice, those on shortened text last."""
        for column, number in self._cut.items():
            if number:
                self.say("shortened", f'"{column}" was too long in {count(number, "cell")} and was shortened there.', column)
        self._cut.clear()
        return self._notices


def frame(columns: list[str], rows: Collection[Row]) -> pl.DataFrame:
    """Rows as text columns and `_row`; what a row does not have is null."""
    texts = pl.DataFrame({name: pl.Series([row.get(name) for row in rows], dtype=pl.String) for name in columns})
    return texts.with_columns(pl.Series(ROW, [row[ROW] for row in rows], dtype=pl.Int64))


def own_columns(elements: Iterable[Mapping[str, str]], used: Collection[str], is_ours: bool, table: str) -> dict[str, str]:
    """The attributes kept as fields of the lead's own: attribute → heading, which is that of no column of the table.

    `used` are attributes that are columns of ours. Of a file this program wrote (`is_ours`), what is worked out anew is not
    among them.
    """
    counts = Counter(name for attributes in elements for name in attributes if normal(name) not in used)
    columns = set(SCHEMAS[table].column_names())
    headings: dict[str, str] = {}
    for name in list(counts)[:MOST_OWN]:
        if is_ours and own.is_worked_out(name, table == "partnerships"):
            continue
        bare = name.removesuffix(own.SUFFIX) if is_ours else name
        headings[name] = bare if normal(bare) not in columns else bare + own.SUFFIX
    return headings


def first(attributes: dict[str, str], names: tuple[str, ...]) -> str | None:
    """The first of these attributes that is there."""
    return next((attributes[name] for name in names if attributes.get(name)), None)


def unique(base: str, taken: Collection[str], numbers: Counter[str]) -> str:
    """`base`, or `base--2`, `base--3` … ; `numbers` remembers where the last search for each base ended."""
    name = base
    while name in taken:
        numbers[base] = max(numbers[base], 1) + 1
        name = f"{base}--{numbers[base]}"
    return name


def text(value: object) -> str | None:
    """Any JSON value as trimmed text: lists joined by |, true and false as words; None for nothing and not-a-number."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.15g}" if abs(value) < float("inf") else None
    if isinstance(value, list):
        return clean(" | ".join(part for part in map(text, value[:1_000]) if part))
    if isinstance(value, dict):
        return clean(" | ".join(f"{key}: {part}" for key, part in ((key, text(part)) for key, part in value.items()) if part))
    return clean(str(value))
