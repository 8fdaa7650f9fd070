"""How does one partner stand? A directory to search, the partnerships as a list, and a profile of each partner."""

from wtnet.sentences.filters import RULE
from wtnet.ui.frame import page
from wtnet.ui.pages.partners import directory, partnerships, profile

here = page.top("Partners", "How does one partner stand, and how strong is each partnership?", follows=RULE)
partner = directory.chosen_partner(here)
if partner:
    profile.show(here, partner)
elif directory.choose_list() == "partnerships":
    partnerships.of_all(here)
else:
    directory.directory(here)
