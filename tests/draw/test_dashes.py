"""A partnership is drawn by what its strength rests on, alike on the live map, the stage, the offline map, paper and slides."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from lxml import etree

from tests.support import exports
from tests.support.networks import net
from wtnet import draw as room
from wtnet.draw.map.picture import draw
from wtnet.draw.print.drawing import SIZES
from wtnet.draw.print.map import picture
from wtnet.draw.style import BASES, DASHES, RESTS_ON, dash_keys
from wtnet.network import Network
from wtnet.writers.html_map.page import content
from wtnet.writers.pptx.xml import connector

STYLE = (Path(room.__file__).parent / "js" / "style.js").read_text(encoding="utf-8")


def _constant(name: str) -> list:
    found = re.search(rf"{name} = (\[.*\]);", STYLE)
    assert found
    return json.loads(found[1])


@pytest.fixture
def network() -> Network:
    """a–b rated by both, a–c by one side, b–c known from a document alone."""
    return net(
        "a b c",
        ties=[("b", "c", 4)],
        ratings=[("w", "a", "b", 2), ("w", "b", "a", 4), ("w", "a", "c", 3)],
        waves=[("w", "2025-01-01")],
    )


def test_python_and_javascript_have_one_style() -> None:
    """The same dashes and the same words for each of what a strength may rest on."""
    assert _constant("TIE_DASHES") == [[float(part) for part in dashes.split()] or None for dashes in DASHES]
    assert tuple(_constant("RESTS_ON")) == RESTS_ON and len(RESTS_ON) == len(BASES) == len(DASHES)


def test_what_is_documented_only_has_dashes_of_its_own_in_every_medium(network: Network) -> None:
    """Neither those of one side's word, nor none; and the legend says each that is there, and no other."""
    positions = dict.fromkeys(network.graph, (0.0, 0.0)) | {"b": (50.0, 80.0), "c": (90.0, 10.0)}
    drawn = draw(network, positions)
    assert sorted(tie.basis for tie in drawn.ties) == [0, 1, 2]
    sheet = picture(network, positions, next(iter(SIZES.values())), "T", "", "")
    assert {len(shape.dash) for shape in sheet.shapes if shape.line} == {0, 2, 4}
    said = [words.text for words in sheet.words]
    assert RESTS_ON[1] in said and RESTS_ON[2] in said and RESTS_ON[3] not in said
    lines = [etree.tostring(connector(1, "n", (1, 2), (0, 0), (9, 9), "#000000", 1.0, basis)).decode() for basis in range(4)]
    assert ["sysDashDot" in line for line in lines] == [False, False, True, False] and "solid" in lines[0]


def test_legends_name_the_dashes_that_are_drawn() -> None:
    """Each once, in one order; nothing for a whole line."""
    assert dash_keys([0, 0]) == []
    assert dash_keys([2, 1, 1, 0]) == ["dashed: rated by one side only", "dash and dot: documented only"]
    assert dash_keys([3]) == ["dashed: strength withheld"]


def test_the_offline_map_is_sent_how_each_is_drawn() -> None:
    """The example has all but withheld ones; to others no partnership is told to be documented only."""
    for audience, bases in (("lead", {0, 1, 2}), ("public", {0, 3})):
        ties = content(exports.export("example", audience))["waves"][-1][1]
        assert {tie[4] for tie in ties} == bases, audience
