"""For whom a command speaks: the numbers of hidden partners, and what was named, as that audience has it."""

from __future__ import annotations

import argparse

from wtnet import access
from wtnet.cli.verbs import opened
from wtnet.tables import Tables


def numbers(chosen: argparse.Namespace, tables: Tables) -> dict[str, int]:
    """The numbers of hidden partners: those kept with the stored programme; of files, drawn by lot."""
    if not chosen.programme:
        return access.numbered(tables)
    with opened(chosen) as store:
        return access.remembered(store, store.programme(chosen.programme).id, tables)


def renamed(other: access.Renaming, table: str, id: str | None) -> str | None:
    """The id of a pilot or wave as the audience has it: another one where it holds a hidden name."""
    return other.ids.get(table, {}).get(id, id) if id is not None else None
