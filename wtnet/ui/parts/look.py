"""How the map looks: colour, size, groups, and since when new and ended ties are marked."""

from __future__ import annotations

from contextlib import suppress
from typing import NamedTuple

import streamlit as st

from wtnet.errors import InvalidRequest
from wtnet.measures import catalogue
from wtnet.network import waves_in_order
from wtnet.ui.frame import address, cached, sign_in
from wtnet.ui.frame.page import PageContext
from wtnet.ui.parts.colouring import STRENGTH, choices, groups, own_choices, tie_choices

address.declare(
    colour="colouring",
    size="measure",
    group="grouping",
    fold="way of grouping",
    open="group",
    since="wave",
    met="layer",
    tie_colour="colouring",
)

NONE = "none"
PLAIN_SIZES = {
    "partners": "How many it works with",
    "total_strength": "How strong its partnerships are together",
    "mean_strength": "How strong its partnerships are on average",
    "sectors_reached": "How many sectors it reaches",
    "betweenness": "How far it holds others together",
    "cut_off": "How many would be cut off without it",
    "trust_received": "How far others trust it",
    "value_received": "How much others value it",
    "activities_attended": "How many activities it took part in",
    "partners_met": "How many it met at activities",
}
"""Measures that can be said without their technical names, the most asked for first."""


class MapLook(NamedTuple):
    """How the map looks: what colours and what sizes partners (a measure), what they are grouped by ("none" for nothing),
    whether groups are bubbles, the wave since which new and ended ties are marked, if any, whether those who met are, and what
    colours ties ("strength" unless something else is chosen)."""

    colour: str
    size: str
    group: str
    folded: bool
    since: str | None
    met: bool = False
    tie_colour: str = STRENGTH


def choose_look(here: PageContext) -> MapLook:
    """Draw the choice of how the map looks; kept in the URL."""
    sizes = plain_sizes() | own_choices(here.tables, "number", categorical=False)
    changed = any(address.get(name) for name in ("colour", "size", "group", "since", "met", "tie_colour"))
    with st.popover("Look (yours)" if changed else "Look", icon=":material/palette:"):
        colour = address.choose(
            "Colour of a partner", choices(here.tables), name="colour", default="kind", on_change=lambda: address.put("off")
        )
        ties = tie_choices(here.tables)
        tie_colour = address.choose("Colour of a partnership", ties, name="tie_colour", default=STRENGTH) if ties else STRENGTH
        size = address.choose("Size of a partner", sizes, name="size", default="partners")
        group = address.choose(
            "Group partners by", groups(here.tables), name="group", default=NONE, on_change=lambda: address.put("open")
        )
        folded = group != NONE and _folded()
        since = _since(here)
        met = _met(here)
        st.caption("A partner's shape always says its kind.")
        leads = here.person.edits and here.audience == "lead"
        if leads and cached.store().arrangement(here.programme.id):
            st.caption("This map is arranged by hand, for everybody who opens this programme.")
            st.button("Undo the arrangement by hand", on_click=_unarrange, args=(here.programme.id,), key="unarrange")
    return MapLook(colour, size, group, folded, since, met, tie_colour)


def plain_sizes() -> dict[str, str]:
    """What can size a partner: in plain words first, then the other measures by their technical names, as "more"."""
    others = {
        measure.id: f"More: {measure.label}"
        for measure in catalogue.of("partner")
        if measure.kind not in {"category", "flag"} and measure.id not in PLAIN_SIZES
    }
    return {**PLAIN_SIZES, **others}


def _folded() -> bool:
    """Whether groups are shown as bubbles, and the way to close those that were opened."""
    ways = {"panes": "as panes behind them", "bubbles": "as one bubble each; click one to open it"}
    folded = address.choose("Show groups", ways, name="fold", default="panes", widget=st.radio) == "bubbles"
    if folded and address.every("open"):
        st.button("Close all groups again", on_click=lambda: address.put("open"), key="close_groups")
    return folded


def _met(here: PageContext) -> bool:
    """Whether those who met at an activity are drawn too; no choice where nobody is known to have taken part in any."""
    if here.tables.attendances.is_empty():
        return False
    words = {NONE: "not drawn", "1": "drawn as dotted curves"}
    help = "Both had a part in the same activity up to this wave. That by itself is not a partnership."
    return address.choose("Who met at an activity", words, name="met", default=NONE, help=help) != NONE


def _unarrange(programme: str) -> None:
    """Forget where partners were put by hand, if the person still leads; what is drawn next says if not."""
    with suppress(InvalidRequest):
        sign_in.writable_store(programme).unarrange(programme)


def _since(here: PageContext) -> str | None:
    """The earlier wave against which new and ended ties are marked, if any: the one before, unless another is chosen."""
    if here.audience != "lead":  # which ties are neither new nor were there tells who did not answer
        return None
    order = waves_in_order(here.tables)
    earlier = order[: order.index(here.wave)] if here.wave in order else []
    if not earlier:
        return None
    words = {NONE: "not marked", **{wave: f"since {here.wave_name(wave)}" for wave in earlier}}
    if address.get("since") in order and address.get("since") not in words:  # another wave was chosen above: not a broken link
        address.undo("since")
    chosen = address.choose("New and ended partnerships", words, name="since", default=earlier[-1])
    return None if chosen == NONE else chosen
