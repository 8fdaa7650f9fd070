"""Programmes and their revisions in a database: nothing stored is ever overwritten or lost."""

from wtnet.store.backup import BackupContents
from wtnet.store.change_sentences import Names, diff
from wtnet.store.concurrent import ConflictError
from wtnet.store.difference import Difference, differences, sentences
from wtnet.store.merge import MINE, THEIRS, Conflict, MergeResult, merge, resolve
from wtnet.store.model import Programme, Revision
from wtnet.store.references import require_references
from wtnet.store.restore import roles_of_backup
from wtnet.store.settings import LINK_SECRET, ROLES, Amendments
from wtnet.store.store import Store
from wtnet.store.undo import UndoRedo, UndoStep

__all__ = [
    "LINK_SECRET",
    "MINE",
    "ROLES",
    "THEIRS",
    "Amendments",
    "BackupContents",
    "Conflict",
    "ConflictError",
    "Difference",
    "MergeResult",
    "Names",
    "Programme",
    "Revision",
    "Store",
    "UndoRedo",
    "UndoStep",
    "diff",
    "differences",
    "merge",
    "require_references",
    "resolve",
    "roles_of_backup",
    "sentences",
]
