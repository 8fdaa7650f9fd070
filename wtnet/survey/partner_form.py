"""The form a partner sees behind its personal link, and the saving of its answers as a revision of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from wtnet.errors import InvalidRequest
from wtnet.network import waves_in_order
from wtnet.store import ConflictError, Programme, Revision, Store
from wtnet.survey import about_itself, confirming, drafts, suggestions
from wtnet.survey.answers import Answers, given, replaced
from wtnet.survey.confirming import AskedFinding, Confirmation
from wtnet.survey.links import UNKNOWN, PersonalLink, draft_name
from wtnet.survey.questionnaire import STANDARD, Questionnaire, questionnaire
from wtnet.survey.questions import Answer
from wtnet.survey.roster import Roster
from wtnet.survey.suggestions import Suggestion
from wtnet.survey.waves import Wave, planned, waves, with_wave
from wtnet.tables import Tables
from wtnet.tables.respondents import in_words

_LONGEST = 200


@dataclass(frozen=True, eq=False)
class PartnerForm:
    """What one partner, or one of its people (`link.role`), may see: its own name, whom it is asked about, whom it may choose,
    and its own answers alone.

    `about` and `choose` are (id, name, kind and place). `answers` are those of this wave, by partner; `before` those of the
    last wave in which it rated that partner: (the wave's name, answers). `revision` is the one this was read at. `missed`
    are partners it wrote down by name, on whom the lead has not decided yet. `findings` are those it is asked whether it agrees
    with, and `confirmed` what it has answered to them. `questions` are what it is asked, `itself` what it has answered about
    itself.
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
    findings: tuple[AskedFinding, ...] = ()
    confirmed: Mapping[str, Confirmation] = field(default_factory=dict)
    questions: Questionnaire = STANDARD
    itself: Mapping[str, str] = field(default_factory=dict)

    def suggestion(self, name: str, note: str = "", answers: Answers | None = None) -> Suggestion:
        """A partner that this one writes down as missing, for `save`."""
        name, note = (" ".join(text.split())[:_LONGEST] for text in (name, note))
        return Suggestion(self.wave.id, self.link.partner, name, note, dict(answers or {}), self.link.role)


def open_form(store: Store, link: PersonalLink, at: int | None = None) -> PartnerForm:
    """The form behind a link, now or at the revision `at` which the partner opened it.

    If the partner or the wave is gone, the link is not valid any more (InvalidRequest).
    """
    programme, tables, wave, revision = _there(store, link, at)
    return form_of(programme, tables, wave, link, revision, suggestions.undecided(store, programme.id))


def form_of(
    programme: Programme,
    tables: Tables,
    wave: Wave,
    link: PersonalLink,
    revision: int,
    undecided: Iterable[Suggestion] = (),
) -> PartnerForm:
    """The form that a link of these tables opens, with what was written down as missing and nobody has decided on."""
    roster = Roster(tables)
    answers = given(tables, wave.id, *link.whose)
    about = roster.asked_about(link.partner)
    about += tuple(partner for partner in roster.in_order(answers) if partner not in about)
    names = tables.names("waves")
    before: dict[str, tuple[str, Mapping[str, int | str]]] = {}
    for earlier in waves_in_order(tables):
        if earlier == wave.id:
            break
        answers_then = given(tables, earlier, *link.whose)
        before |= {partner: (names[earlier], answered) for partner, answered in answers_then.items() if answered}
    return PartnerForm(
        link,
        programme.name,
        wave,
        roster.name(link.partner),
        _listed(roster, about),
        _listed(roster, roster.to_choose(link.partner)),
        answers,
        before,
        revision,
        tuple(suggestion for suggestion in undecided if (suggestion.wave, suggestion.whose) == (wave.id, link.whose)),
        confirming.asked_about(tables, programme.id, link.partner),
        confirming.given(tables, *link.whose),
        questionnaire(tables, link.partner),
        about_itself.given(tables, wave.id, *link.whose),
    )


def _listed(roster: Roster, partners: Iterable[str]) -> tuple[tuple[str, str, str], ...]:
    return tuple((partner, roster.label(partner), roster.about(partner)) for partner in partners)


def save(
    store: Store,
    form: PartnerForm,
    answers: Mapping[str, Answers],
    missing: Iterable[Suggestion] = (),
    confirmed: Mapping[str, Confirmation] | None = None,
    itself: Mapping[str, Answer] | None = None,
) -> Revision | None:
    """Replace the own answers of this wave and to the findings in `confirmed`, those about `itself` where they are given, store
    who is `missing` for the lead to decide on, and forget the draft: all or nothing.

    The result is null if no answer differs. An answer about somebody the partner may not rate, more than
    `suggestions.MOST` names, or answers that were changed elsewhere since the form was opened are an InvalidRequest; then
    nothing is stored.
    """
    link = form.link
    _, tables, wave, revision = _there(store, link, form.revision)
    allowed = {*Roster(tables).may_rate(link.partner), *form.answers}
    if any(partner not in allowed for partner in answers):
        raise InvalidRequest("One of these partners is not on your form any more; please open your link again.")
    named = [replace(suggestion, wave=wave.id, rater=link.partner, role=link.role) for suggestion in missing if suggestion.name]
    by_id = {suggestion.id: suggestion for suggestion in named}
    new = [suggestion for suggestion in by_id.values() if suggestion not in form.missed]
    suggestions.require_room(store, link.programme, new)
    confirmed = confirmed or {}
    confirming.require_asked(form.findings, confirmed)
    after = replaced(tables, wave.id, link.partner, answers, link.role, form.questions.columns)
    after = confirming.answered(after, wave.id, link.partner, confirmed, link.role)
    if itself is not None:
        asked = [question.column for question in form.questions.itself]
        after = about_itself.answered(after, wave.id, link.partner, itself, link.role, asked)
    something = any(answers.values()) or bool(itself) or any(answer.given for answer in confirmed.values())
    after = after if wave.id in tables.waves["id"] else with_wave(after, wave) if something else tables
    if after == tables and not new:
        drafts.forget(store, link)
        return None
    why = f"Answered by the partner themselves, by personal link ({wave.name})"
    also = {**suggestions.amendments(link.programme, new), draft_name(link): _given}
    try:
        saved = store.commit(
            link.programme, after, base=revision, author=in_words(form.name, link.role), reason=why, kind="survey", also=also
        )
    except ConflictError as error:
        raise InvalidRequest(
            "Your answers were changed elsewhere meanwhile, in another window or by the programme lead. Nothing was "
            "overwritten; please open your link again to see them."
        ) from error
    return saved if after != tables else None


def _given(draft: object) -> None:
    """No draft any more: what was in it is given."""


def _there(store: Store, link: PersonalLink, at: int | None = None) -> tuple[Programme, Tables, Wave, int]:
    programme = store.find(link.programme)
    revision = at or (store.head(link.programme) if programme else None)
    if programme is None or revision is None:
        raise InvalidRequest(UNKNOWN)
    tables = store.load(programme.id, revision)
    wave = next((wave for wave in waves(tables, planned(store, programme.id)) if wave.id == link.wave), None)
    if wave is None or link.partner not in tables.organisations["id"]:
        raise InvalidRequest(UNKNOWN)
    return programme, tables, wave, revision
