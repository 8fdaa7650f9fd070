"""Partners that somebody missed on a form and wrote down by name: suggestions for the lead, never new partners by themselves."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import Any
from urllib.parse import quote

import polars as pl
from rapidfuzz import fuzz, process

from wtnet.errors import InvalidRequest
from wtnet.importing.duplicates import normalised
from wtnet.store import Amendments, Store
from wtnet.survey.answers import added
from wtnet.survey.overwritten import overwritten
from wtnet.survey.questionnaire import every_question
from wtnet.survey.questions import COLUMNS, Answer
from wtnet.survey.roster import Roster
from wtnet.survey.waves import planned, with_wave
from wtnet.tables import Tables, sharing
from wtnet.tables.respondents import Respondent
from wtnet.tables.schema import KINDS
from wtnet.tables.text import free_id

_PREFIX = "survey-missing:"
_LIKE = 85
MOST = 50
"""So many names one partner may have written down in a wave that nobody has decided on yet."""


@dataclass(frozen=True)
class Suggestion:
    """A name that `rater`, or one of its people by `role`, wrote in `wave`, the answers about it, and a note in its words."""

    wave: str
    rater: str
    name: str
    note: str = ""
    answers: Mapping[str, Answer] = field(default_factory=dict)
    role: str | None = None
    kept: str = field(default="", compare=False, repr=False)
    """The id it is stored under, which stays when a person who was erased is taken out of its words."""

    @property
    def whose(self) -> Respondent:
        """Who wrote it."""
        return Respondent(self.rater, self.role)

    @property
    def id(self) -> str:
        """The same for the same name from the same respondent in the same wave."""
        if self.kept:
            return self.kept
        parts = "\n".join((self.wave, self.rater, self.name.casefold(), *([self.role] if self.role else [])))
        return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def amendments(programme: str, suggestions: Iterable[Suggestion]) -> Amendments:
    """The settings that store these suggestions, for `Store.commit`; a suggestion with the same id is replaced."""
    return {_name(programme, suggestion.id): partial(_instead, _stored(suggestion)) for suggestion in suggestions}


def _stored(suggestion: Suggestion) -> dict[str, Any]:
    return {name: value for name, value in asdict(suggestion).items() if name != "kept"}


def undecided(store: Store, programme: str) -> tuple[Suggestion, ...]:
    """The suggestions nobody has decided on yet, by name."""
    settings = store.settings(_name(programme, ""))
    stored = [Suggestion(**value, kept=name.rpartition(":")[2]) for name, value in settings.items()]
    return tuple(sorted(stored, key=lambda suggestion: (suggestion.name.casefold(), suggestion.rater)))


def require_room(store: Store, programme: str, new: Sequence[Suggestion]) -> None:
    """Refuse (InvalidRequest) names of one partner in one wave that would be more than `MOST` with those it wrote before."""
    if not new:
        return
    before = [suggestion for suggestion in undecided(store, programme) if suggestion.rater == new[0].rater]
    written = {suggestion.id for suggestion in before if suggestion.wave == new[0].wave}
    if len(written | {suggestion.id for suggestion in new}) > MOST:
        raise InvalidRequest(
            f"At most {MOST} names can be written down, and {len(written)} are there already. Take some out and save again; your "
            "answers on this page are not stored yet."
        )


def settle(store: Store, programme: str, suggestion: Suggestion) -> None:
    """Remove a suggestion that was decided on; one that somebody has decided on already is an InvalidRequest."""
    for name, step in _settled(programme, suggestion).items():
        store.amend(name, step)


def _settled(programme: str, suggestion: Suggestion) -> Amendments:
    return {_name(programme, suggestion.id): _forgotten}


def _instead(value: Any, before: Any) -> Any:
    return value


def _forgotten(before: Any) -> None:
    if before is None:
        raise InvalidRequest("Somebody has decided on this name already; open the page afresh to see how.")


def most_alike(name: str, roster: Roster) -> str | None:
    """The partner whose name is most like this one; null if none is like it."""
    names = {partner: normalised(roster.name(partner)) for partner in roster.partners}
    closest = process.extractOne(normalised(name), names, scorer=fuzz.ratio, score_cutoff=_LIKE)
    return str(closest[2]) if closest else None


def accept_as_partner(store: Store, programme: str, suggestion: Suggestion, partner: str, author: str) -> None:
    """Decide that the name means this partner: the answers about it are stored, if there are any."""
    base = store.head(programme)
    tables = _known(store.load(programme, base), suggestion, partner)
    reason = f"“{suggestion.name}” on a survey form is {Roster(tables).name(partner)}"
    if suggestion.answers:
        tables = _wave(store, programme, tables, suggestion)
        tables = added(tables, suggestion.wave, suggestion.rater, {partner: _own(tables, suggestion)}, suggestion.role)
    also = _settled(programme, suggestion)
    store.commit(programme, tables, base=base or 0, author=author, reason=reason, kind="survey", also=also)


def replaced_by(tables: Tables, suggestion: Suggestion, partner: str) -> pl.DataFrame:
    """The answers given before that would be others if the name means this partner (see `overwritten`)."""
    after = added(tables, suggestion.wave, suggestion.rater, {partner: _own(tables, suggestion)}, suggestion.role)
    return overwritten(tables, after)


def accept_as_new(store: Store, programme: str, suggestion: Suggestion, kind: str, author: str) -> str:
    """Decide that the name is a new partner of this kind: add it, with the answers about it; returns its id."""
    if kind not in KINDS:
        raise InvalidRequest(f"There is no kind of partner “{kind}”; choose one of {', '.join(KINDS)}.")
    base = store.head(programme)
    tables = store.load(programme, base)
    id = free_id(suggestion.name, set(tables.organisations["id"]), "partner")
    about = {"kind": kind, "sharing": sharing.of_partner(kind), "description": suggestion.note or None}
    row = {"id": id, "name": suggestion.name, **about}
    frame = pl.DataFrame([row], schema=tables.organisations.schema)
    tables = _known(tables.with_(organisations=pl.concat([tables.organisations, frame])), suggestion, id)
    if suggestion.answers:
        tables = _wave(store, programme, tables, suggestion)
        tables = added(tables, suggestion.wave, suggestion.rater, {id: _own(tables, suggestion)}, suggestion.role)
    reason = f"Named on a survey form as missing: {suggestion.name}"
    also = _settled(programme, suggestion)
    store.commit(programme, tables, base=base or 0, author=author, reason=reason, kind="survey", also=also)
    return id


def _own(tables: Tables, suggestion: Suggestion) -> dict[str, Answer]:
    """The answers to questions that there are (still)."""
    asked = {*COLUMNS, *every_question(tables).columns}
    return {name: value for name, value in suggestion.answers.items() if name in asked}


def _known(tables: Tables, suggestion: Suggestion, partner: str) -> Tables:
    known = set(tables.organisations["id"])
    if suggestion.rater not in known or partner not in known:
        raise InvalidRequest("That partner is not in the programme any more; open the page afresh and choose again.")
    if suggestion.rater == partner:
        raise InvalidRequest("A partner cannot answer about itself; choose whom it means, or leave the name out.")
    return tables


def _wave(store: Store, programme: str, tables: Tables, suggestion: Suggestion) -> Tables:
    """The tables with the wave the answers are of, be it still a planned one."""
    for wave in planned(store, programme):
        if wave.id == suggestion.wave:
            tables = with_wave(tables, wave)
    if suggestion.wave not in tables.waves["id"]:
        raise InvalidRequest("The wave of this answer is not in the programme any more; leave the suggestion out.")
    return tables


def _name(programme: str, id: str) -> str:
    return f"{_PREFIX}{quote(programme, safe='')}:{id}"
