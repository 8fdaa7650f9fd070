"""A sentence as a template with its figures: its words and what is remembered of it are two readings of one value."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from wtnet.sentences.format import count, cut, listed, with_article
from wtnet.stories.model import Figure


@dataclass(frozen=True)
class Sentence:
    """Words with figures in them: a `template` with a name in braces for each of its `values`.

    Values are text from the data, figures, or further sentences; they are never read as templates themselves. A value may be
    left out of the template: its figures then belong to the sentence without standing in it.
    """

    template: str
    values: Mapping[str, str | Figure | Sentence] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The words with every value in its place."""
        return self.template.format(**{name: _text(value) for name, value in self.values.items()})

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Its figures in the order of the values, each name once."""
        figures: dict[str, Figure] = {}
        for value in self.values.values():
            more = value.figures if isinstance(value, Sentence) else (value,) if isinstance(value, Figure) else ()
            figures.update({figure.name: figure for figure in more})
        return tuple(figures.values())


def _text(value: str | Figure | Sentence) -> str:
    return value if isinstance(value, str) else value.said if isinstance(value, Figure) else value.text


def say(template: str, **values: str | Figure | Sentence) -> Sentence:
    """A sentence from its template and what stands in it."""
    return Sentence(template, values)


def enumerate_values(values: Sequence[str | Figure | Sentence], join: Callable[[list[str]], str] = listed) -> Sentence:
    """Values one after another, as `join` puts them together: "A, B and C"."""
    names = [f"part{at}" for at in range(len(values))]
    return Sentence(join([f"{{{name}}}" for name in names]), dict(zip(names, values, strict=True)))


def join(*sentences: Sentence) -> Sentence:
    """Sentences one after another, without those that say nothing."""
    there = [sentence for sentence in sentences if sentence.text]
    silent = [sentence for sentence in sentences if not sentence.text]
    names = [f"part{at}" for at in range(len(there))]
    values = dict(zip(names, there, strict=True)) | {f"silent{at}": each for at, each in enumerate(silent)}
    return Sentence(" ".join(f"{{{name}}}" for name in names), values)


def number(name: str, label: str, value: int, noun: str | None = None) -> Figure:
    """A whole number as a figure, with its noun if one is given."""
    return Figure(name, label, count(value, noun) if noun else f"{value:,}", value)


def words(name: str, label: str, said: str, value: float | str | None = None) -> Figure:
    """A figure in words of its own, which are its value unless another is given."""
    return Figure(name, label, said, said if value is None else value)


def as_sentence(text: str) -> str:
    """A text on one line, cut, and ended as a sentence is."""
    sentence = cut(" ".join(text.split()), 240)
    return sentence if sentence.endswith((".", "!", "?", "…")) else f"{sentence}."


def article(nouns: Sequence[str]) -> str:
    """The article before the first of some nouns: "a" or "an"."""
    return with_article(nouns[0]).partition(" ")[0]


def with_capital(text: str) -> str:
    """The first letter large, the rest as it is."""
    return text[:1].upper() + text[1:]


def without_capital(text: str) -> str:
    """The first word small, unless it is a name or an abbreviation by its look."""
    return text if len(text) < 2 or text[1].isupper() else text[0].lower() + text[1:]
