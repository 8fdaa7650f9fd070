"""What every page shares: the frame, the row of global choices, the banner of invented data, errors in words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import streamlit as st

from wtnet.errors import WtnetError
from wtnet.network import waves_in_order
from wtnet.store import Programme
from wtnet.tables import Tables
from wtnet.ui import state, view
from wtnet.ui.words import plain


@dataclass(frozen=True, eq=False)
class Here:
    """Where the person is: the programme, the revision it is at, its tables and the wave looked at (None: no waves)."""

    programme: Programme
    revision: int
    tables: Tables
    wave: str | None

    @property
    def key(self) -> tuple[str, int]:
        """What cached things are kept by."""
        return self.programme.id, self.revision

    def wave_name(self, wave: str | None = None) -> str:
        """The name of a wave (the one looked at if none is given)."""
        names = dict(self.tables.waves.select("id", "name").iter_rows())
        return str(names.get(wave or self.wave or "", "all documented ties"))


@contextmanager
def frame() -> Iterator[None]:
    """Around every page: the URL taken in and written back, and a `WtnetError` shown once, in words."""
    view.begin()
    try:
        yield
    except WtnetError as error:
        st.error(plain(error), icon=":material/error:")
    finally:
        view.end()


def heading(title: str, question: str) -> None:
    """The page's title and the question it answers."""
    st.title(title, anchor=False)
    st.caption(question)


def choose(waves: bool = True) -> Here:
    """The row of global choices: programme and wave. Stops the page, with a way out, if there is no programme."""
    there = {programme.id: programme for programme in state.programmes()}
    if not there:
        st.info("There is no programme yet. Bring in a workbook on the Data page.", icon=":material/upload_file:")
        st.page_link("pages/data.py", label="Bring in data")
        st.stop()
    default = "example" if "example" in there else next(iter(there))
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    with left:
        chosen = view.one(
            st.selectbox, "Programme", list(there), name="programme", default=default, what="programme", format_func=lambda p: there[p].name
        )
    programme = there[chosen or default]
    at = state.revision(programme.id)
    tables = state.tables(programme.id, at)
    order = waves_in_order(tables)
    names = dict(tables.waves.select("id", "name").iter_rows())
    wave = order[-1] if order else None
    if waves and order:
        with right:
            wave = view.one(
                st.segmented_control, "Wave", order, name="wave", default=order[-1], what="wave", format_func=names.__getitem__, required=True
            )
    if programme.illustrative:
        st.caption(":material/draw: **Illustrative.** Every partner, figure and quote of this programme is invented.")
    return Here(programme, at, tables, wave)


def say_missing() -> None:
    """Say what a link named that is not there (any more)."""
    for what, value in view.missing():
        st.info(f"The link names a {what} that is not here: “{plain(value)}”. This is the view without it.", icon=":material/link_off:")
