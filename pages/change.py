"""What changed between two waves: new, stronger, weaker, ended, unknown?"""

import streamlit as st

from wtnet.ui.frame import page
from wtnet.ui.pages.change import beginnings, movers, waves
from wtnet.ui.parts import trust

here = page.top(
    "Change", "What changed between two waves: new, stronger, weaker, ended, unknown?", waves=False, follows=waves.FOLLOWS
)
headline = st.container()
choice = waves.choose(here)
if choice:
    with headline:
        waves.headline(choice)
if choice and choice.pairs.height:
    waves.state_counts(choice)
    trust.panel(here, choice.after.scope, choice.before.wave)
    left, right = st.columns([3, 2], gap="large")
    with left:
        waves.levels(choice)
        waves.network_over_time(choice)
    with right:
        movers.biggest_movers(choice)
    movers.partners_over_time(choice)
    beginnings.what_goes_before(choice)
    waves.tables(choice)
