"""The command with which data leaves: export."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import Any

from wtnet import access
from wtnet.cli.audience import numbers, renamed
from wtnet.cli.figures import tables_of, wave_of
from wtnet.cli.verbs import FINE, PROBLEMS, opened
from wtnet.errors import InvalidRequest
from wtnet.network import Scope
from wtnet.store import Programme
from wtnet.tables import Tables
from wtnet.writers import prepare, write
from wtnet.writers.file import save


def export(chosen: argparse.Namespace) -> int:
    """Write a programme, or files, in another format: the whole file or none."""
    tables = tables_of(chosen)
    if tables is None:
        return PROBLEMS
    known = numbers(chosen, tables) if chosen.audience != "lead" or chosen.format == "give-back" else None
    arranged = {}
    if chosen.programme:
        with opened(chosen) as store:
            programme = store.programme(chosen.programme)
            arranged = store.arrangement(programme.id)
    else:
        programme = Programme("files", ", ".join(chosen.files))
    partner, pilot = (
        named(tables, table, asked) for table, asked in (("organisations", chosen.partner), ("pilots", chosen.pilot))
    )
    if partner in access.hidden(tables, chosen.audience):
        raise InvalidRequest(
            f'"{chosen.partner}" is not shown by name to this audience ({chosen.audience}); leave --partner out.'
        )
    other = access.renaming(tables, chosen.audience, known)
    pilot = renamed(other, "pilots", pilot)
    scope = Scope(wave=renamed(other, "waves", wave_of(tables, chosen.wave)), **narrowed(chosen.format, partner, pilot))
    export = prepare(programme, tables, scope, audience=chosen.audience, known=known)
    places = {one: place for one, place in arranged.items() if one in export.positions}
    export = replace(
        export,
        positions={**export.positions, **places},
        picture=chosen.picture,
        size=chosen.size,
        partner=partner,
        pilot=pilot,
    )
    data = write(chosen.format, export)
    save(chosen.out, data)
    print(f"Written: {chosen.out} ({len(data):,} bytes).")
    return FINE


def named(tables: Tables, table: str, asked: str | None) -> str | None:
    """The id of a partner ("organisations") or a pilot ("pilots") asked for by id or name; an unknown one is InvalidRequest."""
    there = dict(tables[table].select("id", "name").iter_rows())
    if asked is None or asked in there:
        return asked
    alike = [one for one, name in there.items() if name.lower() == asked.strip().lower()]
    if len(alike) != 1:
        what = "partner" if table == "organisations" else "pilot"
        several = f"{len(alike)} are called so; use the id" if alike else f"its id or name is in the {table} table"
        raise InvalidRequest(f'There is no single {what} "{asked}": {several}.')
    return alike[0]


def narrowed(format: str, partner: str | None, pilot: str | None) -> dict[str, Any]:
    """What a file about one partner or pilot is looked at in: a report on a partner, and its own extract, still know the
    whole network; every other file holds the partner with those it works with, or the partners of the pilot."""
    about = {"pilots": (pilot,)} if pilot else {}
    return about | ({"focus": (partner,)} if partner and format not in WHOLE else {})


WHOLE = ("report", "give-back", "pptx")
"""Formats that know of themselves what they are about."""
