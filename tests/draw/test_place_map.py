"""The place map: flat ground, marks that do not cover one another, and names that are never markup."""

from __future__ import annotations

import json

import networkx as nx
import numpy as np
import polars as pl
import pytest

from tests.support.exports import shipped
from tests.support.frames import frame
from tests.support.paths import DATA
from wtnet.draw.places import figure as place_chart
from wtnet.draw.places import ground as place
from wtnet.draw.places.figure import Scene, alt_text, picture
from wtnet.draw.places.ground import ISLES, Ground, closer, flat, ground, marks, outline, spread
from wtnet.network import build
from wtnet.places import EARTH_KM, kilometres, located
from wtnet.tables import Tables

LONDON, EDINBURGH = (51.507, -0.128), (55.953, -3.188)


def at(*where: tuple[float, float], place_: str | None = None, name: str = "Partner") -> Ground:
    rows = [
        {"id": f"p{i}", "name": f"{name} {i}", "kind": "museum", "latitude": a, "longitude": b, "place": place_}
        for i, (a, b) in enumerate(where)
    ]
    return ground(located(Tables({"organisations": frame("organisations", rows)})))


def scene(on: Ground, chosen: str | None = None, ties: tuple = (), by_name: tuple = ()) -> Scene:
    graph = nx.Graph()
    graph.add_nodes_from((row["id"], {"name": row["name"], "kind": row["kind"]}) for row in on.partners.iter_rows(named=True))
    graph.add_edges_from(ties)
    return Scene(on, on.frame, marks(on, on.frame), graph, frozenset(by_name), chosen)


def test_nobody_gives_the_isles_without_marks() -> None:
    """The outline alone, and words that say so."""
    empty = ground(located(Tables()))
    assert empty.outline and marks(empty, empty.frame) == []
    assert alt_text(scene(empty)) == "Map without any partner in view."
    assert picture(scene(empty)).data


def test_distances_from_the_middle_are_true_and_others_within_half_a_per_cent() -> None:
    """The flat map of the isles against great circles."""
    points = np.array([LONDON, EDINBURGH, (50.1, -5.5), (58.4, -3.1), (53.35, -6.26)])
    x, y = flat(points[:, 0], points[:, 1], ISLES)
    middle = kilometres(np.full(5, ISLES[0]), np.full(5, ISLES[1]), points[:, 0], points[:, 1])
    assert np.hypot(x, y) == pytest.approx(middle, rel=1e-9)
    for i in range(5):
        true = kilometres(np.full(5, points[i, 0]), np.full(5, points[i, 1]), points[:, 0], points[:, 1])
        assert np.hypot(x - x[i], y - y[i]) == pytest.approx(true, rel=0.005, abs=0.01)


def test_no_point_on_earth_is_infinitely_far() -> None:
    """The far side of the globe included."""
    x, y = flat(np.array([-54.6, 90, -90, 0]), np.array([175.8, 0, 0, 180]), ISLES)
    assert np.isfinite(x).all() and np.isfinite(y).all() and np.hypot(x, y).max() <= np.pi * EARTH_KM + 1


def test_the_outline_holds_the_towns_on_land_and_not_the_sea() -> None:
    """Ray casting over the rings: Birmingham, Athlone, Douglas and Stirling are on land, two points at sea are not."""
    x, y = outline()
    cuts = np.flatnonzero(np.isnan(x))
    rings = [np.stack(ring, axis=1) for ring in zip(np.split(x, cuts), np.split(y, cuts), strict=True)]

    def inside(lat: float, lon: float) -> bool:
        px, py = (float(v[0]) for v in flat(np.array([lat]), np.array([lon]), ISLES))
        for ring in rings:
            points = ring[~np.isnan(ring[:, 0])]
            a, b = points, np.roll(points, -1, axis=0)
            crosses = (a[:, 1] > py) != (b[:, 1] > py)
            with np.errstate(divide="ignore", invalid="ignore"):
                where = a[:, 0] + (py - a[:, 1]) * (b[:, 0] - a[:, 0]) / (b[:, 1] - a[:, 1])
            if (crosses & (px < where)).sum() % 2:
                return True
        return False

    assert all(inside(*p) for p in [(52.48, -1.9), (53.42, -7.94), (54.2, -4.55), (56.12, -3.94), (54.6, -6.7), (51.6, -3.5)])
    assert not any(inside(*p) for p in [(54.0, -5.3), (50.0, -1.0), (56.0, 2.0)])
    assert (DATA / "places" / "outline.csv").stat().st_size < 150_000


def test_partners_at_one_place_stand_side_by_side_and_many_are_a_bubble_with_their_number() -> None:
    """Twenty at one point are packed without covering one another; a hundred are a bubble that opens into all of them."""
    few = at(*[LONDON] * 20, EDINBURGH)
    found = marks(few, few.frame)
    assert [len(mark.ids) for mark in found] == [20, 1] and not found[0].bubble
    points = np.array(list(spread(found[0], few.frame).values()))
    apart = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
    np.fill_diagonal(apart, np.inf)
    assert apart.min() > 0.7 * few.frame.span * place.MARK
    many = at(*[LONDON] * 100, EDINBURGH)
    bubble = marks(many, many.frame)[0]
    assert bubble.bubble and len(bubble.ids) == 100
    close = closer(many, bubble.ids)
    opened = marks(many, close)[0]
    assert len(opened.ids) == 100 and not opened.bubble and close.span == pytest.approx(place.LEAST)


def test_marks_never_cover_one_another_and_hold_everybody_once() -> None:
    """Three hundred partners at random."""
    rng = np.random.default_rng(3)
    on = at(*zip(rng.uniform(50.5, 58, 300).tolist(), rng.uniform(-5, 1, 300).tolist(), strict=True))
    found = marks(on, on.frame)
    assert sorted(one for mark in found for one in mark.ids) == sorted(on.partners["id"])
    for i, one in enumerate(found):
        for other in found[i + 1 :]:
            assert np.hypot(one.x - other.x, one.y - other.y) >= one.radius + other.radius - 1e-6


def test_ten_thousand_partners_are_gathered_in_a_second_or_two() -> None:
    """Bounded work, everybody on the map."""
    rng = np.random.default_rng(4)
    on = at(*zip(rng.uniform(50.5, 58, 10_000).tolist(), rng.uniform(-5, 1, 10_000).tolist(), strict=True))
    found = marks(on, on.frame)
    assert sum(len(mark.ids) for mark in found) == 10_000 and len(found) < 400


def test_one_corner_is_shown_closer_and_partners_all_over_show_the_isles() -> None:
    """Two partners in London: about 220 km across; London and Edinburgh: all of the isles."""
    assert at(LONDON, (51.6, -0.2)).frame.span == pytest.approx(220)
    assert at(LONDON, EDINBURGH).frame == place.Frame(*place.WHOLE)


def test_somebody_in_shetland_or_brittany_widens_the_view() -> None:
    """The frame reaches them; they are not far."""
    north = at(LONDON, EDINBURGH, (60.75, -0.87))
    assert north.frame.north > place.WHOLE[3] and not north.partners["far"].any()
    south = at(LONDON, EDINBURGH, (47.7, -3.4))
    assert south.frame.south < place.WHOLE[2]


def test_one_partner_far_away_keeps_the_map_on_the_isles_and_is_marked_far() -> None:
    """Melbourne is named beside the map and in none of its marks."""
    on = at(LONDON, EDINBURGH, (-37.8, 144.96))
    assert on.outline and on.partners["far"].to_list() == [False, False, True]
    assert all("p2" not in mark.ids for mark in marks(on, on.frame))


def test_partners_elsewhere_have_a_map_of_their_own_without_the_outline() -> None:
    """Three in Indiana; and three around the date line, whose middle is there and not in Africa."""
    on = at((39.77, -86.16), (41.08, -85.14), (37.97, -87.56))
    assert not on.outline and not on.partners["far"].any() and on.frame.span < 800
    fiji = at((-18.1, 178.4), (-17.6, -179.9), (-16.4, 179.5))
    assert abs(fiji.middle[1]) > 178 and fiji.frame.span < 600


def test_nothing_in_a_name_or_place_reaches_the_picture_as_markup() -> None:
    """plotly reads tags in text: they are escaped, in hover words and labels."""
    nasty = '<a href="javascript:alert(1)">x</a><b>'
    on = at(LONDON, LONDON, EDINBURGH, place_=nasty, name=nasty)
    drawn = json.loads(picture(scene(on, chosen="p0", ties=(("p0", "p2"), ("p0", "p1")))).to_json())
    texts = [
        text for trace in drawn["data"] for key in ("hovertext", "text") for text in np.atleast_1d(trace.get(key, [])).tolist()
    ]
    assert any("&lt;a href" in text for text in texts)
    assert not any("<a" in text or "<script" in text for text in texts)


def test_only_known_places_are_on_the_map_and_the_chosen_ones_ties_stand_out() -> None:
    """A partner at 0, 0 has no mark; a click names the partner; a town's name is said."""
    rows = [
        {"id": "a", "name": "A", "kind": "museum", "latitude": 0.0, "longitude": 0.0},
        {"id": "b", "name": "B", "kind": "freelancer", "place": "York"},
        {"id": "c", "name": "C", "kind": "museum", "latitude": 51.5, "longitude": -0.1},
    ]
    on = ground(located(Tables({"organisations": frame("organisations", rows)})))
    assert on.partners["id"].to_list() == ["b", "c"]
    figure = picture(scene(on, chosen="b", ties=(("b", "c"),), by_name=("b",)))
    people = {trace.name: trace for trace in figure.data if trace.name}
    assert set(people) == {"Freelancer", "Museum or heritage organisation"}
    assert (
        people["Freelancer"].customdata[0] == "partner:b"
        and "placed by its town or postcode" in people["Freelancer"].hovertext[0]
    )
    strong = [trace for trace in figure.data if trace.mode == "lines" and trace.line.width == 2.0 and "1.0" in trace.line.color]
    assert len(strong) == 1


def test_every_kind_has_a_symbol_of_its_own() -> None:
    """Colour is never alone."""
    assert len(set(place_chart.SYMBOLS.values())) == len(place_chart.SYMBOLS) == 12


def test_the_example_is_drawn_without_asking_anybody_and_in_a_small_message() -> None:
    """No map tiles, no topology, no address in the figure; under 100 KB, outline included."""
    tables = shipped("example")[1]
    where = located(tables)
    on = ground(where)
    network = build(tables)
    drawn = picture(Scene(on, on.frame, marks(on, on.frame), network.graph, frozenset())).to_json()
    assert "http" not in drawn and "geo" not in {trace["type"] for trace in json.loads(drawn)["data"]}
    assert len(drawn) < 100_000
    assert where.filter(pl.col("latitude").is_null()).height == 6
