"""The tables as CSVs in one zip, for any program there will ever be."""

from __future__ import annotations

from wtnet.tables import own, schema
from wtnet.writers.archive import archive
from wtnet.writers.export import Export
from wtnet.writers.provenance import provenance_lines
from wtnet.writers.tables import formula

_HOW = """\
Each file is one table, comma-separated, in UTF-8, with a row of headings. An empty cell means not known, never zero.
Dates are written as 2024-03-01. Text that a spreadsheet would take for a formula has one apostrophe before it, which is
taken away again when the zip is brought in.
"""


def write(export: Export) -> bytes:
    """A zip of organisations.csv, partnerships.csv … and README.txt with where the data came from.

    Brought in again, the tables are the same in every row, type, null and order. All are there, empty ones as
    headings alone. The files begin with a byte-order mark, so that Excel reads names right.
    """
    files = {f"{name}.csv": b"\xef\xbb\xbf" + formula.csv(own.expanded(export.given, name)) for name in schema.NAMES}
    return archive({**files, "README.txt": _about(export).encode()}, export.made)


def _about(export: Export) -> str:
    lines = [*provenance_lines(export, network=False), "", _HOW]
    for name, declared in schema.SCHEMAS.items():
        lines.append(f"{name}.csv ({export.given[name].height:,} rows): {' '.join((declared.__doc__ or '').split())}")
        lines += [f"    {column}: {schema.column(name, column).description}" for column in schema.visible(name)]
        lines += [f"    {heading}: a field of your own" for heading in own.labels(export.given, name).values()]
        lines.append("")
    return "\n".join(lines)
