"""The head of the impact side: what is selected, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import networkx as nx
import polars as pl

from wtnet.measures import absence, disclosure
from wtnet.measures.impact import progress as impact
from wtnet.measures.impact import tallies
from wtnet.network import Network
from wtnet.sentences import findings as finding_sentences
from wtnet.sentences import partners as partner_sentences
from wtnet.sentences import record, respondents, strength
from wtnet.sentences.targets import met_text
from wtnet.strength import COMPONENTS, WORDS
from wtnet.tables import coverage
from wtnet.tables.pilots import members_by_pilot
from wtnet.tables.schema import KINDS
from wtnet.ui.frame.markdown import count, cut, figure, listed
from wtnet.ui.parts.selection import Selection, tie_of


def head(
    network: Network, shown: pl.DataFrame, chosen: Selection, pilots: list[str], where: str, findings: pl.DataFrame
) -> dict[str, Any]:
    """`kicker`, `title` and `lead` of what is selected; of a tie also what both sides answered (`sides`, `caption`)."""
    match chosen.kind:
        case "partner":
            return _partner(network, chosen.id, pilots)
        case "partners":
            return _partners(network, chosen.ids, pilots)
        case "tie":
            return _tie(network, chosen, pilots)
        case "pilot":
            return _pilot(network, shown, chosen.id)
        case _:
            return _everything(network, shown, where, findings)


def _everything(network: Network, shown: pl.DataFrame, where: str, findings: pl.DataFrame) -> dict[str, Any]:
    quiet = finding_sentences.silence(findings, network.tables)
    if not network.tables.indicators.height:
        untold = record.results_untold(network.tables)
        if findings.height:
            lead = [finding_sentences.standings(findings), quiet, untold]
            return {"kicker": "What came of it", "title": where or "In words", "lead": list(filter(None, lead))}
        title = "Results are not recorded" if untold else "Nothing measured yet"
        none = "No indicators have been recorded for this programme, so nothing stands beside its partnerships yet."
        return {"kicker": "What came of it", "title": title, "lead": [untold or none]}
    on_the_way = shown.filter(pl.col("pilot").is_not_null(), pl.col("latest").is_not_null() | (pl.col("state") == "withheld"))
    square = "Each square is one pilot on its way from baseline to target. " if on_the_way.height else ""
    lead = [
        f"{square}Select a partner, a partnership or a pilot to see its part.",
        " ".join(filter(None, [finding_sentences.headline(findings, network.tables), quiet])),
    ]
    return {"kicker": "What came of it", "title": where or "All pilots", "lead": list(filter(None, lead))}


def _headline(shown: pl.DataFrame) -> str:
    met = met_text(tallies.tally(shown))
    return f"{met[:1].upper()}{met[1:]}" if met else "No target that can be decided here"


def _partner(network: Network, partner: str, pilots: list[str]) -> dict[str, Any]:
    about = network.tables.organisations.row(by_predicate=pl.col("id") == partner, named=True)
    kicker = " · ".join(part for part in (KINDS[about["kind"]], about["place"]) if part)
    lead = []
    if partner in network.graph:
        others = list(network.graph[partner])
        kinds = {network.graph.nodes[other]["kind"] for other in others}
        words = strength.mean_words(network, disclosure.mean_of_partner(network, partner), scale=True) if others else ""
        mean = f"; {words}" if words else ""
        if not others:
            gap = absence.ties(network)
            lead.append(f"Its partnerships are {gap.words}." if gap else "It has no known partnership.")
        elif absence.ties(network) or partner in absence.silent(network):
            lead.append(f"Is known to work with {count(len(others), 'partner')}{mean}.")
        else:
            lead.append(f"Works with {count(len(others), 'partner')} of {count(len(kinds), 'kind')}{mean}.")
        lead += filter(None, [partner_sentences.missing_kinds(network, partner)])
    else:
        lead.append("Not on the map with these filters.")
    if pilots:
        lead.append(f"Part of {listed(_pilot_names(network, pilots))}.")
    else:
        untold = record.untold(network.tables, "involvements", "Its part in pilots is {}.")
        lead.append(untold or "Not part of a pilot, so no indicators stand beside it.")
    return {"kicker": kicker, "title": about["name"], "lead": lead}


def _partners(network: Network, selected: Sequence[str], pilots: list[str]) -> dict[str, Any]:
    names = network.tables.names("organisations")
    here = [partner for partner in selected if partner in network.graph]
    among = network.graph.subgraph(here)
    words = _mean_among(network, among)
    mean = f"; {words}" if words else ""
    lead = [f"{listed([cut(names[partner], 40) for partner in selected], most=8)}."]
    pairs = len(here) * (len(here) - 1) // 2
    if absence.ties(network):
        lead.append(
            f"{count(among.number_of_edges(), 'partnership')} between them on record{mean}." if among.number_of_edges() else ""
        )
    else:
        there = among.number_of_edges()
        none = "No partnership between them is known."
        lead.append(f"{there} of {count(pairs, 'possible partnership')} between them{mean}." if there else none)
    lead.append(
        f"Between them part of {listed(_pilot_names(network, pilots), most=6)}."
        if pilots
        else record.untold(network.tables, "involvements", "Their part in pilots is {}.") or "None of them is part of a pilot."
    )
    return {"kicker": "Several partners", "title": f"{len(selected)} partners selected", "lead": list(filter(None, lead))}


def _tie(network: Network, chosen: Selection, pilots: list[str]) -> dict[str, Any]:
    names = network.tables.names("organisations")
    ends = names[chosen.id], names[chosen.other]
    tie = tie_of(chosen, network)
    none = (
        record.untold(network.tables, "partnerships", "Whether the two work together is {}.")
        or "No partnership between the two is known in this wave with these filters."
    )
    lead = _strength_sentences(network, tie) if tie else [none]
    ratings = partner_sentences.both_ratings(network, chosen.id, chosen.other)
    head: dict[str, Any] = {"kicker": "Partnership", "title": " ↔ ".join(ends)}
    if network.exact is not None:
        pass
    elif any(ratings):
        silent = [cut(name, 40) for name, rating in zip(ends, ratings, strict=True) if rating is None]
        rows = [[*row, int(far)] for *row, far in partner_sentences.answer_rows(network, chosen.id, chosen.other)]
        head["sides"] = [[f"{cut(name, 40)} says" for name in ends], rows]
        lead += respondents.of_pair(network, chosen.id, chosen.other)
        head["caption"] = f"{silent[0]} did not rate this partnership." if silent else "What each says of the other"
    elif tie and (untold := record.ratings_untold(network.tables)):
        lead.append(f"It rests on documents. {untold}".strip())
    elif tie and network.wave:
        lead.append("Neither side rated it in this wave; it rests on documents.")
    lead.append(
        f"Both take part in {listed(_pilot_names(network, pilots))}."
        if pilots
        else record.untold(network.tables, "involvements", "Whether they share a pilot is {}.")
        or "They share no pilot, so no indicators stand beside the partnership."
    )
    return {**head, "lead": lead}


def _pilot_names(network: Network, pilots: list[str]) -> list[str]:
    names = network.tables.names("pilots")
    return [names[pilot] for pilot in pilots]


def _parts_sentence(tie: dict[str, Any]) -> str:
    parts = [f"{name} {figure(tie[name], digits=2)}" for name in COMPONENTS if name != "overall" or tie[name] is not None]
    return f"Its parts: {', '.join(parts)}."


def _strength_sentences(network: Network, tie: dict[str, Any]) -> list[str]:
    """How strong a tie is as the reader may see it: with its parts to the lead, in a word to others."""
    if network.exact is None:
        return [_strength_sentence(network, tie), _parts_sentence(tie)] if tie["strength"] is not None else [_no_strength(tie)]
    words = strength.pair_words(network, tie["source"], tie["target"])
    if words in WORDS:
        return [f"Strength: {words}; rated by both sides."]
    if words == strength.PAIR_WITHHELD:
        return [disclosure.LEADS_LEVELS.replace("Withheld", "Strength withheld") if network.counts_documents else disclosure.PAIR]
    return ["Its strength is not known."] if words == "–" else [f"Documented strength {words} (0 none, 1 strongest)."]


def _no_strength(tie: dict[str, Any]) -> str:
    if tie["documented"] is None:
        return "Its strength is not known."
    return f"Nobody rated it. Its documented level comes to {figure(tie['documented'], digits=2)} (0 none, 1 strongest)."


def _mean_among(network: Network, among: nx.Graph) -> str:
    return strength.mean_words(network, disclosure.mean_strength(network, among.edges)) if among.number_of_edges() else ""


def _strength_sentence(network: Network, tie: dict[str, Any]) -> str:
    basis = {
        "both": "rated by both sides",
        "one-sided": "rated by one side only",
        "documented": "from documents",
    }
    sentence = (
        f"{strength.called(network).capitalize()} {figure(tie['strength'], digits=2)} (0 none, 1 strongest), "
        f"{basis.get(tie['basis'], 'basis not known')}."
    )
    if tie["agreement"] is None:
        return sentence
    close = tie["agreement"] >= 0.8
    view = "They see it much alike" if close else "They see it differently, which may be worth a conversation"
    return f"{sentence} {view} (agreement {figure(tie['agreement'], digits=2)})."


def _pilot(network: Network, shown: pl.DataFrame, pilot: str) -> dict[str, Any]:
    about = network.tables.pilots.row(by_predicate=pl.col("id") == pilot, named=True)
    inside = [partner for partner in members_by_pilot(network.tables)[pilot] if partner in network.graph]
    kinds = {network.graph.nodes[partner]["kind"] for partner in inside}
    words = _mean_among(network, network.graph.subgraph(inside))
    mean = f"; among them {words}" if words else ""
    lead = [f"{about['target_group']}."] if about["target_group"] else []
    gap = coverage.unknown(network.tables, "involvements", "organisations")
    some = f"{count(len(inside), 'partner')} on record{mean}; who else takes part is {gap.words}." if gap else ""
    lead.append(
        some or f"{count(len(inside), 'partner')} of {count(len(kinds), 'kind')}{mean}."
        if inside
        else "None of its partners is on the map with these filters."
    )
    if shown.height and not impact.starts(network.tables, network.wave):
        lead.append(f"{_headline(shown)}.")
    return {"kicker": " · ".join(part for part in ("Pilot", about["place"]) if part), "title": about["name"], "lead": lead}
