"""What a story is about, in figures: the ties of one partner, those among the partners of a pilot, or all of them.

Everything comes from `measures`; what is not known is null here and said so in the sentences (`stories.draft`).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cached_property
from typing import Any

import polars as pl

from wtnet.analysis import trust
from wtnet.measures import absence, change, disclosure
from wtnet.measures import activities as activity_measures
from wtnet.measures.activities import PeopleReached
from wtnet.measures.disclosure import Mean
from wtnet.measures.impact import findings as finding_measures
from wtnet.measures.impact import progress as impact
from wtnet.measures.impact.suppression import for_audience
from wtnet.network import Network, Scope, answers, shared
from wtnet.stories.subject import Subject
from wtnet.tables import Tables, waves
from wtnet.tables.coverage import Unknown
from wtnet.tables.model import Audience, Basis
from wtnet.tables.pilots import members_by_pilot
from wtnet.tables.schema import CORE_KINDS

ALL = Scope()


class Facts:
    """The figures of a subject in every wave up to that of the scope (else up to the current one), within the scope; of results
    only those of the `themes`.

    `tables` are as the audience may have them, and so are the `cells` of `measures.impact` (worked out from the tables if
    not given). A subject of kind "group" is the partners of `group`.
    """

    def __init__(
        self,
        tables: Tables,
        of: Subject,
        audience: Audience = "lead",
        cells: pl.DataFrame | None = None,
        scope: Scope = ALL,
        group: tuple[str, ...] = (),
        themes: tuple[str, ...] = (),
    ) -> None:
        self.tables, self.of, self.audience, self.scope, self.group = tables, of, audience, scope, group
        seen = for_audience(impact.cells(tables), audience) if cells is None else cells
        self.cells = impact.cut(seen, kinds=scope.kinds, themes=themes)
        self.themes = themes
        order, until = waves.in_order(tables), scope.wave or waves.current(tables)
        self.waves = order[: order.index(until) + 1] if until in order else order
        self._ties: dict[int, pl.DataFrame] = {}
        self.names = {id_: " ".join(name.split()) for id_, name in tables.names("organisations").items()}
        self.kinds = dict(tables.organisations.select("id", pl.col("kind").cast(pl.String)).iter_rows())

    @cached_property
    def _members(self) -> dict[str, list[str]]:
        return members_by_pilot(self.tables)

    @cached_property
    def members(self) -> tuple[str, ...]:
        """The partner itself, the partners of the pilot or group, or everybody in scope; in the order of the organisations."""
        if self.of.kind == "group":
            return self.group
        if self.of.kind == "partner":
            return (self.of.id,)
        inside = self._members.get(self.of.id, ()) if self.of.kind == "pilot" else self.names
        return tuple(partner for partner in inside if partner in self.networks[-1].graph)

    @cached_property
    def networks(self) -> list[Network]:
        """The network of each of these waves; one of documented ties where there are no waves."""
        within = self.scope
        return [shared(self.tables, replace(within, wave=wave)) for wave in self.waves] or [shared(self.tables, within)]

    def wave_name(self, at: int) -> str:
        """A wave as people outside know it: by its month, or day where another is in the same; by its name where it has no date.
        "" where there are none."""
        return self._called[at][1] if self.waves else ""

    def on(self, at: int) -> str:
        """When a wave was, in a sentence: "in March 2025", "on 3 March 2025", "at Baseline"; "" where there are none."""
        return " ".join(self._called[at]) if self.waves else ""

    @cached_property
    def _called(self) -> list[tuple[str, str]]:
        rows = {id_: (name, day) for id_, name, day in self.tables.waves.select("id", "name", "date").iter_rows()}
        months = Counter((day.year, day.month) for _, day in (rows[wave] for wave in self.waves) if day)
        called = []
        for name, day in (rows[wave] for wave in self.waves):
            alone = day and months[day.year, day.month] == 1
            called.append(("at", name) if not day else ("in", f"{day:%B %Y}") if alone else ("on", f"{day.day} {day:%B %Y}"))
        return called

    def ties(self, at: int) -> pl.DataFrame:
        """Its ties in a wave (0 the first, −1 the last), strongest first: the columns of `Network.ties`."""
        at %= len(self.networks)
        if at not in self._ties:
            own = self._own(self.networks[at].ties)
            self._ties[at] = own.sort("strength", descending=True, nulls_last=True, maintain_order=True)
        return self._ties[at]

    def _own(self, ties: pl.DataFrame) -> pl.DataFrame:
        inside = list(self.members)
        one, other = pl.col("source").is_in(inside), pl.col("target").is_in(inside)
        return ties.filter(one | other if self.of.kind == "partner" else one & other)

    def others(self, at: int) -> list[str]:
        """The partners with such a tie, strongest tie first: those at the other end, or at either end."""
        partners = dict.fromkeys(each for pair in self.ties(at).select("source", "target").rows() for each in pair)
        return [each for each in partners if self.of.kind != "partner" or each != self.of.id]

    def kinds_of(self, at: int) -> Counter[str]:
        """How many of those partners there are of each kind."""
        return Counter(self.kinds[each] for each in self.others(at))

    def strength(self, at: int) -> Mean:
        """The mean strength of its ties in a wave, of how many ties it is known, and why it is withheld, if it is."""
        network = self.networks[at]
        if self.of.kind == "partner" and self.of.id in network.graph:
            return disclosure.mean_of_partner(network, self.of.id)
        return disclosure.mean_strength(network, self._pairs(at))

    def _pairs(self, at: int) -> list[tuple[str, str]]:
        return list(self.ties(at).select("source", "target").iter_rows())

    def bases(self, at: int) -> list[Basis]:
        """What the strength of each of its ties in a wave rests on; of each alike *withheld* where the audience may not know."""
        ties = self._own(disclosure.everything(self.networks[at]).ties)
        return ties["basis"].to_list() if self._tells_silence(at) else ["withheld"] * ties.height

    def _tells_silence(self, at: int) -> bool:
        """Whether the audience may be told in a wave what tells who answered."""
        return self.audience == "lead" or (self.of.kind == "programme" and not disclosure.response_reason(self.networks[at]))

    def asked(self, at: int) -> bool:
        """Whether anybody rated anybody in a wave."""
        return bool(self.waves) and any(answers(self.tables, self.waves[at]).values())

    @cached_property
    def changed(self) -> pl.DataFrame:
        """What became of each of its ties between the first and the last wave, as `change.pairs`; empty with one wave."""
        pairs = self._own(change.pairs(self.networks[0], self.networks[-1]))
        return pairs if len(self.waves) > 1 else pairs.clear()

    @cached_property
    def changes(self) -> Counter[str]:
        """How many of them are new, ended, stronger, weaker, unchanged, unknown …; *still there* where it is withheld how their
        strength moved."""
        sides = [self.networks[at] for at in (0, -1)]
        hidden = any(not self._tells_silence(at) or disclosure.edges_reason(sides[at], self._pairs(at)) for at in (0, -1))
        if self.audience == "lead" or hidden or len(self.waves) < 2:
            return Counter(self.changed["state"])
        return Counter(self._own(change.pairs(*(disclosure.everything(network) for network in sides)))["state"])

    @cached_property
    def trusted(self) -> trust.Trust:
        """What the change of strength from the first wave to the last rests on, among everybody in scope or the partners of the
        pilot."""
        within = replace(self.scope, pilots=(self.of.id,)) if self.of.kind == "pilot" else self.scope
        first, last = (shared(self.tables, replace(within.every_tie(), wave=self.waves[at])) for at in (0, -1))
        return trust.weigh(first, last)

    def sides(self, at: int = -1) -> pl.DataFrame:
        """Its ties in a wave with both views: id and name of the other partner (of a pilot, both names), says, other_says.

        Of a partner's tie `says` is its own view, of other ties that of the partner named first; null where it did not say.
        """
        ties = self.ties(at)
        rows = []
        for a, b, forward, backward in ties.select("source", "target", "forward", "backward").iter_rows():
            turned = self.of.kind == "partner" and b == self.of.id
            one, other, says, heard = (b, a, backward, forward) if turned else (a, b, forward, backward)
            name = self.names[other] if self.of.kind == "partner" else f"{self.names[one]} and {self.names[other]}"
            rows.append((other, name, says, heard))
        schema = {"id": pl.String, "name": pl.String, "says": pl.Float64, "other_says": pl.Float64}
        return pl.DataFrame(rows, schema=schema, orient="row")

    @cached_property
    def pilots(self) -> list[dict[str, Any]]:
        """The pilots it leads or takes part in (those it leads first), the pilot itself, or all of them."""
        rows = list(self.tables.pilots.iter_rows(named=True))
        if self.of.kind == "pilot":
            return [row for row in rows if row["id"] == self.of.id]
        if self.of.kind == "programme":
            return [row for row in rows if not self.scope.pilots or row["id"] in self.scope.pilots]
        if self.of.kind == "group":
            return [row for row in rows if set(self.group) & set(self._members[row["id"]])]
        mine = [row for row in rows if self.of.id in self._members[row["id"]]]
        return sorted(mine, key=lambda row: row["lead"] != self.of.id)

    @cached_property
    def progress(self) -> pl.DataFrame:
        """Where the indicators of those pilots stand (rows of `impact.progress`), those of the pilots it leads first."""
        return self.progress_at(self.waves[-1] if self.waves else None)

    def progress_at(self, wave: str | None) -> pl.DataFrame:
        """The same as it stood in one wave."""
        order = [row["id"] for row in self.pilots]
        progress = impact.progress(self.tables, wave, self.cells).filter(pl.col("pilot").is_in(order))
        rank = pl.col("pilot").replace_strict(order, range(len(order)), default=None, return_dtype=pl.Int64)
        return progress.sort(rank, maintain_order=True)

    @cached_property
    def findings(self) -> pl.DataFrame:
        """The findings about it and its pilots (of the programme: those in scope), of the last of the waves."""
        findings = finding_measures.findings(self.tables, self.waves[-1] if self.waves else None)
        findings = finding_measures.cut(findings, self.tables, kinds=self.scope.kinds, themes=self.themes)
        if self.of.kind == "programme":
            return finding_measures.cut(findings, self.tables, pilots=self.scope.pilots)
        if self.of.kind == "pilot":
            return finding_measures.narrowed(findings, self.tables, pilots=(self.of.id,))
        return finding_measures.near(findings, self.members, [pilot["id"] for pilot in self.pilots])

    @cached_property
    def activities(self) -> pl.DataFrame:
        """The activities it took part in (of a pilot: those of the pilot; of the programme: all in scope), up to the last of the
        waves: the columns of `activities.activities`."""
        done, here = (
            activity_measures.activities(self.tables, self.waves[-1] if self.waves else None),
            [row["id"] for row in self.pilots],
        )
        if self.themes:
            done = done.filter(pl.col("theme").is_in(list(self.themes)))
        if self.of.kind == "pilot" or (self.of.kind == "programme" and self.scope.pilots):
            return done.filter(pl.col("pilot").is_in(here).fill_null(False))
        if self.of.kind == "programme":
            return done
        own = self.tables.attendances.filter(pl.col("organisation").is_in(list(self.members)))["activity"]
        return done.filter(pl.col("id").is_in(own.unique().to_list()))

    @cached_property
    def people_reached(self) -> PeopleReached | None:
        """How many people the activities reached together; null where they are not all of the programme: sums of parts could be
        told from each other."""
        whole = self.of.kind == "programme" and not self.scope.pilots and not self.themes
        return activity_measures.reached(self.tables, self.waves[-1] if self.waves else None) if whole else None

    @cached_property
    def afterwards(self) -> Counter[str]:
        """What documents say of its present ties after the programme: continues, ends, not documented."""
        continues: dict[tuple[str, str], bool] = {}
        for one, other, yes in self.tables["partnerships"].select("source", "target", "continues_after").iter_rows():
            pair = (min(one, other), max(one, other))
            if yes is not None:
                continues[pair] = continues.get(pair, False) or yes
        words = {True: "continues", False: "ends", None: "not documented"}
        return Counter(words[continues.get(pair)] for pair in self.ties(-1).select("source", "target").rows())

    @cached_property
    def lacking(self) -> list[str]:
        """Which of the four core kinds is not among those it works with (nor what it is itself), as far as the record tells."""
        return [CORE_KINDS[kind].lower() for kind in self._away if kind not in self.untold]

    @cached_property
    def only_known(self) -> bool:
        """Whether it may work with others than is known, since somebody of it has not answered in the last wave."""
        return absence.only_known(self.networks[-1], self.members)

    @cached_property
    def untold(self) -> dict[str, Unknown]:
        """Which of them the record does not tell of, and why."""
        return {kind: gap for kind, gap in absence.unknown_kinds(self.networks[-1]).items() if kind in self._away}

    @cached_property
    def _away(self) -> list[str]:
        there = set(self.kinds_of(-1)) | ({self.kinds[self.of.id]} if self.of.kind == "partner" else set())
        return [kind for kind in CORE_KINDS if kind not in there]
