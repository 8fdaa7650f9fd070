"""The two sides of the home page, and the sentence above them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import polars as pl
import streamlit as st

from wtnet.measures import absence, disclosure
from wtnet.measures.impact import progress as impact
from wtnet.measures.impact import tallies
from wtnet.measures.notices import notices
from wtnet.network import Network, Scope, waves_in_order
from wtnet.sentences import filters, strength
from wtnet.sentences import findings as finding_sentences
from wtnet.sentences.filters import IMPACT, NETWORK
from wtnet.sentences.impact import first_wave_headline
from wtnet.sentences.impact_method import STATE_MEANINGS
from wtnet.sentences.targets import figure_label, in_state, met_text, rows_text, state_figures
from wtnet.tables.model import Audience, State
from wtnet.ui.frame import address, cached, chips
from wtnet.ui.frame.audience import PROOF, VALUES, figures_in_words
from wtnet.ui.frame.markdown import count, counted, how_many, plain, verb
from wtnet.ui.frame.page import PageContext, nothing_left
from wtnet.ui.map import clicks, component, large
from wtnet.ui.map.clicks import MAP, PANEL, asked_step, picked
from wtnet.ui.map.message import message, unplayed
from wtnet.ui.map.spots import spot
from wtnet.ui.pages.side_by_side import findings_side, rows
from wtnet.ui.pages.side_by_side.impact_side import panel
from wtnet.ui.pages.side_by_side.lexicon import abridged, lexicon
from wtnet.ui.parts import findings as finding_parts
from wtnet.ui.parts.as_picture import as_picture
from wtnet.ui.parts.figures import figure_row, measure_rows, network_table, partner_table, rows_button, show_frames
from wtnet.ui.parts.filters import FILTERS, MapChoice
from wtnet.ui.parts.next_steps import may_write
from wtnet.ui.parts.results_cut import Cut, cut_and_words
from wtnet.ui.parts.selection import Selection, pilots_of, read, words

_NOTICES = 3
"""How many sentences on what is missing or left out stand under the map; the Guide has them all."""


FOLLOWS = (*dict.fromkeys((*NETWORK, *IMPACT)), "off")


@dataclass(frozen=True, eq=False)
class HomeChoice:
    """What the page shows: where we are, the network in scope, the indicators at its wave in the same cut as on Impact, the cut
    in words, the findings of then in that cut and about what is selected, what is selected and open; and of whom the words
    and figures on top are: the `narrowed` network, and its name or ""."""

    here: PageContext
    looking: MapChoice
    network: Network
    cut_by: Cut
    progress: pl.DataFrame
    cells: pl.DataFrame
    where: str
    findings: pl.DataFrame
    chosen: Selection
    indicator: str | None
    finding: str | None
    narrowed: Network
    whose: str


def read_choice(here: PageContext, looking: MapChoice) -> HomeChoice:
    """Read what the page shows from its link; a selection that is not there (any more) is left out with a notice."""
    cut_by, where = cut_and_words(here)
    chosen = read(here.tables)
    indicator = next(iter(address.among("indicator", here.tables.indicators["id"].to_list())), None)
    finding = next(iter(address.among("finding", here.tables["findings"]["id"].to_list())), None)
    summary = cached.impact_summary(*here.key, here.wave, here.audience, cut_by)
    return HomeChoice(
        here,
        looking,
        cached.network(*here.key, looking.scope),
        cut_by,
        summary.progress,
        summary.cells,
        where,
        finding_parts.in_view(here, chosen),
        chosen,
        indicator,
        finding,
        cached.network(*here.key, _selected(here, looking.scope, chosen)),
        _whose(here, chosen, looking.scope.hops),
    )


def _selected(here: PageContext, scope: Scope, chosen: Selection) -> Scope:
    """The part of a scope that is selected: the partners of a pilot, a partner and those it works with, or only those named."""
    if chosen.kind == "none":
        return scope
    if chosen.kind == "pilot":
        outside = scope.pilots and chosen.id not in scope.pilots
        hidden = tuple(here.tables.organisations["id"]) if outside else scope.hidden
        return replace(scope, pilots=(chosen.id,), hidden=hidden)
    return replace(scope, focus=chosen.partners(), hops=1 if chosen.kind == "partner" else 0)


def _whose(here: PageContext, chosen: Selection, hops: int) -> str:
    """The name of those the words and figures on top are of, from the filters and the selection; "" for everybody."""
    name = words(chosen, here.tables)
    selected = [f"{name} and those it works with" if chosen.kind == "partner" else name] if name else []
    return ", ".join(filter(None, [*selected, filters.sentence_start(here.tables, chips.chosen(NETWORK), hops)]))


def say_half_followed() -> None:
    """Say beside the chips which filters only one side follows."""
    chips.note(filters.partly_followed([name for name, _ in chips.chosen()]))


def headline(choice: HomeChoice) -> str:
    """The figures in one generated sentence, and whose they are."""
    here, graph, whose = choice.here, choice.narrowed.graph, choice.whose
    met = _came_of(*here.key, here.wave, here.audience, choice.cut_by)[0]
    if choice.where != whose and (choice.where or whose):
        came = f" {choice.where or 'All pilots'}: {met}." if met else ""
    else:
        came = f" {met[:1].upper()}{met[1:]}." if met else ""
    when = f"At the wave “{here.wave_name()}”, " if here.wave else "As documented, "
    start = f"{whose[0].upper()}{whose[1:]}: {when[0].lower()}{when[1:]}" if whose else when
    partners = graph.number_of_nodes()
    hold = f"{count(partners, 'partner')} {verb(partners, 'holds', 'hold')} {counted(graph.number_of_edges(), 'partnership')}"
    if not partners:
        return f"{start}no partner is in view.{came}{_in_words(choice)}"
    if not graph.number_of_edges() and (gap := absence.ties(choice.narrowed)):
        hold = f"partnerships of {count(partners, 'partner')} are {gap.words}"
    return f"{start}{hold}{_mean(choice.narrowed)}{_before(choice)}.{came}{_in_words(choice)}"


@cached.kept(256)
def _came_of(
    programme: str, at: cached.Edition, wave: str | None, audience: Audience, cut_by: Cut
) -> tuple[str, list[tuple[State, str]]]:
    """What came of it in a cut: how many targets are met, in words, and the figures of states; "" and none in the first wave."""
    if impact.starts(cached.tables(programme, at), wave):
        return "", []
    progress = cached.impact_summary(programme, at, wave, audience, cut_by).progress
    return met_text(tallies.tally(progress)), state_figures(progress)


def _in_words(choice: HomeChoice) -> str:
    """A sentence on the findings, where no target says what came of it."""
    if choice.progress.height or choice.findings.is_empty():
        return ""
    return f" {finding_sentences.headline(choice.findings, choice.here.tables)}"


def _mean(network: Network) -> str:
    mean = disclosure.mean_strength(network)
    words = strength.mean_words(network, mean) if network.ties.height else ""
    return f" of {words}" if mean.value is not None else f", {words}" if words else ""


def _before(choice: HomeChoice) -> str:
    """How the same view stood at the first wave; "" where it is narrowed by answers, which may not have been asked for then."""
    here = choice.here
    waves = waves_in_order(here.tables)
    if len(waves) < 2 or here.wave == waves[0] or choice.narrowed.scope.answers:
        return ""
    then = cached.network(*here.key, replace(choice.narrowed.scope, wave=waves[0]))
    return f" ({how_many(then.ties.height)}{_mean(then)} at the start)"


def strength_figures(choice: HomeChoice) -> None:
    """The headline figures of the left side."""
    if choice.narrowed.graph.number_of_nodes():
        figure_row(choice.here, choice.narrowed, ("ties", "mean_strength", "response_rate"))
        beside = [disclosure.reason(choice.narrowed), strength.documented_only(choice.narrowed)]
        if any(beside):
            st.caption(plain(" ".join(filter(None, beside))))


def impact_figures(choice: HomeChoice) -> None:
    """The headline figures of the right side: how many indicators of pilots are in each state; in the first wave a sentence."""
    here, progress = choice.here, choice.progress
    if not progress.height:
        finding_parts.figures(here, choice.findings)
        return
    if impact.starts(here.tables, here.wave):
        cells = choice.cells.filter(pl.col("at") == 0)
        if cells.height:
            st.markdown(plain(first_wave_headline(cells, choice.where, here.wave_name())))
        return
    with st.container(horizontal=True, gap="small", key="states"):
        for name, value in _came_of(*here.key, here.wave, here.audience, choice.cut_by)[1]:
            label = figure_label(name)
            with st.container(width=92 if len(label) < 12 else 150, gap=None):
                st.metric(label, value)
                rows_button(f"state_{name}", "Show me", partial(_in_state, progress, name), partial(_say, progress, name))


def _say(progress: pl.DataFrame, name: State) -> None:
    st.markdown(f"{STATE_MEANINGS[name]} {rows_text(progress, name)}")


def _in_state(progress: pl.DataFrame, name: State) -> pl.DataFrame:
    """The indicators of each pilot that are in one state."""
    return figures_in_words(in_state(progress, name).select("name", "pilot_name", *VALUES, "target", "n", *PROOF))


def strength_side(choice: HomeChoice) -> None:
    """The map with its tables below."""
    network = choice.network
    if not network.graph.number_of_nodes():
        nothing_left("No partner is left with these choices.", *FILTERS, after=clicks.whole_page)
        return
    if not large.show(choice.here, choice.looking, network, MAP):
        component.live_map(message(choice.here, choice.looking, network), MAP, partial(picked, MAP, choice.here))
        if why := unplayed(choice.here, network):
            st.caption(why)
    if sentences := notices(network, documented=False)[:_NOTICES]:
        st.caption("  \n".join(plain(sentence) for sentence in sentences))
    kinds = {
        "partners": lambda: cached.partner_measures(*choice.here.key, choice.looking.scope),
        "partnerships": lambda: rows.named_ties(network),
        "every figure": lambda: network_table(choice.here, network),
    }
    if choice.looking.met:
        kinds["who met whom"] = lambda: rows.who_met(network)
    show_frames("Show me the rows behind the map", "map_rows", kinds)
    pilots = network.scope.pilots
    as_picture("map", **({"about": f"pilot:{pilots[0]}"} if len(pilots) == 1 else {}))


def _about(choice: HomeChoice) -> dict[str, str]:
    """What a picture of results is about: the selected pilot, else the programme."""
    return {"about": f"pilot:{choice.chosen.id}"} if choice.chosen.kind == "pilot" else {}


def spot_of(
    network: Network, progress: pl.DataFrame, chosen: Selection, indicator: str | None, go: str | None = None
) -> dict[str, Any]:
    """What the map lights: the selection, or the partners of the pilots in which the open indicator was measured for it."""
    if indicator is None:
        return spot(chosen, network, go=go)
    own = pilots_of(chosen, network.tables)
    measured = set(progress.filter(pl.col("indicator") == indicator)["pilot"].drop_nulls())
    return spot(chosen, network, measured if own is None else measured & set(own), go)


def impact_side(choice: HomeChoice) -> None:
    """What came of it, for what is selected; with it goes what the map lights."""
    here, network = choice.here, choice.network
    of_finding = findings_side.spot_of(choice.finding, network) if choice.finding else None
    lit = of_finding or spot_of(network, choice.progress, choice.chosen, choice.indicator, choice.looking.searched)
    shown = abridged(_panel(*here.key, _looked_at(choice), choice), lexicon(here.tables))
    step = "Next step" if may_write(here) else None
    component.impact_side({**shown, "spots": {MAP: lit}, "step": step}, PANEL, partial(picked, PANEL, here))
    finding_parts.next_step(here, asked_step())
    makes = _beside(choice)
    if makes:
        show_frames("Show me the figures and their rows", "impact_rows", makes)
    if here.tables.indicators.height or choice.findings.height:
        as_picture("progress" if here.tables.indicators.height else "voices", **_about(choice))


def _looked_at(choice: HomeChoice) -> str:
    """Everything the impact side rests on beside the data and who looks."""
    here, scope = choice.here, choice.looking.scope
    return repr((scope, here.wave, choice.cut_by, choice.where, choice.chosen, choice.indicator, choice.finding))


@cached.kept(256)
def _panel(programme: str, at: cached.Edition, looked_at: str, _choice: HomeChoice) -> dict[str, Any]:
    return panel(
        _choice.network,
        _choice.progress,
        _choice.chosen,
        _choice.indicator,
        _choice.here.audience,
        _choice.where,
        _choice.findings,
        _choice.finding,
    )


def _beside(choice: HomeChoice) -> dict[str, Callable[[], pl.DataFrame]]:
    """The tables behind the impact side: the indicators shown, and what the words about the selection rest on."""
    shown = choice.progress
    makes: dict[str, Callable[[], pl.DataFrame]] = {}
    if shown.height:
        makes["indicators"] = lambda: figures_in_words(shown.drop("indicator", "pilot", "elapsed"))
    if choice.findings.height:
        makes["findings"] = partial(finding_sentences.table, choice.findings, choice.here.tables)
    if choice.chosen.kind == "partner" and choice.chosen.id in choice.network.graph:
        makes["its measures"] = lambda: partner_table(choice.here, choice.network, choice.chosen.id)
        makes["its partnerships"] = lambda: measure_rows(choice.network, "partners", choice.chosen.id)
        if choice.here.audience == "lead":
            makes["ratings it received"] = lambda: measure_rows(choice.network, "trust_received", choice.chosen.id)
    if choice.chosen.kind == "tie":
        makes["the partnership"] = lambda: rows.selected_tie(choice.here, choice.network, choice.chosen)
    return makes
