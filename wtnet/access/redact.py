"""Redaction: the tables of a programme without what an audience may not see.

Four things are kept back: names (with everything that would tell who it is), what one partner says of another, small
numbers (`measures.impact.suppression`) and quotes nobody agreed to share. What remains is a programme like any other.

What this cannot do: somebody who knows a partner's ties may still guess who it is from them; a person named in a free
text by another name than the partner's own is not found.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from wtnet.access.renaming import Renaming, renaming
from wtnet.measures.impact import progress, suppression
from wtnet.strength import COMPONENTS, SHARED, SHARED_NO_TIE, directed
from wtnet.tables import Tables, schema
from wtnet.tables.model import Audience

_TELLS = {
    "partnerships": ("relationship", "evidence", "source_url"),
    "involvements": ("role",),
    "results": ("evidence", "source_url"),
    "quotes": ("attribution",),
}
"""What a row about a hidden partner loses besides the name."""
_ADDRESSES = ("website", "source_url")
"""Columns of web addresses: one that holds a hidden name goes as a whole."""


def redact(
    tables: Tables, audience: Audience, known: Mapping[str, int] | None = None, viewer: str | None = None, results: bool = True
) -> Tables:
    """The tables as an audience ("lead", "partners" or "public") may have them; all of them for the lead.

    `known` are the numbers of hidden partners (`numbered`; drawn anew if none are given). `viewer` is the partner who
    looks: they see themselves by name, and what they and others say of each other. Without `results`, small numbers
    stay in, to be withheld afterwards. An unknown audience is an InvalidRequest.

    Hidden partners keep their kind and their ties; their id, name and everything said about them alone go, and what is left
    may be shown to everybody: redacting twice changes nothing more. `ratings` keep one row a report, so that who answered
    counts (but none where one side alone says "no tie": see `mask_answers`), and no answer: instead `strength.SHARED` holds the
    mean of both sides where both answered, from which `strength.pairs` works out the same strength (with other weights than
    equal ones it may differ slightly where a side left a component out). Where one side alone answered, strength is unknown.
    """
    if suppression.known(audience) == "lead":
        return tables
    seen = suppression.tables_for(tables, audience)
    seen = seen if results else seen.with_(results=tables.results)
    seen = seen.with_(ratings=mask_answers(seen.ratings, viewer))
    other = renaming(tables, audience, known, viewer)
    return seen.with_(**{name: _redacted(name, seen[name], other) for name in schema.NAMES}) if other.names else seen


def cells(tables: Tables, audience: Audience, known: Mapping[str, int] | None = None, viewer: str | None = None) -> pl.DataFrame:
    """The results of a programme with everything around them (`measures.impact.cells`) as an audience may have them: names as
    in `redact`, and what is withheld marked as such (`suppression.for_audience`)."""
    return suppression.for_audience(progress.cells(redact(tables, audience, known, viewer, results=False)), audience)


def mask_answers(ratings: pl.DataFrame, viewer: str | None = None) -> pl.DataFrame:
    """Mask what one side says alone: answers are null, and `SHARED` holds the mean of both sides.

    Those by or about `viewer` stay as they are, and so do ratings whose answers were taken out before. Where one side alone
    says "no tie", its row goes: a documented tie that is not drawn would tell what it answered. `SHARED_NO_TIE` is true where
    both sides say so.
    """
    if SHARED_NO_TIE in ratings.columns:
        return ratings
    parts = (*COMPONENTS, "strength")
    reports = directed(ratings).select("wave", "rater", "partner", *parts, "no_tie")
    other = reports.rename({"rater": "partner", "partner": "rater"}).with_columns(answered=True)
    both = reports.join(other, on=["wave", "rater", "partner"], how="left", maintain_order="left", suffix="_other")
    own = pl.lit(False) if viewer is None else (pl.col("rater") == viewer) | (pl.col("partner") == viewer)
    hide, two = ~own.fill_null(False), pl.col("answered").fill_null(False)
    shared = both.select(
        *[
            pl.when(hide & two & pl.col("strength").is_not_null() & pl.col("strength_other").is_not_null())
            .then(pl.mean_horizontal(name, f"{name}_other"))
            .alias(column)
            for name, column in zip(parts, SHARED, strict=True)
        ],
        pl.when(hide).then(pl.col("no_tie") & two & pl.col("no_tie_other").fill_null(False)).alias(SHARED_NO_TIE),
        _lone=hide & ~two & pl.col("no_tie"),
    )
    answers = [name for name in ratings.columns if name not in ("wave", "rater", "partner")]
    kept = ratings.with_columns([pl.when(~hide).then(pl.col(name)).alias(name) for name in answers])
    return pl.concat([kept, shared], how="horizontal").filter(~pl.col("_lone")).drop("_lone")


def _redacted(table: str, frame: pl.DataFrame, other: Renaming) -> pl.DataFrame:
    """One table with pseudonyms, without what else tells who a hidden partner is; rows about hidden partners stand last."""
    ends = [column for column in frame.columns if _target(table, column) == "organisations"]
    gone = list(other.ids["organisations"])
    touched = pl.any_horizontal(pl.col(end).is_in(gone) for end in ends).fill_null(False) if ends else pl.lit(False)
    texts = [column for column in frame.columns if frame.schema[column] == pl.String and _target(table, column) is None]
    frame = frame.with_columns(_touched=touched)
    emptied: list[str] = list(_TELLS.get(table, ()))
    if table == "organisations":
        emptied = [column for column in frame.columns if column not in ("id", "kind", "name", "sharing", "_touched")]
        texts.remove("name")  # a partner that is shown keeps its whole name; `warnings` lists those that hold a hidden one
        frame = frame.with_columns(
            name=pl.when("_touched").then(pl.col("id").replace(other.names)).otherwise("name"),
            sharing=pl.when("_touched").then(pl.lit("public", frame.schema["sharing"])).otherwise("sharing"),
        )
    frame = frame.with_columns([pl.when(~pl.col("_touched")).then(pl.col(column)).alias(column) for column in emptied])
    new_ids = {column: other.ids.get(_target(table, column) or "", {}) for column in frame.columns}
    frame = frame.with_columns([pl.col(column).replace(ids) for column, ids in new_ids.items() if ids])
    frame = frame.with_columns([_without_names(frame[column], other) for column in texts])
    frame = pl.concat([frame.filter(~pl.col("_touched")), frame.filter("_touched").sort(ends)]) if ends else frame
    if table in ("partnerships", "quotes"):
        id = pl.format("{}-{}", pl.lit(table[:-1]), pl.int_range(1, pl.len() + 1))
        frame = frame.with_columns(id=pl.when("_touched").then(id).otherwise("id"))
    return frame.drop("_touched")


def _without_names(column: pl.Series, other: Renaming) -> pl.Series:
    """A column of texts without the names; of addresses, those without one."""
    texts = column.drop_nulls().unique().to_list()
    if column.name in _ADDRESSES:
        gone = [text for text in texts if other.finder.joined(text) is not None]
        return column.replace(gone, [None] * len(gone)) if gone else column
    changed = {text: clean for text in texts if (clean := other.text(text)) != text}
    return column.replace(list(changed), list(changed.values())) if changed else column


def _target(table: str, name: str) -> str | None:
    """The table whose rows a column identifies or names; None for any other column, and for what was added to a table."""
    if name not in schema.SCHEMAS[table].column_names():
        return None
    return schema.reference(table, name) or (table if name == "id" else None)
