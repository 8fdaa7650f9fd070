"""Stories kept with a programme, for everybody who opens it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from wtnet.errors import InvalidRequest, UnreadableFile
from wtnet.store import Store
from wtnet.stories.model import Story, from_json, to_json


def _prefix(programme: str) -> str:
    return f"story:{programme}:"


def stories(store: Store, programme: str, audience: str | None = None) -> list[Story]:
    """The stories of a programme by title; with an `audience`, those written for it alone. What cannot be read is left out."""
    found = []
    for value in store.settings(_prefix(programme)).values():
        try:
            found.append(from_json(value, "The stored story"))
        except UnreadableFile:
            continue
    return sorted((each for each in found if audience in (None, each.audience)), key=lambda each: each.title.casefold())


def find(store: Store, programme: str, id: str) -> Story | None:
    """One story, or None."""
    return next((each for each in stories(store, programme) if each.id == id), None)


def keep(store: Store, programme: str, story: Story, over: Story | None = None) -> None:
    """Save a story, in the place of the one of its id.

    `over` is the story as it was when it was opened (None: it is new). If somebody else has saved it since, this is an
    InvalidRequest, and nothing is lost: take another name, or open theirs.
    """
    there = find(store, programme, story.id)
    if there is not None and there not in (over, story):
        raise InvalidRequest(
            f"Somebody has saved “{there.title}” since you opened it; save yours under another title, or open theirs first."
        )
    value: dict[str, Any] = to_json(story)
    store.remember(_prefix(programme) + story.id, value)


def forget(store: Store, programme: str, id: str) -> None:
    """Take a story off the shelf."""
    store.remember(_prefix(programme) + id, None)


def free(store: Store, programme: str, story: Story) -> Story:
    """The story under an id nobody has taken: its own, or with a number."""
    taken = {each.id for each in stories(store, programme)}
    name, number = story.id, 1
    while name in taken:
        number += 1
        name = f"{story.id}-{number}"
    return replace(story, id=name)
