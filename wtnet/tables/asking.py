"""What a survey asks beside the standard questions, and what partners answer about themselves.

Answers about another partner are own fields of the rating (`tables.own`): they stand with what else was said of that partner.
"""

from __future__ import annotations

from wtnet.tables.columns import Table, code, key, once, ref, text, word, yes_no

ABOUT = {"partner": "Each partner on the form", "organisation": "The own organisation"}
QUESTION_TYPES = {
    "scale": "A scale of 1 to 5",
    "yes_no": "Yes or no",
    "choice": "One of several",
    "several": "Any of several",
    "number": "A number",
    "text": "In their own words",
}


class Questions(Table):
    """A question of your own in the survey, or a standard one that is switched off."""

    id = key("Its name in small letters, or the column of a standard question (level, contact, reliability …)", "equal_voice")
    wording = text("The question in full, as organisations read it", "Do you feel you have an equal voice?", 2_000)
    person_wording = text("The question as a person is asked, such as a freelancer; empty means the same words", "", 2_000)
    about = word(ABOUT, "About each partner, or about the own organisation; empty means the own organisation", "organisation")
    type = word(QUESTION_TYPES, "How it is answered; empty means in their own words", "yes_no")
    choices = text("The choices, or the words at the two ends of a scale, separated by semicolons", "never; always", 2_000)
    asked = yes_no("Is it asked? Empty means yes", "yes")
    indicator = ref("indicators", "The indicator that answers about the own organisation feed", "equal-voice")
    source = text("Where its words come from, if they are published", "", 2_000)


class Answers(Table):
    """What an organisation, or one of its people, answered to a question about itself in a wave."""

    wave = code("The wave", "baseline", references="waves", key=True)
    organisation = code("Who answers", "harbour-arts", references="organisations", key=True)
    respondent_role = text(
        "Which of its people, by role, never by name; empty where one answers for all", "Director", 200, key=True
    )
    question = code("The question", "equal_voice", references="questions", key=True)
    value = text("What was answered", "yes")
    one_row = once("wave", "organisation", "respondent_role", "question")
