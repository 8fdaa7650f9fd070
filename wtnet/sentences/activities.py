"""What was done, in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from wtnet.analysis.meeting import MeetingTest
from wtnet.measures import activities as measures
from wtnet.measures.activities import Attendance, PeopleReached
from wtnet.network import Network
from wtnet.sentences.format import WITHHELD, count, figure, how_many, listed, share, verb
from wtnet.sentences.waves import names as wave_names
from wtnet.tables import Tables
from wtnet.tables.columns import THEMES
from wtnet.tables.evidence import ACTIVITY_KINDS, MODES, ROLES
from wtnet.tables.schema import KINDS

METHOD = (
    "People reached are added up over the activities that counted them: somebody who came to several is counted in each, and an "
    "activity without a number is unknown, not nought. Two partners *met* where both had a part in the same activity; that is no "
    "partnership (the two-mode network of partners and activities and its projection: Borgatti & Everett 1997). An activity "
    "belongs to the first wave on or after the day it ended."
)
_LABELS = {"kind": ACTIVITY_KINDS, "theme": THEMES}


def headline(tables: Tables, wave: str | None) -> str:
    """How many activities of which kinds, whom they reached, and how many partners took part; "" for no activity."""
    outputs = measures.outputs(tables, "kind", wave)
    number = int(outputs["activities"].sum())
    if not number:
        return ""
    kinds = [
        f"{part(tables, 'kind', kind).lower()} ({many:,})" for kind, many in outputs.select("group", "activities").iter_rows()
    ]
    sentence = f"{count(number, 'activity', 'activities')}: {listed(kinds, most=6)}."
    return " ".join([sentence, reached(measures.reached(tables, wave)), took_part(measures.attendance(tables, wave))])


def part(tables: Tables, by: measures.By, group: str | None) -> str:
    """What a group of `activities.outputs` is called."""
    if group is None:
        return {"wave": "After the last wave, or day not known", "pilot": "The whole programme"}.get(by, "Not recorded")
    if by == "wave":
        return f"Up to {wave_names(tables)[group]}"
    return str((tables.names("pilots") if by == "pilot" else _LABELS[by])[group])


def reached(people: PeopleReached) -> str:
    """How many people all activities reached, and in how many of them that is known."""
    if people.withheld:
        return "How many people they reached is withheld: small numbers."
    if people.people is None:
        return "How many people they reached is not recorded."
    if not people.unknown:
        return f"They reached {count(people.people, 'person', 'people')}, whoever came to several counted in each."
    return f"The {people.of:,} that counted their people reached {people.people:,}; of the others it is not recorded."


def people_text(row: Mapping[str, Any]) -> str:
    """The people of a row of `activities.outputs` as a cell: "213 (4 of 6 counted)", "not recorded", "withheld"."""
    if row["withheld"]:
        return WITHHELD
    if row["people"] is None:
        return "not recorded"
    counted = f" ({row['of']:,} of {row['of'] + row['unknown']:,} counted)" if row["unknown"] else ""
    return f"{row['people']:,}{counted}"


def took_part(taking: Attendance) -> str:
    """How many partners had a part in an activity; where the record does not tell of all, no more than who is in it."""
    there, every = int(taking.kinds["took_part"].sum()), int(taking.kinds["partners"].sum())
    if taking.gap is None:
        who = f"{there:,}" if there else "None"
        return f"{who} of {count(every, 'partner')} took part in at least one."
    if not there:
        return f"Who took part is {taking.gap.words}."
    return f"{count(there, 'partner')} {verb(there)} recorded as having taken part; the record does not tell of all."


def took_part_cell(taking: Attendance, there: int, partners: int) -> str:
    """How many of a kind took part: "8 of 14"; where the record does not tell of all, "5 on record", or its words for none."""
    if taking.gap is None:
        return f"{there:,} of {partners:,}"
    return f"{there:,} on record" if there else taking.gap.words


def never(taking: Attendance, kind: str) -> str:
    """Who of a kind has never taken part, by name; the words of the gap where that cannot be said."""
    if taking.gap is not None:
        return taking.gap.words
    absent = taking.partners.filter(pl.col("kind") == kind, pl.col("activities") == 0)["name"].to_list()
    return listed(absent, most=8) or "–"


def days(row: Mapping[str, Any]) -> str:
    """When an activity was: "4 March 2024", "1 February 2024 to 1 June 2025", "day not recorded"."""
    first, last = row["starts"], row["ends"]
    if first is None:
        return f"until {_day(last)}" if last else "day not recorded"
    return _day(first) if last in (None, first) else f"{_day(first)} to {_day(last)}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def about(row: Mapping[str, Any]) -> str:
    """What else is known of a row of `activities.activities`: "Network meeting · Northcliff · in person · 24 people"."""
    people = WITHHELD if row["withheld"] else count(row["people"], "person", "people") if row["people"] is not None else None
    parts = [
        ACTIVITY_KINDS[row["kind"]] if row["kind"] else None,
        row["pilot_name"],
        row["place"],
        MODES[row["mode"]].lower() if row["mode"] else None,
        f"people {people}" if people == WITHHELD else people,
    ]
    return " · ".join(each for each in parts if each)


def role(name: str | None) -> str:
    """What a partner did there; one that does not say took part."""
    return ROLES[name or "takes_part"]


def table(activities: pl.DataFrame) -> pl.DataFrame:
    """Rows of `activities.activities` for people; people and partners null where not recorded or withheld."""
    return activities.select(
        activity="name",
        kind=pl.col("kind").replace(ACTIVITY_KINDS),
        theme=pl.col("theme").replace(THEMES),
        pilot="pilot_name",
        wave="wave_name",
        first_day="starts",
        last_day="ends",
        place="place",
        mode=pl.col("mode").replace(MODES),
        people=pl.when("withheld").then(pl.lit(WITHHELD)).otherwise(pl.col("people").cast(pl.String)),
        partners="partners",
        description="description",
        source="source_url",
    )


def parts_table(tables: Tables, activities: pl.DataFrame) -> pl.DataFrame:
    """Who took part in which activity: partner, kind, activity, role."""
    partners = tables.organisations.select(organisation="id", partner="name", kind=pl.col("kind").cast(pl.String).replace(KINDS))
    role = pl.col("role").cast(pl.String).fill_null("takes_part").replace(ROLES)
    attendances = tables.attendances.select("organisation", "activity", role=role)
    return (
        attendances.join(activities.select(activity="id", called="name"), on="activity", maintain_order="left")
        .join(partners, on="organisation", maintain_order="left")
        .select("partner", "kind", "role", activity="called")
    )


def met_table(tables: Tables, met: pl.DataFrame, network: Network) -> pl.DataFrame:
    """Who met whom (rows of `activities.met_at`): partner, other partner, times, partnership (in the wave of the network)."""
    names = tables.names("organisations")
    rows = [(names[one], names[other], times, network.graph.has_edge(one, other)) for one, other, times in met.iter_rows()]
    schema = {"partner": pl.String, "other partner": pl.String, "times": pl.Int64, "partnership": pl.Boolean}
    return pl.DataFrame(rows, schema=schema, orient="row").sort("times", descending=True, maintain_order=True)


def met_words(met: pl.DataFrame, network: Network) -> str:
    """How many pairs met, and how many of them have a partnership in the wave of the network."""
    tied = sum(network.graph.has_edge(one, other) for one, other in met.select("source", "target").iter_rows())
    pairs = f"{count(met.height, 'pair')} of partners met at one activity or more"
    return f"{pairs}; {how_many(tied)} of them {verb(tied or 1, 'has', 'have')} a partnership."


def meeting_sentence(result: MeetingTest, before: str, after: str) -> str:
    """Whether those who met became partners more often, with the numbers, the test and what it does not say."""
    if result.share_met is None or result.share_apart is None:
        return result.reason or "No two partners of whom it is known met, or all did, so there is nothing to set side by side."
    pairs = f"Of {count(result.met, 'pair')} that met and had no partnership at {before}, {how_many(result.new_met)}"
    others = f"of {result.apart:,} that did not meet, {how_many(result.new_apart)} ({share(result.share_apart, result.apart)})"
    numbers = f"{pairs} ({share(result.share_met, result.met)}) had one at {after}; {others}."
    unknown = f" Of {count(result.unknown, 'more pair')} that is not known." if result.unknown else ""
    test = result.test
    if result.reason or test.r is None or test.p is None:
        return f"{numbers}{unknown} {result.reason or 'That cannot be tested: it is the same for every pair.'}"
    low, high, r = (figure(value, digits=2) for value in (test.low, test.high, test.r))
    verdict = "That is within what chance would give"
    if test.p < 0.05:
        verdict = f"Those who met became partners {'more' if test.r > 0 else 'less'} often than chance would give"
    p = "p below 0.001" if test.p < 0.001 else f"p {figure(test.p, digits=3)}"
    figures = f"correlation {r}, by chance {low} to {high}; {p}; {count(test.n, 'partner')}"
    return (
        f"{numbers}{unknown} {verdict} ({figures}). It does not say that meeting made the difference: "
        "partners of one pilot meet and work together for the same reason."
    )
