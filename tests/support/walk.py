"""What the lead and others are shown, walked through and set side by side: commands, files and pages.

A figure of others is the lead's, at the rounding it is shown with, or *withheld*; anything else is a third value.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl
from streamlit.testing.v1 import AppTest

from wtnet import strength
from wtnet.sentences.format import WITHHELD
from wtnet.tables.schema import KINDS

WORDS = (WITHHELD, "too few", "fewer than", *strength.WORDS)
"""What stands in the place of a figure that others do not see."""
OWN = {"known now", "known then", "still there", "in both waves", "in one wave only"}
"""Figures that others have and the lead has not: how many partnerships are known when."""
_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_PSEUDONYM = re.compile(rf"(?:{'|'.join(KINDS.values())}) \d+")
_ROUNDED = 0.0051
"""Half of the last decimal of a figure of 0–1, as others see it."""


def third_values(lead: Any, other: Any, at: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Where figures for others (JSON) are neither the lead's nor withheld, as (place, the lead's, the others')."""
    if isinstance(lead, dict) and isinstance(other, dict):
        for name, value in other.items():
            if name not in OWN and name in lead:
                yield from third_values(lead[name], value, f"{at}/{name}")
    elif isinstance(lead, list) and isinstance(other, list):
        yield from _rows(lead, other, at)
    elif not same_or_withheld(lead, other):
        yield at, lead, other


def same_or_withheld(lead: Any, other: Any) -> bool:
    """Whether a cell for others is the lead's; a word, of which nothing is asked but where she has a number; or unknown where it
    is unknown to her."""
    if isinstance(other, str):
        return not isinstance(lead, (int, float)) or any(word in other for word in WORDS)
    if isinstance(other, bool) or other is None:
        return not isinstance(lead, (int, float)) or lead is other or isinstance(lead, bool)
    if isinstance(lead, (int, float)):
        return abs(lead - other) < (_ROUNDED if isinstance(other, float) else 1e-9)
    return isinstance(lead, str)


def _rows(lead: Sequence[Any], other: Sequence[Any], at: str) -> Iterator[tuple[str, Any, Any]]:
    """Rows are found by their words; rows about partners that others see by another name, by what is left."""
    known: dict[tuple[str, ...], list[Any]] = defaultdict(list)
    for row in lead:
        known[_key(row)].append(row)
    for row in other:
        choices = known.get(_key(row)) or lead
        found = [list(third_values(choice, row, f"{at}/{'/'.join(_key(row))}")) for choice in choices]
        if found and all(found):
            yield from min(found, key=len)


_KEYS = ("id", "indicator", "pilot", "theme", "name", "pilot_name", "wave", "measure", "organisation", "label")
_ENDS = ("source", "target", "rater", "partner")


def _key(row: Any) -> tuple[str, ...]:
    if not isinstance(row, Mapping):
        return ()
    cells = {str(name).lower(): value for name, value in row.items()}
    keys = _KEYS if "source_name" not in cells and "value" in cells else (*_KEYS, *_ENDS)  # a result has a source of another kind
    return tuple(str(cells[name]) for name in keys if isinstance(cells.get(name), (str, int)))


def of_zip(data: bytes) -> dict[str, list[dict[str, Any]]]:
    """The rows of each CSV in a zip, numbers as numbers."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        names = [name for name in packed.namelist() if name.endswith(".csv")]
        return {name: pl.read_csv(packed.read(name), infer_schema_length=None).to_dicts() for name in names}


def figures(app: AppTest) -> dict[str, list[str]]:
    """The figures of a page by their labels."""
    by_label: dict[str, list[str]] = defaultdict(list)
    for metric in app.metric:
        by_label[metric.label].append(str(metric.value))
    return dict(by_label)


def third_figures(lead: AppTest, other: AppTest) -> list[tuple[str, list[str], list[str]]]:
    """The figures of a page that others see otherwise than the lead, and not as withheld."""
    ours, theirs = figures(lead), figures(other)
    odd = []
    for label, values in theirs.items():
        left = list(ours.get(label, ()))
        for value in values:
            if value in left:
                left.remove(value)
            elif not any(word in value for word in WORDS) and label in ours:
                odd.append((label, ours[label], values))
    return odd


OF_LESS = (WITHHELD, "may be shown here")
"""What a sentence holds that counts less than the lead's does, and says so."""


def third_numbers(lead: AppTest, other: AppTest) -> list[str]:
    """Numbers in the sentences at the head of a page for others that the lead reads nowhere on hers; not those that say how much
    is withheld, or how much of what was said may be shown here."""
    ours = set(_NUMBER.findall(_text(lead)))
    sentences = [sentence for header in other.header for sentence in str(header.value).split("\\. ")]
    told = [_PSEUDONYM.sub("", sentence) for sentence in sentences if not any(word in sentence for word in OF_LESS)]
    return [number for sentence in told for number in _NUMBER.findall(sentence) if number not in ours]


def _text(app: AppTest) -> str:
    kinds = (app.markdown, app.caption, app.info, app.title, app.header, app.subheader, app.metric)
    return " ".join(str(element.value) for kind in kinds for element in kind)
