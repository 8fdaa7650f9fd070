"""The default of `sharing`, declared once: who may see a row that does not say."""

from __future__ import annotations

import polars as pl

from wtnet.tables import schema

FREELANCER, PARTNERS = "freelancer", "partners"


def default(table: str, kind: str = "kind") -> pl.Expr:
    """What an empty `sharing` of a table means: partners for a freelancer or a quote, public otherwise.

    `kind` names the column that holds a partner's kind.
    """
    partners, public = (pl.lit(word, pl.Enum(schema.SHARING)) for word in (PARTNERS, "public"))
    return pl.when(pl.col(kind) == FREELANCER).then(partners).otherwise(public) if table == "organisations" else partners


def of_partner(kind: str) -> str:
    """The same for one partner of a kind."""
    return PARTNERS if kind == FREELANCER else "public"
