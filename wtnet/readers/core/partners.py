"""Other tools' elements as rows of `organisations`."""

from __future__ import annotations

from collections import Counter

from wtnet.readers.core.elements import Edge, ForeignNetwork, Node, Notes, Row, first, frame, own_columns, unique
from wtnet.readers.core.kinds import KIND_COLUMNS, OTHER, Kinds
from wtnet.readers.core.names import Spellings, shown
from wtnet.readers.core.text import CELL_BYTES, NAME_BYTES, listing
from wtnet.tables import own
from wtnet.tables.missing import is_missing
from wtnet.tables.model import ROW, RawTable
from wtnet.tables.schema import SHARING
from wtnet.tables.text import count, normal, short_id

_COLUMNS = {
    "place": ("place", "location", "town", "city"),
    "latitude": ("latitude", "lat"),
    "longitude": ("longitude", "lng", "lon"),
    "website": ("website", "url", "web_address", "homepage"),
    "description": ("description", "desc"),
    "sharing": ("sharing",),
}
_NAMES = ("label", "name", "title")
_PLACED = {"label", "name"} | {name for names in _COLUMNS.values() for name in names}
ELEMENT_ATTRIBUTES = _PLACED | {"title", *KIND_COLUMNS}
"""Attributes of an element that count, in some file or other."""


class Partners:
    """The partners of a file by id and by label, and those created because only a tie names them."""

    def __init__(self, network: ForeignNetwork) -> None:
        self.notes = Notes(network.file, network.nodes_sheet, "partners")
        self.created: list[str] = []
        self.guessed: set[str] = set()
        self._network = network
        self._rows: dict[str, Row] = {}
        self._ids: dict[str, str] = {}
        self._labels: dict[str, str] = {}
        self._ambiguous: set[str] = set()
        self._unnumbered: set[str] = set()
        self._numbers: Counter[str] = Counter()
        self._odd: Counter[str] = Counter()
        self.spellings = Spellings(network.known)
        self._own: dict[str, str] = {}
        self.is_ours = own.is_ours({name for node in network.nodes for name in node.attributes})
        self._add_all()

    def table(self) -> RawTable | None:
        """The table `organisations`, or None if there are no partners."""
        if not self._rows:
            return None
        columns = ["id", "name", "kind", *_COLUMNS, *dict.fromkeys(self._own.values())]
        return RawTable("organisations", frame(columns, self._rows.values()), self._network.file, self._network.nodes_sheet)

    def of(self, end: str, edge: Edge) -> str:
        """The id of the partner one end of a tie names, created if no element declares it."""
        if end in self._ids:
            if end in self._ambiguous and end in self._unnumbered:
                self.guessed.add(end)
            return self._ids[end]
        if end in self._network.known:
            return self._network.known[end]
        if self._network.by_label and end in self._labels:
            if end in self._ambiguous:
                self.guessed.add(end)
            return self._labels[end]
        if (same := self.spellings.find(end)) is not None:
            return same
        name = shown(end)
        identity = self._ids[end] = short_id(name)
        if identity in self._rows:
            identity = self._ids[end] = short_id(end)
        self.created.append(name)
        self.spellings.add(end, identity)
        self._rows[identity] = {"id": identity, "name": self.notes.cut("name", name, NAME_BYTES), "kind": OTHER, ROW: edge.at}
        return identity

    def _add_all(self) -> None:
        nodes = self._network.nodes
        kinds = Kinds([node.attributes for node in nodes], self._network.loosely)
        used = _PLACED | {normal(name) for name in kinds.columns if not kinds.loses(name)}
        self._own = own_columns((node.attributes for node in nodes), used, self.is_ours, "organisations")
        nameless, repeated, told_apart, unnamed = 0, [], [], []
        for node in nodes:
            attributes = {normal(name): value for name, value in node.attributes.items()}
            label = node.label or first(attributes, _NAMES)
            ours = self.is_ours or attributes.get("sharing", "").lower() in SHARING
            if label and node.id and not ours and is_missing(label) and not is_missing(node.id):
                unnamed.append(f"{node.id} “{label}”")
                label = None
            key = node.id or self._free(label, kinds.text(node.attributes))
            if key and not node.id:
                self._unnumbered.add(key)
                if key != label:
                    told_apart.append(key)
            if key is None:
                nameless += 1
            elif key in self._ids:
                repeated.append(key)
            else:
                self._add(node, key, label, kinds.word(node.attributes), attributes)
        if nameless:
            self.notes.say("no_name", f"{count(nameless, 'element')} without id and label left out.")
        if unnamed:
            elements = count(len(unnamed), "element")
            words = f"{elements} whose name is a word for what is missing called by their id: {listing(unnamed)}."
            self.notes.say("missing_name", words)
        if repeated:
            words = f"{count(len(repeated), 'element')} with an id that stood before left out: {listing(repeated)}."
            self.notes.say("repeated_id", words, "id")
        if told_apart:
            elements = count(len(told_apart), "element")
            words = f"{elements} without an id, whose label stood before, told apart as {listing(told_apart)}."
            self.notes.say("repeated_label", words, "id")
        for column, number in self._odd.items():
            if number:
                words = f'"{column}" was not understood in {count(number, "row")} and is left empty there.'
                self.notes.say("not_understood", words, column)
        self.notes.add(kinds.notices(self._network.file, self._network.nodes_sheet))

    def _add(self, node: Node, key: str, label: str | None, kind: str, attributes: dict[str, str]) -> None:
        identity = self._ids[key] = short_id(key)
        self.spellings.add(key, identity)
        if label and self._network.by_label:
            self.spellings.add(label, identity)
        if label and label in self._labels:
            self._ambiguous.add(label)
        elif label:
            self._labels[label] = identity
        row: Row = {
            "id": identity,
            "name": self.notes.cut("name", label or key, NAME_BYTES),
            "kind": kind,
            ROW: node.at,
        }
        for name, heading in self._own.items():
            row[heading] = row.get(heading) or self.notes.cut(name, node.attributes.get(name), CELL_BYTES)
        for column, names in _COLUMNS.items():
            value = first(attributes, names)
            kept = _kept(column, value)
            self._odd[column] += value is not None and kept is None
            row[column] = self.notes.cut(column, kept, CELL_BYTES if column == "description" else NAME_BYTES)
        self._rows[identity] = row

    def _free(self, label: str | None, kind: str | None) -> str | None:
        """An id for an element that has none: its label, told apart by its type and then by a number."""
        if label is None or label not in self._ids:
            return label
        typed = f"{label} ({kind})"
        return typed if kind and typed not in self._ids else unique(label, self._ids, self._numbers)


def _kept(column: str, value: str | None) -> str | None:
    """The value if it can be used in that column."""
    if value is None or column not in ("latitude", "longitude", "sharing"):
        return value
    if column == "sharing":
        return value if value.lower() in SHARING else None
    try:
        return value if abs(float(value)) <= (90 if column == "latitude" else 180) else None
    except ValueError:
        return None
