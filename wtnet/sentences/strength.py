"""How strength is called, and what stands where it is withheld: one way to say it on every page and in every file."""

from __future__ import annotations

import polars as pl

from wtnet.measures.disclosure import Mean
from wtnet.measures.measure import Measure
from wtnet.measures.notices import unrated_ties
from wtnet.network import Network
from wtnet.sentences.format import WITHHELD, count, figure
from wtnet.strength import PARTS

RATED = "1–4"
"""The scale of what each side rates of the other."""
WITH_DOCUMENTS = "documented levels counted too"


def all_documented(network: Network) -> bool:
    """Whether nobody rated anything in the whole programme, so that every strength is a documented one."""
    return network.tables.known.ratings.is_empty()


def called(network: Network) -> str:
    """What strength is called: "documented strength" in a programme that nobody rated in."""
    return "documented strength" if all_documented(network) else "strength"


def label(measure: Measure, network: Network) -> str:
    """The label of a measure: with the scale of what is rated; it says so where its strength is a documented one, or documented
    levels are counted too."""
    if measure.unit == RATED:
        return f"{measure.label} ({RATED})"
    if "trength" not in measure.label:
        return measure.label
    if all_documented(network):
        return measure.label.replace("strength", "documented strength").replace("Strength", "Documented strength")
    return f"{measure.label}, {WITH_DOCUMENTS}" if network.counts_documents else measure.label


def mean_words(network: Network, mean: Mean, scale: bool = False) -> str:
    """ "mean strength 0.63", "mean strength withheld"; "" where none is known. `scale` says what 0 and 1 are."""
    if mean.withheld:
        return f"mean {called(network)} {WITHHELD}"
    if mean.value is None:
        return ""
    more = ["0 none, 1 strongest"] if scale else []
    more += [WITH_DOCUMENTS] if network.counts_documents and not all_documented(network) else []
    aside = f" ({'; '.join(more)})" if more else ""
    return f"mean {called(network)} {figure(mean.value, digits=2)}{aside}"


def documented_only(network: Network) -> str:
    """How many ties nobody rated, beside the figures of strength that leave them out; "" for none, and where they count."""
    number = unrated_ties(network)
    if not number:
        return ""
    are, them = ("is", "it") if number == 1 else ("are", "them")
    return (
        f"{number:,} of {count(network.ties.height, 'partnership')} {are} documented only: nobody rated {them}, "
        f"so no figure of strength has {them} in it."
    )


PAIR_WITHHELD = "strength withheld"


def pair_words(network: Network, one: str, other: str) -> str:
    """How strong the tie of two partners is, as one may read it: a number for the lead; for others one of three words where both
    sides rated it, a documented level that is shared, else "strength withheld"; "–" if unknown."""
    tie = network.graph.edges[one, other]
    if tie["strength"] is not None:
        return figure(tie["strength"], digits=2)
    if tie["basis"] == "both" and tie["word"]:
        return str(tie["word"])
    if tie["basis"] == "withheld" and not all_documented(network):
        return PAIR_WITHHELD
    known = network.exact is not None and network.exact.graph.edges[one, other]["strength"] is not None
    return PAIR_WITHHELD if known else "–"


def in_words(network: Network, ties: pl.DataFrame) -> pl.DataFrame:
    """Ties to be shown as a table: for others than the lead `strength` is text (`pair_words`) and what only she reads is not
    there; for her as they are."""
    if network.exact is None:
        return ties
    ends = ties.select("source", "target").iter_rows()
    words = pl.Series("strength", [pair_words(network, *pair) for pair in ends], dtype=pl.String)
    empty = [name for name in LEADS_COLUMNS if name in ties.columns and ties[name].null_count() == ties.height]
    gone = [*empty, *(["word"] if "word" in ties.columns and "word" not in empty else [])]
    return ties.with_columns(words).drop(gone)


LEADS_COLUMNS = (*PARTS, "forward", "backward", "agreement", "level", "documented", "word", "says", "other_says", "apart")
"""Columns of ties that others than the lead have no figures in: parts, sides, levels."""
