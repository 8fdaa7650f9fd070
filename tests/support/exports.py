"""Programmes for the tests of what leaves: shipped, empty, without ties, and with names nobody would want."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

from tests.support.frames import frame
from wtnet import importing, writers
from wtnet.network import Scope
from wtnet.store import Programme
from wtnet.tables import Tables, schema
from wtnet.tables.model import Audience
from wtnet.writers.export import Export

DAY = dt.date(2025, 6, 1)
MADE_UP = Programme("p", "A & B <programme>", "Two lines\nof words", True, "=Somebody's «file»", "CC BY 4.0")

NAMES = {
    "plain": "Harbour Arts",
    "markup": "<script>alert('x')</script> & <b>Söhne</b>",
    "=id": '=HYPERLINK("http://x","y")',
    "+44": "+44 20 7946",
    "-dash": "-1 & @home",
    "@at": "'=already quoted",
    "quote": 'She said "no" \\ yes\\',
    "lines": "First line\nsecond\r\nthird\ttab",
    "rtl": "متحف الميناء \u202eevil\u202c",
    "emoji": "🎨🧑‍🎨 Ateliér 𝔘𝔫𝔦",
    "id with | bar": "A | B",
    'id "quoted" <é> & ]]>': "]]> --> %2 *Vertices 3",
    "comma, semi; colon": "comma, semi; colon",
    "007": "007",
    "true": "1e5",
    "a--b": "NULL",
    "twin-1": "Twin",
    "twin-2": "Twin",
    "x005F": "_x0041_ #N/A",
}


def partner(id: str, name: str, kind: str = "museum", **more: Any) -> dict[str, Any]:
    return {"id": id, "name": name, "kind": kind, "sharing": "public", **more}


@cache
def hostile() -> Tables:
    """Every name above, tied in a ring, rated in two of three waves, with everything else that text can hold."""
    ids = list(NAMES)
    kinds = list(schema.KINDS)
    organisations = [
        partner(one, name, kinds[at % len(kinds)], description=name, place=name, latitude=51.123456, longitude=-1e-7)
        for at, (one, name) in enumerate(NAMES.items())
    ]
    ring = list(zip(ids, ids[1:] + ids[:1], strict=True))
    ties = [
        {"id": f"t{at}", "source": one, "target": other, "relationship": NAMES[one], "level": at % 6, "evidence": NAMES[other]}
        for at, (one, other) in enumerate(ring)
    ]
    for tie in ties:
        tie["sharing"] = "private"  # as the check fills in
    ties[0] |= {
        "started": dt.date(1850, 2, 28),
        "ended": dt.date(9999, 12, 31),
        "before_programme": True,
        "continues_after": False,
    }
    ratings = [
        {"wave": wave, "rater": one, "partner": other, "level": 3, "contact": "weekly", "reliability": 4, "comment": NAMES[one]}
        for wave in ("w 1", "=w3")
        for one, other in ring[: 12 if wave == "w 1" else 18]
    ]
    dates = {"w 1": dt.date(2024, 1, 1), "w<2>": None, "=w3": dt.date(2025, 1, 1)}
    return Tables(
        {
            "organisations": frame("organisations", organisations),
            "partnerships": frame("partnerships", ties),
            "waves": frame("waves", [{"id": one, "name": f"<{one}>", "date": day} for one, day in dates.items()]),
            "ratings": frame("ratings", ratings),
            "pilots": frame("pilots", [{"id": "=p", "name": "=Pilot | <1>", "lead": "markup", "starts": dt.date(2024, 2, 29)}]),
            "involvements": frame("involvements", [{"pilot": "=p", "organisation": one} for one in ids[:3]]),
            "indicators": frame("indicators", [{"id": "i", "theme": "care", "name": "-5 to +5", "target": 1e300}]),
            "results": frame(
                "results",
                [
                    {"indicator": "i", "pilot": "=p", "wave": "w 1", "value": 0.1 + 0.2, "n": 5},
                    {"indicator": "i", "pilot": "=p", "wave": "=w3", "value": -123456789.123456789, "target": 3.0},
                ],
            ),
            "quotes": frame("quotes", [{"id": "q", "text": '@all: "=1+1",\n\'tis done', "sharing": "public"}]),
        }
    )


@cache
def alone() -> Tables:
    """One partner, no ties."""
    return Tables({"organisations": frame("organisations", [partner("a", "Alone")])})


@cache
def shipped(name: str) -> tuple[Programme, Tables]:
    return next((about, tables) for about, tables in importing.shipped() if about.id == name)


@cache
def export(name: str, audience: Audience = "lead") -> Export:
    """The export of one of: example, working-together, hostile, alone, empty."""
    made_up = {"hostile": hostile, "alone": alone, "empty": Tables}
    programme, tables = (MADE_UP, made_up[name]()) if name in made_up else shipped(name)
    return writers.prepare(programme, tables, made=DAY, audience=audience)


@cache
def written(format: str, name: str) -> bytes:
    """The export of one of these as a file of a format."""
    return writers.write(format, export(name))


def of(tables: Tables, scope: Scope | None = None) -> Export:
    return writers.prepare(MADE_UP, tables, scope, DAY)


def pairs(tables: Tables) -> list[tuple[str, ...]]:
    """The two partners of each documented tie, in no order."""
    return sorted(tuple(sorted(pair)) for pair in tables["partnerships"].select("source", "target").rows())
