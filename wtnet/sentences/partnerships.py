"""Partnerships one by one in words: the sentence over the list, its headings, and what puts one at risk."""

from __future__ import annotations

import polars as pl

from wtnet.analysis.partnership_list import Order, Risk, ordered
from wtnet.network import Network
from wtnet.sentences import strength
from wtnet.sentences.format import count, cut, figure, listed
from wtnet.sentences.partners import BASIS
from wtnet.strength import WORDS
from wtnet.tables import relationships
from wtnet.tables.rounding import rounded_column

ORDERS: dict[Order, str] = {
    "strongest": "Strongest",
    "weakest": "Weakest",
    "several": "In two or more ways",
    "one_sided": "Most one-sided",
    "changed": "Most changed",
    "never_rated": "Never rated",
    "at_risk": "At risk",
}
RISKS: dict[Risk, str] = {
    "one_person": "one side's only known partnership, and with one person",
    "pilots_ended": "the pilots they share have ended",
    "documented_end": "documented to end",
}
MEANS: dict[Order, str] = {
    "strongest": "Strongest first; those of unknown strength stand last.",
    "weakest": "Weakest first; those of unknown strength stand last.",
    "several": "They work together in two or more ways, as documented: most kinds first.",
    "one_sided": "Rated by both sides, and seen most differently first: worth a conversation, and nobody's fault.",
    "changed": "Rated in both waves, and moved most first, up or down.",
    "never_rated": "Neither side has rated it in any wave: it rests on documents, or its strength is not known.",
    "at_risk": "One side has no other known partnership and this one is with one person; or every pilot they share has ended; "
    "or every document on it says that it ends.",
}
NONE: dict[Order, str] = {
    "strongest": "No partnership is known here.",
    "weakest": "No partnership is known here.",
    "several": "No partnership here is documented to be of two or more kinds.",
    "one_sided": "No partnership here was rated by both sides in this wave.",
    "changed": "No partnership here was rated in both waves.",
    "never_rated": "Every partnership here was rated by somebody.",
    "at_risk": "Nothing on record puts a partnership here at risk; what is not on record cannot be seen.",
}


def means(order: Order, lead: bool) -> str:
    """What an order shows first; to others than the lead a strength they do not read is withheld, or not known."""
    return MEANS[order] if lead else MEANS[order].replace("of unknown strength", "whose strength is withheld or not known")


def risk_words(risks: list[Risk]) -> str:
    """What puts a partnership at risk: "one side is one person; documented to end"; "" for nothing that is known."""
    return "; ".join(RISKS[risk] for risk in risks)


def headline(network: Network, frame: pl.DataFrame) -> str:
    """How many partnerships there are, which is the strongest and which the weakest, how many were never rated or are at risk.

    `frame` is that of `partnership_list.partnerships`. For others than the lead, how many there are of each word.
    """
    if not frame.height:
        return "No partnership is known in view in this wave."
    start = count(frame.height, "partnership")
    parts = [_ends(network, frame)] if network.exact is None else [_by_word(frame)]
    never = frame.filter(~pl.col("rated").fill_null(True)).height
    risky = ordered(frame, "at_risk")
    if never:
        parts.append(f"{never:,} {'was' if never == 1 else 'were'} never rated")
    if risky.height:
        parts.append(f"{risky.height:,} {'is' if risky.height == 1 else 'are'} at risk{_commonest(risky)}")
    rest = "; ".join(filter(None, parts))
    return f"{start}: {rest}." if rest else f"{start}."


def _commonest(risky: pl.DataFrame) -> str:
    """The one reason of more than half of those at risk, with their number; "" where there is none."""
    counts = risky.explode("risks")["risks"].value_counts().filter(pl.col("count") * 2 > risky.height).sort("count", "risks")
    if counts.is_empty():
        return ""
    risk, number = counts.row(-1)
    return f" ({number:,}: {RISKS[risk]})"


def _ends(network: Network, frame: pl.DataFrame) -> str:
    known = ordered(frame.filter(pl.col("strength").is_not_null()), "strongest")
    if known.height < 2 or known["strength"][0] == known["strength"][-1]:
        return ""
    first, last = known.row(0, named=True), known.row(-1, named=True)
    called = strength.called(network)
    return f"the strongest is {_pair(first)} ({called} {_strength(first)}), the weakest {_pair(last)} ({_strength(last)})"


def _pair(row: dict[str, object]) -> str:
    return " ↔ ".join(cut(str(row[name]), 40) for name in ("source_name", "target_name"))


def _strength(row: dict[str, object]) -> str:
    value = row["strength"]
    return figure(value if isinstance(value, float) else None, digits=2)


def _by_word(frame: pl.DataFrame) -> str:
    numbers = dict(frame.group_by("word").len().iter_rows())
    parts = [f"{numbers[word]:,} {word}" for word in reversed(WORDS) if numbers.get(word)]
    return f"{listed(parts)} where both sides rated" if parts else ""


def table(network: Network, frame: pl.DataFrame, since: str = "", partner: str | None = None) -> pl.DataFrame:
    """The rows of `partnership_list.partnerships` as people read them, with plain headings; numbers rounded as on screen.

    `since` names the earlier wave of "Changed"; of one `partner` its own name is left out and its side stands first.
    """
    own = pl.col("source") == partner if partner else pl.lit(True)
    lead = network.exact is None
    pairs = frame.select("source", "target").iter_rows()
    words = [strength.pair_words(network, *pair) for pair in pairs]
    risks = pl.Series("At risk because", [risk_words(row) or None for row in frame["risks"]], dtype=pl.String)
    # as a subtraction by hand gives it: 0.93 and 0.92 are 0.01 apart, though 0.926 and 0.924 are less
    frame = frame.with_columns(rounded_column("forward", 2), rounded_column("backward", 2))
    frame = frame.with_columns(_apart=(pl.col("forward") - pl.col("backward")).abs())
    columns = {
        "Partner": pl.col("source_name"),
        "Works with": pl.when(own).then("target_name").otherwise("source_name"),
        "Strength": rounded_column("strength", 2) if lead else pl.Series("Strength", words, dtype=pl.String),
        "One says": rounded_column(pl.when(own).then("forward").otherwise("backward"), 2),
        "The other says": rounded_column(pl.when(own).then("backward").otherwise("forward"), 2),
        "Apart": rounded_column("_apart", 2),
        f"Since {since}": rounded_column("changed", 2),
        "Rests on": pl.col("basis").replace(BASIS),
        "What it is": pl.Series([relationships.in_words(cell) or None for cell in frame["relationship"]], dtype=pl.String),
    }
    left_out = {"One says", "The other says", "Apart", f"Since {since}"} if not lead else set() if since else {f"Since {since}"}
    left_out |= {"Partner"} if partner else set()
    shown = frame.select(**{name: values for name, values in columns.items() if name not in left_out})
    shown = shown.rename({"One says": "It says"}) if partner and lead else shown
    return shown.insert_column(shown.columns.index("Rests on"), risks)
