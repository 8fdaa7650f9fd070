"""Kinds of partnership: the words of `relationship`, several of which may stand in one cell, and which way partnerships go.

A kind is known by its words in small letters, with blanks for underscores: "Takes referrals_from" is takes referrals from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from wtnet.tables import answer_fields, own
from wtnet.tables.derived import derived
from wtnet.tables.model import Tables
from wtnet.tables.text import cut

MARK = ";"
"""What stands between two kinds in a cell."""
_LONGEST = 80
"""A text that is longer is a remark, and no kind that partnerships are told apart by."""
_MOST = 60


def words(cell: str | None) -> dict[str, str]:
    """The kinds in a cell, in order: each by what it is known by, with its words as a person reads them."""
    parts = (" ".join(part.replace("_", " ").split()) for part in (cell or "").split(MARK))
    return {part.casefold(): part for part in parts if part}


def kinds(cell: str | None) -> tuple[str, ...]:
    """The kinds in a cell by what they are known by."""
    return tuple(words(cell))


def in_words(cell: str | None) -> str:
    """The kinds in a cell as a person reads them: "funds; shares space"; "" for none."""
    return f"{MARK} ".join(words(cell).values())


@derived
def in_use(tables: Tables) -> dict[str, str]:
    """The kinds of partnership that are documented, most frequent first: what each is known by, and its words."""
    number: Counter[str] = Counter()
    written: dict[str, str] = {}
    for cell in tables["partnerships"]["relationship"].drop_nulls():
        for kind, label in words(cell).items():
            if len(label) <= _LONGEST:
                number[kind] += 1
                written.setdefault(kind, label)
    order = sorted(number, key=lambda kind: (-number[kind], kind))[:_MOST]
    return {kind: f"{written[kind][0].upper()}{written[kind][1:]}" for kind in order}


def joined(cells: Iterable[str | None]) -> str | None:
    """The kinds of several cells as one cell: each once, as first written, in the order of the alphabet; null for none."""
    parts: dict[str, str] = {}
    for cell in cells:
        for part in (cell or "").split(MARK):
            if text := part.strip():
                parts.setdefault(" ".join(text.replace("_", " ").split()).casefold(), text)
    return f"{MARK} ".join(parts[kind] for kind in sorted(parts)) or None


def fields(tables: Tables, *types: str) -> dict[str, dict[str, Any]]:
    """The fields of the lead's own of partnerships that are of one of these types (categories if none is given), by id, then
    those of answers (`answer_fields`); for others than the lead those alone that they see of every partnership."""
    wanted = types or own.CATEGORICAL
    documented = {
        field: row
        for field, row in own.of_table(tables, "partnerships").items()
        if row["type"] in wanted and _shared(tables, field)
    }
    return documented | answer_fields.fields(tables, *wanted)


def _shared(tables: Tables, field: str) -> bool:
    """Whether the reader sees a field of every partnership that has it."""
    if tables.exact is None:
        return True
    whole, shown = (
        dict(zip(each["partnerships"]["id"], own.values(each["partnerships"], field), strict=True))
        for each in (tables.exact, tables)
    )
    return tells_all(tables) and all(whole.get(id) == text for id, text in shown.items())


def tells_all(tables: Tables) -> bool:
    """Whether the reader learns of every partnership what kind it is: not where one is of a partner that is not shown by name."""
    return touching(tables).is_empty()


def touching(tables: Tables) -> pl.DataFrame:
    """The partnerships of partners without a name for the reader; their kinds are not shown."""
    hidden = list(tables.lead_ids)
    return tables["partnerships"].filter(pl.col("source").is_in(hidden) | pl.col("target").is_in(hidden))


def filters(tables: Tables) -> dict[str, str]:
    """What partnerships can be filtered by beside their kind: "region=North" → "Region: North"."""
    options: dict[str, str] = {}
    for field, row in fields(tables).items():
        if answer_fields.is_one(field):
            continue
        texts = own.values(tables["partnerships"], field)
        parts = dict.fromkeys(part for text in texts for part in own.parts(text, row["type"]))
        if len(parts) <= own.CATEGORIES:
            options |= {f"{field}={part}": f"{row['label']}: {cut(part, 60)}" for part in sorted(parts)}
    return options | answer_fields.filters(tables)


def narrowed(partnerships: pl.DataFrame, wanted: Sequence[str], values: Sequence[str], types: Mapping[str, str]) -> pl.DataFrame:
    """The partnerships of one of these kinds (all for none), and with these values of fields of the lead's own ("region=North"):
    for each field one of its values counts. `types`: those of the fields."""
    if wanted:
        cells = partnerships["relationship"]
        partnerships = partnerships.filter([not set(wanted).isdisjoint(kinds(cell)) for cell in cells])
    asked: dict[str, set[str]] = {}
    for choice in (each for each in values if not answer_fields.is_one(each)):
        field, _, word = choice.partition("=")
        asked.setdefault(field, set()).add(word)
    for field, allowed in asked.items():
        texts = own.values(partnerships, field)
        partnerships = partnerships.filter([not allowed.isdisjoint(own.parts(text, types.get(field))) for text in texts])
    return partnerships


def types_of(tables: Tables) -> dict[str, str]:
    """The type of each field of the lead's own of partnerships, by id."""
    return {field: row["type"] for field, row in own.of_table(tables, "partnerships").items()}
