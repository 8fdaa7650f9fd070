"""What tables that are no lists of ties look like, by what is in them: helpers of the readers that unfold them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from wtnet.readers.core.elements import Row, frame
from wtnet.readers.core.grid import Grid
from wtnet.readers.core.names import is_value
from wtnet.tables.missing import is_missing, names_nobody
from wtnet.tables.model import Problem, Raw, RawTable
from wtnet.tables.text import name_key, normal, seen_name

_INSIDE = re.compile(r"\(([^()]{1,40})\)")
NOTHING = {"", "0", "0.0", "0%", "no", "n", "false", "nein", "non", "nee", "na", "nage"}
MARKS = {"x", "✓", "✔", "√", "☑", "●", "yes", "y", "true", "1", "1.0", "*", "•", "+", "ja", "j", "oui", "o", "si", "sí", "sì",
          "ie", "ydy"} | NOTHING  # fmt: skip
"""What stands in a cell of a matrix of crosses for a cross, and for none."""
MOST_CELLS = 4_000_000
"""The most cells of a table that is looked at for its shape."""


def cells(grid: Grid, heading: str, kept: str | None = None) -> list[str]:
    """The cells under a heading, trimmed; an empty one and a word for what is missing, unless it is the word `kept`, is ""."""
    texts = [str(cell).strip() if cell is not None else "" for cell in grid.frame[heading]]
    return ["" if is_missing(text) and (kept is None or normal(text) != kept) else text for text in texts]


def named(grid: Grid, heading: str) -> list[str]:
    """The names of partners under a heading, "" where there is a number, a date or nothing."""
    return ["" if is_value(cell) or names_nobody(cell) else seen_name(cell) for cell in cells(grid, heading)]


def unfolded(format: str, grid: Grid, tables: Mapping[str, tuple[list[str], Collection[Row]]], notices: Iterable[Problem]) -> Raw:
    """What a grid holds as tables of ours, each with its columns and rows; `notices` come after those of the grid itself."""
    parts = (RawTable(name, frame(columns, rows), grid.file, grid.sheet) for name, (columns, rows) in tables.items())
    return Raw(format, tuple(parts), (*grid.notices, *notices), (*grid.problems, *grid.errors), declared=False)


def small(grid: Grid) -> bool:
    """True for a table with two columns and a row at least that is no larger than is looked at."""
    return len(grid.headers) > 1 and 0 < grid.frame.height * len(grid.headers) <= MOST_CELLS


def answering(headings: Sequence[str], rows: Sequence[str]) -> list[int | None]:
    """The row, from 0, that each heading names: by the same name, a short form of it in brackets or by its initials."""
    places: dict[str, int | None] = {}
    for at, row in enumerate(rows):
        for key in {name_key(row), *map(name_key, _INSIDE.findall(row)), name_key(_INSIDE.sub("", row))} - {""}:
            places[key] = at if places.get(key, at) == at else None
    places_of = [places.get(name_key(heading)) for heading in headings]
    if all(at is None for at in places_of) and len(headings) == len(rows):
        short = [_is_short_for(heading, row) for heading, row in zip(headings, rows, strict=True)]
        return [at if fits else None for at, fits in enumerate(short)]
    return places_of


def _is_short_for(heading: str, row: str) -> bool:
    """True for the initials of a name, or its beginning of three letters or more."""
    key, name = name_key(heading).replace(".", ""), name_key(row)
    words = [word for word in re.split(r"[\W_]+", name) if word]
    initials = "".join(word[0] for word in words)
    bare = "".join(word[0] for word in words if word not in ("the", "of", "and", "for"))
    return bool(key) and (key in (initials, bare) or (len(key) > 2 and name.startswith(key)))


def are_names(texts: Sequence[str]) -> bool:
    """True for texts most of which may be names of partners."""
    filled = [text for text in texts if text]
    return bool(filled) and sum(is_value(text) for text in filled) <= 0.2 * len(filled)


def looks_like(grid: Grid) -> str | None:
    """What a table that is not read looks like, with what to do; null where nothing can be said."""
    keys = set(grid.keys)
    heading_words = " ".join(keys)
    if keys & {"indicator", "indicators", "kpi", "measure", "outcome", "outcomes", "goal"} and keys & {
        "target",
        "value",
        "baseline",
    }:
        return (
            "looks like indicators and their targets, not partners: give the indicators on a sheet called indicators and "
            "their values on one called results, or indicator, pilot, baseline, target and latest in one row"
        )
    if re.search(r"\battend|session|register|present\b", heading_words.replace("_", " ")):
        return "looks like a register of sessions: give a row a session with the columns date, session and number attending"
    if {"from", "to"} <= keys:
        return "looks like periods (from, to) and not like partnerships: give partnerships with the columns source and target"
    if keys & {"email", "e_mail", "phone", "telephone", "mobile"}:
        return (
            "looks like a list of contacts: leave personal details out, and give organisations with the columns id, name and kind"
        )
    if {"id", "name"} <= keys or ("name" in keys and keys & {"type", "kind", "sector"}):
        return (
            "looks like a list of partners: give it together with its list of partnerships, or with the columns id, name and kind"
        )
    return None


def is_heading_of(grid: Grid, words: set[str]) -> str | None:
    """The first heading that is one of these (as they are compared)."""
    return next((header for header in grid.headers if normal(header) in words), None)
