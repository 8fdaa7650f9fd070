"""Check raw tables against their declaration: every complaint names file, sheet, row, column, value and remedy."""

from __future__ import annotations

import polars as pl

from wtnet.tables import own, rules, schema, sharing
from wtnet.tables.judged import judged
from wtnet.tables.model import FILE, ROW, SHEET, CheckResult, Problem, Raw, Tables
from wtnet.tables.table_check import SAME_RULE_SHOWN, TableCheck

__all__ = ["SAME_RULE_SHOWN", "check"]


def check(raw: Raw, known: Tables | None = None) -> CheckResult:
    """Turn raw tables into typed ones, with every error by row.

    `known` holds tables already stored, which the file may refer to (a file of ratings alone is fine if its partners
    are stored). The returned tables hold only the rows of the file that are right; with any problem they must not be
    stored. An empty `sharing` is filled with its default (`tables.sharing`).
    """
    raw = judged(raw, known)
    checked: dict[str, TableCheck] = {}
    for name in schema.NAMES:
        parts = [table for table in raw.tables if table.name == name]
        if parts:
            checked[name] = TableCheck(name, parts)
    _references(checked, known)
    for broken in rules.broken_rules(raw, {name: table.right for name, table in checked.items()}, known):
        checked[broken.table].apply(broken)
    problems = [*raw.problems, *(problem for table in checked.values() for problem in table.in_order())]
    notices = [*raw.notices, *(notice for table in checked.values() for notice in table.notices)]
    if not problems and not any(table.right.height for table in checked.values()):
        notices.append(
            Problem("empty", f"{_files(raw)} holds headings but no rows; fill in at least organisations and partnerships.")
        )
    tables = _with_own_fields(
        Tables({name: table.right.drop(ROW, FILE, SHEET) for name, table in checked.items()}), checked, known
    )
    return CheckResult(tables, tuple(problems), tuple(notices), raw.format)


def _with_own_fields(tables: Tables, checked: dict[str, TableCheck], known: Tables | None) -> Tables:
    """The tables with a row of `fields` for each field of the lead's own that nobody has declared yet."""
    rows = []
    for name, table in checked.items():
        if table.own:
            there = {*own.of_table(tables, name), *(own.of_table(known, name) if known else ())}
            rows += own.declared(name, tables[name], table.own, there)
    if not rows:
        return tables
    new = pl.DataFrame(rows, schema=tables.fields.schema).with_columns(sharing=sharing.default("fields"))
    return tables.with_(fields=pl.concat([tables.fields, new]))


def _files(raw: Raw) -> str:
    return ", ".join(dict.fromkeys(table.file for table in raw.tables)) or "The file"


def _references(checked: dict[str, TableCheck], known: Tables | None) -> None:
    """Every id that points at a row nobody declared, in the file or in what is stored."""
    for table, here in checked.items():
        absent: set[str] = set()
        for column in schema.SCHEMAS[table].column_names():
            target = schema.reference(table, column)
            if target is None or not here.whole[column].count():
                continue
            stored = known[target]["id"] if known else pl.Series("id", [], dtype=pl.String)
            names = known.names(target) if known else {}
            if target in checked:
                if not checked[target].unusable:
                    whole = checked[target].whole
                    names |= dict(whole.select("id", schema.title(target)).drop_nulls().iter_rows())
                    here.check_reference(column, target, pl.concat([stored, whole["id"].drop_nulls()]), names)
            elif stored.len():
                here.check_reference(column, target, stored, names)
            elif target not in absent:
                absent.add(target)
                here.report_missing_sheet(target, column)
            else:
                here.right = here.right.clear()
