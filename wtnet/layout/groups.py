"""Placing one connected network: plainly when it is small, communities first when it is large.

Arrays as in `force`: ties (m, 2), weights (m,), radii (n,), noise (n, 2); results are positions (n, 2) in plane units.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from wtnet.layout import force
from wtnet.layout.force import LEAST, TIE, Floats, Ints
from wtnet.layout.pack import sunflower
from wtnet.measures.engine.communities import agreed

PLAIN = 150
"""Up to this many partners a network gets the plain force look, with no regard to communities."""
DENSE = 300
"""A community up to this size is placed at one go; a larger one by its own communities first."""
MANY = 300
"""More communities than this are gathered into communities of communities."""
DEEPEST = 4
"""Communities of communities are looked for this many times; what is left then is a crowd."""
ROOM = 1.5
"""In a small network partners stand this many times the least distance apart, so that names fit between."""


@dataclass(frozen=True, eq=False)
class Part:
    """A piece of the network to be placed: arrays only, points numbered from 0 in the order of their ids."""

    ties: Ints
    weights: Floats
    radii: Floats
    noise: Floats

    def __len__(self) -> int:
        return len(self.radii)

    def only(self, members: Ints) -> Part:
        """The piece of these points and the ties between them, renumbered in the order given."""
        number = np.full(len(self), -1)
        number[members] = np.arange(len(members))
        ties = number[self.ties]
        inside = (ties >= 0).all(axis=1)
        return replace(
            self, ties=ties[inside], weights=self.weights[inside], radii=self.radii[members], noise=self.noise[members]
        )


def plain(part: Part) -> Floats:
    """The plain force look: distances on the plane follow distances along the ties, then forces, then room for everybody."""
    if len(part) == 1:
        return np.zeros((1, 2))
    placed = by_distance(part, 250)
    if part.radii.max() > LEAST / 2:
        return force.spread(placed, part.radii, part.noise)
    thick = 2 * len(part.ties) / len(part) - 2  # nothing for a chain or a tree, whose ties are best all of a length
    placed = force.relax(placed, part.ties, part.weights, round(200 * min(max(thick / 2, 0.0), 1.0)))
    length = np.hypot(*(placed[part.ties[:, 0]] - placed[part.ties[:, 1]]).T).mean()
    from scipy.spatial import cKDTree

    nearest = np.median(cKDTree(placed).query(placed, k=2)[0][:, 1])
    placed = placed * max(0.9 * TIE / max(length, 1e-9), min(1.2 * LEAST / max(nearest, 1e-9), 2 * TIE / max(length, 1e-9)))
    return force.spread(placed, part.radii * ROOM, part.noise)


def by_distance(part: Part, rounds: int) -> Floats:
    """Positions whose distances follow the shortest ways along the ties, from a start without random numbers."""
    n = len(part)
    lengths = force.tie_lengths(n, part.ties, part.weights, part.radii)
    dist = force.distances(n, part.ties, lengths)
    return force.stress(dist, force.classical_scaling(dist, part.noise) + part.noise, part.ties, rounds)


def place(part: Part, label: Ints | None = None, depth: int = 0) -> Floats:
    """Place a connected piece: plainly if small, else its communities first, then the points in them, then all relaxed.

    `label` numbers the communities from 0; where it parts nobody or everybody they are looked for here. Where there are
    more than `MANY`, communities of communities go first.
    """
    if depth == 0 and len(part) <= PLAIN:
        return plain(part)
    if depth > 0 and len(part) <= DENSE:
        return by_distance(part, 60)
    if label is None or label.max() + 1 in (1, len(part)):
        label = agreed(len(part), part.ties, part.weights)
    finer: Ints | None = None
    if label.max() >= MANY:
        groups = quotient(part, label)
        finer, label = label, agreed(len(groups), groups.ties, groups.weights)[label]
        if label.max() >= MANY:
            finer, label = None, agreed(len(part), part.ties, part.weights)
    if label.max() == 0 or label.max() >= 4 * MANY or depth > DEEPEST:
        return crowd(part)
    inner = np.zeros((len(part), 2))
    order = np.argsort(label, kind="stable")
    for members in np.split(order, np.cumsum(np.bincount(label))[:-1]):
        piece = part.only(members)
        own = None if finer is None else np.unique(finer[members], return_inverse=True)[1]
        inner[members] = rounded(place(piece, own, depth + 1), piece)
    centres = place_groups(part, label, reach_of(part, label, inner))
    inner = face(part, label, inner, centres)
    placed = relax(part, label, centres[label] + inner, 30)
    for _ in range(2):
        placed = relax(part, label, closer(part, label, placed), 12)
    return force.spread(placed, part.radii, part.noise)


def quotient(part: Part, label: Ints) -> Part:
    """The network of the communities: one point each, tied by the sum of the weights of the ties that cross."""
    ends = np.sort(label[part.ties], axis=1)
    crossing = ends[:, 0] != ends[:, 1]
    ties, place_of = np.unique(ends[crossing], axis=0, return_inverse=True)
    weights = np.bincount(place_of.ravel(), part.weights[crossing], len(ties)).astype(np.float64)
    first = np.unique(label, return_index=True)[1]
    return Part(ties, weights, part.radii[first], part.noise[first])


def rounded(placed: Floats, part: Part) -> Floats:
    """Draw far-flung points of a community towards its even disc, so that its neighbours can come near."""
    placed = placed - np.median(placed, axis=0)
    far = np.maximum(np.hypot(*placed.T), 1e-9)
    even = 1.5 * np.sqrt((part.radii**2).sum()) + TIE / 2
    return placed * (np.minimum(far, even + 0.3 * (far - even).clip(0)) / far)[:, None]


def reach_of(part: Part, label: Ints, inner: Floats) -> Floats:
    """Radius of the disc each community needs, shape (k,): that of its area, or of its spread where it lies loosely.

    An even disc of radius R has a spread (root mean square) of R / sqrt(2); a few stragglers may stand outside.
    """
    area = 1.15 * np.sqrt(np.bincount(label, part.radii**2))
    spread = np.sqrt(2 * np.bincount(label, (inner**2).sum(axis=1) + part.radii**2) / np.bincount(label))
    return np.maximum(area, 1.05 * spread)


def closer(part: Part, label: Ints, placed: Floats) -> Floats:
    """Draw communities together again after they have shrunk, each as one piece."""
    size = np.bincount(label).astype(float)
    middle = force.add_up(len(size), label, placed) / size[:, None]
    inner = placed - middle[label]
    return place_groups(part, label, reach_of(part, label, inner), middle)[label] + inner


def crowd(part: Part) -> Floats:
    """A crowd without any structure: the best tied in the middle of one even disc."""
    degree = np.bincount(part.ties.ravel(), minlength=len(part))
    rank = np.argsort(np.argsort(-degree, kind="stable"), kind="stable")
    return force.spread(sunflower(len(part))[rank], part.radii, part.noise)


def place_groups(part: Part, label: Ints, reach: Floats, start: Floats | None = None) -> Floats:
    """Centres of the communities, shape (k, 2): near where many ties cross, as discs that do not overlap.

    With a start they are only drawn together from there.
    """
    count = len(reach)
    groups = quotient(part, label)
    pairs, between, noise = groups.ties, groups.weights, groups.noise
    volume = np.bincount(pairs.ravel(), np.repeat(between, 2), count)
    closeness = between * between.sum() * 2 / (volume[pairs].prod(axis=1))
    size = reach + LEAST / 2
    lengths = size[pairs].sum(1) * (0.75 + 0.5 / np.sqrt(np.maximum(closeness, 0.1)))
    centres = start
    if centres is None:
        dist = force.distances(count, pairs, lengths)
        centres = force.stress(dist, force.classical_scaling(dist, noise) + noise, pairs, 100, 1.0)
        wide = np.sqrt(centres.var(axis=0).sum())
        centres = centres * np.sqrt((size**2).sum()) * 0.9 / max(wide, 1e-9)
    return settle(centres, groups, between / np.sqrt(volume[pairs].prod(axis=1)), size)


def settle(centres: Floats, groups: Part, pull: Floats, size: Floats, rounds: int = 200) -> Floats:
    """Draw discs of the given size together as far as they go without overlapping: ties pull, and all drift inwards."""
    n, pairs, noise = len(centres), groups.ties, groups.noise
    mass = size**2
    first, second = np.triu_indices(n, 1)
    every = np.column_stack([first, second])
    wanted = size[every].sum(1)
    for turn in range(rounds + 1000):
        heat = max(0.0, 1 - turn / rounds)
        if heat:
            delta = centres[pairs[:, 0]] - centres[pairs[:, 1]]
            step = delta * (0.1 * heat * pull)[:, None]
            light = mass[pairs[:, ::-1]] / mass[pairs].sum(1)[:, None]
            centres = centres - force.add_up(n, pairs[:, 0], step * light[:, :1])
            centres = centres + force.add_up(n, pairs[:, 1], step * light[:, 1:])
            centres = centres - (centres - np.average(centres, axis=0, weights=mass)) * (0.03 * heat) * np.array([0.7, 1.0])
        gap = np.hypot(*(centres[first] - centres[second]).T)
        tight = gap < wanted
        if tight.any():
            centres = centres + force.push(centres, every[tight], wanted[tight], noise, mass=mass, share=0.7)
        if not heat and not (gap < 0.97 * wanted).any():
            break
        if turn > rounds + 300:
            centres = centres * 1.002
    return centres


def face(part: Part, label: Ints, inner: Floats, centres: Floats, rounds: int = 8) -> Floats:
    """Turn (and mirror) each community so that its points look towards their partners elsewhere."""
    ends = label[part.ties]
    crossing = ends[:, 0] != ends[:, 1]
    ties, weight = part.ties[crossing], part.weights[crossing]
    here, there = np.concatenate([ties[:, 0], ties[:, 1]]), np.concatenate([ties[:, 1], ties[:, 0]])
    weight = np.concatenate([weight, weight])
    home, count = label[here], len(centres)
    for _ in range(rounds):
        own = inner[here] @ [1, 1j]
        goal = (centres[label[there]] + inner[there] - centres[home]) @ [1, 1j]
        goal = goal / np.maximum(np.abs(goal), 1e-9) * weight
        turned, mirrored = own.conj() * goal, own * goal
        turn = np.bincount(home, turned.real, count) + 1j * np.bincount(home, turned.imag, count)
        flip = np.bincount(home, mirrored.real, count) + 1j * np.bincount(home, mirrored.imag, count)
        mirror = np.abs(flip) > np.abs(turn) * 1.01
        best = np.where(mirror, flip, turn)
        best = np.where(np.abs(best) > 1e-9, best / np.maximum(np.abs(best), 1e-9), 1.0)
        flat = inner @ [1, 1j]
        flat = np.where(mirror[label], flat.conj(), flat) * best[label]
        inner = np.column_stack([flat.real, flat.imag])
    return inner


def relax(part: Part, label: Ints, placed: Floats, rounds: int) -> Floats:
    """Let go: ties pull (those inside a community more), neighbours on the plane push, communities keep to themselves."""
    n = len(part)
    near = part.radii[part.ties].sum(1) - LEAST + TIE * 0.7
    inside = label[part.ties[:, 0]] == label[part.ties[:, 1]]
    degree = np.maximum(np.bincount(part.ties.ravel(), minlength=n), 1)
    pull = np.where(inside, 0.3, 0.02) * part.weights
    for turn in range(rounds):
        heat = 1 - turn / rounds
        delta = placed[part.ties[:, 0]] - placed[part.ties[:, 1]]
        gap = np.hypot(delta[:, 0], delta[:, 1])
        excess = np.clip(gap - near, 0, 3 * TIE) * pull / np.maximum(gap, 1e-9)
        step = delta * excess[:, None]
        move = force.add_up(n, part.ties[:, 1], step) - force.add_up(n, part.ties[:, 0], step)
        move /= degree[:, None] ** 0.8
        pairs = force.touching(placed, part.radii, 1.9)
        alike = label[pairs[:, 0]] == label[pairs[:, 1]]
        wanted = part.radii[pairs].sum(1) * np.where(alike, 1.35, 1.9)
        crowding = force.push(placed, pairs, wanted, part.noise, mass=part.radii**2, share=0.5)
        placed = placed + np.clip(move * heat + crowding, -40, 40)
    return placed
