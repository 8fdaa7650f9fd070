"""What if: the scenario kept in the address, the form that changes it, and every measure before and after."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import polars as pl
import streamlit as st

from wtnet.analysis import before_after, scenario
from wtnet.analysis.before_after import MeasureChange
from wtnet.analysis.dependence import without
from wtnet.analysis.introductions import introductions
from wtnet.analysis.scenario import LONGEST_NAME, NOTHING, Change, Departure, Newcomer, Scenario, SupposedTie, TieEnd
from wtnet.errors import WtnetError
from wtnet.measures import catalogue
from wtnet.network import Network, Scope, build
from wtnet.sentences import gaps as gaps_sentences
from wtnet.sentences.format import WITHHELD
from wtnet.tables.schema import KINDS, LEVELS
from wtnet.ui.frame import address, cached
from wtnet.ui.frame.markdown import count, cut, plain
from wtnet.ui.frame.page import PageContext
from wtnet.ui.pages.gaps.choose import GapsChoice
from wtnet.ui.parts.figures import rows_table

address.declare(beside="partner", scenario="scenario")

ARROWS = {
    "higher": "↑ higher",
    "lower": "↓ lower",
    "other": "≠ other",
    "same": "= same",
    "unknown": "? unknown",
    "withheld": "withheld",
}
_REFUSED = "scenario_refused"
_LEVELS = {level: f"{level} {LEVELS[level]}" if level else "0 no longer work together" for level in range(6)}


# -- the scenario in the address ---------------------------------------------------------------------------------------


def current_scenario() -> Scenario:
    """The scenario in the address, as far as it can be read."""
    return scenario.from_link(address.get("scenario"))[0]


def keep(changed: Scenario) -> None:
    """Keep a scenario in the address."""
    address.put("scenario", scenario.to_link(changed))


def add_change(change: Change) -> None:
    """Add a change to the scenario in the address; one that is refused leaves its reason for the next run."""
    try:
        keep(current_scenario().plus(change))
    except WtnetError as error:
        _refuse(str(error))


def try_out(change: Change) -> None:
    """Add a change to the scenario and go to what it does."""
    add_change(change)
    address.put("show", "what_if")
    address.forget("show")


def _refuse(reason: str) -> None:
    st.session_state[_REFUSED] = reason


def _fitted_scenario(here: PageContext) -> tuple[Scenario, list[str]]:
    """The scenario as far as it fits the data, and a sentence on each change that does not; the address forgets those too."""
    read, unreadable = scenario.from_link(address.get("scenario"))
    fitting, unfitting = scenario.fit(here.tables, read)
    keep(fitting)
    return fitting, unreadable + unfitting


@cached.kept(24, "Working out what would change …")
def _altered(programme: str, at: cached.Edition, scope: Scope, text: str) -> Network:
    """The network with the changes made; `text` is the scenario as `scenario.to_link` gives it."""
    changes, _ = scenario.from_link(text)
    return build(scenario.apply(cached.tables(programme, at), changes, scope.wave), scope)


# -- the form that changes it ------------------------------------------------------------------------------------------


def what_if(choice: GapsChoice) -> None:
    """Show the form on the left, before and after on the right; the data are never touched."""
    tried, left_out = _fitted_scenario(choice.here)
    for sentence in left_out:
        st.info(plain(sentence), icon=":material/link_off:")
    refused = st.session_state.pop(_REFUSED, None)
    if refused:
        st.warning(plain(refused), icon=":material/block:")
    left, right = st.columns([2, 3], gap="large")
    with left:
        _form(choice, tried)
    with right:
        _before_and_after(choice, tried)


def _form(choice: GapsChoice, tried: Scenario) -> None:
    names = choice.here.tables.names("organisations") | {partner.id: partner.name for partner in tried.joining}
    st.markdown("### What would be different")
    if tried:
        _changes(choice, tried)
    else:
        st.caption("Nothing is changed yet. Whatever you try here, the data stay as they are.")
    _leaving(names, tried)
    _tie(names)
    _newcomer(choice)


def _changes(choice: GapsChoice, tried: Scenario) -> None:
    """Show what is tried out, ways to take it back, and the address that holds it."""
    sentences = scenario.describe(choice.here.tables, tried)
    st.markdown("\n".join(f"{number}. {plain(sentence)}" for number, sentence in enumerate(sentences, start=1)))
    with st.container(horizontal=True, gap="small"):
        st.button("Undo", on_click=lambda: keep(tried.undone()), key="scn_undo", icon=":material/undo:")
        st.button("Start again", on_click=lambda: keep(NOTHING), key="scn_clear", icon=":material/restart_alt:")
        with st.popover("Copy this page's address", icon=":material/link:"):
            st.markdown("The address holds the whole scenario: whoever opens it sees what you see.")
            page = (st.context.url or "").split("?")[0]
            st.code(f"{page}?{urlencode(address.params(), doseq=True)}", language=None, wrap_lines=True)


def _leaving(names: dict[str, str], tried: Scenario) -> None:
    st.session_state["scn_out"] = [partner for partner in tried.leaving if partner in names]

    def leave() -> None:
        try:
            keep(current_scenario().outs(st.session_state["scn_out"]))
        except WtnetError as error:
            _refuse(str(error))

    st.multiselect(
        "Partners who leave", list(names), key="scn_out", on_change=leave, placeholder="Nobody",
        format_func=lambda partner: names.get(partner, partner),
    )  # fmt: skip


def _tie(names: dict[str, str]) -> None:
    def set_tie() -> None:
        partner, other, level = (st.session_state.get(f"scn_{field}") for field in ("one", "other", "level"))
        if partner is None or other is None:
            _refuse("A partnership needs two partners; choose both.")
        else:
            add_change(SupposedTie(partner, other, level) if level else TieEnd(partner, other))

    with st.form("scn_tie", clear_on_submit=True):
        for field, label in (("one", "One partner"), ("other", "works with")):
            st.selectbox(label, list(names), index=None, key=f"scn_{field}", placeholder="Type a name",
                         format_func=lambda partner: names.get(partner, partner))  # fmt: skip
        st.selectbox("at level", list(_LEVELS), index=2, key="scn_level", format_func=_LEVELS.__getitem__)
        st.form_submit_button("Set this partnership", on_click=set_tie, icon=":material/add_link:")


def _newcomer(choice: GapsChoice) -> None:
    def join() -> None:
        id = scenario.fresh_id(choice.here.tables, current_scenario())
        add_change(Newcomer(id, str(st.session_state.get("scn_name") or "").strip(), st.session_state["scn_kind"]))

    with st.popover("Add a partner", icon=":material/person_add:"), st.form("scn_new", clear_on_submit=True, border=False):
        st.text_input("Name", key="scn_name", max_chars=LONGEST_NAME)
        st.selectbox("Kind", list(KINDS), key="scn_kind", format_func=KINDS.__getitem__)
        st.form_submit_button("Add", on_click=join)


# -- before and after --------------------------------------------------------------------------------------------------


def _before_and_after(choice: GapsChoice, tried: Scenario) -> None:
    st.markdown("### Before and after")
    if not tried:
        st.markdown(
            "Take a partner out, set a partnership or add a partner: every measure of the network then stands here "
            "before and after."
        )
        _starters(choice)
        return
    network = choice.network
    after = _altered(*choice.here.key, network.scope, scenario.to_link(tried) or "")
    moves = before_after.whole(network, after)
    st.markdown(f"**{plain(gaps_sentences.scenario_headline(moves, len(tried.changes)))}**")
    everything = st.toggle("Also what stays the same", key="scn_all")
    _table("network", moves, everything, "scenario_network")
    if tried.joining or any(isinstance(change, SupposedTie | TieEnd) for change in tried.changes):
        st.caption("Measures marked (survey) change only because nobody has been asked about what is tried out here.")
    _partner(network, after, everything)


def _starters(choice: GapsChoice) -> None:
    """Show up to two scenarios to begin with: the most needed partner leaves, the first introduction is made."""
    starters: list[tuple[str, Departure | SupposedTie]] = []
    ranked = without(choice.network).filter(pl.col("ties") > 0).sort("cut_off", "ties", descending=True, maintain_order=True)
    if ranked.height:
        starters.append((f"{cut(ranked['name'][0], 40)} leaves", Departure(str(ranked["id"][0]))))
    first = introductions(choice.network, most=1)
    if first.height:
        row = first.row(0, named=True)
        label = f"{cut(row['source_name'], 30)} and {cut(row['target_name'], 30)} meet"
        starters.append((label, SupposedTie(row["source"], row["target"], 2)))
    if starters:
        st.caption("For example:")
    for number, (label, change) in enumerate(starters):
        st.button(plain(label), key=f"scn_start_{number}", icon=":material/experiment:", on_click=add_change, args=(change,))


def _table(of: str, moves: list[MeasureChange], everything: bool, name: str) -> None:
    shown = moves if everything else [move for move in moves if move.moved not in ("same", "withheld")]
    hidden = [move for move in moves if move.withheld]
    if hidden and not everything:
        st.caption(plain(f"{count(len(hidden), 'measure is', 'measures are')} withheld. {hidden[0].withheld}"))
    if not shown:
        st.markdown("No measure moves.")
        return
    lines: list[tuple[Any, ...]] = []
    for move in shown:
        measure = catalogue.find(move.measure, of)
        values = gaps_sentences.both_values(measure, move.before, move.after)
        if move.withheld:
            values = tuple(WITHHELD if value == "–" else value for value in values)  # type: ignore[assignment]
        lines.append((measure.label, *values, ARROWS[move.moved], "about the survey" if move.survey else "", measure.meaning))
    table = pl.DataFrame(lines, schema=["measure", "before", "after", "change", "note", "what it says"], orient="row")
    rows_table(table if any(table["note"]) else table.drop("note"), name)


def _partner(before: Network, after: Network, everything: bool) -> None:
    names = {partner: str(name) for partner, name in after.graph.nodes(data="name") if partner in before.graph}
    if not names:
        return
    st.markdown("### One partner, before and after")
    shown = {partner: cut(name, 80) for partner, name in names.items()}
    partner = address.choose("Partner", shown, name="beside", placeholder="Type a name")
    if partner:
        _table("partner", before_after.of_partner(before, after, partner), everything, "scenario_partner")
