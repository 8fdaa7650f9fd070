"""Other names for partners who are not shown by name: "Freelancer 3", the same for as long as the programme is kept."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping

import polars as pl

from wtnet.errors import StoreError
from wtnet.store import Store
from wtnet.tables import Tables
from wtnet.tables.model import Audience
from wtnet.tables.schema import KINDS

_SEEN = {"partners": ("public", "partners"), "public": ("public",)}
_ODD = re.compile(r"[^a-z0-9]+")


def hidden(tables: Tables, audience: Audience) -> list[str]:
    """The ids of the partners an audience may not see by name, in the order of the table; nobody is hidden from the lead.

    What a partner says in `sharing` counts; where it says nothing, a freelancer is shared with *partners* and everyone
    else is *public*.
    """
    if audience not in _SEEN:
        return []
    usual = pl.when(pl.col("kind") == "freelancer").then(pl.lit("partners")).otherwise(pl.lit("public"))
    said = pl.coalesce(pl.col("sharing").cast(pl.String), usual)
    return tables.organisations.filter(~said.is_in(_SEEN[audience]))["id"].to_list()


def numbered(tables: Tables, known: Mapping[str, int] | None = None) -> dict[str, int]:
    """A number for every partner who is hidden from anybody: `known` ones are kept, others get the next, drawn by lot.

    A number says nothing of the order of the file, and one that was given is not given again to somebody else. To keep
    them, keep the answer and give it back as `known`.
    """
    found = dict(known or {})
    new = [id for id in hidden(tables, "public") if id not in found]
    secrets.SystemRandom().shuffle(new)
    first = max(found.values(), default=0) + 1
    return found | {id: number for number, id in enumerate(new, first)}


def other_name(kind: str, number: int) -> str:
    """How a hidden partner is called: "Freelancer 3"."""
    return f"{KINDS.get(kind, 'Partner')} {number}"


def other_id(kind: str, number: int, taken: set[str]) -> str:
    """The id of a hidden partner wherever an id shows, such as in a link: "freelancer-3"; never one that is `taken`."""
    made = _ODD.sub("-", other_name(kind, number).lower()).strip("-")
    while made in taken:
        made += "-x"
    return made


def stored_numbers(store: Store, programme: str, tables: Tables) -> dict[str, int]:
    """The numbers of a stored programme's hidden partners, kept there, so that everybody sees the same and a link holds.

    Where the database cannot be written to, they are drawn by lot for this time.
    """
    name = f"numbers:{programme}"
    known: dict[str, int] = store.settings(name).get(name) or {}
    if set(hidden(tables, "public")) <= set(known):
        return known
    try:
        kept: dict[str, int] = store.amend(name, lambda before: numbered(tables, before))
    except StoreError:
        return numbered(tables, known)
    return kept
