"""What the values of a sheet leave out: how a number is shown, formulas without a stored value, errors, what is hidden or merged.

Read from the sheet's own XML (`states_xlsx`, `states_ods`), and only where something in it asks for that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

FURTHEST_REPEAT = 10_000
"""The most rows, and the most columns, for which a repeated cell's state is kept."""
NO_VALUE = "no stored value"
"""The kind of error of a formula that no spreadsheet program has worked out yet."""
REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


@dataclass
class CellStates:
    """States of cells by (row, column of the sheet from 0): `texts` as shown beside the number stored; `errors` with what the
    cell shows.

    `first` is the first column with a value, `hidden_rows` are numbered as the sheet does, `merged` are ranges such as A2:A3.
    """

    texts: dict[tuple[int, int], tuple[float, str]] = field(default_factory=dict)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[str] = field(default_factory=list)
    first: int = 0


@dataclass(frozen=True)
class Area:
    """A range of cells: rows numbered as the sheet does, columns from 0."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


def area(name: str) -> Area | None:
    """The range a reference such as A2:A3 names; null where it names none."""
    ends = [REFERENCE.fullmatch(end) for end in name.split(":")]
    if len(ends) != 2 or not ends[0] or not ends[1]:
        return None
    (column, row), (last_column, last_row) = ends[0].groups(), ends[1].groups()
    return Area(int(row), column_at(column), int(last_row), column_at(last_column))


def whole(text: str | None, otherwise: int) -> int:
    return int(text[:7]) if text and text.isascii() and text.isdigit() else otherwise


def number_in(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def column_at(name: str) -> int:
    """The position of a column from 0 by its letters: A is 0, AA is 26."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number - 1


def letters(column: int) -> str:
    """The letters of a column by its position from 0."""
    name, rest = "", column + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        name = chr(65 + digit) + name
    return name
