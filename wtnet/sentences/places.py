"""The sentence of the Places page: how many partners are on the map, and how long their ties are."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from wtnet.measures.distance import FAR_KM
from wtnet.sentences.format import count, listed, share, verb

FEW = 5
"""With fewer ties each length is named."""


def headline(on_map: int, partners: int, places: int, lengths: Sequence[float]) -> str:
    """How many of the partners are on the map, in how many named places, and the lengths (km) of the ties between them."""
    if not on_map:
        who = "The one partner in view does not have" if partners == 1 else f"None of the {partners:,} partners has"
        return f"{who} coordinates, a town or a postcode that is known here."
    where = f", in {count(places, 'place')}" if places else ""
    return f"{on_map:,} of {count(partners, 'partner')} {verb(on_map)} on the map{where}. {_ties(sorted(lengths))}"


def _ties(lengths: list[float]) -> str:
    """`lengths` in ascending order."""
    if not lengths:
        return "No two of them have a tie."
    ties = count(len(lengths), "tie")
    if len(lengths) < FEW:
        if lengths[-1] < 1:
            return f"The {ties} between them {verb(len(lengths), 'stays', 'stay')} in one place."
        return f"The {ties} between them: {listed([_length(km) for km in lengths], FEW)}."
    far = sum(km > FAR_KM for km in lengths)
    half = f"half are shorter than {median(lengths):,.0f} km" if median(lengths) >= 1 else "most stay in one place"
    long = f"{share(far / len(lengths), len(lengths))} are" if far else "none is"
    return f"Of the {ties} between them, {half} and {long} longer than {FAR_KM:.0f} km."


def _length(km: float) -> str:
    return f"{km:,.0f} km" if km >= 1 else "in one place"
