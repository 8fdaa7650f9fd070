"""What came of it, by theme, pilot and wave, against target?"""

import streamlit as st

from wtnet.sentences.filters import IMPACT
from wtnet.ui.frame import page
from wtnet.ui.pages.impact import activities, choose, in_words, pictures, rows
from wtnet.ui.parts import trust

here = page.top("Impact", "What came of it, by theme, pilot and wave, against target?", follows=(*IMPACT, "select"))
headline = st.container()
choice = choose.choose(here)
if choice:
    with headline:
        choose.headline(choice)
        choose.figures(choice)
        if choice.here.tables.indicators.height:
            trust.of_results(choice.summary.progress)
    {"came": pictures.show, "voices": in_words.voices, "done": activities.show, "quotes": in_words.quotes}[choice.part](choice)
    if choice.part == "came":
        rows.everything(choice)
