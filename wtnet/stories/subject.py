"""Whom a story is about: a partner, a pilot or the programme."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from wtnet.errors import InvalidRequest
from wtnet.tables import Tables


@dataclass(frozen=True)
class Subject:
    """Whom a story is about: `kind` "partner", "pilot" or "programme" (of a view also "group"), its id ("" for the
    programme) and its row."""

    kind: str
    id: str
    row: dict[str, Any]

    @property
    def about(self) -> str:
        """The subject as it stands in `Story.about`."""
        return f"{self.kind}:{self.id}" if self.id else self.kind

    @property
    def name(self) -> str:
        """Its name, in one line; "" for the programme, which has none in its tables."""
        return " ".join(str(self.row.get("name") or "").split())


def subject(tables: Tables, about: str) -> Subject:
    """Whom "partner:ID", "pilot:ID" or "programme" names; one that is not there is an InvalidRequest."""
    kind, _, id_ = about.partition(":")
    if kind == "programme":
        return Subject("programme", "", {})
    where = {"partner": "organisations", "pilot": "pilots"}.get(kind)
    if where is None:
        raise InvalidRequest(f"A story is about a partner, a pilot or the programme, not about “{about}”.")
    rows = tables[where].filter(pl.col("id") == id_)
    if not rows.height:
        some = tables[where]["id"].to_list()
        choices = f"choose one of {', '.join(some[:8])}{' …' if len(some) > 8 else ''}" if some else "there are none"
        raise InvalidRequest(f"There is no {kind} “{id_}” that this audience may see by name; {choices}.")
    return Subject(kind, id_, rows.row(0, named=True))
