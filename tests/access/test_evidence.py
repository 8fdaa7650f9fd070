"""Findings, what partners said of them, and activities, as others than the lead may have them."""

import polars as pl
import pytest

from tests.support import private
from tests.support.frames import frame
from wtnet.access import redact
from wtnet.measures.impact import findings
from wtnet.tables import Tables, check, own
from wtnet.tables.model import Raw, RawTable


@pytest.mark.parametrize("audience", ["partners", "public"])
def test_names_that_are_not_shared_are_veiled_wherever_a_finding_or_activity_has_them(audience):
    seen = redact(private.tables(), audience, private.NUMBERS)
    said = " ".join(
        str(cell)
        for table in ("findings", "activities", "attendances")
        for row in seen[table].rows()
        for cell in row
        if cell is not None
    )
    assert not [name for name in private.NAMES[audience] if name in said or name.lower().replace(" ", "-") in said]
    if audience == "public":
        assert "kanarie" not in said.lower() and "zoe-elan" not in said.lower()
    told = seen.findings.filter(pl.col("other") == "tide-group")
    if audience == "public":
        assert told["organisation"].to_list() == ["freelancer-1"] and "Freelancer 1" in told["statement"][0]
        assert all("Freelancer 1" in told[column][0] for column in ("contribution", "significance", "evidence"))
        assert told["confirmed_by"].to_list() == told["source_url"].to_list() == [None]


@pytest.mark.parametrize(("audience", "number"), [("lead", 3), ("partners", 2), ("public", 1)])
def test_findings_are_shared_as_quotes_are(audience, number):
    """Public for everybody, partners (which is what an empty cell means) for partners, private for the lead alone."""
    rows = [{"id": x, "theme": "care", "statement": x, "sharing": x} for x in ("public", "private")]
    tables = Tables({"findings": frame("findings", rows, {"id": "empty", "theme": "care", "statement": "e"})})
    assert findings.findings(redact(tables, audience)).height == number


def test_what_partners_said_of_findings_is_for_the_lead_and_each_sees_its_own():
    tables = private.tables()
    assert tables.confirmations.height == 1
    for audience in ("partners", "public"):
        seen = redact(tables, audience)
        assert seen.confirmations.is_empty() and seen.known.confirmations.is_empty()
    own = redact(tables, "partners", viewer="tide-group")
    assert own.confirmations["answer"].to_list() == ["no"]
    assert own.confirmations["finding"][0] in own.findings["id"].to_list()


def test_the_standing_that_the_lead_gave_is_shown_with_the_finding():
    rows = [{"id": "f", "theme": "care", "statement": "S", "sharing": "public", "standing": "disputed"}]
    assert redact(Tables({"findings": frame("findings", rows)}), "public").findings["standing"].to_list() == ["disputed"]


def raw(table: str, **cells: str) -> Raw:
    rows = pl.DataFrame({"_row": [2], **{name: [value] for name, value in cells.items()}})
    return Raw("workbook", (RawTable(table, rows, "book.xlsx", table),))


@pytest.mark.parametrize(
    ("table", "cells", "rule", "words"),
    [
        ("findings", {"theme": "joy", "statement": "S"}, "unknown_word", "capability, partnerships, relevance, care, leadership"),
        ("findings", {"theme": "care", "statement": "S", "voice": "Patients"}, "unknown_word", "participants, freelancers"),
        ("findings", {"theme": "care"}, "missing_column", "statement"),
        ("findings", {"theme": "care", "statement": "S", "organisation": "a", "other": "a"}, "two_partners", "on both sides"),
        ("attendances", {"activity": "day", "organisation": "Harbor Arts"}, "unknown_reference", 'mean "Harbour Arts" (a)?'),
        ("activities", {"id": "x", "name": "X", "people": "many"}, "not_a_number", "whole number"),
        ("activities", {"id": "x", "name": "X", "people": "-1"}, "range", "at least 0"),
        ("activities", {"id": "x", "name": "X", "starts": "soon"}, "not_a_date", "not a date"),
        ("activities", {"id": "x", "name": "X", "starts": "2024-05-02", "ends": "2024-05-01"}, "in_order", "before"),
        ("confirmations", {"finding": "f", "organisation": "a", "answer": "maybe"}, "unknown_word", "fully, partly, no"),
    ],
)  # fmt: skip
def test_bad_cells_are_said_with_what_to_do(table, cells, rule, words):
    known = Tables(
        {
            "organisations": frame("organisations", {"id": "a", "name": "Harbour Arts", "kind": "other"}),
            "activities": frame("activities", {"id": "day", "name": "Day"}),
            "findings": frame("findings", {"id": "f", "theme": "care", "statement": "S"}),
        }
    )
    problems = check(raw(table, **cells), known).problems
    assert [problem.rule for problem in problems] == [rule] and words in problems[0].sentence
    assert problems[0].sentence.startswith(f'book.xlsx, sheet "{table}"')


def test_words_of_the_screen_are_read_as_ours():
    cells = {
        "theme": "Care",
        "statement": "S",
        "voice": "Museum and heritage staff",
        "standing": "Confirmed",
        "kind": "To improve",
    }
    row = check(raw("findings", **cells)).tables.findings.row(0, named=True)
    assert (row["voice"], row["standing"], row["kind"]) == ("museum_staff", "confirmed", "to_improve")


def test_two_results_of_the_whole_programme_in_one_wave_are_one_too_many():
    known = Tables(
        {
            "waves": frame("waves", {"id": "w", "name": "W"}),
            "indicators": frame("indicators", {"id": "i", "theme": "care", "name": "I", "instrument": "count"}),
        }
    )
    cells = pl.DataFrame({"_row": [2, 3], "indicator": ["i", "i"], "wave": ["w", "w"], "value": ["1", "2"]})
    result = check(Raw("workbook", (RawTable("results", cells, "book.xlsx", "results"),)), known)
    assert [problem.rule for problem in result.problems] == ["duplicate"] and "i / w" in result.problems[0].sentence


@pytest.mark.parametrize("audience", ["partners", "public"])
def test_where_few_people_came_no_field_of_ones_own_says_how_many(audience):
    """As with results: a public field beside a withheld number goes with it, and stays beside one that is shown."""
    cells = [own.encode({"women": str(number)}) for number in (2, 12)]
    activities = [{"id": str(at), "name": "A", "people": people, "own_fields": cells[at]} for at, people in enumerate((3, 20))]
    field = {"table": "activities", "id": "women", "label": "Women", "type": "number", "sharing": "public"}
    seen = redact(Tables({"activities": frame("activities", activities), "fields": frame("fields", field)}), audience)
    assert seen.activities.select("people", "own_fields").rows() == [(None, None), (20, cells[1])]
