"""Other tools' connections as rows of `partnerships`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from wtnet.readers.core.days import Days
from wtnet.readers.core.elements import Edge, ForeignNetwork, Notes, Row, first, frame, own_columns, unique
from wtnet.readers.core.names import Ends
from wtnet.readers.core.partners import Partners
from wtnet.readers.core.text import CELL_BYTES, NAME_BYTES, listing, shorten
from wtnet.tables import own
from wtnet.tables.dates import is_open
from wtnet.tables.model import BASES, ROW, RawTable
from wtnet.tables.schema import DIRECTIONS
from wtnet.tables.text import ID_BYTES, count, normal, short_id

_COLUMNS = {
    "relationship": ("relationship",),
    "level": ("level",),
    "started": ("started", "start", "start_date"),
    "ended": ("ended", "end", "end_date"),
    "before_programme": ("before_programme",),
    "continues_after": ("continues_after",),
    "evidence": ("evidence", "description", "desc"),
    "source_url": ("source_url",),
}
_TYPE = ("type", "connection_type", "kind")
TIE_ATTRIBUTES = {"label", *_TYPE, "from", "to"} | {name for names in _COLUMNS.values() for name in names}
"""Attributes of a connection that count."""
_WEIGHTS = ("weight", "strength", "value", "score", "intensity", "frequency")
_LABEL = "Label"
_YES_NO = ("yes", "no", "true", "false", "1", "0")


class Ties:
    """The ties of a file, and a count of everything that was changed or left out on the way."""

    def __init__(self, network: ForeignNetwork, partners: Partners) -> None:
        self.notes = Notes(network.edges_file or network.file, network.edges_sheet, "partnerships")
        self._partners = partners
        self._edges = network.edges
        self._rows: list[Row] = []
        self._loops: list[str] = []
        self._blank = 0
        self._ends = Ends(network.nodes, network.edges, network.known)
        self._nobody: list[str] = []
        self._levels_of: dict[tuple[str, str], str] = {}
        self._undated: list[str] = []
        self._rough: list[str] = []
        self._days = Days(_dates(network.edges))
        self._pairs: Counter[frozenset[str]] = Counter()
        self._given: set[str] = set()
        self._taken = {edge.id for edge in network.edges if edge.id}
        self._numbers: Counter[str] = Counter()
        self._level = self._levels()
        used = {*TIE_ATTRIBUTES, "direction"} - (set() if self._level else {"level"})
        bases = {value for edge in network.edges for name, value in edge.attributes.items() if normal(name) == "basis"}
        is_ours = partners.is_ours or own.is_ours({name for edge in network.edges for name in edge.attributes})
        is_ours = is_ours or (bool(bases) and bases <= set(BASES))
        if any(_label_apart(edge) for edge in network.edges):
            used.remove("label")
        self._own = own_columns((_attributes(edge) for edge in network.edges), used, is_ours, "partnerships")
        for edge in network.edges:
            self._add(edge)
        self._say()

    def table(self) -> RawTable | None:
        """The table `partnerships`, or None if there are no ties."""
        if not self._rows:
            return None
        columns = ["id", "source", "target", *_COLUMNS, "direction", *dict.fromkeys(self._own.values())]
        return RawTable("partnerships", frame(columns, self._rows), self.notes.file, self.notes.sheet)

    def _add(self, edge: Edge) -> None:
        if not edge.source or not edge.target:
            self._blank += 1
            return
        nobody = [end for end in (edge.source, edge.target) if self._ends.nobody(end)]
        if nobody:
            self._nobody += nobody
            for end in {edge.source, edge.target} - {*nobody}:
                self._partners.of(end, edge)
            return
        source, target = self._partners.of(edge.source, edge), self._partners.of(edge.target, edge)
        if source == target:
            self._loops.append(edge.source)
            return
        self._pairs[frozenset((source, target))] += 1
        attributes = {normal(name): value for name, value in edge.attributes.items()}
        row: Row = {"id": self._id(edge, source, target), "source": source, "target": target, ROW: edge.at}
        for column, names in _COLUMNS.items():
            row[column] = first(attributes, names)
        row["relationship"] = self.notes.cut("relationship", row["relationship"] or _relationship(edge, attributes), NAME_BYTES)
        row["evidence"] = self.notes.cut("evidence", row["evidence"], CELL_BYTES)
        row["source_url"] = self.notes.cut("source_url", row["source_url"], NAME_BYTES)
        row["level"] = str(row["level"])[0] if row["level"] and self._level else None
        if row["level"]:
            self._levels_of[source, target] = str(row["level"])
        for column, read in (("started", self._days.started), ("ended", self._days.ended)):
            given = row[column]
            row[column] = read(str(given)) if given is not None else None
            if given is not None and row[column] is None and not is_open(str(given)):
                self._undated.append(f'row {edge.at} "{given}"')
            elif given in self._days.rough:
                self._rough.append(f'row {edge.at} "{given}"')
        for column in ("before_programme", "continues_after"):
            row[column] = row[column] if str(row[column]).lower() in _YES_NO else None
        row["direction"] = "both" if edge.mutual else "forward" if edge.directed else first(attributes, ("direction",))
        row["direction"] = row["direction"] if row["direction"] in DIRECTIONS else None
        own_values = _attributes(edge)
        for name, heading in self._own.items():
            row[heading] = row.get(heading) or self.notes.cut(name, own_values.get(name), CELL_BYTES)
        self._rows.append(row)

    def _id(self, edge: Edge, source: str, target: str) -> str:
        """The tie's own id, or one made of its partners where it has none or another tie had it first."""
        if edge.id and edge.id not in self._given:
            self._given.add(edge.id)
            return short_id(edge.id)
        id = unique(short_id(f"{source}--{target}", ID_BYTES - 12), self._taken, self._numbers)
        self._taken.add(id)
        return id

    def _levels(self) -> bool:
        """True if every `level` is a whole number from 0 to 5; with one notice if not."""
        values = {value for edge in self._edges for name, value in edge.attributes.items() if normal(name) == "level"}
        odd = sorted(value for value in values if not re.fullmatch(r"[0-5](\.0+)?", value))
        if odd:
            words = f'"level" kept as a field of your own: a level is a whole number from 0 to 5, and it holds {listing(odd)}.'
            self.notes.say("not_a_level", words)
        return not odd

    def _say(self) -> None:
        say = self.notes.say
        directed = sum(edge.directed for edge in self._edges)
        if directed:
            of = count(len(self._edges), "partnership")
            say("direction", f"the direction of {directed:,} of {of} is kept; figures take partnerships both ways.")
        if self._loops:
            names = listing(list(dict.fromkeys(self._loops)))
            say("self_tie", f"{count(len(self._loops), 'partnership')} of a partner with itself left out: {names}.")
        if self._blank:
            say("no_partner", f"{count(self._blank, 'partnership')} that did not name both partners left out.")
        if self._nobody:
            ties, names = count(len(self._nobody), "end"), listing(list(dict.fromkeys(self._nobody)))
            words = f"{ties} of partnerships that name nobody left out; the partners on the other side were kept: {names}"
            say("nobody", f"{words}. If one is a partner, give a list of partners that has it.")
        sides = [pair for pair, level in self._levels_of.items() if self._levels_of.get(pair[::-1], level) != level]
        if sides:
            words = f"{count(len(sides) // 2, 'pair')} named from both sides with different levels, of which the highest counts"
            say("both_sides", f"{words}. If each side rated the other, bring them in as ratings (wave, rater, partner, level).")
        again = sum(number > 1 for number in self._pairs.values())
        if again:
            say("repeated_tie", f"{count(again, 'pair')} of partners had more than one partnership; every partnership was kept.")
        if self._partners.spellings.respelled:
            respelled = list(self._partners.spellings.respelled)
            words = f"{count(len(respelled), 'name')} that differ only in blanks, capitals or signs that cannot be seen"
            say("respelled", f"{words} were read as one partner's: {listing(respelled)}.")
        if self._partners.created:
            created = count(len(self._partners.created), "partner")
            names = listing(self._partners.created)
            say(
                "created_partner",
                f"{created} named only in partnerships, in no list of partners, created with the kind other: {names}.",
            )
        if self._partners.guessed:
            names = listing(sorted(self._partners.guessed))
            say("repeated_label", f"partnerships name a partner by a label that more than one has; the first was taken: {names}.")
        if self._undated:
            cells = count(len(self._undated), "start or end", "starts or ends")
            say("not_a_date", f"{cells} left empty because they are not dates such as 2024-03-01: {_first_few(self._undated)}.")
        if remark := self._days.remark():
            say(*remark)
        if self._rough:
            cells = count(len(self._rough), "start or end names", "starts or ends name")
            words = f"{cells} a year or a month only; a start was read as its first day, an end as its last"
            say("rough_date", f"{words}: {_first_few(self._rough)}.")
        weights = [name for name in self._own if normal(name) in _WEIGHTS]
        if weights:
            words = (
                f"{listing(weights)} kept as a field of your own: such a number is not a level of collaboration. If it is one,"
            )
            say("not_a_level", f"{words} call it level (whole numbers from 0 to 5); if it is a strength, say on which scale.")


def _dates(edges: Sequence[Edge]) -> Iterator[str]:
    """Every text that may be a day a tie starts or ends on."""
    names = {*_COLUMNS["started"], *_COLUMNS["ended"]}
    return (value for edge in edges for name, value in edge.attributes.items() if normal(name) in names)


def _first_few(places: list[str], shown: int = 4) -> str:
    return ", ".join(shorten(row, 80) for row in places[:shown]) + (
        f" and {len(places) - shown:,} more" if len(places) > shown else ""
    )


def _relationship(edge: Edge, attributes: dict[str, str]) -> str | None:
    """The tie's type, or its label where it has none."""
    return first(attributes, _TYPE) or edge.label or attributes.get("label")


def _label_apart(edge: Edge) -> str | None:
    """The label of a tie that has a type besides, from which it differs; null otherwise."""
    plain = {normal(name): value for name, value in edge.attributes.items()}
    kind, label = first(plain, ("relationship", *_TYPE)), edge.label or plain.get("label")
    return label if kind and label and label != kind else None


def _attributes(edge: Edge) -> dict[str, str]:
    """The attributes of a tie, with its label where that is more than its type."""
    label = _label_apart(edge)
    return {**edge.attributes, _LABEL: label} if label else edge.attributes
