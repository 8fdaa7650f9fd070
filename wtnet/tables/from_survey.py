"""Results worked out from the survey: what organisations answered about themselves, as the result of the indicator it feeds.

A question that names an indicator (`questions.indicator`) makes one result of each wave for the whole programme, and one for each
pilot in which an organisation that answered takes part. An organisation counts once: several of its people are its mean. Such a
result names its question, and is worked out anew with every change that is stored; the lead's own result in its place stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from statistics import fmean, stdev
from typing import Any

import polars as pl

from wtnet.tables import instruments, own
from wtnet.tables.model import Tables
from wtnet.tables.pilots import members
from wtnet.tables.rows import in_old_order
from wtnet.tables.text import cut

FEEDING = ("scale", "yes_no", "number")
"""The types of questions whose answers make a mean or a share."""
HIGH = 4
"""From this answer on a scale of 1 to 5 on, an organisation counts in the share that agrees."""
STEPS = 5
"""A scale of a question of one's own runs from 1 to this."""
MARK = "From the survey"
"""What the evidence of such a result begins with."""
_YES, _NO = {"yes", "true", "y", "1"}, {"no", "false", "n", "0"}
_KEY = ["indicator", "pilot", "wave", "organisation"]


def number(text: str | None, kind: str | None) -> float | None:
    """An answer as a number: yes is 1 and no 0, a step of a scale lies in 1–5; null where it is none."""
    word = (text or "").strip().casefold()
    if kind == "yes_no":
        return 1.0 if word in _YES else 0.0 if word in _NO else None
    value = own.number(word)
    if kind == "scale" and value is not None and not 1 <= value <= STEPS:
        return None
    return value


def feeding(tables: Tables) -> dict[str, dict[str, Any]]:
    """The questions about the own organisation that feed an indicator, by indicator; of two for one the first."""
    rules = dict(tables.indicators.select("id", instruments.aggregation()).iter_rows())
    rows: dict[str, dict[str, Any]] = {}
    for row in tables.questions.iter_rows(named=True):
        if row["indicator"] in rules and row["about"] != "partner" and row["type"] in FEEDING:
            rows.setdefault(row["indicator"], {**row, "rule": rules[row["indicator"]]})
    return rows


def answered(tables: Tables) -> pl.DataFrame:
    """`indicator`, `question`, `wave`, `organisation`, `value` (Float64): what each organisation's answer counts as, the mean of
    its people's where there are several. Answers that are no number count for nobody."""
    rows = []
    for indicator, row in feeding(tables).items():
        given = tables.answers.filter(pl.col("question") == row["id"])
        for wave, organisation, text in given.select("wave", "organisation", "value").iter_rows():
            value = number(text, row["type"])
            if value is not None and row["rule"] == "share" and row["type"] != "number":
                value = 100.0 * (value if row["type"] == "yes_no" else value >= HIGH)
            if value is not None:
                rows.append((indicator, row["id"], wave, organisation, value))
    types = {"indicator": pl.String, "question": pl.String, "wave": pl.String, "organisation": pl.String, "value": pl.Float64}
    frame = pl.DataFrame(rows, schema=types, orient="row")
    return frame.group_by("indicator", "question", "wave", "organisation", maintain_order=True).agg(pl.col("value").mean())


def behind(tables: Tables) -> pl.DataFrame:
    """The answers of `answered` with `pilot`: once for the whole programme (null), and once for each pilot of who answered."""
    frame = answered(tables)
    inside = frame.join(members(tables), on="organisation", how="inner", maintain_order="left")
    return pl.concat([frame.with_columns(pilot=pl.lit(None, pl.String)), inside.select(*frame.columns, "pilot")])


def worked_out(tables: Tables, before: Tables | None = None) -> Tables:
    """The tables with the results that answers make, in the place of those they made before.

    A result that names a question to which there is no answer, here or `before`, was brought in without the answers, and stays.
    """
    asked = tables.questions["indicator"].null_count() < tables.questions.height
    if not asked and tables.results["question"].null_count() == tables.results.height:
        return tables
    known = set(tables.answers["question"]) | (set(before.answers["question"]) if before else set())
    kept = tables.results.filter(pl.col("question").is_null() | ~pl.col("question").is_in(list(known)))
    new = pl.DataFrame(list(_results(tables)), schema=tables.results.schema)
    new = new.join(kept, on=_KEY, how="anti", nulls_equal=True, maintain_order="left")
    results = in_old_order(pl.concat([kept, new]), tables.results, _KEY)
    return tables if results.equals(tables.results) else tables.with_(results=results)


def without(tables: Tables) -> Tables:
    """The tables without results that answers make: those are nobody's to change or to merge."""
    known = tables.answers["question"].unique().to_list()
    return tables.with_(results=tables.results.filter(pl.col("question").is_null() | ~pl.col("question").is_in(known)))


def _results(tables: Tables) -> Iterator[dict[str, Any]]:
    """A row of results for each indicator, wave and cut, in the order of the questions, waves and pilots."""
    questions = feeding(tables)
    order = {pilot: at for at, pilot in enumerate([None, *tables.pilots["id"]])}
    waves = {wave: at for at, wave in enumerate(tables.waves["id"])}
    cells: dict[tuple[str, str, str | None], list[float]] = {}
    for indicator, wave, pilot, value in behind(tables).select("indicator", "wave", "pilot", "value").iter_rows():
        cells.setdefault((indicator, wave, pilot), []).append(value)
    place = {indicator: at for at, indicator in enumerate(questions)}
    for (indicator, wave, pilot), values in sorted(
        cells.items(), key=lambda cell: (place[cell[0][0]], waves[cell[0][1]], order[cell[0][2]])
    ):
        row = questions[indicator]
        is_share = row["rule"] == "share" and row["type"] != "number"
        value = sum(values) if row["rule"] == "sum" else fmean(values)
        yield {
            "indicator": indicator,
            "pilot": pilot,
            "wave": wave,
            "value": round(value, 9),
            "n": len(values),
            "sd": None if is_share or row["rule"] == "sum" or len(values) < 2 else round(stdev(values), 9),
            "evidence": f"{MARK}: “{cut(row['wording'] or row['id'], 400)}”",
            "question": row["id"],
        }
