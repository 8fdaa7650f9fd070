"""A commit on top of somebody else's: the two are merged, or refused with the conflicts to decide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from wtnet.errors import StoreError
from wtnet.store import lookups
from wtnet.store.change_sentences import Names, conflict_sentence
from wtnet.store.merge import Conflict, MergeResult, merge
from wtnet.store.sql_schema import RECORDS, revisions
from wtnet.tables import Tables, from_survey, schema

_SAID = 3


class ConflictError(StoreError):
    """Somebody else changed the same cells or rows meanwhile; nothing was stored.

    `merged` holds what both did, with the conflicts to decide (each with the `author` of the stored side), `head` is
    the revision that was found, `author` who wanted to save, and `names` the names behind the codes of all three
    states. To go on: `store.commit(…, resolve(merged, choices), base=head)`.
    """

    def __init__(self, merged: MergeResult, head: int, author: str, names: Names) -> None:
        self.merged, self.head, self.author, self.names = merged, head, author, names
        first = self.sentences()[:_SAID]
        more = len(merged.conflicts) - len(first)
        super().__init__(
            f"{_who(merged.conflicts)} changed the same meanwhile, so nothing of yours was stored. {' '.join(first)}"
            f"{f' And {more:,} more.' if more else ''} Choose between the two for each, or open the programme afresh."
        )

    def sentences(self) -> list[str]:
        """Each conflict with both values and both names."""
        return [conflict_sentence(clash, self.names, self.author) for clash in self.merged.conflicts]


def merged_with_stored(connection: sa.Connection, programme: str, base: int, head: int, mine: Tables, author: str) -> Tables:
    """What is stored at `head` and what `mine` made of `base`, as one; a ConflictError where both changed the same."""
    both = lookups.tables(connection, programme, base), lookups.tables(connection, programme)
    before, theirs, mine = (from_survey.without(tables) for tables in (*both, mine))
    merged = merge(before, theirs, mine)
    if merged.conflicts:
        signed = tuple(_signed(connection, programme, base, merged.conflicts))
        raise ConflictError(MergeResult(merged.tables, signed), head, author, Names(before, mine, theirs))
    return merged.tables


def _signed(connection: sa.Connection, programme: str, base: int, conflicts: Iterable[Conflict]) -> Iterable[Conflict]:
    """The conflicts with the author of the stored side: the last who gave the cell its value, or removed the row."""
    query = sa.select(revisions.c.id, revisions.c.author).where(revisions.c.programme == programme, revisions.c.id > base)
    authors: dict[int, str] = {row.id: row.author for row in connection.execute(query)}
    last = authors.get(max(authors, default=0))
    versions: dict[str, dict[tuple[Any, ...], list[sa.RowMapping]]] = {}
    for clash in conflicts:
        if clash.table not in versions:
            versions[clash.table] = _versions(connection, clash.table, programme, base)
        revision = _deciding_revision(clash, versions[clash.table].get(clash.key, []), base)
        yield replace(clash, author=authors.get(revision or 0, last))


def _versions(connection: sa.Connection, table: str, programme: str, base: int) -> dict[tuple[Any, ...], list[sa.RowMapping]]:
    """Every version of each row of a table that was there at `base` or came later, the oldest first."""
    records = RECORDS[table]
    since = sa.or_(records.c.revision_to.is_(None), records.c.revision_to > base)
    query = sa.select(records).where(records.c.programme == programme, since).order_by(records.c.revision_from)
    versions: dict[tuple[Any, ...], list[sa.RowMapping]] = defaultdict(list)
    for row in connection.execute(query).mappings():
        versions[tuple(row[key] for key in schema.keys(table))].append(row)
    return versions


def _deciding_revision(clash: Conflict, versions: list[sa.RowMapping], base: int) -> int | None:
    """The revision that gave the stored side its value; null if the records do not tell."""
    if not versions:
        return None
    if clash.theirs is None and clash.column is None:
        return versions[-1]["revision_to"]
    columns = [clash.column.partition(".")[0]] if clash.column else list(schema.SCHEMAS[clash.table].polars())
    revision = versions[-1]["revision_from"]
    for was, now in zip(versions[-2::-1], versions[:0:-1], strict=True):
        if was["revision_to"] != now["revision_from"] or any(was[column] != now[column] for column in columns):
            break
        revision = was["revision_from"]
    return revision if revision > base else None


def _who(conflicts: Iterable[Conflict]) -> str:
    names = list(dict.fromkeys(clash.author or "Somebody else" for clash in conflicts))
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
