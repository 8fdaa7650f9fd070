"""Findings that name a partner: who is asked, what an answer touches, and that a standing moves only when the lead accepts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from tests.support import prepared
from tests.support.frames import frame
from wtnet import survey
from wtnet.errors import InvalidRequest
from wtnet.store import Programme, Store
from wtnet.survey import confirming
from wtnet.survey.confirming import Confirmation
from wtnet.survey.form_workbook import FINDINGS
from wtnet.tables import Tables
from wtnet.tables.respondents import Respondent

HARBOUR = Programme("harbour", "Harbour")
SECRET = "Jane Doe changed how the clinic refers"


def tables() -> Tables:
    """Museum and clinic are named in f1, the museum alone in f2, nobody in f3; f4 is private; Jane hides her name."""
    partners = [
        {"id": "m", "name": "Museum", "kind": "museum"},
        {"id": "c", "name": "Clinic", "kind": "health_provider"},
        {"id": "j", "name": "Jane Doe", "kind": "freelancer", "sharing": "private"},
    ]
    findings = [
        {"id": "f1", "theme": "care", "statement": SECRET, "organisation": "m", "other": "c"},
        {"id": "f2", "theme": "care", "statement": "=The museum opens on Mondays", "organisation": "m"},
        {"id": "f3", "theme": "care", "statement": "Everybody gained"},
        {"id": "f4", "theme": "care", "statement": "The clinic came late", "organisation": "c", "sharing": "private"},
    ]
    return Tables(
        {
            "organisations": frame("organisations", partners),
            "waves": frame("waves", {"id": "w", "name": "End", "date": date(2025, 1, 1)}),
            "findings": frame("findings", findings),
        }
    )


def _fill(store: Store) -> None:
    store.create(HARBOUR, tables(), "test", "test")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with prepared.copied(tmp_path / "s.db", _fill) as opened:
        yield opened


def form(store: Store, partner: str) -> survey.PartnerForm:
    token = survey.make(store, "harbour", "w", partner, date(2026, 3, 31), date(2026, 3, 1))
    return survey.open_form(store, survey.open_link(store, token, date(2026, 3, 1)))


def workbook(partner: str, programme: Tables) -> bytes:
    wave = survey.find("w", survey.waves(programme))
    bundle = survey.forms(HARBOUR, survey.Roster(programme), wave, [partner], tables=programme)
    with zipfile.ZipFile(io.BytesIO(bundle.data)) as packed:
        return packed.read(bundle.files[Respondent(partner)])


def filled(data: bytes, *answers: tuple[Any, Any]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    for row, cells in enumerate(answers, 2):
        book[FINDINGS].cell(row, 2).value, book[FINDINGS].cell(row, 3).value = cells
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def collected(data: bytes, programme: Tables) -> survey.FormCollection:
    return survey.collect(HARBOUR, programme, [("form.xlsx", data)], survey.waves(programme))


def test_without_findings_nobody_is_asked_and_a_form_has_no_sheet_of_them() -> None:
    bare = tables().with_(findings=Tables().findings)
    assert confirming.asked_about(bare, "harbour", "m") == () and confirming.to_decide(bare) == ()
    assert FINDINGS not in openpyxl.load_workbook(io.BytesIO(workbook("m", bare))).sheetnames


def test_a_partner_is_asked_about_findings_that_name_it_and_partners_may_see() -> None:
    """Neither about others' findings nor about one kept private; a name it may not see is veiled in the sentence."""
    asked = {partner: confirming.asked_about(tables(), "harbour", partner) for partner in ("m", "c", "j")}
    assert [[finding.id for finding in findings] for findings in asked.values()] == [["f1", "f2"], ["f1"], []]
    assert "Jane Doe" not in asked["c"][0].statement and "changed how the clinic refers" in asked["c"][0].statement


def test_an_answer_on_the_link_is_kept_beside_the_finding_and_moves_nothing(store: Store) -> None:
    opened = form(store, "c")
    survey.save(store, opened, {}, confirmed={"f1": Confirmation("partly", "Not all of us")})
    after = store.load("harbour")
    assert after.confirmations.rows() == [("f1", "c", None, "w", "partly", "Not all of us")]
    assert after.findings.equals(tables().findings)
    assert form(store, "c").confirmed == {"f1": Confirmation("partly", "Not all of us")}


def test_an_answer_taken_back_leaves_no_row_and_no_others_answer_is_touched(store: Store) -> None:
    survey.save(store, form(store, "m"), {}, confirmed={"f1": Confirmation("fully"), "f2": Confirmation("no")})
    survey.save(store, form(store, "c"), {}, confirmed={"f1": Confirmation("no")})
    survey.save(store, form(store, "m"), {}, confirmed={"f1": Confirmation(), "f2": Confirmation("no")})
    rows = store.load("harbour").confirmations.select("finding", "organisation", pl.col("answer").cast(pl.String)).rows()
    assert sorted(rows) == [("f1", "c", "no"), ("f2", "m", "no")]
    assert survey.save(store, form(store, "m"), {}, confirmed={"f2": Confirmation("no")}) is None


def test_nobody_answers_to_a_finding_that_does_not_name_them(store: Store) -> None:
    with pytest.raises(InvalidRequest, match="not on your form"):
        survey.save(store, form(store, "c"), {}, confirmed={"f2": Confirmation("fully")})
    assert store.load("harbour").confirmations.is_empty()


def test_answers_on_the_workbook_come_back_under_their_own_finding() -> None:
    programme = tables()
    returned = collected(filled(workbook("m", programme), ("Agrees fully", None), (None, "Since May")), programme)
    assert not returned.problems and len(returned.forms) == 1
    rows = returned.proposal.tables.confirmations.select("finding", pl.col("answer").cast(pl.String), "comment").rows()
    assert rows == [("f1", "fully", None), ("f2", None, "Since May")]
    assert returned.proposal.tables.findings.equals(programme.findings)


def test_a_form_sent_back_untouched_answers_nothing() -> None:
    returned = collected(workbook("m", tables()), tables())
    assert not returned.proposal.any and not returned.problems


def test_an_answer_that_is_no_choice_is_set_aside_alone_named_with_its_row_and_can_be_put_right() -> None:
    returned = collected(filled(workbook("m", tables()), ("perhaps", None)), tables())
    assert not returned.proposal.any and "row 2" in returned.aside[0] and "perhaps" in returned.aside[0]
    (cell,) = returned.spoilt
    confirmed = returned.put_right({cell.id: "partly"}).proposal.tables.confirmations
    assert confirmed.select(pl.col("answer").cast(pl.String)).rows() == [("partly",)]


def test_a_finding_that_has_gone_since_is_left_out_and_said() -> None:
    data, later = filled(workbook("c", tables()), ("Agrees fully", None)), tables()
    later = later.with_(findings=later.findings.filter(pl.col("id") != "f1"))
    returned = collected(data, later)
    assert returned.proposal.tables.confirmations.is_empty()
    assert any("not there any more" in notice.sentence for notice in returned.notices)


def test_a_standing_moves_when_the_lead_accepts_and_tells_a_role_never_a_name(store: Store) -> None:
    survey.save(store, form(store, "c"), {}, confirmed={"f1": Confirmation("fully")})
    [answered] = confirming.to_decide(store.load("harbour"))
    assert answered.suggested == "confirmed" and [partner for partner, _, _ in answered.answers] == ["c"]
    confirming.accept_standing(store, "harbour", "f1", "confirmed", "Lead")
    row = store.load("harbour").findings.row(0, named=True)
    assert (row["standing"], row["confirmed_by"]) == ("confirmed", "Health provider named in it")
    assert confirming.to_decide(store.load("harbour"))[0].suggested is None


def test_one_that_does_not_agree_speaks_for_disputed_whatever_others_say(store: Store) -> None:
    survey.save(store, form(store, "c"), {}, confirmed={"f1": Confirmation("no")})
    survey.save(store, form(store, "m"), {}, confirmed={"f1": Confirmation("fully"), "f2": Confirmation("partly")})
    first, second = confirming.to_decide(store.load("harbour"))
    assert (first.suggested, second.suggested) == ("disputed", None)
    confirming.accept_standing(store, "harbour", "f1", "disputed", "Lead")
    assert store.load("harbour").findings.row(0, named=True)["confirmed_by"] == "Health provider named in it"


def test_two_people_of_a_partner_answer_apart_and_neither_changes_the_others(store: Store) -> None:
    """Each keeps and takes back its own answer; one that does not agree speaks for disputed, as it does between partners."""
    after = confirming.answered(tables(), "w", "c", {"f1": Confirmation("fully")}, "Director")
    after = confirming.answered(after, "w", "c", {"f1": Confirmation("no", "Not us")}, "Nurses")
    assert confirming.given(after, "c", "Director") == {"f1": Confirmation("fully")} and confirming.given(after, "c") == {}
    [answered] = confirming.to_decide(after)
    assert [role for _, role, _ in answered.answers] == ["Director", "Nurses"] and answered.suggested == "disputed"
    store.commit("harbour", after, base=1, author="x", reason="x", kind="survey")
    assert store.load("harbour") == after
    back = confirming.answered(after, "w", "c", {"f1": Confirmation()}, "Nurses")
    assert confirming.given(back, "c", "Director") == {"f1": Confirmation("fully")} and back.confirmations.height == 1


def test_a_finding_that_was_taken_out_meanwhile_cannot_be_decided_on(store: Store) -> None:
    with pytest.raises(InvalidRequest, match="not in the programme any more"):
        confirming.accept_standing(store, "harbour", "gone", "confirmed", "Lead")
