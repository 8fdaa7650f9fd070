"""Programmes and their revisions in a database: nothing stored is ever overwritten or lost."""

from wtnet.store.backup import BackupContents
from wtnet.store.change_sentences import Names, diff
from wtnet.store.concurrent import Conflicted
from wtnet.store.difference import Difference, differences, sentences
from wtnet.store.merge import MINE, THEIRS, Conflict, Merged, merge, resolve
from wtnet.store.model import Programme, Revision
from wtnet.store.references import held_together
from wtnet.store.settings import LINK_SECRET, Amendments
from wtnet.store.store import Store
from wtnet.store.undo import Step, Steps

__all__ = [
    "LINK_SECRET",
    "MINE",
    "THEIRS",
    "Amendments",
    "BackupContents",
    "Conflict",
    "Conflicted",
    "Difference",
    "Merged",
    "Names",
    "Programme",
    "Revision",
    "Step",
    "Steps",
    "Store",
    "diff",
    "differences",
    "held_together",
    "merge",
    "resolve",
    "sentences",
]
