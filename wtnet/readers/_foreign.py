"""Other tools' nodes and edges as our two tables: what is known is kept, what is not is said and never guessed."""

from __future__ import annotations

from wtnet.errors import UnreadableFile
from wtnet.readers._found import Foreign
from wtnet.readers._grid import MAX_ROWS
from wtnet.readers._partners import Partners
from wtnet.readers._ties import Ties
from wtnet.tables.model import Raw


def raw(found: Foreign) -> Raw:
    """The file as `organisations` and `partnerships`, with one notice for each kind of thing that was changed or left out.

    An organisation's kind comes from a `type` or `kind` that is one of our words or labels, else it is "other". A tie's
    level comes only from an attribute called `level` whose values are all whole numbers from 0 to 5. Directions are
    dropped, ties of a partner with itself left out, repeated ties kept; a partner named only in a tie is created.
    Raises UnreadableFile if there is nothing in it, or more than can be taken.
    """
    if len(found.nodes) + len(found.edges) > MAX_ROWS:
        raise UnreadableFile(f"{found.file} has more than {MAX_ROWS:,} elements and connections, too many to bring in at once.")
    partners = Partners(found)
    ties = Ties(found, partners)
    tables = tuple(table for table in (partners.table(), ties.table()) if table)
    if not tables:
        raise UnreadableFile(
            f"{found.file} holds no partners and no ties: there is nothing to bring in. Export it again with its data."
        )
    return Raw(
        found.format, tables, (*found.notices, *partners.notes.all(), *ties.notes.all()), tuple(found.problems), declared=False
    )
