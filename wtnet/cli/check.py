"""The command that reads files and says what is right and wrong with them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from wtnet import importing
from wtnet.cli import printing
from wtnet.cli.exit_codes import FINE, PROBLEMS


def check(options: argparse.Namespace) -> int:
    """Read and check files, and print what was found."""
    known, settings = None, None
    if options.programme:
        from wtnet.cli.session import open_store  # SQLAlchemy is not needed for files alone

        with open_store(options) as store:
            known, settings = store.load(store.programme(options.programme).id), importing.remembered(store)
    with _absent("sqlalchemy"):
        check_files = importing.check_files
    checked = check_files(options.files, known, settings)
    if options.json:
        printing.as_json(
            {
                "format": checked.format,
                "tables": checked.tables.counts(),
                "problems": [problem.as_dict() for problem in checked.problems],
                "notices": [notice.as_dict() for notice in checked.notices],
            }
        )
        return FINE if checked.ok else PROBLEMS
    print(f"Read as {checked.format}.")
    if checked.tables.counts():
        printing.as_table(("table", "good rows"), checked.tables.counts().items())
    printing.titled("Good to know", [notice.sentence for notice in checked.notices])
    printing.titled("To put right before this can be brought in", [problem.sentence for problem in checked.problems])
    if checked.ok:
        print("No problems found.")
    return FINE if checked.ok else PROBLEMS


@contextmanager
def _absent(library: str) -> Iterator[None]:
    """Make a library look absent, unless it is loaded, to others that load it where it is there but do not need it here.

    dataframely loads SQLAlchemy (0.4 s of processor time) for the case that SQL tables are declared from a schema.
    """
    if library in sys.modules:
        yield
        return
    modules = cast("dict[str, object]", sys.modules)
    modules[library] = None
    try:
        yield
    finally:
        del modules[library]
