"""What changed between two waves: the sentence on top, who moved most, and why some pairs are unknown."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import polars as pl

from wtnet.measures import disclosure, lasting
from wtnet.measures.pair_states import KNOWN_NOW, KNOWN_THEN, RATED_TWICE, STILL_THERE, states
from wtnet.network import Network, asked, silent, waves_in_order
from wtnet.sentences.format import count, counted, cut, figure, how_many, listed, verb
from wtnet.tables.schema import KINDS

_RARE = ("first rated", "no longer rated", "documented only")
STATES = ("new", "stronger", "unchanged", "weaker", STILL_THERE, *_RARE, KNOWN_NOW, KNOWN_THEN, "ended", "unknown")
"""What may have become of a pair, in the order in which people read it."""
SOMETIMES = (*RATED_TWICE, STILL_THERE, *_RARE, KNOWN_NOW, KNOWN_THEN)
"""Those that are told only where there is such a pair, or where they are counted at all."""
MEANINGS = {
    "new": "A partnership at the later wave that was not there at the earlier one.",
    "stronger": "A partnership in both waves whose strength (0–1) grew by at least 0.1.",
    "unchanged": "A partnership in both waves whose strength moved by less than 0.1.",
    "weaker": "A partnership in both waves whose strength fell by at least 0.1.",
    "first rated": "A partnership in both waves that somebody rated at the later one only.",
    "no longer rated": "A partnership in both waves that somebody rated at the earlier one only.",
    "documented only": "A partnership in both waves that nobody rated: the record says that it is there, not how strong it is.",
    "still there": "A partnership in both waves. How strong one named partnership is, and how that moved, is for the "
    "programme lead.",
    "known now": "A partnership known at the later wave. Whether it is new, or nobody spoke of it before, is for the lead.",
    "known then": "A partnership known at the earlier wave. Whether it ended, or nobody spoke of it later, is for the lead.",
    "ended": "A partnership at the earlier wave that is not there at the later one.",
    "unknown": "In one of the waves somebody did not answer or neither was asked, or a strength is not known.",
}


def to_show(counts: Mapping[str, int]) -> list[str]:
    """The states to show a number of, from `measures.change.counts`: those that were counted, the rarer ones only where there is
    a pair in them; without the unknown, which stand apart."""
    return [state for state in STATES[:-1] if state in counts and (counts[state] or state not in _RARE)]


def headline(counts: Mapping[str, int], before: str, after: str) -> str:
    """What the figures say, in one or two sentences."""
    if not sum(counts.values()):
        return f"No partnership is known at {before} or at {after}, so no change can be told."
    if KNOWN_NOW in counts:
        parts = [f"{counted(counts[STILL_THERE], 'partnership is', 'partnerships are')} known at {before} and at {after}"]
        alone = ((counts[KNOWN_NOW], after), (counts[KNOWN_THEN], before))
        parts += [f"{number:,} at {wave} alone" for number, wave in alone if number]
        return f"{_capital(listed(parts))}; the rest is withheld."
    new = f"{counted(counts['new'], 'partnership is', 'partnerships are')} new"
    sentence = f"Between {before} and {after}, {new} and {how_many(counts['ended'])} ended"
    if number := counts.get(STILL_THERE):
        whose = "its" if number == 1 else "their"
        sentence += f"; {number:,} {verb(number)} in both, and how {whose} strength moved is withheld."
    elif STILL_THERE in counts:
        sentence += "; none is in both."
    elif rated := sum(counts[state] for state in RATED_TWICE):
        moved = [f"{how_many(counts[state])} {words}" for state, words in _MOVED.items()]
        sentence += f"; of the {rated:,} rated both times, {listed(moved)}."
    else:
        sentence += "; none was rated both times, so nothing can be said of how strength moved."
    others = [f"{counts[state]:,} {verb(counts[state])} {words}" for state, words in _NOT_COMPARED.items() if counts.get(state)]
    if others:
        sentence += f" Besides, {listed(others)}."
    if counts["unknown"]:
        sentence += f" Of {counts['unknown']:,} nothing can be said."
    return sentence


_MOVED = {"stronger": "grew stronger", "weaker": "grew weaker", "unchanged": "stayed much the same"}
_NOT_COMPARED = {
    "first rated": "rated for the first time",
    "no longer rated": "no longer rated",
    "documented only": "documented only",
}


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def count_documented_earlier(before: Network, after: Network) -> int:
    """How many pairs that are new since the first wave are documented as from before the programme; 0 where `before` is not the
    first wave, and where it is withheld which are new.

    Change compares what was reported in the two waves; `lasting.since_baseline`, which Reach counts, takes the record's word.
    """
    if before.wave not in waves_in_order(after.tables)[:1]:
        return 0
    if disclosure.response_reason(before) or disclosure.response_reason(after):
        return 0
    sides = disclosure.everything(before), disclosure.everything(after)
    since = lasting.since_baseline(sides[1])
    if since is None:
        return 0
    earlier = since.filter(pl.col("since") == "there before")
    return states(*sides).filter(pl.col("state") == "new").join(earlier, on=["source", "target"], how="semi").height


def documented_earlier(before: Network, after: Network) -> str:
    """The same as a sentence, which says why Reach counts fewer; "" for none."""
    number = count_documented_earlier(before, after)
    if not number:
        return ""
    them, they_are = ("it", "it is") if number == 1 else ("them", "they are")
    which = f"{number:,} of the new partnerships {verb(number)} documented as from before the programme"
    return f"{which}: nobody reported {them} in the first wave, so {they_are} new here; Reach does not count {them} as new."


def partner_moves(pairs: pl.DataFrame, network: Network) -> pl.DataFrame:
    """How far each partner moved: partner, name, kind (label), a column per state (pairs), moved, without.

    `moved` adds up what is known of its ties: the strength of new ones, what stronger and weaker ones gained or lost, less
    the strength of ended ones; null where nothing is known. Pairs of unknown state do not count, so silence is no loss.
    `without` counts the new and ended ties of unknown strength. Rows in the order of the organisations.
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
    moves = ends.group_by("partner").agg(
        *is_a,
        moved=pl.when(pl.col("part").count() > 0).then(pl.col("part").sum()),
        without=(pl.col("state").is_in(["new", "ended"]) & pl.col("part").is_null()).sum().cast(pl.Int64),
    )
    inside = network.tables.organisations.filter(pl.col("id").is_in(pl.Series(list(network.graph), dtype=pl.String).implode()))
    partners = inside.select(
        "name", partner="id", kind=pl.col("kind").cast(pl.String).replace_strict(KINDS, return_dtype=pl.String)
    )
    return (
        partners.join(moves, on="partner", how="left", maintain_order="left")
        .with_columns(pl.col(*STATES, "without").fill_null(0))
        .select("partner", "name", "kind", *STATES, "moved", "without")
    )


def most_moved(moves: pl.DataFrame, up: bool, number: int = 3) -> list[tuple[str, str, str]]:
    """The partners whose ties gained (or lost) most, at least 0.1: (id, name, the rest of the sentence), largest first.

    `moves` as `partner_moves` gives them.
    """
    side = moves.filter(pl.col("moved") >= 0.1 if up else pl.col("moved") <= -0.1)
    return [
        (row["partner"], row["name"], partner_sentence(row))
        for row in side.sort("moved", descending=up, maintain_order=True).head(number).iter_rows(named=True)
    ]


def partner_sentence(row: Mapping[str, Any]) -> str:
    """What became of one partner's ties, as the rest of a sentence that its name begins: "has 4 new ties, 6 that grew stronger
    and 1 that ended: 2.31 more strength in all. Of 2 ties nothing can be said."."""
    parts = [count(row["new"], "new partnership")] if row["new"] else []
    for state, clause in _CLAUSES.items():
        if row[state]:
            number = f"{row[state]:,}" if parts else count(row[state], "partnership")
            parts.append(f"{number} {clause}")
    sentence = (
        f"has {listed(parts, len(_CLAUSES) + 1)}"
        if parts
        else f"has no partnership that {'is known to have ' if row['unknown'] else ''}changed"
    )
    if row["moved"]:
        sentence += f": {figure(abs(row['moved']), digits=2)} {'more' if row['moved'] > 0 else 'less'} strength in all"
    return f"{sentence}. Of {count(row['unknown'], 'partnership')} nothing can be said." if row["unknown"] else f"{sentence}."


_CLAUSES = {"stronger": "that grew stronger", "weaker": "that grew weaker", "ended": "that ended"}


def most_moved_ties(pairs: pl.DataFrame, state: str, number: int = 3) -> list[tuple[str, str, str, str]]:
    """The ties of one state that moved most: (source, target, both names, the rest of the sentence), largest first."""
    size = {"new": "after", "ended": "before"}.get(state, "difference")
    ties = pairs.filter((pl.col("state") == state) & pl.col(size).is_not_null())
    ties = ties.sort(pl.col(size).abs(), descending=True, maintain_order=True).head(number)
    return [
        (row["source"], row["target"], f"{cut(row['source_name'], 34)} and {cut(row['target_name'], 34)}", _tie_sentence(row))
        for row in ties.iter_rows(named=True)
    ]


def _tie_sentence(row: Mapping[str, Any]) -> str:
    before, after = (figure(row[side], digits=2) for side in ("before", "after"))
    bases = {row["basis_before"], row["basis_after"]}
    whose = " (in one wave by both sides, in the other by one)" if bases == {"both", "one-sided"} else ""
    return {
        "new": f"work together now, at a strength of {after}.",
        "ended": f"no longer work together; their partnership had a strength of {before}.",
        "stronger": f"grew closer, from {before} to {after}{whose}.",
        "weaker": f"grew less close, from {before} to {after}{whose}.",
    }[row["state"]]


# -- what is unknown, and why ------------------------------------------------------------------------------------------


def silent_partners(network: Network) -> list[str]:
    """The partners that were asked in a wave and rated nobody, in the order of the network."""
    quiet = silent(network.tables, network.wave)
    return [partner for partner in network.graph if partner in quiet]


def unknown_reasons(pairs: pl.DataFrame, before: Network, after: Network, waves: tuple[str, str]) -> pl.DataFrame:
    """The pairs of unknown state: partner, other partner, a column of strengths for each wave (by its name), why."""
    sides = dict(zip(waves, (before, after), strict=True))
    quiet = {wave: silent_partners(network) for wave, network in sides.items()}
    rosters = {wave: asked(network.tables, network.wave) for wave, network in sides.items()}
    rows = []
    for row in pairs.filter(pl.col("state") == "unknown").iter_rows(named=True):
        ends, reasons = ("source", "target"), []
        for wave in sides:
            if names := [row[f"{end}_name"] for end in ends if row[end] in quiet[wave]]:
                reasons.append(f"{listed(names)} did not answer at {wave}")
            elif rosters[wave].known and not any(row[end] in rosters[wave].partners for end in ends):
                reasons.append(f"neither was asked at {wave}")
        why = "; ".join(reasons) or "its strength is not known in both waves"
        rows.append((row["source_name"], row["target_name"], row["before"], row["after"], why))
    first, second = ("before", "after") if waves[0] == waves[1] else waves
    schema = {"partner": pl.String, "other partner": pl.String, first: pl.Float64, second: pl.Float64, "why": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")


def silence_sentence(network: Network, wave: str, concerned: Collection[str]) -> str | None:
    """Which of the `concerned` partners did not answer in a wave; None if all did."""
    names = network.tables.names("organisations")
    quiet = [names[partner] for partner in silent_partners(network) if partner in concerned]
    if not quiet:
        return None
    return f"At {wave}, {count(len(quiet), 'partner')} of these pairs did not answer: {listed(quiet, 8)}."
