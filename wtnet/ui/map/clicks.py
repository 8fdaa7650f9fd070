"""What a click on a map or on the impact side does: remembered in the link, and what follows it.

A fragment alone answers a change of the selection. For the whole page anew, or another page, a callback leaves word here, and
the run that follows acts on that.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

import streamlit as st

from wtnet.draw.map.fold import bubble
from wtnet.errors import InvalidRequest
from wtnet.ui.frame import address, sign_in
from wtnet.ui.frame.page import PageContext
from wtnet.ui.map import component
from wtnet.ui.parts.selection import Selection, parse

MAP, PANEL = "map", "impact"
"""Keys of the live pieces of the home page."""
_NEXT = "after_click"
_STEP = "step_of_finding"


def whole_page() -> None:
    """Ask for a rerun of the whole page."""
    st.session_state[_NEXT] = (None, None)


def open_page(page: str, query: Mapping[str, str] | None = None) -> None:
    """Ask for another page, with its own query or what the link of this one says."""
    st.session_state[_NEXT] = (page, query)


def follow() -> None:
    """Do what the last click asked for, if it asked for anything."""
    asked: tuple[str | None, Mapping[str, str] | None] | None = st.session_state.pop(_NEXT, None)
    if asked is None:
        return
    page, query = asked
    if page is None:
        st.rerun()
    if query is None:
        address.go(page)
    st.switch_page(page, query_params=dict(query))


def picked(key: str, here: PageContext) -> None:
    """A click in the map or on the impact side: remember it; the run that follows shows it on both sides.

    What changes only the selection redraws the two sides; what changes the set of partners asks for the whole page.
    """
    click = component.picked(key)
    kind, name = str(click.get("kind")), str(click.get("id") or "")
    if kind == "moved":
        if here.audience == "lead":
            with suppress(InvalidRequest):  # they may not (any more): what is drawn next says so
                moved = {str(id_): (float(x), float(y)) for id_, x, y in click.get("moves", [])}
                sign_in.writable_store(here.programme.id).arrange(here.programme.id, moved)
        return
    if kind == "step":
        st.session_state[_STEP] = name
    elif kind in {"legend", "open", "do"}:
        whole_page()
        _CHANGES[kind](name, here)
        address.forget()
    elif kind in _OPENED:
        _open_in_panel(kind, name)
    elif kind == "none" and key == PANEL and any(map(address.get, _OPENED)):
        _open_in_panel()
    else:
        _open_in_panel()
        ids = tuple(str(partner) for partner in click.get("ids") or ())
        address.put("select", Selection(kind, name, str(click.get("other") or ""), ids).text())


_OPENED = ("indicator", "finding")
"""What may be open on the impact side, one at a time."""


def _open_in_panel(kind: str = "", name: str = "") -> None:
    """Open one thing on the impact side, or close what is open."""
    for each in _OPENED:
        address.put(each, name if each == kind else None)


def _legend(category: str, here: PageContext) -> None:
    """Switch a category of the legend off or on; the last one cannot be switched off."""
    off = address.every("off")
    address.put("off", *(other for other in off if other != category), *(() if category in off else (category,)))


def _open(node: str, here: PageContext) -> None:
    """Open a folded group."""
    address.put("open", *address.every("open"), node.removeprefix(bubble("")))


def _do(action: str, here: PageContext) -> None:
    selection = parse(address.get("select"), here.tables)
    partners = selection.partners() if selection else ()
    if action == "hide":
        address.put("hide", *dict.fromkeys((*address.every("hide"), *partners)))
        address.put("select")
    elif action == "start":
        address.put("focus", *partners)
        address.put("hops", "1")
    elif action == "grow":
        address.put("focus", *dict.fromkeys((*address.every("focus"), *partners)))
    elif action == "profile" and partners:
        address.put("partner", partners[0])
        open_page("pages/partners.py")


def asked_step() -> str | None:
    """The finding a next step was asked for with the click of this run; None of any other run."""
    finding: str | None = st.session_state.pop(_STEP, None)
    return finding


_CHANGES = {"legend": _legend, "open": _open, "do": _do}
