"""The controls of the map: find and focus, filters, and how strength is worked out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from wtnet.measures import catalogue
from wtnet.network import Scope
from wtnet.strength import PAIRINGS, Weights
from wtnet.tables.schema import KINDS
from wtnet.ui import view
from wtnet.ui.page import Here

PARTS = ("depth", "contact", "trust", "value")
_PAIRING_WORDS = {
    "mean": "the mean of both sides",
    "weaker": "the weaker side",
    "stronger": "the stronger side",
    "confirmed": "only where both confirm a tie",
}
_PART_WORDS = {
    "depth": "Depth: level of collaboration",
    "contact": "Contact: how often",
    "trust": "Trust: reliability, shared aims, openness",
    "value": "Value: standing, involvement, resources",
}
_ALL = "all"


@dataclass(frozen=True)
class Looking:
    """What the controls say: the scope, the measure that sizes the partners, and a partner just found (or None)."""

    scope: Scope
    size: str
    found: str | None


def controls(here: Here) -> Looking:
    """Draw the row of controls; every choice is kept in the URL."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="controls"):
        with st.container(width=300):
            focus, found = _find(here)
        hops = _steps() if focus else _ALL
        kinds, pilots, least, size = _filters(here)
        pairing, weights = strength()
    scope = Scope(
        wave=here.wave,
        kinds=kinds,
        pilots=pilots,
        min_strength=least,
        focus=(focus,) if focus and hops != _ALL else (),
        hops=int(hops) if hops and hops != _ALL else 1,
        pairing=pairing,
        weights=weights,
    )
    return Looking(scope, size, found)


def _steps() -> str | None:
    words = {_ALL: "everyone", "0": "only them", "1": "1 step", "2": "2 steps", "3": "3 steps"}
    return view.one(
        st.segmented_control, "Show around them", list(words), name="hops", default=_ALL, what="number of steps",
        format_func=words.__getitem__, required=True,
    )  # fmt: skip


def _find(here: Here) -> tuple[str | None, str | None]:
    names = dict(here.tables.organisations.select("id", "name").iter_rows())

    def found() -> None:
        partner = st.session_state.get("in_focus")
        view.put("focus", partner)
        view.put("select", f"partner:{partner}" if partner else None)
        st.session_state["found"] = partner

    focus = view.one(
        st.selectbox,
        "Find a partner",
        list(names),
        name="focus",
        default=None,
        what="partner",
        format_func=names.__getitem__,
        placeholder="Type a name",
        on_change=found,
    )
    return focus, st.session_state.pop("found", None)


def _filters(here: Here) -> tuple[tuple[str, ...], tuple[str, ...], float, str]:
    in_use = [kind for kind in KINDS if kind in set(here.tables.organisations["kind"])]
    names = dict(here.tables.pilots.select("id", "name").iter_rows())
    on = sum(bool(view.every(name)) for name in ("kind", "pilot", "strength"))
    with st.popover(f"Filters ({on})" if on else "Filters", icon=":material/filter_alt:"):
        kinds = view.several(
            st.pills,
            "Kinds of partner",
            in_use,
            name="kind",
            what="kind of partner",
            selection_mode="multi",
            format_func=KINDS.__getitem__,
        )
        pilots = view.several(
            st.multiselect,
            "Pilots",
            list(names),
            name="pilot",
            what="pilot",
            format_func=names.__getitem__,
            placeholder="All pilots",
        )
        least = view.number(
            st.slider, "Ties at least this strong", 0.0, 1.0, name="strength", default=0.0, step=0.05,
            help="0 none, 1 strongest. Above 0, ties of unknown strength are left out too.",
        )  # fmt: skip
        sizes = {m.id: m.label for m in catalogue.of("partner") if m.kind != "category"}
        size = view.one(
            st.selectbox,
            "Size of a partner",
            list(sizes),
            name="size",
            default="partners",
            what="measure",
            format_func=sizes.__getitem__,
        )
        st.button("Undo all filters", on_click=undo, disabled=not on, key="undo_filters")
    return kinds, pilots, least, size or "partners"


def undo() -> None:
    """Forget every filter and the focus."""
    for name in ("kind", "pilot", "strength", "focus", "hops"):
        view.put(name)
        st.session_state.pop(f"in_{name}", None)


def strength() -> tuple[str, Weights]:
    """How strength is worked out, the same on every page: the pairing and the weights, kept in the URL."""
    given = view.get("weights")
    changed = bool(given or view.get("pairing"))
    with st.popover("Strength (yours)" if changed else "Strength", icon=":material/balance:"):
        st.markdown(
            "**How strength is worked out.** There is no published way to combine its parts; these are the weights used here."
        )
        pairing = view.one(
            st.selectbox,
            "Two sides make one strength by",
            PAIRINGS,
            name="pairing",
            default="mean",
            what="rule",
            format_func=_PAIRING_WORDS.__getitem__,
        )
        weights = _weights(given)
        st.page_link(
            "pages/guide.py", label="What each part means", icon=":material/menu_book:", query_params={"measure": "tie:strength"}
        )
    return pairing or "mean", weights


def _weights(given: str | None) -> Weights:
    """Four sliders; kept in the link as "depth-contact-trust-value", equal weights leave it out."""
    parts = dict(zip(PARTS, _numbers(given), strict=True))
    for part, value in parts.items():
        st.session_state.setdefault(f"in_weight_{part}", value)
    chosen: dict[str, Any] = {part: st.slider(_PART_WORDS[part], 0.0, 1.0, step=0.05, key=f"in_weight_{part}") for part in PARTS}
    equal = len(set(chosen.values())) == 1 and any(chosen.values())
    view.put("weights", None if equal else "-".join(f"{value:g}" for value in chosen.values()))
    return Weights() if equal else Weights(**chosen)


def _numbers(text: str | None) -> list[float]:
    try:
        found = [min(1.0, max(0.0, float(part))) for part in (text or "").split("-")]
    except ValueError:
        found = []
    return found if len(found) == len(PARTS) else [1.0] * len(PARTS)
