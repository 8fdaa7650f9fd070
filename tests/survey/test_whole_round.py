"""A round from beginning to end: twelve organisations, eighteen people, by workbook, link and another tool's export, until it is
closed and a funder looks; its figures equal those that a script of its own works out from the same answers."""

from __future__ import annotations

import csv
import io
import json
import random
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import openpyxl
import polars as pl
import pytest

from tests.support.frames import frame
from tests.support.paths import ROOT
from wtnet import access, importing, survey
from wtnet.importing import rounds
from wtnet.measures.impact import progress
from wtnet.network import Scope, build
from wtnet.store import Programme, Store
from wtnet.survey import about_itself, respondents
from wtnet.survey.form_workbook import SHEET
from wtnet.tables import Tables
from wtnet.tables.respondents import Respondent

HARBOUR = Programme("harbour", "Harbour")
NAMES = ("Anchor Museum", "Buoy Arts", "Cove Clinic", "Dock Trust", "Ebb House", "Fathom Hall", "Gull Choir", "Haven Surgery",
         "Inlet Archive", "Jetty Gallery", "Keel Carers", "Lagoon Library")  # fmt: skip
IDS = [name.split()[0].lower() for name in NAMES]
ROLES = {"anchor": ("director", "learning team"), "buoy": ("director", "volunteers"), "cove": ("nurses", "desk", "manager")}
BY_EXPORT = ("dock", "ebb", "fathom")
"""Of Dock Trust three people fill in the other tool's form, of the two others one each."""
PILOTS = {"tide": IDS[:6], "shore": IDS[6:]}
QUESTIONS = {"voice": "Do you have an equal voice?", "fair": "Is the work shared fairly?"}
CONTACT = ("yearly", "quarterly", "monthly", "weekly")
LEVEL, OFTEN = "How closely do you work together?", "How often are you in contact?"


def people() -> list[dict[str, Any]]:
    """Who answers what: eighteen people, each about four partners."""
    draw = random.Random(7)
    listed = [(id, role) for id in IDS for role in ROLES.get(id, (None,))]
    listed[listed.index(("dock", None))] = ("dock", "Respondent 1")
    listed += [("dock", "Respondent 2"), ("dock", "Respondent 3")]
    answers = []
    for id, role in listed:
        at = IDS.index(id)
        others = [IDS[(at + step) % 12] for step in (1, 2, 11, 10)]
        about: dict[str, dict[str, Any]] = {}
        for other in others:
            about[other] = {"level": draw.randint(1, 5), "contact": draw.choice(CONTACT)}
            if id not in BY_EXPORT and draw.random() < 0.5:
                about[other]["reliability"] = draw.randint(1, 4)
        itself = {"voice": draw.choice(("yes", "yes", "no")), "fair": str(draw.randint(1, 5))}
        answers.append({"partner": id, "role": role, "about": about, "itself": itself})
    return answers


def programme() -> Tables:
    kinds = ("museum", "community_group", "health_provider")
    partners = [
        {"id": id, "name": name, "kind": kinds[at % 3], "sharing": "public"}
        for at, (id, name) in enumerate(zip(IDS, NAMES, strict=True))
    ]
    ties = [{"id": f"t{at}{step}", "source": IDS[at], "target": IDS[(at + step) % 12]} for at in range(12) for step in (1, 2)]
    share = {"theme": "care", "unit": "%", "method": "share", "better": "higher"}
    asked = [
        {"id": "voice", "wording": QUESTIONS["voice"], "type": "yes_no", "indicator": "equal"},
        {"id": "fair", "wording": QUESTIONS["fair"], "type": "scale", "choices": "never; always", "indicator": "fairness"},
    ]
    return Tables(
        {
            "organisations": frame("organisations", partners),
            "pilots": frame("pilots", [{"id": pilot, "name": pilot.title()} for pilot in PILOTS]),
            "involvements": frame("involvements", [{"pilot": p, "organisation": id} for p, ids in PILOTS.items() for id in ids]),
            "partnerships": frame("partnerships", ties),
            "indicators": frame("indicators", [{"id": "equal", "name": "With an equal voice", **share},
                                               {"id": "fairness", "name": "Who find it fair", **share}]),
            "questions": frame("questions", asked),
            "waves": frame("waves", {"id": "first", "name": "First", "date": date(2025, 1, 1), "purpose": "survey"}),
        }
    )  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The programme before the round, with roles for three of its organisations."""
    with Store(f"sqlite:///{tmp_path_factory.mktemp('round') / 's.db'}") as opened:
        opened.create(HARBOUR, programme(), "Ann", "to begin")
        wave = survey.add(opened, "harbour", "Autumn 2026", date(2026, 10, 1), "Ann")
        respondents.state(opened, "harbour", wave, ROLES, "Ann")
        yield opened


def the_wave(store: Store) -> survey.Wave:
    return survey.find("Autumn 2026", survey.waves(store.load("harbour")))


def returned(store: Store, whose: list[dict[str, Any]]) -> list[tuple[str, bytes]]:
    """The forms of some people as they come back, filled in with a spreadsheet program."""
    tables, wave = store.load("harbour"), the_wave(store)
    chosen = [Respondent(person["partner"], person["role"]) for person in whose]
    made = survey.forms(HARBOUR, survey.Roster(tables), wave, chosen, tables=tables)
    files = []
    with zipfile.ZipFile(io.BytesIO(made.data)) as packed:
        for person in whose:
            name = made.files[Respondent(person["partner"], person["role"])]
            files.append((name, _filled(packed.read(name), person)))
    return files


def _filled(data: bytes, person: dict[str, Any], spoil: str = "") -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet, itself = book[SHEET], book[about_itself.SHEET]
    rows = {str(sheet.cell(row, 1).value).split(" (")[0]: row for row in range(6, sheet.max_row + 1)}
    heads = {str(sheet.cell(5, at).value): at for at in range(1, sheet.max_column + 1)}
    columns = {name: next(at for head, at in heads.items() if part in head) for name, part in
               {"level": "How closely", "contact": "How often", "reliability": "they do what"}.items()}  # fmt: skip
    for other, answers in person["about"].items():
        for name, answer in answers.items():
            shown = next(each.label for each in survey.questions.BY_COLUMN[name].choices if each.value == answer)
            sheet.cell(rows[NAMES[IDS.index(other)]], columns[name]).value = spoil if spoil and name == "level" else shown
            spoil = "" if name == "level" else spoil
    for row in range(2, 12):
        for question, words in QUESTIONS.items():
            if words in str(itself.cell(row, 1).value):
                itself.cell(row, 2).value = person["itself"][question].title()
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def in_words(answers: dict[str, Any], name: str) -> str:
    return survey.answer_text(name, answers.get(name))


def export_of(whose: list[dict[str, Any]]) -> bytes:
    """What Google Forms would write: a row a respondent, a column per question and partner, names a little misspelt in case."""
    about = sorted({other for person in whose for other in person["about"]})
    names = [NAMES[IDS.index(other)] for other in about]
    heads = ["Timestamp", "Your organisation", *(f"{q} [{name}]" for q in (LEVEL, OFTEN) for name in names), *QUESTIONS.values()]
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow(heads)
    for person in whose:
        cells = [in_words(person["about"].get(other, {}), name) for name in ("level", "contact") for other in about]
        writer.writerow(
            ["2026/10/05 9:12:33 AM GMT", NAMES[IDS.index(person["partner"])].upper(), *cells, *person["itself"].values()]
        )
    return target.getvalue().encode()


def run_the_round(store: Store) -> list[dict[str, Any]]:
    """Everything that happens until the round is closed; what was answered in the end."""
    everybody = people()
    by_export = [person for person in everybody if person["partner"] in BY_EXPORT]
    by_form = [person for person in everybody if person["partner"] in ("anchor", "cove", "gull", "haven")]
    by_link = [person for person in everybody if person not in by_export and person not in by_form]
    _forms(store, by_form)
    _links(store, by_link)
    _export(store, by_export)
    survey.decide(store, "harbour", the_wave(store), "Ann", status="closed")
    return everybody


def _forms(store: Store, whose: list[dict[str, Any]]) -> None:
    """One comes back twice, one with a wrong cell that is put right, one that was never sent from here."""
    files = returned(store, whose)
    name, data = files[0]
    wrong = _filled(returned(store, whose[-1:])[0][1], whose[-1], spoil="very, very closely")
    files = [*files[:-1], (f"copy of {name}", data), (files[-1][0], wrong), ("holiday.xlsx", export_of(whose))]
    back = survey.collect(HARBOUR, store.load("harbour"), files, survey.waves(store.load("harbour")))
    assert "it counts once" in " ".join(notice.sentence for notice in back.notices)
    assert len(back.spoilt) == 1 and len(back.forms) == len(whose)
    first = next(iter(whose[-1]["about"].values()))
    right = back.put_right({back.spoilt[0].id: first["level"]})
    survey.accept(store, "harbour", right, store.head("harbour") or 0, "Ann")


def _links(store: Store, whose: list[dict[str, Any]]) -> None:
    """Each answers behind their own link; one comes late, when the link is over, and gets a new one."""
    wave, today = the_wave(store), date.today()
    chosen = [Respondent(person["partner"], person["role"]) for person in whose]
    tokens = survey.make_all(store, "harbour", wave.id, chosen, today + timedelta(days=20))
    late = chosen[-1]
    with pytest.raises(Exception, match="was open until"):
        survey.open_link(store, tokens[late], today + timedelta(days=21))
    tokens |= survey.make_all(store, "harbour", wave.id, [late], today + timedelta(days=40))
    for person, respondent in zip(whose, chosen, strict=True):
        form = survey.open_form(store, survey.open_link(store, tokens[respondent]))
        survey.save(store, form, person["about"], itself=person["itself"])


def _export(store: Store, whose: list[dict[str, Any]]) -> None:
    """The other tool's answers are put in the open round, and its questions known as those that are asked here."""
    before = store.load("harbour")
    files = [("answers.csv", export_of(whose))]
    asked = importing.bring(files, before).asked
    assert [cure.words for cure in asked[0].cures] == ["It is “Autumn 2026”", "Keep a round of its own"]
    result = importing.bring(files, before, cures=asked[0].cures[:1])
    assert not result.checked.problems and not result.asked
    proposal = importing.propose(before, result.checked.tables, False, result.columns).kept
    assert proposal.tables.questions.equals(before.questions) and proposal.tables.waves.equals(before.waves)
    store.commit("harbour", proposal.tables, base=store.head("harbour") or 0, author="Ann", reason="Google Forms")


@pytest.fixture(scope="module")
def closed(store: Store) -> tuple[Tables, dict[str, Any]]:
    """The tables after the round, and what a script of its own says of the same answers."""
    answered = run_the_round(store)
    given = json.dumps({"people": answered, "pilots": PILOTS})
    script = ROOT / "tests" / "support" / "recount_round.py"
    counted = subprocess.run([sys.executable, "-I", str(script)], input=given, capture_output=True, text=True, check=True)
    return store.load("harbour"), json.loads(counted.stdout)


def test_every_answer_of_the_eighteen_is_there_once(closed: tuple[Tables, dict[str, Any]]) -> None:
    tables, _ = closed
    assert len(people()) == 18 and tables.organisations.height == 12
    assert tables.ratings.select("rater", "respondent_role").unique().height == 18
    assert tables.ratings.height == 18 * 4 and tables.answers.height == 18 * 2


def test_strengths_equal_those_of_the_script(closed: tuple[Tables, dict[str, Any]]) -> None:
    tables, counted = closed
    network = build(tables, Scope(wave="autumn-2026"))
    strengths = {f"{min(a, b)} {max(a, b)}": s for a, b, s in network.ties.select("source", "target", "strength").iter_rows()}
    assert strengths == pytest.approx(counted["strengths"], abs=1e-9)
    assert network.ties["strength"].mean() == pytest.approx(counted["mean"], abs=1e-9)


def test_indicators_equal_those_of_the_script_and_say_where_they_come_from(closed: tuple[Tables, dict[str, Any]]) -> None:
    """For the whole programme and each pilot: share, n, and the words that it is from the survey."""
    tables, counted = closed
    rows = tables.results.filter(pl.col("wave") == "autumn-2026")
    made = {(row["question"], row["pilot"] or ""): (row["value"], row["n"]) for row in rows.iter_rows(named=True)}
    wanted = {(q, pilot): tuple(cell) for q, cuts in counted["indicators"].items() for pilot, cell in cuts.items()}
    assert set(made) == set(wanted)
    assert all(made[key] == (pytest.approx(value), n) for key, (value, n) in wanted.items())
    assert rows["evidence"].str.starts_with("From the survey").all()


def test_a_funder_sees_the_round_and_nobody_s_answer(closed: tuple[Tables, dict[str, Any]]) -> None:
    """The same indicators or the word, the same number of partnerships; no rating, role or answer."""
    tables, counted = closed
    seen = access.redact(tables, "public")
    assert seen.ratings.is_empty() and seen.answers.is_empty() and seen.asked.is_empty()
    assert build(seen, Scope(wave="autumn-2026")).ties.height == counted["ties"]
    hers = progress.progress(tables, "autumn-2026")
    theirs = progress.progress(seen, "autumn-2026", access.cells(tables, "public"))
    for mine, other in zip(hers.iter_rows(named=True), theirs.iter_rows(named=True), strict=True):
        assert other["latest"] in (mine["latest"], None) and (
            other["latest"] is not None or other["latest_shown"] or not mine["latest"]
        )
    given = io.StringIO()
    for name in seen:
        seen[name].select(pl.col(pl.String)).write_csv(given)
    assert not any(role in given.getvalue() for role in ("learning team", "nurses", "Respondent 2"))


def test_a_round_that_is_not_there_and_a_file_without_answers_are_refused(store: Store) -> None:
    tables = store.load("harbour")
    result = importing.bring([("answers.csv", export_of(people()[-3:]))], tables)
    with pytest.raises(Exception, match="There is no round “Spring”"):
        rounds.named(result.raw, tables, "Spring")
    plain = importing.bring([("ties.csv", b"source,target\nAnchor Museum,Buoy Arts\n")], tables)
    with pytest.raises(Exception, match="None of these files"):
        rounds.named(plain.raw, tables, "First")
