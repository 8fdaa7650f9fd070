"""What came of it, by theme, pilot and wave, against target?"""

import streamlit as st

from wtnet.ui.frame import page
from wtnet.ui.pages.impact import choose, pictures, rows

here = page.top("Impact", "What came of it, by theme, pilot and wave, against target?")
headline = st.container()
seen = choose.look(here)
if seen:
    with headline:
        page.opening_sentence(choose.sentence(seen))
        choose.figures(seen)
    pictures.show(seen)
    rows.everything(seen)
