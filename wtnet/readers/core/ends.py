"""Which two headings of a list name the partners of a tie, and whether what stands under them looks like partners."""

from __future__ import annotations

import re
from collections.abc import Iterable

import polars as pl

from wtnet.readers.core.grid import Grid
from wtnet.readers.core.names import is_value
from wtnet.tables.missing import names_nobody
from wtnet.tables.text import name_key, normal

PAIRS = (("source", "target"), ("from", "to"), ("source", "destination"), ("vertex_1", "vertex_2"))
_RATERS = ("who_rates", "who_rated", "rater", "rated_by", "who_says", "who_answers", "respondent", "assessor", "from")
_RATED = ("who_is_rated", "who_was_rated", "about_whom", "about_who", "rates_whom", "rated", "rated_partner", "ratee", "assessed",
          "about")  # fmt: skip
"""What the two ends are called where each row is what somebody says of somebody."""
_OF_ONE = {"name", "label", "title", "partner", "source", "to", "target"}
"""Beside these, "from" and "about" are no ends of a tie."""
_SOURCE = re.compile(r"(?:from|source|sender)_(\w{1,40})|(\w{1,40})_(?:from|source)")
_TARGET = {"from": "to", "source": "target", "sender": "receiver"}
_FIRST = re.compile(
    r"((?:partner|organisation|organization|org|node|vertex|actor|member|party|name|company|charity)(?:_(?:id|name|code|no))?)"
    r"_?(1|a)(_\w{1,20})?"
)
_NO_PARTNERS = {"date", "day", "year", "month", "time", "wave", "label", "type", "kind", "page", "url", "value"}
_OF_RESULTS = {"indicator", "indicators", "indicator_name", "baseline", "outcome", "outcomes", "output", "kpi", "goal", "measure"}
"""Headings that speak of results, where a target is what is aimed for and a source where a figure is from."""
_LOOKED_AT = 2_000


def ends(headers: Iterable[str]) -> tuple[str, str] | None:
    """The two (compared) headings that name the partners of a tie, or None if these are no ties."""
    there = {normal(header) for header in headers}
    known = next((pair for pair in PAIRS if there.issuperset(pair)), None)
    return known or _saying(there) or next((pair for name in sorted(there) if (pair := _pair(name)) and pair[1] in there), None)


def is_rating(pair: tuple[str, str]) -> bool:
    """True for two (compared) headings of who says something and of whom: such a tie goes one way."""
    return pair[0] in _RATERS and pair[1] in _RATED


def _saying(there: set[str]) -> tuple[str, str] | None:
    """The headings of the rater and of the rated; None where either is missing or the list is one of something else."""
    by, of = (next((word for word in words if word in there), None) for words in (_RATERS, _RATED))
    return (by, of) if by and of and not there & _OF_ONE else None


def _pair(name: str) -> tuple[str, str] | None:
    """The heading and its counterpart: from_org and to_org, partner_1 and partner_2."""
    if match := _SOURCE.fullmatch(name):
        word, rest = name.split("_", 1) if match[1] else (name.rsplit("_", 1)[1], name.rsplit("_", 1)[0])
        if rest in _NO_PARTNERS or word not in _TARGET:
            return None
        return name, f"{_TARGET[word]}_{rest}" if match[1] else f"{rest}_{_TARGET[word]}"
    if match := _FIRST.fullmatch(name):
        number = {"1": "2", "a": "b"}[match[2]]
        start, stop = match.span(2)
        return name, name[:start] + number + name[stop:]
    return None


def are_ties(grid: Grid) -> bool:
    """True for a list whose headings name two ends under which partners stand: no results, dates or numbers beside names."""
    pair = ends(grid.headers)
    if pair is None:
        return False
    if pair[1] == "target" and set(grid.keys) & _OF_RESULTS:
        return False
    first, second = (_values(grid.frame[grid.keys[name]]) for name in pair)
    if not first or not second:
        return True
    shares = [sum(map(is_value, cells)) / len(cells) for cells in (first, second)]
    if pair[1] == "about" and not {*map(name_key, first)} & {*map(name_key, second)}:
        return False  # what somebody wrote about, in words
    if max(shares) < 0.5:
        return True
    whole = all(re.fullmatch(r"\d+(?:\.0+)?", cell) for cell in (*first, *second) if is_value(cell))
    years = all(re.fullmatch(r"(?:19|20)\d\d(?:\.0+)?", cell) for cell in (*first, *second) if is_value(cell))
    return min(shares) >= 0.5 and whole and not (years and pair == ("from", "to"))


def _values(cells: pl.Series) -> list[str]:
    """The cells that say something, of the first rows."""
    texts = [str(cell).strip() for cell in cells.head(_LOOKED_AT).drop_nulls()]
    return [text for text in texts if text and not names_nobody(text)]
