"""Partners and ties as plain rows, the same for every graph format: their fields, and ids no two of which are alike."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from wtnet.network import date_of
from wtnet.sentences.format import WITHHELD
from wtnet.strength import active
from wtnet.tables import Tables
from wtnet.tables.pilots import members
from wtnet.tables.schema import KINDS
from wtnet.tables.text import clean
from wtnet.writers.export import Export

PARTNER: dict[str, str] = {
    "kind": "string",
    "kind_label": "string",
    "place": "string",
    "latitude": "double",
    "longitude": "double",
    "website": "string",
    "description": "string",
    "sharing": "string",
    "pilots": "list",
}
"""What is said of a partner beside its id and name, and of what type it is."""

TIE: dict[str, str] = {
    "strength": "double",
    "depth": "double",
    "contact": "double",
    "trust": "double",
    "value": "double",
    "extent": "double",
    "perception": "double",
    "strength_said_by_source": "double",
    "strength_said_by_target": "double",
    "agreement": "double",
    "basis": "string",
    "mean_level": "double",
    "strength_in_words": "string",
    "documented_strength": "double",
    "relationship": "string",
    "level": "integer",
    "started": "string",
    "ended": "string",
    "evidence": "string",
    "source_url": "string",
}
"""What is said of a tie beside its two partners, and of what type it is. The last six are documented; `level` is the
documented level, a whole number, and `mean_level` what both sides reported, on average."""

_RENAMED = {
    "forward": "strength_said_by_source",
    "backward": "strength_said_by_target",
    "word": "strength_in_words",
    "documented": "documented_strength",
}


Row = dict[str, Any]


def partner_rows(tables: Tables, among: Collection[str]) -> list[Row]:
    """One row for each of these partners, in the order of the organisations: `id`, `name` and the fields of `PARTNER`.

    `pilots` is a list of the names of the pilots it leads or takes part in; unknown fields are None.
    """
    pilots = _pilots(tables)
    return [
        {**row, "kind_label": KINDS[row["kind"]], "pilots": pilots.get(row["id"], [])}
        for row in tables["organisations"].iter_rows(named=True)
        if row["id"] in among
    ]


def tie_rows(export: Export) -> list[Row]:
    """One row a tie of the network: `source`, `target`, `id` and the fields of `TIE`; unknown fields are None.

    The documented fields are those of the partnerships active in the wave.
    """
    papers = documented(export.tables, date_of(export.tables, export.network.wave))
    ids = tie_ids(zip(export.network.ties["source"], export.network.ties["target"], strict=True))
    rows = []
    for row in export.network.ties.iter_rows(named=True):
        pair = (row["source"], row["target"])
        rows.append({**tie_fields(row), **papers.get(pair, {}), "source": pair[0], "target": pair[1], "id": ids[pair]})
    return rows


def tie_fields(row: Mapping[str, Any]) -> Row:
    """What the network says of one tie, by the names of `TIE`; numbers to nine decimals, beyond which is only noise."""
    fields = {_RENAMED.get(name, name): value for name, value in row.items() if name not in ("source", "target", "level")}
    fields["mean_level"] = row["level"] if row["basis"] in ("both", "one-sided") else None
    if row["basis"] == "withheld":
        fields["strength_in_words"] = WITHHELD
    return {name: round(value, 9) if isinstance(value, float) else value for name, value in fields.items()}


def documented(tables: Tables, on: date | None) -> dict[tuple[str, str], Row]:
    """What is documented of each pair (source < target) by the partnerships active on a day (None: by all).

    Several partnerships of one pair are told as one: every word once, the highest level, and from the first start to
    the last end where all of them have one.
    """
    rows = active(tables["partnerships"], on).with_columns(
        a=pl.min_horizontal("source", "target"), b=pl.max_horizontal("source", "target")
    )
    words = [_joined(name, mark) for name, mark in (("relationship", "; "), ("evidence", " | "), ("source_url", " | "))]
    rows = rows.group_by("a", "b", maintain_order=True).agg(
        *words,
        pl.col("level").max(),
        pl.when(pl.col("started").null_count() == 0).then(pl.col("started").min().dt.to_string()).alias("started"),
        pl.when(pl.col("ended").null_count() == 0).then(pl.col("ended").max().dt.to_string()).alias("ended"),
    )
    return {(row.pop("a"), row.pop("b")): row for row in rows.iter_rows(named=True)}


def _joined(name: str, mark: str) -> pl.Expr:
    texts = pl.col(name).drop_nulls().unique(maintain_order=True).str.join(mark)
    return pl.when(pl.col(name).count() > 0).then(texts).alias(name)


def _pilots(tables: Tables) -> dict[str, list[str]]:
    """The names of the pilots of each partner, those it leads first."""
    names = tables.names("pilots")
    pilots: dict[str, dict[str, None]] = {}
    for pilot, partner in members(tables).iter_rows():
        pilots.setdefault(partner, {})[names.get(pilot, pilot)] = None
    return {partner: list(of) for partner, of in pilots.items()}


def distinct_ids(ids: Iterable[str], change: Callable[[str], str] = clean) -> dict[str, str]:
    """{id: the id in a file}, changed as the format needs it and `distinct`."""
    wanted = list(ids)
    return dict(zip(wanted, distinct(wanted, change), strict=True))


def tie_ids(pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """An id for each tie, made of its two partners, no two alike."""
    wanted = list(pairs)
    return dict(zip(wanted, distinct([f"{one}--{other}" for one, other in wanted], clean), strict=True))


def distinct(values: Sequence[str], change: Callable[[str], str] = str) -> list[str]:
    """Each value changed, and told apart by a number where two would be alike or nothing would be left."""
    changed = [change(value) for value in values]
    taken, free = set(), set(changed)
    distinct_values = []
    for value in changed:
        name, number = value, 1
        while not name or name in taken or (number > 1 and name in free):
            number += 1
            name = f"{value}--{number}"
        taken.add(name)
        distinct_values.append(name)
    return distinct_values
