"""Undo and redo, read off the history: every step back or forward is a revision of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wtnet.store.model import Revision

UNDO, REDO, RESTORE = "undo", "redo", "restore"


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
    made = {one.id: one for one in sorted(history, key=lambda one: one.id)}
    before: dict[int, int | None] = {}
    undone: list[int] = []
    now: int | None = None
    for one in made.values():
        if one.kind == UNDO and one.restores is not None and now is not None:
            undone.append(now)
            now = one.restores
        elif one.kind == REDO and one.restores is not None and undone:
            undone.pop()
            now = one.restores
        else:
            before[one.id] = now
            now = one.id
            undone = []
    back = before.get(now) if now is not None else None
    return UndoRedo(
        UndoStep(made[now], back) if now is not None and back is not None else None,
        UndoStep(made[undone[-1]], undone[-1]) if undone else None,
    )
