"""Columns of ties that may say how strong they are: a person says the scale and sees what becomes of the first values."""

from __future__ import annotations

import streamlit as st

from wtnet.importing import ImportResult, remembered, scales
from wtnet.tables.rounding import fixed
from wtnet.ui.frame import cached, sign_in
from wtnet.ui.frame.markdown import plain
from wtnet.ui.frame.page import PageContext

_SHOWN = 6
_COUNTS = {
    "partnerships": "It stands in where nobody rated and documented levels count. Otherwise it stays a field of your own.",
    "ratings": "It is then a part of strength, beside level, contact, trust and value. Otherwise it stays a field of your own.",
}


def choose_scales(here: PageContext, result: ImportResult) -> None:
    """A scale for each column of ties that is likely a strength; nothing is taken for one unless a person says so."""
    settings = remembered(cached.store())
    headings: set[str] = set()
    for offer in scales.offers(result.raw)[:_SHOWN]:
        known = scales.from_settings(offer.heading, settings)
        if offer.heading in headings or not (known or offer.likely):
            continue
        headings.add(offer.heading)
        _scale(here, offer, known)


def _scale(here: PageContext, offer: scales.Offer, known: scales.Scale | None) -> None:
    """One column: its scale, what the first values become, and the buttons that take it or forget it."""
    where = f" ({offer.place[1] or offer.place[0]})"
    title = (
        f"“{offer.heading}”{where}: counts as strength, on {known}" if known else f"Does “{offer.heading}”{where} say how strong?"
    )
    with st.expander(plain(title), expanded=known is None, icon=":material/speed:"):
        written = st.text_input(
            "The scale, from lowest to highest",
            value=str(known) if known else offer.suggestion,
            key=f"scale_{'_'.join(map(str, offer.place))}"[:200],
            help="Words with semicolons between them (none; weak; medium; strong), or two numbers (1 to 10).",
            max_chars=400,
        )
        scale = scales.parsed(written)
        if scale is None:
            st.caption("Write at least two words with semicolons between them, or two numbers such as 1 to 10.")
            return
        shown = [
            f"{plain(text)} → {'not on the scale' if value is None else fixed(value, 2)}"
            for text, value in scales.preview(scale, offer.values[:6])
        ]
        st.caption("On 0 to 1: " + " · ".join(shown))
        take, forget = st.columns(2)
        if take.button("Count it as strength", key=f"take_{offer.place}"[:200], type="primary", icon=":material/done:"):
            _remember(here, offer, scale)
        if known and forget.button("Forget this scale", key=f"forget_{offer.place}"[:200], icon=":material/close:"):
            _remember(here, offer, None)
        st.caption(_COUNTS[offer.table])


def _remember(here: PageContext, offer: scales.Offer, scale: scales.Scale | None) -> None:
    sign_in.writable_store(here.programme.id).remember(*scales.to_setting(offer.heading, scale))
    st.session_state.pop("import_result", None)
    st.rerun()
