"""Several people who answer for one partner: their answers stand apart, and together they are the partner's report.

Where one answers for all there is no role and nothing to put together. Per question the report is the mean of those who
answered it; of the level the median, kept to a half, because a scale of stages has no mean.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import polars as pl

from wtnet.tables import own
from wtnet.tables.model import Tables
from wtnet.tables.own_scale import NOTHING, OVERALL
from wtnet.tables.schema import CONTACT, OWN, TRUST, VALUE

ROLE = "respondent_role"
_PAIR = ["wave", "rater", "partner"]


def together(ratings: pl.DataFrame) -> pl.DataFrame:
    """One row for each wave, rater and partner, in the order of the first, without the column of roles.

    Ratings without any role come back as they are. Where a partner has several respondents the columns of numbers are Float64,
    and `contact` is the place of the word on its scale, from 0; comments are joined, own fields put together (`_fields`).
    """
    if ratings[ROLE].is_null().all():
        return ratings.drop(ROLE)
    ranked = ratings.with_columns(
        pl.col("contact").to_physical().cast(pl.Float64), pl.col("level", *TRUST, *VALUE).cast(pl.Float64)
    )
    half = (pl.col("level").median() * 2).round(0, mode="half_away_from_zero") / 2
    grouped = ranked.group_by(_PAIR, maintain_order=True).agg(
        half.alias("level"),
        pl.col("contact", *TRUST, *VALUE).mean(),
        pl.col("comment").drop_nulls().implode().list.join(" / "),
        pl.col(OWN).implode(),
        *(
            pl.col(name).mean() if name == OVERALL else pl.col(name).all()
            for name in (OVERALL, NOTHING)
            if name in ratings.columns
        ),
    )
    fields = pl.Series(OWN, [_fields(cells) for cells in grouped[OWN]], dtype=pl.String)
    comment = pl.when(pl.col("comment") != "").then("comment")
    return grouped.with_columns(fields, comment=comment).select(name for name in ratings.columns if name != ROLE)


def _fields(cells: Iterable[str | None]) -> str | None:
    """Own fields of several people: numbers as their mean, words that all agree on as they are, others each once."""
    values: dict[str, list[str]] = {}
    for cell in cells:
        for field, text in own.decode(cell).items():
            values.setdefault(field, []).append(text)
    return own.encode({field: _one(texts) for field, texts in values.items()})


def _one(texts: list[str]) -> str:
    numbers = [own.number(text) for text in texts]
    if len(texts) > 1 and all(number is not None for number in numbers):
        return f"{sum(number for number in numbers if number is not None) / len(texts):.6g}"
    return "; ".join(dict.fromkeys(texts))


class Respondent(NamedTuple):
    """Who answers: a partner's id, and which of its people, by role; null where one answers for all."""

    partner: str
    role: str | None = None


def roles(tables: Tables) -> dict[tuple[str, str], tuple[str | None, ...]]:
    """Who answers for each partner in each wave, {(wave, partner): roles}: those that were asked or have answered, in that order;
    null stands for one who answers for all."""
    asked = tables.asked.select("wave", "organisation", ROLE)
    rated = tables.ratings.select("wave", pl.col("rater").alias("organisation"), ROLE)
    rows = pl.concat([asked, rated, tables.answers.select("wave", "organisation", ROLE)]).unique(maintain_order=True)
    listed: dict[tuple[str, str], list[str | None]] = {}
    for wave, partner, role in rows.iter_rows():
        listed.setdefault((wave, partner), []).append(role)
    return {key: tuple(each) for key, each in listed.items()}


def contact_word(rank: float) -> str:
    """The word of the scale of contact nearest to a mean of its places."""
    return CONTACT[min(len(CONTACT) - 1, int(rank + 0.5))]


def in_words(name: str, role: str | None) -> str:
    """A partner's name with the role of its respondent: "Harbour Arts (director)"; the name alone where there is none."""
    return f"{name} ({' '.join(role.split())})" if role else name
