"""Every change to a programme: who, when, why and what; any of them opened, compared, taken back or brought back."""

import streamlit as st

from wtnet.ui import backup, history, history_open, page

here = page.top(
    "History", "Who changed what, when and why? Nothing is ever lost: any state can be brought back.", waves=False, lead=True
)
made = history.revisions(here)
history.sentence(made)
history.steps(here)
st.markdown("**Every change, the last one first.** Tick a row to open it.")
history.table(made)
history_open.opened(here, made)
backup.offer(here)
