"""The right to be forgotten: who a person was is nowhere any more, in no revision, backup or file, and every count stays."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from tests.support import exports, prepared
from tests.support.frames import frame
from wtnet import writers
from wtnet.access import erasure
from wtnet.errors import InvalidRequest
from wtnet.importing import SHIPPED_IDS, first_start, put_away
from wtnet.measures import catalogue
from wtnet.network import answers, build, waves_in_order
from wtnet.store import Programme, Store
from wtnet.tables import Tables

PERSON = "robin-larkmead"
NAME = "Robin Larkmead"
COUNTS = ("partners", "ties", "cross_sector_share", "response_rate")


@cache
def _example() -> Tables:
    """The example, with the person's name where it may stand: texts, notes, steps, a quote, a comment, an id."""
    _, data = exports.shipped("example")
    pilots = data.pilots.with_columns(description=pl.lit(f"Begun by {NAME} in Harrow Quay."))
    quote = {
        "id": f"q-{PERSON}",
        "organisation": PERSON,
        "text": "I, of all people",
        "attribution": "A sculptor",
        "sharing": "public",
    }
    other = {"id": "q-other", "pilot": data.pilots["id"][0], "text": "ROBIN  LARKMEAD was kind", "sharing": "public"}
    return data.with_(
        pilots=pilots,
        quotes=pl.concat([data.quotes, frame("quotes", [quote, other])]),
        notes=frame("notes", [{"id": "n1", "organisation": PERSON, "text": "call"}]),
        next_steps=frame(
            "next_steps", [{"id": "s1", "what": f"Thank {NAME}"}, {"id": "s2", "what": "x", "organisation": PERSON}]
        ),
    )


@pytest.fixture
def tables() -> Tables:
    return _example()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Two revisions, a description that names the person, a story, an arrangement."""
    with prepared.copied(tmp_path / "a.db", _filled) as store:
        yield store


def _filled(store: Store) -> None:
    tables = _example()
    first = store.create(Programme("p", f"With {NAME}"), tables, NAME, f"{NAME} asked", "create")
    renamed = tables.organisations.with_columns(
        name=pl.when(pl.col("id") == PERSON).then(pl.lit("Robin L. Oldname")).otherwise("name")
    )
    store.commit("p", tables.with_(organisations=renamed), base=first.id, author="Ada", reason="x", kind="edit")
    store.describe("p", {"source": f"Told by {NAME}"}, author="Ada", reason="x")
    store.describe("p", {"source": "Our own"}, author="Ada", reason="x")
    store.remember("story:p:one", {"title": f"{NAME}'s year", "about": PERSON})
    store.arrange("p", {PERSON: (1.0, 2.0)})


def counts(data: Tables) -> list[object]:
    """Numbers of every wave: rows, partners, ties and who answered."""
    numbers: list[object] = [data[name].height for name in ("organisations", "partnerships", "ratings", "quotes", "involvements")]
    for wave in waves_in_order(data):
        network = build(data, replace(exports.of(data).network.scope, wave=wave))
        numbers += [catalogue.whole(network, COUNTS)[name] for name in COUNTS] + [sum(answers(data, wave).values())]
    return numbers


def test_nothing_of_the_person_is_left_in_any_revision_or_beside_it(store: Store, tmp_path: Path) -> None:
    """Not in the database's own file, nor in a backup: names (the former one too), id, answers, notes, words."""
    before = counts(store.load("p"))
    revision = erasure.erase(store, "p", PERSON, "Ada")
    assert (revision.kind, revision.summary) == ("erase", "1 person erased from every revision")
    assert counts(store.load("p")) == before
    store.backup(tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as packed:
        kept = "\n".join(packed.read(name).decode().lower() for name in packed.namelist())
    store.close()
    files = [file.read_bytes().lower() for file in tmp_path.glob("a.db*")]
    for word in ("larkmead", "oldname", "i, of all people", "a sculptor"):
        assert word not in kept, word
        assert not any(word.encode() in file for file in files), word


def test_every_revision_opens_and_says_nothing_but_that_somebody_was_there(store: Store) -> None:
    """One erased person in each; ratings from and about them hold no answer; notes and steps about them are gone."""
    erasure.erase(store, "p", PERSON, "Ada")
    for revision in store.history("p"):
        data = store.load("p", revision.id)
        gone = data.organisations.filter(pl.col("name") == "A person who was erased")
        assert gone.height == 1 and gone["place"][0] is None and gone["kind"][0] == "freelancer"
        own = data.ratings.filter((pl.col("rater") == gone["id"][0]) | (pl.col("partner") == gone["id"][0]))
        assert own.height and set(own["level"].drop_nulls()) <= {0} and own["comment"].null_count() == own.height
        assert data.notes.is_empty() and data.next_steps["what"].to_list() == ["Thank A person who was erased"]


def test_nobody_brings_the_person_back_by_undo_or_by_an_old_file(store: Store, tables: Tables) -> None:
    """Undo goes past the erasure; tables with the old id are refused, and nothing is stored."""
    erasure.erase(store, "p", PERSON, "Ada")
    head = store.head("p") or 0
    with pytest.raises(InvalidRequest, match="erased from this programme"):
        store.commit("p", tables, base=head, author="Ben", reason="import")
    assert store.head("p") == head
    back = store.undo("p", "Ada")
    assert back.kind == "undo" and "larkmead" not in str(store.load("p").organisations.to_dicts()).lower()


def test_a_file_given_out_afterwards_has_the_counts_and_not_the_name(store: Store) -> None:
    """The workbook, and what the lead sees of an earlier revision."""
    first = store.history("p")[-1].id
    erasure.erase(store, "p", PERSON, "Ada")
    export = writers.prepare(store.programme("p"), store.load("p", first), made=exports.DAY)
    assert b"larkmead" not in writers.write("csv", export).lower()
    assert "larkmead" not in str([store.programme("p"), store.history("p"), store.settings("story:")]).lower()


def test_a_partner_called_after_the_person_keeps_its_name_and_is_named_for_the_lead(tables: Tables, tmp_path: Path) -> None:
    """ "Robin Larkmead Studio" is another partner: it stays, and is listed."""
    studio = frame("organisations", [{"id": "studio", "name": f"{NAME} Studio", "kind": "supplier"}])
    store = Store(f"sqlite:///{tmp_path / 's.db'}")
    store.create(Programme("p", "P"), tables.with_(organisations=pl.concat([tables.organisations, studio])), "Ada", "x")
    assert erasure.left(store, "p", PERSON) == [f"{NAME} Studio"]
    erasure.erase(store, "p", PERSON, "Ada")
    assert f"{NAME} Studio" in store.load("p").organisations["name"].to_list()


def test_a_programme_is_deleted_whole_and_its_neighbour_stays(store: Store, tables: Tables, tmp_path: Path) -> None:
    """No row, revision, story or arrangement of it is left; a backup made before brings it back."""
    store.create(Programme("q", "Other"), tables, "Ada", "x")
    store.backup(tmp_path / "before.zip", "p")
    store.delete("p")
    assert [programme.id for programme in store.programmes()] == ["q"]
    assert store.settings("story:p") == {} and store.load("q") == tables
    store.backup(tmp_path / "after.zip")
    with zipfile.ZipFile(tmp_path / "after.zip") as packed:
        assert not any(b'"programme": "p"' in packed.read(name) for name in packed.namelist())
    with pytest.raises(InvalidRequest):
        store.delete("p")
    other = Store(f"sqlite:///{tmp_path / 'c.db'}")
    other.restore_backup(tmp_path / "before.zip")
    assert [programme.id for programme in other.programmes()] == ["p"]


def test_samples_that_were_put_away_do_not_come_back(tmp_path: Path) -> None:
    """Not even into a store that is empty then; a new store has them."""
    store = Store(f"sqlite:///{tmp_path / 'd.db'}")
    assert first_start(store)
    for id in SHIPPED_IDS:
        put_away(store, id)
    assert store.programmes() == [] and not first_start(store)


def test_a_result_that_is_the_person_s_one_answer_goes_and_one_of_two_stays(tmp_path: Path) -> None:
    """In every revision: a mean of one answer would tell it."""
    asked = {"wording": "An equal voice?", "type": "yes_no"}
    data = Tables(
        {
            "organisations": frame("organisations", [{"id": "m", "name": "Museum", "kind": "museum"},
                                                     {"id": "fay", "name": "Fay Reed", "kind": "freelancer"}]),
            "waves": frame("waves", {"id": "w", "name": "W", "date": date(2025, 1, 1)}),
            "indicators": frame("indicators", [{"id": i, "theme": "care", "name": i, "unit": "%"} for i in ("alone", "both")]),
            "questions": frame("questions", [{"id": f"q-{i}", "indicator": i, **asked} for i in ("alone", "both")]),
            "answers": frame("answers", [{"wave": "w", "organisation": who, "question": q, "value": "yes"}
                                         for who, q in (("fay", "q-alone"), ("fay", "q-both"), ("m", "q-both"))]),
        }
    )  # fmt: skip
    with Store(f"sqlite:///{tmp_path / 's.db'}") as store:
        first = store.create(Programme("p", "P"), data, "Ann", "x")
        before = store.load("p", first.id).results.select("indicator", "value", "n").rows()
        assert before == [("alone", 100.0, 1), ("both", 100.0, 2)]
        erasure.erase(store, "p", "fay", "Ann")
        for revision in (first.id, store.head("p")):
            assert store.load("p", revision).results.select("indicator", "value", "n").rows() == [
                ("alone", None, 1),
                ("both", 100.0, 2),
            ]
