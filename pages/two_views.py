"""How do two views of the programme differ? Two maps at the same places, and the measures and ties that differ."""

import streamlit as st

from wtnet.ui import component, page, two_views

here = page.top("Two views", "How do two waves, two pilots, or two people's accounts of the same partnerships differ?")
component.library()
headline = st.container()
two = two_views.choose(here)
with headline:
    two_views.sentence(two)


@st.fragment
def sides() -> None:
    """Both maps: a click on either is shown on both, and redraws nothing else."""
    two_views.go()
    with page.again():
        two_views.maps(two)
        page.say_missing()


sides()
two_views.differences(two)
