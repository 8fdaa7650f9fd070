"""What goes before new partnerships on the Change page, worked out when it is asked for."""

from __future__ import annotations

import streamlit as st

from wtnet.analysis import beginnings
from wtnet.network import Scope
from wtnet.sentences import beginnings as sentences
from wtnet.ui.frame import cached
from wtnet.ui.frame.markdown import points
from wtnet.ui.pages.change.waves import ChangeChoice
from wtnet.ui.parts.figures import rows_popover


@cached.kept(32, "Following every pair from wave to wave …")
def _beginnings(programme: str, at: cached.Edition, scope: Scope) -> beginnings.Beginnings:
    return beginnings.beginnings(cached.network(programme, at, scope))


def what_goes_before(choice: ChangeChoice) -> None:
    """Show, on request, what pairs that began had in common before, up to the later wave: rates, and all at once."""
    if st.toggle("What goes before new partnerships, wave by wave", key="beginnings"):
        sums = _beginnings(*choice.here.key, choice.after.scope)
        st.markdown(points(sentences.sentences(sums)))
        if sums.rates.height:
            rows_popover("Show me the rates", "beginnings_rows", lambda: sums.rates.drop("what"))
