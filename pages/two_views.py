"""How do two views of the programme differ? Two maps at the same places, and the measures and ties that differ."""

import streamlit as st

from wtnet.ui import component, home, page, two_choice, two_views

here = page.top(
    "Two views",
    "How do two waves, two pilots, or two people's accounts of the same partnerships differ?",
    waves=two_choice.a_wave_matters(),
)
component.library()
headline = st.container()
two = two_choice.choose(here)
with headline:
    two_views.sentence(two)


@st.fragment
def sides() -> None:
    """Both maps: a click on either is shown on both, and redraws nothing else."""
    home.go()
    with page.again(here):
        two_views.maps(two)


sides()
two_views.differences(two)
