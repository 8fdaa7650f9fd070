"""Stories kept with a programme, for everybody who opens it.

A story is one setting: as it is now, and beside it under `_EARLIER` its last few versions, newest first. Of a story that
was removed only those are left.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from wtnet.errors import InvalidRequest, UnreadableFile
from wtnet.store import Store
from wtnet.stories.model import Story, from_json, to_json
from wtnet.tables.model import Audience

MOST_EARLIER = 5
_EARLIER, _KEPT_AT = "earlier", "kept_at"


@dataclass(frozen=True)
class SavedVersion:
    """A story as it was saved, and when (null: before that was noted)."""

    story: Story
    kept_at: datetime | None


def _prefix(programme: str) -> str:
    return f"story:{programme}:"


def stories(store: Store, programme: str, audience: Audience | None = None) -> list[Story]:
    """The stories of a programme by title; with an `audience`, those written for it alone. What cannot be read is left out."""
    read = [story for value in store.settings(_prefix(programme)).values() if (story := _read(value)) is not None]
    return sorted((each for each in read if audience in (None, each.audience)), key=lambda each: each.title.casefold())


def find(store: Store, programme: str, id: str) -> Story | None:
    """One story, or None."""
    return next((each for each in stories(store, programme) if each.id == id), None)


def keep(store: Store, programme: str, story: Story, over: Story | None = None) -> None:
    """Save a story, in the place of the one of its id.

    `over` is the story as it was when it was opened (None: it is new). If somebody else has saved it since, this is an
    InvalidRequest, and nothing is lost: take another name, or open theirs.
    """

    def step(value: Any) -> Any:
        there = _read(value)
        if there == story:
            return value
        if there is not None and there != over:
            raise InvalidRequest(
                f"Somebody has saved “{there.title}” since you opened it; save yours under another title, or open theirs first."
            )
        return {**to_json(story), _KEPT_AT: datetime.now(UTC).isoformat(), _EARLIER: _before(value)}

    store.amend(_prefix(programme) + story.id, step)


def forget(store: Store, programme: str, id: str) -> None:
    """Take a story off the shelf; its last versions stay to be taken back (`removed`)."""
    store.amend(_prefix(programme) + id, lambda value: {_EARLIER: _before(value)} if value else None)


def earlier(store: Store, programme: str, story: Story) -> list[SavedVersion]:
    """The versions of a story that were kept before the present one, newest first."""
    name = _prefix(programme) + story.id
    return _versions(store.settings(name).get(name), story.audience)


def removed(store: Store, programme: str, audience: Audience) -> list[SavedVersion]:
    """The last version of every story for an audience that was taken off the shelf."""
    gone = [value for value in store.settings(_prefix(programme)).values() if _read(value) is None]
    return [version for value in gone for version in _versions(value, audience)[:1]]


def _versions(value: Any, audience: Audience) -> list[SavedVersion]:
    versions = [(_read(each), each.get(_KEPT_AT)) for each in (value or {}).get(_EARLIER, [])]
    return [
        SavedVersion(story, datetime.fromisoformat(at) if at else None)
        for story, at in versions
        if story is not None and story.audience == audience
    ]


def _before(value: Any) -> list[Any]:
    """What was kept until now, the version that is kept now first."""
    now = {name: part for name, part in (value or {}).items() if name != _EARLIER}
    return [each for each in (now, *(value or {}).get(_EARLIER, [])) if each][:MOST_EARLIER]


def _read(value: Any) -> Story | None:
    try:
        return from_json(value, "The stored story")
    except UnreadableFile:
        return None


def free(store: Store, programme: str, story: Story) -> Story:
    """The story under an id nobody has taken: its own, or with a number."""
    taken = {each.id for each in stories(store, programme)}
    name, number = story.id, 1
    while name in taken:
        number += 1
        name = f"{story.id}-{number}"
    return replace(story, id=name)
