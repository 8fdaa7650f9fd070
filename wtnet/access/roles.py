"""Who somebody is to a programme: lead, partner or viewer, by e-mail address or domain.

A *lead* edits and sees everything; a *partner* sees its own profile and answers, and what partners may see; a *viewer*
(a funder, anybody) sees what everybody may see.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wtnet.errors import InvalidRequest
from wtnet.store import Store

LEAD, PARTNER, VIEWER = "lead", "partner", "viewer"
ROLES = {
    LEAD: "Lead: edits, and sees everything",
    PARTNER: "Partner: own profile and answers, and what partners may see",
    VIEWER: "Viewer: what everybody may see",
}
"""The roles, from the one that may most, as people choose them."""
AUDIENCES = {LEAD: ("lead", "partners", "public"), PARTNER: ("partners", "public"), VIEWER: ("public",)}
"""As whom a role may look at a programme; the first is how it looks if nothing is chosen."""
_KEPT = "roles"


@dataclass(frozen=True)
class Rule:
    """Who (an address, or a domain as "@example.org") has which role, in one programme (None: in all).

    A partner's rule names the partner, by its id, and the programme.
    """

    who: str
    role: str
    programme: str | None = None
    partner: str | None = None

    def __post_init__(self) -> None:
        who = self.who.strip().lower()
        object.__setattr__(self, "who", who)
        if who.count("@") != 1 or len(who) < 4 or any(letter.isspace() for letter in who) or "." not in who.partition("@")[2]:
            raise InvalidRequest(f'"{self.who[:80]}" is no e-mail address and no domain; write ann@example.org or @example.org.')
        if self.role not in ROLES:
            raise InvalidRequest(f'"{self.role}" is no role; choose one of {", ".join(ROLES)}.')
        if self.role == PARTNER and not (self.partner and self.programme):
            raise InvalidRequest(f"Say which programme and which partner {who} belongs to.")


@dataclass(frozen=True)
class Person:
    """Somebody with the app open: the role, the partner it is (if it is one), and the one programme it may see (None: all).

    `name` is how changes are signed; `why` says in a word where the role comes from: "local", "signed in", "link", "open".
    """

    role: str
    why: str
    name: str = ""
    programme: str | None = None
    partner: str | None = None
    audience: str | None = None

    @property
    def edits(self) -> bool:
        """True if they may change anything."""
        return self.role == LEAD

    @property
    def audiences(self) -> tuple[str, ...]:
        """As whom they may look, the usual first."""
        return (self.audience,) if self.audience else AUDIENCES[self.role]


def rules(store: Store) -> list[Rule]:
    """The rules kept in the store, in the order they were made."""
    return [Rule(**one) for one in store.settings(_KEPT).get(_KEPT) or []]


def keep(store: Store, kept: Sequence[Rule]) -> None:
    """Keep these rules in the place of those before."""
    store.remember(_KEPT, [vars(one) for one in kept])


def person(email: str, name: str, kept: Sequence[Rule], leads: Sequence[str] = ()) -> Person:
    """Who a signed-in address is. The address itself counts before its domain, then the role that may most.

    `leads` are addresses that lead whatever the rules say (the server's own setting). Nobody's rule: a viewer. So is
    whoever has no address (or none that the provider vouches for).
    """
    email = email.strip().lower()
    if not email:
        return Person(VIEWER, "signed in", name)
    if email in {one.strip().lower() for one in leads}:
        return Person(LEAD, "signed in", name or email)
    domain = "@" + email.rpartition("@")[2]
    own = [one for one in kept if one.who == email] or [one for one in kept if one.who == domain]
    if not own:
        return Person(VIEWER, "signed in", name or email)
    best = min(own, key=lambda one: list(ROLES).index(one.role))
    return Person(best.role, "signed in", name or email, best.programme, best.partner)
