"""Workbooks written for tests: a sheet a name, a row a list."""

from __future__ import annotations

import io

import xlsxwriter


def book(sheets: dict[str, list[list[object]]], **options: bool) -> bytes:
    """A workbook (XLSX) with these rows on these sheets; `options` as those of xlsxwriter."""
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True, **options})
    for name, rows in sheets.items():
        sheet = workbook.add_worksheet(name)
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    workbook.close()
    return buffer.getvalue()
