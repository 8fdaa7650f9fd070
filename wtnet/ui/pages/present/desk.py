"""Stories on the screen: which one is open, a first draft, what data edits have overtaken, saving and taking away."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import streamlit as st

from wtnet import stories
from wtnet.errors import UnreadableFile, WtnetError
from wtnet.stories import Story
from wtnet.stories import saved as shelf
from wtnet.stories.draft import again
from wtnet.stories.model import MOST_SLIDES
from wtnet.stories.outdated import OutdatedSlide, kept, outdated_slides, renewed
from wtnet.stories.redacted import may_be_served, renamed, served
from wtnet.stories.slides import Stage
from wtnet.tables.model import AUDIENCES
from wtnet.tables.schema import KINDS
from wtnet.ui.frame import address, cached, sign_in
from wtnet.ui.frame.audience import LABELS
from wtnet.ui.frame.errors import show_error
from wtnet.ui.frame.markdown import count, cut, plain
from wtnet.ui.frame.page import PageContext
from wtnet.ui.parts.uploads import choose_files

address.declare(story="story", about="partner or pilot")

STYLE = Path(__file__).parent / "desk.css"
NEW = "new"
PROGRAMME = "programme"
_NOT_FOR = (
    "This story was written for the audience “{0}”: its words may hold what “{1}” may not see, so it is not opened here. "
    "Choose “{0}” under “Seen as” to open it, or draft a new story for “{1}”."
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
    found: dict[tuple[str, str, str], Desk] = st.session_state.setdefault("story_desks", {})
    return found


def choose(here: PageContext) -> Desk | None:
    """The row that opens a story or drafts one; None while there is none to show."""
    there = _on_shelf(here)
    mine = _mine(here)
    names = {id_: desk.story.title + ("" if id_ in there else " (not saved)") for id_, desk in mine.items()}
    names = {NEW: "A new story …"} | {id_: one.title for id_, one in there.items()} | names
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="story_row"):
        with st.container(width=340):
            opened = address.choose("Story", names, name="story", default=NEW)
        if opened == NEW:
            with st.container(width=420):
                about = address.choose("About", _subjects(here), name="about", default=PROGRAMME)
            st.button(
                "Draft our story",
                on_click=_draft,
                args=(here, about),
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
    return mine[opened]


def _mine(here: PageContext) -> dict[str, Desk]:
    """The stories on the desk, each as whoever looks may have it at this revision; what they may not is taken off."""
    found = {id_: desk for (programme, audience, id_), desk in _desks().items() if (programme, audience) == _where(here)}
    for id_, desk in list(found.items()):
        if desk.at == here.revision:
            continue
        desk.at, story = here.revision, _as_seen(here, desk.story)
        if story is None:
            del found[id_], _desks()[*_where(here), id_]
        elif story != desk.story:
            desk.story, desk.turn = story, desk.turn + 1
    return found


def _on_shelf(here: PageContext) -> dict[str, Story]:
    """The saved stories, by id as they are listed: for whoever does not lead, those that may be served, under their words."""
    found = shelf.stories(cached.store(), here.programme.id, here.audience)
    if not here.person.edits:
        other = cached.renaming(*here.key)
        found = [renamed(one, here.tables, other) for one in found if may_be_served(one, here.tables)]
    return {one.id: one for one in found}


def _as_seen(here: PageContext, story: Story) -> Story | None:
    """A story as whoever looks may have it at this revision; None if they may not."""
    if here.person.edits:
        return story
    return served(story, here.tables, cached.renaming(*here.key), here.programme.name, cached.cells(*here.key, here.audience))


def _where(here: PageContext) -> tuple[str, str]:
    return here.programme.id, here.audience


def _subjects(here: PageContext) -> dict[str, str]:
    """Whom a story may be about: the programme, pilots, partners."""
    found = {PROGRAMME: f"{here.programme.name} · the whole programme"}
    found |= {f"pilot:{id_}": f"{name} · pilot" for id_, name in here.tables.pilots.select("id", "name").iter_rows()}
    rows = here.tables.organisations.select("id", "name", "kind").iter_rows()
    return found | {f"partner:{id_}": f"{cut(name, 60)} · {KINDS[kind].lower()}" for id_, name, kind in rows}


def _draft(here: PageContext, about: str) -> None:
    kind, _, id_ = about.partition(":")
    partner, pilot = (id_ if kind == each else None for each in ("partner", "pilot"))
    begin(
        here,
        stories.draft(here.tables, partner, pilot, here.audience, here.programme.name, cached.cells(*here.key, here.audience)),
    )


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
        "lead": "It may hold names and what partners said of each other: choose “Seen as” Everybody for one to show in public."
    }
    st.caption(f"Written for: {LABELS[here.audience].lower()}. {words.get(here.audience, '')}")


def stage_of(here: PageContext, story: Story) -> Stage:
    """The story beside the data of today, kept while neither the data nor the subject change."""
    key = (*here.key, here.audience, story.about)
    found: tuple[Any, Stage] | None = st.session_state.get("story_stage")
    if found is None or found[0] != key:
        about = here.programme
        made = Stage(
            story, here.tables, cached.arranged(*here.key), about.name, about.illustrative, cached.cells(*here.key, here.audience)
        )
        found = st.session_state["story_stage"] = (key, made)
    return found[1]


def overtaken(here: PageContext, desk: Desk) -> dict[int, OutdatedSlide]:
    """What the data say now that the story does not, slide by slide."""
    return {each.at: each for each in outdated_slides(desk.story, _fresh(here, desk.story), here.tables)}


def _fresh(here: PageContext, story: Story) -> Story | None:
    key = (*here.key, here.audience, story.about)
    found: tuple[Any, Story | None] | None = st.session_state.get("story_fresh")
    if found is None or found[0] != key:
        made = again(story, here.tables, here.programme.name, cached.cells(*here.key, here.audience))
        found = st.session_state["story_fresh"] = (key, made)
    return found[1]


def say_overtaken(here: PageContext, desk: Desk, found: dict[int, OutdatedSlide]) -> None:
    """Which slides the data have overtaken, a line each, and the way to put all of them right."""
    if not found:
        return
    one = len(found) == 1
    with st.container(border=True, gap="small", key="stale"):
        many = count(len(found), "slide")
        st.markdown(f":material/published_with_changes: **{many} no longer {'says' if one else 'say'} what is in the data.**")
        lines = [
            f"- **{at + 1} · {plain(desk.story.slides[at].heading)}** {_changes(each, 3) or plain(each.lost[0])}"
            for at, each in found.items()
        ]
        st.markdown("\n".join(lines))
        if any(each.text is not None for each in found.values()):
            label = "Use the new sentence" if one else "Use all the new sentences"
            st.button(label, on_click=_renew_all, args=(here, desk, found), key="stale_all", icon=":material/autorenew:")


def _changes(each: OutdatedSlide, most: int) -> str:
    """What changed, from old to new; short ones first, and no more than `most`."""
    ones = sorted(each.changed, key=lambda one: len(one.was) + len(one.now) > 40)
    changes = [f"{plain(one.label)}: {plain(cut(one.was, 80))} → **{plain(cut(one.now, 80))}**" for one in ones[:most]]
    return "; ".join(changes) + (f"; and {len(ones) - most} more" if len(ones) > most else "")


def say_slide_overtaken(here: PageContext, desk: Desk, each: OutdatedSlide | None) -> None:
    """Of the slide under the pen: what changed, what it names that has gone, and what to do."""
    if each is None:
        return
    at = each.at
    with st.container(border=True, gap="small", key="stale_here"):
        for sentence in each.lost:
            st.markdown(f":material/link_off: {plain(sentence)}")
        if each.changed:
            st.markdown(f":material/published_with_changes: {_changes(each, 12)}")
        if each.text is not None:
            st.caption(f"The new sentence: {plain(each.text)}")
        with st.container(horizontal=True, gap="small"):
            if each.text is not None:
                st.button("Use it", on_click=_renew, args=(here, desk, at, each.text), key=f"stale_new_{at}")
            if each.mended is not None:
                args = (here, desk, at, each.mended)
                st.button("My words, new figures", on_click=_renew, args=args, key=f"stale_mend_{at}", help=plain(each.mended))
            if each.changed:
                st.button(
                    "Leave it as it is", on_click=_renew, args=(here, desk, at, None), key=f"stale_keep_{at}", type="tertiary"
                )


def _renew_all(here: PageContext, desk: Desk, found: dict[int, OutdatedSlide]) -> None:
    for at, each in found.items():
        if each.text is not None:
            _renew(here, desk, at, each.mended or each.text)


def _renew(here: PageContext, desk: Desk, at: int, text: str | None) -> None:
    fresh = _fresh(here, desk.story)
    desk.story = kept(desk.story, fresh, at) if text is None else renewed(desk.story, fresh, at, text)
    desk.turn += 1


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
    said: str | None = st.session_state.pop("story_said", None)
    if said:
        st.error(plain(said), icon=":material/error:")
    return said


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
