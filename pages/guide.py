"""What does each measure mean, how is it worked out, and who says so? Drawn from the catalogue."""

from wtnet.ui import guide, page

here = page.top("Guide", "What does each figure mean, how is it worked out, and who says so?")
guide.entries(here)
