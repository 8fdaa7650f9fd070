"""Formats that number their vertices from 1 and write their labels apart: Pajek and UCINET DL."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from wtnet.errors import UnreadableFile
from wtnet.readers.core.elements import Node
from wtnet.readers.core.grid import MAX_ROWS
from wtnet.readers.core.text import clean


def vertices(labels: Sequence[str | None], at: Sequence[int] | None = None) -> list[Node]:
    """A node for each label, in order; `at` are their lines.

    A number means something in its own file only, so a label that stands once is the node's id too, a repeated one
    becomes "label (number)", and a vertex without a label is called by its number.
    """
    names = [clean(label or "") or str(number) for number, label in enumerate(labels, 1)]
    often = Counter(names)
    lines = at or range(1, len(names) + 1)
    return [
        Node(name if often[name] == 1 else f"{name} ({number})", name, {}, line)
        for number, (name, line) in enumerate(zip(names, lines, strict=True), 1)
    ]


def size(file: str, line: int, text: str) -> int:
    """How many vertices a file says it has. Raises UnreadableFile for no number, none, or more than can be taken."""
    if not text.isascii() or not text.isdigit() or not int(text[:12]) > 0:
        raise UnreadableFile(f'{file}, line {line}: "{text[:40]}" is not a number of partners. Export the file again.')
    if int(text[:12]) > MAX_ROWS:
        raise UnreadableFile(f"{file}, line {line}: the file says it has {text[:20]} partners; at most {MAX_ROWS:,} can be read.")
    return int(text)


def value(file: str, line: int, text: str) -> float:
    """A number in a matrix or beside a tie. Raises UnreadableFile with the line if it is none."""
    try:
        return float(text)
    except ValueError:
        raise UnreadableFile(
            f'{file}, line {line}: "{text[:40]}" stands where a number is expected. Correct that line, or export the file again.'
        ) from None
