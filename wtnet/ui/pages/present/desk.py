"""Stories on the screen: which one is open, a first draft, what data edits have overtaken, saving and taking away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import streamlit as st

from wtnet import stories
from wtnet.errors import UnreadableFile, WtnetError
from wtnet.network import Scope
from wtnet.sentences import filters as filters_in_words
from wtnet.stories import Story
from wtnet.stories import saved as shelf
from wtnet.stories.model import MOST_SLIDES
from wtnet.stories.redacted import may_be_served, renamed, served
from wtnet.stories.slides import Stage, mended_scope
from wtnet.tables.model import AUDIENCES, Audience
from wtnet.tables.schema import KINDS
from wtnet.ui.frame import address, cached, chips, sign_in
from wtnet.ui.frame.audience import LABELS
from wtnet.ui.frame.errors import show_error
from wtnet.ui.frame.markdown import cut, plain
from wtnet.ui.frame.page import PageContext
from wtnet.ui.parts import filters
from wtnet.ui.parts.uploads import choose_files

address.declare(story="story", about="partner or pilot")

STYLE = Path(__file__).parent / "desk.css"
NEW = "new"
PROGRAMME = "programme"
_NOT_FOR = (
    "This story was written for the audience “{0}”: its words may hold what “{1}” may not see, so it is not opened here. "
    "Choose “{0}” under “Made for” to open it, or draft a new story for “{1}”."
)


@dataclass
class Desk:
    """The story being worked on: as it is now, and as it was when it was opened or saved last (None: never saved).

    `turn` goes up whenever slides change places or words come from elsewhere, so that no field shows another slide's. `at`
    is the revision its words were last found fit to be shown at.
    """

    story: Story
    saved: Story | None
    at: int
    turn: int = 0

    @property
    def changed(self) -> bool:
        """Whether there is something to save."""
        return self.story != self.saved


def _desks() -> dict[tuple[str, str, str], Desk]:
    desks: dict[tuple[str, str, str], Desk] = st.session_state.setdefault("story_desks", {})
    return desks


def choose(here: PageContext) -> Desk | None:
    """The row that opens a story or drafts one; None while there is none to show."""
    there = _on_shelf(here)
    mine = _mine(here)
    _say_for_whom(here, {*there, *mine})
    names = {id_: desk.story.title + ("" if id_ in there else " (not saved)") for id_, desk in mine.items()}
    names = {NEW: "A new story …"} | {id_: story.title for id_, story in there.items()} | names
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="story_row"):
        with st.container(width=340):
            opened = address.choose("Story", names, name="story", default=NEW)
        if opened == NEW:
            with st.container(width=420):
                about = address.choose("About", _subjects(here), name="about", default=PROGRAMME)
            st.button(
                "Draft our story",
                on_click=_draft,
                args=(here, about, *filters.subject_scope(here, *_kind_and_id(about))),
                type="primary",
                icon=":material/edit_note:",
                key="story_draft",
            )
            _bring_in(here)
            return None
    if opened not in mine:
        story = _as_seen(here, there[opened])
        if story is None:
            st.info("What this story tells may not be shown any more.", icon=":material/visibility_off:")
            return None
        mine[opened] = _desks()[*_where(here), opened] = Desk(story, story, here.revision)
    _say_what_it_is_of(here, mine[opened].story)
    return mine[opened]


def _say_for_whom(here: PageContext, opened: Collection[str]) -> None:
    """Where the link names a saved story that was written for others: for whom, and the way to it."""
    asked = address.get("story")
    if not asked or asked == NEW or asked in opened or not here.person.edits:
        return
    story = next((each for each in shelf.stories(cached.store(), here.programme.id) if each.id == asked), None)
    if story is None or story.audience not in here.person.audiences:
        return
    address.put("story")
    address.forget("story")
    words = f"“{story.title}” was written for: {LABELS[story.audience].lower()}. As it is, it is not shown to others."
    st.info(plain(words), icon=":material/lock:")
    st.button("Open it", on_click=_open_for, args=(story.id, story.audience), key="story_as_written")


def _open_for(story: str, audience: Audience) -> None:
    for name, value in (("story", story), ("made_for", audience)):
        address.put(name, value)
        address.forget(name)


def _for_others(here: PageContext) -> str:
    """How many saved stories there are for each other audience that a lead may choose; "" where there are none."""
    if not here.person.edits:
        return ""
    kept = Counter(story.audience for story in shelf.stories(cached.store(), here.programme.id))
    there = [f"{kept[each]} for {LABELS[each].lower()}" for each in LABELS if kept[each] and each != here.audience]
    return f"Saved besides: {', '.join(there)}; choose it under “Made for”." if there else ""


def _mine(here: PageContext) -> dict[str, Desk]:
    """The stories on the desk, each as the reader may have it at this revision; what they may not is taken off."""
    mine = {id_: desk for (programme, audience, id_), desk in _desks().items() if (programme, audience) == _where(here)}
    for id_, desk in list(mine.items()):
        if desk.at == here.revision:
            continue
        desk.at, story = here.revision, _as_seen(here, desk.story)
        if story is None:
            del mine[id_], _desks()[*_where(here), id_]
        elif story != desk.story:
            desk.story, desk.turn = story, desk.turn + 1
    return mine


def _on_shelf(here: PageContext) -> dict[str, Story]:
    """The saved stories, by id as they are listed: for a reader who does not lead, those that may be served."""
    stories = shelf.stories(cached.store(), here.programme.id, here.audience)
    if not here.person.edits:
        other = cached.renaming(*here.key)
        stories = [renamed(story, here.tables, other) for story in stories if may_be_served(story, here.tables)]
    return {story.id: story for story in stories}


def _as_seen(here: PageContext, story: Story) -> Story | None:
    """A story as the reader may have it at this revision; None if they may not."""
    if here.person.edits:
        return story
    return served(story, here.tables, cached.renaming(*here.key), here.programme.name, cached.cells(*here.key, here.audience))


def _where(here: PageContext) -> tuple[str, str]:
    return here.programme.id, here.audience


def _subjects(here: PageContext) -> dict[str, str]:
    """Whom a story may be about: the programme, pilots, partners."""
    subjects = {PROGRAMME: f"{here.programme.name} · the whole programme"}
    subjects |= {f"pilot:{id_}": f"{name} · pilot" for id_, name in here.tables.pilots.select("id", "name").iter_rows()}
    rows = here.tables.organisations.select("id", "name", "kind").iter_rows()
    return subjects | {f"partner:{id_}": f"{cut(name, 60)} · {KINDS[kind].lower()}" for id_, name, kind in rows}


def _kind_and_id(about: str) -> tuple[str, str]:
    kind, _, id_ = about.partition(":")
    return kind, id_


def _draft(here: PageContext, about: str, scope: Scope, themes: tuple[str, ...]) -> None:
    kind, id_ = _kind_and_id(about)
    partner, pilot = (id_ if kind == each else None for each in ("partner", "pilot"))
    cells, name = cached.cells(*here.key, here.audience), here.programme.name
    begin(here, stories.draft(here.tables, partner, pilot, here.audience, name, cells, scope, themes))


def drafts_anew() -> bool:
    """Whether a new story is drafted, of the wave and filters chosen, and none is open, which keeps its own."""
    return address.get("story") in (None, NEW)


def _say_what_it_is_of(here: PageContext, story: Story) -> None:
    """Say of which wave and filters an open story is."""
    scope = mended_scope(story.scope, here.tables)
    narrowed = filters_in_words.scope_labels(here.tables, scope, story.themes)
    wave = here.wave_name(scope.wave) if scope.wave else "the current wave"
    st.caption(plain(f"This story is of: {'; '.join([wave, *narrowed])}. What is chosen on other pages changes nothing in it."))
    chips.say_instead("A story keeps the wave and the filters it was drafted with.")


def begin(here: PageContext, story: Story) -> None:
    """Put a story that is not saved yet on the desk."""
    story = shelf.free(cached.store(), here.programme.id, story)
    while (*_where(here), story.id) in _desks():
        story = replace(story, id=f"{story.id}-2")
    _desks()[*_where(here), story.id] = Desk(story, None, here.revision)
    address.put("story", story.id)
    for name in ("slide", "about"):
        address.put(name)
    address.forget("story", "slide", "about")


def _bring_in(here: PageContext) -> None:
    if not here.person.edits:
        return
    with st.popover("Bring a story in", type="tertiary", icon=":material/upload_file:"):
        given = choose_files(here, "A story that was saved as a file", "story_file", stories.MAX_BYTES // 1_000_000, ["json"])
        if given is not None and st.button("Open it", key="story_file_open"):
            try:
                story = stories.from_text(given.getvalue(), given.name)
            except UnreadableFile as error:
                show_error(error)
                return
            if AUDIENCES.index(story.audience) < AUDIENCES.index(here.audience):
                st.error(_NOT_FOR.format(LABELS[story.audience], LABELS[here.audience]), icon=":material/lock:")
                return
            begin(here, replace(story, audience=here.audience))
            st.rerun()


def nothing(here: PageContext) -> None:
    """What a story is, before there is one."""
    say_saved()
    st.markdown(
        "A first draft tells who you are, whom you worked with at the start and now, how strong it became and what each side "
        "says, what came of it and what comes next, with your own figures. Then the words are yours: change them, turn the "
        "slides round, add a quote, and present from here or take it away as PowerPoint. Nothing leaves this computer."
    )
    words = {
        "lead": "It may hold names and what partners said of each other: choose “Made for” Everybody for one to show in public."
    }
    st.caption(f"Written for: {LABELS[here.audience].lower()}. {words.get(here.audience, '')} {_for_others(here)}".strip())


def stage_of(here: PageContext, story: Story) -> Stage:
    """The story beside the data of today, kept while neither the data nor the subject change."""
    key = (*here.key, here.audience, story.about, repr(story.scope), story.themes)
    kept: tuple[Any, Stage] | None = st.session_state.get("story_stage")
    if kept is None or kept[0] != key:
        about = here.programme
        stage = Stage(
            story, here.tables, cached.arranged(*here.key), about.name, about.illustrative, cached.cells(*here.key, here.audience)
        )
        kept = st.session_state["story_stage"] = (key, stage)
    return kept[1]


def save(here: PageContext, desk: Desk) -> None:
    """Keep the story with the programme; somebody else's work is never written over."""
    try:
        shelf.keep(sign_in.writable_store(here.programme.id), here.programme.id, desk.story, desk.saved)
    except WtnetError as error:
        st.session_state["story_said"] = str(error)
        return
    desk.saved = desk.story
    st.session_state["story_said"] = ""


def say_saved() -> str | None:
    """What came of saving or removing: said if it was refused, "" if it is done, None if nobody asked for it."""
    failure: str | None = st.session_state.pop("story_said", None)
    if failure:
        st.error(plain(failure), icon=":material/error:")
    return failure


def copy(here: PageContext, desk: Desk) -> None:
    """Go on with a copy under a name of its own."""
    begin(here, replace(desk.story, title=f"{desk.story.title} (copy)"[:200]))


def forget(here: PageContext, desk: Desk) -> None:
    """Take the story off the desk and off the shelf."""
    try:
        shelf.forget(sign_in.writable_store(here.programme.id), here.programme.id, desk.story.id)
    except WtnetError as error:
        st.session_state["story_said"] = str(error)
        return
    _desks().pop((*_where(here), desk.story.id), None)
    for name in ("story", "slide"):
        address.put(name)
    address.forget("story", "slide")


def room_for_more(desk: Desk) -> bool:
    """Whether one more slide may be added."""
    return len(desk.story.slides) < MOST_SLIDES
