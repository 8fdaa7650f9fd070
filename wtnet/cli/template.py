"""The command that writes the blank workbook: template."""

from __future__ import annotations

import argparse
from pathlib import Path

from wtnet.cli.exit_codes import FINE
from wtnet.errors import InvalidRequest
from wtnet.writers.file import save
from wtnet.writers.tables.template import template as blank_workbook


def template(options: argparse.Namespace) -> int:
    """Write the blank workbook; a file that is there is never written over."""
    target = Path(options.file)
    if target.suffix.lower() != ".xlsx":
        raise InvalidRequest(
            f'"{target.name}" does not end in .xlsx, but the blank workbook is an Excel file; name it {target.stem}.xlsx.'
        )
    try:
        there = target.is_dir() or (target.exists() and target.stat().st_size > 0)
    except OSError:
        there = False  # saving says why the place is no good
    if there:
        raise InvalidRequest(f'"{target}" is there already; choose another name, so that nothing filled in is lost.')
    save(target, blank_workbook())
    print(f"Wrote {target}.")
    return FINE
