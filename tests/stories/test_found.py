"""Slides of findings and of what was done: told of their own subject, with voices, and only where there is something."""

from __future__ import annotations

from typing import Any

from tests.support.impact import made
from wtnet import stories
from wtnet.access import redact
from wtnet.stories.slides import Stage
from wtnet.tables import Tables


def programme(*findings: dict[str, Any], **more: list[dict[str, Any]]) -> Tables:
    rows = [
        {"id": f"f{at}", "theme": "care", "statement": f"Statement {at}", "sharing": "public", **row}
        for at, row in enumerate(findings)
    ]
    partners = [{"id": id, "name": f"{id.upper()} House", "kind": "museum", "sharing": "public"} for id in "ab"]
    return made(organisations=partners, findings=rows, **more)


def parts(tables: Tables, **about: Any) -> dict[str, str]:
    return {slide.part: slide.text for slide in stories.draft(tables, **about).slides}


def test_without_findings_and_activities_there_are_no_such_slides() -> None:
    assert not {"found", "done"} & set(parts(programme()))


def test_findings_take_the_place_of_results_that_are_not_there_and_stand_beside_those_that_are() -> None:
    told = parts(programme({"voice": "leaders"}))
    assert "came" not in told and told["found"] == "Statement 0 (Leaders, claimed)"


def test_a_few_are_of_as_many_voices_as_can_be_with_one_to_improve() -> None:
    voices = ["leaders", "leaders", "freelancers", "participants"]
    rows = [{"voice": voice} for voice in voices]
    rows[3]["kind"] = "to_improve"
    text = parts(programme(*rows))["found"]
    assert "To improve: Statement 3 (Participants" in text
    assert "Statement 2 (Freelancers" in text and "Statement 1" not in text


def test_a_partner_is_told_its_own_findings_and_activities_alone() -> None:
    tables = programme(
        {"organisation": "a"},
        {"organisation": "b"},
        activities=[{"id": "x", "name": "X", "kind": "training", "people": 30}, {"id": "y", "name": "Y", "kind": "film"}],
        attendances=[{"activity": "x", "organisation": "a"}],
    )
    told = parts(tables, partner="a")
    assert "Statement 0" in told["found"] and "Statement 1" not in told["found"]
    assert told["done"] == "X." and "reached" not in told["done"]
    assert "The 1 that counted their people reached 30" in parts(tables)["done"]


def test_a_finding_nobody_shares_is_on_no_slide_of_others() -> None:
    tables = programme({"sharing": "private", "statement": "Not for others"}, {})
    seen = redact(tables, "public")
    text = parts(seen, audience="public")["found"]
    assert "Not for others" not in text and text.startswith("Statement 1")


def test_a_finding_that_was_taken_out_is_drafted_anew_for_others() -> None:
    """What the stored slide said of it is never told."""
    before = programme({}, {"statement": "Taken out"})
    story = stories.draft(before)
    fresh = stories.draft(before.with_(findings=before.findings.head(1)))
    names = {figure.name for slide in story.slides for figure in slide.figures}
    assert "finding_f1" in names and "Taken out" not in "".join(slide.text for slide in fresh.slides)


def test_the_charts_say_voices_and_kinds_in_words() -> None:
    tables = programme(
        {"voice": "leaders", "kind": "to_improve"},
        {},
        activities=[{"id": "x", "name": "X", "kind": "film"}, {"id": "y", "name": "Y", "kind": "session"}],
    )
    story = stories.draft(tables)
    charts = {slide.slide.part: slide.chart for slide in Stage(story, tables, {}).slides}
    assert charts["found"] and "Leaders: 1 (1 to improve); Voice not recorded: 1." in charts["found"].alt
    assert charts["done"] and "Film: 1" in charts["done"].alt
