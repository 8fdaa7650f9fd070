"""The texts of the form as a workbook to fill in, a column a language, and what comes back, checked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from io import BytesIO

from wtnet.errors import UnreadableFile
from wtnet.readers.core.archive import Archive
from wtnet.readers.core.book import Book
from wtnet.survey.form_texts import PLACE, Language
from wtnet.tables import Problem
from wtnet.tables.model import ROW, place
from wtnet.tables.text import printable

SHEET = "Texts"
ID, ENGLISH, EXAMPLE = "id", "English", "Cymraeg (cy)"
MOST, LONGEST = 20, 4_000
_HEAD = re.compile(r"(.{1,60}?)\s*\(([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\)")


def write(texts: Mapping[str, str], languages: Iterable[Language]) -> bytes:
    """A row for each text: its id, the English, and a column for each language there is, or one to begin with."""
    import xlsxwriter

    target, there = BytesIO(), tuple(languages)
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"title": "Texts of the survey form", "author": "wtnet", "created": datetime(2024, 1, 1)})
    wrap, head = book.add_format({"text_wrap": True, "valign": "top"}), book.add_format({"bold": True})
    sheet = book.add_worksheet(SHEET)
    heads = (ID, ENGLISH, *([f"{each.name} ({each.code})" for each in there] or [EXAMPLE]))
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, len(heads) - 1, 60)
    for at, words in enumerate(heads):
        sheet.write_string(0, at, words, head)
    for row, (id, english) in enumerate(texts.items(), 1):
        for at, text in enumerate((id, english, *((each.text(id, english) or "") for each in there))):
            sheet.write_string(row, at, text, wrap)
    sheet.freeze_panes(1, 2)
    book.close()
    return target.getvalue()


def read(file: str, data: bytes, texts: Mapping[str, str]) -> tuple[tuple[Language, ...], tuple[Problem, ...]]:
    """The languages of a workbook that was filled in, and what was not taken: a text that lost or gained a place in braces, is of
    other English, or far too long. A workbook without the headings is an UnreadableFile. An empty column is no language."""
    archive = Archive(file, data)
    if not {"xl/workbook.xml", "content.xml"} & set(archive.parts):
        raise UnreadableFile(f"{file} is no workbook; choose the file of texts that was downloaded here.")
    book = Book(file, data, archive)
    frame = book.cells(SHEET if SHEET in book.sheets else book.sheets[0]).frame
    rows = [(int(row[-1]), row[:-1]) for row in frame.select(*[name for name in frame.columns if name != ROW], ROW).iter_rows()]
    head = next((cells for _, cells in rows if {ID, ENGLISH} <= set(cells)), None)
    if head is None:
        raise UnreadableFile(f"{file} has no columns “{ID}” and “{ENGLISH}”; fill in the file of texts that was downloaded here.")
    columns = {at: match for at, words in enumerate(head) if (match := _HEAD.fullmatch((words or "").strip()))}
    problems = [
        Problem("heading", f"{place(file, SHEET)}: “{words}” names no language; write it as “{EXAMPLE}”.", file)
        for at, words in enumerate(head)
        if words and words not in (ID, ENGLISH) and at not in columns
    ]
    made: dict[str, Language] = {}
    for at, match in list(columns.items())[:MOST]:
        taken: dict[str, tuple[str, str]] = {}
        for row, cells in rows:
            id, english, text = ((cells[column] or "").strip() for column in (head.index(ID), head.index(ENGLISH), at))
            if not text or id not in texts:
                continue
            if why := _wrong(texts[id], english, text):
                problems.append(
                    Problem("text", f"{place(file, SHEET, row, match[0])}: {why} It stays English.", file, SHEET, row)
                )
            else:
                taken[id] = (texts[id], printable(text))
        if taken:
            made[match[2]] = Language(match[2], printable(match[1]), taken)
    return tuple(made.values()), tuple(problems)


def _wrong(now: str, english: str, text: str) -> str:
    """Why a translation is not taken; "" if it is."""
    if " ".join(english.split()) != " ".join(now.split()):
        return "the English has changed since; download the texts again."
    if len(text) > LONGEST:
        return f"it is longer than {LONGEST:,} letters."
    if sorted(PLACE.findall(text)) != sorted(PLACE.findall(now)):
        wanted = ", ".join(PLACE.findall(now)) or "none"
        return f"what stands in braces must stay as it is ({wanted})."
    return ""
