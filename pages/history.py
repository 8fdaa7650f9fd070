"""Every change to a programme: who, when, why and what; any of them opened, compared, taken back or brought back."""

import streamlit as st

from wtnet.ui.frame import page
from wtnet.ui.pages.history import backup, one, revisions

here = page.top(
    "History", "Who changed what, when and why? Nothing is ever lost: any state can be brought back.", waves=False, lead=True
)
made = revisions.revisions(here)
revisions.sentence(made)
revisions.steps(here)
st.markdown("**Every change, the last one first.** Tick a row to open it.")
revisions.table(made)
one.opened(here, made)
backup.offer(here)
