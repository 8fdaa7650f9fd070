"""Redaction: the tables of a programme without what an audience may not see.

Four things are kept back: names (with everything that would tell who it is), what one partner says of another, small
numbers (`measures.suppression`) and quotes nobody agreed to share. What remains is a programme like any other.

What this cannot do: somebody who knows a partner's ties may still guess who it is from them; a person named in a free
text by another name than the partner's own is not found.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from wtnet.access.names import hidden, numbered, other_id, other_name
from wtnet.measures import suppression
from wtnet.strength import COMPONENTS, SHARED, SHARED_NO_TIE, directed
from wtnet.tables import Tables, schema

_TELLS = {
    "partnerships": ("evidence", "source_url"),
    "involvements": ("role",),
    "results": ("evidence", "source_url"),
    "quotes": ("attribution",),
}
"""What a row about a hidden partner loses besides the name."""
_SHORTEST = 3


def redact(
    tables: Tables, audience: str, known: Mapping[str, int] | None = None, viewer: str | None = None, results: bool = True
) -> Tables:
    """The tables as an audience ("lead", "partners" or "public") may have them; all of them for the lead.

    `known` are the numbers of hidden partners (`numbered`; drawn anew if none are given). `viewer` is the partner who
    looks: they see themselves by name, and what they and others say of each other. Without `results`, small numbers
    stay in, for whoever withholds them afterwards. An unknown audience is InvalidRequest.

    Hidden partners keep their kind and their ties; their id, name and everything said about them alone go, and what is
    left may be shown to everybody: redacting twice changes nothing more. `ratings` keep one row a report, so that who
    answered counts, but no answer: instead `strength.SHARED` holds the mean of both sides where both answered, from which
    `strength.pairs` works out the same strength (with other weights than equal ones it may differ slightly where a side
    left a component out). Where one side alone answered, strength is unknown.
    """
    if suppression.known(audience) == "lead":
        return tables
    seen = suppression.tables_for(tables, audience)
    seen = seen if results else seen.with_(results=tables.results)
    gone = [id for id in hidden(tables, audience) if id != viewer]
    seen = seen.with_(ratings=together(seen.ratings, viewer))
    return _renamed(seen, gone, numbered(tables, known)) if gone else seen


def together(ratings: pl.DataFrame, viewer: str | None = None) -> pl.DataFrame:
    """Ratings without what one side says alone: answers are null, and `SHARED` holds the mean of both sides.

    Those by or about `viewer` stay as they are, and so do ratings whose answers were taken out before. `SHARED_NO_TIE`
    says of a report that stands alone that it was "no tie".
    """
    if SHARED_NO_TIE in ratings.columns:
        return ratings
    parts = (*COMPONENTS, "strength")
    said = directed(ratings).select("wave", "rater", "partner", *parts, "no_tie")
    other = said.rename({"rater": "partner", "partner": "rater"}).with_columns(answered=True)
    both = said.join(other, on=["wave", "rater", "partner"], how="left", maintain_order="left", suffix="_other")
    own = pl.lit(False) if viewer is None else (pl.col("rater") == viewer) | (pl.col("partner") == viewer)
    hide, two = ~own.fill_null(False), pl.col("answered").fill_null(False)
    shared = both.select(
        *[
            pl.when(hide & two & pl.col("strength").is_not_null() & pl.col("strength_other").is_not_null())
            .then(pl.mean_horizontal(name, f"{name}_other"))
            .alias(column)
            for name, column in zip(parts, SHARED, strict=True)
        ],
        pl.when(hide).then(pl.col("no_tie") & (~two | pl.col("no_tie_other").fill_null(False))).alias(SHARED_NO_TIE),
    )
    answers = [name for name in ratings.columns if name not in ("wave", "rater", "partner")]
    kept = ratings.with_columns([pl.when(~hide).then(pl.col(name)).alias(name) for name in answers])
    return pl.concat([kept, shared], how="horizontal")


def _renamed(tables: Tables, gone: list[str], numbers: Mapping[str, int]) -> Tables:
    """The tables with these partners under other names, at the end of each table, and their own names out of every text."""
    about = tables.organisations.select("id", "name", pl.col("kind").cast(pl.String)).rows_by_key("id", unique=True)
    taken = set(about)
    ids = {id: other_id(about[id][1], numbers[id], taken) for id in gone}
    names = {id: other_name(about[id][1], numbers[id]) for id in gone}
    words = {about[id][0]: names[id] for id in gone if len(about[id][0]) >= _SHORTEST}
    words |= {id: names[id] for id in gone if len(id) >= _SHORTEST and not id.isalnum()}
    return tables.with_(**{name: _table(name, tables[name], ids, names, words) for name in schema.NAMES})


def _table(name: str, frame: pl.DataFrame, ids: dict[str, str], names: dict[str, str], words: dict[str, str]) -> pl.DataFrame:
    ends = ["id"] if name == "organisations" else [c for c in frame.columns if _points(name, c)]
    touched = pl.any_horizontal(pl.col(end).is_in(list(ids)) for end in ends).fill_null(False) if ends else pl.lit(False)
    frame = frame.with_columns(_touched=touched)
    if name == "organisations":
        told = [c for c in frame.columns if c not in ("id", "kind", "name", "sharing", "_touched")]
        frame = frame.with_columns(
            [pl.when(~pl.col("_touched")).then(pl.col(c)).alias(c) for c in told],
            name=pl.when("_touched").then(pl.col("id").replace(names)).otherwise("name"),
            sharing=pl.when("_touched").then(pl.lit("public", frame.schema["sharing"])).otherwise("sharing"),
        )
    frame = frame.with_columns([pl.when(~pl.col("_touched")).then(pl.col(c)).alias(c) for c in _TELLS.get(name, ())])
    frame = frame.with_columns([pl.col(end).replace(ids) for end in ends])
    texts = [c for c in frame.columns if frame.schema[c] == pl.String and c not in ends and not _key(name, c)]
    if words and texts:
        pattern, other = list(words), list(words.values())
        frame = frame.with_columns(pl.col(texts).str.replace_many(pattern, other, ascii_case_insensitive=True, leftmost=True))
    frame = pl.concat([frame.filter(~pl.col("_touched")), frame.filter("_touched").sort(ends)]) if ends else frame
    if name in ("partnerships", "quotes"):
        made = pl.format("{}-{}", pl.lit(name[:-1]), pl.int_range(1, pl.len() + 1))
        frame = frame.with_columns(id=pl.when("_touched").then(made).otherwise("id"))
    return frame.drop("_touched")


def _points(table: str, name: str) -> bool:
    """True for a column that names a partner."""
    return name in schema.SCHEMAS[table].column_names() and schema.reference(table, name) == "organisations"


def _key(table: str, name: str) -> bool:
    """True for a column that identifies a row or names one of another table."""
    return name in schema.keys(table) or schema.reference(table, name) is not None
