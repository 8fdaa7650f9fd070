"""Programmes and their revisions in a database: nothing stored is ever overwritten or lost."""

from wtnet.store.difference import Difference, differences, sentences
from wtnet.store.model import Programme, Revision
from wtnet.store.store import Store

__all__ = ["Difference", "Programme", "Revision", "Store", "differences", "sentences"]
