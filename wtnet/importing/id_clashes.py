"""Ids that another tool numbers afresh in every file: "1" of one export is not "1" of another, unless the names agree."""

from __future__ import annotations

import re
from collections.abc import Mapping

from wtnet.importing.duplicates import alike_enough
from wtnet.importing.matching import renamed
from wtnet.tables import Problem, Tables
from wtnet.tables.text import slug

_SHOWN = 5
_NUMBER = re.compile(r"[a-z]{0,4}\d+", re.IGNORECASE)
"""An id that is only a number, as tools give them (7, n7): without a name it says nothing of whose it is."""


def renumbered(incoming: Tables, before: Tables) -> tuple[Tables, dict[str, str]]:
    """Another tool's tables with an id of its own for each partner whose id is stored for an unlike name; new → stored id.

    A partner without a name keeps its id, unless that is a number.
    """
    stored = before.names("organisations")
    taken = {*stored, *incoming.organisations["id"]}
    new_ids: dict[str, str] = {}
    for id, name in incoming.names("organisations").items():
        if id not in stored or (not _NUMBER.fullmatch(id) if name == id else alike_enough(name, stored[id])):
            continue
        new_ids[id] = _free(slug(name, name[:60]), name, stored, taken)
        taken.add(new_ids[id])
    return renamed(incoming, "organisations", new_ids), {new: old for old, new in new_ids.items()}


def _free(stem: str, name: str, stored: Mapping[str, str], taken: set[str]) -> str:
    """An id made of the name: the one it got when the file was brought in before, else one that is free."""
    number, id = 1, stem
    while id in taken and not (id in stored and stored[id] == name):
        number += 1
        id = f"{stem}-{number}"
    return id


def notices(renumbered: Mapping[str, str], incoming: Tables, before: Tables, file: str) -> list[Problem]:
    """One notice for all partners with a new id, by name; none where there is none."""
    if not renumbered:
        return []
    mine, theirs = incoming.names("organisations"), before.names("organisations")
    pairs = [f'"{old}" is {mine[new]} here and {theirs[old]} in the programme' for new, old in list(renumbered.items())[:_SHOWN]]
    more = f" and {len(renumbered) - _SHOWN:,} more" if len(renumbered) > _SHOWN else ""
    single = len(renumbered) == 1
    words = (
        f"{file}: {len(renumbered):,} partner{' has an id that is' if single else 's have ids that are'} stored for another name "
        f"({'; '.join(pairs)}{more}). {'It was' if single else 'They were'} given {'an id' if single else 'ids'} of "
        f"{'its' if single else 'their'} own, so that nobody is taken for somebody else."
    )
    return [Problem("other_partner", words, file, None, None, "id")]
