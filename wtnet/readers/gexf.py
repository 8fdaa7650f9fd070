"""GEXF 1.1 to 1.3, with any of the namespaces in use or none (Gephi 0.7, Gephi today, Gephi Lite).

Read element by element and not with networkx, which refuses the namespace that Gephi writes today, list types and
mixed directions. Time slices and drawing (viz) are passed over; of values that change over time the last one counts.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from wtnet.readers import _foreign
from wtnet.readers._format import GEXF
from wtnet.readers._found import Edge, Foreign, Node
from wtnet.readers._text import clean
from wtnet.readers._xml import Events, local
from wtnet.tables.model import Problem, Raw

_OWN = {"node": {"id", "label", "pid"}, "edge": {"id", "source", "target", "label", "type", "weight", "pid"}}
_TIMES = {"start", "end", "startopen", "endopen", "timestamp", "timestamps", "intervals"}


def read(file: str, data: bytes) -> Raw:
    """The partners and ties of a GEXF file. Raises UnreadableFile if it is not well-formed, too deep or empty.

    An attribute that no `<attribute>` declares is a problem that names it: its title is not known, so its meaning is not.
    """
    reading = _Reading(file)
    events = Events(file, data)
    for event, name, element in events:
        if event == "start":
            reading.start(name, element)
        else:
            reading.end(name, element)
    found = Foreign(GEXF.id, file, reading.nodes, reading.edges, notices=list(events.notices), problems=reading.problems())
    return _foreign.raw(found)


class _Reading:
    def __init__(self, file: str) -> None:
        self.file = file
        self.nodes: list[Node] = []
        self.edges: list[Edge] = []
        self._directed = False
        self._class = "node"
        self._titles: dict[tuple[str, str], str] = {}
        self._defaults: dict[str, dict[str, str]] = {"node": {}, "edge": {}}
        self._open: list[tuple[str, int, dict[str, str]]] = []
        self._undeclared: dict[tuple[str, str], int] = {}

    def start(self, name: str, element: Element) -> None:
        if name == "graph":
            self._directed = element.get("defaultedgetype", "undirected").lower() in ("directed", "mutual")
        elif name == "attributes":
            self._class = element.get("class", "node").lower()
        elif name == "attribute":
            key = element.get("id", "")
            self._titles[(self._class, key)] = clean(element.get("title", "")) or key
        elif name in _OWN:
            at = len(self.nodes) + 1 if name == "node" else len(self.edges) + 1
            self._open.append((name, at, {}))
            if name == "node":
                self.nodes.append(Node(clean(element.get("id", "")), clean(element.get("label", "")), {}, at))

    def end(self, name: str, element: Element) -> None:
        if name == "attribute":
            given = next((child.text for child in element if local(child.tag) == "default"), None)
            if given and clean(given) and self._class in self._defaults:
                self._defaults[self._class][self._titles[(self._class, element.get("id", ""))]] = clean(given) or ""
        elif name == "attvalue" and self._open:
            self._value(element)
        elif name in _OWN:
            self._close(name, element)

    def _value(self, element: Element) -> None:
        of, at, attributes = self._open[-1]
        key = element.get("for", element.get("id", ""))
        title = self._titles.get((of, key))
        if title is None:
            self._undeclared.setdefault((of, key), at)
        elif value := clean(element.get("value", "")):
            attributes[title] = value

    def _close(self, name: str, element: Element) -> None:
        _, at, attributes = self._open.pop()
        own = {key: value for key, value in ((local(key), clean(value)) for key, value in element.attrib.items()) if value}
        kept = {
            **self._defaults[name],
            **{key: value for key, value in own.items() if key not in _OWN[name] | _TIMES},
            **attributes,
        }
        if name == "node":
            node = self.nodes[at - 1]
            self.nodes[at - 1] = Node(node.id, node.label, kept, at)
            return
        if own.get("weight") not in (None, "1", "1.0"):
            kept.setdefault("weight", own["weight"])
        kept |= {key: own[key] for key in ("start", "end") if key in own}
        kind = own.get("type", "").lower()
        directed = kind in ("directed", "mutual") or (self._directed and kind != "undirected")
        self.edges.append(Edge(own.get("id"), own.get("source"), own.get("target"), own.get("label"), kept, at, directed))

    def problems(self) -> list[Problem]:
        """One for each attribute that is used without being declared."""
        found = []
        for (of, key), at in self._undeclared.items():
            which = f"{of} {at}"
            words = (
                f'{self.file}, {which}: the attribute "{key}" is used but never declared, so nobody knows its meaning. '
                f'Declare it in <attributes class="{of}">, or take it out.'
            )
            found.append(Problem("undeclared_attribute", words, self.file, None, at, key, key))
        return found
