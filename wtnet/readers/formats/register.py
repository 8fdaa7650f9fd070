"""A register of attendance as leads keep it: a row a session with a number, or organisations by events with crosses."""

from __future__ import annotations

import re
from collections.abc import Collection

from wtnet.readers.core.elements import Row
from wtnet.readers.core.format import Format, ShapeReader
from wtnet.readers.core.grid import Grid
from wtnet.readers.core.shapes import MARKS, NOTHING, are_names, cells, is_heading_of, named, small, unfolded
from wtnet.readers.core.text import NAME_BYTES, shorten
from wtnet.tables import dates
from wtnet.tables.evidence import ACTIVITY_KINDS, MODES
from wtnet.tables.model import ROW, Problem, Raw, place
from wtnet.tables.text import count, free_id, normal, seen_name, short_id

_DAY = {"date", "day", "when", "session_date", "event_date", "date_of_session", "date_of_event", "start_date", "starts"}
_PEOPLE = {
    "attendance", "attendees", "attended", "attending", "number_attending", "number_attended", "no_attending", "no._attending",
    "participants", "number_of_participants", "no_of_participants", "no._of_participants", "people", "number_of_people",
    "no_of_people", "headcount", "head_count", "number_of_attendees", "number_present", "present", "total_attendance", "number",
    "total_attendees", "total_participants", "how_many", "how_many_came", "people_reached", "reached",
}  # fmt: skip
_TITLE = {
    "session", "activity", "event", "title", "workshop", "what", "session_name", "event_name", "activity_name", "meeting",
    "what_we_did", "what_we_achieved", "what_happened", "achievement",
}  # fmt: skip
_PILOT, _PLACE = {"pilot", "project", "strand"}, {"venue", "place", "location", "where", "town"}
_KIND, _MODE = {"type", "kind", "type_of_session", "session_type", "event_type", "activity_type"}, {"mode", "format", "delivery"}
_PARTNER = {
    "organisation", "organization", "partner", "host", "organisation_attending", "partner_organisation", "led_by", "who_led_it",
    "lead_partner", "partner_who_led_it",
}  # fmt: skip
_NOT_A_REGISTER = {"indicator", "indicators", "kpi", "measure", "baseline", "target", "email", "e_mail", "source", "rater"}
_EVENT = re.compile(
    r"\b(session|meeting|training|workshop|network day|open day|away ?day|event|launch|conference|webinar|seminar|visit|call|"
    r"talk|celebration|briefing)s?\b",
    re.IGNORECASE,
)
_REGISTER = re.compile(r"attend|register|sign.?in|who.?came|events?\b|sessions?\b|meetings?\b", re.IGNORECASE)
_DAY_WITHIN = re.compile(
    r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|\d{1,2}(?:st|nd|rd|th)? [A-Za-z]{3,9}\.?,? \d{4}|"
    r"[A-Z][a-z]{2,8}\.? \d{4}"
)
_WHOLE = re.compile(r"\d{1,5}(\.0+)?")
_TOTAL = re.compile(r"\s*(grand )?(sub.?)?total\b", re.IGNORECASE)


def is_register(grid: Grid) -> bool:
    """True for a list of sessions with their days and numbers, or partners by events with crosses or numbers."""
    return _is_sessions(grid) or _is_events(grid)


def read(grid: Grid) -> Raw:
    """Activities; and of partners by events, who took part."""
    return _sessions(grid) if _is_sessions(grid) else _events(grid)


# -- a row a session --------------------------------------------------------------------------------------------------


def _is_sessions(grid: Grid) -> bool:
    day, people = is_heading_of(grid, _DAY), is_heading_of(grid, _PEOPLE)
    if not small(grid) or day is None or people is None or _NOT_A_REGISTER & set(grid.keys):
        return False
    days = [cell for cell in cells(grid, day) if cell and not _TOTAL.match(cell)]
    numbers = [cell for cell in cells(grid, people) if cell]
    dated = sum(dates.span(cell) is not None for cell in days)
    return bool(days and numbers) and dated >= 0.8 * len(days) and all(_WHOLE.fullmatch(cell) for cell in numbers)


def _sessions(grid: Grid) -> Raw:
    used = {
        name: is_heading_of(grid, words)
        for name, words in (
            ("starts", _DAY), ("people", _PEOPLE), ("name", _TITLE), ("pilot", _PILOT), ("place", _PLACE), ("kind", _KIND),
            ("mode", _MODE), ("organisation", _PARTNER),
        )
    }  # fmt: skip
    texts = {name: cells(grid, heading) for name, heading in used.items() if heading}
    rows: list[Row] = []
    pilots: dict[str, Row] = {}
    partners: dict[str, Row] = {}
    parts: list[Row] = []
    taken: set[str] = set()
    for at, line in enumerate(grid.frame[ROW].to_list()):
        cell = {name: values[at] for name, values in texts.items()}
        if _TOTAL.match(cell["starts"]) or _TOTAL.match(cell.get("name", "")) or not (cell["starts"] or cell.get("name")):
            continue
        name = seen_name(cell.get("name", "")) or "Session"
        id = free_id(f"{name} {cell['starts']}", taken, "session")
        taken.add(id)
        row: Row = {
            "id": id,
            "name": shorten(name, NAME_BYTES),
            "starts": cell["starts"] or None,
            "people": cell["people"] or None,
        }
        row |= {"place": cell.get("place") or None, "pilot": _named(pilots, cell.get("pilot", ""), line), ROW: line}
        row |= {"kind": _word(cell.get("kind", ""), ACTIVITY_KINDS) or "session", "mode": _word(cell.get("mode", ""), MODES)}
        rows.append(row)
        if partner := _named(partners, cell.get("organisation", ""), line, kind="other"):
            parts.append({"activity": id, "organisation": partner, ROW: line})
    left = [heading for heading in grid.headers if heading not in used.values()]
    rest = f" Left out: {', '.join(left)}; leave out names of people in any case." if left else ""
    words = f"{place(grid.file, grid.sheet)}: read as a register of {count(len(rows), 'session')}, each an activity.{rest}"
    columns = ["id", "name", "kind", "pilot", "starts", "place", "mode", "people"]
    return _raw(grid, columns, rows, partners, parts, words, pilots)


def _word(text: str, labels: dict[str, str]) -> str | None:
    """Our word for a text that is one of ours or its label."""
    by_text = {normal(label): word for word, label in labels.items()} | {word: word for word in labels}
    return by_text.get(normal(text)) or by_text.get(normal(text).removesuffix("s"))


# -- partners by events -----------------------------------------------------------------------------------------------


def _is_events(grid: Grid) -> bool:
    headings = grid.headers[1:]
    if not small(grid) or len(headings) < 2 or grid.frame.height < 2:
        return False
    rows = cells(grid, grid.headers[0])
    if not all(rows) or len(set(rows)) < len(rows) or not are_names(rows):
        return False
    events = sum(bool(_EVENT.search(heading) or _names_a_day(heading)) for heading in headings)
    called = _REGISTER.search(f"{grid.file} {grid.sheet or ''} {grid.headers[0]}")
    if not (events >= 0.6 * len(headings) or (called and any(map(_day, headings)))):
        return False
    marks = {cell.lower() for heading in headings for cell in cells(grid, heading)}
    return bool(marks - NOTHING) and all(mark in MARKS or _WHOLE.fullmatch(mark) for mark in marks)


def _events(grid: Grid) -> Raw:
    names = named(grid, grid.headers[0])
    lines = grid.frame[ROW].to_list()
    read_cells = {heading: cells(grid, heading) for heading in grid.headers[1:]}
    counted = any(_WHOLE.fullmatch(cell) and float(cell) > 1 for values in read_cells.values() for cell in values)
    partners: dict[str, Row] = {}
    ids = [_named(partners, name, line, kind="other") for name, line in zip(names, lines, strict=True)]
    rows: list[Row] = []
    parts: list[Row] = []
    first = (lines[0] if lines else 2) - 1
    for heading, values in read_cells.items():
        day = _day(heading)
        title = seen_name(_DAY_WITHIN.sub("", heading).strip(" -–—:,()")) if day else seen_name(heading)
        id = free_id(f"{title or 'Event'} {day or ''}", {str(row["id"]) for row in rows}, "event")
        rows.append({"id": id, "name": shorten(title or "Event", NAME_BYTES), "starts": day, ROW: first})
        for partner, cell, line in zip(ids, values, lines, strict=True):
            if partner and cell.lower() not in NOTHING:
                people = cell if counted and _WHOLE.fullmatch(cell) else None
                parts.append({"activity": id, "organisation": partner, "people": people, ROW: line})
    words = (
        f"{place(grid.file, grid.sheet)}: read as who came to what: {count(len(partners), 'row')} as partners (other), "
        f"{count(len(rows), 'column')} as activities{', numbers as people who came' if counted else ''}. If the rows are people, "
        "do not bring it in."
    )
    return _raw(grid, ["id", "name", "starts"], rows, partners, parts, words, {})


def _day(heading: str) -> str | None:
    """The day, or month, that a heading names, as it stands there."""
    day = next((text for text in _DAY_WITHIN.findall(heading) if dates.span(text)), None)
    return day or (heading.strip() if dates.span(heading.strip()) else None)


def _names_a_day(heading: str) -> bool:
    """True for a heading that names one day: columns of months and years may hold anything."""
    span = dates.span(_day(heading) or "")
    return span is not None and not span.rough


# -- both -------------------------------------------------------------------------------------------------------------


def _named(rows: dict[str, Row], name: str, line: int, **more: str) -> str | None:
    """The id of a named row, which is made where it is not there yet; null for no name."""
    name = seen_name(name)
    if not name:
        return None
    id = short_id(name)
    rows.setdefault(id, {"id": id, "name": shorten(name, NAME_BYTES), **more, ROW: line})
    return id


def _raw(
    grid: Grid,
    columns: list[str],
    rows: list[Row],
    partners: dict[str, Row],
    parts: list[Row],
    words: str,
    pilots: dict[str, Row],
) -> Raw:
    tables: dict[str, tuple[list[str], Collection[Row]]] = {"activities": (columns, rows)}
    if pilots:
        tables["pilots"] = (["id", "name"], pilots.values())
    if partners:
        tables["organisations"] = (["id", "name", "kind"], partners.values())
        tables["attendances"] = (["activity", "organisation", "people"], parts)
    return unfolded(FORMAT.id, grid, tables, [Problem("register", words, grid.file, grid.sheet)])


FORMAT = Format(
    "register",
    "Attendance register",
    (".csv", ".xlsx"),
    "A row a session with its day and how many came; or organisations down and events across, with crosses or numbers",
    shape=ShapeReader(is_register, read),
)
