"""Who somebody is to a programme: lead, partner or viewer, by e-mail address or domain.

A *lead* edits and sees everything; a *partner* sees its own profile and answers, and what partners may see; a *viewer*
(a funder, anybody) sees what everybody may see.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wtnet.errors import InvalidRequest
from wtnet.store import ROLES as _KEPT
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
    """A visitor of the app: the role, the partner it is (if it is one), and the programmes it may see (None: all).

    The role may differ between programmes. `everywhere` is false for a role that holds in some only. `name` is
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
        """The audiences they may look as, the usual first."""
        return (self.audience,) if self.audience else AUDIENCES[self.role]


def rules(store: Store) -> list[Rule]:
    """The rules kept in the store, in the order they were made; one with letters that no address may have is left out."""
    return [Rule(**row) for row in store.settings(_KEPT).get(_KEPT) or [] if row["who"].isascii()]


def save(store: Store, kept: Sequence[Rule]) -> None:
    """Store these rules in the place of those before."""
    store.remember(_KEPT, [vars(rule) for rule in kept])


def person(email: str, name: str, kept: Sequence[Rule], leads: Sequence[str] = (), programme: str | None = None) -> Person:
    """The person behind a signed-in address, in a programme (None: in the one where it may most).

    `leads` are addresses that lead whatever the rules say (the server's own setting). Of several rules that hold in a
    programme the first in this order decides:

    | | before | |
    |---|---|---|
    | 1. who | the whole address | its domain |
    | 2. role | lead | partner, then viewer |
    | 3. where | everywhere | this programme alone |

    A viewer is: anybody without a rule, or without one for this programme; an address that is empty (the provider does not
    vouch for it) or has letters other than a to z, which may be taken for somebody else's.
    """
    email = email.strip()
    if not email or not email.isascii():
        return Person(VIEWER, "signed in", name)
    email = email.lower()
    signed = f"{name[:_LONGEST]} ({email})" if name else email
    if email in {lead.strip().lower() for lead in leads if lead.isascii()}:
        return Person(LEAD, "signed in", signed)
    own = [rule for rule in kept if rule.who in (email, "@" + email.rpartition("@")[2])]
    if not own:
        return Person(VIEWER, "signed in", signed)
    named = tuple(dict.fromkeys(rule.programme for rule in own if rule.programme))
    seen = named if all(rule.programme for rule in own) else None
    if not programme:
        in_each = [_deciding(own, email, where) for where in (None, *named)]
        rule = min(filter(None, in_each), key=_may_most)
    else:
        deciding = _deciding(own, email, programme)
        if deciding is None:
            return Person(VIEWER, "signed in", signed, seen, everywhere=False)
        rule = deciding
    return Person(rule.role, "signed in", signed, seen, rule.partner, everywhere=rule.programme is None)


def _deciding(own: Sequence[Rule], email: str, programme: str | None) -> Rule | None:
    """The rule that decides in a programme (None: in one that no rule names); None if none of these holds there."""
    here = [rule for rule in own if rule.programme in (None, programme)]
    return min(here, key=lambda rule: (rule.who != email, *_may_most(rule)), default=None)


def _may_most(rule: Rule) -> tuple[int, bool]:
    """The rank of its role, then whether it holds in one programme only: smaller for the rule that allows more."""
    return list(ROLES).index(rule.role), rule.programme is not None
