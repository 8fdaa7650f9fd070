"""Ties by kind of partnership: each kind has a colour and a number, which stands on its ties where there is room, so that colour
is never alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from wtnet.draw.categories import REST, Categories, Category, by_word
from wtnet.draw.map.picture import Tie, tie_id
from wtnet.draw.style import Spot, Theme, tie_colour
from wtnet.network import Network
from wtnet.tables import relationships

SEVERAL = "several"
OTHERS, UNTOLD, REST_OF_TIES = "\x1fothers", "\x1funtold", "kind not recorded"
LOUD = 6
"""So many kinds of partnership have a colour of their own."""


def by_kind(*networks: Network) -> Categories:
    """The category of each tie in some networks of a programme (by `tie_id`), the last that of ties nothing is known of: the most
    frequent kinds by name, the others together; apart those of two or more kinds."""
    tables = networks[0].tables
    labels = relationships.in_use(tables)
    hidden = set(tables.lead_ids)
    kinds: dict[str, str | None] = {}
    for network in networks:
        for source, target, cell in network.ties.select("source", "target", "relationship").iter_rows():
            known = [kind for kind in relationships.kinds(cell) if kind in labels]
            kinds[tie_id(source, target)] = single(known) or (UNTOLD if {source, target} & hidden else None)
    number = Counter(kind for kind in kinds.values() if kind in labels)
    loud = {kind for kind, _ in number.most_common(LOUD if len(number) <= LOUD else LOUD - 1)}
    named = {kind: labels[kind] for kind in labels if kind in loud}
    words = {tie: OTHERS if kind in labels and kind not in loud else kind for tie, kind in kinds.items()}
    more = {OTHERS: "other kinds", SEVERAL: "two or more kinds", UNTOLD: "kind not shown"}
    quiet = {OTHERS: REST, UNTOLD: REST}
    coloured = by_word(words, {**named, **more}, REST_OF_TIES)
    used = tuple(
        replace(each, light=quiet.get(each.id, each.light), dark=quiet.get(each.id, each.dark)) for each in coloured.used
    )
    return with_rest(replace(coloured, used=used), REST_OF_TIES)


def single(words: Sequence[str]) -> str | None:
    """The one word there is; of several that they are several, of none None."""
    return None if not words else words[0] if len(words) == 1 else SEVERAL


def with_rest(categories: Categories, words: str) -> Categories:
    """The same with a last category for what has none."""
    if categories.used and categories.used[-1].id == "-":
        return categories
    return replace(categories, used=(*categories.used, Category("-", words, REST, REST)))


def number(kinds: Sequence[Category], place: int | None) -> str:
    """The number of a kind by its place: "1" and on; "" where it is not recorded or not shown, and where ties have no kinds."""
    return "" if place is None or not kinds or kinds[place].id in ("-", UNTOLD) else str(place + 1)


def colour(tie: Tie, kinds: Sequence[Category], theme: Theme = "light") -> str:
    """The colour of a tie: that of its kind where there are `kinds`, else by its strength."""
    if not kinds or tie.category is None:
        return tie_colour(tie.strength, theme)
    return kinds[tie.category].dark if theme == "dark" else kinds[tie.category].light


def key(ties: Iterable[Tie], kinds: Sequence[Category]) -> list[tuple[str, Category, int]]:
    """The kinds of some ties in order: number, kind, and how many ties are of it."""
    many = Counter(tie.category for tie in ties if tie.category is not None)
    return [(number(kinds, place), kinds[place], many[place]) for place in sorted(many)]


def middles(start: Spot, stop: Spot) -> Iterator[Spot]:
    """Where the number of a tie may stand on it: in its middle, or nearer to one end."""
    for share in (0.5, 0.6, 0.4, 0.7, 0.3, 0.8):
        yield (start[0] + (stop[0] - start[0]) * share, start[1] + (stop[1] - start[1]) * share)
