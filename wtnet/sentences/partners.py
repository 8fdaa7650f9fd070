"""The profile of a partner in sentences and rows: its ties, its pilots, and where the two sides of a tie differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import polars as pl

from wtnet.analysis import dependence
from wtnet.measures import absence, catalogue, disclosure
from wtnet.measures.impact.quotes import chosen
from wtnet.measures.impact.suppression import consented
from wtnet.network import Network, answers, ratings_in
from wtnet.sentences import record, strength
from wtnet.sentences.format import ANYBODY, CORE_WORDS, count, cut, figure, listed, web_address, with_article
from wtnet.strength import WORDS, far_apart, steps_apart
from wtnet.tables import Tables, coverage, own, respondents, waves
from wtnet.tables.model import Audience, Basis
from wtnet.tables.schema import CORE_KINDS, KINDS, LEVELS
from wtnet.tables.sharing import FREELANCER

APART = 0.2
"""The least difference of two sides' strengths of a tie (0–1) that is worth a conversation."""
BASIS: dict[Basis, str] = {
    "both": "both sides",
    "one-sided": "one side",
    "documented": "documents",
    "none": "not known",
    "withheld": "withheld",
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
    """Whether a partner of this kind is one person: its role is shown, and nobody's opinion of it as a score."""
    return kind == FREELANCER


def shown_measures(kind: str, ids: Sequence[str]) -> tuple[str, ...]:
    """Those of the measures that may stand on the profile of a partner of this kind."""
    return tuple(each for each in ids if not (is_person(kind) and catalogue.find(each, "partner").opinion))


def directory_headline(kinds: pl.Series, alone: int, tables: Tables | None = None) -> str:
    """How many partners there are, by kind, and how many without a tie; `kinds` has the kind (id) of each partner. What the
    record of `tables` does not tell is said in place of a number that would be 0."""
    if not len(kinds):
        return "No partners have been brought in yet."
    numbers = Counter(kinds)
    parts = [count(numbers[kind], *words) for kind, words in CORE_WORDS.items() if numbers[kind]]
    others = len(kinds) - sum(numbers[kind] for kind in CORE_WORDS)
    if others:
        parts.append(count(others, "other"))
    without = (
        f" {count(alone, 'partner')} without a known partnership." if alone and not (tables and coverage.ties(tables)) else ""
    )
    gaps = {kind: coverage.partners_of_kind(tables, kind) for kind in CORE_WORDS if not numbers[kind]} if tables else {}
    known = {kind: gap for kind, gap in gaps.items() if gap}
    if known:
        untold = record.kinds_untold(known)
        without = f"{without} {untold[:1].upper()}{untold[1:]}."
    return f"{count(len(kinds), 'partner')}: {listed(parts, most=6)}.{without}"


def headline(network: Network, partner: str, when: str) -> str:
    """The sentence a profile opens with: whom it works with, and how strongly."""
    others = list(network.graph[partner])
    at = f"At {when}, it" if network.wave else "It"
    gap = absence.ties(network)
    if not others:
        return f"Its partnerships are {gap.words}." if gap else f"{at} has no known partnership."
    kinds = {network.graph.nodes[other]["kind"] for other in others}
    words = strength.mean_words(network, disclosure.mean_of_partner(network, partner), scale=True)
    mean = f"; {words}" if words else ""
    if gap or partner in absence.silent(network):
        why = "others may not be recorded" if gap else "it has not answered, so there may be others"
        return f"{at} is known to work with {count(len(others), 'partner')}{mean}; {why}."
    return f"{at} works with {count(len(others), 'partner')} of {count(len(kinds), 'kind')}{mean}."


def missing_kinds(network: Network, partner: str) -> str | None:
    """Which of the four core kinds it has no tie with yet, and of which the record does not tell; None if it has no tie at all,
    or reaches all of them."""
    kinds = {network.graph.nodes[other]["kind"] for other in network.graph[partner]}
    own = network.graph.nodes[partner]["kind"]
    lacking = [kind for kind in CORE_KINDS if kind not in kinds and kind != own]
    untold = {kind: gap for kind, gap in absence.unknown_kinds(network).items() if kind in lacking}
    gaps = [CORE_KINDS[kind].lower() for kind in lacking if kind not in untold]
    view = "in view" if absence.narrowed(network) else "yet"
    known = "known " if absence.only_known(network, [partner]) else ""
    sentences = [f"No {known}partnership {view} with {with_article(listed(gaps, last='or'))}."] if kinds and gaps else []
    sentences += ["It has not answered."] if sentences and partner in absence.silent(network) else []
    sentences += [f"Among those it works with, {record.kinds_untold(untold, one=True)}."] if untold else []
    return " ".join(sentences) or None


def unanswered_waves(tables: Tables, partner: str) -> str | None:
    """The waves in which it was asked and did not answer, and the basis of its figures then; None if it always answered, and for
    others than the lead, who alone reads who did not."""
    if tables.audience != "lead":
        return None
    names = tables.names("waves")
    by_wave = {wave: answers(tables, wave) for wave in waves.in_order(tables)}
    asked = [wave for wave in by_wave if partner in by_wave[wave]]
    silent = [wave for wave in asked if not by_wave[wave][partner]]
    if not silent:
        return None
    rests = "what stands here for it is what others say of it and what is documented"
    if len(silent) == len(asked):
        return f"It has not answered a survey yet: {rests}."
    still_open = [wave for wave in silent if waves.is_open(tables, wave)]
    over = [wave for wave in silent if wave not in still_open]
    parts = [f"did not answer at {listed([names[wave] for wave in over])}"] if over else []
    parts += [f"has not answered {listed([names[wave] for wave in still_open])} yet"] if still_open else []
    return f"It {listed(parts)}: {rests}."


def own_ties(network: Network, partner: str) -> pl.DataFrame:
    """The partner's ties, strongest first.

    Columns: id, other (name), kind (id), says, other_says, strength, agreement, basis, level, relationship, documented, word,
    source, target,
    apart (says − other_says; null unless both say).
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
        .sort(
            "strength", pl.col("word").cast(pl.Enum(WORDS)).to_physical(), descending=True, nulls_last=True, maintain_order=True
        )
        .select(
            "id", pl.col("name").alias("other"), "kind", "says", "other_says", "strength", "agreement", "basis", "level",
            "relationship", "documented", "word", "source", "target", "apart",
        )
    )  # fmt: skip


def both_ratings(network: Network, partner: str, other: str) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """The two ratings of a tie as the survey has them: the partner's and the other side's; None for one that did not rate."""
    ratings = ratings_in(network.tables, network.wave)

    def rating(rater: str, rated: str) -> dict[str, Any] | None:
        return next(ratings.filter((pl.col("rater") == rater) & (pl.col("partner") == rated)).iter_rows(named=True), None)

    return rating(partner, other), rating(other, partner)


def widest_differences(ties: pl.DataFrame, number: int = 3) -> list[dict[str, Any]]:
    """The ties on which the two sides differ most, widest first; only those at least `APART` apart."""
    wide = ties.filter(pl.col("apart").abs() >= APART - 1e-9)
    return list(wide.sort(pl.col("apart").abs(), descending=True, maintain_order=True).head(number).iter_rows(named=True))


def conversation_prompt(network: Network, partner: str, tie: Mapping[str, Any]) -> str:
    """What the two sides could talk about: where their answers about a tie (a row of `own_ties`) are furthest apart."""
    name, other = network.graph.nodes[partner]["name"], str(tie["other"])
    own, their = (figure(tie[side], digits=2) for side in ("says", "other_says"))
    sentence = f"{other}. {cut(name, 40)} puts it at {own}, {cut(other, 40)} at {their}."
    far = [each for each in _answers(network, partner, str(tie["id"])) if far_apart(each.column, each.own, each.other)]
    if not far:
        return sentence
    far.sort(key=lambda each: -steps_apart(each.column, each.own, each.other))
    widest = [(each.question.partition(",")[0].lower(), each.column, each.own, each.other) for each in far[:3]]
    differences = "; ".join(
        f"{about}: {answer_text(column, own, False)} and {answer_text(column, other, False)}"
        for about, column, own, other in widest
    )
    return f"{sentence} Furthest apart: {differences}."


class _Answers(NamedTuple):
    """Both sides' answers to one question; None where a side gave none."""

    column: str
    question: str
    own: Any
    other: Any


def _answers(network: Network, partner: str, other: str) -> list[_Answers]:
    own, theirs = (rating or {} for rating in both_ratings(network, partner, other))
    return [_Answers(column, question, own.get(column), theirs.get(column)) for column, question in ASKED]


def answer_rows(network: Network, partner: str, other: str) -> list[tuple[str, str, str, bool]]:
    """The survey's questions with both sides' answers: (question, the partner's, the other's, whether far apart)."""
    return [
        (question, answer_text(column, own), answer_text(column, theirs), far_apart(column, own, theirs))
        for column, question, own, theirs in _answers(network, partner, other)
    ]


def answer_text(column: str, answer: Any, named: bool = True) -> str:
    """An answer to one question in words, "–" for none; the mean of several people's as a number. A level is `named` or bare."""
    if answer is None:
        return "–"
    if isinstance(answer, float) and not (column == "level" and answer.is_integer()):  # of several people
        mean = figure(answer, digits=0 if answer.is_integer() else 1)
        return f"{mean} ({respondents.contact_word(answer)})" if column == "contact" else mean
    if column == "level":
        return f"{int(answer)} {LEVELS[int(answer)]}" if named else str(int(answer))
    return str(answer)


def dependence_sentences(network: Network, partner: str) -> list[str]:
    """What the network would lose without it."""
    ties = network.graph[partner]
    gap = absence.ties(network)
    if gap:
        return [f"What depends on it is not told. {record.ties_untold(gap)}"]
    if not ties:
        return ["It has no known partnership in this wave, so nothing is known to depend on it here."]
    names = {other: network.graph.nodes[other]["name"] for other in network.graph}
    lost = dependence.cut_off_by(network, partner)
    own = network.graph.nodes[partner]["kind"]
    across = sum(network.graph.nodes[other]["kind"] != own for other in ties)
    sentences = ["Nobody would be cut off without it: those it works with have other links."]
    if lost:
        whom = listed([names[other] for other in lost], 6)
        they = "this partner would" if len(lost) == 1 else f"these {len(lost):,} partners would"
        only = "only known link" if absence.only_known(network, lost) else "only link"
        sentences = [f"It is the {only} for {whom}: without it, {they} be cut off from the rest."]
    kinds = f", {across:,} of them to another kind of partner" if across else ""
    return [*sentences, f"{count(len(ties), 'partnership')} would go with it{kinds}."]


def pilot_parts(tables: Tables, partner: str) -> list[dict[str, Any]]:
    """Its pilots, in the order of the table: id, name, part (its role, in words), about (target group and place)."""
    roles = dict(tables.involvements.filter(pl.col("organisation") == partner).select("pilot", "role").iter_rows())
    parts = []
    for pilot in tables.pilots.iter_rows(named=True):
        leads = pilot["lead"] == partner
        if not leads and pilot["id"] not in roles:
            continue
        role = roles.get(pilot["id"])
        part = "leads it" if leads else role or "takes part"
        if leads and role and role.lower() not in ("lead", "leads"):
            part = f"leads it; {role}"
        about = ", ".join(text for text in (pilot["target_group"], pilot["place"]) if text)
        parts.append({"id": pilot["id"], "name": pilot["name"], "part": part, "about": about})
    return parts


def shared_quotes(
    tables: Tables, partner: str, pilots: Sequence[str], audience: Audience = "lead", number: int = 4
) -> tuple[list[tuple[str, str, str]], int]:
    """Quotes an audience may read, as (text, by whom, pilot), and how many there are of them.

    Those about the partner come first, then those of its pilots that are about nobody, each by the rule of `impact.quotes`; at
    most `number`.
    """
    names = tables.names("pilots")
    quotes = consented(tables.quotes, audience)
    own = quotes.filter((pl.col("organisation") == partner).fill_null(False))
    near = quotes.filter(pl.col("pilot").is_in(list(pilots)).fill_null(False), pl.col("organisation").is_null())
    both = pl.concat([chosen(own), chosen(near)]).unique("id", keep="first", maintain_order=True)
    rows = both.head(number).select("text", "attribution", "pilot").iter_rows()
    return [(text, by or ANYBODY, names.get(pilot, "")) for text, by, pilot in rows], both.height


def kind_and_place(about: Mapping[str, Any]) -> str:
    """ "Museum · Tallowfield"."""
    return " · ".join(part for part in (KINDS[about["kind"]], about["place"]) if part)


def website(about: Mapping[str, Any]) -> str | None:
    """Its web address if it is safe to open (see `web_address`), else None."""
    return web_address(about["website"], 300)


def own_fields(tables: Tables, partner: str) -> str:
    """What the fields of the lead's own say of a partner, as its reader may see them; "" for nothing."""
    cell: str | None = next(iter(tables.organisations.filter(pl.col("id") == partner)["own_fields"]), None)
    given = own.decode(cell)
    fields = own.of_table(tables, "organisations")
    filled = [(fields[field]["label"], " ".join(text.split())) for field, text in given.items() if field in fields]
    return " · ".join(f"{label}: {cut(text, 120)}" for label, text in filled)
