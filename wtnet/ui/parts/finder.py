"""The box that finds a partner on the map."""

from __future__ import annotations

import streamlit as st

from wtnet.tables import Tables, own
from wtnet.tables.text import folded
from wtnet.ui.frame import address
from wtnet.ui.frame.page import PageContext


def find(here: PageContext) -> str | None:
    """Find a partner by name, place or field: it is selected and brought to the middle of the map."""
    labels = finder_words(here.tables)

    def select() -> None:
        partner = st.session_state.get("finder")
        address.put("select", f"partner:{partner}" if partner else None)
        st.session_state["found"] = partner

    st.selectbox(
        "Find a partner",
        list(labels),
        index=None,
        key="finder",
        format_func=labels.__getitem__,
        placeholder="Type a name, a place or a field" if own.filters(here.tables) else "Type a name or a place",
        on_change=select,
    )
    return st.session_state.pop("found", None)


def finder_words(tables: Tables) -> dict[str, str]:
    """What each partner is found by, in the order of their names: name, place, categories of own fields, and, where the name has
    accents, the name without. The box ranks what matches from the beginning of a word first."""
    names = tables.names("organisations")
    places = dict(tables.organisations.select("id", "place").iter_rows())
    fields = [field for field, row in own.of_table(tables, "organisations").items() if row["type"] in own.CATEGORICAL]
    categories = zip(*(own.values(tables.organisations, field) for field in fields), strict=True) if fields else ()
    of_partner = dict(zip(tables.organisations["id"], categories, strict=True)) if fields else {}
    words = {}
    for partner in sorted(names, key=lambda partner: folded(names[partner])):
        name = names[partner]
        bare = folded(name)
        typed = bare if bare != name.casefold() else None
        words[partner] = " · ".join(filter(None, (name, places[partner], *of_partner.get(partner, ()), typed)))
    return words
