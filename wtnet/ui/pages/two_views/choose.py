"""Which two views are compared: each side chosen above its map and kept in the URL, as "wave:end" or "said:PARTNER"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import polars as pl
import streamlit as st

from wtnet.measures import two_views
from wtnet.measures.two_views import ComparedView
from wtnet.network import Network, Scope, waves_in_order
from wtnet.sentences import two_views as two_views_sentences
from wtnet.sentences.filters import RULE
from wtnet.sentences.waves import names as wave_names
from wtnet.tables.schema import KINDS
from wtnet.ui.frame import address, cached
from wtnet.ui.frame.page import PageContext
from wtnet.ui.parts import filters

address.declare(left="view", right="view")

SIDES = ("left", "right")
FOLLOWS = ("kind", "hide", "off", *RULE)
"""Not those of pilots and of whom the map starts from: each side says whom it shows; nor the least strength: a tie that falls
below it has not ended."""


@dataclass(frozen=True, eq=False)
class TwoViews:
    """Both sides: the views, their names, what each shows, what each would show if nothing were switched off in the legend,
    what became of each pair, and the partner whose ties alone are compared (or none)."""

    here: PageContext
    views: tuple[ComparedView, ComparedView]
    names: tuple[str, str]
    shown: tuple[Network, Network]
    whole: tuple[Network, Network]
    pairs: pl.DataFrame
    centre: str | None


def a_wave_matters() -> bool:
    """Whether the page's own choice of a wave means anything: not where both sides are waves themselves."""
    return any(not (address.get(side) or "wave:").startswith("wave:") for side in SIDES)


def choose(here: PageContext) -> TwoViews:
    """Both views, chosen above their maps and kept in the URL."""
    first = _defaults(here)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="two_controls"):
        scope = filters.scope(here, *FOLLOWS)
        st.button("Swap sides", icon=":material/swap_horiz:", on_click=_swap, key="swap")
    columns = st.columns(2, gap="large")
    chosen = []
    for side, column, default in zip(SIDES, columns, first, strict=True):
        with column:
            chosen.append(_side(here, side, default))
    return compare(here, (chosen[0], chosen[1]), scope)


def compare(here: PageContext, views: tuple[ComparedView, ComparedView], scope: Scope) -> TwoViews:
    """Both networks and how they differ; one partner's view on either side narrows both to its ties."""
    about = {view.partner for view in views} - {None}
    centre = next(iter(about)) if len(about) == 1 else None
    off = tuple(kind for kind in address.every("off") if kind in KINDS)
    kinds = here.tables.organisations.filter(pl.col("kind").cast(pl.String).is_in(off))["id"].to_list() if off else []
    whole = tuple(_network(*here.key, view, scope, centre) for view in views)
    narrowed = replace(scope, hidden=(*scope.hidden, *kinds))
    shown = tuple(_network(*here.key, view, narrowed, centre) for view in views) if kinds else whole
    names = tuple(two_views_sentences.view_name(view, here.tables) for view in views)
    pairs = two_views.pairs((views[0], shown[0]), (views[1], shown[1]))
    return TwoViews(here, views, (names[0], names[1]), (shown[0], shown[1]), (whole[0], whole[1]), pairs, centre)


@cached.kept(128)
def _network(programme: str, at: cached.Edition, view: ComparedView, scope: Scope, centre: str | None) -> Network:
    return two_views.network(cached.tables(programme, at), view, scope, centre)


def _defaults(here: PageContext) -> tuple[ComparedView, ComparedView]:
    """What is most worth comparing: the first and the last wave; documents and ratings; two pilots; all and all."""
    order = waves_in_order(here.tables)
    pilots = here.tables.pilots["id"].to_list()
    if len(order) > 1:
        return ComparedView("wave", order[0]), ComparedView(
            "wave", here.wave if here.wave and here.wave != order[0] else order[-1]
        )
    if order and here.tables.partnerships.height:
        return ComparedView("documented"), ComparedView("wave", order[0])
    if len(pilots) > 1:
        return ComparedView("pilot", pilots[0]), ComparedView("pilot", pilots[1])
    return ComparedView("all"), ComparedView("documented")


def _options(here: PageContext) -> dict[str, dict[str, str]]:
    """What there is to look at: per kind of view, ids and names (empty for a kind without)."""
    tables = here.tables
    names = tables.names("organisations")
    waves = wave_names(tables)
    ratings = tables.ratings.filter(pl.col("wave") == here.wave) if here.wave else tables.ratings.clear()
    options: dict[str, dict[str, str]] = {"all": {"": ""}, "documented": {"": ""}}
    options["wave"] = {wave: waves[wave] for wave in waves_in_order(tables)}
    options["pilot"] = tables.names("pilots")
    narrow = (("said", "rater"), ("about", "partner")) if here.audience == "lead" else ()  # one partner's words are for the lead
    for kind, column in narrow:
        there = set(ratings[column])
        options[kind] = {partner: name for partner, name in names.items() if partner in there}
    return {kind: options[kind] for kind in two_views_sentences.KINDS if options.get(kind)}


def _side(here: PageContext, side: str, default: ComparedView) -> ComparedView:
    """The choice of one side. The URL is what counts: the widgets show it, and write it when they are changed."""
    options = _options(here)
    asked = address.get(side)
    chosen = two_views.parse_view(asked, here.tables) if asked else default
    if chosen is None or (chosen.partner and here.audience != "lead"):
        address.gone("view", str(asked))
        address.put(side)
        chosen = default
    if chosen.id and chosen.id not in options.get(chosen.kind, {}):
        options.setdefault(chosen.kind, {})[chosen.id] = two_views_sentences.view_name(
            ComparedView("pilot", chosen.id), here.tables
        )
        if chosen.partner:
            options[chosen.kind][chosen.id] = here.tables.names("organisations")[chosen.id]

    def kind_changed() -> None:
        kind = st.session_state[f"{side}_kind"]
        address.put(side, ComparedView(kind, _like(chosen, options[kind])).text())

    def which_changed() -> None:
        address.put(side, ComparedView(chosen.kind, st.session_state[f"{side}_which"] or chosen.id).text())

    st.session_state[f"{side}_kind"] = chosen.kind
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key=f"{side}_choice"):
        with st.container(width=204):
            st.selectbox(
                f"{side.capitalize()} side",
                [kind for kind in two_views_sentences.KINDS if kind in options],
                key=f"{side}_kind",
                format_func=two_views_sentences.KINDS.__getitem__,
                on_change=kind_changed,
            )
        if chosen.id:
            st.session_state[f"{side}_which"] = chosen.id
            with st.container(width=226):
                st.selectbox(
                    "Which",
                    list(options[chosen.kind]),
                    key=f"{side}_which",
                    format_func=options[chosen.kind].__getitem__,
                    on_change=which_changed,
                )
    return chosen


def _like(chosen: ComparedView, options: Iterable[str]) -> str:
    """The same wave, pilot or partner in another kind of view if it is there: the one selected on the map, else the first."""
    there = list(options)
    selected = (address.get("select") or "").removeprefix("partner:")
    return next((id_ for id_ in (chosen.id, selected) if id_ and id_ in there), there[0])


def _swap() -> None:
    left, right = address.get("left"), address.get("right")
    defaults = st.session_state.get("two_shown", (None, None))
    address.put("left", right or defaults[1])
    address.put("right", left or defaults[0])
