"""Sheets of a workbook: the looks, headings, notes and drop-downs of the tables, and cells that stay what they are.

Text is written as text: a spreadsheet never works it out, whatever it starts with, so formula-like text needs no
apostrophe and comes back unchanged.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

import dataframely as dy

from wtnet.errors import InvalidRequest
from wtnet.tables import schema
from wtnet.tables.text import clean, cut

if TYPE_CHECKING:  # loaded with the first workbook that is written, not before the first picture
    import xlsxwriter

READ_ME = "Read me (ignore)"
"""The sheet that explains; readers pass over it because of its name."""

Looks = dict[str, Any]
"""Cell formats by name: required, optional, date, text, title, section, label, words, plain."""

_LAST_ROW = 1_048_575
_LIST_ROWS = 5_000  # rows of another sheet offered in a drop-down of ids
_WIDTHS: dict[type, int] = {dy.Enum: 18, dy.Date: 13, dy.Bool: 12, dy.Int8: 12, dy.Int64: 12, dy.Float64: 13}
_LONG = ("description", "comment", "evidence", "text", "method", "target_group")
_FIRST_DAY = date(1900, 3, 1)  # before it, spreadsheets count a day that never was
_NONCHARACTERS = dict.fromkeys((0xFFFE, 0xFFFF))


def book(title: str, made: date) -> tuple[BytesIO, xlsxwriter.Workbook]:
    """A new workbook and where its bytes will be once it is closed; nothing in it depends on the clock."""
    import xlsxwriter

    buffer = BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    workbook.set_properties(
        {"title": clean(title)[:250], "author": "wtnet", "created": datetime(made.year, made.month, made.day)}
    )
    return buffer, workbook


def about(sheet: Any, title: str, lines: Iterable[tuple[str, str]], notes: Iterable[str], looks: Looks) -> None:
    """The first sheet: where the data came from, in two columns, and how the workbook is to be read."""
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 110, looks["words"])
    sheet.write_string(0, 0, title, looks["title"])
    row = 1
    for what, words in lines:
        row += 1
        sheet.write_string(row, 0, what, looks["label"])
        sheet.write_string(row, 1, words[:32_000], looks["words"])
    for words in notes:
        row += 1
        sheet.write_string(row + 1, 1, words, looks["words"])


def cell(sheet: Any, row: int, column: int, value: Any, looks: Looks, where: str) -> None:
    """One value as it is: text as text, yes and no in words, unknown as an empty cell.

    A number or date that would not come back as it is is written as text, which does: more than nine decimals (where the
    reader stops), more than sixteen digits (where spreadsheets do), days before March 1900. `where` names the place for
    the InvalidRequest on a text too long for a cell (32,767 units).
    """
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_string(row, column, "yes" if value else "no")
    elif isinstance(value, date):
        if value >= _FIRST_DAY:
            sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), looks["date"])
        else:
            sheet.write_string(row, column, value.isoformat())
    elif isinstance(value, int | float):
        if float(f"{value:.9f}") == float(f"{value:.16G}") == value and abs(value) < 1e15:
            sheet.write_number(row, column, value)
        else:
            sheet.write_string(row, column, repr(value))
    elif sheet.write_string(row, column, str(value).translate(_NONCHARACTERS)) == -2:
        raise InvalidRequest(f"{where}: this text is too long for a cell of a workbook. Shorten it, or take the data out as CSV.")


def looks(book: xlsxwriter.Workbook) -> Looks:
    """The few cell formats used."""
    head = {"border": 1, "border_color": "#8A94A6", "valign": "vcenter"}
    return {
        "required": book.add_format({**head, "bold": True, "bg_color": "#1F3A5F", "font_color": "#FFFFFF"}),
        "optional": book.add_format({**head, "bg_color": "#E4E8EE", "font_color": "#1B2430"}),
        "date": book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
        "text": book.add_format({"num_format": "@"}),
        "title": book.add_format({"bold": True, "font_size": 16}),
        "section": book.add_format({"bold": True, "font_size": 12, "valign": "bottom"}),
        "label": book.add_format({"bold": True, "valign": "top"}),
        "words": book.add_format({"text_wrap": True, "valign": "top"}),
        "plain": book.add_format({}),
    }


def headed(sheet: Any, table: str, looks: Looks) -> None:
    """One of the tables without rows: headings, with a note, a width, a format and a validation for each column."""
    sheet.freeze_panes(1, 0)
    sheet.set_row(0, 22)
    needed = schema.required(table)
    for index, name in enumerate(schema.visible(table)):
        declared = schema.column(table, name)
        sheet.write_string(0, index, name, looks["required" if name in needed else "optional"])
        sheet.write_comment(0, index, _note(table, name), {"x_scale": 2.2, "y_scale": 1.4, "author": "wtnet"})
        code = name in schema.keys(table) or schema.reference(table, name)  # an id such as 007 keeps its noughts
        kind = "date" if isinstance(declared, dy.Date) else "text" if code else "plain"
        sheet.set_column(index, index, _width(name, declared), looks[kind])
        rule = _rule(table, name, declared)
        if rule:
            prompt = {"input_title": name[:32], "input_message": cut(declared.description or "", 255)}
            sheet.data_validation(1, index, _LAST_ROW, index, {**rule, **prompt})


def _width(name: str, declared: Any) -> int:
    width = _WIDTHS.get(type(declared)) or (44 if name in _LONG else 30 if name == "name" else 22)
    return max(width, len(name) + 3)


def _rule(table: str, name: str, declared: Any) -> dict[str, Any] | None:
    """What the spreadsheet lets a person type, with a drop-down where there is a choice; null for free text."""
    if isinstance(declared, dy.Enum):
        words = list(schema.words(table, name) or ())
        return {
            "validate": "list",
            "source": words,
            "error_title": name[:32],
            "error_message": "Choose one of the words in the list.",
        }
    if isinstance(declared, dy.Bool):
        return {"validate": "list", "source": ["yes", "no"], "error_title": name[:32], "error_message": "Choose yes or no."}
    if isinstance(declared, dy.Int8):
        low, high = declared.min or 0, declared.max or 0
        numbers = [str(number) for number in range(low, high + 1)]
        wrong = f"Choose a whole number from {low} to {high}."
        return {"validate": "list", "source": numbers, "error_title": name[:32], "error_message": wrong}
    if isinstance(declared, dy.Int64):
        return {"validate": "integer", "criteria": ">=", "value": declared.min or 0, "error_message": "Write a whole number."}
    if isinstance(declared, dy.Float64):
        least, most = declared.min, declared.max
        bounds = {"minimum": -1e300 if least is None else least, "maximum": 1e300 if most is None else most}
        return {"validate": "decimal", "criteria": "between", **bounds, "error_message": "Write a number."}
    if isinstance(declared, dy.Date):
        early, late = datetime(1900, 1, 1), datetime(9999, 12, 31)
        return {
            "validate": "date",
            "criteria": "between",
            "minimum": early,
            "maximum": late,
            "error_message": "Write a date, such as 2024-03-01.",
        }
    there = schema.reference(table, name)
    if there:
        wrong = f"This id is not on the {there} sheet yet. Add it there too."
        ids = f"={there}!$A$2:$A${_LIST_ROWS + 1}"
        return {"validate": "list", "source": ids, "error_type": "warning", "error_title": name[:32], "error_message": wrong}
    return None


def _note(table: str, name: str) -> str:
    """The note on a heading: what the column is, what may stand in it, and an example."""
    lines = [f"{schema.column(table, name).description}.", allowed(table, name)]
    given = example(table, name)
    lines += [f"Example: {given}"] if given else []
    return "\n".join(lines)


def allowed(table: str, name: str) -> str:
    """What may stand in a cell of the column, as a sentence."""
    declared = schema.column(table, name)
    needed = "Must be filled in." if name in schema.required(table) else "May be empty."
    words = schema.words(table, name)
    there = schema.reference(table, name)
    if words:
        return f"{needed} One of: {', '.join(words)}."
    if there:
        return f"{needed} An id from the {there} sheet."
    if isinstance(declared, dy.Date):
        return f"{needed} A date."
    if isinstance(declared, dy.Bool):
        return f"{needed} Yes or no."
    if isinstance(declared, dy.Int8):
        return f"{needed} A whole number from {declared.min} to {declared.max}."
    if isinstance(declared, dy.Int64 | dy.Float64):
        low, high = declared.min, declared.max
        within = f" from {low} to {high}" if low is not None and high is not None else ""
        return f"{needed} A number{within}."
    return f"{needed} Text."


def example(table: str, name: str) -> str:
    """What a cell of the column may look like."""
    return str((schema.column(table, name).metadata or {}).get("example") or "")
