"""Who may see a row where nobody has said: the defaults of `sharing`, declared once."""

from __future__ import annotations

import polars as pl

from wtnet.tables import schema

FREELANCER, PARTNERS = "freelancer", "partners"


def default(table: str, kind: str = "kind") -> pl.Expr:
    """What an empty `sharing` of a table means: partners for a freelancer or a quote, public otherwise.

    `kind` names the column that holds a partner's kind.
    """
    word = pl.lit(PARTNERS)
    if table == "organisations":
        word = pl.when(pl.col(kind) == FREELANCER).then(word).otherwise(pl.lit("public"))  # type: ignore[assignment]
    return word.cast(pl.Enum(schema.SHARING))
