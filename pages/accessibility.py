"""The accessibility statement, as public bodies in the United Kingdom publish it."""

from pathlib import Path

import streamlit as st

from wtnet.ui import pages

st.title("Accessibility", anchor=False)
with st.container(width=760):
    st.markdown(Path(pages.__file__).with_name("accessibility.md").read_text(encoding="utf-8"))
