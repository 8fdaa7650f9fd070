"""A message for each who has not finished: the lead's words, with the link or the form, and what is still missing.

Nothing is sent from here: the messages are a file for mail merge, or open one by one in the lead's own mail program.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

import polars as pl

from wtnet.errors import InvalidRequest
from wtnet.store import Programme, Store
from wtnet.survey.bundle import file_names
from wtnet.survey.links import PersonalLink
from wtnet.survey.progress import RespondentProgress
from wtnet.survey.roster import Roster
from wtnet.survey.waves import Wave
from wtnet.tables import Tables, own
from wtnet.tables.respondents import Respondent, in_words
from wtnet.tables.text import count

PLACES = ("name", "programme", "wave", "missing", "link", "until")
"""What words may hold in braces."""
LONGEST = 4_000
NAMED = 5
"""So many partners are named as not answered about yet; more are counted."""
_BRACES = re.compile(r"\{([^{}]*)\}")
_ADDRESS = re.compile(r"[^\s@,;:<>\"()\[\]\\]+@[^\s@,;:<>\"()\[\]\\]+\.[^\s@,;:<>\"()\[\]\\]+")
_FIELD = re.compile(r"(contact )?e ?mail( address)?|mail")


@dataclass(frozen=True)
class MessageWords:
    """Subject and text of a reminder, with places in braces (see `PLACES`) that are filled in for each respondent."""

    subject: str = "{wave}: your answers for {programme}"
    text: str = (
        "Dear {name},\n\nWe asked you how you work with others in {programme} ({wave}). {missing}\n\n{link}\n\n"
        "Nobody has to answer everything.{until} Thank you."
    )


@dataclass(frozen=True)
class Message:
    """A reminder to one respondent; `to` is an address the lead keeps with the partner ("": none), `link` the personal link if it
    was made in this window."""

    whose: Respondent
    name: str
    to: str
    subject: str
    text: str
    missing: str
    link: str
    until: date | None
    form: str

    @property
    def mailto(self) -> str:
        """What opens the message in a mail program."""
        body = quote(self.text.replace("\n", "\r\n"), safe="")
        return f"mailto:{quote(self.to, safe='@')}?subject={quote(self.subject, safe='')}&body={body}"


def words(store: Store, programme: str) -> MessageWords:
    """The words of reminders of a programme: those the lead wrote, else ours."""
    kept = store.settings(_name(programme)).get(_name(programme))
    return MessageWords(kept["subject"], kept["text"]) if kept else MessageWords()


def keep_words(store: Store, programme: str, words: MessageWords) -> None:
    """Keep the lead's words with the programme; empty ones, or ours, bring ours back. A place in braces that is none of `PLACES`,
    or far too much text, is an InvalidRequest."""
    for place in _BRACES.findall(words.subject + words.text):
        if place not in PLACES:
            known = ", ".join(f"{{{name}}}" for name in PLACES)
            raise InvalidRequest(f"“{{{place}}}” is filled in by nothing; use {known}, or take the braces away.")
    if len(words.subject) + len(words.text) > LONGEST:
        raise InvalidRequest(f"A reminder has at most {LONGEST:,} letters; shorten it.")
    ours = words == MessageWords() or not words.text.strip()
    store.remember(_name(programme), None if ours else {"subject": " ".join(words.subject.split()), "text": words.text.strip()})


def messages(
    programme: Programme,
    wave: Wave,
    tables: Tables,
    roster: Roster,
    people: Iterable[RespondentProgress],
    links: Iterable[PersonalLink],
    shown: Mapping[Respondent, str],
    words: MessageWords,
) -> tuple[Message, ...]:
    """A reminder for each of these people who has not finished; `shown` are the links made just now: none is read again."""
    open_links = {link.whose: link.until for link in links if link.wave == wave.id and link.open_on(date.today())}
    addresses = _addresses(tables)
    files = file_names(programme, roster, wave, roster.respondents(wave.id, roster.partners))
    result = []
    for person in people:
        if person.finished:
            continue
        whose, until = person.whose, open_links.get(person.whose)
        link = shown.get(whose, "") if until else ""
        name = in_words(roster.name(whose.partner), whose.role)
        missing = what_is_missing(person, roster)
        filled = {
            "name": name,
            "programme": programme.name,
            "wave": wave.name,
            "missing": missing,
            "link": _way(person, link, until),
            "until": f" You can answer until {until.day} {until:%B %Y}." if until else "",
        }
        subject, text = _filled(words.subject, filled), _filled(words.text, filled)
        to = addresses.get(whose.partner, "")
        result.append(
            Message(whose, name, to, " ".join(subject.split()), text.strip(), missing, link, until, files.get(whose, ""))
        )
    return tuple(result)


def what_is_missing(person: RespondentProgress, roster: Roster) -> str:
    """What a respondent has not answered yet, in a sentence, with names of partners on its own form."""
    if not person.asked_about:
        return "You have not told us yet whom you work with."
    if not person.answered_about:
        return f"You have not answered yet; your form asks about {count(person.asked_about, 'partner')}."
    if not person.unanswered:
        return "You have answered about everybody on your form, and can look at it again."
    names = [roster.name(partner) for partner in person.unanswered[:NAMED]]
    rest = len(person.unanswered) - len(names)
    more = f" and {rest} more" if rest else ""
    return f"You have answered about {person.answered_about} of {person.asked_about}, not yet about {', '.join(names)}{more}."


def frame(messages: Iterable[Message]) -> pl.DataFrame:
    """One row a message, for mail merge."""
    columns = ("name", "e-mail", "subject", "message", "missing", "link", "open until", "form")
    rows = [
        (each.name, each.to or None, each.subject, each.text, each.missing, each.link or None, each.until, each.form or None)
        for each in messages
    ]
    types = (*[pl.String] * 6, pl.Date, pl.String)
    return pl.DataFrame(rows, schema=dict(zip(columns, types, strict=True)), orient="row")


def _way(person: RespondentProgress, link: str, until: date | None) -> str:
    """How to answer: the link itself, the link the person has, or its form."""
    if link:
        return f"Your personal link: {link}"
    if until:
        return "Your personal link is the one we sent you before."
    return "Please fill in the form we sent you, and send it back." if person.sent == "form" else "We will send you your form."


def _addresses(tables: Tables) -> dict[str, str]:
    """E-mail addresses the lead keeps with partners in a field of her own that is called so, by partner."""
    fields = own.of_table(tables, "organisations")
    names = [
        field for field, row in fields.items() if _FIELD.fullmatch(re.sub(r"[\W_]+", " ", str(row["label"])).strip().lower())
    ]
    kept: dict[str, str] = {}
    for field in names:
        for partner, text in zip(tables.organisations["id"], own.values(tables.organisations, field), strict=True):
            if text and _ADDRESS.fullmatch(text.strip()):
                kept.setdefault(partner, text.strip())
    return kept


def _filled(text: str, filled: Mapping[str, str]) -> str:
    return _BRACES.sub(lambda place: filled.get(place[1], place[0]), text)


def _name(programme: str) -> str:
    return f"survey-message:{quote(programme, safe='')}"
