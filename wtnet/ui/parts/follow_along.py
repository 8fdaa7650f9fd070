"""Following a talk: links for everybody that open what a slide shows, as codes on the stage and on the last slide of a deck."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

import streamlit as st

from wtnet import access
from wtnet.access import links as access_links
from wtnet.access.links import ViewLink
from wtnet.draw import qr
from wtnet.sentences import filters
from wtnet.stories import Slide, SlideView, Story
from wtnet.tables.model import Audience
from wtnet.tables.pilots import members_by_pilot
from wtnet.ui.frame import cached, sign_in
from wtnet.ui.frame.markdown import plain
from wtnet.ui.frame.page import PageContext
from wtnet.ui.parts import given_links
from wtnet.ui.parts.selection import Selection

LABEL = "Those who follow a talk"
"""What the link is called among the links of the programme."""
AUDIENCE: Audience = "public"
_DAYS = 90
_MOST = 12
"""So many partners at most are selected by a link."""
_INSTEAD = "give out the deck or the offline map"


@dataclass(frozen=True)
class TalkLinks:
    """The links of a talk: that of the whole story and of each slide, in order; or, where there are none, why."""

    story: str | None = None
    slides: tuple[str, ...] = ()
    why: str = ""


def links(here: PageContext, story: Story, page: str) -> TalkLinks:
    """The links of a story while its talk is open to those who follow; `page` is the one that is looked at."""
    warning = given_links.here_only(page, _INSTEAD, several=False)
    if warning or not given_links.base(page):
        return TalkLinks(why=warning or "The address of this server is not known, so there is no link to follow this talk.")
    link = _open_link(here)
    if link is None:
        make = "open “Follow along” beneath the stage and make it" if here.person.edits else "only the programme lead makes one"
        return TalkLinks(why=f"There is no link to follow this talk yet: {make}.")
    token = access_links.token(sign_in.writable_store(here.programme.id) if here.person.edits else cached.store(), link)
    whole = SlideView(story.scope, (story.about.partition(":")[2],) if story.about.startswith("partner:") else ())
    views = [whole, *(slide.view for slide in story.slides)]
    start, *slides = (_address(here, story, view, page, token) for view in views)
    return TalkLinks(start, tuple(slides))


def message(here: PageContext, story: Story, page: str) -> dict[str, object]:
    """The same for the stage: `why` there is none, or for each slide its address, the size of its code and its path."""
    given = links(here, story, page)
    codes = [(address, qr.code(address)) for address in given.slides]
    return {"why": given.why, "slides": [[address, code.size, code.path] for address, code in codes]}


def programme_link(here: PageContext, page: str) -> str:
    """The link to the programme as it stands; "" where nobody could open it."""
    return links(here, Story("", "", (Slide(""),)), page).story or ""


def choose(here: PageContext, story: Story, page: str) -> None:
    """Let the lead make the link, or see and end it; others see nothing."""
    if not here.person.edits:
        return
    with st.popover("Follow along", type="tertiary", icon=":material/qr_code_2:"):
        given = links(here, story, page)
        link = _open_link(here)
        if given.story is None and link is None and not given_links.here_only(page, _INSTEAD):
            st.markdown(
                "People in the room open what a slide shows on their own phones, as everybody may see it. The stage shows the "
                f"code of each slide when you press Q. The link is good for {_DAYS} days; Sharing lists it and takes it back."
            )
            st.button("Make the link", on_click=_make, args=(here,), key="follow_make", icon=":material/add_link:")
        elif given.story is None:
            st.warning(given.why, icon=":material/computer:")
        elif link is not None:
            st.markdown("Press Q on the stage for the code of its slide. The last slide of the PowerPoint has this one:")
            st.code(given.story, language=None, wrap_lines=True)
            until = f"{link.until.day} {link.until:%B %Y}"
            st.caption(plain(f"For everybody, until {until}; Sharing lists it as “{LABEL}” and takes it back."))


def _make(here: PageContext) -> None:
    until = date.today() + timedelta(days=_DAYS)
    store = sign_in.writable_store(here.programme.id)
    access_links.token(store, access_links.make(store, here.programme.id, until, AUDIENCE, LABEL))  # with what signs it


def _open_link(here: PageContext) -> ViewLink | None:
    """The link that was made for talks on this programme and has not ended: the one that lasts longest."""
    issued = access_links.issued(cached.store(), here.programme.id)
    open_ = (link for link in issued if link.label == LABEL and link.audience == AUDIENCE and not link.revoked)
    return next((link for link in open_ if link.until >= date.today()), None)


def _address(here: PageContext, story: Story, view: SlideView, page: str, token: str) -> str:
    """The address of the map as a view has it, as far as everybody may read what it names."""
    scope = view.scope
    chosen = filters.of_scope(scope, story.themes)
    carried = given_links.carried(here, AUDIENCE, chosen, scope.wave or story.scope.wave)
    query = [(name, value) for name, value, _ in carried]
    selected = _selected(here, view).text()
    query += [("select", selected)] if selected else []
    return f"{given_links.base(page)}/?{urlencode([*query, ('link', token)])}"


def _selected(here: PageContext, view: SlideView) -> Selection:
    """Whom the view is about, of those that everybody knows by the name they have here."""
    hidden = access.hidden(cached.full_tables(here.programme.id, here.revision), AUDIENCE)
    theirs = cached.tables(here.programme.id, cached.Edition(here.revision, AUDIENCE))
    known = set(theirs.organisations["id"]) - set(hidden)
    focus = tuple(partner for partner in view.focus if partner in known)
    if len(view.focus) == 1:
        return Selection("partner", focus[0]) if focus else Selection()
    pilots = members_by_pilot(theirs)
    pilot = next((pilot for pilot, members in pilots.items() if focus and set(members) == set(view.focus)), None)
    if pilot:
        return Selection("pilot", pilot)
    return Selection("partners", ids=focus) if 1 < len(focus) <= _MOST else Selection()
