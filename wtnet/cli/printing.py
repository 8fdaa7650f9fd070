"""How a result is printed: JSON, CSV, or an aligned table."""

from __future__ import annotations

import csv
import json
import math
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import numpy as np
import polars as pl

UNKNOWN = "–"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def plain(value: Any) -> Any:
    """A value JSON can hold: null for unknown (never NaN), dates in ISO form, frames as lists of objects."""
    if isinstance(value, pl.DataFrame):
        return [plain(row) for row in value.iter_rows(named=True)]
    if isinstance(value, pl.Series | np.ndarray):
        return [plain(item) for item in (value.tolist() if isinstance(value, np.ndarray) else value)]
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {_key(key): plain(item) for key, item in value.items()}
    if isinstance(value, Sequence | set | frozenset) and not isinstance(value, str | bytes):
        return [plain(item) for item in value]
    return value


def _key(key: Any) -> str:
    return " / ".join(str(part) for part in key) if isinstance(key, tuple) else str(key)


def as_json(value: Any) -> None:
    """Print as JSON."""
    print(json.dumps(plain(value), ensure_ascii=False, allow_nan=False, indent=2))


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Print as CSV: an unknown cell is empty, and text a spreadsheet would take for a formula begins with an apostrophe."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow([_safe(name) for name in columns])
    for row in rows:
        writer.writerow([_safe(plain(cell)) for cell in row])


def _safe(cell: Any) -> Any:
    if isinstance(cell, dict | list):
        return json.dumps(cell, ensure_ascii=False)
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def as_table(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Print aligned: numbers to the right with at most three decimals, unknown as a dash."""
    cells = [list(row) for row in rows]
    words = [[_word(cell) for cell in row] for row in cells]
    right = [any(_is_number(row[at]) for row in cells) for at in range(len(columns))]
    widths = [max([_width(name), *(_width(row[at]) for row in words)]) for at, name in enumerate(columns)]
    for row in [list(columns), ["─" * width for width in widths], *words]:
        parts = [
            " " * (width - _width(cell)) + cell if to_right else cell + " " * (width - _width(cell))
            for cell, width, to_right in zip(row, widths, right, strict=True)
        ]
        print("  ".join(parts).rstrip())


def nested(value: Any) -> None:
    """Print a list of objects, or an object of values or of objects, as a table of its own."""
    value = plain(value)
    if isinstance(value, dict) and value and all(isinstance(item, dict) for item in value.values()):
        value = [{"": name, **item} for name, item in value.items()]
    if isinstance(value, dict):
        as_table(("", "value"), value.items())
    elif value and all(isinstance(item, dict) for item in value):
        columns = list(dict.fromkeys(name for item in value for name in item))
        as_table(columns, [[item.get(name) for name in columns] for item in value])
    else:
        print(_word(value) if value else UNKNOWN)


def frame(
    shown: pl.DataFrame, json: bool = False, csv: bool = False, words: Mapping[str, Sequence[str | None]] | None = None
) -> None:
    """Print a frame in the shape that was asked for; `words`, by column, in the place of cells that are withheld."""
    rows = shown.rows(named=True)
    for name, column in (words or {}).items():
        for row, word in zip(rows, column, strict=True):
            row[name] = row[name] if word is None else word
    if json:
        as_json(rows)
    elif csv:
        as_csv(shown.columns, (list(row.values()) for row in rows))
    else:
        as_table(shown.columns, (list(row.values()) for row in rows))


def titled(title: str, sentences: Sequence[str]) -> None:
    """Print sentences under a title; without any, nothing."""
    if sentences:
        print(f"{title}:")
        for sentence in sentences:
            print(f"  {sentence}")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | np.number) and not isinstance(value, bool)


def _word(value: Any) -> str:
    value = plain(value)
    if value is None:
        return UNKNOWN
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        from wtnet.tables.rounding import rounded  # late, for it loads the tables

        return f"{rounded(value, 3):,.3f}".rstrip("0").rstrip(".")
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return line(str(value))


def line(text: str) -> str:
    """Text without the characters that steer a terminal."""
    return "".join(letter if unicodedata.category(letter) != "Cc" else " " for letter in text)


def _width(text: str) -> int:
    """Columns of a terminal the text takes: wide letters two, combining and invisible ones none."""
    return sum(
        0 if unicodedata.category(letter) in ("Mn", "Me", "Cf") else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in text
    )
