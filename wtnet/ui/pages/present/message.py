"""What the stage is sent: every slide as plain rows. Pure functions; names are data and stay text."""

from __future__ import annotations

from typing import Any

from wtnet.draw.style import tie_width
from wtnet.draw.tie_kinds import number
from wtnet.palette import LOOKS, RAMP, strength_class
from wtnet.stories.chart import MARKS, SideChart
from wtnet.stories.slide_map import SlideMap
from wtnet.stories.slides import RenderedSlide


def message(slides: list[RenderedSlide], title: str, at: int, follow: dict[str, Any] | None = None) -> dict[str, Any]:
    """A story for the stage, with the slide `at` in view.

    `kinds`: label, points, colour · `dots`: id, name, kind (index), x, y of every partner on any slide · `nets`: each map
    once: `there` (indices of dots), `ties` (two indices, width in pixels, class of strength or null, how it is drawn by what
    it rests on (its place in `style.BASES`), whether it stands out 0/1, and its way (in `style.WAYS`) unless it has none; where
    there are kinds its way and its kind (index)), `kinds` of ties (label, colours on light and dark, number) and `spots`: x, y of
    each of `there`, or null where they stand as `dots` say ·
    `follow`: as `follow_along.message` has it · `slides`: heading, text, notes, quote (words, whose; or null), source, alt, net
    (index), focus (indices), box, beside (the chart, or null).
    """
    kinds = [kind for kind in LOOKS if any(node.kind == kind for shown in slides for node in shown.map.nodes)]
    dots: dict[str, list[Any]] = {}
    for shown in slides:
        for node in shown.map.nodes:
            dots.setdefault(node.id, [node.id, node.name, kinds.index(node.kind), round(node.x, 1), round(node.y, 1)])
    place = {each: at for at, each in enumerate(dots)}
    nets: list[dict[str, Any]] = []
    spots = {each: (dot[3], dot[4]) for each, dot in dots.items()}
    sent = [_slide(shown, nets, place, spots) for shown in slides]
    return {
        "title": title,
        "at": at,
        "ramp": RAMP,
        "kinds": [[LOOKS[kind].label, LOOKS[kind].points, LOOKS[kind].colour] for kind in kinds],
        "dots": list(dots.values()),
        "nets": nets,
        "slides": sent,
        "follow": follow,
    }


def _slide(
    shown: RenderedSlide, nets: list[dict[str, Any]], place: dict[str, int], spots: dict[str, tuple[float, float]]
) -> dict[str, Any]:
    net = _net(shown.map, place, spots)
    if net not in nets:
        nets.append(net)
    return {
        "heading": shown.slide.heading,
        "text": shown.text,
        "notes": shown.slide.notes,
        "quote": list(shown.quote) if shown.quote else None,
        "source": shown.source,
        "alt": shown.map.alt,
        "net": nets.index(net),
        "focus": [place[node.id] for node in shown.map.nodes if node.focus],
        "box": [round(edge, 1) for edge in shown.map.box],
        "beside": _chart(shown.chart) if shown.chart else None,
    }


def _net(picture: SlideMap, place: dict[str, int], spots: dict[str, tuple[float, float]]) -> dict[str, Any]:
    own = [(round(node.x, 1), round(node.y, 1)) for node in picture.nodes]
    moved = own != [spots[node.id] for node in picture.nodes]
    at = [place[node.id] for node in picture.nodes]
    ties = []
    for tie in picture.ties:
        look = (tie_width(tie.strength, "stage"), strength_class(tie.strength), tie.basis, int(tie.lit))
        more = [tie.way, tie.category] if picture.kinds else [tie.way] if tie.way else []
        ties.append([at[tie.source], at[tie.target], *look, *more])
    kinds = [[kind.label, kind.light, kind.dark, number(picture.kinds, at)] for at, kind in enumerate(picture.kinds)]
    return {"there": at, "ties": ties, "kinds": kinds, "spots": [list(spot) for spot in own] if moved else None}


def _chart(chart: SideChart) -> dict[str, Any]:
    return {
        "kind": chart.kind,
        "title": chart.title,
        "categories": chart.categories,
        "series": chart.series,
        "written": [[chart.shown(value) for value in values] for _, values in chart.series],
        "top": chart.top,
        "row_words": chart.row_words or [""] * len(chart.categories),
        "ways": chart.places,
        "marks": MARKS,
        "note": chart.note,
        "alt": chart.alt,
    }
