"""The profile of one partner: whom it works with, what both sides say, how that moved, and what came of its pilots."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl
import streamlit as st

from wtnet.draw.charts.change import Point, multiple
from wtnet.measures import absence, catalogue
from wtnet.measures.activities import timeline
from wtnet.network import Network, Scope, date_of, waves_in_order
from wtnet.sentences import findings as sentences
from wtnet.sentences import partners as partner_sentences
from wtnet.sentences import record, respondents, strength
from wtnet.ui.frame import address, cached
from wtnet.ui.frame.audience import made_for
from wtnet.ui.frame.markdown import cut, plain
from wtnet.ui.frame.page import PageContext, opening_sentence
from wtnet.ui.pages.partners import evidence, on_paper, partnerships
from wtnet.ui.pages.partners import rows as behind
from wtnet.ui.parts import filters
from wtnet.ui.parts import findings as finding_parts
from wtnet.ui.parts.as_picture import as_picture
from wtnet.ui.parts.figures import guide_link, measure_rows, measure_value, rows_button
from wtnet.ui.parts.next_steps import notes, step_button
from wtnet.ui.parts.selection import Selection
from wtnet.ui.parts.sheet import beside_one_another
from wtnet.ui.parts.trend import totals

_PRINT = Path(__file__).parent / "print.css"


def show(here: PageContext, partner: str) -> None:
    """Show the whole profile in the wave in view."""
    st.html(_PRINT)
    scope = _actions(here, partner)
    network = cached.network(*here.key, scope)
    about = here.tables.organisations.filter(pl.col("id") == partner).row(0, named=True)
    _head(here, network, about)
    _figures(here, network, about)
    left, right = st.columns(2, gap="large")
    with left:
        _around(network, partner)
        evidence.show_kinds(network, partner)
        _waves(here, scope, about)
        _dependence(network, partner)
        answers = st.container()
    with right:
        ties, widest = _ties(network, partner)
    with answers:
        _answers(network, partner, ties, widest)
    partnerships.of_partner(here, network, partner)
    _pilots(here, partner)
    findings = finding_parts.in_view(here, Selection("partner", partner))
    activities = timeline(here.tables, partner, here.wave)
    evidence.show_findings(here, findings)
    evidence.show_timeline(here, partner, activities)
    behind.show(here, network, about, findings, activities)


def _actions(here: PageContext, partner: str) -> Scope:
    """Draw the row of buttons, which is not printed; returns the scope by the chosen rule of strength."""
    with st.container(horizontal=True, vertical_alignment="center", key="profile_actions"):
        st.button("All partners", on_click=open_profile, args=(None,), key="profile_leave", icon=":material/arrow_back:")
        scope = filters.scope(here)
        st.page_link(
            "pages/side_by_side.py",
            label="See on the map",
            icon=":material/join_inner:",
            query_params=address.params(select=f"partner:{partner}"),
        )
        st.page_link(
            "pages/present.py",
            label="Tell its story",
            icon=":material/co_present:",
            query_params=address.params(story="new", about=f"partner:{partner}", **made_for(here.tables, here.audience, partner)),
        )
        as_picture("map", about=f"partner:{partner}", **made_for(here.tables, here.audience, partner))
        name = cut(here.tables.names("organisations")[partner], 60)
        step_button(here, "partner", f"Talk to {name}", "own", partner)
        notes(here, partner)
        with st.container(width=200, key="profile_print"):
            on_paper.sheet(on_paper.printing(), "print_profile")
    return scope


def _head(here: PageContext, network: Network, about: dict[str, str]) -> None:
    """Show who it is, and the sentences on how it stands."""
    partner = about["id"]
    with st.container(gap=None, key="partner_name"):
        st.header(plain(about["name"]), anchor=False)
        st.markdown(plain(partner_sentences.kind_and_place(about)))
    if about["description"]:
        st.markdown(plain(about["description"]))
    website = partner_sentences.website(about)
    if website:
        st.markdown(f":material/open_in_new: [{plain(cut(website, 60))}](<{website}>)")
    elif about["website"]:
        st.markdown(plain(about["website"]))
    if own_words := partner_sentences.own_fields(here.tables, partner):
        st.markdown(plain(own_words))
    opening_sentence(partner_sentences.headline(network, partner, here.wave_name()))
    more = (
        partner_sentences.missing_kinds(network, partner),
        partner_sentences.unanswered_waves(here.tables, partner),
        _role(here, about),
    )
    for sentence in filter(None, more):
        st.markdown(plain(sentence))


def _role(here: PageContext, about: dict[str, str]) -> str | None:
    """The role of a person in each of their pilots; None for an organisation."""
    if not partner_sentences.is_person(about["kind"]):
        return None
    roles = [f"{part['part']} ({part['name']})" for part in partner_sentences.pilot_parts(here.tables, about["id"])]
    return f"Role: {'; '.join(roles)}." if roles else None


def open_profile(partner: str | None) -> None:
    """Go to a partner's profile; None goes back to the directory."""
    address.put("partner", partner)


def _figures(here: PageContext, network: Network, about: dict[str, str]) -> None:
    if not network.graph[about["id"]]:
        return
    shown = partner_sentences.shown_measures(about["kind"], catalogue.profile())
    values = behind.values(here, network.scope, about["id"], shown)
    with st.container(horizontal=True, gap="small", key="figures"):
        for name in shown:
            measure = catalogue.find(name, "partner")
            rows, why = partial(measure_rows, network, name, about["id"]), catalogue.withheld(measure, network, about["id"])
            with st.container(width=122 if measure.unit != strength.RATED else 148, gap=None):
                st.metric(strength.label(measure, network), measure_value(measure, values[name], withheld=why), help=why)
                rows_button(f"profile_{name}", "Show me", rows, partial(_about, here, about["id"], measure, why))


def _about(here: PageContext, partner: str, measure: catalogue.Measure, why: str | None) -> None:
    st.markdown(f"**{plain(measure.label)}.** {plain(measure.meaning)} {plain(measure.caution)}{f' {plain(why)}' if why else ''}")
    guide_link(measure)
    more = made_for(here.tables, here.audience, partner)
    as_picture(f"partner-figure:{measure.id}", about=f"partner:{partner}", **more)


def _around(network: Network, partner: str) -> None:
    st.subheader("Whom it works with", anchor=False)
    if network.graph[partner]:
        on_paper.sheet(on_paper.around_it(network, partner), "profile_around", open_profile)
    else:
        none = "Nobody is known to work with it in this wave. Choose another wave above, or look at its way over the waves."
        gap = absence.ties(network)
        st.caption(plain(f"Whom it works with is {gap.words}. {gap.sentence}" if gap else none))


def _waves(here: PageContext, scope: Scope, about: dict[str, str]) -> None:
    """Show the partner's figures in every wave."""
    order = waves_in_order(here.tables)
    if len(order) < 2:
        return
    st.subheader("From wave to wave", anchor=False)
    by_wave = totals(*here.key, replace(scope, wave=None)).filter(pl.col("partner") == about["id"])
    answered = dict(by_wave.select("wave", "answered").iter_rows())
    shown = partner_sentences.shown_measures(about["kind"], catalogue.profile(over_waves=True))
    values = {wave: behind.values(here, replace(scope, wave=wave), about["id"], shown) for wave in order}
    pictures = []
    for name in shown:
        measure = catalogue.find(name, "partner")
        points = []
        for wave in order:
            value, day, quiet = values[wave][name], date_of(here.tables, wave), answered[wave] is False
            net = cached.network(*here.key, replace(scope, wave=wave))
            why = catalogue.withheld(measure, net, about["id"])
            note = "did not answer" if quiet else why or ""
            text = measure_value(measure, value, withheld=why)
            points.append(Point(here.wave_name(wave), value, text, day, quiet=quiet, note=note))
        pictures.append(multiple(strength.label(measure, net), points))
    on_paper.sheet(beside_one_another(pictures), "profile_waves")
    as_picture("partner-waves", about=f"partner:{about['id']}", **made_for(here.tables, here.audience, about["id"]))
    if False in answered.values():
        st.caption("A hollow point: it did not answer in that wave, so the figure rests on what the others say of it.")


def _ties(network: Network, partner: str) -> tuple[pl.DataFrame, list[dict[str, Any]]]:
    """Show both sides of every tie; returns the ties (`own_ties`), and those on which the two sides differ most."""
    st.subheader("What both sides say" if network.exact is None else "How strong each partnership is", anchor=False)
    ties = partner_sentences.own_ties(network, partner)
    if not ties.height:
        gap = absence.ties(network)
        st.caption(
            f"Its partnerships are {gap.words}." if gap else "No partnership is known in this wave that anybody could have rated."
        )
        return ties, []
    name = cut(network.graph.nodes[partner]["name"], 40)
    if network.exact is not None:
        st.caption(
            "In three words, where both sides rated it: light, moderate or mixed, strong. What each side said is for the lead."
        )
        on_paper.sheet(on_paper.words(network, ties), "profile_ties", open_profile)
        return ties, []
    widest = partner_sentences.widest_differences(ties)
    for tie in widest:
        st.markdown(f":material/forum: {plain(partner_sentences.conversation_prompt(network, partner, tie))}")
    if widest:
        st.caption("Two views of one partnership are no fault on either side; they may be worth a conversation.")
    elif ties["agreement"].count():
        st.caption("Where both sides answered, they see their partnerships much alike.")
    else:
        none = "No partnership of it was rated by both sides in this wave, so their views cannot be compared."
        st.caption(record.ratings_untold(network.tables) or none)
    if people := respondents.of_partner(network, partner):
        st.markdown(f":material/group: {plain(people)}")
    on_paper.sheet(on_paper.ties(ties, name), "profile_ties", open_profile)
    return ties, widest


def _answers(network: Network, partner: str, ties: pl.DataFrame, widest: list[dict[str, Any]]) -> None:
    """Show one tie question by question; the choice begins with that on which the two sides differ most."""
    rated = ties.filter(pl.col("says").is_not_null() | pl.col("other_says").is_not_null())
    if not rated.height:
        return
    names = dict(rated.select("id", "other").iter_rows())
    first = str(widest[0]["id"]) if widest else next(iter(names))
    st.subheader("One partnership, question by question", anchor=False)
    with st.container(key="one_tie", width=420):
        other = st.selectbox(
            "With", list(names), index=list(names).index(first), key=f"tie_of_{partner}", format_func=names.__getitem__
        )
    name = network.graph.nodes[partner]["name"]
    rows = partner_sentences.answer_rows(network, partner, other)
    on_paper.sheet(on_paper.answers(rows, cut(f"{name} says", 46), cut(f"{names[other]} says", 46)), "profile_answers")
    for sentence in respondents.of_pair(network, partner, other):
        st.caption(plain(sentence))


def _dependence(network: Network, partner: str) -> None:
    st.subheader("What depends on it", anchor=False)
    for sentence in partner_sentences.dependence_sentences(network, partner):
        st.markdown(plain(sentence))


def _pilots(here: PageContext, partner: str) -> None:
    """Show its pilots with its part in them, what came of them, and quotes."""
    st.subheader("Its pilots, and what came of them", anchor=False)
    parts = partner_sentences.pilot_parts(here.tables, partner)
    pilots = [part["id"] for part in parts]
    if parts:
        on_paper.sheet(
            on_paper.pilots(parts, behind.progress(here, pilots), record.results_untold(here.tables)), "profile_pilots"
        )
    else:
        untold = record.untold(here.tables, "involvements", "Its part in pilots is {}.")
        st.caption(untold or "It takes part in no pilot, so nothing measured stands beside its partnerships.")
    quotes, number = partner_sentences.shared_quotes(here.tables, partner, pilots, here.audience)
    if quotes:
        st.subheader("In people's own words", anchor=False)
        on_paper.sheet(on_paper.quotes(quotes), "profile_quotes")
        if more := sentences.not_all_quotes(len(quotes), number):
            st.caption(more)
