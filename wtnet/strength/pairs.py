"""Strength of a partnership: what two partners say of each other, brought to 0–1.

A rating has five components, each 0–1: *depth* (level / 5; Levels of Collaboration, Frey, Lohmeier, Lee & Tollefson
2006), *contact* (rank / 5), *trust* and *value* ((mean of the items given − 1) / 3; PARTNER, Varda), and *overall*, what is
said on a scale of the lead's own (`tables.own_scale`). Directed strength is their weighted mean over the components given.
No published composite of them exists, so the weights are the person's choice and `stability` says how much the order of
partnerships depends on it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import date
from functools import cache, lru_cache

import polars as pl

from wtnet.errors import InvalidRequest
from wtnet.strength.documents import documented_pairs
from wtnet.tables.model import PAIRINGS, Pairing
from wtnet.tables.own_scale import NOTHING, OVERALL
from wtnet.tables.schema import CONTACT, TRUST, VALUE

COMPONENTS = ("depth", "contact", "trust", "value", OVERALL)
PARTS = (*COMPONENTS, "extent", "perception")
WORDS = ("light", "moderate or mixed", "strong")
"""What others than the lead read of a pair that both sides rated: both in the bottom third of 0–1, anything else, both in the
top third. Neither side, knowing its own answer, learns the other's closer than to a third."""
_LOW, _HIGH = 1 / 3 + 1e-9, 2 / 3 - 1e-9
_NO_WEIGHT = (
    "All weights are zero, so no strength can be worked out; "
    "give at least one of depth, contact, trust and value a weight above zero."
)
_NO_TIE = (
    (pl.max_horizontal("depth", "contact", "nothing") == 0).fill_null(False)
    & pl.col("trust").is_null()
    & pl.col("value").is_null()
)
FIFTHS = pl.Series([0.0, 0.2, 0.4, 0.6, 0.8, 1.0])


@dataclass(frozen=True)
class Weights:
    """How much each component counts; only the proportions matter. All zero, negative or not a number: InvalidRequest."""

    depth: float = 1.0
    contact: float = 1.0
    trust: float = 1.0
    value: float = 1.0
    overall: float = 1.0

    def __post_init__(self) -> None:
        for name, weight in zip(COMPONENTS, astuple(self), strict=True):
            if isinstance(weight, bool) or not isinstance(weight, (int, float)) or not math.isfinite(weight) or weight < 0:
                raise InvalidRequest(
                    f"The weight of {name} is {weight!r}, but a weight is a number of 0 or more; change it and try again."
                )
        if not any(astuple(self)):
            raise InvalidRequest(_NO_WEIGHT)


EQUAL = Weights()


def _fifths(rank: pl.Expr) -> pl.Expr:
    """rank / 5, looked up: dividing a column by a number may come out one binary digit apart from one run to the next."""
    return pl.lit(FIFTHS).gather(rank.cast(pl.UInt32))


def _rank(frame: pl.DataFrame, name: str) -> pl.Expr:
    """The place on a scale of 0 to 5 over 5; a mean of several people's places likewise, as one division."""
    column = pl.col(name)
    if frame.schema[name] != pl.Float64:
        return _fifths(column.cast(pl.Enum(CONTACT)).to_physical() if name == "contact" else column)
    given = column.is_not_null().cast(pl.Float64)
    return column / (given + given + given + given + given)


@cache
def _of_items(items: tuple[str, ...]) -> pl.Expr:
    """(mean − 1) / 3 of the items given, as one division; null where none is."""
    given = [pl.col(item).is_not_null().cast(pl.Float64) for item in items]
    over = pl.sum_horizontal(pl.col(item).cast(pl.Float64).fill_null(1.0) - 1 for item in items)
    count = pl.sum_horizontal(given)
    return pl.when(count > 0).then(over / (count + count + count))


@lru_cache(maxsize=32)
def _weighted(names: tuple[str, ...], weights: Weights) -> pl.Expr:
    """Weighted mean of the columns given; null where none with a weight above zero is given."""
    chosen = [(pl.col(name), getattr(weights, name)) for name in names if getattr(weights, name) > 0]
    if not chosen:
        return pl.lit(None, dtype=pl.Float64)
    total = pl.sum_horizontal(column.is_not_null().cast(pl.Float64) * weight for column, weight in chosen)
    return pl.when(total > 0).then(pl.sum_horizontal(column.fill_null(0.0) * weight for column, weight in chosen) / total)


def directed(ratings: pl.DataFrame, weights: Weights = EQUAL) -> pl.DataFrame:
    """What each rater says of each partner: one row a rating, in the order given.

    Columns: wave, rater, partner; depth, contact, trust, value, overall (0–1, null where not given); extent (of depth and
    contact) and perception (of trust and value), by the same weights; strength (0–1, null where no weighted component
    is given); no_tie: true where the rating says that there is no tie, that is level 0 with nothing else. A contact
    of *never* says the same as level 0, and so does *none* on a scale of the lead's own; a row in which nothing at all is
    given does not say that there is no tie. Weights of 0 for all that the ratings have are an InvalidRequest.
    """
    has_overall = OVERALL in ratings.columns
    if not has_overall and not any(astuple(weights)[:-1]):
        raise InvalidRequest(_NO_WEIGHT)
    nothing = pl.col(NOTHING) if has_overall else pl.lit(None, dtype=pl.Boolean)
    parts = ratings.select(
        "wave",
        "rater",
        "partner",
        depth=_rank(ratings, "level"),
        contact=_rank(ratings, "contact"),
        trust=_of_items(TRUST),
        value=_of_items(VALUE),
        overall=pl.col(OVERALL) if has_overall else pl.lit(None, dtype=pl.Float64),
        nothing=pl.when(nothing).then(0.0).when(nothing.is_not_null()).then(1.0)
        if has_overall
        else pl.lit(None, dtype=pl.Float64),
    )
    return parts.with_columns(
        extent=_weighted(("depth", "contact"), weights),
        perception=_weighted(("trust", "value"), weights),
        strength=_weighted(COMPONENTS, weights),
        no_tie=_NO_TIE,
    ).select("wave", "rater", "partner", *PARTS, "strength", "no_tie")


def mean_known(values: Iterable[float | None]) -> float | None:
    """Mean of the known values (strengths, agreements …); None where none is known."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def pairs(
    ratings: pl.DataFrame,
    partnerships: pl.DataFrame,
    wave_date: date | None = None,
    weights: Weights = EQUAL,
    pairing: Pairing = "mean",
    documents: bool = False,
    reports: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """The ties of one wave: one row a pair, sorted by source, then target (source < target as text).

    `ratings` are those of that wave alone, `reports` what `directed` gives for them, if at hand; `partnerships` count where
    active on `wave_date` (all of them if None). A documented level is a fact of another kind than a rating: with `documents` it
    stands in for strength where nobody rated, without it does not.

    Columns: source, target; strength (by `pairing`: mean, weaker or stronger of the two reports, or *confirmed*, the
    mean where both report more than nothing and null otherwise); depth, contact, trust, value, overall, extent, perception
    (mean of the two sides; for weaker and stronger those of the side whose strength counts); forward and backward
    (strength as source and as target says); agreement = 1 − |forward − backward|, where both are known; basis; level
    (0–5, mean of the reported levels, or the documented one, the highest if several); relationship (documented words,
    each once, joined by "; "); direction (forward from source to target, backward, both; null where no document says);
    documented (0–1: the documented level / 5, rated or not); word (see `WORDS`).

    Basis: *both* or *one-sided* by how many sides give a strength; *documented* where nobody gave any component and there is a
    documented level; *none* where nothing says how strong it is (the tie exists all the same).

    A tie exists if any report on the pair is not "no tie", or if nobody reported and a documented partnership is active.
    A pair of which every report is 0 is not a tie, documented or not. One side 0 and the other more: both count.
    """
    check_pairing(pairing)
    reports = directed(ratings, weights) if reports is None else reports
    reports = reports.with_columns(given=pl.any_horizontal(pl.col(COMPONENTS).is_not_null()))
    recorded = documented_pairs(partnerships, wave_date)
    names = pl.concat([reports["rater"], reports["partner"], recorded["source"], recorded["target"]]).unique().sort()
    rows = reports.lazy().select(*_SAID, pair=_pair("rater", "partner", names), ahead=pl.col("rater") < pl.col("partner"))
    ahead, back = rows.filter("ahead").select(_of_side("f")), rows.filter(~pl.col("ahead")).select(_of_side("b"))
    facts = recorded.lazy().select(pl.exclude("source", "target"), pair=_pair("source", "target", names))
    ties = (
        ahead.join(back, on="pair", how="full", coalesce=True)
        .join(facts, on="pair", how="full", coalesce=True)
        .with_columns(pl.col("said_f", "said_b", "no_tie_f", "no_tie_b", "given_f", "given_b", "document").fill_null(False))
        .filter(_IS_TIE)
        .select("pair", *_columns(pairing, documents))
        .sort("pair")
        .collect()
    )
    return ties.select(
        names.gather(ties["pair"] // len(names)).alias("source"),
        names.gather(ties["pair"] % len(names)).alias("target"),
        pl.exclude("pair"),
    )


_SAID = (*PARTS, "strength", "no_tie", "given")
_IS_TIE = (
    (pl.col("said_f") & ~pl.col("no_tie_f"))
    | (pl.col("said_b") & ~pl.col("no_tie_b"))
    | (pl.col("document") & ~pl.col("said_f") & ~pl.col("said_b"))
)


@cache
def _of_side(side: str) -> list[pl.Expr]:
    """What one side says, each column with the side's letter."""
    return [pl.col("pair"), pl.lit(True).alias(f"said_{side}"), *(pl.col(name).alias(f"{name}_{side}") for name in _SAID)]


def _pair(end: str, other_end: str, names: pl.Series) -> pl.Expr:
    """A whole number for each pair, the same from both sides, in the order of (source, target)."""
    code = [pl.col(side).cast(pl.Enum(names)).to_physical().cast(pl.UInt64) for side in (end, other_end)]
    return pl.min_horizontal(code) * len(names) + pl.max_horizontal(code)


def check_pairing(pairing: str) -> None:
    """Refuse a pairing rule that does not exist."""
    if pairing not in PAIRINGS:
        raise InvalidRequest(f"“{pairing}” is not a way to pair two reports; choose one of {', '.join(PAIRINGS)}.")


@cache
def _columns(pairing: Pairing, documents: bool) -> list[pl.Expr]:
    """What is said of a pair, from the columns of both sides (`_f`, `_b`) and of the document."""
    ahead, back = pl.col("strength_f"), pl.col("strength_b")
    count = ahead.is_not_null().cast(pl.Int8) + back.is_not_null().cast(pl.Int8)
    documented = pl.coalesce("own_strength", _fifths(pl.col("document_level")))
    from_document = ~pl.col("given_f") & ~pl.col("given_b") & documented.is_not_null()
    stand_in = pl.when(from_document & documents).then(documented)
    level_stands_in = pl.when(from_document & documents & pl.col("own_strength").is_null()).then(documented)
    mean = pl.mean_horizontal("strength_f", "strength_b")
    strength = {
        "mean": pl.coalesce(mean, stand_in),
        "weaker": pl.coalesce(pl.min_horizontal("strength_f", "strength_b"), stand_in),
        "stronger": pl.coalesce(pl.max_horizontal("strength_f", "strength_b"), stand_in),
        "confirmed": pl.when((ahead > 0) & (back > 0)).then(mean),
    }[pairing]

    def part(name: str) -> pl.Expr:
        ahead_part, back_part = pl.col(f"{name}_f"), pl.col(f"{name}_b")
        if pairing in ("mean", "confirmed"):
            value = pl.mean_horizontal(ahead_part, back_part)
        else:
            first = ahead <= back if pairing == "weaker" else ahead >= back
            value = (
                pl.when(first.fill_null(ahead.is_not_null() | back.is_null() & pl.col("given_f")))
                .then(ahead_part)
                .otherwise(back_part)
            )
        return (pl.coalesce(value, level_stands_in) if name in ("depth", "extent") else value).alias(name)

    return [
        strength.alias("strength"),
        *(part(name) for name in PARTS),
        ahead.alias("forward"),
        back.alias("backward"),
        (1 - (ahead - back).abs()).alias("agreement"),
        pl.when(count == 2)
        .then(pl.lit("both"))
        .when(count == 1)
        .then(pl.lit("one-sided"))
        .when(from_document)
        .then(pl.lit("documented"))
        .otherwise(pl.lit("none"))
        .alias("basis"),
        pl.coalesce((pl.mean_horizontal("depth_f", "depth_b") * 5).round(6), "document_level").alias("level"),
        pl.col("relationship", "direction"),
        documented.alias("documented"),
        _word(ahead, back).alias("word"),
    ]


def _word(ahead: pl.Expr, back: pl.Expr) -> pl.Expr:
    """One of `WORDS` for a pair that both sides rated; null otherwise."""
    strong, light = pl.min_horizontal(ahead, back) >= _HIGH, pl.max_horizontal(ahead, back) <= _LOW
    word = pl.when(strong).then(pl.lit("strong")).when(light).then(pl.lit("light")).otherwise(pl.lit("moderate or mixed"))
    return pl.when(ahead.is_not_null() & back.is_not_null()).then(word)
