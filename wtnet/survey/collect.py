"""Many returned forms at once: each is recognised by its code, and together they are one proposal for a revision."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import polars as pl

from wtnet.errors import InvalidRequest, UnreadableFile
from wtnet.importing import Proposal
from wtnet.readers.core.archive import Archive
from wtnet.store import Programme, Revision, Store, differences
from wtnet.survey import about_itself, suggestions
from wtnet.survey.answers import added, given
from wtnet.survey.bundle import LIST
from wtnet.survey.confirming import answered
from wtnet.survey.overwritten import overwritten
from wtnet.survey.questionnaire import every_question
from wtnet.survey.questions import Answer
from wtnet.survey.recognise import FormAnswers, FormRecogniser
from wtnet.survey.returned_form import read_form
from wtnet.survey.spoilt import SpoiltCell
from wtnet.survey.suggestions import Suggestion
from wtnet.survey.waves import Wave, find, with_wave
from wtnet.tables import Problem, Tables
from wtnet.tables.respondents import Respondent, in_words
from wtnet.tables.text import file_name

File = tuple[str, bytes | None]
"""A file's name and content; null for one that is too large to be a form."""

MOST_FILES = 5_000
MOST_BYTES = 5_000_000
"""A form is some 20 KB; a larger workbook is not opened."""
_SILENT = {LIST.casefold(), "thumbs.db", "desktop.ini"}


@dataclass(frozen=True, eq=False)
class FormCollection:
    """What bringing back the files would change. A file with a problem is set aside whole, of a form a cell or a line (see
    `FormAnswers`); all else can be accepted. `waves` are those the forms may be of."""

    proposal: Proposal
    forms: tuple[FormAnswers, ...]
    problems: tuple[Problem, ...]
    notices: tuple[Problem, ...]
    waves: tuple[Wave, ...]

    @cached_property
    def overwritten(self) -> pl.DataFrame:
        """The answers given before that would be others (see `overwritten.overwritten`)."""
        return overwritten(self.proposal.before, self.proposal.tables)

    @property
    def missing(self) -> tuple[Suggestion, ...]:
        """All who were written down as missing, for the lead to decide on."""
        return tuple(suggestion for form in self.forms for suggestion in form.missing)

    @property
    def spoilt(self) -> tuple[SpoiltCell, ...]:
        """The cells that are set aside."""
        return tuple(cell for form in self.forms for cell in form.spoilt)

    @property
    def aside(self) -> tuple[str, ...]:
        """A sentence for each cell and each line that is set aside while the rest of its form is taken."""
        return tuple(sentence for form in self.forms for sentence in form.sentences)

    def put_right(self, right: Mapping[str, Answer]) -> FormCollection:
        """The same with answers in cells that were set aside, by their id (see `FormAnswers.put_right`)."""
        forms = tuple(form.put_right(right) for form in self.forms)
        return replace(self, proposal=_proposed(self.proposal.before, forms, self.waves), forms=forms)


def from_paths(paths: Sequence[str | Path]) -> list[File]:
    """Files and whole folders as name and content; hidden files are left out. What cannot be opened is an UnreadableFile."""
    files: list[File] = []
    for path in map(Path, paths):
        try:
            if not path.exists():
                raise UnreadableFile(f"There is no file or folder {path}. Check the name.")
            inside = sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else [path]
            for file in inside:
                if len(files) >= MOST_FILES:
                    raise UnreadableFile(f"{path} holds more than {MOST_FILES:,} files; give the folder of the forms alone.")
                if not file.name.startswith((".", "~$")):
                    large = file.stat().st_size > MOST_BYTES and file.suffix.lower() != ".zip"
                    files.append((file.name, None if large else file.read_bytes()))
        except OSError as error:
            raise UnreadableFile(f"{path} cannot be opened ({error.strerror}). Check that you may read it.") from error
    return files


def collect(
    programme: Programme,
    tables: Tables,
    files: Sequence[File],
    waves: tuple[Wave, ...],
    only: str | None = None,
) -> FormCollection:
    """Read returned forms (workbooks, or zips of them) and propose their answers beside what is stored.

    `waves` are those forms may be of, planned ones included; with `only`, forms of other waves are set aside. Answers go
    into that wave and under that rater, or that one of its people, alone; what a form leaves empty, and a cell that is set
    aside, stays as it was.
    """
    if not files:
        raise InvalidRequest("No file was chosen; choose the forms that came back, or a zip of them.")
    known = FormRecogniser(programme, tables, waves, only)
    problems: list[Problem] = []
    notices: list[Problem] = []
    forms: list[FormAnswers] = []
    asked = every_question(tables)
    for name, data in _unpacked(files, problems, notices):
        try:
            returned = read_form(name, data, asked)
        except UnreadableFile as error:
            problems.append(Problem("unreadable", str(error), name))
            continue
        form, faults, remarks = known.recognise(returned)
        problems += faults
        notices += remarks
        if form is not None and form.any:
            forms.append(form)
    once = tuple(_each_once(forms, known, problems, notices))
    return FormCollection(_proposed(tables, once, waves), once, tuple(problems), tuple(notices), waves)


def _proposed(tables: Tables, forms: Iterable[FormAnswers], waves: tuple[Wave, ...]) -> Proposal:
    """The tables with what the forms answer, beside those that are stored."""
    after = tables
    for form in forms:
        if form.answers or form.confirmed or form.itself:
            after = with_wave(after, find(form.wave, waves))
            after = added(after, form.wave, form.rater, form.answers, form.role) if form.answers else after
            after = answered(after, form.wave, form.rater, form.confirmed, form.role)
            after = about_itself.answered(after, form.wave, form.rater, form.itself, form.role)
    return Proposal(tables=after, changes=differences(tables, after), before=tables)


def accept(store: Store, programme: str, collected: FormCollection, base: int, author: str, reason: str = "") -> Revision | None:
    """Store the answers as one revision (null if nothing would change) and who was missed for the lead: both or neither."""
    why = reason or f"{len(collected.forms)} survey form{'' if len(collected.forms) == 1 else 's'} brought back"
    tables, also = collected.proposal.tables, suggestions.amendments(programme, collected.missing)
    revision = store.commit(programme, tables, base=base, author=author, reason=why, kind="survey", also=also)
    return revision if collected.proposal.any else None


def _unpacked(files: Sequence[File], problems: list[Problem], notices: list[Problem]) -> Iterator[tuple[str, bytes]]:
    """Every workbook among the files, those in zips too; anything else becomes a problem or a notice."""
    names: Counter[str] = Counter()
    for file, data in files:
        for name, content in _inside(file, data, problems):
            short = file_name(name)
            if short.casefold() in _SILENT or short.startswith((".", "~$")) or "__MACOSX" in name:
                continue
            if content is None or len(content) > MOST_BYTES:
                most = f"at most {MOST_BYTES / 1e6:.0f} MB"
                words = f"{name} is larger than a form ever is ({most}); it was not opened. Choose the form itself."
                problems.append(Problem("too_large", words, name))
            elif not content.startswith(b"PK"):
                words = f"{name} is no form: forms come back as the .xlsx files that were sent. It was left out."
                notices.append(Problem("not_a_form", words, name))
            else:
                names[name] += 1
                yield (name if names[name] == 1 else f"{name} ({names[name]})"), content


def _inside(file: str, data: bytes | None, problems: list[Problem]) -> Iterator[File]:
    """The file itself, or what a zip holds."""
    if data is None or not data.startswith(b"PK"):
        yield file, data
        return
    try:
        archive = Archive(file, data) if len(data) <= MOST_BYTES or file.lower().endswith(".zip") else None
        if archive is None or {"xl/workbook.xml", "content.xml"} & set(archive.parts):
            yield file, data
            return
        if "[Content_Types].xml" in archive.parts:  # a text document or slides
            yield file, b""
            return
        if len(archive.parts) > MOST_FILES:
            raise UnreadableFile(f"{file} holds more than {MOST_FILES:,} files; zip the forms alone.")
        for part, about in archive.parts.items():
            yield part, archive.read(part) if about.file_size <= MOST_BYTES else None
    except UnreadableFile as error:
        problems.append(Problem("unreadable", str(error), file))


def _says(form: FormAnswers) -> tuple[object, ...]:
    cells = [(cell.row, cell.heading, cell.text) for cell in form.spoilt]
    return form.answers, form.missing, form.confirmed, form.itself, cells, [problem.row for problem in form.aside]


def _each_once(
    forms: list[FormAnswers], known: FormRecogniser, problems: list[Problem], notices: list[Problem]
) -> Iterator[FormAnswers]:
    """The form of each who answers in a wave once: equal copies count once, forms that differ are set aside."""
    returned: dict[tuple[str, Respondent], list[FormAnswers]] = defaultdict(list)
    for form in forms:
        returned[form.wave, form.whose].append(form)
    for (wave, whose), copies in returned.items():
        first, *others = copies
        files = " and ".join(form.file for form in copies)
        times = "twice" if len(copies) == 2 else f"{len(copies)} times"
        name = in_words(known.roster.name(whose.partner), whose.role)
        who = f"{name} returned “{known.wave_names[wave]}” {times}"
        if any(_says(form) != _says(first) for form in others):
            words = f"{who} with different answers ({files}). All were set aside; bring back the one that counts."
            problems.append(Problem("returned_twice", words, first.file))
            continue
        if len(copies) > 1:
            notices.append(Problem("returned_twice", f"{who} ({files}); it counts once.", first.file))
        before = given(known.tables, wave, *whose)
        again = [
            partner
            for partner in first.answers
            if partner in before and {**before[partner], **first.answers[partner]} != before[partner]
        ]
        if again:
            words = f"{first.file}: {name} had answered before; {len(again)} of those answers would be replaced."
            notices.append(Problem("answered_before", words, first.file))
        yield first
