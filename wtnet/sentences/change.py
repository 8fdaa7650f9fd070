"""What changed between two waves, in words: the sentence on top, who moved most, and why some pairs are unknown.

Pure functions from frames to frames and sentences; nothing here knows Streamlit, and nothing here is Markdown.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import polars as pl

from wtnet.measures import reach
from wtnet.network import Network, answers
from wtnet.sentences.format import count, cut, figure, listed, verb
from wtnet.tables.schema import KINDS

STATES = ("new", "stronger", "unchanged", "weaker", "ended", "unknown")
"""What may have become of a pair, in the order in which people read it."""
MEANINGS = {
    "new": "A tie at the later wave that was not there at the earlier one.",
    "stronger": "A tie in both waves whose strength (0–1) grew by at least 0.1.",
    "unchanged": "A tie in both waves whose strength moved by less than 0.1.",
    "weaker": "A tie in both waves whose strength fell by at least 0.1.",
    "ended": "A tie at the earlier wave that is not there at the later one.",
    "unknown": "Somebody who could have said did not answer in one of the waves, or a strength is not known.",
}


def headline(counts: Mapping[str, int], before: str, after: str) -> str:
    """What the figures say, in one or two sentences."""
    if not sum(counts.values()):
        return f"There is no partnership at {before} or at {after}, so nothing could change."
    said = (
        f"Between {before} and {after}, {count(counts['new'], 'partnership is', 'partnerships are')} new and "
        f"{counts['ended']:,} ended; {counts['stronger']:,} grew stronger, {counts['weaker']:,} grew weaker and "
        f"{counts['unchanged']:,} stayed much the same."
    )
    if counts["unknown"]:
        said += f" Of {counts['unknown']:,} nothing can be said."
    return said


def recorded(pairs: pl.DataFrame, after: Network) -> str:
    """That some of the pairs that are new since the first wave are documented as from before the programme; "" for none.

    Change tells what was reported in the two waves; `reach.since_baseline`, which Reach counts, takes the record's word.
    """
    known = reach.since_baseline(after)
    if known is None:
        return ""
    before = known.filter(pl.col("since") == "there before")
    number = pairs.filter(pl.col("state") == "new").join(before, on=["source", "target"], how="semi").height
    if not number:
        return ""
    which, one = f"{number:,} of the new ties {verb(number)}", number == 1
    how = f"nobody reported {'it' if one else 'them'} in the first wave, so {'it is' if one else 'they are'} new here"
    return f"{which} documented as from before the programme: {how}; Reach does not count {'it' if one else 'them'} as new."


def movers(pairs: pl.DataFrame, network: Network) -> pl.DataFrame:
    """How far each partner moved: partner, name, kind (label), a column per state (pairs), moved, without.

    `moved` adds up what is known of its ties: the strength of new ones, what stronger and weaker ones gained or lost, less
    the strength of ended ones; pairs of unknown state take no part, so that silence is not a loss. `without` counts the
    new and ended ties whose strength nobody has said. Null `moved` where nothing is known. Order of the organisations.
    """
    part = (
        pl.when(pl.col("state") == "new")
        .then(pl.col("after"))
        .when(pl.col("state") == "ended")
        .then(-pl.col("before"))
        .when(pl.col("state") != "unknown")
        .then(pl.col("difference"))
    )
    ends = pl.concat([pairs.select("state", part.alias("part"), partner=end) for end in ("source", "target")])
    is_a = [(pl.col("state") == state).sum().cast(pl.Int64).alias(state) for state in STATES]
    found = ends.group_by("partner").agg(
        *is_a,
        moved=pl.when(pl.col("part").count() > 0).then(pl.col("part").sum()),
        without=(pl.col("state").is_in(["new", "ended"]) & pl.col("part").is_null()).sum().cast(pl.Int64),
    )
    inside = network.tables.organisations.filter(pl.col("id").is_in(pl.Series(list(network.graph), dtype=pl.String).implode()))
    who = inside.select("name", partner="id", kind=pl.col("kind").cast(pl.String).replace_strict(KINDS, return_dtype=pl.String))
    return (
        who.join(found, on="partner", how="left", maintain_order="left")
        .with_columns(pl.col(*STATES, "without").fill_null(0))
        .select("partner", "name", "kind", *STATES, "moved", "without")
    )


def most(moved: pl.DataFrame, up: bool, number: int = 3) -> list[tuple[str, str, str]]:
    """The partners whose ties gained (or lost) most: (id, name, the rest of the sentence), largest first; only those that
    moved by 0.1."""
    side = moved.filter(pl.col("moved") >= 0.1 if up else pl.col("moved") <= -0.1)
    return [
        (row["partner"], row["name"], partner_said(row))
        for row in side.sort("moved", descending=up, maintain_order=True).head(number).iter_rows(named=True)
    ]


def partner_said(row: Mapping[str, Any]) -> str:
    """What became of one partner's ties, as the rest of a sentence that its name begins: "has 4 new ties, 6 that grew stronger
    and 1 that ended: 2.31 more strength in all. Of 2 ties nothing can be said."."""
    parts = [(row[state], words) for state, words in _BECAME if row[state]]
    told = [
        (count(number, "new tie") if words == "new" else f"{count(number, 'tie')} {words}" if not at else f"{number:,} {words}")
        for at, (number, words) in enumerate(parts)
    ]
    said = f"has {listed(told, len(_BECAME))}" if told else "has no tie that changed"
    if row["moved"]:
        said += f": {figure(abs(row['moved']), digits=2)} {'more' if row['moved'] > 0 else 'less'} strength in all"
    return f"{said}. Of {count(row['unknown'], 'tie')} nothing can be said." if row["unknown"] else f"{said}."


_BECAME = (
    ("new", "new"),
    ("stronger", "that grew stronger"),
    ("weaker", "that grew weaker"),
    ("ended", "that ended"),
)


def ties_most(pairs: pl.DataFrame, state: str, number: int = 3) -> list[tuple[str, str, str, str]]:
    """The ties of one state that moved most: (source, target, both names, the rest of the sentence), largest first."""
    size = {"new": "after", "ended": "before"}.get(state, "difference")
    found = pairs.filter((pl.col("state") == state) & pl.col(size).is_not_null())
    found = found.sort(pl.col(size).abs(), descending=True, maintain_order=True).head(number)
    return [
        (row["source"], row["target"], f"{cut(row['source_name'], 34)} and {cut(row['target_name'], 34)}", _tie_said(row))
        for row in found.iter_rows(named=True)
    ]


def _tie_said(row: Mapping[str, Any]) -> str:
    before, after = (figure(row[side], digits=2) for side in ("before", "after"))
    return {
        "new": f"work together now, at a strength of {after}.",
        "ended": f"no longer work together; their tie had a strength of {before}.",
        "stronger": f"grew closer, from {before} to {after}.",
        "weaker": f"grew less close, from {before} to {after}.",
    }[row["state"]]


# -- what is unknown, and why ------------------------------------------------------------------------------------------


def silent(network: Network) -> list[str]:
    """The partners that could have said something in a wave and rated nobody; none where nobody rated anybody."""
    said = answers(network.tables, network.wave)
    return (
        [partner for partner, answered in said.items() if not answered and partner in network.graph] if any(said.values()) else []
    )


def reasons(pairs: pl.DataFrame, before: Network, after: Network, waves: tuple[str, str]) -> pl.DataFrame:
    """The pairs of unknown state with the reason of each: partner, other partner, before, after, why."""
    unheard = {wave: silent(network) for wave, network in zip(waves, (before, after), strict=True)}
    rows = []
    for row in pairs.filter(pl.col("state") == "unknown").iter_rows(named=True):
        quiet = {
            wave: [row[f"{end}_name"] for end in ("source", "target") if row[end] in partners]
            for wave, partners in unheard.items()
        }
        why = "; ".join(f"{listed(names)} did not answer at {wave}" for wave, names in quiet.items() if names)
        rows.append(
            (
                row["source_name"],
                row["target_name"],
                row["before"],
                row["after"],
                why or "its strength is not known in both waves",
            )
        )
    schema = {"partner": pl.String, "other partner": pl.String, waves[0]: pl.Float64, waves[1]: pl.Float64, "why": pl.String}
    if waves[0] == waves[1]:
        schema = {"partner": pl.String, "other partner": pl.String, "before": pl.Float64, "after": pl.Float64, "why": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")


def quiet_said(network: Network, wave: str, concerned: Collection[str]) -> str | None:
    """Who of the partners of the unknown pairs did not answer in a wave; None if all did."""
    names = dict(network.tables.organisations.select("id", "name").iter_rows())
    quiet = [names[partner] for partner in silent(network) if partner in concerned]
    if not quiet:
        return None
    return f"At {wave}, {count(len(quiet), 'partner')} of these pairs did not answer: {listed(quiet, 8)}."
