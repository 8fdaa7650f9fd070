"""Pictures of one partner, as SVG: it among those it works with, and what both sides say of a tie.

Every word from the data is escaped here. Colours come from the page through CSS classes, so that the same picture stands
on light, on dark and on paper; only kinds have a colour of their own, and a shape with it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from wtnet.draw.safe import in_svg, printable
from wtnet.draw.style import DASHES, arrow_heads, drawn_basis, drawn_strength, drawn_way, tie_width
from wtnet.network import Network
from wtnet.palette import LOOKS, strength_class
from wtnet.sentences.strength import PAIR_WITHHELD, pair_words
from wtnet.tables.rounding import fixed
from wtnet.tables.schema import KINDS

MOST = 26
"""The picture of a partner shows at most so many of those it works with; the strongest come first."""
_WIDE, _ROW, _LETTERS = 484.0, 33.0, 17
_SIDE = 130.0
"""Room for the names on either side."""


def shape(kind: str, size: float = 7.0, x: float = 0.0, y: float = 0.0) -> str:
    """The mark of a kind of partner: its shape in its colour."""
    look = LOOKS[kind]
    if not look.points:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}" fill="{look.colour}"/>'
    points = " ".join(f"{x + size * px:.1f},{y + size * py:.1f}" for px, py in look.points)
    return f'<polygon points="{points}" fill="{look.colour}"/>'


def mark(kind: str) -> str:
    """The same as a little picture in a line of text."""
    return f'<svg class="mark" viewBox="-9 -9 18 18" aria-hidden="true">{shape(kind)}</svg>'


def around(network: Network, partner: str) -> tuple[list[str], int]:
    """The partners it works with in the picture, by kind and then by strength, and how many it leaves out."""
    ties = network.graph[partner]

    def strength(other: str) -> float:
        drawn = drawn_strength(ties[other])
        return -(drawn if drawn is not None else -1.0)

    strongest = sorted(ties, key=strength)[:MOST]
    order = list(LOOKS)
    return sorted(strongest, key=lambda other: (order.index(network.graph.nodes[other]["kind"]), strength(other))), len(
        ties
    ) - len(strongest)


def ego(network: Network, partner: str) -> str:
    """A partner in the middle of those it works with: kinds beside one another, ties as `style.tie_key` says, thin ones among
    the others. Each of the others can be selected (`data-pick`)."""
    nodes = network.graph.nodes
    shown, _ = around(network, partner)
    right = shown[: math.ceil(len(shown) / 2)]
    left = shown[len(right) :][::-1]
    tall = max(150.0, _ROW * len(right) + 16)
    middle = (_WIDE / 2, tall / 2)
    at = _arc(right, 1, tall) | _arc(left, -1, tall)
    lines = [
        f'<line class="among" x1="{at[a][0]:.1f}" y1="{at[a][1]:.1f}" x2="{at[b][0]:.1f}" y2="{at[b][1]:.1f}"/>'
        for a, b in network.graph.subgraph(shown).edges
    ]
    lines += [_tie(network.graph[partner][other], middle, at[other], partner > other) for other in shown]
    marks = [_other(network, partner, other, at[other], other in right) for other in shown]
    name = in_svg(nodes[partner]["name"], 34)
    centre = (
        f'{shape(nodes[partner]["kind"], 13, *middle)}<text class="self" x="{middle[0]:.1f}" y="{middle[1] + 29:.1f}" '
        f'text-anchor="middle">{name}</text>'
    )
    return (
        f'<svg class="ego" viewBox="0 0 {_WIDE:.0f} {tall:.0f}" role="group" aria-label="{in_svg(ego_said(network, partner))}">'
        f"{''.join(lines)}{''.join(marks)}{centre}</svg>"
    )


def ego_said(network: Network, partner: str) -> str:
    """The picture in words."""
    nodes, ties = network.graph.nodes, network.graph[partner]
    kinds: dict[str, int] = {}
    for other in ties:
        kinds[nodes[other]["kind"]] = kinds.get(nodes[other]["kind"], 0) + 1
    counts = ", ".join(f"{KINDS[kind].lower()} {kinds[kind]}" for kind in LOOKS if kind in kinds)
    known = sorted((other for other in ties if ties[other]["strength"] is not None), key=lambda other: -ties[other]["strength"])
    strongest = ", ".join(f"{printable(nodes[other]['name'], 40)} {fixed(ties[other]['strength'], 2)}" for other in known[:3])
    return f"{printable(nodes[partner]['name'], 60)} among {len(ties)} partners: {counts}." + (
        f" Strongest: {strongest}." if strongest else ""
    )


def _arc(side: list[str], way: int, tall: float) -> dict[str, tuple[float, float]]:
    """Where the partners of one side stand: in rows, on an arc that bulges away from the middle."""
    places = {}
    for row, other in enumerate(side):
        y = (row + 0.5) * tall / len(side) if len(side) > 1 else tall / 2
        bulge = math.sqrt(max(0.0, 1 - ((2 * y - tall) / (tall * 1.08)) ** 2))
        places[other] = (_WIDE / 2 + way * (_WIDE / 2 - _SIDE - 34 + 34 * bulge), y)
    return places


def _tie(tie: Mapping[str, Any], start: tuple[float, float], end: tuple[float, float], turned: bool) -> str:
    strength, dashes = drawn_strength(tie), DASHES[drawn_basis(tie)]
    step = strength_class(strength)
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    width = tie_width(strength, "profile")
    heads = arrow_heads(drawn_way(tie, turned), start, end, (16.0, 11.0), 7.0 + width)
    corners = (" ".join(f"{x:.1f},{y:.1f}" for x, y in head) for head in heads)
    arrows = "".join(f'<polygon class="head" points="{points}"/>' for points in corners)
    return arrows + (
        f'<line class="tie s{0 if step is None else step}" x1="{start[0]:.1f}" y1="{start[1]:.1f}" x2="{end[0]:.1f}" '
        f'y2="{end[1]:.1f}" stroke-width="{width:.1f}"{dashed}/>'
    )


def _other(network: Network, partner: str, other: str, place: tuple[float, float], on_right: bool) -> str:
    about, words = network.graph.nodes[other], pair_words(network, partner, other)
    strength = "strength not known" if words == "–" else words if words == PAIR_WITHHELD else f"strength {words}"
    whole = in_svg(f"{printable(about['name'], 80)}, {KINDS[about['kind']].lower()}, {strength}: open its profile")
    anchor, x = ("start", place[0] + 13) if on_right else ("end", place[0] - 13)
    lines = _wrapped(about["name"])
    first = place[1] + 4.5 - 7.5 * (len(lines) - 1)
    words = "".join(f'<tspan x="{x:.1f}" y="{first + 15 * row:.1f}">{in_svg(line)}</tspan>' for row, line in enumerate(lines))
    return (
        f'<g class="who" data-pick="{in_svg(other)}" tabindex="0" role="button" aria-label="{whole}"><title>{whole}</title>'
        f'{shape(about["kind"], 8, *place)}<text text-anchor="{anchor}">{words}</text></g>'
    )


def _wrapped(name: str) -> list[str]:
    """A name on at most two lines."""
    words = printable(name).split(" ")
    first = words[0]
    rest = 1
    while rest < len(words) and len(first) + 1 + len(words[rest]) <= _LETTERS:
        first += f" {words[rest]}"
        rest += 1
    second = " ".join(words[rest:])
    return [printable(first, _LETTERS), printable(second, _LETTERS)] if second else [printable(first, _LETTERS)]


# -- both sides of a tie -----------------------------------------------------------------------------------------------

_LINE, _EDGE = 132.0, 8.0


def both_sides(own: float | None, other: float | None, strength: float | None = None) -> str:
    """What each side says of a tie on a line from 0 to 1: a filled point for the partner, a hollow one for the other side,
    and how far apart they are. With neither, a bar at the documented strength; nothing at all where nothing is known."""

    def at(value: float) -> float:
        return _EDGE + value * (_LINE - 2 * _EDGE)

    drawn = [f'<line class="scale" x1="{_EDGE}" x2="{_LINE - _EDGE}" y1="9" y2="9"/>']
    if own is not None and other is not None:
        drawn.append(f'<line class="apart" x1="{at(own):.1f}" x2="{at(other):.1f}" y1="9" y2="9"/>')
    elif own is None and other is None and strength is not None:
        drawn.append(f'<line class="document" x1="{at(strength):.1f}" x2="{at(strength):.1f}" y1="3" y2="15"/>')
    if other is not None:
        drawn.append(f'<circle class="other" cx="{at(other):.1f}" cy="9" r="5"/>')
    if own is not None:
        drawn.append(f'<circle class="own" cx="{at(own):.1f}" cy="9" r="{3.5 if own == other else 5}"/>')
    return f'<svg class="sides-line" viewBox="0 0 {_LINE:.0f} 18" aria-hidden="true">{"".join(drawn)}</svg>'
