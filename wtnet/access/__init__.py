"""Who may see what: a programme's tables as an audience may have them, before anything is drawn, kept, written or sent.

Three audiences: the *lead* sees everything; *partners* and the *public* see what its owners agreed to share.
`redact` makes the tables; whatever is built from them (network, measures, pictures, files) can show nothing more.
"""

from wtnet.access import links, roles
from wtnet.access.pseudonyms import hidden, numbered, stored_numbers
from wtnet.access.redact import cells, redact
from wtnet.access.renaming import Renaming, renaming, warnings
from wtnet.access.roles import Person

__all__ = [
    "Person",
    "Renaming",
    "cells",
    "hidden",
    "links",
    "numbered",
    "redact",
    "renaming",
    "roles",
    "stored_numbers",
    "warnings",
]
