"""The numbers of hidden partners, and ids as an audience has them."""

from __future__ import annotations

import argparse

from wtnet import access
from wtnet.cli.session import open_store
from wtnet.tables import Tables


def numbers(options: argparse.Namespace, tables: Tables) -> dict[str, int]:
    """The numbers of hidden partners: those stored with the programme; of files, drawn at random."""
    if not options.programme:
        return access.numbered(tables)
    with open_store(options) as store:
        return access.stored_numbers(store, store.programme(options.programme).id, tables)


def id_for_audience(renaming: access.Renaming, table: str, id: str | None) -> str | None:
    """The id of a pilot or wave as the audience has it: another one where it holds a hidden name."""
    return renaming.ids.get(table, {}).get(id, id) if id is not None else None
