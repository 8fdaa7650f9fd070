"""Strength beside impact: the scatter, its rank correlation, and all indicators at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl
import streamlit as st

from wtnet.analysis import association, rank_correlation
from wtnet.analysis.association import AGAINST, UNITS, Association
from wtnet.draw.charts.association import CORRELATION_SCALE, correlation_dots
from wtnet.draw.charts.dots import dots
from wtnet.draw.charts.scatter import NAMED, scatter
from wtnet.measures import absence, disclosure, uncertainty
from wtnet.network import Network, Scope
from wtnet.sentences import association as association_sentences
from wtnet.sentences import record
from wtnet.sentences.format import WITHHELD
from wtnet.sentences.reach import p_value
from wtnet.tables.columns import THEMES
from wtnet.tables.model import Audience
from wtnet.ui.frame import address, cached, page
from wtnet.ui.frame.markdown import figure, listed, plain
from wtnet.ui.frame.page import PageContext
from wtnet.ui.map import clicks
from wtnet.ui.parts import filters
from wtnet.ui.parts.as_picture import as_picture
from wtnet.ui.parts.figures import interval_note, rows_popover

address.declare(unit="unit", against="way of measuring")

STYLE = Path(__file__).parents[2] / "parts" / "report_lines.css"
HOME = "pages/side_by_side.py"


@dataclass(frozen=True, eq=False)
class AssociationChoice:
    """The network, the correlation asked for, and that of every indicator (see `association.overview`)."""

    here: PageContext
    network: Network
    result: Association
    indicators: pl.DataFrame


@cached.kept(128, "Comparing with chance …")
def _association(
    programme: str,
    at: cached.Edition,
    scope: Scope,
    wave: str | None,
    audience: Audience,
    indicator: str,
    unit: str,
    against: str,
) -> Association:
    progress = cached.progress(programme, at, wave, audience)
    return association.associate(cached.network(programme, at, scope), progress, indicator, unit, against)


@cached.kept(64, "Comparing with chance …")
def _indicators(
    programme: str, at: cached.Edition, scope: Scope, wave: str | None, audience: Audience, unit: str, against: str
) -> pl.DataFrame:
    progress = cached.progress(programme, at, wave, audience)
    return association.overview(cached.network(programme, at, scope), progress, unit, against)


@cached.kept(64)
def _intervals(programme: str, at: cached.Edition, scope: Scope, pilots: tuple[str, ...]) -> dict[str, tuple[float, float]]:
    return association.strength_intervals(cached.network(programme, at, scope), list(pilots))


def choose(here: PageContext) -> AssociationChoice | None:
    """Draw the choices and work out what they ask for; None, with a sentence, where nothing has been measured."""
    st.html(STYLE)
    indicators = here.tables.indicators
    if not indicators.height:
        st.info(
            plain(record.results_untold(here.tables))
            or "This programme has no indicators, so there is nothing to set strength beside. Where its partnerships "
            "lie is below.",
            icon=":material/info:",
        )
        return None
    if absence.documents_only(cached.network(*here.key, Scope(wave=here.wave))):
        st.info(absence.NOT_BY_CHANCE, icon=":material/info:")
        return None
    labels = {row["id"]: f"{row['name']} ({THEMES[row['theme']].lower()})" for row in indicators.iter_rows(named=True)}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="association_choices"):
        with st.container(width=420):
            indicator = address.choose("Result", labels, name="indicator", default=_first(here))
        against = _buttons("Measured as", AGAINST, "against", "change")
        unit = _buttons("One point is a", {name: name for name in UNITS}, "unit", "pilot")
        scope = filters.scope(here)
    asked = (*here.key, scope, here.wave, here.audience)
    result = _association(*asked, indicator, unit, against)
    return AssociationChoice(here, cached.network(*here.key, scope), result, _indicators(*asked, unit, against))


def _buttons(label: str, options: dict[str, str], name: str, default: str) -> str:
    labels = {option: words.capitalize() for option, words in options.items()}
    with st.container(width="content"):
        return address.choose(label, labels, name=name, default=default, widget=st.segmented_control)


def _first(here: PageContext) -> str:
    """The indicator to begin with: the first of those with the most results."""
    measured = cached.progress(*here.key, here.wave, here.audience).filter(pl.col("latest").is_not_null())
    counts = dict(measured.group_by("indicator").len().iter_rows())
    return max(here.tables.indicators["id"].to_list(), key=lambda indicator: counts.get(indicator, 0))


def headline(choice: AssociationChoice) -> None:
    """Show what the points say, and how far so few can say it."""
    row = choice.indicators.row(by_predicate=pl.col("indicator") == choice.result.indicator, named=True)
    tested = choice.indicators["p"].count()
    page.opening_sentence(association_sentences.headline(choice.result, row["p_holm"], tested))


def picture(choice: AssociationChoice) -> None:
    """Show the points with their names and intervals; a click opens one on the map."""
    result = choice.result
    if result.withheld and not result.n:
        st.info(plain(result.withheld), icon=":material/visibility_off:")
        return
    if not result.n:
        st.info(
            "No point can be drawn: each needs partnerships of known strength and a result at two waves.", icon=":material/info:"
        )
        return
    spans = {}
    if result.unit == "pilot" and result.n <= 60:
        spans = _intervals(*choice.here.key, choice.network.scope, tuple(result.points["id"]))
    unit = choice.here.tables.indicators.row(by_predicate=pl.col("id") == result.indicator, named=True)["unit"]
    measured = "Progress from baseline (0) to target (1)" if result.against == "progress" else f"Change ({unit or 'no unit'})"
    up = ", better is up" if result.better == "lower" and result.against == "change" else ""
    drawn = scatter(
        result.points, "Mean strength of partnerships, 0 to 1", f"{measured}{up}", spans, st.context.theme.type == "dark"
    )
    st.plotly_chart(
        drawn,
        key="association_points",
        on_select=lambda: _clicked(choice.here, result.unit),
        selection_mode="points",
        config={"displayModeBar": False},
        alt=association_sentences.alternative_text(result),
    )
    clicks.follow()
    lines = "Lines are 95% intervals of a pilot's mean strength. " if spans else ""
    st.caption(f"{lines}A click on a point opens it on the map.{_left_out(choice)}")
    as_picture("scatter")


def _left_out(choice: AssociationChoice) -> str:
    """The pilots that are not in the picture, and why that may be, as Markdown; "" for none."""
    drawn = {pilot for sources in choice.result.points["sources"] for pilot in sources}
    names = [name for pilot, name in choice.here.tables.names("pilots").items() if pilot not in drawn]
    if not names:
        return ""
    why = "no partnership of known strength, or no result at both waves"
    return f" Not drawn: {plain(listed(names, 4))} ({why}{', or withheld' if choice.here.audience != 'lead' else ''})."


def _clicked(here: PageContext, unit: str) -> None:
    points = st.session_state["association_points"].selection.points
    if points:
        select = f"{unit}:{points[0]['customdata'][0]}"
        address.put("select", select)
        clicks.open_page(HOME, _map_params(here, select))


def _map_params(here: PageContext, select: str) -> dict[str, str]:
    audience = "" if here.audience == "lead" else here.audience
    params = {"programme": here.programme.id, "wave": here.wave, "select": select, "audience": audience}
    return {name: value for name, value in params.items() if value}


def figures(choice: AssociationChoice) -> None:
    """Show ρ with its interval and p, how many results there are, how it is worked out, and a link to each point on the map."""
    result = choice.result
    with st.container(horizontal=True, gap="medium", key="figures"):
        why = result.withheld
        p = "–" if result.p is None else p_value(result.p).removeprefix("p ").removeprefix("= ")
        _figure("How closely they go together, ρ", WITHHELD if why else figure(result.rho, digits=2), help=why)
        _figure("95% interval", WITHHELD if why else association_sentences.interval_text(result.low, result.high), 150, why)
        _figure("By chance alone, p", WITHHELD if why else p, help=why)
        if not why:
            _figure("Results", figure(result.results))
    interval_note(("", choice.network))
    _how()
    points = {f"{result.unit}:{id}": name for id, name in result.points.select("id", "name").iter_rows()}
    if not points:
        return
    st.markdown("**On the map**")
    if len(points) > NAMED:
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            select = st.selectbox("Partner", list(points), format_func=points.__getitem__, key="association_to", width=260)
            st.page_link(
                HOME,
                label="Open it",
                icon=":material/join_inner:",
                query_params=address.params(**_map_params(choice.here, select)),
            )
        return
    with st.container(gap=None, key="broker_points"):
        for select, name in points.items():
            st.page_link(HOME, label=plain(name), query_params=address.params(**_map_params(choice.here, select)))


def _figure(label: str, value: str, width: int = 122, help: str | None = None) -> None:
    with st.container(width=width, gap=None):
        st.metric(label, value, help=help)


def _how() -> None:
    with st.popover("How it is worked out", type="tertiary", icon=":material/menu_book:"):
        st.markdown(
            "**Spearman's ρ** (1904) sets the order of strengths beside the order of results: 1 the same order, −1 the opposite, "
            "0 none in common. Strength is the mean over the partnerships within a pilot, or over those of a partner.\n\n"
            f"**p** is how often an order at least this clear comes about when the results are dealt out at random: every order "
            f"is tried up to {association.EXACT} results, beyond that {association.DRAWS:,} random ones. Partners share the "
            "results of their pilots, so results are dealt out with everyone they belong to.\n\n"
            f"**The interval** is a bootstrap of {rank_correlation.BOOTSTRAP:,} draws (95%, percentile). With fewer than "
            f"{uncertainty.FEW} results there is none: read the points and the exact p.\n\n"
            "A correlation does not say that one brings about the other."
        )


def points_table(result: Association) -> pl.DataFrame:
    """The points: name, strength (0–1), partnerships, result, n (people), pilots (whose results these are)."""
    return result.points.select(
        "name", "strength", pl.col("ties").alias("partnerships"), pl.col("value").alias("result"), "n", pilots="sources"
    )


def point_rows(choice: AssociationChoice) -> None:
    """Show the button for the rows behind the picture."""
    result = choice.result
    if result.n:
        rows_popover(f"Show me the {result.n} points", "association_rows", lambda: points_table(result))


def all_indicators(choice: AssociationChoice) -> None:
    """Show ρ of every indicator at once, allowing for how many they are."""
    st.subheader("All indicators at once", anchor="every")
    known, hidden = choice.indicators.filter(pl.col("rho").is_not_null()), choice.indicators.filter("withheld")
    words = plain(association_sentences.every_indicator(choice.indicators, disclosure.reason(choice.network)))
    if hidden.height:
        st.info(words, icon=":material/visibility_off:")
    elif not known.height:
        st.info(words, icon=":material/info:")
    else:
        st.markdown(words)
    if not known.height:
        return
    st.html(dots(correlation_dots(known), -1, 1, CORRELATION_SCALE, 0.0, "Rank correlation of strength with each indicator"))
    legend = f"Square: ρ. Line: 95% interval, from {uncertainty.FEW} results on: fewer cannot carry one."
    if known["p_holm"].is_not_null().any():
        legend += " “Allowing for all” is p raised because so many questions are asked at once (Holm 1979)."
    st.caption(legend)
    as_picture("correlations")
    rows_popover("Show me the figures", "association_every", lambda: choice.indicators.drop("indicator"))
