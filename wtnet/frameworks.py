"""Funders' frameworks: the shipped table of outcomes that indicators can be tagged with.

The table is `data/frameworks/frameworks.csv`, to be edited or added to: one row an outcome, with its `id` (what an
indicator's `outcomes` column names), the `framework`, the `kind` of entry (outcome, principle …), its `name` as published,
where that can be read and, if anybody should know something about it, a `note`. Titles only: what they mean is in the source.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polars as pl

from wtnet.errors import UnreadableFile

SHIPPED = Path(__file__).resolve().parents[1] / "data" / "frameworks" / "frameworks.csv"
COLUMNS = ("id", "framework", "kind", "name", "source_url")


@cache
def outcomes(path: Path = SHIPPED) -> pl.DataFrame:
    """Every outcome, in the order of the file: the text columns `id`, `framework`, `kind`, `name`, `source_url`, `note`.

    The column `note` may be left out. A table that cannot be read, lacks another column, or gives an id twice or not at all is
    an UnreadableFile.
    """
    try:
        frame = pl.read_csv(path, infer_schema=False)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise UnreadableFile(
            f"The table of frameworks, {path.name}, cannot be read ({error}); mend it or put the shipped one back."
        ) from error
    missing = [name for name in COLUMNS if name not in frame.columns]
    if missing:
        raise UnreadableFile(f"The table of frameworks, {path.name}, lacks the column {missing[0]}; add it to the heading row.")
    frame = frame if "note" in frame.columns else frame.with_columns(note=pl.lit(None, pl.String))
    frame = frame.select(pl.col(name).str.strip_chars() for name in (*COLUMNS, "note"))
    wrong = frame.with_row_index("row", 2).filter(
        pl.col("id").is_null() | pl.col("framework").is_null() | pl.col("id").is_duplicated()
    )
    if wrong.height:
        raise UnreadableFile(
            f"The table of frameworks, {path.name}, row {wrong['row'][0]}: every outcome needs a framework and an id of its own."
        )
    return frame


def tags(indicators: pl.DataFrame, path: Path = SHIPPED) -> pl.DataFrame:
    """Which indicator is evidence for which outcome: one row for each id named in the indicators' `outcomes`.

    Columns `indicator`, `outcome` (the id as written), `framework`, `kind`, `name`, `source_url`, `note`; the last five are null
    for an id that is not in the table. An outcome named twice counts once.
    """
    named = (
        indicators.select(indicator="id", outcome=pl.col("outcomes").str.split(";"))
        .explode("outcome")
        .with_columns(pl.col("outcome").str.strip_chars())
        .filter(pl.col("outcome").str.len_bytes() > 0)
        .unique(maintain_order=True)
    )
    return named.join(outcomes(path).rename({"id": "outcome"}), on="outcome", how="left", maintain_order="left")


def names(path: Path = SHIPPED) -> list[str]:
    """The frameworks, in the order of the file."""
    return outcomes(path)["framework"].unique(maintain_order=True).to_list()


def under(indicators: pl.DataFrame, figures: pl.DataFrame, framework: str | None = None, path: Path = SHIPPED) -> pl.DataFrame:
    """Rows of figures, each with its `indicator`, under the outcomes of one framework or of all.

    Columns `framework`, `outcome` (its name), `outcome_kind`, and those of the figures. An outcome without evidence has one row
    in which these are null; what names no outcome of a framework stands at its end, with a null `outcome`. A row stands
    under each outcome its indicator names.
    """
    tagged = tags(indicators, path).join(figures, on="indicator", how="semi").select("indicator", "framework", "outcome")
    parts = []
    for name in names(path) if framework is None else [framework]:
        own = tagged.filter(pl.col("framework") == name)
        there = outcomes(path).filter(pl.col("framework") == name)
        named = there.select("framework", "id", outcome="name", outcome_kind="kind")
        evidence = named.join(own.select("indicator", id="outcome"), on="id", how="left", maintain_order="left_right").drop("id")
        parts.append(evidence.join(figures, on="indicator", how="left", maintain_order="left_right"))
        parts.append(figures.join(own, on="indicator", how="anti", maintain_order="left").with_columns(framework=pl.lit(name)))
    empty = figures.clear().select(framework=pl.lit(None, pl.String), outcome=pl.lit(None, pl.String),
                                   outcome_kind=pl.lit(None, pl.String), **{name: name for name in figures.columns})  # fmt: skip
    return pl.concat([empty, *parts], how="diagonal")


@dataclass(frozen=True)
class Outcome:
    """One outcome of a framework with the ids of the indicators that are evidence for it, in the order they were given."""

    id: str
    kind: str
    name: str
    source_url: str
    note: str
    indicators: tuple[str, ...]


def grouped(indicators: pl.DataFrame, framework: str, path: Path = SHIPPED) -> tuple[list[Outcome], list[str], list[str]]:
    """Indicators by the outcomes of one framework: every outcome, those without evidence too; then the ids of the indicators
    that name none of its outcomes; then the ids named that are in no framework at all.

    A framework that is not in the table has no outcomes.
    """
    tagged = tags(indicators, path)
    own = tagged.filter(pl.col("framework") == framework)
    indicators_of: dict[str, list[str]] = {}
    for indicator, outcome in own.select("indicator", "outcome").iter_rows():
        indicators_of.setdefault(outcome, []).append(indicator)
    rows = outcomes(path).filter(pl.col("framework") == framework).drop("framework").iter_rows(named=True)
    each = [
        Outcome(indicators=tuple(indicators_of.get(row["id"], ())), **{key: value or "" for key, value in row.items()})
        for row in rows
    ]
    inside = set(own["indicator"])
    without = [indicator for indicator in indicators["id"] if indicator not in inside]
    unknown = tagged.filter(pl.col("framework").is_null())["outcome"].unique(maintain_order=True).to_list()
    return each, without, unknown
