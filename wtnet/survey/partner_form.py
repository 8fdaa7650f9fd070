"""The form as one partner sees it behind a personal link, and the saving of its answers as that partner's own revision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from wtnet.errors import InvalidRequest
from wtnet.network import waves_in_order
from wtnet.store import ConflictError, Programme, Revision, Store
from wtnet.survey import suggestions
from wtnet.survey.answers import Answers, given, replaced
from wtnet.survey.links import UNKNOWN, PersonalLink
from wtnet.survey.roster import Roster
from wtnet.survey.suggestions import Suggestion
from wtnet.survey.waves import Wave, planned, waves, with_wave
from wtnet.tables import Tables

_LONGEST = 200


@dataclass(frozen=True, eq=False)
class PartnerForm:
    """What one partner may see: its own name, whom it is asked about, whom it may choose, and its own answers alone.

    `about` and `choose` are (id, name, kind and place); `answers` those of this wave by partner, `before` those of the
    last wave in which it said something of that partner: (the wave's name, answers). `revision` is what this was read at.
    `missed` are those it wrote down by name, on whom the lead has not decided yet.
    """

    link: PersonalLink
    programme: str
    wave: Wave
    name: str
    about: tuple[tuple[str, str, str], ...]
    choose: tuple[tuple[str, str, str], ...]
    answers: Mapping[str, Mapping[str, int | str]]
    before: Mapping[str, tuple[str, Mapping[str, int | str]]]
    revision: int
    missed: tuple[Suggestion, ...] = ()

    def suggestion(self, name: str, note: str = "", answers: Answers | None = None) -> Suggestion:
        """Somebody this partner writes down as missing, for `save`."""
        name, note = (" ".join(text.split())[:_LONGEST] for text in (name, note))
        return Suggestion(self.wave.id, self.link.partner, name, note, dict(answers or {}))


def open_form(store: Store, link: PersonalLink, at: int | None = None) -> PartnerForm:
    """What the partner of a link sees now, or saw `at` the revision at which it opened its form.

    If the partner or the wave is gone, the link is not valid any more (InvalidRequest).
    """
    programme, tables, wave, revision = _there(store, link, at)
    roster = Roster(tables)
    told = lambda ids: tuple((one, roster.label(one), roster.about(one)) for one in ids)  # noqa: E731
    answers = given(tables, wave.id, link.partner)
    about = roster.asked_about(link.partner)
    about += tuple(one for one in roster.in_order(answers) if one not in about)
    names = {one.id: one.name for one in waves(tables)}
    before: dict[str, tuple[str, Mapping[str, int | str]]] = {}
    for earlier in waves_in_order(tables):
        if earlier == wave.id:
            break
        before |= {one: (names[earlier], said) for one, said in given(tables, earlier, link.partner).items() if said}
    return PartnerForm(
        link,
        programme.name,
        wave,
        roster.name(link.partner),
        told(about),
        told(roster.to_choose(link.partner)),
        answers,
        before,
        revision,
        tuple(one for one in suggestions.undecided(store, programme.id) if (one.wave, one.rater) == (wave.id, link.partner)),
    )


def save(store: Store, own: PartnerForm, answers: Mapping[str, Answers], missing: Iterable[Suggestion] = ()) -> Revision | None:
    """Store these answers in the place of the partner's own of this wave (null if nothing differs), and with them who is
    `missed`, for the lead to decide on: both or neither.

    An answer about somebody the partner may not rate, or more names than anybody needs, is an InvalidRequest. So it is if
    its answers were changed elsewhere since it opened the form. Nothing is stored then.
    """
    link = own.link
    _, tables, wave, revision = _there(store, link, own.revision)
    allowed = {*Roster(tables).may_rate(link.partner), *own.answers}
    if any(partner not in allowed for partner in answers):
        raise InvalidRequest("One of these partners is not on your form any more; please open your link again.")
    own_words = {one.id: replace(one, wave=wave.id, rater=link.partner) for one in missing if one.name}
    new = [one for one in own_words.values() if one not in own.missed]
    suggestions.require_room(store, link.programme, new)
    after = replaced(tables, wave.id, link.partner, answers)
    after = after if wave.id in tables.waves["id"] else with_wave(after, wave) if any(answers.values()) else tables
    if after == tables and not new:
        return None
    why = f"Answered by the partner themselves, by personal link ({wave.name})"
    also = suggestions.amendments(link.programme, new)
    try:
        made = store.commit(link.programme, after, base=revision, author=own.name, reason=why, kind="survey", also=also)
    except ConflictError as error:
        raise InvalidRequest(
            "Your answers were changed elsewhere meanwhile, in another window or by the programme lead. Nothing was "
            "overwritten; please open your link again to see them."
        ) from error
    return made if after != tables else None


def _there(store: Store, link: PersonalLink, at: int | None = None) -> tuple[Programme, Tables, Wave, int]:
    programme = store.find(link.programme)
    revision = at or (store.head(link.programme) if programme else None)
    if programme is None or revision is None:
        raise InvalidRequest(UNKNOWN)
    tables = store.load(programme.id, revision)
    found = next((one for one in waves(tables, planned(store, programme.id)) if one.id == link.wave), None)
    if found is None or link.partner not in tables.organisations["id"]:
        raise InvalidRequest(UNKNOWN)
    return programme, tables, found, revision
