"""What a command works on: the tables of files or of a stored programme, and what was named of them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from wtnet.cli.session import open_store
from wtnet.errors import InvalidRequest
from wtnet.importing import check_files
from wtnet.store import Programme
from wtnet.strength import COMPONENTS, Weights
from wtnet.tables import CheckResult, Tables
from wtnet.tables.text import file_name

SENTENCES_SHOWN = 20
"""Sentences printed before the rest are only counted."""


def tables_of(options: argparse.Namespace) -> Tables | None:
    """The tables of the files or of the stored programme; null if the files have problems, which are then printed."""
    if bool(options.files) == bool(options.programme):
        raise InvalidRequest("Name either files or, with --programme, one stored programme.")
    if options.programme:
        with open_store(options) as store:
            return store.load(store.programme(options.programme).id, options.revision)
    if options.revision is not None:
        raise InvalidRequest("A file has no revisions; with --revision, name one stored programme with --programme.")
    checked = check_files(options.files)
    return checked.tables if usable(checked) else None


def of_files(files: Sequence[str]) -> Programme:
    """The programme that files stand for: called by their names alone, since folders say who works on which machine."""
    names = map(file_name, files)
    return Programme("files", ", ".join(Path(name).stem.strip(".") or "Files" for name in names) or "Files")


def usable(checked: CheckResult) -> bool:
    """Whether the files may be used; if not, what is wrong is printed on the error stream."""
    for problem in checked.problems[:SENTENCES_SHOWN]:
        print(problem.sentence, file=sys.stderr)
    if len(checked.problems) > SENTENCES_SHOWN:
        print(f"{len(checked.problems) - SENTENCES_SHOWN:,} more problems; run check to see them all.", file=sys.stderr)
    return checked.ok


def id_of(tables: Tables, table: str, asked: str | None) -> str | None:
    """The id of a partner ("organisations") or a pilot ("pilots") asked for by id or name; an unknown one is InvalidRequest."""
    names = tables.names(table)
    if asked is None or asked in names:
        return asked
    ids = [id for id, name in names.items() if name.lower() == asked.strip().lower()]
    if len(ids) != 1:
        what = "partner" if table == "organisations" else "pilot"
        several = f"{len(ids)} are called so; use the id" if ids else f"its id or name is in the {table} table"
        raise InvalidRequest(f'There is no single {what} "{asked}": {several}.')
    return ids[0]


def wave_of(tables: Tables, asked: str | None) -> str | None:
    """A wave's id; it may be asked for by its name."""
    waves = tables["waves"]
    if asked is None or asked in waves["id"]:
        return asked
    named = waves.filter(pl.col("name").str.to_lowercase() == asked.strip().lower())["id"]
    return str(named[0]) if named.len() == 1 else asked


def pilots_of(tables: Tables, asked: list[str]) -> list[str]:
    """The ids of pilots asked for by id or name; a name that no pilot has stays as it is."""
    ids = {name.lower(): pilot for pilot, name in tables.names("pilots").items()}
    return [name if name in tables.pilots["id"] else ids.get(name.strip().lower(), name) for name in asked]


def weights_of(written: str | None) -> Weights:
    """Weights written as depth=1,contact=0.5; a part that is left out keeps the weight 1."""
    weights: dict[str, float] = {}
    for part in (written or "").split(","):
        if not part.strip():
            continue
        name, _, number = part.partition("=")
        name = name.strip().lower()
        if name not in COMPONENTS:
            raise InvalidRequest(f'There is no weight "{name}"; the parts of strength are {", ".join(COMPONENTS)}.')
        try:
            weights[name] = float(number)
        except ValueError:
            raise InvalidRequest(
                f'The weight of {name}, "{number.strip()}", is not a number; write for example {name}=2.'
            ) from None
    return Weights(**weights)
