"""The Change page: the choice of two waves, what became of each partnership, and the network in every wave."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import polars as pl
import streamlit as st

from wtnet.draw.charts.change import alluvial, alluvial_said, multiple
from wtnet.draw.print.waves import followed_points
from wtnet.measures import catalogue, change, timeline
from wtnet.measures.pair_states import KNOWN_NOW, KNOWN_THEN, STILL_THERE
from wtnet.network import Network, Scope, waves_in_order
from wtnet.sentences import change as change_sentences
from wtnet.sentences import record, strength
from wtnet.sentences.filters import NETWORK
from wtnet.sentences.waves import names as wave_names
from wtnet.ui.frame import address, cached, sign_in
from wtnet.ui.frame.markdown import count, plain
from wtnet.ui.frame.page import PageContext, nothing_left, opening_sentence
from wtnet.ui.parts import filters, sheet
from wtnet.ui.parts.as_picture import as_picture
from wtnet.ui.parts.figures import WHAT_AN_INTERVAL_IS, guide_link, interval_note, rows_button, show_frames

address.declare(before="wave", after="wave")

FOLLOWS = tuple(name for name in NETWORK if name not in ("strength", "relationship", "tie_field"))
"""Not the least strength: a tie that falls below it has not ended."""
MEASURES = ("ties", "mean_strength", "cross_sector_share", "density", "agreement", "response_rate")
"""The network measures that are followed from wave to wave."""
ICONS = {
    "new": ":material/add_circle:",
    "stronger": ":material/trending_up:",
    "unchanged": ":material/trending_flat:",
    "weaker": ":material/trending_down:",
    "still there": ":material/link:",
    "known now": ":material/add_link:",
    "known then": ":material/link_off:",
    "first rated": ":material/rate_review:",
    "no longer rated": ":material/speaker_notes_off:",
    "documented only": ":material/description:",
    "ended": ":material/cancel:",
    "unknown": ":material/help:",
}
STYLE = Path(__file__).parent / "change.css"


@dataclass(frozen=True, eq=False)
class ChangeChoice:
    """The two waves compared: their networks and names, and what became of each pair (`measures.change.pairs`)."""

    here: PageContext
    before: Network
    after: Network
    names: tuple[str, str]
    pairs: pl.DataFrame


def choose(here: PageContext) -> ChangeChoice | None:
    """Draw the choice of two waves, pilots and strength; None, with a way out, if there are fewer than two waves."""
    st.html(STYLE)
    order = waves_in_order(here.tables)
    if len(order) < 2:
        _too_few(here, order)
        return None
    names = wave_names(here.tables)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="two_waves"):
        first = _wave("From", "before", {wave: names[wave] for wave in order[:-1]}, order[0])
        later = {wave: names[wave] for wave in order[order.index(first) + 1 :]}
        if address.get("after") in order and address.get("after") not in later:  # it was moved past: not a broken link
            address.put("after")
        second = _wave("To", "after", later, here.wave if here.wave in later else order[-1])
        filters.boxed("Among the partners of", here.tables.names("pilots"), "pilot", "All pilots and everyone else", 320)
        scope = filters.scope(here, *FOLLOWS, wave=first)
    before, after = (cached.network(*here.key, replace(scope, wave=wave)) for wave in (first, second))
    return ChangeChoice(here, before, after, (names[first], names[second]), change.pairs(before, after))


def _wave(label: str, name: str, names: dict[str, str], default: str) -> str:
    if st.session_state.get(f"in_{name}") not in names:  # the widget forgets, so that the link is asked again
        st.session_state.pop(f"in_{name}", None)
    with st.container(width=190):
        return address.choose(label, names, name=name, default=default)


def _too_few(here: PageContext, order: list[str]) -> None:
    """Say that waves are missing, what the record says all the same, and where to go."""
    waves = "no survey wave," if not order else f"one wave, {here.wave_name(order[0])},"
    untold = "" if order else record.waves_untold(here.tables)
    st.info(
        plain(untold)
        or f"This programme has {plain(waves)} so there is nothing to compare yet. Change shows from the second wave on."
        + (" Add it to the sheet “waves”, with its ratings, and bring the workbook in." if sign_in.leads() else ""),
        icon=":material/timeline:",
    )
    documents = here.tables.partnerships
    recorded = [
        f"{count(int(documents[column].sum()), 'partnership')} {words}"
        for column, words in _RECORDED.items()
        if documents[column].any()
    ]
    if recorded:
        st.markdown(plain(f"What the record says: {'; '.join(recorded)}."))
    with st.container(horizontal=True):
        sign_in.link_to_data("Bring in a wave")
        whole = address.params()
        st.page_link(
            "pages/side_by_side.py", label="See the partnerships as they are", icon=":material/join_inner:", query_params=whole
        )


_RECORDED = {"before_programme": "were there before the programme", "continues_after": "continue after it"}


def headline(choice: ChangeChoice) -> None:
    """Show the sentence on top, why something in it is withheld, and a way out where the filter leaves nothing."""
    opening_sentence(change_sentences.headline(_counts(choice), *choice.names))
    if choice.pairs.height and (why := change.withheld(choice.before, choice.after)):
        st.caption(plain(why))
    if not choice.pairs.height and any(address.every(name) for name in FOLLOWS):
        nothing_left("No partnership is left with these filters.", *FOLLOWS)


def _counts(choice: ChangeChoice) -> dict[str, int]:
    return change.counts(choice.before, choice.after)


def state_counts(choice: ChangeChoice) -> None:
    """Show how many pairs are in each state, with its meaning and rows; what is unknown stands apart, below."""
    counts = _counts(choice)
    with st.container(horizontal=True, gap="small", key="figures"):
        for name in change_sentences.to_show(counts):
            with st.container(width=104 if len(name) < 11 else 152, gap=None):
                st.metric(f"{ICONS[name]} {name}", f"{counts[name]:,}")
                if choice.here.audience == "lead":
                    rows_button(f"change_{name}", "Show me", partial(_in_state, choice, name), partial(_meaning, name))
                else:
                    st.caption(plain(change_sentences.MEANINGS[name]))
    as_picture("change")
    if earlier := change_sentences.documented_earlier(choice.before, choice.after):
        st.caption(plain(earlier))
    if counts.get("unknown"):
        _unknown(choice, counts["unknown"])


def moves_shown(choice: ChangeChoice) -> pl.DataFrame:
    """How far each partner moved (`partner_moves`), without the states that no pair is in; how much, for the lead alone."""
    moves = change_sentences.partner_moves(choice.pairs, choice.after)
    if choice.here.audience != "lead":
        once = pl.sum_horizontal(KNOWN_NOW, KNOWN_THEN).alias("in one wave only")
        return moves.select("partner", "name", "kind", once, pl.col(STILL_THERE).alias("in both waves"))
    return moves.drop(name for name in change_sentences.SOMETIMES if not moves[name].sum())


def _meaning(name: str) -> None:
    st.markdown(f"**{name.capitalize()}.** {plain(change_sentences.MEANINGS[name])}")


def _in_state(choice: ChangeChoice, name: str) -> pl.DataFrame:
    """The pairs in one state, those that moved most first, without the columns that are empty for all of them."""
    pairs = readable(choice).filter(pl.col("state") == name).drop("state")
    size = {"new": "after", "ended": "before"}.get(name, "difference")
    pairs = pairs.sort(pl.col(size).abs(), descending=True, nulls_last=True, maintain_order=True)
    return pairs.drop(column for column in pairs.columns if pairs.height and pairs[column].null_count() == pairs.height)


def readable(choice: ChangeChoice) -> pl.DataFrame:
    """What became of each pair: `choice.pairs` with names in place of ids; for others than the lead in which waves it is a tie,
    with words for strengths. What else is known of one pair would tell who did not answer."""
    names = pl.col("source_name").alias("partner"), pl.col("target_name").alias("other partner")
    if choice.here.audience != "lead":
        return choice.pairs.select(*names, *(_word(side) for side in ("before", "after")))
    return choice.pairs.select(
        *names, "state", "before", "after", "difference", "basis_before", "basis_after", "level_before", "level_after"
    )


def _word(side: str) -> pl.Expr:
    """The strength of a pair in a wave as others than the lead read it: a word where both sides rated; null where there is no
    tie."""
    word = pl.when(pl.col(f"basis_{side}") == "both").then(f"word_{side}")
    return pl.when(pl.col(f"tie_{side}")).then(word.fill_null(strength.PAIR_WITHHELD)).alias(side)


def _unknown(choice: ChangeChoice, number: int) -> None:
    """Show how many pairs are unknown, who did not answer, and the reason for each pair."""
    unknown = choice.pairs.filter(pl.col("state") == "unknown")
    concerned = {*unknown["source"], *unknown["target"]}
    silences = [
        change_sentences.silence_sentence(network, wave, concerned)
        for network, wave in zip((choice.before, choice.after), choice.names, strict=True)
    ]
    lead = choice.here.audience == "lead"
    why = " ".join(filter(None, silences)) if lead else change_sentences.MEANINGS["unknown"]
    why = why or "Neither partner of these pairs was asked in one of the waves, or how strong they are is not known in both."
    with st.container(key="unknown", gap=None):
        st.markdown(
            f"{ICONS['unknown']} **{count(number, 'pair')} unknown.** {plain(why)} Their partnerships may have changed or "
            f"not; they are "
            "left out of everything below that says who moved."
        )
        if lead:
            rows_button(
                "change_unknown",
                "Show me each pair and why",
                lambda: change_sentences.unknown_reasons(choice.pairs, choice.before, choice.after, choice.names),
            )


def levels(choice: ChangeChoice) -> None:
    """Show the alluvial chart of levels of collaboration."""
    st.subheader("From level to level", anchor=False)
    flow, hidden = change.flow(choice.before, choice.after), change.flow_withheld(choice.before, choice.after)
    if not flow.height:
        st.caption(plain(hidden) if hidden else "No pair has a level to follow.")
        return
    dark = st.context.theme.type == "dark"
    st.plotly_chart(
        alluvial(flow, *choice.names, dark=dark),
        key="alluvial",
        config={"displayModeBar": False},
        alt=alluvial_said(flow, *choice.names),
    )
    st.caption(
        "Each band is a number of pairs; its shade is the level they came to (0 none to 5 collaboration). "
        "Grey: no partnership, or not known."
    )
    as_picture("levels")


@cached.kept(32, "Following the network from wave to wave …")
def _by_wave(programme: str, at: cached.Edition, scope: Scope) -> pl.DataFrame:
    """The followed measures in every wave (see `timeline.of_network`), with intervals for up to `timeline.MOST` partners."""
    data = cached.tables(programme, at)
    return timeline.of_network(data, scope, MEASURES, timeline.draws(data))


def _network_by_wave(choice: ChangeChoice) -> pl.DataFrame:
    return _by_wave(*choice.here.key, replace(choice.before.scope, wave=None))


def network_over_time(choice: ChangeChoice) -> None:
    """Show the network's figures in every wave, each as a small picture with its interval, and what they mean."""
    st.subheader("The network, wave by wave", anchor=False)
    by_wave = _network_by_wave(choice)
    names = wave_names(choice.here.tables)
    pictures = []
    for name in MEASURES:
        measure = catalogue.find(name, "network")
        points = followed_points(measure, by_wave.filter(pl.col("measure") == name), names)
        label = strength.label(measure, choice.after)
        pictures.append(multiple(label, points, measure.unit if measure.kind not in ("share", "count") else ""))
    sheet.pictures(pictures, "network_pictures")
    as_picture("waves")
    if by_wave["low"].null_count() < by_wave.height:
        st.caption(f"Bars behind the points are 95% intervals. {WHAT_AN_INTERVAL_IS}")
        interval_note(*zip(choice.names, (choice.before, choice.after), strict=True))
    with st.popover("What each figure means", type="tertiary", icon=":material/menu_book:"):
        for name in MEASURES:
            measure = catalogue.find(name, "network")
            st.markdown(f"**{plain(measure.label)}.** {plain(measure.meaning)} {plain(measure.caution)}")
            guide_link(measure)


def tables(choice: ChangeChoice) -> None:
    """Show the rows behind the page."""
    names = wave_names(choice.here.tables)
    makes: dict[str, Callable[[], pl.DataFrame]] = {
        "partnerships": lambda: readable(choice),
        "partners": lambda: moves_shown(choice).drop("partner"),
        "levels": lambda: change.flow(choice.before, choice.after),
        "figures by wave": lambda: _network_by_wave(choice).with_columns(
            pl.col("wave").replace_strict(names, return_dtype=pl.String)
        ),
    }
    if choice.here.audience == "lead":
        makes["unknown"] = lambda: change_sentences.unknown_reasons(choice.pairs, choice.before, choice.after, choice.names)
    show_frames("Show me the rows behind this page", "change_rows", makes)
