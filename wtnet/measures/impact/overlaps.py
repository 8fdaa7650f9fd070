"""Results of the survey whose organisations overlap: none is told that gives a few of them away beside another.

Two pilots often share partners, and the whole programme holds them all, so the difference of two means may be one
organisation's answer. The rule is that of published cuts (`measures.disclosure`): of any two results of an indicator and wave
the organisations in one and not in the other are none, or at least the threshold. Where that fails a pilot is withheld, and
so on; the whole is never withheld for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

import polars as pl

from wtnet.tables import Tables, from_survey

_KEY = {"indicator": pl.String, "pilot": pl.String, "wave": pl.String}
Members = dict[str | None, frozenset[str]]


def too_close(tables: Tables, threshold: int) -> pl.DataFrame:
    """`indicator`, `pilot`, `wave` of the pilots' results that are withheld so that no two differ by a few organisations."""
    groups: dict[tuple[str, str], dict[str | None, set[str]]] = {}
    rows = from_survey.behind(tables.known).select("indicator", "wave", "pilot", "organisation")
    for indicator, wave, pilot, organisation in rows.iter_rows():
        groups.setdefault((indicator, wave), {}).setdefault(pilot, set()).add(organisation)
    gone = [
        (indicator, pilot, wave)
        for (indicator, wave), cuts in groups.items()
        for pilot in _withheld({pilot: frozenset(inside) for pilot, inside in cuts.items()}, threshold)
    ]
    return pl.DataFrame(gone, schema=_KEY, orient="row")


def _withheld(cuts: Members, threshold: int) -> Iterator[str | None]:
    """The pilots to withhold: again and again that of most such pairs, of these the smallest."""
    shown = {pilot: inside for pilot, inside in cuts.items() if len(inside) >= threshold}
    while close := [pair for pair in combinations(shown, 2) if _differ_by_few(shown[pair[0]], shown[pair[1]], threshold)]:
        times = Counter(pilot for pair in close for pilot in pair if pilot is not None)
        worst = min(times, key=lambda pilot: (-times[pilot], len(shown[pilot])))
        del shown[worst]
        yield worst


def _differ_by_few(first: frozenset[str], second: frozenset[str], threshold: int) -> bool:
    return any(0 < len(rest) < threshold for rest in (first - second, second - first))
