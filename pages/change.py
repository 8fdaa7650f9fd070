"""What changed between two waves: new, stronger, weaker, ended, unknown?"""

import streamlit as st

from wtnet.ui import change, change_movers, change_paths, component, page

here = page.top("Change", "What changed between two waves: new, stronger, weaker, ended, unknown?", waves=False)
component.pieces()
headline = st.container()
two = change.choose(here)
if two:
    with headline:
        change.sentence(two)
if two and two.pairs.height:
    change.counts(two)
    left, right = st.columns([3, 2], gap="large")
    with left:
        change.flows(two)
        change.over_time(two)
    with right:
        change_movers.movers(two)
    change_paths.paths(two)
    change.tables(two)
