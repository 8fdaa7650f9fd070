"""Several people of one organisation: each by a role, with a form and a link of their own, and answers that stay apart."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.support import prepared
from tests.support.frames import frame
from wtnet import survey
from wtnet.errors import InvalidRequest
from wtnet.store import Programme, Store
from wtnet.survey import respondents
from wtnet.survey.answers import given
from wtnet.survey.code import code
from wtnet.survey.form_workbook import SHEET
from wtnet.survey.overwritten import overwritten, sentence
from wtnet.tables import Tables
from wtnet.tables.respondents import Respondent

TODAY, UNTIL = date(2026, 3, 1), date(2026, 3, 31)
HARBOUR = Programme("harbour", "Harbour")
DIRECTOR, TEAM = Respondent("a", "Director"), Respondent("a", "learning team")


def _fill(store: Store) -> None:
    """Three partners, of whom a works with b and Robin; a director and a learning team answer for a in w2."""
    partners = [
        {"id": "a", "name": "Anchor", "kind": "museum"},
        {"id": "b", "name": "Buoy", "kind": "museum"},
        {"id": "r", "name": "Robin Larkmead", "kind": "freelancer", "sharing": "public"},
    ]
    waves = [
        {"id": "w1", "name": "First", "date": date(2024, 1, 1), "purpose": "survey"},
        {"id": "w2", "name": "Second", "date": date(2025, 1, 1), "purpose": "survey", "status": "open"},
        {"id": "w3", "name": "Third", "date": date(2026, 1, 1), "purpose": "survey", "status": "open"},
    ]
    ties = [{"id": "x", "source": "a", "target": "b"}, {"id": "y", "source": "a", "target": "r"}]
    tables = Tables(
        {
            "organisations": frame("organisations", partners),
            "waves": frame("waves", waves),
            "partnerships": frame("partnerships", ties),
        }
    )
    store.create(HARBOUR, tables, "test", "test")
    respondents.state(store, "harbour", wave(store), {"a": ["Director", "learning team"]}, "Ann")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with prepared.copied(tmp_path / "s.db", _fill) as opened:
        yield opened


def wave(store: Store, id: str = "w2") -> survey.Wave:
    return survey.find(id, survey.waves(store.load("harbour")))


def roster_rows(store: Store) -> list[tuple[str, str | None, str | None]]:
    asked = store.load("harbour").asked
    return asked.filter(asked["wave"] == "w2").select("organisation", "respondent_role", "how").rows()


def forms(store: Store) -> tuple[survey.FormBundle, zipfile.ZipFile]:
    tables = store.load("harbour")
    bundle = survey.forms(HARBOUR, survey.Roster(tables), wave(store), tables=tables)
    return bundle, zipfile.ZipFile(io.BytesIO(bundle.data))


def filled(data: bytes, level: int) -> bytes:
    """The form with a level for the first partner on it, Buoy."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    book[SHEET].cell(6, 3).value = level
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_a_partner_for_whom_one_answers_has_the_code_form_and_link_it_always_had(store: Store) -> None:
    """Forms and links that were sent before anybody had a role are still recognised."""
    assert code("harbour", "w2", "a") == "WT1-JGZN-L5XJ-BKGI-GB2C"
    bundle, packed = forms(store)
    assert bundle.files[Respondent("b")] == "buoy-second.xlsx"
    assert openpyxl.load_workbook(packed.open("buoy-second.xlsx"))[SHEET]["A1"].value == "Buoy: how we work with others · Second"
    survey.make(store, "harbour", "w2", "b", UNTIL, TODAY)
    assert "role" not in next(iter(store.settings("survey-link:").values()))


def test_each_person_has_a_form_that_says_the_role_and_answers_stay_apart(store: Store) -> None:
    bundle, packed = forms(store)
    assert [bundle.files[whose] for whose in (DIRECTOR, TEAM)] == [
        "anchor-director-second.xlsx",
        "anchor-learning-team-second.xlsx",
    ]
    assert "anchor-director-second.xlsx  –  Anchor (Director)" in packed.read("Who gets which form.txt").decode()
    title = openpyxl.load_workbook(packed.open(bundle.files[DIRECTOR]))[SHEET]["A1"].value
    assert title == "Anchor (Director): how we work with others · Second"
    tables = store.load("harbour")
    back = [("d.xlsx", filled(packed.read(bundle.files[DIRECTOR]), 5)), ("t.xlsx", filled(packed.read(bundle.files[TEAM]), 2))]
    collected = survey.collect(HARBOUR, tables, back, survey.waves(tables))
    assert not collected.problems and not any("twice" in notice.sentence for notice in collected.notices)
    [told] = collected.proposal.in_words()
    assert told == "2 ratings added: Anchor (Director) on Buoy (Second), Anchor (learning team) on Buoy (Second)"
    after = collected.proposal.tables
    assert given(after, "w2", *DIRECTOR) == {"b": {"level": 5}} and given(after, "w2", *TEAM) == {"b": {"level": 2}}
    assert given(after, "w2", "a") == {}
    again = survey.collect(HARBOUR, after, [("d.xlsx", filled(packed.read(bundle.files[DIRECTOR]), 4))], survey.waves(after))
    assert "Anchor (Director) had answered before" in " ".join(notice.sentence for notice in again.notices)
    both = survey.collect(HARBOUR, after, [(name, filled(data, 1)) for name, data in back], survey.waves(after))
    assert both.overwritten["role"].to_list() == ["Director", "learning team"]
    assert sentence(both.overwritten) == "2 answers that 2 people gave before would be replaced."


def test_the_form_made_for_the_partner_as_a_whole_still_comes_back_and_is_said(store: Store) -> None:
    tables = store.load("harbour")
    alone = survey.forms(HARBOUR, survey.Roster(tables), wave(store), [Respondent("a")])
    with zipfile.ZipFile(io.BytesIO(alone.data)) as packed:
        data = filled(packed.read("anchor-second.xlsx"), 3)
    collected = survey.collect(HARBOUR, tables, [("a.xlsx", data)], survey.waves(tables))
    assert given(collected.proposal.tables, "w2", "a") == {"b": {"level": 3}}
    assert "for which Director and learning team answer now" in " ".join(notice.sentence for notice in collected.notices)


def test_each_person_has_a_link_and_one_never_ends_or_sees_the_others(store: Store) -> None:
    tokens = survey.make_all(store, "harbour", "w2", [DIRECTOR, TEAM, Respondent("a")], UNTIL, TODAY)
    assert len(set(tokens.values())) == 3 and "irector" not in "".join(tokens.values())
    director, team = (survey.open_form(store, survey.open_link(store, tokens[whose], TODAY)) for whose in (DIRECTOR, TEAM))
    survey.save(store, director, {"b": {"level": 5}}, [director.suggestion("Cove")])
    team = survey.open_form(store, team.link)
    assert (team.answers, team.missed, team.link.role) == ({}, (), "learning team")
    survey.save(store, team, {"b": {"level": 2}}, [team.suggestion("Cove")])
    mine = survey.open_form(store, director.link)
    assert mine.answers == {"b": {"level": 5}} and [name.role for name in mine.missed] == ["Director"]
    assert store.history("harbour")[0].author == "Anchor (learning team)"
    [first, _] = survey.undecided(store, "harbour")
    assert (
        survey.accept_as_new(store, "harbour", first, "museum", "Ann") == "cove" and len(survey.undecided(store, "harbour")) == 1
    )


def test_who_has_answered_is_told_of_each_person_and_of_the_partner_once(store: Store) -> None:
    survey.ask(store, "harbour", wave(store), ["a", "b"], "form", "Ann")
    assert roster_rows(store) == [("a", "Director", "form"), ("a", "learning team", "form"), ("b", None, "form")]
    token = survey.make(store, "harbour", "w2", "a", UNTIL, TODAY, "Director")
    survey.save(store, survey.open_form(store, survey.open_link(store, token, TODAY)), {"b": {"level": 5}})
    tables = store.load("harbour")
    state = survey.status(tables, wave(store), survey.Roster(tables))
    assert (state.answered, state.missing, state.rate) == (("a",), ("b",), 0.5)
    assert state.people == {DIRECTOR: True, TEAM: False, Respondent("b"): False} and state.left == (TEAM, Respondent("b"))
    rows = survey.reminders(HARBOUR, state, survey.Roster(tables), survey.links(store, "harbour"))
    assert rows.select("partner", "role", "form").rows() == [
        ("Anchor", "learning team", "anchor-learning-team-second.xlsx"),
        ("Buoy", None, "buoy-second.xlsx"),
    ]


def test_roles_can_be_changed_until_they_have_answered_and_a_link_ends_with_its_role(store: Store) -> None:
    """Taken out altogether, the partner is asked as one again; how others were asked stays."""
    token = survey.make(store, "harbour", "w2", "a", UNTIL, TODAY, "learning team")
    respondents.state(store, "harbour", wave(store), {"a": ["Director", "nurses"], "b": ["chair"]}, "Ann")
    assert roster_rows(store) == [("a", "Director", None), ("a", "nurses", None), ("b", "chair", None)]
    with pytest.raises(InvalidRequest, match="not valid"):
        survey.open_link(store, token, TODAY)
    director = survey.open_link(store, survey.make(store, "harbour", "w2", "a", UNTIL, TODAY, "Director"), TODAY)
    survey.save(store, survey.open_form(store, director), {"b": {"level": 5}})
    with pytest.raises(InvalidRequest, match="“Director” of Anchor has answered, so it stays"):
        respondents.state(store, "harbour", wave(store), {"a": ["nurses"]}, "Ann")
    respondents.state(store, "harbour", wave(store), {"a": ["Director"]}, "Ann")
    assert roster_rows(store) == [("a", "Director", None), ("b", None, None)]


def test_a_wave_without_roles_is_offered_those_of_the_last_that_has_some(store: Store) -> None:
    tables = store.load("harbour")
    roster, roles = survey.Roster(tables), {"a": ("Director", "learning team")}
    assert [respondents.proposed(tables, roster, id) for id in ("w1", "w2", "w3")] == [(None, {}), (None, roles), ("w2", roles)]


@pytest.mark.parametrize(
    ("partner", "role", "told"),
    [
        ("a", "Jane Doe", "looks like a person's name"),
        ("a", "Dr Smith", "looks like a person's name"),
        ("a", "director robin larkmead", "holds the name of a partner"),
        ("a", "jane@example.org", "is an address"),
        ("a", "x" * 61, "longer than 60"),
        ("a", "", "has no role"),
        (None, "director", "stands beside no partner"),
    ],
)
def test_a_role_that_may_be_a_name_or_is_none_is_refused(store: Store, partner: str | None, role: str, told: str) -> None:
    with pytest.raises(InvalidRequest, match=told):
        respondents.checked(store.load("harbour"), "w2", [(partner, role)])


def test_roles_are_taken_as_written_on_one_line_and_once(store: Store) -> None:
    rows = [("a", " Learning \n team"), ("a", "learning team"), ("b", "front desk"), (None, None)]
    assert respondents.checked(store.load("harbour"), "w2", rows) == {"a": ["Learning team"], "b": ["front desk"]}


def test_a_role_that_came_with_a_file_stays_in_its_wave_and_is_not_carried_to_another(store: Store) -> None:
    """Else nothing could be kept beside an imported respondent who is called by name and has answered."""
    rows = [{"wave": "w2", "rater": "a", "partner": "b", "respondent_role": "Jane Doe", "level": 1}]
    tables = store.load("harbour").with_(ratings=frame("ratings", rows))
    assert respondents.checked(tables, "w2", [("a", "Jane Doe")]) == {"a": ["Jane Doe"]}
    with pytest.raises(InvalidRequest, match="looks like a person's name"):
        respondents.checked(tables, "w3", [("a", "Jane Doe")])


def test_a_partners_own_answers_and_those_of_its_people_are_counted_as_people(store: Store) -> None:
    """One answer of a partner as a whole and one of a role: two people, not one partner."""
    rows = [{"wave": "w2", "rater": "a", "partner": "b", "respondent_role": role, "level": 1} for role in (None, "Director")]
    before = store.load("harbour").with_(ratings=frame("ratings", rows))
    assert "2 answers that 2 people gave" in sentence(overwritten(before, before.with_(ratings=before.ratings.clear())))
