"""The commands of the survey: forms, collect and status."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from typing import TextIO

from wtnet import survey
from wtnet.cli import printing
from wtnet.cli.exit_codes import FINE, PROBLEMS
from wtnet.cli.session import open_store, user_name
from wtnet.cli.source import SENTENCES_SHOWN
from wtnet.errors import InvalidRequest
from wtnet.sentences import waves
from wtnet.store import Programme, Store
from wtnet.survey import Roster, Wave, overwritten, respondents
from wtnet.tables import Tables
from wtnet.tables.rounding import fixed
from wtnet.writers.file import save


def forms(options: argparse.Namespace) -> int:
    """Write each partner's own form of a wave, all in one zip, and remember who was asked."""
    with open_store(options) as store:
        programme = store.programme(options.programme)
        _adopt(store, programme)
        tables = store.load(programme.id)
        wave = _wave(store, programme, tables, options)
        if options.person:
            _keep_people(store, programme, wave, Roster(tables), options.person)
            tables = store.load(programme.id)
        roster = Roster(tables)
        partners = [_partner(roster, name) for name in options.partner] or None
        bundle = survey.forms(
            programme, roster, wave, partners, survey.consent(store, programme.id), options.until, tables, options.large_print
        )
        save(options.out, bundle.data)
        survey.ask(store, programme.id, wave, bundle.files, "form", user_name())
    count = len(bundle.files)
    print(f"Written: {options.out}, {count:,} form{'' if count == 1 else 's'} for “{wave.name}”.")
    for notice in bundle.notices:
        print(f"  {notice}")
    return FINE


def collect(options: argparse.Namespace) -> int:
    """Read forms that came back, say what they would change, and with --accept store it."""
    with open_store(options) as store:
        programme = store.programme(options.programme)
        _adopt(store, programme)
        base = store.head(programme.id) or 0
        tables = store.load(programme.id, base)
        waves = survey.waves(tables)
        only = survey.find(options.wave, waves).id if options.wave else None
        answers = survey.collect(programme, tables, survey.from_paths(options.files), waves, only)
        _print([notice.sentence for notice in answers.notices], sys.stdout)
        _print([problem.sentence for problem in answers.problems], sys.stderr)
        _print(list(answers.aside), sys.stderr)
        roster = Roster(tables)
        missed = [
            f'{roster.whose(partner.whose)} named "{partner.name}", who was not on the form; decide on the Survey page.'
            for partner in answers.missing
        ]
        if not answers.proposal.any and not missed:
            print(f'Nothing would change in "{programme.name}"; nothing was stored.')
            return PROBLEMS if answers.problems or answers.aside else FINE
        print(f'{len(answers.forms):,} form{"" if len(answers.forms) == 1 else "s"} would change "{programme.name}":')
        _print([*answers.proposal.in_words(), *missed], sys.stdout)
        if replaced := overwritten.sentence(answers.overwritten):
            print(f"  {replaced}", file=sys.stderr)
            printing.frame(answers.overwritten)
        if not options.accept:
            print("Nothing was stored; add --accept to store it.", file=sys.stderr)
            return PROBLEMS
        revision = survey.accept(store, programme.id, answers, base, user_name(), options.reason or "")
        print(f"Stored as revision {revision.id}: {revision.summary}." if revision else "Kept for the lead to decide on.")
    return PROBLEMS if answers.problems or answers.aside else FINE


def status(options: argparse.Namespace) -> int:
    """Say who has answered a wave and who has not."""
    with open_store(options) as store:
        programme = store.programme(options.programme)
        _adopt(store, programme)
        tables = store.load(programme.id)
        waves = survey.waves(tables)
        if not waves:
            raise InvalidRequest(f'"{programme.name}" has no waves yet; make forms for a new one with survey forms --new.')
        wave = survey.find(options.wave, waves) if options.wave else survey.usual(tables, waves)
        roster = Roster(tables)
        state = survey.status(tables, wave, roster)
        rows = survey.reminders(programme, state, roster, survey.links(store, programme.id, wave.id)).drop("link")
    if options.json:
        names = {"asked": state.asked, "answered": state.answered, "missing": state.missing}
        people = [{"partner": id, "role": role, "answered": answered} for (id, role), answered in state.people.items() if role]
        printing.as_json({"wave": wave.id, "rate": state.rate, "asked_known": state.known, **names, "people": people})
    elif options.csv:
        printing.frame(rows, csv=True)
    else:
        share = "" if state.rate is None else f" ({fixed(100 * state.rate)}%)"
        who = "asked" if state.known else "taken for asked"
        print(f"{wave.name}: {len(state.answered):,} of {len(state.asked):,} partners {who} have answered{share}.")
        if state.several:
            every, left = len(state.people), len(state.left)
            print(f"{every - left:,} of the {every:,} people who answer for them have answered.")
        if rows.height:
            print("\nNot yet:")
            printing.frame(rows)
    return FINE


def _wave(store: Store, programme: Programme, tables: Tables, options: argparse.Namespace) -> Wave:
    """The wave asked for; with --new, one named on the spot, or before under that name if nobody has answered it yet."""
    waves = survey.waves(tables)
    named = [wave for wave in waves if options.wave.casefold() == wave.name.casefold() and survey.is_empty(tables, wave.id)]
    if options.new and not named:
        return survey.add(store, programme.id, options.wave, options.date or date.today(), user_name())
    return survey.find(options.wave, waves)


def wave(options: argparse.Namespace) -> int:
    """Close a wave or open it again, show it while it is open, name the one shown first; or say how it stands."""
    with open_store(options) as store:
        programme = store.programme(options.programme)
        _adopt(store, programme)
        wave = survey.find(options.wave, survey.waves(store.load(programme.id)))
        cells = {name: getattr(options, name) for name in ("status", "shown", "current") if hasattr(options, name)}
        if cells.get("status") == "closed":
            survey.revoke(store, *survey.links(store, programme.id, wave.id))
        if cells:
            survey.decide(store, programme.id, wave, user_name(), **cells)
        print(waves.state(store.load(programme.id), wave.id))
    return FINE


def _keep_people(store: Store, programme: Programme, wave: Wave, roster: Roster, persons: list[str]) -> None:
    """Keep people named as "PARTNER=ROLE" as those who answer in a wave, beside those who do already."""
    there = [(partner, role) for partner in roster.partners for role in roster.roles(wave.id, partner)]
    new = [(_partner(roster, name), role) for name, _, role in (text.rpartition("=") for text in persons)]
    roles = respondents.checked(store.load(programme.id), wave.id, [*there, *new])
    respondents.state(store, programme.id, wave, roles, user_name())


def _adopt(store: Store, programme: Programme) -> None:
    if survey.has_earlier(store, programme.id):
        survey.adopt(store, programme.id, user_name())


def _partner(roster: Roster, asked: str) -> str:
    """A partner's id; it may be asked for by name."""
    if asked in roster.partners:
        return asked
    called = asked.strip().casefold()
    partners = [id for id in roster.partners if called in (roster.name(id).casefold(), roster.label(id).casefold())]
    if len(partners) != 1:
        some = "no partner" if not partners else "more than one partner"
        raise InvalidRequest(f'There is {some} called "{asked}"; name one by its id.')
    return partners[0]


def _print(sentences: list[str], stream: TextIO) -> None:
    for sentence in sentences[:SENTENCES_SHOWN]:
        print(f"  {sentence}", file=stream)
    if len(sentences) > SENTENCES_SHOWN:
        print(f"  … and {len(sentences) - SENTENCES_SHOWN:,} more.", file=stream)
