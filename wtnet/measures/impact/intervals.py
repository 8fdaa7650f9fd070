"""How far a result is uncertain, as polars expressions: 95 % intervals of means and shares, and of their change.

They treat those who answered as a sample of people like them; what is counted in full has none.
"""

from __future__ import annotations

from functools import cache

import polars as pl

Z = 1.959964
"""The 97.5 % quantile of the normal distribution."""


def share(value: pl.Expr, n: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """The middle and half the width, as parts of one, of the 95 % interval of a percentage 0–100 of n, without continuity
    correction (Wilson 1927, JASA 22, doi 10.1080/01621459.1927.10502953); null outside 0–100 and where n is unknown or 0."""
    p = value / 100
    people = pl.when((n > 0) & value.is_between(0, 100)).then(n)
    middle = (p + Z**2 / (2 * people)) / (1 + Z**2 / people)
    return middle, Z / (1 + Z**2 / people) * (p * (1 - p) / people + Z**2 / (4 * people**2)).sqrt()


def mean(n: pl.Expr, sd: pl.Expr) -> pl.Expr:
    """Half the width of the 95 % interval of a mean of n values of standard deviation `sd`: t·sd/√n; null for n < 2.

    t is the 97.5 % quantile with n − 1 degrees of freedom by its expansion (Abramowitz & Stegun 1964, 26.7.5), right to 1 %
    from n = 5.
    """
    free = pl.when(n >= 2).then(n - 1).cast(pl.Float64)
    terms = ((Z**3 + Z) / 4, (5 * Z**5 + 16 * Z**3 + 3 * Z) / 96, (3 * Z**7 + 19 * Z**5 + 17 * Z**3 - 15 * Z) / 384)
    t = Z + sum((term / free ** (power + 1) for power, term in enumerate(terms)), pl.lit(0.0))
    return t * sd / n.cast(pl.Float64).sqrt()


@cache
def middle(value: str, n: str, sd: str) -> tuple[pl.Expr, pl.Expr]:
    """The middle and half the width of the interval of a column `value`: of a share, as parts of one, where `part` says so, of a
    mean where the spread is known; null for what is added up (`aggregation`) and where nothing is known."""
    figure, people = pl.col(value), pl.col(n)
    sampled = pl.col("aggregation") != "sum"
    of_share, of_mean = share(figure, people), (figure, mean(people, pl.col(sd)))
    centre, half = (pl.when(sampled).then(pl.when("part").then(of_share[at]).otherwise(of_mean[at])) for at in range(2))
    return centre, half


@cache
def ends(centre: str, half: str) -> tuple[pl.Expr, pl.Expr]:
    """The ends of an interval of which `middle` gave these two columns."""
    unit = pl.when("part").then(100.0).otherwise(1.0)
    return unit * (pl.col(centre) - pl.col(half)), unit * (pl.col(centre) + pl.col(half))


@cache
def change(before: tuple[str, str, str], after: tuple[str, str, str]) -> tuple[pl.Expr, pl.Expr]:
    """The 95 % interval of after − before, each given as the columns (value, low, high), from their own intervals
    (square-and-add: Newcombe 1998, Statistics in Medicine 17(8), 873–890, method 10).

    Also where the same people were asked twice: how their two answers go together is not recorded, so a correlation of 0 is
    assumed (Cochrane Handbook 6.5.2.8), which makes the interval too wide where those who were high at first are high again.
    """
    (was, was_low, was_high), (now, now_low, now_high) = (tuple(map(pl.col, each)) for each in (before, after))
    down = ((now - now_low) ** 2 + (was_high - was) ** 2).sqrt()
    up = ((now_high - now) ** 2 + (was - was_low) ** 2).sqrt()
    return now - was - down, now - was + up
