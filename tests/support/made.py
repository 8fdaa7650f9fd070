"""Generated programmes in the three shapes that cross-sector networks have: a survey, a sector map, a grant list.

Sizes, degrees and shares follow real data: surveys of 20–60 are dense; sector maps have a mean degree of 4–10 with a long
tail, in communities; in grant lists nearly everybody has one tie, to a funder with thousands. Seeded: the same every time.
"""

from __future__ import annotations

import datetime as dt

import numpy as np
import polars as pl

from wtnet.tables import Tables
from wtnet.tables.schema import CONTACT, CORE_KINDS, SCHEMAS


def survey(partners: int = 40, density: float = 0.3, seed: int = 1) -> Tables:
    """A dense survey of one wave: both sides rate most ties, a tenth of the partners rate nobody."""
    draw = np.random.default_rng(seed)
    ids = _ids(partners)
    kinds = draw.choice(list(CORE_KINDS), partners)
    one, other = np.triu_indices(partners, 1)
    kept = draw.random(len(one)) < density
    level = draw.integers(1, 6, kept.sum())
    ends = np.concatenate([np.stack([one[kept], other[kept]], 1), np.stack([other[kept], one[kept]], 1)])
    said = np.clip(np.concatenate([level, level]) + draw.integers(-1, 2, len(ends)), 0, 5)
    heard = ~np.isin(ends[:, 0], np.arange(partners // 10)) & (draw.random(len(ends)) < 0.85)
    ratings = {
        "wave": ["now"] * int(heard.sum()),
        "rater": ids[ends[heard, 0]].tolist(),
        "partner": ids[ends[heard, 1]].tolist(),
        "level": said[heard].tolist(),
        "contact": [CONTACT[value] for value in said[heard]],
    }
    waves = {"id": ["now"], "name": ["Now"], "date": [dt.date(2025, 6, 1)]}
    return Tables(
        {"organisations": _partners(ids, kinds), "waves": _frame("waves", waves), "ratings": _frame("ratings", ratings)}
    )


def sector(partners: int = 1_000, ties: int = 3_000, seed: int = 1) -> Tables:
    """A sparse sector map of documented ties: communities of about 60, degrees with a long tail, a few without a tie."""
    draw = np.random.default_rng(seed)
    community = draw.integers(0, max(2, partners // 60), partners)
    pull = np.minimum((1 - draw.random(partners)) ** -0.6, 25.0)
    pull[draw.random(partners) < 0.03] = 0.0
    order = np.argsort(community, kind="stable")
    start = np.searchsorted(community[order], np.arange(community.max() + 2))
    pairs: set[tuple[int, int]] = set()
    chance = pull / pull.sum()
    inside = [order[start[c] : start[c + 1]] for c in range(community.max() + 1)]
    shares = [pull[members] / pull[members].sum() if pull[members].sum() else None for members in inside]
    while len(pairs) < ties:
        for a in draw.choice(partners, ties, p=chance).tolist():
            near = shares[community[a]]
            b = int(
                draw.choice(inside[community[a]], p=near) if draw.random() < 0.85 and near is not None else draw.choice(partners)
            )
            if a != b and pull[b] and len(pairs) < ties:
                pairs.add((min(a, b), max(a, b)))
    ends = np.array(sorted(pairs))
    kinds = draw.choice([*CORE_KINDS, "local_authority", "education"], partners, p=[0.25, 0.2, 0.25, 0.15, 0.1, 0.05])
    return Tables({"organisations": _partners(_ids(partners), kinds), "partnerships": _documents(_ids(partners), ends, draw)})


def grants(partners: int = 4_000, funders: int = 6, pilots: int = 60, seed: int = 1) -> Tables:
    """A grant list: one funder with most of the partners, a few with the rest; partners have places and funded projects."""
    draw = np.random.default_rng(seed)
    ids = _ids(partners)
    to = draw.choice(funders, partners - funders, p=_falling(funders))
    ends = [np.stack([to, np.arange(funders, partners)], 1)]
    again = draw.random(partners - funders) < 0.02
    ends.append(np.stack([(to[again] + 1) % funders, np.arange(funders, partners)[again]], 1))
    kinds = np.array(["funder"] * funders + draw.choice(list(CORE_KINDS), partners - funders).tolist())
    places = [None] * funders + [f"Town {n}" for n in draw.integers(0, partners // 8, partners - funders)]
    inside = draw.integers(0, pilots, partners // 10)
    who = draw.choice(np.arange(funders, partners), partners // 10, replace=False)
    return Tables(
        {
            "organisations": _partners(ids, kinds, places),
            "partnerships": _documents(ids, np.concatenate(ends), draw),
            "pilots": _frame("pilots", {"id": [f"t{n}" for n in range(pilots)], "name": [f"Project {n}" for n in range(pilots)]}),
            "involvements": _frame("involvements", {"pilot": [f"t{n}" for n in inside], "organisation": ids[who].tolist()}),
        }
    )


def _falling(number: int) -> np.ndarray:
    share = 0.25 ** np.arange(number)
    return share / share.sum()


def _ids(number: int) -> np.ndarray:
    return np.array([f"p{n:06d}" for n in range(number)])


def _partners(ids: np.ndarray, kinds: np.ndarray, places: list[str | None] | None = None) -> pl.DataFrame:
    names = [f"{kind.replace('_', ' ').capitalize()} {n}" for n, kind in enumerate(kinds)]
    return _frame(
        "organisations", {"id": ids.tolist(), "name": names, "kind": kinds.tolist(), "place": places or [None] * len(ids)}
    )


def _documents(ids: np.ndarray, ends: np.ndarray, draw: np.random.Generator) -> pl.DataFrame:
    return _frame(
        "partnerships",
        {
            "id": [f"d{n}" for n in range(len(ends))],
            "source": ids[ends[:, 0]].tolist(),
            "target": ids[ends[:, 1]].tolist(),
            "level": draw.integers(1, 6, len(ends)).tolist(),
        },
    )


def _frame(table: str, columns: dict[str, list]) -> pl.DataFrame:
    schema = SCHEMAS[table].polars()
    rows = len(next(iter(columns.values())))
    return pl.DataFrame(
        {name: pl.Series(name, columns.get(name, [None] * rows), dtype=dtype, strict=False) for name, dtype in schema.items()}
    )
