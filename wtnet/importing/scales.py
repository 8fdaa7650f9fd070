"""Strength on a scale of the lead's own: strong, medium and weak, 1–10, pounds or hours, brought to 0–1 where she says so.

Nothing is taken for a strength by itself: a column of ties is offered, the lead says the scale, and it is remembered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from wtnet.errors import InvalidRequest
from wtnet.tables import Problem, Raw, RawTable, Tables, own
from wtnet.tables.missing import is_missing
from wtnet.tables.model import place
from wtnet.tables.own_scale import BETWEEN, MOST_WORDS, NONE, Scale, on_stated_scale, parsed
from wtnet.tables.text import caseless, count, normal

PREFIX = "scale:"
"""What the names of remembered scales begin with in the store's settings."""
TABLES = ("partnerships", "ratings")
"""What says how strong a partnership is: a document on it, or what one partner says of the other."""
Place = tuple[str, str | None, str]
"""File, sheet and heading."""
_LIKELY = {
    "strength", "weight", "score", "closeness", "intensity", "rating", "value", "how_strong", "strength_of_tie", "importance",
    "how_close", "tie_strength", "strength_of_relationship", "relationship_strength", "quality", "stärke", "force",
}  # fmt: skip
_RANKS = (
    NONE,
    ("very weak", "very low", "minimal", "just met", "new", "sehr schwach", "très faible"),
    ("weak", "low", "light", "loose", "small", "little", "a little", "rarely", "poor", "red", "schwach", "gering", "niedrig",
     "faible", "débil", "debole", "wan", "isel", "zwak"),
    ("medium", "moderate", "middling", "some", "fair", "sometimes", "ok", "average", "amber", "developing", "mid", "mittel",
     "moyen", "moyenne", "media", "medio", "canolig", "matig", "gemiddeld"),
    ("strong", "high", "close", "good", "big", "often", "a lot", "green", "established", "stark", "hoch", "eng", "fort", "forte",
     "élevé", "fuerte", "cryf", "uchel", "sterk"),
    ("very strong", "very high", "very close", "excellent", "always", "sehr stark", "sehr eng", "très fort", "très forte"),
)  # fmt: skip
_RANK = {word: rank for rank, words in enumerate(_RANKS) for word in words}


@dataclass(frozen=True)
class Offer:
    """A column of ties or ratings that may say how strong they are: where it is, its values, a scale that may be meant."""

    table: str
    place: Place
    values: tuple[str, ...]
    suggestion: str
    likely: bool

    @property
    def heading(self) -> str:
        """The column's heading."""
        return self.place[2]


def offers(raw: Raw) -> list[Offer]:
    """Columns of ties and ratings that may be a strength: words few enough to be put in order, or numbers; likely ones first."""
    columns = []
    for table in raw.tables:
        for heading in _own_headings(table):
            texts = [text.strip() for text in table.frame[heading].drop_nulls() if text.strip() and not is_missing(text.strip())]
            suggestion = suggest(texts, f"{heading} {table.sheet or ''}")
            if suggestion:
                words = {normal(heading), *re.split(r"\W|_", normal(heading))}
                likely = bool(_LIKELY & words) or on_stated_scale(heading, texts)
                place_ = (table.file, table.sheet, heading)
                columns.append(Offer(table.name, place_, tuple(dict.fromkeys(texts))[:MOST_WORDS], suggestion, likely))
    return sorted(columns, key=lambda offer: not offer.likely)


def suggest(texts: Sequence[str], heading: str = "") -> str:
    """The scale values may be on, as `parsed` reads it; "" where they are neither few words nor numbers."""
    different = list(dict.fromkeys(caseless(text) for text in texts))
    if not different:
        return ""
    sizes = [size for text in texts if (size := own.number(text)) is not None]
    if len(sizes) >= 0.8 * len(texts):
        stated = BETWEEN.search(heading)
        if stated and float(stated[1]) <= min(sizes) and max(sizes) <= float(stated[2]):
            return str(Scale((), float(stated[1]), float(stated[2])))
        tops = [top for top in (1, 4, 5, 7, 10, 100) if max(sizes) <= top]
        return str(Scale((), min(0.0, *sizes), float(tops[0]) if tops else max(sizes))) if max(sizes) > 0 else ""
    if len(different) > 7 or any(len(word) > 40 for word in different):
        return ""
    ranked = sorted(different, key=lambda word: _RANK.get(word, 2.5))
    known = sum(word in _RANK for word in different)
    if known < 0.6 * len(different) or len(different) < 2:
        return ""
    return "; ".join(ranked if _RANK.get(ranked[0]) == 0 else ["none", *ranked])


def applied(raw: Raw, settings: Mapping[str, Any]) -> Raw:
    """The raw tables with a strength for each tie, from the columns a person gave a scale; it is said, with what is not on it."""
    tables, notices = [], list(raw.notices)
    for table in raw.tables:
        frame = table.frame
        for heading in _own_headings(table):
            scale = from_settings(heading, settings)
            if scale is None or "own_strength" in frame.columns:
                continue
            texts = frame[heading].str.strip_chars().to_list()
            values = [scale.of(text) for text in texts]
            notices = [notice for notice in notices if not _is_answered(notice, table, heading)]
            notices.append(_notice(table, heading, scale, texts, values))
            if table.name == "ratings":  # a rating keeps what was said, and is worked out from it
                continue
            read_as = [f"{text} on {scale}" if value is not None else None for text, value in zip(texts, values, strict=True)]
            numbers = [None if value is None else f"{value:.6g}" for value in values]
            frame = frame.with_columns(
                pl.Series("own_strength", numbers, dtype=pl.String), pl.Series("own_scale", read_as, dtype=pl.String)
            )
        tables.append(replace(table, frame=frame))
    return replace(raw, tables=tuple(tables), notices=tuple(notices))


def _ends(table: RawTable) -> list[str]:
    """The headings of the two partners of a tie."""
    return [heading for heading in table.frame.columns if normal(heading) in ("source", "target")]


def _is_answered(notice: Problem, table: RawTable, heading: str) -> bool:
    """Whether a notice asks for the scale of this column alone."""
    asked = notice.rule == "not_a_level" and (notice.file, notice.sheet) == (table.file, table.sheet)
    return asked and f': "{heading.strip()}" kept as' in notice.sentence


def _notice(table: RawTable, heading: str, scale: Scale, texts: Sequence[str | None], values: Sequence[float | None]) -> Problem:
    on_it = table.frame.filter(pl.Series([value is not None for value in values], dtype=pl.Boolean))
    taken = len(set(map(frozenset, on_it.select(_ends(table)).iter_rows()))) if table.name == "partnerships" else on_it.height
    off = sorted({text for text, value in zip(texts, values, strict=True) if text and value is None})
    words = f"read as strength of {count(taken, table.name[:-1])}, on your scale “{scale}”."
    words += f" Not on it, so left without a strength: {', '.join(off[:6])}." if off else ""
    return Problem(
        "own_scale", f"{place(table.file, table.sheet, None, heading)}: {words}", table.file, table.sheet, None, heading
    )


def declared(tables: Tables, settings: Mapping[str, Any]) -> Tables:
    """The tables with the scale beside each field that counts as strength."""
    rows = []
    for row in tables.fields.iter_rows(named=True):
        scale = from_settings(row["label"], settings) if row["table"] in TABLES else None
        rows.append({**row, "scale": str(scale), "strength": True} if scale else row)
    return tables.with_(fields=pl.DataFrame(rows, schema=tables.fields.schema)) if rows else tables


def preview(scale: Scale, values: Iterable[str]) -> list[tuple[str, float | None]]:
    """What some values become on a scale."""
    return [(value, scale.of(value)) for value in values]


def _own_headings(table: RawTable) -> list[str]:
    return own.headings(table.frame, table.name) if table.name in TABLES else []


def to_setting(heading: str, scale: Scale | None) -> tuple[str, dict[str, str]]:
    """The name and value under which the store remembers the scale of columns with a heading; null forgets it."""
    return f"{PREFIX}{own.field_id(heading)}"[:200], {"scale": str(scale) if scale else ""}


def typed(texts: Iterable[str]) -> dict[str, dict[str, str]]:
    """Scales as they are typed on the command line, "Strength=1 to 7", as settings; what is none is an InvalidRequest."""
    settings: dict[str, dict[str, str]] = {}
    for text in texts:
        heading, _, scale = text.partition("=")
        known = parsed(scale)
        if not heading.strip() or known is None:
            raise InvalidRequest(
                f'"{text}" is no scale: write the column\'s heading, = and the scale, such as "Strength=1 to 7" or '
                '"Closeness=weak; medium; strong".'
            )
        settings |= dict([to_setting(heading, known)])
    return settings


def unused(settings: Mapping[str, Any], raw: Raw) -> str:
    """A sentence on scales that are of no column of the files; "" where each is."""
    names = {to_setting(heading, None)[0] for table in raw.tables for heading in _own_headings(table)}
    absent = ", ".join(f'"{name.removeprefix(PREFIX)}"' for name in settings if name not in names)
    return f"No column of partnerships or ratings is called {absent}, so its scale was not used." if absent else ""


def from_settings(heading: str, settings: Mapping[str, Any]) -> Scale | None:
    """The remembered scale of columns with a heading."""
    kept = settings.get(f"{PREFIX}{own.field_id(heading)}"[:200])
    return parsed(str(kept.get("scale"))) if isinstance(kept, dict) and kept.get("scale") else None
