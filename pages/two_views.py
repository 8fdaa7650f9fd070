"""How do two views of the programme differ? Two maps at the same places, and the measures and ties that differ."""

import streamlit as st

from wtnet.ui.frame import page
from wtnet.ui.map import clicks, component
from wtnet.ui.pages.two_views import choose, maps

here = page.top(
    "Two views",
    "How do two waves, two pilots, or two people's accounts of the same partnerships differ?",
    waves=choose.a_wave_matters(),
    follows=choose.FOLLOWS,
)
component.library()
headline = st.container()
two = choose.choose(here)
with headline:
    maps.sentence(two)


@st.fragment
def sides() -> None:
    """Both maps: a click on either is shown on both, and redraws nothing else."""
    clicks.follow()
    with page.fragment(here):
        maps.maps(two)


sides()
maps.differences(two)
