"""A person's right to be forgotten: who they were is taken out of every revision, wherever it is written."""

from __future__ import annotations

from collections.abc import Callable

from wtnet.access.name_finder import NameFinder
from wtnet.importing.people import looks_like_a_person
from wtnet.store import Revision, Store
from wtnet.store.erasure import NAME

_PERSON = "person"


def erase(store: Store, programme: str, partner: str, author: str) -> Revision:
    """Erase a partner who is a person (see `wtnet.store.erasure`), with every name they had, in texts too.

    One of a partner's people whose role is a name is erased by that role, the same way. A partner that is called after them
    ("Jane Doe Studio") keeps its name: `left` lists these, for the lead to decide.
    """
    return store.erase(programme, partner, _finder(store, programme, partner).replaced_by(NAME), author)


def left(store: Store, programme: str, partner: str) -> list[str]:
    """The names of other partners that hold a name of the person, which stay as they are."""
    return _finder(store, programme, partner).whole


def respondents(store: Store, programme: str) -> list[str]:
    """The roles of partners' people, in any revision, that look like the name of a person."""
    return [role for role in store.respondent_roles(programme) if looks_like_a_person(role)]


class _Names:
    """The names of one person, and those of other partners in which they stand."""

    def __init__(self, spellings: list[str], id: str, others: list[str]) -> None:
        codes = [] if id.isalpha() else [(id, _PERSON)]
        names: list[tuple[str, str | None]] = [*((name, _PERSON) for name in spellings), *codes]
        words = [(id, _PERSON)] if id.isalpha() and len(id) > 2 else []
        alone = NameFinder(names, words)
        self.whole = [name for name in others if name not in spellings and alone.within(name)]
        self._finder = NameFinder([*names, *((name, None) for name in self.whole)], words)

    def replaced_by(self, word: str) -> Callable[[str], str]:
        """A function that puts a word in the place of each name in a text."""
        return lambda text: self._finder.replaced(text, {_PERSON: word})


def _finder(store: Store, programme: str, partner: str) -> _Names:
    others = store.load(programme).names("organisations")
    others.pop(partner, None)
    return _Names(store.spellings(programme, partner) or [partner], partner, list(others.values()))
