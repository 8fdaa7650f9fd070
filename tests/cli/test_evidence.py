"""Findings and activities on the command line; the example's figures equal those of a script without the product."""

import json
import subprocess
import sys

import pytest

from tests.support.paths import EXAMPLE, ROOT
from wtnet.analysis.meeting import meeting
from wtnet.cli import main
from wtnet.importing.files import check_files
from wtnet.network import Scope, build
from wtnet.tables.columns import THEMES
from wtnet.tables.evidence import ACTIVITY_KINDS, VOICES
from wtnet.tables.schema import KINDS

RECORD = str(ROOT / "data" / "working_together")


@pytest.fixture(scope="module")
def counted() -> dict:
    script = ROOT / "tests" / "support" / "recount_evidence.py"
    done = subprocess.run(
        [sys.executable, "-I", str(script), str(EXAMPLE)], capture_output=True, text=True, check=True, timeout=120
    )
    return json.loads(done.stdout)


def printed(capsys, *arguments: str) -> list[dict]:
    """What a command prints as JSON."""
    assert main([*arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_findings_by_theme_and_voice_are_those_counted_by_hand(capsys, counted):
    rows = printed(capsys, "findings", str(EXAMPLE), "--of", "voices")
    ours = sorted([row["theme"], row["voice"], row["findings"]] for row in rows if row["findings"])
    assert ours == sorted([THEMES[theme], VOICES[voice], number] for theme, voice, number in counted["voices"])
    assert {row["voice"] for row in rows} >= {"Facilitators"}  # who is silent stands there with none


def test_how_findings_stand_is_what_was_counted_by_hand(capsys, counted):
    rows = printed(capsys, "findings", str(EXAMPLE), "--of", "standing")
    ours = [
        [row["theme"], word, row[word]] for row in rows for word in ("claimed", "confirmed", "disputed", "supported") if row[word]
    ]
    assert sorted(ours) == sorted([THEMES[theme], word, number] for theme, word, number in counted["standing"])


def test_what_was_done_and_whom_it_reached_is_what_was_counted_by_hand(capsys, counted):
    rows = printed(capsys, "activities", str(EXAMPLE), "--of", "kind")
    assert {row["kind"]: row["activities"] for row in rows} == {
        ACTIVITY_KINDS[kind]: n for kind, n in counted["activities"].items()
    }
    people = {row["kind"]: row["people"] for row in rows if row["people"] is not None}
    assert people == {ACTIVITY_KINDS[kind]: str(n) for kind, n in counted["people"].items() if n}
    never = {
        row["kind"]: row["never"] for row in printed(capsys, "activities", str(EXAMPLE), "--of", "partner-kinds") if row["never"]
    }
    assert never == {KINDS[kind]: number for kind, number in counted["never"].items()}


def test_whether_those_who_meet_become_partners_is_what_was_counted_by_hand(capsys, counted):
    by_hand = counted["meeting"]
    met, apart = printed(capsys, "activities", str(EXAMPLE), "--of", "meeting", "--wave", "end")
    assert (met["pairs"], met["new_partnerships"]) == (by_hand["met"], by_hand["new_met"])
    assert (apart["pairs"], apart["new_partnerships"]) == (by_hand["apart"], by_hand["new_apart"])
    test = meeting(build(check_files([EXAMPLE]).tables, Scope(wave="end"))).test
    assert test.r == pytest.approx(by_hand["r"], abs=1e-9) and test.p == pytest.approx(by_hand["p"], abs=0.02)


def test_impact_prints_the_findings_of_a_programme_without_numbers(capsys):
    assert main(["impact", RECORD]) == 0
    said = capsys.readouterr().out
    assert "Results are not recorded." in said and "Told in words:" in said
    assert said.index("Goals could be set more clearly") > said.index("Organisations moved from being unsure")


def test_what_is_not_shared_is_not_printed_for_others_and_small_numbers_are_withheld(capsys):
    lead, public = (printed(capsys, "findings", str(EXAMPLE), "--audience", who) for who in ("lead", "public"))
    assert len(lead) == 26 and len(public) == sum(row["sharing"] == "public" for row in lead) < 26
    rows = printed(capsys, "activities", str(EXAMPLE), "--of", "each", "--audience", "public")
    assert [row["people"] for row in rows if row["name"] == "Listening afternoon for carers"] == ["withheld"]
    assert {row["kind"]: row["people"] for row in printed(capsys, "activities", str(EXAMPLE), "--audience", "public")}[
        "Session"
    ] == "withheld"


def test_findings_of_a_pilot_and_up_to_a_wave(capsys):
    rows = printed(capsys, "findings", str(EXAMPLE), "--pilot", "loom-and-leaf", "--wave", "midpoint")
    assert rows and {row["wave"] for row in rows} <= {"baseline", "midpoint"}
    assert all(row["pilot"] == "loom-and-leaf" for row in rows if row["pilot"])


def test_impact_puts_findings_under_the_outcomes_of_a_framework_and_says_which_have_none(capsys, tmp_path):
    (tmp_path / "findings.csv").write_text(
        "id,theme,statement,outcomes\n"
        "a,care,People come more often.,nlhf-inclusion; nlhf-organisation\n"
        "b,care,Only told elsewhere.,ace-nowhere\n"
        "c,leadership,Never tagged.,\n",
        encoding="utf-8",
    )
    assert main(["impact", str(tmp_path / "findings.csv"), "--framework", "national lottery heritage fund: heritage 2033"]) == 0
    said = capsys.readouterr().out.partition("Told in words:")[2]
    assert said.count("People come more often.") == 2
    assert said.index("Inclusion, access and participation: 1 finding") < said.index("Organisational sustainability: 1 finding")
    rest = said[said.index("Tagged with no outcome of this framework: 2 findings") :]
    assert "Only told elsewhere." in rest and "Never tagged." in rest
    assert "No finding is tagged with: Saving heritage; Protecting the environment." in rest
    assert "Care" not in said  # no theme is a heading there
