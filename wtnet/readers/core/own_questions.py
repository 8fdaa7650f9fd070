"""Questions of a survey's export that are about nobody else: what each organisation answered about itself."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from wtnet.readers.core.elements import Row
from wtnet.readers.core.grid import Grid
from wtnet.readers.core.shapes import cells, named
from wtnet.readers.core.text import NAME_BYTES, shorten
from wtnet.tables.model import ROW
from wtnet.tables.numbers import amount
from wtnet.tables.text import free_id, name_key, normal, seen_name, short_id

_IMPORT = re.compile(r"\{\s*\"ImportId\"")
_OF_THE_FORM = re.compile(
    r"^(?:id|ip|status|progress|finished|duration.*|collector.*|respondent.*|response.*|recorded.*|distribution.*|user.*|external.*"
    r"|name|your name|first name|last name|language.*|location.*|latitude|longitude|uuid|version|score|points.*|feedback.*"
    r"|column \d+)$|time ?stamp|(?:start|end|completion|submitted|submission|last modified).{0,3}(?:time|date|$)|e ?mail"
    r"|telephone|phone|mobile|ip ?address|consent|your (?:full )?name|who (?:are you|completed)|job title"
)
"""What survey tools write themselves, and what is of the person who fills a form in."""


def questions(grid: Grid, start: int, used: Collection[str]) -> dict[str, str]:
    """The columns that hold such answers, each with its question in full (the longest of its headings); `start` is the first row
    of answers. What the tool writes itself, what is of the person who answers, and what nobody answered is none."""
    questions: dict[str, str] = {}
    for header in grid.headers:
        texts = cells(grid, header)
        above = [text for text in (header, *texts[:start]) if not _IMPORT.match(text)]
        wording = seen_name(max(above, key=len))
        plain = normal(wording).replace("_", " ")
        if header not in used and any(texts[start:]) and not _OF_THE_FORM.search(plain):
            questions[header] = wording
    return questions


def answers(
    grid: Grid,
    rater: tuple[str, int],
    questions: Mapping[str, str],
    names: Mapping[str, str],
    people: Sequence[str | None],
    wave: str,
) -> dict[str, tuple[list[str], list[Row]]]:
    """Rows of `questions` and `answers`: `rater` is who answers in which column and the first row of answers, `names` the name of
    each organisation as names are compared, `people` which of several of its people answers in a row."""
    lines, raters, start = grid.frame[ROW].to_list(), named(grid, rater[0]), rater[1]
    asked: list[Row] = []
    given: list[Row] = []
    for header, wording in questions.items():
        texts = cells(grid, header)
        id = free_id(wording, {str(row["id"]) for row in asked}, "question")
        filled = [text for text in texts[start:] if text]
        numbers = "number" if all(map(amount, filled)) else "text"
        kind = "yes_no" if {text.lower() for text in filled} <= {"yes", "no"} else numbers
        asked.append({"id": id, "wording": shorten(wording, NAME_BYTES), "about": "organisation", "type": kind, ROW: lines[0]})
        for at, text in list(enumerate(texts))[start:]:
            if text and raters[at]:
                organisation = short_id(names[name_key(raters[at])])
                row: Row = {"wave": wave, "organisation": organisation, "respondent_role": people[at], "question": id}
                given.append({**row, "value": text, ROW: lines[at]})
    return {
        "questions": (["id", "wording", "about", "type"], asked),
        "answers": (["wave", "organisation", "respondent_role", "question", "value"], given),
    }
