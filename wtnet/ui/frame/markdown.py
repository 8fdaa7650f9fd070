"""Words for the screen: those of `wtnet.sentences.format`, and a name from a stranger's file as it may stand inside Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable

from wtnet.sentences.format import a, count, figure, listed, said, share, short, verb

__all__ = ["a", "count", "figure", "listed", "plain", "said", "share", "short", "verb"]

_MARKUP = re.compile(r"([!-/:-@\[-`{-~])")


def plain(text: object) -> str:
    """Text from data as it may stand inside Markdown: every mark of punctuation escaped, one line."""
    return _MARKUP.sub(r"\\\1", " ".join(str(text).split()))


def points(sentences: Iterable[str]) -> str:
    """Sentences from data as one Markdown list."""
    return "\n".join(f"- {plain(one)}" for one in sentences)
