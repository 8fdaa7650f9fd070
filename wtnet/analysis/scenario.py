"""What if: partners and ties added or taken away, in a copy that never touches the data.

A scenario is a list of changes in the order they were thought of, so that the last can be undone, and short enough to
be a link.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import quote, unquote

from wtnet.analysis.altered import add, leave, tie
from wtnet.errors import InvalidRequest
from wtnet.tables.model import Tables
from wtnet.tables.schema import KINDS, LEVELS

MOST = 40
"""Changes a scenario may hold."""
LONGEST_NAME = 120
LONGEST_TEXT = 8_000


@dataclass(frozen=True)
class Departure:
    """A partner leaves, with all its ties."""

    partner: str


@dataclass(frozen=True)
class Newcomer:
    """A partner joins, without ties at first; `id` is a short code that later changes name it by."""

    id: str
    name: str
    kind: str


@dataclass(frozen=True)
class SupposedTie:
    """Two partners work together at a level 1–5, whatever they did before."""

    partner: str
    other: str
    level: int


@dataclass(frozen=True)
class TieEnd:
    """Two partners no longer work together."""

    partner: str
    other: str


Change = Departure | Newcomer | SupposedTie | TieEnd


@dataclass(frozen=True)
class Scenario:
    """The changes, first to last. Nothing is checked against the tables until `fit` or `apply`."""

    changes: tuple[Change, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.changes)

    def plus(self, change: Change) -> Scenario:
        """The scenario with one more change. What is said anew of the same partner or pair replaces what was said before.

        InvalidRequest: a tie of a partner with itself or of a level other than 1–5, an unknown kind, no name, or more
        changes than a link can hold.
        """
        _refuse(change)
        kept = tuple(each for each in self.changes if _about(each) != _about(change))
        if len(kept) >= MOST:
            raise InvalidRequest(f"A scenario holds {MOST} changes at most; undo one, or start again.")
        return Scenario((*kept, change))

    def undone(self) -> Scenario:
        """The scenario without the last change; ties with a newcomer that is taken back go too."""
        last = self.changes[-1] if self.changes else None
        kept = self.changes[:-1]
        return self._without(last.id) if isinstance(last, Newcomer) else Scenario(kept)

    def outs(self, partners: Iterable[str]) -> Scenario:
        """The scenario with exactly these partners leaving: others stay, new ones are added at the end."""
        wanted = list(dict.fromkeys(partners))
        kept = Scenario(tuple(each for each in self.changes if not isinstance(each, Departure) or each.partner in wanted))
        for partner in wanted:
            kept = kept if Departure(partner) in kept.changes else kept.plus(Departure(partner))
        return kept

    def _without(self, newcomer: str) -> Scenario:
        return Scenario(tuple(each for each in self.changes if newcomer not in _named(each)))

    @property
    def leaving(self) -> tuple[str, ...]:
        """Ids of the partners that leave."""
        return tuple(each.partner for each in self.changes if isinstance(each, Departure))

    @property
    def joining(self) -> tuple[Newcomer, ...]:
        """The partners that join."""
        return tuple(each for each in self.changes if isinstance(each, Newcomer))


NOTHING = Scenario()


def to_link(scenario: Scenario) -> str | None:
    """The scenario as it stands in a link: "out~ID*new~ID~KIND~NAME*tie~ID~ID~LEVEL*end~ID~ID"; None for a scenario without
    changes."""
    return "*".join("~".join(_part(word) for word in _words(change)) for change in scenario.changes) or None


def from_link(text: str | None) -> tuple[Scenario, list[str]]:
    """The scenario of a link, and sentences about the parts that could not be read, which are left out."""
    scenario, notices = NOTHING, []
    whole = (text or "")[:LONGEST_TEXT]
    if text and len(text) > LONGEST_TEXT:
        notices.append("The scenario in the link is too long; its end is left out.")
    for part in filter(None, whole.split("*")):
        try:
            scenario = scenario.plus(_change([unquote(word) for word in part.split("~")]))
        except InvalidRequest as error:
            notices.append(f"A part of the scenario in the link is left out: {error}")
    return scenario, notices


def fit(tables: Tables, scenario: Scenario) -> tuple[Scenario, list[str]]:
    """The changes that fit the tables, and a sentence for each of the others: its partner is not there (any more).

    A newcomer whose code has been taken by a partner in the meantime gets another.
    """
    ids = set(tables["organisations"]["id"])
    renamed: dict[str, str] = {}
    for newcomer in scenario.joining:
        if newcomer.id in ids:
            renamed[newcomer.id] = fresh_id(tables, scenario, taken=renamed.values())
    there = ids | {renamed.get(newcomer.id, newcomer.id) for newcomer in scenario.joining}
    fitting, notices = [], []
    for change in (_renamed(change, renamed) for change in scenario.changes):
        gone = [partner for partner in _named(change) if partner not in there]
        if gone:
            named = " and ".join(f"“{partner}”" for partner in gone)
            notices.append(f"The scenario names a partner that is not here: {named}.")
        else:
            fitting.append(change)
    return Scenario(tuple(fitting)), notices


def fresh_id(tables: Tables, scenario: Scenario = NOTHING, taken: Iterable[str] = ()) -> str:
    """A code for a newcomer that no partner and no other newcomer has: "new-1", "new-2" …"""
    used = {*tables["organisations"]["id"], *(partner.id for partner in scenario.joining), *taken}
    return next(code for number in range(1, len(used) + 2) if (code := f"new-{number}") not in used)


def apply(tables: Tables, scenario: Scenario, wave: str | None) -> Tables:
    """A copy of the tables in which the changes have been made for one wave; the tables given stay as they are.

    Who leaves goes from every table, with everything said by, of and about it. A tie that is added or changed takes the
    place of what the two said of each other in this wave: both reports, where there are reports, become its level
    alone, and where there are none it is documented at that level on the day of the wave, and keeps what else is documented
    of it (before the programme, continues after). A tie that ends becomes level 0 in the reports and its documents are
    closed for that day. Other waves are left alone. A partner that is not there is an InvalidRequest (see `fit`).
    """
    fitting, notices = fit(tables, scenario)
    if notices:
        raise InvalidRequest(f"{' '.join(notices)} Take that change out of the scenario.")
    changed = tables
    for change in fitting.changes:
        if isinstance(change, Newcomer):
            row = {"id": change.id, "name": change.name, "kind": change.kind, "sharing": "partners"}
            changed = changed.with_(organisations=add(changed, "organisations", row))
        elif not isinstance(change, Departure):
            level = change.level if isinstance(change, SupposedTie) else 0
            changed = tie(changed, change.partner, change.other, level, wave)
    for partner in fitting.leaving:
        changed = leave(changed, partner)
    return changed


def describe(tables: Tables, scenario: Scenario) -> list[str]:
    """Each change in words, in order. Names are as they are in the data."""
    names = tables.names("organisations")
    names |= {newcomer.id: newcomer.name for newcomer in scenario.joining}

    def name(partner: str) -> str:
        return names.get(partner, partner)

    sentences = []
    for change in scenario.changes:
        if isinstance(change, Departure):
            sentences.append(f"{name(change.partner)} leaves, with all its partnerships.")
        elif isinstance(change, Newcomer):
            sentences.append(f"{change.name} joins ({KINDS[change.kind].lower()}).")
        elif isinstance(change, TieEnd):
            sentences.append(f"{name(change.partner)} and {name(change.other)} no longer work together.")
        else:
            sentences.append(
                f"{name(change.partner)} and {name(change.other)} work together at level {change.level}, {LEVELS[change.level]}."
            )
    return sentences


def _refuse(change: Change) -> None:
    if isinstance(change, SupposedTie | TieEnd) and change.partner == change.other:
        raise InvalidRequest("A partnership joins two different partners; choose another for one of the sides.")
    if isinstance(change, SupposedTie) and change.level not in range(1, 6):
        raise InvalidRequest(f"A partnership has a level from 1 to 5, not {change.level}; choose one of these.")
    if isinstance(change, Newcomer):
        if change.kind not in KINDS:
            raise InvalidRequest(f"There is no kind of partner “{change.kind}”; choose one of {', '.join(KINDS)}.")
        if not change.name.strip() or len(change.name) > LONGEST_NAME:
            raise InvalidRequest(f"A new partner needs a name of 1 to {LONGEST_NAME} characters; type one.")


def _about(change: Change) -> object:
    """What a change is about: a later one about the same thing replaces it."""
    if isinstance(change, Departure):
        return "out", change.partner
    return ("new", change.id) if isinstance(change, Newcomer) else frozenset((change.partner, change.other))


def _named(change: Change) -> tuple[str, ...]:
    """The partners a change names."""
    if isinstance(change, Departure):
        return (change.partner,)
    return (change.id,) if isinstance(change, Newcomer) else (change.partner, change.other)


def _renamed(change: Change, renamed: dict[str, str]) -> Change:
    if isinstance(change, Newcomer):
        return replace(change, id=renamed.get(change.id, change.id))
    if isinstance(change, Departure):
        return change
    return replace(change, partner=renamed.get(change.partner, change.partner), other=renamed.get(change.other, change.other))


def _words(change: Change) -> tuple[str, ...]:
    if isinstance(change, Departure):
        return "out", change.partner
    if isinstance(change, Newcomer):
        return "new", change.id, change.kind, change.name
    if isinstance(change, TieEnd):
        return "end", change.partner, change.other
    return "tie", change.partner, change.other, str(change.level)


def _part(word: str) -> str:
    return quote(word, safe="").replace("~", "%7E")


def _change(words: list[str]) -> Change:
    match words:
        case ["out", partner]:
            return Departure(partner)
        case ["new", code, kind, name]:
            return Newcomer(code, kind=kind, name=name)
        case ["end", partner, other]:
            return TieEnd(partner, other)
        case ["tie", partner, other, level] if level in {"1", "2", "3", "4", "5"}:
            return SupposedTie(partner, other, int(level))
    raise InvalidRequest(f"“{'~'.join(words)[:80]}” is not a change; make it again on this page.")
