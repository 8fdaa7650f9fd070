"""What every file is made of: a programme's tables, network, places and results, as one audience may have them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import polars as pl

from wtnet import access
from wtnet.layout import positions
from wtnet.measures.impact import findings as finding_measures
from wtnet.measures.impact import progress as impact
from wtnet.network import Network, Scope, shared
from wtnet.sentences import filters, waves
from wtnet.store.model import Programme
from wtnet.tables import Tables
from wtnet.tables.model import Audience
from wtnet.writers.choices import EVERYTHING, ReportChoices


@dataclass(frozen=True, eq=False)
class Export:
    """All that a data file is made of.

    `tables` go into the workbook and the CSVs whole; the graph formats hold `network`, the partners and ties of its
    scope in its wave (GEXF: in every wave). `positions` holds x and y (downwards) per partner id, where known. `made` is
    the day written into the file; nothing else in a file depends on when it was made. What `audience` may not see must
    have been taken out of `tables` before: writers show what they are given, and say for whom.

    `picture` and `size` say which picture is wanted, `chosen` what was chosen for it, by the names that links have for it;
    `partner` or `pilot` whom a report is about (None: the programme).
    Of results only those of the `themes` are told (none means all), and those of the pilots and kinds in the network's scope.
    `report` is what the lead chose of a report: its sections, foreword and logo; `template` the .pptx a deck is made in (None:
    ours), `link` a web address that its last slide has as a code.
    `cells` are the results as the audience may see them, with what is withheld marked (`suppression.for_audience`);
    `known` are the numbers of partners who are hidden from some (`access.numbered`).
    """

    programme: Programme
    tables: Tables
    network: Network
    positions: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    made: date = field(default_factory=date.today)
    audience: Audience = "lead"
    picture: str = "map"
    size: str = "print"
    chosen: Mapping[str, str] = field(default_factory=dict)
    partner: str | None = None
    pilot: str | None = None
    cells: pl.DataFrame | None = None
    known: Mapping[str, int] = field(default_factory=dict)
    themes: tuple[str, ...] = ()
    report: ReportChoices = EVERYTHING
    template: bytes | None = None
    link: str | None = None

    @cached_property
    def summary(self) -> impact.ImpactSummary:
        """Where the indicators that are told stand at the wave: of each pilot, and all pilots together (see `impact`)."""
        scope, themes = self.network.scope, self.themes
        cut_by = {"pilots": scope.pilots, "kinds": scope.kinds, "themes": themes}
        seen = impact.cells(self.tables) if self.cells is None else self.cells
        return impact.summarise(self.tables, self.network.wave, seen, cut_by)

    @property
    def progress(self) -> pl.DataFrame:
        """Where each indicator of each pilot that is told stands at the wave (see `impact.progress`)."""
        return self.summary.progress

    @property
    def findings(self) -> pl.DataFrame:
        """The findings that are told: those found by the wave, in the same cut."""
        scope = self.network.scope
        findings = finding_measures.findings(self.tables, self.network.wave)
        return finding_measures.cut(findings, self.tables, pilots=scope.pilots, kinds=scope.kinds, themes=self.themes)

    @property
    def looked_at(self) -> str:
        """What it shows and for whom: "End, 1 July 2025 · Pilot: Knit & Natter · as everybody may see it"."""
        narrowed = filters.scope_labels(self.tables, self.network.scope, self.themes)
        return " · ".join([self.when, *narrowed, filters.AUDIENCES[self.audience]])

    @property
    def when(self) -> str:
        """The wave looked at and its day: "End, 1 July 2025", of an open one also how many have answered; the public record where
        there are no waves."""
        return "Documented partnerships" if self.network.wave is None else waves.dated(self.tables, self.network.wave)

    @property
    def given(self) -> Tables:
        """The tables that leave as tables: for everybody but the lead without ratings, of which no answer is left."""
        return self.tables if self.audience == "lead" else self.tables.with_(ratings=Tables().ratings)


def prepare(
    programme: Programme,
    tables: Tables,
    scope: Scope | None = None,
    made: date | None = None,
    audience: Audience = "lead",
    known: Mapping[str, int] | None = None,
    arranged: Mapping[str, tuple[float, float]] | None = None,
) -> Export:
    """The export of a scope (None: everything, in the current wave), positions and all, from a programme's tables with everything
    in them; `made` is the day, else today.

    For an `audience` other than the lead, what it may not see is taken out (see `access.redact`; `known` are the numbers of
    hidden partners). Partners that were `arranged` by hand stand there. A scope that does not fit the tables is an
    InvalidRequest.
    """
    numbers = access.numbered(tables, known)
    seen = access.redact(tables, audience, numbers)
    places = positions.under_other_ids(positions.of_tables(tables), seen)
    return Export(
        access.renaming(tables, audience, numbers).programme(programme),
        seen,
        shared(seen, scope or Scope()),
        places | {partner: place for partner, place in (arranged or {}).items() if partner in places},
        made or date.today(),
        audience,
        cells=access.cells(tables, audience, numbers),
        known=numbers,
    )
