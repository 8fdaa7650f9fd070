"""Names of partners at the ends of other tools' ties: compared as a person compares them, and known from what is no name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from wtnet.readers.core.elements import Edge, ForeignNetwork, Node
from wtnet.readers.core.text import listing
from wtnet.tables import dates
from wtnet.tables.missing import names_nobody
from wtnet.tables.model import Problem, place
from wtnet.tables.numbers import amount
from wtnet.tables.text import count, name_key, normal, seen_name

_SEPARATORS = (";", "|", "\n", ",")
_LABELS = ("label", "labels")
_NAMES = ("name", "full_name", "fullname", "display_name", "displayname", "title")
_FEW_LABELS = 0.7
"""Labels are types rather than names if there are at most so many different ones, as a share of the nodes."""
_MOSTLY = 0.6


def is_value(text: str) -> bool:
    """True for a number, an amount, a percentage or a date: what no partner is called, unless all are."""
    if not any(sign.isdigit() for sign in text[:60]) or len(text) > 60:
        return False
    return amount(text) is not None or dates.span(text) is not None


class Ends:
    """The ends of a file's ties beside its list of nodes: which name nobody, which are values, which are several names."""

    def __init__(self, nodes: Iterable[Node], edges: Iterable[Edge], known: Iterable[str]) -> None:
        declared = {name for node in nodes for name in (node.id, node.label) if name}
        declared |= {value for node in nodes for name, value in node.attributes.items() if normal(name) in (*_LABELS, *_NAMES)}
        self._declared = {*map(name_key, declared), *map(name_key, known)}
        ends = Counter(end for edge in edges for end in (edge.source, edge.target) if end)
        undeclared = {end: number for end, number in ends.items() if name_key(end) not in self._declared}
        values = sum(number for end, number in ends.items() if is_value(end))
        self._named = values <= (1 - _MOSTLY) * sum(ends.values())
        self._whole = {name_key(end) for end in undeclared if not _parts(end)} | self._declared
        self._pieces = Counter(name_key(part) for end in undeclared for part in set(_parts(end)))
        self.split: dict[str, list[str]] = {}
        self.maybe: list[str] = []
        for end in undeclared:
            self._judge(end)

    def nobody(self, end: str) -> bool:
        """True for an end that names no partner: a word for what is missing that no list declares, a number among names."""
        if name_key(end) in self._declared:
            return False
        return self._named and (names_nobody(end) or is_value(end)) if any(map(str.isdigit, end)) else names_nobody(end)

    def _judge(self, end: str) -> None:
        """Take an end apart if it is a list of names that stand alone elsewhere; remember it if it may be one."""
        parts = _parts(end)
        if not parts:
            return
        alone = sum(name_key(part) in self._whole for part in parts)
        known = sum(name_key(part) in self._whole or self._pieces[name_key(part)] > 1 for part in parts)
        comma = not any(separator in end for separator in _SEPARATORS[:3])
        if (comma and known > 1 and known >= len(parts) - 1 and alone) or (not comma and alone):
            self.split[end] = parts
        elif known > 1 or (not comma and len(parts) > 1):
            self.maybe.append(end)


def _parts(end: str) -> list[str]:
    """The names of a list in one cell; none for a single name."""
    separator = next((sign for sign in _SEPARATORS if sign in end), None)
    if separator is None or len(end) > 20_000:
        return []
    parts = [part.strip() for part in end.split(separator)]
    filled = list(dict.fromkeys(part for part in parts if part))
    trailing = separator == ";" and not parts[-1] and len(filled) == 1
    return filled if len(filled) > 1 or trailing else []


def apart(network: ForeignNetwork) -> ForeignNetwork:
    """The network with a tie for each name where an end lists several, and what was or was not taken apart said."""
    ends = Ends(network.nodes, network.edges, network.known)
    if not ends.split and not ends.maybe:
        return network
    where = place(network.edges_file or network.file, network.edges_sheet)
    edges: list[Edge] = []
    for edge in network.edges:
        pairs = [
            (source, target)
            for source in ends.split.get(edge.source or "", [edge.source])
            for target in ends.split.get(edge.target or "", [edge.target])
        ]
        several = len(pairs) > 1
        edges += [replace(edge, id=None if several else edge.id, source=source, target=target) for source, target in pairs]
    notices = []
    if ends.split:
        words = f"{count(len(ends.split), 'cell')} with several partners in it read as a partnership with each: "
        notices.append(("split_names", f"{words}{listing(list(ends.split), 3)}."))
    if ends.maybe:
        words = f"{count(len(ends.maybe), 'cell')} may name several partners and was read as one, since they do not stand alone: "
        notices.append(("maybe_several", f"{words}{listing(ends.maybe, 3)}."))
    problems = [Problem(rule, f"{where}: {words}", network.file, network.edges_sheet) for rule, words in notices]
    return replace(network, edges=edges, notices=[*network.notices, *problems])


def named_apart(network: ForeignNetwork) -> ForeignNetwork:
    """The network with its nodes called by whichever of label and name tells them apart; what was taken for what is said."""
    nodes = network.nodes
    labels = [_value(node, _LABELS, node.label) for node in nodes]
    names = [_value(node, _NAMES, None) for node in nodes]
    both = [(label, name) for label, name in zip(labels, names, strict=True) if label and name and label != name]
    if not both:
        return network
    few, many = len({label for label, _ in both}), len({name for _, name in both})
    where = place(network.file, network.nodes_sheet)
    are_types = few < many and few <= _FEW_LABELS * len(both) and not all(is_value(name) for _, name in both)
    if not are_types:
        words = f"partners are called by their label; their name was left out where it differs: {listing([both[0][1]])}."
        notice = Problem("name_left_out", f"{where}: {words}", network.file, network.nodes_sheet, None, "name")
        return replace(network, notices=[*network.notices, notice])
    typed = any(normal(name) in ("type", "kind", "element_type") for node in nodes for name in node.attributes)
    renamed = [_renamed(node, label, name, typed) for node, label, name in zip(nodes, labels, names, strict=True)]
    types = listing(sorted({label for label, _ in both}), 4)
    words = f"partners are called by their name, since the label says what they are: {types}."
    notice = Problem("label_is_type", f"{where}: {words}", network.file, network.nodes_sheet, None, "label")
    return replace(network, nodes=renamed, notices=[*network.notices, notice])


def _value(node: Node, names: tuple[str, ...], otherwise: str | None) -> str | None:
    attributes = {normal(name): value for name, value in node.attributes.items()}
    return otherwise or next((attributes[name] for name in names if attributes.get(name)), None)


def _renamed(node: Node, label: str | None, name: str | None, typed: bool) -> Node:
    if not name:
        return node
    attributes = {key: value for key, value in node.attributes.items() if normal(key) not in (*_LABELS, *_NAMES[:5])}
    if label and not typed:
        attributes["type"] = label.removeprefix(":")
    return replace(node, label=name, attributes=attributes)


class Spellings:
    """Partners by their names as a person compares them; names written otherwise are remembered with what they were read as."""

    def __init__(self, known: Mapping[str, str]) -> None:
        self._ids: dict[str, str | None] = {}
        self.respelled: dict[str, str] = {}
        for name, id in known.items():
            self.add(name, id)

    def add(self, name: str, id: str) -> None:
        """A name of a partner; of two partners with one key neither is found by it."""
        key = name_key(name)
        self._ids[key] = id if self._ids.get(key, id) == id else None

    def find(self, end: str) -> str | None:
        """The one partner whose name differs from this only in blanks, capitals and signs that cannot be seen; null for none."""
        id = self._ids.get(name_key(end))
        if id is not None:
            self.respelled[end] = id
        return id


def shown(end: str) -> str:
    """A name as it is shown: without doubled blanks and what cannot be seen, 101 for 101.0."""
    plain = seen_name(end)
    return re.sub(r"^(\d+)\.0+$", r"\1", plain) or end
