"""How the map looks: colour, size, groups, and since when new and ended ties are marked."""

from __future__ import annotations

from contextlib import suppress

import streamlit as st

from wtnet.errors import InvalidRequest
from wtnet.measures import catalogue
from wtnet.network import waves_in_order
from wtnet.ui.frame import address, cached, sign_in
from wtnet.ui.frame.page import PageContext
from wtnet.ui.parts.colouring import GROUPS, choices

address.declare(colour="colouring", size="measure", group="grouping", fold="way of grouping", open="group", since="wave")

NONE = "none"


def look(here: PageContext) -> tuple[str, str, str, bool, str | None]:
    """How the map looks: colour, size, groups, and since which wave new and ended ties are marked."""
    colours = choices()
    sizes = {measure.id: measure.label for measure in catalogue.of("partner") if measure.kind not in {"category", "flag"}}
    changed = any(address.get(name) for name in ("colour", "size", "group", "since"))
    with st.popover("Look (yours)" if changed else "Look", icon=":material/palette:"):
        colour = address.one(
            st.selectbox,
            "Colour of a partner",
            list(colours),
            name="colour",
            default="kind",
            what="colouring",
            format_func=colours.__getitem__,
            on_change=lambda: address.put("off"),
        )
        size = address.one(
            st.selectbox,
            "Size of a partner",
            list(sizes),
            name="size",
            default="partners",
            what="measure",
            format_func=sizes.__getitem__,
        )
        group = address.one(
            st.selectbox,
            "Group partners by",
            list(GROUPS),
            name="group",
            default="none",
            what="grouping",
            format_func=GROUPS.__getitem__,
            on_change=lambda: address.put("open"),
        )
        folded = False
        if group != "none":
            ways = {"panes": "as panes behind them", "bubbles": "as one bubble each; click one to open it"}
            way = address.one(
                st.radio,
                "Show groups",
                list(ways),
                name="fold",
                default="panes",
                what="way of grouping",
                format_func=ways.__getitem__,
            )
            folded = way == "bubbles"
            if folded and address.every("open"):
                st.button("Close all groups again", on_click=lambda: address.put("open"), key="close_groups")
        since = _since(here)
        st.caption("A partner's shape always says its kind.")
        leads = here.person.edits and here.audience == "lead"
        if leads and cached.store().arrangement(here.programme.id):
            st.button("Undo the arrangement by hand", on_click=_unarrange, args=(here.programme.id,), key="unarrange")
    return colour or "kind", size or "partners", group or "none", folded, since


def _unarrange(programme: str) -> None:
    """Forget where partners were put by hand, if whoever asks still leads; what is drawn next says if they do not."""
    with suppress(InvalidRequest):
        sign_in.writable_store(programme).unarrange(programme)


def _since(here: PageContext) -> str | None:
    """The earlier wave against which new and ended ties are marked, if any: the one before, unless another is chosen."""
    order = waves_in_order(here.tables)
    earlier = order[: order.index(here.wave)] if here.wave in order else []
    if not earlier:
        return None
    words = {NONE: "not marked", **{wave: f"since {here.wave_name(wave)}" for wave in earlier}}
    if address.get("since") in order and address.get("since") not in words:  # another wave was chosen above: not a broken link
        address.undo("since")
    chosen = address.one(
        st.selectbox,
        "New and ended ties",
        list(words),
        name="since",
        default=earlier[-1],
        what="wave",
        format_func=words.__getitem__,
    )
    return None if chosen == NONE else chosen
