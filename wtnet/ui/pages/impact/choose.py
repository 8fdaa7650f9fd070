"""The impact page: what is looked at, the sentence, the headline figures, and how the indicators are arranged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import polars as pl
import streamlit as st

from wtnet import frameworks
from wtnet.measures.impact import progress as impact
from wtnet.measures.impact.progress import Looked
from wtnet.measures.impact.suppression import consented
from wtnet.palette import STATES
from wtnet.sentences import impact as impact_sentences
from wtnet.tables.model import Audience
from wtnet.tables.schema import KINDS, THEMES
from wtnet.ui.frame import address, cached, sign_in
from wtnet.ui.frame.audience import PROOF, VALUES, figures_in_words
from wtnet.ui.frame.markdown import cut, listed
from wtnet.ui.frame.page import PageContext, nothing_left
from wtnet.ui.parts.figures import rows_button

address.declare(
    pilot_place="place", target_group="target group", theme="theme", picture="picture", framework="framework", split="division"
)

STYLE = Path(__file__).parent / "impact.css"
FILTERS = ("pilot_place", "target_group", "pilot", "kind", "theme")
PICTURES = {"way": "From baseline to target", "grid": "Side by side", "steps": "Wave by wave"}
SPLITS = {"pilot": "Pilots", "place": "Places", "target_group": "Target groups", "kind": "Kinds of partner"}
"""What the indicators are divided by: cuts of `impact.total`, as people choose them."""
OUR_THEMES = "The five themes"


@dataclass(frozen=True)
class Group:
    """Indicators under one heading: a theme, or an outcome of a framework; `source` a web address or ""."""

    title: str
    indicators: tuple[str, ...]
    themes: tuple[str, ...]
    kind: str = ""
    source: str = ""
    note: str = ""


@dataclass(frozen=True, eq=False)
class Seen:
    """What the page shows: the cut as the audience may see it, how it is arranged, and which indicator is open."""

    here: PageContext
    looked: Looked
    late: pl.DataFrame
    quotes: pl.DataFrame
    where: str
    groups: list[Group]
    framework: str | None
    lacking: tuple[str, ...]
    unknown: tuple[str, ...]
    picture: str
    split: str
    indicator: str | None
    first: bool

    @property
    def wave_names(self) -> dict[str, str]:
        """Names of the waves by id."""
        return dict(self.here.tables.waves.select("id", "name").iter_rows())


def look(here: PageContext) -> Seen | None:
    """Draw the choices and work out what they leave; None, with a way out, where there is nothing to show."""
    st.html(STYLE)
    tables = here.tables
    if not tables.indicators.height:
        _nothing()
        return None
    choice, said = _filters(here)
    picture, framework, split = _arrangement()
    looked = _looked(*here.key, here.wave, here.audience, tuple(sorted(choice.items())))
    if not looked.cells.height and said:
        nothing_left(f"Nothing has been measured for all of these together: {said}.", *FILTERS)
        return None
    pilots = tables.pilots["id"].to_list() if not said else looked.cells["pilot"].unique().to_list()
    quotes = consented(tables.quotes, here.audience)
    quotes = quotes.filter(pl.col("pilot").is_in(pilots) | (pl.col("pilot").is_null() if not said else pl.lit(False)))
    indicators = tables.indicators.filter(pl.col("id").is_in(looked.overview["indicator"].to_list()))
    opened = next(iter(address.among("indicator", tables.indicators["id"].to_list(), "indicator")), None)
    groups, lacking, unknown = arrange(indicators, framework)
    first = impact.starts(tables, here.wave)  # nothing can have come of it yet, and nothing be late
    late = impact.late(looked.progress, tables, here.wave)
    late = late.clear() if first else late
    shown = opened if opened in indicators["id"] else None
    return Seen(here, looked, late, quotes, said, groups, framework, lacking, unknown, picture, split, shown, first)


@st.cache_resource(max_entries=256, show_spinner=False)
def _looked(
    programme: str, at: cached.At, wave: str | None, audience: Audience, choice: tuple[tuple[str, tuple[str, ...]], ...]
) -> Looked:
    return impact.look(cached.tables(programme, at), wave, cached.cells(programme, at, audience), dict(choice))


def _nothing() -> None:
    st.info(
        "No indicators have been recorded for this programme, so there is nothing to say about impact yet. Add what you "
        "measure to the sheets “indicators” and “results” and bring the workbook in.",
        icon=":material/target:",
    )
    with st.container(horizontal=True):
        sign_in.link_to_data("Bring in results, or get the blank workbook")
        st.page_link("pages/side_by_side.py", label="See the partnerships", icon=":material/join_inner:")


def _filters(here: PageContext) -> tuple[dict[str, tuple[str, ...]], str]:
    """The cut, as arguments of `impact.cut`, and in words."""
    tables = here.tables
    names = dict(tables.pilots.select("id", "name").iter_rows())
    places = tables.pilots["place"].drop_nulls().unique(maintain_order=True).to_list()
    groups = tables.pilots["target_group"].drop_nulls().unique(maintain_order=True).to_list()
    kinds = [kind for kind in KINDS if kind in set(tables.organisations["kind"])]
    themes = [theme for theme in THEMES if theme in set(tables.indicators["theme"])]
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="impact_filters"):
        place = _filter("Place", places, "pilot_place", "place", "All places", 150)
        group = _filter("Target group", groups, "target_group", "target group", "All target groups", 220)
        pilot = _filter("Pilots", list(names), "pilot", "pilot", "All pilots", 170, names.__getitem__)
        kind = _filter("With partners of kind", kinds, "kind", "kind of partner", "All kinds", 190, KINDS.__getitem__)
        theme = _filter("Themes", themes, "theme", "theme", "All themes", 170, THEMES.__getitem__)
    choice = {"places": place, "target_groups": group, "pilots": pilot, "kinds": kind, "themes": theme}
    with_kinds = [f"pilots with {listed([KINDS[each].lower() for each in kind]).replace(' and ', ' or ')}s"] if kind else []
    said = impact_sentences.filters_text(
        place, group, [names[each] for each in pilot], with_kinds, [THEMES[each] for each in theme]
    )
    return choice, said


def _filter(
    label: str, options: list[str], name: str, what: str, every: str, width: int, say: Callable[[str], str] = str
) -> tuple[str, ...]:
    if not options:
        return ()
    with st.container(width=width):
        return address.several(st.multiselect, label, options, name=name, what=what, placeholder=every, format_func=say)


def _arrangement() -> tuple[str, str | None, str]:
    """Which picture, grouped by the themes or by a framework, and divided by what."""
    there = frameworks.names()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="impact_arrangement"):
        with st.container(width="content"):
            picture = address.one(
                st.segmented_control, "Picture", list(PICTURES), name="picture", default="way", what="picture",
                format_func=PICTURES.__getitem__, required=True,
            )  # fmt: skip
        with st.container(width=300):
            framework = address.one(
                st.selectbox, "Grouped by", [OUR_THEMES, *there], name="framework", default=OUR_THEMES, what="framework",
                help="A funder's outcomes: indicators are tagged with them in the sheet “indicators”, column “outcomes”.",
            )  # fmt: skip
        with st.container(width=170):
            split = address.one(
                st.selectbox, "Divided by", list(SPLITS), name="split", default="pilot", what="division",
                format_func=SPLITS.__getitem__, help="The columns of “Side by side” and the pictures of an open indicator.",
            )  # fmt: skip
    return picture or "way", None if framework in {None, OUR_THEMES} else framework, split or "pilot"


def arrange(indicators: pl.DataFrame, framework: str | None) -> tuple[list[Group], tuple[str, ...], tuple[str, ...]]:
    """The indicators under their themes, or under the outcomes of a framework with those that name none of them at the end;
    the outcomes without any; and ids of outcomes that are in no framework."""
    theme_of = dict(indicators.select("id", pl.col("theme").cast(pl.String)).iter_rows())
    if framework is None:
        inside = {theme: tuple(one for one, of in theme_of.items() if of == theme) for theme in THEMES}
        return [Group(THEMES[theme], ids, (theme,)) for theme, ids in inside.items() if ids], (), ()
    each, without, unknown = frameworks.grouped(indicators, framework)
    groups = [
        Group(one.name, one.indicators, _themes(one.indicators, theme_of), one.kind, one.source_url, one.note)
        for one in each
        if one.indicators
    ]
    if without:
        groups.append(Group("Tagged with no outcome of this framework", tuple(without), ()))
    return groups, tuple(one.name for one in each if not one.indicators), tuple(unknown)


def _themes(ids: tuple[str, ...], theme_of: dict[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(theme_of[one] for one in ids))


def figures(seen: Seen) -> None:
    """The headline figures; each opens to its rows."""
    progress, cells = seen.looked.progress, seen.looked.cells
    tally = impact.tally(progress)
    given = cells.filter(pl.col("value").is_not_null())
    proven = given.filter(pl.col("evidence").is_not_null() | pl.col("source_url").is_not_null())
    makes: list[tuple[str, str, str, Callable[[], pl.DataFrame]]] = [
        (name, f"{STATES[name][1]} {STATES[name][0].capitalize()}", f"{tally[name]:,}", partial(_in_state, progress, name))
        for name in ("met", "on_track", "behind")
    ]
    makes.append(("late", "Late or missing", f"{seen.late.height:,}", lambda: figures_in_words(_named(seen.late))))
    share = f"{proven.height:,} of {given.height:,}"
    if seen.first:
        makes = []
    makes.append(("evidence", "Results with evidence", share, lambda: proven.select(*RESULT)))
    with st.container(horizontal=True, gap="small", key="figures"):
        for name, label, value, make in makes:
            with st.container(width=176 if name == "evidence" else 128 if name == "late" else 104, gap=None):
                st.metric(label, value)
                rows_button(f"impact_{name}", "Show me", make, partial(_say, impact_sentences.STATE_MEANINGS[name]))


def _say(means: str) -> None:
    st.markdown(means)


RESULT = ("name", "pilot_name", "wave_name", "value", "unit", "n", "evidence", "source_url")
"""The columns of a result, of `impact.cells`."""


def _named(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select("name", "pilot_name", *VALUES, "latest_wave", "target", "n", *PROOF)


def _in_state(progress: pl.DataFrame, name: str) -> pl.DataFrame:
    return figures_in_words(_named(progress.filter(pl.col("state") == name)))


def sentence(seen: Seen) -> str:
    """The sentence on top."""
    if seen.first and seen.looked.cells.height:
        return impact_sentences.first_wave_headline(seen.looked.cells, cut(seen.where, 200), seen.here.wave_name())
    return impact_sentences.headline(seen.looked, cut(seen.where, 200), seen.here.wave_name() if seen.here.wave else "")
