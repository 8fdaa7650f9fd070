"""Evidence as programmes have it: findings in words, what partners say of them, activities, and who took part."""

from __future__ import annotations

import dataframely as dy

from wtnet.tables.columns import SHARING, THEMES, Table, code, day, different, key, once, ordered, own, people, ref, text, word

VOICES = {
    "participants": "Participants",
    "freelancers": "Freelancers",
    "community_partners": "Community partners",
    "health_partners": "Health partners",
    "museum_staff": "Museum and heritage staff",
    "leaders": "Leaders",
    "facilitators": "Facilitators",
    "evaluator": "Evaluator",
    "other": "Others",
}
"""Whose view a finding is, with the words shown on screen."""
FINDING_KINDS = {"change": "Change", "to_improve": "To improve", "unexpected": "Unexpected"}
STANDINGS = {"claimed": "Claimed", "supported": "Supported", "confirmed": "Confirmed", "disputed": "Disputed"}
"""How well a finding is substantiated (Wilson-Grau & Britt 2012): said by one, by a second source too, agreed to by somebody
independent, or denied by somebody."""
ANSWERS = {"fully": "Agrees fully", "partly": "Agrees partly", "no": "Does not agree"}
ACTIVITY_KINDS = {
    "training": "Training",
    "mentoring": "Mentoring",
    "network_meeting": "Network meeting",
    "workshop": "Workshop",
    "session": "Session",
    "exhibition": "Exhibition",
    "advocacy": "Advocacy",
    "presentation": "Presentation",
    "publication": "Publication",
    "film": "Film",
    "other": "Other",
}
MODES = {"in_person": "In person", "online": "Online", "hybrid": "In person and online"}
ROLES = {"host": "Host", "leads": "Leads", "speaks": "Speaks", "takes_part": "Takes part"}


class Findings(Table):
    """What changed, or was to be improved, told in a sentence (Outcome Harvesting: Wilson-Grau & Britt 2012)."""

    id = key("A short code; made from the row if the column is left out", "f-001", generated=True)
    theme = word(THEMES, "One of the five themes", "partnerships", nullable=False)
    kind = word(
        FINDING_KINDS, "What became different, was wanted or went wrong, or nobody expected; empty means change", "change"
    )
    statement = dy.String(
        max_length=20_000,
        description="One sentence: who changed what",
        metadata={"example": "The surgery now refers people to the Thursday sessions."},
    )
    voice = word(VOICES, "Whose view it is; empty means not recorded", "health_partners")
    pilot = ref("pilots", "The pilot it is about; empty, with no partner, means the whole programme", "tidelines")
    organisation = ref("organisations", "The partner it is about", "northcliff-museum")
    other = ref("organisations", "The other partner, if it is about a partnership", "northcliff-surgery")
    wave = ref("waves", "The wave in which it was found", "end")
    date = day("The day it was found, where there is no wave", "2025-03-01")
    contribution = text("How the programme helped", "Monthly visits of the museum to the surgery")
    significance = text("Why it matters", "People come who never came before")
    evidence = text("What shows it", "Referral register, spring 2025")
    source_url = text("Where the evidence can be read", "https://example.org/report", 2_000)
    standing = word(
        STANDINGS,
        "Said by one; a second source too; agreed to by somebody independent; denied by somebody; empty means claimed",
        "supported",
    )
    confirmed_by = text("Who confirmed or disputed it: a role, never a name", "Practice manager", 2_000)
    outcomes = text("Funders' outcomes it is evidence for: their ids, separated by semicolons", "nlhf-inclusion", 2_000)
    sharing = word(SHARING, "Who may see it; empty means partners", "public")
    two_partners = different("organisation", "other")


class Confirmations(Table):
    """What a partner named in a finding, or one of its people, answered when asked whether it agrees."""

    finding = code("The finding", "f-001", references="findings", key=True)
    organisation = code("The partner that was asked", "northcliff-surgery", references="organisations", key=True)
    respondent_role = text("Which of its people, by role, never by name; empty where one answers for all", "", 200, key=True)
    wave = ref("waves", "The round in which it was asked", "end")
    answer = word(ANSWERS, "Whether it agrees: fully, partly or no", "fully")
    comment = text("In its own words")
    one_row = once("finding", "organisation", "respondent_role")


class Activities(Table):
    """Something that was done: a training day, a network meeting, a session, a talk, a film."""

    id = key("A short code of your own", "network-day-1")
    name = dy.String(max_length=2_000, description="What it was", metadata={"example": "First network day"})
    kind = word(ACTIVITY_KINDS, "What kind of activity it was", "network_meeting")
    pilot = ref("pilots", "The pilot it belongs to; empty means the whole programme", "")
    theme = word(THEMES, "The theme it serves, one of the five", "partnerships")
    starts = day("First day", "2024-06-04")
    ends = day("Last day, if it took more than one", "")
    place = text("Where it took place", "Northcliff", 2_000)
    mode = word(MODES, "In person, online, or both", "in_person")
    people = people("How many people it reached, if known", "24")
    indicator = ref("indicators", "The indicator its people are added up to; empty means none", "")
    description = text("A sentence or two about it")
    source_url = text("Where that can be read", "", 2_000)
    own_fields = own()
    in_order = ordered("starts", "ends")


class Attendances(Table):
    """A partner's part in an activity."""

    activity = key("The activity", "network-day-1", references="activities")
    organisation = key("The partner that took part", "harbour-arts", references="organisations")
    role = word(ROLES, "Host, leads, speaks or takes part; empty means takes part", "takes_part")
    people = people("How many people came from it, if known", "2")
