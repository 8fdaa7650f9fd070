"""The forms of a survey: whom they ask about, what stands on them, and what comes back; nothing else is ever touched."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from tests.support.frames import frame
from wtnet import survey
from wtnet.errors import InvalidRequest, UnreadableFile
from wtnet.store import ConflictError, Programme, Store
from wtnet.survey.code import code, find_code
from wtnet.survey.form_workbook import FREE_ROWS, MARK, SHEET
from wtnet.survey.questions import BY_COLUMN, parse_answer
from wtnet.survey.waves import Wave
from wtnet.tables import Tables
from wtnet.tables.derived import once
from wtnet.tables.respondents import Respondent
from wtnet.tables.schema import words

HARBOUR = Programme("harbour", "Harbour")
HOSTILE = [
    "=cmd|' /C calc'!A0",
    "+1+1",
    "@SUM(A1)",
    "-2",
    "'=quoted",
    "<script>alert(1)</script>",
    "مستشفى",
    "🏛️" * 40,
    "../../etc/passwd",
    "CON",
    "x" * 1_900,
    "tab\tand\nline\x07bell",
]
FIRST = 6
"""The row of the first partner on a form."""


def partners(*names: str, **sharing: str) -> pl.DataFrame:
    ids = [f"p{n}" for n in range(len(names))]
    return frame(
        "organisations",
        [{"id": id, "name": name, "kind": "museum", "sharing": sharing.get(id)} for id, name in zip(ids, names, strict=True)],
    )


def rating(wave: str, rater: str, partner: str, **said: Any) -> dict[str, Any]:
    return {"wave": wave, "rater": rater, "partner": partner, **said}


@pytest.fixture(scope="module")
def tables() -> Tables:
    """Six partners: p0 has rated p1, p2 has rated p0, p0–p3 is documented, p4 shares a pilot with p0, p5 has no tie."""
    return Tables(
        {
            "organisations": partners("Anchor", "Buoy", "Cove", "Dock", "Ebb", "Fish & Chips"),
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
                    rating("w1", "p0", "p1", level=3, contact="weekly", reliability=4, comment="good"),
                    rating("w1", "p2", "p0", level=1),
                    rating("w2", "p1", "p0", level=5, comment="SECRET WORDS"),
                ],
            ),
            "partnerships": frame("partnerships", [{"id": "d", "source": "p3", "target": "p0", "level": 2}]),
            "pilots": frame("pilots", [{"id": "q", "name": "Q", "lead": "p4"}]),
            "involvements": frame("involvements", [{"pilot": "q", "organisation": "p0"}]),
        }
    )


def waves(tables: Tables) -> tuple[Wave, ...]:
    return survey.waves(tables)


def made(
    tables: Tables, wave: str = "w2", programme: Programme = HARBOUR, **more: Any
) -> tuple[survey.FormBundle, dict[str, bytes]]:
    """The forms of a wave, and the bytes of each partner's; those of the same tables are made once."""
    named = (programme, wave, *sorted(more.items()))
    return once(tables, ("forms of tests", *named), lambda: _made(tables, wave, programme, **more))


def _made(tables: Tables, wave: str, programme: Programme, **more: Any) -> tuple[survey.FormBundle, dict[str, bytes]]:
    found = survey.forms(programme, survey.Roster(tables), survey.find(wave, waves(tables)), **more)
    with zipfile.ZipFile(io.BytesIO(found.data)) as packed:
        return found, {partner: packed.read(name) for (partner, _), name in found.files.items()}


def opened(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def filled(data: bytes, fill: Callable[[Any], None]) -> bytes:
    """A form as somebody fills it in and saves it."""
    book = opened(data)
    fill(book[SHEET])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def line(sheet: Any, name: str) -> int:
    return next(row for row in range(FIRST, sheet.max_row + 1) if sheet.cell(row, 1).value == name)


def says(name: str, *answers: Any) -> Callable[[Any], None]:
    """Answer about one partner: level, contact, …, as far as given."""

    def fill(sheet: Any) -> None:
        row = line(sheet, name)
        for at, answer in enumerate(answers, 3):
            sheet.cell(row, at).value = answer

    return fill


def missed(name: str, *answers: Any, note: str | None = None) -> Callable[[Any], None]:
    def fill(sheet: Any) -> None:
        row = sheet.max_row - FREE_ROWS + 1
        sheet.cell(row, 1).value, sheet.cell(row, 2).value = name, note
        for at, answer in enumerate(answers, 3):
            sheet.cell(row, at).value = answer

    return fill


def collect(tables: Tables, *files: tuple[str, bytes], **more: Any) -> survey.FormCollection:
    return survey.collect(HARBOUR, tables, list(files), waves(tables), **more)


def sentences(problems: tuple[Any, ...]) -> str:
    return "\n".join(one.sentence for one in problems)


# -- degenerate programmes ------------------------------------------------------------------------------------------------


def test_a_programme_without_partners_has_no_forms_and_says_so() -> None:
    """There is nobody to ask: a sentence with what to do, no empty zip."""
    with pytest.raises(InvalidRequest, match="no partners to ask yet"):
        survey.forms(HARBOUR, survey.Roster(Tables()), Wave("w", "W", None))


def test_one_partner_alone_gets_a_form_with_only_lines_to_fill_in() -> None:
    """Nobody is known to work with it: the form has no list to choose from but takes names, and a notice says so."""
    alone = Tables({"organisations": partners("Alone"), "waves": frame("waves", [{"id": "w", "name": "W"}])})
    found, forms = made(alone, "w")
    assert "Nobody is known to work with Alone" in found.notices[0]
    back = collect(alone, ("a.xlsx", filled(forms["p0"], missed("Somebody", 2))))
    assert not back.problems and not back.proposal.any
    assert back.missing[0].name == "Somebody" and back.missing[0].answers == {"level": 2}


def test_partners_without_any_tie_can_choose_everybody_else(tables: Tables) -> None:
    """No ties: nobody is asked about, everybody may be chosen."""
    bare = Tables({"organisations": tables.organisations, "waves": tables.waves})
    roster = survey.Roster(bare)
    assert roster.asked_about("p0") == ()
    assert roster.to_choose("p0") == ("p1", "p2", "p3", "p4", "p5")


def test_a_programme_without_answers_has_no_response_rate() -> None:
    """Nobody asked, nobody answered: the rate is unknown, not 0."""
    found = survey.status(Tables(), Wave("w", "W", None), survey.Roster(Tables()))
    assert (found.asked, found.rate, found.known) == ((), None, False)


def test_no_files_at_all_is_said(tables: Tables) -> None:
    """Bringing back nothing is a sentence."""
    with pytest.raises(InvalidRequest, match="No file was chosen"):
        collect(tables)


# -- whom a form asks about -----------------------------------------------------------------------------------------------


def test_a_form_asks_about_those_rated_by_either_side_documented_or_in_a_shared_pilot(tables: Tables) -> None:
    """Whom it rated, who rated it, a documented tie, a shared pilot (its lead included); not those without a tie, nor itself."""
    roster = survey.Roster(tables)
    assert roster.asked_about("p0") == ("p1", "p2", "p3", "p4")
    assert roster.to_choose("p0") == ("p5",)
    assert roster.asked_about("p5") == ()


def test_a_private_partner_is_named_only_to_those_who_have_rated_it(tables: Tables) -> None:
    """p1 shares its name with nobody: p0, who rated it, is asked about it; nobody else sees or can choose it."""
    private = tables.with_(organisations=partners("Anchor", "Buoy", "Cove", "Dock", "Ebb", "Fish & Chips", p1="private"))
    roster = survey.Roster(private)
    assert "p1" in roster.asked_about("p0")
    for other in ("p2", "p3", "p4", "p5"):
        assert "p1" not in roster.may_rate(other)
    found, forms = made(private)
    assert "Buoy" in found.notices[-1]
    for other in ("p2", "p3", "p4", "p5"):
        book = opened(forms[other])
        assert not any(cell == "Buoy" for sheet in book for row in sheet.values for cell in row)


def test_partners_of_one_name_are_told_apart(tables: Tables) -> None:
    """Same name, other place or none: the label adds the place, else the id, whatever the capitals."""
    same = partners("Arts", "ARTS", "Arts").with_columns(place=pl.Series(["Hull", "York", "York"]))
    roster = survey.Roster(Tables({"organisations": same}))
    assert len({roster.label(one).casefold() for one in roster.partners}) == 3


# -- the workbook ---------------------------------------------------------------------------------------------------------


def test_a_form_reads_in_a_spreadsheet_with_drop_downs_consent_code_and_locked_structure(tables: Tables) -> None:
    """Re-read with openpyxl: names locked, answers not, a list behind each scale, the words of the levels, one code."""
    _, forms = made(tables)
    book = opened(forms["p0"])
    sheet = book[SHEET]
    assert sheet.protection.sheet and sheet["A6"].protection.locked and not sheet["C6"].protection.locked
    assert [sheet.cell(row, 1).value for row in range(FIRST, FIRST + 4)] == ["Buoy", "Cove", "Dock", "Ebb"]
    assert all(sheet.cell(row, at).value is None for row in range(FIRST, FIRST + 4) for at in range(3, 12))
    assert find_code(sheet["A2"].value) == code("harbour", "w2", "p0")
    assert "agree" in sheet["A4"].value
    lists = {one.formula1 for one in sheet.data_validations.dataValidation}
    assert {"Choices!$A$1:$A$6", "Choices!$B$1:$B$6", "Choices!$C$1:$C$4"} <= {one.lstrip("=") for one in lists}
    choices = [row[0] for row in book["Choices"].values]
    assert choices[3].startswith("3 Coordination: ")
    assert [one.sheet_state for one in book] == ["visible", "hidden", "veryHidden"]


def test_no_answer_of_anybody_stands_on_a_form(tables: Tables) -> None:
    """Neither what the partner itself nor what the other side said is in any form, on no sheet, in no part of the file."""
    _, forms = made(tables)
    for data in forms.values():
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            text = b"".join(packed.read(name) for name in packed.namelist())
        assert b"SECRET WORDS" not in text
        assert all(
            cell.value is None for row in opened(data)[SHEET].iter_rows(min_row=FIRST, min_col=3, max_col=11) for cell in row
        )


def test_forms_are_the_same_to_the_byte_each_time(tables: Tables) -> None:
    """Made twice, the zip is the same."""
    assert made(tables)[0].data == _made(tables, "w2", HARBOUR)[0].data


def test_hostile_names_are_text_in_forms_and_files_and_come_back_as_themselves() -> None:
    """Names like formulas, markup, paths, other scripts, very long: never a formula, safe file names, all recognised again."""
    hostile = Tables(
        {
            "organisations": partners(*HOSTILE),
            "waves": frame("waves", [{"id": "=w", "name": "=1+1", "date": date(2024, 1, 1)}]),
            "ratings": frame("ratings", [rating("=w", f"p{n}", f"p{m}", level=1) for n in range(12) for m in range(6) if n != m]),
        }
    )
    programme = Programme("=p", "=HYPERLINK(1)")
    found = survey.forms(programme, survey.Roster(hostile), survey.find("=w", waves(hostile)))
    assert len({name.casefold() for name in found.files.values()}) == len(HOSTILE)
    assert all(not set(name) & set('/\\:*?"<>|\n') and len(name) < 120 for name in found.files.values())
    with zipfile.ZipFile(io.BytesIO(found.data)) as packed:
        forms = {partner: packed.read(name) for (partner, _), name in found.files.items()}
    for data in forms.values():
        for sheet in opened(data):
            for row in sheet.iter_rows():
                for cell in row:
                    assert cell.data_type != "f"
                    assert not str(cell.value or "").startswith(("=", "+", "-", "@")), cell.value

    def everything(sheet: Any) -> None:
        for row in range(FIRST, FIRST + 6):
            sheet.cell(row, 3).value = 4
        chosen = [row[8] for row in sheet.parent["Choices"].values if row[8]]
        for at, name in enumerate(chosen[:FREE_ROWS]):
            sheet.cell(sheet.max_row - FREE_ROWS + 1 + at, 1).value = name
            sheet.cell(sheet.max_row - FREE_ROWS + 1 + at, 3).value = 2

    back = survey.collect(programme, hostile, [("a.xlsx", filled(forms["p6"], everything))], waves(hostile))
    assert not back.problems, sentences(back.problems)
    assert not back.missing
    assert set(back.forms[0].answers) == {f"p{n}" for n in range(12) if n != 6}


# -- what comes back ------------------------------------------------------------------------------------------------------


def test_answers_go_into_their_own_wave_and_under_their_own_rater_alone(tables: Tables) -> None:
    """p0 answers for the second wave: the first wave and every other rater stay exactly as they were."""
    _, forms = made(tables)
    label = BY_COLUMN["level"].choices[4].label
    done = filled(forms["p0"], says("Buoy", label, "About once a week", "4 A great deal", 3, "2", None, None, None, "Well"))
    back = collect(tables, ("anything.xlsx", done))
    assert not back.problems
    after = back.proposal.tables.ratings
    mine = (pl.col("wave") == "w2") & (pl.col("rater") == "p0")
    assert after.filter(~mine).equals(tables.ratings)
    assert after.filter(mine).to_dicts() == [
        {
            "wave": "w2",
            "rater": "p0",
            "partner": "p1",
            "respondent_role": None,
            "level": 4,
            "contact": "weekly",
            "reliability": 4,
            "mission": 3,
            "openness": 2,
            "influence": None,
            "involvement": None,
            "resources": None,
            "comment": "Well",
            "own_fields": None,
        }
    ]
    assert [name for name, change in back.proposal.changes.items() if change.any] == ["ratings"]
    assert "3 lines are empty" in sentences(back.notices)


def test_what_a_form_leaves_empty_stays_as_it_was(tables: Tables) -> None:
    """An earlier answer in the same wave is replaced where the form answers, and kept where it does not."""
    _, forms = made(tables, "w1")
    back = collect(tables, ("a.xlsx", filled(forms["p0"], says("Buoy", 5))))
    row = back.proposal.tables.ratings.row(0, named=True)
    assert (row["level"], row["contact"], row["reliability"], row["comment"]) == (5, "weekly", 4, "good")
    assert back.proposal.in_words() == ["Anchor on Buoy (First): level 3 → 5"]
    assert "had answered before; 1 of those" in sentences(back.notices)


def test_many_forms_come_back_as_a_zip_a_folder_or_files_at_once(tables: Tables, tmp_path: Path) -> None:
    """Two answered forms in a zip in a folder, one beside it, with stray files: all recognised whatever they are called."""
    _, forms = made(tables)
    one, two, three = (filled(forms[id], says(name, 2)) for id, name in (("p0", "Buoy"), ("p1", "Anchor"), ("p2", "Anchor")))
    with zipfile.ZipFile(tmp_path / "returned.zip", "w") as packed:
        packed.writestr("inbox/one.xlsx", one)
        packed.writestr("inbox/two (1).xlsx", two)
        packed.writestr("__MACOSX/inbox/._one.xlsx", b"x")
    (tmp_path / "deeper").mkdir()
    (tmp_path / "deeper" / "three.xlsx").write_bytes(three)
    (tmp_path / "letter.txt").write_text("Dear all")
    (tmp_path / "~$three.xlsx").write_bytes(b"lock")
    back = collect(tables, *survey.from_paths([tmp_path]))
    assert not back.problems
    assert {form.rater for form in back.forms} == {"p0", "p1", "p2"}
    assert [notice.file for notice in back.notices if notice.rule == "not_a_form"] == ["letter.txt"]


def test_all_forms_as_they_were_sent_change_nothing(tables: Tables) -> None:
    """The zip brought back unfilled: nobody answered, which is said of each; nothing would change."""
    found, _ = made(tables)
    back = collect(tables, ("forms.zip", found.data))
    assert not back.proposal.any and not back.forms and not back.problems
    assert {notice.rule for notice in back.notices} == {"empty"}


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda sheet: setattr(sheet["C5"], "value", "Level"), "the headings were changed; “How closely you work together”"),
        (lambda sheet: sheet.delete_rows(5), "the headings were changed"),
        (lambda sheet: setattr(sheet["A2"], "value", "WT1-AAAA-AAAA-AAAA-AAAA"), "shows the code WT1-AAAA"),
    ],
)
def test_a_form_whose_shape_was_changed_is_set_aside_whole(tables: Tables, spoil: Callable[[Any], None], words: str) -> None:
    """Which cell answers what is not known any more: it contributes nothing, and the good one beside it can be accepted."""
    _, forms = made(tables)
    bad = filled(forms["p0"], lambda sheet: (says("Cove", 1)(sheet), spoil(sheet)))
    back = collect(tables, ("bad.xlsx", bad), ("good.xlsx", filled(forms["p1"], says("Anchor", 2))))
    assert words in sentences(back.problems)
    assert all(problem.sentence.startswith("bad.xlsx") for problem in back.problems)
    assert [form.rater for form in back.forms] == ["p1"]


@pytest.mark.parametrize(
    ("spoil", "words", "others"),
    [
        (says("Buoy", "often", "Never"), 'row 6, column "How closely you work together": “often” is not one of', {"p1"}),
        (says("Buoy", 6), "“6” is not one of the choices (0 None", set()),
        (says("Buoy", 2.5), "“2.5” is not one of the choices", set()),
        (says("Buoy", 3, "sometimes"), "“sometimes” is not one of the choices (Never", {"p1"}),
        (lambda sheet: (says("Buoy", 3)(sheet), setattr(sheet["A6"], "value", "Dock")), "made for Buoy, not for Dock", set()),
        (missed("Anchor", 3), "answers about itself", set()),
        (missed(None, 3), "answers, but no partner they are about", set()),  # type: ignore[arg-type]
        (lambda sheet: (says("Buoy", 3)(sheet), missed("buoy", 4)(sheet)), "two lines about buoy that differ", set()),
    ],
)
def test_one_wrong_cell_or_line_is_set_aside_alone_and_named(
    tables: Tables, spoil: Callable[[Any], None], words: str, others: set[str]
) -> None:
    """With file and row; what else the form answers is taken, about the same partner too."""
    _, forms = made(tables)
    bad = filled(forms["p0"], lambda sheet: (says("Cove", 1)(sheet), spoil(sheet)))
    back = collect(tables, ("bad.xlsx", bad))
    assert not back.problems and len(back.aside) == 1
    assert back.aside[0].startswith("bad.xlsx") and words in back.aside[0]
    assert set(back.forms[0].answers) == {"p2", *others}


def test_a_cell_set_aside_leaves_what_was_answered_before_and_can_be_put_right(tables: Tables) -> None:
    """p0 said 3 about Buoy in the first wave. “often” changes nothing of it; 4 chosen for it does; 7 is no choice. A cell beside
    a name nobody knows goes to that suggestion."""
    _, forms = made(tables, "w1")

    def fill(sheet: Any) -> None:
        says("Buoy", "often", "Every day, or nearly")(sheet)
        missed("Harbour Radio", 2, "now and then")(sheet)

    back = collect(tables, ("a.xlsx", filled(forms["p0"], fill)))
    level, contact = back.spoilt
    assert (level.text, level.allowed[3], contact.about) == ("often", "3 Coordination", "Harbour Radio")
    assert back.proposal.in_words() == ["Anchor on Buoy (First): contact weekly → daily"]
    right = back.put_right({level.id: 4, contact.id: "weekly"})
    assert not right.aside and right.proposal.in_words() == ["Anchor on Buoy (First): level 3 → 4, contact weekly → daily"]
    assert dict(right.missing[0].answers) == {"level": 2, "contact": "weekly"}
    with pytest.raises(InvalidRequest, match="“7” is not allowed"):
        back.put_right({level.id: 7})


def test_a_form_of_another_programme_or_wave_is_named_and_set_aside(tables: Tables) -> None:
    """Each in a sentence with its name; nothing is taken."""
    _, other = made(tables, programme=Programme("elsewhere", "Elsewhere"))
    _, first = made(tables, "w1")
    answered = says("Buoy", 3)
    back = collect(tables, ("x.xlsx", filled(other["p0"], answered)), ("y.xlsx", filled(first["p0"], answered)), only="w2")
    assert not back.proposal.any
    assert "x.xlsx is a form of the programme “Elsewhere”, not of “Harbour”" in sentences(back.problems)
    assert "y.xlsx is a form of the wave “First”, not of “Second”" in sentences(back.problems)


def test_a_form_of_a_partner_or_wave_that_has_gone_is_named(tables: Tables) -> None:
    """The wave was forgotten or the partner taken out since: the sentence names both as the form does."""
    gone = Wave("gone", "Gone wave", None)
    found = survey.forms(HARBOUR, survey.Roster(tables), gone, ["p0"])
    with zipfile.ZipFile(io.BytesIO(found.data)) as packed:
        data = packed.read(found.files[Respondent("p0")])
    assert "a form of Anchor for “Gone wave”" in sentences(collect(tables, ("a.xlsx", data)).problems)


def test_a_form_returned_twice_counts_once_or_is_set_aside_if_the_answers_differ(tables: Tables) -> None:
    """The same answers: once, with a notice. Different ones: neither, until a person says which."""
    _, forms = made(tables)
    one, two = filled(forms["p0"], says("Buoy", 3)), filled(forms["p0"], says("Buoy", 4))
    same = collect(tables, ("a.xlsx", one), ("b.xlsx", one))
    assert len(same.forms) == 1 and "twice (a.xlsx and b.xlsx); it counts once" in sentences(same.notices)
    differ = collect(tables, ("a.xlsx", one), ("b.xlsx", two))
    assert not differ.proposal.any and "twice with different answers (a.xlsx and b.xlsx)" in sentences(differ.problems)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("empty.xlsx", b"", "is no form"),
        ("paper.pdf", b"%PDF-1.7", "is no form"),
        ("broken.xlsx", b"PK\x03\x04nonsense", "damaged"),
        ("huge.xlsx", None, "is larger than a form ever is (at most 5 MB); it was not opened"),
    ],
)
def test_files_that_are_no_forms_are_said(tables: Tables, name: str, data: bytes | None, words: str) -> None:
    """Empty, a PDF, half a zip, something vast: a sentence each, never an exception."""
    back = survey.collect(HARBOUR, tables, [(name, data)], waves(tables))
    assert words in sentences((*back.problems, *back.notices))


def test_a_workbook_that_is_not_a_form_is_told_from_one(tables: Tables) -> None:
    """A workbook of somebody's own has no code: the sentence leads to the Data page."""
    book = openpyxl.Workbook()
    book.active.append(["id", "name"])
    target = io.BytesIO()
    book.save(target)
    assert "has no form code" in sentences(collect(tables, ("mine.xlsx", target.getvalue())).problems)


def test_a_form_whose_hidden_sheet_was_lost_is_recognised_by_the_code_it_shows(tables: Tables) -> None:
    """Some programs drop hidden sheets: the visible code is enough, and rows are told by name."""
    _, forms = made(tables)
    book = opened(filled(forms["p0"], says("Buoy", 3)))
    del book[MARK]
    book[SHEET].delete_cols(12)
    target = io.BytesIO()
    book.save(target)
    assert set(collect(tables, ("a.xlsx", target.getvalue())).forms[0].answers) == {"p1"}


def test_a_folder_or_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    """A path with nothing behind it is a sentence."""
    with pytest.raises(UnreadableFile, match="no file or folder"):
        survey.from_paths([tmp_path / "nowhere"])


@pytest.mark.parametrize("column", [one.column for one in survey.QUESTIONS if one.choices])
def test_every_choice_is_understood_as_it_is_offered_and_offers_every_stored_value(column: str) -> None:
    """Label, name, number and stored word all lead to the value; and each value the tables allow can be chosen."""
    question = BY_COLUMN[column]
    for one in question.choices:
        for text in (one.label, one.name.upper(), str(one.value), f" {one.label}. "):
            assert parse_answer(question, text) == one.value
    allowed = words("ratings", column) or range(0 if column == "level" else 1, 6 if column == "level" else 5)
    assert [one.value for one in question.choices] == list(allowed)


# -- someone missing ------------------------------------------------------------------------------------------------------


def test_a_missing_partner_chosen_from_the_list_is_rated_and_a_name_nobody_knows_is_only_suggested(tables: Tables) -> None:
    """ "Fish & Chips" is in the programme: its answers are taken. "Harbour Radio" is not: no partner is made of it."""
    _, forms = made(tables)

    def fill(sheet: Any) -> None:
        missed("Fish & Chips", 2)(sheet)
        row = sheet.max_row - FREE_ROWS + 2
        sheet.cell(row, 1).value, sheet.cell(row, 2).value, sheet.cell(row, 3).value = "Harbour Radio", "in Hull", "4"

    back = collect(tables, ("a.xlsx", filled(forms["p0"], fill)))
    assert back.forms[0].answers == {"p5": {"level": 2}}
    assert back.proposal.tables.organisations.equals(tables.organisations)
    (one,) = back.missing
    assert (one.name, one.note, dict(one.answers), one.rater, one.wave) == ("Harbour Radio", "in Hull", {"level": 4}, "p0", "w2")


def test_forms_that_meet_other_answers_leave_nothing_behind_neither_answers_nor_names(tables: Tables, tmp_path: Path) -> None:
    """Accepting is one step: where it is refused, the names that were missed on the forms are not kept either."""
    with Store(f"sqlite:///{tmp_path}/s.db") as store:
        base = store.create(HARBOUR, tables, "test", "test").id
        _, forms = made(tables)

        def fill(sheet: Any) -> None:
            missed("Fish & Chips", 2)(sheet)
            row = sheet.max_row - FREE_ROWS + 2
            sheet.cell(row, 1).value = "Harbour Radio"

        back = collect(tables, ("a.xlsx", filled(forms["p0"], fill)))
        other = collect(tables, ("a.xlsx", filled(forms["p0"], missed("Fish & Chips", 5))))
        survey.accept(store, "harbour", other, base, "Ann")
        with pytest.raises(ConflictError):
            survey.accept(store, "harbour", back, base, "Ben")
        assert survey.undecided(store, "harbour") == ()
        after = collect(store.load("harbour"), ("a.xlsx", filled(forms["p0"], fill)))
        survey.accept(store, "harbour", after, store.head("harbour") or 0, "Ben")
        assert [one.name for one in survey.undecided(store, "harbour")] == ["Harbour Radio"]


def test_the_lead_decides_on_a_suggestion(tables: Tables, tmp_path: Path) -> None:
    """It is a partner there already (what was said is stored), or a new one of a kind, or nobody; each time it is settled."""
    with Store(f"sqlite:///{tmp_path}/s.db") as store:
        store.create(HARBOUR, tables, "test", "test")
        _, forms = made(tables)

        def fill(sheet: Any) -> None:
            for at, name in enumerate(("Fish and Chips", "Harbour Radio", "Nobody")):
                row = sheet.max_row - FREE_ROWS + 1 + at
                sheet.cell(row, 1).value, sheet.cell(row, 3).value = name, 3

        back = collect(tables, ("a.xlsx", filled(forms["p0"], fill)))
        assert survey.accept(store, "harbour", back, store.head("harbour") or 0, "Lead") is None
        there = {one.name: one for one in survey.undecided(store, "harbour")}
        assert set(there) == {"Fish and Chips", "Harbour Radio", "Nobody"}
        assert survey.most_alike("Fish and Chips", survey.Roster(tables)) == "p5"
        assert survey.most_alike("Nobody", survey.Roster(tables)) is None
        survey.accept_as_partner(store, "harbour", there["Fish and Chips"], "p5", "Lead")
        new = survey.accept_as_new(store, "harbour", there["Harbour Radio"], "community_group", "Lead")
        survey.settle(store, "harbour", there["Nobody"])
        after = store.load("harbour")
        assert after.organisations.filter(pl.col("id") == new)["name"].to_list() == ["Harbour Radio"]
        mine = after.ratings.filter((pl.col("wave") == "w2") & (pl.col("rater") == "p0"))
        assert dict(mine.select("partner", "level").iter_rows()) == {"p5": 3, new: 3}
        assert survey.undecided(store, "harbour") == ()
        with pytest.raises(InvalidRequest, match="no kind"):
            survey.accept_as_new(store, "harbour", there["Nobody"], "zoo", "Lead")


def test_a_form_in_large_print_and_easy_words_comes_back_as_any_other(tables: Tables) -> None:
    """Every cell in at least 16 points, black; each choice of its drop-downs leads to the value the ordinary form has."""
    _, plain = made(tables)
    _, forms = made(tables, large=True)
    book = opened(forms["p0"])
    sheet = book[SHEET]
    used = [cell for row in sheet.iter_rows(max_row=FIRST + 3, max_col=11) for cell in row if cell.value is not None]
    assert len(used) > 20 and min(cell.font.sz for cell in used) >= 16
    assert sheet["A4"].value != opened(plain["p0"])[SHEET]["A4"].value and sheet["A4"].value.endswith("at any time.")
    levels = [row[0] for row in book["Choices"].values][:6]
    assert [parse_answer(BY_COLUMN["level"], label) for label in levels] == list(range(6))
    assert levels[3] == "3 Coordination: we share some things, and decide some things together"
    back = collect(tables, ("a.xlsx", filled(forms["p0"], says("Buoy", levels[3], "About once a week", "4 A great deal"))))
    assert dict(back.forms[0].answers) == {"p1": {"level": 3, "contact": "weekly", "reliability": 4}} and not back.problems
    own = made(tables, large=True, consent="Our own words.")[1]
    assert opened(own["p0"])[SHEET]["A4"].value == "Our own words."
