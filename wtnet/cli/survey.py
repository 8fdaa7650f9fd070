"""The commands of the survey: forms, collect and status."""

from __future__ import annotations

import argparse
import sys
from datetime import date

from wtnet import survey
from wtnet.cli import show
from wtnet.cli.verbs import FINE, PROBLEMS, me, opened
from wtnet.errors import InvalidRequest
from wtnet.store import Programme, Store
from wtnet.survey import Wave, Whom
from wtnet.tables import Tables
from wtnet.writers.file import save

_SAID = 20


def forms(chosen: argparse.Namespace) -> int:
    """Write each partner's own form of a wave, all in one zip, and remember who was asked."""
    with opened(chosen) as store:
        programme = store.programme(chosen.programme)
        tables = store.load(programme.id)
        wave = _wave(store, programme, tables, chosen)
        whom = Whom(tables)
        some = [_partner(whom, one) for one in chosen.partner] or None
        made = survey.forms(programme, whom, wave, some, survey.consent(store, programme.id), chosen.until)
        save(chosen.out, made.data)
        survey.ask(store, programme.id, wave.id, made.files)
    count = len(made.files)
    print(f"Written: {chosen.out}, {count:,} form{'' if count == 1 else 's'} for “{wave.name}”.")
    for notice in made.notices:
        print(f"  {notice}")
    return FINE


def collect(chosen: argparse.Namespace) -> int:
    """Read forms that came back, say what they would change, and with --accept store it."""
    with opened(chosen) as store:
        programme = store.programme(chosen.programme)
        base = store.head(programme.id) or 0
        tables = store.load(programme.id, base)
        there = survey.waves(tables, survey.planned(store, programme.id))
        only = survey.find(chosen.wave, there).id if chosen.wave else None
        back = survey.collect(programme, tables, survey.from_paths(chosen.files), there, only)
        _said([one.sentence for one in back.notices], sys.stdout)
        _said([one.sentence for one in back.problems], sys.stderr)
        told = [f'"{one.name}" was missed by {Whom(tables).label(one.rater)}; decide on the Survey page.' for one in back.missing]
        if not back.proposal.any and not told:
            print(f'Nothing would change in "{programme.name}"; nothing was stored.')
            return PROBLEMS if back.problems else FINE
        print(f'{len(back.forms):,} form{"" if len(back.forms) == 1 else "s"} would change "{programme.name}":')
        _said([*back.proposal.told(), *told], sys.stdout)
        if not chosen.accept:
            print("Nothing was stored; add --accept to store it.", file=sys.stderr)
            return PROBLEMS
        made = survey.accept(store, programme.id, back, base, me(), chosen.reason or "")
        print(f"Stored as revision {made.id}: {made.summary}." if made else "Kept for the lead to decide on.")
    return PROBLEMS if back.problems else FINE


def status(chosen: argparse.Namespace) -> int:
    """Say who has answered a wave and who has not."""
    with opened(chosen) as store:
        programme = store.programme(chosen.programme)
        tables = store.load(programme.id)
        there = survey.waves(tables, survey.planned(store, programme.id))
        if not there:
            raise InvalidRequest(f'"{programme.name}" has no waves yet; make forms for a new one with survey forms --new.')
        wave = survey.find(chosen.wave, there) if chosen.wave else there[-1]
        whom = Whom(tables)
        found = survey.status(tables, wave, whom, survey.asked(store, programme.id, wave.id))
        rows = survey.reminders(programme, found, whom, survey.links(store, programme.id, wave.id)).drop("link")
    if chosen.json:
        names = {"asked": found.asked, "answered": found.answered, "missing": found.missing}
        show.as_json({"wave": wave.id, "rate": found.rate, "asked_known": found.known, **names})
    elif chosen.csv:
        show.frame(rows, csv=True)
    else:
        share = "" if found.rate is None else f" ({100 * found.rate:.0f} %)"
        who = "asked" if found.known else "who could have answered"
        print(f"{wave.name}: {len(found.answered):,} of {len(found.asked):,} partners {who} have answered{share}.")
        if rows.height:
            print("\nNot yet:")
            show.frame(rows)
    return FINE


def _wave(store: Store, programme: Programme, tables: Tables, chosen: argparse.Namespace) -> Wave:
    """The wave asked for; with --new, one named on the spot (or planned before, under that name)."""
    planned = survey.planned(store, programme.id)
    if chosen.new and not any(chosen.wave.casefold() == one.name.casefold() for one in planned):
        return survey.plan(store, programme.id, chosen.wave, chosen.date or date.today())
    return survey.find(chosen.wave, survey.waves(tables, planned))


def _partner(whom: Whom, asked: str) -> str:
    """A partner's id; it may be asked for by name."""
    if asked in whom.partners:
        return asked
    found = [one for one in whom.partners if asked.strip().casefold() in (whom.name(one).casefold(), whom.label(one).casefold())]
    if len(found) != 1:
        some = "no partner" if not found else "more than one partner"
        raise InvalidRequest(f'There is {some} called "{asked}"; name one by its id.')
    return found[0]


def _said(sentences: list[str], stream: object) -> None:
    for sentence in sentences[:_SAID]:
        print(f"  {sentence}", file=stream)  # type: ignore[call-overload]
    if len(sentences) > _SAID:
        print(f"  … and {len(sentences) - _SAID:,} more.", file=stream)  # type: ignore[call-overload]
