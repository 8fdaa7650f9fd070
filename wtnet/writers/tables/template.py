"""The blank workbook: one sheet per table with its headings, drop-downs and explanations, made from the declarations."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from io import BytesIO
from typing import Any

from wtnet.tables import schema
from wtnet.writers.tables.sheets import READ_ME, Looks, allowed, example, headed
from wtnet.writers.tables.sheets import looks as looks_of

_INTRODUCTION = (
    "Fill in the sheets of this workbook and bring it in on the Data page. Only organisations and partnerships are needed; each "
    "further sheet you fill adds to what can be shown. Leave a sheet you do not need empty.",
    "Headings in bold on dark blue must be filled in on every row you use; grey ones may be left empty. An empty cell means "
    "“not known”, never zero.",
    "Give every partner, pilot, wave and indicator a short id of your own and use exactly that id on the other sheets. "
    "Ratings are opinions: one row for what one partner says of another in one wave, so a pair can have two rows.",
    "Please do not rename the headings. Point at a heading to read what belongs below it; this sheet is not read.",
)


@cache
def template() -> bytes:
    """The blank workbook (XLSX), the same to the byte each time. It reads back as valid and empty."""
    import xlsxwriter

    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"title": "Partnership data: blank workbook", "author": "wtnet", "created": datetime(2024, 1, 1)})
    looks = looks_of(book)
    _explain(book.add_worksheet(READ_ME), looks)
    for table in schema.NAMES:
        headed(book.add_worksheet(table), table, looks)
    book.close()
    return target.getvalue()


def _explain(sheet: Any, looks: Looks) -> None:
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
        for name in schema.visible(table):
            row += 1
            look = looks["required"] if name in schema.required(table) else looks["words"]
            sheet.write_string(row, 0, name, look)
            sheet.write_string(row, 1, schema.column(table, name).description, looks["words"])
            sheet.write_string(row, 2, allowed(table, name), looks["words"])
            sheet.write_string(row, 3, example(table, name), looks["words"])
        row += 1
