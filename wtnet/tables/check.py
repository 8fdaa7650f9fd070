"""Check raw tables against their declaration: every complaint names file, sheet, row, column, value and remedy."""

from __future__ import annotations

import polars as pl

from wtnet.tables import rules, schema
from wtnet.tables.model import FILE, ROW, SHEET, CheckResult, Problem, Raw, Tables
from wtnet.tables.table_check import SAME_RULE_SHOWN, TableCheck

__all__ = ["SAME_RULE_SHOWN", "check"]


def check(raw: Raw, known: Tables | None = None) -> CheckResult:
    """Turn what a reader found into typed tables, with everything wrong said by row.

    `known` holds tables already stored, which the file may refer to (a file of ratings alone is fine if its partners
    are stored). The returned tables hold only the rows of the file that are right; with any problem they must not be
    stored. An empty `sharing` is filled with its default: partners for a freelancer or a quote, public otherwise.
    """
    checked: dict[str, TableCheck] = {}
    for name in schema.NAMES:
        parts = [table for table in raw.tables if table.name == name]
        if parts:
            checked[name] = TableCheck(name, parts)
    _references(checked, known)
    for found in rules.broken_rules(raw, {name: one.right for name, one in checked.items()}, known):
        checked[found.table].across(found)
    problems = [*raw.problems, *(problem for one in checked.values() for problem in one.in_order())]
    notices = [*raw.notices, *(notice for one in checked.values() for notice in one.notices)]
    if not problems and not any(one.right.height for one in checked.values()):
        notices.append(
            Problem("empty", f"{_files(raw)} holds headings but no rows; fill in at least organisations and partnerships.")
        )
    tables = Tables({name: one.right.drop(ROW, FILE, SHEET) for name, one in checked.items()})
    return CheckResult(tables, tuple(problems), tuple(notices), raw.format)


def _files(raw: Raw) -> str:
    return ", ".join(dict.fromkeys(table.file for table in raw.tables)) or "The file"


def _references(checked: dict[str, TableCheck], known: Tables | None) -> None:
    """Every id that points at a row nobody declared, in the file or in what is stored."""
    for table, one in checked.items():
        absent: set[str] = set()
        for column in schema.SCHEMAS[table].column_names():
            target = schema.reference(table, column)
            if target is None or not one.whole[column].count():
                continue
            stored = known[target]["id"] if known else pl.Series("id", [], dtype=pl.String)
            if target in checked:
                if not checked[target].unusable:
                    one.dangling(column, target, pl.concat([stored, checked[target].whole["id"].drop_nulls()]))
            elif stored.len():
                one.dangling(column, target, stored)
            elif target not in absent:
                absent.add(target)
                one.lacks(target, column)
            else:
                one.right = one.right.clear()
