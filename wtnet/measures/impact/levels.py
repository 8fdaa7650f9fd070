"""Results of pilots, of the whole programme and of single partners: each level by itself, never added to another.

A row without a pilot and a partner is of the whole *programme*. A row with a pilot is of that *pilot*; where it names a partner
too and stands beside others of the same pilot and wave, it is of that *partner*. Where a pilot has partners' rows and none of its
own, its figure is made of theirs by the indicator's rule: added, or weighted by n.

An indicator to which people of activities are added up (`activities.indicator`) has, where no row of its own says otherwise, a
running total for each pilot and wave, and for the programme of the activities without a pilot.
"""

from __future__ import annotations

from typing import Literal

import polars as pl

from wtnet.measures.impact import timing
from wtnet.tables import Tables, instruments, schema, waves
from wtnet.tables.derived import derived

Level = Literal["pilots", "programme", "partners"]
THRESHOLD = 5
"""What rests on fewer people is withheld from others than the lead (`suppression`)."""
WITHHELD = "withheld"
"""In the place of a row that is large enough but would give a small one away, or of which nobody knows how large it is."""
WHOLE = "whole-programme"
"""The id of the one pilot of `of_programme`."""
KEY = ["indicator", "pilot", "wave"]
KEYS = [*KEY, "organisation"]
"""What tells rows of results apart; pilot and organisation may be null."""
_SEPARATOR = "\x1f"


def at(tables: Tables, level: Level) -> Tables:
    """The tables with the results of one level, each under a pilot: as they are, the whole programme, or each partner by itself.

    Waves that count for results stay those of all levels, so that a first and a last wave mean the same.
    """
    if level == "pilots":
        return tables
    results = of_programme(tables) if level == "programme" else of_partners(tables)
    names = results.select(id="pilot", name="_name").unique("id", maintain_order=True)
    types = tables.pilots.schema
    empty = [pl.lit(None, kind).alias(name) for name, kind in types.items() if name not in ("id", "name", "ends")]
    last = pl.lit(tables.pilots["ends"].max(), pl.Date).alias("ends")
    counted = set(timing.order(tables))
    purpose = [wave in counted for wave in tables.waves["id"]]
    words = pl.Series("purpose", ["reporting" if yes else "survey" for yes in purpose], tables.waves.schema["purpose"])
    keeps_back = tables.audience != "lead"
    if keeps_back and "_hidden" in results.columns:
        results = results.with_columns(value=pl.when(~pl.col("_hidden").fill_null(False)).then("value"))
    return tables.with_(
        results=results.select(tables.results.columns),
        pilots=names.select("id", "name", *empty, last).select(list(types)),
        involvements=tables.involvements.clear(),
        activities=tables.activities.clear(),
        waves=tables.waves.with_columns(words),
    )


@derived
def of_pilots(tables: Tables) -> pl.DataFrame:
    """One row for each indicator, pilot and wave: the pilot's own, or the only one, or one made of its partners'; then those
    added up from activities. Columns: those of the table, and `_hidden` (see `from_activities`; null for all others)."""
    given = tables.results.filter(pl.col("pilot").is_not_null())
    rows, own = pl.len().over(KEY), pl.col("organisation").is_null()
    kept = given.filter(own | (rows == 1))
    parts = given.filter((rows > 1) & ~own.any().over(KEY))
    added = from_activities(tables).filter(pl.col("pilot").is_not_null()).join(given, on=KEY, how="anti")
    frames = [kept, *([_together(tables, parts)] if parts.height else []), added]
    return pl.concat(frames, how="diagonal")


def _together(tables: Tables, parts: pl.DataFrame) -> pl.DataFrame:
    """The rows of a pilot's partners as one: added or weighted by n; null where a value or a weight is missing."""
    rule = tables.indicators.select(indicator="id", _rule=instruments.aggregation())
    complete = pl.col("value").null_count() == 0
    n = pl.when(pl.col("n").null_count() == 0).then(pl.col("n").sum())
    mean = pl.when(n > 0).then((pl.col("value") * pl.col("n")).sum() / n)
    same = pl.col("same_people")
    columns = {
        "value": pl.when(complete & (pl.col("_rule").first() == "sum"))
        .then(pl.col("value").sum())
        .when(complete & pl.col("_rule").first().is_in(["mean", "share"]))
        .then(mean),
        "target": pl.col("target").drop_nulls().first(),
        "n": n,
        "same_people": pl.when((same == False).any()).then(False).when(same.null_count() == 0).then(True),  # noqa: E712
        "evidence": pl.format("Made of the results of {} partners", pl.len()),
        "source_url": pl.when(pl.col("source_url").drop_nulls().n_unique() == 1).then(pl.col("source_url").drop_nulls().first()),
    }
    joined = parts.join(rule, on="indicator", how="left").group_by(KEY, maintain_order=True).agg(**columns)
    return _like(tables, joined)


def from_activities(tables: Tables) -> pl.DataFrame:
    """What the people of activities add up to: a row for each indicator, pilot (null: of the programme) and wave that counts for
    results, from the first activity on, with the running total as its value; with `_hidden`, whether that takes in a number below
    the threshold. People count once for each activity; activities of which no number is known are said, not guessed."""
    empty = tables.results.clear().with_columns(_hidden=pl.lit(None, pl.Boolean))
    order = timing.order(tables)
    frame = waves.of_activities(tables.known).filter(pl.col("indicator").is_not_null())
    if frame.is_empty() or not order:
        return empty
    every = waves.in_order(tables)
    place = {wave: number for number, wave in enumerate(every)}
    frame = frame.with_columns(
        _at=pl.col("wave").replace_strict(place, default=None, return_dtype=pl.Int64),
        _small=(pl.col("people") > 0) & (pl.col("people") < THRESHOLD),
    )
    frame = frame.with_columns(_at=pl.when(pl.col("starts").is_null()).then(-1).otherwise("_at")).filter(
        pl.col("_at").is_not_null()
    )
    totals = [
        frame.filter(pl.col("_at") <= place[wave])
        .group_by("indicator", "pilot", maintain_order=True)
        .agg(
            wave=pl.lit(wave),
            value=pl.when(pl.col("people").count() > 0).then(pl.col("people").sum().cast(pl.Float64)),
            evidence=pl.when(pl.col("people").null_count() == 0)
            .then(pl.format("Added up from activities ({})", pl.len()))
            .otherwise(
                pl.format(
                    "Added up from activities ({} of {}; of the others no number is known)", pl.col("people").count(), pl.len()
                )
            ),
            _hidden=pl.col("_small").any(),
        )
        for wave in order
    ]
    joined = pl.concat(totals)
    return _like(tables, joined).with_columns(_hidden=joined["_hidden"])


def of_programme(tables: Tables) -> pl.DataFrame:
    """The rows of the whole programme, each under one pilot (`WHOLE`); with `_name`."""
    given = tables.results.filter(pl.col("pilot").is_null(), pl.col("organisation").is_null())
    added = from_activities(tables).filter(pl.col("pilot").is_null())
    added = added.join(given, on=["indicator", "wave"], how="anti")
    return pl.concat([given, added], how="diagonal").with_columns(pilot=pl.lit(WHOLE), _name=pl.lit("The whole programme"))


def of_partners(tables: Tables) -> pl.DataFrame:
    """The rows of single partners that stand for themselves, each under a pilot of its own; with `_name`."""
    pilots, partners = tables.names("pilots"), tables.names("organisations")
    given = tables.results.filter(_of_partner())
    rows = given.select("pilot", "organisation").rows()
    named = [f"{partners.get(of, of)} in {pilots.get(pilot, pilot)}" if pilot else partners.get(of, of) for pilot, of in rows]
    ids = [f"{of}{_SEPARATOR}{pilot or ''}" for pilot, of in rows]
    return given.with_columns(pilot=pl.Series(ids, dtype=pl.String), _name=pl.Series(named, dtype=pl.String))


def pilot_behind(id: str) -> str | None:
    """The pilot behind an id of `of_partners`; null for a result of a partner in the whole programme."""
    return id.partition(_SEPARATOR)[2] or None


def _of_partner() -> pl.Expr:
    """True for a row of a single partner that does not stand for its pilot."""
    alone = pl.col("pilot").is_not_null() & (pl.len().over(KEY) == 1)
    return pl.col("organisation").is_not_null() & ~alone


def _like(tables: Tables, frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with all columns of the results, null where it has none."""
    types = schema.SCHEMAS["results"].polars()
    lacking = [pl.lit(None, kind).alias(name) for name, kind in types.items() if name not in frame.columns]
    return frame.with_columns(lacking).select(pl.col(name).cast(kind) for name, kind in types.items())
