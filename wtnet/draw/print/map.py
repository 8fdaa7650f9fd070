"""The map on paper: the same places, shapes, colours and widths as on the screen, with names, legend and source inside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from wtnet.draw import tie_kinds
from wtnet.draw.categories import Category
from wtnet.draw.labels import Boxes, Side, first_named
from wtnet.draw.map.picture import SMALL, Tie, draw
from wtnet.draw.print.drawing import (
    INK,
    PAPER,
    Drawing,
    Shape,
    Sheet,
    Size,
    begin,
    line,
    mark,
    nothing,
    polygon,
    rectangle,
    text_width,
)
from wtnet.draw.print.key import dashes_of, legend
from wtnet.draw.print.labels import Disc, place, write
from wtnet.draw.style import (
    arrow_heads,
    drawn_strength,
    tie_width,
)
from wtnet.layout.ego import ego
from wtnet.measures import absence, catalogue
from wtnet.network import Network
from wtnet.palette import LOOKS, strength_class
from wtnet.sentences.format import count, listed, verb
from wtnet.strength import mean_known
from wtnet.tables.rounding import fixed

SIZED_BY = "partners"
"""The measure partners are sized by, as on the screen."""
_STRETCH, _WIDEST_RING = 1.45, 3.0
_THIN = 0.62
"""Ties are thinner on paper than on the screen, where there are fewer dots to draw them with."""
_OPACITY = (0.55, 0.6, 0.66, 0.74, 0.84)
"""Of a tie, by class of strength."""
BY_KIND = "map-kinds"
MAPS = {"map": "The map", BY_KIND: "The map by kind of partnership"}
"""The pictures of a network; the second is as the first where no kind is documented."""
_AMONG = 0.5
"""How much fainter the ties among those around one partner are than its own."""
NAMED = 400
"""At most so many names are tried."""


def picture(
    network: Network,
    positions: Mapping[str, tuple[float, float]],
    size: Size,
    title: str,
    under: str,
    source: str,
    by_kind: bool = False,
) -> Drawing:
    """The map of a network on a sheet of some size, its ties coloured by strength or `by_kind` of partnership; partners without
    a known position are an error of the caller. Of one partner and those around it, it stands in the middle (`layout.ego`).

    Names are placed as far as there is room for them, those of the best connected first; `Drawing.note` says what was
    left out, and so does the picture itself.
    """
    sheet = begin(size, title, under, source)
    if not network.graph:
        return nothing(sheet, "There are no partners to show.")
    centre = _centre(network)
    if centre:
        own = {other: drawn_strength(tie) for other, tie in network.graph[centre].items()}
        positions = ego(network.graph, centre, own)
    sizes = dict(catalogue.partners(network, (SIZED_BY,)).select("id", SIZED_BY).iter_rows())
    categories = tie_kinds.by_kind(network) if by_kind else None
    drawn, kinds = draw(network, positions, sizes, tie_colours=categories), categories.used if categories else ()
    keys = tie_kinds.key(drawn.ties, kinds) if kinds else []
    legend(sheet, network, keys)
    scale, where = _fit(sheet, network, positions, centre is not None)
    discs = [Disc(*where[node.id], node.radius * scale, node.name) for node in drawn.nodes]
    if centre:
        middle = where[centre]
        discs = [replace(disc, sides=_outward(disc, middle)) for disc in discs]
    for tie in sorted(drawn.ties, key=lambda tie: tie.strength or 0.0):
        wide = max(0.055 * size.text, tie_width(tie.strength) * scale * _THIN)
        dash = dashes_of(tie.basis, max(2.2 * wide, 0.3 * size.text))
        ends = line(*(place for end in (tie.source, tie.target) for place in where[drawn.nodes[end].id]))
        opacity = _OPACITY[strength_class(tie.strength) or 0]
        if centre and centre not in {drawn.nodes[end].id for end in (tie.source, tie.target)}:
            wide, opacity = wide / 2, opacity * _AMONG
        colour = tie_kinds.colour(tie, kinds)
        sheet.shapes.append(Shape(ends, line=colour, wide=wide, dash=dash, opacity=opacity))
        sheet.shapes += _heads(tie, [discs[end] for end in (tie.source, tie.target)], size.text, wide, colour)
    for disc, node in zip(discs, drawn.nodes, strict=True):
        sheet.shapes.append(mark(node.kind, disc.x, disc.y, disc.r, says=f"{node.name}, {LOOKS[node.kind].label.lower()}"))
    note = _names(sheet, network, discs, [node.id for node in drawn.nodes], centre)
    if kinds:
        _numbers(sheet, drawn.ties, discs, kinds)
    counts = [f"{kind.label} {many:,}" for _, kind, many in keys]
    words = _alt_around(network, centre) if centre else alt_text(network)
    return sheet.done(words + (f" By kind of partnership: {listed(counts, 12)}." if counts else ""), note)


def _numbers(sheet: Sheet, ties: Sequence[Tie], discs: Sequence[Disc], kinds: Sequence[Category]) -> None:
    """The number of its kind on each tie that is long enough, the strongest first: none over a partner, a name or another."""
    size = max(sheet.size.least, 0.86 * sheet.size.text)
    boxes = Boxes(6 * size)
    for disc in discs:
        boxes.add((disc.x - disc.r, disc.y - disc.r, disc.x + disc.r, disc.y + disc.r))
    for words in sheet.words:
        room = text_width(words.text, words.size, words.weight)
        left = words.x - {"start": 0.0, "middle": room / 2, "end": room}[words.anchor]
        boxes.add((left, words.y - 0.8 * words.size, left + room, words.y + 0.25 * words.size))
    for tie in sorted(ties, key=lambda tie: -(tie.strength or 0.0)):
        number = tie_kinds.number(kinds, tie.category)
        ends = [(discs[end].x, discs[end].y) for end in (tie.source, tie.target)]
        wide = text_width(number, size) / 2 + 0.1 * size
        for x, y in tie_kinds.middles(*ends) if number else ():
            box = (x - wide, y - 0.55 * size, x + wide, y + 0.55 * size)
            if boxes.free(box, -1):
                boxes.add(box)
                sheet.shapes.append(Shape(rectangle(box[0], box[1], box[2] - box[0], box[3] - box[1]), PAPER, opacity=0.8))
                sheet.say(x, y + 0.35 * size, number, size / sheet.size.text, weight=700, anchor="middle")
                break


def _heads(tie: Tie, ends: Sequence[Disc], em: float, wide: float, colour: str) -> list[Shape]:
    """The arrow heads of a tie, clear of the partners at both its ends."""
    start, stop = ((disc.x, disc.y) for disc in ends)
    heads = arrow_heads(tie.way, start, stop, (1.28 * ends[0].r + 0.1 * em, 1.28 * ends[1].r + 0.1 * em), 0.7 * em + 1.2 * wide)
    return [Shape(polygon(head, 0, 0, 1), colour) for head in heads]


def _fit(
    sheet: Sheet, network: Network, positions: Mapping[str, tuple[float, float]], ring: bool
) -> tuple[float, dict[str, tuple[float, float]]]:
    """Points per unit of the layout, and where each partner stands on the sheet."""
    left, top, right, bottom = sheet.box
    em = sheet.size.text
    room = min(15 * em, (right - left) * 0.2) if ring else min(7 * em, (right - left) * 0.09)  # left and right, for names
    spots = {partner: positions[partner] for partner in network.graph}
    low = [min(spot[axis] for spot in spots.values()) for axis in (0, 1)]
    span = [max(spot[axis] for spot in spots.values()) - low[axis] for axis in (0, 1)]
    wide, high = right - left - 2 * room, bottom - top - 4.5 * em
    fits = [wide / max(span[0], 1.0), high / max(span[1], 1.0)]
    scale = min(*fits, em / SMALL * (0.75 if ring else 1.1))
    each = [min(fit, scale * (_WIDEST_RING if ring else _STRETCH)) for fit in fits]
    middle = ((left + right) / 2, (top + bottom) / 2)
    return scale, {
        partner: tuple(middle[axis] + (spot[axis] - low[axis] - span[axis] / 2) * each[axis] for axis in (0, 1))  # type: ignore[misc]
        for partner, spot in spots.items()
    }


def _centre(network: Network) -> str | None:
    """The one partner that a picture is about, where only those around it are in view; None elsewhere."""
    focus = network.scope.focus
    return focus[0] if len(focus) == 1 and network.scope.hops == 1 and focus[0] in network.graph else None


def _outward(disc: Disc, middle: tuple[float, float]) -> tuple[Side, ...]:
    """The sides of a partner that look away from the one in the middle."""
    x, y = disc.x - middle[0], disc.y - middle[1]
    if not (x or y):
        return ()
    if abs(x) < 0.35 * abs(y):
        return ("below",) if y > 0 else ("above",)
    return ("right",) if x > 0 else ("left",)


def _names(sheet: Sheet, network: Network, discs: list[Disc], ids: list[str], centre: str | None) -> str:
    """Write the names that have room, that of the partner in the middle first; what is left out, in words ("" if nothing)."""
    graph = network.graph
    order = sorted(range(len(ids)), key=lambda at: (-discs[at].r, -graph.degree(ids[at]), at))
    tried = first_named(order, lambda at: graph.nodes[ids[at]]["kind"] == "museum")[:NAMED]
    left, top, right, bottom = sheet.box
    noted = 1.4 * sheet.size.text  # the room of the note under them
    labels = place(discs, tried, (left, top, right, bottom - noted), sheet.size.text, sheet.size.least)
    if len(labels) < len(tried) == len(order):
        others = place(discs, order, (left, top, right, bottom - noted), sheet.size.text, sheet.size.least)
        labels = others if len(others) == len(order) else labels  # where all find room in another order, that one
    for label in labels:
        if label.leader is not None:
            for colour, wide in ((PAPER, 0.3), (INK, 0.08)):  # set off from the ties it crosses
                sheet.shapes.append(Shape(line(*label.leader), line=colour, wide=wide * sheet.size.text))
    for label in labels:
        b = label.box
        plate = rectangle(b[0], b[1] + 0.04 * label.size, b[2] - b[0], b[3] - b[1] - 0.04 * label.size)
        sheet.shapes.append(Shape(plate, PAPER, opacity=0.8))
        write(sheet, label, 0.15)
    missing = len(ids) - len(labels)
    if not missing:
        return ""
    named = f"{len(labels):,} of {count(len(ids), 'partner')} named"
    return sheet.remark(f"{named}, the best connected and museums first; all are in the tables.", 0.0)


def alt_text(network: Network) -> str:
    """The map in words, for who does not see it: partners by kind, ties, and the best connected."""
    graph = network.graph
    number = Counter(kind for _, kind in graph.nodes(data="kind"))
    kinds = ", ".join(f"{LOOKS[kind].label.lower()} {number[kind]:,}" for kind in LOOKS if number[kind])
    words = f"Map of {count(len(graph), 'partner')} ({kinds}) and {count(graph.number_of_edges(), 'partnership')} between them."
    mean = mean_known(strength for *_, strength in graph.edges(data="strength"))
    if mean is not None:
        words += f" Mean strength {fixed(mean, 2)} (0 none, 1 strongest)."
    alone = sum(not graph.degree(partner) for partner in graph)
    if alone and graph.number_of_edges():
        words += f" {count(alone, 'partner has', 'partners have')} no known partnership."
    most = sorted((partner for partner in graph if graph.degree(partner)), key=lambda partner: -graph.degree(partner))[:3]
    if most:
        named = [f"{graph.nodes[partner]['name']} ({graph.degree(partner)})" for partner in most]
        words += f" Most partnerships: {listed(named)}."
    return words


def sentence(network: Network) -> str:
    """What a map shows, in a sentence: how many partners and partnerships, or whom the one in the middle works with."""
    centre, ties = _centre(network), network.graph.number_of_edges()
    gap = absence.ties(network)
    if centre is None and not ties:
        them = f"partnerships between them are {gap.words}" if gap else "no partnership between them is known"
        return f"{count(len(network.graph), 'partner')}; {them}."
    if centre is None:
        return f"{count(len(network.graph), 'partner')}, and {count(ties, 'partnership')} {verb(ties)} known between them."
    name, own = network.graph.nodes[centre]["name"], len(network.graph[centre])
    if not own:
        return f"{name} alone: no partnership of it is in view."
    works, among = "is known to work" if gap else "works", ties - own
    known = f"; {count(among, 'partnership')} {verb(among)} known among these" if among else ""
    return f"{name} {works} with {count(own, 'partner')}{known}."


def _alt_around(network: Network, centre: str) -> str:
    """One partner in the middle of those it works with, in words: how many by kind, and the partnerships among them."""
    graph = network.graph
    number = Counter(graph.nodes[other]["kind"] for other in graph[centre])
    kinds = ", ".join(f"{LOOKS[kind].label.lower()} {number[kind]:,}" for kind in LOOKS if number[kind])
    return f"{sentence(network)} In the middle stands {graph.nodes[centre]['name']}" + (f", around it {kinds}." if kinds else ".")
