"""People who work alone: a partner that becomes one is no longer public, unless somebody said otherwise."""

from __future__ import annotations

import polars as pl

from wtnet.tables import Tables
from wtnet.tables.sharing import FREELANCER, PARTNERS, default

_SHOWN = 8


def becomes(kind: str = "kind", was: str = "kind_was", sharing: str = "sharing_was") -> pl.Expr:
    """True where a partner becomes a freelancer and what is stored of its sharing is only the default of its old kind."""
    untold = pl.col(sharing).is_null() | (pl.col(sharing) == default("organisations", was))
    return ((pl.col(kind) == FREELANCER) & (pl.col(was) != FREELANCER) & untold).fill_null(False)


def now_kept_back(before: Tables, after: Tables) -> list[str]:
    """Who was public and, as a freelancer, is seen by partners only: one sentence, or none."""
    both = after.organisations.join(before.organisations, on="id", suffix="_was", maintain_order="left")
    names = both.filter(becomes() & (pl.col("sharing") == PARTNERS) & (pl.col("sharing_was") != PARTNERS))["name"].to_list()
    if not names:
        return []
    listed = ", ".join(names[:_SHOWN]) + (f" and {len(names) - _SHOWN:,} more" if len(names) > _SHOWN else "")
    return [
        f"Now {'a freelancer' if len(names) == 1 else 'freelancers'}, so seen by partners only and no longer by everybody: "
        f'{listed}. Where everybody may see a name, write "public" as its sharing.'
    ]
