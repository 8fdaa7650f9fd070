"""The tables as one workbook (XLSX), to keep, to correct and to bring in again."""

from __future__ import annotations

from wtnet.tables import own, schema
from wtnet.writers.export import Export
from wtnet.writers.provenance import provenance
from wtnet.writers.tables import sheets

_NOTES = (
    "This workbook can be corrected and brought in again on the Data page; this sheet is then passed over.",
    "Each further sheet is one table. Headings on dark blue must be filled in on every row; point at a heading to read "
    "what belongs below it. An empty cell means not known, never zero.",
)


def write(export: Export) -> bytes:
    """A sheet for each of the tables, with the headings, notes and drop-downs of the blank workbook.

    Brought in again, the tables are the same in every row, type, null and order. A first sheet says where the data came
    from. Text that looks like a formula is written as text, which no spreadsheet works out; nothing is added to it. The
    same data and day give the same bytes. Text of more than 32,767 UTF-16 units is an InvalidRequest.
    """
    buffer, book = sheets.book(export.programme.name, export.made)
    looks = sheets.looks(book)
    lines = provenance(export, network=False)
    sheets.about(book.add_worksheet(sheets.READ_ME), export.programme.name[:200], lines, _NOTES, looks)
    for name in schema.NAMES:
        sheet = book.add_worksheet(name)
        sheets.headed(sheet, name, looks)
        frame = own.expanded(export.given, name)
        columns = frame.columns
        for column in range(len(schema.visible(name)), len(columns)):
            sheet.write_string(0, column, columns[column], looks["optional"])
            sheet.set_column(column, column, 22)
        for row, values in enumerate(frame.iter_rows(), 1):
            for column, value in enumerate(values):
                where = f'Sheet "{name}", row {row + 1}, column "{columns[column]}"'
                sheets.cell(sheet, row, column, value, looks, where)
    book.close()
    return buffer.getvalue()
