"""Small tables for tests: a line of text a partner, a tuple a tie or a rating."""

from __future__ import annotations

import datetime as dt
import json

from tests.support.frames import frame
from tests.support.paths import REFERENCE
from wtnet.network import Network, Scope, build
from wtnet.tables.model import Tables
from wtnet.tables.schema import KINDS

ALL = Scope()


def tables(partners: str | dict[str, str], ties=(), ratings=(), waves=(), **more) -> Tables:
    """`partners`: "a b c" (museums) or {id: kind}; `ties`: (source, target[, level or dict]); `ratings`: (wave, rater,
    partner[, level or dict]); `waves`: ids or (id, date). Waves named in ratings alone are added without a date."""
    kinds = dict.fromkeys(partners.split(), "museum") if isinstance(partners, str) else partners
    waves = [w if isinstance(w, tuple) else (w, None) for w in waves]
    waves += [(w, None) for w in dict.fromkeys(r[0] for r in ratings) if w not in [x for x, _ in waves]]

    def extra(rest: tuple) -> dict:
        return rest[0] if rest and isinstance(rest[0], dict) else {"level": rest[0]} if rest else {}

    return Tables(
        {
            "organisations": frame("organisations", [{"id": i, "name": f"Partner {i}", "kind": k} for i, k in kinds.items()]),
            "waves": frame("waves", [{"id": w, "name": w, "date": dt.date.fromisoformat(d) if d else None} for w, d in waves]),
            "partnerships": frame(
                "partnerships", [{"id": str(n), "source": s, "target": t} | extra(tuple(r)) for n, (s, t, *r) in enumerate(ties)]
            ),
            "ratings": frame("ratings", [{"wave": w, "rater": a, "partner": b} | extra(tuple(r)) for w, a, b, *r in ratings]),
            **{name: frame(name, rows) for name, rows in more.items()},
        }
    )


def net(partners: str | dict[str, str], ties=(), ratings=(), waves=(), scope: Scope = ALL, **more) -> Network:
    """The network of such tables."""
    return build(tables(partners, ties, ratings, waves, **more), scope)


def lines(text: str, level: int | None = 5) -> list[tuple]:
    """Ties written "a-b b-c", all of one level."""
    return [(*pair.split("-"), level) for pair in text.split()]


def reference(name: str) -> tuple[dict, Network]:
    """A reference file and its network: undirected ties as partnerships (level = weight, 5 if it has none), arcs as
    ratings of that level in one wave; the k-th group becomes the k-th kind."""
    data = json.loads((REFERENCE / f"{name}.json").read_text(encoding="utf-8"))
    nodes, groups = data["nodes"], data["groups"]
    words = dict(zip(dict.fromkeys(groups or []), KINDS, strict=False))
    kinds = {node: words[groups[i]] if groups else "museum" for i, node in enumerate(nodes)}
    rows = [(nodes[s], nodes[t], 5 if w is None else w) for s, t, w in data["edges"]]
    if data["directed"]:
        return data, net(kinds, ratings=[("w", *row) for row in rows])
    return data, net(kinds, rows)


def pilots_apart(pilots: int, gains: list[float | None], levels: list[int | None], better: str = "higher", **more) -> Network:
    """Pilots p0, p1 …, each of two partners with a tie of some level; an indicator that went from 1 to 1 + its gain."""
    partners = {f"{side}{i}": "museum" for i in range(pilots) for side in "ab"}
    results = [
        {"indicator": "joy", "pilot": f"p{i}", "wave": wave, "value": value, "n": 10}
        for i, gain in enumerate(gains)
        for wave, value in (("one", 1.0), ("two", None if gain is None else 1 + gain))
    ]
    ties = [(f"a{i}", f"b{i}", level) if level is not None else (f"a{i}", f"b{i}") for i, level in enumerate(levels)]
    return build(
        tables(
            partners,
            ties,
            waves=[("one", "2024-01-01"), ("two", "2025-01-01")],
            pilots=[{"id": f"p{i}", "name": f"Pilot {i}", "lead": f"a{i}"} for i in range(pilots)],
            involvements=[{"pilot": f"p{i}", "organisation": f"b{i}"} for i in range(pilots)],
            indicators=[{"id": "joy", "theme": "care", "name": "Joy", "better": better, "target": 5.0}],
            results=results,
            **more,
        )
    )
