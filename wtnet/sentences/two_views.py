"""What two views of a programme share and where they differ."""

from __future__ import annotations

from typing import Any

import polars as pl

from wtnet.measures import absence, disclosure
from wtnet.measures.two_views import ComparedView
from wtnet.network import Network
from wtnet.sentences import strength
from wtnet.sentences.format import count, counted, cut, figure, how_many, listed, verb
from wtnet.tables import Tables

KINDS = {
    "all": "The whole programme",
    "wave": "A wave",
    "pilot": "A pilot",
    "documented": "What the lead documents",
    "said": "What one partner says",
    "about": "What others say of one",
}
"""Labels of the kinds of view."""
STATES = {
    "only left": "only on the left",
    "only right": "only on the right",
    "stronger": "stronger on the right",
    "weaker": "weaker on the right",
    "alike": "much the same",
    "both sides": "on both sides",
    "unknown": "not known",
}
"""Labels of the states of a pair."""
_NAMED = 3


def view_name(view: ComparedView, tables: Tables) -> str:
    """The heading of a view: "Baseline", "Slate Songs", "What Robin Larkmead says"."""
    if view.kind in {"all", "documented"}:
        return KINDS[view.kind]
    table = {"wave": "waves", "pilot": "pilots"}.get(view.kind, "organisations")
    own = cut(tables.names(table).get(view.id, view.id), 50)
    return {"said": f"What {own} says", "about": f"What others say of {own}"}.get(view.kind, own)


def explanation(view: ComparedView, wave: str | None) -> str:
    """One sentence: which ties this side shows."""
    at = f" at the wave “{wave}”" if wave else ""
    return {
        "all": f"Everybody's ratings{at}; where nobody rated, what is documented." if wave else "Every documented partnership.",
        "wave": "Everybody's ratings in this wave; where nobody rated, what is documented.",
        "pilot": f"The partners of this pilot and the partnerships among them{at}.",
        "documented": f"Partnerships the lead has documented{' that were active' + at if wave else ''}; nobody's ratings.",
        "said": f"Its own ratings{at}: one partnership for each partner it says it works with. Documents do not count.",
        "about": f"What each of the others says of it{at}. Documents do not count.",
    }[view.kind]


def headline(names: tuple[str, str], nets: tuple[Network, Network], pairs: pl.DataFrame) -> str:
    """How many partnerships each side shows, how strong they are, and how many are on both."""
    ties = [net.ties.height for net in nets]
    untold = [not net.ties.height and absence.ties(net) for net in nets]
    if all(untold):
        return f"Partnerships are not recorded in {quoted(names[0])} or in {quoted(names[1])}."
    if not any(ties):
        return f"Neither {quoted(names[0])} nor {quoted(names[1])} shows a partnership."
    means = [strength.mean_words(net, disclosure.mean_strength(net)) for net in nets]
    shown = [
        (f"partnerships in {quoted(side)} are {gap.words}" if gap else f"{quoted(side)} shows {counted(number, 'partnership')}")
        + (f" ({mean})" if mean else "")
        for side, number, mean, gap in zip(names, ties, means, untold, strict=True)
    ]
    both = pairs.filter(~pl.col("state").is_in(["only left", "only right"]), pl.col("tie_left"), pl.col("tie_right")).height
    sentence = f"{shown[0][:1].upper()}{shown[0][1:]}, {shown[1]}"
    return f"{sentence}." if any(untold) else f"{sentence}; {how_many(both)} {verb(both or 1)} on both."


def differences(names: tuple[str, str], pairs: pl.DataFrame, centre: str | None, named: bool = True) -> list[str]:
    """Where the two differ, tie by tie: one sentence a kind of difference, the largest differences named unless not `named`.

    `centre`: a partner all ties are with; it is left out of the names.
    """
    left, right = (quoted(side) for side in names)
    parts = {
        "only left": (f"only in {left}", "left"),
        "only right": (f"only in {right}", "right"),
        "stronger": (f"stronger in {right}", "difference"),
        "weaker": (f"weaker in {right}", "difference"),
    }
    sentences = []
    for state, (words, column) in parts.items():
        rows = pairs.filter(pl.col("state") == state).sort(pl.col(column).abs(), descending=True, nulls_last=True)
        if rows.height:
            if not named:
                sentences.append(f"{count(rows.height, 'partnership is', 'partnerships are')} {words}.")
                continue
            some = listed([_pair(row, state, centre) for row in rows.head(_NAMED).iter_rows(named=True)], _NAMED + 1)
            more = f" and {rows.height - _NAMED:,} more" if rows.height > _NAMED else ""
            sentences.append(f"{count(rows.height, 'partnership is', 'partnerships are')} {words}: {some}{more}.")
    same = pairs.filter(pl.col("state") == "alike").height
    if same:
        sentences.append(f"{count(same, 'partnership is', 'partnerships are')} much the same on both: less than 0.1 apart.")
    there = pairs.filter(pl.col("state") == "both sides").height
    if there:
        how = "of one named partnership it is for the programme lead how strong it is on each side"
        sentences.append(f"{count(there, 'partnership is', 'partnerships are')} on both sides; {how}.")
    unknown = pairs.filter(pl.col("state") == "unknown").height
    if unknown:
        why = "an answer or a strength is not known"
        sentences.append(f"Of {count(unknown, 'pair')} nothing can be said: {why}.")
    return sentences


def _pair(row: dict[str, Any], state: str, centre: str | None) -> str:
    ends = " ↔ ".join(cut(row[f"{end}_name"], 34) for end in ("source", "target") if row[end] != centre)
    if state.startswith("only"):
        only = row["left"] if state == "only left" else row["right"]
        return ends if only is None else f"{ends} ({figure(only, digits=2)})"
    return f"{ends} ({figure(row['left'], digits=2)} → {figure(row['right'], digits=2)})"


def partner_sentence(names: tuple[str, str], nets: tuple[Network, Network], partner: str) -> str:
    """How many ties one partner has on each side, and how many with the same partners."""
    name = nets[0].tables.names("organisations")[partner]
    near = [set(net.graph[partner]) if partner in net.graph else None for net in nets]
    sides = [
        f"is not in {quoted(side)}"
        if others is None
        else f"has {counted(len(others), 'partnership')} in {quoted(side)}"
        if others or not absence.ties(net)
        else f"is in {quoted(side)}, its partnerships not recorded"
        for side, others, net in zip(names, near, nets, strict=True)
    ]
    second = sides[1].removeprefix("has ") if near[0] is not None else sides[1]
    sentence = f"{name} {sides[0]} and {second}"
    if near[0] is not None and near[1] is not None:
        alike = len(near[0] & near[1])
        sentence += f"; {how_many(alike)} of them with the same partners" if near[0] and near[1] else ""
    return sentence + "."


def quoted(side: str) -> str:
    """The name of a side within a sentence."""
    return f"“{side}”"
