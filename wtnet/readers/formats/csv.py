"""Our own tables as CSV: which table a file is, by its name or else by its headings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from wtnet.readers.core.ends import ends
from wtnet.readers.core.format import Format
from wtnet.readers.core.grid import Grid
from wtnet.readers.core.lists import COMMON
from wtnet.tables import schema
from wtnet.tables.model import Raw
from wtnet.tables.text import normal

FORMAT = Format(
    "csv",
    "CSV tables",
    (".csv", ".tsv", ".zip"),
    "The same tables as CSV: one file, several, a folder or a zip of them, named organisations.csv, partnerships.csv …",
)
_DISTINCT = {"relationship", "level", "started", "ended", "before_programme", "continues_after", "evidence", "source_url"}
"""Columns of partnerships that other tools' edge lists do not have."""
_SELDOM = ("activities", "attendances", "findings", "confirmations", "fields", "next_steps", "notes", "coverage")
"""Tables whose columns fit a list of partners or pilots as well; a file that may be either is not of these."""
_BARE = {"source", "target", "level"}


def table_of(grid: Grid) -> str | None:
    """The table a CSV holds, or None: by its name (organisations.csv, "Harbour - ratings (2).csv"), else by its headings.

    By headings it is the table that shares most columns with the file, if it is the only one to share so many and its
    needed columns are all there. Only source and target, or the columns other tools have, make another tool's edge list.
    """
    stem = re.sub(r"(?<!\s)\s*+\(\d++\)$", "", re.split(r"[/\\]", grid.file)[-1].rpartition(".")[0])
    there = set(grid.keys)
    for part in map(normal, (stem, stem.rpartition(" - ")[2])):
        certain = not ends(there) and part not in COMMON
        if part in schema.NAMES and (part == "partnerships" or certain or there >= set(schema.required(part))):
            return part
    if ends(there):
        distinct = there & _DISTINCT
        whole = there <= set(schema.Partnerships.column_names())
        own = len(distinct) > 1 or (distinct and whole and there != _BARE)
        return "partnerships" if {"source", "target"} <= there and own else None
    points = {name: len(there & set(schema.SCHEMAS[name].column_names())) for name in schema.NAMES}
    best = [name for name, number in points.items() if number == max(points.values())]
    best = [name for name in best if name not in _SELDOM] if len(best) > 1 else best
    fits = len(best) == 1 and points[best[0]] > 1 and there >= set(schema.required(best[0]))
    return best[0] if fits else None


def bare_ties(grid: Grid) -> str | None:
    """The table of partnerships for a list of source, target and level alone, which may as well be another tool's."""
    return "partnerships" if set(grid.keys) == _BARE else None


def read(tables: Sequence[tuple[str, Grid]]) -> Raw:
    """Grids that are tables of ours, as they stand."""
    return Raw(
        FORMAT.id,
        tuple(grid.table(name) for name, grid in tables),
        tuple(notice for _, grid in tables for notice in grid.notices),
        tuple(problem for _, grid in tables for problem in grid.problems),
    )
