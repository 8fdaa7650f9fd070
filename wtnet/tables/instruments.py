"""How an indicator was measured, as far as its `unit` and `instrument` say: what may be added, averaged or compared.

The words that are looked for (capitals do not matter); the first line that fits decides:

| rule | recognised by | guessed to go together as |
|---|---|---|
| `percent` | unit (or else the name) begins or ends with %, pct, percent, percentage, or has it in brackets | share |
| `ons4` | instrument names ONS4 (or ONS wellbeing) | mean, each question by itself |
| `swemwbs` | instrument names SWEMWBS or Short Warwick | mean |
| `ucla3` | instrument names UCLA with 3 or three | mean |
| `count` | instrument begins with count, number, tally, sum or total; or is empty and the unit is money or hours; or unit \
(else the name) is of people or things in the plural and nothing speaks of a mean, a scale, a rate or a length of time | sum |
| `mean` | any other instrument, or a unit that begins with mean, average or score, or is a scale ("1 to 5") | mean |
| `unknown` | neither unit nor instrument says | none |

The guess holds where the indicator's `aggregation` is empty; what the lead writes there decides (`aggregation`).
"""

from __future__ import annotations

from functools import cache, lru_cache

import polars as pl

WEIGHED = ("percent", "ons4", "swemwbs", "ucla3", "mean")
"""The rules under which a value is a mean or a share, which says nothing without the number of people it rests on."""

QUESTIONS = ("satisfaction", "worthwhile", "happy", "anxiety")
"""The four ONS wellbeing questions; they are never averaged together."""

SCALES: dict[str, tuple[float, float, str]] = {
    "percent": (0, 100, "a percentage lies between 0 and 100"),
    "ons4": (0, 10, "the four ONS questions run from 0 to 10"),
    "swemwbs": (7, 35, "converted SWEMWBS scores run from 7 to 35"),
    "ucla3": (3, 9, "the sum of the three UCLA questions runs from 3 to 9"),
}
"""The least and the greatest value an instrument can give, and why in words."""

_PERCENT = r"^(%|(pct|per ?cent|percentage)\b)|\(\s*(%|pct|per ?cent|percentage)\s*\)|(%|\b(pct|per ?cent|percentage))$"
_SCALE = r"^(?:(?:scale|points?|rating)\W*)?\d+\s*(?:to|-|–)\s*\d+(?:$|\W*(?:scale|points?|rating)\b|\s*[,;:(])"
_WORSE = r"\banxi|\blonel|\bhads-?a\b|\bgad-?[27]\b"
"""Anxiety and loneliness, of which nobody wants more …"""
_TURNED = (
    r"\b(low|lower|less|least|few|fewer|no|not|never|non|without|free|freedom|reduc\w*|decreas\w*|fall\w*|fell|drop\w*|"
    r"reliev\w*|relief|eas\w*|improv\w*|revers\w*|manag\w*|cop(?:e|es|ing)|tackl\w*|address\w*|prevent\w*|overc\w*|"
    r"recover\w*|confiden\w*|support\w*|help\w*|aware\w*|understand\w*|know\w*|skill\w*|talk\w*)\b"
)
"""… unless the name says that it is about less of it, or about what is done against it."""
_CHANGE = r"\b(change|growth|increase|decrease|rise|fall|target|baseline)\b"
_PEOPLE = (
    "people|persons?|individuals?|participants?|patients?|clients?|users?|beneficiar(?:y|ies)|referrals?|carers?|members?|"
    "volunteers?|staff|employees?|freelancers?|artists?|visitors?|attendees?|adults?|child(?:ren)?|pupils?|students?|parents?|"
    "mothers?|fathers?|women|men|girls|boys|famil(?:y|ies)|households?|residents?|learners?|trainees?|refugees?|olds"
)
_MONEY_AND_TIME = r"^(?:£|€|\$|(?:gbp|pounds?|euros?|hours?|minutes?|days?|weeks?|months?|years?)\b)"
_THINGS = (
    "session|workshop|event|meeting|activit(?:y|ie)|performance|exhibition|display|object|item|artefact|artwork|loan|document|"
    "polic(?:y|ie)|plan|agreement|contract|report|article|publication|book|film|video|podcast|toolkit|resource|partnership|partner|"
    "provider|organisation|museum|charit(?:y|ie)|school|surger(?:y|ie)|practice|venue|site|place|town|garden|group|pilot|project|"
    "programme|course|network|hour|day|mile"
)
_EACH = (
    r"\b(mean|average|median|scores?|scale|rating|rate|ratio|index|per|each|every|share|proportion|half|quarter|change|growth|"
    r"days? (?:to|until|waiting)|wait\w*|age|length|duration|distance|questionnaire)\b"
)
"""Words that say that a figure is of one of them, or of all in relation to something, so that it cannot be added."""


_WORDS = ("name", "unit", "instrument", "aggregation")


def read(indicators: pl.DataFrame, *names: str) -> list[pl.Series]:
    """The columns of these `names`, of indicators with `name`, `unit`, `instrument` and `aggregation`.

    `rule`; `question` (which of the four ONS questions; null for another rule); `aggregation`; `change` (a percentage that says a
    change or a part of a target, and so may be below 0 or above 100); `part` (a percentage of people or things, no change);
    `people` (the value may be the number of people it is about: every count, and every value of which nothing says what it is,
    but those of things); `about_people` (it rests on people, as far as its words say: false where they name things and no
    people); `direction`; `distress` (the name speaks of anxiety or loneliness and nothing says whether more of what was measured
    means more of it). The same words are read once: it takes longer than all that is done with them.
    """
    rows = indicators.select(pl.col(_WORDS).cast(pl.String)).rows()
    return _read(tuple(rows)).select(names).get_columns()


@lru_cache(maxsize=64)
def _read(rows: tuple[tuple[str | None, ...], ...]) -> pl.DataFrame:
    words = pl.DataFrame(rows, dict.fromkeys(_WORDS, pl.String), orient="row")
    kind, name = pl.col("rule"), _plain("name")
    worse = name.str.contains(_WORSE) & ~name.str.contains(_TURNED)
    counted = (pl.col("aggregation") == "sum") | kind.is_in(["count", "unknown"])
    return (
        words.with_columns(rule=_rule(), about_people=~_of_things())
        .with_columns(
            question=pl.when(kind == "ons4").then(_question()),
            aggregation=_together(kind),
            change=(kind == "percent") & _plain("unit").str.contains(_CHANGE),
        )
        .with_columns(
            people=counted & pl.col("about_people"),
            part=(kind == "percent") & ~pl.col("change"),
            direction=_direction(),
        )
        .with_columns(distress=pl.col("direction").is_null() & (kind == "unknown") & worse)
    )


@cache
def _rule() -> pl.Expr:
    """The rule of each row, from the columns `unit` and `instrument` (text); see the module's table."""
    unit, instrument = _plain("unit"), _plain("instrument")
    return (
        pl.when(pl.when(unit == "").then(_plain("name")).otherwise(unit).str.contains(_PERCENT))
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
        .when(_named_as_many() & ~pl.concat_str(unit, pl.lit(" "), instrument, pl.lit(" "), _plain("name")).str.contains(_EACH))
        .then(pl.lit("count"))
        .when((instrument != "") | unit.str.contains(rf"^(mean|average|score)\b|{_SCALE}"))
        .then(pl.lit("mean"))
        .otherwise(pl.lit("unknown"))
    )


def _named_as_many() -> pl.Expr:
    """True where the unit (or else the name) begins with people or things in the plural, or with hours, and is no scale."""
    unit = _plain("unit")
    begins = rf"^(?:(?:number|count|total) of )?(?:[\w’'-]+ ){{0,3}}?(?:(?:{_PEOPLE})|(?:{_THINGS})s)\b"
    named = pl.when(unit != "").then(unit).otherwise(_plain("name"))
    return named.str.contains(begins) & ~unit.str.contains(_SCALE)


def aggregation() -> pl.Expr:
    """How an indicator goes together over pilots (`outcomes.AGGREGATIONS`): what its column says, else the guess by rule."""
    return _together(_rule())


def _together(kind: pl.Expr) -> pl.Expr:
    rules = {"percent": "share", "count": "sum", "unknown": "none"} | dict.fromkeys(("ons4", "swemwbs", "ucla3", "mean"), "mean")
    return pl.coalesce(pl.col("aggregation").cast(pl.String), kind.replace_strict(rules, return_dtype=pl.String))


def _question() -> pl.Expr:
    """Which of the four ONS questions, from `instrument` and, if that does not say, from `name`."""
    words = pl.concat_str(_plain("instrument"), pl.lit(" "), _plain("name"))
    return (
        pl.when(words.str.contains("anxi"))
        .then(pl.lit("anxiety"))
        .when(words.str.contains("worthwhile"))
        .then(pl.lit("worthwhile"))
        .when(words.str.contains("happy|happiness"))
        .then(pl.lit("happy"))
        .when(words.str.contains("satisf"))
        .then(pl.lit("satisfaction"))
    )


def _direction() -> pl.Expr:
    """Which direction the instrument itself says is better, "higher" or "lower", by its `rule` and `question`; null where it
    does not say.

    Anxiety and loneliness, named by the instrument or the indicator: lower, unless the name says that it is of less of it
    ("less lonely", "confidence in supporting people with anxiety"); the other three ONS questions and SWEMWBS: higher. A
    percentage or a count is of whatever it is of, so it has none.
    """
    kind, question, name = pl.col("rule"), pl.col("question"), _plain("name")
    turned = name.str.contains(_TURNED)
    worse = _plain("instrument").str.contains(_WORSE) | (name.str.contains(_WORSE) & (kind != "unknown"))
    return (
        pl.when(kind.is_in(["percent", "count"]))
        .then(None)
        .when((question == "anxiety").fill_null(False) | (kind == "ucla3") | (worse & ~turned))
        .then(pl.lit("lower"))
        .when(question.is_not_null() | (kind == "swemwbs"))
        .then(pl.lit("higher"))
    )


def _of_things() -> pl.Expr:
    """True for a figure about things: its unit (or, without one, its name) begins with money or time, or names things in the
    plural and no people: "hours given by volunteers" and "of 5 documents" are, "museum newcomers" and "participants in
    sessions" are not."""
    words = pl.when(_plain("unit") != "").then(_plain("unit")).otherwise(_plain("name"))
    named = words.str.contains(rf"\b(?:{_THINGS})s\b|^(?:{_THINGS})$") & ~words.str.contains(rf"\b(?:{_PEOPLE})\b")
    return words.str.contains(_MONEY_AND_TIME) | named


def _plain(column: str) -> pl.Expr:
    return pl.col(column).cast(pl.String).fill_null("").str.to_lowercase().str.strip_chars()
