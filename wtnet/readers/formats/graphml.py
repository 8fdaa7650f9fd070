"""GraphML as yEd, igraph, NetworkX and Gephi write it; nested graphs are read flat, ports are passed over.

A file's keys may stand anywhere, and one id may name different keys for nodes and for edges, as some tools write it.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from wtnet.readers.core import foreign
from wtnet.readers.core.elements import Edge, ForeignNetwork, Node, refuse_too_many_values
from wtnet.readers.core.format import Format, XmlReader
from wtnet.readers.core.text import clean
from wtnet.readers.core.xml import Events
from wtnet.tables.model import Problem, Raw, place
from wtnet.tables.text import count

_LABELS = {"NodeLabel", "EdgeLabel", "Label.Text"}
"""Where yEd puts what is written on a node or an edge."""
_DRAWN = {"nodegraphics", "edgegraphics", "resources", "portgraphics"}


def read(file: str, data: bytes) -> Raw:
    """The partners and ties of a GraphML file. Raises UnreadableFile if it is not well-formed, too deep or empty.

    A `<data>` whose key no `<key>` declares, and a key declared twice, are problems that name the key.
    """
    reading = _Reading(file)
    events = Events(file, data)
    for event, name, element in events:
        if event == "start":
            reading.start(name, element)
        else:
            reading.end(name, element)
    nodes, edges = reading.finished()
    notices = [*events.notices, *reading.notices()]
    return foreign.to_raw(ForeignNetwork(FORMAT.id, file, nodes, edges, notices=notices, problems=reading.problems))


class _OpenElement:
    """A node, edge or graph that has begun and not ended."""

    def __init__(self, kind: str, at: int, attributes: dict[str, str]) -> None:
        self.kind, self.at, self.given = kind, at, attributes
        self.data: dict[str, str] = {}
        self.label: str | None = None


class _Reading:
    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self._nodes: list[_OpenElement | None] = []
        self._edges: list[_OpenElement] = []
        self._open: list[_OpenElement] = []
        self._directed: list[bool] = []
        self._names: dict[tuple[str, str], str | None] = {}
        self._defaults: dict[tuple[str, str], str] = {}
        self._filled = 0
        self._key = ("all", "")
        self._declared: set[str] = set()
        self._misplaced: dict[tuple[str, str], int] = {}
        self._hyperedges = 0

    def start(self, name: str, element: Element) -> None:
        if name == "key":
            self._declare(element)
        elif name == "graph":
            self._directed.append(element.get("edgedefault", "undirected").lower() == "directed")
            self._open.append(_OpenElement("graph", 0, {}))
        elif name in ("node", "edge"):
            given = {key: value for key, value in ((key, clean(value)) for key, value in element.attrib.items()) if value}
            if name == "edge":
                directed = given.get("directed", "").lower()
                given["directed"] = "yes" if directed == "true" or (directed != "false" and any(self._directed[-1:])) else ""
            self._open.append(_OpenElement(name, len(self._nodes if name == "node" else self._edges) + 1, given))
            if name == "node":
                self._nodes.append(None)
        elif name in ("port", "hyperedge"):
            self._hyperedges += name == "hyperedge"
            self._open.append(_OpenElement(name, 0, {}))

    def _declare(self, element: Element) -> None:
        of, key = element.get("for", "all").lower(), element.get("id", "")
        drawn = element.get("yfiles.type") in _DRAWN
        self._key = (of, key)
        if not key or self._key in self._names:
            words = f'a <key> for "{of}" has no id.' if not key else f'the key "{key}" for "{of}" is declared twice.'
            sentence = f"{place(self.file, None)}: {words} Give each key an id of its own."
            self.problems.append(Problem("repeated_key", sentence, self.file, None, None, key or None))
        self._declared.add(key)
        self._names[self._key] = None if drawn else clean(element.get("attr.name", "")) or key

    def end(self, name: str, element: Element) -> None:
        inside = self._open[-1] if self._open else None
        if name == "default" and (value := clean(element.text or "")):
            self._defaults[self._key] = value
        elif name in _LABELS and inside and not inside.label:
            inside.label = clean(element.text or "")
        elif name == "data" and inside:
            value = clean(element.text or "") if not len(element) else None
            inside.data.setdefault(element.get("key", ""), value or "")
        elif name == "desc" and inside and (value := clean(element.text or "")):
            inside.given["description"] = value
        elif name in ("node", "edge", "graph", "port", "hyperedge") and inside:
            self._open.pop()
            if name == "node":
                self._nodes[inside.at - 1] = inside
            elif name == "edge":
                self._edges.append(inside)
            elif name == "graph":
                self._directed.pop()

    def finished(self) -> tuple[list[Node], list[Edge]]:
        """Nodes and edges with the names of their attributes, once every key is known."""
        undeclared: dict[tuple[str, str], int] = {}
        nodes, edges = [], []
        for node in self._nodes:
            if node:
                attributes = self._attributes(node, undeclared)
                nodes.append(Node(node.given.get("id"), node.label, attributes, node.at))
        for at, edge in enumerate(self._edges, 1):
            attributes = self._attributes(edge, undeclared)
            given = edge.given
            edges.append(
                Edge(
                    given.get("id"), given.get("source"), given.get("target"), edge.label, attributes, at, bool(given["directed"])
                )
            )
        for (kind, key), at in undeclared.items():
            words = (
                f'{self.file}, {kind} {at}: the key "{key}" is used but never declared, so nobody knows its meaning. '
                f'Declare it (<key id="{key}" for="{kind}" attr.name="…"/>), or take it out.'
            )
            self.problems.append(Problem("undeclared_key", words, self.file, None, at, key, key))
        return nodes, edges

    def _attributes(self, item: _OpenElement, undeclared: dict[tuple[str, str], int]) -> dict[str, str]:
        attributes: dict[str, str] = {}
        self._filled += len(self._defaults)
        refuse_too_many_values(self.file, self._filled)
        for (of, key), value in self._defaults.items():
            if of in (item.kind, "all") and (name := self._names[(of, key)]):
                attributes[name] = value
        for key, value in item.data.items():
            of = item.kind if (item.kind, key) in self._names else "all"
            if (of, key) not in self._names:
                (self._misplaced if key in self._declared else undeclared).setdefault((item.kind, key), item.at)
            elif (name := self._names[(of, key)]) and value:
                attributes[name] = value
        if "description" in item.given:
            attributes.setdefault("description", item.given["description"])
        return attributes

    def notices(self) -> list[Problem]:
        """Values in the wrong place, and what GraphML holds and a partnership cannot."""
        notices = []
        for (kind, key), at in self._misplaced.items():
            words = f'{self.file}, {kind} {at}: the key "{key}" is not declared for a {kind}; what it says was left out.'
            notices.append(Problem("misplaced_key", words, self.file, None, at, key, key))
        if self._hyperedges:
            left = count(self._hyperedges, "hyperedge")
            words = f"{self.file}: {left} left out. What joins three or more partners is a pilot with its involvements."
            notices.append(Problem("hyperedge", words, self.file))
        return notices


FORMAT = Format(
    "graphml", "GraphML", (".graphml", ".xml"), "yEd, igraph, NetworkX, Gephi and others", xml=XmlReader("graphml", read)
)
