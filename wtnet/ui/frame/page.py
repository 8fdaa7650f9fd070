"""What every page shares: the frame, the row of global choices, the banner of invented data, errors in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import RerunException

from wtnet.access import Person
from wtnet.errors import WtnetError
from wtnet.network import waves_in_order
from wtnet.sentences import illustrative
from wtnet.store import Programme
from wtnet.tables import Tables
from wtnet.tables.model import Audience
from wtnet.ui.frame import address, audience, cached, earlier, sign_in
from wtnet.ui.frame.errors import show_error
from wtnet.ui.frame.help import help_on
from wtnet.ui.frame.markdown import listed, plain, with_article

address.declare(programme="programme", wave="wave")

_SIDE_BY_SIDE = 4
"""So many waves stand beside one another; more are a list."""


@dataclass(frozen=True, eq=False)
class PageContext:
    """Where the person is: the programme, the revision it is at, the wave looked at (None: no waves), for whom it is shown
    ("lead", "partners", "public") and the tables as that audience may have them (see `access.redact`)."""

    programme: Programme
    revision: int
    tables: Tables
    wave: str | None
    audience: Audience = "lead"
    person: Person = sign_in.LOCAL

    @property
    def key(self) -> tuple[str, cached.At]:
        """What cached things are kept by: with it, `state` gives what this audience may see."""
        return self.programme.id, _at(self.revision, self.audience, self.person)

    def wave_name(self, wave: str | None = None) -> str:
        """The name of a wave (the one looked at if none is given)."""
        names = self.tables.names("waves")
        return str(names.get(wave or self.wave or "", "all documented ties"))


def _at(revision: int, audience: Audience, person: Person) -> cached.At:
    return cached.At(revision, audience, person.partner if audience == "partners" else None)


@contextmanager
def frame(name: str = "") -> Iterator[None]:
    """Around every page, called `name`: the URL taken in and written back, what it names that is not there said at the head once
    the whole page has looked for it, and a `WtnetError` shown once, in words."""
    address.begin(name)
    head = st.container()
    with _written():
        yield
    with head:
        _say_missing()


def recheck_rights(here: PageContext) -> None:
    """At the head of whatever is redrawn alone (a fragment, a dialog): the whole page anew, for whoever the person is by now,
    if that is not who it was drawn for. Their link may have ended, or their role been taken away."""
    if not sign_in.is_unchanged(here.person, here.programme.id, sign_in.credentials()):
        st.rerun()


@contextmanager
def fragment(here: PageContext) -> Iterator[None]:
    """Around a fragment that changes the view: drawn only for whom the page was, and the URL written when it is redrawn alone."""
    with _written():
        recheck_rights(here)
        yield


@contextmanager
def _written() -> Iterator[None]:
    """The URL is written at the end. Not where another run follows at once: that one starts from the URL as it is."""
    try:
        yield
    except RerunException:
        raise
    except WtnetError as error:
        show_error(error)
    except BaseException:
        address.end()
        raise
    address.end()


def top(title: str, question: str, waves: bool = True, lead: bool = False) -> PageContext:
    """The head of every page: its title and question, and the global choices: programme, who looks and (where it matters) wave.

    A page for the `lead` alone, on which data are looked after, shows everything whoever is chosen elsewhere, and stops for
    anybody else. Stops, with a way out, if there is no programme.
    """
    if lead:
        sign_in.require_lead()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="top"):
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", width="content", key="title"):
            st.title(title, anchor=False, width="content")
            help_on(title)
        here = _choose(waves, lead)
    invented = f"  :material/draw: **Illustrative:** {illustrative.SENTENCE}"
    kept = f"  :material/visibility_off: {audience.note(here.audience)}" if here.audience != "lead" else ""
    st.caption(question + (invented if here.programme.illustrative else "") + kept)
    if not lead:
        earlier.banner(here.programme.id, here.revision)
    return here


def _choose(waves: bool, lead: bool) -> PageContext:
    there = {one.id: one for one in sign_in.programmes(lead)}
    if not there and not sign_in.person().edits:
        st.info("There is nothing to see here yet.", icon=":material/hourglass_empty:")
        st.stop()
    if not there:
        st.info("There is no programme yet. Bring in a workbook on the Data page.", icon=":material/upload_file:")
        sign_in.link_to_data("Bring in data")
        st.stop()
    default = "example" if "example" in there else next(iter(there))
    with st.container(width=264):
        chosen = address.one(
            st.selectbox,
            "Programme",
            list(there),
            name="programme",
            default=default,
            what="programme",
            format_func=lambda p: there[p].name,
        )
    programme = there[chosen or default]
    person = sign_in.person(programme.id)
    at = cached.revision(programme.id) if lead else earlier.chosen(programme.id, person)
    many = cached.full_tables(programme.id, at).waves.height
    slot = st.container(width=220 if many > _SIDE_BY_SIDE else "content") if waves and many else None
    who = "lead" if lead else audience.choose(person.audiences)
    tables = cached.tables(programme.id, _at(at, who, person))
    order = waves_in_order(tables)
    wave = order[-1] if order else None
    if slot:
        with slot:
            wave = _wave(tables, order)
    return PageContext(programme, at, tables, wave, who, person)


def _wave(tables: Tables, order: list[str]) -> str | None:
    """The choice of a wave, with names and ids as the audience may have them."""
    names = tables.names("waves")
    many = len(order) > _SIDE_BY_SIDE
    widget: Any = st.selectbox if many else st.segmented_control
    return address.one(
        widget,
        "Wave",
        order,
        name="wave",
        default=order[-1],
        what="wave",
        format_func=names.__getitem__,
        **({} if many else {"required": True}),
    )


def opening_sentence(sentence: str) -> None:
    """The generated sentence a page opens with: what its figures say."""
    with st.container(key="sentence"):
        st.header(plain(sentence), anchor=False)


def nothing_left(words: str, *names: str, after: Callable[[], None] | None = None) -> None:
    """Say that the choices `names` leave nothing, and offer to undo the last one or all of them; `after` is then done too."""

    def undone(undo: Callable[..., None], *args: str) -> None:
        undo(*args)
        if after:
            after()

    st.info(plain(words), icon=":material/filter_alt_off:")
    with st.container(horizontal=True, gap="small", key="nothing_left"):
        if address.may_go_back():
            st.button("Undo the last choice", on_click=undone, args=(address.back,), key="undo_last", type="primary")
        st.button("Undo all filters", on_click=undone, args=(address.undo, *names), key="undo_all")


def _say_missing() -> None:
    """Say what a link named that is not there (any more)."""
    gone = [f"{with_article(what)} that is not here: “{plain(value)}”" for what, value in address.missing()]
    if gone:
        st.info(
            f"The link names {listed(gone, len(gone))}. This is the view without {'it' if len(gone) == 1 else 'them'}.",
            icon=":material/link_off:",
        )
