"""The map on paper: the same places, shapes, colours and widths as on the screen, with names, legend and source inside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from wtnet.draw import tie_kinds
from wtnet.draw.categories import Category
from wtnet.draw.labels import Boxes, first_named
from wtnet.draw.map.picture import SMALL, Tie, draw
from wtnet.draw.print.drawing import (
    INK,
    PAPER,
    SOFT,
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
from wtnet.draw.print.labels import Disc, place
from wtnet.draw.style import (
    ARROW_KEY,
    DASHES,
    QUIET,
    RESTS_ON,
    arrow_heads,
    drawn_basis,
    drawn_way,
    tie_width,
)
from wtnet.measures import catalogue
from wtnet.network import Network
from wtnet.palette import LOOKS, RAMP, strength_class
from wtnet.sentences.format import count, cut, listed
from wtnet.strength import mean_known

SIZED_BY = "partners"
"""The measure partners are sized by, as on the screen."""
_STRETCH = 1.45
_THIN = 0.62
"""Ties are thinner on paper than on the screen, where there are fewer dots to draw them with."""
_OPACITY = (0.55, 0.6, 0.66, 0.74, 0.84)
"""Of a tie, by class of strength."""
BY_KIND = "map-kinds"
MAPS = {"map": "The map", BY_KIND: "The map by kind of partnership"}
"""The pictures of a network; the second is as the first where no kind is documented."""
_WIDER = "wider: stronger"
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
    a known position are an error of the caller.

    Names are placed as far as there is room for them, those of the best connected first; `Drawing.note` says what was
    left out, and so does the picture itself.
    """
    sheet = begin(size, title, under, source)
    if not network.graph:
        return nothing(sheet, "There are no partners to show.")
    sizes = dict(catalogue.partners(network, (SIZED_BY,)).select("id", SIZED_BY).iter_rows())
    categories = tie_kinds.by_kind(network) if by_kind else None
    drawn, kinds = draw(network, positions, sizes, tie_colours=categories), categories.used if categories else ()
    keys = tie_kinds.key(drawn.ties, kinds) if kinds else []
    _legend(sheet, network, keys)
    scale, where = _fit(sheet, network, positions)
    discs = [Disc(*where[node.id], node.radius * scale, node.name) for node in drawn.nodes]
    for tie in sorted(drawn.ties, key=lambda tie: tie.strength or 0.0):
        wide = max(0.055 * size.text, tie_width(tie.strength) * scale * _THIN)
        dash = _dash(tie.basis, max(2.2 * wide, 0.3 * size.text))
        ends = line(*(place for end in (tie.source, tie.target) for place in where[drawn.nodes[end].id]))
        opacity = _OPACITY[strength_class(tie.strength) or 0]
        colour = tie_kinds.colour(tie, kinds)
        sheet.shapes.append(Shape(ends, line=colour, wide=wide, dash=dash, opacity=opacity))
        sheet.shapes += _heads(tie, [discs[end] for end in (tie.source, tie.target)], size.text, wide, colour)
    for disc, node in zip(discs, drawn.nodes, strict=True):
        sheet.shapes.append(mark(node.kind, disc.x, disc.y, disc.r, says=f"{node.name}, {LOOKS[node.kind].label.lower()}"))
    note = _names(sheet, network, discs, [node.id for node in drawn.nodes])
    if kinds:
        _numbers(sheet, drawn.ties, discs, kinds)
    counts = [f"{kind.label} {many:,}" for _, kind, many in keys]
    return sheet.done(alt_text(network) + (f" By kind of partnership: {listed(counts, 12)}." if counts else ""), note)


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
    sheet: Sheet, network: Network, positions: Mapping[str, tuple[float, float]]
) -> tuple[float, dict[str, tuple[float, float]]]:
    """Points per unit of the layout, and where each partner stands on the sheet."""
    left, top, right, bottom = sheet.box
    em = sheet.size.text
    room = min(7 * em, (right - left) * 0.09)  # left and right, for names
    spots = {partner: positions[partner] for partner in network.graph}
    low = [min(spot[axis] for spot in spots.values()) for axis in (0, 1)]
    span = [max(spot[axis] for spot in spots.values()) - low[axis] for axis in (0, 1)]
    wide, high = right - left - 2 * room, bottom - top - 4.5 * em
    fits = [wide / max(span[0], 1.0), high / max(span[1], 1.0)]
    scale = min(*fits, em / SMALL * 1.1)
    each = [min(fit, scale * _STRETCH) for fit in fits]
    middle = ((left + right) / 2, (top + bottom) / 2)
    return scale, {
        partner: tuple(middle[axis] + (spot[axis] - low[axis] - span[axis] / 2) * each[axis] for axis in (0, 1))  # type: ignore[misc]
        for partner, spot in spots.items()
    }


def _names(sheet: Sheet, network: Network, discs: list[Disc], ids: list[str]) -> str:
    """Write the names that have room; what is left out, in words ("" if nothing)."""
    graph = network.graph
    order = sorted(range(len(ids)), key=lambda at: (-discs[at].r, -graph.degree(ids[at]), at))
    tried = first_named(order, lambda at: graph.nodes[ids[at]]["kind"] == "museum")[:NAMED]
    left, top, right, bottom = sheet.box
    noted = 1.4 * sheet.size.text  # the room of the note under them
    labels = place(discs, tried, (left, top, right, bottom - noted), sheet.size.text, sheet.size.least)
    for label in labels:
        if label.leader is not None:
            for colour, wide in ((PAPER, 0.3), (INK, 0.08)):  # set off from the ties it crosses
                sheet.shapes.append(Shape(line(*label.leader), line=colour, wide=wide * sheet.size.text))
    for label in labels:
        b = label.box
        plate = rectangle(b[0], b[1] + 0.04 * label.size, b[2] - b[0], b[3] - b[1] - 0.04 * label.size)
        sheet.shapes.append(Shape(plate, PAPER, opacity=0.8))
        middle = (b[0] + b[2]) / 2
        x = (
            middle
            if label.anchor == "middle"
            else b[0] + 0.15 * label.size
            if label.anchor == "start"
            else b[2] - 0.15 * label.size
        )
        for at, words in enumerate(label.lines):
            sheet.say(x, label.y + at * 1.16 * label.size, words, label.size / sheet.size.text, weight=500, anchor=label.anchor)
    missing = len(ids) - len(labels)
    if not missing:
        return ""
    note = f"{len(labels):,} of {count(len(ids), 'partner')} named, the best connected and museums first; all are in the tables."
    sheet.say(right, bottom, note, 0.86, anchor="end", colour=SOFT)
    return note


def _dash(basis: int, unit: float) -> tuple[float, ...]:
    """The dashes of a tie (`style.DASHES`), a plain one being a unit long."""
    return tuple(float(length) / 5 * unit for length in DASHES[basis].split())


def _legend(sheet: Sheet, network: Network, keys: Sequence[tuple[str, Category, int]]) -> None:
    """Kinds with their number, then strength or the kinds of ties, at the foot of the box, which shrinks by it."""
    em = sheet.size.text
    left, top, right, bottom = sheet.box
    number = Counter(kind for _, kind in network.graph.nodes(data="kind"))
    entries = [(kind, f"{LOOKS[kind].label} {number[kind]:,}") for kind in LOOKS if number[kind]]
    parts: list[tuple[str, str, float]] = [(kind, words, 1.6 * em + text_width(words, em)) for kind, words in entries]
    weak, strong = "weaker", "stronger partnership"
    ramp = 5 * 2.2 * em + 1.2 * em + text_width(weak, em) + text_width(strong, em)
    named = [(f"tie {kind.light}", f"{number} {cut(kind.label, 40)} {many:,}".strip()) for number, kind, many in keys]
    parts += [(what, words, 3.4 * em + text_width(words, em)) for what, words in named] or [("ramp", "", ramp)]
    if named:
        parts.append(("", _WIDER, text_width(_WIDER, em)))
    bases = {drawn_basis(tie) for _, _, tie in network.graph.edges(data=True)} - {0}
    parts += [(f"dash {basis}", RESTS_ON[basis], 3.4 * em + text_width(RESTS_ON[basis], em)) for basis in sorted(bases)]
    if any(drawn_way(tie) for _, _, tie in network.graph.edges(data=True)):
        parts.append(("arrow", "", 3.4 * em + text_width(ARROW_KEY, em)))
    larger = "larger: works with more partners"
    parts.append(("size", larger, 3.2 * em + text_width(larger, em)))
    rows: list[list[tuple[str, str, float]]] = [[]]
    for part in parts:
        if rows[-1] and sum(each[2] + 1.8 * em for each in rows[-1]) + part[2] > right - left:
            rows.append([])
        rows[-1].append(part)
    y = bottom - (len(rows) - 1) * 1.7 * em
    sheet.box = (left, top, right, y - 2.2 * em)
    sheet.shapes.append(Shape(line(left, y - 1.5 * em, right, y - 1.5 * em), line=QUIET["light"], wide=0.06 * em))
    for row in rows:
        x = left
        for what, said_, wide in row:
            _entry(sheet, what, said_, x, y)
            x += wide + 1.8 * em
        y += 1.7 * em


def _entry(sheet: Sheet, what: str, words: str, x: float, y: float) -> None:
    em = sheet.size.text
    middle = y - 0.33 * em
    if what == "ramp":
        sheet.say(x, y, "weaker")
        x += text_width("weaker", em) + 0.6 * em
        for level, colour in enumerate(RAMP["light"]):
            wide = tie_width(0.1 + 0.2 * level) * em / 14
            sheet.shapes.append(Shape(line(x, middle, x + 2 * em, middle), line=colour, wide=wide))
            x += 2.2 * em
        sheet.say(x + 0.4 * em, y, "stronger partnership")
    elif what.startswith("tie"):
        sheet.shapes.append(Shape(line(x, middle, x + 2.8 * em, middle), line=what.split()[1], wide=0.3 * em))
        sheet.say(x + 3.3 * em, y, words)
    elif not what:
        sheet.say(x, y, words)
    elif what.startswith("dash"):
        dash = _dash(int(what.split()[1]), 0.5 * em)
        sheet.shapes.append(Shape(line(x, middle, x + 2.8 * em, middle), line=RAMP["light"][2], wide=0.2 * em, dash=dash))
        sheet.say(x + 3.3 * em, y, words)
    elif what == "arrow":
        colour = RAMP["light"][2]
        sheet.shapes.append(Shape(line(x, middle, x + 2.2 * em, middle), line=colour, wide=0.16 * em))
        head = arrow_heads(1, (x, middle), (x + 2.8 * em, middle), (0, 0), 0.9 * em)[0]
        sheet.shapes.append(Shape(polygon(head, 0, 0, 1), colour))
        sheet.say(x + 3.3 * em, y, ARROW_KEY)
    elif what == "size":
        for at, r in ((0.4, 0.35), (1.7, 0.7)):
            sheet.shapes.append(Shape(mark("community_group", x + at * em, middle, r * em).path, None, INK, 0.08 * em))
        sheet.say(x + 3 * em, y, words)
    else:
        sheet.shapes.append(mark(what, x + 0.55 * em, middle, 0.55 * em))
        sheet.say(x + 1.5 * em, y, words)


def alt_text(network: Network) -> str:
    """The map in words, for who does not see it: partners by kind, ties, and the best connected."""
    graph = network.graph
    number = Counter(kind for _, kind in graph.nodes(data="kind"))
    kinds = ", ".join(f"{LOOKS[kind].label.lower()} {number[kind]:,}" for kind in LOOKS if number[kind])
    words = f"Map of {count(len(graph), 'partner')} ({kinds}) and {count(graph.number_of_edges(), 'partnership')} between them."
    mean = mean_known(strength for *_, strength in graph.edges(data="strength"))
    if mean is not None:
        words += f" Mean strength {mean:.2f} (0 none, 1 strongest)."
    alone = sum(not graph.degree(partner) for partner in graph)
    if alone and graph.number_of_edges():
        words += f" {count(alone, 'partner has', 'partners have')} no partnership."
    most = sorted((partner for partner in graph if graph.degree(partner)), key=lambda partner: -graph.degree(partner))[:3]
    if most:
        named = [f"{graph.nodes[partner]['name']} ({graph.degree(partner)})" for partner in most]
        words += f" Most partnerships: {listed(named)}."
    return words
