"""Programmes and their revisions in a database: nothing stored is ever overwritten or lost."""

from wtnet.store.archive import Held
from wtnet.store.difference import Difference, differences, sentences
from wtnet.store.meeting import Conflicted
from wtnet.store.merge import MINE, THEIRS, Conflict, Merged, merge, resolve
from wtnet.store.model import Programme, Revision
from wtnet.store.references import held_together
from wtnet.store.settings import LINK_SECRET, Amendments
from wtnet.store.steps import Step, Steps
from wtnet.store.store import Store
from wtnet.store.words import Names, diff

__all__ = [
    "LINK_SECRET",
    "MINE",
    "THEIRS",
    "Amendments",
    "Conflict",
    "Conflicted",
    "Difference",
    "Held",
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
