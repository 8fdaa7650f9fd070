"""What becomes of the first rows of a sheet: each cell as it stands and as it is read."""

from __future__ import annotations

import polars as pl

from wtnet.importing.files import ImportResult, Place
from wtnet.tables import Tables, own, schema
from wtnet.tables.judged import judged
from wtnet.tables.model import ROW
from wtnet.tables.text import normal, one_line

_ROWS, _COLUMNS = 4, 40


def sheets(result: ImportResult) -> dict[Place, dict[str, int]]:
    """What each sheet was read as: the rows it gave each table; nothing for one that was left out."""
    places: dict[Place, dict[str, int]] = {}
    for table in result.raw.tables:
        rows = places.setdefault((table.file, table.sheet), {})
        rows[table.name] = rows.get(table.name, 0) + table.frame.height
    for notice in result.raw.notices:
        if notice.rule in ("unknown_sheet", "not_a_table") and notice.file and notice.sheet:
            places.setdefault((notice.file, notice.sheet), {})
    for sheet in result.sheets:
        places.setdefault(sheet.place, {})
    return places | {place: {} for place in result.left}


def of_sheet(result: ImportResult, place: Place, known: Tables | None = None) -> pl.DataFrame:
    """The cells of the first rows of a sheet: `row`, `table`, `column` and `read as` ("40% → 40" where that is not the same)."""
    columns = {"row": pl.Int64, "table": pl.String, "column": pl.String, "read as": pl.String}
    lines: list[tuple[int, str, str, str]] = []
    after = judged(result.raw, known).tables
    for before, now in zip(result.raw.tables, after, strict=True):
        if (before.file, before.sheet) != place:
            continue
        ours = set(schema.SCHEMAS[before.name].column_names())
        for was, read in zip(before.frame.head(_ROWS).to_dicts(), now.frame.head(_ROWS).to_dicts(), strict=False):
            for heading in list(was)[:_COLUMNS]:
                text = one_line(was[heading] or "").strip() if heading != ROW else ""
                if not text:
                    continue
                name = normal(heading) if normal(heading) in ours else f"{heading.strip()} (your own)"
                value = one_line(read.get(heading) or "").strip() or "empty"
                lines.append((was[ROW], before.name, name, text if value == text else f"{text} → {value}"))
    lines.sort(key=lambda line: line[0])
    return pl.DataFrame(lines, schema=columns, orient="row")


def own_of(result: ImportResult, place: Place) -> list[str]:
    """The headings of a sheet that are kept as fields of the lead's own."""
    tables = [table for table in result.raw.tables if (table.file, table.sheet) == place and table.name in schema.OWNED]
    return list(dict.fromkeys(heading.strip() for table in tables for heading in own.headings(table.frame, table.name)))
