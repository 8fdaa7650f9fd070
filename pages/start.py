"""Two minutes for a first visit: three ways in, by what somebody came for."""

import streamlit as st

from wtnet.ui.frame import first_visit
from wtnet.ui.pages import start

first_visit.remember("start")
st.title("Start here", anchor=False)
st.write("Two minutes with an invented programme, then your own. Nothing here can be broken.")
start.tours()
start.words()
