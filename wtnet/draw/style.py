"""How ties and levels of collaboration look, declared once for every picture: width, colour, order, words."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from wtnet.measures import change
from wtnet.network import Network
from wtnet.palette import RAMP, strength_class
from wtnet.strength import WORDS
from wtnet.tables.schema import LEVELS

Medium = Literal["map", "stage", "slide", "profile", "gexf"]
Theme = Literal["light", "dark"]
Spot = tuple[float, float]
QUIET = {"light": "#C9CEDA", "dark": "#4A5468"}
"""For what is not there or not known, and for rules and axes."""


@dataclass(frozen=True)
class Width:
    """Width of a tie by its strength: `least` at 0 and where it is not known, `more` on top at 1, growing by `power` between;
    rounded to `digits`."""

    least: float
    more: float
    power: float = 1.5
    digits: int = 1

    def __call__(self, strength: float | None) -> float:
        return round(self.least + self.more * (strength or 0.0) ** self.power, self.digits)


WIDTHS: dict[Medium, Width] = {
    "map": Width(1.2, 6.8),  # units of the layout: live map, offline map, map on paper
    "stage": Width(1.6, 3.4),  # pixels: slides shown on the screen
    "slide": Width(1.1, 3.0, digits=9),  # points: slides of a deck
    "profile": Width(1.4, 5.0),  # pixels: one partner among those it works with
    "gexf": Width(1.0, 5.0, power=1.0, digits=2),  # thickness in Gephi, which draws it in proportion
}
"""The scales, each in the unit of its medium."""


DRAWN: dict[str, float] = dict(zip(WORDS, (1 / 6, 1 / 2, 5 / 6), strict=True))
"""As how strong a tie is drawn of which others than the lead know the word alone: the middle of what it stands for."""


def drawn_strength(tie: Mapping[str, Any]) -> float | None:
    """How strong a tie looks: as it is, or, where the answers of both sides are kept back, by its word; null where that is not
    known, or withheld."""
    strength: float | None = tie["strength"]
    if strength is not None or tie.get("forward") is not None:
        return strength
    return DRAWN.get(tie.get("word") or "")


BASES = ("both", "one-sided", "documented", "withheld")
"""How a tie is drawn by what its strength rests on, in this order: solid, dashed, dash and dot (nobody rated it), dashed."""
DASHES = ("", "5 5", "9 4 1.5 4", "5 5")
"""Their dashes in pixels, as SVG has them; `TIE_DASHES` in `js/style.js` are the same."""
RESTS_ON = ("rated by both sides", "rated by one side only", "documented only", "strength withheld")
"""What each of them stands for; `RESTS_ON` in `js/style.js` says the same."""


def drawn_basis(tie: Mapping[str, Any]) -> int:
    """Which of `BASES` a tie is drawn as; one of which nobody knows how strong it is, as one that nobody rated."""
    return BASES.index(tie["basis"]) if tie["basis"] in BASES else BASES.index("documented")


WAYS = ("", "to", "from", "to from", "to", "from")
"""At which of its ends a tie has an arrow, by which way it goes: not said; documented as forward, backward, both; and, where both
sides answered and one alone says that they work together, from that one. `HEADS` in `js/style.js` are the same."""
ARROW_KEY = "arrow: which way it goes"


def drawn_way(tie: Mapping[str, Any], turned: bool = False) -> int:
    """Which of `WAYS` a tie is drawn as: as documented, else as its two sides say, as far as the reader knows it. `turned`: it is
    drawn from its target to its source, that is from the greater id to the smaller."""
    documented = ("forward", "backward", "both")
    way, ahead, back = 0, tie.get("forward"), tie.get("backward")
    if tie.get("direction") in documented:
        way = documented.index(tie["direction"]) + 1
    elif ahead is not None and back is not None and (ahead > 0) != (back > 0):
        way = 4 if ahead > 0 else 5
    return (0, 2, 1, 3, 5, 4)[way] if turned else way


def arrow_heads(way: int, start: Spot, stop: Spot, gaps: tuple[float, float], size: float) -> list[tuple[Spot, Spot, Spot]]:
    """The corners of the arrow heads of a tie: its tip first. `gaps`: how far the tips stand from `start` and from `stop`."""
    across, down = stop[0] - start[0], stop[1] - start[1]
    length = math.hypot(across, down)
    if length <= sum(gaps) or not WAYS[way]:
        return []
    x, y = across / length, down / length
    heads = []
    for end, (at, turn, gap) in {"to": (stop, 1, gaps[1]), "from": (start, -1, gaps[0])}.items():
        if end in WAYS[way].split():
            tip = (at[0] - turn * x * gap, at[1] - turn * y * gap)
            foot = (tip[0] - turn * x * size, tip[1] - turn * y * size)
            half = size * 0.42
            heads.append((tip, (foot[0] - y * half, foot[1] + x * half), (foot[0] + y * half, foot[1] - x * half)))
    return heads


def dash_keys(bases: Iterable[int]) -> list[str]:
    """What the dashes stand for that are drawn for some of `BASES`: "dashed: rated by one side only"."""
    return [
        f"{'dash and dot' if BASES[basis] == 'documented' else 'dashed'}: {RESTS_ON[basis]}"
        for basis in sorted(set(bases))
        if basis
    ]


Voice = Literal["numbers", "words", "documents"]


def voice(network: Network) -> Voice:
    """How the strength of a named tie is told: in numbers to the lead, in words to others, and as a documented level where
    nobody rated at all."""
    if network.tables.known.ratings.is_empty():
        return "documents"
    return "numbers" if network.exact is None else "words"


def tie_key(network: Network) -> str:
    """What the width, the dashes and the arrows of ties say, in a sentence or two."""
    key = {
        "numbers": "Thicker is stronger; dashed: rated by one side only; dash and dot: documented only.",
        "words": "Three widths: light, moderate or mixed, strong; dashed: strength withheld.",
        "documents": "Thicker is a higher documented level; all are known from documents.",
    }[voice(network)]
    ways = any(drawn_way(tie) for _, _, tie in network.graph.edges(data=True))
    return f"{key} {ARROW_KEY[0].upper()}{ARROW_KEY[1:]}." if ways else key


def tie_width(strength: float | None, medium: Medium = "map") -> float:
    """Width of a tie in the unit of a medium; as narrow where the strength is not known as where it is 0."""
    return WIDTHS[medium](strength)


def tie_colour(strength: float | None, theme: Theme = "light") -> str:
    """Colour of a tie by the class of its strength; the palest where the strength is not known."""
    return RAMP[theme][strength_class(strength) or 0]


LEVEL_ORDER = (*(str(level) for level in reversed(range(len(LEVELS)))), change.NO_LEVEL, change.NO_TIE, change.NOT_KNOWN)
"""The states of a pair as `measures.change.flow` names them, from the top of a picture to its foot."""


def level_words(state: str) -> str:
    """A state of a pair for a person: "3 coordination", "no tie", "not known"."""
    return f"{state} {LEVELS[int(state)]}" if state.isdigit() else state


def level_colour(state: str, theme: Theme = "light") -> str:
    """Colour of a level of collaboration ("0" to "5"), of which the two lowest are alike; quiet for any other state of a pair."""
    return RAMP[theme][max(0, int(state) - 1)] if state.isdigit() else QUIET[theme]
