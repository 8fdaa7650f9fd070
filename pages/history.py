"""Every change to a programme: who, when, why and what; any of them opened, compared, taken back or brought back."""

import streamlit as st

from wtnet.ui.frame import page
from wtnet.ui.pages.history import backup, forget, revision, revisions

here = page.top("History", "Who changed what, when and why? Any state can be brought back.", waves=False, lead=True)
history = revisions.revisions(here)
revisions.headline(history)
revisions.show_steps(here)
st.markdown("**Every change, the last one first.** Tick a row to open it.")
revisions.show_table(history)
revision.open_revision(here, history)
backup.offer_backup(here)
forget.forget(here)
