"""Who was asked in a wave, who answered, and what they said."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import polars as pl

from wtnet.strength import active, directed
from wtnet.tables import own_scale, respondents, waves
from wtnet.tables.derived import derived
from wtnet.tables.model import Tables


@derived
def ratings_in(tables: Tables, wave: str | None) -> pl.DataFrame:
    """What each partner says of others in one wave, its people put together (`tables.respondents`), with what it says on scales
    of the lead's own (`tables.own_scale`); none if there is no wave. Self-scores never count."""
    ratings = tables["ratings"]
    if wave is None:
        return ratings.clear().drop(respondents.ROLE)
    answers = ratings.filter(pl.col("wave") == wave, pl.col("rater") != pl.col("partner"))
    return respondents.together(own_scale.with_overall(tables, answers))


waves_in_order = waves.in_order


def date_of(tables: Tables, wave: str | None) -> date | None:
    """The date of a wave, or None if it has none."""
    dates = tables["waves"].filter(pl.col("id") == wave)["date"] if wave is not None else pl.Series(dtype=pl.Date)
    return dates[0] if len(dates) else None


class AskedPartners(NamedTuple):
    """Who was asked in a wave: ids in the order of the organisations. `known` if a roster says so; else it is assumed."""

    partners: tuple[str, ...] = ()
    known: bool = False


@derived
def asked(tables: Tables, wave: str | None) -> AskedPartners:
    """Who was asked in a wave; nobody where there is no wave, or neither a roster nor an answer (a reporting date, say).

    Known: the partners on the roster of the wave, and all that rated somebody in it. Without a roster it is assumed to be
    all who could have said something: the partners in any rating of the wave or any partnership active on its date. Of
    these, one that rated nobody has left, and was not asked, if all its partnerships have ended and all that is said of it
    is "no tie".
    """
    tables = tables.known
    ratings, order = ratings_in(tables, wave), tables["organisations"]["id"]
    roster = set(tables["asked"].filter(pl.col("wave") == wave)["organisation"]) if wave is not None else set()
    raters = _ends(ratings, "rater")
    if roster or not raters:
        inside = roster | raters if roster else set()
        return AskedPartners(tuple(partner for partner in order if partner in inside), bool(roster))
    documents = tables["partnerships"]
    working, ever = (_ends(rows, "source", "target") for rows in (active(documents, date_of(tables, wave)), documents))
    reported = _ends(directed(ratings).filter(~pl.col("no_tie")), "rater", "partner")
    left = ever - working - reported - raters
    inside = (_ends(ratings, "rater", "partner") | working) - left
    return AskedPartners(tuple(partner for partner in order if partner in inside), False)


def _ends(frame: pl.DataFrame, *columns: str) -> set[str]:
    return {partner for column in columns for partner in frame[column].unique()}


def answers(tables: Tables, wave: str | None) -> dict[str, bool]:
    """Who took part in a wave: {partner: whether it rated someone}, for the partners that were `asked`.

    The response rate of the wave is the mean of its values. Never shown by name to others than the lead.
    """
    raters = _ends(ratings_in(tables.known, wave), "rater")
    return {partner: partner in raters for partner in asked(tables, wave).partners}


def silent(tables: Tables, wave: str | None) -> set[str]:
    """Who was asked in a wave and rated nobody (see `asked`)."""
    return {partner for partner, yes in answers(tables, wave).items() if not yes}
