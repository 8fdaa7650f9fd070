"""Words for the screen: those of `wtnet.sentences.format`, and a name from a stranger's file as it may stand inside Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable

from wtnet.sentences.format import count, counted, cut, figure, how_many, listed, result_text, share, verb, with_article

__all__ = ["count", "counted", "cut", "figure", "how_many", "listed", "plain", "result_text", "share", "verb", "with_article"]

_MARKUP = re.compile(r"([!-/:-@\[-`{-~])")
_IN_LABELS = re.compile(r"([\\`*_\[\]<>$:~|#])")


def plain(text: object) -> str:
    """Text from data as it may stand inside Markdown: every mark of punctuation escaped, one line."""
    return _MARKUP.sub(r"\\\1", " ".join(str(text).split()))


def readable(text: object) -> str:
    """Text from data as the label of a control, which is read aloud as it is written: no more escaped than must be."""
    return _IN_LABELS.sub(r"\\\1", " ".join(str(text).split()))


def points(sentences: Iterable[str]) -> str:
    """Sentences from data as one Markdown list."""
    return "\n".join(f"- {plain(sentence)}" for sentence in sentences)
