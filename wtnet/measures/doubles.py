"""Doubles: partners that answered, yet are shown to others than the lead as if they had not, so that a missing word is no proof.

Others than the lead read of a pair that both sides rated a word (`strength.WORDS`). One that answered nothing has none: a partner
without a word would be one that kept silent. So some of those that answered have none either. For each wave, in order:

1. Partners are alike if the same of them could be said so far: in which earlier waves they had no word, and whether they have few
   or many partnerships in this one (up to its median).
2. Of those alike, one in `ONE_IN` of those that answered (rounded down) is a double, and at least as many as did not answer.
3. Each that did not answer has a double that could be in its place: one that has no partnership with others who kept silent but
   those that a document tells of (of any other, one of its two ends must have told).
4. There are at least `FEWEST` in a wave that has words, and altogether, too, as many as rule 2 says; so that where fewer answered
   than did not, nobody has a word.

Which ones is decided by a hash (HMAC-SHA256, RFC 2104) of wave and partner under a secret that only the lead holds: the same in
every revision, and independent between waves but for rule 1. The idea is that of k-anonymity (Sweeney 2002, doi
10.1142/S0218488502001648): of those that look alike, a part are not what they seem.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Iterable, Mapping
from statistics import median

from wtnet.measures.cuts import whole_network
from wtnet.network import Network, date_of, ratings_in, silent, waves_in_order
from wtnet.strength import active
from wtnet.tables.model import Tables
from wtnet.tables.schema import OWN

ONE_IN = 6
"""One in so many of those that answered has no word."""
FEWEST = 2
"""So many have none at the least."""

Doubles = Mapping[str, frozenset[str]]


def doubles(tables: Tables) -> Doubles:
    """The doubles of each wave, by its id; none in a wave without words. `tables` are the lead's."""
    before: dict[str, tuple[bool, ...]] = defaultdict(tuple)
    chosen: dict[str, frozenset[str]] = {}
    for wave in waves_in_order(tables):
        network = whole_network(tables, wave)
        voiced = _with_words(network, ())
        if not voiced:
            continue
        chosen[wave] = _chosen(network, wave, voiced, before)
        shown = _with_words(network, chosen[wave])
        before = defaultdict(tuple, {partner: (*before[partner], partner in shown) for partner in network.graph})
    return chosen


def _with_words(network: Network, gone: Iterable[str]) -> set[str]:
    """The partners of whose ties one has a word, without those of some that are gone."""
    without = set(gone)
    worded = network.ties.filter(network.ties["word"].is_not_null()).select("source", "target")
    return {end for pair in worded.iter_rows() if without.isdisjoint(pair) for end in pair}


def _chosen(network: Network, wave: str, voiced: set[str], before: Mapping[str, tuple[bool, ...]]) -> frozenset[str]:
    degree = dict(network.graph.degree)
    quiet = silent(network.tables, wave) & set(degree)
    middle = median(degree[partner] for partner in sorted(voiced | quiet))
    like = {partner: (before[partner], degree[partner] <= middle) for partner in degree}
    drawn = _drawn(network.tables, wave, voiced)
    kept_silent, answered = _groups(sorted(quiet), like), _groups(drawn, like)
    chosen: set[str] = set()
    for group, partners in answered.items():
        number = max(len(partners) // ONE_IN, len(kept_silent.get(group, ())))
        chosen.update(partners[:number])
    revealed = _told(network)
    for partner in sorted(quiet):
        others = quiet - {partner}
        near = [each for each in answered.get(like[partner], []) if others.isdisjoint(revealed[each])]
        fitting = near or [each for each in drawn if others.isdisjoint(revealed[each])]
        if chosen.isdisjoint(fitting):
            chosen.update(fitting[:1])
    least = max(FEWEST, len(drawn) // ONE_IN, len(quiet))
    chosen.update([partner for partner in drawn if partner not in chosen][: max(0, least - len(chosen))])
    return frozenset(chosen)


def _groups(partners: Iterable[str], like: Mapping[str, object]) -> dict[object, list[str]]:
    groups: dict[object, list[str]] = defaultdict(list)
    for partner in partners:
        groups[like[partner]].append(partner)
    return dict(groups)


def _told(network: Network) -> dict[str, set[str]]:
    """For each partner, those it has an undocumented tie with: one of the two must have told of it."""
    recorded = active(network.tables["partnerships"], date_of(network.tables, network.wave)).select("source", "target")
    documented = {(min(pair), max(pair)) for pair in recorded.iter_rows()}
    around: dict[str, set[str]] = {partner: set() for partner in network.graph}
    for pair in network.ties.select("source", "target").iter_rows():
        if pair not in documented:
            around[pair[0]].add(pair[1])
            around[pair[1]].add(pair[0])
    return around


def _drawn(tables: Tables, wave: str, partners: Iterable[str]) -> list[str]:
    """Partners in an order that nobody knows but by the secret of their programme; where it has none (it comes from a file, say),
    by all that was answered in the wave."""
    key = (tables.secret or _answered(tables, wave)).encode()
    return sorted(partners, key=lambda partner: hmac.new(key, f"{wave}\n{partner}".encode(), hashlib.sha256).digest())


def _answered(tables: Tables, wave: str) -> str:
    """All that was answered in a wave, without own fields: to add one must draw no others."""
    return "\n".join(sorted(map(repr, ratings_in(tables, wave).drop(OWN).iter_rows())))
