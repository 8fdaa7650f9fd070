"""Which heading of a stranger's sheet is which column here: suggested, chosen by a person, and remembered."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl
from rapidfuzz import fuzz

from wtnet.tables import schema
from wtnet.tables.model import ROW, Problem, RawTable
from wtnet.tables.text import normal

FROM_NAME = "\x1ffrom the name"
"""In the place of a heading for the column `id`: ids are made from the names."""
PREFIX = "mapping:"
"""What the names of remembered mappings begin with in the store's settings."""

_LIKELY = 80.0
_MOST_HEADINGS = 200
_ALSO: dict[str, dict[str, str]] = {
    "organisations": {
        "name": "organisation partner organization org organisation_name partner_name title label who",
        "kind": "type sector category organisation_type partner_type kind_of_partner sort",
        "place": "town city location area address region where borough",
        "latitude": "lat",
        "longitude": "lon lng long",
        "website": "url web site web_address homepage link",
        "description": "about notes summary what_they_do desc",
        "sharing": "visibility privacy share consent",
        "id": "code ref reference key organisation_id partner_id short_name",
    },
    "pilots": {
        "name": "pilot project project_name pilot_name title",
        "lead": "lead_partner lead_organisation led_by host",
        "starts": "start start_date from begins",
        "ends": "end end_date to until finish",
        "target_group": "audience participants beneficiaries who_for",
        "place": "location venue town where",
        "id": "code project_code pilot_id ref",
        "description": "about notes summary",
    },
    "involvements": {"pilot": "project", "organisation": "partner organization who", "role": "part does contribution"},
    "waves": {"name": "wave survey round", "date": "day when survey_date", "id": "code wave_id"},
    "partnerships": {
        "source": "from partner_a partner_1 organisation_a organisation_1 org_1 lead",
        "target": "to with partner_b partner_2 organisation_b organisation_2 org_2",
        "relationship": "type kind_of_tie relation tie link",
        "level": "strength level_of_collaboration collaboration",
        "started": "start start_date since begin",
        "ended": "end end_date until finish",
        "evidence": "proof shown_by notes",
        "source_url": "url link web",
    },
    "ratings": {
        "rater": "from respondent who_says by your_organisation",
        "partner": "to of about partner_organisation rated",
        "wave": "round survey",
        "level": "level_of_collaboration strength",
        "contact": "frequency how_often contact_frequency",
        "comment": "notes comments in_their_words",
    },
    "indicators": {"name": "indicator measure what_is_measured", "unit": "units measured_in", "theme": "outcome area"},
    "results": {"value": "result figure score number", "n": "sample responses base how_many", "indicator": "measure"},
    "quotes": {"text": "quote words said story", "attribution": "by who speaker role"},
}
_TABLE_WORDS = {
    "organisations": "organisation organization partner member contact org company list",
    "pilots": "pilot project activity",
    "involvements": "involvement participation",
    "waves": "wave round",
    "partnerships": "partnership tie link connection relationship collaboration",
    "ratings": "rating survey response answer",
    "indicators": "indicator measure",
    "results": "result outcome impact",
    "quotes": "quote story voice",
}


@dataclass(frozen=True)
class Mapped:
    """How a sheet is read: as which table, and the heading (or `FROM_NAME`) behind each column of it."""

    table: str
    columns: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, table: str, columns: Mapping[str, str]) -> Mapped:
        """From a mapping of column to heading; an unknown table or column is left out."""
        known = schema.SCHEMAS[table].column_names()
        return cls(table, tuple((name, columns[name]) for name in known if columns.get(name)))

    @property
    def headings(self) -> dict[str, str]:
        """Column → heading."""
        return dict(self.columns)

    @property
    def missing(self) -> list[str]:
        """Columns a row cannot be without and that no heading was chosen for."""
        return [name for name in schema.required(self.table) if name not in self.headings]


@dataclass(frozen=True, eq=False)
class Sheet:
    """A sheet (or CSV) whose headings are not all understood. `table` is the table it was taken for, null if for none.

    `frame` holds its text columns under their headings, and `_row`; `errors` are the cells whose formula failed, by heading, and
    `notices` and `problems` what was found while reading it, where nobody has said it yet.
    """

    file: str
    sheet: str | None
    frame: pl.DataFrame
    table: str | None = None
    errors: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def place(self) -> tuple[str, str | None]:
        """File and sheet: what a choice is made for."""
        return self.file, self.sheet

    @property
    def headings(self) -> list[str]:
        """The headings, without `_row`."""
        return [name for name in self.frame.columns if name != ROW]

    @property
    def signature(self) -> str:
        """The same for every sheet with these headings, whatever their order and capitals."""
        text = "\x1f".join(sorted(normal(heading) for heading in self.headings))
        return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]

    def examples(self, heading: str, most: int = 3) -> list[str]:
        """The first different values under a heading."""
        found = self.frame[heading].drop_nulls().head(200).str.strip_chars()
        return found.filter(found != "").unique(maintain_order=True).head(most).to_list()

    def failed(self, mapped: Mapped) -> list[Problem]:
        """The failed formulas under the headings that are read so."""
        used = set(mapped.headings.values())
        return [one for one in self.errors if one.column in used]

    def read_as(self, mapped: Mapped) -> RawTable:
        """The sheet as one of the nine tables."""
        there = {name: heading for name, heading in mapped.columns if heading in self.frame.columns}
        frame = self.frame.select(ROW, *[pl.col(heading).alias(name) for name, heading in there.items()])
        if mapped.headings.get("id") == FROM_NAME and "name" in there:
            frame = frame.with_columns(_ids(frame["name"]).alias("id"))
        return RawTable(mapped.table, frame, self.file, self.sheet)


def _ids(names: pl.Series) -> pl.Series:
    """A short id from each name; where two different names give the same, both keep theirs whole."""
    tidy = {name: " ".join(name.split()) for name in names.drop_nulls()}
    short = {name: slug(one) for name, one in tidy.items()}
    owners: dict[str, set[str]] = {}
    for name, one in short.items():
        owners.setdefault(one, set()).add(tidy[name].casefold())
    ids = [None if name is None else short[name] if len(owners[short[name]]) == 1 else tidy[name][:190] for name in names]
    return pl.Series("id", ids, dtype=pl.String)


def slug(name: str) -> str:
    """ "St Mary's Hospital" → "st-mary-s-hospital": letters and digits of any script, at most 60 of them."""
    made = "-".join("".join(letter if letter.isalnum() else " " for letter in name.casefold()).split())[:60]
    return made or name[:60]


# -- suggestions ------------------------------------------------------------------------------------------------


def suggest(sheet: Sheet) -> Mapped:
    """The likeliest reading of a sheet: the table its name and headings fit best, and a heading for each column."""
    if sheet.table:
        return Mapped.of(sheet.table, columns_for(sheet, sheet.table))
    best = max(schema.NAMES, key=lambda table: _points(sheet, table))
    return Mapped.of(best, columns_for(sheet, best))


def columns_for(sheet: Sheet, table: str) -> dict[str, str]:
    """Column → heading for one table: the same name first, then other names for it, then the most similar; each once."""
    scores = [
        (_alike(heading, table, column), at, column, heading)
        for at, heading in enumerate(sheet.headings[:_MOST_HEADINGS])
        for column in schema.SCHEMAS[table].column_names()
    ]
    found: dict[str, str] = {}
    used: set[str] = set()
    for score, _, column, heading in sorted(scores, key=lambda one: (-one[0], one[1])):
        if score >= _LIKELY and column not in found and heading not in used:
            found[column] = heading
            used.add(heading)
    if "id" in schema.required(table) and "id" not in found and "name" in found:
        found["id"] = FROM_NAME
    return found


def _alike(heading: str, table: str, column: str) -> float:
    said = normal(heading)
    if said == column:
        return 100.0
    if said in _ALSO.get(table, {}).get(column, "").split():
        return 98.0
    plain = _bare(said)
    others = [_bare(one) for one in (column, *_ALSO.get(table, {}).get(column, "").split()) if len(one) > 3]
    return min(97.0, max([0.0, *(fuzz.token_sort_ratio(plain, other) for other in others)]))


def _bare(text: str) -> str:
    words = re.sub(r"[\W_]+", " ", text).split()
    return " ".join(word for word in words if word not in ("of", "the", "a", "an", "your", "our"))


def _points(sheet: Sheet, table: str) -> float:
    """How well a sheet fits a table: its needed columns, the others, and what its name says."""
    found = columns_for(sheet, table)
    needed = schema.required(table)
    share = sum(name in found and found[name] != FROM_NAME for name in needed) / len(needed)
    called = normal(sheet.sheet or sheet.file.rpartition(".")[0]).replace("_", " ")
    said = max(fuzz.partial_ratio(called, word) for word in _TABLE_WORDS[table].split()) if called else 0
    return 3 * share + 0.2 * len(found) + (3 if said >= 90 else 0)


# -- remembered -------------------------------------------------------------------------------------------------


def to_setting(sheet: Sheet, mapped: Mapped) -> tuple[str, dict[str, Any]]:
    """The name and value under which the store remembers how sheets with these headings are read."""
    columns = {name: heading if heading == FROM_NAME else normal(heading) for name, heading in mapped.columns}
    return PREFIX + sheet.signature, {"table": mapped.table, "columns": columns}


def from_settings(sheet: Sheet, settings: Mapping[str, Any]) -> Mapped | None:
    """How a sheet with these headings was read before; null if it never was, or if what was kept makes no sense."""
    kept = settings.get(PREFIX + sheet.signature)
    if not isinstance(kept, dict) or kept.get("table") not in schema.NAMES or not isinstance(kept.get("columns"), dict):
        return None
    there = {normal(heading): heading for heading in reversed(sheet.headings)}
    columns = {name: FROM_NAME if one == FROM_NAME else there.get(one, "") for name, one in kept["columns"].items()}
    return Mapped.of(kept["table"], columns)


def in_their_words(sentence: str, mapped: Mapped) -> str:
    """A problem's sentence with the person's own heading beside the column's name."""
    for column, heading in mapped.columns:
        if heading != FROM_NAME and normal(heading) != column:
            sentence = sentence.replace(f'column "{column}"', f'column "{heading}" ({column})', 1)
    return sentence


def not_understood(tables: Iterable[RawTable]) -> list[Sheet]:
    """The tables of ours with a heading that is no column of theirs."""
    found = []
    for one in tables:
        known = schema.SCHEMAS[one.name].column_names()
        if any(normal(heading) not in known for heading in one.frame.columns if heading != ROW):
            found.append(Sheet(one.file, one.sheet, one.frame, one.name, one.errors))
    return found
