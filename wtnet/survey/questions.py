"""What a form asks about each partner, with the words of every scale, and how an answer is read back.

The scales are those of `tables.schema`. The words of the levels are those of the Levels of Collaboration Scale (Frey, Lohmeier,
Lee & Tollefson 2006), said of two. Trust and value ask for the six things that PARTNER asks for (Varda, Chandra, Stern & Lurie
2008), in plain words; contact and its words are ours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from wtnet.tables import own

Answer = int | str


@dataclass(frozen=True)
class Choice:
    """One answer: the `value` stored, its name, and a few words that explain it ("" where the name says it all)."""

    value: Answer
    name: str
    words: str = ""

    @property
    def label(self) -> str:
        """The choice as it stands in a drop-down: "3 Coordination: we share resources …"; numbered where the value is a
        number."""
        number = f"{self.value} " if isinstance(self.value, int) else ""
        return f"{number}{self.text}"

    @property
    def text(self) -> str:
        """Its name and the words that explain it."""
        return f"{self.name}{f': {self.words}' if self.words else ''}"


@dataclass(frozen=True)
class Question:
    """A question as it is asked: a short `title`, the question in full, and the choices (none: free text, or a number).

    `column` is that of the ratings, or the id of a question of the lead's own, whose answers are texts; `type` is the latter's
    (of `asking.QUESTION_TYPES`), "" for a standard one. `person` are the words for a respondent who is a person, if others.
    """

    column: str
    title: str
    ask: str
    choices: tuple[Choice, ...] = ()
    group: str = ""
    type: str = ""
    person: str = ""

    def words(self, partner: str = "each partner", is_person: bool = False) -> str:
        """The question in full about a partner, for a respondent who is a person or an organisation."""
        return (self.person if is_person and self.person else self.ask).replace("{partner}", partner)


SOURCE = (
    "The levels are those of the Levels of Collaboration Scale (Frey et al. 2006). Trust and value ask what PARTNER asks (Varda "
    "et al. 2008), in plain words."
)
"""Where the standard questions come from, as every form says."""
_LEVELS = (
    Choice(0, "None", "no interaction at all"),
    Choice(1, "Networking", "aware of each other; loosely defined roles; little communication; all decisions made independently"),
    Choice(
        2,
        "Cooperation",
        "provide information to each other; somewhat defined roles; formal communication; all decisions made independently",
    ),
    Choice(
        3, "Coordination", "share information and resources; defined roles; frequent communication; some shared decision making"
    ),
    Choice(
        4,
        "Coalition",
        "share ideas and resources; frequent and prioritised communication; all members have a vote in decision making",
    ),
    Choice(
        5,
        "Collaboration",
        "belong to one system; frequent communication, characterised by mutual trust; consensus is reached on all decisions",
    ),
)
_CONTACT = (
    Choice("never", "Never"),
    Choice("yearly", "About once a year"),
    Choice("quarterly", "About every three months"),
    Choice("monthly", "About once a month"),
    Choice("weekly", "About once a week"),
    Choice("daily", "Every day, or nearly"),
)
_MUCH = (Choice(1, "Not at all"), Choice(2, "A little"), Choice(3, "A fair amount"), Choice(4, "A great deal"))

QUESTIONS = (
    Question(
        "level",
        "How closely you work together",
        "How closely does your organisation work with {partner}?",
        _LEVELS,
        person="How closely do you work with {partner}?",
    ),
    Question(
        "contact",
        "How often you are in touch",
        "How often is your organisation in touch with {partner}?",
        _CONTACT,
        person="How often are you in touch with {partner}?",
    ),
    Question("reliability", "They do what they say", "They do what they say", _MUCH, "Trust"),
    Question("mission", "They share our aims", "They share our aims", _MUCH, "Trust", person="They share my aims"),
    Question("openness", "We can discuss things openly", "We can discuss things openly", _MUCH, "Trust"),
    Question("influence", "Their standing helps us", "Their standing helps us", _MUCH, "Value", person="Their standing helps me"),
    Question("involvement", "They take part", "They take part", _MUCH, "Value"),
    Question("resources", "They bring resources", "They bring resources: time, money, space or skills", _MUCH, "Value"),
    Question("comment", "Anything to add", "Anything to add, in your own words"),
)
COLUMNS = tuple(question.column for question in QUESTIONS)
BY_COLUMN = {question.column: question for question in QUESTIONS}
LONGEST_COMMENT = 20_000
_NUMBER = re.compile(r"^([+-]?\d+)(?:[.,]0+)?(?!\d|[.,]\d)")

CONSENT = (
    "Your answers are kept under your organisation’s name. The people who lead the programme see them, and the partner an "
    "answer is about may be shown it. Everyone else sees figures made from the answers of at least five organisations, and of a "
    "partnership that both sides rated one of three words: light, moderate or mixed, strong. Leave empty what you would rather "
    "not say. By giving your answers you agree to this; you can ask the lead to change or remove them at any time."
)
"""What is stored, who sees it and that it is voluntary: on every form, unless the lead has written other words."""


def consent_for(words: str, is_person: bool) -> str:
    """The words of consent as a person reads them, or an organisation."""
    return words.replace("your organisation’s name", "your name") if is_person else words


def heading(question: Question) -> str:
    """A question as the heading of a column: "Trust: they do what they say"."""
    title = question.title
    return f"{question.group}: {title[:1].lower()}{title[1:]}" if question.group else title


def parse_answer(question: Question, text: str | None) -> Answer | None:
    """The stored value of what somebody typed or chose; null for nothing. What fits no choice is a ValueError.

    Accepted are a choice's label, its number, its name or the stored word, whatever the capitals: "3 Coordination: …",
    "3", "3.0", "coordination", "weekly", "About once a week".
    """
    line = " ".join((text or "").split()).lstrip("'").strip()
    if not line:
        return None
    if question.type == "number":
        value = own.number(line)
        if value is None:
            raise ValueError("is no number")
        return f"{value:.12g}"
    if question.type == "several" and question.choices:
        chosen = {_parse_choice(question, part) for part in own.parts(line, "several")}
        return "; ".join(str(choice.value) for choice in question.choices if choice.value in chosen)
    if not question.choices:
        whole = (text or "").strip().lstrip("'")
        if len(whole) > LONGEST_COMMENT:
            raise ValueError(f"is longer than {LONGEST_COMMENT:,} letters")
        return whole
    return _parse_choice(question, line)


def _parse_choice(question: Question, line: str) -> Answer:
    folded = line.casefold().rstrip(".")
    for choice in question.choices:
        if folded in {choice.label.casefold(), choice.name.casefold(), str(choice.value).casefold()}:
            return choice.value
    if number := _NUMBER.match(line):
        rest = line[number.end() :].strip(" :.–-").casefold()
        for choice in question.choices:
            if int(number.group(1)) == choice.value and (not rest or rest.startswith(choice.name.casefold())):
                return choice.value
            if question.type == "scale" and not rest and number.group(1).lstrip("+") == choice.value:
                return choice.value
    raise ValueError(f"is not one of the choices ({', '.join(choice_text(choice) for choice in question.choices)})")


def choice_text(choice: Choice) -> str:
    """A choice in a word or two: "3 Coordination", "About once a week"."""
    return f"{choice.value} {choice.name}" if isinstance(choice.value, int) else choice.name


def answer_text(column: str, value: Answer | None) -> str:
    """A stored answer in words: "3 Coordination", "About once a week"; "" for none, and that to a question of the lead's own as
    it is."""
    choices = BY_COLUMN[column].choices if column in BY_COLUMN else ()
    chosen = next((choice for choice in choices if choice.value == value), None)
    return choice_text(chosen) if chosen else ("" if value is None else str(value))
