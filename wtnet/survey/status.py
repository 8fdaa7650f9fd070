"""Who was asked in a wave, who has answered, who has not, and what to remind them with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

import polars as pl

from wtnet.network import answers, asked
from wtnet.store import Amendments, Programme, Store
from wtnet.survey.bundle import file_names
from wtnet.survey.links import PersonalLink
from wtnet.survey.questions import CONSENT
from wtnet.survey.roster import Roster
from wtnet.survey.waves import Wave, is_empty, planned, setting, waves, with_wave
from wtnet.tables import Tables
from wtnet.tables import waves as in_tables
from wtnet.tables.text import count

_PREFIX = "survey-asked:"
REMINDER = ("partner", "kind", "asked about", "form", "link", "link open until")


@dataclass(frozen=True)
class SurveyStatus:
    """A wave of the survey. `asked` are those on its roster (`known`); where there is none, those who are taken for asked
    (see `network.asked`). All by name."""

    wave: Wave
    asked: tuple[str, ...]
    answered: tuple[str, ...]
    missing: tuple[str, ...]
    known: bool

    @property
    def rate(self) -> float | None:
        """The share of those asked who have answered, 0–1; null if nobody was asked."""
        return len(self.answered) / len(self.asked) if self.asked else None


def ask(store: Store, programme: str, wave: Wave, partners: Iterable[str], how: str, author: str) -> None:
    """Write partners on the roster of a wave, beside those asked before; `how` is one of `schema.ASKED_HOW`.

    A wave that has no answers yet and does not say what it is becomes an open round of the survey.
    """
    base = store.head(programme) or 0
    tables = store.load(programme, base)
    new = {"form": "by form", "link": "by personal link", "said": "as the lead says"}
    after, number = _with_roster(tables, wave, partners, how)
    reason = f"{count(number, 'partner')} asked for {wave.name}, {new[how]}"
    store.commit(programme, after, base=base, author=author, reason=reason, kind="survey")


def _with_roster(tables: Tables, wave: Wave, partners: Iterable[str], how: str | None) -> tuple[Tables, int]:
    """The tables with these partners on the roster of a wave, and how many of them are new on it."""
    tables = with_wave(tables, wave)
    before = set(tables.asked.filter(pl.col("wave") == wave.id)["organisation"])
    there = set(tables.organisations["id"])
    new = [partner for partner in dict.fromkeys(partners) if partner in there and partner not in before]
    rows = pl.DataFrame([{"wave": wave.id, "organisation": id, "how": how} for id in new], schema=tables.asked.schema)
    about = tables.waves.row(by_predicate=pl.col("id") == wave.id, named=True)
    if is_empty(tables, wave.id) and about["status"] is None:
        tables = in_tables.changed(tables, wave.id, status=in_tables.OPEN, purpose=about["purpose"] or "survey")
    return tables.with_(asked=pl.concat([tables.asked, rows])), len(new)


def has_earlier(store: Store, programme: str) -> bool:
    """Whether an earlier version kept new waves, or who was asked, beside the programme."""
    return bool(store.settings(setting(programme)) or store.settings(_name(programme)))


def adopt(store: Store, programme: str, author: str) -> None:
    """Make what an earlier version kept beside the programme (see `has_earlier`) part of it, as one revision."""
    waiting, rosters = planned(store, programme), store.settings(_name(programme))
    base = store.head(programme) or 0
    tables = store.load(programme, base)
    for wave in waves(tables, waiting):
        tables, _ = _with_roster(tables, wave, rosters.get(_name(programme) + quote(wave.id, safe=""), ()), None)
    gone: Amendments = dict.fromkeys([*store.settings(setting(programme)), *rosters], _forgotten)
    why = "New waves and who was asked are part of the programme now"
    store.commit(programme, tables, base=base, author=author, reason=why, kind="survey", also=gone)


def _forgotten(before: Any) -> None:
    """No value in the place of the one before."""


def status(tables: Tables, wave: Wave, roster: Roster) -> SurveyStatus:
    """Who of those asked (see `network.asked`) has rated somebody in the wave, and who has not."""
    answered = answers(tables, wave.id)
    order = roster.in_order(answered)
    return SurveyStatus(
        wave,
        order,
        tuple(partner for partner in order if answered[partner]),
        tuple(partner for partner in order if not answered[partner]),
        asked(tables, wave.id).known,
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


def _name(programme: str) -> str:
    return f"{_PREFIX}{quote(programme, safe='')}:"
