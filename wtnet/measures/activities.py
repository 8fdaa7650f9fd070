"""Activities: what was done, how many people it reached, which partners took part, and who met whom there."""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple

import polars as pl

from wtnet.measures.impact.levels import THRESHOLD
from wtnet.tables import Tables, coverage, waves
from wtnet.tables.columns import THEMES
from wtnet.tables.coverage import Unknown
from wtnet.tables.evidence import ACTIVITY_KINDS
from wtnet.tables.schema import KINDS

By = Literal["kind", "theme", "wave", "pilot"]


def activities(tables: Tables, wave: str | None = None) -> pl.DataFrame:
    """The activities up to a wave (null: all), in the order of their days, undated ones last.

    Columns: `id`, `name`, `kind`, `theme`, `pilot`, `pilot_name`, `wave` (`waves.of_activities`), `wave_name`, `starts`, `ends`,
    `place`, `mode`, `people` (null: not known), `withheld` (the number is not for this audience), `partners` (how many took
    part; null where no attendance of it is recorded), `description`, `source_url`. An undated activity belongs to every wave.
    """
    return _with_whole(tables, wave).drop("_whole")


def _with_whole(tables: Tables, wave: str | None = None) -> pl.DataFrame:
    """The same with `_whole`: the number of people, known to the lead."""
    known = tables.known.activities.select(id="id", _whole="people")
    took_part = tables.attendances.group_by(id="activity").agg(partners=pl.len().cast(pl.Int64))
    order = waves.in_order(tables)
    frame = (
        waves.of_activities(tables)
        .with_row_index("_row")
        .join(known, on="id", how="left", maintain_order="left")
        .join(took_part, on="id", how="left", maintain_order="left")
        .with_columns(
            pl.col("kind", "theme", "mode").cast(pl.String),
            pilot_name=pl.col("pilot").replace_strict(tables.names("pilots"), default=None, return_dtype=pl.String),
            wave_name=pl.col("wave").replace_strict(tables.names("waves"), default=None, return_dtype=pl.String),
            withheld=pl.col("people").is_null() & pl.col("_whole").is_not_null(),
        )
    )
    if wave in order:
        later = pl.lit(order[order.index(wave) + 1 :], pl.List(pl.String))
        after_all = pl.col("wave").is_null() & _dated(tables)
        frame = frame.filter(~pl.col("wave").is_in(later).fill_null(False), ~after_all.fill_null(False))
    return frame.sort("starts", "_row", nulls_last=True).select(
        "id", "name", "kind", "theme", "pilot", "pilot_name", "wave", "wave_name", "starts", "ends", "place", "mode", "people",
        "withheld", "partners", "description", "source_url", "_whole",
    )  # fmt: skip


def _dated(tables: Tables) -> pl.Expr:
    """True for an activity that can be set beside the days of the waves."""
    return pl.col("starts").is_not_null() & pl.lit(tables.waves["date"].drop_nulls().len() > 0)


def outputs(tables: Tables, by: By, wave: str | None = None) -> pl.DataFrame:
    """What was done, by kind, theme, wave or pilot, in their order; what has none is left out, and activities of which it is
    not recorded come last (`group` null).

    Columns: `group`, `activities`, `people` (the sum of what is known; null where nothing is known or it is withheld), `of` (how
    many activities the sum rests on), `unknown` (how many of whose people nothing is known), `withheld` (true where a number is
    not for this audience and the sum would tell it). A sum takes in all numbers of the programme that are withheld or none, so
    that no two sums give one away (`impact.suppression`).
    """
    counted = (
        _with_whole(tables, wave)
        .group_by(group=pl.col(by), maintain_order=True)
        .agg(pl.len().cast(pl.Int64).alias("activities"), **_sums())
        .with_columns(withheld=~_told(tables))
        .with_columns(people=pl.when(~pl.col("withheld") & (pl.col("of") > 0)).then("people"))
    )
    rank = {group: place for place, group in enumerate(_order(tables, by))}
    placed = counted.with_columns(_at=pl.col("group").replace_strict(rank, default=None, return_dtype=pl.Int64))
    return placed.sort("_at", nulls_last=True).select("group", "activities", "people", "of", "unknown", "withheld")


def _order(tables: Tables, by: By) -> list[str]:
    if by == "wave":
        return waves.in_order(tables)
    return {"kind": list(ACTIVITY_KINDS), "theme": list(THEMES), "pilot": tables.pilots["id"].to_list()}[by]


class PeopleReached(NamedTuple):
    """How many people activities reached: the sum (null: not known, or `withheld`), on how many activities it rests (`of`), and
    of how many nothing is known. Somebody who came twice counts twice."""

    people: int | None
    of: int
    unknown: int
    withheld: bool


def reached(tables: Tables, wave: str | None = None) -> PeopleReached:
    """How many people all activities up to a wave reached together."""
    sums = _with_whole(tables, wave).select(**_sums()).with_columns(withheld=~_told(tables))
    row = sums.row(0, named=True)
    people = row["people"] if row["of"] and not row["withheld"] else None
    return PeopleReached(people, row["of"], row["unknown"], row["withheld"])


def _sums() -> dict[str, pl.Expr]:
    return {
        "people": pl.col("_whole").sum(),
        "of": pl.col("_whole").count().cast(pl.Int64),
        "unknown": pl.col("_whole").null_count().cast(pl.Int64),
        "_hidden": pl.col("withheld").sum().cast(pl.Int64),
    }


def _told(tables: Tables) -> pl.Expr:
    """Whether a sum of `_sums` may be told: nothing in it is withheld, or all that is withheld in the programme, if that is two
    numbers at least and not a small number together."""
    hidden = _with_whole(tables).filter("withheld")["_whole"]
    enough = hidden.len() >= 2 and int(hidden.sum()) >= THRESHOLD
    return (pl.col("_hidden") == 0) | (pl.lit(enough) & (pl.col("_hidden") == hidden.len()))


class Attendance(NamedTuple):
    """`partners`: one row a partner, in the order of the organisations: `organisation`, `name`, `kind`, `activities` (how many it
    took part in), `hosted` (how many of them it hosted or led), `first` and `last` (days, null where not known), `met` (how many
    other partners took part in one of them). `kinds`: `kind`, `partners`, `took_part`, `never`. `gap`: why it cannot be said of a
    partner that it never took part; None where it can. Then `activities`, `hosted` and `met` of one without an attendance, and
    `never`, are null."""

    partners: pl.DataFrame
    kinds: pl.DataFrame
    gap: Unknown | None


def attendance(tables: Tables, wave: str | None = None) -> Attendance:
    """Who took part in activities up to a wave, and who never has, by kind of partner. Where no attendance at all is recorded,
    nobody is said never to have taken part."""
    gap = untold(tables)
    days = activities(tables, wave).select("starts", activity="id")
    met = met_at(tables, wave)
    each = pl.concat([met.select(organisation="source", _with="target"), met.select(organisation="target", _with="source")])
    leading = pl.col("role").cast(pl.String).is_in(["host", "leads"])
    attended = (
        tables.attendances.join(days, on="activity")
        .group_by("organisation")
        .agg(
            activities=pl.len().cast(pl.Int64),
            hosted=leading.fill_null(False).sum().cast(pl.Int64),
            first=pl.col("starts").min(),
            last=pl.col("starts").max(),
        )
    )
    counts = ("activities", "hosted", "met")
    partners = (
        tables.organisations.select("name", pl.col("kind").cast(pl.String), organisation="id")
        .join(attended, on="organisation", how="left", maintain_order="left")
        .join(
            each.group_by("organisation").agg(met=pl.len().cast(pl.Int64)), on="organisation", how="left", maintain_order="left"
        )
        .with_columns(met=pl.when(pl.col("activities").is_not_null()).then(pl.col("met").fill_null(0)))
        .with_columns(pl.col(counts) if gap else pl.col(counts).fill_null(0))
        .select("organisation", "name", "kind", *counts[:2], "first", "last", "met")
    )
    took_part = (pl.col("activities") > 0).fill_null(False).sum().cast(pl.Int64)
    never = pl.lit(None, pl.Int64) if gap else (pl.col("activities") == 0).sum().cast(pl.Int64)
    kinds = partners.group_by("kind").agg(partners=pl.len().cast(pl.Int64), took_part=took_part, never=never)
    order = pl.col("kind").cast(pl.Enum(list(KINDS)))
    return Attendance(partners, kinds.sort(order), gap)


def untold(tables: Tables) -> Unknown | None:
    """Why it cannot be said of a partner that it took part in nothing; None where it can."""
    if tables.attendances.is_empty():
        return coverage.unknown(tables, "attendances", "activities") or Unknown("attendances", "partial")
    return coverage.unknown(tables, "attendances", "activities")


def met_at(tables: Tables, wave: str | None = None, since: date | None = None) -> pl.DataFrame:
    """Which partners took part in one activity (up to a wave, and begun on or after a day): the projection of partners and
    activities on partners (Borgatti & Everett 1997, Social Networks 19(3), doi 10.1016/S0378-8733(96)00301-2).

    Columns: `source` and `target` (source before target by id), `activities` (how many both took part in), sorted by source and
    target. With `since`, undated activities are left out.
    """
    days = activities(tables, wave).select("starts", activity="id")
    days = days.filter(pl.col("starts") >= since) if since else days
    inside = tables.attendances.select("activity", "organisation").join(days.select("activity"), on="activity", how="semi")
    pairs = inside.join(inside, on="activity", suffix="_other").filter(pl.col("organisation") < pl.col("organisation_other"))
    counted = pairs.group_by(source="organisation", target="organisation_other").agg(activities=pl.len().cast(pl.Int64))
    return counted.sort("source", "target")


def parts(tables: Tables) -> dict[tuple[str, str], str]:
    """The part of each partner in each activity, by (partner, activity); takes_part where none is named."""
    rows = tables.attendances.select("organisation", "activity", pl.col("role").cast(pl.String).fill_null("takes_part"))
    return {(partner, activity): role for partner, activity, role in rows.iter_rows()}


def timeline(tables: Tables, partner: str, wave: str | None = None) -> pl.DataFrame:
    """What a partner took part in up to a wave, in the order of days: the columns of `activities`, `role` (takes_part where that
    is empty) and `from_it` (how many people came from it; null where not known or not for this audience)."""
    own = tables.attendances.filter(pl.col("organisation") == partner)
    role = pl.col("role").cast(pl.String).fill_null("takes_part")
    return activities(tables, wave).join(
        own.select(role, id="activity", from_it="people"), on="id", how="inner", maintain_order="left"
    )
