"""The accessibility statement, as public bodies in the United Kingdom publish it."""

from pathlib import Path

import streamlit as st

from wtnet.ui.frame import page

page.enter()
st.title("Accessibility", anchor=False)
with st.container(width=760):
    st.markdown((Path(page.__file__).parents[1] / "pages" / "accessibility.md").read_text(encoding="utf-8"))
