"""What is our story, and how do we tell it? Drafted from the figures, edited by hand, presented full screen."""

import streamlit as st

from wtnet.ui import page, present, present_earlier, present_edit, present_show

here = page.top("Present", "What is our story, and how do we tell it?", waves=False)
desk = present.choose(here)
if desk is None:
    present.nothing(here)
    present_earlier.removed(here)
else:
    found = present.overtaken(here, desk)
    present.say_overtaken(here, desk, found)
    at = present_edit.pick(desk, found)
    st.html(present.STYLE)
    with st.container(key="story_work"):
        left, right = st.columns([2, 3], gap="large")
    with left:
        present.say_slide_overtaken(here, desk, found.get(at))
        present_edit.form(here, desk, at)
        present_edit.note(desk, at)
        present_edit.order(desk, at)
    with right:
        present_show.show(here, desk, at)
        present_show.keep(here, desk)
