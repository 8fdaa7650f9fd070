"""Names found in text, however they are spelled there: other case, accents, spaces, hyphens, inside a web address.

A name is its words. It is found where the same words follow one another, so that "Ada" is not found in "Canada" and
"Jane  DOE", "jane-doe" and "janedoe@example.org" are all Jane Doe. Longer names come before shorter ones.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from wtnet.tables.text import folded

_IGNORED = (
    "\u00ad\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\u20d0-\u20ff\ufe00-\ufe0f"
    "\ufe20-\ufe2f\ufeff"
)
"""Accents that stand alone, and marks that cannot be seen."""
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_IGNORED}])*")
_RUN = re.compile(r"[^\s<>\"(),;]+")
_ADDRESS = re.compile(r"://|@|\bwww\.", re.IGNORECASE)
_BARE = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2600-\u27bf\u3040-\u30ff\u3400-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\U0001f000-\U0003ffff]"
)
"""Letters of scripts that set no spaces between words, or attach endings to a name; pictures."""
_GAP = 3
"""So many characters at most between two words of a name."""
_SHORT = 3
"""A name of fewer letters is found only as it is written, since it may well be a word."""
_JOINED = 5
"""A name of so many letters is found in an address with its words run together too."""


@dataclass(frozen=True)
class _Name:
    words: tuple[str, ...]
    key: str | None
    exact: str | None


class NameFinder:
    """A finder of names in text. `names` are pairs of a spelling and a key; where the key is None, the name stands as it is,
    and a shorter one within it is not found. `exact` ones are found only in the same case: codes that may be words as well."""

    def __init__(self, names: Iterable[tuple[str, str | None]], exact: Iterable[tuple[str, str]] = ()) -> None:
        self._by_first: dict[str, list[_Name]] = {}
        self._joined: dict[str, dict[str, str]] = {}  # by their first letters
        self._bare: dict[str, list[tuple[str, str]]] = {}  # by their first sign: found wherever they stand
        for spelling, key in names:
            self._add(spelling, key, False)
        for spelling, key in exact:
            self._add(spelling, key, True)
        for same_start in self._by_first.values():
            same_start.sort(key=lambda name: -len(name.words))
        for bare in self._bare.values():
            bare.sort(key=lambda pair: -len(pair[0]))

    def _add(self, spelling: str, key: str | None, exact: bool) -> None:
        spelling = " ".join(spelling.split())
        words = tuple(_bare_word(word) for word in _WORD.findall(spelling))
        joined = "".join(words)
        if key is not None and len(spelling) > len(words) and _BARE.search(spelling):  # not a single letter
            self._bare.setdefault(spelling[0], []).append((spelling, key))
        if len(joined) < 2:
            return  # a single letter is nobody's name in a text
        as_written = spelling if exact or len(joined) < _SHORT else None
        self._by_first.setdefault(words[0], []).append(_Name(words, key, as_written))
        if key is not None and as_written is None and len(joined) >= _JOINED:
            self._joined.setdefault(joined[:_JOINED], {}).setdefault(joined, key)
            if len(words) > 1:
                self._by_first.setdefault(joined, []).append(_Name((joined,), key, None))

    def replaced(self, text: str, instead: Mapping[str, str]) -> str:
        """The text with `instead[key]` in the place of every name found; an address that holds one goes as a whole."""
        parts, at = [], 0
        for start, end, key in self._found(text):
            if start >= at:
                parts += [text[at:start], instead[key]]
                at = end
        return "".join([*parts, text[at:]]) if parts else text

    def within(self, text: str) -> bool:
        """Whether a name is found in the text."""
        return bool(self._found(text))

    def joined(self, address: str) -> str | None:
        """The key of a name in an address or a code, with its words apart or run together; None if there is none."""
        for _, _, key in self._found(address):
            return key
        letters = "".join(map(_bare_word, _WORD.findall(address)))
        for at in range(len(letters) - _JOINED + 1):
            for joined, key in self._joined.get(letters[at : at + _JOINED], {}).items():
                if letters.startswith(joined, at):
                    return key
        return None

    def _found(self, text: str) -> list[tuple[int, int, str]]:
        """Where names stand, from left to right: start, end (both of the whole address within one) and key."""
        places = list(self._as_words(text))
        if self._bare and not text.isascii():
            for at, sign in enumerate(text):
                places += [(at, at + len(name), key) for name, key in self._bare.get(sign, ()) if text.startswith(name, at)]
            places.sort(key=lambda place: (place[0], -place[1]))
        return places

    def _as_words(self, text: str) -> Iterator[tuple[int, int, str]]:
        ascii_ = text.isascii()
        if ascii_ and self._by_first.keys().isdisjoint(_WORD.findall(text.lower())):
            return
        places = list(_WORD.finditer(text))
        words = [place[0].lower() if ascii_ else _bare_word(place[0]) for place in places]
        if self._by_first.keys().isdisjoint(words):
            return
        links = [run.span() for run in _RUN.finditer(text) if _ADDRESS.search(text, *run.span())]
        starts = [start for start, _ in links]
        at = 0
        while at < len(words):
            name = self._name_at(text, places, words, at)
            if name is None:
                at += 1
                continue
            start, end = places[at].start(), places[at + len(name.words) - 1].end()
            at += len(name.words)
            if name.key is not None:
                link = links[bisect_right(starts, start) - 1] if links else (0, 0)
                yield *(link if link[0] <= start and end <= link[1] else (start, end)), name.key

    def _name_at(self, text: str, places: list[re.Match[str]], words: list[str], at: int) -> _Name | None:
        for name in self._by_first.get(words[at], ()):
            last = at + len(name.words)
            if tuple(words[at:last]) != name.words:
                continue
            if any(places[k + 1].start() - places[k].end() > _GAP for k in range(at, last - 1)):
                continue
            as_written = text[places[at].start() : places[last - 1].end()]
            if name.exact is None or " ".join(as_written.split()) == name.exact:
                return name
        return None


def _bare_word(word: str) -> str:
    """A word folded, without vowel marks set over or under a letter: a name is found without them too."""
    return "".join(letter for letter in folded(word) if unicodedata.category(letter) != "Mn")
