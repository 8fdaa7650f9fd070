"""A sheet or a CSV as a grid of text with one row of headings: what every tabular reader starts from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from wtnet.errors import UnreadableFile
from wtnet.readers.core.extras import without_extras
from wtnet.readers.core.text import clean, shorten_cells
from wtnet.tables.model import ROW, Problem, RawTable, place
from wtnet.tables.text import normal

MAX_ROWS = 1_000_000
"""The most rows one table may have."""
MAX_COLUMNS, MAX_CELLS = 20_000, 25_000_000
"""The most headings of one table, and the most cells of one table or sheet."""
_BLANKS = str.maketrans("01", "\t ")
"""How often a heading stood before, in blanks, which are trimmed where it is shown."""


@dataclass(frozen=True)
class Grid:
    """Text columns named by their headings (as in the file, trimmed) and `_row` (Int64, as a person counts rows).

    `notices` and `problems` are what was found while reading it, `errors` the cells of a workbook whose formula failed. A
    heading that stands twice keeps its name with a space behind it, so that both columns are there and the check can say so.
    """

    file: str
    sheet: str | None
    frame: pl.DataFrame
    notices: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()
    errors: tuple[Problem, ...] = ()

    @property
    def headers(self) -> list[str]:
        """The headings, without `_row`."""
        return [name for name in self.frame.columns if name != ROW]

    @property
    def keys(self) -> dict[str, str]:
        """Each heading as it is compared (lower case, underscores) → as it stands in the file; the first of two wins."""
        keys: dict[str, str] = {}
        for header in self.headers:
            keys.setdefault(normal(header), header)
        return keys

    def table(self, name: str) -> RawTable:
        """This grid as one of the tables."""
        return RawTable(name, self.frame, self.file, self.sheet, self.errors)

    def failed(self, columns: Collection[str]) -> list[Problem]:
        """The failed formulas under these headings (as they are compared); elsewhere they do no harm."""
        return [error for error in self.errors if normal(error.column or "") in columns]

    def repeated(self) -> list[str]:
        """The headings that stand more than once."""
        times = Counter(normal(header) for header in self.headers)
        return [header.strip() for header in self.keys.values() if times[normal(header)] > 1]


def refuse_too_many(where: str, rows: int) -> None:
    """Raise if there are more rows than can be taken."""
    if rows > MAX_ROWS:
        raise UnreadableFile(f"{where} has {rows:,} rows; at most {MAX_ROWS:,} can be read. Split it into smaller files.")


def to_grid(
    file: str, sheet: str | None, headers: Sequence[str | None], body: pl.DataFrame, more: Iterable[Problem] = ()
) -> Grid:
    """A grid from headings and a body of text columns (in the headings' order) followed by `_row`.

    Columns with neither a heading nor a value are left out, as are rows without any value; a column with values but
    no heading is called after its place. Cells are trimmed of nothing here: the check does that.
    """
    names: dict[str, str] = {}
    taken, times = {ROW}, Counter[str]()
    columns = [name for name in body.columns if name != ROW]
    for at, column in enumerate(columns):
        heading = clean(headers[at] or "") if at < len(headers) else None
        if heading is None and not body[column].str.strip_chars().str.len_bytes().sum():
            continue
        base = name = heading or f"column {at + 1}"
        while name in taken:
            times[base] += 1
            name = base + f"{times[base]:b}".translate(_BLANKS)
        names[column] = name
        taken.add(name)
    frame = body.select(*[pl.col(old).alias(new) for old, new in names.items()], pl.col(ROW).cast(pl.Int64))
    if names:
        filled = [pl.col(name).str.strip_chars().str.len_bytes() > 0 for name in names.values()]
        frame = frame.filter(pl.any_horizontal(filled).fill_null(False))
    refuse_too_many(place(file, sheet), frame.height)
    frame, extras = without_extras(file, sheet, frame)
    frame, cut = shorten_cells(frame)
    notices = [
        Problem(
            "shortened",
            f"{place(file, sheet, None, name)}: text of more than 20,000 characters was shortened.",
            file,
            sheet,
            None,
            name,
        )
        for name in cut
    ]
    return Grid(file, sheet, frame, (*more, *extras, *notices))
