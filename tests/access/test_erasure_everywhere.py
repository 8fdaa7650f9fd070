"""The right to be forgotten reaches whatever a programme keeps: findings, activities, steps, notes, own fields, saved views."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from tests.support.frames import frame
from wtnet.access import erasure
from wtnet.errors import InvalidRequest
from wtnet.store import Programme, Store
from wtnet.store.erasure import NAME
from wtnet.survey import links
from wtnet.survey.suggestions import Suggestion, amendments, settle, undecided
from wtnet.tables import Tables, own

ID, PERSON = "robin-larkmead", 'Robin "Rob" Larkmead'
SAID = "Robin Larkmead"


def _tables() -> Tables:
    fields = own.encode({"contact": SAID, "met_by_robin_larkmead": "yes", "size": "3"})
    return Tables(
        {
            "organisations": frame(
                "organisations",
                {"id": ID, "name": PERSON, "kind": "freelancer", "own_fields": own.encode({"contact": "robin@larkmead.example"})},
                {"id": "x", "name": "Harbour Arts", "kind": "arts_organisation", "own_fields": fields},
                {"id": "y", "name": "Tide", "kind": "museum", "own_fields": own.encode({"contact": PERSON})},
            ),
            "fields": frame(
                "fields",
                {"table": "organisations", "id": "contact", "label": "Contact", "type": "text"},
                {"table": "organisations", "id": "met_by_robin_larkmead", "label": f"Met by {SAID}", "type": "yes_no"},
                {"table": "organisations", "id": "size", "label": "Size", "type": "number"},
            ),
            "waves": frame("waves", {"id": "w", "name": "W", "date": date(2025, 1, 1)}),
            "activities": frame(
                "activities",
                {"id": "talk-by-robin-larkmead", "name": f"Talk by {SAID}", "description": f"{SAID} spoke", "people": 30},
                {"id": "day", "name": "Day", "people": 9},
            ),
            "attendances": frame(
                "attendances",
                {"activity": "talk-by-robin-larkmead", "organisation": "x", "people": 2},
                {"activity": "talk-by-robin-larkmead", "organisation": ID, "role": "speaks", "people": 1},
                {"activity": "day", "organisation": "x", "people": 1},
            ),
            "findings": frame(
                "findings",
                {"id": "robin-larkmead-left", "theme": "care", "statement": f"{SAID} left", "evidence": f"Told by {SAID}"},
                {"id": "f2", "theme": "care", "statement": "They moved", "organisation": ID, "confirmed_by": SAID},
                {"id": "f3", "theme": "care", "statement": "Both grew", "organisation": "x", "other": ID, "significance": "Much"},
            ),
            "confirmations": frame(
                "confirmations",
                {"finding": "f2", "organisation": ID, "answer": "no", "comment": "I, of all people"},
                {"finding": "robin-larkmead-left", "organisation": "x", "answer": "fully", "comment": f"So says {SAID}"},
            ),
            "asked": frame(
                "asked",
                {"wave": "w", "organisation": "x", "respondent_role": f"Director {SAID}"},
                {"wave": "w", "organisation": "x", "respondent_role": SAID.lower()},
                {"wave": "w", "organisation": "x", "respondent_role": "learning team"},
            ),
            "ratings": frame(
                "ratings",
                {"wave": "w", "rater": "x", "partner": "y", "respondent_role": f"Director {SAID}", "level": 5},
                {"wave": "w", "rater": "x", "partner": "y", "respondent_role": SAID.lower(), "level": 1},
            ),
            "next_steps": frame(
                "next_steps",
                {"id": "s1", "what": "Ask about the lease", "organisation": "x", "who": SAID},
                {"id": "s2", "what": "Call them back", "organisation": "x", "partner": ID},
            ),
            "notes": frame(
                "notes",
                {"id": "n1", "organisation": "x", "text": f"{SAID} rang"},
                {"id": "n2", "organisation": "x", "partner": ID, "text": "quarrelled"},
            ),
        }
    )


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(f"sqlite:///{tmp_path / 'a.db'}")
    store.create(Programme("p", "P"), _tables(), "Ada", "x")
    view = {"page": "partners", "choices": {"partner": [ID], "select": [f"tie:x~{ID}"], "find": ["larkmead"], "kind": ["museum"]}}
    link = {"programme": "p", "wave": "w", "partner": "x", "until": "2025-02-01", "hash": "0", "role": f"Director {SAID}"}
    store.remember("survey-link:0123456789abcdef", link)
    missed = Suggestion("w", "x", f"{SAID} and friends", role=SAID.lower())
    store.commit("p", _tables(), base=1, author="x", reason="x", also=amendments("p", [missed]))
    store.remember("views:p", {f"{SAID} alone": view, "Museums": {"page": "partners", "choices": {"kind": ["museum"]}}})
    return store


def test_nothing_of_the_person_is_left_in_any_table_or_saved_view(store: Store, tmp_path: Path) -> None:
    """Ids made from a text with the name among them; the database's own file and a backup are looked through whole."""
    erasure.erase(store, "p", ID, "Ada")
    store.backup(tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as packed:
        kept = "\n".join(packed.read(name).decode().lower() for name in packed.namelist())
    settings = str([store.settings(name) for name in ("views:p", "survey-")]).lower()
    store.close()
    files = [file.read_bytes().lower() for file in tmp_path.glob("a.db*")]
    for word in ("larkmead", "i, of all people", "quarrelled", "call them back", "they moved"):
        assert word not in settings, word
        assert word not in kept, (word, kept[max(0, kept.find(word) - 300) : kept.find(word) + 80])
        assert not any(word.encode() in file for file in files), word


def test_one_of_a_partners_people_whose_role_is_a_name_is_erased_by_it(store: Store) -> None:
    """From every revision, with the name in texts, the history's authors and links; other roles and answers stay."""
    rows = {"wave": "w", "rater": "y", "partner": "x", "level": 3}
    named = [{**rows, "respondent_role": "Jane Doe"}, {**rows, "respondent_role": "jane's deputy"}, rows]
    head = store.head("p") or 0
    store.commit("p", _tables().with_(ratings=frame("ratings", named)), base=head, author="Tide (Jane Doe)", reason="x")
    assert erasure.respondents(store, "p") == ["Jane Doe"] and erasure.left(store, "p", "Jane Doe") == []
    erasure.erase(store, "p", "Jane Doe", "Ada")
    assert store.load("p").ratings["respondent_role"].to_list() == [NAME, "jane's deputy", None]
    assert "Jane Doe" not in str([store.history("p"), erasure.respondents(store, "p")])
    with pytest.raises(InvalidRequest, match="no such partner"):
        erasure.erase(store, "p", "Jane Doe", "Ada")


def test_what_is_not_the_persons_stays_with_its_counts(store: Store) -> None:
    """Who took part, how many it reached, what others said, other fields and views."""
    before = store.load("p")
    erasure.erase(store, "p", ID, "Ada")
    after = store.load("p")
    for table in ("organisations", "activities", "attendances", "findings", "confirmations", "fields"):
        assert after[table].height == before[table].height, table
    assert after.activities["people"].to_list() == [30, 9]
    joined = after.attendances.join(after.activities.select(activity="id"), on="activity", how="semi")
    assert joined.height == 3 and after.attendances.filter(pl.col("organisation") == "x").height == 2
    assert after.confirmations.join(after.findings.select(finding="id"), on="finding", how="semi").height == 2
    assert sorted(after.confirmations["answer"].to_list(), key=str) == [None, "fully"], "what the person answered is gone"
    assert after.next_steps.select("what", "who").rows() == [("Ask about the lease", NAME)]
    assert after.notes["text"].to_list() == [f"{NAME} rang"]
    assert own.decode(after.organisations.filter(pl.col("id") == "x")["own_fields"][0])["size"] == "3"
    roles = [NAME, f"{NAME} 2"]
    assert after.asked["respondent_role"].to_list() == [*roles, "learning team"], "two people stay two"
    assert after.ratings.select("respondent_role", "level").rows() == [(roles[0], 5), (roles[1], 1)]
    assert links(store, "p")[0].role == roles[0]
    [missed] = undecided(store, "p")
    settle(store, "p", missed)
    assert (missed.role, undecided(store, "p")) == (roles[1], ())
    declared = set(after.fields["id"])
    assert all(set(own.decode(cell)) <= declared for cell in after.organisations["own_fields"])
    views = store.settings("views:p")["views:p"]
    assert views["Museums"] == {"page": "partners", "choices": {"kind": ["museum"]}} and len(views) == 2
