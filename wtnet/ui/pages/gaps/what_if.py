"""What if: the builder of a scenario, and every measure before and after."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import polars as pl
import streamlit as st

from wtnet.analysis import before_after
from wtnet.analysis import scenario as what_if
from wtnet.analysis.before_after import Moved
from wtnet.analysis.dependence import without
from wtnet.analysis.introductions import introductions
from wtnet.analysis.scenario import LONGEST_NAME, NOTHING, End, New, Out, Scenario, Tie
from wtnet.errors import WtnetError
from wtnet.measures import catalogue
from wtnet.measures.catalogue import Measure
from wtnet.network import Network
from wtnet.tables.schema import KINDS, LEVELS
from wtnet.ui.frame import address
from wtnet.ui.frame.markdown import count, cut, figure, plain
from wtnet.ui.pages.gaps import scenario as gaps_scenario
from wtnet.ui.pages.gaps.missing import Seen
from wtnet.ui.parts.figures import measure_value, rows_table

address.declare(beside="partner")

HEADLINE = ("partners", "ties", "cross_sector_share", "largest_component_share", "articulation_points")
"""The measures told in the sentence."""
ARROWS = {"higher": "↑ higher", "lower": "↓ lower", "other": "≠ other", "same": "= same", "unknown": "? unknown"}


def what(seen: Seen) -> None:
    """The builder on the left, before and after on the right; the data are never touched."""
    scenario, gone = gaps_scenario.fitted(seen.here)
    for sentence in gone:
        st.info(plain(sentence), icon=":material/link_off:")
    said = gaps_scenario.refused()
    if said:
        st.warning(plain(said), icon=":material/block:")
    left, right = st.columns([2, 3], gap="large")
    with left:
        _builder(seen, scenario)
    with right:
        _result(seen, scenario)


def _builder(seen: Seen, scenario: Scenario) -> None:
    names = dict(seen.here.tables.organisations.select("id", "name").iter_rows()) | {one.id: one.name for one in scenario.joining}
    st.markdown("### What would be different")
    if scenario:
        _changes(seen, scenario)
    else:
        st.caption("Nothing is changed yet. Whatever you try here, the data stay as they are.")
    _leaving(names, scenario)
    _tie(names)
    _newcomer(seen)


def _changes(seen: Seen, scenario: Scenario) -> None:
    """What is tried out, the way back, and the address that holds it."""
    st.markdown("\n".join(f"{i}. {plain(text)}" for i, text in enumerate(what_if.sentences(seen.here.tables, scenario), start=1)))
    with st.container(horizontal=True, gap="small"):
        st.button("Undo", on_click=lambda: gaps_scenario.keep(scenario.undone()), key="scn_undo", icon=":material/undo:")
        st.button("Start again", on_click=lambda: gaps_scenario.keep(NOTHING), key="scn_clear", icon=":material/restart_alt:")
        with st.popover("Copy this page's address", icon=":material/link:"):
            st.markdown("The address holds the whole scenario: whoever opens it sees what you see.")
            st.code(_address(), language=None, wrap_lines=True)


def _leaving(names: dict[str, str], scenario: Scenario) -> None:
    st.session_state["scn_out"] = [one for one in scenario.leaving if one in names]

    def chosen() -> None:
        try:
            gaps_scenario.keep(gaps_scenario.current().outs(st.session_state["scn_out"]))
        except WtnetError as error:
            gaps_scenario.refuse(str(error))

    st.multiselect(
        "Partners who leave", list(names), key="scn_out", on_change=chosen, placeholder="Nobody",
        format_func=lambda one: names.get(one, one),
    )  # fmt: skip


def _tie(names: dict[str, str]) -> None:
    words = {level: f"{level} {LEVELS[level]}" if level else "0 no longer work together" for level in range(6)}

    def made() -> None:
        one, other, level = (st.session_state.get(f"scn_{field}") for field in ("one", "other", "level"))
        if one is None or other is None:
            gaps_scenario.refuse("A tie needs two partners; choose both.")
        else:
            gaps_scenario.change(Tie(one, other, level) if level else End(one, other))

    with st.form("scn_tie", clear_on_submit=True):
        for field, label in (("one", "One partner"), ("other", "works with")):
            st.selectbox(label, list(names), index=None, key=f"scn_{field}", format_func=lambda one: names.get(one, one),
                         placeholder="Type a name")  # fmt: skip
        st.selectbox("at level", list(words), index=2, key="scn_level", format_func=words.__getitem__)
        st.form_submit_button("Set this tie", on_click=made, icon=":material/add_link:")


def _newcomer(seen: Seen) -> None:
    def joined() -> None:
        code = what_if.fresh_id(seen.here.tables, gaps_scenario.current())
        gaps_scenario.change(New(code, str(st.session_state.get("scn_name") or "").strip(), st.session_state["scn_kind"]))

    with st.popover("Add a partner", icon=":material/person_add:"), st.form("scn_new", clear_on_submit=True, border=False):
        st.text_input("Name", key="scn_name", max_chars=LONGEST_NAME)
        st.selectbox("Kind", list(KINDS), key="scn_kind", format_func=KINDS.__getitem__)
        st.form_submit_button("Add", on_click=joined)


def _address() -> str:
    kept = address.params()
    return f"{(st.context.url or '').split('?')[0]}?{urlencode(kept, doseq=True)}"


def _result(seen: Seen, scenario: Scenario) -> None:
    st.markdown("### Before and after")
    if not scenario:
        st.markdown(
            "Take a partner out, set a tie or add a partner: every measure of the network then stands here before and after."
        )
        _starters(seen)
        return
    network = seen.network
    after = gaps_scenario.altered(*seen.here.key, network.scope, what_if.write(scenario) or "", seen.here.tables)
    table = before_after.whole(network, after)
    st.markdown(f"**{plain(_sentence(table, scenario))}**")
    everything = st.toggle("Also what stays the same", key="scn_all")
    _table("network", table, everything, "scenario_network")
    if scenario.joining or any(isinstance(one, Tie | End) for one in scenario.changes):
        st.caption("Measures marked (survey) change only because nobody has been asked about what is tried out here.")
    _one_partner(network, after, everything)


def _starters(seen: Seen) -> None:
    """Two scenarios worth a look, for whoever does not know where to begin."""
    found: list[tuple[str, Out | Tie]] = []
    ranked = without(seen.network).filter(pl.col("ties") > 0).sort("cut_off", "ties", descending=True, maintain_order=True)
    if ranked.height:
        found.append((f"{cut(ranked['name'][0], 40)} leaves", Out(str(ranked["id"][0]))))
    first = introductions(seen.network, most=1)
    if first.height:
        row = first.row(0, named=True)
        names = f"{cut(row['source_name'], 30)} and {cut(row['target_name'], 30)} meet"
        found.append((names, Tie(row["source"], row["target"], 2)))
    if found:
        st.caption("For example:")
    for number, (label, change) in enumerate(found):
        st.button(
            plain(label), key=f"scn_start_{number}", icon=":material/experiment:", on_click=gaps_scenario.change, args=(change,)
        )


def _sentence(table: list[Moved], scenario: Scenario) -> str:
    """What changes most plainly: the headline measures that moved."""
    by = {one.measure: one for one in table}
    parts = []
    for name in HEADLINE:
        measure, one = catalogue.find(name, "network"), by[name]
        if one.moved != "same":
            was, now = _both(measure, one.before, one.after)
            parts.append(f"{measure.label.lower()} {was} → {now}")
    changes = f"With {'this change' if len(scenario.changes) == 1 else f'these {len(scenario.changes)} changes'}"
    moved = sum(one.moved != "same" for one in table)
    if not parts:
        return f"{changes}: " + (f"{count(moved, 'measure moves', 'measures move')} a little." if moved else "no measure moves.")
    return f"{changes}: {'; '.join(parts)}. {moved} of {len(table)} measures move."


def _both(measure: Measure, before: Any, after: Any) -> tuple[str, str]:
    """Both values as people read them, with as many digits as it takes to tell them apart."""
    was, now = (measure_value(measure, value, 100) for value in (before, after))
    numbers = all(isinstance(value, int | float) and not isinstance(value, bool) for value in (before, after))
    if was != now or before == after or not numbers:
        return was, now
    scale, unit = (100, " %") if measure.kind == "share" else (1, "")
    for digits in (2, 3, 4, 5):
        was, now = (f"{figure(scale * value, digits=digits)}{unit}" for value in (before, after))
        if was != now:
            break
    return was, now


def _table(of: str, table: list[Moved], everything: bool, name: str) -> None:
    shown = table if everything else [one for one in table if one.moved != "same"]
    if not shown:
        st.markdown("No measure moves.")
        return
    found = []
    for one in shown:
        measure = catalogue.find(one.measure, of)
        was, now = _both(measure, one.before, one.after)
        found.append((measure.label, was, now, ARROWS[one.moved], "about the survey" if one.survey else "", measure.meaning))
    made = pl.DataFrame(found, schema=["measure", "before", "after", "change", "note", "what it says"], orient="row")
    rows_table(made if any(made["note"]) else made.drop("note"), name)


def _one_partner(before: Network, after: Network, everything: bool) -> None:
    graph = after.graph
    names = {one: graph.nodes[one]["name"] for one in graph if one in before.graph}
    if not names:
        return
    st.markdown("### One partner, before and after")
    who = address.one(
        st.selectbox, "Partner", list(names), name="beside", default=None, what="partner",
        format_func=lambda one: cut(str(names.get(one, one)), 80), placeholder="Type a name",
    )  # fmt: skip
    if who:
        _table("partner", before_after.of_partner(before, after, who), everything, "scenario_partner")
