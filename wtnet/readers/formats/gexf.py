"""GEXF 1.1 to 1.3, with any of the namespaces in use or none (Gephi 0.7, Gephi today, Gephi Lite).

Read element by element and not with networkx, which refuses the namespace that Gephi writes today, list types and
mixed directions. Drawing (viz) is passed over. A tie has one start and one end here: of several spells the first start and the
last end are kept, and of values that change over time the last in the file; a notice says what was lost.
"""

from __future__ import annotations

from collections import Counter
from xml.etree.ElementTree import Element

from wtnet.readers.core import foreign
from wtnet.readers.core.elements import Edge, ForeignNetwork, Node, refuse_too_many_values
from wtnet.readers.core.format import Format, XmlReader
from wtnet.readers.core.text import clean, listing
from wtnet.readers.core.xml import Events, local
from wtnet.tables.model import Problem, Raw
from wtnet.tables.text import count

_OWN = {"node": {"id", "label", "pid"}, "edge": {"id", "source", "target", "label", "type", "weight", "pid"}}
_WAVE = "in_wave_"
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
    notices = [*events.notices, *reading.notices()]
    network = ForeignNetwork(FORMAT.id, file, reading.nodes, reading.edges, notices=notices, problems=reading.problems())
    return foreign.to_raw(network)


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
        self._spells: list[dict[str, str]] = []
        self._lost: Counter[str] = Counter()
        self._waves: dict[str, None] = {}  # the survey waves of a file of ours, where each tie says in which of them it is there
        self._filled = 0

    def start(self, name: str, element: Element) -> None:
        if name == "graph":
            self._directed = element.get("defaultedgetype", "undirected").lower() in ("directed", "mutual")
        elif name == "attributes":
            self._class = element.get("class", "node").lower()
        elif name == "attribute":
            key = element.get("id", "")
            title = self._titles[(self._class, key)] = clean(element.get("title", "")) or key
            if self._class == "edge" and title.startswith(_WAVE):
                self._waves[title.removeprefix(_WAVE)] = None
        elif name in _OWN:
            at = len(self.nodes) + 1 if name == "node" else len(self.edges) + 1
            self._open.append((name, at, {}))
            self._spells = []
            if name == "node":
                self.nodes.append(Node(clean(element.get("id", "")), clean(element.get("label", "")), {}, at))

    def end(self, name: str, element: Element) -> None:
        if name == "attribute":
            given = next((child.text for child in element if local(child.tag) == "default"), None)
            if given and clean(given) and self._class in self._defaults:
                self._defaults[self._class][self._titles[(self._class, element.get("id", ""))]] = clean(given) or ""
        elif name == "attvalue" and self._open:
            self._value(element)
        elif name == "spell" and self._open:
            self._spells.append({local(key): value for key, value in element.attrib.items() if clean(value)})
        elif name in _OWN:
            self._close(name, element)

    def _value(self, element: Element) -> None:
        of, at, attributes = self._open[-1]
        key = element.get("for", element.get("id", ""))
        title = self._titles.get((of, key))
        if title is None:
            self._undeclared.setdefault((of, key), at)
        elif value := clean(element.get("value", "")):
            self._lost["values"] += title in attributes and attributes[title] != value
            attributes[title] = value

    def _close(self, name: str, element: Element) -> None:
        _, at, attributes = self._open.pop()
        self._filled += len(self._defaults[name])
        refuse_too_many_values(self.file, self._filled)
        own = {key: value for key, value in ((local(key), clean(value)) for key, value in element.attrib.items()) if value}
        kept = {
            **self._defaults[name],
            **{key: value for key, value in own.items() if key not in _OWN[name] | _TIMES},
            **attributes,
        }
        spells, self._spells = self._spells, []
        if name == "node":
            self._lost["nodes"] += bool(spells or _TIMES & own.keys())
            node = self.nodes[at - 1]
            self.nodes[at - 1] = Node(node.id, node.label, kept, at)
            return
        if own.get("weight") not in (None, "1", "1.0"):
            kept.setdefault("weight", own["weight"])
        if not self._waves:
            kept |= _span(spells) | {key: own[key] for key in ("start", "end") if key in own}
            self._lost["spells"] += len(spells) > 1
        kind = own.get("type", "").lower()
        directed = kind in ("directed", "mutual") or (self._directed and kind != "undirected")
        self.edges.append(
            Edge(own.get("id"), own.get("source"), own.get("target"), own.get("label"), kept, at, directed, kind == "mutual")
        )

    def notices(self) -> list[Problem]:
        """What has no place here: waves, times of partners, gaps between spells, earlier values."""
        remarks = []
        if waves := list(self._waves):
            words = (
                f"this file has the partnerships of {count(len(waves), 'survey wave')} together ({listing(waves)}). Waves and "
                "ratings are not read from it: they become documented ones, whichever wave they are of. To keep the waves, "
                "bring in the workbook or the CSV tables"
            )
            remarks.append(("waves_dropped", words))
        if number := self._lost["spells"]:
            have = "partnership is" if number == 1 else "partnerships are"
            words = f"{number:,} {have} there in several spells of time; the first start and the last end were kept, gaps lost"
            remarks.append(("spells_joined", words))
        if (number := self._lost["nodes"]) and not waves:
            remarks.append(("left_out", f"when {count(number, 'partner')} came and went left out: a partner has no dates here"))
        if (number := self._lost["values"]) and not waves:
            words = f"{count(number, 'value')} that changed over time left out; the last one in the file counts"
            remarks.append(("left_out", words))
        return [Problem(rule, f"{self.file}: {words}.", self.file) for rule, words in remarks]

    def problems(self) -> list[Problem]:
        """One for each attribute that is used without being declared."""
        problems = []
        for (of, key), at in self._undeclared.items():
            which = f"{of} {at}"
            words = (
                f'{self.file}, {which}: the attribute "{key}" is used but never declared, so nobody knows its meaning. '
                f'Declare it in <attributes class="{of}">, or take it out.'
            )
            problems.append(Problem("undeclared_attribute", words, self.file, None, at, key, key))
        return problems


def _span(spells: list[dict[str, str]]) -> dict[str, str]:
    """The first start and the last end; none where a spell is open on that side."""
    starts = [spell.get("start", "") for spell in spells]
    ends = [spell.get("end", "") for spell in spells]
    span = {"start": min(starts, default=""), "end": max(ends, default="") if all(ends) else ""}
    return {name: value for name, value in span.items() if value}


FORMAT = Format(
    "gexf", "GEXF", (".gexf", ".xml"), "Gephi, Gephi Lite and others; versions 1.1 to 1.3", xml=XmlReader("gexf", read)
)
