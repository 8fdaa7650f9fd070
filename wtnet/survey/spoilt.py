"""Cells of a returned form that hold no answer their question allows: each is set aside alone, named, and can be put right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from wtnet.errors import InvalidRequest
from wtnet.survey.questions import LONGEST_COMMENT, Answer, Choice, choice_text
from wtnet.tables import own
from wtnet.tables.model import place

SHOWN = 60
"""So many letters of what stands in the cell are said."""


@dataclass(frozen=True)
class SpoiltCell:
    """A cell without a usable answer: where it is (`row` and `heading` as on the form), whom or what its line is `about`, in the
    form's words, the `text` that stands there, and the `choices` allowed (none: any words).

    `column` is what it would answer. `target` is the id of what it answers about: a partner, a name that was written down as
    missing, a finding, or of the question about itself (`of` says which); "" until the form is recognised. `type` is that of a
    question of the lead's own.
    """

    file: str
    sheet: str
    row: int
    column: str
    heading: str
    about: str
    text: str
    fault: str
    choices: tuple[Choice, ...] = ()
    of: Literal["partner", "missed", "finding", "itself"] = "partner"
    target: str = ""
    type: str = ""

    @property
    def id(self) -> str:
        """The same for the same cell with the same text in it."""
        return "\n".join((self.file, self.sheet, str(self.row), self.heading, self.text))

    @property
    def sentence(self) -> str:
        """Where, what stands there, what is allowed, and that the rest is taken."""
        where = place(self.file, self.sheet, self.row, self.heading)
        return f"{where}: {self.fault}. Only this cell is set aside; choose an answer that is allowed, or leave it out."

    @property
    def allowed(self) -> tuple[str, ...]:
        """The answers that are allowed, in words."""
        return tuple(choice_text(choice) for choice in self.choices)

    def require_allowed(self, answer: Answer) -> None:
        """Refuse (InvalidRequest) an answer that the question does not allow."""
        if self.choices and answer not in [choice.value for choice in self.choices]:
            raise InvalidRequest(f"“{answer}” is not allowed in “{self.heading}”; choose one of {', '.join(self.allowed)}.")
        if self.type == "number" and own.number(str(answer)) is None:
            raise InvalidRequest(f"“{answer}” is no number, as “{self.heading}” needs; write one, or leave the cell out.")
        if isinstance(answer, str) and len(answer) > LONGEST_COMMENT:
            raise InvalidRequest(f"“{self.heading}” holds at most {LONGEST_COMMENT:,} letters; shorten the text.")
