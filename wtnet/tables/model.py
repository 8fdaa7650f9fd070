"""The values that pass between readers, the check and everything after: raw tables, problems, checked tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from typing import Literal, get_args

import polars as pl

from wtnet.tables.schema import NAMES, SCHEMAS, title

Audience = Literal["lead", "partners", "public"]
"""For whom something is shown, from the one that sees most to the one that sees least."""
AUDIENCES: tuple[Audience, ...] = get_args(Audience)
Pairing = Literal["mean", "weaker", "stronger", "confirmed"]
"""How two partners' reports of one tie become one strength."""
PAIRINGS: tuple[Pairing, ...] = get_args(Pairing)
Basis = Literal["both", "one-sided", "documented", "none", "withheld"]
"""What the strength of a tie rests on; *withheld* where others than the lead may not know."""
BASES: tuple[Basis, ...] = get_args(Basis)
State = Literal[
    "met", "met_from_start", "nearly", "on_track", "behind", "not_met", "fell",
    "no_baseline", "no_target", "no_data", "too_few", "withheld",
]  # fmt: skip
"""Where an indicator stands: on track and behind while there is time, nearly, not met and fell (below the start) after it."""
STATES: tuple[State, ...] = get_args(State)

ROW, FILE, SHEET = "_row", "_file", "_sheet"
"""Columns that say where a raw row was found; never part of a checked table."""


@dataclass(frozen=True)
class Problem:
    """One problem or notice about a file, with the place and the remedy in `sentence`.

    `file`, `sheet`, `row` (as the spreadsheet numbers it, header = 1), `column` and `value` are null where they do
    not apply. `rule` is a short stable word for programs (`missing_column`, `unknown_word`, `range` …); `meant` the id that a
    cell that names nobody is most like.
    """

    rule: str
    sentence: str
    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None
    meant: str | None = None

    def as_dict(self) -> dict[str, str | int | None]:
        """The same as a plain mapping, ready for JSON."""
        return asdict(self)


@dataclass(frozen=True)
class RawTable:
    """One table as a file gave it: `frame` holds text columns named as in the file, and `_row` (Int64).

    `errors` are the cells whose formula failed, in whatever column; those in a column of the table are problems of the `Raw` too.
    """

    name: str
    frame: pl.DataFrame
    file: str
    sheet: str | None = None
    errors: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Raw:
    """The tables of a file as a reader found them.

    `format` names the kind of file. `declared` is false for other tools' edge lists, where the reader has created partners
    named only in a tie (they are among the `notices`). `with_individuals` are the tables of a list of grants with those to
    people in them, which are left out unless a person says otherwise.
    """

    format: str
    tables: tuple[RawTable, ...]
    notices: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()
    declared: bool = True
    with_individuals: tuple[RawTable, ...] = field(default=(), repr=False)

    def __add__(self, other: Raw) -> Raw:
        """Both files together, as one."""
        formats = dict.fromkeys([*self.format.split(" + "), *other.format.split(" + ")])
        return Raw(
            " + ".join(formats),
            self.tables + other.tables,
            self.notices + other.notices,
            self.problems + other.problems,
            self.declared and other.declared,
            self.with_individuals + other.with_individuals,
        )


@dataclass(frozen=True)
class Tables:
    """The checked tables of one programme: polars frames with exactly the declared columns and types.

    Of tables made for others than the lead (`access.redact`), `exact` holds the same tables with every answer and level: what
    figures are worked out from, never what is shown (`measures.disclosure`). It is null for the lead's. `altered`: something in
    them is otherwise than it was, to see what if. `lead_ids` are the ids that partners with another id here have in the lead's
    tables: what depends on the order of ids is the same for everybody. `doubles` are, by wave, the partners that others read no
    word about though they answered (`measures.doubles`), `secret` what decides which, kept with the programme for the lead alone.
    """

    frames: dict[str, pl.DataFrame] = field(default_factory=dict)
    audience: Audience = "lead"
    exact: Tables | None = field(default=None, repr=False)
    altered: bool = False
    lead_ids: Mapping[str, str] = field(default_factory=dict, repr=False)
    doubles: Mapping[str, frozenset[str]] = field(default_factory=dict, repr=False)
    secret: str | None = field(default=None, repr=False)
    kept: dict[object, object] = field(init=False, default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        unknown = set(self.frames) - set(NAMES)
        if unknown:
            raise KeyError(f"no such table: {', '.join(sorted(unknown))}")
        whole = {name: self.frames[name] if name in self.frames else _empty(name) for name in NAMES}
        object.__setattr__(self, "frames", whole)

    def __getitem__(self, name: str) -> pl.DataFrame:
        return self.frames[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.frames)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Tables) and all(self[name].equals(other[name]) for name in NAMES)

    __hash__ = None  # type: ignore[assignment]

    def counts(self) -> dict[str, int]:
        """Rows per table, in the declared order, leaving out the empty ones."""
        return {name: frame.height for name, frame in self.frames.items() if frame.height}

    def names(self, table: str) -> dict[str, str]:
        """The name of each row of a table by its id (of a finding its statement), in the order of the table."""
        kept = self.kept.get(("names", table))
        if not isinstance(kept, dict):
            kept = self.kept["names", table] = dict(self.frames[table].select("id", title(table)).iter_rows())
        return kept.copy()

    def with_(self, **frames: pl.DataFrame) -> Tables:
        """A copy with some tables replaced. Other ratings cannot be put beside answers that are kept back: no figure is
        worked out from such a copy (`changed` changes both)."""
        exact = self.exact.with_(**frames) if self.exact and "ratings" not in frames else None
        return replace(self, frames={**self.frames, **frames}, exact=exact)

    def changed(self, change: Callable[[Tables], Tables]) -> Tables:
        """A copy changed alike in what is shown and in what figures are worked out from."""
        exact = change(self.exact) if self.exact else None
        return replace(change(replace(self, exact=None)), exact=exact)

    @property
    def known(self) -> Tables:
        """The tables with every answer: `exact`, or these."""
        return self.exact or self

    def __getattr__(self, name: str) -> pl.DataFrame:
        if name in NAMES:
            return self.frames[name]
        raise AttributeError(name)


@dataclass(frozen=True)
class CheckResult:
    """The result of a check: the rows that can be used, problems and notices.

    With any `problems` nothing may be stored; `notices` do not stop acceptance. `format` names the kind of file.
    """

    tables: Tables
    problems: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = ()
    format: str = "tables"

    @property
    def ok(self) -> bool:
        """True if the tables may be stored."""
        return not self.problems


@cache
def _empty(name: str) -> pl.DataFrame:
    return pl.DataFrame(schema=SCHEMAS[name].polars())


def place(file: str | None, sheet: str | None, row: int | None = None, column: str | None = None) -> str:
    """The words that open every complaint: 'survey.xlsx, sheet "ratings", row 7, column "level"'."""
    parts: Iterable[str | None] = (
        file,
        f'sheet "{sheet}"' if sheet else None,
        f"row {row}" if row is not None else None,
        f'column "{column}"' if column else None,
    )
    return ", ".join(part for part in parts if part)
