"""The form in large print and short plain words: the same questions, choices and cells, so that it comes back as any other.

Type is at least 16 pt, as the clear print guidelines of the RNIB ask of large print. The names and numbers of the levels stay, so
that an answer is the same on every form; the words that explain them are short. Words of consent that the lead wrote stay hers.
"""

from __future__ import annotations

from dataclasses import replace

from wtnet.survey.questionnaire import Questionnaire
from wtnet.survey.questions import CONSENT, Question

POINTS = 16
"""The size of type, in points."""
WIDER = 1.5
"""How many times as wide and high as on the ordinary form columns and rows are."""
HOW = (
    "There is one line for each partner. Click on a white box. Choose an answer from the list. You can leave a box empty. Save "
    "the file. Send the file back to us."
)
_LEVELS = {
    0: "we have no contact",
    1: "we know about each other",
    2: "we tell each other things, and each decides alone",
    3: "we share some things, and decide some things together",
    4: "we share ideas, and everyone has a vote",
    5: "we work as one team, and all agree before we decide",
}
_CONSENT = (
    "We keep your answers under the name of your organisation. The people who lead the programme see your answers. They may show "
    "an answer to the partner it is about. All other people see only two things: numbers made from the answers of five or more "
    "organisations, and one of three words about two partners who both answered: light, moderate or mixed, strong. You do not "
    "have to answer. If you send us answers, you agree to this. You can ask us to change or remove your answers at any time."
)


def easy(questions: Questionnaire) -> Questionnaire:
    """The same questions with short words beside each level."""
    return replace(questions, partner=tuple(_easy(question) for question in questions.partner))


def easy_consent(consent: str, is_person: bool) -> str:
    """The words of consent, for a person or an organisation: ours in short sentences, the lead's own as they are."""
    if consent != CONSENT:
        return consent
    return _CONSENT.replace("the name of your organisation", "your name") if is_person else _CONSENT


def _easy(question: Question) -> Question:
    if question.column != "level" or question.type:
        return question
    return replace(question, choices=tuple(replace(choice, words=_LEVELS[int(choice.value)]) for choice in question.choices))
