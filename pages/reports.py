"""What can be filed, printed, shown without the internet, handed back or taken elsewhere?"""

import streamlit as st

from wtnet.ui.frame import page
from wtnet.ui.pages import reports
from wtnet.ui.pages.data import take_away

here = page.top("Reports", "What can we file, print, show without the internet, hand back, or take elsewhere?", leaves=True)
subject = reports.choose(here)
page.opening_sentence(reports.opening(subject))
left, right = st.columns([2, 3], gap="large")
with left:
    reports.report(subject)
    reports.offline(subject)
    reports.give_back(subject)
    take_away.take_away(here, subject.scope)
    reports.talk(subject)
with right:
    reports.pictures(subject)
