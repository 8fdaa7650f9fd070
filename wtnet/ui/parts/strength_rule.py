"""How strength is worked out: the pairing, the weights and whether documented levels count, kept in the address."""

from __future__ import annotations

from typing import Any

import streamlit as st

from wtnet.sentences.filters import PAIRINGS as PAIRING_WORDS
from wtnet.strength import PAIRINGS, Weights
from wtnet.ui.frame import address
from wtnet.ui.frame.page import PageContext

address.declare(pairing="rule", weights="set of weights", documents="setting")

PARTS = ("depth", "contact", "trust", "value")
_PART_WORDS = {
    "depth": "Depth: level of collaboration",
    "contact": "Contact: how often",
    "trust": "Trust: reliability, shared aims, openness",
    "value": "Value: standing, involvement, resources",
}


def choose(here: PageContext) -> dict[str, Any]:
    """How strength is worked out, the same on every page and kept in the URL, as arguments of a `Scope`: the pairing, the weights
    and whether documented levels count. It is the lead's to choose: others see her figures by equal weights and the mean."""
    if here.audience != "lead":
        return {}
    given = address.get("weights")
    changed = bool(given or address.get("pairing") or address.get("documents"))
    with st.popover("Strength (yours)" if changed else "Strength", icon=":material/balance:"):
        st.markdown(
            "**How strength is worked out.** There is no published way to combine its parts; these are the weights used here."
        )
        pairing = address.choose("Two sides make one strength by", PAIRING_WORDS, name="pairing", default="mean")
        weights = _weights(given)
        documents = _documents(here)
        st.caption(
            "How far a partnership's rank would move with other weights stands in the tables under a partner's profile, "
            "and under the "
            "impact side when a partnership is selected on the map."
        )
        st.page_link(
            "pages/guide.py",
            label="What each part means",
            icon=":material/menu_book:",
            query_params=address.params(measure="tie:strength"),
        )
    return {"pairing": pairing, "weights": weights, "documents": documents}


def as_chosen(here: PageContext) -> dict[str, Any]:
    """The rule the address says, only read, as arguments of a `Scope`; nothing for others than the lead."""
    if here.audience != "lead":
        return {}
    parts = _numbers(address.get("weights"))
    weights = Weights(*parts) if any(parts) else Weights()
    pairing = next(iter(address.among("pairing", PAIRINGS)), "mean")
    return {"pairing": pairing, "weights": weights, "documents": _counts_documents(here)}


def _documents(here: PageContext) -> bool:
    """Choose whether documented levels count as strength; no choice where nobody rated anything, and they always do."""
    if here.tables.ratings.is_empty():
        return False
    st.session_state.setdefault("in_documents", _counts_documents(here))
    help = "Where nobody rated a partnership, the level that is documented then stands for its strength, in every figure."
    chosen = st.checkbox("Count documented levels too", key="in_documents", help=help)
    address.put("documents", "1" if chosen else None)
    return chosen


def _counts_documents(here: PageContext) -> bool:
    return bool(address.among("documents", ("1",))) and not here.tables.ratings.is_empty()


def _weights(given: str | None) -> Weights:
    """Four sliders; kept in the link as "depth-contact-trust-value", equal weights leave it out."""
    parts = dict(zip(PARTS, _numbers(given), strict=True))
    for part, value in parts.items():
        st.session_state[f"in_weights:{part}"] = st.session_state.get(f"in_weights:{part}", value)
    chosen: dict[str, Any] = {part: st.slider(_PART_WORDS[part], 0.0, 1.0, step=0.05, key=f"in_weights:{part}") for part in PARTS}
    equal = len(set(chosen.values())) == 1 and any(chosen.values())
    address.put("weights", None if equal else "-".join(f"{value:g}" for value in chosen.values()))
    return Weights() if equal else Weights(**chosen)


def _numbers(text: str | None) -> list[float]:
    try:
        numbers = [min(1.0, max(0.0, float(part))) for part in (text or "").split("-")]
    except ValueError:
        numbers = []
    if text and len(numbers) != len(PARTS):
        address.gone("set of weights", text)
    return numbers if len(numbers) == len(PARTS) else [1.0] * len(PARTS)
