"""How far each respondent of a round is: asked, sent, opened, begun, finished. Null is not known.

A form that goes by e-mail tells nothing until it is back: whether it was opened or begun is known of personal links alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from wtnet.survey.links import PersonalLink
from wtnet.survey.roster import Roster
from wtnet.survey.status import SurveyStatus
from wtnet.tables import Tables
from wtnet.tables.respondents import ROLE, Respondent


@dataclass(frozen=True)
class RespondentProgress:
    """Where one respondent is. `sent` is "form", "link" or null (not from here, as far as is known); `opened` and `begun` are
    null without a link, and `begun` where the answers did not come by it; `unanswered` are the partners on its form about whom
    it has answered nothing, of `asked_about`."""

    whose: Respondent
    sent: str | None
    opened: bool | None
    begun: bool | None
    finished: bool
    asked_about: int
    unanswered: tuple[str, ...]

    @property
    def answered_about(self) -> int:
        """About how many of those on its form it has answered."""
        return self.asked_about - len(self.unanswered)


@dataclass(frozen=True)
class RoundCounts:
    """How many respondents of a round got how far; `opened` and `begun` are null where nobody has a link."""

    asked: int
    sent: int
    opened: int | None
    begun: int | None
    finished: int
    links: int


def progress(
    tables: Tables, status: SurveyStatus, roster: Roster, links: Iterable[PersonalLink], begun: Collection[str]
) -> tuple[RespondentProgress, ...]:
    """Where each respondent of a round is, in the order of `status.people`; `begun` are the links with something typed."""
    wave = status.wave.id
    asked = tables.asked.filter(pl.col("wave") == wave).select("organisation", ROLE, pl.col("how").cast(pl.String))
    how = {Respondent(partner, role): word for partner, role, word in asked.iter_rows()}
    rated: dict[Respondent, set[str]] = {}
    for rater, role, partner in tables.ratings.filter(pl.col("wave") == wave).select("rater", ROLE, "partner").iter_rows():
        rated.setdefault(Respondent(rater, role), set()).add(partner)
    link_of = {link.whose: link for link in links if link.wave == wave}
    return tuple(
        _progress(whose, answered, roster, how, rated, link_of.get(whose), begun) for whose, answered in status.people.items()
    )


def _progress(
    whose: Respondent,
    answered: bool,
    roster: Roster,
    how: Mapping[Respondent, str | None],
    rated: Mapping[Respondent, set[str]],
    link: PersonalLink | None,
    begun: Collection[str],
) -> RespondentProgress:
    about = roster.asked_about(whose.partner)
    left = tuple(partner for partner in about if partner not in rated.get(whose, set()))
    sent = "link" if link else how.get(whose, how.get(Respondent(whose.partner)))
    finished = bool(link and link.finished) or (answered and (not left or link is None or link.opened is None))
    opened = None if link is None else link.opened is not None
    elsewhere = answered and opened is False  # it has answered, and not behind this link
    started = None if link is None or elsewhere else answered or finished or link.id in begun
    return RespondentProgress(whose, sent if sent in ("form", "link") else None, opened, started, finished, len(about), left)


def counts(people: Iterable[RespondentProgress]) -> RoundCounts:
    """How many got how far."""
    every = tuple(people)
    linked = [person for person in every if person.opened is not None]
    return RoundCounts(
        len(every),
        sum(person.sent is not None for person in every),
        sum(bool(person.opened) for person in linked) if linked else None,
        sum(bool(person.begun) for person in linked) if linked else None,
        sum(person.finished for person in every),
        len(linked),
    )
