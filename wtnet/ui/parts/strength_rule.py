"""How strength is worked out: the pairing, the weights and whether documented levels count, kept in the address."""

from __future__ import annotations

from typing import Any

import streamlit as st

from wtnet.sentences.filters import PAIRINGS as PAIRING_WORDS
from wtnet.strength import COMPONENTS, PAIRINGS, Weights
from wtnet.tables import Tables, own_scale
from wtnet.ui.frame import address
from wtnet.ui.frame.page import PageContext

address.declare(pairing="rule", weights="set of weights", documents="setting")

_PART_WORDS = {
    "depth": "Depth: level of collaboration",
    "contact": "Contact: how often",
    "trust": "Trust: reliability, shared aims, openness",
    "value": "Value: standing, involvement, resources",
    "overall": "Overall: as a whole, on your own scale",
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
        weights = _weights(given, parts_of(here.tables))
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
    parts = _numbers(address.get("weights"), parts_of(here.tables))
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


def parts_of(tables: Tables) -> tuple[str, ...]:
    """The parts of strength that a programme has: *overall* only where a scale of the lead's own counts."""
    return COMPONENTS if own_scale.of_ratings(tables) else COMPONENTS[:-1]


def _weights(given: str | None, names: tuple[str, ...]) -> Weights:
    """A slider a part; kept in the link as "depth-contact-trust-value", equal weights leave it out."""
    parts = dict(zip(names, _numbers(given, names), strict=True))
    for part, value in parts.items():
        st.session_state[f"in_weights:{part}"] = st.session_state.get(f"in_weights:{part}", value)
    chosen: dict[str, Any] = {part: st.slider(_PART_WORDS[part], 0.0, 1.0, step=0.05, key=f"in_weights:{part}") for part in names}
    equal = len(set(chosen.values())) == 1 and any(chosen.values())
    address.put("weights", None if equal else "-".join(f"{value:g}" for value in chosen.values()))
    return Weights() if equal else Weights(**chosen)


def _numbers(text: str | None, names: tuple[str, ...]) -> list[float]:
    try:
        numbers = [min(1.0, max(0.0, float(part))) for part in (text or "").split("-")]
    except ValueError:
        numbers = []
    if len(numbers) == len(names) - 1 == len(COMPONENTS) - 1:  # a link made before there was an own scale
        numbers.append(1.0)
    if text and len(numbers) != len(names):
        address.gone("set of weights", text)
    return numbers if len(numbers) == len(names) else [1.0] * len(names)
