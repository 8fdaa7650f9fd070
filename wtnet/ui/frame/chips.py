"""Chips under the title: everything that narrows what the page shows, each with a cross, and what the page cannot follow.

`page.top` makes room for them; they are drawn once the page has read its choices, so that they say what it shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from wtnet.sentences import filters
from wtnet.tables import Tables
from wtnet.ui.frame import address
from wtnet.ui.frame.markdown import plain

EVERY = (*dict.fromkeys((*filters.NETWORK, *filters.IMPACT)), "off", "place", "find", "select")
"""Every filter there is, by its name in the address, in the order of their chips."""
_QUIET = {"off", "place", "find", "select"}
"""Those of single pages, of which no other page says that it cannot follow them."""
_ROOM = "chip_row"


@dataclass
class ChipRow:
    """The chips of a page: their room, the filters it follows, and its names for some of them (by name and value).

    `notes` stand beside the chips, `instead` in the place of what the page cannot follow; `head` is the heading on paper."""

    room: DeltaGenerator
    tables: Tables
    follows: Sequence[str]
    called: dict[tuple[str, str], str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    instead: str = ""
    head: str = ""


def begin() -> None:
    """Forget the chips of the last page."""
    st.session_state.pop(_ROOM, None)


def make_room(tables: Tables, follows: Sequence[str], head: str) -> None:
    """Make room for the chips of a page that follows these filters; on paper it is headed by `head` (programme, wave, for whom)
    and what narrows it."""
    st.session_state[_ROOM] = ChipRow(st.container(gap=None), tables, follows, head=head)


def follow(*names: str) -> None:
    """Say that the page follows these filters as well, as it is looked at now."""
    if row := _row():
        row.follows = (*row.follows, *names)


def call(name: str, value: str, words: str) -> None:
    """Say what a filter is called on this page."""
    if row := _row():
        row.called[name, value] = words


def note(sentence: str) -> None:
    """Say one thing more beside the chips; "" for nothing."""
    if sentence and (row := _row()):
        row.notes.append(sentence)


def say_instead(sentence: str) -> None:
    """Say this in the place of which filters the page cannot follow."""
    if row := _row():
        row.instead = sentence


def chosen(names: Sequence[str] = EVERY) -> list[tuple[str, str]]:
    """The filters that the address has: name and value of each."""
    return [(name, value) for name in EVERY if name in names for value in address.every(name)]


def followed_filters() -> list[tuple[str, str, str]]:
    """The filters the page follows, as they are now: name, value, and what its chip says."""
    row = _row()
    return [each for each in _labelled(row) if each[0] in row.follows] if row else []


def _labelled(row: ChipRow) -> list[tuple[str, str, str]]:
    """Every filter of the address that is in the data: name, value and words."""
    hops = address.get("hops") or "1"
    steps = int(hops) if hops.isdigit() else 1
    words = ((name, value, row.called.get((name, value)) or _label(row.tables, name, value, steps)) for name, value in chosen())
    return [(name, value, label) for name, value, label in words if label]


def show() -> None:
    """Draw the chips of the page, if it made room for them and anything is filtered."""
    row = _row()
    if row is None:
        return
    followed = followed_filters()
    other = [name for name, *_ in _labelled(row) if name not in row.follows and name not in _QUIET]
    missed = (row.instead or filters.not_followed(other)) if other else ""
    if row.tables.audience != "lead" and chosen(filters.RULE):
        missed = f"{missed} {filters.RULE_OF_LEAD}".strip()
    with row.room:
        st.html(f'<p class="on-paper">{escape(" · ".join([row.head, *(words for *_, words in followed)]))}</p>')
    if not (followed or missed or row.notes):
        return
    with row.room, st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="chips"):
        for number, (name, value, words) in enumerate(followed):
            _chip(name, value, f"*Take away the filter* {plain(words)}", f"chip_{number}")
        if len(followed) > 1:
            st.button(
                "Undo all filters", on_click=_undo, args=[name for name, *_ in followed], key="undo_filters", type="tertiary"
            )
        sentences = " ".join(filter(None, [missed, *row.notes]))
        if sentences:
            st.caption(f":material/filter_alt_off: {plain(sentences)}")


def _chip(name: str, value: str, words: str, key: str) -> None:
    st.button(words, key=key, icon=":material/close:", icon_position="right", on_click=take_away, args=(name, value))


def selected() -> None:
    """The chip of what is selected, where it stands: a part of a page that is drawn again by itself cannot reach the others.

    Its place is there without a chip as well: what stands below, such as the map, would be made anew when one comes or goes.
    """
    row, value = _row(), address.get("select")
    words = row.called.get(("select", value)) if row and value else None
    place = st.container(horizontal=True, key="chips_selected")
    if value and words:
        with place:
            _chip("select", value, f"*Take away* {plain(words)}", "chip_selected")


def take_away(name: str, value: str) -> None:
    """Take one filter away, and what goes with it."""
    address.put(name, *(other for other in address.every(name) if other != value))
    gone = [name]
    if name == "focus" and not address.every("focus"):
        address.put("hops")
        gone.append("hops")
    address.forget(*gone)


def _undo(*names: str) -> None:
    address.undo(*names, *(["hops"] if "focus" in names else []))


def _label(tables: Tables, name: str, value: str, hops: int) -> str | None:
    return None if name == "select" else filters.label(tables, name, value, hops)


def _row() -> ChipRow | None:
    row: ChipRow | None = st.session_state.get(_ROOM)
    return row
