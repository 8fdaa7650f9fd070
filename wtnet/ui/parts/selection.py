"""What is selected: a partner, a tie or a pilot, as it stands in a link and as it is found in the tables."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from wtnet.network import Network
from wtnet.tables import Tables
from wtnet.tables.pilots import members_by_pilot
from wtnet.ui.frame import address, chips
from wtnet.ui.frame.markdown import cut, listed

address.declare(select="partner, partnership or pilot", indicator="indicator", partner="partner", finding="finding")


@dataclass(frozen=True)
class Selection:
    """A selected partner, tie or pilot, or several partners.

    `kind` is "none", "partner", "partners", "tie" or "pilot"; `id` the partner, one end of the tie, or the pilot;
    `other` the other end of the tie; `ids` several partners.
    """

    kind: str = "none"
    id: str = ""
    other: str = ""
    ids: tuple[str, ...] = ()

    def partners(self) -> tuple[str, ...]:
        """The partners that are selected themselves (not those of a pilot)."""
        return self.ids or tuple(end for end in (self.id, self.other) if end and self.kind in {"partner", "tie"})

    def text(self) -> str | None:
        """The selection as it stands in a link: "partner:ID", "partners:ID~ID~ID", "tie:ID~ID", "pilot:ID"."""
        if self.kind == "none":
            return None
        if self.kind == "partners":
            return f"partners:{'~'.join(self.ids)}"
        return f"{self.kind}:{self.id}~{self.other}" if self.kind == "tie" else f"{self.kind}:{self.id}"


NOTHING = Selection()


def parse(text: str | None, tables: Tables) -> Selection | None:
    """The selection of a link; None if it names something that is not in the tables."""
    if not text:
        return NOTHING
    kind, _, rest = text.partition(":")
    partners = set(tables.organisations["id"])
    if kind == "partner" and rest in partners:
        return Selection(kind, rest)
    if kind == "pilot" and rest in set(tables.pilots["id"]):
        return Selection(kind, rest)
    if kind == "partners" and len(ids := _ids(rest, partners)) > 1:
        return Selection(kind, ids=tuple(dict.fromkeys(ids)))
    if kind == "tie":
        ends = rest.split("~")
        for cut in range(1, len(ends)):  # an id may itself hold a "~"
            left, right = "~".join(ends[:cut]), "~".join(ends[cut:])
            if left in partners and right in partners and left != right:
                return Selection(kind, min(left, right), max(left, right))
    return None


def _ids(text: str, known: set[str]) -> list[str]:
    """Ids joined by "~", which an id may itself hold: the longest known id is taken each time; empty if one is unknown."""
    parts = text.split("~")
    ids: list[str] = []
    while parts:
        size = next((size for size in range(len(parts), 0, -1) if "~".join(parts[:size]) in known), 0)
        if not size:
            return []
        ids.append("~".join(parts[:size]))
        parts = parts[size:]
    return ids


def words(selection: Selection, tables: Tables) -> str:
    """What is selected, by name; "" for nothing."""
    names = tables.names("organisations")
    if selection.kind == "pilot":
        return str(tables.names("pilots")[selection.id])
    if selection.kind == "tie":
        return " ↔ ".join(cut(names[end], 40) for end in (selection.id, selection.other))
    return listed([cut(names[partner], 40) for partner in selection.partners()], most=3)


def read(tables: Tables) -> Selection:
    """What the address selects, with its chip; a selection that is not there (any more) is left out with a notice."""
    text = address.get("select")
    chosen = parse(text, tables)
    if chosen is None:
        address.gone("partner, partnership or pilot", str(text).partition(":")[2])
        address.put("select")
    elif text:
        chips.call("select", text, f"Selected: {words(chosen, tables)}")
    return chosen or NOTHING


def pilots_of(selection: Selection, tables: Tables) -> list[str] | None:
    """The pilots a selection is about: a partner's, those both ends of a tie share, the pilot itself; None for all."""
    inside = members_by_pilot(tables)
    if selection.kind == "partner":
        return [pilot for pilot, partners in inside.items() if selection.id in partners]
    if selection.kind == "partners":
        return [pilot for pilot, partners in inside.items() if set(selection.ids) & set(partners)]
    if selection.kind == "tie":
        return [pilot for pilot, partners in inside.items() if {selection.id, selection.other} <= set(partners)]
    return [selection.id] if selection.kind == "pilot" else None


def tie_of(selection: Selection, network: Network) -> dict[str, object] | None:
    """The row of `network.ties` for a selected tie, or None if it is not a tie in this scope."""
    ends = pl.col("source"), pl.col("target")
    rows = network.ties.filter(
        ((ends[0] == selection.id) & (ends[1] == selection.other)) | ((ends[0] == selection.other) & (ends[1] == selection.id))
    )
    return rows.row(0, named=True) if rows.height else None
