"""What a partner, or one of its people, answered in a wave, and the tables with other answers in their place.

Answers about another partner are by column of the ratings, or by the id of a question of the lead's own; no other rater, role or
wave is touched, and neither is a field that no question asked for.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import polars as pl

from wtnet.survey.questionnaire import with_fields
from wtnet.survey.questions import COLUMNS, Answer
from wtnet.tables import Tables, own
from wtnet.tables.respondents import ROLE
from wtnet.tables.rows import in_old_order
from wtnet.tables.schema import OWN

Answers = Mapping[str, Answer]


def _mine(wave: str, rater: str, role: str | None) -> pl.Expr:
    return (pl.col("wave") == wave) & (pl.col("rater") == rater) & pl.col(ROLE).eq_missing(pl.lit(role))


def given(tables: Tables, wave: str, rater: str, role: str | None = None) -> dict[str, dict[str, Answer]]:
    """What was answered in a wave: {partner: {column or field: answer}}, without what was left empty."""
    mine = tables.ratings.filter(_mine(wave, rater, role)).select("partner", *COLUMNS, OWN)
    rows = mine.with_columns(pl.col("contact").cast(pl.String)).iter_rows(named=True)
    return {row["partner"]: {name: row[name] for name in COLUMNS if row[name] is not None} | own.decode(row[OWN]) for row in rows}


def added(tables: Tables, wave: str, rater: str, answers: Mapping[str, Answers], role: str | None = None) -> Tables:
    """The tables with these answers; an answer that is not given leaves the earlier one."""
    before = given(tables, wave, rater, role)
    merged = {partner: {**before.get(partner, {}), **new} for partner, new in answers.items() if new}
    return _with(tables, wave, rater, merged, role)


def replaced(
    tables: Tables,
    wave: str,
    rater: str,
    answers: Mapping[str, Answers],
    role: str | None = None,
    asked: Collection[str] = COLUMNS,
) -> Tables:
    """The same, but an answer to what was `asked` that is not given any more is removed, and a partner of whom nothing is left
    has no row."""
    before = given(tables, wave, rater, role)
    kept = {partner: {name: old for name, old in before.get(partner, {}).items() if name not in asked} for partner in answers}
    return _with(tables, wave, rater, {partner: {**kept[partner], **new} for partner, new in answers.items()}, role)


def _with(tables: Tables, wave: str, rater: str, answers: Mapping[str, Answers], role: str | None) -> Tables:
    """The ratings with the rows of this rater and wave about these partners as given, each in its place; new ones last."""
    ratings = tables.ratings
    mine = _mine(wave, rater, role) & pl.col("partner").is_in(list(answers))
    keys = ["wave", "rater", "partner", ROLE]
    whose = {"wave": wave, "rater": rater, ROLE: role}
    rows = [
        whose
        | {"partner": partner, **{name: answer for name, answer in answered.items() if name in COLUMNS}}
        | {OWN: own.encode({name: str(answer) for name, answer in answered.items() if name not in COLUMNS})}
        for partner, answered in answers.items()
        if answered
    ]
    new = pl.DataFrame(rows, schema=ratings.schema)
    whole = in_old_order(pl.concat([ratings.filter(~mine), new]), ratings, keys)
    tables = with_fields(tables) if any(name not in COLUMNS for answered in answers.values() for name in answered) else tables
    return tables.with_(ratings=whole)
