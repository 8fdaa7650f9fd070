"""What partners answer about each other beside the standard questions: fields of a tie in a wave, for the lead alone.

They are own fields of the ratings. A tie holds what either side said; as a field of ties each goes by its id behind `PREFIX`, so
that it is told from a field of the documented partnerships.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import polars as pl

from wtnet.tables import own
from wtnet.tables.model import Tables
from wtnet.tables.text import cut

PREFIX = "answers."
HEADING = "Answers: "
"""What the heading of such a field begins with in a file of ties, where it is worked out anew."""
_ENDS = {"source": pl.String, "target": pl.String}


def is_one(name: str) -> bool:
    """Whether the name of a field of ties, or a choice of its values, is of such a field."""
    return name.startswith(PREFIX)


def fields(tables: Tables, *types: str) -> dict[str, dict[str, Any]]:
    """The fields of these types, each with its row of `fields`; none for others than the lead, whatever she shares."""
    if tables.audience != "lead":
        return {}
    return {PREFIX + id: row for id, row in own.of_table(tables, "ratings").items() if (row["type"] or "text") in types}


def filters(tables: Tables) -> dict[str, str]:
    """What ties can be filtered by: "answers.fair=4" → "Is the work shared fairly?: 4", for fields of few values and scales."""
    options: dict[str, str] = {}
    scales = _scales(tables)
    for name, row in fields(tables, *own.CATEGORICAL, "number").items():
        if row["type"] != "number" or row["id"] in scales:
            texts = own.values(tables.ratings, row["id"])
            parts = {part for text in texts for part in _parts(text, row, scales)}
            if len(parts) <= own.CATEGORIES:
                options |= {f"{name}={part}": f"{cut(row['label'], 60)}: {cut(part, 60)}" for part in sorted(parts)}
    return options


def given(ratings: pl.DataFrame, name: str) -> dict[tuple[str, str], list[str]]:
    """What is said in a field by pair (source before target as text), of the ratings of one wave."""
    id = name.removeprefix(PREFIX)
    answers: dict[tuple[str, str], list[str]] = {}
    for rater, partner, cell in ratings.select("rater", "partner", own.OWN).iter_rows():
        if text := own.decode(cell).get(id):
            answers.setdefault((min(rater, partner), max(rater, partner)), []).append(text)
    return answers


def pairs(tables: Tables, ratings: pl.DataFrame, wanted: Iterable[str]) -> pl.DataFrame:
    """`source`, `target` of the pairs of which either side says one of these values in the ratings of a wave, of each field."""
    asked: dict[str, set[str]] = {}
    for choice in wanted:
        name, _, value = choice.partition("=")
        asked.setdefault(name, set()).add(value)
    rows, scales = own.of_table(tables, "ratings"), _scales(tables)
    left: set[tuple[str, str]] | None = None
    for name, values in asked.items():
        row = rows[name.removeprefix(PREFIX)]
        answers = given(ratings, name)
        of = {pair for pair, texts in answers.items() if any(values & set(_parts(text, row, scales)) for text in texts)}
        left = of if left is None else left & of
    return pl.DataFrame(sorted(left or ()), schema=_ENDS, orient="row")


def _scales(tables: Tables) -> set[str]:
    return set(tables.questions.filter(pl.col("type") == "scale")["id"])


def _parts(text: str | None, row: Mapping[str, Any], scales: Collection[str]) -> list[str]:
    """The categories in an answer; of a scale the nearest step, where several people of one organisation are their mean."""
    if row["id"] not in scales:
        return own.parts(text, row["type"])
    step = own.number(text)
    return [] if step is None else [str(int(step + 0.5))]
