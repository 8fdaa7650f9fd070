"""Cuts: the parts of a wave whose strength figures others than the lead may learn, so that nobody's answers can be worked out.

The rule (as `docs/disclosure.md` tells it): strength figures are shown for a closed list of cuts of a wave: the whole, each
pilot, each kind, each pair of kinds, each place; and, where these leave room for it, all that lie within a pilot, a kind or a
place together. A cut is published if

1. it holds answers of at least `LEAST` organisations, none of which gives more than half of them;
2. what two published cuts do not share holds none, or answers of at least `LEAST` organisations;
3. no sum or difference of published cuts is that of a withheld cut, or of ties with answers of fewer than `LEAST` organisations;
4. what a cut says between it and the wave before, the ties whose answers changed, holds none or as many;
5. its mean is not so near the least or the most it could be, with the words of its pairs, that each answer would be known.

Where two cuts offend, the smaller is withheld; the whole goes first. A figure of one partner needs the answers of
`LEAST` others, and rule 5.
The method is that of table suppression (minimum frequency, dominance, differencing): Hundepool et al. 2012, Statistical
Disclosure Control, ch. 4.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.sparse import csr_array

from wtnet.measures.listed_cuts import Ties, ends_of, parts, within
from wtnet.network import Network, Scope, shared, waves_in_order
from wtnet.strength import COMPONENTS
from wtnet.tables.derived import derived
from wtnet.tables.model import Tables

LEAST = 5
"""So many organisations' answers hide one another."""
DIGITS = 2
"""Decimals of a figure on 0–1 as it is shown, and in every file for others than the lead."""
THIRD = 1 / 3 - 1e-9
"""No answer may be known closer than this, on 0–1."""
_AT_ONCE = 5_000
"""So many reports are looked at first: where they already hold enough organisations, the rest need not be."""


@dataclass(frozen=True, eq=False)
class Cuts:
    """The listed cuts of one wave: `ties` of each, and which are `published`, as rows of the same order (names alike)."""

    names: tuple[str, ...]
    ties: tuple[Ties, ...]
    published: tuple[bool, ...]

    def publishes(self, ties: Ties) -> bool:
        """Whether these ties are those of a published cut."""
        return any(yes and ties == cut for cut, yes in zip(self.ties, self.published, strict=True))

    def lists(self, ties: Ties) -> bool:
        """Whether these ties are those of a listed cut, published or not."""
        return ties in self.ties


def whole_network(exact: Tables, wave: str | None) -> Network:
    """The unfiltered network of a wave, worked out once for tables with every answer."""
    return shared(exact, Scope(wave=wave))


def _answers(network: Network) -> pl.DataFrame:
    """The reports that give a strength on a tie: rater, source, target."""
    ends = {"source": pl.min_horizontal("rater", "partner"), "target": pl.max_horizontal("rater", "partner")}
    reports = network.directed.filter(pl.col("strength").is_not_null()).select("rater", **ends)
    return reports.join(network.ties.select("source", "target"), on=["source", "target"], how="semi")


def listed(network: Network) -> list[tuple[str, Ties]]:
    """The cuts that may be published, each with its name and its ties, the whole first, then those that have first claim; those
    without a tie are left out."""
    return [*parts(network), *within(network)]


@derived
def cuts(exact: Tables, wave: str | None) -> Cuts:
    """The listed cuts of a wave and which are published; worked out once for tables with every answer."""
    network = whole_network(exact, wave)
    named = listed(network)
    reports = _answers(network)
    order = sorted(ends_of(network.ties))
    number = {tie: at for at, tie in enumerate(order)}
    raters = {name: at for at, name in enumerate(sorted(set(reports["rater"])))}
    tie_of = np.array([number[tie] for tie in reports.select("source", "target").iter_rows()], dtype=np.int64)
    rater_of = np.array([raters[name] for name in reports["rater"]], dtype=np.int64)
    inside = np.zeros((len(named), len(order)), dtype=bool)
    for row, (_, ties) in enumerate(named):
        inside[row, [number[tie] for tie in ties]] = True
    answers = _Answers(tie_of, rater_of, len(raters))
    changed = _changed(exact, network, order)
    room = _Leeway.of(network, order)
    kept = [
        bool(open_) and answers.enough(row) and (changed is None or answers.none_or_enough(row & changed))
        for row, open_ in zip(inside, room.enough(inside), strict=True)
    ]
    first = len(parts(network))
    base = _not_derived(inside[:first], _apart(inside[:first], kept[:first], answers), answers)
    kept = _further(inside, base, kept[first:], answers)
    return Cuts(tuple(name for name, _ in named), tuple(ties for _, ties in named), tuple(kept))


@dataclass(frozen=True, eq=False)
class _Answers:
    """Who answered on which tie: `tie` and `rater` (numbers) of each report."""

    tie: np.ndarray
    rater: np.ndarray
    raters: int

    def by_rater(self, ties: np.ndarray) -> np.ndarray:
        """Answers of each organisation on the ties marked true."""
        return np.bincount(self.rater[ties[self.tie]], minlength=self.raters)

    def enough(self, ties: np.ndarray) -> bool:
        """Answers of at least `LEAST` organisations, none with more than half of them."""
        count = self.by_rater(ties)
        return int((count > 0).sum()) >= LEAST and int(count.max()) * 2 <= int(count.sum())

    def none_or_enough(self, ties: np.ndarray) -> bool:
        """No answers at all, or those of at least `LEAST` organisations."""
        some = self.rater[:_AT_ONCE][ties[self.tie[:_AT_ONCE]]]
        if len(np.unique(some)) >= LEAST:
            return True
        number = int((self.by_rater(ties) > 0).sum())
        return number == 0 or number >= LEAST


@dataclass(frozen=True, eq=False)
class _Leeway:
    """What is left open of the strengths of ties (m each; NaN where unknown) beside their sum: the least and most each may be by
    its word, and the strength itself."""

    low: np.ndarray
    high: np.ndarray
    strength: np.ndarray

    @classmethod
    def of(cls, network: Network, order: list[tuple[str, str]]) -> _Leeway:
        """The room of the ties of a network, in an order."""
        about = {
            (a, b): (word, value) for a, b, word, value in network.ties.select("source", "target", "word", "strength").iter_rows()
        }
        words = [about[tie][0] for tie in order]
        values = [about[tie][1] for tie in order]
        return cls(
            np.array([2 / 3 if word == "strong" else 0.0 for word in words], dtype=float),
            np.array([1 / 3 if word == "light" else 1.0 for word in words], dtype=float),
            np.array([np.nan if value is None else value for value in values], dtype=float),
        )

    def enough(self, inside: np.ndarray) -> np.ndarray:
        """Whether each tie in a set could still be a third stronger or weaker, whatever the others are: an answer for each row
        of `inside`, a set as 0 or 1 by tie (dense or sparse)."""
        known = ~np.isnan(self.strength)
        total, low, high = (inside @ np.where(known, values, 0.0) for values in (self.strength, self.low, self.high))
        slack = 0.5 * 10**-DIGITS
        return np.minimum(total + slack - low, high - total + slack) >= THIRD


def _changed(exact: Tables, network: Network, order: list[tuple[str, str]]) -> np.ndarray | None:
    """Ties whose answers are others than in the wave before (or that were none there); null in the first wave."""
    waves = waves_in_order(exact)
    if network.wave not in waves or waves.index(network.wave) == 0:
        return None
    earlier = whole_network(exact, waves[waves.index(network.wave) - 1])
    if earlier.directed.is_empty():
        return None
    sides = ["source", "target", "forward", "backward", *COMPONENTS]
    same = network.ties.select(sides).join(earlier.ties.select(sides), on=sides, how="semi", nulls_equal=True)
    unchanged = ends_of(same)
    return np.array([tie not in unchanged for tie in order], dtype=bool)


def _apart(inside: np.ndarray, kept: list[bool], answers: _Answers) -> list[bool]:
    """Rule 2: of two cuts that differ by the answers of few, the smaller is withheld; the whole never."""
    size = inside.sum(axis=1)
    order = sorted((row for row, yes in enumerate(kept) if yes), key=lambda row: -size[row])
    published: list[int] = []
    for row in order:
        if all(_differ_enough(inside[row], inside[other], answers) for other in published):
            published.append(row)
    return [row in published for row in range(len(kept))]


def _differ_enough(first: np.ndarray, second: np.ndarray, answers: _Answers) -> bool:
    """Whether what is in one of two cuts alone is no answer or those of enough, on either side."""
    return answers.none_or_enough(first & ~second) and answers.none_or_enough(second & ~first)


def _further(inside: np.ndarray, base: list[bool], wanted: list[bool], answers: _Answers) -> list[bool]:
    """Which are published when further cuts are asked for after the first ones: those that take none of them away."""
    kept = [*base, *([False] * len(wanted))]
    for row in (len(base) + at for at, yes in enumerate(wanted) if yes):
        tried = [yes or at == row for at, yes in enumerate(kept)]
        apart = all(_differ_enough(inside[row], inside[other], answers) for other, yes in enumerate(kept) if yes)
        if apart and _not_derived(inside, tried, answers) == tried:
            kept = tried
    return kept


def _not_derived(inside: np.ndarray, kept: list[bool], answers: _Answers) -> list[bool]:
    """Rule 3: withhold the smallest cut with which a withheld one, or a few organisations' ties, could be worked out.

    Ties in the same cuts are one part. A sum over some parts can be worked out from those over cuts if and only if its
    indicator lies in the space that the cuts' indicators span.
    """
    if inside.shape[1] == 0:
        return kept
    signature, part = np.unique(inside, axis=1, return_inverse=True)
    part = part.reshape(-1)
    few = [at for at in range(signature.shape[1]) if not answers.none_or_enough(part == at)]
    protected = np.eye(signature.shape[1])[few]
    published = np.array(kept)
    while published.any():
        rows = np.flatnonzero(published)
        base = signature[rows].astype(float)
        alike = (signature[:, None, :] == signature[rows][None, :, :]).all(axis=2).any(axis=1)
        targets = np.concatenate([signature[~published & ~alike].astype(float), protected])
        weights = targets @ np.linalg.pinv(base)
        derived = np.isclose(weights @ base, targets, atol=1e-6).all(axis=1)
        if not derived.any():
            break
        used = rows[np.abs(weights[np.argmax(derived)]) > 1e-6]
        smallest = min(used, key=lambda row: (row == 0, int(inside[row].sum()), int(row)))
        published[smallest] = False
    return [bool(yes) for yes in published]


def disclosed_partners(exact: Network) -> set[str]:
    """The partners whose ties hold answers of at least `LEAST` others in the wave, whatever is filtered."""
    if "disclosed partners" not in exact.kept:
        whole = whole_network(exact.tables, exact.wave)
        reports = _answers(whole)
        about = pl.concat([reports.select("rater", about="source"), reports.select("rater", about="target")]).filter(
            pl.col("rater") != pl.col("about")
        )
        enough = about.group_by("about").agg(pl.col("rater").n_unique()).filter(pl.col("rater") >= LEAST)["about"]
        order = sorted(ends_of(whole.ties))
        number = {partner: at for at, partner in enumerate(whole.graph)}
        ends = np.array([number[end] for pair in order for end in pair], dtype=np.int64)
        shape = (len(number), len(order))
        around = csr_array((np.ones(len(ends)), (ends, np.repeat(np.arange(len(order)), 2))), shape=shape)
        open_ = _Leeway.of(whole, order).enough(around)
        # of a narrower choice than all its ties only where nothing of its own is left out
        exact.kept["disclosed partners"] = {
            partner
            for partner in enough
            if partner in exact.graph and exact.graph.degree(partner) == whole.graph.degree(partner) and open_[number[partner]]
        }
    return exact.kept["disclosed partners"]  # type: ignore[no-any-return]
