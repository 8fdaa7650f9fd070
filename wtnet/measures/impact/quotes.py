"""Which quotes stand where there is no room for all."""

from __future__ import annotations

import polars as pl

from wtnet.tables.text import caseless

RULE = "One from each pilot and each voice first, then in the order of the file"
"""How quotes are chosen, in words."""


def chosen(quotes: pl.DataFrame, most: int | None = None) -> pl.DataFrame:
    """The quotes in the order in which they are shown, at most so many.

    Next comes the quote whose pilot and voice (`attribution`) both have not spoken yet, else one of which either has not, else
    the next in the file; when all pilots and voices have spoken, they all begin anew. A quote without a pilot is of the whole
    programme, which counts like a pilot; one without a voice counts as of one voice.
    """
    rows = [(row["pilot"] or "", caseless(row["attribution"])) for row in quotes.iter_rows(named=True)]
    left = list(range(len(rows)))
    order: list[int] = []
    pilots: set[str] = set()
    voices: set[str] = set()
    while left and (most is None or len(order) < most):
        news = [(rows[at][0] not in pilots) + (rows[at][1] not in voices) for at in left]
        if not max(news):
            pilots, voices = set(), set()
            continue
        at = left.pop(news.index(max(news)))
        order.append(at)
        pilots.add(rows[at][0])
        voices.add(rows[at][1])
    return quotes[order]
