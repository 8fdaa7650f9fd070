"""Keep the present shape of the database, with a small programme in it, as SQL for both databases.

Run as `python -m tests.store.shapes.make` after raising `SHAPE`: writes `tests/store/shapes/NUMBER.sqlite.sql` and
`NUMBER.postgresql.sql`. Files of earlier shapes stay as they were made, for the tests of the migrations.
"""

from __future__ import annotations

import tempfile
from datetime import date, datetime
from functools import cache
from pathlib import Path

import polars as pl
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from wtnet.store import Programme, Store
from wtnet.store.sql_schema import METADATA, SHAPE
from wtnet.tables import Tables, schema

HERE = Path(__file__).parent
DIALECTS = {"sqlite": sqlite.dialect(), "postgresql": postgresql.dialect()}


@cache
def sample() -> list[Tables]:
    """Three states of one programme: two partners with a tie and a rating; one renamed; the tie gone and a wave more."""
    first = Tables(
        {
            "organisations": _frame(
                "organisations",
                {"id": "a", "name": "Ånna's Arts", "kind": "freelancer", "sharing": "partners"},
                {"id": "b", "name": "City; Hospital", "kind": "health_provider", "latitude": 54.97, "sharing": "public"},
            ),
            "waves": _frame("waves", {"id": "w", "name": "Baseline", "date": date(2024, 2, 29)}),
            "partnerships": _frame(
                "partnerships", {"id": "p", "source": "a", "target": "b", "level": 2, "before_programme": True}
            ),
            "ratings": _frame("ratings", {"wave": "w", "rater": "a", "partner": "b", "level": 3, "contact": "weekly"}),
            "indicators": _frame("indicators", {"id": "i", "theme": "care", "name": "Sessions", "target": 0.1}),
        }
    )
    renamed = first.organisations.with_columns(name=pl.col("name").replace("City; Hospital", "City Hospital"))
    second = first.with_(organisations=renamed)
    waves = pl.concat([first.waves, _frame("waves", {"id": "v", "name": "End"})])
    return [first, second, second.with_(partnerships=first.partnerships.clear(), waves=waves)]


def _frame(table: str, *rows: dict[str, object]) -> pl.DataFrame:
    types = schema.SCHEMAS[table].polars()
    return pl.DataFrame([{name: row.get(name) for name in types} for row in rows], schema=types)


def declared(kind: str) -> list[str]:
    """The statements that make the present shape in an empty database of this kind."""
    made = []
    for table in METADATA.sorted_tables:
        made.append(str(CreateTable(table).compile(dialect=DIALECTS[kind])))
        indexes = sorted(table.indexes, key=lambda one: str(one.name))
        made += [str(CreateIndex(index).compile(dialect=DIALECTS[kind])) for index in indexes]
    return [" ".join(statement.split()) for statement in made]


def _rows(store: Store, kind: str) -> list[str]:
    said = []
    with store._database.engine.connect() as connection:
        for table in METADATA.sorted_tables:
            for row in connection.execute(sa.select(table).order_by(*table.primary_key.columns)).mappings():
                values = ", ".join(_literal(row[column.name], kind) for column in table.columns)
                names = ", ".join(f'"{column.name}"' for column in table.columns)
                said.append(f'INSERT INTO "{table.name}" ({names}) VALUES ({values})')
    return said


def _literal(value: object, kind: str) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return str(int(value)) if kind == "sqlite" else str(value).upper()
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, datetime):
        return f"'{value:%Y-%m-%d %H:%M:%S.%f}'" if kind == "sqlite" else f"'{value:%Y-%m-%d %H:%M:%S.%f}+00'"
    return "'" + str(value).replace("'", "''") + "'"


def write(folder: Path = HERE) -> None:
    """Write both files of the present shape."""
    with tempfile.TemporaryDirectory() as temporary, Store(f"sqlite:///{temporary}/made.db") as store:
        states = sample()
        made = store.create(Programme("kept", "Kept", illustrative=True), states[0], "Ada", "first")
        for state in states[1:]:
            made = store.commit("kept", state, base=made.id, author="Ben", reason="then", kind="edit")
        for kind in DIALECTS:
            lines = [*declared(kind), *_rows(store, kind)]
            (folder / f"{SHAPE}.{kind}.sql").write_text(";\n".join(lines) + ";\n", encoding="utf-8")


if __name__ == "__main__":
    write()
