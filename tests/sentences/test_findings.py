"""What is said of findings: true of none, of one, of silent voices, and for whoever may not see all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.support.impact import made
from wtnet.measures.impact.findings import findings as in_view
from wtnet.sentences import findings as sentences
from wtnet.tables import Tables
from wtnet.tables.evidence import VOICES

EVERY_VOICE = tuple(voice for voice in VOICES if voice != "other")


def programme(*findings: dict[str, str], **more: list[dict[str, str]]) -> Tables:
    rows = [{"id": f"f{at}", "theme": "care", "statement": "S", **row} for at, row in enumerate(findings)]
    partners = [{"id": "m", "name": "Museum", "kind": "museum"}, {"id": "h", "name": "Surgery", "kind": "health_provider"}]
    return made(organisations=partners, findings=rows, **more)


def test_of_no_findings_nothing_is_said() -> None:
    none = programme()
    findings = none["findings"]
    assert sentences.headline(findings, none) == sentences.tally(findings) == sentences.standings(findings) == ""
    assert sentences.silence(findings, none) == sentences.none_about(findings, none) == ""
    assert sentences.table(findings, none).is_empty()


@pytest.mark.parametrize(
    ("kinds", "told"),
    [
        (["change"], "1 finding in words, under 1 theme: 1 tells what changed."),
        ([None, "to_improve"], "2 findings in words, under 1 theme: 1 tells what changed and 1 what to improve."),
        (["to_improve", "to_improve"], "2 findings in words, under 1 theme: 2 tell what to improve."),
        (["unexpected"], "1 finding in words, under 1 theme: 1 tells what nobody expected."),
    ],
)
def test_the_headline_counts_each_kind_and_says_none_that_is_not_there(kinds: list[str | None], told: str) -> None:
    tables = programme(*[{"kind": kind} if kind else {} for kind in kinds])
    assert sentences.headline(tables["findings"], tables) == told


def test_what_is_to_improve_is_told_in_every_tally() -> None:
    assert sentences.tally(programme({"kind": "to_improve"}, {}, {})["findings"]) == "3 findings, 1 of them to improve"
    assert sentences.tally(programme({"kind": "to_improve"})["findings"]) == "1 finding, to improve"


def test_a_standing_is_a_word_and_a_mark_and_one_not_given_is_a_claim() -> None:
    tables = programme({"standing": "disputed", "voice": "leaders", "organisation": "m", "other": "h"}, {})
    first, second = tables["findings"].iter_rows(named=True)
    assert sentences.by_line(first, tables) == "Leaders · ≠ disputed · Museum ↔ Surgery"
    assert sentences.by_line(second, tables) == "Voice not recorded · ○ claimed"
    assert sentences.standings(tables["findings"]) == "How they stand: 1 claimed, 1 disputed."


def test_silent_voices_are_named_and_only_those() -> None:
    heard = [{"voice": voice} for voice in EVERY_VOICE]
    assert sentences.silence(programme(*heard)["findings"], programme(*heard)) == ""
    tables = programme(*[voice for voice in heard if voice["voice"] not in ("leaders", "facilitators")])
    assert sentences.silence(tables["findings"], tables) == "No finding is said to be in the voice of leaders or facilitators."


def test_where_not_all_may_be_seen_or_all_is_not_recorded_nobody_is_called_silent() -> None:
    tables = programme({"voice": "leaders"})
    others = replace(tables, audience="public")
    assert "1 finding in words may be shown here, under" in sentences.headline(others["findings"], others)
    assert "No finding that may be shown here is said" in sentences.silence(others["findings"], others)
    partial = programme({"voice": "leaders"}, coverage=[{"subject": "findings", "state": "partial"}])
    words = sentences.silence(partial["findings"], partial)
    assert words.endswith("are not recorded.") and "No finding" not in words


def test_that_none_is_about_what_is_selected_is_said_only_where_there_are_findings() -> None:
    tables = programme({}, {})
    assert sentences.none_about(tables["findings"].clear(), tables) == "None of the 2 findings is about it."
    assert sentences.none_about(tables["findings"], tables) == ""


def test_every_voice_stands_in_the_table_with_its_own_number() -> None:
    rows = sentences.voices(in_view(programme({"voice": "leaders"}, {"voice": "leaders"})))
    assert dict(rows.select("voice", "all").iter_rows()) == {
        **dict.fromkeys(rows["voice"], 0), "Leaders": 2
    }  # fmt: skip
