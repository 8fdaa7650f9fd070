"""What came of it, as programmes report it: indicators, their results, and what people said."""

from __future__ import annotations

import dataframely as dy

from wtnet.tables.columns import SHARING, THEMES, Table, code, key, number, once, own, people, ref, word, yes_no
from wtnet.tables.columns import text as _text

BETTER = ("higher", "lower", "neither")
AGGREGATIONS = ("sum", "mean", "share", "none")
"""How an indicator goes together over pilots: added, a mean weighted by n, a share of all, or not at all."""


class Indicators(Table):
    """Something measured, under one of the five themes."""

    id = key("A short code of your own", "sessions")
    theme = word(THEMES, "One of the five themes", "relevance", nullable=False)
    name = dy.String(max_length=2_000, description="What is measured", metadata={"example": "Creative sessions held"})
    unit = _text("Unit of the value", "sessions", 200)
    better = word(BETTER, "Which direction is better", "higher")
    instrument = _text("How it is measured: count, ONS4 life satisfaction, UCLA-3, SWEMWBS converted score …", "count", 2_000)
    target = number("What each pilot aims for, unless its results say otherwise", "24")
    method = _text("How and when it was collected")
    aggregation = word(
        AGGREGATIONS,
        "How it goes together over pilots: added, a mean weighted by n, a share, or not at all; empty means by unit and name",
        "sum",
    )
    outcomes = _text(
        "Funders' outcomes it is evidence for: their ids, separated by semicolons", "nlhf-inclusion; gso-health", 2_000
    )


class Results(Table):
    """One value of an indicator in one wave: for one pilot, for the whole programme, or for one partner."""

    indicator = code("The indicator", "sessions", references="indicators", key=True)
    pilot = ref("pilots", "The pilot; empty means the whole programme", "tidelines", key=True)
    wave = code("The wave", "baseline", references="waves", key=True)
    organisation = ref("organisations", "The partner it is about, if only one", "", key=True)
    value = number("The value, in the indicator's unit; empty means not known", "12")
    target = number("This pilot's own target, if it has one", "20")
    n = people("How many people or things the value rests on", "18")
    sd = number("Standard deviation of the values behind a mean, if known", "", min=0)
    same_people = yes_no("Are they the same people as in the wave before?", "")
    evidence = _text("What shows it", "Session register")
    source_url = _text("Where the evidence can be read", "", 2_000)
    question = ref("questions", "The question of the survey it is worked out from; empty where it was brought in", "")
    own_fields = own()
    one_row = once("indicator", "pilot", "wave", "organisation")


class Quotes(Table):
    """Words someone agreed to share."""

    id = key("A short code; made from the row if the column is left out", "q-001", generated=True)
    pilot = ref("pilots", "The pilot it is about", "tidelines")
    organisation = ref("organisations", "The partner it is about", "")
    theme = word(THEMES, "One of the five themes", "care")
    text = dy.String(max_length=20_000, description="What was said", metadata={"example": "I look forward to Thursdays now."})
    attribution = _text("Whose words: a role, never a name", "Participant", 2_000)
    sharing = word(SHARING, "Who may see it; empty means partners", "partners")
