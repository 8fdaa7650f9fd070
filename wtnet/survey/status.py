"""Who was asked in a wave, who has answered, who has not, and what to remind them with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

import polars as pl

from wtnet.network import answers
from wtnet.store import Programme, Store
from wtnet.survey.bundle import file_names
from wtnet.survey.links import PersonalLink
from wtnet.survey.questions import CONSENT
from wtnet.survey.roster import Roster
from wtnet.survey.waves import Wave
from wtnet.tables import Tables

_PREFIX = "survey-asked:"
REMINDER = ("partner", "kind", "asked about", "form", "link", "link open until")


@dataclass(frozen=True)
class SurveyStatus:
    """A wave of the survey. `asked` are those for whom forms or links were made (`known`); where that is not known,
    those who could have said something: in a rating of the wave, or in a partnership active on its date. All by name."""

    wave: Wave
    asked: tuple[str, ...]
    answered: tuple[str, ...]
    missing: tuple[str, ...]
    known: bool

    @property
    def rate(self) -> float | None:
        """The share of those asked who have answered, 0–1; null if nobody was asked."""
        return len(self.answered) / len(self.asked) if self.asked else None


def ask(store: Store, programme: str, wave: str, partners: Iterable[str]) -> None:
    """Remember that these partners were asked in a wave, beside those asked before."""
    new = list(partners)
    store.amend(_name(programme, wave), lambda before: list(dict.fromkeys([*(before or ()), *new])))


def asked(store: Store, programme: str, wave: str) -> tuple[str, ...] | None:
    """Who was asked in a wave; null if no forms or links were made for it."""
    name = _name(programme, wave)
    stored = store.settings(name).get(name)
    return None if stored is None else tuple(stored)


def status(tables: Tables, wave: Wave, roster: Roster, asked: tuple[str, ...] | None) -> SurveyStatus:
    """Who of those asked has rated somebody in the wave, and who has not. A partner that answered counts as asked."""
    answered = answers(tables, wave.id)
    raters = {partner for partner, has_answered in answered.items() if has_answered}
    everybody = answered if asked is None else {*asked, *raters}
    order = roster.in_order(everybody)
    return SurveyStatus(
        wave,
        order,
        tuple(partner for partner in order if partner in raters),
        tuple(partner for partner in order if partner not in raters),
        asked is not None,
    )


def reminders(
    programme: Programme,
    status: SurveyStatus,
    roster: Roster,
    links: Iterable[PersonalLink],
    shown: Mapping[str, str] | None = None,
) -> pl.DataFrame:
    """One row for each partner who has not answered: name, kind, how many its form asks about, the file of its form, its
    link if it was made just now (`shown`, by partner; it cannot be read again later), and until when one is open."""
    until: dict[str, date] = {link.partner: link.until for link in links if link.wave == status.wave.id}
    files = file_names(programme, roster, status.wave, roster.partners)
    rows = [
        (
            roster.label(partner),
            roster.about(partner),
            len(roster.asked_about(partner)),
            files[partner],
            (shown or {}).get(partner),
            until.get(partner),
        )
        for partner in status.missing
    ]
    types = (pl.String, pl.String, pl.Int64, pl.String, pl.String, pl.Date)
    return pl.DataFrame(rows, schema=dict(zip(REMINDER, types, strict=True)), orient="row")


def consent(store: Store, programme: str) -> str:
    """The words of consent on the forms of a programme: those the lead wrote, else `CONSENT`."""
    name = consent_name(programme)
    return str(store.settings(name).get(name) or CONSENT)


def consent_name(programme: str) -> str:
    """The name of the setting that holds the lead's words of consent."""
    return f"survey-consent:{quote(programme, safe='')}"


def _name(programme: str, wave: str) -> str:
    return f"{_PREFIX}{quote(programme, safe='')}:{quote(wave, safe='')}"
