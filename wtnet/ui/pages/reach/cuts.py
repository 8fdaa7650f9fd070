"""The lower half of the reach page: crossing beside chance, who joins others, reach by group, and from wave to wave."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import polars as pl
import streamlit as st

from wtnet.draw.charts import reach as reach_charts
from wtnet.draw.charts.change import Point, multiple
from wtnet.draw.charts.dots import Dot, dots
from wtnet.measures import by_group as cuts
from wtnet.measures import catalogue, reach
from wtnet.network import Network, date_of, waves_in_order
from wtnet.sentences import reach as reach_sentences
from wtnet.ui.frame import address, cached
from wtnet.ui.frame.markdown import count, figure, plain, share
from wtnet.ui.frame.page import PageContext
from wtnet.ui.map import component
from wtnet.ui.pages.reach.reach import MUSEUMS, Seen, chance_of, opened
from wtnet.ui.parts.figures import measure_value

address.declare(by="grouping")

BY_WORDS = {"place": "place", "target_group": "target group", "pilot": "pilot", "home": "place of partners"}


def chance(seen: Seen) -> None:
    """The E-I index beside what chance would give, and assortativity."""
    st.header("More than chance?", anchor="chance")
    found = chance_of(seen)
    said = reach_sentences.crossing(seen.network, found)
    if said is None:
        st.info("No two partners in view have a tie, so nothing crosses.", icon=":material/info:")
        return
    st.markdown(plain(said[1]))
    index = found["ei_index"]
    between = None if found["low"] is None else (found["low"], found["high"])
    range_ = f"; by chance {figure(between[0], digits=2)} to {figure(between[1], digits=2)}" if between else ""
    row = Dot("E-I index", index, f"{figure(index, digits=2)}{range_}", chance=between, note="ties outward less ties inward")
    ticks = [(-1.0, "−1 own kind only"), (0.0, "0 half and half"), (1.0, "1 other kinds only")]
    st.html(dots([row], -1, 1, ticks, 0.0, "E-I index beside what chance would give"))
    st.caption(
        "The square is this network; the pane holds 95 of 100 networks with the same ties and the kinds dealt out at random."
    )
    st.markdown(plain(reach_sentences.assortativity_sentence(found)))
    opened("Show me the figures", "ei_index", lambda: pl.DataFrame([found]), "ei_index")


def brokers(seen: Seen) -> None:
    """Who joins others that have no tie of their own, by role."""
    st.header("Who joins others", anchor="brokers")
    found = cuts.brokers(seen.network)
    if not found.height:
        st.info("Nobody in view joins two partners that have no tie of their own.", icon=":material/info:")
        return
    st.markdown(
        "Partners that stand between two others without a tie of their own, by the kinds they join. A partner with many ties "
        "joins many pairs by numbers alone."
    )
    for column, (role, (title, meaning)) in zip(
        st.columns(len(reach_sentences.ROLES)), reach_sentences.ROLES.items(), strict=True
    ):
        with column, st.container(gap=None, key=f"broker_{role}"):
            st.markdown(f"**{title}**")
            st.caption(f"{meaning} ({role})")
            top = found.filter(pl.col("role") == role).head(3)
            if not top.height:
                st.markdown("Nobody")
            for partner, name, kind, pairs in top.select("id", "name", "kind", "pairs").iter_rows():
                to_map(seen.here, f"partner:{partner}", name)
                st.caption(f"{reach_charts.SHORT[kind]}, {count(pairs, 'pair')}")
    everyone = cuts.brokers(seen.network, max(1, seen.network.graph.number_of_nodes()))
    opened("Show me everybody", "brokers", lambda: everyone.drop("id"), "liaison", "partner")


def to_map(here: PageContext, select: str, label: str) -> None:
    """A link to the home page with a partner or pilot selected."""
    asked = {"programme": here.programme.id, "wave": here.wave, "select": select}
    st.page_link("pages/side_by_side.py", label=plain(label), query_params={k: v for k, v in asked.items() if v})


def by_group(seen: Seen) -> None:
    """Reach in each place, target group or pilot, with how it stood at first."""
    st.header("By place and target group", anchor="groups")
    there = [by for by in cuts.BY if cuts.by_group(seen.network, by).height]
    if not there:
        st.info("No pilot says where it is or for whom, and no partner has a place.", icon=":material/info:")
        return

    def words(by: str) -> str:
        return BY_WORDS[by].capitalize()

    chosen = address.one(
        st.segmented_control, "By", there, name="by", default=there[0], what="grouping", format_func=words, required=True
    )
    by = chosen or there[0]
    found = cuts.by_group(seen.network, by)
    before = cuts.by_group(seen.first, by) if seen.first else None
    st.markdown(plain(reach_sentences.groups_sentence(found, "place" if by == "home" else BY_WORDS[by])))
    st.html(reach_charts.groups(found.head(MUSEUMS), before, BY_WORDS[by]))
    who = "partners whose own place it is" if by == "home" else "the partners of its pilots; one in two pilots counts in both"
    small = f" Smaller: at the wave “{seen.first_name}”." if before is not None else ""
    st.caption(plain(f"Each row: {who}, and the ties among them.{small}"))
    opened("Show me the rows", "groups", lambda: found, "cross_sector_share")


def over_waves(seen: Seen) -> tuple[dict[str, list[Point]], pl.DataFrame]:
    """{title: its points, wave by wave}, and the same as a table: figure, wave, value, low, high."""
    strength, crossing = (catalogue.find(name, "network") for name in ("mean_strength", "cross_sector_share"))
    lines: list[tuple[str, Callable[[Network], float | None], Callable[[float | None], str], str | None]] = [
        ("Core kinds a museum reaches", cuts.kinds_reached, lambda v: figure(v, digits=1), None),
        ("Museum–health partnerships", lambda n: cuts.museum_health(n).height, figure, None),
        ("Ties between kinds", reach.cross_sector_share, share, crossing.id),
        ("Mean strength", strength.compute, lambda v: measure_value(strength, v), strength.id),
        ("Partnerships", lambda n: n.ties.height, figure, None),
    ]
    scope, found, rows = seen.network.scope, {}, []
    networks = [cached.network(*seen.here.key, replace(scope, wave=wave)) for wave in waves_in_order(seen.here.tables)]
    for title, work, words, interval in lines:
        points = []
        for network in networks:
            span = cached.intervals(*seen.here.key, network.scope).get(interval) if interval else None
            low, high = span or (None, None)
            value = work(network)
            note = f"95 % interval {words(low)} to {words(high)}" if span else ""
            day, name = date_of(network.tables, network.wave), seen.here.wave_name(network.wave)
            points.append(Point(name, value, words(value), day, low, high, note=note))
            rows.append((title, name, None if value is None else float(value), low, high))
        found[title] = points
    columns = {"figure": pl.String, "wave": pl.String, "value": pl.Float64, "low": pl.Float64, "high": pl.Float64}
    return found, pl.DataFrame(rows, schema=columns, orient="row")


def waves(seen: Seen) -> None:
    """Reach in every wave, small, with intervals where there are any."""
    if len(waves_in_order(seen.here.tables)) < 2:
        return
    st.header("From wave to wave", anchor="waves")
    found, table = over_waves(seen)
    tops = {"Core kinds a museum reaches": 4.0, "Ties between kinds": 1.0, "Mean strength": 1.0}
    component.pictures([multiple(title, points, top=tops.get(title)) for title, points in found.items()], "reach_waves")
    st.caption(
        "Bars behind the points are 95 % intervals: another set of partners like these would most likely fall in this range."
    )
    opened("Show me the figures", "reach_waves", lambda: table, "cross_sector_share")
