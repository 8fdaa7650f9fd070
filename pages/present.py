"""What is our story, and how do we tell it? Drafted from the figures, edited by hand, presented full screen."""

import streamlit as st

from wtnet.ui.frame import page
from wtnet.ui.pages.present import desk as present
from wtnet.ui.pages.present import earlier, edit, outdated, stage

here = page.top("Present", "What is our story, and how do we tell it?", waves=present.drafts_anew(), leaves=True)
desk = present.choose(here)
if desk is None:
    present.nothing(here)
    earlier.removed(here)
else:
    overtaken = outdated.overtaken(here, desk)
    outdated.say_overtaken(here, desk, overtaken)
    at = edit.pick(desk, overtaken)
    st.html(present.STYLE)
    with st.container(key="story_work"):
        left, right = st.columns([2, 3], gap="large")
    with left:
        outdated.say_slide_overtaken(here, desk, overtaken.get(at))
        edit.form(here, desk, at)
        edit.note(desk, at)
        edit.order(desk, at)
    with right:
        stage.show(here, desk, at)
        stage.keep(here, desk)
