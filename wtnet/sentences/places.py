"""The sentence of the Places page: how many partners are on the map, and how long their ties are."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from wtnet.measures.distance import FAR_KM
from wtnet.sentences.format import count, listed, share, verb
from wtnet.tables.coverage import Unknown
from wtnet.tables.rounding import fixed

FEW = 5
"""With fewer ties each length is named."""


def headline(
    on_map: int,
    partners: int,
    places: int,
    lengths: Sequence[float | None],
    withheld: int = 0,
    gap: Unknown | None = None,
    why: str | None = None,
) -> str:
    """How many of the partners are on the map, in how many named places, and the lengths (km; null where not known) of the ties
    of all in view.

    `withheld` is how many of them have a place that is not shown to the reader; the lengths are those of everybody all the
    same, unless `why` says that they are withheld. `gap` says that the record does not tell of all ties (`coverage.ties`).
    """
    kept = f" The {'place' if withheld == 1 else 'places'} of {withheld:,} {verb(withheld)} withheld." if withheld else ""
    if not on_map:
        if kept:
            return f"No place can be shown here.{kept}"
        who = "The one partner in view does not have" if partners == 1 else f"None of the {partners:,} partners has"
        return f"{who} coordinates, a town or a postcode that is known here."
    where = f", in {count(places, 'place')}" if places else ""
    begin = f"{on_map:,} of {count(partners, 'partner')} {verb(on_map)} on the map{where}.{kept}"
    if why:
        return f"{begin} How far partnerships reach is withheld with them."
    known = sorted(km for km in lengths if km is not None)
    return f"{begin} {_ties(known, gap)}{_unknown(len(lengths) - len(known))}"


def _ties(lengths: list[float], gap: Unknown | None) -> str:
    """`lengths` in ascending order."""
    if not lengths:
        return f"Partnerships between them are {gap.words}." if gap else "No partnership has a known length."
    ties = count(len(lengths), "recorded partnership" if gap else "partnership")
    if len(lengths) < FEW:
        if lengths[-1] < 1:
            return f"The {ties} of known length {verb(len(lengths), 'stays', 'stay')} in one place."
        return f"The {ties} of known length: {listed([_length(km) for km in lengths], FEW)}."
    far = sum(km > FAR_KM for km in lengths)
    half = f"half are shorter than {fixed(median(lengths))} km" if median(lengths) >= 1 else "most stay in one place"
    long = f"{share(far / len(lengths), len(lengths))} are" if far else "none is"
    return f"Of the {ties} of known length, {half} and {long} longer than {fixed(FAR_KM)} km."


def _unknown(ties: int) -> str:
    """A sentence on ties with an end of unknown place; "" for none."""
    return f" Of {ties:,} more it is not known how far they reach." if ties else ""


def _length(km: float) -> str:
    return f"{fixed(km)} km" if km >= 1 else "in one place"
