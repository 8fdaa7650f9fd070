"""The waves a survey can be made for, and what the lead decides on them: a new one, open or closed, shown, current.

A new wave is a wave of the programme at once, and open: nobody is led to it, and others than the lead do not see it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

import polars as pl

from wtnet.errors import InvalidRequest
from wtnet.store import Revision, Store
from wtnet.tables import Tables
from wtnet.tables import waves as in_tables
from wtnet.tables.text import free_id

_PREFIX = "survey-wave:"


@dataclass(frozen=True)
class Wave:
    """One wave of the survey; `open` while answers still come in."""

    id: str
    name: str
    date: date | None
    open: bool = False


def planned(store: Store, programme: str) -> tuple[Wave, ...]:
    """The waves that an earlier version named for a survey and kept beside the programme, by date (see `status.adopt`)."""
    settings = store.settings(setting(programme)).values()
    stored = [Wave(row["id"], row["name"], date.fromisoformat(row["date"]), True) for row in settings]
    return tuple(sorted(stored, key=lambda wave: (str(wave.date), wave.id)))


def add(store: Store, programme: str, name: str, on: date, author: str) -> Wave:
    """Add a new wave to the programme, open and for a survey. An empty name, or one that a wave has, is an InvalidRequest."""
    name = " ".join(name.split())
    if not name or len(name) > 200:
        raise InvalidRequest("A new wave needs a name of at most 200 letters, such as “Autumn 2026”; write one and try again.")
    base = store.head(programme) or 0
    tables = store.load(programme, base)
    existing = waves(tables, planned(store, programme))
    if any(name.casefold() in (wave.name.casefold(), wave.id.casefold()) for wave in existing):
        raise InvalidRequest(f"There is a wave “{name}” already; choose it, or give the new one another name.")
    wave = Wave(free_id(name, {wave.id.casefold() for wave in existing}, "wave"), name, on, True)
    reason = f"A new wave of the survey: {name}"
    store.commit(programme, with_wave(tables, wave), base=base, author=author, reason=reason, kind="survey")
    return wave


def give_up(store: Store, programme: str, wave: Wave, author: str) -> None:
    """Take a wave and its roster out again. One with answers or results is an InvalidRequest."""
    base = store.head(programme) or 0
    tables = store.load(programme, base)
    if not is_empty(tables, wave.id):
        raise InvalidRequest(f"“{wave.name}” has answers or results, so it stays; take them out on the Data page first.")
    roster = tables.asked.filter(pl.col("wave") != wave.id)
    tables = tables.with_(waves=tables.waves.filter(pl.col("id") != wave.id), asked=roster)
    store.commit(programme, tables, base=base, author=author, reason=f"{wave.name} was given up", kind="survey")


def decide(store: Store, programme: str, wave: Wave, author: str, **cells: object) -> Revision:
    """Change what the lead decides on a wave, `status`, `current` or `shown`, as a revision of its own."""
    base = store.head(programme) or 0
    tables = store.load(programme, base)
    if wave.id not in tables.waves["id"]:
        raise InvalidRequest(f"“{wave.name}” is not in the programme any more; open the page afresh and choose another wave.")
    words = {
        ("status", "open"): "opened again",
        ("status", "closed"): "closed",
        ("current", True): "named as the wave to show first",
        ("current", None): "not named as the wave to show first any more",
        ("shown", True): "shown while it is open",
        ("shown", None): "not shown any more while it is open",
    }
    reason = f"{wave.name}: {', '.join(words[name, value] for name, value in cells.items())}"  # type: ignore[index]
    after = in_tables.changed(tables, wave.id, **cells)
    return store.commit(programme, after, base=base, author=author, reason=reason, kind="survey")


def is_empty(tables: Tables, wave: str) -> bool:
    """Whether a wave holds neither answers nor results."""
    return not any(wave in tables[name]["wave"] for name in ("ratings", "answers", "results"))


def waves(tables: Tables, more: tuple[Wave, ...] = ()) -> tuple[Wave, ...]:
    """The waves of a programme from first to last, then those of `more` it does not have."""
    rows = {row["id"]: row for row in tables.waves.iter_rows(named=True)}
    opened = set(in_tables.opened(tables))
    programme_waves = [Wave(id, rows[id]["name"], rows[id]["date"], id in opened) for id in in_tables.in_order(tables)]
    return (*programme_waves, *(wave for wave in more if wave.id not in rows))


def usual(tables: Tables, choices: tuple[Wave, ...]) -> Wave:
    """The wave whose survey is looked at first: the last open one, else the last round of the survey, else the last."""
    rounds = set(in_tables.survey_waves(tables))
    for wanted in ((wave for wave in choices if wave.open), (wave for wave in choices if wave.id in rounds)):
        if inside := list(wanted):
            return inside[-1]
    return choices[-1]


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
    """The tables with this wave among theirs: a new one is open, and for a survey."""
    if wave.id in tables.waves["id"]:
        return tables
    about = {"id": wave.id, "name": wave.name, "date": wave.date, "purpose": "survey", "status": in_tables.OPEN}
    return tables.with_(waves=pl.concat([tables.waves, pl.DataFrame([about], schema=tables.waves.schema)]))


def setting(programme: str) -> str:
    """What the names of the settings begin with in which an earlier version kept new waves."""
    return f"{_PREFIX}{quote(programme, safe='')}:"
