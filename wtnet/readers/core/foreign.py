"""Other tools' nodes and edges as our two tables: what is known here is kept, the rest gets a notice and is never guessed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wtnet.errors import UnreadableFile
from wtnet.readers.core import lists, names
from wtnet.readers.core.elements import Edge, ForeignNetwork
from wtnet.readers.core.ends import ends, is_rating
from wtnet.readers.core.format import Format
from wtnet.readers.core.grid import MAX_ROWS, Grid
from wtnet.readers.core.partners import ELEMENT_ATTRIBUTES, Partners
from wtnet.readers.core.text import listing
from wtnet.readers.core.ties import TIE_ATTRIBUTES, Ties
from wtnet.tables.model import Problem, Raw, place
from wtnet.tables.own_scale import ROUNDS, on_stated_scale

_USED = {"id", "direction", *ELEMENT_ATTRIBUTES, *TIE_ATTRIBUTES}


def from_grids(
    format: Format,
    elements: Sequence[Grid],
    connections: Sequence[Grid],
    edges: list[Edge] | None = None,
    known: Mapping[str, str] | None = None,
) -> Raw:
    """Lists of elements and of connections that belong together; ties name partners by id, else by label.

    `edges` are what was made of the connections, if not the usual; `known` are the ids (and names) of
    partners declared elsewhere in the same set of files.
    A failed formula in a column that counts is a problem.
    """
    nodes = [node for grid in elements for node in lists.nodes(grid)]
    declared = {node.id for node in nodes}
    nodes += [node for grid in connections for node in lists.labelled_ends(grid) if node.id not in declared]
    labels = {name for node in nodes for name in (node.id, node.label) if name}
    edges = [edge for grid in connections for edge in lists.edges(grid, labels)] if edges is None else edges
    every = [*elements, *connections]
    of_nodes, of_edges = (elements or connections)[0], (connections or elements)[0]
    network = ForeignNetwork(
        format.id,
        of_nodes.file,
        nodes,
        edges,
        by_label=True,
        nodes_sheet=of_nodes.sheet,
        edges_sheet=of_edges.sheet,
        edges_file=of_edges.file,
        known=known or {},
        notices=[notice for grid in every for notice in (*grid.notices, *repeated_headings(grid), *said_of(grid))],
        problems=[problem for grid in every for problem in (*grid.problems, *grid.failed({*_USED, *(ends(grid.headers) or ())}))],
    )
    return to_raw(network)


def said_of(grid: Grid) -> list[Problem]:
    """A notice on a list each row of which is what somebody says of somebody (rule `said_of`)."""
    pair = ends(grid.headers)
    if not pair or not is_rating(pair):
        return []
    by, of = (grid.keys[name].strip() for name in pair)
    words = f"{place(grid.file, grid.sheet)}: each row read as what “{by}” says of “{of}”."
    return [Problem("said_of", words, grid.file, grid.sheet)]


def said_in_rounds(grid: Grid, pair: tuple[str, str]) -> list[Problem]:
    """A notice (rule `said_of`) on a list of ties with a round of the survey and a score whose scale its heading states."""
    wave = next((grid.keys[name] for name in ROUNDS if name in grid.keys), None)
    if (
        wave is None
        or not grid.frame[wave].count()
        or not any(on_stated_scale(*column) for column in _columns(grid, {*pair, wave}))
    ):
        return []
    by, of = (name.strip() for name in pair)
    words = (
        f"{place(grid.file, grid.sheet)}: each row read as what “{by}” says of “{of}” in the round under “{wave.strip()}”. "
        "If it is what both say, give the other side a row too."
    )
    return [Problem("said_of", words, grid.file, grid.sheet)]


def _columns(grid: Grid, without: set[str]) -> list[tuple[str, list[str | None]]]:
    return [(name, grid.frame[name].to_list()) for name in grid.headers if name not in without]


def repeated_headings(grid: Grid) -> list[Problem]:
    """One notice on headings that stand more than once, of which the first counts."""
    twice = grid.repeated()
    if not twice:
        return []
    which = "a heading stands" if len(twice) == 1 else "headings stand"
    words = f"{place(grid.file, grid.sheet)}: {which} more than once: {listing(twice)}. The first column of that name was read."
    return [Problem("duplicate_column", words, grid.file, grid.sheet, None, twice[0])]


def to_raw(network: ForeignNetwork) -> Raw:
    """The file as `organisations` and `partnerships`, with one notice for each kind of thing that was changed or left out.

    An organisation's kind comes from a `type` or `kind` that is one of our words or labels, else it is "other". A tie's
    level comes only from an attribute called `level` whose values are all whole numbers from 0 to 5. Directions are
    dropped, ties of a partner with itself left out, repeated ties kept; a partner named only in a tie is created.
    Raises UnreadableFile if there is nothing in it, or more than can be taken.
    """
    if len(network.nodes) + len(network.edges) > MAX_ROWS:
        raise UnreadableFile(
            f"{network.file} has {len(network.nodes):,} elements and {len(network.edges):,} connections; at most {MAX_ROWS:,} "
            "together are brought in at once. Export fewer of them, or split it."
        )
    network = names.apart(names.named_apart(network))
    partners = Partners(network)
    ties = Ties(network, partners)
    tables = tuple(table for table in (partners.table(), ties.table()) if table)
    if not tables:
        raise UnreadableFile(
            f"{network.file} holds no partners and no partnerships: there is nothing to bring in. Export it again with its data."
        )
    return Raw(
        network.format,
        tables,
        (*network.notices, *partners.notes.all(), *ties.notes.all()),
        tuple(network.problems),
        declared=False,
    )
