"""Names that a person said are other partners' ("Rosa Lindquist" is Rosa Lindqvist): remembered, used for the next file, said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from wtnet.importing import matching
from wtnet.tables import Problem, Tables
from wtnet.tables.text import count, name_key

PREFIX = "same:"
"""What the names of remembered choices begin with in the store's settings."""
_SHOWN = 6


def to_setting(name: str, partner: tuple[str, str] | None) -> tuple[str, dict[str, str] | None]:
    """The name and value under which the store remembers that a name is a stored partner's (its id and name); null forgets it."""
    return PREFIX + name_key(name)[:150], {"id": partner[0], "name": partner[1]} if partner else None


def applied(tables: Tables, known: Tables | None, settings: Mapping[str, Any]) -> tuple[Tables, dict[str, str]]:
    """The tables of files with partners under remembered names as those they are, and which: name in the file → partner's name.

    A memory counts only where the partner is stored, under the name it had, and the name in the file is no stored partner's.
    """
    meant = _meant(settings)
    if not meant or known is None or tables.organisations.is_empty():
        return tables, {}
    stored = known.names("organisations")
    taken = {name_key(name) for name in stored.values()}
    rows = list(tables.organisations.select("id", "name").iter_rows())
    here = {name_key(name): id for id, name in rows}
    new: dict[str, str] = {}
    used: dict[str, str] = {}
    for id, name in rows:
        partner, called = meant.get(name_key(name)[:150], ("", ""))
        if id in stored or name_key(name) in taken or name_key(stored.get(partner, "")) != name_key(called) or not called:
            continue
        new[id] = here.get(name_key(called), partner)
        used[name] = stored[partner]
    if not new:
        return tables, {}
    absent = [id for id in dict.fromkeys(new.values()) if id not in {id for id, _ in rows}]
    whole = known.organisations.filter(pl.col("id").is_in(absent))
    last = pl.col("id").is_in(list(new))  # whose values count only where the others say nothing
    partners = pl.concat([tables.organisations.filter(~last), whole, tables.organisations.filter(last)])
    return matching.renamed(tables.with_(organisations=partners), "organisations", new), used


def notice(used: Mapping[str, str], file: str) -> Problem:
    """What was read as whom."""
    few = ", ".join(f"“{name}” as {partner}" for name, partner in list(used.items())[:_SHOWN])
    more = f" and {len(used) - _SHOWN:,} more" if len(used) > _SHOWN else ""
    return Problem("same_as", f"{file}: {count(len(used), 'name')} read as another partner's, as you said: {few}{more}.", file)


def _meant(settings: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """What is remembered: the name as it is compared → the partner's id and name."""
    kept = ((name.removeprefix(PREFIX), value) for name, value in settings.items() if name.startswith(PREFIX))
    return {name: (str(value.get("id", "")), str(value.get("name", ""))) for name, value in kept if isinstance(value, dict)}
