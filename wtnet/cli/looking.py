"""What a command looks at: the wave, the filters and the audience, read from its options in one way for every command."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from wtnet import access
from wtnet.cli.audience import id_for_audience, numbers
from wtnet.cli.source import id_of, pilots_of, wave_of, weights_of
from wtnet.errors import InvalidRequest
from wtnet.measures import by_group
from wtnet.network import Scope, check
from wtnet.sentences import filters
from wtnet.tables import Tables, relationships
from wtnet.tables.columns import THEMES
from wtnet.tables.model import Audience

FILES = (*filters.NETWORK, "theme")
"""The filters that a file follows."""
_OPTIONS = {
    "pilot": "pilot", "pilot_place": "place", "target_group": "target_group", "kind": "kind", "theme": "theme", "focus": "focus",
    "hide": "hide", "strength": "least_strength", "pairing": "pairing", "weights": "weights",
    "relationship": "relationship",
}  # fmt: skip
"""Each filter and the option that gives it."""


@dataclass(frozen=True, eq=False)
class View:
    """The tables as the audience may have them, the scope, the themes of results (none means all), what the audience reads in
    the place of hidden names, the numbers of hidden partners (None for the lead), and all that the lead has (`full`)."""

    tables: Tables
    scope: Scope
    themes: tuple[str, ...]
    renaming: access.Renaming
    known: Mapping[str, int] | None
    full: Tables
    audience: Audience

    @cached_property
    def cells(self) -> pl.DataFrame:
        """The results of pilots as the audience may have them."""
        return access.cells(self.full, self.audience, self.known)

    @cached_property
    def whole(self) -> pl.DataFrame:
        """The results of the programme as a whole as the audience may have them."""
        return access.cells(self.full, self.audience, self.known, level="programme")


def look(
    options: argparse.Namespace, tables: Tables, wave: str | None, follows: Sequence[str], audience: Audience | None = None
) -> View:
    """The view that the options ask for, of tables with everything in them; a filter that the command cannot follow is said on
    the error stream. An unknown value, or filters that leave no pilot, are an InvalidRequest."""
    seen_as: Audience = audience or options.audience
    known = numbers(options, tables) if seen_as != "lead" else None
    renaming = access.renaming(tables, seen_as, known)
    given = {name: getattr(options, option, None) for name, option in _OPTIONS.items()}
    asked = {name: value for name, value in given.items() if value and not (name == "pairing" and value == "mean")}
    if missed := filters.not_followed([name for name in asked if name not in follows], "This command"):
        print(missed, file=sys.stderr)
    kept = {name: value for name, value in asked.items() if name in follows}
    pilots = [id_for_audience(renaming, "pilots", pilot) or pilot for pilot in _pilots(tables, kept)]
    _known(kept.get("theme", ()), THEMES, "theme")
    seen = access.redact(tables, seen_as, known)
    scope = Scope(
        wave=id_for_audience(renaming, "waves", wave_of(tables, wave)),
        pilots=tuple(pilots),
        kinds=tuple(kept.get("kind", ())),
        hidden=tuple(_partner(tables, seen_as, name, "--hide") for name in kept.get("hide", ())),
        focus=tuple(_partner(tables, seen_as, name, "--focus") for name in kept.get("focus", ())),
        hops=getattr(options, "hops", 1),
        relationships=tuple(_relationship(seen, asked) for asked in kept.get("relationship", ())),
        min_strength=kept.get("strength", 0.0),
        pairing=kept.get("pairing", "mean"),
        weights=weights_of(kept.get("weights")),
    )
    check(seen, scope)
    return View(seen, scope, tuple(kept.get("theme", ())), renaming, known, tables, seen_as)


def _pilots(tables: Tables, kept: Mapping[str, Any]) -> tuple[str, ...]:
    """The pilots in the places, for the groups and among those asked for; () where none was asked for."""
    place, group, pilot = (list(kept.get(name, ())) for name in ("pilot_place", "target_group", "pilot"))
    for what, column, asked in (("in the place", "place", place), ("for the target group", "target_group", group)):
        _known(asked, tables.pilots[column].drop_nulls().unique(maintain_order=True).to_list(), f"pilot {what}")
    if not (place or group or pilot):
        return ()
    ids = pilots_of(tables, pilot)
    _known(ids, tables.names("pilots"), "pilot")
    pilots = by_group.pilots_of(tables, place, group, ids)
    if not pilots:
        raise InvalidRequest(f"No pilot matches all of these: {', '.join([*place, *group, *pilot])}. Leave one of them out.")
    return pilots


def _partner(tables: Tables, audience: Audience, asked: str, option: str) -> str:
    partner = id_of(tables, "organisations", asked)
    if partner in access.hidden(tables, audience):
        raise InvalidRequest(f'"{asked}" is not shown by name to this audience ({audience}); leave {option} out.')
    return str(partner)


def _relationship(tables: Tables, asked: str) -> str:
    """What a kind of partnership is known by; an InvalidRequest where the audience is not told of every one what kind it is."""
    if not relationships.tells_all(tables):
        raise InvalidRequest(
            "This audience is not told of every partnership what kind it is, since some partners are not shown by name; "
            "leave --relationship out."
        )
    return " ".join(relationships.kinds(asked))


def _known(asked: Sequence[str], choices: Collection[str], what: str) -> None:
    for value in asked:
        if value not in choices:
            known = "; ".join(choices) or "none, as there are none yet"
            raise InvalidRequest(f'There is no {what} "{value}"; choose among {known}.')
