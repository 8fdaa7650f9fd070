"""Where are the partners, and how far do partnerships reach? An outline that ships with the program, no tiles."""

import streamlit as st

from wtnet.sentences.filters import NETWORK
from wtnet.ui.frame import page
from wtnet.ui.pages.places import beside, places

here = page.top("Places", "Where are the partners, and how far do their partnerships reach?", follows=NETWORK)
headline = st.container()
choice = places.choose(here)
with headline:
    places.headline(choice)
if choice.where.height:
    left, right = st.columns([3, 2], gap="large")
    with left:
        places.the_map(choice)
    with right:
        beside.beside(choice)
    beside.tables(choice)
