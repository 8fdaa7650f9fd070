"""The command with which data leaves: export."""

from __future__ import annotations

import argparse

from wtnet import access
from wtnet.cli.figures import tables_of, wave_of
from wtnet.cli.verbs import FINE, PROBLEMS, opened
from wtnet.network import Scope
from wtnet.store import Programme
from wtnet.writers import prepare, write
from wtnet.writers._file import save


def export(chosen: argparse.Namespace) -> int:
    """Write a programme, or files, in another format: the whole file or none."""
    tables = tables_of(chosen)
    if tables is None:
        return PROBLEMS
    known = None
    if chosen.programme:
        with opened(chosen) as store:
            programme = store.programme(chosen.programme)
            known = access.remembered(store, programme.id, tables) if chosen.audience != "lead" else None
    else:
        programme = Programme("files", ", ".join(chosen.files))
    scope = Scope(wave=wave_of(tables, chosen.wave))
    data = write(chosen.format, prepare(programme, tables, scope, audience=chosen.audience, known=known))
    save(chosen.out, data)
    print(f"Written: {chosen.out} ({len(data):,} bytes).")
    return FINE
