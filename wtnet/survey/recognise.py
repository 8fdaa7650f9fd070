"""Recognise a returned form: whose it is, of which wave, and which partner each line is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from wtnet.store import Programme
from wtnet.survey.answers import Answers
from wtnet.survey.code import codes, row_code
from wtnet.survey.confirming import Confirmation, asked_about
from wtnet.survey.form_workbook import bare, safe
from wtnet.survey.returned_form import FormLine, ReturnedForm
from wtnet.survey.roster import Roster
from wtnet.survey.suggestions import Suggestion
from wtnet.survey.waves import Wave
from wtnet.tables import Problem, Tables
from wtnet.tables.model import place
from wtnet.tables.respondents import Respondent, in_words


@dataclass(frozen=True)
class FormAnswers:
    """The answers of one form about each partner, who was missed, and what it answers to findings, by their id; `role` is that
    of whoever answered for the rater, null where one answers for all."""

    file: str
    wave: str
    rater: str
    answers: Mapping[str, Answers]
    missing: tuple[Suggestion, ...] = ()
    confirmed: Mapping[str, Confirmation] = field(default_factory=dict)
    role: str | None = None

    @property
    def whose(self) -> Respondent:
        """Who answered."""
        return Respondent(self.rater, self.role)


class FormRecogniser:
    """Recognises forms by the codes of every wave and partner, the codes of rows, and the names."""

    def __init__(self, programme: Programme, tables: Tables, waves: tuple[Wave, ...], only: str | None) -> None:
        self.programme, self.tables, self.only = programme, tables, only
        self.roster = Roster(tables)
        self.wave_names = {wave.id: wave.name for wave in waves}
        self._codes = codes(programme.id, self.wave_names, self.roster)
        self._rows = {row_code(programme.id, partner): partner for partner in self.roster.partners}
        named: dict[str, set[str]] = defaultdict(set)
        for partner in self.roster.partners:
            for text in {self.roster.label(partner), self.roster.name(partner), bare(safe(self.roster.label(partner)))}:
                named[text.casefold()].add(partner)
        self._names = {text: next(iter(ids)) for text, ids in named.items() if len(ids) == 1}

    def recognise(self, form: ReturnedForm) -> tuple[FormAnswers | None, list[Problem], list[Problem]]:
        """The form as it can be used (null if it is set aside), its problems, and what else to know."""
        wave_and_whose = self._codes.get(form.code or "")
        if wave_and_whose is None:
            return None, [Problem("not_ours", self._stranger(form), form.file)], []
        wave, whose = wave_and_whose
        if self.only is not None and wave != self.only:
            asked = self.wave_names.get(self.only, self.only)
            words = (
                f"{form.file} is a form of the wave “{self.wave_names[wave]}”, not of “{asked}”. "
                "It was set aside; choose that wave to bring it back."
            )
            return None, [Problem("other_wave", words, form.file)], []
        if form.problems:
            return None, list(form.problems), []
        answers, problems, notices = self._lines(form, wave, whose)
        return (None if problems else answers), problems, notices

    def _stranger(self, form: ReturnedForm) -> str:
        """Why a form is not one of this programme's."""
        name, claims = form.file, form.claims
        if form.code is None:
            return f"{name} has no form code: it is not one of the forms made here. Bring in other files on the Data page."
        if claims.get("programme") and claims["programme"].casefold() != bare(safe(self.programme.name)).casefold():
            return f"{name} is a form of the programme “{claims['programme']}”, not of “{self.programme.name}”. It was set aside."
        about = f" of {claims.get('partner', 'a partner')} for “{claims.get('wave', 'a wave')}”" if claims else ""
        return (
            f"{name} is a form{about} with the code {form.code}, which no partner and wave of “{self.programme.name}” has "
            "(any more). It was set aside; make new forms if the partner or the wave was taken out."
        )

    def _lines(self, form: ReturnedForm, wave: str, whose: Respondent) -> tuple[FormAnswers, list[Problem], list[Problem]]:
        rater, who = whose.partner, in_words(self.roster.name(whose.partner), whose.role)
        answers: dict[str, Answers] = {}
        missing: list[Suggestion] = []
        problems: list[Problem] = []
        notices: list[Problem] = []
        left = 0
        for line in form.lines:
            partner, wrong = self._partner(form, line)
            if wrong:
                problems.append(wrong)
            elif partner is None and line.code:
                words = f"{place(form.file, None, line.row)}: “{line.name}” is not among the partners any more and was left out."
                notices.append(Problem("gone", words, form.file, row=line.row))
            elif partner is None:
                missing.append(Suggestion(wave, rater, line.name[:2_000], line.note[:2_000], dict(line.answers), whose.role))
            elif partner == rater and line.answers:
                words = f"{place(form.file, None, line.row)}: {who} answers about itself; empty that line."
                problems.append(Problem("itself", words, form.file, row=line.row))
            elif not line.answers:
                left += 1
            elif partner in answers and answers[partner] != line.answers:
                words = (
                    f"{place(form.file, None, line.row)}: there are two lines about {line.name} that differ; empty one of them."
                )
                problems.append(Problem("twice", words, form.file, row=line.row))
            else:
                answers[partner] = line.answers
        confirmed = self._confirmed(form, rater, notices)
        if not answers and not missing and not confirmed and not problems:
            words = f"{form.file}: {who} has answered nothing yet; nothing is taken from it."
            notices.append(Problem("empty", words, form.file))
        elif left and not problems:
            empty = "1 line is empty and stays as it was" if left == 1 else f"{left} lines are empty and stay as they were"
            words = f"{form.file}: {who} answered about {len(answers)}; {empty}."
            notices.append(Problem("half_empty", words, form.file))
        several = self.roster.roles(wave, rater)
        if several and whose.role is None and not problems:
            words = (
                f"{form.file} was made for {who} as a whole, for which {' and '.join(several)} answer now. It counts as the "
                "answers of one person more."
            )
            notices.append(Problem("whole", words, form.file))
        return FormAnswers(form.file, wave, rater, answers, tuple(missing), confirmed, whose.role), problems, notices

    def _confirmed(self, form: ReturnedForm, rater: str, notices: list[Problem]) -> dict[str, Confirmation]:
        """The answers to findings by their id; one that the partner is not asked about (any more) is left out, and said."""
        if not form.confirmed:
            return {}
        ids = {finding.code: finding.id for finding in asked_about(self.tables, self.programme.id, rater)}
        gone = [code for code in form.confirmed if code not in ids]
        if gone:
            words = f"{form.file}: {len(gone)} of its findings are not there any more, or do not name it; they were left out."
            notices.append(Problem("gone", words, form.file))
        return {ids[code]: answer for code, answer in form.confirmed.items() if code in ids}

    def _partner(self, form: ReturnedForm, line: FormLine) -> tuple[str | None, Problem | None]:
        """Whom a line is about: by the row's code, else by name; a code beside another partner's name is a problem."""
        named = self._names.get(line.name.casefold())
        if line.code is None:
            return named, None
        coded = self._rows.get(line.code)
        if coded is not None and named is not None and named != coded:
            words = (
                f"{place(form.file, None, line.row)}: this line was made for {self.roster.label(coded)}, not for {line.name}. "
                "Put the name back, and write others in the lines at the end."
            )
            return None, Problem("moved", words, form.file, row=line.row)
        return coded, None
