"""One word for each partner, with a colour: its kind, pilot, community or place, or the class of a measure.

The map is coloured and grouped by it, and its legend filters by it. Colour is never alone: the legend names each
category, and a partner's shape always says its kind.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wtnet.palette import LOOKS, MEASURE_RAMP
from wtnet.tables.rounding import fixed

HUES = ("#4049FF", "#B3541E", "#009966", "#E539C9", "#7F610D", "#0F86A8", "#8A5CF5", "#5B7F1E")
"""Categories without a colour of their own, each at least 3:1 on white and on the dark background."""

REST = "#6B7A90"
CLASSES = 5


@dataclass(frozen=True)
class Category:
    """`id` as it stands in a link, `label` for people, its colour on the light and on the dark background."""

    id: str
    label: str
    light: str
    dark: str


@dataclass(frozen=True)
class Categories:
    """The categories in use, in order, and each partner's place among them."""

    used: tuple[Category, ...]
    of: Mapping[str, int]

    def counts(self) -> list[int]:
        """How many partners are in each category."""
        number = Counter(self.of.values())
        return [number[place] for place in range(len(self.used))]

    def members(self, ids: Sequence[str]) -> list[str]:
        """The partners of some categories."""
        places = {place for place, category in enumerate(self.used) if category.id in ids}
        return [partner for partner, place in self.of.items() if place in places]


def by_kind(kinds: Mapping[str, str]) -> Categories:
    """Categories by kind of partner, in the colours of the kinds."""
    there = [kind for kind in LOOKS if kind in set(kinds.values())]
    categories = tuple(Category(kind, LOOKS[kind].label, LOOKS[kind].colour, LOOKS[kind].colour) for kind in there)
    return Categories(categories, {partner: there.index(kind) for partner, kind in kinds.items()})


def by_word(words: Mapping[str, str | None], labels: Mapping[str, str], none: str) -> Categories:
    """Categories by a word each partner has (or not: `none` says so): the most frequent in colours of their own, the others in
    slate.

    `labels` gives the words their names and their order; words it does not have stand for themselves, most frequent first.
    """
    number = Counter(word for word in words.values() if word is not None)
    order = [word for word in labels if word in number] or [word for word, _ in number.most_common()]
    loud = set(sorted(order, key=lambda word: -number[word])[: len(HUES)])
    hues = iter(HUES)
    categories = [Category(word, labels.get(word, word), *([next(hues)] * 2 if word in loud else [REST] * 2)) for word in order]
    if any(word is None for word in words.values()):
        categories.append(Category("-", none, REST, REST))
    place = {category.id: at for at, category in enumerate(categories)}
    return Categories(tuple(categories), {partner: place["-" if word is None else word] for partner, word in words.items()})


def by_measure(values: Mapping[str, float | None], written: Mapping[float, str] | None = None) -> Categories:
    """Categories by a measure, in five equal steps from its lowest to its highest value, light to dark in one hue; unknown apart.

    `written` may give the words for a bound; without it bounds are written with two decimals.
    """
    known = [value for value in values.values() if value is not None]
    low, high = min(known, default=0.0), max(known, default=0.0)
    steps = CLASSES if high > low else 1
    width = (high - low) / steps if high > low else 1.0

    def in_words(bound: float) -> str:
        return (written or {}).get(bound) or (fixed(bound, 0 if float(low).is_integer() and high - low >= 2 * CLASSES else 2))

    labels = [
        f"{in_words(low + at * width)} to {in_words(low + (at + 1) * width)}" if steps > 1 else in_words(low)
        for at in range(steps)
    ]
    categories = (
        [Category(str(at), label, MEASURE_RAMP["light"][at], MEASURE_RAMP["dark"][at]) for at, label in enumerate(labels)]
        if known
        else []
    )
    of = {partner: min(steps - 1, int((value - low) / width)) for partner, value in values.items() if value is not None}
    if len(of) < len(values):
        categories.append(Category("-", "not known", REST, REST))
    return Categories(tuple(categories), {partner: of.get(partner, len(categories) - 1) for partner in values})
