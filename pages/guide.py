"""What does each measure mean, how is it worked out, and who says so? Drawn from the catalogue."""

from wtnet.sentences.filters import RULE
from wtnet.ui.frame import page
from wtnet.ui.pages import guide

here = page.top("Guide", "What does each figure mean, how is it worked out, and who says so?", follows=RULE)
guide.entries(here)
