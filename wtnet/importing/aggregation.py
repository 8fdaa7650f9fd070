"""How the figures of several pilots will go together where a file does not say: the guess, told once."""

from __future__ import annotations

import polars as pl

from wtnet.tables import Tables, instruments
from wtnet.tables.text import cut

_WORDS = {"sum": "added", "mean": "a mean weighted by n", "share": "a share of all", "none": "not put together"}
_NAMED = 3


def guesses(before: Tables, after: Tables) -> str:
    """A sentence on the indicators that are new or described anew and do not say how they go together; "" if there are none."""
    same = ["id", "name", "unit", "instrument"]
    new = after.indicators.filter(pl.col("aggregation").is_null()).join(before.indicators, on=same, how="anti", nulls_equal=True)
    how = new.select("name", how=instruments.aggregation())
    parts = []
    for word, words in _WORDS.items():
        names = how.filter(pl.col("how") == word)["name"].to_list()
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        if names:
            parts.append(f"{words}: {', '.join(f'“{cut(name, 60)}”' for name in names[:_NAMED])}{more}")
    if not parts:
        return ""
    start = "How the figures of several pilots go together is guessed from unit, name and instrument"
    parts[0] = f"{parts[0][0].upper()}{parts[0][1:]}"
    return f"{start}. {'; '.join(parts)}. If that is wrong, say so in the column “aggregation” of the sheet “indicators”."
