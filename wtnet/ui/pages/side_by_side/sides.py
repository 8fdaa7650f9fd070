"""The two sides of the home page, and the sentence above them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import networkx as nx
import polars as pl
import streamlit as st

from wtnet.measures import catalogue
from wtnet.measures.impact import progress as impact
from wtnet.measures.notices import notices
from wtnet.network import Network, waves_in_order
from wtnet.palette import STATES
from wtnet.sentences.impact import STATE_MEANINGS, first_wave_headline
from wtnet.strength import mean_known
from wtnet.tables.model import State
from wtnet.ui.frame import address, cached
from wtnet.ui.frame.audience import PROOF, VALUES, figures_in_words
from wtnet.ui.frame.markdown import count, figure, plain, verb
from wtnet.ui.frame.page import PageContext, nothing_left, opening_sentence
from wtnet.ui.map import clicks, component, large
from wtnet.ui.map.clicks import MAP, PANEL, picked
from wtnet.ui.map.message import message, unplayed
from wtnet.ui.map.spots import spot
from wtnet.ui.pages.side_by_side.impact_side import panel
from wtnet.ui.parts.figures import figure_row, network_table, partner_table, rows_button, show_frames
from wtnet.ui.parts.filters import FILTERS, MapChoice
from wtnet.ui.parts.selection import NOTHING, Selection, parse, pilots_of

_NOTICES = 3
"""How many sentences on what is missing or left out stand under the map; the Guide has them all."""


@dataclass(frozen=True, eq=False)
class HomeChoice:
    """What the page shows: where we are, the network in scope, the indicators at its wave, what is selected."""

    here: PageContext
    looking: MapChoice
    network: Network
    progress: pl.DataFrame
    chosen: Selection
    indicator: str | None


def read_choice(here: PageContext, looking: MapChoice) -> HomeChoice:
    """Read what the page shows from its link; a selection that is not there (any more) is left out with a notice."""
    chosen = parse(address.get("select"), here.tables)
    if chosen is None:
        address.gone("partner, tie or pilot", str(address.get("select")).partition(":")[2])
        address.put("select")
    indicator = next(iter(address.among("indicator", here.tables.indicators["id"].to_list())), None)
    network = cached.network(*here.key, looking.scope)
    return HomeChoice(here, looking, network, cached.progress(*here.key, here.wave, here.audience), chosen or NOTHING, indicator)


def sentence(here: PageContext, looking: MapChoice) -> None:
    """One generated sentence that says what the figures say."""
    graph = cached.network(*here.key, looking.scope).graph
    progress = cached.progress(*here.key, here.wave, here.audience)
    tally, aimed = impact.tally(progress), impact.aimed(progress)
    came = (
        f" {tally['met']} of {count(aimed, 'pilot target')} {verb(aimed)} met."
        if aimed and not impact.starts(here.tables, here.wave)
        else ""
    )
    when = f"At the wave “{here.wave_name()}”, " if here.wave else "As documented, "
    partners = graph.number_of_nodes()
    hold = f"{count(partners, 'partner')} {verb(partners, 'holds', 'hold')} {count(graph.number_of_edges(), 'partnership')}"
    opening_sentence(f"{when}{hold}{_mean(graph)}{_before(here, looking)}.{came}")


def _mean(graph: nx.Graph) -> str:
    strength = mean_known(strength for *_, strength in graph.edges(data="strength"))
    return f" of mean strength {figure(strength, digits=2)}" if strength is not None else ""


def _before(here: PageContext, looking: MapChoice) -> str:
    """How the same view stood at the first wave."""
    waves = waves_in_order(here.tables)
    if len(waves) < 2 or here.wave == waves[0]:
        return ""
    then = cached.network(*here.key, replace(looking.scope, wave=waves[0])).graph
    return f" ({then.number_of_edges():,}{_mean(then)} at the start)"


def strength_figures(here: PageContext, looking: MapChoice) -> None:
    """The headline figures of the left side."""
    figure_row(here, cached.network(*here.key, looking.scope), ("ties", "mean_strength", "response_rate"))


def impact_figures(here: PageContext) -> None:
    """The headline figures of the right side: how many indicators of pilots are in each state; in the first wave a sentence."""
    progress = cached.progress(*here.key, here.wave, here.audience)
    if not progress.height:
        return
    if impact.starts(here.tables, here.wave):
        cells = cached.cells(*here.key, here.audience).filter(pl.col("at") == 0)
        if cells.height:
            st.markdown(plain(first_wave_headline(cells, "", here.wave_name())))
        return
    tally = impact.tally(progress)
    states: tuple[State, ...] = ("met", "on_track", "behind", "no_baseline", "no_data")
    with st.container(horizontal=True, gap="small", key="states"):
        for name in (state for state in states if state != "no_baseline" or tally[state]):
            with st.container(width=92, gap=None):
                st.metric(f"{STATES[name][1]} {STATES[name][0].capitalize()}", tally[name])
                rows_button(f"state_{name}", "Show me", partial(_in_state, progress, name), partial(_say, STATE_MEANINGS[name]))


def _say(words: str) -> None:
    st.markdown(words)


def _in_state(progress: pl.DataFrame, name: str) -> pl.DataFrame:
    """The indicators of each pilot that are in one state."""
    return figures_in_words(progress.filter(pl.col("state") == name).select("name", "pilot_name", *VALUES, "target", "n", *PROOF))


def strength_side(choice: HomeChoice) -> None:
    """The map with its tables below."""
    network = choice.network
    if not network.graph.number_of_nodes():
        nothing_left("No partner is left with these choices.", *FILTERS, after=clicks.whole_page)
        return
    component.spots({MAP: spot_of(network, choice.progress, choice.chosen, choice.indicator, choice.looking.searched)})
    if not large.show(choice.here, choice.looking, network, MAP):
        component.live_map(message(choice.here, choice.looking, network), MAP, partial(picked, MAP, choice.here))
        if why := unplayed(choice.here, network):
            st.caption(why)
    if sentences := notices(network)[:_NOTICES]:
        st.caption("  \n".join(plain(sentence) for sentence in sentences))
    kinds = {
        "partners": lambda: cached.partner_measures(*choice.here.key, choice.looking.scope),
        "ties": lambda: named_ties(network),
        "every figure": lambda: network_table(choice.here, network),
    }
    show_frames("Show me the rows behind the map", "map_rows", kinds)


def spot_of(
    network: Network, progress: pl.DataFrame, chosen: Selection, indicator: str | None, go: str | None = None
) -> dict[str, Any]:
    """What the map lights: the selection, or the partners of the pilots in which the open indicator was measured for it."""
    if indicator is None:
        return spot(chosen, network, go=go)
    own = pilots_of(chosen, network.tables)
    measured = set(progress.filter(pl.col("indicator") == indicator)["pilot"].drop_nulls())
    return spot(chosen, network, measured if own is None else measured & set(own), go)


def named_ties(network: Network) -> pl.DataFrame:
    """The ties with names in place of ids, strongest first."""
    ties = network.named_ties().rename({"source_name": "partner", "target_name": "other partner"}).drop("source", "target")
    return ties.sort("strength", descending=True, nulls_last=True)


def impact_side(choice: HomeChoice) -> None:
    """What came of it, for what is selected."""
    shown = panel(choice.network, choice.progress, choice.chosen, choice.indicator, choice.here.audience)
    component.impact_side(shown, PANEL, partial(picked, PANEL, choice.here))
    makes = _beside(choice)
    if makes:
        show_frames("Show me the figures and their rows", "impact_rows", makes)


def _beside(choice: HomeChoice) -> dict[str, Callable[[], pl.DataFrame]]:
    """The tables behind the impact side: the indicators shown, and what the words about the selection rest on."""
    pilots = pilots_of(choice.chosen, choice.here.tables)
    shown = choice.progress if pilots is None else choice.progress.filter(pl.col("pilot").is_in(pilots))
    makes: dict[str, Callable[[], pl.DataFrame]] = {}
    if shown.height:
        makes["indicators"] = lambda: figures_in_words(shown.drop("indicator", "pilot", "elapsed"))
    if choice.chosen.kind == "partner" and choice.chosen.id in choice.network.graph:
        makes["its measures"] = lambda: partner_table(choice.here, choice.network, choice.chosen.id)
        makes["its ties"] = lambda: catalogue.rows(choice.network, "partners", choice.chosen.id)
        makes["ratings it received"] = lambda: catalogue.rows(choice.network, "trust_received", choice.chosen.id)
    if choice.chosen.kind == "tie":
        makes["the tie"] = lambda: _one_tie(choice)
    return makes


def _one_tie(choice: HomeChoice) -> pl.DataFrame:
    """The selected tie with its parts, and how far its rank depends on the weights."""
    ends = sorted((choice.chosen.id, choice.chosen.other))
    tie = choice.network.ties.filter(pl.col("source").is_in(ends), pl.col("target").is_in(ends))
    moves = cached.stability(*choice.here.key, choice.network.scope)
    return tie if moves is None else tie.join(moves.drop("strength"), on=["source", "target"], how="left")
