"""Stories to present: drafted from the figures of a partner, a pilot or the programme, edited by hand, kept with it.

`draft` makes one, `to_text`/`from_text` are its file, `outdated` finds the slides that data edits have changed since, `saved`
keeps stories with a programme; `slides` puts each slide together from `slide_map` and `chart`, for the screen and for
PowerPoint alike.
"""

from wtnet.stories.draft import draft
from wtnet.stories.model import BESIDE, MAX_BYTES, Figure, Slide, SlideView, Story, from_json, from_text, to_json, to_text

__all__ = [
    "BESIDE",
    "MAX_BYTES",
    "Figure",
    "Slide",
    "SlideView",
    "Story",
    "draft",
    "from_json",
    "from_text",
    "to_json",
    "to_text",
]
