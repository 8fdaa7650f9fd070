"""The Impact page: its choices, the sentence on top, the headline figures, and how the indicators are arranged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

import polars as pl
import streamlit as st

from wtnet import frameworks
from wtnet.measures.impact import progress
from wtnet.measures.impact.progress import ImpactSummary
from wtnet.measures.impact.suppression import WITHHELD, consented
from wtnet.sentences import findings as sentences
from wtnet.sentences import impact as impact_sentences
from wtnet.sentences import record, targets
from wtnet.sentences.impact_method import STATE_MEANINGS
from wtnet.tables import Tables
from wtnet.tables.columns import THEMES
from wtnet.tables.model import State
from wtnet.ui.frame import address, cached, sign_in
from wtnet.ui.frame.audience import PROOF, VALUES, figures_in_words
from wtnet.ui.frame.markdown import cut, plain
from wtnet.ui.frame.page import PageContext, nothing_left, opening_sentence
from wtnet.ui.parts import filters, results_cut
from wtnet.ui.parts import findings as finding_parts
from wtnet.ui.parts.as_picture import as_picture
from wtnet.ui.parts.figures import rows_button
from wtnet.ui.parts.selection import read

address.declare(picture="picture", framework="framework", split="division", part="part of this page")

STYLE = Path(__file__).parent / "impact.css"
FILTERS = ("pilot_place", "target_group", "pilot", "kind", "theme")
PICTURES = {"way": "From baseline to target", "grid": "Side by side", "steps": "Wave by wave"}
SPLITS = {"pilot": "Pilots", "place": "Places", "target_group": "Target groups", "kind": "Kinds of partner"}
"""What the indicators are divided by: cuts of `impact.total`, with their labels."""
OUR_THEMES = "The five themes"
PARTS = {"came": "By theme", "voices": "By voice", "done": "What was done", "quotes": "In people's own words"}
"""The parts of the page; those without anything to show are not offered."""


@dataclass(frozen=True)
class Group:
    """Indicators and findings (ids) under one heading: a theme, or an outcome of a framework; `source` a web address or ""."""

    title: str
    indicators: tuple[str, ...]
    themes: tuple[str, ...]
    kind: str = ""
    source: str = ""
    note: str = ""
    findings: tuple[str, ...] = ()


class Arrangement(NamedTuple):
    """Indicators and findings in groups; the outcomes of a framework without evidence; ids of outcomes in no framework."""

    groups: list[Group]
    lacking: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class ImpactChoice:
    """What the page shows.

    `summary` is the cut as the audience may see it and `where` the filters in words; `late` holds rows of `impact.late`;
    `findings` those findings by then in that cut; `part` is one of `PARTS`;
    `framework` is None for the five themes; `indicator` is the open one; `first` is true in the first wave, where nothing can
    have come of it yet.
    """

    here: PageContext
    summary: ImpactSummary
    late: pl.DataFrame
    quotes: pl.DataFrame
    findings: pl.DataFrame
    where: str
    part: str
    arrangement: Arrangement
    framework: str | None
    picture: str
    split: str
    indicator: str | None
    first: bool

    @property
    def wave_names(self) -> dict[str, str]:
        """Names of the waves by id."""
        return self.here.tables.names("waves")


def choose(here: PageContext) -> ImpactChoice | None:
    """Draw the choices and work out what they leave; None, with a way out, where there is nothing to show."""
    st.html(STYLE)
    tables = here.tables
    if not any(tables[name].height for name in ("indicators", "findings", "activities", "quotes")):
        _nothing(record.results_untold(here.tables))
        return None
    _filters(here)
    cut_by, where = results_cut.cut_and_words(here)
    part = _part(here)
    picture, framework, split = _look(tables) if part == "came" else ("way", None, "pilot")
    summary = cached.impact_summary(*here.key, here.wave, here.audience, cut_by)
    findings = finding_parts.in_view(here, read(tables))
    if not summary.cells.height and not findings.height and where and part == "came":
        nothing_left(f"Nothing on record goes with all of these together: {where}.", *FILTERS, "select")
        return None
    pilots = summary.cells["pilot"].unique().to_list() if where else tables.pilots["id"].to_list()
    quotes = consented(tables.quotes, here.audience)
    quotes = quotes.filter(pl.col("pilot").is_in(pilots) | (pl.lit(False) if where else pl.col("pilot").is_null()))
    indicators = tables.indicators.filter(pl.col("id").is_in(summary.overview["indicator"].to_list()))
    asked = next(iter(address.among("indicator", tables.indicators["id"].to_list())), None)
    first = progress.starts(tables, here.wave)
    late = progress.late(summary.progress, tables, here.wave)
    return ImpactChoice(
        here,
        summary,
        late.clear() if first else late,
        quotes,
        findings,
        where,
        part,
        arrange(indicators, framework, findings),
        framework,
        picture,
        split,
        asked if asked in indicators["id"] else None,
        first,
    )


def _part(here: PageContext) -> str:
    """Which part of the page is shown; no choice where there is one alone."""
    tables = here.tables
    there = {
        "came": tables.indicators.height or tables["findings"].height,
        "voices": tables["findings"].height,
        "done": tables["activities"].height,
        "quotes": consented(tables.quotes, here.audience).height,
    }
    offered = {name: words for name, words in PARTS.items() if there[name]}
    if len(offered) < 2:
        return next(iter(offered), "came")
    with st.container(width="content"):
        return address.choose("Show", offered, name="part", default=next(iter(offered)), widget=st.segmented_control)


_HOW = (
    " Add what you measure to the sheets “indicators” and “results”, and what you found to the sheet “findings”, and bring the "
    "workbook in."
)


def _nothing(untold: str = "") -> None:
    st.info(
        plain(untold)
        or "No indicators have been recorded for this programme, nor findings, so there is nothing to say about impact yet."
        + (_HOW if sign_in.leads() else ""),
        icon=":material/target:",
    )
    with st.container(horizontal=True):
        sign_in.link_to_data("Bring in results, or get the blank workbook")
        whole = address.params()
        st.page_link("pages/side_by_side.py", label="See the partnerships", icon=":material/join_inner:", query_params=whole)


def _filters(here: PageContext) -> None:
    tables = here.tables
    names = tables.names("pilots")
    places, groups = (filters.values_of(tables.pilots, column) for column in ("place", "target_group"))
    themes = filters.themes_in_use(tables)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="impact_filters"):
        filters.boxed("Place", places, "pilot_place", "All places", 150)
        filters.boxed("Target group", groups, "target_group", "All target groups", 220)
        filters.boxed("Pilots", names, "pilot", "All pilots", 170)
        filters.boxed("With partners of kind", filters.kinds_in_use(here), "kind", "All kinds", 190)
        filters.boxed("Themes", themes, "theme", "All themes", 170)


def _look(tables: Tables) -> tuple[str, str | None, str]:
    """Which picture, grouped by the themes or by a framework, and divided by what; of findings alone the grouping only."""
    picture, split = "way", "pilot"
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="impact_arrangement"):
        if tables.indicators.height:
            with st.container(width="content"):
                picture = address.choose("Picture", PICTURES, name="picture", default="way", widget=st.segmented_control)
        with st.container(width=300):
            framework = address.choose(
                "Grouped by", [OUR_THEMES, *frameworks.names()], name="framework", default=OUR_THEMES,
                help="A funder's outcomes: indicators and findings are tagged with them in their sheets, column “outcomes”.",
            )  # fmt: skip
        if tables.indicators.height:
            with st.container(width=170):
                split = address.choose(
                    "Divided by", SPLITS, name="split", default="pilot",
                    help="The columns of “Side by side” and the pictures of an open indicator.",
                )  # fmt: skip
    return picture, None if framework == OUR_THEMES else framework, split


_NO_FINDINGS = pl.DataFrame(schema={"id": pl.String, "theme": pl.String, "outcomes": pl.String})


def arrange(indicators: pl.DataFrame, framework: str | None, findings: pl.DataFrame = _NO_FINDINGS) -> Arrangement:
    """The indicators and the findings under their themes, or under the outcomes of a framework, with those that name none of
    them at the end."""
    themes = [dict(rows.select("id", pl.col("theme").cast(pl.String)).iter_rows()) for rows in (indicators, findings)]
    theme_of, of_finding = themes
    if framework is None:
        groups = []
        for theme, label in THEMES.items():
            ids, in_words = (tuple(id for id, own in rows.items() if own == theme) for rows in (theme_of, of_finding))
            if ids or in_words:
                groups.append(Group(label, ids, (theme,), findings=in_words))
        return Arrangement(groups)
    outcomes, without, unknown = frameworks.grouped(indicators, framework)
    told_in, untagged, unknown_too = frameworks.grouped(findings, framework)
    groups = [
        Group(
            outcome.name,
            outcome.indicators,
            tuple(dict.fromkeys(theme_of[id] for id in outcome.indicators)),
            outcome.kind,
            outcome.source_url,
            outcome.note,
            in_words.indicators,
        )
        for outcome, in_words in zip(outcomes, told_in, strict=True)
        if outcome.indicators or in_words.indicators
    ]
    if without or untagged:
        groups.append(Group("Tagged with no outcome of this framework", tuple(without), (), findings=tuple(untagged)))
    pairs = zip(outcomes, told_in, strict=True)
    lacking = tuple(outcome.name for outcome, in_words in pairs if not (outcome.indicators or in_words.indicators))
    return Arrangement(groups, lacking, tuple(dict.fromkeys([*unknown, *unknown_too])))


def figures(choice: ImpactChoice) -> None:
    """Show the headline figures; each opens to its rows."""
    summary, late = choice.summary, choice.late
    if not choice.here.tables.indicators.height:
        finding_parts.figures(choice.here, choice.findings)
        return
    measured = summary.cells.filter(pl.col("value").is_not_null())
    proven = measured.filter(pl.col("evidence").is_not_null() | pl.col("source_url").is_not_null())
    shown: list[tuple[str, str, str, Callable[[], pl.DataFrame]]] = []
    if not choice.first:
        for state, value in targets.state_figures(summary.progress):
            shown.append((state, targets.figure_label(state), value, partial(in_state, summary.progress, state)))
        shown.append(("late", "Late or missing", f"{late.height:,}", lambda: figures_in_words(late.select(FIGURE))))
    # Of a withheld result nothing is shown, not even whether it has evidence.
    secret = summary.cells["suppressed"].any()
    share = WITHHELD if secret else f"{proven.height:,} of {measured.height:,}"
    shown.append(("evidence", "Results with evidence", share, lambda: proven.select(RESULT)))
    with st.container(horizontal=True, gap="small", key="figures"):
        for name, label, value, make in shown:
            with st.container(width={"evidence": 176, "late": 128}.get(name, 104 if len(label) < 12 else 150), gap=None):
                st.metric(label, value)
                rows_button(f"impact_{name}", "Show me", make, partial(_meaning, name, summary.progress))


def _meaning(name: str, progress: pl.DataFrame) -> None:
    st.markdown(f"{STATE_MEANINGS[name]} {targets.rows_text(progress, 'met') if name == 'met' else ''}")
    as_picture(f"results:{name}")


RESULT = ("name", "pilot_name", "wave_name", "value", "unit", "n", "evidence", "source_url")
"""The columns of `impact.cells` that are shown of a result."""
FIGURE = ("name", "pilot_name", *VALUES, "latest_wave", "target", "n", *PROOF)
"""The columns of `impact.progress` that are shown of a pilot's figure."""


def in_state(rows: pl.DataFrame, state: State) -> pl.DataFrame:
    """The rows of `impact.progress` in one state, as they are shown."""
    return figures_in_words(targets.in_state(rows, state).select(FIGURE))


def headline(choice: ImpactChoice) -> None:
    """Show the sentence on top."""
    where, summary = cut(choice.where, 200), choice.summary
    in_words = sentences.headline(choice.findings, choice.here.tables)
    if not choice.here.tables.indicators.height and in_words:
        opening_sentence(sentences.headline(choice.findings, choice.here.tables, where))
        return
    if choice.first and summary.cells.height:
        sentence = impact_sentences.first_wave_headline(summary.cells, where, choice.here.wave_name())
    else:
        untold = record.results_untold(choice.here.tables)
        sentence = impact_sentences.headline(summary, where, choice.here.wave_name() if choice.here.wave else "", untold)
    opening_sentence(" ".join(filter(None, [sentence, in_words])))
