"""Other tools' nodes and edges as our two tables: what is known is kept, what is not is said and never guessed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from wtnet.errors import UnreadableFile
from wtnet.readers._grid import MAX_ROWS
from wtnet.readers._kinds import Kinds
from wtnet.readers._text import CELL_BYTES, NAME_BYTES, clean, count, listing, short_id, shorten
from wtnet.tables.check import normal
from wtnet.tables.model import ROW, Problem, Raw, RawTable, place
from wtnet.tables.schema import SHARING


@dataclass(frozen=True)
class Node:
    """One element: `id` and `label` as the file has them (either may be missing), `at` its row or ordinal from 1."""

    id: str | None
    label: str | None
    attributes: dict[str, str]
    at: int


@dataclass(frozen=True)
class Edge:
    """One connection. `source` and `target` name nodes by id (or by label, where `Foreign.by_label`)."""

    id: str | None
    source: str | None
    target: str | None
    label: str | None
    attributes: dict[str, str]
    at: int
    directed: bool = False


@dataclass
class Foreign:
    """What a reader of another tool's format found in one file (or pair of files)."""

    format: str
    file: str
    nodes: list[Node]
    edges: list[Edge]
    by_label: bool = False
    nodes_sheet: str | None = None
    edges_sheet: str | None = None
    edges_file: str | None = None
    known: frozenset[str] = frozenset()
    notices: list[Problem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


_NODE_COLUMNS = {
    "place": ("place", "location", "town", "city"),
    "latitude": ("latitude", "lat"),
    "longitude": ("longitude", "lng", "lon", "long"),
    "website": ("website", "url", "web_address", "homepage"),
    "description": ("description", "desc"),
    "sharing": ("sharing",),
}
_EDGE_COLUMNS = {
    "relationship": ("relationship",),
    "level": ("level",),
    "started": ("started", "start", "start_date"),
    "ended": ("ended", "end", "end_date"),
    "before_programme": ("before_programme",),
    "continues_after": ("continues_after",),
    "evidence": ("evidence", "description", "desc"),
    "source_url": ("source_url",),
}
_NAME = ("label", "name", "title")
_TYPE = ("type", "connection_type", "kind")
_WEIGHTS = ("weight", "strength", "value", "score", "intensity", "frequency")
_DATE = re.compile(r"^(\d{4}-\d{2}-\d{2})(?:[T ].*)?$")


def raw(found: Foreign) -> Raw:
    """The file as `organisations` and `partnerships`, with one notice for each kind of thing that was changed or left out.

    An organisation's kind comes from a `type` or `kind` that is one of our words or labels, else it is "other". A tie's
    level comes only from an attribute called `level` whose values are all whole numbers from 0 to 5. Directions are
    dropped, ties of a partner with itself left out, repeated ties kept; a partner named only in a tie is created.
    Raises UnreadableFile if there is nothing in it, or more than can be taken.
    """
    if len(found.nodes) + len(found.edges) > MAX_ROWS:
        raise UnreadableFile(f"{found.file} has more than {MAX_ROWS:,} elements and connections, too many to bring in at once.")
    if not found.nodes and not found.edges:
        raise UnreadableFile(f"{found.file} holds no elements and no connections: there is nothing to bring in. Export it again with its data.")
    return _Mapping(found).raw()


class _Mapping:
    def __init__(self, found: Foreign) -> None:
        self.found = found
        self.edges_file = found.edges_file or found.file
        self.notices: list[Problem] = []
        self.organisations: dict[str, dict[str, str | int | None]] = {}
        self.partnerships: list[dict[str, str | int | None]] = []
        self.ids: dict[str, str] = {}
        self.labels: dict[str, str] = {}
        self.ambiguous: set[str] = set()
        self.cut: Counter[str] = Counter()
        self.numbers: Counter[str] = Counter()

    def raw(self) -> Raw:
        found = self.found
        self._nodes()
        self._edges()
        for column, number in self.cut.items():
            self._say("shortened", f"text too long for one cell was shortened in {count(number, 'cell')}.", column=column)
        tables = []
        if self.organisations:
            rows = list(self.organisations.values())
            tables.append(RawTable("organisations", _frame(["id", "name", "kind", *_NODE_COLUMNS], rows), found.file, found.nodes_sheet))
        if self.partnerships:
            columns = ["id", "source", "target", *_EDGE_COLUMNS]
            tables.append(RawTable("partnerships", _frame(columns, self.partnerships), self.edges_file, found.edges_sheet))
        return Raw(found.format, tuple(tables), (*found.notices, *self.notices), tuple(found.problems), declared=False)

    # -- partners -----------------------------------------------------------------------------------------------

    def _nodes(self) -> None:
        used = set(_NAME[:2]) | {name for names in _NODE_COLUMNS.values() for name in names}
        kinds = Kinds([node.attributes for node in self.found.nodes])
        nameless, repeated, odd = 0, [], Counter[str]()
        for node in self.found.nodes:
            attributes = {normal(name): value for name, value in node.attributes.items()}
            label = node.label or _first(attributes, _NAME)
            key = node.id or self._free(label, kinds.text(node.attributes))
            if key is None:
                nameless += 1
                continue
            if key in self.ids:
                repeated.append(key)
                continue
            identity = short_id(key)
            self.ids[key] = identity
            if label and label in self.labels:
                self.ambiguous.add(label)
            elif label:
                self.labels[label] = identity
            row: dict[str, str | int | None] = {"id": identity, "name": self._cut("name", label or key, NAME_BYTES), ROW: node.at}
            row["kind"] = kinds.word(node.attributes)
            for column, names in _NODE_COLUMNS.items():
                value = _first(attributes, names)
                kept = _degrees(column, value) if column in ("latitude", "longitude") else value
                if column == "sharing" and value and value.lower() not in SHARING:
                    kept = None
                if value and kept is None:
                    odd[column] += 1
                row[column] = self._cut(column, kept, CELL_BYTES if column == "description" else NAME_BYTES)
            self.organisations[identity] = row
        if nameless:
            self._say("no_name", f"{count(nameless, 'element')} without id and label left out.")
        if repeated:
            self._say("repeated_id", f"{count(len(repeated), 'element')} with an id that stood before left out: {listing(repeated)}.", column="id")
        for column, number in odd.items():
            self._say("not_understood", f'"{column}" was not understood in {count(number, "row")} and is left empty there.', column=column)
        self.notices += kinds.notices(self.found.file, self.found.nodes_sheet)
        extra = Counter(name for node in self.found.nodes for name in node.attributes if normal(name) not in used)
        self._left_out([name for name in extra if name not in kinds.columns], "partners")

    def _free(self, label: str | None, kind: str | None) -> str | None:
        """An id for an element that has none: its label, told apart by its type and then by a number."""
        if label is None or label not in self.ids:
            return label
        typed = f"{label} ({kind})"
        return typed if kind and typed not in self.ids else _unique(label, self.ids, self.numbers)

    # -- ties ---------------------------------------------------------------------------------------------------

    def _edges(self) -> None:
        edges = self.found.edges
        level_ok = self._levels()
        loops, blank, dates, created, guessed = [], 0, 0, [], []
        given = Counter(edge.id for edge in edges if edge.id)
        taken, numbers = set(given), Counter[str]()
        seen: set[str] = set()
        pairs: Counter[frozenset[str]] = Counter()
        for edge in edges:
            if not edge.source or not edge.target:
                blank += 1
                continue
            ends = [self._partner(end, edge, created, guessed) for end in (edge.source, edge.target)]
            if ends[0] == ends[1]:
                loops.append(edge.source)
                continue
            pairs[frozenset(ends)] += 1
            if edge.id and edge.id not in seen and len(edge.id.encode()) < NAME_BYTES:
                identity = short_id(edge.id)
                seen.add(edge.id)
            else:
                identity = _unique(short_id(f"{ends[0]}--{ends[1]}"), taken, numbers)
                taken.add(identity)
            attributes = {normal(name): value for name, value in edge.attributes.items()}
            row: dict[str, str | int | None] = {"id": identity, "source": ends[0], "target": ends[1], ROW: edge.at}
            for column, names in _EDGE_COLUMNS.items():
                row[column] = _first(attributes, names)
            row["relationship"] = self._cut("relationship", row["relationship"] or _relationship(edge, attributes), NAME_BYTES)
            row["evidence"] = self._cut("evidence", row["evidence"], CELL_BYTES)
            row["source_url"] = self._cut("source_url", row["source_url"], NAME_BYTES)
            row["level"] = str(int(float(str(row["level"])))) if row["level"] and level_ok else None
            for column in ("started", "ended"):
                day = _day(row[column])
                dates += row[column] is not None and day is None
                row[column] = day
            for column in ("before_programme", "continues_after"):
                row[column] = row[column] if str(row[column]).lower() in ("yes", "no", "true", "false", "1", "0") else None
            self.partnerships.append(row)
        self._say_edges(edges, loops, blank, dates, created, guessed, pairs)

    def _say_edges(self, edges: list[Edge], loops: list[str], blank: int, dates: int, created: list[str], guessed: list[str], pairs: Counter[frozenset[str]]) -> None:
        say = self._say_tie
        directed = sum(edge.directed for edge in edges)
        if directed:
            words = f"{count(directed, 'tie')} of {len(edges):,} had a direction. A partnership has none, so it was dropped."
            say("direction_dropped", words)
        if loops:
            say("self_tie", f"{count(len(loops), 'tie')} of a partner with itself left out: {listing(list(dict.fromkeys(loops)))}.")
        if blank:
            say("no_partner", f"{count(blank, 'tie')} that did not name both partners left out.")
        again = sum(number > 1 for number in pairs.values())
        if again:
            say("repeated_tie", f"{count(again, 'pair')} of partners had more than one tie; every tie was kept.")
        if created:
            words = f"{count(len(created), 'partner')} named only in ties (not in a list of elements) created: {listing(created)}. Their kind is set to other."
            say("created_partner", words)
        if guessed:
            say("repeated_label", f"ties name partners by a label that more than one has; the first was taken: {listing(sorted(set(guessed)))}.")
        if dates:
            say("not_a_date", f"{count(dates, 'start or end', 'starts or ends')} that are not dates such as 2024-03-01 left empty.")
        used = {*_NAME[:1], *_TYPE, "level", "from", "to"} | {name for names in _EDGE_COLUMNS.values() for name in names}
        extra = Counter(name for edge in edges for name in edge.attributes if normal(name) not in used)
        weights = [name for name in extra if normal(name) in _WEIGHTS]
        if weights:
            words = f"{listing(weights)} left out: such a number is not a level of collaboration. If it is one, call it level (whole numbers 0 to 5)."
            say("not_a_level", words)
        self._left_out([name for name in extra if name not in weights], "ties")

    def _partner(self, end: str, edge: Edge, created: list[str], guessed: list[str]) -> str:
        """The organisation's id for one end of a tie, created if nobody declared it."""
        if end in self.ids:
            return self.ids[end]
        if end in self.found.known:
            return end
        if self.found.by_label and end in self.labels:
            if end in self.ambiguous:
                guessed.append(end)
            return self.labels[end]
        identity = self.ids[end] = short_id(end)
        created.append(end)
        row = {"id": identity, "name": self._cut("name", end, NAME_BYTES), "kind": "other", ROW: edge.at}
        self.organisations[identity] = row  # type: ignore[assignment]
        return identity

    def _levels(self) -> bool:
        """True if every `level` is a whole number from 0 to 5; said once if not."""
        values = [value for edge in self.found.edges for name, value in edge.attributes.items() if normal(name) == "level"]
        odd = sorted({value for value in values if not re.fullmatch(r"[0-5](\.0+)?", value)})
        if odd:
            words = f'"level" left out of all ties: it holds {listing(odd)}, and a level of collaboration is a whole number from 0 to 5.'
            self._say_tie("not_a_level", words)
        return not odd

    # -- sentences ----------------------------------------------------------------------------------------------

    def _cut(self, column: str, value: str | int | None, limit: int) -> str | None:
        if value is None:
            return None
        short = shorten(str(value), limit)
        self.cut[column] += short != value
        return short

    def _left_out(self, names: list[str], of: str) -> None:
        if names:
            words = f"{count(len(names), 'column')} of the {of} that {'has' if len(names) == 1 else 'have'} no place here left out: {listing(names, 12)}."
            (self._say if of == "partners" else self._say_tie)("left_out", words)

    def _say(self, rule: str, words: str, column: str | None = None) -> None:
        file, sheet = self.found.file, self.found.nodes_sheet
        self.notices.append(Problem(rule, f"{place(file, sheet)}: {words}", file, sheet, None, column))

    def _say_tie(self, rule: str, words: str) -> None:
        file, sheet = self.edges_file, self.found.edges_sheet
        self.notices.append(Problem(rule, f"{place(file, sheet)}: {words}", file, sheet))


def _frame(columns: list[str], rows: list[dict[str, str | int | None]]) -> pl.DataFrame:
    frame = pl.DataFrame({name: pl.Series([row.get(name) for row in rows], dtype=pl.String) for name in columns})
    return frame.with_columns(pl.Series(ROW, [row[ROW] for row in rows], dtype=pl.Int64))


def _first(attributes: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((attributes[name] for name in names if attributes.get(name)), None)


def _degrees(column: str, value: str | None) -> str | None:
    try:
        number = float(value or "nan")
    except ValueError:
        return None
    return value if abs(number) <= (90 if column == "latitude" else 180) else None


def _day(value: object) -> str | None:
    found = _DATE.match(str(value or ""))
    try:
        return date.fromisoformat(found.group(1)).isoformat() if found else None
    except ValueError:
        return None


def _relationship(edge: Edge, attributes: dict[str, str]) -> str | None:
    """The tie's type, its label, or both."""
    kind, label = _first(attributes, _TYPE), edge.label or attributes.get("label")
    return f"{kind}: {label}" if kind and label and kind != label else kind or label


def _unique(base: str, taken: Collection[str], numbers: Counter[str]) -> str:
    """`base`, or `base--2`, `base--3` … ; `numbers` remembers where the last search for each base ended."""
    name = base
    while name in taken:
        numbers[base] = max(numbers[base], 1) + 1
        name = f"{base}--{numbers[base]}"
    return name


def text(value: object) -> str | None:
    """Any JSON or XML value as trimmed text: lists joined by |, true and false as words, nothing and not-a-number as None."""
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
