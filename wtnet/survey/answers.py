"""What a partner answered in a wave, and the tables with other answers in their place; no other rater or wave is touched."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from wtnet.survey.questions import COLUMNS, Answer
from wtnet.tables import Tables

Answers = Mapping[str, Answer]


def given(tables: Tables, wave: str, rater: str) -> dict[str, dict[str, Answer]]:
    """What a partner answered in a wave: {partner: {column: answer}}, without what it left empty."""
    own = tables.ratings.filter(pl.col("wave") == wave, pl.col("rater") == rater).select("partner", *COLUMNS)
    rows = own.with_columns(pl.col("contact").cast(pl.String)).iter_rows(named=True)
    return {row["partner"]: {name: row[name] for name in COLUMNS if row[name] is not None} for row in rows}


def added(tables: Tables, wave: str, rater: str, answers: Mapping[str, Answers]) -> Tables:
    """The tables with these answers of the rater in this wave; an answer that is not given leaves the earlier one."""
    before = given(tables, wave, rater)
    merged = {partner: {**before.get(partner, {}), **new} for partner, new in answers.items() if new}
    return _with(tables, wave, rater, merged)


def replaced(tables: Tables, wave: str, rater: str, answers: Mapping[str, Answers]) -> Tables:
    """The same, but an answer that is not given any more is removed, and a partner without any answer has no row."""
    return _with(tables, wave, rater, answers)


def _with(tables: Tables, wave: str, rater: str, answers: Mapping[str, Answers]) -> Tables:
    """The ratings with the rows of this rater and wave about these partners as given, each in its place; new ones last."""
    ratings = tables.ratings
    mine = (pl.col("wave") == wave) & (pl.col("rater") == rater) & pl.col("partner").is_in(list(answers))
    keys = ["wave", "rater", "partner"]
    rows = [{"wave": wave, "rater": rater, "partner": partner, **answered} for partner, answered in answers.items() if answered]
    new = pl.DataFrame(rows, schema=ratings.schema)
    places = ratings.select(keys).with_row_index("_place")
    whole = pl.concat([ratings.filter(~mine), new]).join(places, on=keys, how="left", maintain_order="left")
    return tables.with_(ratings=whole.sort("_place", nulls_last=True, maintain_order=True).drop("_place"))
