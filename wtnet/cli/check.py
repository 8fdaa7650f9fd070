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
from wtnet.errors import InvalidRequest


def check(options: argparse.Namespace) -> int:
    """Read and check files, and print what was found."""
    known, settings = None, None
    if options.programme:
        from wtnet.cli.session import open_store  # SQLAlchemy is not needed for files alone

        with open_store(options) as store:
            known, settings = store.load(store.programme(options.programme).id), importing.remembered(store)
    with _absent("sqlalchemy", "pydantic", "pydantic_core"):
        from wtnet.importing import files, scales
    typed = scales.typed(options.scale)
    result = files.bring_files(options.files, known, {**(settings or {}), **typed})
    checked = result.checked
    if unused := scales.unused(typed, result.raw):
        raise InvalidRequest(unused)
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
def _absent(*libraries: str) -> Iterator[None]:
    """Make libraries that are not loaded yet look absent, so that other libraries do not load them in vain.

    dataframely loads SQLAlchemy and pydantic (0.4 s of processor time) to declare SQL tables and models from a schema.
    """
    modules = cast("dict[str, object]", sys.modules)
    hidden = [library for library in libraries if library not in modules]
    modules.update(dict.fromkeys(hidden))
    try:
        yield
    finally:
        for library in hidden:
            del modules[library]
