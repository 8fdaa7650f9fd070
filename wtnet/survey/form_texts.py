"""Every text of the form behind a personal link, by id: English ships, and the lead may bring in other languages.

A text may hold places in braces, which are filled in; a translation keeps them. It counts only while the English it was made from
is still the text that is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from wtnet.store import Store
from wtnet.survey.questionnaire import Questionnaire
from wtnet.survey.questions import SOURCE, Question, consent_for
from wtnet.tables.evidence import ANSWERS
from wtnet.tables.schema import KINDS

PLACE = re.compile(r"(\{[a-z]+\})")
"""What is filled in."""
_RIGHT_TO_LEFT = frozenset(("ar", "he", "fa", "ur", "ps", "yi", "dv", "sd", "ug", "ckb", "syr"))
ENGLISH = {
    "title.organisation": "How {name} works with others",
    "title.person": "How you work with others",
    "role": "You answer as {role}; the people who lead the programme see that.",
    "nobody": "Nobody is on your form yet: name below whom you work with.",
    "progress": "Saved so far: answers about {number} of {all} on your form.",
    "until": "You can come back with the same link and change your answers until {day}.",
    "how": "Answer what you can; nothing is required. What you choose is kept here as you go, and counts once you save it.",
    "source": SOURCE,
    "part": "Part {number} of {all}",
    "saved": "Saved.",
    "kept": "Kept from your last visit and not saved yet: {number}.",
    "save": "Save my answers",
    "go": "Save and go on",
    "back": "Save and go back",
    "larger": "Larger text",
    "who": "Who they are: kind and place",
    "not_there": "Not in the programme yet: the programme lead decides who is meant.",
    "before": "What you said in {wave}: {answers}.",
    "comment.more": "a comment",
    "missing": "Someone missing?",
    "choose": "Choose them and answer about them next",
    "choose.empty": "Choose partners",
    "write": "Not in the list? Write their names, one on each line, and answer about them next",
    "itself.person": "About you",
    "itself.organisation": "About {name}",
    "findings": "Findings that name you",
    "findings.how": "What the programme says came of the work. Do you agree? The lead sees your answer and decides what follows.",
    "findings.words": "In your own words, if you like",
    "thanks": "Thank you, your answers are saved.",
    "close": "You can close this page.",
    "left": "Not answered: {names}. That is fine.",
    "again": "Look at my answers again",
    **{f"agree.{word}": label for word, label in ANSWERS.items()},
    **{f"kind.{kind}": label for kind, label in KINDS.items()},
}


@dataclass(frozen=True)
class Language:
    """A language of the form: its code as in the attribute `lang`, its name, and by id (the English it was made from, text)."""

    code: str
    name: str
    texts: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def is_right_to_left(self) -> bool:
        """Whether it is written from right to left."""
        return self.code.partition("-")[0].lower() in _RIGHT_TO_LEFT

    def text(self, id: str, english: str) -> str | None:
        """The translation of a text; null where there is none, or it was made from other English."""
        of, text = self.texts.get(id, ("", ""))
        return text if text and of == english else None


def of_questions(questions: Iterable[Question]) -> dict[str, str]:
    """The texts of questions: each in full, its group, its choices."""
    texts: dict[str, str] = {}
    for question in questions:
        texts[f"ask.{question.column}"] = question.ask
        if question.person:
            texts[f"ask.{question.column}.person"] = question.person
        if question.group:
            texts[f"group.{question.group}"] = question.group
        texts |= {choice_id(question, str(choice.value)): choice.text for choice in question.choices}
    return texts


def choice_id(question: Question, value: str) -> str:
    """The id of the text of a choice; the six scales of trust and value share theirs."""
    return f"much.{value}" if question.group and not question.type else f"choice.{question.column}.{value}"


def every(questions: Questionnaire, consent: str) -> dict[str, str]:
    """Every text of the form of a programme in English, by id."""
    words = {"consent": consent, "consent.person": consent_for(consent, True)}
    return {**ENGLISH, **words, **of_questions((*questions.partner, *questions.itself))}


def languages(store: Store, programme: str) -> tuple[Language, ...]:
    """The languages brought in for a programme, by name."""
    kept: dict[str, Any] = store.settings(_name(programme)).get(_name(programme)) or {}
    made = [
        Language(code, each["name"], {id: (of, text) for id, (of, text) in each["texts"].items()}) for code, each in kept.items()
    ]
    return tuple(sorted(made, key=lambda language: language.name.casefold()))


def keep(store: Store, programme: str, languages: Iterable[Language]) -> None:
    """Keep these languages with the programme, and no others."""
    kept = {each.code: {"name": each.name, "texts": {id: list(pair) for id, pair in each.texts.items()}} for each in languages}
    store.remember(_name(programme), kept or None)


def _name(programme: str) -> str:
    return f"survey-words:{quote(programme, safe='')}"
