"""How does one partner stand? A directory to search, and a profile of each partner."""

from wtnet.sentences.filters import RULE
from wtnet.ui.frame import page
from wtnet.ui.pages.partners import directory, profile

here = page.top("Partners", "How does one partner stand?", follows=RULE)
partner = directory.chosen_partner(here)
if partner:
    profile.show(here, partner)
else:
    directory.directory(here)
