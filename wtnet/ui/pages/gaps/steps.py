"""Next steps: what has been decided, by whom and by when, and what became of those it is about; for the lead alone."""

from __future__ import annotations

import streamlit as st

from wtnet.ui.pages.gaps.choose import GapsChoice
from wtnet.ui.parts import conflict, next_steps

PAGE = "next_steps"


def steps(choice: GapsChoice) -> None:
    """Show the list for a meeting; where somebody else changed the same meanwhile, the choice between both."""
    if conflict.is_pending(choice.here, PAGE):
        if conflict.decide(choice.here):
            st.rerun()
        return
    conflict.report_saved(choice.here)
    next_steps.meeting(choice.here)
    st.caption("Only those who lead see these steps; they stand in the report and workbook made for the programme lead.")
