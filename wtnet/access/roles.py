"""Who somebody is to a programme: lead, partner or viewer, by e-mail address or domain.

A *lead* edits and sees everything; a *partner* sees its own profile and answers, and what partners may see; a *viewer*
(a funder, anybody) sees what everybody may see.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wtnet.errors import InvalidRequest
from wtnet.store import Store
from wtnet.tables.model import Audience

LEAD, PARTNER, VIEWER = "lead", "partner", "viewer"
ROLES = {
    LEAD: "Lead: edits, and sees everything",
    PARTNER: "Partner: own profile and answers, and what partners may see",
    VIEWER: "Viewer: what everybody may see",
}
"""The roles, from the one that may most, as people choose them."""
AUDIENCES: dict[str, tuple[Audience, ...]] = {
    LEAD: ("lead", "partners", "public"),
    PARTNER: ("partners", "public"),
    VIEWER: ("public",),
}
"""As whom a role may look at a programme; the first is how it looks if nothing is chosen."""
_KEPT = "roles"
_LONGEST = 120


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
        if not self.who.isascii():  # "K" the unit and "K" the letter look alike, and become one in small letters
            raise InvalidRequest(
                f'"{self.who[:80]}" has letters other than a to z. Write the address with plain letters only, and a domain as '
                "its registrar does (xn--…)."
            )
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
    """Somebody with the app open: the role, the partner it is (if it is one), and the programmes it may see (None: all).

    Who signs in may be somebody else in each programme. `everywhere` is false for a role that holds in some only. `name` is
    how changes are signed; `why` says in a word where the role comes from: "local", "signed in", "link", "open".
    """

    role: str
    why: str
    name: str = ""
    programmes: tuple[str, ...] | None = None
    partner: str | None = None
    audience: Audience | None = None
    everywhere: bool = True

    @property
    def edits(self) -> bool:
        """True if they may change anything."""
        return self.role == LEAD

    @property
    def audiences(self) -> tuple[Audience, ...]:
        """As whom they may look, the usual first."""
        return (self.audience,) if self.audience else AUDIENCES[self.role]


def rules(store: Store) -> list[Rule]:
    """The rules kept in the store, in the order they were made; one with letters that no address may have is left out."""
    return [Rule(**one) for one in store.settings(_KEPT).get(_KEPT) or [] if one["who"].isascii()]


def keep(store: Store, kept: Sequence[Rule]) -> None:
    """Keep these rules in the place of those before."""
    store.remember(_KEPT, [vars(one) for one in kept])


def person(email: str, name: str, kept: Sequence[Rule], leads: Sequence[str] = (), programme: str | None = None) -> Person:
    """Who a signed-in address is in a programme (None: at most, in any). In each, the address itself counts before its domain,
    then the role that may most; a rule for one programme says nothing of another.

    `leads` are addresses that lead whatever the rules say (the server's own setting). Nobody's rule: a viewer. So is
    whoever has no address (or none that the provider vouches for, or one with letters other than plain ones, which may be
    taken for somebody else's), and somebody in a programme that no rule of theirs names.
    """
    email = email.strip()
    if not email or not email.isascii():
        return Person(VIEWER, "signed in", name)
    email = email.lower()
    signed = f"{name[:_LONGEST]} ({email})" if name else email
    if email in {one.strip().lower() for one in leads if one.isascii()}:
        return Person(LEAD, "signed in", signed)
    domain = "@" + email.rpartition("@")[2]
    own = [one for one in kept if one.who in (email, domain)]
    named = tuple(dict.fromkeys(one.programme for one in own if one.programme))
    seen = None if not own or any(one.programme is None for one in own) else named
    counting = {where: _counting(own, email, where) for where in (None, *named)}
    here = counting.get(programme, counting[None]) if programme else [one for found in counting.values() for one in found]
    if not here:
        return Person(VIEWER, "signed in", signed, seen, everywhere=not own)
    best = min(here, key=lambda one: (list(ROLES).index(one.role), one.programme is not None))
    return Person(best.role, "signed in", signed, seen, best.partner, everywhere=best.programme is None)


def _counting(own: Sequence[Rule], email: str, programme: str | None) -> list[Rule]:
    """Of somebody's rules those that count in a programme (None: in one that no rule names)."""
    here = [one for one in own if one.programme in (None, programme)]
    return [one for one in here if one.who == email] or here
