"""Who was asked in a wave, who has answered, who has not, and what to remind them with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
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
from wtnet.tables.respondents import ROLE, Respondent
from wtnet.tables.text import count

_PREFIX = "survey-asked:"
REMINDER = ("partner", "role", "kind", "asked about", "form", "link", "link open until")


@dataclass(frozen=True)
class SurveyStatus:
    """A wave of the survey. `asked` are those on its roster (`known`); where there is none, those who are taken for asked
    (see `network.asked`). `people` are all who answer for them, in the same order, with whether each has: of a partner with
    several people each by role. All by name."""

    wave: Wave
    asked: tuple[str, ...]
    answered: tuple[str, ...]
    missing: tuple[str, ...]
    known: bool
    people: Mapping[Respondent, bool] = field(default_factory=dict)

    @property
    def several(self) -> bool:
        """Whether several people answer for some partner."""
        return any(whose.role for whose in self.people)

    @property
    def left(self) -> tuple[Respondent, ...]:
        """Who has not answered, of a partner with several people each who has not."""
        return tuple(whose for whose, answered in self.people.items() if not answered)

    @property
    def rate(self) -> float | None:
        """The share of those asked who have answered, 0–1; null if nobody was asked."""
        return len(self.answered) / len(self.asked) if self.asked else None


def ask(store: Store, programme: str, wave: Wave, partners: Iterable[str | Respondent], how: str, author: str) -> None:
    """Write partners, and their people where several answer for one, on the roster of a wave, beside those asked before; `how` is
    one of `schema.ASKED_HOW`.

    A wave that has no answers yet and does not say what it is becomes an open round of the survey.
    """
    base = store.head(programme) or 0
    tables = store.load(programme, base)
    new = {"form": "by form", "link": "by personal link", "said": "as the lead says"}
    after, number = _with_roster(tables, wave, partners, how)
    reason = f"{count(number, 'partner')} asked for {wave.name}, {new[how]}"
    store.commit(programme, after, base=base, author=author, reason=reason, kind="survey")


def _with_roster(tables: Tables, wave: Wave, partners: Iterable[str | Respondent], how: str | None) -> tuple[Tables, int]:
    """The tables with these partners on the roster of a wave, and how many of them are newly asked. Whoever was only named by
    role before is asked with this."""
    tables = with_wave(tables, wave)
    roster = Roster(tables)
    chosen = [whose for whose in roster.respondents(wave.id, partners) if whose.partner in roster.partners]
    here = pl.col("wave") == wave.id
    before = {
        Respondent(id, role): way for id, role, way in tables.asked.filter(here).select("organisation", ROLE, "how").iter_rows()
    }
    new = [whose for whose in chosen if whose not in before]
    named = [whose for whose in chosen if whose.role and whose in before and before[whose] is None]
    rows = [{"wave": wave.id, "organisation": id, ROLE: role, "how": how} for id, role in new]
    mine = here & pl.struct("organisation", ROLE).is_in(
        [dict(zip(("organisation", ROLE), whose, strict=True)) for whose in named]
    )
    way = pl.when(mine).then(pl.lit(how, tables.asked.schema["how"])).otherwise("how")
    asked_rows = pl.concat([tables.asked.with_columns(how=way), pl.DataFrame(rows, schema=tables.asked.schema)])
    about = tables.waves.row(by_predicate=pl.col("id") == wave.id, named=True)
    if is_empty(tables, wave.id) and about["status"] is None:
        tables = in_tables.changed(tables, wave.id, status=in_tables.OPEN, purpose=about["purpose"] or "survey")
    return tables.with_(asked=asked_rows), len({whose.partner for whose in (*new, *named)})


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
    rated = tables.ratings.filter(pl.col("wave") == wave.id, pl.col("rater") != pl.col("partner"))
    spoke = {Respondent(*row) for row in rated.select("rater", ROLE).iter_rows()}
    as_one = [Respondent(partner) for partner in order if roster.roles(wave.id, partner) and Respondent(partner) in spoke]
    people = roster.respondents_in_order([*roster.respondents(wave.id, order), *as_one])
    return SurveyStatus(
        wave,
        order,
        tuple(partner for partner in order if answered[partner]),
        tuple(partner for partner in order if not answered[partner]),
        asked(tables, wave.id).known,
        {whose: whose in spoke for whose in people},
    )


def reminders(
    programme: Programme,
    status: SurveyStatus,
    roster: Roster,
    links: Iterable[PersonalLink],
    shown: Mapping[Respondent, str] | None = None,
) -> pl.DataFrame:
    """One row for each who has not answered: name, kind, how many its form asks about, the file of its form, its link if it was
    made just now (`shown`, by respondent; it cannot be read again later), and until when one is open; with a column of roles
    where several people answer for some partner."""
    until = {link.whose: link.until for link in links if link.wave == status.wave.id}
    files = file_names(programme, roster, status.wave, roster.respondents(status.wave.id, roster.partners))
    rows = [
        (
            roster.label(whose.partner),
            whose.role,
            roster.about(whose.partner),
            len(roster.asked_about(whose.partner)),
            files.get(whose),
            (shown or {}).get(whose),
            until.get(whose),
        )
        for whose in status.left
    ]
    types = (pl.String, pl.String, pl.String, pl.Int64, pl.String, pl.String, pl.Date)
    frame = pl.DataFrame(rows, schema=dict(zip(REMINDER, types, strict=True)), orient="row")
    return frame if status.several else frame.drop("role")


def consent(store: Store, programme: str) -> str:
    """The words of consent on the forms of a programme: those the lead wrote, else `CONSENT`."""
    name = consent_name(programme)
    return str(store.settings(name).get(name) or CONSENT)


def consent_name(programme: str) -> str:
    """The name of the setting that holds the lead's words of consent."""
    return f"survey-consent:{quote(programme, safe='')}"


def _name(programme: str) -> str:
    return f"{_PREFIX}{quote(programme, safe='')}:"
