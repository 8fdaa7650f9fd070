"""Columns of ties that say what each side says of the other ("A rates B", "B rates A"): two ratings, each by its side; and lists
of what each says of others ("Who rates", "Who is rated"): a rating a row.

What is said is on no scale of ours, so it is kept as a field of the ratings, which a person may say counts as strength.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from wtnet.importing.scales import suggest
from wtnet.tables import Problem, Raw, RawTable, own
from wtnet.tables.dates import span
from wtnet.tables.missing import is_missing
from wtnet.tables.model import ROW, place
from wtnet.tables.own_scale import ROUNDS, on_stated_scale
from wtnet.tables.text import count, free_id, normal

_SIDES = {
    ("a", "b"), ("source", "target"), ("from", "to"), ("lead", "partner"), ("partner", "other"), ("organisation", "other"),
    ("organization", "other"), ("organisation", "partner"), ("organization", "partner"), ("we", "they"), ("our", "their"),
    ("us", "them"), ("your", "their"),
}  # fmt: skip
"""What the two sides are called, the source first; "score 1" beside "score 2" may as well be of two rounds."""
_SAYS = {
    "rates", "rate", "rated", "rating", "ratings", "says", "said", "say", "view", "score", "scores", "strength", "strong",
    "close", "closeness", "thinks", "perceives", "perceived", "feels", "weight", "values", "trusts", "trust", "answer", "opinion",
}  # fmt: skip
"""Words of a heading under which somebody says something of somebody; "budget A" beside "budget B" is no rating."""
_OF_THE_OTHER = {"of", "about", "towards"}
_BY = {"by", "from"}
_OF_TIES = ("direction", "repeated_tie", "both_sides")
"""Notices that are not true of ratings."""
_CALLED = {
    "strength": "strength", "strong": "strength", "score": "score", "scores": "score", "weight": "weight",
    "closeness": "closeness", "close": "closeness",
}  # fmt: skip
"""What the field of the ratings is called that keeps what was said."""


@dataclass(frozen=True)
class _Pair:
    """The heading under which the source of each tie says something, the one for the target, and what to call it."""

    source: str
    target: str
    name: str


def applied(raw: Raw) -> Raw:
    """The raw tables with two-sided columns and lists of who rates whom as ratings, in a wave of their own; it is said."""
    tables: list[RawTable] = []
    waves: dict[str, RawTable] = {}
    notices = list(raw.notices)
    taken = {str(id) for table in raw.tables if table.name == "waves" and "id" in table.frame.columns for id in table.frame["id"]}
    only = next(iter(taken)) if len(taken) == 1 else None
    one_sided = {(notice.file, notice.sheet) for notice in raw.notices if notice.rule == "said_of"}
    for table in raw.tables:
        if (table.file, table.sheet) in one_sided and (rated := _rated(table, only)):
            waves |= rated[1]
            tables.append(rated[0])
            notices = [
                notice
                for notice in notices
                if (notice.file, notice.sheet) != (table.file, table.sheet) or notice.rule not in _OF_TIES
            ]
            continue
        pair = _pair(table)
        if pair is None:
            tables.append(table)
            continue
        rated_rows, new = _ratings(table, pair, only)
        ratings = rated_rows.unique(["wave", "rater", "partner"], keep="first", maintain_order=True)
        waves |= new
        notices.append(_notice(table, pair, ratings, rated_rows.height - ratings.height))
        tables += [
            replace(table, frame=table.frame.drop(pair.source, pair.target)),
            replace(table, name="ratings", frame=ratings),
        ]
    waves = {id: wave for id, wave in waves.items() if id not in taken}
    return replace(raw, tables=(*waves.values(), *tables), notices=tuple(notices)) if tables != [*raw.tables] else raw


def _rated(table: RawTable, wave: str | None) -> tuple[RawTable, Mapping[str, RawTable]] | None:
    """A list of what partners say of each other as ratings, with the waves they are of; null where it says nothing in an order.

    Who is named twice by the same partner in one wave stands there twice, for the check to complain of.
    """
    if table.name != "partnerships":
        return None
    frame = table.frame
    answers = [name for name in _said_under(table) if _is_answer(name, [*frame[name]])]
    if not answers and not ("level" in frame.columns and frame["level"].count()):
        return None
    named = next((name for name in frame.columns if normal(name) in ROUNDS), None)
    stem = f"Ratings of {table.sheet or table.file.rpartition('.')[0] or table.file}"
    rounds = frame[named].str.strip_chars().to_list() if named else [None] * frame.height
    ids: dict[str, str] = {}
    of = [
        wave if wave and not name else ids.setdefault(name or stem, free_id(name or stem, {*ids.values()}, "ratings"))
        for name in rounds
    ]
    unsaid = {
        "id",
        "direction",
        named,
        *(name for name in frame.columns if name not in ("source", "target") and not frame[name].count()),
    }
    ratings = frame.select(name for name in frame.columns if name not in unsaid).rename({"source": "rater", "target": "partner"})
    ratings = ratings.with_columns(pl.Series("wave", of, dtype=pl.String))
    return replace(table, name="ratings", frame=ratings), _waves(table, ids)


def _is_answer(heading: str, cells: Sequence[str | None]) -> bool:
    """True for what somebody says of somebody, by the heading's words or by the scale that it states."""
    return on_stated_scale(heading, cells) or bool(_SAYS & {*_words(heading)} and _is_said(cells, heading))


def _waves(table: RawTable, ids: Mapping[str, str]) -> dict[str, RawTable]:
    """A wave for each name, by id."""
    return {
        id: RawTable("waves", pl.DataFrame({"id": [id], "name": [name], ROW: [1]}), table.file, table.sheet)
        for name, id in ids.items()
    }


def _pair(table: RawTable) -> _Pair | None:
    """The two columns in which each side of a tie rates the other; null where there are none."""
    if table.name != "partnerships" or not {"source", "target"} <= {normal(name) for name in table.frame.columns}:
        return None
    headings = _said_under(table)[: own.MOST]
    for at, first in enumerate(headings):
        for second in headings[at + 1 :]:
            pair = _mirrored(first, second)
            if pair and _is_said([*table.frame[first], *table.frame[second]], first):
                return pair
    return None


def _said_under(table: RawTable) -> list[str]:
    """The headings of the lead's own; what a file of ours works out of answers is no answer."""
    headings = own.headings(table.frame, table.name)
    if not own.is_ours(table.frame.columns):
        return headings
    return [heading for heading in headings if not own.is_worked_out(heading, is_tie=True)]


def _mirrored(first: str, second: str) -> _Pair | None:
    """Two headings that are the same but for which side they name: with their sides, else in the order they stand in."""
    words, others = _words(first), _words(second)
    if len(words) != len(others):
        return None
    differ = [(word, other) for word, other in zip(words, others, strict=True) if word != other]
    same = [word for word, other in zip(words, others, strict=True) if word == other]
    if not differ or not _SAYS & {*same}:
        return None
    swapped = len(differ) == 2 and differ[0] == differ[1][::-1]
    if not swapped and not (len(differ) == 1 and (differ[0] in _SIDES or differ[0][::-1] in _SIDES)):
        return None
    by, of = differ[0]
    at = words.index(by)
    before = words[at - 1] if at else ""
    turned = before in _OF_THE_OTHER or (swapped and before not in _BY and bool(_BY & {*words[at:]}))
    is_first = (by, of) in _SIDES or (of, by) not in _SIDES
    name = next((_CALLED[word] for word in same if word in _CALLED), "rating")
    if turned == is_first:
        return _Pair(second, first, name)
    return _Pair(first, second, name)


def _words(heading: str) -> list[str]:
    return [word for word in re.split(r"[\W_]+", heading.lower().replace("'s ", " ").replace("’s ", " ")) if word]


def _is_said(cells: Sequence[str | None], heading: str) -> bool:
    """True for numbers or words in an order, as answers are."""
    texts = [text for cell in cells if cell and (text := cell.strip()) and not is_missing(text)]
    return bool(suggest(texts, heading)) and not any(not text.isdigit() and span(text) for text in texts)


def _ratings(table: RawTable, pair: _Pair, wave: str | None) -> tuple[pl.DataFrame, Mapping[str, RawTable]]:
    """What each side says of the other, one row a rating, and the waves they are of."""
    frame = table.frame
    by = {normal(name): name for name in frame.columns}
    stem = table.sheet or table.file.rpartition(".")[0] or table.file
    named = next((by[name] for name in ROUNDS if name in by), None)
    rounds = frame[named].str.strip_chars().to_list() if named else [None] * frame.height
    ids: dict[str, str] = {}
    rows: list[dict[str, object]] = []
    for row, round_ in zip(frame.iter_rows(named=True), rounds, strict=True):
        for side, other, heading in (("source", "target", pair.source), ("target", "source", pair.target)):
            text = (row[heading] or "").strip()
            if not text or is_missing(text):
                continue
            name = round_ or f"Ratings of {stem}"
            id = wave if wave and not round_ else ids.setdefault(name, free_id(name, set(ids.values()), "ratings"))
            rows.append({"wave": id, "rater": row[by[side]], "partner": row[by[other]], pair.name: text, ROW: row[ROW]})
    heads = {"wave": pl.String, "rater": pl.String, "partner": pl.String, pair.name: pl.String, ROW: pl.Int64}
    return pl.DataFrame(rows, schema=heads), _waves(table, ids)


def _notice(table: RawTable, pair: _Pair, ratings: pl.DataFrame, again: int) -> Problem:
    first: Sequence[object] = ratings.row(0) if ratings.height else ()
    example = f" Row {first[-1]}: “{first[1]}” says “{first[3]}” of “{first[2]}”." if first else ""
    words = (
        f"“{pair.source.strip()}” and “{pair.target.strip()}” read as {count(ratings.height, 'rating')}, "
        f"each by the side it names, kept as “{pair.name}”.{example}"
    )
    words += f" {count(again, 'more answer')} about a pair that stands there twice left out: the first counts." if again else ""
    return Problem("two_sided", f"{place(table.file, table.sheet)}: {words}", table.file, table.sheet)
