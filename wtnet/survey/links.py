"""Personal links: each lets its holder answer as one partner, or as one of its people, for one wave, until a date; the lead can
take it back.

A token is an id and a secret of 256 random bits. Only the secret's hash is stored, so a link is shown once, when it is
made, and cannot be read out of the database; a new one replaces the last.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal
from urllib.parse import quote

from wtnet.errors import InvalidRequest
from wtnet.store import Store
from wtnet.tables.respondents import Respondent

_PREFIX = "survey-link:"
_DAYS = ("until", "opened", "finished")
_NOBODY = hashlib.sha256(b"").hexdigest()
UNKNOWN = "This link is not valid, or not any more. Please ask the people who lead the programme for a new one."
LONGEST = timedelta(days=366)


@dataclass(frozen=True)
class PersonalLink:
    """A personal link that was made; `until` is the last day on which it opens, `role` whoever answers for the partner with it
    (null: one answers for all). `opened` and `finished` are the first days on which its form was opened, and saved to its end
    (null: not yet)."""

    id: str
    programme: str
    wave: str
    partner: str
    until: date
    role: str | None = None
    opened: date | None = None
    finished: date | None = None

    @property
    def whose(self) -> Respondent:
        """Who answers with it."""
        return Respondent(self.partner, self.role)

    def open_on(self, today: date) -> bool:
        """True while it can be used."""
        return today <= self.until


def make(
    store: Store, programme: str, wave: str, partner: str, until: date, today: date | None = None, role: str | None = None
) -> str:
    """Make the link of a partner, or of one of its people, and return its token; an earlier one of the same respondent and wave
    ends with it, and what is typed behind that and not given yet goes to the new one.

    A last day that is over, or more than a year away, is an InvalidRequest.
    """
    check_until(until, today)
    earlier = [link for link in links(store, programme, wave) if link.whose == (partner, role)]
    drafts = [draft for link in earlier if (draft := store.settings(draft_name(link)).get(draft_name(link)))]
    revoke(store, *earlier)
    id, secret = secrets.token_hex(8), secrets.token_urlsafe(32)
    stored = {"programme": programme, "wave": wave, "partner": partner, "until": until.isoformat(), "hash": _hash(secret)}
    stored |= {"role": role} if role else {}
    if finished := [link.finished.isoformat() for link in earlier if link.finished]:
        stored["finished"] = finished[0]
    store.remember(_PREFIX + id, stored)
    for draft in drafts:
        store.remember(draft_name(PersonalLink(id, programme, wave, partner, until, role)), draft)
    return f"{id}.{secret}"


def make_all(
    store: Store, programme: str, wave: str, chosen: Iterable[Respondent], until: date, today: date | None = None
) -> dict[Respondent, str]:
    """Make the links of several respondents and return their tokens by respondent."""
    return {whose: make(store, programme, wave, whose.partner, until, today, whose.role) for whose in chosen}


def check_until(until: date, today: date | None = None) -> None:
    """Refuse a last day that is over or more than a year away."""
    today = today or date.today()
    if not today <= until <= today + LONGEST:
        raise InvalidRequest(f"A link is open until a day from today to a year from now, not {until:%d %B %Y}; choose another.")


def open_link(store: Store, token: str, today: date | None = None) -> PersonalLink:
    """The link behind a token; one that is unknown, taken back or over is an InvalidRequest that says no more than that."""
    id, _, secret = token.partition(".")
    clean = id.isascii() and id.isalnum() and len(id) == 16 and len(secret) < 200
    stored = store.settings(_PREFIX + id).get(_PREFIX + id) if clean else None
    if not hmac.compare_digest(_hash(secret), stored["hash"] if stored else _NOBODY) or not stored:
        raise InvalidRequest(UNKNOWN)
    link = _link(id, stored)
    if not link.open_on(today or date.today()):
        raise InvalidRequest(
            f"This link was open until {link.until.day} {link.until:%B %Y}. "
            "Please ask the people who lead the programme if you would still like to answer."
        )
    return link


def links(store: Store, programme: str, wave: str | None = None) -> list[PersonalLink]:
    """The links of a programme that were not taken back, those that are over too."""
    settings = store.settings(_PREFIX).items()
    programme_links = [_link(name.removeprefix(_PREFIX), value) for name, value in settings if value["programme"] == programme]
    return [link for link in programme_links if wave is None or link.wave == wave]


def mark(store: Store, link: PersonalLink, what: Literal["opened", "finished"], today: date | None = None) -> None:
    """Remember the first day on which a link's form was opened, or saved to its end."""

    def marked(before: Any) -> Any:
        return {what: (today or date.today()).isoformat(), **before} if before else None

    if getattr(link, what) is None:
        store.amend(_PREFIX + link.id, marked)


def revoke(store: Store, *ended: PersonalLink) -> None:
    """Take links back: they do not open any more, and what is typed behind them and not given is forgotten."""
    for link in ended:
        store.remember(_PREFIX + link.id, None)
        store.remember(draft_name(link), None)


def draft_name(link: PersonalLink) -> str:
    """The name of the setting that holds what is typed behind a link and not given yet (see `drafts`)."""
    return f"survey-draft:{quote(link.programme, safe='')}:{link.id}"


def address(base: str, token: str) -> str:
    """The whole link, from the address of the app: "https://example.org/form?token=…"."""
    return f"{base.rstrip('/')}/form?token={quote(token, safe='')}"


def _link(id: str, value: dict[str, str]) -> PersonalLink:
    until, opened, finished = (date.fromisoformat(day) if (day := value.get(name)) else None for name in _DAYS)
    whose = value["programme"], value["wave"], value["partner"]
    return PersonalLink(id, *whose, until or date.min, value.get("role"), opened, finished)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
