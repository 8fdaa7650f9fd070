"""Erasing a person from every revision, and a whole programme: the only two ways in which something stored is ever lost.

A person's row keeps its kind, its partnerships and who rated whom, so that every count stays; name, place, words, what they
answered and what was answered of them go, from each version of each row, and from whatever else is kept with the programme.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from functools import cached_property
from itertools import count
from typing import Any
from urllib.parse import quote

import dataframely as dy
import sqlalchemy as sa

from wtnet.errors import InvalidRequest
from wtnet.store import lookups
from wtnet.store.model import Revision
from wtnet.store.settings import DRAFT, STORE_ID, read
from wtnet.store.settings import write as write_setting
from wtnet.store.sql_schema import RECORDS, arrangements, descriptions, programmes, revisions, settings
from wtnet.store.undo import ERASE
from wtnet.tables import Tables, own, schema
from wtnet.tables.respondents import ROLE
from wtnet.tables.text import folded

NAME = "A person who was erased"
WORDS = "Erased on request."
_KEPT = {"partnerships": ("relationship", "own_scale"), "pilots": ("place", "target_group", "description")}
"""Texts of a row about the person that say what it is, and stay, without the name."""
_SEARCHED = "find"
"""Where a view that is kept holds the words that were searched for."""
_WORD = re.compile(r"[^\W_]+")
Cleaned = Callable[[str], str]


def spellings(connection: sa.Connection, programme: str, partner: str) -> list[str]:
    """Every name the partner ever had, in any revision."""
    table = RECORDS["organisations"]
    names = sa.select(table.c.name).where(table.c.programme == programme, table.c.id == partner).distinct()
    return list(connection.scalars(names))


def respondent_roles(connection: sa.Connection, programme: str) -> list[str]:
    """Every role that ever stood for one of a partner's people, in any revision."""
    written: set[str] = set()
    for table in RECORDS.values():
        if ROLE in table.c:
            roles = sa.select(table.c[ROLE]).where(table.c.programme == programme, table.c[ROLE].is_not(None)).distinct()
            written |= set(connection.scalars(roles))
    return sorted(written)


def erase(connection: sa.Connection, programme: str, partner: str, cleaned: Cleaned, author: str, reason: str) -> Revision:
    """Take a person out of every revision of a programme; `cleaned` takes their names out of a text. Returns the revision that
    says so, in which nothing else changes. Of somebody who is no partner, but a role that is a name, that is the `partner`."""
    names = spellings(connection, programme, partner)
    if not names and partner not in respondent_roles(connection, programme):
        raise InvalidRequest("There is no such partner in this programme; choose another.")
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete = ON")  # what goes is overwritten, not only let go
    head = lookups.required_head(connection, programme, lock=True)
    person = _Person(partner, f"erased-{secrets.token_hex(4)}", cleaned, names or [partner])
    for name, table in RECORDS.items():
        if name != "organisations" and "id" in schema.keys(name):
            person.ids[name] = _ids(connection, programme, name, table, person)
    person.roles = _roles(connection, programme, person)
    _of_one_answer(connection, programme, person)
    for name, table in RECORDS.items():
        _records(connection, programme, name, table, person)
    _beside(connection, programme, person)
    known = f"erased:{programme}"
    write_setting(connection, known, [*(read(connection, known).get(known) or []), _mark(programme, partner)])
    write_setting(connection, STORE_ID, secrets.token_hex(8))  # whatever was kept of it elsewhere is of another database now
    values = {"programme": programme, "parent": head, "base": head, "made_at": datetime.now(UTC), "kind": ERASE}
    words = {"author": author, "reason": reason, "summary": "1 person erased from every revision"}
    return lookups.to_revision(
        connection.execute(sa.insert(revisions).values(**values, **words).returning(revisions)).mappings().one()
    )


def require_not_erased(connection: sa.Connection, programme: str, tables: Tables) -> None:
    """Refuse tables that would bring back a person who was erased, by their id."""
    known = set(read(connection, f"erased:{programme}").get(f"erased:{programme}") or [])
    if known and any(_mark(programme, id) in known for id in tables.organisations["id"]):
        raise InvalidRequest(
            "These tables hold a person who was erased from this programme on request. Take the row out; if the person agreed to "
            "be in it again, give the row another id."
        )


def delete(connection: sa.Connection, programme: str) -> None:
    """Take a whole programme out, with every revision and whatever else is kept with it."""
    lookups.required_head(connection, programme, lock=True)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete = ON")
    for table in RECORDS.values():
        connection.execute(sa.delete(table).where(table.c.programme == programme))
    its_revisions = sa.select(revisions.c.id).where(revisions.c.programme == programme)
    connection.execute(sa.delete(descriptions).where(descriptions.c.revision.in_(its_revisions)))
    connection.execute(sa.delete(arrangements).where(arrangements.c.programme == programme))
    connection.execute(sa.delete(revisions).where(revisions.c.programme == programme))
    for name, value in _settings(connection):
        if _is_of(name, value, programme):
            write_setting(connection, name, None)
    connection.execute(sa.delete(programmes).where(programmes.c.id == programme))
    write_setting(connection, STORE_ID, secrets.token_hex(8))


class _Person:
    """A person on the way out: their id, the one that takes its place, what takes their names out of a text; `ids`, of each
    table the ids of other rows in which they are named, and `roles`, those of respondents that hold their name, each with what
    takes its place."""

    def __init__(self, id: str, other: str, cleaned: Cleaned, names: Iterable[str]) -> None:
        self.id, self.other, self.cleaned = id, other, cleaned
        self.words = {word for name in [*names, id] for word in _WORD.findall(folded(name)) if len(word) > 2}
        self.ids: dict[str, dict[str, str]] = {}
        self.roles: dict[str, str] = {}

    @cached_property
    def _new_ids(self) -> dict[str, str]:
        """Every id and role that another takes the place of, with that; asked for once `ids` and `roles` are known."""
        return {self.id: self.other} | {old: new for ids in (*self.ids.values(), self.roles) for old, new in ids.items()}

    def is_in(self, value: Any) -> bool:
        """Whether a value names the person anywhere, by id or name."""
        in_it = re.search(rf"(?<![^\W_]){re.escape(self.id)}(?![^\W_])", json.dumps(value, ensure_ascii=False))
        return in_it is not None or self.out_of(value) != value

    def out_of(self, value: Any) -> Any:
        """The same value without the person: an id as another id, a text without names, what it holds likewise; words that were
        searched for go where one is of their names."""
        if isinstance(value, str):
            return self._new_ids[value] if value in self._new_ids else self.cleaned(value)
        if isinstance(value, Mapping):
            rest = {key: item for key, item in value.items() if key != _SEARCHED or self.words.isdisjoint(_words(item))}
            return {self.out_of(key): self.out_of(item) for key, item in rest.items()}
        return [self.out_of(item) for item in value] if isinstance(value, list) else value


def _words(value: Any) -> list[str]:
    return _WORD.findall(folded(value if isinstance(value, str) else " ".join(map(str, value or ()))))


def _ids(connection: sa.Connection, programme: str, name: str, table: sa.Table, person: _Person) -> dict[str, str]:
    """The ids of rows of a table that name the person, in any version (those about the person with their id in it, too), each
    with the id that takes its place."""
    ends = [table.c[column] for column in schema.SCHEMAS[name].column_names() if _names_partner(name, column)]
    in_it = re.compile(rf"(?<![^\W_]){re.escape(person.id)}(?![^\W_])")
    renamed: dict[str, str] = {}
    for id, *about in connection.execute(sa.select(table.c.id, *ends).where(table.c.programme == programme).distinct()):
        new = in_it.sub(person.other, id) if person.id in about else id
        if new == id and person.cleaned(id.replace("_", " ")) == id.replace("_", " "):
            continue
        if person.cleaned(new.replace("_", " ")) != new.replace("_", " "):
            new = f"{name}-{secrets.token_hex(4)}" if name != "fields" else f"field_{secrets.token_hex(4)}"
        renamed.setdefault(id, new)
    return renamed


def _roles(connection: sa.Connection, programme: str, person: _Person) -> dict[str, str]:
    """The roles of respondents that hold the person's name, in any version of any row and in links, each with a word of its own,
    so that answers of two people stay two."""
    linked = [value for name, value in _settings(connection) if _is_of(name, value, programme)]
    written = {*respondent_roles(connection, programme)}
    written |= {str(value["role"]) for value in linked if isinstance(value, dict) and value.get("role")}
    free = (word for n in count(1) if (word := NAME if n == 1 else f"{NAME} {n}") not in written)
    return {role: next(free) for role in sorted(written) if person.cleaned(role) != role}


def _of_one_answer(connection: sa.Connection, programme: str, person: _Person) -> None:
    """Empty every result of the survey that is one answer, and the person's: it would tell what they answered."""
    answers, results, parts, pilots = (RECORDS[name] for name in ("answers", "results", "involvements", "pilots"))
    query = sa.select(answers.c.wave, answers.c.question).where(answers.c.programme == programme)
    answered = connection.execute(query.where(answers.c.organisation == person.id).distinct()).fetchall()
    inside = sa.select(parts.c.pilot).where(parts.c.programme == programme, parts.c.organisation == person.id)
    led = sa.select(pilots.c.id).where(pilots.c.programme == programme, pilots.c.lead == person.id)
    for wave, question in answered:
        theirs = (results.c.wave == wave) & (results.c.question == question) & (results.c.n == 1)
        near = results.c.pilot.is_(None) | results.c.pilot.in_(inside.union(led))
        connection.execute(sa.update(results).where(results.c.programme == programme, theirs, near).values(value=None))


def _own(cell: str | None, person: _Person) -> str | None:
    """Fields of the lead's own in a cell without the person."""
    ids = person.ids.get("fields", {})
    return own.encode({ids.get(field, field): person.cleaned(text) for field, text in own.decode(cell).items()})


def _records(connection: sa.Connection, programme: str, name: str, table: sa.Table, person: _Person) -> None:
    """Rewrite every version of every row of one table that the person is in."""
    query = sa.select(table).where(table.c.programme == programme)
    changed, gone = [], []
    for row in connection.execute(query).mappings().all():
        cells = {column: row[column] for column in schema.SCHEMAS[name].column_names()}
        after = _row(name, cells, person)
        if after is None:
            gone.append(row["record"])
        elif after != cells:
            changed.append({**{f"_{column}": value for column, value in after.items()}, "_record": row["record"]})
    if gone:
        connection.execute(sa.delete(table).where(table.c.record == sa.bindparam("_record")), [{"_record": id} for id in gone])
    if changed:
        places: dict[str, Any] = {column: sa.bindparam(f"_{column}") for column in schema.SCHEMAS[name].column_names()}
        connection.execute(sa.update(table).where(table.c.record == sa.bindparam("_record")).values(places), changed)


def _row(name: str, row: dict[str, Any], person: _Person) -> dict[str, Any] | None:
    """A row without the person; null for one that goes."""
    ends = [column for column in row if _names_partner(name, column)]
    about = any(row[end] == person.id for end in ends)
    if about and name in schema.LEADS_OWN:
        return None
    after = {column: person.other if column in ends and value == person.id else value for column, value in row.items()}
    for column in row:
        ids = person.ids.get((name if column == "id" else schema.reference(name, column)) or "", {})
        after[column] = ids.get(after[column], after[column])
    if ROLE in row:
        after[ROLE] = person.roles.get(row[ROLE], row[ROLE])
    declared = schema.SCHEMAS[name].columns()
    free = [column for column in row if column not in ends and schema.reference(name, column) is None]
    if not about:
        texts = [column for column in free if isinstance(declared[column], dy.String) and isinstance(row[column], str)]
        clean = {column: person.cleaned(row[column]) for column in texts if column not in schema.keys(name)}
        return {**after, **clean, **({schema.OWN: _own(row[schema.OWN], person)} if schema.OWN in row else {})}
    for column in free:
        if column in schema.keys(name):
            continue
        if column in _KEPT.get(name, ()):
            after[column] = person.cleaned(row[column]) if row[column] else row[column]
        elif name in ("organisations", "ratings", "confirmations") or isinstance(declared[column], dy.String):
            after[column] = None if declared[column].nullable else WORDS
    if name == "organisations":
        after |= {"name": NAME, "kind": row["kind"], "sharing": "private"}
    if name == "ratings" and _denies(row):
        after["level"] = 0
    return after


def _names_partner(table: str, column: str) -> bool:
    return schema.reference(table, column) == "organisations" or (table == "organisations" and column == "id")


def _denies(rating: Mapping[str, Any]) -> bool:
    """Whether a rating says that there is no tie: who works with whom stays, what they think of one another goes."""
    given = [rating[name] for name in (*schema.TRUST, *schema.VALUE)]
    depth = rating["level"] in (None, 0) and rating["contact"] in (None, "never")
    return depth and (rating["level"], rating["contact"]) != (None, None) and given == [None] * len(given)


def _beside(connection: sa.Connection, programme: str, person: _Person) -> None:
    """Take the person out of what is kept beside the rows: descriptions, the history's words, arrangement, stories, links."""
    about = connection.execute(sa.select(programmes).where(programmes.c.id == programme)).mappings().one()
    words = {name: person.cleaned(about[name]) for name in ("name", "description", "source", "licence") if about[name]}
    if any(about[name] != text for name, text in words.items()):
        folded = {"name_folded": words["name"].casefold()}
        connection.execute(sa.update(programmes).where(programmes.c.id == programme).values(**words, **folded))
    for row in connection.execute(sa.select(revisions).where(revisions.c.programme == programme)).mappings().all():
        cleaned = {name: person.cleaned(row[name]) for name in ("author", "reason", "summary")}
        if any(row[name] != text for name, text in cleaned.items()):
            connection.execute(sa.update(revisions).where(revisions.c.id == row["id"]).values(**cleaned))
        was = connection.execute(sa.select(descriptions).where(descriptions.c.revision == row["id"])).mappings().first()
        if was:
            sides = {side: json.dumps(person.out_of(json.loads(was[side])), ensure_ascii=False) for side in ("was", "now")}
            connection.execute(sa.update(descriptions).where(descriptions.c.revision == row["id"]).values(**sides))
    here = (arrangements.c.programme == programme) & (arrangements.c.partner == person.id)
    connection.execute(sa.update(arrangements).where(here).values(partner=person.other))
    for name, value in _settings(connection):
        if _is_of(name, value, programme):
            of_theirs = isinstance(value, dict) and person.id in (value.get("partner"), value.get("organisation"))
            theirs = (of_theirs and "link:" in name) or (name.startswith(DRAFT) and person.is_in(value))
            write_setting(connection, name, None if theirs else person.out_of(value))


def _settings(connection: sa.Connection) -> Iterable[tuple[str, Any]]:
    rows = connection.execute(sa.select(settings.c.name, settings.c.value)).fetchall()
    return [(name, json.loads(value)) for name, value in rows]


def _is_of(name: str, value: Any, programme: str) -> bool:
    """Whether a setting belongs to a programme: by its name, or because it is a link into it."""
    second = name.partition(":")[2].partition(":")[0]
    linked = isinstance(value, dict) and value.get("programme") == programme
    return second in (programme, quote(programme, safe="")) or ("link:" in name and linked)


def _mark(programme: str, id: str) -> str:
    """What is remembered of an erased id: enough to know it again, not what it was."""
    return hashlib.sha256(f"{programme}\n{id}".encode()).hexdigest()
