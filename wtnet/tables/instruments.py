"""How an indicator was measured, as far as its `unit` and `instrument` say: what may be added, averaged or compared.

The words that are looked for (capitals do not matter); the first line that fits decides:

| rule | recognised by | totals |
|---|---|---|
| `percent` | unit begins with %, percent, per cent or percentage | weighted by n |
| `ons4` | instrument names ONS4 (or ONS wellbeing) | weighted by n, each question by itself |
| `swemwbs` | instrument names SWEMWBS or Short Warwick | weighted by n |
| `ucla3` | instrument names UCLA with 3 or three | weighted by n |
| `count` | instrument begins with count, number, tally, sum or total; or is empty and the unit is money or hours | add |
| `mean` | any other instrument, or a unit that begins with mean, average or score | weighted by n |
| `unknown` | neither unit nor instrument says | weighted by n; refused without |
"""

from __future__ import annotations

import polars as pl

RULES = ("percent", "ons4", "swemwbs", "ucla3", "count", "mean", "unknown")
ADDS = ("count",)
"""The rules under which values of several pilots are added; all others are weighted by n."""

QUESTIONS = ("satisfaction", "worthwhile", "happy", "anxiety")
"""The four ONS wellbeing questions; they are never averaged together."""

SCALES: dict[str, tuple[float, float, str]] = {
    "percent": (0, 100, "a percentage lies between 0 and 100"),
    "ons4": (0, 10, "the four ONS questions run from 0 to 10"),
    "swemwbs": (7, 35, "converted SWEMWBS scores run from 7 to 35"),
    "ucla3": (3, 9, "the sum of the three UCLA questions runs from 3 to 9"),
}
"""The least and the greatest value an instrument can give, and why in words."""

_PEOPLE = (
    "people|persons?|participants?|patients?|carers?|members?|volunteers?|staff|freelancers?|artists?|visitors?|attendees?|"
    "adults?|children|young people|residents?|learners?|trainees?"
)


def rule() -> pl.Expr:
    """The rule of each row, from the columns `unit` and `instrument` (text); see the module's table."""
    unit, instrument = _plain("unit"), _plain("instrument")
    return (
        pl.when(unit.str.contains(r"^(%|percent\b|per cent\b|percentage\b)"))
        .then(pl.lit("percent"))
        .when(instrument.str.contains(r"\bons[ -]?4\b|\bons\b.*well-?being"))
        .then(pl.lit("ons4"))
        .when(instrument.str.contains(r"\bswemwbs\b|short warwick"))
        .then(pl.lit("swemwbs"))
        .when(instrument.str.contains(r"\bucla\b.*(\b3\b|three)"))
        .then(pl.lit("ucla3"))
        .when(instrument.str.contains(r"^(count|counts|counted|counting|number|tally|sum|total)\b"))
        .then(pl.lit("count"))
        .when((instrument == "") & unit.str.contains(r"^(£|€|\$|gbp\b|pounds?\b|hours?\b)"))
        .then(pl.lit("count"))
        .when((instrument != "") | unit.str.contains(r"^(mean|average|score)\b"))
        .then(pl.lit("mean"))
        .otherwise(pl.lit("unknown"))
    )


def question() -> pl.Expr:
    """Which of the four ONS questions, from `instrument` and, if that does not say, from `name`; null for another rule."""
    said = pl.concat_str(_plain("instrument"), pl.lit(" "), _plain("name"))
    found = (
        pl.when(said.str.contains("anxi"))
        .then(pl.lit("anxiety"))
        .when(said.str.contains("worthwhile"))
        .then(pl.lit("worthwhile"))
        .when(said.str.contains("happy|happiness"))
        .then(pl.lit("happy"))
        .when(said.str.contains("satisf"))
        .then(pl.lit("satisfaction"))
    )
    return pl.when(rule() == "ons4").then(found)


def direction() -> pl.Expr:
    """Which direction the instrument itself says is better, "higher" or "lower"; null where it does not say.

    Anxiety (any instrument that names it) and UCLA-3 loneliness: lower; the other three ONS questions and SWEMWBS: higher.
    A percentage is of whatever it is of, so it has none.
    """
    kind = rule()
    return (
        pl.when(kind == "percent")
        .then(None)
        .when(_plain("instrument").str.contains("anxi") | (question() == "anxiety").fill_null(False) | (kind == "ucla3"))
        .then(pl.lit("lower"))
        .when(question().is_not_null() | (kind == "swemwbs"))
        .then(pl.lit("higher"))
    )


def of_people() -> pl.Expr:
    """True for a count of people: its value is the number of people it is about."""
    return (rule() == "count") & _plain("unit").str.contains(rf"\b({_PEOPLE})\b")


def of_change() -> pl.Expr:
    """True for a percentage that says a change or a part of a target, and so may be below 0 or above 100."""
    return (rule() == "percent") & _plain("unit").str.contains(r"\b(change|growth|increase|decrease|rise|fall|target|baseline)\b")


def _plain(column: str) -> pl.Expr:
    return pl.col(column).cast(pl.String).fill_null("").str.to_lowercase().str.strip_chars()
