"""Results that the survey gives, in words: which question they come of, and who counts once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from wtnet.sentences.format import figure, listed
from wtnet.tables import Tables


def from_survey(tables: Tables, indicator: str) -> str:
    """Which question of the survey an indicator's results come of, and how; "" where none does."""
    behind = set(tables.results.filter(pl.col("indicator") == indicator)["question"].drop_nulls())
    words = [wording for id, wording in tables.questions.select("id", "wording").iter_rows() if id in behind and wording]
    if not words:
        return ""
    asked = listed([f"“{each}”" for each in words])
    return f"From the survey: {asked} Each partner that answered counts once in each of its pilots."


def counted_once(tables: Tables, row: Mapping[str, Any], wave: str | None) -> str:
    """What the figure over several pilots would be with each partner once, where the survey counts some in several of them; ""
    where it counts none twice, or where the programme's own figure of the wave is not known.

    `row` is one of `impact.overview` over all pilots.
    """
    if row["pilots"] <= 1 or row["n"] is None:
        return ""
    whole = tables.results.filter(
        pl.col("indicator") == row["indicator"],
        pl.col("wave") == wave,
        pl.col("pilot").is_null() & pl.col("organisation").is_null(),
        pl.col("question").is_not_null() & pl.col("value").is_not_null(),
        pl.col("n") < row["n"],
    )
    if whole.is_empty():
        return ""
    value = figure(whole["value"][0], row["unit"])
    return f"Partners in several pilots count in each of them; with each partner once it is {value} (n {whole['n'][0]})."
