"""Next steps: what is to be done about partners and partnerships, and what became of those at the next wave."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, NamedTuple

import polars as pl

from wtnet.errors import InvalidRequest
from wtnet.measures.change import pairs
from wtnet.network import Network, Scope, build, silent
from wtnet.tables import Tables, schema, waves


class StepOutcome(NamedTuple):
    """What is known of a step's partner or pair at the last wave after it was made.

    `wave` is that wave; `state` one of `pair_states.STATES`, "none" (no partnership in either wave) or, of one partner,
    "partners"; `before` and `after` are strengths (0–1), or numbers of partners; null where unknown.
    """

    wave: str
    state: str
    before: float | None
    after: float | None


def added(tables: Tables, table: str, row: Mapping[str, Any]) -> Tables:
    """The tables with one row more in one of the lead's own, under a new id."""
    id = f"{table.removesuffix('s').replace('_', '-')}-{secrets.token_hex(6)}"  # two people may add one at the same time
    types = schema.SCHEMAS[table].polars()
    new = pl.DataFrame([{**dict.fromkeys(types), **row, "id": id}], schema=types)
    _require_text(table, new)
    return tables.with_(**{table: pl.concat([tables[table], new])})


def changed(tables: Tables, table: str, cells: Mapping[str, Mapping[str, Any]], gone: Collection[str] = ()) -> Tables:
    """The tables with cells of one of the lead's own changed, by id and column, and the rows of some ids taken out."""
    types = schema.SCHEMAS[table].polars()
    rows = [{**row, **cells.get(row["id"], {})} for row in tables[table].iter_rows(named=True) if row["id"] not in gone]
    frame = pl.DataFrame(rows, schema=types)
    _require_text(table, frame)
    return tables.with_(**{table: frame})


def _require_text(table: str, frame: pl.DataFrame) -> None:
    column, words = {"next_steps": ("what", "A next step"), "notes": ("text", "A note")}[table]
    if any(not (text or "").strip() for text in frame[column]):
        raise InvalidRequest(f"{words} needs a few words; write what it is, and save again.")


def in_order(tables: Tables) -> pl.DataFrame:
    """The next steps: those to do first, by day (without one last), then those done, each in the order they were made."""
    done = pl.col("done").fill_null(False)
    return tables.next_steps.sort(done, "due", nulls_last=True, maintain_order=True)


def late(tables: Tables, today: date) -> int:
    """How many steps are not done although their day is over."""
    return tables.next_steps.filter(~pl.col("done").fill_null(False), (pl.col("due") < today).fill_null(False)).height


def became(tables: Tables) -> dict[str, StepOutcome]:
    """What became of each step's partner or pair by the last wave after that in which it was made, by the step's id.

    Steps about nobody, of no wave, or of the last wave have no entry: there is nothing to compare yet.
    """
    order = waves.in_order(tables)
    networks: dict[str, Network] = {}

    def network(wave: str) -> Network:
        if wave not in networks:
            networks[wave] = build(tables, Scope(wave=wave))
        return networks[wave]

    results = {}
    for step in tables.next_steps.iter_rows(named=True):
        later = order[order.index(step["wave"]) + 1 :] if step["wave"] in order else []
        if step["organisation"] is None or not later:
            continue
        then, now = network(step["wave"]), network(later[-1])
        results[step["id"]] = _of_pair(then, now, step) if step["partner"] else _of_partner(then, now, step["organisation"])
    return results


def _of_partner(then: Network, now: Network, partner: str) -> StepOutcome:
    before, after = (float(len(network.graph[partner])) if partner in network.graph else None for network in (then, now))
    return StepOutcome(str(now.wave), "partners", before, after)


def _of_pair(then: Network, now: Network, step: Mapping[str, Any]) -> StepOutcome:
    ends = sorted((step["organisation"], step["partner"]))
    row = pairs(then, now).filter(pl.col("source") == ends[0], pl.col("target") == ends[1])
    if row.height:
        state, before, after = row.select("state", "before", "after").row(0)
        return StepOutcome(str(now.wave), state, before, after)
    quiet = silent(now.tables, now.wave) & set(ends)
    return StepOutcome(str(now.wave), "unknown" if quiet else "none", None, None)
