"""How strong are our partnerships, and what came of them? The live map on the left, the impact side on the right."""

import streamlit as st

from wtnet.ui.frame import chips, page
from wtnet.ui.map import clicks, component
from wtnet.ui.pages.side_by_side import sides as home
from wtnet.ui.pages.side_by_side import welcome
from wtnet.ui.parts import trust
from wtnet.ui.parts.filters import controls

here = page.top("Side by side", "How strong are our partnerships, and what came of them?", follows=home.FOLLOWS)
component.library(home.lexicon(here.tables))
welcome.welcome(here)
write_headline = page.opening_sentence()
welcome.say_next(here)
map_choice = controls(here)
home.say_half_followed()


@st.fragment
def sides() -> None:
    """What is said and counted, and the two sides: a click on either redraws them, and nothing else."""
    clicks.follow()
    with page.fragment(here):
        choice = home.read_choice(here, map_choice)
        write_headline(home.headline(choice))
        chips.selected()
        left, right = st.columns(2, gap="large")
        with left:
            home.strength_figures(choice)
        with right:
            home.impact_figures(choice)
        left, right = st.columns(2, gap="large")
        with left:
            home.strength_side(choice)
            trust.panel(here, choice.narrowed.scope)
        with right:
            home.impact_side(choice)


sides()
