"""Lists of partnerships or ratings without a list of partners, where none is stored either: the partners are those they name."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from wtnet.tables import Problem, Raw, RawTable, Tables
from wtnet.tables.missing import names_nobody
from wtnet.tables.model import ROW, place
from wtnet.tables.numbers import amount
from wtnet.tables.text import count, name_key, normal, short_id

_ENDS = {"partnerships": ("source", "target"), "ratings": ("rater", "partner")}
_SHOWN = 4


def applied(raw: Raw, known: Tables | None) -> Raw:
    """The raw tables with the partners that partnerships and ratings name, and the waves that ratings name; it is said.

    Numbers and words for what is missing are left as they are, for the check to complain of. Nothing is made where partners are
    listed in a file or stored.
    """
    names = {table.name for table in raw.tables}
    if not raw.declared or "organisations" in names or not names & {*_ENDS} or (known is not None and known.organisations.height):
        return raw
    lists = [table for table in raw.tables if table.name in _ENDS]
    if any(
        table.name == "partnerships" and normal(table.sheet or table.file.rpartition(".")[0]) == table.name for table in lists
    ):
        return raw  # named for a table of ours, it stands beside the others
    partners = _rows([(table, _ENDS[table.name]) for table in lists])
    if not partners:
        return raw
    first = lists[0]
    kinds = {"kind": pl.Series(["other"] * len(partners), dtype=pl.String)}
    made = [RawTable("organisations", _frame(partners).with_columns(**kinds), first.file, first.sheet)]
    rated = [table for table in lists if table.name == "ratings"]
    if rated and "waves" not in names and not (known is not None and known.waves.height):
        waves = _rows([(table, ("wave",)) for table in rated])
        made += [RawTable("waves", _frame(waves), first.file, first.sheet)] if waves else []
    few = ", ".join(f"“{name}”" for name, _ in partners[:_SHOWN]) + (" …" if len(partners) > _SHOWN else "")
    created = f"{count(len(partners), 'partner')} in no list of partners, created with the kind other: {few}."
    words = f"{place(first.file, first.sheet)}: {created}"
    notice = Problem("created_partner", words, first.file, first.sheet)
    return replace(raw, tables=(*made, *raw.tables), notices=(*raw.notices, notice))


def _rows(lists: list[tuple[RawTable, tuple[str, ...]]]) -> list[tuple[str, int]]:
    """The names under some headings, each once as it is first written, with their rows."""
    rows: dict[str, tuple[str, int]] = {}
    for table, columns in lists:
        headings = [name for name in table.frame.columns if normal(name) in columns]
        for row in table.frame.select(*headings, ROW).iter_rows():
            for cell in row[:-1]:
                name = " ".join((cell or "").split())
                if name and not names_nobody(name) and (columns == ("wave",) or not amount(name)):
                    rows.setdefault(name_key(name), (name, row[-1]))
    return list(rows.values())


def _frame(rows: list[tuple[str, int]]) -> pl.DataFrame:
    ids = [short_id(name) for name, _ in rows]
    return pl.DataFrame({"id": ids, "name": [name for name, _ in rows], ROW: [at for _, at in rows]})
