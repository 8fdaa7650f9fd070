"""What accepting a file would make of a programme: rows matched, joined with what is stored, and compared."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from wtnet.importing import matching
from wtnet.importing.freelancers import becomes, now_kept_back
from wtnet.store import Difference, diff, differences, require_references, sentences
from wtnet.tables import Tables, schema
from wtnet.tables.sharing import default

Columns = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Same:
    """A person's word that two partners are one: the file's `id` is `other`, and the values of which of the two count."""

    id: str
    other: str
    keep: str = "stored"
    """ "stored": those of `other`, the file's where it has none; "file": the other way round."""


@dataclass(frozen=True, eq=False)
class Proposal:
    """What accepting a file would make of a programme; nothing is stored yet.

    `tables` is the whole result, `changes` what differs in each of the nine tables (rows new, changed with what they
    were, removed, and the number unchanged). `matched` holds, by table, the ids of the file that are stored under
    another id.
    """

    tables: Tables
    changes: dict[str, Difference]
    matched: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    before: Tables = field(default_factory=Tables)

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

    def told(self, limit: int = 40) -> list[str]:
        """The same with names: "Harbour Arts ↔ City Hospital: level 2 → 4"."""
        return diff(self.before, self.tables, limit)

    def notices(self) -> list[str]:
        """What a person should know although nobody asked for it: whose name goes out to fewer people from now on."""
        return now_kept_back(self.before, self.tables)


def propose(
    before: Tables,
    incoming: Tables,
    replace: bool | Collection[str] = False,
    columns: Columns | None = None,
    same: Sequence[Same] = (),
    empties: bool = True,
) -> Proposal:
    """What a checked file would make of what is stored.

    Rows are matched by their id, else by name and kind (see `match`), and partners also by a person's word (`same`).
    *Adding* (the default) keeps every stored row; a row of the file that is stored takes that row's place, its empty
    cells included, and the others come after. *Replacing* (all tables, or those named) puts the file's rows in the place of
    all stored ones; tables the file does not have are kept. `columns` says which columns the file has of each table: in the
    others, stored values are kept unless the row of the file has one. Without `empties` that holds for every column: an
    empty cell of the file then empties nothing. A result in which some row refers to a row that
    is not there is an InvalidRequest.
    """
    incoming, matched = _under_stored_ids(before, incoming, columns)
    incoming = _one_partner(before, incoming, same)
    frames: dict[str, pl.DataFrame] = {}
    for name in schema.NAMES:
        old, new = before[name], incoming[name]
        swap = replace if isinstance(replace, bool) else name in replace
        if not new.height or not old.height:
            frames[name] = new if new.height else old
        else:
            whole = _filled(name, old, new, None if columns is None else columns.get(name, frozenset()), empties)
            frames[name] = whole if swap else _united(name, old, whole)
    tables = Tables(frames)
    require_references(tables)
    return Proposal(tables, differences(before, tables), matched, before)


def _under_stored_ids(before: Tables, incoming: Tables, columns: Columns | None) -> tuple[Tables, dict[str, dict[str, str]]]:
    matched = matching.stored_ids(before, incoming)
    for table, ids in matched.items():
        incoming = matching.renamed(incoming, table, ids)
    given = columns is None or "id" in columns.get("partnerships", frozenset())
    if columns is not None and not columns.get("partnerships"):
        incoming = matching.renamed(incoming, "partnerships", matching.other_ties(before.partnerships, incoming.partnerships))
    ties = matching.tie_ids(before.partnerships, incoming.partnerships, given)
    if ties:
        incoming = matching.renamed(incoming, "partnerships", ties)
        matched["partnerships"] = ties
    if columns is not None and "id" not in columns.get("quotes", frozenset()) and before.quotes.height:
        renumbered = matching.quote_ids(before.quotes, incoming.quotes)
        quotes = incoming.quotes.with_columns(pl.col("id").replace(renumbered))
        incoming = incoming.with_(quotes=quotes)
    return incoming, matched


def matched_incoming(before: Tables, incoming: Tables, columns: Columns | None = None) -> Tables:
    """The file's tables under the stored ids, as `propose` compares them."""
    return _under_stored_ids(before, incoming, columns)[0]


def _one_partner(before: Tables, incoming: Tables, same: Sequence[Same]) -> Tables:
    """The file's tables with the partners a person said are one under one id, and one row for both."""
    known = {row["id"]: row for row in before.organisations.iter_rows(named=True)} if same else {}
    into: dict[str, str] = {}
    for one in same:
        other = one.other
        while other in into:
            other = into[other]
        if other == one.id:
            continue
        rows = {row["id"]: row for row in incoming.organisations.iter_rows(named=True)}
        mine, theirs = rows.get(one.id), rows.get(other) or known.get(other)
        if mine is None or theirs is None:
            continue
        first, second = (theirs, mine) if one.keep == "stored" else (mine, theirs)
        whole = {name: second[name] if value is None else value for name, value in first.items()}
        incoming = matching.renamed(incoming, "organisations", {one.id: other})
        others = incoming.organisations.filter(pl.col("id") != other)
        row = pl.DataFrame([{**whole, "id": other}], schema=incoming.organisations.schema)
        incoming = incoming.with_(organisations=pl.concat([others, row]))
        into[one.id] = other
    return incoming


def _filled(name: str, old: pl.DataFrame, new: pl.DataFrame, columns: frozenset[str] | None, empties: bool) -> pl.DataFrame:
    """The file's rows; in columns the file does not have, what is stored where the row says nothing."""
    keys = list(schema.keys(name))
    rest = [one for one in old.columns if one not in keys]
    lacking = rest if not empties else [] if columns is None else [one for one in rest if one not in columns]
    if not lacking:
        return new
    both = new.join(old.with_columns(pl.lit(True).alias("_there")), on=keys, how="left", suffix="_was", maintain_order="left")
    silent = {one: pl.col("_there").is_not_null() & says for one, says in _says_nothing(name, columns).items()}
    given = [pl.when(~says).then(pl.col(one)).alias(one) for one, says in silent.items()]
    whole = both.with_columns(given).with_columns(
        pl.coalesce(one, f"{one}_was").alias(one) for one in lacking if one != "sharing"
    )
    if "sharing" in lacking:
        stays = pl.coalesce("sharing", "sharing_was", default(name))
        if name == "organisations":
            stays = pl.when(becomes() & pl.col("sharing").is_null()).then(default(name)).otherwise(stays)
        whole = whole.with_columns(stays.alias("sharing"))
    return whole.select(new.columns)


def _says_nothing(name: str, columns: frozenset[str] | None) -> dict[str, pl.Expr]:
    """Where a cell of the file was only filled in for it: such a cell neither shows what was kept back (sharing), nor undoes
    what somebody put right of another tool's file, which lacks kinds and, in a list of ties, names."""
    found = {}
    if "sharing" in schema.SCHEMAS[name].column_names() and (columns is None or "sharing" not in columns):
        found["sharing"] = pl.col("sharing") == default(name)
    if name == "organisations" and columns is not None and not columns:
        found |= {"kind": pl.col("kind") == "other", "name": pl.col("name") == pl.col("id")}
    return found


def _united(name: str, old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """Stored rows in their places, those that the file has too as the file has them; then the file's other rows."""
    keys = list(schema.keys(name))
    rest = [column for column in old.columns if column not in keys]
    both = old.join(new.with_columns(pl.lit(True).alias("_here")), on=keys, how="left", suffix="_new", maintain_order="left")
    here = pl.col("_here").is_not_null()
    kept = both.select(*keys, *[pl.when(here).then(pl.col(f"{one}_new")).otherwise(pl.col(one)).alias(one) for one in rest])
    return pl.concat([kept.select(old.columns), new.join(old, on=keys, how="anti", maintain_order="left")])
