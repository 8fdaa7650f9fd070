"""What changed, in sentences with names instead of codes: "3 partners added: …", "Harbour Arts ↔ City Hospital: level 2 → 4".

The sentences hold names from the data: for an audience, make them from tables that this audience may see.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import takewhile
from typing import Any

import polars as pl

from wtnet.store.difference import Difference, added, counted, differences, removed
from wtnet.store.merge import Conflict
from wtnet.tables import Tables, own, schema
from wtnet.tables.respondents import ROLE, in_words
from wtnet.tables.text import cut

UNKNOWN = "–"
_NAMED = 5
_LONG = 60
_TITLES = {
    "partnerships": "{source} ↔ {target}",
    "ratings": "{rater} on {partner} ({wave})",
    "involvements": "{organisation} in {pilot}",
    "confirmations": "{organisation} on {finding}",
    "attendances": "{organisation} at {activity}",
    "asked": "{organisation} at {wave}",
    "answers": "{organisation} on {question} ({wave})",
}
"""What a row is called in tables whose rows have no name of their own."""


def diff(before: Tables, after: Tables, limit: int = 40) -> list[str]:
    """What differs between two states, a sentence each; empty if nothing does.

    Rows added and removed are counted per table and the first few named. A changed row has a sentence of its own with
    every cell before and after; beyond `limit` such sentences the rest are counted. If only the order of rows differs,
    one sentence says so.
    """
    changes = differences(before, after)
    if not any(change.any for change in changes.values()):
        return [] if before == after else ["order of rows changed"]
    names = Names(before, after)
    lines: list[str] = []
    left: list[str] = []
    room = max(0, limit)
    for name, change in changes.items():
        lines += [_named(change.added, added(change), names, name), _named(change.removed, removed(change), names, name)]
        lines += _changed(change, names, room)
        if change.changed.height > room:
            left.append(counted(name, change.changed.height - room))
        room = max(0, room - change.changed.height)
    if left:
        lines.append(f"{', '.join(left)} more changed" if limit > 0 else f"{', '.join(left)} changed")
    return [sentence for sentence in lines if sentence]


def _named(frame: pl.DataFrame, words: str, names: Names, table: str) -> str:
    """Words on some rows with the names of the first few; "" for no words."""
    if not words:
        return ""
    first = [names.row(table, row) for row in frame.head(_NAMED).iter_rows(named=True)]
    more = f" and {frame.height - _NAMED:,} more" if frame.height > _NAMED else ""
    return f"{words}: {', '.join(first)}{more}"


def _changed(change: Difference, names: Names, most: int) -> list[str]:
    lines = []
    for was, now in zip(
        change.was.head(most).iter_rows(named=True), change.changed.head(most).iter_rows(named=True), strict=True
    ):
        lines.append(f"{names.row(change.table, was)}: {_cells(change.table, was, now, names)}")
    return lines


def _cells(table: str, was: Mapping[str, Any], now: Mapping[str, Any], names: Names) -> str:
    """Every cell that differs between two versions of a row: "level 2 → 4, evidence – → “Minutes”"."""
    return ", ".join(
        f"{label(column)} {' → '.join(_apart(table, column, was_cell, now_cell, names))}"
        for column, was_cell, now_cell in _cell_by_cell(was, now)
        if was_cell != now_cell
    )


def _cell_by_cell(was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """Each column with both values; fields of the lead's own one by one."""
    for column in now:
        if column != schema.OWN:
            yield column, was[column], now[column]
            continue
        before, after = own.decode(was[column]), own.decode(now[column])
        yield from ((field, before.get(field), after.get(field)) for field in sorted({**before, **after}))


def _apart(table: str, column: str, was: Any, now: Any, names: Names) -> tuple[str, str]:
    """Two values of a cell in words; of long texts, the place where they first differ."""
    before, after = names.cell(table, column, was), names.cell(table, column, now)
    if before != after:
        return before, after
    was, now = str(was), str(now)
    alike = takewhile(lambda letters: letters[0] == letters[1], zip(was, now, strict=False))
    start = max(0, len(list(alike)) - 20)
    before, after = (f"“{'…' * bool(start)}{_short(text[start:])}”" for text in (was, now))
    return (before, after) if before != after else (repr(was[start : start + _LONG]), repr(now[start : start + _LONG]))


def conflict_sentence(clash: Conflict, names: Names, author: str | None = None, them: str = "somebody else") -> str:
    """One conflict as a sentence, with both values and both names; `author` is who made `mine` (null: "you")."""
    me, they = author or "you", clash.author or them
    if clash.column is not None:
        row = names.row_with_key(clash.table, clash.key)
        title = names.row(clash.table, row) if row else " / ".join(map(str, clash.key))
        before, theirs, mine = (names.cell(clash.table, clash.column, value) for value in (clash.base, clash.theirs, clash.mine))
        return f"{title}: {label(clash.column)} was {before}; {they} made it {theirs}, {me} made it {mine}."
    title = names.row(clash.table, clash.theirs or clash.mine or clash.base or {})
    base = clash.base or {}
    if clash.theirs is None or clash.mine is None:
        gone, kept, row = (they, me, clash.mine) if clash.theirs is None else (me, they, clash.theirs)
        cells = _cells(clash.table, base, row, names) if row and base else ""
        still = f"{kept} changed {cells}" if cells else f"{kept} still refer{'' if kept == 'you' else 's'} to it"
        return f"{title}: {gone} removed it, but {still}."
    both = (
        f"{who} changed {_cells(clash.table, base, row, names) if base else 'it'}"
        for who, row in ((they, clash.theirs), (me, clash.mine))
    )
    return f"{title}: {'; '.join(both)}. The two do not fit together."


def label(column: str) -> str:
    """The name of a column in words."""
    return column.removeprefix(own.PREFIX).replace("_", " ")


class Names:
    """The names behind the codes of one or several states of a programme; where states differ, the last one given counts."""

    def __init__(self, *states: Tables) -> None:
        self._states = states
        self._names: dict[str, dict[str, str]] = {}
        self._shared: dict[str, set[str]] = {}

    def of(self, table: str, code: str | None) -> str:
        """The name of a row; with its code if another row has the same name, and the code alone if there is no such row."""
        if code is None:
            return UNKNOWN
        self._read(table)
        name = self._names[table].get(code)
        return code if name is None else self._clear(table, name, code)

    def _clear(self, table: str, name: str, code: str) -> str:
        return f"{_short(name)} ({code})" if name in self._shared[table] else _short(name)

    def _read(self, table: str) -> None:
        if table in self._names:
            return
        by_code: dict[str, str] = {}
        for state in self._states:
            by_code.update(state.names(table))
        times = Counter(by_code.values())
        self._names[table] = by_code
        self._shared[table] = {name for name, number in times.items() if number > 1}

    def row_with_key(self, table: str, key: tuple[Any, ...]) -> dict[str, Any] | None:
        """The row with this key in the last state that has it."""
        wanted = pl.all_horizontal(
            pl.lit(True), *[pl.col(column).eq_missing(value) for column, value in zip(schema.keys(table), key, strict=True)]
        )
        for state in reversed(self._states):
            rows = state[table].filter(wanted)
            if rows.height:
                return rows.row(0, named=True)
        return None

    def row(self, table: str, row: Mapping[str, Any]) -> str:
        """What a row is called: a partner's name, "Harbour Arts ↔ City Hospital", "Harbour Arts on City Hospital (Baseline)"."""
        if table in _TITLES:
            references = {column: schema.reference(table, column) for column in schema.SCHEMAS[table].column_names()}
            names = {name: self.of(to, row.get(name)) for name, to in references.items() if to}
            who = "rater" if "rater" in names else "organisation"
            if row.get(ROLE):
                names[who] = in_words(names[who], _short(str(row[ROLE])))
            return _TITLES[table].format_map(names)
        if table == "results":
            return self._result(row)
        if schema.title(table) != "name":
            return f"“{_short(str(row.get(schema.title(table)) or row.get('id')))}”"
        if not row.get("name"):
            return str(row.get("id") or row.get("subject"))
        self._read(table)
        return self._clear(table, str(row["name"]), str(row.get("id")))

    def _result(self, row: Mapping[str, Any]) -> str:
        """ "Sessions of Tidelines (End)", "Sessions of Harbour Arts in the whole programme (End)"."""
        partner, pilot = row.get("organisation"), row.get("pilot")
        of = self.of("pilots", pilot) if pilot else "the whole programme"
        if partner:
            of = f"{self.of('organisations', partner)} in {of}"
        return f"{self.of('indicators', row.get('indicator'))} of {of} ({self.of('waves', row.get('wave'))})"

    def cell(self, table: str, column: str, value: Any) -> str:
        """A cell in words: a name for a reference, a dash for unknown, text in quotes."""
        if value is None:
            return UNKNOWN
        if column not in schema.SCHEMAS[table].column_names():  # a field of the lead's own
            return f"“{_short(str(value))}”"
        target = schema.reference(table, column)
        if target is not None:
            return self.of(target, str(value))
        if column == schema.OWN:
            return f"“{_short(own.words(str(value)))}”"
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, float):
            return f"{value:.15g}"
        if isinstance(value, int | date) or schema.words(table, column) is not None:
            return str(value)
        return f"“{_short(str(value))}”"


def _short(text: str) -> str:
    return cut(" ".join(text.split()), _LONG)
