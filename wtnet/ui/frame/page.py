"""What every page shares: the frame, the row of global choices, the banner of invented data, errors in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NoReturn

import streamlit as st
from streamlit.runtime.scriptrunner import RerunException

from wtnet.access import Person
from wtnet.errors import WtnetError
from wtnet.sentences import illustrative, record
from wtnet.sentences import waves as wave_sentences
from wtnet.sentences.filters import AUDIENCES
from wtnet.store import Programme
from wtnet.tables import Tables
from wtnet.tables.model import Audience
from wtnet.tables.waves import current
from wtnet.ui.frame import address, audience, author, cached, chips, limits, sign_in
from wtnet.ui.frame.errors import show_error
from wtnet.ui.frame.help import help_on
from wtnet.ui.frame.jump import jump_list
from wtnet.ui.frame.markdown import listed, plain, with_article

address.declare(programme="programme", wave="wave", asof="revision of this programme")

_LOOKED_AT = ("", "partners", "change", "two_views", "places", "impact", "reach", "strength_and_impact", "programmes", "gaps")
_SIDE_BY_SIDE = 4
"""So many waves stand beside one another; more are a list."""


@dataclass(frozen=True, eq=False)
class PageContext:
    """What a page is about: the programme, its revision, the wave (None: no waves), for whom it is shown, the tables as that
    audience may have them (see `access.redact`), and the person who looks."""

    programme: Programme
    revision: int
    tables: Tables
    wave: str | None
    audience: Audience = "lead"
    person: Person = sign_in.LOCAL

    @property
    def key(self) -> tuple[str, cached.Edition]:
        """What results are kept by: with it, `cached` gives what this audience may see."""
        return self.programme.id, _at(self.revision, self.audience, self.person)

    def wave_name(self, wave: str | None = None) -> str:
        """The name of a wave (the one looked at if none is given)."""
        names = wave_sentences.plain_names(self.tables)
        return str(names.get(wave or self.wave or "", "all documented partnerships"))


def _at(revision: int, audience: Audience, person: Person) -> cached.Edition:
    return cached.Edition(revision, audience, person.partner if audience == "partners" else None, cached.store_id())


@contextmanager
def frame(name: str = "") -> Iterator[None]:
    """Frame a page, called `name`: take in the URL and write it back, name at the head what it asks for that is not there
    and what narrows the page, once the whole page has looked for it, and show a `WtnetError` once, in words."""
    address.begin(name)
    chips.begin()
    if name in _LOOKED_AT:
        st.session_state["last_page"] = name
    head = st.container()
    with _url_written():
        yield
    limits.end_of_page()
    chips.show()
    with head:
        _name_missing()


def recheck_rights(here: PageContext) -> None:
    """Rerun the whole page if the person's rights changed since it was drawn: a link may have ended, a role been taken away.

    It stands at the head of whatever is redrawn alone: a fragment, a dialog.
    """
    if not sign_in.is_unchanged(here.person, here.programme.id, sign_in.credentials()):
        st.rerun()


@contextmanager
def fragment(here: PageContext) -> Iterator[None]:
    """Frame a fragment that changes the view: recheck the person's rights, and write the URL when it is redrawn alone."""
    with _url_written():
        recheck_rights(here)
        yield


@contextmanager
def _url_written() -> Iterator[None]:
    """Write the URL at the end. Not where another run follows at once: that one starts from the URL as it is."""
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


def top(
    title: str, question: str, waves: bool = True, lead: bool = False, follows: Sequence[str] = (), leaves: bool = False
) -> PageContext:
    """The head of every page: its title and question, the global choices: programme, who looks and (where it matters) wave, and
    room for the chips of the filters it `follows` (see `chips`).

    A page for the `lead` alone, on which data are looked after, shows everything whatever audience is chosen elsewhere, and
    stops for anybody else. Of a page whose files leave, the audience is for whom they are made (`leaves`). Stops, with a way
    out, if there is no programme.
    """
    if lead:
        sign_in.require_lead()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="top"):
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", width="content", key="title"):
            st.title(title, anchor=False, width="content")
            help_on(title)
        here = _choose(waves, lead, leaves)
    invented = f"  :material/draw: **Illustrative:** {illustrative.SENTENCE}"
    kept = f"  :material/visibility_off: {audience.note(here.audience)}" if here.audience != "lead" else ""
    st.caption(question + (invented if here.programme.illustrative else "") + kept)
    if about := wave_sentences.sentence(here.tables, here.wave) if waves else "":
        st.caption(f":material/hourglass_top: **{plain(about)}**")
    _record_note(here)
    when = wave_sentences.dated(here.tables, here.wave) if waves and here.wave else ""
    chips.make_room(here.tables, follows, " · ".join(filter(None, [here.programme.name, when, AUDIENCES[here.audience]])))
    jump_list()
    if not lead:
        _earlier_banner(here.programme.id, here.revision)
    return here


def _record_note(here: PageContext) -> None:
    """What the programme is and what its record does not hold, where that is not complete; each with its note and source."""
    summary = record.summary(here.tables)
    if not summary:
        return
    with st.container(gap=None, key="record_note"):
        st.caption(plain(here.programme.description or summary), width="stretch")
        with st.popover(
            "What is not recorded", icon=":material/inventory_2:", type="tertiary", on_change="rerun", key="record"
        ) as box:
            if box.open:
                st.markdown("Where something is not in this record, that does not say that it is not there.")
                st.dataframe(record.not_recorded(here.tables), hide_index=True, key="record_rows", placeholder="–",
                             column_config={"source": st.column_config.LinkColumn("source")},
                             alt="What the record does not hold, with note and source")  # fmt: skip


def _choose(waves: bool, lead: bool, leaves: bool) -> PageContext:
    programmes = {programme.id: programme for programme in sign_in.programmes(lead)}
    if not programmes:
        _no_programme()
    default = "example" if "example" in programmes else next(iter(programmes))
    words = {id: _called(programme) for id, programme in programmes.items()}
    with st.container(width=264):
        programme = programmes[address.choose("Programme", words, name="programme", default=default)]
    person = sign_in.person(programme.id)
    revision = cached.revision(programme.id) if lead else _chosen_revision(programme.id, person)
    number = cached.full_tables(programme.id, revision).waves.height
    slot = st.container(width=300 if number > _SIDE_BY_SIDE else "content") if waves and number else None
    choose_audience = audience.choose_made_for if leaves else audience.choose
    seen_as: Audience = "lead" if lead else choose_audience(person.audiences)
    at = _at(revision, seen_as, person)
    tables = cached.tables(programme.id, at)
    programme = cached.renaming(programme.id, at).programme(programme)
    wave = current(tables)
    if slot and wave:
        with slot:
            wave = _wave(tables, wave)
    return PageContext(programme, revision, tables, wave, seen_as, person)


def _called(programme: Programme) -> str:
    """What a programme is called for the person who looks, without names that are hidden from them."""
    person = sign_in.person(programme.id)
    if person.edits:
        return programme.name
    at = _at(cached.revision(programme.id), person.audiences[0], person)
    return cached.renaming(programme.id, at).programme(programme).name


def _no_programme() -> NoReturn:
    if sign_in.person().edits:
        st.info("There is no programme yet. Bring in a workbook on the Data page.", icon=":material/upload_file:")
        sign_in.link_to_data("Bring in data")
    else:
        st.info("There is nothing to see here yet.", icon=":material/hourglass_empty:")
    st.stop()


def _wave(tables: Tables, default: str) -> str:
    """The choice of a wave, with names and ids as the audience may have them, open ones marked."""
    names = wave_sentences.names(tables)
    widget: Any = st.selectbox if len(names) > _SIDE_BY_SIDE else st.segmented_control
    return address.choose("Wave", names, name="wave", default=default, widget=widget)


def _chosen_revision(programme: str, person: Person) -> int:
    """The revision to show: for a lead the one the link names (`asof`), else the last.

    Others never see what has been taken out since. A revision that is not there is named at the head, and forgotten.
    """
    asked = address.get("asof")
    if asked is None:
        return cached.revision(programme)
    if person.edits and any(str(revision.id) == asked for revision in cached.store().history(programme)):
        return int(asked)
    address.gone("revision of this programme", asked)
    address.put("asof")
    return cached.revision(programme)


def _earlier_banner(programme: str, revision: int) -> None:
    """Say over a page that shows an earlier revision which it is, with the way back to now."""
    if revision == cached.revision(programme):
        return
    shown = next(past for past in cached.store().history(programme) if past.id == revision)
    when, by = author.moment(shown.made_at), plain(shown.author)
    with st.container(horizontal=True, vertical_alignment="center", key="earlier"):
        st.warning(f"As it was: revision {shown.id} of {when}, by {by}. Much may have changed since.", icon=":material/history:")
        if st.button("Back to now", key="back_to_now"):
            address.put("asof")
            st.rerun()


def opening_sentence(sentence: str = "") -> Callable[[str], None]:
    """The generated sentence a page opens with: what its figures say; and the way to put another in its place."""
    with st.container(key="sentence"):
        place = st.empty()

    def write(words: str) -> None:
        place.header(plain(words), anchor=False)

    if sentence:
        write(sentence)
    return write


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


def _name_missing() -> None:
    """What the link names that is not there (any more)."""
    gone = [f"{with_article(what)} that is not here: “{plain(value)}”" for what, value in address.missing()]
    if gone:
        st.info(
            f"The link names {listed(gone, len(gone))}. This is the view without {'it' if len(gone) == 1 else 'them'}.",
            icon=":material/link_off:",
        )
