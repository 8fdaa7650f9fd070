"""Strength beside impact as statistics: the scatter, its rank correlation, all indicators at once, and where ties lie."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import streamlit as st

from wtnet.analysis import association
from wtnet.analysis.association import AGAINST, FEW, UNITS, Association
from wtnet.draw.charts.dots import Dot, dots
from wtnet.draw.charts.scatter import NAMED, scatter
from wtnet.network import Network, Scope
from wtnet.sentences import association as sentences
from wtnet.sentences.reach import p_value
from wtnet.tables.model import Audience
from wtnet.tables.schema import THEMES
from wtnet.ui.frame import address, cached, page
from wtnet.ui.frame.markdown import figure, listed, plain
from wtnet.ui.frame.page import PageContext
from wtnet.ui.map import clicks
from wtnet.ui.parts import filters
from wtnet.ui.parts.figures import interval_note, rows_table

address.declare(unit="unit", against="way of measuring")

STYLE = Path(__file__).parents[2] / "parts" / "report_lines.css"
HOME = "pages/side_by_side.py"
_SCALE = [(-1.0, "−1 opposite order"), (0.0, "0 no common order"), (1.0, "1 same order")]


@dataclass(frozen=True, eq=False)
class Seen:
    """What the page shows: the network, the correlation asked for, and that of every indicator (see `overview`)."""

    here: PageContext
    network: Network
    found: Association
    every: pl.DataFrame


@st.cache_resource(max_entries=128, show_spinner="Trying the orders chance would give …", hash_funcs={Scope: repr})
def _found(
    programme: str, at: cached.At, scope: Scope, wave: str | None, audience: Audience, indicator: str, unit: str, against: str
) -> Association:
    progress = cached.progress(programme, at, wave, audience)
    return association.associate(cached.network(programme, at, scope), progress, indicator, unit, against)


@st.cache_resource(max_entries=64, show_spinner="Trying the orders chance would give …", hash_funcs={Scope: repr})
def _every(
    programme: str, at: cached.At, scope: Scope, wave: str | None, audience: Audience, unit: str, against: str
) -> pl.DataFrame:
    progress = cached.progress(programme, at, wave, audience)
    return association.overview(cached.network(programme, at, scope), progress, unit, against)


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs={Scope: repr})
def _spans(programme: str, at: cached.At, scope: Scope, pilots: tuple[str, ...]) -> dict[str, tuple[float, float]]:
    return association.strength_intervals(cached.network(programme, at, scope), list(pilots))


def look(here: PageContext) -> Seen | None:
    """Draw the choices and work out what they ask for; None, with a sentence, where nothing has been measured."""
    st.html(STYLE)
    about = here.tables.indicators
    if not about.height:
        st.info(
            "This programme has no indicators, so there is nothing to set strength beside. Where its ties lie is below.",
            icon=":material/info:",
        )
        return None
    words = {row["id"]: f"{row['name']} ({THEMES[row['theme']].lower()})" for row in about.iter_rows(named=True)}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="association_choices"):
        with st.container(width=420):
            indicator = address.one(
                st.selectbox,
                "Result",
                list(words),
                name="indicator",
                default=_first(here),
                what="indicator",
                format_func=words.__getitem__,
            )
        against = _choice("Measured as", AGAINST, "against", "change", "way of measuring")
        unit = _choice("One point is a", {name: name for name in UNITS}, "unit", "pilot", "unit")
        pairing, weights = filters.strength()
    scope = Scope(wave=here.wave, pairing=pairing, weights=weights)
    asked = (*here.key, scope, here.wave, here.audience)
    found = _found(*asked, indicator or _first(here), unit, against)
    return Seen(here, cached.network(*here.key, scope), found, _every(*asked, unit, against))


def _choice(label: str, words: dict[str, str], name: str, default: str, what: str) -> str:
    with st.container(width="content"):
        chosen = address.one(
            st.segmented_control,
            label,
            list(words),
            name=name,
            default=default,
            what=what,
            format_func=lambda one: words[one].capitalize(),
            required=True,
        )
    return chosen or default


def _first(here: PageContext) -> str:
    """The indicator to begin with: the first of those with the most results."""
    found = cached.progress(*here.key, here.wave, here.audience).filter(pl.col("latest").is_not_null())
    counts = dict(found.group_by("indicator").len().iter_rows())
    return max(here.tables.indicators["id"].to_list(), key=lambda one: counts.get(one, 0))


def sentence(seen: Seen) -> None:
    """What the points say, and how far so few can say it."""
    row = seen.every.row(by_predicate=pl.col("indicator") == seen.found.indicator, named=True)
    page.opening_sentence(sentences.headline(seen.found, row["p_holm"], seen.every["p"].len() - seen.every["p"].null_count()))


def picture(seen: Seen) -> None:
    """The points with their names and intervals; a click opens one on the map."""
    found = seen.found
    if not found.n:
        st.info(
            "No point can be drawn: each needs partnerships of known strength and a result at two waves.", icon=":material/info:"
        )
        return
    spans = {}
    if found.unit == "pilot" and found.n <= 60:
        spans = _spans(*seen.here.key, seen.network.scope, tuple(found.points["id"]))
    unit = seen.here.tables.indicators.row(by_predicate=pl.col("id") == found.indicator, named=True)["unit"]
    measured = "Progress from baseline (0) to target (1)" if found.against == "progress" else f"Change ({unit or 'no unit'})"
    up = ", better is up" if found.better == "lower" and found.against == "change" else ""
    drawn = scatter(
        found.points, "Mean strength of partnerships, 0 to 1", f"{measured}{up}", spans, st.context.theme.type == "dark"
    )
    st.plotly_chart(
        drawn,
        key="association_points",
        on_select=lambda: _clicked(seen.here, found.unit),
        selection_mode="points",
        config={"displayModeBar": False},
        alt=sentences.alternative_text(found),
    )
    clicks.follow()
    lines = "Lines are 95 % intervals of a pilot's mean strength. " if spans else ""
    st.caption(f"{lines}A click on a point opens it on the map.{_left_out(seen)}")


def _left_out(seen: Seen) -> str:
    """Which pilots have no part in the picture, and why that may be."""
    drawn = {pilot for mine in seen.found.points["sources"] for pilot in mine}
    names = [name for pilot, name in seen.here.tables.pilots.select("id", "name").iter_rows() if pilot not in drawn]
    if not names:
        return ""
    why = "no partnership of known strength, or no result at both waves"
    return f" Not drawn: {plain(listed(names, 4))} ({why}{', or withheld' if seen.here.audience != 'lead' else ''})."


def _clicked(here: PageContext, unit: str) -> None:
    points = st.session_state["association_points"].selection.points
    if points:
        select = f"{unit}:{points[0]['customdata'][0]}"
        address.put("select", select)
        clicks.open_page(HOME, _link(here, select))


def _link(here: PageContext, select: str) -> dict[str, str]:
    asked = {"programme": here.programme.id, "wave": here.wave, "select": select}
    asked["audience"] = "" if here.audience == "lead" else here.audience
    return {name: value for name, value in asked.items() if value}


def figures(seen: Seen) -> None:
    """ρ with its interval and p, how many points there are, how it is worked out, and the way to each on the map."""
    found = seen.found
    with st.container(horizontal=True, gap="medium", key="figures"):
        _figure("Rank correlation ρ", figure(found.rho, digits=2))
        _figure("95 % interval", sentences.interval_text(found.low, found.high), 150)
        _figure(
            "p, exact" if found.exact else "p", "–" if found.p is None else p_value(found.p).removeprefix("p ").removeprefix("= ")
        )
        _figure("Results", figure(found.results))
    interval_note(("", seen.network))
    _how()
    shown = {f"{found.unit}:{one}": name for one, name in found.points.select("id", "name").iter_rows()}
    if not shown:
        return
    st.markdown("**On the map**")
    if len(shown) > NAMED:
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            to = st.selectbox("Partner", list(shown), format_func=shown.__getitem__, key="association_to", width=260)
            st.page_link(HOME, label="Open it", icon=":material/join_inner:", query_params=_link(seen.here, to))
        return
    with st.container(gap=None, key="broker_points"):
        for select, name in shown.items():
            st.page_link(HOME, label=plain(name), query_params=_link(seen.here, select))


def _figure(label: str, value: str, width: int = 122) -> None:
    with st.container(width=width, gap=None):
        st.metric(label, value)


def _how() -> None:
    with st.popover("How it is worked out", type="tertiary", icon=":material/menu_book:"):
        st.markdown(
            "**Spearman's ρ** (1904) sets the order of strengths beside the order of results: 1 the same order, −1 the opposite, "
            "0 none in common. Strength is the mean over the partnerships within a pilot, or over those of a partner.\n\n"
            f"**p** is how often an order at least this clear comes about when the results are dealt out at random: every order "
            f"is tried up to {association.EXACT} results, beyond that {association.DRAWS:,} random ones. Partners share the "
            "results of their pilots, so results are dealt out with everyone they belong to.\n\n"
            f"**The interval** is a bootstrap of {association.BOOTSTRAP:,} draws (95 %, percentile). With few points it is "
            "rough.\n\n"
            "A correlation does not say that one brings about the other."
        )


def opened(label: str, name: str, make: Callable[[], pl.DataFrame]) -> None:
    with st.popover(label, type="tertiary", key=f"open_{name}", on_change="rerun", icon=":material/table_rows:") as box:
        if box.open:
            rows_table(make(), name)


def points(found: Association) -> pl.DataFrame:
    """The points as a table: name, strength, partnerships, result, people behind it, pilots whose results these are."""
    return found.points.select(
        "name", "strength", pl.col("ties").alias("partnerships"), pl.col("value").alias("result"), "n", pilots="sources"
    )


def behind(seen: Seen) -> None:
    """The rows behind the picture."""
    if seen.found.n:
        opened(f"Show me the {seen.found.n} points", "association_rows", lambda: points(seen.found))


def every(seen: Seen) -> None:
    """All indicators at once, allowing for how many they are."""
    st.subheader("All indicators at once", anchor="every")
    known = seen.every.filter(pl.col("rho").is_not_null())
    if not known.height:
        st.info("No indicator has three results to compare.", icon=":material/info:")
        return
    clear = known.filter(pl.col("p_holm") < 0.05)["name"].to_list()
    few = bool((known["results"] < FEW).all())
    st.markdown(plain(sentences.overview_sentence(clear, known.height, few)))
    drawn = [
        Dot(
            row["name"],
            row["rho"],
            f"{figure(row['rho'], digits=2)} ({sentences.interval_text(row['low'], row['high'])}), {p_value(row['p'])}",
            row["low"],
            row["high"],
            note=f"{row['results']} results",
        )
        for row in known.iter_rows(named=True)
    ]
    st.html(dots(drawn, -1, 1, _SCALE, 0.0, "Rank correlation of strength with each indicator"))
    st.caption("Square: ρ. Line: 95 % interval. The table has p allowing for so many questions (Holm 1979).")
    opened("Show me the figures", "association_every", lambda: seen.every.drop("indicator"))
