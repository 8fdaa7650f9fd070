"""What accepting a file would make of a programme: rows matched, joined with what is stored, and compared."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from wtnet.importing import matching
from wtnet.importing.aggregation import guesses
from wtnet.importing.freelancers import becomes, now_kept_back
from wtnet.store import Difference, diff, differences, require_references, sentences
from wtnet.tables import Tables, own, schema
from wtnet.tables.sharing import default

Columns = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class MergeChoice:
    """A person's word that two partners are one: the file's `id` is `other`, and the values of which of the two count."""

    id: str
    other: str
    keep: str = "stored"
    """ "stored": those of `other`, the file's where it has none; "file": the other way round."""


@dataclass(frozen=True, eq=False)
class Proposal:
    """What accepting a file would make of a programme; nothing is stored yet.

    `tables` is the whole result, `changes` what differs in each of the tables (rows new, changed with what they
    were, removed, and the number unchanged). `matched` holds, by table, the ids of the file that are stored under
    another id. `same` are names that a person said are another partner's, each with the id of that.
    """

    tables: Tables
    changes: dict[str, Difference]
    matched: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    before: Tables = field(default_factory=Tables)
    same: Mapping[str, str] = field(default_factory=dict)

    @property
    def any(self) -> bool:
        """True if accepting would change anything."""
        return any(change.any for change in self.changes.values())

    def counts(self) -> dict[str, dict[str, int]]:
        """Per table `new`, `changed`, `unchanged` and `removed` rows, leaving out tables that are and stay empty."""
        return {name: change.counts() for name, change in self.changes.items() if any(change.counts().values())}

    def sentences(self) -> list[str]:
        """The changes in plain words: "3 partners added", "2 ratings changed"; empty if nothing would change."""
        return sentences(self.changes)

    def in_words(self, limit: int = 40) -> list[str]:
        """The same with names: "Harbour Arts ↔ City Hospital: level 2 → 4"."""
        return diff(self.before, self.tables, limit)

    def notices(self) -> list[str]:
        """Sentences on partners whose name fewer people see from now on."""
        return now_kept_back(self.before, self.tables)

    def guesses(self) -> str:
        """How the figures of several pilots will go together where the file does not say; "" where it does."""
        return guesses(self.before, self.tables)


class Proposals:
    """Both readings of a file's empty cells, each worked out when it is first asked for.

    A reading in which some row refers to a row that is not there is an InvalidRequest.
    """

    def __init__(
        self,
        before: Tables,
        incoming: Tables,
        matched: Mapping[str, Mapping[str, str]],
        replaced: Collection[str],
        columns: Columns | None,
        same: Mapping[str, str] | None = None,
    ) -> None:
        self._before, self._incoming, self._matched = before, incoming, matched
        self._replaced, self._columns, self._same = replaced, columns, same or {}

    @cached_property
    def kept(self) -> Proposal:
        """An empty cell of the file empties nothing: what is stored stays."""
        return self._proposal(empties=False)

    @cached_property
    def emptied(self) -> Proposal:
        """An empty cell of the file empties what is stored, in the columns that the file has."""
        return self._proposal(empties=True)

    def _proposal(self, empties: bool) -> Proposal:
        frames: dict[str, pl.DataFrame] = {}
        for name in schema.NAMES:
            old, new = self._before[name], self._incoming[name]
            if not new.height or not old.height:
                frames[name] = new if new.height else old
                continue
            columns = None if self._columns is None else self._columns.get(name, frozenset())
            rows = _filled(name, old, new, columns, empties)
            frames[name] = rows if name in self._replaced else _united(name, old, rows)
        tables = Tables(frames)
        require_references(tables)
        return Proposal(tables, differences(self._before, tables), self._matched, self._before, self._same)


def propose(
    before: Tables,
    incoming: Tables,
    replace: bool | Collection[str] = False,
    columns: Columns | None = None,
    merged: Sequence[MergeChoice] = (),
) -> Proposals:
    """What a checked file would make of what is stored, with its empty cells read either way.

    Rows are matched by their id, else by name and kind (see `matching`), and partners also by a person's word (`merged`).
    *Adding* (the default) keeps every stored row; a row of the file that is stored takes that row's place, and the others
    come after. *Replacing* (all tables, or those named) puts the file's rows in the place of all stored ones; tables the file
    does not have are kept. `columns` says which columns the file has of each table: in the others, stored values are kept
    unless the row of the file has one.
    """
    incoming, matched, same = _under_stored_ids(before, incoming, columns, merged)
    replaced = (schema.NAMES if replace else ()) if isinstance(replace, bool) else replace
    return Proposals(before, incoming, matched, replaced, columns, same)


def _under_stored_ids(
    before: Tables, incoming: Tables, columns: Columns | None, merged: Sequence[MergeChoice] = ()
) -> tuple[Tables, dict[str, dict[str, str]], dict[str, str]]:
    matched = matching.stored_ids(before, incoming, columns)
    for table, ids in matched.items():
        incoming = matching.renamed(incoming, table, ids)
    incoming, same = _merged(before, incoming, merged)  # before ties are compared, which are then between the same partners
    incoming = matching.under_whole(before, incoming)
    given = columns is None or "id" in columns.get("partnerships", frozenset())
    if columns is not None and not columns.get("partnerships"):
        incoming = matching.renamed(incoming, "partnerships", matching.other_ties(before.partnerships, incoming.partnerships))
    ties = matching.tie_ids(before.partnerships, incoming.partnerships, given)
    if ties:
        incoming = matching.renamed(incoming, "partnerships", ties)
        matched["partnerships"] = ties
    for table in ("quotes", "findings"):
        if columns is not None and "id" not in columns.get(table, frozenset()) and before[table].height:
            incoming = matching.renamed(incoming, table, matching.ids_by_words(table, before[table], incoming[table]))
    return incoming, matched, same


def matched_incoming(before: Tables, incoming: Tables, columns: Columns | None = None) -> Tables:
    """The file's tables under the stored ids, as `propose` compares them."""
    return _under_stored_ids(before, incoming, columns)[0]


def _merged(before: Tables, incoming: Tables, choices: Sequence[MergeChoice]) -> tuple[Tables, dict[str, str]]:
    """The file's tables with the partners that a person said are one under one id, and one row for both; and the names that
    are not theirs any more, each with that id."""
    stored = {row["id"]: row for row in before.organisations.iter_rows(named=True)} if choices else {}
    into: dict[str, str] = {}
    same: dict[str, str] = {}
    for choice in choices:
        other = choice.other
        while other in into:
            other = into[other]
        if other == choice.id:
            continue
        rows = {row["id"]: row for row in incoming.organisations.iter_rows(named=True)}
        mine, theirs = rows.get(choice.id), rows.get(other) or stored.get(other)
        if mine is None or theirs is None:
            continue
        first, second = (theirs, mine) if choice.keep == "stored" else (mine, theirs)
        values = {name: second[name] if value is None else value for name, value in first.items()}
        values[schema.OWN] = own.joined(first[schema.OWN], second[schema.OWN])
        incoming = matching.renamed(incoming, "organisations", {choice.id: other})
        others = incoming.organisations.filter(pl.col("id") != other)
        row = pl.DataFrame([{**values, "id": other}], schema=incoming.organisations.schema)
        incoming = incoming.with_(organisations=pl.concat([others, row]))
        into[choice.id] = other
        same |= {row["name"]: other for row in (mine, theirs)}
    left = set(incoming.organisations["name"])
    return incoming, {name: id for name, id in same.items() if name not in left}


def _filled(name: str, old: pl.DataFrame, new: pl.DataFrame, columns: frozenset[str] | None, empties: bool) -> pl.DataFrame:
    """The file's rows; in columns the file does not have, what is stored where the row says nothing."""
    keys = list(schema.keys(name))
    new = _with_own_fields(keys, old, new, columns, empties)
    rest = [column for column in old.columns if column not in (*keys, schema.OWN)]
    lacking = rest if not empties else [] if columns is None else [column for column in rest if column not in columns]
    if not lacking:
        return new
    stored = old.with_columns(pl.lit(True).alias("_stored"))
    both = new.join(stored, on=keys, how="left", suffix="_was", maintain_order="left", nulls_equal=True)
    silent = {column: pl.col("_stored").is_not_null() & says for column, says in _says_nothing(name, columns).items()}
    given = [pl.when(~says).then(pl.col(column)).alias(column) for column, says in silent.items()]
    filled = both.with_columns(given).with_columns(
        pl.coalesce(column, f"{column}_was").alias(column) for column in lacking if column != "sharing"
    )
    if "sharing" in lacking:
        stays = pl.coalesce("sharing", "sharing_was", default(name))
        if name == "organisations":
            stays = pl.when(becomes() & pl.col("sharing").is_null()).then(default(name)).otherwise(stays)
        filled = filled.with_columns(stays.alias("sharing"))
    return filled.select(new.columns)


def _with_own_fields(
    keys: list[str], old: pl.DataFrame, new: pl.DataFrame, columns: frozenset[str] | None, empties: bool
) -> pl.DataFrame:
    """The file's rows with the stored fields of the lead's own that the file does not have, or says nothing in."""
    if schema.OWN not in old.columns or not old[schema.OWN].count():
        return new
    stored_cells: list[str | None] = (
        new.select(keys).join(old.select(*keys, schema.OWN), on=keys, how="left", maintain_order="left")[schema.OWN].to_list()
    )
    there = {name.removeprefix(own.PREFIX) for name in columns or () if name.startswith(own.PREFIX)}
    if empties:
        stored_cells = [
            own.encode({field: text for field, text in own.decode(cell).items() if field not in there}) for cell in stored_cells
        ]
    cells = [own.joined(mine, stored) for mine, stored in zip(new[schema.OWN], stored_cells, strict=True)]
    return new.with_columns(pl.Series(schema.OWN, cells, dtype=pl.String))


def _says_nothing(name: str, columns: frozenset[str] | None) -> dict[str, pl.Expr]:
    """The cells that were only filled in for the file, by column: true in rows whose value must not replace what is stored.

    A default `sharing` must not show what was kept back; another tool's file, which lacks kinds and in a list of ties names,
    must not undo what somebody put right.
    """
    silent = {}
    if "sharing" in schema.SCHEMAS[name].column_names() and (columns is None or "sharing" not in columns):
        silent["sharing"] = pl.col("sharing") == default(name)
    if name == "organisations" and columns is not None and not columns:
        silent |= {"kind": pl.col("kind") == "other", "name": pl.col("name") == pl.col("id")}
    return silent


def _united(name: str, old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """Stored rows in their places, those that the file has too as the file has them; then the file's other rows."""
    keys = list(schema.keys(name))
    rest = [column for column in old.columns if column not in keys]
    marked = new.with_columns(pl.lit(True).alias("_here"))
    both = old.join(marked, on=keys, how="left", suffix="_new", maintain_order="left", nulls_equal=True)
    here = pl.col("_here").is_not_null()
    values = [pl.when(here).then(pl.col(f"{column}_new")).otherwise(pl.col(column)).alias(column) for column in rest]
    kept = both.select(*keys, *values)
    return pl.concat([kept.select(old.columns), new.join(old, on=keys, how="anti", maintain_order="left", nulls_equal=True)])
