"""What fields of the lead's own say of ties: the values of the documented partnerships of each pair, or of its answers."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from wtnet.measures.engine.arrays import once
from wtnet.network import Network, date_of, ratings_in
from wtnet.strength import active
from wtnet.tables import answer_fields, own
from wtnet.tables.papers import FIELD_TYPES

Pair = tuple[str, str]
_ADDED = ("GBP", "EUR", "USD")
"""Units of numbers that are added up where a pair has several partnerships; other numbers are averaged."""


@dataclass(frozen=True, eq=False)
class TieValues:
    """The values of one field by pair (source before target as text), of partnerships active in the wave."""

    label: str
    type: str
    unit: str | None
    texts: dict[Pair, list[str]] = field(repr=False)

    @property
    def is_number(self) -> bool:
        """Whether the field holds numbers."""
        return self.type == "number"

    def number(self, pair: Pair) -> float | None:
        """The number of a pair: the sum of its partnerships' where it is money, else their mean; null where none is known."""
        known = [number for text in self.texts.get(pair, ()) if (number := own.number(text)) is not None]
        if not known:
            return None
        return sum(known) if self.is_money else sum(known) / len(known)

    @property
    def is_money(self) -> bool:
        """Whether the numbers are amounts of money."""
        return self.unit in _ADDED

    def parts(self, pair: Pair) -> list[str]:
        """The categories of a pair, each once."""
        return list(dict.fromkeys(part for text in self.texts.get(pair, ()) for part in own.parts(text, self.type)))


@once
def _decoded(network: Network) -> list[tuple[Pair, dict[str, str]]]:
    rows = active(network.tables["partnerships"], date_of(network.tables, network.wave))
    ends = ((min(pair), max(pair)) for pair in rows.select("source", "target").iter_rows())
    return [(pair, own.decode(cell)) for pair, cell in zip(ends, rows[own.OWN], strict=True) if cell]


def of_field(network: Network, name: str) -> TieValues:
    """The values of a field of partnerships, as far as the reader sees them; or of what partners answered in the wave."""
    if answer_fields.is_one(name):
        row = answer_fields.fields(network.tables, *FIELD_TYPES).get(name)
        answers = answer_fields.given(ratings_in(network.tables, network.wave), name) if row else {}
        about = row or {"label": name, "type": "text"}
        return TieValues(about["label"], about["type"] or "text", None, answers)
    row = own.of_table(network.tables, "partnerships").get(name, {})
    texts: dict[Pair, list[str]] = {}
    for pair, values in _decoded(network):
        if name in values:
            texts.setdefault(pair, []).append(values[name])
    return TieValues(row.get("label", name), row.get("type", "text"), row.get("unit"), texts)


def by_kinds(network: Network, matrix: pl.DataFrame, values: TieValues) -> pl.Series:
    """The number of each row of `reach.mixing` (kind_a, kind_b): the sum over its ties where it is money, else their mean; null
    where none is known."""
    of = dict(network.graph.nodes(data="kind"))
    known: dict[tuple[str, ...], list[float]] = {}
    for source, target in network.ties.select("source", "target").iter_rows():
        if (number := values.number((source, target))) is not None:
            known.setdefault(tuple(sorted((of[source], of[target]))), []).append(number)
    cells = (known.get(tuple(sorted(pair)), []) for pair in matrix.select("kind_a", "kind_b").iter_rows())
    numbers = [(sum(cell) if values.is_money else sum(cell) / len(cell)) if cell else None for cell in cells]
    return pl.Series(numbers, dtype=pl.Float64)
