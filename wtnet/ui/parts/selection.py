"""What is selected: a partner, a tie or a pilot, as it stands in a link and as it is found in the tables."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from wtnet.network import Network
from wtnet.tables import Tables
from wtnet.ui.frame import address

address.declare(select="partner, tie or pilot", indicator="indicator", partner="partner")


@dataclass(frozen=True)
class Selection:
    """`kind` is "none", "partner", "partners", "tie" or "pilot".

    `id` is the partner, one end of the tie, or the pilot; `other` the other end of the tie; `ids` several partners.
    """

    kind: str = "none"
    id: str = ""
    other: str = ""
    ids: tuple[str, ...] = ()

    def partners(self) -> tuple[str, ...]:
        """The partners that are selected themselves (not those of a pilot)."""
        return self.ids or tuple(end for end in (self.id, self.other) if end and self.kind in {"partner", "tie"})

    def text(self) -> str | None:
        """As it stands in a link: "partner:ID", "partners:ID~ID~ID", "tie:ID~ID", "pilot:ID"."""
        if self.kind == "none":
            return None
        if self.kind == "partners":
            return f"partners:{'~'.join(self.ids)}"
        return f"{self.kind}:{self.id}~{self.other}" if self.kind == "tie" else f"{self.kind}:{self.id}"


NOTHING = Selection()


def parse(text: str | None, tables: Tables) -> Selection | None:
    """From a link; None if it names something that is not in the tables."""
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
            one, other = "~".join(ends[:cut]), "~".join(ends[cut:])
            if one in partners and other in partners and one != other:
                return Selection(kind, min(one, other), max(one, other))
    return None


def _ids(text: str, known: set[str]) -> list[str]:
    """Ids joined by "~", which an id may itself hold: the longest known id is taken each time; empty if one is unknown."""
    parts, found = text.split("~"), []
    while parts:
        size = next((size for size in range(len(parts), 0, -1) if "~".join(parts[:size]) in known), 0)
        if not size:
            return []
        found.append("~".join(parts[:size]))
        parts = parts[size:]
    return found


def members(tables: Tables) -> dict[str, list[str]]:
    """The partners of each pilot: its lead and everyone involved, in the order of the organisations."""
    leads = tables.pilots.filter(pl.col("lead").is_not_null()).select(pilot="id", organisation="lead")
    both = pl.concat([leads, tables.involvements.select("pilot", "organisation")]).unique()
    inside: dict[str, set[str]] = {pilot: set() for pilot in tables.pilots["id"]}
    for pilot, organisation in both.iter_rows():
        inside.setdefault(pilot, set()).add(organisation)
    order = tables.organisations["id"].to_list()
    return {pilot: [partner for partner in order if partner in found] for pilot, found in inside.items()}


def pilots_of(chosen: Selection, tables: Tables) -> list[str] | None:
    """The pilots a selection is about: a partner's, those both ends of a tie share, the pilot itself; None for all."""
    inside = members(tables)
    if chosen.kind == "partner":
        return [pilot for pilot, found in inside.items() if chosen.id in found]
    if chosen.kind == "partners":
        return [pilot for pilot, found in inside.items() if set(chosen.ids) & set(found)]
    if chosen.kind == "tie":
        return [pilot for pilot, found in inside.items() if chosen.id in found and chosen.other in found]
    return [chosen.id] if chosen.kind == "pilot" else None


def tie_of(chosen: Selection, network: Network) -> dict[str, object] | None:
    """The row of `network.ties` for a selected tie, or None if it is not a tie in this scope."""
    found = network.ties.filter(
        ((pl.col("source") == chosen.id) & (pl.col("target") == chosen.other))
        | ((pl.col("source") == chosen.other) & (pl.col("target") == chosen.id))
    )
    return found.row(0, named=True) if found.height else None
