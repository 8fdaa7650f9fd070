"""A survey tool's export with a column per partner: Google Forms, Microsoft Forms, SurveyMonkey, Qualtrics and their like."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from wtnet.readers.core import foreign, own_questions
from wtnet.readers.core.elements import Edge, ForeignNetwork, Node, Row
from wtnet.readers.core.format import Format, ShapeReader
from wtnet.readers.core.grid import Grid
from wtnet.readers.core.shapes import are_names, cells, named, small, unfolded
from wtnet.readers.core.text import NAME_BYTES, listing, shorten
from wtnet.tables import dates, schema
from wtnet.tables.missing import names_nobody
from wtnet.tables.model import ROW, Problem, Raw, place
from wtnet.tables.text import count, free_id, name_key, normal, seen_name, short_id

_BRACKETS = re.compile(r"([^\[\]]*)\[([^\[\]]+)\]\s*")
_DASHES = (" - ", " – ", " — ", ": ")
_WHO = re.compile(
    r"organi[sz]ation|your (?:name|partner)|respondent|who are you|partner name|completed by|on behalf", re.IGNORECASE
)
_IMPORT = re.compile(r"\{\s*\"ImportId\"")
_HEADING_ROWS = 3
_LEVEL = {str(number): str(number) for number in range(6)} | {word: str(at) for at, word in enumerate(schema.LEVELS)}
_NONE = schema.LEVELS[0]
_CONTACT = {word: word for word in schema.CONTACT} | {
    "about_once_a_year": "yearly", "annually": "yearly", "every_year": "yearly", "once_a_year": "yearly",
    "about_every_three_months": "quarterly", "every_three_months": "quarterly", "every_quarter": "quarterly",
    "about_once_a_month": "monthly", "every_month": "monthly", "once_a_month": "monthly",
    "about_once_a_week": "weekly", "every_week": "weekly", "once_a_week": "weekly",
    "every_day": "daily", "not_at_all": "never",
}  # fmt: skip


@dataclass
class _Export:
    """Who answers in which column, the columns of partners by question, and the first row of answers from 0."""

    rater: str
    questions: dict[str, dict[str, str]] = field(default_factory=dict)
    start: int = 0


def is_export(grid: Grid) -> bool:
    """True if a column says who answers and two columns at least are each about one partner."""
    return small(grid) and _export(grid) is not None


def _export(grid: Grid) -> _Export | None:
    if not any(_WHO.search(text) for header in grid.headers for text in (header, *_first(grid, header))):
        return None
    for start in range(min(_HEADING_ROWS, grid.frame.height)):
        above = [
            grid.headers,
            *([cells(grid, header)[at] for header in grid.headers] for at in range(start)),
        ]
        export = _under(grid, above, start)
        if export:
            return export
    return None


def _first(grid: Grid, header: str) -> list[str]:
    return [str(cell) for cell in grid.frame[header].head(_HEADING_ROWS - 1) if cell]


def _under(grid: Grid, above: Sequence[Sequence[str]], start: int) -> _Export | None:
    """The export if its headings are the rows `above`; for each column the last that is not empty counts."""
    texts = [[row[at] for row in above if row[at] and not _IMPORT.match(row[at])] for at in range(len(grid.headers))]
    last = [parts[-1] if parts else "" for parts in texts]
    raters = [at for at, parts in enumerate(texts) if any(map(_WHO.search, parts)) and not _is_of_one(last[at])]
    for at in raters:
        answers = cells(grid, grid.headers[at])[start:]
        if not are_names(answers) or any(_IMPORT.match(answer) for answer in answers):
            continue
        export = _Export(grid.headers[at], start=start)
        names = {name_key(answer) for answer in answers if answer}
        carried = ""
        for column, (heading, parts) in enumerate(zip(grid.headers, texts, strict=True)):
            carried = parts[0] if parts and len(above) > 1 and not re.fullmatch(r"column \d+", parts[0]) else carried
            about = _about(last[column], names, carried if len(above) > 1 else "")
            if column != at and about:
                export.questions.setdefault(about[0], {})[heading] = about[1]
        export.questions = {
            question: {heading: name for heading, name in of.items() if are_names([name]) and not names_nobody(name)}
            for question, of in export.questions.items()
        }
        export.questions = {question: of for question, of in export.questions.items() if len(of) > 1}
        _add_alike(grid, export)
        listed = {name_key(name) for of in export.questions.values() for name in of.values()}
        if export.questions and (listed & names or (len(listed) > 1 and _is_asked(grid, export))):
            return export
    return None


def _is_asked(grid: Grid, export: _Export) -> bool:
    """True if columns are in brackets behind their question, or their answers are of one of our scales."""
    return any("[" in header for header in grid.headers) or any(
        question and _scale(question, _answers(grid, export, of)) for question, of in export.questions.items()
    )


def _add_alike(grid: Grid, export: _Export) -> None:
    """Columns headed by a name alone that are answered in the words of those headed by who answers are about partners too."""
    of = export.questions.get("")
    if not of:
        return
    words = {_word(cell) for heading in of for cell in cells(grid, heading)[export.start :] if cell}
    words |= set(_CONTACT) if words <= set(_CONTACT) else set()
    for heading in grid.headers:
        answers = [cell for cell in cells(grid, heading)[export.start :] if cell]
        name = seen_name(heading)
        if not are_names([name]) or names_nobody(name):
            continue
        if heading not in of and heading != export.rater and answers and {_word(cell) for cell in answers} <= words:
            of[heading] = name


def _is_of_one(heading: str) -> bool:
    return bool(_BRACKETS.fullmatch(heading))


def _about(heading: str, names: set[str], question: str) -> tuple[str, str] | None:
    """The question and the partner a column is about; null if it is about none."""
    if brackets := _BRACKETS.fullmatch(heading):
        return brackets[1].strip(), seen_name(brackets[2])
    dash = next((dash for dash in _DASHES if dash in heading), None) if name_key(heading) not in names else None
    if dash and all(part.strip() for part in heading.split(dash, 1)):
        asked, partner = heading.split(dash, 1)
        return asked.strip(), seen_name(partner)
    if name_key(heading) in names or (question and question != heading and heading and not _WHO.search(question)):
        return question, seen_name(heading)
    return None


def read(grid: Grid) -> Raw:
    """Ratings where the answers are how often or how closely partners work together, in one wave; else ties, and said.

    Answers to other questions about partners are fields of the lead's own beside them, those about the organisation itself
    answers to questions of her own. Several who answer for one partner are told apart by a number.
    """
    export = _export(grid)
    assert export is not None  # recognised before
    raters = named(grid, export.rater)
    lines = grid.frame[ROW].to_list()
    spelled = Counter(seen_name(name) for name in (*raters[export.start :], *_listed(export)) if name)
    names: dict[str, str] = {}
    for name, _ in spelled.most_common():
        names.setdefault(name_key(name), name)
    people = _people(raters, export.start)
    rows: dict[tuple[str, str, str | None], Row] = {}
    scales: dict[str, str] = {}
    scaled = False
    for question, of in export.questions.items():
        scale = _scale(question, _answers(grid, export, of))
        scales[question] = scale or "a field of your own (it is no scale of ours)"
        scaled = scaled or scale is not None
        for heading, partner in of.items():
            for at, cell in list(enumerate(cells(grid, heading, _NONE if scale == "level" else None)))[export.start :]:
                if not cell or not raters[at] or name_key(raters[at]) == name_key(partner):
                    continue
                rater, other = names[name_key(raters[at])], names[name_key(partner)]
                row = rows.setdefault((rater, other, people[at]), {"rater": rater, "partner": other, ROW: lines[at]})
                if scale is None:
                    row.setdefault(question or "answer", cell)
                else:
                    row.setdefault(scale, (_LEVEL if scale == "level" else _CONTACT)[_word(cell)])
                row["respondent_role"] = people[at]
    return _raw(grid, export, names, list(rows.values()), scales, scaled, people)


def _people(raters: Sequence[str], start: int) -> list[str | None]:
    """The respondent of each row, where several answer for one partner; null where one answers for all."""
    times = Counter(name_key(name) for name in raters[start:])
    seen: Counter[str] = Counter()
    people: list[str | None] = []
    for at, name in enumerate(raters):
        key = name_key(name)
        seen[key] += at >= start
        people.append(f"Respondent {seen[key]}" if at >= start and name and times[key] > 1 else None)
    return people


def _raw(
    grid: Grid,
    export: _Export,
    names: dict[str, str],
    rows: list[Row],
    scales: dict[str, str],
    scaled: bool,
    people: Sequence[str | None],
) -> Raw:
    where = place(grid.file, grid.sheet)
    questions = "; ".join(f'"{shorten(question or "the columns", 80)}" as {scale}' for question, scale in scales.items())
    words = f'{where}: read as a survey with a column per partner, answered under "{shorten(export.rater, 80)}": {questions}.'
    used = {export.rater, *(heading for of in export.questions.values() for heading in of)}
    own = own_questions.questions(grid, export.start, used)
    left = [header for header in grid.headers if header not in (*used, *own)]
    notices = [Problem("survey_export", words, grid.file, grid.sheet)]
    if left:
        words = f"{where}: {count(len(left), 'column')} of the survey left out: {listing(left, 12)}."
        notices.append(Problem("left_out", words, grid.file, grid.sheet))
    if own:
        words = f"{where}: kept as questions about the organisation that answers: {listing(list(own.values()), 12)}."
        notices.append(Problem("own_questions", words, grid.file, grid.sheet))
    lines = grid.frame[ROW].to_list()
    day, unsure = _day(grid, export)
    if unsure:
        words = f"{where}: the date of the survey was read day first: {day}. If that is wrong, correct it on the waves sheet."
        notices.append(Problem("day_first", words, grid.file, grid.sheet))
    stem = grid.sheet or grid.file.rpartition(".")[0] or grid.file
    wave = f"survey-{day}" if day else free_id(f"survey {stem}", (), "survey")
    table: dict[str, tuple[list[str], list[Row]]] = {}
    if scaled or own:
        waves: list[Row] = [{"id": wave, "name": f"Survey {day or stem}", "date": day, ROW: lines[0]}]
        table["waves"] = (["id", "name", "date"], waves)
    if own:
        table |= own_questions.answers(grid, (export.rater, export.start), own, names, people, wave)
    if scaled:
        table["organisations"] = (["id", "name", "kind"], [
            {"id": short_id(name), "name": shorten(name, NAME_BYTES), "kind": "other", ROW: lines[0]} for name in names.values()
        ])  # fmt: skip
        heads = ["wave", "rater", "partner", "respondent_role", "level", "contact"]
        heads += [question or "answer" for question, scale in scales.items() if scale not in ("level", "contact")]
        ends = [{**row, "rater": short_id(str(row["rater"])), "partner": short_id(str(row["partner"]))} for row in rows]
        table["ratings"] = (heads, [{**row, "wave": wave} for row in ends])
    raw = unfolded(FORMAT.id, grid, table, notices)
    return raw if scaled else _as_ties(grid, names, rows, raw)


def _as_ties(grid: Grid, names: dict[str, str], rows: list[Row], beside: Raw) -> Raw:
    """A tie for each answer about a partner, where none of them is on a scale of ours."""
    ends = ("rater", "partner", "respondent_role", ROW)
    edges = [
        Edge(None, str(row["rater"]), str(row["partner"]), None,
             {head: str(cell) for head, cell in row.items() if head not in ends}, int(str(row[ROW])), True)
        for row in rows
    ]  # fmt: skip
    nodes = [Node(name, name, {}, int(str(grid.frame[ROW][0]))) for name in names.values()]
    network = ForeignNetwork(FORMAT.id, grid.file, nodes, edges, by_label=True)
    network.nodes_sheet = network.edges_sheet = grid.sheet
    return foreign.to_raw(network) + beside


def _listed(export: _Export) -> list[str]:
    return [name for of in export.questions.values() for name in of.values()]


def _answers(grid: Grid, export: _Export, of: dict[str, str]) -> list[str]:
    """What is answered about all partners; the lowest level is kept, where elsewhere its word says that an answer is missing."""
    return [cell for heading in of for cell in cells(grid, heading, _NONE)[export.start :]]


def _word(cell: str) -> str:
    return normal(re.sub(r"^\d\s*[-–.:)]?\s+", "", cell)) if len(cell) > 1 else cell


def _scale(question: str, answers: Sequence[str]) -> str | None:
    """Which column of ratings all these answers belong to; a number is a level only where the question says so."""
    words = {_word(answer) for answer in answers if answer} - {_NONE}  # which alone tells no scale
    if words and words <= set(_CONTACT):
        return "contact"
    numbers = any(word.isdigit() for word in words)
    if words and words <= set(_LEVEL) and (not numbers or "level of collaboration" in question.lower()):
        return "level"
    return None


def _day(grid: Grid, export: _Export) -> tuple[str | None, bool]:
    """The last day somebody answered, from the first column whose cells are all days, and whether it may be read both ways."""
    for header in grid.headers:
        answers = [cell for cell in cells(grid, header)[export.start :] if cell]
        month_first = dates.order(answers) == "month"
        spans = [dates.span(answer, month_first) for answer in answers]
        if spans and all(span and not span.rough for span in spans):
            unsure = dates.order(answers) == "unsaid" and any(map(dates.ambiguous, answers))
            return max(span.last for span in spans if span).isoformat(), unsure
    return None, False


FORMAT = Format(
    "survey export",
    "Survey export",
    (".csv", ".xlsx"),
    "A survey tool's answers with a column per partner (Google Forms, Microsoft Forms, SurveyMonkey, Qualtrics)",
    shape=ShapeReader(is_export, read),
)
