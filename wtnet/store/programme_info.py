"""A programme's details: its name, description, source and licence. They change by revisions, as its rows do."""

from __future__ import annotations

import json
from collections.abc import Mapping

import sqlalchemy as sa

from wtnet.errors import InvalidRequest
from wtnet.store import lookups
from wtnet.store.model import Programme
from wtnet.store.sql_schema import descriptions, programmes, revisions
from wtnet.tables.text import cut, one_line

FIELDS = ("name", "description", "source", "licence")
"""The fields a person may change; the id never changes, and invented data stay invented."""
LONGEST = {"name": 200, "description": 2_000, "source": 2_000, "licence": 500}
"""The most characters of each."""
Details = dict[str, str | None]


def tidy(name: str, value: str | None) -> str | None:
    """Clean a text: no controls, one space between words, null for nothing. No name or a long text: InvalidRequest."""
    text = one_line(value or "") or None
    if name == "name" and text is None:
        raise InvalidRequest("A programme needs a name; choose one and try again.")
    if text and len(text) > LONGEST[name]:
        raise InvalidRequest(f"The {name} has {len(text):,} characters; at most {LONGEST[name]:,} are kept. Shorten it.")
    return text


def current(connection: sa.Connection, programme: str) -> Details:
    """The details now."""
    row = connection.execute(sa.select(programmes).where(programmes.c.id == programme)).mappings().one()
    return {name: row[name] for name in FIELDS}


def at_revision(connection: sa.Connection, programme: str, revision: int) -> Details:
    """The details as they were at a revision."""
    changes = sa.select(descriptions).join(revisions, revisions.c.id == descriptions.c.revision)
    changes = changes.where(revisions.c.programme == programme)
    before = changes.where(descriptions.c.revision <= revision).order_by(descriptions.c.revision.desc()).limit(1)
    after = changes.where(descriptions.c.revision > revision).order_by(descriptions.c.revision).limit(1)
    for query, side in ((before, "now"), (after, "was")):
        row = connection.execute(query).mappings().first()
        if row is not None:
            kept = json.loads(row[side])
            return {name: kept.get(name) for name in FIELDS}
    return current(connection, programme)


def changed(connection: sa.Connection, programme: str, changes: Mapping[str, str | None], saw: Programme | None) -> Details:
    """The details with some changed. If somebody else changed one of those since the person `saw` them: InvalidRequest."""
    present = current(connection, programme)
    new = {name: tidy(name, value) for name, value in changes.items()}
    for name, value in new.items():
        if saw is not None and present[name] not in (getattr(saw, name), value):
            raise InvalidRequest(
                f'Somebody else changed the {name} meanwhile, to "{present[name] or ""}". Nothing of yours was stored; look at '
                "it and make your change again."
            )
    return {**present, **new}


def write(connection: sa.Connection, programme: str, revision: int, was: Details, words: Details) -> None:
    """Make these the present details, with this revision. A name that another programme has is an InvalidRequest."""
    name = str(words["name"])
    others = [other for other in lookups.all_programmes(connection) if other.id != programme]
    taken = lookups.find(others, name)
    if taken:
        raise InvalidRequest(f'There is a programme "{taken.name}" already; choose another name.')
    values = {**words, "name_folded": name.casefold()}
    connection.execute(sa.update(programmes).where(programmes.c.id == programme).values(values))
    kept = {side: json.dumps(value, ensure_ascii=False) for side, value in (("was", was), ("now", words))}
    connection.execute(sa.insert(descriptions).values(revision=revision, **kept))


def sentences(was: Details, words: Details) -> list[str]:
    """What differs, in words: 'licence: "…" → "…"'; a long text is cut."""

    def shown(text: str | None) -> str:
        return "–" if text is None else f'"{cut(text, 80)}"'

    return [f"{name}: {shown(was[name])} → {shown(words[name])}" for name in FIELDS if was[name] != words[name]]
