"""Every chart on the screen can be had as a picture: what draws it on a page has a picture of the same, and a link to it."""

from __future__ import annotations

import ast
from pathlib import Path

from wtnet.draw.print.gallery import CHARTS, ONE_OF
from wtnet.draw.print.map import MAPS
from wtnet.ui import pages

ROOT = Path(pages.__file__).parent
DRAWS = ("wtnet.draw.charts", "wtnet.draw.places.figure", "wtnet.draw.map.live", "wtnet.draw.print")
PIECES = {
    "dots.Dot", "change.Point", "impact.Cell", "impact.Row", "impact.WaveStep", "findings.VoiceCount", "findings.FindingLine",
    "impact.section", "impact.note", "impact.link", "impact.state", "impact.legend", "impact.KEY", "impact.in_svg",
    "impact.multiples", "impact.lines", "activities.ROLE_MARKS", "reach.SHOWN", "reach.SHORT", "scatter.NAMED", "partner.mark",
    "partner.MOST", "partner.around", "change.alluvial_said", "gaps.half_gone", "gaps.robustness_said", "programmes.varies",
    "figure.Scene", "figure.called", "figure.alt_text", "figure.FINE", "live.box", "reach.followed_points", "reach.sign",
    "partner.both_sides", "activities.table", "programmes.table", "reach.in_words", "waves.followed_points",
    "association.correlation_dots",
    "association.relation_dots", "association.CORRELATION_SCALE", "association.RELATION_SCALE",
}  # fmt: skip
"""What is no chart by itself: pieces and words of charts, and plain tables, which have their own download."""
PICTURES = {
    ("change", "change.alluvial"): "levels",
    ("change", "change.multiple"): "waves followed",
    ("gaps", "gaps.robustness_curve"): "holds",
    ("gaps", "reach.coverage"): "coverage",
    ("impact", "activities.met"): "met",
    ("impact", "activities.two_mode"): "took-part",
    ("impact", "findings.findings"): "finding",
    ("impact", "findings.voices"): "voices",
    ("impact", "impact.grid"): "states",
    ("impact", "impact.quotes"): "quote",
    ("impact", "impact.steps"): "steps parts",
    ("partners", "change.multiple"): "partner-waves",
    ("partners", "findings.findings"): "finding",
    ("partners", "partner.ego"): "map",
    ("places", "figure.picture"): "places",
    ("programmes", "programmes.strip"): "pilots",
    ("reach", "change.multiple"): "reach-waves",
    ("reach", "dots.dots"): "chance",
    ("reach", "reach.coverage"): "coverage",
    ("reach", "reach.groups"): "groups",
    ("reach", "reach.mixing"): "mixing own-groups",
    ("reach", "reach.one_way"): "one-way",
    ("reach", "reach.squares"): "museum-health",
    ("strength_and_impact", "dots.dots"): "correlations relations",
    ("strength_and_impact", "scatter.scatter"): "scatter",
    ("two_views", "live.message"): "map",
}
"""The pictures of what each page draws: by the page, and the module and name of what draws it."""


def drawn(module: Path) -> set[str]:
    """What a module of the screen uses of the rooms that draw: "scatter.scatter"."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    modules: dict[str, str] = {}
    used: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(DRAWS):
            for name in node.names:
                if node.module in DRAWS or node.module == "wtnet.draw.map":
                    modules[name.asname or name.name] = name.name
                else:
                    used.add(f"{node.module.rpartition('.')[2]}.{name.name}")
        if isinstance(node, ast.ImportFrom) and node.module in ("wtnet.draw.places", "wtnet.draw.map"):
            shown = {"figure", "live"}
            modules |= {name.asname or name.name: name.name for name in node.names if name.name in shown}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules:
            used.add(f"{modules[node.value.id]}.{node.attr}")
    return used


def page_of(module: Path) -> str:
    return module.relative_to(ROOT).parts[0].removesuffix(".py")


def test_every_chart_of_a_page_has_a_picture_and_a_link_to_it() -> None:
    """A chart that is new on a page is missing here until it has one."""
    modules = [module for module in ROOT.rglob("*.py") if page_of(module) not in {"reports", "present"}]
    found = {(page_of(module), name) for module in modules for name in drawn(module) if name not in PIECES}
    assert found == set(PICTURES)
    for (page, _), names in PICTURES.items():
        text = "".join(module.read_text(encoding="utf-8") for module in modules if page_of(module) == page)
        for name in names.split():
            assert name in {*MAPS, *CHARTS, *ONE_OF}, name
            ways = (f'as_picture("{name}"', f'picture="{name}"', f'"{name}")', f'as_picture(f"{name}:', f': "{name}"')
            assert any(way in text for way in ways) or f'one_as_picture("{name}"' in text, (page, name)
