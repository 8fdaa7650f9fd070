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
class Out:
    """A partner leaves, with all its ties."""

    partner: str


@dataclass(frozen=True)
class New:
    """A partner joins, without ties at first; `id` is a short code that later changes name it by."""

    id: str
    name: str
    kind: str


@dataclass(frozen=True)
class Tie:
    """Two partners work together at a level 1–5, whatever they did before."""

    one: str
    other: str
    level: int


@dataclass(frozen=True)
class End:
    """Two partners no longer work together."""

    one: str
    other: str


Change = Out | New | Tie | End


@dataclass(frozen=True)
class Scenario:
    """The changes, first to last. Nothing is checked against the tables until `fit` or `apply`."""

    changes: tuple[Change, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.changes)

    def plus(self, change: Change) -> Scenario:
        """With one more change. What is said anew of the same partner or pair replaces what was said before.

        InvalidRequest: a tie of a partner with itself or of a level other than 1–5, an unknown kind, no name, or more
        changes than a link can hold.
        """
        _refuse(change)
        kept = tuple(each for each in self.changes if _about(each) != _about(change))
        if len(kept) >= MOST:
            raise InvalidRequest(f"A scenario holds {MOST} changes at most; undo one, or start again.")
        return Scenario((*kept, change))

    def undone(self) -> Scenario:
        """Without the last change; ties with a newcomer that is taken back go too."""
        last = self.changes[-1] if self.changes else None
        kept = self.changes[:-1]
        return self._without(last.id) if isinstance(last, New) else Scenario(kept)

    def outs(self, partners: Iterable[str]) -> Scenario:
        """With exactly these partners leaving: others stay, new ones are added at the end."""
        wanted = list(dict.fromkeys(partners))
        kept = Scenario(tuple(each for each in self.changes if not isinstance(each, Out) or each.partner in wanted))
        for partner in wanted:
            kept = kept if Out(partner) in kept.changes else kept.plus(Out(partner))
        return kept

    def _without(self, newcomer: str) -> Scenario:
        return Scenario(tuple(each for each in self.changes if newcomer not in _named(each)))

    @property
    def leaving(self) -> tuple[str, ...]:
        """Ids of the partners that leave."""
        return tuple(each.partner for each in self.changes if isinstance(each, Out))

    @property
    def joining(self) -> tuple[New, ...]:
        """The partners that join."""
        return tuple(each for each in self.changes if isinstance(each, New))


NOTHING = Scenario()


def write(scenario: Scenario) -> str | None:
    """As it stands in a link: "out~ID*new~ID~KIND~NAME*tie~ID~ID~LEVEL*end~ID~ID"; None for a scenario without changes."""
    return "*".join("~".join(_part(word) for word in _words(change)) for change in scenario.changes) or None


def read(text: str | None) -> tuple[Scenario, list[str]]:
    """From a link, and sentences about the parts that could not be read, which are left out."""
    found, said = NOTHING, []
    whole = (text or "")[:LONGEST_TEXT]
    if text and len(text) > LONGEST_TEXT:
        said.append("The scenario in the link is too long; its end is left out.")
    for part in filter(None, whole.split("*")):
        try:
            found = found.plus(_change([unquote(word) for word in part.split("~")]))
        except InvalidRequest as error:
            said.append(f"A part of the scenario in the link is left out: {error}")
    return found, said


def fit(tables: Tables, scenario: Scenario) -> tuple[Scenario, list[str]]:
    """The changes that fit the tables, and a sentence for each that names a partner that is not there (any more).

    A newcomer whose code has been taken by a partner in the meantime gets another.
    """
    ids = set(tables["organisations"]["id"])
    renamed: dict[str, str] = {}
    for one in scenario.joining:
        if one.id in ids:
            renamed[one.id] = fresh_id(tables, scenario, taken=renamed.values())
    there = ids | {renamed.get(one.id, one.id) for one in scenario.joining}
    kept, said = [], []
    for change in (_renamed(change, renamed) for change in scenario.changes):
        gone = [one for one in _named(change) if one not in there]
        if gone:
            said.append(f"The scenario names a partner that is not here: {' and '.join(f'“{one}”' for one in gone)}.")
        else:
            kept.append(change)
    return Scenario(tuple(kept)), said


def fresh_id(tables: Tables, scenario: Scenario = NOTHING, taken: Iterable[str] = ()) -> str:
    """A code for a newcomer that no partner and no other newcomer has: "new-1", "new-2" …"""
    used = {*tables["organisations"]["id"], *(one.id for one in scenario.joining), *taken}
    return next(code for number in range(1, len(used) + 2) if (code := f"new-{number}") not in used)


def apply(tables: Tables, scenario: Scenario, wave: str | None) -> Tables:
    """A copy of the tables in which the changes have been made for one wave; the tables given stay as they are.

    Who leaves goes from every table, with everything said by, of and about it. A tie that is added or changed takes the
    place of what the two said of each other in this wave: both reports, where there are reports, become its level
    alone, and where there are none it is documented at that level on the day of the wave, and keeps what else is documented
    of it (before the programme, continues after). A tie that ends becomes level 0 in the reports and its documents are
    closed for that day. Other waves are left alone. A partner that is not there is an InvalidRequest (see `fit`).
    """
    fitting, said = fit(tables, scenario)
    if said:
        raise InvalidRequest(f"{' '.join(said)} Take that change out of the scenario.")
    changed = tables
    for change in fitting.changes:
        if isinstance(change, New):
            row = {"id": change.id, "name": change.name, "kind": change.kind, "sharing": "partners"}
            changed = changed.with_(organisations=add(changed, "organisations", row))
        elif not isinstance(change, Out):
            level = change.level if isinstance(change, Tie) else 0
            changed = tie(changed, change.one, change.other, level, wave)
    for partner in fitting.leaving:
        changed = leave(changed, partner)
    return changed


def sentences(tables: Tables, scenario: Scenario) -> list[str]:
    """Each change in words, in order. Names are as they are in the data."""
    names = tables.names("organisations")
    names |= {one.id: one.name for one in scenario.joining}

    def name(partner: str) -> str:
        return names.get(partner, partner)

    said = []
    for change in scenario.changes:
        if isinstance(change, Out):
            said.append(f"{name(change.partner)} leaves, with all its ties.")
        elif isinstance(change, New):
            said.append(f"{change.name} joins ({KINDS[change.kind].lower()}).")
        elif isinstance(change, End):
            said.append(f"{name(change.one)} and {name(change.other)} no longer work together.")
        else:
            said.append(
                f"{name(change.one)} and {name(change.other)} work together at level {change.level}, {LEVELS[change.level]}."
            )
    return said


def _refuse(change: Change) -> None:
    if isinstance(change, Tie | End) and change.one == change.other:
        raise InvalidRequest("A tie joins two different partners; choose another for one of the sides.")
    if isinstance(change, Tie) and change.level not in range(1, 6):
        raise InvalidRequest(f"A tie has a level from 1 to 5, not {change.level}; choose one of these.")
    if isinstance(change, New):
        if change.kind not in KINDS:
            raise InvalidRequest(f"There is no kind of partner “{change.kind}”; choose one of {', '.join(KINDS)}.")
        if not change.name.strip() or len(change.name) > LONGEST_NAME:
            raise InvalidRequest(f"A new partner needs a name of 1 to {LONGEST_NAME} characters; type one.")


def _about(change: Change) -> object:
    """What a change is about: a later one about the same thing replaces it."""
    if isinstance(change, Out):
        return "out", change.partner
    return ("new", change.id) if isinstance(change, New) else frozenset((change.one, change.other))


def _named(change: Change) -> tuple[str, ...]:
    """The partners a change names."""
    if isinstance(change, Out):
        return (change.partner,)
    return (change.id,) if isinstance(change, New) else (change.one, change.other)


def _renamed(change: Change, renamed: dict[str, str]) -> Change:
    if isinstance(change, New):
        return replace(change, id=renamed.get(change.id, change.id))
    if isinstance(change, Out):
        return change
    return replace(change, one=renamed.get(change.one, change.one), other=renamed.get(change.other, change.other))


def _words(change: Change) -> tuple[str, ...]:
    if isinstance(change, Out):
        return "out", change.partner
    if isinstance(change, New):
        return "new", change.id, change.kind, change.name
    return ("end", change.one, change.other) if isinstance(change, End) else ("tie", change.one, change.other, str(change.level))


def _part(word: str) -> str:
    return quote(word, safe="").replace("~", "%7E")


def _change(words: list[str]) -> Change:
    match words:
        case ["out", partner]:
            return Out(partner)
        case ["new", code, kind, name]:
            return New(code, kind=kind, name=name)
        case ["end", one, other]:
            return End(one, other)
        case ["tie", one, other, level] if level in {"1", "2", "3", "4", "5"}:
            return Tie(one, other, int(level))
    raise InvalidRequest(f"“{'~'.join(words)[:80]}” is not a change; make it again on this page.")
