"""What changed between two waves: new, stronger, weaker, ended, unknown?"""

import streamlit as st

from wtnet.ui.frame import page
from wtnet.ui.map import component
from wtnet.ui.pages.change import movers, paths, waves

here = page.top("Change", "What changed between two waves: new, stronger, weaker, ended, unknown?", waves=False)
component.pieces()
headline = st.container()
two = waves.choose(here)
if two:
    with headline:
        waves.sentence(two)
if two and two.pairs.height:
    waves.counts(two)
    left, right = st.columns([3, 2], gap="large")
    with left:
        waves.flows(two)
        waves.over_time(two)
    with right:
        movers.movers(two)
    paths.paths(two)
    waves.tables(two)
