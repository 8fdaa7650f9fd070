"""Findings by theme and voice, with silence seen; standing; and which quotes stand where there is no room for all."""

from datetime import date

import polars as pl
import pytest

from tests.support.frames import frame
from wtnet.measures.impact import findings as told
from wtnet.measures.impact import quotes
from wtnet.tables import Tables
from wtnet.tables.columns import THEMES
from wtnet.tables.evidence import VOICES


def programme(*findings: dict, **more: pl.DataFrame) -> Tables:
    """Two waves, two pilots, three partners, and these findings."""
    rows = [{"id": f"f{at}", "theme": "care", "statement": f"S{at}"} | row for at, row in enumerate(findings)]
    return Tables(
        {
            "organisations": frame("organisations", [{"id": x, "name": x.upper(), "kind": "museum"} for x in "abc"]),
            "pilots": frame("pilots", {"id": "p", "name": "P", "lead": "a"}, {"id": "q", "name": "Q", "lead": "b"}),
            "waves": frame(
                "waves",
                {"id": "w1", "name": "One", "date": date(2024, 1, 1)},
                {"id": "w2", "name": "Two", "date": date(2025, 1, 1)},
            ),
            "findings": frame("findings", rows),
            **more,
        }
    )


def test_without_findings_every_theme_and_voice_has_none_and_every_voice_is_silent():
    none = told.findings(Tables())
    cells = told.by_theme_and_voice(none)
    assert cells.height == len(THEMES) * (len(VOICES) - 1) and cells["findings"].sum() == 0
    assert told.silent(none) == [voice for voice in VOICES if voice != "other"]
    assert told.standings(none)["theme"].to_list() == list(THEMES)


def test_a_silent_voice_is_one_without_a_finding_in_any_theme_and_others_are_no_voice_to_miss():
    found = told.findings(programme({"voice": "leaders"}, {"voice": "other"}, {}))
    silent = told.silent(found)
    assert "leaders" not in silent and "other" not in silent and "participants" in silent
    cells = told.by_theme_and_voice(found)
    assert set(cells["voice"]) == {*VOICES, told.NOT_SAID}
    said = cells.filter(pl.col("findings") > 0).select("theme", "voice", "findings").rows()
    assert said == [("care", "leaders", 1), ("care", "other", 1), ("care", told.NOT_SAID, 1)]


def test_what_was_to_be_improved_comes_last_in_its_theme_and_themes_come_in_their_order():
    found = told.findings(
        programme({"kind": "to_improve"}, {"kind": None}, {"theme": "capability", "kind": "to_improve"}, {"kind": "unexpected"})
    )
    assert found.select("id", "kind").rows() == [
        ("f2", "to_improve"),
        ("f1", "change"),
        ("f3", "unexpected"),
        ("f0", "to_improve"),
    ]


@pytest.mark.parametrize(
    ("when", "seen_at_first"),
    [
        ({}, True),
        ({"wave": "w1"}, True),
        ({"wave": "w2"}, False),
        ({"date": date(2024, 1, 1)}, True),
        ({"date": date(2024, 1, 2)}, False),
    ],
)
def test_a_finding_is_seen_from_its_wave_or_day_on_and_without_either_always(when, seen_at_first):
    tables = programme(when)
    assert told.findings(tables, "w1").height == seen_at_first
    assert told.findings(tables, "w2").height == told.findings(tables).height == 1


def test_two_partners_make_a_finding_about_a_partnership_one_about_a_partner_and_none_about_the_programme():
    found = told.findings(
        programme({"organisation": "a", "other": "b"}, {"organisation": "a"}, {"other": "b"}, {"pilot": "p"}, {})
    )
    assert found["about"].to_list() == ["partnership", "partner", "partner", "pilot", "programme"]
    assert found["organisation_name"].to_list() == ["A", "A", "B", None, None]


def test_findings_are_narrowed_to_a_partner_a_partnership_a_pilot_and_an_outcome():
    tables = programme(
        {"organisation": "a", "other": "b"}, {"organisation": "a"}, {"pilot": "q"}, {}, {"outcomes": "x; nlhf-inclusion ;"}
    )
    found = told.findings(tables)

    def ids(**choice: object) -> list[str]:
        return told.narrowed(found, tables, **choice)["id"].to_list()

    assert ids(partner="a") == ["f0", "f1"] and ids(partner="b", other="a") == ["f0"] and ids(partner="c") == []
    assert ids(pilots=["p"]) == ["f0", "f1"] and ids(pilots=["q"]) == ["f0", "f2"]
    assert ids(outcomes=["nlhf-inclusion"]) == ["f4"] and ids(outcomes=["nlhf"]) == []
    assert ids(themes=["care"]) == found["id"].to_list() and ids(themes=["leadership"]) == []
    assert told.named(tables, "b")["id"].to_list() == ["f0"]


@pytest.mark.parametrize(
    ("answers", "standing"),
    [([], None), (["partly"], None), (["fully", "partly"], "confirmed"), (["fully", "no"], "disputed"), (["no"], "disputed")],
)
def test_answers_speak_for_a_standing_and_change_none(answers, standing):
    given = [{"finding": "f0", "organisation": x, "answer": answer} for x, answer in zip("abc", answers, strict=False)]
    tables = programme({"organisation": "a", "other": "b"}, confirmations=frame("confirmations", given))
    assert told.suggested_standing(tables, "f0") == standing
    assert told.findings(tables)["standing"].to_list() == ["claimed"]


def test_standing_is_counted_by_theme():
    counted = told.standings(told.findings(programme({"standing": "disputed"}, {"standing": "disputed"}, {})))
    assert counted.row(by_predicate=pl.col("theme") == "care") == ("care", 3, 1, 0, 0, 2)


def quote(id: str, pilot: str | None, voice: str | None) -> dict:
    return {"id": id, "text": id, "pilot": pilot, "attribution": voice}


def test_quotes_are_one_from_each_pilot_and_voice_first_and_never_the_first_in_the_file():
    rows = [quote("1", "p", "X"), quote("2", "p", "X"), quote("3", "p", "Y"), quote("4", "q", "x "), quote("5", "q", "Z")]
    frames = frame("quotes", rows)
    assert quotes.chosen(frames, 3)["id"].to_list() == ["1", "5", "3"]
    assert quotes.chosen(frames)["id"].sort().to_list() == ["1", "2", "3", "4", "5"]
    assert quotes.chosen(frames, 0).is_empty() and quotes.chosen(frames.clear(), 3).is_empty()
    only = frame("quotes", [quote(str(at), None, None) for at in range(3)])
    assert quotes.chosen(only)["id"].to_list() == ["0", "1", "2"]


def test_a_partnership_has_the_findings_about_both_before_those_of_a_pilot_they_share():
    tables = programme(
        {"id": "pilot", "pilot": "p"},
        {"id": "both", "organisation": "b", "other": "a"},
        {"id": "one", "organisation": "a"},
        {"id": "third", "pilot": "p", "organisation": "c"},
        {"id": "whole"},
    )
    findings = told.findings(tables)
    assert told.near(findings, ("a", "b"), ("p",), together=True)["id"].to_list() == ["both", "pilot"]
    assert told.near(findings, ("a",), ("p",))["id"].to_list() == ["both", "one", "pilot"]
    assert told.near(findings.clear(), ("a",), ("p",)).is_empty()


def test_a_finding_about_the_whole_programme_is_in_no_cut_by_pilot_or_kind():
    tables = programme({"id": "whole"}, {"id": "p", "pilot": "p"}, {"id": "q", "pilot": "q"}, {"id": "a", "organisation": "a"})
    findings = told.findings(tables)
    assert told.cut(findings, tables)["id"].to_list() == ["whole", "p", "q", "a"]
    assert told.cut(findings, tables, pilots=("p",))["id"].to_list() == ["p", "a"]
    assert told.cut(findings, tables, places=("Nowhere",)).is_empty()
    assert told.cut(findings, tables, kinds=("museum",))["id"].to_list() == ["p", "q", "a"]
    assert told.cut(findings, tables, kinds=("freelancer",)).is_empty()
    assert told.cut(findings, tables, themes=("leadership",)).is_empty()
