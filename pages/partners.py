"""How does one partner stand? A directory to search, and a profile of each partner."""

from wtnet.ui import page, partners, profile

here = page.top("Partners", "How does one partner stand?")
asked = partners.asked(here)
if asked:
    profile.show(here, asked)
else:
    partners.directory(here)
