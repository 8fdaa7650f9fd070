"""The funder's page: how far the work reaches across kinds of partner, places and target groups, and how that changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import polars as pl
import streamlit as st

from wtnet.draw.charts import reach as reach_charts
from wtnet.measures import by_group, catalogue, reach
from wtnet.network import Network, Scope, waves_in_order
from wtnet.sentences import reach as reach_sentences
from wtnet.tables.schema import CORE_KINDS, KINDS
from wtnet.ui.frame import address, cached
from wtnet.ui.frame.markdown import count, listed, plain
from wtnet.ui.frame.page import PageContext, nothing_left
from wtnet.ui.parts import filters
from wtnet.ui.parts.figures import figure_row, guide_link, interval_note, rows_table, show_frame

address.declare(pilot_place="place", target_group="target group", mix="figure")

STYLE = Path(__file__).parents[2] / "parts" / "report_lines.css"
FILTERS = ("pilot_place", "target_group", "pilot")
MUSEUMS = 40
"""So many museums are drawn; all of them are in the table."""
_MIX = {
    "ties": "How many partnerships there are between two kinds; kinds with many partners have many.",
    "mean_strength": "How strong they are on average (0 none, 1 strongest); “–” where no strength is known.",
    "share_of_possible": "What part of all the pairs of partners of two kinds work together; this may be compared between kinds.",
}


@dataclass(frozen=True, eq=False)
class Seen:
    """What the page shows: the network in scope, the same in the first wave (None there and without waves), and words for
    what was filtered ("" for everything)."""

    here: PageContext
    network: Network
    first: Network | None
    first_name: str
    filtered: str


def look(here: PageContext) -> Seen | None:
    """Draw the filters and work out what they leave; None, with a way out, where no pilot is left."""
    st.html(STYLE)
    tables = here.tables
    places = tables.pilots["place"].drop_nulls().unique(maintain_order=True).to_list()
    groups = tables.pilots["target_group"].drop_nulls().unique(maintain_order=True).to_list()
    names = dict(tables.pilots.select("id", "name").iter_rows())
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="reach_filters"):
        place = _filter("Place", places, "pilot_place", "place", "All places", 210)
        group = _filter("Target group", groups, "target_group", "target group", "All target groups", 380)
        pilot = _filter("Pilots", list(names), "pilot", "pilot", "All pilots", 240, names.__getitem__)
        pairing, weights = filters.strength()
    left = by_group.pilots_of(tables, place, group, pilot) if place or group or pilot else ()
    words = listed([*place, *group, *(names[each] for each in pilot)], most=6)
    if words and not left:
        nothing_left(f"No pilot matches all of these: {words}.", *FILTERS)
        return None
    scope = Scope(wave=here.wave, pilots=left, pairing=pairing, weights=weights)
    order = waves_in_order(tables)
    first = cached.network(*here.key, replace(scope, wave=order[0])) if order and here.wave != order[0] else None
    first_name = here.wave_name(order[0]) if order else ""
    return Seen(here, cached.network(*here.key, scope), first, first_name, words)


def _filter(
    label: str, options: list[str], name: str, what: str, every: str, width: int, words: Callable[[str], str] = str
) -> tuple[str, ...]:
    if not options:
        return ()
    with st.container(width=width):
        return address.several(st.multiselect, label, options, name=name, what=what, placeholder=every, format_func=words)


@st.cache_resource(max_entries=64, show_spinner="Dealing the kinds out at random …", hash_funcs={Scope: repr})
def _chance(programme: str, at: cached.At, scope: Scope) -> dict[str, Any]:
    return reach.ei_permutation(cached.network(programme, at, scope))


def chance_of(seen: Seen) -> dict[str, Any]:
    """The E-I index beside what chance would give, kept."""
    return _chance(*seen.here.key, seen.network.scope)


def headline(seen: Seen) -> None:
    """What the figures say, a sentence each, with the way to the figure that shows it."""
    when = f"at the wave “{seen.here.wave_name()}”" if seen.here.wave else "on the public record"
    about = f"**{plain(seen.filtered)}**, " if seen.filtered else "**The whole programme**, "
    found = reach_sentences.headlines(seen.network, seen.first, seen.first_name, chance_of(seen))
    lines = [f"- {plain(said)} [See it](#{part})" for part, said in found]
    st.markdown(f"{about}{plain(when)}, {count(seen.network.graph.number_of_nodes(), 'partner')}:\n\n" + "\n".join(lines))
    if seen.filtered:
        st.caption("Only the partners of these pilots count, and the ties among them; ties to partners elsewhere do not.")


def figures(seen: Seen) -> None:
    """The headline figures; each opens."""
    figure_row(seen.here, seen.network, ("ties", "cross_sector_share", "mean_strength", "new_ties", "continuing_ties"), 160)
    interval_note(("", seen.network))


def opened(label: str, name: str, make: Callable[[], pl.DataFrame], measure: str | None = None, of: str = "network") -> None:
    """The rows behind a picture, and its entry in the guide."""
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        with st.popover(label, type="tertiary", key=f"open_{name}", on_change="rerun", icon=":material/table_rows:") as box:
            if box.open:
                rows_table(make(), name)
        if measure:
            guide_link(catalogue.find(measure, of))


def coverage(seen: Seen) -> None:
    """Which museum works with which of the four core kinds."""
    st.header("Which museum works with whom", anchor="coverage")
    found = reach.coverage(seen.network)
    if not found.height:
        st.info("No museum is in view, so there is no coverage to show.", icon=":material/info:")
        return
    drawn = found.sort(pl.col("missing") == "none", maintain_order=True).head(MUSEUMS) if found.height > MUSEUMS else found
    st.html(reach_charts.coverage(drawn))
    if found.height > MUSEUMS:
        st.caption(f"{MUSEUMS} of {found.height:,} museums are drawn, those that lack a kind first; the table has all.")
    words = {"name": "museum"} | {kind: f"ties with: {label.lower()}" for kind, label in CORE_KINDS.items()}
    opened("Show me the rows", "coverage", lambda: found.drop("id").rename(words), "missing_sectors", "partner")


def health(seen: Seen) -> None:
    """The ties between museums and health providers: since when, and whether they go on."""
    st.header("Museums and health providers", anchor="health")
    found = by_group.museum_health(seen.network)
    if not found.height:
        st.info("No museum in view has a tie with a health provider in this wave.", icon=":material/info:")
        return
    since, after = found["since"], found["afterwards"]
    parts = []
    if since.null_count() < found.height:
        words = (("new", f"new since {seen.first_name}", "full"), ("there before", "there before", "pale"))
        tally = [(said, int((since == word).sum()), look) for word, said, look in words]
        parts.append(
            ("Since when", [*tally, ("not known: someone did not answer then", int((since == "unknown").sum()), "hollow")])
        )
    words = (("continues", "documented to continue", "full"), ("ends", "documented to end", "pale"))
    tally = [(said, int((after == word).sum()), look) for word, said, look in words]
    parts.append(("After the programme", [*tally, ("not documented", int((after == "not documented").sum()), "hollow")]))
    st.html(reach_charts.squares(parts))
    st.caption("One square is one partnership.")
    shown = found.drop("museum", "health_provider").rename(
        {"museum_name": "museum", "health_provider_name": "health provider", "afterwards": "after the programme"}
    )
    opened(f"Show me the {count(found.height, 'partnership')}", "museum_health", lambda: shown, "new_ties")


def mixing(seen: Seen) -> None:
    """The mixing matrix, and the choice of what it shows."""
    st.header("Who works with whom, kind by kind", anchor="mixing")
    what = address.one(
        st.segmented_control,
        "Show in each square",
        list(reach_charts.SHOWN),
        name="mix",
        default="ties",
        what="figure",
        format_func=reach_charts.SHOWN.__getitem__,
        required=True,
    )
    found = reach.mixing(seen.network)
    if not found.height:
        st.info("No partner is in view.", icon=":material/info:")
        return
    st.html(reach_charts.mixing(found, what or "ties"))
    st.caption(_MIX[what or "ties"])
    named = found.with_columns(pl.col("kind_a", "kind_b").replace(KINDS))
    opened("Show me the rows", "mixing", lambda: named, "cross_sector_share")


def everything(seen: Seen) -> None:
    """Every tie and every figure of the network in view, to open and take along."""
    show_frame("Show me every partnership in view", "ties_in_view", lambda: catalogue.rows(seen.network, "ties"))
