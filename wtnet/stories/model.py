"""What a story is: slides in order, each a view of the network with words beside it; to JSON and back."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from wtnet.errors import UnreadableFile
from wtnet.network import Scope
from wtnet.strength import Weights
from wtnet.tables.model import AUDIENCES, Audience
from wtnet.tables.text import megabytes, without_controls

FORMAT = "wtnet-story"
BESIDE = {
    "nothing": "Nothing: words alone",
    "kinds": "With how many of each kind",
    "strength": "How strong, wave by wave",
    "moved": "How many grew stronger",
    "answers": "Who told how strong",
    "sides": "What each side says",
    "came": "What came of it",
    "voices": "Findings by whose voice",
    "done": "What was done, by kind",
    "missing": "Which sectors are reached",
    "next": "What goes on afterwards",
}
"""What may stand beside the map, with the words for it."""
PARTS = ("who", "start", "now", "strength", "trust", "sides", "came", "found", "done", "missing", "next")
"""What a drafted slide tells, in order; a slide made by hand has none."""
MAX_BYTES = 4_000_000
"""The largest file that is read as a story."""
MOST_SLIDES, LONGEST_HEADING, LONGEST_TEXT = 60, 200, 4_000
_TURNS = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
"""Marks that turn the reading direction of what follows."""


@dataclass(frozen=True)
class Figure:
    """A figure (or a list of names) that stands in a generated sentence: which it is, what it is of, and how it was said."""

    name: str
    label: str
    said: str
    value: float | str | None = None


ALL = Scope()


@dataclass(frozen=True)
class SlideView:
    """What a slide looks at.

    scope: the partners and ties there are on the map; focus: the partners it is about (one: its own ties stand out;
    several: the ties among them; none: all ties); near: whether the map moves close to them; by_kind: whether
    partnerships have the colour and number of their kind, instead of that of their strength; beside: what stands
    beside it, one of `BESIDE`.
    """

    scope: Scope = ALL
    focus: tuple[str, ...] = ()
    near: bool = False
    beside: str = "nothing"
    by_kind: bool = False

    @property
    def circle(self) -> bool:
        """Whether the map shows a single partner in the middle of those it works with."""
        return self.near and len(self.focus) == 1


EVERYBODY = SlideView()


@dataclass(frozen=True)
class Slide:
    """One slide. `quote` is the id of a quote or None: its words are looked up when shown, for those who may read them.

    `part` is what it tells (of `PARTS`, "" by hand), `drafted` its text and `drafted_heading` its heading as they were generated,
    `figures` those in both.
    """

    heading: str
    text: str = ""
    view: SlideView = EVERYBODY
    quote: str | None = None
    notes: str = ""
    part: str = ""
    drafted: str = ""
    figures: tuple[Figure, ...] = ()
    drafted_heading: str = ""

    @property
    def edited(self) -> bool:
        """Whether its text is no longer the one that was drafted."""
        return bool(self.part) and self.text != self.drafted


@dataclass(frozen=True)
class Story:
    """Slides in order. `about` is "partner:ID", "pilot:ID" or "programme"; `audience` is for whom it was written.

    `scope` is what it tells: up to its wave (None: the current one) and of the partners and partnerships in it; of results only
    those of the `themes` (none means all).
    """

    id: str
    title: str
    slides: tuple[Slide, ...] = ()
    about: str = "programme"
    audience: Audience = "lead"
    made: str = field(default="", compare=False)
    scope: Scope = ALL
    themes: tuple[str, ...] = ()


def to_json(story: Story) -> dict[str, Any]:
    """The story as JSON can hold it; what is at its default is left out."""
    return {"format": FORMAT, "version": 1, **_lean(asdict(story))}


def to_text(story: Story) -> str:
    """The story as the text of a JSON file."""
    return json.dumps(to_json(story), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _lean(value: Any) -> Any:
    if isinstance(value, dict):
        lean = {name: _lean(inner) for name, inner in value.items()}
        return {
            name: inner for name, inner in lean.items() if inner is not None and inner is not False and inner not in ("", [], {})
        }
    return [_lean(inner) for inner in value] if isinstance(value, list | tuple) else value


def from_text(text: str | bytes, name: str = "The file") -> Story:
    """The story in a JSON file; anything else is an UnreadableFile."""
    if len(text) > MAX_BYTES:
        raise UnreadableFile(
            f"{name} has {megabytes(len(text), MAX_BYTES)}; a story has at most {MAX_BYTES / 1e6:.0f} MB. Choose another file."
        )
    try:
        stored = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(f"{name} is not a story: it is not JSON; choose a file that was saved from Present.") from error
    return from_json(stored, name)


def from_json(stored: Any, name: str = "The file") -> Story:
    """The story in what JSON held; anything else is an UnreadableFile that says what is wrong with it."""
    if not isinstance(stored, dict) or stored.get("format") != FORMAT:
        raise UnreadableFile(f"{name} is not a story; choose a file that was saved from Present.")
    slides = stored.get("slides", [])
    if not isinstance(slides, list) or len(slides) > MOST_SLIDES:
        raise UnreadableFile(f"{name} is not a story of at most {MOST_SLIDES} slides; choose another file.")
    audience = stored.get("audience", "lead")
    try:
        return Story(
            id=_text(stored, "id", 200) or "story",
            title=_text(stored, "title", LONGEST_HEADING) or "Story",
            slides=tuple(_slide(each) for each in slides),
            about=_text(stored, "about", 300) or "programme",
            audience=audience if audience in AUDIENCES else "lead",
            made=_text(stored, "made", 40),
            scope=_scope(stored.get("scope", {})),
            themes=_words(stored.get("themes", [])),
        )
    except (TypeError, ValueError, AttributeError, KeyError) as error:
        raise UnreadableFile(
            f"{name} is a story with a part that cannot be read ({error}); save it again from Present."
        ) from error


def _slide(stored: Mapping[str, Any]) -> Slide:
    view = stored.get("view", {})
    beside = view.get("beside", "nothing")
    figures = tuple(
        Figure(_text(each, "name", 200), _text(each, "label", 400), _text(each, "said", LONGEST_TEXT), _value(each.get("value")))
        for each in stored.get("figures", [])
    )
    part = _text(stored, "part", 20)
    return Slide(
        heading=_text(stored, "heading", LONGEST_HEADING),
        text=_text(stored, "text", LONGEST_TEXT),
        view=SlideView(
            _scope(view.get("scope", {})),
            _words(view.get("focus", [])),
            view.get("near") is True,
            beside if beside in BESIDE else "nothing",
            view.get("by_kind") is True,
        ),
        quote=_text(stored, "quote", 200) or None,
        notes=_text(stored, "notes", LONGEST_TEXT),
        part=part if part in PARTS else "",
        drafted=_text(stored, "drafted", LONGEST_TEXT),
        figures=figures,
        drafted_heading=_text(stored, "drafted_heading", LONGEST_HEADING),
    )


def _scope(stored: Mapping[str, Any]) -> Scope:
    known = {each.name for each in fields(Scope)}
    given: dict[str, Any] = {name: value for name, value in stored.items() if name in known}
    for name in ("kinds", "pilots", "hidden", "focus"):
        if name in given:
            given[name] = _words(given[name])
    if "weights" in given:
        given["weights"] = Weights(**{part: float(value) for part, value in given["weights"].items()})
    for name in ("wave", "pairing"):
        if given.get(name) is not None:
            given[name] = str(given[name])
    return Scope(**given)


def _words(values: Any) -> tuple[str, ...]:
    if not isinstance(values, list):
        raise TypeError("a list of ids was expected")
    return tuple(clean(each)[:200] for each in values[:500])


def _value(value: Any) -> float | str | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else clean(value) if value else None


def _text(stored: Mapping[str, Any], name: str, longest: int) -> str:
    return clean(stored.get(name) or "")[:longest]


def clean(text: object) -> str:
    """Text without control characters and marks that turn the reading direction of what follows; line breaks stay."""
    return _TURNS.sub("", without_controls(str(text).replace("\r\n", "\n").replace("\r", "\n"))).strip()
