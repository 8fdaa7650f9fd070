"""A sheet or a CSV as a grid of text with one row of headings: what every tabular reader starts from."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import polars as pl

from wtnet.errors import UnreadableFile
from wtnet.readers.core.text import clean, decode, shorten_cells
from wtnet.tables import schema
from wtnet.tables.model import ROW, Problem, RawTable, place
from wtnet.tables.text import count, normal

MAX_ROWS = 1_000_000
"""The most rows one table may have."""
MAX_COLUMNS, MAX_CELLS = 20_000, 25_000_000
"""The most headings of one table, and the most cells of one table or sheet."""
RAGGED_SHOWN = 20
SEPARATORS = ",;\t|"
_BLANKS = str.maketrans("01", "\t ")
"""How often a heading stood before, in blanks, which are trimmed where it is shown."""
_NEUTRAL = r"^'('*[=+\-@\t\r\n＝＋－＠])"
"""An apostrophe that keeps a spreadsheet from taking text for a formula: one is taken away, so one more is written."""

csv.field_size_limit(100_000_000)


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
    return Grid(file, sheet, frame, (*more, *notices))


def parse_csv(file: str, data: bytes) -> Grid:
    """A CSV as a grid: separator found among , ; tab and |; `_row` is the line a record starts on.

    One apostrophe before text that starts like a formula ('=1+1) is taken away: it is how CSVs keep such text harmless.
    """
    return csv_lists(file, data, lambda _: False)[0]


def csv_lists(file: str, data: bytes, begins: Callable[[list[str]], bool]) -> list[Grid]:
    """The same, cut where two lines or more are blank and the next one `begins` another list (Kumu's elements, connections)."""
    text, notices = decode(file, data)
    records, problems, apart = _records(file, text)
    if not records:
        raise UnreadableFile(f"{file} is empty: there is no row of headings. Fill it in, or leave it out.")
    refuse_too_many(file, len(records) - 1)
    cuts = [0, *(at for at in apart if begins(records[at][1])), len(records)]
    grids = [_section(file, records[start:end]) for start, end in pairwise(cuts)]
    grids[0] = replace(grids[0], notices=(*notices, *grids[0].notices), problems=(*problems, *grids[0].problems))
    return grids


def _section(file: str, records: list[tuple[int, list[str]]]) -> Grid:
    headers, body = records[0][1], records[1:]
    width = len(headers)
    while width and not headers[width - 1].strip():
        width -= 1
    if width > MAX_COLUMNS or width * len(body) > MAX_CELLS:
        raise UnreadableFile(
            f"{file} has {len(body):,} rows under {width:,} headings, more than can be read. Take out what is no heading in its "
            "first row, or split it."
        )
    rows: list[Sequence[str]] = []
    ragged: list[Problem] = []
    for line, cells in body:
        extra = [cell for cell in cells[width:] if cell.strip()]
        if extra or len(cells) < width:
            ragged.append(_ragged(file, line, len(cells), width))
        rows.append(cells[:width] if len(cells) >= width else [*cells, *[""] * (width - len(cells))])
    if len(ragged) > RAGGED_SHOWN:
        words = f"{file}: {len(ragged) - RAGGED_SHOWN:,} more rows have too few or too many cells; mend the ones above first."
        ragged = [*ragged[:RAGGED_SHOWN], Problem("ragged_row", words, file)]
    columns = list(zip(*rows, strict=True)) if rows else [()] * width
    frame = pl.DataFrame({f"c{at}": pl.Series(column, dtype=pl.String) for at, column in enumerate(columns)})
    frame = frame.with_columns(pl.all().str.replace(_NEUTRAL, "${1}"))
    frame = frame.with_columns(pl.Series(ROW, [line for line, _ in body], dtype=pl.Int64))
    return replace(to_grid(file, None, headers[:width], frame), problems=tuple(ragged))


def _ragged(file: str, line: int, cells: int, width: int) -> Problem:
    words = (
        f"{place(file, None, line)}: this row has {count(cells, 'cell')} where the headings are {width}. "
        "Put text that holds the separator in double quotes, or add what is missing."
    )
    return Problem("ragged_row", words, file, None, line)


def _records(file: str, text: str) -> tuple[list[tuple[int, list[str]]], list[Problem], list[int]]:
    """Each record that is not blank with the line it starts on; a problem if a quote is left open; and which records, by
    position, stand below two blank lines or more."""
    first = text.lstrip("\r\n")[:8].lower()
    declared = first[4] if first.startswith("sep=") and first[4:5] in tuple(SEPARATORS) else None
    separator = declared or _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    records: list[tuple[int, list[str]]] = []
    apart: list[int] = []
    line, blank = 1, 0
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                if blank > 1 and records:
                    apart.append(len(records) - bool(declared))
                records.append((line, cells))
                blank = 0
            else:
                blank += 1
            line = reader.line_num + 1
            if len(records) > MAX_ROWS + 2:
                break
    except csv.Error as error:
        raise UnreadableFile(
            f"{place(file, None, line)}: this is not a row of a CSV ({error}). Save it again as CSV UTF-8."
        ) from error
    if declared and records:
        records.pop(0)
    if records and text.count('"') % 2 and line - records[-1][0] > 1:
        where = place(file, None, records[-1][0])
        words = f"{where}: a double quote opens in this row and is never closed. Close it, or take it out."
        return records, [Problem("open_quote", words, file, None, records[-1][0])], apart
    return records, [], [at for at in apart if at > 0]


def _separator(text: str) -> str:
    """The one of , ; tab | that gives the heading the most cells and the next rows as many."""
    best, score = ",", (0, 0)
    sample = text[:50_000]
    for candidate in SEPARATORS:
        try:
            rows = [cells for cells in csv.reader(io.StringIO(sample, newline=""), delimiter=candidate) if any(cells)][:20]
        except csv.Error:
            continue
        if not rows:
            continue
        width = len(rows[0])
        known = len({normal(cell) for cell in rows[0]} & _KNOWN_HEADINGS)
        even = sum(1 for cells in rows if len(cells) == width)
        if width > 1 and (known, width * even) > score:
            best, score = candidate, (known, width * even)
    return best


_KNOWN_HEADINGS = {name for table in schema.NAMES for name in schema.SCHEMAS[table].column_names()} | {
    "label",
    "from",
    "to",
    "type",
}
