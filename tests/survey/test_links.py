"""Personal links, the form behind one, new waves and who has answered: one partner's own answers and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import polars as pl
import pytest

from tests.support import prepared
from tests.support.frames import frame
from wtnet import survey
from wtnet.errors import InvalidRequest
from wtnet.store import Programme, Store
from wtnet.survey import drafts, messages
from wtnet.survey.links import UNKNOWN
from wtnet.survey.messages import Message, MessageWords
from wtnet.survey.progress import RespondentProgress, counts, progress
from wtnet.tables import Tables, waves
from wtnet.tables.respondents import Respondent
from wtnet.writers.tables import csv

TODAY = date(2026, 3, 1)
UNTIL = date(2026, 3, 31)
H = "harbour"


def _fill(store: Store) -> None:
    """Four partners and two waves; a has rated b in both, b and c have rated a; d is private and tied to b only."""
    tables = Tables(
        {
            "organisations": frame(
                "organisations",
                [{"id": one, "name": f"{one.upper()} Arts", "kind": "museum"} for one in "abc"]
                + [{"id": "d", "name": "Dee Private", "kind": "freelancer", "sharing": "private"}],
            ),
            "waves": frame(
                "waves",
                [
                    {"id": "w1", "name": "First", "date": date(2024, 1, 1)},
                    {"id": "w2", "name": "Second", "date": date(2025, 1, 1)},
                ],
            ),
            "ratings": frame(
                "ratings",
                [
                    {"wave": "w1", "rater": "a", "partner": "b", "level": 2, "comment": "own words"},
                    {"wave": "w2", "rater": "a", "partner": "b", "level": 3, "contact": "weekly"},
                    {"wave": "w1", "rater": "b", "partner": "a", "level": 5, "comment": "SECRET"},
                    {"wave": "w2", "rater": "c", "partner": "a", "level": 4, "comment": "SECRET"},
                ],
            ),
            "partnerships": frame("partnerships", [{"id": "x", "source": "b", "target": "d"}]),
        }
    )
    store.create(Programme(H, "Harbour"), tables, "test", "test")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with prepared.copied(tmp_path / "s.db", _fill) as opened:
        yield opened


def link(store: Store, partner: str = "a", wave: str = "w2") -> survey.PersonalLink:
    return survey.open_link(store, survey.make(store, H, wave, partner, UNTIL, TODAY), TODAY)


# -- the link -------------------------------------------------------------------------------------------------------------


def test_a_token_opens_one_partners_form_of_one_wave_until_its_last_day(store: Store) -> None:
    """It opens on the last day and not the day after, which is said with the date."""
    token = survey.make(store, H, "w2", "a", UNTIL, TODAY)
    found = survey.open_link(store, token, UNTIL)
    assert (found.programme, found.wave, found.partner, found.until) == (H, "w2", "a", UNTIL)
    with pytest.raises(InvalidRequest, match="open until 31 March 2026"):
        survey.open_link(store, token, UNTIL + timedelta(days=1))


def test_tokens_are_long_random_and_stored_only_as_a_hash(store: Store) -> None:
    """No two are the same; the secret is 256 bits and stands nowhere in the database."""
    tokens = [survey.make(store, H, "w2", one, UNTIL, TODAY) for one in "abc"]
    assert len({token.partition(".")[2] for token in tokens}) == 3
    assert all(len(token.partition(".")[2]) >= 43 for token in tokens)
    kept = json.dumps(store.settings("survey"))
    assert not any(token.partition(".")[2] in kept for token in tokens)


@pytest.mark.parametrize(
    "token",
    ["", ".", "x", "a.b", "%", "survey-link:", "0" * 16 + ".", "0" * 16 + "." + "x" * 43, "🙂.🙂", "x" * 100_000, "\ud800.a"],
)
def test_what_is_no_token_gets_the_one_sentence(store: Store, token: str) -> None:
    """Nonsense, empty, very long: never more than that the link is not valid."""
    survey.make(store, H, "w2", "a", UNTIL, TODAY)
    with pytest.raises(InvalidRequest) as error:
        survey.open_link(store, token, TODAY)
    assert str(error.value) == UNKNOWN


def test_a_changed_secret_does_not_open_and_a_link_taken_back_neither(store: Store) -> None:
    """The id alone is worth nothing; revoked and unknown look the same."""
    token = survey.make(store, H, "w2", "a", UNTIL, TODAY)
    other = survey.make(store, H, "w2", "b", UNTIL, TODAY)
    for wrong in (token[:-1] + ("A" if token[-1] != "A" else "B"), f"{token.partition('.')[0]}.{other.partition('.')[2]}"):
        with pytest.raises(InvalidRequest, match="not valid"):
            survey.open_link(store, wrong, TODAY)
    survey.revoke(store, *survey.links(store, H, "w2"))
    with pytest.raises(InvalidRequest, match="not valid"):
        survey.open_link(store, token, TODAY)


def test_a_new_link_ends_the_one_before_and_no_other(store: Store) -> None:
    """Making a partner's link anew: the old one is over, those of other partners and waves are not."""
    old, other = survey.make(store, H, "w2", "a", UNTIL, TODAY), survey.make(store, H, "w1", "a", UNTIL, TODAY)
    new = survey.make(store, H, "w2", "a", UNTIL, TODAY)
    with pytest.raises(InvalidRequest):
        survey.open_link(store, old, TODAY)
    assert survey.open_link(store, new, TODAY).wave == "w2" and survey.open_link(store, other, TODAY).wave == "w1"


@pytest.mark.parametrize("until", [TODAY - timedelta(days=1), TODAY + timedelta(days=400)])
def test_a_last_day_that_is_over_or_far_away_is_refused(store: Store, until: date) -> None:
    """A sentence with what to choose instead."""
    with pytest.raises(InvalidRequest, match="from today to a year"):
        survey.make(store, H, "w2", "a", until, TODAY)


def test_a_link_to_a_partner_or_programme_that_has_gone_is_not_valid(store: Store) -> None:
    """The partner was taken out since: the same sentence."""
    found = link(store, "d")
    tables = store.load(H)
    less = tables.with_(organisations=tables.organisations.filter(pl.col("id") != "d"), partnerships=tables.partnerships.clear())
    store.commit(H, less, base=store.head(H) or 0, author="Lead", reason="out")
    with pytest.raises(InvalidRequest, match="not valid"):
        survey.open_form(store, found)


# -- what the partner sees and saves --------------------------------------------------------------------------------------


def test_a_partner_sees_its_name_whom_it_may_rate_and_its_own_answers_only(store: Store) -> None:
    """Nothing anybody else said, no private name, nothing of the programme but its name and the wave."""
    own = survey.open_form(store, link(store))
    assert (own.name, own.programme, own.wave.name) == ("A Arts", "Harbour", "Second")
    assert [one[0] for one in own.about] == ["b", "c"]
    assert own.choose == ()
    assert own.answers == {"b": {"level": 3, "contact": "weekly"}}
    assert own.before == {"b": ("First", {"level": 2, "comment": "own words"})}
    assert "SECRET" not in repr(own) and "Dee" not in repr(own)


def test_saving_is_a_revision_by_the_partner_that_touches_only_its_own_answers_of_the_wave(store: Store) -> None:
    """Changed, added, cleared: those rows alone; the history says that the partner answered themselves."""
    before = store.load(H).ratings
    own = survey.open_form(store, link(store))
    made = survey.save(store, own, {"b": {"level": 4}, "c": {"level": 1, "comment": "hello"}})
    assert made is not None and (made.author, made.kind) == ("A Arts", "survey")
    assert "Answered by the partner themselves" in made.reason
    after = store.load(H).ratings
    mine = (pl.col("wave") == "w2") & (pl.col("rater") == "a")
    assert after.filter(~mine).equals(before.filter(~mine))
    said = {row["partner"]: (row["level"], row["contact"]) for row in after.filter(mine).iter_rows(named=True)}
    assert said == {"b": (4, None), "c": (1, None)}
    again = survey.open_form(store, own.link)
    assert survey.save(store, again, {"b": {"level": 4}}) is None, "nothing differs: no revision"
    survey.save(store, again, {"c": {}})
    assert survey.open_form(store, own.link).answers == {"b": {"level": 4}}


def test_nobody_outside_the_form_can_be_rated(store: Store) -> None:
    """A private partner, an unknown one, itself: refused, nothing stored."""
    own = survey.open_form(store, link(store))
    head = store.head(H)
    for partner in ("d", "nobody", "a"):
        with pytest.raises(InvalidRequest, match="not on your form"):
            survey.save(store, own, {partner: {"level": 3}})
    assert store.head(H) == head


def test_two_windows_of_one_partner_never_overwrite_each_other(store: Store) -> None:
    """Different answers to one question from two windows: the second is told; answers about others both count."""
    found = link(store)
    one, two = survey.open_form(store, found), survey.open_form(store, found)
    survey.save(store, one, {"b": {"level": 5, "contact": "weekly"}})
    with pytest.raises(InvalidRequest, match="changed elsewhere meanwhile"):
        survey.save(store, two, {"b": {"level": 1, "contact": "weekly"}})
    survey.save(store, two, {"c": {"level": 2}})
    assert survey.open_form(store, found).answers == {"b": {"level": 5, "contact": "weekly"}, "c": {"level": 2}}


def test_two_partners_answering_at_once_both_count(store: Store) -> None:
    """Both opened the form before either saved: nothing is lost."""
    a, b = survey.open_form(store, link(store, "a")), survey.open_form(store, link(store, "b"))
    survey.save(store, a, {"c": {"level": 2}})
    survey.save(store, b, {"a": {"level": 1}})
    said = store.load(H).ratings.filter(pl.col("wave") == "w2").select("rater", "partner", "level").rows()
    assert {("a", "c", 2), ("b", "a", 1)} <= set(said)


def test_a_name_written_down_as_missing_waits_for_the_lead(store: Store) -> None:
    """No partner is made; the lead sees who wrote it."""
    own = survey.open_form(store, link(store))
    assert survey.save(store, own, {}, [own.suggestion("  Harbour   Radio "), own.suggestion("")]) is None
    (one,) = survey.undecided(store, H)
    assert (one.name, one.rater, one.wave) == ("Harbour Radio", "a", "w2")
    assert store.load(H).organisations.height == 4


def test_what_was_said_of_a_name_written_down_is_kept_with_it_and_taken_when_the_lead_accepts(store: Store) -> None:
    """As on the workbook's free lines; only its own partner sees it again, and it is changed in the same place."""
    own = survey.open_form(store, link(store))
    survey.save(store, own, {}, [own.suggestion("Harbour Radio", "in Hull", {"level": 2})])
    again = survey.open_form(store, link(store))
    survey.save(store, again, {}, [again.suggestion("Harbour Radio", "in Hull", {"level": 4, "contact": "weekly"})])
    (one,) = survey.open_form(store, link(store)).missed
    assert (one.note, one.answers) == ("in Hull", {"level": 4, "contact": "weekly"})
    assert survey.open_form(store, link(store, "b")).missed == () == survey.open_form(store, link(store, "a", "w1")).missed
    new = survey.accept_as_new(store, H, one, "community_group", "Lead")
    row = store.load(H).ratings.filter(pl.col("partner") == new).row(0, named=True)
    assert (row["wave"], row["rater"], row["level"], row["contact"]) == ("w2", "a", 4, "weekly")
    assert store.load(H).organisations.row(-1, named=True)["description"] == "in Hull"


def test_a_name_is_written_down_with_the_answers_or_not_at_all(store: Store) -> None:
    """Where the answers meet others and are refused, no name of them stays behind."""
    found = link(store)
    one, two = survey.open_form(store, found), survey.open_form(store, found)
    survey.save(store, one, {"b": {"level": 5}})
    with pytest.raises(InvalidRequest, match="changed elsewhere meanwhile"):
        survey.save(store, two, {"b": {"level": 1}}, [two.suggestion("Harbour Radio")])
    assert survey.undecided(store, H) == ()


def test_a_name_is_decided_on_once(store: Store) -> None:
    """A second press, or a second lead, makes no second partner of it, and is told."""
    own = survey.open_form(store, link(store))
    survey.save(store, own, {}, [own.suggestion("Harbour Radio", "", {"level": 2})])
    (one,) = survey.undecided(store, H)
    survey.accept_as_new(store, H, one, "community_group", "Lead")
    head = store.head(H)
    for decide in (
        lambda: survey.accept_as_new(store, H, one, "community_group", "Lead"),
        lambda: survey.accept_as_partner(store, H, one, "b", "Lead"),
        lambda: survey.settle(store, H, one),
    ):
        with pytest.raises(InvalidRequest, match="decided on this name already"):
            decide()
    assert store.head(H) == head and store.load(H).organisations.height == 5


# -- new waves, who has answered ------------------------------------------------------------------------------------------


def test_a_new_wave_is_open_and_nobodys_default_with_answers_or_without(store: Store) -> None:
    """It is a wave of the programme at once, for a survey; others do not see it, and the last closed one stays the current."""
    wave = survey.add(store, H, "Spring 2026", date(2026, 3, 1), "Ann")
    assert [one.id for one in survey.waves(store.load(H)) if one.open] == ["spring-2026"]
    own = survey.open_form(store, link(store, "a", wave.id))
    assert own.before["b"] == ("Second", {"level": 3, "contact": "weekly"})
    for last in (False, True):
        tables = store.load(H)
        row = tables.waves.row(2, named=True)
        assert (row["id"], row["date"], row["purpose"], row["status"]) == ("spring-2026", date(2026, 3, 1), "survey", "open")
        assert (waves.current(tables), waves.visible(tables, "partners")) == ("w2", ["w1", "w2"])
        if not last:
            survey.save(store, own, {"b": {"level": 4}})
    assert tables.ratings.filter(pl.col("wave") == wave.id).height == 1


@pytest.mark.parametrize("name", ["", "   ", "second", "W1", "x" * 201])
def test_a_new_wave_needs_a_name_of_its_own(store: Store, name: str) -> None:
    """None, too long, or one that is there already: a sentence."""
    with pytest.raises(InvalidRequest):
        survey.add(store, H, name, TODAY, "Ann")


def test_a_wave_without_answers_can_be_given_up_and_one_with_answers_cannot(store: Store) -> None:
    """Its roster goes with it; the rosters of others stay."""
    wave = survey.add(store, H, "Mine", TODAY, "Ann")
    for asked in (wave, survey.find("w1", survey.waves(store.load(H)))):
        survey.ask(store, H, asked, ["a"], "form", "Ann")
    survey.give_up(store, H, wave, "Ann")
    tables = store.load(H)
    assert tables.waves["id"].to_list() == ["w1", "w2"] and tables.asked.select("wave", "organisation", "how").rows() == [
        ("w1", "a", "form")
    ]
    with pytest.raises(InvalidRequest, match="has answers or results"):
        survey.give_up(store, H, survey.find("w2", survey.waves(tables)), "Ann")


def test_making_forms_or_links_writes_the_roster_once_and_opens_a_wave_nobody_has_answered(store: Store) -> None:
    """A partner keeps how it was asked first; a wave with answers that does not say stays closed."""
    wave = survey.add(store, H, "Mine", TODAY, "Ann")
    survey.ask(store, H, wave, ["b", "a", "nobody"], "link", "Ann")
    head = store.head(H)
    survey.ask(store, H, wave, ["a"], "form", "Ann")
    assert store.head(H) == head and store.load(H).asked.select("wave", "organisation", "how").rows() == [
        ("mine", "b", "link"),
        ("mine", "a", "link"),
    ]
    assert store.history(H)[0].reason == "2 partners asked for Mine, by personal link"
    survey.ask(store, H, survey.find("w2", survey.waves(store.load(H))), ["a"], "said", "Ann")
    assert waves.opened(store.load(H)) == ["mine"]
    bare = store.load(H).ratings.filter(pl.col("wave") != "w2")
    store.commit(H, store.load(H).with_(ratings=bare), base=store.head(H) or 0, author="t", reason="t")
    survey.ask(store, H, survey.find("w2", survey.waves(store.load(H))), ["b"], "form", "Ann")
    assert waves.opened(store.load(H)) == ["w2", "mine"]


def test_what_the_lead_decides_on_a_wave_is_a_revision_with_words(store: Store) -> None:
    """Close, open again, show, name: one wave alone is the current one."""
    wave = survey.add(store, H, "Mine", TODAY, "Ann")
    survey.decide(store, H, wave, "Ann", shown=True)
    assert waves.visible(store.load(H), "public") == ["w1", "w2", "mine"]
    survey.decide(store, H, wave, "Ann", status="closed")
    assert waves.current(store.load(H)) == "mine" and store.history(H)[0].reason == "Mine: closed"
    for id in ("w1", "w2"):
        survey.decide(store, H, survey.find(id, survey.waves(store.load(H))), "Ann", current=True)
    tables = store.load(H)
    assert (waves.current(tables), tables.waves["current"].sum()) == ("w2", 1)
    survey.decide(store, H, wave, "Ann", status="open")
    gone = survey.Wave("gone", "Gone", None)
    with pytest.raises(InvalidRequest, match="not in the programme any more"):
        survey.decide(store, H, gone, "Ann", status="open")


def test_what_an_earlier_version_kept_beside_the_programme_becomes_part_of_it(store: Store) -> None:
    """A wave that was only planned, and who was asked, of this programme alone; once. Links to it opened before, too."""
    other = "harbour:x"
    for programme in (H, other):
        id = programme.replace(":", "%3A")
        store.remember(f"survey-wave:{id}:spring", {"id": "spring", "name": "Spring", "date": "2026-03-01"})
        store.remember(f"survey-asked:{id}:spring", ["a", "b", "left"])
    store.remember("survey-asked:harbour:w2", ["c"])
    assert survey.open_form(store, link(store, "a", "spring")).wave.name == "Spring"
    assert survey.has_earlier(store, H)
    survey.adopt(store, H, "Ann")
    tables = store.load(H)
    assert tables.asked.select("wave", "organisation", "how").rows() == [
        ("w2", "c", None),
        ("spring", "a", None),
        ("spring", "b", None),
    ]
    assert waves.opened(tables) == ["spring"] and not survey.has_earlier(store, H)
    assert len(store.settings("survey-wave:")) == len(store.settings("survey-asked:")) == 1


def test_who_has_answered_and_who_is_missing_among_those_asked(store: Store) -> None:
    """a and c have answered the second wave; b was asked and has not; the reminder list names it with form and link."""
    programme, wave = store.programme(H), survey.find("Second", survey.waves(store.load(H)))
    survey.ask(store, H, wave, ["a", "b"], "form", "Ann")
    tables = store.load(H)
    roster = survey.Roster(tables)
    found = survey.status(tables, wave, roster)
    assert (found.answered, found.missing, found.rate) == (("a", "c"), ("b",), pytest.approx(2 / 3))
    survey.make(store, H, "w2", "b", UNTIL, TODAY)
    rows = survey.reminders(programme, found, roster, survey.links(store, H), {Respondent("b"): "https://x/form?token=1"})
    assert rows.rows() == [
        ("B Arts", "Museum or heritage organisation", 1, "b-arts-second.xlsx", "https://x/form?token=1", UNTIL)
    ]


def test_where_nobody_knows_who_was_asked_those_who_could_have_answered_count(store: Store) -> None:
    """Waves from before: the house's response rate, of everybody in a rating or an active partnership."""
    tables = store.load(H)
    found = survey.status(tables, survey.find("w2", survey.waves(tables)), survey.Roster(tables))
    assert (found.answered, found.missing, found.known) == (("a", "c"), ("b", "d"), False)


def test_the_survey_looked_at_first_is_the_open_one_else_the_last_round(store: Store) -> None:
    """A reporting date is no round of the survey."""
    reporting = frame("waves", {"id": "r", "name": "Report", "date": date(2027, 1, 1), "purpose": "reporting"})
    tables = store.load(H).with_(waves=pl.concat([store.load(H).waves, reporting]))
    assert survey.usual(tables, survey.waves(tables)).id == "w2"
    tables = waves.changed(tables, "w1", status="open")
    assert survey.usual(tables, survey.waves(tables)).id == "w1"


def test_the_address_of_a_link_is_whole_and_safe() -> None:
    """One slash, the token quoted."""
    assert survey.address("https://example.org/", "ab.c_d-e") == "https://example.org/form?token=ab.c_d-e"


def test_a_link_writes_down_fifty_names_and_no_more_until_they_are_decided(store: Store) -> None:
    """With the next one nothing of the step is stored; the same name again is no other, and a decided one makes room."""
    own = survey.open_form(store, survey.open_link(store, survey.make(store, H, "w2", "a", UNTIL, TODAY), TODAY))
    for part in range(5):
        survey.save(store, own, {}, [own.suggestion(f"name {part} {at}") for at in range(10)])
    before = store.head(H)
    with pytest.raises(InvalidRequest, match="At most 50 names"):
        survey.save(store, own, {"b": {"level": 1}}, [own.suggestion("one more")])
    assert len(survey.undecided(store, H)) == 50 and store.head(H) == before
    survey.save(store, own, {}, [own.suggestion("name 0 0"), own.suggestion(" NAME 1 1 ")])
    survey.settle(store, H, survey.undecided(store, H)[0])
    survey.save(store, own, {}, [own.suggestion("one more")])
    assert len(survey.undecided(store, H)) == 50
    other = survey.open_form(store, survey.open_link(store, survey.make(store, H, "w2", "b", UNTIL, TODAY), TODAY))
    survey.save(store, other, {}, [other.suggestion("one more")])
    assert len(survey.undecided(store, H)) == 51


# -- what is typed and not given yet --------------------------------------------------------------------------------------


def test_what_is_typed_is_kept_for_its_link_until_it_is_given_and_is_no_answer(store: Store) -> None:
    """Typed in two steps, one answer taken back: all kept, in no revision. Saving gives it, and the draft is gone."""
    mine, other = link(store), link(store, "b")
    head = store.head(H)
    drafts.keep(store, mine, {"q_level_b": 4, "written": "Radio"}, TODAY)
    drafts.keep(store, mine, {"q_level_b": None}, TODAY)
    assert drafts.load(store, mine).typed == {"q_level_b": None, "written": "Radio"}
    assert (drafts.load(store, other), drafts.begun(store, H), store.head(H)) == (drafts.Draft(), {mine.id}, head)
    survey.save(store, survey.open_form(store, mine), {"b": {"level": 3, "contact": "weekly"}})
    assert drafts.load(store, mine) == drafts.Draft(), "given, though no answer differs"
    drafts.keep(store, mine, {"q_level_b": 5}, TODAY)
    survey.save(store, survey.open_form(store, mine), {"b": {"level": 5}})
    assert drafts.load(store, mine) == drafts.Draft()


def test_a_draft_that_meets_other_answers_stays_with_whoever_typed_it(store: Store) -> None:
    """Nothing was given, so nothing is forgotten."""
    mine = link(store)
    form = survey.open_form(store, mine)
    survey.save(store, survey.open_form(store, mine), {"b": {"level": 1}})
    drafts.keep(store, mine, {"q_level_b": 5}, TODAY)
    with pytest.raises(InvalidRequest, match="changed elsewhere"):
        survey.save(store, form, {"b": {"level": 5}})
    assert drafts.load(store, mine).typed == {"q_level_b": 5}


def test_a_draft_ends_with_its_link_and_goes_to_the_one_that_takes_its_place(store: Store) -> None:
    """A new link of the same respondent has it; a link taken back, or over, has none and takes none."""
    first = link(store)
    drafts.keep(store, first, {"q_level_b": 4}, TODAY)
    second = link(store)
    assert drafts.load(store, second).typed == {"q_level_b": 4} and drafts.begun(store, H) == {second.id}
    with pytest.raises(InvalidRequest, match="not valid"):
        drafts.keep(store, first, {"q_level_b": 1}, TODAY)
    drafts.sweep(store, H, UNTIL + timedelta(days=1))
    assert not drafts.begun(store, H), "over"
    drafts.keep(store, second, {"q_level_b": 4}, TODAY)
    survey.revoke(store, second)
    assert not store.settings("survey-draft:")
    with pytest.raises(InvalidRequest, match="more text"):
        drafts.keep(store, link(store), {"written": "x" * drafts.LONGEST}, TODAY)


def test_no_backup_holds_a_draft_and_who_is_erased_is_in_none(store: Store, tmp_path: Path) -> None:
    """Erased is d: the draft that speaks of it goes, by id or by name, the other stays until the programme goes."""
    speaks, names, stays = link(store, "b"), link(store, "c"), link(store, "a")
    drafts.keep(store, speaks, {"q_level_d": 4}, TODAY)
    drafts.keep(store, names, {"written": "Dee Private"}, TODAY)
    drafts.keep(store, stays, {"q_level_b": 4}, TODAY)
    store.backup(tmp_path / "all.zip")
    with Store(f"sqlite:///{tmp_path}/other.db") as other:
        other.restore_backup(tmp_path / "all.zip")
        assert other.find(H) and not other.settings("survey-draft:")
    store.erase(H, "d", lambda text: text.replace("Dee Private", "somebody"), "Ann")
    assert drafts.begun(store, H) == {stays.id}
    store.delete(H)
    assert not store.settings("survey-draft:")


# -- how far each is, and a message for each who has not finished ---------------------------------------------------------


def far(store: Store) -> dict[str, RespondentProgress]:
    """Where each partner of the second wave is."""
    tables = store.load(H)
    roster = survey.Roster(tables)
    wave = survey.find("w2", survey.waves(tables))
    links = survey.links(store, H)
    people = progress(tables, survey.status(tables, wave, roster), roster, links, drafts.begun(store, H))
    return {person.whose.partner: person for person in people}


def asked(store: Store, *partners: str, how: str = "link") -> None:
    survey.ask(store, H, survey.find("w2", survey.waves(store.load(H))), partners, how, "Ann")


def tied(store: Store) -> None:
    """b works with c as well, so that its form asks about two."""
    tables = store.load(H)
    rows = frame("partnerships", [{"id": "y", "source": "b", "target": "c"}])
    after = tables.with_(partnerships=pl.concat([tables.partnerships, rows]))
    store.commit(H, after, base=store.head(H) or 0, author="t", reason="t")


def test_what_is_not_known_of_a_form_by_mail_is_not_said(store: Store) -> None:
    """b has a form, d was asked by the lead herself: neither opened nor begun is known. Brought back, a form is finished."""
    asked(store, "a", "b", how="form")
    asked(store, "d", how="said")
    there = far(store)
    assert [(there[id].sent, there[id].opened, there[id].begun) for id in "bd"] == [("form", None, None), (None, None, None)]
    assert there["a"].finished and not there["b"].finished, "a's answers came back"
    number = counts(there.values())
    assert (number.asked, number.sent, number.opened, number.begun) == (len(there), 2, None, None)


def test_a_link_is_opened_begun_and_finished_each_when_it_is(store: Store) -> None:
    """Each step by itself; part of the answers is not the end, the last save is, and a new link does not forget it."""
    tied(store)
    asked(store, "b")
    mine = link(store, "b")
    assert (far(store)["b"].opened, far(store)["b"].begun) == (False, False)
    survey.mark(store, mine, "opened", TODAY)
    assert (far(store)["b"].opened, far(store)["b"].begun) == (True, False)
    drafts.keep(store, mine, {"q_level_a": 2}, TODAY)
    assert (far(store)["b"].begun, far(store)["b"].finished, counts(far(store).values()).begun) == (True, False, 1)
    survey.save(store, survey.open_form(store, mine), {"a": {"level": 2}})
    assert not far(store)["b"].finished and far(store)["b"].unanswered == ("c",)
    survey.mark(store, mine, "finished", TODAY)
    link(store, "b")
    assert far(store)["b"].finished and (far(store)["b"].opened, far(store)["b"].begun) == (False, None)


def test_a_message_says_what_is_missing_and_holds_the_link_only_if_it_was_made_now(store: Store) -> None:
    """b has answered about one of two and which is left; the file is one row each, safe as a CSV."""
    tied(store)
    asked(store, "b", "c")
    tables = store.load(H)
    rows = frame("ratings", [{"wave": "w2", "rater": "b", "partner": "a", "level": 1}])
    store.commit(H, tables.with_(ratings=pl.concat([tables.ratings, rows])), base=store.head(H) or 0, author="t", reason="t")
    day = date.today() + timedelta(9)
    survey.mark(store, survey.open_link(store, survey.make(store, H, "w2", "b", day)), "opened")
    tables, people = store.load(H), [far(store)["b"]]
    wave, roster = survey.find("w2", survey.waves(tables)), survey.Roster(tables)

    def made(words: MessageWords, shown: dict[Respondent, str]) -> Message:
        about = store.programme(H), wave, tables, roster, people, survey.links(store, H), shown
        (message,) = messages.messages(*about, words)
        return message

    words = MessageWords("=cmd() {wave}", "{name}: {missing} {link}{until}")
    plain = made(words, {})
    assert plain.text == (
        "B Arts: You have answered about 1 of 2, not yet about C Arts. Your personal link is the one we sent you before."
        f" You can answer until {day.day} {day:%B %Y}."
    )
    linked = made(words, {Respondent("b"): "https://x.org/form?token=1.2"})
    assert "https://x.org/form?token=1.2" in linked.text and plain.link == ""
    parts = urlsplit(linked.mailto)
    assert (parts.scheme, parts.path, parse_qs(parts.query)["body"]) == ("mailto", "", [linked.text])
    assert b"'=cmd() Second" in csv.write(messages.frame([linked]))


def test_the_leads_words_and_addresses_are_used_and_a_place_nothing_fills_is_refused(store: Store) -> None:
    """Kept with the programme; ours come back when hers are emptied. An address that could carry more than itself is none."""
    with pytest.raises(InvalidRequest, match="is filled in by nothing; use"):
        messages.keep_words(store, H, MessageWords("x", "Dear {nmae}"))
    messages.keep_words(store, H, MessageWords("Hello", "Dear {name}"))
    assert messages.words(store, H) == MessageWords("Hello", "Dear {name}")
    messages.keep_words(store, H, MessageWords("Hello", " "))
    assert messages.words(store, H) == MessageWords()
    asked(store, "b", "d")
    tables = store.load(H)
    fields = frame("fields", [{"id": "e_mail", "table": "organisations", "label": "E-mail", "type": "text"}])
    cells = {"b": "b@arts.org", "d": "d@x.org?bcc=all@x.org,e@x.org"}
    own = [json.dumps({"e_mail": cells[id]}) if id in cells else None for id in tables.organisations["id"]]
    tables = tables.with_(
        fields=fields, organisations=tables.organisations.with_columns(own_fields=pl.Series(own, dtype=pl.String))
    )
    people = [far(store)[id] for id in "bd"]
    wave, roster = survey.find("w2", survey.waves(tables)), survey.Roster(tables)
    both = messages.messages(store.programme(H), wave, tables, roster, people, [], {}, MessageWords())
    assert [message.to for message in both] == ["b@arts.org", ""] and both[0].mailto.startswith("mailto:b@arts.org?")
