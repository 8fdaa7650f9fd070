"""A small programme with results, a page's whole text, and tables from rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import polars as pl
from streamlit.testing.v1 import AppTest

from tests.support.app import shown
from wtnet.sentences import impact_method
from wtnet.store import Programme, Store
from wtnet.tables import Tables
from wtnet.tables.schema import SCHEMAS


def made(**rows: list[dict[str, Any]]) -> Tables:
    """Tables from rows given as mappings; what is not given is empty."""
    whole = {}
    for name, given in rows.items():
        schema = SCHEMAS[name].polars()
        whole[name] = pl.DataFrame([dict.fromkeys(schema) | row for row in given], schema=schema, strict=False)
    return Tables(whole)


def small(**more: Any) -> Tables:
    """Three pilots, a percentage in two waves; in the first pilot it rests on three people."""
    values = {"a": (41.37, 3), "b": (43.91, 9), "c": (58.0, 40)}
    results = [
        {"indicator": "i", "pilot": pilot, "wave": wave, "value": value + at, "n": n, "evidence": f"Register {pilot}"}
        for at, wave in enumerate(("w0", "w1"))
        for pilot, (value, n) in values.items()
    ]
    return made(
        organisations=[{"id": "m", "name": "Museum", "kind": "museum"}],
        pilots=[{"id": pilot, "name": f"Pilot {pilot.upper()}", "place": f"Town {pilot}", "lead": "m"} for pilot in values],
        waves=[
            {"id": "w0", "name": "First", "date": dt.date(2024, 1, 1)}, {"id": "w1", "name": "Last", "date": dt.date(2025, 1, 1)}
        ],
        indicators=[
            {"id": "i", "theme": "care", "name": "Felt better", "unit": "%", "better": "higher", "target": 60.0, **more}
        ],
        results=results,
        quotes=[
            {"id": f"q{n}", "pilot": "c", "theme": "care", "text": f"Words for {who}.", "attribution": "Someone", "sharing": who}
            for n, who in enumerate(("public", "partners", "private"))
        ],
    )  # fmt: skip


def kept(address: str, tables: Tables) -> None:
    with Store(address) as store:
        store.create(Programme("small", "Small"), tables, author="t", reason="t")


def everything(app: AppTest) -> str:
    """All that the page sends: words, the pictures' messages, and the cells of its tables."""

    def walk(block: Any) -> Iterator[Any]:
        for child in getattr(block, "children", {}).values():
            yield child
            yield from walk(child)

    sent = [str(node.proto) for node in walk(app._tree) if getattr(node, "type", "") == "bidi_component"]
    cells = [str(frame.value.to_dict()) for frame in app.dataframe]
    said = shown(app).replace(impact_method.METHOD.strip(), "")
    return "\n".join([said, *cells, *sent]).replace("\\342\\200\\223", "–")
