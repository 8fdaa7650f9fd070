"""What the data is: tables, each column declared once.

From these declarations come the check of a file, the SQL tables, the blank template workbook and
`docs/columns.md`. The scales and their sources are in the column descriptions.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import dataframely as dy

from wtnet.tables.asking import Answers, Questions
from wtnet.tables.columns import SHARING
from wtnet.tables.columns import Table as _Table
from wtnet.tables.columns import code as _id
from wtnet.tables.columns import day as _day
from wtnet.tables.columns import different as _different
from wtnet.tables.columns import key as _key
from wtnet.tables.columns import number as _number
from wtnet.tables.columns import once as _once
from wtnet.tables.columns import ordered as _ordered
from wtnet.tables.columns import own as _own
from wtnet.tables.columns import ref as _ref
from wtnet.tables.columns import scale as _scale
from wtnet.tables.columns import text as _text
from wtnet.tables.columns import word as _words
from wtnet.tables.columns import yes_no as _yes_no
from wtnet.tables.evidence import Activities, Attendances, Confirmations, Findings
from wtnet.tables.outcomes import Indicators, Quotes, Results
from wtnet.tables.papers import Coverage, Fields, NextSteps, Notes

CORE_KINDS = {
    "museum": "Museum or heritage organisation",
    "freelancer": "Freelancer",
    "community_group": "Community group",
    "health_provider": "Health provider",
}
"""The four kinds of partner the programme is about, with the words shown on screen."""

KINDS = CORE_KINDS | {
    "funder": "Funder",
    "programme_body": "Programme body",
    "local_authority": "Local authority",
    "commissioner": "Commissioner",
    "education": "Education",
    "arts_organisation": "Arts organisation",
    "supplier": "Supplier",
    "other": "Other",
}
LEVELS = ("none", "networking", "cooperation", "coordination", "coalition", "collaboration")
"""Levels of Collaboration 0–5 (Frey, Lohmeier, Lee & Tollefson 2006)."""
CONTACT = ("never", "yearly", "quarterly", "monthly", "weekly", "daily")
PURPOSES = ("survey", "reporting")
"""What a wave is: a round of the survey, or a date for which results are reported."""
WAVE_STATES = ("open", "closed")
ASKED_HOW = ("form", "link", "said")
DIRECTIONS = ("none", "forward", "both")
"""Which way a documented tie goes: no way, from source to target, or both ways."""
OWN = "own_fields"
"""The column that holds what a file says beyond our columns, as JSON of field id to text (`tables.own`)."""
OWNED = ("organisations", "pilots", "partnerships", "ratings", "results", "activities")
"""The tables whose rows may have fields of the lead's own."""
TRUST = ("reliability", "mission", "openness")
VALUE = ("influence", "involvement", "resources")
SCALE_1_4 = "1 not at all, 2 a little, 3 a fair amount, 4 a great deal"
AT = "_at"


class Organisations(_Table):
    """A partner: a museum, a freelancer, a community group, a health provider or another body."""

    id = _key("A short code of your own, used by the other sheets", "harbour-arts")
    name = dy.String(max_length=2_000, description="The partner's name", metadata={"example": "Harbour Arts"})
    kind = _words(KINDS, "What kind of partner it is", "community_group", nullable=False)
    place = _text("Town or area", "Northcliff", 2_000)
    latitude = _number("Degrees north, if known", "54.97", min=-90, max=90)
    longitude = _number("Degrees east, if known", "-1.61", min=-180, max=180)
    website = _text("Web address", "https://example.org", 2_000)
    description = _text("A sentence or two about it")
    sharing = _words(SHARING, "Who may see it by name; a freelancer defaults to partners, everyone else to public", "public")
    own_fields = _own()


class Pilots(_Table):
    """A project that several partners deliver."""

    id = _key("A short code of your own", "tidelines")
    name = dy.String(max_length=2_000, description="The pilot's name", metadata={"example": "Tidelines"})
    lead = _ref("organisations", "The partner that leads it", "northcliff-museum")
    place = _text("Where it happens", "Northcliff", 2_000)
    target_group = _text("Whom it is for", "People living with long-term pain", 2_000)
    starts = _day("First day", "2024-01-15")
    ends = _day("Last day", "2025-06-30")
    description = _text("A sentence or two about it")
    own_fields = _own()
    in_order = _ordered("starts", "ends")


class Involvements(_Table):
    """One partner's part in one pilot."""

    pilot = _key("The pilot", "tidelines", references="pilots")
    organisation = _key("The partner", "harbour-arts", references="organisations")
    role = _text("What it does there", "workshop delivery", 2_000)


class Waves(_Table):
    """One round of the survey, or a reporting date."""

    id = _key("A short code of your own", "baseline")
    name = dy.String(max_length=2_000, description="The wave's name", metadata={"example": "Baseline"})
    date = _day("The day it stands for; waves are ordered by it", "2024-02-01")
    purpose = _words(PURPOSES, "A round of the survey, or a date for which results are reported; empty means both", "survey")
    status = _words(WAVE_STATES, "Whether answers still come in; empty means closed", "closed")
    current = _yes_no("Is it the wave to show first? At most one; otherwise the latest closed one", "")
    shown = _yes_no("While it is open: may others than the lead see it?", "")


class Asked(_Table):
    """A partner that was asked to answer in a wave: the roster of that wave."""

    wave = _id("The wave", "baseline", references="waves", key=True)
    organisation = _id("The partner that was asked", "harbour-arts", references="organisations", key=True)
    respondent_role = _text("Which of its people, by role, never by name; empty where one answers for all", "", 200, key=True)
    how = _words(ASKED_HOW, "By a form, by a personal link, or as the lead says; empty means as the lead says", "form")
    one_row = _once("wave", "organisation", "respondent_role")


class Partnerships(_Table):
    """A documented tie between two partners: a fact, with its evidence."""

    id = _key("A short code; made from the two partners if the column is left out", "p-001", generated=True)
    source = _id("One partner", "northcliff-museum", references="organisations")
    target = _id("The other partner", "harbour-arts", references="organisations")
    relationship = _text("What the partnership is", "delivers_with", 2_000)
    level = _scale(
        0, 5, "Level of Collaboration 0–5 as you code it from the evidence (Frey et al. 2006); used where nobody has rated", "3"
    )
    started = _day("When it began; empty means always", "2023-11-01")
    ended = _day("When it ended; empty means ongoing", "")
    before_programme = _yes_no("Was it there before the programme?")
    continues_after = _yes_no("Does it continue after the programme?")
    evidence = _text("What shows that the partnership exists", "Named as delivery partner in the pilot agreement")
    source_url = _text("Where the evidence can be read", "https://example.org/agreement", 2_000)
    sharing = _words(SHARING, "Who may see the level and the evidence; empty means private, the lead alone", "private")
    direction = _words(
        DIRECTIONS, "Which way it goes: none, forward (from source to target) or both; empty means not said", "none"
    )
    own_strength = _number("Strength on a scale of your own, brought to 0–1; used where nobody has rated", "", min=0, max=1)
    own_scale = _text("That scale, lowest first, and what was written: weak; medium; strong", "", 2_000)
    own_fields = _own()
    two_partners = _different("source", "target")
    in_order = _ordered("started", "ended")


class Ratings(_Table):
    """What one partner says of another in one wave: an opinion, with a direction."""

    wave = _id("The wave", "baseline", references="waves", key=True)
    rater = _id("Who says it", "northcliff-museum", references="organisations", key=True)
    partner = _id("Of whom", "harbour-arts", references="organisations", key=True)
    respondent_role = _text(
        "Which of the rater's people, by role, never by name; empty where one answers for all", "", 200, key=True
    )
    level = _scale(
        0,
        5,
        f"Level of Collaboration: {', '.join(f'{n} {word}' for n, word in enumerate(LEVELS))} (Frey et al. 2006)",
        "3",
    )
    contact = _words(CONTACT, "How often they are in touch", "monthly")
    reliability = _scale(1, 4, f"Trust: they do what they say (PARTNER, Varda); {SCALE_1_4}", "4")
    mission = _scale(1, 4, f"Trust: they share our aims (PARTNER, Varda); {SCALE_1_4}", "3")
    openness = _scale(1, 4, f"Trust: we can discuss things openly (PARTNER, Varda); {SCALE_1_4}", "3")
    influence = _scale(1, 4, f"Value: their standing helps (PARTNER, Varda); {SCALE_1_4}", "2")
    involvement = _scale(1, 4, f"Value: they take part (PARTNER, Varda); {SCALE_1_4}", "4")
    resources = _scale(1, 4, f"Value: they bring resources (PARTNER, Varda); {SCALE_1_4}", "2")
    comment = _text("In their own words")
    own_fields = _own()
    two_partners = _different("rater", "partner")
    one_row = _once("wave", "rater", "partner", "respondent_role")


SCHEMAS: dict[str, type[_Table]] = {
    "organisations": Organisations,
    "pilots": Pilots,
    "involvements": Involvements,
    "waves": Waves,
    "asked": Asked,
    "partnerships": Partnerships,
    "ratings": Ratings,
    "indicators": Indicators,
    "results": Results,
    "quotes": Quotes,
    "findings": Findings,
    "confirmations": Confirmations,
    "activities": Activities,
    "attendances": Attendances,
    "questions": Questions,
    "answers": Answers,
    "coverage": Coverage,
    "fields": Fields,
    "next_steps": NextSteps,
    "notes": Notes,
}
LEADS_OWN = ("next_steps", "notes")
"""Tables that are the lead's own papers: nobody else sees a row of them, and they are no part of the record."""
NAMES: tuple[str, ...] = tuple(SCHEMAS)


@cache
def column(table: str, name: str) -> Any:
    """The declaration of one column: a dataframely column with `.description` and `.metadata`."""
    return SCHEMAS[table].columns()[name]


_TITLES = {
    "quotes": "text",
    "fields": "label",
    "findings": "statement",
    "questions": "wording",
    "next_steps": "what",
    "notes": "text",
}


def title(table: str) -> str:
    """The column with the words a row is called by, of tables with rows that others may refer to."""
    return _TITLES.get(table, "name")


@cache
def reference(table: str, name: str) -> str | None:
    """The table a column points to, or None."""
    return (column(table, name).metadata or {}).get("references")


@cache
def words(table: str, name: str) -> tuple[str, ...] | None:
    """The words a column allows, or None if it is not a list of words."""
    declared = column(table, name)
    return tuple(declared.categories) if isinstance(declared, dy.Enum) else None


@cache
def with_position(table: str) -> type[dy.Schema]:
    """The same declaration with one more column, `_at` (position in the file), so that a failure can be traced."""
    return type(f"Placed{table}", (SCHEMAS[table],), {AT: dy.UInt32()})


@cache
def visible(table: str) -> tuple[str, ...]:
    """The columns a file and a screen show: all but those that hold other columns (`OWN`)."""
    declared = SCHEMAS[table].columns()
    return tuple(name for name in declared if not (declared[name].metadata or {}).get("internal"))


@cache
def keys(table: str) -> tuple[str, ...]:
    """The columns that identify a row. Some may be empty (of `results`, `ratings` …): rows are matched with `nulls_equal`."""
    return tuple(
        name
        for name, declared in SCHEMAS[table].columns().items()
        if declared.primary_key or (declared.metadata or {}).get("key")
    )


@cache
def may_lose(table: str, name: str) -> bool:
    """True for a reference that is emptied where the row it points to goes; else the whole row goes with that."""
    return column(table, name).nullable and name not in keys(table)


@cache
def required(table: str) -> tuple[str, ...]:
    """The columns a file must have: the ones that may not be empty and are not made when left out."""
    return tuple(
        name
        for name, declared in SCHEMAS[table].columns().items()
        if not declared.nullable and not (declared.metadata or {}).get("generated")
    )
