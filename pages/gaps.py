"""Whom do we depend on, who is missing, who should meet, and what if?"""

import streamlit as st

from wtnet.ui import gaps, gaps_depend, gaps_meet, gaps_whatif, page

here = page.top("Gaps and what if", "Whom do we depend on, who is missing, who should meet, and what if?")
headline = st.container()
seen = gaps.look(here)
answer = {
    "missing": gaps.missing,
    "meet": gaps_meet.meet,
    "depend": gaps_depend.depend,
    "what_if": gaps_whatif.what,
}[seen.question]
with headline:
    gaps.sentence(seen)
if seen.network.graph.number_of_nodes():
    answer(seen)
