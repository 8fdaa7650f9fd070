"""Recognise a returned form: whose it is, of which wave, and which partner each line is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from wtnet.store import Programme
from wtnet.survey.answers import Answers
from wtnet.survey.code import codes, row_code
from wtnet.survey.confirming import Confirmation, asked_about, given
from wtnet.survey.form_cells import bare, safe
from wtnet.survey.questions import Answer
from wtnet.survey.returned_form import FormLine, ReturnedForm
from wtnet.survey.roster import Roster
from wtnet.survey.spoilt import SpoiltCell
from wtnet.survey.suggestions import Suggestion
from wtnet.survey.waves import Wave
from wtnet.tables import Problem, Tables
from wtnet.tables.model import place
from wtnet.tables.respondents import Respondent, in_words


@dataclass(frozen=True)
class FormAnswers:
    """The answers of one form about each partner, who was missed, what it answers to findings, by their id, and about itself;
    `role` is that of whoever answered for the rater, null where one answers for all. Cells (`spoilt`) and lines (`aside`) may be
    set aside."""

    file: str
    wave: str
    rater: str
    answers: Mapping[str, Answers]
    missing: tuple[Suggestion, ...] = ()
    confirmed: Mapping[str, Confirmation] = field(default_factory=dict)
    role: str | None = None
    spoilt: tuple[SpoiltCell, ...] = ()
    aside: tuple[Problem, ...] = ()
    itself: Mapping[str, Answer] = field(default_factory=dict)

    @property
    def whose(self) -> Respondent:
        """Who answered."""
        return Respondent(self.rater, self.role)

    @property
    def any(self) -> bool:
        """Whether there is anything to take from it, or to put right."""
        return bool(self.answers or self.missing or self.confirmed or self.itself or self.spoilt or self.aside)

    @property
    def sentences(self) -> tuple[str, ...]:
        """A sentence for each cell and each line that is set aside while the rest is taken."""
        return (*(cell.sentence for cell in self.spoilt), *(line.sentence for line in self.aside))

    def put_right(self, right: Mapping[str, Answer]) -> FormAnswers:
        """The form with answers in cells that were set aside, by the cell's id. One that is not allowed is an InvalidRequest."""
        answers, confirmed = {partner: dict(answered) for partner, answered in self.answers.items()}, dict(self.confirmed)
        missed, itself = {suggestion.id: suggestion for suggestion in self.missing}, dict(self.itself)
        for cell in (cell for cell in self.spoilt if cell.id in right):
            answer = right[cell.id]
            cell.require_allowed(answer)
            if cell.of == "finding":
                confirmed[cell.target] = replace(confirmed.get(cell.target, Confirmation()), answer=str(answer))
            elif cell.of == "itself":
                itself[cell.target] = answer
            elif cell.of == "missed":
                before = missed[cell.target]
                missed[cell.target] = replace(before, answers={**before.answers, cell.column: answer})
            else:
                answers.setdefault(cell.target, {})[cell.column] = answer
        left = tuple(cell for cell in self.spoilt if cell.id not in right)
        return replace(self, answers=answers, missing=tuple(missed.values()), confirmed=confirmed, spoilt=left, itself=itself)


class FormRecogniser:
    """A recogniser of forms by the codes of every wave and partner, the codes of rows, and the names."""

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
        answers, notices = self._lines(form, wave, whose)
        return answers, [], notices

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

    def _lines(self, form: ReturnedForm, wave: str, whose: Respondent) -> tuple[FormAnswers, list[Problem]]:
        """What each line answers and about whom. A line that cannot be about anybody, or two that differ, are set aside."""
        rater, who = whose.partner, in_words(self.roster.name(whose.partner), whose.role)
        answers: dict[str, Answers] = {}
        missing: list[Suggestion] = []
        spoilt: list[SpoiltCell] = []
        aside: list[Problem] = []
        notices: list[Problem] = []
        twice: set[str] = set()
        left = 0
        for line in form.lines:
            partner, wrong = self._partner(form, line)
            if wrong:
                aside.append(wrong)
            elif partner is None and line.code:
                words = f"{place(form.file, None, line.row)}: “{line.name}” is not among the partners any more and was left out."
                notices.append(Problem("gone", words, form.file, row=line.row))
            elif partner is None:
                missed = Suggestion(wave, rater, line.name[:2_000], line.note[:2_000], dict(line.answers), whose.role)
                missing.append(missed)
                spoilt += [replace(cell, of="missed", target=missed.id) for cell in line.spoilt]
            elif partner == rater and (line.answers or line.spoilt):
                aside.append(self._aside(form, line, "itself", f"{who} answers about itself"))
            elif not line.answers and not line.spoilt:
                left += 1
            elif partner in answers and answers[partner] != line.answers:
                aside.append(self._aside(form, line, "twice", f"there are two lines about {line.name} that differ"))
                twice.add(partner)
            else:
                answers[partner] = line.answers
                spoilt += [replace(cell, target=partner) for cell in line.spoilt]
        answers = {partner: answered for partner, answered in answers.items() if answered and partner not in twice}
        spoilt = [cell for cell in spoilt if cell.of != "partner" or cell.target not in twice]
        confirmed, wrong_cells = self._confirmed(form, whose, notices)
        spoilt += [*wrong_cells, *(cell for cell in form.spoilt if cell.of == "itself")]
        result = FormAnswers(
            form.file, wave, rater, answers, tuple(missing), confirmed, whose.role, tuple(spoilt), tuple(aside), form.itself
        )
        if not result.any:
            words = f"{form.file}: {who} has answered nothing yet; nothing is taken from it."
            notices.append(Problem("empty", words, form.file))
        elif left:
            empty = "1 line is empty and stays as it was" if left == 1 else f"{left} lines are empty and stay as they were"
            words = f"{form.file}: {who} answered about {len(answers)}; {empty}."
            notices.append(Problem("half_empty", words, form.file))
        several = self.roster.roles(wave, rater)
        if several and whose.role is None:
            words = (
                f"{form.file} was made for {who} as a whole, for which {' and '.join(several)} answer now. It counts as the "
                "answers of one person more."
            )
            notices.append(Problem("whole", words, form.file))
        return result, notices

    def _aside(self, form: ReturnedForm, line: FormLine, rule: str, why: str) -> Problem:
        """A line from which nothing is taken, and why."""
        words = (
            f"{place(form.file, None, line.row)}: {why}. Nothing is taken from that line; put it right in the file if it counts."
        )
        return Problem(rule, words, form.file, row=line.row)

    def _confirmed(
        self, form: ReturnedForm, whose: Respondent, notices: list[Problem]
    ) -> tuple[dict[str, Confirmation], list[SpoiltCell]]:
        """The answers to findings by their id, and the cells set aside; a finding that the partner is not asked about (any more)
        is left out, and said. Beside a cell that is set aside the answer given before stays."""
        of_findings = [cell for cell in form.spoilt if cell.of == "finding"]
        codes = {*form.confirmed, *(cell.target for cell in of_findings)}
        if not codes:
            return {}, []
        ids = {finding.code: finding.id for finding in asked_about(self.tables, self.programme.id, whose.partner)}
        if gone := codes - set(ids):
            words = f"{form.file}: {len(gone)} of its findings are not there any more, or do not name it; they were left out."
            notices.append(Problem("gone", words, form.file))
        before = given(self.tables, whose.partner, whose.role)
        confirmed = {ids[code]: answer for code, answer in form.confirmed.items() if code in ids}
        spoilt = [replace(cell, target=ids[cell.target]) for cell in of_findings if cell.target in ids]
        for cell in spoilt:
            was, now = before.get(cell.target, Confirmation()), confirmed.get(cell.target, Confirmation())
            confirmed[cell.target] = Confirmation(was.answer, now.comment or was.comment)
        return {finding: answer for finding, answer in confirmed.items() if answer.given}, spoilt

    def _partner(self, form: ReturnedForm, line: FormLine) -> tuple[str | None, Problem | None]:
        """Whom a line is about: by the row's code, else by name; a line of nobody, or a code beside another partner's name, is
        set aside."""
        named = self._names.get(line.name.casefold())
        if not line.name and not line.code:
            return None, self._aside(form, line, "no_partner", "answers, but no partner they are about")
        if line.code is None:
            return named, None
        coded = self._rows.get(line.code)
        if coded is not None and named is not None and named != coded:
            why = f"this line was made for {self.roster.label(coded)}, not for {line.name}"
            return None, self._aside(form, line, "moved", why)
        return coded, None
