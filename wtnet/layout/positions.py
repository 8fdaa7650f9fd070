"""Where each partner stands on the map: one place each, the same every time.

Small networks get the plain force look: distances on the plane follow distances along the ties (stress majorisation,
Gansner, Koren and North 2005, from classical scaling, Torgerson 1952). In larger ones communities are placed first, as
discs, then partners within them, then all is relaxed, because a single force layout of thousands is a ball of wool.
Partners tied to one other only stand round it like seeds in a sunflower (Vogel 1979) where there are many of them.
Separate components and partners without ties are packed in rows below and beside the largest.
"""

from __future__ import annotations

import math
import zlib
from collections import Counter
from collections.abc import Mapping

import networkx as nx
import numpy as np
import numpy.typing as npt

from wtnet.layout import force
from wtnet.layout.force import LEAST, TIE, Floats, Ints
from wtnet.layout.groups import PLAIN, Part, place
from wtnet.layout.kept import kept
from wtnet.layout.pack import PITCH, rows, skyline, sunflower
from wtnet.measures.engine.communities import communities
from wtnet.network import Network, shared, together
from wtnet.tables.derived import derived
from wtnet.tables.model import Tables

RATIO = 4 / 3
"""Width to height of the pane the map is drawn for."""
LEAFY = 10
"""A partner with this many partners that are tied to nobody else gets them round itself, outside the force layout."""


def of_programme(network: Network) -> dict[str, tuple[float, float]]:
    """Where each partner stands, from its ties in all waves together: the same whatever is filtered or looked at.

    `network` is the unfiltered one of the current wave (`network.build(tables)`). In a programme of more than 150 partners its
    communities, by which the map is coloured, stand together; a partner in none of them stands with most of its partners.
    """
    graph = together(network.tables)
    if len(graph) <= PLAIN or not (division := communities(network)).count:
        return kept(graph) or positions(graph)
    known = {partner: int(number) for partner, number in zip(network.graph, division.label, strict=True) if number >= 0}
    return positions(graph, _spread(graph, known))


@derived
def of_tables(tables: Tables) -> dict[str, tuple[float, float]]:
    """As `of_programme`, worked out once and kept with the tables."""
    return of_programme(shared(tables))


def under_other_ids(places: Mapping[str, tuple[float, float]], tables: Tables) -> dict[str, tuple[float, float]]:
    """The places of the lead's map under the ids that partners have in these tables: the same for everybody."""
    written = tables.known.lead_ids
    ids = tables.organisations["id"]
    return {partner: places[written.get(partner, partner)] for partner in ids if written.get(partner, partner) in places}


def _spread(graph: nx.Graph, known: Mapping[str, int]) -> dict[str, int]:
    """The communities of some partners, handed on along the ties to those that have none: each takes the most frequent
    among its partners, of equal ones the larger community."""
    number_of = dict(known)
    edge = sorted(known)
    while edge:
        joining = sorted({other for partner in edge for other in graph[partner]} - number_of.keys())
        numbers = {}
        for partner in joining:
            around = Counter(number_of[other] for other in graph[partner] if other in number_of)
            numbers[partner] = min(around, key=lambda number: (-around[number], number))
        number_of |= numbers
        edge = joining
    return number_of


def positions(
    graph: nx.Graph, communities: Mapping[str, int] | None = None, *, seed: int = 2023
) -> dict[str, tuple[float, float]]:
    """Place every partner on the plane: id to (x, y), x to the right and y *downwards*, middle of the picture at (0, 0).

    Units are those of vis-network: a tie of a sparse network is about 115 long, a tie of a dense one longer, because
    everybody needs room: **no two partners stand closer than 50** (`force.LEAST`), so discs up to a radius of 25 never
    overlap. Components of up to 150 partners stand 75 apart, so that names fit between. The picture is, as a rule, wider
    than tall.

    `graph`: nodes are partner ids; the edge attribute `strength` (any scale from 0 up; unknown counts as weak) draws
    partners together, mildly. Direction, repeated ties and ties to oneself make no difference. `communities` gives the
    community of each partner (any label; a partner it leaves out is one of its own); None finds them by runs of
    Louvain that agree. Components of up to 150 partners are placed without regard to communities.

    The same network gives the same places, whatever the order of its nodes and edges. Turn and mirror image hang on the
    ids and the ties, so that a tie more or less mostly leaves the picture as it is; where communities are found here,
    they may change with it, and the picture with them. An empty network gives {}, one partner (0, 0).
    """
    ids = sorted(graph.nodes, key=str)
    if not ids:
        return {}
    from scipy.sparse.csgraph import connected_components  # loaded where it is needed: it takes its time

    part = arrays(graph, ids, seed)
    label = labels(ids, communities)
    matrix = force.adjacency(len(part), part.ties, np.ones(len(part.ties)))
    count, component = connected_components(matrix, directed=False)
    sizes = np.bincount(component, minlength=count)
    alone = np.flatnonzero(sizes[component] == 1)
    pieces = np.split(np.argsort(component, kind="stable"), np.cumsum(sizes)[:-1])
    pieces = sorted((piece for piece in pieces if len(piece) > 1), key=lambda piece: (-len(piece), piece[0]))
    placed = np.zeros((len(part), 2))
    for piece in pieces:
        placed[piece] = connected(part.only(piece), None if label is None else label[piece])
    placed = assemble(placed, pieces, alone)
    placed -= (placed.max(0) + placed.min(0)) / 2
    return {node: (x + 0.0, y + 0.0) for node, (x, y) in zip(ids, placed.round(2).tolist(), strict=True)}


def arrays(graph: nx.Graph, ids: list[str], seed: int) -> Part:
    """The network as arrays, in the order of the ids: weights 0.5 (weak or unknown) to 1.5 (the strongest)."""
    number = {node: index for index, node in enumerate(ids)}
    strengths: dict[tuple[int, int], float] = {}
    for source, target, value in graph.edges(data="strength"):
        a, b = sorted((number[source], number[target]))
        if a != b:
            known = isinstance(value, int | float) and math.isfinite(value) and value > 0
            strengths[a, b] = max(strengths.get((a, b), 0.0), float(value) if known else 0.0)
    keys = sorted(strengths)
    ties: Ints = np.array(keys, dtype=np.int64).reshape(-1, 2)
    values = np.array([strengths[key] for key in keys])
    top = values.max() if len(values) else 0.0
    weights = 0.5 + values / top if top > 0 else np.ones(len(values))
    return Part(ties, weights, np.full(len(ids), LEAST / 2), noise(ids, seed))


def noise(ids: list[str], seed: int) -> Floats:
    """Two numbers in -1 to 1 for each id, shape (n, 2), that depend on nothing but the id and the seed."""
    codes = np.array([(zlib.crc32(f"{seed}|{node}".encode()), zlib.crc32(f"{node}|{seed}".encode())) for node in ids])
    return np.asarray(codes / 2**31 - 1.0, dtype=np.float64)


def labels(ids: list[str], communities: Mapping[str, int] | None) -> Ints | None:
    """Given communities as numbers in the order of the ids; a partner that is left out is a community of its own."""
    if communities is None:
        return None
    seen: dict[tuple[str, object], int] = {}
    return np.array(
        [seen.setdefault(("in", communities[i]) if i in communities else ("out", i), len(seen)) for i in ids], dtype=np.int64
    )


def connected(part: Part, label: Ints | None) -> Floats:
    """Place one component: leaves of leafy partners set aside, the rest placed, leaves put back, the whole turned upright."""
    n = len(part)
    degree = np.bincount(part.ties.ravel(), minlength=n)
    flat = part.ties.ravel()
    other = part.ties[:, ::-1].ravel()
    leaf_end = (degree[flat] == 1) & (degree[other] > 1)
    leaves, hubs, ties = flat[leaf_end], other[leaf_end], np.repeat(part.weights, 2)[leaf_end]
    leafy = np.bincount(hubs, minlength=n) >= LEAFY
    kept_aside = leafy[hubs]
    leaves, hubs, ties = leaves[kept_aside], hubs[kept_aside], ties[kept_aside]
    order = np.lexsort((leaves, -ties, hubs))
    leaves, hubs = leaves[order], hubs[order]
    radii = part.radii.copy()
    around = np.zeros((n, 2))
    for hub in np.unique(hubs):
        own = leaves[hubs == hub]
        around[own] = sunflower(len(own), hole=TIE * 0.6)
        radii[hub] = np.hypot(*around[own].T).max() + LEAST / 2
    core = np.setdiff1d(np.arange(n), leaves)
    inner = Part(part.ties, part.weights, radii, part.noise).only(core)
    placed = np.zeros((n, 2))
    core_label = None if label is None else np.unique(label[core], return_inverse=True)[1]
    placed[core] = upright(place(inner, core_label), inner)
    placed[leaves] = placed[hubs] + around[leaves]
    return placed


def upright(placed: Floats, part: Part) -> Floats:
    """Turn and mirror a picture the same way every time, its long side flat, and make it somewhat wider than tall.

    Of all turns and both mirror images the one is taken that lies flattest and agrees best with a reference that hangs on
    the ids and the ties only: the noise of the ids, evened out along the ties. The rounder the picture, the more the
    reference decides, so that a tie more or less does not turn the picture over.
    """
    if len(placed) < 2:
        return placed * 0.0
    mass = part.radii**2
    flat = (placed - np.average(placed, axis=0, weights=mass)) @ [1, 1j]
    long = (mass * flat**2).sum() / (mass * np.abs(flat) ** 2).sum()
    guide = reference(part)
    turns = np.exp(2j * np.pi * np.arange(1440) / 1440)
    weight = 3 / max(1 - abs(long), 1e-6)
    best, way = -np.inf, flat
    for image, axis in ((flat, long), (flat.conj(), np.conj(long))):
        agree = (guide.conj() * image).sum() / math.sqrt((np.abs(image) ** 2).sum())
        score = weight * (axis * turns**2).real + (agree * turns).real
        if score.max() > best:
            best, way = float(score.max()), image * turns[score.argmax()]
    if abs(long) > 0.98:  # a line lies quite flat
        way = way * np.exp(-0.5j * np.angle((mass * way**2).sum()))
    placed = np.column_stack([way.real, way.imag])
    wide, high = np.sqrt(mass @ placed**2)
    if high > 0 and len(placed) > 3 and part.radii.max() <= LEAST:
        placed = placed * [min(max(1.0, RATIO * high / max(wide, 1e-9)), 1.25), 1.0]
    return placed


def reference(part: Part, rounds: int = 16) -> npt.NDArray[np.complex128]:
    """A number on the complex plane for each point, of length 1 in all: the noise of its id, evened out along the ties.

    Evening out leaves what varies slowly over the network, as a layout does; both axes are then given equal say.
    """
    matrix = force.adjacency(len(part), part.ties, part.weights)
    degree = np.maximum(matrix.sum(axis=1), 1e-9)[:, None]
    guide = part.noise
    for _ in range(rounds):
        guide = (guide + (matrix @ guide) / degree) / 2
    left, _, right = np.linalg.svd(guide - guide.mean(axis=0), full_matrices=False)
    flat = (left @ right) @ [1, 1j]
    return np.asarray(flat / max(math.sqrt((np.abs(flat) ** 2).sum()), 1e-12))


def assemble(placed: Floats, pieces: list[Ints], alone: Ints) -> Floats:
    """Set the components side by side as one picture of about the pane's shape, those without ties in rows at the foot."""
    margin = TIE
    boxes = np.array([np.ptp(placed[piece], axis=0) + margin for piece in pieces]).reshape(-1, 2)
    area = float(boxes.prod(axis=1).sum()) + len(alone) * PITCH[0] * PITCH[1]
    least = boxes[:, 0].max() if len(boxes) else PITCH[0]
    best: tuple[float, float, Floats, Floats] | None = None
    for stretch in (0.9, 1.0, 1.1, 1.2, 1.35, 1.5, 1.75)[:: 1 if len(pieces) < 300 else 3]:
        width = max(least, math.sqrt(area * RATIO) * stretch)
        corners = skyline(boxes, width)
        feet = rows(len(alone), width)
        wide = max((corners + boxes)[:, 0].max() if len(boxes) else 0.0, np.ptp(feet[:, 0]) + PITCH[0] if len(feet) else 0.0)
        top = float((corners + boxes)[:, 1].max()) if len(boxes) else 0.0
        high = top + (np.ptp(feet[:, 1]) + PITCH[1] if len(feet) else 0.0)
        size = max(wide / RATIO, high)
        if best is None or size < best[0] * 0.999:
            best = (size, top, corners, feet)
    assert best is not None
    _, top, corners, feet = best
    out = placed.copy()
    for piece, corner in zip(pieces, corners, strict=True):
        out[piece] = placed[piece] - placed[piece].min(0) + corner
    out[alone] = feet + np.array([0.0, top])
    return out
