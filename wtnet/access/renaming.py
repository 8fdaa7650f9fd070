"""The pseudonyms of hidden partners in names, ids and texts, for one audience."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

import polars as pl

from wtnet.access.name_finder import NameFinder
from wtnet.access.pseudonyms import hidden, numbered, other_id, other_name
from wtnet.store import Programme
from wtnet.tables import Tables
from wtnet.tables.model import Audience

_CODED = ("pilots", "waves", "partnerships", "indicators", "quotes", "findings", "activities")
"""Tables whose ids are written by people, and may hold a name."""
_SHORTEST = 3


@dataclass(frozen=True)
class Renaming:
    """`names`: the pseudonym of every hidden partner, by id. `ids`: by table, the new id of hidden partners and of the
    pilots, waves and indicators whose id holds a name. `finder` finds the names in texts."""

    names: Mapping[str, str]
    ids: Mapping[str, Mapping[str, str]]
    finder: NameFinder

    def text(self, text: str) -> str:
        """A text with the pseudonyms in the place of names."""
        return self.finder.replaced(text, self.names) if self.names else text

    def programme(self, programme: Programme) -> Programme:
        """A programme with the pseudonyms in its own name, description, source and licence."""
        if not self.names:
            return programme
        texts = {name: getattr(programme, name) for name in ("name", "description", "source", "licence")}
        changed: dict[str, Any] = {name: self.text(text) for name, text in texts.items() if text}
        return replace(programme, **changed)


def renaming(tables: Tables, audience: Audience, known: Mapping[str, int] | None = None, viewer: str | None = None) -> Renaming:
    """The pseudonyms an audience reads in the place of names hidden from it; none for the lead.

    `known` and `viewer` as in `redact`. A partner that is shown keeps its whole name, in texts too, even if it holds a
    hidden one ("Jane Doe Studio"); `warnings` says where.
    """
    gone = [id for id in hidden(tables, audience) if id != viewer]
    about = tables.organisations.select("id", "name", pl.col("kind").cast(pl.String)).rows_by_key("id", unique=True)
    numbers = numbered(tables, known) if gone else {}
    taken = set(about)
    slugs = {id: other_id(about[id][1], numbers[id], taken) for id in gone}
    names = {id: other_name(about[id][1], numbers[id]) for id in gone}
    spelled: list[tuple[str, str | None]] = [(about[id][0], id) for id in gone]
    spelled += [(id, id) for id in gone if len(id) >= _SHORTEST and not id.isalpha()]
    words = [(id, id) for id in gone if len(id) >= _SHORTEST and id.isalpha()]
    hidden_names = NameFinder(spelled, words)
    whole: list[tuple[str, str | None]] = [
        (name, None) for id, (name, _) in about.items() if id not in names and hidden_names.within(name)
    ]
    finder = NameFinder([*spelled, *whole], words) if whole else hidden_names
    coded = {table: _codes(tables[table]["id"], finder, slugs) for table in _CODED} if gone else {}
    if gone:
        coded["findings"] |= _numbered(tables.findings, gone)
    return Renaming(names, {"organisations": slugs, **{table: ids for table, ids in coded.items() if ids}}, finder)


def _codes(ids: pl.Series, finder: NameFinder, slugs: Mapping[str, str]) -> dict[str, str]:
    """Other ids for those that hold a name; never one that is there already."""
    codes: dict[str, str] = {}
    taken = set(ids)
    for id in ids:
        key = finder.joined(id)
        if key is None:
            continue
        code = finder.replaced(id, slugs)
        code = slugs[key] if code == id else code
        while code in taken:
            code += "-x"
        taken.add(code)
        codes[id] = code
    return codes


def _numbered(findings: pl.DataFrame, gone: Collection[str]) -> dict[str, str]:
    """Other ids for findings about hidden partners, which may tell whom they are about; never one that is there already."""
    about = findings.filter(pl.any_horizontal(pl.col("organisation", "other").is_in(gone)).fill_null(False))["id"].to_list()
    taken = set(findings["id"])
    free = (id for number in count(1) if (id := f"finding-{number}") not in taken)
    return dict(zip(about, free, strict=False))


def warnings(tables: Tables, audience: Audience) -> list[tuple[str, str]]:
    """What redaction leaves for a person to judge, as (what, where): the "name" or else the "id" of a shown partner that holds
    a hidden name, and the "description" of a pilot that a hidden partner leads."""
    other = renaming(tables, audience)
    if not other.names:
        return []
    about = tables.organisations.select("id", "name").rows()
    alone = NameFinder((name, id) for id, name in about if id in other.names)  # without the whole names that stand
    shown = [(id, name) for id, name in about if id not in other.names]
    named = [("name", name) for _, name in shown if alone.within(name)]
    coded = [("id", name) for id, name in shown if alone.joined(id) is not None and not alone.within(name)]
    led = tables.pilots.filter(pl.col("lead").is_in(list(other.names)) & pl.col("description").is_not_null())
    return [*named, *coded, *(("description", name) for name in led["name"])]
