"""Several people who answer for one partner in a wave, each by a role: named by the lead, kept on the roster of the wave.

A role is never a name. One that looks like a person's name is refused; written in small letters it is taken for what it says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from wtnet.access import hidden
from wtnet.access.name_finder import NameFinder
from wtnet.errors import InvalidRequest
from wtnet.importing.people import looks_like_a_person
from wtnet.store import Store
from wtnet.survey.links import links, revoke
from wtnet.survey.roster import Roster
from wtnet.survey.waves import Wave, with_wave
from wtnet.tables import Tables, respondents, waves
from wtnet.tables.respondents import ROLE
from wtnet.tables.sharing import FREELANCER
from wtnet.tables.text import count, printable

LONGEST = 60
MOST = 20
"""So many people may answer for one partner in a wave."""
Roles = Mapping[str, Sequence[str]]
"""{partner: the roles of its people}."""


def proposed(tables: Tables, roster: Roster, wave: str) -> tuple[str | None, dict[str, tuple[str, ...]]]:
    """The roles of a wave, by partner; where it has none, those of the last wave before it that has some, with the id of that
    wave."""
    there = _of_wave(roster, wave)
    order = waves.in_order(tables)
    before = order[: order.index(wave)] if wave in order else order
    for earlier in () if there else reversed(before):
        if roles := _of_wave(roster, earlier):
            return earlier, roles
    return None, there


def _of_wave(roster: Roster, wave: str) -> dict[str, tuple[str, ...]]:
    return {partner: roles for partner in roster.partners if (roles := roster.roles(wave, partner))}


def checked(tables: Tables, wave: str, rows: Iterable[tuple[str | None, str | None]]) -> dict[str, list[str]]:
    """Roles as the lead wrote them, rows of (partner, role), by partner, on one line each and once. A row without one of the two,
    a role that is too long or looks like a name, or more of them than `MOST`, is an InvalidRequest that says which; those of the
    wave already, which may have come with a file, stay as they are."""
    there = {(partner, role) for (of, partner), roles in respondents.roles(tables).items() if of == wave for role in roles}
    names = tables.names("organisations")
    freelancers = tables.organisations.filter(pl.col("kind") == FREELANCER)["id"]
    people = NameFinder((names[id], id) for id in dict.fromkeys([*hidden(tables, "partners"), *freelancers]))
    roles: dict[str, list[str]] = {}
    for partner, text in rows:
        role = " ".join(printable(text or "").split())
        if not partner and not role:
            continue
        if not partner or partner not in names:
            raise InvalidRequest(f"The role “{role}” stands beside no partner; choose whose it is, or empty its line.")
        if not role:
            raise InvalidRequest(f"A line of {names[partner]} has no role; write one, such as “director”, or take the line out.")
        role = text if text and (partner, text) in there else role
        if (partner, role) not in there:
            _require_role(role, people)
        listed = roles.setdefault(partner, [])
        if role.casefold() not in {other.casefold() for other in listed}:
            listed.append(role)
        if len(listed) > MOST:
            raise InvalidRequest(f"{names[partner]} has more than {MOST} roles; ask at most so many people of one organisation.")
    return roles


def _require_role(role: str, people: NameFinder) -> None:
    if len(role) > LONGEST:
        raise InvalidRequest(f"“{role[:LONGEST]}…” is longer than {LONGEST} letters; write a short role, such as “director”.")
    if "@" in role:
        raise InvalidRequest(f"“{role}” is an address; write a role instead, such as “director”: people are never named here.")
    if people.within(role):
        raise InvalidRequest(f"“{role}” holds the name of a partner; write a role instead, such as “director”.")
    if looks_like_a_person(role):
        raise InvalidRequest(
            f"“{role}” looks like a person's name; write a role instead, such as “director”. If it is a role, write it in small "
            "letters."
        )


def state(store: Store, programme: str, wave: Wave, roles: Roles, author: str) -> None:
    """Store who answers for each partner in a wave as a revision; a partner that is not named answers as a whole.

    It replaces what was stored before. The personal links of people who are left out end; leaving out somebody who has answered
    is an InvalidRequest.
    """
    base = store.head(programme) or 0
    before = store.load(programme, base)
    after = with_roles(before, wave, roles)
    number = sum(len(each) for each in roles.values())
    people = f"{count(number, 'person', 'people')} of {count(len(roles), 'partner')} asked by role"
    reason = f"{wave.name}: {people if number else 'one answers for each partner'}"
    store.commit(programme, after, base=base, author=author, reason=reason, kind="survey")
    kept = Roster(after)
    made = links(store, programme, wave.id)
    revoke(store, *(link for link in made if link.role and link.role not in kept.roles(wave.id, link.partner)))


def with_roles(tables: Tables, wave: Wave, roles: Roles) -> Tables:
    """The tables with these roles on the roster of a wave, instead of those before; how somebody was asked stays."""
    names = tables.names("organisations")
    for partner, answered in _answered(tables, wave.id).items():
        gone = [role for role in answered if role not in roles.get(partner, ())]
        if gone:
            raise InvalidRequest(f"“{gone[0]}” of {names.get(partner, partner)} has answered, so it stays; put it back.")
    tables = with_wave(tables, wave)
    here = tables.asked.filter(pl.col("wave") == wave.id)
    how = {(partner, role): how for partner, role, how in here.select("organisation", ROLE, "how").iter_rows()}
    touched = {*roles, *here.filter(pl.col(ROLE).is_not_null())["organisation"]}
    asked: list[dict[str, object]] = []
    for partner in dict.fromkeys([*here["organisation"], *roles]):
        if partner not in touched:
            asked.append({"organisation": partner, "how": how[partner, None]})
        elif roles.get(partner):
            asked += [{"organisation": partner, ROLE: role, "how": how.get((partner, role))} for role in roles[partner]]
        else:
            asked.append({"organisation": partner, "how": next(way for (id, _), way in how.items() if id == partner)})
    rows = pl.DataFrame([{"wave": wave.id, ROLE: None, **row} for row in asked], schema=tables.asked.schema)
    return tables.with_(asked=pl.concat([tables.asked.filter(pl.col("wave") != wave.id), rows]))


def _answered(tables: Tables, wave: str) -> dict[str, list[str]]:
    """The roles that have answered in a wave, by partner."""
    rated = tables.ratings.select("wave", pl.col("rater").alias("organisation"), ROLE)
    rows = pl.concat([rated, tables.answers.select("wave", "organisation", ROLE)]).filter(
        pl.col("wave") == wave, pl.col(ROLE).is_not_null()
    )
    listed: dict[str, list[str]] = {}
    for partner, role in rows.select("organisation", ROLE).unique(maintain_order=True).iter_rows():
        listed.setdefault(partner, []).append(role)
    return listed
