"""Undo and redo, read off the history: every step back or forward is a revision of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wtnet.store.model import Revision

UNDO, REDO, RESTORE, ERASE = "undo", "redo", "restore", "erase"


@dataclass(frozen=True)
class UndoStep:
    """A step that can be taken: `change` is the revision taken back or made again, `to` the one whose state comes back."""

    change: Revision
    to: int


@dataclass(frozen=True)
class UndoRedo:
    """What undo and redo would do next; null where there is nothing to undo or redo."""

    undo: UndoStep | None = None
    redo: UndoStep | None = None


def steps(history: Sequence[Revision]) -> UndoRedo:
    """The next steps from a programme's history, in any order.

    An undo goes back by one change, a second undo by one more; a redo makes the last undone change again; any other
    change ends the chance to redo. The first revision of a programme cannot be undone.
    """
    by_id = {revision.id: revision for revision in sorted(history, key=lambda revision: revision.id)}
    before: dict[int, int | None] = {}
    undone: list[int] = []
    now: int | None = None
    for revision in by_id.values():
        if revision.kind == ERASE:  # in every revision at once: there is nothing to go back to
            continue
        if revision.kind == UNDO and revision.restores is not None and now is not None:
            undone.append(now)
            now = revision.restores
        elif revision.kind == REDO and revision.restores is not None and undone:
            undone.pop()
            now = revision.restores
        else:
            before[revision.id] = now
            now = revision.id
            undone = []
    back = before.get(now) if now is not None else None
    return UndoRedo(
        UndoStep(by_id[now], back) if now is not None and back is not None else None,
        UndoStep(by_id[undone[-1]], undone[-1]) if undone else None,
    )
