"""The blank workbook: one sheet per table with its headings, drop-downs and explanations, made from the declarations."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

import dataframely as dy
import xlsxwriter

from wtnet.tables import schema

READ_ME = "Read me (ignore)"
"""The sheet that explains; readers pass over it because of its name."""

_LAST_ROW = 1_048_575
_LIST_ROWS = 5_000  # rows of another sheet offered in a drop-down of ids
_INTRODUCTION = (
    "Fill in the sheets of this workbook and bring it in on the Data page. Only organisations and partnerships are needed; each "
    "further sheet you fill adds to what can be shown. Leave a sheet you do not need empty.",
    "Headings in bold on dark blue must be filled in on every row you use; grey ones may be left empty. An empty cell means "
    "“not known”, never zero.",
    "Give every partner, pilot, wave and indicator a short id of your own and use exactly that id on the other sheets. "
    "Ratings are opinions: one row for what one partner says of another in one wave, so a pair can have two rows.",
    "Please do not rename the headings. Point at a heading to read what belongs below it; this sheet is not read.",
)
_WIDTHS: dict[type, int] = {dy.Enum: 18, dy.Date: 13, dy.Bool: 12, dy.Int8: 12, dy.Int64: 12, dy.Float64: 13}
_LONG = ("description", "comment", "evidence", "text", "method", "target_group")


def template() -> bytes:
    """The blank workbook (XLSX), the same to the byte each time. It reads back as valid and empty."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"title": "Partnership data: blank workbook", "author": "wtnet", "created": datetime(2024, 1, 1)})
    looks = _looks(book)
    _explain(book.add_worksheet(READ_ME), looks)
    for table in schema.NAMES:
        _sheet(book.add_worksheet(table), table, looks)
    book.close()
    return target.getvalue()


def _looks(book: xlsxwriter.Workbook) -> dict[str, Any]:
    """The few cell formats used."""
    head = {"border": 1, "border_color": "#8A94A6", "valign": "vcenter"}
    return {
        "required": book.add_format({**head, "bold": True, "bg_color": "#1F3A5F", "font_color": "#FFFFFF"}),
        "optional": book.add_format({**head, "bg_color": "#E4E8EE", "font_color": "#1B2430"}),
        "date": book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
        "text": book.add_format({"num_format": "@"}),
        "title": book.add_format({"bold": True, "font_size": 16}),
        "section": book.add_format({"bold": True, "font_size": 12, "valign": "bottom"}),
        "words": book.add_format({"text_wrap": True, "valign": "top"}),
        "plain": book.add_format({}),
    }


def _sheet(sheet: Any, table: str, looks: dict[str, Any]) -> None:
    """One table: headings in the first row, with a note, a width, a format and a validation for each column."""
    sheet.freeze_panes(1, 0)
    sheet.set_row(0, 22)
    needed = schema.required(table)
    for index, (name, declared) in enumerate(schema.SCHEMAS[table].columns().items()):
        sheet.write_string(0, index, name, looks["required" if name in needed else "optional"])
        sheet.write_comment(0, index, _note(table, name), {"x_scale": 2.2, "y_scale": 1.4, "author": "wtnet"})
        code = name in schema.keys(table) or schema.reference(table, name)  # an id such as 007 keeps its noughts
        kind = "date" if isinstance(declared, dy.Date) else "text" if code else "plain"
        sheet.set_column(index, index, _width(name, declared), looks[kind])
        rule = _rule(table, name, declared)
        if rule:
            told = {"input_title": name[:32], "input_message": _clipped(declared.description or "", 255)}
            sheet.data_validation(1, index, _LAST_ROW, index, {**rule, **told})


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
    lines = [f"{schema.column(table, name).description}.", _allowed(table, name)]
    example = _example(table, name)
    lines += [f"Example: {example}"] if example else []
    return "\n".join(lines)


def _allowed(table: str, name: str) -> str:
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


def _example(table: str, name: str) -> str:
    return str((schema.column(table, name).metadata or {}).get("example") or "")


def _clipped(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"


def _explain(sheet: Any, looks: dict[str, Any]) -> None:
    """The first sheet: what to do in four sentences, then every column of every sheet with an example."""
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 62)
    sheet.set_column(2, 2, 52)
    sheet.set_column(3, 3, 40)
    sheet.write_string(0, 0, "How to fill in this workbook", looks["title"])
    row = 1
    for words in _INTRODUCTION:
        sheet.merge_range(row, 0, row, 3, words, looks["words"])
        sheet.set_row(row, 34)
        row += 1
    for table, declared in schema.SCHEMAS.items():
        row += 1
        about = " ".join((declared.__doc__ or "").split())
        sheet.write_string(row, 0, table, looks["section"])
        sheet.write_string(row, 1, f"One row is: {about[:1].lower()}{about[1:]}")
        row += 1
        for column, heading in enumerate(("Column", "What it is", "What may stand there", "Example")):
            sheet.write_string(row, column, heading, looks["optional"])
        for name in declared.column_names():
            row += 1
            look = looks["required"] if name in schema.required(table) else looks["words"]
            sheet.write_string(row, 0, name, look)
            sheet.write_string(row, 1, schema.column(table, name).description, looks["words"])
            sheet.write_string(row, 2, _allowed(table, name), looks["words"])
            sheet.write_string(row, 3, _example(table, name), looks["words"])
        row += 1
