"""What goes before new partnerships, in sentences a lead can use."""

from __future__ import annotations

from typing import Any

from wtnet.analysis.association import holm
from wtnet.analysis.beginnings import Beginnings
from wtnet.sentences.format import count, figure, how_many, listed, share
from wtnet.sentences.reach import SURE

FEWEST = 5
"""With fewer new partnerships than this on a side nothing is said of how many times as likely they were."""


def sentences(beginnings: Beginnings) -> list[str]:
    """How many began, what clearly went before them, what did not, and what holds with the rest equal; or why nothing is told."""
    if beginnings.why:
        return [beginnings.why]
    if not beginnings.pairs:
        return [
            "There is no pair of which it is known that they did not work together in one wave and whether they did in the next."
        ]
    pairs, began = count(beginnings.pairs, "pair"), how_many(beginnings.began)
    lines = [f"Of {pairs} that did not work together in one wave, {began} did in the next."]
    unclear, few = [], []
    for row in beginnings.rates.iter_rows(named=True):
        if min(row["began"], row["began_others"]) < FEWEST or row["low"] is None:
            few.append(row["two partners"])
        elif row["low"] > 1 or row["high"] < 1:
            lines.append(_likely(row))
        else:
            unclear.append(row["two partners"])
    if unclear:
        lines.append(f"No clear difference for pairs that {_or(unclear)}.")
    if few:
        lines.append(f"Too few began to say it of pairs that {_or(few)}.")
    return [*lines, *_equal(beginnings), "What goes before a partnership need not have brought it about."]


def _likely(row: dict[str, Any]) -> str:
    rates = (
        f"{share(row['rate'])} against {share(row['rate_others'])}; 95% interval {_times(row['low'])} to {_times(row['high'])}"
    )
    return f"Pairs that {row['two partners']} were {_times(row['times'])} times as likely to begin ({rates})."


def _times(value: float) -> str:
    return figure(value, digits=1)


def _or(words: list[str]) -> str:
    return listed(words, 9, last="or")


def _equal(beginnings: Beginnings) -> list[str]:
    """What stands out when all are weighed at once."""
    coefficients = beginnings.regression.coefficients if beginnings.regression else ()
    known = [(each, p) for each, p in zip(coefficients, holm([each.p for each in coefficients]), strict=True) if p is not None]
    if len(known) < 2:
        return []
    names = dict(beginnings.rates.select("what", "two partners").iter_rows())
    clear = [
        f"{'that' if (each.value or 0) > 0 else 'less often where'} they {names[each.name]}" for each, p in known if p < SURE
    ]
    if not clear:
        return ["With all of these weighed at once none of them stands out by itself."]
    return [f"With all of these weighed at once it still counts {listed(clear, 9)}."]
