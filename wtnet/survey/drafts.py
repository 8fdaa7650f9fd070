"""What somebody has typed on a form behind a personal link and not given yet: kept for that link until it is given, or it ends.

A draft is no answer: it is in no revision, figure, file or backup, and nobody but the holder of the link reads it. The lead
learns that there is one, never what is in it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import quote

from wtnet.errors import InvalidRequest
from wtnet.store import Store
from wtnet.survey.links import UNKNOWN, PersonalLink, draft_name, links

LONGEST = 300_000
"""So many letters one draft may hold: more than a form that is filled in to the last line."""


@dataclass(frozen=True)
class Draft:
    """What stands on a form unsaved: `typed` by the name of the box, the part `at` which the form is, and partners chosen as
    missing (`extra`)."""

    typed: Mapping[str, Any] = field(default_factory=dict)
    at: int = 0
    extra: tuple[str, ...] = ()


def load(store: Store, link: PersonalLink) -> Draft:
    """The draft of a link; an empty one where there is none."""
    kept = store.settings(draft_name(link)).get(draft_name(link))
    return Draft(kept["typed"], kept["at"], tuple(kept["extra"])) if kept else Draft()


def keep(store: Store, link: PersonalLink, typed: Mapping[str, Any], today: date | None = None) -> None:
    """Keep what was typed beside what the draft holds; an answer taken back is null. A link that has ended, or far too much text,
    is an InvalidRequest."""
    if link.id not in {each.id for each in links(store, link.programme, link.wave)} or not link.open_on(today or date.today()):
        raise InvalidRequest(UNKNOWN)
    name, new = draft_name(link), not store.settings(draft_name(link))

    def beside(before: Any) -> Any:
        draft = before or _stored(link, Draft())
        draft["typed"] = {**draft["typed"], **typed}
        if len(json.dumps(draft["typed"])) > LONGEST:
            raise InvalidRequest("That is more text than is kept while you type; save your answers to go on.")
        return draft

    store.amend(name, beside)
    if new:
        sweep(store, link.programme, today)


def begin_part(store: Store, link: PersonalLink, at: int, extra: Sequence[str]) -> None:
    """Remember which part of the form comes next, once the one before was saved: nothing is typed there yet."""
    store.remember(draft_name(link), _stored(link, Draft({}, at, tuple(extra))))


def forget(store: Store, link: PersonalLink) -> None:
    """Forget a draft: what was in it is given, or not wanted any more."""
    store.remember(draft_name(link), None)


def begun(store: Store, programme: str) -> frozenset[str]:
    """The ids of the links behind which something is typed and not given yet."""
    prefix = _prefix(programme)
    return frozenset(name.removeprefix(prefix) for name, kept in store.settings(prefix).items() if kept["typed"])


def sweep(store: Store, programme: str, today: date | None = None) -> None:
    """Forget the drafts of links that are over or gone."""
    open_links = {link.id for link in links(store, programme) if link.open_on(today or date.today())}
    for name in store.settings(_prefix(programme)):
        if name.removeprefix(_prefix(programme)) not in open_links:
            store.remember(name, None)


def _prefix(programme: str) -> str:
    return f"survey-draft:{quote(programme, safe='')}:"


def _stored(link: PersonalLink, draft: Draft) -> dict[str, Any]:
    about = {"programme": link.programme, "wave": link.wave, "partner": link.partner}
    return {**about, "typed": dict(draft.typed), "at": draft.at, "extra": list(draft.extra)}
