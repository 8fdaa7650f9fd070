"""Small programmes for the tests of the store."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache

import polars as pl
import sqlalchemy as sa

from tests.support.frames import frame
from wtnet.store import Programme, Store
from wtnet.store.settings import STORE_ID
from wtnet.store.sql_schema import METADATA, RECORDS
from wtnet.tables import Tables

HOSTILE = [
    "<script>alert(1)</script>",
    "=cmd|'/C calc'!A0",
    "مرحبا بالعالم",
    "🎭🫶🏽 Theatre",
    "x" * 300,
    "O'Brien; DROP TABLE ratings;--",
    "%s {0}",
]
ONE = Programme("one", "Programme One", "About it", True, "A source", "CC BY 4.0")


def partners(*names: str) -> pl.DataFrame:
    return frame(
        "organisations", *[{"id": f"o{at}", "name": name, "kind": "museum", "sharing": "public"} for at, name in enumerate(names)]
    )


@cache
def whole() -> Tables:
    """Tables with every column of every type filled once and null once."""
    return Tables(
        {
            "organisations": frame(
                "organisations",
                {"id": "b", "name": "B", "kind": "freelancer", "sharing": "partners"},
                {"id": "a", "name": "A", "kind": "museum", "latitude": -54.970001, "longitude": 0.1 + 0.2, "sharing": "public"},
                *[{"id": f"h{at}", "name": name, "kind": "other", "description": name} for at, name in enumerate(HOSTILE)],
            ),
            "pilots": frame(
                "pilots", {"id": "p", "name": "P", "lead": "a", "starts": date(2024, 2, 29), "ends": date(2025, 1, 1)}
            ),
            "involvements": frame("involvements", {"pilot": "p", "organisation": "b", "role": "leads"}),
            "waves": frame("waves", {"id": "w2", "name": "End", "date": date(2025, 1, 1)}, {"id": "w1", "name": "Start"}),
            "partnerships": frame(
                "partnerships",
                {"id": "t1", "source": "a", "target": "b", "level": 0, "before_programme": True, "continues_after": False},
                {
                    "id": "t2",
                    "source": "b",
                    "target": "a",
                    "level": None,
                    "before_programme": None,
                    "started": date(1999, 12, 31),
                },
            ),
            "ratings": frame(
                "ratings",
                {
                    "wave": "w1",
                    "rater": "a",
                    "partner": "b",
                    "level": 5,
                    "contact": "daily",
                    "reliability": 4,
                    "comment": "Line\nbreak",
                },
                {"wave": "w1", "rater": "b", "partner": "a"},
            ),
            "indicators": frame("indicators", {"id": "i", "theme": "care", "name": "I", "better": "lower", "target": 1e-300}),
            "results": frame(
                "results",
                {"indicator": "i", "pilot": "p", "wave": "w1", "value": 0.0, "n": 2**40},
                {"indicator": "i", "pilot": "p", "wave": "w1", "organisation": "a", "value": 1.0},
                {"indicator": "i", "wave": "w1", "value": 2.0},
                {"indicator": "i", "wave": "w1", "organisation": "b", "value": 3.0},
            ),
            "findings": frame(
                "findings",
                {
                    "id": "f",
                    "theme": "care",
                    "statement": "A and B meet",
                    "organisation": "a",
                    "other": "b",
                    "date": date(2025, 1, 2),
                },
                {"id": "g", "theme": "care", "kind": "to_improve", "statement": "More time", "voice": "leaders", "wave": "w2"},
            ),
            "confirmations": frame("confirmations", {"finding": "f", "organisation": "b", "answer": "partly"}),
            "activities": frame(
                "activities", {"id": "d", "name": "Day", "kind": "training", "people": 0, "starts": date(2024, 5, 1)}
            ),
            "attendances": frame("attendances", {"activity": "d", "organisation": "a", "role": "host", "people": 2**40}),
            "quotes": frame("quotes", {"id": "q", "text": "“Thank you”", "theme": "care", "sharing": "private"}),
        }
    )


def versions(store: Store, table: str) -> list[tuple]:
    """Every version of every row: its number, and the revisions it came and went with."""
    records = RECORDS[table]
    query = sa.select(records.c.record, records.c.revision_from, records.c.revision_to).order_by(records.c.record)
    with store._database.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(query)]


def everything(store: Store) -> dict[str, list[tuple]]:
    """Every row of every SQL table, as plain values: two stores with the same are identical.

    Not the record of migrations, nor what tells a store from every other.
    """
    with store._database.engine.connect() as connection:
        return {
            table.name: [tuple(map(_plain, row)) for row in _rows(connection, table) if row[0] != STORE_ID]
            for table in METADATA.sorted_tables
            if table.name != "schema_versions"
        }


def _rows(connection: sa.Connection, table: sa.Table) -> list:
    return list(connection.execute(sa.select(table).order_by(*table.primary_key.columns)))


def _plain(value: object) -> object:
    if isinstance(value, datetime):  # SQLite keeps no time zone; what is stored is in UTC
        return value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value
    return value
