"""Findings: what changed, or was to be improved, in words, by theme and by voice.

Outcome Harvesting (Wilson-Grau & Britt 2012, revised 2013): an outcome is an observed change in what somebody does, with its
significance, the programme's contribution, and substantiation by somebody who knows but does not gain. A count of findings
counts sentences, not effects: more of them is not more impact, and a voice without one has not been heard, which is no view.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import polars as pl

from wtnet.measures.by_group import pilots_of
from wtnet.tables import Tables, coverage, waves
from wtnet.tables.columns import THEMES
from wtnet.tables.coverage import Unknown
from wtnet.tables.derived import derived
from wtnet.tables.evidence import FINDING_KINDS, STANDINGS, VOICES
from wtnet.tables.pilots import members

NOT_SAID = "not_recorded"
"""In the place of a voice that is not recorded."""
HEARD = tuple(voice for voice in VOICES if voice != "other")
"""The voices whose silence is reported; "other" is everybody else."""


@derived
def findings(tables: Tables, wave: str | None = None) -> pl.DataFrame:
    """The findings of these tables up to a wave (null: all), theme by theme; within a theme what changed and what nobody
    expected in the order of the tables, then what was to be improved.

    Columns: those of the table, with `kind` and `standing` filled in where they are empty; `about` (programme, pilot, partner or
    partnership), and `pilot_name`, `organisation_name`, `other_name` and `wave_name` (null where there is none). A finding with
    neither wave nor date belongs to every wave.
    """
    frame = tables.findings.with_row_index("_row").with_columns(
        pl.col("theme", "voice", "sharing").cast(pl.String),
        kind=pl.col("kind").cast(pl.String).fill_null("change"),
        standing=pl.col("standing").cast(pl.String).fill_null("claimed"),
        other=pl.when(pl.col("organisation").is_not_null()).then("other"),
        organisation=pl.coalesce("organisation", "other"),
    )
    for column, table in (("pilot", "pilots"), ("organisation", "organisations"), ("other", "organisations"), ("wave", "waves")):
        names = tables.names(table)
        named_by = pl.col(column).replace_strict(names, default=None, return_dtype=pl.String)
        frame = frame.with_columns(named_by.alias(f"{column}_name"))
    frame = frame.with_columns(
        about=pl.when(pl.col("other").is_not_null())
        .then(pl.lit("partnership"))
        .when(pl.col("organisation").is_not_null())
        .then(pl.lit("partner"))
        .when(pl.col("pilot").is_not_null())
        .then(pl.lit("pilot"))
        .otherwise(pl.lit("programme"))
    )
    order = [pl.col("theme").cast(pl.Enum(list(THEMES))), pl.col("kind") == "to_improve", pl.col("_row")]
    return _up_to(frame, tables, wave).sort(order).drop("_row")


def _up_to(frame: pl.DataFrame, tables: Tables, wave: str | None) -> pl.DataFrame:
    """The findings of a wave and of those before it, and those whose date is not after its day."""
    order = waves.in_order(tables)
    if wave not in order:
        return frame
    passed = order[: order.index(wave) + 1]
    day = dict(tables.waves.select("id", "date").iter_rows())[wave]
    dated = pl.lit(day, pl.Date).is_null() | pl.col("date").is_null() | (pl.col("date") <= pl.lit(day, pl.Date))
    return frame.filter(pl.when(pl.col("wave").is_not_null()).then(pl.col("wave").is_in(passed)).otherwise(dated))


def narrowed(
    frame: pl.DataFrame,
    tables: Tables,
    pilots: Collection[str] = (),
    partner: str | None = None,
    other: str | None = None,
    themes: Collection[str] = (),
    voices: Collection[str] = (),
    outcomes: Collection[str] = (),
) -> pl.DataFrame:
    """The findings of these pilots, of a partner (or of the partnership of two), themes, voices and funders' outcomes; () keeps
    all. A finding is of a pilot if it is about it, or about nothing but partners of which one takes part in it; it is of a
    partner if it names it; of a partnership if it names both."""
    if themes:
        frame = frame.filter(pl.col("theme").is_in(list(themes)))
    if voices:
        frame = frame.filter(pl.col("voice").fill_null(NOT_SAID).is_in(list(voices)))
    if outcomes:
        frame = frame.filter(outcome_ids().list.set_intersection(list(outcomes)).list.len() > 0)
    if pilots:
        inside = members(tables).filter(pl.col("pilot").is_in(list(pilots)))["organisation"].unique().to_list()
        theirs = pl.any_horizontal(pl.col("organisation", "other").is_in(inside)).fill_null(False) & pl.col("pilot").is_null()
        frame = frame.filter(pl.col("pilot").is_in(list(pilots)).fill_null(False) | theirs)
    for named in (partner, other):
        if named is not None:
            frame = frame.filter(pl.any_horizontal(pl.col("organisation", "other") == named).fill_null(False))
    return frame


def near(frame: pl.DataFrame, partners: Collection[str], pilots: Collection[str], together: bool = False) -> pl.DataFrame:
    """The findings that name some partners (`together`: two of them) first, then those about some pilots that name nobody."""
    ends = [pl.col(end).is_in(list(partners)).fill_null(False) for end in ("organisation", "other")]
    naming = ends[0] & ends[1] if together else ends[0] | ends[1]
    of_pilots = (pl.col("about") == "pilot") & pl.col("pilot").is_in(list(pilots)).fill_null(False)
    return pl.concat([frame.filter(naming), frame.filter(of_pilots & ~naming)])


def cut(
    frame: pl.DataFrame,
    tables: Tables,
    places: Sequence[str] = (),
    target_groups: Sequence[str] = (),
    pilots: Sequence[str] = (),
    kinds: Collection[str] = (),
    themes: Collection[str] = (),
) -> pl.DataFrame:
    """The findings in a cut of results (the arguments of `impact.cut`); an empty choice means any.

    By kinds of partner: those that name a partner of one, and those about a pilot with one that name nobody. What is about the
    whole programme is in no cut by pilots or kinds.
    """
    frame = narrowed(frame, tables, themes=themes)
    if places or target_groups or pilots:
        inside = pilots_of(tables, places, target_groups, pilots)
        frame = narrowed(frame, tables, pilots=inside) if inside else frame.clear()
    if kinds:
        partners = tables.organisations.filter(pl.col("kind").cast(pl.String).is_in(list(kinds)))["id"].to_list()
        with_one = members(tables).filter(pl.col("organisation").is_in(partners))["pilot"].unique().to_list()
        order = frame.select("id")
        frame = order.join(near(frame, partners, with_one), on="id", how="inner", maintain_order="left")
    return frame


def outcome_ids() -> pl.Expr:
    """The ids in the column `outcomes` of findings or indicators, as a list."""
    ids = pl.col("outcomes").fill_null("").str.split(";").list.eval(pl.element().str.strip_chars())
    return ids.list.set_difference(pl.lit([""]))


def by_theme_and_voice(frame: pl.DataFrame) -> pl.DataFrame:
    """How many findings (`findings` gives them) each voice has in each theme: one row for every theme and voice, in their order,
    those without any among them; the voices `other` and `not_recorded` only where they have some.

    Columns: `theme`, `voice`, `findings`, and of them `change`, `to_improve`, `unexpected`.
    """
    voiced = frame.with_columns(pl.col("voice").fill_null(NOT_SAID))
    there = set(voiced["voice"])
    voices = [voice for voice in (*HEARD, "other", NOT_SAID) if voice in HEARD or voice in there]
    cells = pl.DataFrame({"theme": list(THEMES)}).join(pl.DataFrame({"voice": voices}), how="cross")
    kinds = [(pl.col("kind") == kind).sum().alias(kind) for kind in FINDING_KINDS]
    counted = voiced.group_by("theme", "voice").agg(pl.len().alias("findings"), *kinds)
    return cells.join(counted, on=["theme", "voice"], how="left", maintain_order="left").with_columns(
        pl.col("findings", *FINDING_KINDS).fill_null(0).cast(pl.Int64)
    )


def silent(frame: pl.DataFrame) -> list[str]:
    """The voices of `HEARD` without a finding in any theme, in their order."""
    there = set(frame["voice"].drop_nulls())
    return [voice for voice in HEARD if voice not in there]


def silence(tables: Tables) -> Unknown | None:
    """Why it cannot be said of a voice without a finding that it was not heard; None where it can: the record is complete."""
    return coverage.unknown(tables, "findings")


def standings(frame: pl.DataFrame) -> pl.DataFrame:
    """How many findings of each theme have which standing: one row a theme, in order. Columns: `theme`, `findings`, and
    `claimed`, `supported`, `confirmed`, `disputed`."""
    words = [(pl.col("standing") == word).sum().cast(pl.Int64).alias(word) for word in STANDINGS]
    counted = frame.group_by("theme").agg(pl.len().cast(pl.Int64).alias("findings"), *words)
    themes = pl.DataFrame({"theme": list(THEMES)})
    return themes.join(counted, on="theme", how="left", maintain_order="left").with_columns(pl.exclude("theme").fill_null(0))


def suggested_standing(tables: Tables, finding: str) -> str | None:
    """The standing that the partners' answers to a finding speak for: disputed if one does not agree, confirmed if one agrees
    fully and all at least partly; null where nobody answered, or nobody agrees more than partly. The lead decides."""
    answers = set(tables.confirmations.filter(pl.col("finding") == finding)["answer"].cast(pl.String).drop_nulls())
    if "no" in answers:
        return "disputed"
    return "confirmed" if "fully" in answers else None


def named(tables: Tables, partner: str) -> pl.DataFrame:
    """The findings that name a partner, in the order of `findings`: what it is asked about when findings are confirmed."""
    return narrowed(findings(tables), tables, partner=partner)
