"""Where partners are: their coordinates, or those of their town or postcode district from tables that ship with the program."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import numpy as np
import polars as pl

from wtnet.tables.model import Tables
from wtnet.tables.text import folded

SHIPPED = Path(__file__).parents[1] / "data" / "places"
EARTH_KM = 6371.0088
"""Mean radius of the Earth."""
_SCHEMA = {
    "id": pl.String,
    "name": pl.String,
    "kind": pl.String,
    "place": pl.String,
    "latitude": pl.Float64,
    "longitude": pl.Float64,
    "by": pl.String,
    "why_not": pl.String,
}


def located(tables: Tables) -> pl.DataFrame:
    """Where each partner is, one row a partner in the order of the organisations.

    Columns: id, name, kind, place; latitude, longitude (degrees, null where not known); by (*coordinates* as given, *town*
    where they are those of the town its place names, *postcode* where they are those of its postcode district, null where
    not known); why_not (a phrase, null where it is known). Latitude and longitude both 0, a point in the Atlantic, is what
    an empty cell turns into and counts as missing.
    """
    rows = []
    columns = ("id", "name", pl.col("kind").cast(pl.String), "place", "latitude", "longitude")
    for *who, place, latitude, longitude in tables["organisations"].select(*columns).iter_rows():
        nowhere = latitude == 0 and longitude == 0
        if latitude is not None and longitude is not None and not nowhere:
            rows.append((*who, place, latitude, longitude, "coordinates", None))
        elif (town := find_town(place)) is not None:
            rows.append((*who, place, *town, "town", None))
        elif (district := find_postcode(place)) is not None:
            rows.append((*who, place, *district, "postcode", None))
        else:
            rows.append((*who, place, None, None, None, _why_not(place, nowhere, latitude is not None or longitude is not None)))
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


def find_town(place: str | None) -> tuple[float, float] | None:
    """Latitude and longitude of a town of the UK, Ireland, the Isle of Man or the Channel Islands; None if not found.

    Case, accents, hyphens and "St" for "Saint" make no difference; otherwise the whole name must be the same, and only
    one town may have it. A name that several towns share is found with its nation: "Newport, Wales".
    """
    return _towns().get(place_key(place or ""))


def find_postcode(place: str | None) -> tuple[float, float] | None:
    """Latitude and longitude of the district of a postcode of Great Britain; None if not found.

    The place is a district ("LS1") or ends in a whole postcode ("12 Some Street, Leeds LS1 4AP"). Only the district counts:
    a few kilometres in a town, more in the country. Northern Ireland is not in the open table.
    """
    text = " ".join((place or "").upper().split())
    postcode = _POSTCODE.search(text)
    return _districts().get(postcode[1] if postcode else text)


_POSTCODE = re.compile(r"(?:^|[ ,])([A-Z]{1,2}[0-9][A-Z0-9]?) ?[0-9][A-Z]{2}$")


def kilometres(latitude: np.ndarray, longitude: np.ndarray, to_latitude: np.ndarray, to_longitude: np.ndarray) -> np.ndarray:
    """Great-circle distance in km between points in degrees (haversine); NaN where a coordinate is NaN."""
    a, b = np.radians(latitude), np.radians(to_latitude)
    half_up, half_across = (b - a) / 2, np.radians(np.asarray(to_longitude) - longitude) / 2
    inside = np.sin(half_up) ** 2 + np.cos(a) * np.cos(b) * np.sin(half_across) ** 2
    return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(inside, 0, 1))))


def same_place(place: str | None, other: str | None) -> bool | None:
    """Whether two places have the same name; None where one is not given."""
    return place_key(place) == place_key(other) if place and other else None


def _why_not(place: str | None, nowhere: bool, half: bool) -> str:
    what = "its coordinates are 0, 0, which is how an empty cell often ends up" if nowhere else "it has no coordinates"
    if half and not nowhere:
        what = "only one of latitude and longitude is given"
    return f"{what}, and no single town or postcode is “{place}”" if place else f"{what} and no place"


@cache
def _districts() -> dict[str, tuple[float, float]]:
    """Where each postcode district is."""
    return {name: (latitude, longitude) for name, latitude, longitude in pl.read_csv(SHIPPED / "postcodes.csv").iter_rows()}


@cache
def _towns() -> dict[str, tuple[float, float]]:
    """Names that stand for exactly one town, and names with their nation that do."""
    towns: dict[str, list[tuple[float, float]]] = {}
    for name, nation, latitude, longitude in pl.read_csv(SHIPPED / "towns.csv").iter_rows():
        for key in (place_key(name), place_key(f"{name}, {nation}")):
            towns.setdefault(key, []).append((latitude, longitude))
    return {key: where[0] for key, where in towns.items() if len(where) == 1}


def place_key(name: str) -> str:
    """The name of a place without case, accents, punctuation and the difference between "Saint" and "St"."""
    words = re.findall(r"\w+", folded(name).replace("'", "").replace("’", ""))
    return " ".join("st" if word == "saint" else word for word in words)
