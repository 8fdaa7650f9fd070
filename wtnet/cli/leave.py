"""The command with which data leaves: export."""

from __future__ import annotations

import argparse

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
    if chosen.programme:
        with opened(chosen) as store:
            programme = store.programme(chosen.programme)
    else:
        programme = Programme("files", ", ".join(chosen.files))
    data = write(chosen.format, prepare(programme, tables, Scope(wave=wave_of(tables, chosen.wave)), audience=chosen.audience))
    save(chosen.out, data)
    print(f"Written: {chosen.out} ({len(data):,} bytes).")
    return FINE
