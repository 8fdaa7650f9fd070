"""One partner's own form: a workbook with whom it works with, a drop-down for every answer, and nobody's answers in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from io import BytesIO
from typing import Any

from wtnet.errors import InvalidRequest
from wtnet.store import Programme
from wtnet.survey import about_itself, easy_read
from wtnet.survey.code import code, row_code
from wtnet.survey.confirming import AskedFinding
from wtnet.survey.form_cells import one_line, safe
from wtnet.survey.questionnaire import STANDARD, Questionnaire
from wtnet.survey.questions import CONSENT, SOURCE, consent_for, heading
from wtnet.survey.roster import Roster
from wtnet.survey.waves import Wave
from wtnet.tables.evidence import ANSWERS
from wtnet.tables.respondents import in_words

SHEET, CHOICES, MARK = "Your answers", "Choices", "wtnet"
FINDINGS = "Findings"
"""The sheet of findings that name the partner; a form without any has none."""
FINDING, AGREE, WORDS = "What the programme says", "Do you agree?", "In your own words"
"""Its headings, beside `ROW_CODE`."""
PARTNER, KIND, ROW_CODE = "Partner", "Kind and place", "Row"
"""Headings beside those of the questions; `ROW_CODE` stands over a hidden column."""
ASKED = "asked:"
"""Stands on the hidden sheet before the column or id of each question about partners, beside its heading."""
MISSING = "Someone missing? Choose a partner from the list, or write a name, one on each line."
FREE_ROWS = 10
MOST_CHOICES = 2_000
_HEADINGS_ROW = 4
_WIDTHS = {"level": 46, "contact": 22, "comment": 40}
_HOW = (
    "One line for each partner: choose an answer from the list in the cell. Nobody has to answer everything: a cell you leave "
    "empty means “no answer” and changes nothing you said before. White cells are yours; the rest is locked. Save the file and "
    "send it back."
)


@dataclass(frozen=True)
class Form:
    """Everything one form is made from; `role` is that of whoever answers, null where one answers for all; `large` makes it in
    large print and easy words (see `easy_read`)."""

    programme: Programme
    wave: Wave
    partner: str
    roster: Roster
    consent: str = CONSENT
    until: date | None = None
    findings: tuple[AskedFinding, ...] = ()
    role: str | None = None
    questions: Questionnaire = STANDARD
    large: bool = False

    @property
    def code(self) -> str:
        """What the form is recognised by."""
        return code(self.programme.id, self.wave.id, self.partner, self.role)

    @property
    def name(self) -> str:
        """Who answers, in words."""
        return in_words(self.roster.name(self.partner), self.role)


def write_form(form: Form) -> bytes:
    """The form as a workbook (XLSX), the same to the byte each time it is made."""
    import xlsxwriter
    from xlsxwriter.exceptions import XlsxWriterException

    if form.large:
        form = replace(
            form, questions=easy_read.easy(form.questions), consent=easy_read.easy_consent(form.consent, form.questions.is_person)
        )
    target = BytesIO()
    try:
        book = xlsxwriter.Workbook(target, {"in_memory": True})
        title = f"Survey form: {one_line(form.name, 120)}"
        book.set_properties({"title": title, "author": "wtnet", "created": datetime(2024, 1, 1)})
        looks = _looks(book, form.large)
        sheet = book.add_worksheet(SHEET)
        ranges = _choices(book.add_worksheet(CHOICES), form)
        _mark(book.add_worksheet(MARK), form)
        _head(sheet, form, looks)
        _rows(sheet, form, looks, ranges)
        if form.questions.itself:
            about_itself.write(book.add_worksheet(about_itself.SHEET), form.questions.itself, looks, ranges)
        if form.findings:
            _findings(book.add_worksheet(FINDINGS), form, looks)
        sheet.protect("", {"format_columns": True, "format_rows": True})
        book.close()
    except XlsxWriterException as error:
        raise InvalidRequest(f"The form of {form.name} could not be written ({error}).") from error
    return target.getvalue()


def _looks(book: Any, large: bool) -> dict[str, Any]:
    line = {"border": 1, "border_color": "#C9D0DB", "valign": "vcenter", "text_wrap": True}
    looks = {
        "title": book.add_format({"bold": True, "font_size": 16, "valign": "vcenter"}),
        "small": book.add_format({"font_color": "#56606F", "valign": "vcenter"}),
        "words": book.add_format({"text_wrap": True, "valign": "top"}),
        "consent": book.add_format({"text_wrap": True, "valign": "top", "bold": True}),
        "head": book.add_format({**line, "bold": True, "bg_color": "#1F3A5F", "font_color": "#FFFFFF"}),
        "name": book.add_format({**line, "bold": True, "bg_color": "#F1F3F8"}),
        "kind": book.add_format({**line, "font_color": "#56606F", "bg_color": "#F1F3F8"}),
        "yours": book.add_format({**line, "locked": False}),
        "section": book.add_format({"bold": True, "font_size": 12, "valign": "vcenter"}),
        "hidden": book.add_format({"font_color": "#FFFFFF"}),
    }
    for name, look in looks.items() if large else ():
        look.set_font_size(easy_read.POINTS + (6 if name == "title" else 0))
        look.set_font_color("#FFFFFF" if name in ("head", "hidden") else "#000000")
    return looks


def _head(sheet: Any, form: Form, looks: dict[str, Any]) -> None:
    """Title, code, how to fill it in, consent, headings; these stay in sight."""
    last = len(form.questions.partner) + 1
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    wider = easy_read.WIDER if form.large else 1
    if form.large:
        sheet.repeat_columns(0)  # as large on paper: over several pages, each with the names
    else:
        sheet.fit_to_pages(1, 0)
    sheet.set_column(0, 0, 34 * wider)
    sheet.set_column(1, 1, 24 * wider)
    for at, question in enumerate(form.questions.partner, 2):
        sheet.set_column(at, at, _WIDTHS.get(question.column, 24 if question.type else 15) * wider)
    sheet.set_column(last + 1, last + 1, 10, None, {"hidden": True})
    name, wave = one_line(form.roster.name(form.partner), 120), one_line(form.wave.name, 120)
    name = in_words(name, one_line(form.role, 120) if form.role else None)
    back = f" · please send it back by {form.until.day} {form.until:%B %Y}" if form.until else ""
    as_whom = f" · you answer as {one_line(form.role, 120)}; the people who lead the programme see that" if form.role else ""
    sheet.set_row(0, 28 * wider)
    who = "you" if form.questions.is_person else "we"
    sheet.write_string(0, 0, safe(f"{name}: how {who} work with others · {wave}"), looks["title"])
    sheet.write_string(1, 0, safe(f"{one_line(form.programme.name, 120)} · form {form.code}{back}{as_whom}"), looks["small"])
    consent = consent_for(form.consent, form.questions.is_person)
    how = easy_read.HOW if form.large else f"{_HOW} {SOURCE}"
    for row, text, look, height in ((2, how, "words", 50 * wider), (3, consent, "consent", 50 * wider**2)):
        sheet.merge_range(row, 0, row, 5, "", looks[look])
        sheet.write_string(row, 0, one_line(text, 2_000), looks[look])
        sheet.set_row(row, height)
    for at, words in enumerate((PARTNER, KIND, *(safe(heading(question)) for question in form.questions.partner), ROW_CODE)):
        sheet.write_string(_HEADINGS_ROW, at, words, looks["head"])
    sheet.set_row(_HEADINGS_ROW, 48 * wider)
    sheet.freeze_panes(_HEADINGS_ROW + 1, 1)


def _rows(sheet: Any, form: Form, looks: dict[str, Any], ranges: dict[str, str]) -> None:
    """A line for each partner asked about, then lines to fill in for those who are missing."""
    row = _HEADINGS_ROW + 1
    last = len(form.questions.partner) + 1
    about = form.roster.asked_about(form.partner)
    for partner in about:
        sheet.write_string(row, 0, safe(form.roster.label(partner)), looks["name"])
        sheet.write_string(row, 1, one_line(form.roster.about(partner), 200), looks["kind"])
        sheet.write_string(row, last + 1, row_code(form.programme.id, partner), looks["hidden"])
        row += 1
    if about:
        _answers(sheet, form, (_HEADINGS_ROW + 1, row - 1), looks, ranges)
    sheet.set_row(row, 26 * (easy_read.WIDER if form.large else 1))
    sheet.write_string(row, 0, MISSING, looks["section"])
    row += 1
    if "partners" in ranges:
        prompt = {"input_title": "Someone missing?", "input_message": "Choose from the list, or write their name."}
        listed = {"validate": "list", "source": ranges["partners"], "show_error": False, **prompt}
        sheet.data_validation(row, 0, row + FREE_ROWS - 1, 0, listed)
    for free in range(row, row + FREE_ROWS):
        for at in (0, 1):
            sheet.write_blank(free, at, None, looks["yours"])
    _answers(sheet, form, (row, row + FREE_ROWS - 1), looks, ranges)
    sheet.print_area(0, 0, row + FREE_ROWS - 1, last)
    sheet.repeat_rows(_HEADINGS_ROW)


def _answers(sheet: Any, form: Form, rows: tuple[int, int], looks: dict[str, Any], ranges: dict[str, str]) -> None:
    """The cells to answer in from the first row to the last, with their drop-downs."""
    first, last = rows
    for at, question in enumerate(form.questions.partner, 2):
        for row in range(first, last + 1):
            sheet.write_blank(row, at, None, looks["yours"])
        if question.choices or question.type:
            sheet.data_validation(
                first, at, last, at, about_itself.validation(question, ranges.get(question.column), form.questions.is_person)
            )


def _findings(sheet: Any, form: Form, looks: dict[str, Any]) -> None:
    """The findings that name the partner, each with a drop-down for whether it agrees and a cell for its own words."""
    for at, (words, width) in enumerate(((FINDING, 70), (AGREE, 22), (WORDS, 50), (ROW_CODE, 10))):
        sheet.set_column(at, at, width, None, {"hidden": words == ROW_CODE})
        sheet.write_string(0, at, words, looks["head"])
    for row, finding in enumerate(form.findings, 1):
        sheet.write_string(row, 0, safe(finding.statement), looks["name"])
        sheet.write_blank(row, 1, None, looks["yours"])
        sheet.write_blank(row, 2, None, looks["yours"])
        sheet.write_string(row, 3, finding.code, looks["hidden"])
    wrong = "Please choose one of the answers in the list, or leave the cell empty."
    sheet.data_validation(
        1, 1, len(form.findings), 1, {"validate": "list", "source": list(ANSWERS.values()), "error_message": wrong}
    )
    sheet.freeze_panes(1, 1)
    sheet.protect("", {"format_columns": True, "format_rows": True})


def _choices(sheet: Any, form: Form) -> dict[str, str]:
    """The words behind the drop-downs, on a hidden sheet; the range of each by column, and of the partners' names."""
    ranges = {}
    every = (*form.questions.partner, *form.questions.itself)
    for at, question in enumerate(question for question in every if question.choices):
        for row, choice in enumerate(question.choices):
            sheet.write_string(row, at, choice.label if not question.type else safe(choice.name))
        ranges[question.column] = _range(at, len(question.choices))
    names = [safe(form.roster.label(partner)) for partner in form.roster.to_choose(form.partner)][:MOST_CHOICES]
    for row, name in enumerate(names):
        sheet.write_string(row, len(ranges), name)
    if names:
        ranges["partners"] = _range(len(ranges), len(names))
    sheet.protect("")
    sheet.hide()
    return ranges


def _range(column: int, rows: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    letter = xl_col_to_name(column)
    return f"={CHOICES}!${letter}$1:${letter}${rows}"


def _mark(sheet: Any, form: Form) -> None:
    """Write what the program recognises the form by, on a sheet that spreadsheets do not offer to show."""
    names = (form.programme.name, form.wave.name, form.name)
    lines = [*zip(("code", "programme", "wave", "partner"), (form.code, *names), strict=True)]
    lines += [(f"{ASKED}{question.column}", heading(question)) for question in form.questions.partner]
    for row, (name, value) in enumerate(lines):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, safe(value))
    sheet.protect("")
    sheet.very_hidden()
