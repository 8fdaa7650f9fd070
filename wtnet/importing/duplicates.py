"""Partners that are likely the same under two names: "St Mary's Hosp." and "St Marys Hospital"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from rapidfuzz import fuzz, process

from wtnet.tables import Tables
from wtnet.tables.text import caseless, folded

LIKELY = 86.0
"""Names at least this alike (0–100, after abbreviations are written out) are put before the person."""
MOST = 200
"""Pairs put before the person at once, the likeliest first."""
_MOST_COMPARED = 60_000_000  # pairs of names; beyond it, only names with a word that begins alike are compared
_BLOCK = 500
_SHORT = {
    "hosp": "hospital",
    "st": "saint",
    "ste": "saint",
    "mus": "museum",
    "ctr": "centre",
    "cntr": "centre",
    "center": "centre",
    "assn": "association",
    "assoc": "association",
    "soc": "society",
    "univ": "university",
    "uni": "university",
    "coll": "college",
    "sch": "school",
    "org": "organisation",
    "organization": "organisation",
    "comm": "community",
    "cmty": "community",
    "cncl": "council",
    "dept": "department",
    "svc": "service",
    "svcs": "service",
    "services": "service",
    "serv": "service",
    "gp": "general practice",
    "hq": "headquarters",
    "lib": "library",
    "gall": "gallery",
    "nat": "national",
    "natl": "national",
    "intl": "international",
    "rd": "road",
    "theater": "theatre",
    "fdn": "foundation",
    "mtn": "mountain",
    "ch": "church",
    "yr": "year",
    "dr": "doctor",
}
_EMPTY = {"the", "and", "of", "for", "ltd", "limited", "cic", "cio", "plc", "llp", "inc", "co", "company", "charity"}
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True)
class LikelyDuplicate:
    """Two partners that may be one. `mine` is the file's row, `theirs` the other; `stored` says whether that is stored
    (else it is in the file too). `score` is how alike they are, 0–100, and `why` says what else agrees or not."""

    mine: dict[str, Any]
    theirs: dict[str, Any]
    stored: bool
    score: float
    why: str

    @property
    def key(self) -> tuple[str, str]:
        """The two ids."""
        return str(self.mine["id"]), str(self.theirs["id"])


def normalised(name: str) -> str:
    """A name as it is compared: no accents, marks or capitals, abbreviations written out, words in order of the alphabet."""
    text = re.sub(r"(?<=\w)['’`´](?=\w)", "", folded(name)).replace("&", " and ")
    words = [_SHORT.get(word, word) for word in re.sub(r"[\W_]+", " ", text).split()]
    if len(words) > 1 and words[-1] == "saint":
        words[-1] = "street"
    kept = [word for word in words if word not in _EMPTY] or words
    return " ".join(sorted(kept))


def alike_enough(name: str, other: str) -> bool:
    """True if two names may be one partner's: alike after normalising, or all the words of one are among the other's."""
    mine, theirs = normalised(name), normalised(other)
    if sorted(_DIGITS.findall(mine)) != sorted(_DIGITS.findall(theirs)):
        return False
    words, others = set(mine.split()), set(theirs.split())
    return words <= others or others <= words or fuzz.ratio(mine, theirs) >= LIKELY


def likely_duplicates(
    before: Tables, incoming: Tables, most: int = MOST, renumbered: Mapping[str, str] | None = None
) -> list[LikelyDuplicate]:
    """Likely duplicates among the file's partners that are not stored: with a stored one, or with each other.

    Before them come those that had a stored partner's id under another name: `renumbered` says which (see `id_clashes`).

    `incoming` holds the file's tables under the stored ids (see `proposal.matched_incoming`). Names are compared by edit
    distance after normalising; the same kind and place make a pair likelier, another place or kind less likely, and
    names with different numbers in them never match. A file's partner is shown with its likeliest counterpart only.
    """
    mine = incoming.organisations.join(before.organisations, on="id", how="anti", maintain_order="left")
    if not mine.height:
        return []
    new, old = list(mine.iter_rows(named=True)), list(before.organisations.iter_rows(named=True))
    every = [*old, *new]
    words = [normalised(row["name"]) for row in every]
    best: dict[int, tuple[float, int]] = {}
    for at, other, likeness in _pairs(words, len(old)):
        score = _score(every[at], every[other], words[at], words[other], likeness)
        if score >= LIKELY and score > best.get(at, (0.0, 0))[0]:
            best[at] = score, other
    pairs = [
        LikelyDuplicate(every[at], every[other], other < len(old), round(score, 1), _why(every[at], every[other]))
        for at, (score, other) in best.items()
    ]
    stored = {row["id"]: row for row in old}
    same_number = [
        LikelyDuplicate(row, stored[id], True, 0.0, f"the file gives it the id {id}, which is stored for the other")
        for at, row in enumerate(new, len(old))
        if at not in best and (id := (renumbered or {}).get(row["id"]))
    ]
    return [*same_number, *sorted(pairs, key=lambda pair: (-pair.score, pair.mine["name"]))][:most]


def _pairs(words: list[str], stored: int) -> Iterator[tuple[int, int, float]]:
    """Pairs of rows whose names may be alike: (row of the file, a stored row or an earlier one of the file, likeness)."""
    new = range(stored, len(words))
    if len(new) * len(words) > _MOST_COMPARED:
        groups: dict[str, list[int]] = defaultdict(list)
        for at, word in enumerate(words):
            for start in {part[:3] for part in word.split() if len(part) > 3} or {word[:3]}:
                groups[start].append(at)
        for members in groups.values():
            here = [at for at in members if at >= stored]
            yield from _compared(words, here[:2_000], members[:5_000])
        return
    yield from _compared(words, list(new), list(range(len(words))))
    yield from _within(words, stored)


def _compared(words: list[str], rows: list[int], others: list[int]) -> Iterator[tuple[int, int, float]]:
    """Pairs by edit distance, a block at a time so that memory stays small."""
    texts = [words[at] for at in others]
    for start in range(0, len(rows), _BLOCK):
        block = rows[start : start + _BLOCK]
        scores = process.cdist(
            [words[at] for at in block], texts, scorer=fuzz.ratio, score_cutoff=LIKELY - 6, dtype=np.uint8, workers=1
        )
        for at, other in zip(*np.nonzero(scores), strict=True):
            if others[other] < block[at]:
                yield block[at], others[other], float(scores[at, other])


def _within(words: list[str], stored: int) -> Iterator[tuple[int, int, float]]:
    """Names whose words are all among another's: "city hospital" in "city hospital northcliff"; found by the rarest word."""
    sets = [frozenset(word.split()) for word in words]
    places: dict[str, list[int]] = defaultdict(list)
    for at, parts in enumerate(sets):
        for part in parts:
            places[part].append(at)
    for at in range(len(sets)):
        if len(sets[at]) < 2:
            continue
        rarest = min(sets[at], key=lambda part: (len(places[part]), part))
        for other in places[rarest][:100]:
            later, earlier = max(at, other), min(at, other)
            if other != at and sets[at] < sets[other] and later >= stored and len(sets[other]) - len(sets[at]) <= 2:
                yield later, earlier, LIKELY - 1


def _score(mine: dict[str, Any], theirs: dict[str, Any], name: str, other: str, score: float) -> float:
    """Likeness of the names with what kind and place say; 0 for names with other numbers."""
    if sorted(_DIGITS.findall(name)) != sorted(_DIGITS.findall(other)):
        return 0.0
    here, there = caseless(mine["place"]), caseless(theirs["place"])
    if here and there:
        score += 4 if here == there else -8
    kinds = {mine["kind"], theirs["kind"]}
    score += 2 if len(kinds) == 1 else 1 if "other" in kinds else -6  # other: only a tie names it, so its kind is not known
    return min(100.0, score)


def _why(mine: dict[str, Any], theirs: dict[str, Any]) -> str:
    reasons = ["same kind" if mine["kind"] == theirs["kind"] else "another kind"]
    here, there = caseless(mine["place"]), caseless(theirs["place"])
    if here and there:
        reasons.append("same place" if here == there else "another place")
    return ", ".join(reasons)
