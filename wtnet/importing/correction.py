"""A table corrected by hand: the same checks as for a file, and what refers to a renamed or removed row follows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl

from wtnet.errors import InvalidRequest
from wtnet.importing.freelancers import becomes, now_kept_back
from wtnet.importing.matching import renamed
from wtnet.store import require_references
from wtnet.store.references import dangling_references
from wtnet.tables import CheckResult, Problem, Raw, RawTable, Tables, check, own, schema
from wtnet.tables.model import ROW
from wtnet.tables.text import ID_BYTES, short_id, slug

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Edits:
    """What a person did to a table: cells changed by row position (0 = first) and column, rows added, positions removed."""

    changed: Mapping[int, Row] = field(default_factory=dict)
    added: Sequence[Row] = ()
    removed: Collection[int] = ()

    @property
    def any(self) -> bool:
        """True if anything was done; a row added without a value counts for nothing."""
        return bool(any(self.changed.values()) or self.removed or any(map(_given, self.added)))


@dataclass(frozen=True, eq=False)
class Correction:
    """The corrected tables, or (then `tables` is null) the problems that stand in their way, by row (first row = 1).

    `lost` is true if a problem is that other tables refer to a removed row. `notices` are what the person should know.
    """

    tables: Tables | None
    problems: tuple[Problem, ...] = ()
    lost: bool = False
    notices: tuple[str, ...] = ()


def corrected(before: Tables, table: str, edits: Edits, follow: bool = False) -> Correction:
    """The tables with one of them edited. Cells may be typed or text; they are checked as those of a file are.

    Rows that were not touched stay exactly as they are; what was wrong with them before is no problem now. A
    changed id is changed wherever it is referred to. Where a removed row is referred to, that is a problem; with `follow`
    those rows are removed too (or the reference emptied, where it may be). An added row without an id gets one.
    """
    edits = Edits({at: row for at, row in edits.changed.items() if row}, edits.added, edits.removed)
    old = before[table]
    keys = [position for position in range(old.height) if position not in set(edits.removed)]
    rows = [_text(_edited(table, old.row(position, named=True), edits.changed.get(position, {}))) for position in keys]
    rows += [_text(_packed({}, row)) for row in edits.added if _given(row)]
    _numbered(table, rows, taken={row["id"] for row in rows if row.get("id")})
    numbers = [*(position + 1 for position in keys), *range(old.height + 1, old.height + 1 + len(rows) - len(keys))]
    others = _others(before, table, old, edits)
    checked = _checked(table, rows, numbers, others)
    problems = checked.problems
    if problems:
        touched = {position + 1 for position in edits.changed} | {number for number in numbers if number > old.height}
        problems = _new(
            problems, touched, lambda: _checked(table, [_text(row) for row in old.iter_rows(named=True)], None, others)
        )
    if problems:
        return Correction(None, problems)
    mine = [at for at, position in enumerate(keys) if position in edits.changed] + list(range(len(keys), len(rows)))
    now = checked.tables[table]
    whole = now.height == len(rows)  # else rows were left out for what was wrong with them before
    now = now[mine] if whole else _checked(table, [rows[at] for at in mine], None, others).tables[table]
    if now.height != len(mine):
        raise InvalidRequest(f"The changed rows of {table} cannot be understood beside the others; bring them in as a file.")
    frame = _joined(old, keys, edits, now)
    result = others.with_(**{table: frame})
    if follow:
        result = _without_lost(result)
    try:
        require_references(result)
    except InvalidRequest as error:
        return Correction(None, (Problem("unknown_reference", str(error), sheet=table),), lost=True)
    return Correction(result, notices=tuple(now_kept_back(before, result)))


def _edited(table: str, old: dict[str, Any], cells: Row) -> dict[str, Any]:
    """A row with its changed cells. A new kind takes the old kind's default along, for the check to fill in again, where that
    keeps back more: a partner that becomes a freelancer is not public by default."""
    new = {**old, **_packed(old, cells)}
    if table == "organisations" and "kind" in cells and "sharing" not in cells:
        both = pl.DataFrame(
            [{"kind": str(new["kind"] or "").strip().lower(), "kind_was": old["kind"], "sharing_was": old["sharing"]}]
        )
        new["sharing"] = None if both.select(becomes()).item() else old["sharing"]
    return new


def _packed(old: Row, cells: Row) -> dict[str, Any]:
    """Changed cells with the fields of the lead's own in the column that holds them."""
    fields = {name.removeprefix(own.PREFIX): _cell(value) for name, value in cells.items() if name.startswith(own.PREFIX)}
    ours = {name: value for name, value in cells.items() if not name.startswith(own.PREFIX)}
    return {**ours, schema.OWN: own.encode({**own.decode(old.get(schema.OWN)), **fields})} if fields else ours


def _given(row: Row) -> bool:
    return any(value is not None and str(value).strip() for value in row.values())


def _text(row: Row) -> dict[str, str | None]:
    """Each cell as a file would hold it."""
    return {name: _cell(value) for name, value in row.items()}


def _cell(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    return repr(value) if isinstance(value, float) else str(value)


def _numbered(table: str, rows: list[dict[str, str | None]], taken: set[str | None]) -> None:
    """An id for each row without one: from its name, its two partners, or a number."""
    if "id" not in schema.SCHEMAS[table].column_names():
        return
    for row in rows:
        if row.get("id") and str(row["id"]).strip():
            continue
        ends = (row.get("source"), row.get("target"))
        name = row.get("name") or ""
        stem = (
            short_id("--".join(map(str, ends)), ID_BYTES - 12) if all(ends) else slug(name, name[:60]) or f"{table}-{len(rows)}"
        )
        number, id = 1, stem
        while id in taken:
            number += 1
            id = f"{stem}-{number}"
        row["id"] = id
        taken.add(id)


def _others(before: Tables, table: str, old: pl.DataFrame, edits: Edits) -> Tables:
    """The other tables, with changed ids followed; the edited one is left empty."""
    new = {}
    if "id" in old.columns:
        for position, row in edits.changed.items():
            was, now = str(old["id"][position]), str(row.get("id") or "").strip()
            if now and now != was:
                new[was] = now
    return renamed(before, table, new).with_(**{table: old.clear()})


def _checked(table: str, rows: Sequence[Row], numbers: Sequence[int] | None, others: Tables) -> CheckResult:
    columns = schema.SCHEMAS[table].column_names()
    frame = pl.DataFrame({name: pl.Series([row.get(name) for row in rows], dtype=pl.String) for name in columns})
    placed = frame.with_columns(pl.Series(ROW, numbers or range(1, len(rows) + 1), dtype=pl.Int64))
    return check(Raw("tables", (RawTable(table, placed, "", table),)), others)


def _new(problems: tuple[Problem, ...], touched: set[int], before: Callable[[], CheckResult]) -> tuple[Problem, ...]:
    """The problems that are in rows a person touched, or were not there before."""
    if all(problem.row in touched for problem in problems):
        return problems
    known = {_key(problem) for problem in before().problems}
    return tuple(problem for problem in problems if problem.row in touched or _key(problem) not in known)


def _key(problem: Problem) -> tuple[str, int | None, str | None, str | None]:
    return problem.rule, problem.row, problem.column, problem.value


def _joined(old: pl.DataFrame, kept: Sequence[int], edits: Edits, touched: pl.DataFrame) -> pl.DataFrame:
    """The stored rows that are kept, with the touched ones (checked, in order: changed, then added) in their places."""
    changed = [at for at, position in enumerate(kept) if position in edits.changed]
    places = pl.Series("_at", [*changed, *range(len(kept), len(kept) + touched.height - len(changed))], dtype=pl.Int64)
    stored = old[list(kept)].with_columns(pl.int_range(pl.len(), dtype=pl.Int64).alias("_at"))
    rows = [stored.filter(~pl.col("_at").is_in(changed)), touched.with_columns(places)]
    return pl.concat(rows).sort("_at").drop("_at")


def _without_lost(tables: Tables) -> Tables:
    """Rows that refer to what is not there go too; a reference that may be empty is emptied instead."""
    for _ in schema.NAMES:
        lost = list(dangling_references(tables))
        if not lost:
            break
        for reference in lost:
            gone = pl.col(reference.column).is_in(reference.ids.implode()).fill_null(False)
            frame = tables[reference.table]
            if schema.may_lose(reference.table, reference.column):
                frame = frame.with_columns(pl.when(~gone).then(pl.col(reference.column)).alias(reference.column))
            else:
                frame = frame.filter(~gone)
            tables = tables.with_(**{reference.table: frame})
    return tables
