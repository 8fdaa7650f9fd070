"""A story beside the data of today: what each slide shows, worked out once; and what has gone from under it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import networkx as nx
import polars as pl

from wtnet.draw import tie_kinds
from wtnet.draw.categories import Categories
from wtnet.layout.ego import ego
from wtnet.measures.impact.suppression import consented
from wtnet.network import Network, Scope, shared, together
from wtnet.sentences import filters, illustrative, record
from wtnet.sentences import waves as wave_sentences
from wtnet.sentences.filters import AUDIENCES
from wtnet.sentences.format import ANYBODY, listed
from wtnet.stories.chart import SideChart, side_chart
from wtnet.stories.facts import Facts
from wtnet.stories.model import Slide, SlideView, Story
from wtnet.stories.outcome_sentences import RULE
from wtnet.stories.slide_map import SlideMap, slide_map
from wtnet.stories.subject import Subject
from wtnet.tables import Tables, relationships, waves
from wtnet.tables.model import Audience


@dataclass(frozen=True)
class RenderedSlide:
    """One slide with its map, its chart (None: none), its quote (words, whose; None: none), the line that says where it
    comes from, and of when it is ("" without waves)."""

    slide: Slide
    map: SlideMap
    chart: SideChart | None
    quote: tuple[str, str] | None
    source: str
    when: str = ""

    @property
    def text(self) -> str:
        """The words beside its picture; of drafted outcomes, whose picture has every figure, the rule they are chosen by."""
        slide = self.slide
        drawn = self.chart and self.chart.spans and slide.part == "came"
        return f"{RULE}." if drawn and not slide.edited else slide.text


class Stage:
    """Every slide of a story, drawn from tables as the story's audience may have them.

    `positions`: where partners stand (y downwards), by id; those it does not have stand in the middle. `programme` is
    the name in the source line, and `illustrative` whether the line says that everything is invented. `cells` as in `Facts`.
    """

    def __init__(
        self,
        story: Story,
        tables: Tables,
        positions: Mapping[str, tuple[float, float]],
        programme: str = "",
        illustrative: bool = False,
        cells: pl.DataFrame | None = None,
    ) -> None:
        self.story, self.tables, self.positions = story, tables, positions
        self.programme, self.illustrative, self._cells = programme, illustrative, cells
        self._networks: dict[str, Network] = {}
        self._facts: dict[str, Facts] = {}
        self.waves = tables.names("waves")

    @cached_property
    def slides(self) -> list[RenderedSlide]:
        """All slides of the story."""
        return [self.render(slide) for slide in self.story.slides]

    def render(self, slide: Slide) -> RenderedSlide:
        """One slide, as far as what it names is still there."""
        view = mended(slide.view, self.tables)
        network = self._network(view.scope)
        note = wave_sentences.open_note(self.tables, network.wave)
        when = ", ".join(part for part in (str(self.waves.get(network.wave or "", "")), note) if part)
        facts = self._facts_of(view)
        at = facts.waves.index(network.wave) if network.wave in facts.waves else -1
        return RenderedSlide(
            slide,
            slide_map(view, network, self._places(view), self._near(view), when, self._kinds if view.by_kind else None),
            side_chart(view.beside, facts, at),
            quote(slide, self.tables, self.story.audience),
            self._source(when, view.scope),
            facts.wave_name(at),
        )

    def _network(self, scope: Scope) -> Network:
        key = repr(scope)
        if key not in self._networks:
            self._networks[key] = shared(self.tables, scope)
        return self._networks[key]

    def _facts_of(self, view: SlideView) -> Facts:
        """The figures of what a view is about: one partner, the story's pilot, a group of partners, or everybody."""
        order = waves.in_order(self.tables)
        until = mended_scope(self.story.scope, self.tables).wave or waves.current(self.tables)
        later = view.scope.wave in order and order.index(view.scope.wave) > order.index(until or order[0])
        within = view.scope if later else replace(view.scope, wave=until)
        key = repr((view.focus, within))
        if key not in self._facts:
            kind, _, id_ = self.story.about.partition(":")
            of = Subject("group", "", {})
            if len(view.focus) == 1:
                of = Subject("partner", view.focus[0], {})
            elif not view.focus:
                of = Subject("programme", "", {})
            elif kind == "pilot":
                facts = Facts(self.tables, Subject("pilot", id_, {}), self.story.audience, self._cells, within)
                of = facts.of if set(facts.members) == set(view.focus) else of
            self._facts[key] = Facts(self.tables, of, self.story.audience, self._cells, within, view.focus, self.story.themes)
        return self._facts[key]

    @cached_property
    def _kinds(self) -> Categories | None:
        """The kind of each tie in any wave, so that a kind has one colour on all slides; None where none is documented."""
        if not relationships.in_use(self.tables):
            return None
        return tie_kinds.by_kind(*(self._network(Scope(wave=wave)) for wave in [*waves.in_order(self.tables), None]))

    @cached_property
    def _together(self) -> nx.Graph:
        return together(self.tables)

    def _near(self, view: SlideView) -> set[str]:
        """Whom the map moves close to: the partners in focus and, of a single one, all it ever had a tie with, so that the
        map stands still from wave to wave."""
        near = set(view.focus)
        if view.near and len(near) == 1:
            near |= {other for partner in view.focus for other in self._together[partner]}
        return near

    def _places(self, view: SlideView) -> Mapping[str, tuple[float, float]]:
        """Where partners stand: as on the map, but around a single one that the map moves close to, alike in every wave."""
        if not view.circle:
            return self.positions
        return ego(self._together.subgraph(self._near(view)), view.focus[0])

    def _source(self, when: str, scope: Scope) -> str:
        """The programme, the wave, what narrows the slide and for whom it is."""
        parts = [
            self.programme,
            when or "documented partnerships",
            *filters.scope_labels(self.tables, scope, self.story.themes),
            AUDIENCES[self.story.audience],
            illustrative.SLIDE if self.illustrative else "",
            record.foot(self.tables),
        ]
        return " · ".join(part for part in parts if part)


def mended(view: SlideView, tables: Tables) -> SlideView:
    """The view without the partners, pilots and wave that are not there (any more)."""
    partners = set(tables["organisations"]["id"])
    return replace(view, scope=mended_scope(view.scope, tables), focus=tuple(each for each in view.focus if each in partners))


def mended_scope(scope: Scope, tables: Tables) -> Scope:
    """The same of a scope."""
    partners, pilots, waves = (set(tables[name]["id"]) for name in ("organisations", "pilots", "waves"))
    return replace(
        scope,
        wave=scope.wave if scope.wave in waves else None,
        pilots=tuple(each for each in scope.pilots if each in pilots),
        focus=tuple(each for each in scope.focus if each in partners),
        hidden=tuple(each for each in scope.hidden if each in partners),
    )


def quote(slide: Slide, tables: Tables, audience: Audience) -> tuple[str, str] | None:
    """The words of its quote and whose they are, if the audience may read them (still)."""
    rows = consented(tables.quotes, audience).filter(pl.col("id") == (slide.quote or ""))
    return (rows["text"][0], rows["attribution"][0] or ANYBODY) if rows.height else None


def gone(slide: Slide, tables: Tables, audience: Audience = "lead") -> list[str]:
    """What a slide names that is not there (any more), in sentences."""
    sentences = []
    for what, ids, table in (
        ("partner", (*slide.view.focus, *slide.view.scope.focus), "organisations"),
        ("pilot", slide.view.scope.pilots, "pilots"),
        ("wave", (slide.view.scope.wave,) if slide.view.scope.wave else (), "waves"),
    ):
        there = set(tables[table]["id"])
        lost = [each for each in dict.fromkeys(ids) if each not in there]
        if lost:
            several = len(lost) > 1
            sentences.append(
                f"It names {what}{'s' if several else ''} that {'are' if several else 'is'} not there any more: {listed(lost)}. "
                f"It is shown without {'them' if several else 'it'}."
            )
    if slide.quote and quote(slide, tables, audience) is None:
        sentences.append("Its quote is not there any more, or may not be shown to this audience; it is left out.")
    return sentences
