"""What is selected and lit on a map, sent apart from the map itself so that a click costs no more than that."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from wtnet.network import Network
from wtnet.tables.pilots import members_by_pilot
from wtnet.ui.parts.selection import Selection


def spot(
    chosen: Selection, network: Network, pilots: Collection[str] | None = None, go: str | Sequence[str] | None = None
) -> dict[str, Any]:
    """The spot of one map: `selected` partners or tie (None for nothing), `lit` partners (None: those next to what is
    selected), and the partner, or partners, to bring to the middle. Lit are those who take part in one of `pilots`, or in the
    selected one.
    """
    selected = {"kind": chosen.kind, "id": chosen.id, "other": chosen.other, "ids": list(chosen.ids)}
    if pilots is None and chosen.kind == "pilot":
        pilots = [chosen.id]
    return {
        "selected": selected if chosen.kind in {"partner", "partners", "tie"} else None,
        "lit": None if pilots is None else _taking_part(network, pilots),
        "go": go,
    }


def _taking_part(network: Network, pilots: Collection[str]) -> list[str]:
    inside = members_by_pilot(network.tables)
    partners = {partner for pilot in pilots for partner in inside.get(pilot, [])}
    return [partner for partner in network.graph if partner in partners]
