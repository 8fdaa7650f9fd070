"""What was done: outputs with the people they reached, who took part and who never has, and who met whom."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple, get_args

import polars as pl
import streamlit as st

from wtnet.analysis import meeting
from wtnet.draw.charts import activities as charts
from wtnet.draw.charts import impact as impact_charts
from wtnet.measures import activities as measures
from wtnet.network import Network, Scope, waves_in_order
from wtnet.sentences import activities as sentences
from wtnet.sentences import filters
from wtnet.tables.schema import KINDS
from wtnet.ui.frame import cached, chips
from wtnet.ui.frame.markdown import plain
from wtnet.ui.frame.page import PageContext
from wtnet.ui.pages.impact.choose import ImpactChoice
from wtnet.ui.pages.impact.sheet import sheet
from wtnet.ui.parts.as_picture import as_picture
from wtnet.ui.parts.figures import show_frames

PARTNERS, ACTIVITIES, MOST_MET, LISTED = 120, 24, 40, 60
"""So many partners and activities are drawn beside one another, so many partners by partners, and so many activities in a list;
the tables have all."""
_BY = {"kind": "Kind", "theme": "Theme", "wave": "When", "pilot": "Pilot"}


class ActivitiesView(NamedTuple):
    """The activities up to the wave in view, who met whom there, and the network of all partners in that wave."""

    here: PageContext
    activities: pl.DataFrame
    met: pl.DataFrame
    network: Network


def show(choice: ImpactChoice) -> None:
    """Show the activities up to the wave in view, or that there is none."""
    here, tables = choice.here, choice.here.tables
    view = ActivitiesView(
        here,
        measures.activities(tables, here.wave),
        measures.met_at(tables, here.wave),
        cached.network(*here.key, Scope(wave=here.wave)),
    )
    if asked := [name for name, _ in chips.chosen(filters.IMPACT)]:
        chips.note(filters.not_followed(asked, "What was done"))
    if view.activities.is_empty():
        st.info("No activity is recorded up to this wave.", icon=":material/event_busy:")
        return
    st.markdown(f"**{plain(sentences.headline(tables, here.wave))}**")
    _outputs(view)
    _list(view)
    _who(view)
    _two_mode(view)
    _met(view)
    _became_partners(view)
    makes = {"activities": lambda: sentences.table(view.activities)}
    if tables.attendances.height:
        makes["who took part"] = lambda: sentences.parts_table(tables, view.activities)
        makes["who met whom"] = lambda: sentences.met_table(tables, view.met, view.network)
    show_frames("Show me the activities and who took part, as tables", "impact_done", makes)
    with st.expander("How this is counted", icon=":material/menu_book:"):
        st.markdown(sentences.METHOD)


def _outputs(view: ActivitiesView) -> None:
    """How many activities of each kind, theme, wave and pilot, with the people they reached; a division of one is left out."""
    tables, drawn = view.here.tables, []
    for by in get_args(measures.By):
        rows = [
            (sentences.part(tables, by, row["group"]), f"{row['activities']:,}", sentences.people_text(row))
            for row in measures.outputs(tables, by, view.here.wave).iter_rows(named=True)
        ]
        if len(rows) > 1 or by == "kind":
            drawn.append(charts.table(f"Activities by {_BY[by].lower()}", [_BY[by], "Activities", "People reached"], rows, (1,)))
    sheet(impact_charts.section("How much", "", f'<div class="side">{"".join(drawn)}</div>'), "done_outputs")
    as_picture("activities")


def _list(view: ActivitiesView) -> None:
    """Every activity with what is known of it."""
    described = view.activities["description"].count() > 0
    rows = [
        (row["name"], sentences.days(row), sentences.about(row), *([row["description"] or "–"] if described else []))
        for row in view.activities.head(LISTED).iter_rows(named=True)
    ]
    table = charts.table("The activities", ["Activity", "When", "What", *(["About it"] if described else [])], rows)
    left = view.activities.height - LISTED
    note = impact_charts.note(f"{left:,} more are in the tables below.") if left > 0 else ""
    sheet(impact_charts.section("The activities", "", f'<div class="wide">{table}</div>{note}'), "done_list")


def _who(view: ActivitiesView) -> None:
    """Who took part and who never has, by kind of partner."""
    if view.here.tables.attendances.is_empty():
        return
    taking = measures.attendance(view.here.tables, view.here.wave)
    rows = [
        (KINDS[kind], sentences.took_part_cell(taking, took_part, partners), sentences.never(taking, kind))
        for kind, partners, took_part in taking.kinds.select("kind", "partners", "took_part").iter_rows()
    ]
    table = charts.table("Who took part, by kind of partner", ["Kind of partner", "Took part", "Never took part"], rows, (1,))
    sheet(impact_charts.section("Who took part, and who never has", "", f'<div class="wide">{table}</div>'), "done_who")


def _two_mode(view: ActivitiesView) -> None:
    """Partners by activities: the two-mode network as a table, a mark for each part."""
    tables = view.here.tables
    with_parts = view.activities.filter(pl.col("partners") > 0)
    if with_parts.is_empty():
        return
    roles = measures.parts(tables)
    shown = dict(with_parts.head(ACTIVITIES).select("id", "name").iter_rows())
    there = measures.attendance(tables, view.here.wave).partners.filter(pl.col("activities") > 0)
    there = there.sort(pl.col("kind").cast(pl.Enum(list(KINDS))), maintain_order=True)
    rows = [
        (name, kind, [_part(roles.get((partner, activity))) for activity in shown])
        for partner, name, kind in there.head(PARTNERS).select("organisation", "name", "kind").iter_rows()
    ]
    signs = "".join(f"<span><b>{sign}</b> {sentences.role(role).lower()}</span>" for role, sign in charts.ROLE_MARKS.items())
    left = [f"{there.height - PARTNERS:,} more partners"] if there.height > PARTNERS else []
    left += [f"{with_parts.height - ACTIVITIES:,} more activities"] if with_parts.height > ACTIVITIES else []
    note = impact_charts.note(f"{' and '.join(left)} are in the tables below.") if left else ""
    grid = charts.two_mode("Partners by activities: who had which part in what", list(shown.values()), rows)
    sheet(impact_charts.section("Partners and activities", "", f'<p class="key">{signs}</p>{grid}{note}'), "done_two_mode")
    as_picture("took-part")


def _part(role: str | None) -> tuple[str, str]:
    return (charts.ROLE_MARKS[role], sentences.role(role)) if role else ("", "")


def _met(view: ActivitiesView) -> None:
    """Who met whom, and at how many activities, with the pairs that have a partnership ringed."""
    if view.met.is_empty():
        return
    graph, names = view.network.graph, view.here.tables.names("organisations")
    times = {(one, other): number for one, other, number in view.met.iter_rows()}
    number = Counter(partner for pair in times for partner in pair)
    shown = sorted(number, key=lambda partner: (-number[partner], names[partner]))[:MOST_MET]
    cells = [[(times.get((min(one, other), max(one, other)), 0), graph.has_edge(one, other)) for other in shown] for one in shown]
    left = f" The {MOST_MET} who met most are drawn; the table has all." if len(number) > MOST_MET else ""
    grid = charts.met("At how many activities each two partners met", [names[partner] for partner in shown], cells)
    key = impact_charts.note(f"{sentences.met_words(view.met, view.network)} Ringed: they have a partnership in this wave.{left}")
    sheet(impact_charts.section("Who met whom", "", f"{key}{grid}"), "done_met")
    as_picture("met")


@cached.kept(16, "Comparing with chance …")
def _meeting(programme: str, at: cached.Edition, wave: str) -> meeting.MeetingTest:
    return meeting.meeting(cached.network(programme, at, Scope(wave=wave)))


def _became_partners(view: ActivitiesView) -> None:
    """Do those who meet become partners? New ties since the first wave, with their test."""
    here, order = view.here, waves_in_order(view.here.tables)
    if here.tables.attendances.is_empty() or len(order) < 2 or here.wave is None or here.wave == order[0]:
        return
    st.subheader("Do those who meet become partners?", anchor="meet")
    result = _meeting(*here.key, here.wave)
    st.markdown(plain(sentences.meeting_sentence(result, here.wave_name(order[0]), here.wave_name())))
    if result.test.draws:
        draws = f"Partners are dealt out at random {result.test.draws:,} times (QAP, Krackhardt 1988)"
        st.caption(f"{draws}; activities begun between the two waves count.")
