"""The key of a map on paper: kinds of partner, strength or kinds of partnership, and what dashes, arrows and sizes mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from wtnet.draw.categories import Category
from wtnet.draw.print.drawing import INK, Shape, Sheet, line, mark, polygon, text_width
from wtnet.draw.style import ARROW_KEY, DASHES, QUIET, RESTS_ON, arrow_heads, drawn_basis, drawn_way, tie_width
from wtnet.network import Network
from wtnet.palette import LOOKS, RAMP
from wtnet.sentences.format import cut

_WIDER = "wider: stronger"


def dashes_of(basis: int, unit: float) -> tuple[float, ...]:
    """The dashes of a tie (`style.DASHES`), a plain one being a unit long."""
    return tuple(float(length) / 5 * unit for length in DASHES[basis].split())


def legend(sheet: Sheet, network: Network, keys: Sequence[tuple[str, Category, int]]) -> None:
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
        dash = dashes_of(int(what.split()[1]), 0.5 * em)
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
