"""What stands beside the record: how complete it is, which fields are the lead's own, her next steps and her notes."""

from __future__ import annotations

import dataframely as dy

from wtnet.tables.columns import SHARING, Table, code, day, different, key, ref, text, word, yes_no

RECORD_STATES = ("complete", "partial", "documented_not_named")
"""How much of a kind of partner, or of a table, a programme's record holds."""
FIELD_TYPES = ("text", "category", "several", "number", "yes_no", "date", "web_address")
STEP_ORIGINS = ("introduction", "worry", "finding", "own")
"""What a next step was made from."""


class Coverage(Table):
    """How complete the programme's record is, for a kind of partner or for a table; what is not named here is complete."""

    subject = key("A kind of partner (museum, health_provider …) or a sheet (partnerships, results …)", "health_provider")
    state = word(
        RECORD_STATES,
        "Everything is recorded; only a part; or the record says that there were some without naming them. Where it is not "
        "complete, nothing is called absent",
        "partial",
        nullable=False,
    )
    note = text("What is missing, in a sentence", "Health partners are named in the report only as a group")
    source_url = text("Where that can be read", "", 2_000)


class Fields(Table):
    """A field of your own: a column of your files that is none of ours, kept beside ours."""

    table = key(
        "The sheet it is a column of: organisations, pilots, partnerships, ratings, results or activities", "organisations"
    )
    id = key("Its name in small letters, with _ for blanks", "region")
    label = dy.String(max_length=2_000, description="Its heading, as you write it", metadata={"example": "Region"})
    type = word(FIELD_TYPES, "What its values are; empty means text", "category")
    unit = text("Unit or currency of its numbers", "GBP", 200)
    scale = text(
        "If it says how strong a partnership is: its words from lowest to highest, or its lowest and highest number", "", 2_000
    )
    strength = yes_no("Does it count as the strength of a partnership, on that scale?", "")
    sharing = word(SHARING, "Who may see it; empty means private, the lead alone", "private")
    description = text("What it means")


class NextSteps(Table):
    """Something to be done about a partner or a partnership, kept for the lead alone."""

    id = key("A short code; made from the row if the column is left out", "step-001", generated=True)
    what = dy.String(max_length=2_000, description="What is to be done", metadata={"example": "Introduce the two over tea"})
    organisation = ref("organisations", "The partner it is about", "northcliff-museum")
    partner = ref("organisations", "The other partner, if it is about the two of them", "harbour-arts")
    who = text("Who does it", "Mary", 2_000)
    due = day("By when", "2026-03-31")
    done = yes_no("Is it done? Empty means not yet", "no")
    origin = word(STEP_ORIGINS, "What it was made from: an introduction, a worry, a finding, or your own idea", "introduction")
    wave = ref("waves", "The wave that was looked at when it was made", "baseline")
    two_partners = different("organisation", "partner")


class Notes(Table):
    """A note on a partner or on a partnership, for the lead alone."""

    id = key("A short code; made from the row if the column is left out", "note-001", generated=True)
    organisation = code("The partner it is about", "northcliff-museum", references="organisations")
    partner = ref("organisations", "The other partner, if it is about the two of them", "harbour-arts")
    text = dy.String(max_length=20_000, description="The note", metadata={"example": "New director from May; call in June."})
    written = day("The day it was written", "2026-01-15")
    two_partners = different("organisation", "partner")
