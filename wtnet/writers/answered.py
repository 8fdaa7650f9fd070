"""What partners answer about each other beside the standard questions, as columns of ties in a file; for the lead alone."""

from __future__ import annotations

from typing import Any

from wtnet.network import ratings_in
from wtnet.tables import Tables, answer_fields
from wtnet.tables.papers import FIELD_TYPES
from wtnet.tables.text import clean
from wtnet.writers.export import Export


def headings(tables: Tables) -> dict[str, str]:
    """The fields of such answers: heading → name."""
    named: dict[str, str] = {}
    for name, row in answer_fields.fields(tables, *FIELD_TYPES).items():
        heading = f"{answer_fields.HEADING}{clean(row['label'])}"
        named[heading if heading not in named else f"{heading} ({row['id']})"] = name
    return named


def types(tables: Tables) -> dict[str, str]:
    """The same headings, each with the type of its column."""
    return dict.fromkeys(headings(tables), "string")


def by_tie(export: Export) -> dict[tuple[str, str], dict[str, Any]]:
    """What both sides of each pair answer in the wave, by heading, with a bar between."""
    ratings = ratings_in(export.tables, export.network.wave)
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for heading, name in headings(export.tables).items():
        for pair, texts in answer_fields.given(ratings, name).items():
            rows.setdefault(pair, {})[heading] = " | ".join(dict.fromkeys(texts))
    return rows
