"""Words for whom a quote is from that look like a person's name: asked about before they are kept."""

from __future__ import annotations

import re
from collections.abc import Sequence

from wtnet.importing.cures import Cause, Cure
from wtnet.tables import Problem, Raw, Tables
from wtnet.tables.model import ROW, place
from wtnet.tables.text import name_key, normal

RULE = "person_name"
_COLUMNS = {"quotes": "attribution", "findings": "confirmed_by"}
_TITLE = re.compile(
    r"(?:mr|mrs|ms|miss|mx|dr|prof|sir|rev|frau|herr|mme|m\.|madame|monsieur|sra?|don|doña)\.?\s+[A-ZÀ-Þ]", re.IGNORECASE
)
_AGE = re.compile(r"[ ,(]{0,3}(?:aged? ?)?\d{1,3}\)?$|[ ,(]{1,3}aged?\b.*$", re.IGNORECASE)
_WORD = re.compile(r"[A-ZÀ-Þ][\w'’-]+|[A-ZÀ-Þ]\.?")
_ROLES = {
    "participant", "participants", "partner", "partners", "officer", "manager", "director", "curator", "nurse", "doctor", "gp",
    "volunteer", "volunteers", "artist", "freelancer", "freelancers", "practitioner", "lead", "leader", "coordinator", "link",
    "worker", "carer", "carers", "patient", "patients", "member", "members", "visitor", "staff", "team", "museum", "gallery",
    "health", "community", "arts", "trust", "council", "hospital", "surgery", "school", "university", "group", "service",
    "services", "project", "programme", "program", "facilitator", "teacher", "student", "parent", "mother", "father", "daughter",
    "son", "resident", "learner", "client", "user", "producer", "evaluator", "commissioner", "funder", "trustee", "chair",
    "chief", "executive", "head", "senior", "creative", "social", "prescriber", "prescribing", "occupational", "therapist",
    "anonymous", "workshop", "session", "survey", "respondent", "interviewee", "focus", "feedback", "attendee", "family",
    "teilnehmerin", "teilnehmer", "participante", "usager", "bénévole", "leiterin", "leiter", "practice", "ward", "care", "home",
    "the", "of", "from", "and", "a", "an", "our", "young", "older", "person", "woman", "man", "people", "choir", "library",
}  # fmt: skip


def looks_like_a_person(text: str) -> bool:
    """True for what reads as the name of a person: a title and a name, two or three names, or one with an age."""
    text = " ".join(text.split())
    if not text or len(text) > 60:
        return False
    if _TITLE.match(text):
        return True
    bare = _AGE.sub("", text).strip(" ,")
    words = re.split(r"[\s,]+", bare.split(" (")[0].split(",")[0])
    names = all(_WORD.fullmatch(word) for word in words) and not any(normal(word) in _ROLES for word in words)
    if bare.isupper() and len(words) == 1:
        return False
    return names and (1 < len(words) <= 3 or (len(words) == 1 and bare != text and "," in text + ","))


def causes(raw: Raw, tables: Tables, settled: Sequence[Cure] = ()) -> list[Cause]:
    """A cause for each column of such words in which some look like a person's name and nobody has said what to do."""
    partners = {name_key(str(name)) for table in ("organisations", "pilots") for name in tables[table]["name"]}
    unsettled = []
    for table in raw.tables:
        column = _COLUMNS.get(table.name)
        heading = next((name for name in table.frame.columns if name != ROW and normal(name) == column), None)
        if column is None or heading is None:
            continue
        rows = [
            (line, text.strip())
            for line, text in table.frame.select(ROW, heading).iter_rows()
            if text and looks_like_a_person(text) and name_key(text) not in partners
        ]
        answers = [cure for cure in settled if (cure.rule, cure.file, cure.sheet) == (RULE, table.file, table.sheet)]
        kept = {row for cure in answers for row in cure.rows}
        rows = [(line, text) for line, text in rows if line not in kept]
        if rows:
            unsettled.append(_cause(table.file, table.sheet, column, rows))
    return unsettled


def _cause(file: str, sheet: str | None, column: str, rows: Sequence[tuple[int, str]]) -> Cause:
    texts = list(dict.fromkeys(text for _, text in rows))
    verb = "looks like a person's name" if len(texts) == 1 else "look like people's names"
    words = f"{', '.join(f'“{text}”' for text in texts[:5])} {verb}. Write a role instead, unless they agreed to be named."
    words = f"{place(file, sheet, rows[0][0], column)}: {words}"
    problem = Problem(RULE, words, file, sheet, rows[0][0], column, texts[0])
    lines = tuple(line for line, _ in rows)

    def cure(**more: object) -> Cure:
        return Cure(file=file, sheet=sheet, column=column, rule=RULE, rows=lines, **more)  # type: ignore[arg-type]

    role = [cure(do="take", to="Participant", name="Participant")] if column == "attribution" else []
    return Cause((problem,), (*role, cure(do="empty"), cure(do="keep")))
