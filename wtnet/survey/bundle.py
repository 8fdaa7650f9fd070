"""The forms of a wave, all in one zip."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from wtnet.errors import InvalidRequest
from wtnet.sentences.file_names import stem
from wtnet.store import Programme
from wtnet.survey.code import code
from wtnet.survey.confirming import asked_about
from wtnet.survey.form_workbook import Form, write_form
from wtnet.survey.questionnaire import STANDARD, questionnaire
from wtnet.survey.questions import CONSENT
from wtnet.survey.roster import MOST, Roster
from wtnet.survey.waves import Wave
from wtnet.tables import Tables
from wtnet.tables.respondents import Respondent

MOST_FORMS = 2_000
LIST = "Who gets which form.txt"


@dataclass(frozen=True, eq=False)
class FormBundle:
    """A zip with one workbook for each who answers; `files` names each one's, `notices` say what to know."""

    data: bytes
    files: dict[Respondent, str]
    notices: tuple[str, ...] = ()


def forms(
    programme: Programme,
    roster: Roster,
    wave: Wave,
    partners: Sequence[str | Respondent] | None = None,
    consent: str = CONSENT,
    until: date | None = None,
    tables: Tables | None = None,
    large: bool = False,
) -> FormBundle:
    """The forms of some partners (null: of all) for one wave, of each of its people where several answer for one; with `tables`,
    each asks the lead's own questions too, and about the findings that name its partner. `large`: in large print and easy words.

    A programme without partners, an unknown partner, or more than `MOST_FORMS` of them is an InvalidRequest.
    """
    chosen = roster.respondents(wave.id, roster.partners if partners is None else partners)
    unknown = [whose.partner for whose in chosen if whose.partner not in roster.partners]
    if unknown:
        raise InvalidRequest(f"There is no partner “{unknown[0]}” in “{programme.name}”; choose partners who are in it.")
    if not chosen:
        raise InvalidRequest(f"“{programme.name}” has no partners to ask yet; bring in a file with organisations first.")
    if len(chosen) > MOST_FORMS:
        raise InvalidRequest(f"{len(chosen):,} forms are more than are made at once; choose at most {MOST_FORMS:,} partners.")
    files = file_names(programme, roster, wave, chosen)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        listed = "".join(f"{files[whose]}  –  {roster.whose(whose)}\n" for whose in roster.respondents_in_order(chosen))
        packed.writestr(_at(LIST), listed)
        for whose in chosen:
            findings = asked_about(tables, programme.id, whose.partner) if tables else ()
            words, asked = consent.strip() or CONSENT, questionnaire(tables, whose.partner) if tables else STANDARD
            data = write_form(Form(programme, wave, whose.partner, roster, words, until, findings, whose.role, asked, large))
            packed.writestr(_at(files[whose]), data, zipfile.ZIP_STORED)
    return FormBundle(target.getvalue(), files, _notices(roster, tuple(dict.fromkeys(whose.partner for whose in chosen))))


def file_names(programme: Programme, roster: Roster, wave: Wave, chosen: Sequence[Respondent]) -> dict[Respondent, str]:
    """A file name for each who answers that every system can hold: "harbour-arts-end.xlsx", "harbour-arts-director-end.xlsx";
    no two the same."""
    names: dict[Respondent, str] = {}
    taken: set[str] = set()
    for whose in chosen:
        name = _file(roster.name(whose.partner), 60) or "partner"
        role = f"-{_file(whose.role, 40) or 'role'}" if whose.role else ""
        base = f"{name}{role}-{_file(wave.name, 30) or 'wave'}"
        if base in taken:
            base = f"{base}-{code(programme.id, wave.id, *whose)[-4:].lower()}"
        while base in taken:
            base += "x"
        taken.add(base)
        names[whose] = f"{base}.xlsx"
    return names


def _file(text: str, most: int) -> str:
    return stem(text.casefold(), most, keep="", gap="-")


def _at(name: str) -> zipfile.ZipInfo:
    """A place in the zip, with the same date each time."""
    place = zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0))
    place.external_attr = 0o644 << 16
    return place


def _notices(roster: Roster, chosen: Sequence[str]) -> tuple[str, ...]:
    lines = []
    full = [partner for partner in chosen if len(roster.asked_about(partner)) >= MOST]
    alone = [partner for partner in chosen if not roster.asked_about(partner)]
    if full:
        names = _listed(roster, full)
        lines.append(f"{names}: only {MOST} of their partners stand on the form; others can be chosen below them.")
    if alone:
        lines.append(f"Nobody is known to work with {_listed(roster, alone)}: the form has only lines to fill in.")
    if roster.private():
        lines.append(
            f"Private, so named only on the forms of partners who have rated them before: {_listed(roster, roster.private())}."
        )
    return tuple(lines)


def _listed(roster: Roster, partners: Sequence[str], most: int = 3) -> str:
    names = [roster.label(partner) for partner in partners[:most]]
    more = f" and {len(partners) - most} more" if len(partners) > most else ""
    return f"{', '.join(names)}{more}"
