"""The profile of a partner in words and rows: how it stands, whom it works with, where two sides see a tie differently.

Pure functions; nothing here knows Streamlit, and nothing here is markup.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from wtnet.analysis import dependence
from wtnet.measures import catalogue
from wtnet.measures.impact.suppression import consented
from wtnet.network import Network, answers, ratings_in, waves_in_order
from wtnet.sentences.format import count, cut, figure, listed, web_address
from wtnet.strength import far_apart, mean_known, steps_apart
from wtnet.tables import Tables
from wtnet.tables.model import Audience, Basis
from wtnet.tables.schema import CORE_KINDS, KINDS, LEVELS

APART = 0.2
"""How far apart two sides' views of a tie must be to be named as something to talk about."""
BASIS: dict[Basis, str] = {
    "both": "both sides",
    "one-sided": "one side",
    "documented": "documents",
    "none": "nothing yet",
}
"""What the strength of a tie rests on, for a person."""
ASKED = (
    ("level", "Level of collaboration, 0–5"),
    ("contact", "In touch"),
    ("reliability", "They do what they say, 1–4"),
    ("mission", "They share our aims, 1–4"),
    ("openness", "We can discuss things openly, 1–4"),
    ("influence", "Their standing helps, 1–4"),
    ("involvement", "They take part, 1–4"),
    ("resources", "They bring resources, 1–4"),
)
"""The questions of the survey as people read them, by column."""


def is_person(kind: str) -> bool:
    """Whether a partner of this kind is one person, whose part is shown and who is not scored."""
    return kind == "freelancer"


def shown_measures(kind: str, ids: Sequence[str]) -> tuple[str, ...]:
    """The measures that may stand on the profile of a partner of this kind."""
    return tuple(each for each in ids if not (is_person(kind) and catalogue.find(each, "partner").opinion))


def headline(network: Network, partner: str, when: str) -> str:
    """The sentence a profile opens with: whom it works with, and how strongly."""
    others = list(network.graph[partner])
    at = f"At {when}, it" if network.wave else "It"
    if not others:
        return f"{at} has no known partnership."
    kinds = {network.graph.nodes[other]["kind"] for other in others}
    strength = mean_known(tie["strength"] for tie in network.graph[partner].values())
    mean = f", of mean strength {figure(strength, digits=2)} (0 none, 1 strongest)" if strength is not None else ""
    return f"{at} works with {count(len(others), 'partner')} of {count(len(kinds), 'kind')}{mean}."


def missing_kinds(network: Network, partner: str) -> str | None:
    """Which of the four core kinds it has no tie with yet; None if it has none at all, or reaches all of them."""
    kinds = {network.graph.nodes[other]["kind"] for other in network.graph[partner]}
    own = network.graph.nodes[partner]["kind"]
    gaps = [label.lower() for kind, label in CORE_KINDS.items() if kind not in kinds and kind != own]
    return f"No tie yet with a {listed(gaps).replace(' and ', ' or ')}." if kinds and gaps else None


def unanswered_waves(tables: Tables, partner: str) -> str | None:
    """In which waves it was asked and did not answer, and what its figures then rest on; None if it always did."""
    names = dict(tables.waves.select("id", "name").iter_rows())
    said = {wave: answers(tables, wave) for wave in waves_in_order(tables)}
    asked = {wave: found[partner] for wave, found in said.items() if partner in found and any(found.values())}
    quiet = [names[wave] for wave, yes in asked.items() if not yes]
    if not quiet:
        return None
    rests = "what stands here for it is what others say of it and what is documented"
    if len(quiet) == len(asked):
        return f"It has not answered a survey yet: {rests}."
    return f"It did not answer at {listed(quiet)}: {rests}."


def own_ties(network: Network, partner: str) -> pl.DataFrame:
    """The partner's ties, strongest first.

    Columns: id, other (name), kind (id), says, other_says, strength, agreement, basis, level, relationship, apart
    (says − other_says; null unless both say).
    """
    names = network.tables.organisations.select("id", "name", pl.col("kind").cast(pl.String))
    first = pl.col("source") == partner
    return (
        network.ties.filter((pl.col("source") == partner) | (pl.col("target") == partner))
        .with_columns(
            pl.when(first).then("target").otherwise("source").alias("id"),
            pl.when(first).then("forward").otherwise("backward").alias("says"),
            pl.when(first).then("backward").otherwise("forward").alias("other_says"),
        )
        .join(names, on="id", how="left", maintain_order="left")
        .with_columns((pl.col("says") - pl.col("other_says")).alias("apart"))
        .sort("strength", descending=True, nulls_last=True, maintain_order=True)
        .select(
            "id", pl.col("name").alias("other"), "kind", "says", "other_says", "strength", "agreement", "basis", "level",
            "relationship", "apart",
        )
    )  # fmt: skip


def both_ratings(network: Network, partner: str, other: str) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """The two ratings of a tie as the survey has them: the partner's and the other side's; None where nobody rated."""
    ratings = ratings_in(network.tables, network.wave)

    def one(rater: str, rated: str) -> dict[str, Any] | None:
        return next(ratings.filter((pl.col("rater") == rater) & (pl.col("partner") == rated)).iter_rows(named=True), None)

    return one(partner, other), one(other, partner)


def widest_differences(ties: pl.DataFrame, number: int = 3) -> list[dict[str, Any]]:
    """The ties on which the two sides differ most, widest first; only those at least `APART` apart."""
    found = ties.filter(pl.col("apart").abs() >= APART - 1e-9)
    return list(found.sort(pl.col("apart").abs(), descending=True, maintain_order=True).head(number).iter_rows(named=True))


def conversation_prompt(network: Network, partner: str, tie: Mapping[str, Any]) -> str:
    """What the two sides could talk about: where their answers about a tie are furthest apart, without blame."""
    name, other = network.graph.nodes[partner]["name"], str(tie["other"])
    said, theirs = both_ratings(network, partner, str(tie["id"]))
    far = [(label, a, b) for column, label, a, b in _answers(said, theirs) if far_apart(column, a, b)]
    own, their = (figure(tie[side], digits=2) for side in ("says", "other_says"))
    seen = f"{cut(name, 40)} puts it at {own}, {cut(other, 40)} at {their}."
    if not far:
        return f"{other}. {seen}"
    told = "; ".join(f"{label.partition(',')[0].lower()}: {a} and {b}" for label, a, b in far[:3])
    return f"{other}. {seen} Furthest apart: {told}."


def _answers(said: Mapping[str, Any] | None, theirs: Mapping[str, Any] | None) -> list[tuple[str, str, Any, Any]]:
    """(column, question, one side, the other) of every question both answered, widest difference first."""
    found = [(c, label, (said or {}).get(c), (theirs or {}).get(c)) for c, label in ASKED]
    known = [row for row in found if row[2] is not None and row[3] is not None]
    return sorted(known, key=lambda row: -steps_apart(row[0], row[2], row[3]))


def answer_rows(network: Network, partner: str, other: str) -> list[tuple[str, str, str, bool]]:
    """The survey's questions with both sides' answers: (question, the partner's, the other's, whether far apart)."""
    said, theirs = both_ratings(network, partner, other)
    rows = []
    for column, label in ASKED:
        a, b = ((side or {}).get(column) for side in (said, theirs))
        rows.append((label, _shown(column, a), _shown(column, b), far_apart(column, a, b)))
    return rows


def _shown(column: str, value: Any) -> str:
    if value is None:
        return "–"
    return f"{value} {LEVELS[int(value)]}" if column == "level" else str(value)


def dependence_sentences(network: Network, partner: str) -> list[str]:
    """What the network would lose without it, in sentences."""
    ties = network.graph[partner]
    if not ties:
        return ["It has no tie in this wave, so nothing depends on it here."]
    names = {other: network.graph.nodes[other]["name"] for other in network.graph}
    lost = dependence.cut_off_by(network, partner)
    own = network.graph.nodes[partner]["kind"]
    across = sum(network.graph.nodes[other]["kind"] != own for other in ties)
    sentences = ["Nobody would be cut off without it: those it works with have other links."]
    if lost:
        whom = listed([names[one] for one in lost], 6)
        sentences = [f"It is the only link for {whom}: without it, {_they(len(lost))} be cut off from the rest."]
    kinds = f", {across:,} of them to another kind of partner" if across else ""
    return [*sentences, f"{count(len(ties), 'tie')} would go with it{kinds}."]


def _they(number: int) -> str:
    return "this partner would" if number == 1 else f"these {number:,} partners would"


def pilot_parts(tables: Tables, partner: str) -> list[dict[str, Any]]:
    """Its pilots, in order: id, name, part (its role, in words), about (whom it is for and where)."""
    roles = dict(tables.involvements.filter(pl.col("organisation") == partner).select("pilot", "role").iter_rows())
    found = []
    for pilot in tables.pilots.iter_rows(named=True):
        leads = pilot["lead"] == partner
        if not leads and pilot["id"] not in roles:
            continue
        role = roles.get(pilot["id"])
        part = "leads it" if leads else role or "takes part"
        if leads and role and role.lower() not in ("lead", "leads"):
            part = f"leads it; {role}"
        about = ", ".join(each for each in (pilot["target_group"], pilot["place"]) if each)
        found.append({"id": pilot["id"], "name": pilot["name"], "part": part, "about": about})
    return found


def shared_quotes(
    tables: Tables, partner: str, pilots: Sequence[str], audience: Audience = "lead", number: int = 4
) -> tuple[list[tuple[str, str, str]], int]:
    """Words people agreed to share with an audience, (text, by whom, pilot): those about the partner first, then those of its
    pilots; and how many there are. Private ones never."""
    names = dict(tables.pilots.select("id", "name").iter_rows())
    open_ = consented(tables.quotes, audience)
    own = open_.filter((pl.col("organisation") == partner).fill_null(False))
    near = open_.filter(pl.col("pilot").is_in(list(pilots)).fill_null(False), pl.col("organisation").is_null())
    found = pl.concat([own, near]).unique("id", keep="first", maintain_order=True)
    rows = found.head(number).select("text", "attribution", "pilot").iter_rows()
    return [(text, by or "Someone who took part", names.get(pilot, "")) for text, by, pilot in rows], found.height


def kind_and_place(about: Mapping[str, Any]) -> str:
    """Kind and place."""
    return " · ".join(part for part in (KINDS[about["kind"]], about["place"]) if part)


def website(about: Mapping[str, Any]) -> str | None:
    """Its web address, if it is one that may be opened: http or https, one word, nothing hidden in it."""
    return web_address(about["website"], 300)
