"""The rows of a CSV as it was meant: its separator, blanks behind it, quotes that were never closed, and the row of headings."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from wtnet.errors import UnreadableFile
from wtnet.readers.core.grid import MAX_ROWS
from wtnet.readers.core.text import listing
from wtnet.tables import schema
from wtnet.tables.model import Problem, place
from wtnet.tables.text import count, normal

SEPARATORS = ",;\t|"
HEADINGS_WITHIN = 10
"""Headings are looked for in so many rows that are not blank."""
_COMMENTS = ("#", "%", "//", "--")
_KNOWN_HEADINGS = {name for table in schema.NAMES for name in schema.SCHEMAS[table].column_names()} | {
    "label",
    "from",
    "to",
    "type",
}

csv.field_size_limit(100_000_000)

Record = tuple[int, list[str]]
"""The line a record starts on, and its cells."""


@dataclass
class Records:
    """The records of a CSV that are not blank; `apart` are those, by position, that stand below two blank lines or more."""

    rows: list[Record] = field(default_factory=list)
    apart: list[int] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def records(file: str, text: str) -> Records:
    """Everything in a CSV from its headings on. Rows that a stray quote swallowed are taken apart again, or are a problem."""
    first = text.lstrip("\r\n")[:8].lower()
    declared = first[4] if first.startswith("sep=") and first[4:5] in tuple(SEPARATORS) else None
    result = _Reading(file, text, declared or _separator(text)).records()
    if declared and result.rows:
        result.rows.pop(0)
        result.apart = [at - 1 for at in result.apart]
    _leave_out_titles(file, result)
    result.apart = [at for at in result.apart if at > 0]
    return result


class _Reading:
    def __init__(self, file: str, text: str, separator: str) -> None:
        self._file, self._separator = file, separator
        self._lines = list(io.StringIO(text, newline=""))
        self._result = Records()
        self._apart: list[int] = []
        self._recovered: list[int] = []
        self._odd = text.count('"') % 2 == 1

    def records(self) -> Records:
        """Every record, and what is to be said of them."""
        result, line, blank = self._result, 1, 0
        reader = csv.reader(self._lines, delimiter=self._separator, skipinitialspace=True)
        try:
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    if blank > 1 and result.rows:
                        result.apart.append(len(result.rows))
                    blank = 0
                    self._add(line, reader.line_num, cells)
                else:
                    blank += 1
                line = reader.line_num + 1
                if len(result.rows) > MAX_ROWS + 2:
                    break
        except csv.Error as error:
            raise UnreadableFile(
                f"{place(self._file, None, line)}: this is not a row of a CSV ({error}). Save it again as CSV UTF-8."
            ) from error
        if self._recovered:
            words = f"{place(self._file, None, self._recovered[0])}: a double quote that is never closed was taken out"
            more = f" (and in {count(len(self._recovered) - 1, 'other row')})" if len(self._recovered) > 1 else ""
            result.notices.append(Problem("stray_quote", f"{words}{more}.", self._file, None, self._recovered[0]))
        return result

    def _add(self, line: int, last: int, cells: list[str]) -> None:
        rows = self._result.rows
        odd_end = self._odd and last == len(self._lines)
        if last > line and (odd_end or any(self._separator in cell and ("\n" in cell or "\r" in cell) for cell in cells)):
            raw = self._lines[line - 1 : last]
            broken = not _strictly_right(raw, self._separator)
            width = len(rows[-1][1]) if rows else 0
            apart = _apart(raw, self._separator, width) if broken or len(cells) != width > 2 else None
            if apart:
                self._recovered += [line + at for at, (_, stray) in enumerate(apart) if stray]
                rows += [(line + at, row) for at, (row, _) in enumerate(apart)]
                return
            if broken:
                where = place(self._file, None, line)
                words = "a double quote opens in this row and is never closed. Close it, or take it out"
                if not odd_end:
                    words = f"a double quote in this row swallows the rows down to {last}. Take it out, or close it"
                rule = "open_quote" if odd_end else "swallowed_rows"
                self._result.problems.append(Problem(rule, f"{where}: {words}.", self._file, None, line))
        rows.append((line, cells))


def _strictly_right(lines: Sequence[str], separator: str) -> bool:
    """True if these lines are one record of a CSV whose quotes open and close at the ends of cells."""
    try:
        return len(list(csv.reader(lines, delimiter=separator, skipinitialspace=True, strict=True))) == 1
    except csv.Error:
        return False


def _apart(lines: Sequence[str], separator: str, width: int) -> list[tuple[list[str], bool]] | None:
    """Each line as a row of its own, and whether a stray quote was taken out of it; null unless each has so many cells."""
    rows: list[tuple[list[str], bool]] = []
    for line in lines:
        bare = line.rstrip("\r\n")
        cells, stray = bare.split(separator), False
        if '"' in bare:
            if _strictly_right([line], separator):
                cells = next(csv.reader([line], delimiter=separator, skipinitialspace=True))
            else:
                cells, stray = [_without_stray(cell) for cell in cells], True
        if len(cells) != width or width < 2 or not any(cell.strip() for cell in cells):
            return None
        rows.append((cells, stray))
    return rows


def _without_stray(cell: str) -> str:
    """A cell without the quotes around it, and without one that stands alone."""
    plain = cell.strip()
    if len(plain) > 1 and plain[0] == plain[-1] == '"':
        return plain[1:-1].replace('""', '"')
    return cell.replace('"', "") if cell.count('"') == 1 else cell


def _leave_out_titles(file: str, result: Records) -> None:
    """Take out titles and comments above the headings, and say so."""
    at = _heading_at([cells for _, cells in result.rows[:HEADINGS_WITHIN]], result.rows[:200])
    if not at:
        return
    above = result.rows[:at]
    del result.rows[:at]
    result.apart = [start - at for start in result.apart]
    texts = [next(cell.strip() for cell in cells if cell.strip()) for _, cells in above]
    words = f"{file}: {count(at, 'row')} above the headings left out: {listing(texts, 3)}."
    result.notices.append(Problem("above_headings", words, file, None, above[0][0]))


def _heading_at(rows: Sequence[list[str]], sample: Sequence[Record]) -> int:
    """Which of the first rows holds the headings: the first that is no comment and fills most of the list's width.

    A row of nothing but our own headings is one however wide the rows below it are.
    """
    filled = [sum(bool(cell.strip()) for cell in cells) for cells in rows]
    widths = Counter(number for _, cells in sample if (number := sum(bool(cell.strip()) for cell in cells)) > 1)
    if not widths:
        return 0
    usual = max(widths, key=lambda number: (widths[number], number))
    known = [_known(cells) for cells in rows]
    wide = [filled[at] >= max(2, 0.6 * usual) or 1 < known[at] == filled[at] for at in range(len(rows))]
    plausible = [at for at, cells in enumerate(rows) if wide[at] and not _is_comment(cells)]
    if not plausible:
        return 0
    first = plausible[0]
    ahead = next((at for at in plausible if known[at] > 1), first)
    return ahead if known[first] == 0 and first > 0 else first


def _is_comment(cells: Sequence[str]) -> bool:
    text = next((cell.strip() for cell in cells if cell.strip()), "")
    return text.startswith(_COMMENTS) and not any(cell.strip() for cell in cells[1:])


def _known(cells: Sequence[str]) -> int:
    return len({normal(cell) for cell in cells} & _KNOWN_HEADINGS)


def _separator(text: str) -> str:
    """The one of , ; tab | that gives most of the first rows the same number of cells, and known headings."""
    best, score = ",", (0, 0)
    sample = text[:50_000]
    for candidate in SEPARATORS:
        reader = csv.reader(io.StringIO(sample, newline=""), delimiter=candidate, skipinitialspace=True)
        try:
            rows = [cells for cells in reader if any(cells)][:20]
        except csv.Error:
            continue
        widths = Counter(len(cells) for cells in rows if len(cells) > 1)
        if not widths:
            continue
        first = len(rows[0])
        width = first if first > 1 else max(widths, key=lambda number: (widths[number] * number, number))
        known = max(_known(cells) for cells in rows[:HEADINGS_WITHIN])
        if (known, width * widths[width]) > score:
            best, score = candidate, (known, width * widths[width])
    return best
