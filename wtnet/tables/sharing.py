"""The default of `sharing`, declared once: who may see a row that does not say."""

from __future__ import annotations

import polars as pl

from wtnet.tables import schema

FREELANCER, PARTNERS = "freelancer", "partners"


def default(table: str, kind: str = "kind") -> pl.Expr:
    """What an empty `sharing` of a table means: partners for a freelancer or a quote, private for a partnership (its level and
    its evidence are the lead's own) and a field of the lead's own, public for any other partner.

    `kind` names the column that holds a partner's kind.
    """
    public, partners, private = (pl.lit(word, pl.Enum(schema.SHARING)) for word in schema.SHARING)
    if table == "organisations":
        return pl.when(pl.col(kind) == FREELANCER).then(partners).otherwise(public)
    return private if table in ("partnerships", "fields") else partners


def of_partner(kind: str) -> str:
    """The same for one partner of a kind."""
    return PARTNERS if kind == FREELANCER else "public"
