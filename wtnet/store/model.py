"""The nouns of the store: a programme, a revision of it, and a conflict between two changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

Key = tuple[Any, ...]
"""What identifies a row: the values of its key columns."""
Place = tuple[str, Key, str | None]
"""Where a conflict is: table, key and column (null for a whole row)."""


@dataclass(frozen=True)
class Programme:
    """One programme: a network of partners with its pilots, survey and results.

    `id` is a short code that never changes. `illustrative` is true for invented data, as every screen says.
    `source` and `licence` say where the data came from and what may be done with it; null where unknown.
    """

    id: str
    name: str
    description: str | None = None
    illustrative: bool = False
    source: str | None = None
    licence: str | None = None


@dataclass(frozen=True)
class Revision:
    """One saved state of a programme: who, when (UTC), why, and what changed in words.

    `parent` is the revision it was saved on top of and `base` the one its author had open; they differ only where
    somebody else saved in between. `restores` is the earlier revision an undo brought back. `kind` is a word for
    programs: `create`, `import`, `edit` …
    """

    id: int
    programme: str
    parent: int | None
    base: int | None
    restores: int | None
    made_at: datetime
    author: str
    reason: str
    kind: str
    summary: str


@dataclass(frozen=True)
class Conflict:
    """One thing that both changed differently.

    With a `column` it is a cell (or one of the lead's own fields, "own_fields.region"), and `base`, `theirs` and `mine` are its
    values. Without, it is a whole row (one side removed what the other changed or refers to, or both changes together break a
    rule of the row): the three are then
    mappings of column to value, null where the row is not there. `author` is who stored `theirs`; null if not known.
    """

    table: str
    key: Key
    column: str | None
    base: Any
    theirs: Any
    mine: Any
    author: str | None = None

    @property
    def place(self) -> Place:
        """Table, key and column: what a choice is made for."""
        return self.table, self.key, self.column
