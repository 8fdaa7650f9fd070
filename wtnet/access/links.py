"""Links to look at one programme until a day; they can be taken back.

A link's token holds an id and nothing else, signed (HMAC-SHA256, RFC 2104) with a secret that never leaves the database:
nobody else can make or change one, and it opens nothing in another database, be a backup restored there. Programme, audience
and last day are what is stored under the id.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from wtnet.access.roles import VIEWER, Person
from wtnet.errors import InvalidRequest
from wtnet.store import LINK_SECRET, Store
from wtnet.tables.model import AUDIENCES, Audience

_KEPT = "link:"
_LONGEST = 400


@dataclass(frozen=True)
class ViewLink:
    """One link: for whom (in the lead's words), which programme, as which audience, up to and including which day."""

    id: str
    programme: str
    audience: Audience
    until: date
    label: str = ""
    revoked: bool = False


def make(store: Store, programme: str, until: date, audience: Audience = "public", label: str = "") -> ViewLink:
    """Make a link and remember it. An audience that sees everything, or a day that has passed, is an InvalidRequest."""
    if audience not in AUDIENCES or audience == "lead":
        raise InvalidRequest("A link shows what partners or everybody may see; choose one of these two.")
    if until < date.today():
        raise InvalidRequest("The last day of a link lies in the past; choose today or later.")
    store.programme(programme)
    link = ViewLink(secrets.token_hex(6), programme, audience, until, label.strip()[:200])
    _remember(store, link)
    return link


def issued(store: Store, programme: str | None = None) -> list[ViewLink]:
    """The links of a programme (or of all), the newest last day first; those taken back too."""
    links = map(_read, store.settings(_KEPT).values())
    return sorted((link for link in links if programme in (None, link.programme)), key=lambda link: link.until, reverse=True)


def revoke(store: Store, id: str) -> None:
    """Take a link back: from now on it opens nothing."""
    for link in issued(store):
        if link.id == id:
            _remember(store, ViewLink(**{**vars(link), "revoked": True}))


def token(store: Store, link: ViewLink) -> str:
    """The part of a link's address that opens it, signed with the database's secret (made with the first link)."""
    secret = store.settings(LINK_SECRET).get(LINK_SECRET) or store.amend(LINK_SECRET, lambda old: old or secrets.token_hex(32))
    body = json.dumps([link.id]).encode()
    return f"{_text(body)}.{_text(_sign(secret, body))}"


def open_link(store: Store, token: str, today: date | None = None) -> Person:
    """The visitor behind a token. A link that was changed, has run out or was taken back is an InvalidRequest that says which."""
    encoded, _, signature = token[:_LONGEST].partition(".")
    try:
        body, sign = _bytes(encoded), _bytes(signature)
    except ValueError:
        body, sign = b"", b""
    secret = store.settings(LINK_SECRET).get(LINK_SECRET)
    if not body or not secret or not hmac.compare_digest(sign, _sign(secret, body)):
        raise InvalidRequest("This link is not whole or not from here. Ask whoever gave it to you for a new one.")
    id = json.loads(body)[0]
    stored = store.settings(_KEPT + id).get(_KEPT + id)
    link = _read(stored) if stored else None
    if link is None or link.revoked:
        raise InvalidRequest("This link was taken back. Ask whoever gave it to you for a new one.")
    if link.until < (today or date.today()):
        raise InvalidRequest(f"This link ended on {link.until.day} {link.until:%B %Y}. Ask whoever gave it to you for a new one.")
    return Person(VIEWER, "link", link.label, (link.programme,), audience=link.audience, everywhere=False)


def _remember(store: Store, link: ViewLink) -> None:
    store.remember(_KEPT + link.id, {**asdict(link), "until": link.until.isoformat()})


def _read(stored: Mapping[str, Any]) -> ViewLink:
    return ViewLink(**{**stored, "until": date.fromisoformat(stored["until"])})


def _sign(secret: str, body: bytes) -> bytes:
    return hmac.new(bytes.fromhex(secret), body, hashlib.sha256).digest()


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
