"""Pajek .net: numbered vertices; ties as lines, as lists or as a matrix; two modes and several relations too.

Format: Batagelj and Mrvar, *Pajek: reference manual*.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Sequence

from wtnet.errors import UnreadableFile
from wtnet.readers.core import foreign, numbered
from wtnet.readers.core.elements import Edge, ForeignNetwork
from wtnet.readers.core.format import Format, TextReader
from wtnet.readers.core.grid import MAX_ROWS
from wtnet.tables.model import Problem, Raw
from wtnet.tables.text import count

_VERTICES = re.compile(r"^[ \t]*+\*vertices\b", re.IGNORECASE | re.MULTILINE)
_STAR = re.compile(r"^\*\s*(\w+)\s*(.*)$")
_RELATION = re.compile(r'^:\s*(\d{0,9})\s*"?([^"]*)"?\s*$')
_OF_RELATION = re.compile(r"^(\d{1,9}):\s*(?=\d)")
_CELL = re.compile(r'"([^"]*)"|(\S+)')
_LABEL = re.compile(r'\sl\s+("[^"]*"|\S+)')
_TIES = ("arcs", "edges", "arcslist", "edgeslist", "edgelist", "matrix")


def is_pajek(text: str) -> bool:
    """True if a list of vertices begins somewhere near the start."""
    return bool(_VERTICES.search(text[:4_000]))


def read(file: str, text: str, notices: Sequence[Problem] = ()) -> Raw:
    """The vertices and ties of the first network of a Pajek file; other parts of it are left out with a notice.

    Arcs are directed, edges are not. The label of a relation is the kind of its ties; one numbered from 2 that has no label
    is called by its number. A vertex outside the numbers declared, or a line that cannot be understood, is an
    UnreadableFile that names it.
    """
    reading = _Reading(file)
    for line, written in enumerate(text.splitlines(), 1):
        words = written.strip()
        if words and not words.startswith("%"):
            reading.line(line, words)
    return reading.raw(notices)


class _Reading:
    def __init__(self, file: str) -> None:
        self.file = file
        self.labels: list[str | None] = []
        self.lines: list[int] = []
        self.edges: list[tuple[int, int, dict[str, str], int, bool, str]] = []
        self.kinds: dict[str, str] = {}
        self.first_mode = 0
        self.relation = ""
        self.left: dict[str, int] = {}
        self._row = 0
        self._take: Callable[[int, str], None] = self._nothing

    def line(self, line: int, words: str) -> None:
        star = _STAR.match(words)
        if not star:
            self._take(line, words)
            return
        name, rest = star[1].lower(), star[2].strip()
        if name == "vertices":
            self._begin(line, rest)
        elif name in _TIES:
            self._ties(line, name, rest)
        else:
            self._take = self._nothing
            if name != "network":
                self.left[star[1]] = self.left.get(star[1], 0) + 1

    def _nothing(self, line: int, words: str) -> None:
        """What stands before the vertices, or in a part that is no network."""

    def _begin(self, line: int, rest: str) -> None:
        if self.labels:
            self.left["Vertices (a second network)"] = 1
            self._take = self._nothing
            return
        numbers = rest.split()
        total = numbered.size(self.file, line, numbers[0] if numbers else "")
        if len(numbers) > 1:
            self.first_mode = numbered.size(self.file, line, numbers[1])
            if self.first_mode > total:
                raise self._wrong(line, f"the first {self.first_mode:,} of {total:,} partners cannot be one mode")
        self.labels = [None] * total
        self.lines = [line] * total
        self._take = self._vertex

    def _vertex(self, line: int, words: str) -> None:
        cells = [quoted or plain for quoted, plain in _CELL.findall(words)[:2]]
        number = self._number(line, cells[0])
        self.labels[number - 1] = cells[1] if len(cells) > 1 else None
        self.lines[number - 1] = line

    def _ties(self, line: int, name: str, rest: str) -> None:
        if not self.labels:
            raise self._wrong(line, f"*{name} stands before any *Vertices")
        if "Vertices (a second network)" in self.left:
            self._take = self._nothing
            return
        self.relation = self._relation(rest)
        self._row = 0
        directed = name.startswith("arcs")
        if name == "matrix":
            self._take = self._matrix
        elif name.endswith("list"):
            self._take = lambda line, words: self._list(line, words, directed)
        else:
            self._take = lambda line, words: self._tie(line, words, directed)

    def _relation(self, rest: str) -> str:
        """The number of the relation a part is of, or its label where it has no number; "" for none."""
        named = _RELATION.match(rest)
        if not named:
            return ""
        number, label = named[1].lstrip("0"), named[2].strip()
        if label:
            self.kinds.setdefault(number or label, label)
        return number or label

    def _tie(self, line: int, words: str, directed: bool) -> None:
        relation = self.relation
        if of := _OF_RELATION.match(words):
            relation, words = of[1].lstrip("0"), words[of.end() :]
        cells = words.split()
        if len(cells) < 2:
            raise self._wrong(line, f'"{words[:40]}" does not name two partners')
        attributes = {"weight": cells[2]} if len(cells) > 2 and cells[2][:1] not in ("", '"') else {}
        label = _LABEL.search(words)
        if label:
            attributes["label"] = shlex.split(label[1])[0] if label[1].startswith('"') else label[1]
        self._add(self._number(line, cells[0]), self._number(line, cells[1]), attributes, line, directed, relation)

    def _list(self, line: int, words: str, directed: bool) -> None:
        source, *targets = (self._number(line, cell) for cell in words.split())
        for target in targets:
            self._add(source, target, {}, line, directed)

    def _matrix(self, line: int, words: str) -> None:
        self._row += 1
        row, shift = self._row, self.first_mode
        if row > (shift or len(self.labels)):
            raise self._wrong(line, f"the matrix has more rows than the {len(self.labels):,} partners declared")
        for column, cell in enumerate(words.split(), 1):
            if numbered.value(self.file, line, cell):
                self._add(row, self._number(line, str(column + shift)), {"weight": cell}, line, not shift)

    def _add(
        self, source: int, target: int, attributes: dict[str, str], line: int, directed: bool, relation: str | None = None
    ) -> None:
        if len(self.edges) >= MAX_ROWS:
            raise UnreadableFile(
                f"{self.file} has more than {MAX_ROWS:,} partnerships, too many to bring in at once. "
                "Export fewer of them, or split it."
            )
        self.edges.append((source, target, attributes, line, directed, self.relation if relation is None else relation))

    def _number(self, line: int, cell: str) -> int:
        if not cell.isascii() or not cell.isdigit() or not 0 < int(cell[:12]) <= len(self.labels):
            raise self._wrong(line, f'"{cell[:40]}" is not one of the numbers 1 to {len(self.labels):,} of the partners')
        return int(cell)

    def _wrong(self, line: int, words: str) -> UnreadableFile:
        return UnreadableFile(f"{self.file}, line {line}: {words}. Correct that line, or export the network again.")

    def raw(self, notices: Sequence[Problem]) -> Raw:
        """Everything read so far as our tables."""
        nodes = numbered.vertices(self.labels, self.lines)
        edges = []
        for source, target, attributes, line, directed, relation in self.edges:
            if kind := self.kinds.get(relation, f"relation {relation}" if relation not in ("", "1") else ""):
                attributes["type"] = kind
            ends = nodes[source - 1].id, nodes[target - 1].id
            edges.append(Edge(None, *ends, attributes.pop("label", None), attributes, line, directed))
        remarks = list(notices)
        if self.left:
            parts = ", ".join(f"*{name}" for name in self.left)
            words = f"{self.file}: only the first network is read; {count(sum(self.left.values()), 'part')} left out ({parts})."
            remarks.append(Problem("left_out", words, self.file))
        if self.first_mode:
            words = (
                f"{self.file} has two modes: the first {self.first_mode:,} and the other {len(nodes) - self.first_mode:,} "
                "are both brought in as partners. If the second are projects or meetings, give them as pilots with involvements."
            )
            remarks.append(Problem("two_modes", words, self.file))
        return foreign.to_raw(ForeignNetwork(FORMAT.id, self.file, nodes, edges, notices=remarks))


FORMAT = Format(
    "pajek",
    "Pajek",
    (".net", ".paj"),
    "Vertices with arcs, edges, lists or a matrix; two modes and several relations too",
    text=TextReader(is_pajek, read),
)
