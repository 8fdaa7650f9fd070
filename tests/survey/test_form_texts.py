"""The form's texts in other languages: what a filled-in workbook brings, what is refused, and what falls back to English."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from wtnet.errors import UnreadableFile
from wtnet.store import Programme, Store
from wtnet.survey import form_texts, texts_workbook
from wtnet.survey.form_texts import Language
from wtnet.survey.questionnaire import STANDARD
from wtnet.tables import Tables

TEXTS = form_texts.every(STANDARD, "You agree.")


def filled(fill: Callable[[Any], None], texts: Mapping[str, str] = TEXTS, there: tuple[Language, ...] = ()) -> bytes:
    """The file of texts as somebody fills it in and saves it."""
    book = openpyxl.load_workbook(io.BytesIO(texts_workbook.write(texts, there)))
    fill(book.active)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def says(language: int = 3, **texts: str) -> Callable[[Any], None]:
    """Texts by id ("_" for "."), in a column."""

    def fill(sheet: Any) -> None:
        rows = {sheet.cell(row, 1).value: row for row in range(2, sheet.max_row + 1)}
        for id, text in texts.items():
            sheet.cell(rows[id.replace("_", ".")], language).value = text

    return fill


def test_the_file_holds_every_text_and_as_it_was_sent_no_language() -> None:
    """Each id once, no formula, the questions and their choices too; untouched it brings nothing and complains of nothing."""
    book = openpyxl.load_workbook(io.BytesIO(texts_workbook.write({**TEXTS, "x": "=1+1"}, ())))
    cells = [cell for row in book.active.iter_rows() for cell in row if cell.value is not None]
    assert all(cell.data_type == "s" for cell in cells) and len({*TEXTS} & {cell.value for cell in cells}) == len(TEXTS)
    assert {"ask.level", "ask.level.person", "choice.level.5", "choice.contact.daily", "much.4", "group.Trust", "consent"} <= {
        *TEXTS
    }
    assert texts_workbook.read("t.xlsx", filled(lambda sheet: None), TEXTS) == ((), ())


def test_what_is_filled_in_is_kept_and_the_rest_stays_english(tmp_path: Path) -> None:
    """Two languages, one right to left; kept with the programme, handed out again in the next file, gone when emptied."""

    def fill(sheet: Any) -> None:
        says(save="Cadw", progress="{number} o {all}")(sheet)
        sheet.cell(1, 4).value = "العربية (ar)"
        says(4, save="حفظ")(sheet)

    brought, problems = texts_workbook.read("t.xlsx", filled(fill), TEXTS)
    assert not problems and [(each.code, each.is_right_to_left) for each in brought] == [("cy", False), ("ar", True)]
    with Store(f"sqlite:///{tmp_path}/s.db") as store:
        store.create(Programme("p", "P"), Tables(), "t", "t")
        form_texts.keep(store, "p", brought)
        welsh = next(each for each in form_texts.languages(store, "p") if each.code == "cy")
        assert (welsh.text("save", TEXTS["save"]), welsh.text("go", TEXTS["go"])) == ("Cadw", None)
        again, _ = texts_workbook.read("t.xlsx", filled(lambda sheet: None, there=form_texts.languages(store, "p")), TEXTS)
        assert {each.code: each.texts for each in again} == {each.code: each.texts for each in brought}
        form_texts.keep(store, "p", ())
        assert form_texts.languages(store, "p") == ()


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        ({"progress": "{number} yn unig"}, "what stands in braces must stay as it is ({number}, {all})"),
        ({"save": "Cadw {name}"}, "what stands in braces must stay as it is (none)"),
        ({"save": "x" * 4_001}, "longer than 4,000 letters"),
    ],
)
def test_a_text_that_would_say_something_else_stays_english_and_is_named(texts: dict[str, str], words: str) -> None:
    """With its row and language; the other texts are taken."""
    brought, (problem,) = texts_workbook.read("t.xlsx", filled(says(back="Yn ôl", **texts)), TEXTS)
    assert words in problem.sentence and "Cymraeg (cy)" in problem.sentence and set(brought[0].texts) == {"back"}


def test_a_translation_of_other_english_does_not_count() -> None:
    """The lead reworded a question: neither an old file nor what is kept speaks for the new words."""
    now = {**TEXTS, "consent": "You agree to much more."}
    brought, (problem,) = texts_workbook.read("t.xlsx", filled(says(consent="Cytuno", save="Cadw")), now)
    assert "the English has changed since" in problem.sentence and set(brought[0].texts) == {"save"}
    ((welsh,), _) = texts_workbook.read("t.xlsx", filled(says(consent="Cytuno")), TEXTS)
    assert (welsh.text("consent", "You agree."), welsh.text("consent", "You agree to much more.")) == ("Cytuno", None)


def test_a_file_that_is_not_that_of_texts_or_names_no_language_is_said() -> None:
    """A sentence each, never a traceback."""
    book = openpyxl.Workbook()
    book.active.append(["a", "b"])
    target = io.BytesIO()
    book.save(target)
    with pytest.raises(UnreadableFile, match="has no columns “id” and “English”"):
        texts_workbook.read("t.xlsx", target.getvalue(), TEXTS)
    for data in (b"", b"PK\x03\x04nonsense"):
        with pytest.raises(UnreadableFile):
            texts_workbook.read("t.xlsx", data, TEXTS)
    _, (problem,) = texts_workbook.read("t.xlsx", filled(lambda sheet: setattr(sheet["C1"], "value", "Welsh")), TEXTS)
    assert "“Welsh” names no language; write it as “Cymraeg (cy)”" in problem.sentence
