"""The two nouns of the store: a programme, and a revision of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Programme:
    """One programme: a network of partners with its pilots, survey and results.

    `id` is a short code that never changes. `illustrative` is true for invented data, and is said on every screen.
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
