"""Stable random pseudonyms of partners who are not shown by name: "Freelancer 3"."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping

import polars as pl

from wtnet.errors import StoreError
from wtnet.store import Store
from wtnet.tables import Tables, sharing
from wtnet.tables.model import Audience
from wtnet.tables.schema import KINDS

_SEEN = {"partners": ("public", "partners"), "public": ("public",)}
_ODD = re.compile(r"[^a-z0-9]+")


def hidden(tables: Tables, audience: Audience) -> list[str]:
    """The ids of the partners an audience may not see by name, in the order of the table; nobody is hidden from the lead.

    What a partner says in `sharing` counts, else the default of its kind (`tables.sharing`).
    """
    if audience not in _SEEN:
        return []
    shared = pl.coalesce("sharing", sharing.default("organisations")).cast(pl.String)
    return tables.organisations.filter(~shared.is_in(_SEEN[audience]))["id"].to_list()


def numbered(tables: Tables, known: Mapping[str, int] | None = None) -> dict[str, int]:
    """A number for every partner who is hidden from anybody: the `known` ones, and the next numbers in random order.

    A number says nothing of the order of the file and is never given to a second partner. To keep the numbers, store the
    result and pass it as `known`.
    """
    numbers = dict(known or {})
    new = [id for id in hidden(tables, "public") if id not in numbers]
    secrets.SystemRandom().shuffle(new)
    first = max(numbers.values(), default=0) + 1
    return numbers | {id: number for number, id in enumerate(new, first)}


def other_name(kind: str, number: int) -> str:
    """The pseudonym of a hidden partner: "Freelancer 3"."""
    return f"{KINDS.get(kind, 'Partner')} {number}"


def other_id(kind: str, number: int, taken: set[str]) -> str:
    """The id of a hidden partner where ids show, such as in a link: "freelancer-3"; never one that is `taken`."""
    id = _ODD.sub("-", other_name(kind, number).lower()).strip("-")
    while id in taken:
        id += "-x"
    return id


def stored_numbers(store: Store, programme: str, tables: Tables) -> dict[str, int]:
    """The numbers of a stored programme's hidden partners, stored with it, so that everybody sees the same and links stay valid.

    Where the database cannot be written to, new numbers are random each time.
    """
    name = f"numbers:{programme}"
    known: dict[str, int] = store.settings(name).get(name) or {}
    if set(hidden(tables, "public")) <= set(known):
        return known
    try:
        numbers: dict[str, int] = store.amend(name, lambda before: numbered(tables, before))
    except StoreError:
        return numbered(tables, known)
    return numbers
