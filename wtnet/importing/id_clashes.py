"""Ids that another tool numbers afresh in every file: "1" of one export is not "1" of another, unless the names agree."""

from __future__ import annotations

import re
from collections.abc import Mapping

from wtnet.importing.duplicates import alike_enough
from wtnet.importing.mapping import slug
from wtnet.importing.matching import renamed
from wtnet.tables import Problem, Tables

_SHOWN = 5
_NUMBER = re.compile(r"[a-z]{0,4}\d+", re.IGNORECASE)
"""An id that is only a number, as tools give them (7, n7): without a name it says nothing of whose it is."""


def told_apart(incoming: Tables, before: Tables) -> tuple[Tables, dict[str, str]]:
    """The tables of another tool's file with an id of its own for each partner whose id is stored for somebody of an unlike
    name, and those: new id → the stored id it had in the file. A partner without a name keeps its id, unless that is a number.
    """
    stored = dict(before.organisations.select("id", "name").iter_rows())
    taken = {*stored, *incoming.organisations["id"]}
    new: dict[str, str] = {}
    for key, name in incoming.organisations.select("id", "name").iter_rows():
        if key not in stored or (not _NUMBER.fullmatch(key) if name == key else alike_enough(name, stored[key])):
            continue
        new[key] = _free(slug(name), name, stored, taken)
        taken.add(new[key])
    return renamed(incoming, "organisations", new), {mine: was for was, mine in new.items()}


def _free(stem: str, name: str, stored: Mapping[str, str], taken: set[str]) -> str:
    """An id made of the name: the one it got when the file was brought in before, else one that is free."""
    number, made = 1, stem
    while made in taken and not (made in stored and stored[made] == name):
        number += 1
        made = f"{stem}-{number}"
    return made


def said(apart: Mapping[str, str], incoming: Tables, before: Tables, file: str) -> list[Problem]:
    """One notice for all of them, by name; none where there is none."""
    if not apart:
        return []
    mine = dict(incoming.organisations.select("id", "name").iter_rows())
    theirs = dict(before.organisations.select("id", "name").iter_rows())
    pairs = [f'"{was}" is {mine[new]} here and {theirs[was]} in the programme' for new, was in list(apart.items())[:_SHOWN]]
    more = f" and {len(apart) - _SHOWN:,} more" if len(apart) > _SHOWN else ""
    one = len(apart) == 1
    words = (
        f"{file}: {len(apart):,} partner{' has an id that is' if one else 's have ids that are'} stored for another name "
        f"({'; '.join(pairs)}{more}). {'It was' if one else 'They were'} given {'an id' if one else 'ids'} of "
        f"{'its' if one else 'their'} own, so that nobody is taken for somebody else."
    )
    return [Problem("other_partner", words, file, None, None, "id")]
