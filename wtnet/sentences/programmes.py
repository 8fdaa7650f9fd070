"""The sentences of the page that compares programmes or pilots."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence

import polars as pl

from wtnet.network import Network
from wtnet.sentences import record
from wtnet.sentences.format import figure, listed, of_kind
from wtnet.tables import coverage
from wtnet.tables.rounding import rounded
from wtnet.tables.schema import CORE_KINDS

Span = tuple[float, float]
_CLEAR = 0.05
_FIXED = 6
"""How many columns of `comparable.table` come before those of the sides."""


def headline(
    frame: pl.DataFrame, spans: Sequence[Mapping[str, Span]], withheld: Mapping[str, Collection[str]] | None = None
) -> str:
    """How far apart the sides are, from `comparable.table`; `spans` are the intervals of each side, `withheld` the sides by name
    from whose viewer a measure is withheld (`comparable.withheld`).

    Strength first; then the share of new ties, or where that is not known, of those that go on; then why counts stand apart.
    """
    names = frame.columns[_FIXED:]
    sentences = [_strength(frame, names, spans, (withheld or {}).get("mean_strength", ()))]
    for measure, words in (
        ("new_share", "of the partnerships are new since the first wave"),
        ("continuing_share", "are to continue"),
    ):
        shares = _range(_row(frame, measure), names, "share")
        if shares:
            sentences.append(f"{shares[0].upper()}{shares[1:]} {words}.")
            break
    sizes = [value for value in _row(frame, "partners") if value is not None]
    if sizes and min(sizes) != max(sizes):
        low, high = figure(min(sizes), digits=0), figure(max(sizes), digits=0)
        sentences.append(f"They have {low} to {high} partners, so counts stand apart below.")
    return " ".join(sentences)


def _strength(frame: pl.DataFrame, names: Sequence[str], spans: Sequence[Mapping[str, Span]], withheld: Collection[str]) -> str:
    values = _row(frame, "mean_strength")
    known = [at for at, value in enumerate(values) if value is not None]
    unknown = [names[at] for at, value in enumerate(values) if value is None and names[at] not in withheld]
    hidden = [name for name in names if name in withheld]
    of_them = f" It is withheld for {listed(hidden, 3)}." if hidden else ""
    of_them += f" It is not known for {listed(unknown, 3)}." if unknown else ""
    if not known and hidden:
        return "The mean strength of partnerships is withheld on every side" + (" where it is known." if unknown else ".")
    if not known:
        return "The strength of partnerships is not known on any side."
    if len(known) == 1:
        return f"Mean strength is {figure(values[known[0]], digits=2)} in {names[known[0]]}.{of_them}"
    low = min(known, key=lambda at: values[at] or 0.0)
    high = max(known, key=lambda at: values[at] or 0.0)
    if figure(values[low], digits=2) == figure(values[high], digits=2):
        return f"Mean strength is {figure(values[low], digits=2)} on every side where it is shown.{of_them}"
    lies = f"Mean strength lies between {figure(values[low], digits=2)} ({names[low]}) and {figure(values[high], digits=2)}"
    lowest, highest = (spans[at].get("mean_strength") for at in (low, high))
    return f"{lies} ({names[high]}); {_apart(lowest, highest, len(known))}.{of_them}"


def _apart(low: Span | None, high: Span | None, sides: int) -> str:
    """How sure the order of two sides is; of more than two, allowing for having picked the lowest and the highest of so many."""
    if low is None or high is None:
        return "how certain that is cannot be worked out"
    # as they are shown, so that whoever looks reads the same
    low, high = ((rounded(span[0], 2), rounded(span[1], 2)) for span in (low, high))
    if sides > 2:
        if _chance(low, high) * sides * (sides - 1) / 2 < _CLEAR:
            return f"that is further apart than the lowest and the highest of {sides} would be by chance"
        return f"the lowest and the highest of {sides} may be as far apart by chance alone, so the order says little"
    if low[1] < high[0]:
        return "their 95% intervals do not overlap"
    return "their 95% intervals overlap, so with other partners the order might be another"


def _chance(low: Span, high: Span) -> float:
    """Two-sided p of the difference between the middles of two 95 % intervals, as if they were normal."""
    middle, spread = (sum(high) - sum(low)) / 2, math.hypot(low[1] - low[0], high[1] - high[0]) / 3.92
    return math.erfc(abs(middle) / spread / math.sqrt(2)) if spread else float(middle == 0)


def missing_kinds(name: str, network: Network, kinds: Sequence[str]) -> str:
    """The caution that a side has nobody of some core kinds, or that its record does not tell whether it has; `kinds` as ids."""
    gaps = {kind: gap for kind in kinds if (gap := coverage.partners_of_kind(network.tables, kind))}
    rest = [CORE_KINDS[kind].lower() for kind in kinds if kind not in gaps]
    parts = [record.kinds_untold(gaps)] if gaps else []
    parts += [f"no {' and no '.join(rest)} in the record, so what is 0 there may only not be recorded"] if rest else []
    return f"{name}: {'; '.join(parts)}."


def _row(frame: pl.DataFrame, measure: str) -> list[float | None]:
    return list(frame.row(by_predicate=pl.col("id") == measure)[_FIXED:])


def _range(values: Sequence[float | None], names: Sequence[str], kind: str) -> str:
    """ "From 27 % (A) to 44 % (B)", "40 % (A)"; "" if nothing is known or all are the same."""
    known = [(value, name) for value, name in zip(values, names, strict=True) if value is not None]
    if len(known) < 2:
        return ""
    (low, lowest), (high, highest) = min(known), max(known)
    if of_kind(low, kind) == of_kind(high, kind):
        return f"{of_kind(low, kind)} everywhere"
    return f"from {of_kind(low, kind)} ({lowest}) to {of_kind(high, kind)} ({highest})"


def reasons_withheld(reasons: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Which measures are withheld and why, a sentence a reason: `reasons` by the measure's label and then the side."""
    measures: dict[str, list[str]] = {}
    for measure, sides in reasons.items():
        for why in dict.fromkeys(sides.values()):
            measures.setdefault(why, []).append(measure)
    return [f"{listed(labels, 3)}: {why[0].lower()}{why[1:]}" for why, labels in sorted(measures.items())]
