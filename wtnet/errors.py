"""What can go wrong, said in words a person can act on.

Every message says what is wrong, where, and what to do next. Nothing else is raised on purpose anywhere in `wtnet`;
`ui` and the command line show a `WtnetError` once, as its sentence, and never a traceback.
"""


class WtnetError(Exception):
    """Base of the three below. `str(error)` is a whole sentence for a person who did not write the program."""


class UnreadableFile(WtnetError):
    """A file (or folder) cannot be read at all: broken, empty, too large, or of a kind that is not understood."""


class InvalidRequest(WtnetError):
    """What was asked for does not fit the data: no such programme, wave, partner, measure or setting."""


class StoreError(WtnetError):
    """The database cannot be opened, read or written; what was stored before is unchanged."""
