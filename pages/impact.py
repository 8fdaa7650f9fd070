"""What came of it, by theme, pilot and wave, against target?"""

import streamlit as st

from wtnet.ui import impact, impact_parts, impact_rows, page

here = page.top("Impact", "What came of it, by theme, pilot and wave, against target?")
headline = st.container()
seen = impact.look(here)
if seen:
    with headline:
        page.say(impact.sentence(seen))
        impact.figures(seen)
    impact_parts.show(seen)
    impact_rows.everything(seen)
