"""UCINET DL: a matrix, a list of ties or a list of neighbours, with labels apart or embedded.

Format: Borgatti, Everett and Freeman, *UCINET for Windows: a guide to importing data with DL files*.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from wtnet.errors import UnreadableFile
from wtnet.readers.core import foreign, numbered
from wtnet.readers.core.elements import Edge, ForeignNetwork
from wtnet.readers.core.format import Format, TextReader
from wtnet.readers.core.grid import MAX_ROWS
from wtnet.readers.core.text import listing
from wtnet.tables.model import Problem, Raw

_START = re.compile(r"\A\s*dl\b[\s\S]{0,2000}?(?:\bn\s*=|\bnr\s*=|format\s*=|data\s*:|labels)", re.IGNORECASE)
_DATA = re.compile(r"\bdata\s*:", re.IGNORECASE)
_SETTING = re.compile(r"\b(n|nr|nc|nm|format|diagonal)\s*=\s*([^\s,]+)", re.IGNORECASE)
_DIAGONAL = re.compile(r"\bdiagonal\s+(present|absent)\b", re.IGNORECASE)
_LABELS = re.compile(r"\b(?:(row|column|col|matrix|level)\s+)?labels\b(\s*embedded)?\s*:?", re.IGNORECASE)
_CELL = re.compile(r'"([^"]*)"|([^\s,"]+)')
_FORMATS = ("fullmatrix", "lowerhalf", "upperhalf", "edgelist1", "edgelist2", "nodelist1", "nodelist2")
_CHOICES = ", ".join(_FORMATS)


def is_dl(text: str) -> bool:
    """True if the text begins as a DL file does."""
    return bool(_START.match(text))


def read(file: str, text: str, notices: Sequence[Problem] = ()) -> Raw:
    """The nodes and ties of a DL file. Labels are compared without regard to capitals, as UCINET does.

    A number other than 0 in a matrix is a tie from row to column. Rows and columns of a two-mode file (nr and nc, or a
    format that ends in 2) are all brought in as partners. Raises UnreadableFile, naming the line, for anything else.
    """
    return _Reading(file, text).raw(notices)


class _Reading:
    def __init__(self, file: str, text: str) -> None:
        self.file = file
        data = _DATA.search(text)
        head, body = (text[: data.start()], text[data.end() :]) if data else (text, "")
        first = text[: data.end()].count("\n") + 1 if data else 1
        self.rows = [(first + at, cells) for at, line in enumerate(body.splitlines()) if (cells := _cells(line))]
        settings = {name.lower(): value.lower().rstrip(",") for name, value in _SETTING.findall(_LABELS.split(head)[0])}
        settings |= {name.lower(): value.lower() for name, value in _SETTING.findall(head) if name.lower() == "format"}
        if diagonal := _DIAGONAL.search(head):
            settings["diagonal"] = diagonal[1].lower()
        self.settings = settings
        self._diagonal = True
        self.format = settings.get("format", "fullmatrix")
        if self.format not in _FORMATS:
            raise UnreadableFile(f'{file}: the format "{self.format[:40]}" is not read. Export it as one of {_CHOICES}.')
        if _numbered_matrices(settings):
            raise UnreadableFile(
                f"{file} holds several matrices (nm={settings['nm']}). Export each relation as a file of its own."
            )
        self.two = "nr" in settings or "nc" in settings or self.format.endswith("2")
        self.embedded, self.labels = _labelled(head)
        self.count = [self._size(settings.get("nr", settings.get("n"))), self._size(settings.get("nc", settings.get("n")))]
        if not self.two:
            self.labels[1] = self.labels[0] = self.labels[0] or self.labels[1]
        self.seen: list[dict[str, int]] = [{}, {}]
        if not self.two:
            self.seen[1] = self.seen[0]
        self.names: list[list[str]] = [[], []]
        if not self.two:
            self.names[1] = self.names[0]
        for mode in (0, 1) if self.two else (0,):
            for label in self.labels[mode]:
                self._name(mode, label)
        self.edges: list[tuple[int, int, dict[str, str], int]] = []

    def _size(self, text: str | None) -> int:
        return numbered.size(self.file, 1, text) if text else 0

    def _name(self, mode: int, label: str) -> int:
        """The number from 0 of a label, which is added where it is new."""
        seen, names = self.seen[mode], self.names[mode]
        if label.lower() not in seen:
            seen[label.lower()] = len(names)
            names.append(label)
        return seen[label.lower()]

    def raw(self, notices: Sequence[Problem]) -> Raw:
        """Everything as our tables."""
        if self.format in ("fullmatrix", "lowerhalf", "upperhalf"):
            self._matrix()
        else:
            self._lists()
        for mode in (0, 1) if self.two else (0,):
            known = self.names[mode]
            if self.count[mode] and len(known) > self.count[mode]:
                extra = listing(known[self.count[mode] :])
                raise UnreadableFile(
                    f"{self.file} says it has {self.count[mode]:,} partners but names {len(known):,} (too many: {extra}). "
                    "Correct the number or the labels."
                )
            known += [str(number) for number in range(len(known) + 1, self.count[mode] + 1)]
        both = [*self.names[0], *self.names[1]] if self.two else self.names[0]
        nodes = numbered.vertices(both)
        shift = len(self.names[0]) if self.two else 0
        directed = not self.two and self.format not in ("lowerhalf", "upperhalf")
        edges = [
            Edge(None, nodes[source].id, nodes[target + shift].id, None, attributes, line, directed)
            for source, target, attributes, line in self.edges
        ]
        remarks = list(notices)
        if self.two:
            words = (
                f"{self.file} has two modes: its {len(self.names[0]):,} rows and {len(self.names[1]):,} columns are both brought "
                "in as partners. If the columns are projects or meetings, give them as pilots with involvements."
            )
            remarks.append(Problem("two_modes", words, self.file))
        return foreign.to_raw(ForeignNetwork(FORMAT.id, self.file, nodes, edges, notices=remarks))

    def _matrix(self) -> None:
        cells = [(line, cell) for line, row in self.rows for cell in row]
        rows, columns = self.count[0], self.count[1]
        if not rows or not columns:
            raise UnreadableFile(f"{self.file} does not say how many partners it has (n=…). Export it again.")
        if rows * columns > 50 * MAX_ROWS:
            raise UnreadableFile(
                f"{self.file} is a matrix of {rows:,} by {columns:,}; at most {50 * MAX_ROWS:,} cells are read. Export it as a "
                "list of partnerships."
            )
        at = 0
        self._diagonal = self._has_diagonal(len(cells), rows, columns)
        if self.embedded:
            for _, label in cells[:columns]:
                self._name(1, label)
            at = columns
        for row in range(rows):
            if self.embedded and at < len(cells):
                self._name(0, cells[at][1])
                at += 1
            for column in self._columns_of(row, columns):
                if at >= len(cells):
                    words = f"{self.file}: the matrix ends early, in row {row + 1} of {rows:,}. Export it again."
                    raise UnreadableFile(words)
                line, cell = cells[at]
                at += 1
                if numbered.value(self.file, line, cell):
                    self._add(row, column, {"weight": cell}, line)
        if at < len(cells):
            raise UnreadableFile(
                f"{self.file}, line {cells[at][0]}: the matrix is larger than the {rows:,} by {columns:,} the file says. "
                "Correct the number, or export it again."
            )

    def _columns_of(self, row: int, columns: int) -> list[int]:
        """The columns, from 0, for which one row of the matrix has a number."""
        low, high = {"lowerhalf": (0, row + 1), "upperhalf": (row, columns)}.get(self.format, (0, columns))
        return [column for column in range(low, high) if column != row or self._diagonal]

    def _has_diagonal(self, cells: int, rows: int, columns: int) -> bool:
        """Whether a matrix of one mode holds its diagonal: as its numbers come out, else as the file says."""
        half = self.format != "fullmatrix"
        if self.two:
            return True
        labels = (columns + rows) * self.embedded
        whole = labels + (rows * (rows + 1) // 2 if half else rows * columns)
        bare = labels + (rows * (rows - 1) // 2 if half else rows * (columns - 1))
        if cells in (whole, bare):
            return cells == whole
        return self.settings.get("diagonal", "absent" if half else "present") != "absent"

    def _lists(self) -> None:
        for line, cells in self.rows:
            source = self._end(0, cells[0], line)
            if self.format.startswith("nodelist"):
                for cell in cells[1:]:
                    self._add(source, self._end(1, cell, line), {}, line)
            elif len(cells) < 2:
                raise UnreadableFile(f"{self.file}, line {line}: a partnership names two partners. Correct that line.")
            else:
                value = {"weight": cells[2]} if len(cells) > 2 else {}
                if value:
                    numbered.value(self.file, line, cells[2])
                self._add(source, self._end(1, cells[1], line), value, line)

    def _add(self, source: int, target: int, attributes: dict[str, str], line: int) -> None:
        if len(self.edges) >= MAX_ROWS:
            raise UnreadableFile(
                f"{self.file} has more than {MAX_ROWS:,} partnerships, too many to bring in at once. "
                "Export fewer of them, or split it."
            )
        self.edges.append((source, target, attributes, line))

    def _end(self, mode: int, cell: str, line: int) -> int:
        """The number from 0 of the partner a cell names: by its label where labels are embedded, else by its number."""
        if self.embedded:
            return self._name(mode, cell)
        last = max(self.count[mode], len(self.names[mode]))
        if not cell.isascii() or not cell.isdigit() or not 0 < int(cell[:12]) <= last:
            known = self.seen[mode].get(cell.lower())
            if known is None:
                raise UnreadableFile(
                    f'{self.file}, line {line}: "{cell[:40]}" is neither a label nor one of the numbers 1 to {last:,}. '
                    "Correct that line, or export the file again."
                )
            return known
        return int(cell) - 1


def _numbered_matrices(settings: dict[str, str]) -> bool:
    return settings.get("nm", "1") != "1"


def _cells(line: str) -> list[str]:
    return [quoted or plain for quoted, plain in _CELL.findall(line)]


def _labelled(head: str) -> tuple[bool, list[list[str]]]:
    """Whether labels stand among the data, and those of rows and of columns where they stand before it."""
    embedded, labels = False, [[], []]  # type: tuple[bool, list[list[str]]]
    marks = list(_LABELS.finditer(head))
    for mark, following in zip(marks, [*marks[1:], None][: len(marks)], strict=True):
        which, inside = (mark[1] or "").lower(), bool(mark[2])
        embedded |= inside
        text = _SETTING.sub(" ", head[mark.end() : following.start() if following else len(head)])
        if not inside and which not in ("matrix", "level"):
            labels[1 if which in ("column", "col") else 0] += _cells(text)
    return embedded, labels


FORMAT = Format(
    "dl",
    "UCINET DL",
    (".dl", ".txt"),
    "Full or half matrix, list of partnerships or of neighbours; labels apart or embedded",
    text=TextReader(is_dl, read),
)
