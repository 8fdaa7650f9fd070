"""Can I trust this? One generated sentence with the reasons for and against a figure; its basis is a tap away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import polars as pl
import streamlit as st

from wtnet.analysis import leaving_out
from wtnet.analysis import trust as weighing
from wtnet.network import Scope, waves_in_order
from wtnet.sentences import trust as words
from wtnet.sentences import trust_lines
from wtnet.sentences import trust_results as result_words
from wtnet.ui.frame import address, cached
from wtnet.ui.frame.markdown import plain
from wtnet.ui.frame.page import PageContext

TITLE = "Can I trust this?"


@cached.kept(128)
def _weighed(programme: str, at: cached.Edition, scope: Scope, first: str | None) -> weighing.Trust:
    """What a change since the wave `first` rests on, whatever the least strength; of thousands of partners from fewer draws."""
    whole = scope.every_tie()
    after = cached.network(programme, at, whole)
    before = cached.network(programme, at, replace(whole, wave=first)) if first is not None else None
    return weighing.weigh(before, after)


@cached.kept(32, "Leaving out one partner after another …")
def _moves(programme: str, at: cached.Edition, scope: Scope) -> leaving_out.Moves:
    return leaving_out.moves(cached.network(programme, at, scope))


def panel(here: PageContext, scope: Scope, first: str | None = None, crossing: bool = False) -> None:
    """The panel for the change of mean strength (or of the share across kinds) to the wave of a scope, since the wave `first`
    (the first of all, if none is given); in the first wave, for the figures of it."""
    waves = waves_in_order(here.tables)
    last = scope.wave
    first = first or (waves[0] if waves else None)
    first = None if first == last else first
    trust = _weighed(*here.key, scope, first)
    names = (here.wave_name(first), here.wave_name(last)) if first else (here.wave_name(last),)

    def order() -> None:
        if here.audience == "lead" and st.toggle("Try the order of partners too", key="trust_order"):
            st.markdown(plain(trust_lines.order(_moves(*here.key, scope))))

    show(words.sentence(trust, names, crossing), trust_lines.lines(trust, names), words.NOT_WHY, order)


def of_results(progress: pl.DataFrame) -> None:
    """The panel for results, as the audience may see them."""
    show(result_words.sentence(progress), result_words.lines(progress))


def show(sentence: str, lines: Sequence[tuple[str, str]], caution: str = "", more: Callable[[], None] | None = None) -> None:
    """The sentence, and a small button to the `lines` (label, words) it rests on, what it does not say and the method."""
    with st.container(key="trust", gap="xsmall"):
        st.markdown(f"**{TITLE}** {plain(sentence)}")
        with st.popover("What that rests on", type="tertiary", key="trust_lines", on_change="rerun") as box:
            if box.open:
                st.markdown("\n".join(f"- **{plain(label)}.** {plain(text)}" for label, text in lines))
                if more:
                    more()
                if caution:
                    st.caption(plain(caution))
                st.page_link("pages/guide.py", label="How it is worked out", icon=":material/menu_book:",
                             query_params=address.params(method="trust"))  # fmt: skip
