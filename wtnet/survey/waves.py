"""The waves a survey can be made for: those of the programme, and new ones that nobody has answered yet.

A new wave is only *planned*: stored beside the programme, so that no page shows an empty network. The first answers make it
a wave of the programme.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

import polars as pl

from wtnet.errors import InvalidRequest
from wtnet.network import waves_in_order
from wtnet.store import Store
from wtnet.tables import Tables
from wtnet.tables.text import free_id

_PREFIX = "survey-wave:"


@dataclass(frozen=True)
class Wave:
    """One wave of the survey; `planned` if nobody has answered yet and the programme does not have it."""

    id: str
    name: str
    date: date | None
    planned: bool = False


def planned(store: Store, programme: str) -> tuple[Wave, ...]:
    """The waves that were named for a survey and have no answers yet, by date."""
    settings = store.settings(_prefix(programme)).values()
    stored = [Wave(row["id"], row["name"], date.fromisoformat(row["date"]), True) for row in settings]
    return tuple(sorted(stored, key=lambda wave: (str(wave.date), wave.id)))


def plan(store: Store, programme: str, name: str, on: date) -> Wave:
    """Plan a new wave. An empty name, or one that a wave has already, is an InvalidRequest."""
    name = " ".join(name.split())
    if not name or len(name) > 200:
        raise InvalidRequest("A new wave needs a name of at most 200 letters, such as “Autumn 2026”; write one and try again.")
    existing = waves(store.load(programme), planned(store, programme))
    if any(name.casefold() in (wave.name.casefold(), wave.id.casefold()) for wave in existing):
        raise InvalidRequest(f"There is a wave “{name}” already; choose it, or give the new one another name.")
    id = free_id(name, {wave.id.casefold() for wave in existing}, "wave")
    store.remember(_prefix(programme) + quote(id, safe=""), {"id": id, "name": name, "date": on.isoformat()})
    return Wave(id, name, on, True)


def forget(store: Store, programme: str, wave: str) -> None:
    """Remove a planned wave."""
    store.remember(_prefix(programme) + quote(wave, safe=""), None)


def waves(tables: Tables, more: tuple[Wave, ...] = ()) -> tuple[Wave, ...]:
    """The waves of a programme from first to last, then the planned ones it does not have yet."""
    rows = {row["id"]: row for row in tables.waves.iter_rows(named=True)}
    programme_waves = [Wave(id, rows[id]["name"], rows[id]["date"]) for id in waves_in_order(tables)]
    return (*programme_waves, *(wave for wave in more if wave.id not in rows))


def find(asked: str, choices: tuple[Wave, ...]) -> Wave:
    """A wave by its id or name; an unknown one is an InvalidRequest that names the choices."""
    for wave in choices:
        if asked == wave.id:
            return wave
    named = [wave for wave in choices if wave.name.casefold() == asked.strip().casefold()]
    if len(named) == 1:
        return named[0]
    known = ", ".join(wave.name for wave in choices) or "none yet"
    raise InvalidRequest(f"There is no wave “{asked}” for a survey; there is: {known}. Choose one, or name a new one.")


def with_wave(tables: Tables, wave: Wave) -> Tables:
    """The tables with this wave among theirs."""
    if wave.id in tables.waves["id"]:
        return tables
    row = pl.DataFrame([{"id": wave.id, "name": wave.name, "date": wave.date}], schema=tables.waves.schema)
    return tables.with_(waves=pl.concat([tables.waves, row]))


def _prefix(programme: str) -> str:
    return f"{_PREFIX}{quote(programme, safe='')}:"
