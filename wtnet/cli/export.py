"""The command with which data leaves: export."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import Any

from wtnet import access
from wtnet.cli.audience import id_for_audience, numbers
from wtnet.cli.exit_codes import FINE, PROBLEMS
from wtnet.cli.session import open_store
from wtnet.cli.source import id_of, tables_of, wave_of
from wtnet.errors import InvalidRequest
from wtnet.network import Scope
from wtnet.store import Programme
from wtnet.writers import prepare, write
from wtnet.writers.file import save

_WHOLE_NETWORK = ("report", "give-back", "pptx")
"""Formats that cut to their partner themselves."""


def export(options: argparse.Namespace) -> int:
    """Write a programme, or files, in another format: the whole file or none."""
    tables = tables_of(options)
    if tables is None:
        return PROBLEMS
    known = numbers(options, tables) if options.audience != "lead" or options.format == "give-back" else None
    arrangement = {}
    if options.programme:
        with open_store(options) as store:
            programme = store.programme(options.programme)
            arrangement = store.arrangement(programme.id)
    else:
        programme = Programme("files", ", ".join(options.files))
    partner, pilot = id_of(tables, "organisations", options.partner), id_of(tables, "pilots", options.pilot)
    if partner in access.hidden(tables, options.audience):
        raise InvalidRequest(
            f'"{options.partner}" is not shown by name to this audience ({options.audience}); leave --partner out.'
        )
    renaming = access.renaming(tables, options.audience, known)
    pilot = id_for_audience(renaming, "pilots", pilot)
    wave = id_for_audience(renaming, "waves", wave_of(tables, options.wave))
    scope = Scope(wave=wave, **_narrowed(options.format, partner, pilot))
    export = prepare(programme, tables, scope, audience=options.audience, known=known, arranged=arrangement)
    export = replace(
        export,
        picture=options.picture,
        size=options.size,
        partner=partner,
        pilot=pilot,
    )
    data = write(options.format, export)
    save(options.out, data)
    print(f"Written: {options.out} ({len(data):,} bytes).")
    return FINE


def _narrowed(format: str, partner: str | None, pilot: str | None) -> dict[str, Any]:
    """The part of the network, as arguments of `Scope`, that a file about one partner or pilot holds.

    The partner with those it works with, or the partners of the pilot; a report on a partner needs the whole network.
    """
    about = {"pilots": (pilot,)} if pilot else {}
    return about | ({"focus": (partner,)} if partner and format not in _WHOLE_NETWORK else {})
