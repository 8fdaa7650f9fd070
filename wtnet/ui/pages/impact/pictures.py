"""The indicators of the Impact page in their groups, and the pictures of the one that is open, divided into parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import polars as pl
import streamlit as st

from wtnet.draw.charts import impact as charts
from wtnet.draw.charts.impact import Cell, Row, WaveStep
from wtnet.measures.impact import progress
from wtnet.sentences import impact as impact_sentences
from wtnet.sentences import survey_results, targets
from wtnet.sentences.format import web_address
from wtnet.tables.schema import KINDS
from wtnet.ui.frame import address
from wtnet.ui.frame.markdown import cut, figure, listed, plain
from wtnet.ui.pages.impact import in_words
from wtnet.ui.pages.impact.choose import SPLITS, Group, ImpactChoice
from wtnet.ui.pages.impact.rows import show_open_indicator
from wtnet.ui.pages.impact.sheet import sheet

PARTS, LINES = 24, 240
"""So many parts of a division, and so many indicators, are drawn; the tables have all."""

Overview = Mapping[str, Any]
"""A row of `impact.overview`."""


def show(choice: ImpactChoice) -> None:
    """Show every group with its indicators; the open one is followed by what it rests on."""
    _about_framework(choice)
    rows: dict[str, Overview] = {row["indicator"]: row for row in choice.summary.overview.iter_rows(named=True)}
    groups = list(choice.arrangement.groups)
    if sum(len(group.indicators) for group in groups) > LINES:
        st.caption(
            f"The first {LINES} of {len(rows):,} indicators are drawn; choose a theme to see the others. The table has all."
        )
        groups = _first(groups, LINES)
    below: list[Group] = []
    if choice.picture == "way":
        groups, below = _split_at(groups, choice.indicator)
        markup = (charts.KEY if rows else "") + _ways(choice, groups, rows)
    else:
        in_words.where_told(choice)
        groups = [group for group in groups if group.indicators]
        markup = _grid(choice, groups, rows) if choice.picture == "grid" else _steps(choice, groups, rows)
    sheet(markup, "impact_above", _open_or_close)
    if choice.indicator and choice.indicator in rows:
        row = rows[choice.indicator]
        show_open_indicator(choice, row, _part_pictures(choice, row), _theme_quotes(choice, choice.indicator))
    if below:
        sheet(_ways(choice, below, rows), "impact_below", _open_or_close)


def _open_or_close(indicator: str) -> None:
    address.put("indicator", None if address.get("indicator") == indicator else indicator)


def _first(groups: Sequence[Group], most: int) -> list[Group]:
    """The groups cut to so many indicators in all."""
    kept, left = [], most
    for group in groups:
        kept.append(replace(group, indicators=group.indicators[:left]))
        left -= len(kept[-1].indicators)
    return [group for group in kept if group.indicators or group.findings]


def _split_at(groups: Sequence[Group], indicator: str | None) -> tuple[list[Group], list[Group]]:
    """The groups up to an indicator and those after it; its own group is cut in two, without its title the second time."""
    for place, group in enumerate(groups):
        if indicator in group.indicators:
            at = group.indicators.index(indicator) + 1
            below = at < len(group.indicators) or bool(group.findings)
            above = [*groups[:place], replace(group, indicators=group.indicators[:at], findings=())]
            rest = [replace(group, indicators=group.indicators[at:], title="")] if below else []
            return above, [*rest, *groups[place + 1 :]]
    return list(groups), []


def _about_framework(choice: ImpactChoice) -> None:
    """Show the source of a framework, its outcomes without evidence, and the tags that are in no framework."""
    if not choice.framework:
        return
    lacking, unknown = choice.arrangement.lacking, choice.arrangement.unknown
    sentences = ["Only the titles are shown; what an outcome means is in its source. Tags are ours, not the funder's."]
    if lacking:
        sentences.append(f"No indicator or finding in view is evidence for: {listed(list(lacking), most=12)}.")
    if unknown:
        tags = listed(list(unknown), most=6)
        correct = "; correct them in the sheet “indicators”" if choice.here.person.edits else ""
        sentences.append(f"Tags that are in no framework: {tags}{correct}.")
    st.caption(plain(" ".join(sentences)))


# -- the three pictures ------------------------------------------------------------------------------------------------


def _ways(choice: ImpactChoice, groups: Sequence[Group], rows: Mapping[str, Overview]) -> str:
    """Each indicator as a line from baseline to target."""
    sections = []
    for group in groups:
        own = [rows[indicator] for indicator in group.indicators]
        lines = [
            impact_sentences.indicator_line(row, _notes(choice, row), row["indicator"] == choice.indicator, choice.first)
            for row in own
        ]
        divided = choice.indicator in group.indicators or not group.title
        quotes = "" if choice.framework or divided else in_words.beside(choice, group.themes)
        tally = "" if divided or choice.first else targets.tally_text([row["state"] for row in own])
        inside = f"<div>{charts.lines(lines) if lines else ''}{in_words.markup(choice, group.findings)}</div>"
        sections.append(charts.section(group.title, tally, inside, quotes, _source(group), not choice.framework))
    return "".join(sections)


def _notes(choice: ImpactChoice, row: Overview) -> list[str]:
    late = choice.late.filter(pl.col("indicator") == row["indicator"])
    once = "" if choice.where else survey_results.counted_once(choice.here.tables, row, choice.here.wave)
    return [*impact_sentences.notes(row, late, choice.wave_names), *([once] if once else [])]


def _source(group: Group) -> str:
    """What an outcome of a framework is, and the link to its source; "" for a theme."""
    if not group.kind:
        return ""
    parts = [charts.in_svg(text) for text in (group.kind, group.note) if text]
    source = web_address(group.source)
    if source:
        parts.append(charts.link(source, "source"))
    return f'<p class="about">{" · ".join(parts)}</p>'


def _grid(choice: ImpactChoice, groups: Sequence[Group], rows: Mapping[str, Overview]) -> str:
    """The state of each indicator in each part of the division."""
    parts = _parts(choice, choice.summary.cells)
    names = _part_names(choice, parts[:PARTS])
    by_part = _overview_by_part(choice, choice.summary.cells, list(names))
    table = [
        (
            f"{group.title} ({group.note})" if group.note else group.title,
            [_grid_row(choice, rows[indicator], by_part, names) for indicator in group.indicators],
        )
        for group in groups
    ]
    caption = f"State of each indicator by {SPLITS[choice.split].lower()}, with how far it is from baseline to target"
    occurring = {row["state"] for row in (*rows.values(), *by_part.values())}
    key = "" if choice.first else charts.legend([state for state in progress.STATES if state in occurring])
    notes = [f"{PARTS} of {len(parts):,} are drawn; the table has all."] if len(parts) > PARTS else []
    notes += [_overlap(choice)] if _overlap(choice) else []
    below = "".join(f'<p class="key">{charts.in_svg(note)}</p>' for note in notes)
    return key + charts.grid(caption, ["All together", *names.values()], table) + below


def _grid_row(choice: ImpactChoice, row: Overview, by_part: Mapping[tuple[str, str], Overview], names: Mapping[str, str]) -> Row:
    indicator = row["indicator"]
    cells = [_cell(by_part.get((indicator, part)), name, choice.first) for part, name in names.items()]
    return Row(indicator, row["name"], indicator == choice.indicator, [_cell(row, "All", choice.first), *cells])


def _cell(row: Overview | None, name: str, first: bool) -> Cell:
    """One indicator in one part: its state, briefly how far it is, and everything in words."""
    if row is None:
        return Cell(None, "–", f"{name}: not measured")
    line = impact_sentences.indicator_line(row, (), False, first)
    words = f"{name}: {line.from_to}, {line.aim or 'no target'}"
    if first:
        return Cell(None, line.from_to.removesuffix(" at the start"), words)
    if row["state"] is None:
        return Cell(None, "no total" if row["reason"] else "–", f"{name}: {row['reason'] or 'not known'}")
    if line.way.endswith(" of the way"):
        brief = line.way.removesuffix(" of the way")
    elif row["latest_shown"]:
        brief = row["latest_shown"]
    else:
        brief = "" if row["state"] in {"withheld", "no_data"} else line.from_to.rpartition("→")[2].strip()
    return Cell(row["state"], brief, f"{words}, {line.way}" if line.way else words)


def _steps(choice: ImpactChoice, groups: Sequence[Group], rows: Mapping[str, Overview]) -> str:
    """Each indicator of all pilots together, wave by wave."""
    totals = progress.total(_up_to_wave(choice), ["wave"])
    by_wave = {(row["indicator"], row["wave"]): row for row in totals.iter_rows(named=True)}
    sections = []
    for group in groups:
        drawn = []
        for row in (rows[indicator] for indicator in group.indicators):
            steps = [_step(choice, wave, by_wave.get((row["indicator"], wave))) for wave in _waves(choice)]
            ends = impact_sentences.scale(row["rule"], row["unit"], [*(step.value for step in steps), row["target"]])
            drawn.append(_picture(choice, row["name"], steps, row, ends))
        quotes = "" if choice.framework else in_words.beside(choice, group.themes)
        sections.append(charts.section(group.title, "", charts.multiples(drawn), quotes, _source(group)))
    return f'<p class="key">{charts.in_svg(_SCALE)}</p>{"".join(sections)}'


_SCALE = (
    "Each picture runs over the whole scale of its instrument, counts from 0; dashed: the target. A value holds until the next "
    "is measured."
)


def _picture(choice: ImpactChoice, name: str, steps: Sequence[WaveStep], row: Overview, ends: tuple[float, float]) -> str:
    state = "" if choice.first else charts.state(row["state"], targets.progress_text(row))
    return charts.steps(name, steps, row["target"], ends, state, figure(row["target"]))


def _step(choice: ImpactChoice, wave: str, row: Mapping[str, Any] | None) -> WaveStep:
    """A wave of a picture; `row` of `impact.total`, None where nothing was measured."""
    return WaveStep(choice.wave_names.get(wave, wave), row["value"] if row else None, _total_text(row))


def _total_text(row: Mapping[str, Any] | None) -> str:
    if row is None:
        return "–"
    if row["value"] is not None:
        return figure(row["value"])
    return row["shown"] or ("no total" if row["reason"] else "–")


# -- an open indicator -------------------------------------------------------------------------------------------------


def _part_pictures(choice: ImpactChoice, row: Overview) -> str:
    """An indicator wave by wave in each part of the division, all on one scale."""
    cells = _up_to_wave(choice).filter(pl.col("indicator") == row["indicator"])
    names = _part_names(choice, _parts(choice, cells)[:PARTS])
    cells = _in_parts(choice, cells, list(names))
    standing = {part: own for (_, part), own in _overview_by_part(choice, cells, list(names)).items()}
    totals = progress.total(cells, [choice.split, "wave"])
    by_wave = {(total[choice.split], total["wave"]): total for total in totals.iter_rows(named=True)}
    steps = {
        part: [_step(choice, wave, by_wave.get((part, wave))) for wave in _waves(choice)] for part in names if part in standing
    }
    values = [value for part in steps for value in (*(step.value for step in steps[part]), standing[part]["target"])]
    ends = impact_sentences.scale(row["rule"], row["unit"], values)
    drawn = [_picture(choice, names[part], steps[part], standing[part], ends) for part in steps]
    return f'<div><p class="key">{charts.in_svg(f"{_SCALE}{_overlap(choice)}")}</p>{charts.multiples(drawn)}</div>'


def _theme_quotes(choice: ImpactChoice, indicator: str) -> str:
    """Quotes under the theme of an indicator."""
    theme = choice.here.tables.indicators.row(by_predicate=pl.col("id") == indicator, named=True)["theme"]
    return in_words.beside(choice, (str(theme),))


# -- waves and parts ---------------------------------------------------------------------------------------------------


def _waves(choice: ImpactChoice) -> list[str]:
    """The waves up to the one looked at, in order."""
    order, at = progress.locate_wave(choice.here.tables, choice.here.wave)
    return order[: at + 1]


def _up_to_wave(choice: ImpactChoice) -> pl.DataFrame:
    return choice.summary.cells.filter(pl.col("wave").is_in(_waves(choice)))


def _parts(choice: ImpactChoice, cells: pl.DataFrame) -> list[str]:
    """The ids of the parts of the division that have cells, in the order of the tables."""
    pilots = choice.here.tables.pilots
    occurring = set((cells["kinds"].explode() if choice.split == "kind" else cells[choice.split]).drop_nulls())
    order = list(KINDS) if choice.split == "kind" else pilots["id" if choice.split == "pilot" else choice.split].to_list()
    return [part for part in dict.fromkeys(order) if part in occurring]


def _in_parts(choice: ImpactChoice, cells: pl.DataFrame, parts: Sequence[str]) -> pl.DataFrame:
    """The cells of these parts: all of each, so that what is totalled by part stays the same. Kinds are few and overlap."""
    return cells if choice.split == "kind" else cells.filter(pl.col(choice.split).is_in(list(parts)))


def _overview_by_part(choice: ImpactChoice, cells: pl.DataFrame, parts: Sequence[str]) -> dict[tuple[str, str], Overview]:
    """The rows of `impact.overview` by indicator and part."""
    own = _in_parts(choice, cells, parts)
    overview = progress.overview(choice.here.tables, choice.here.wave, own, [choice.split])
    return {(row["indicator"], row[choice.split]): row for row in overview.iter_rows(named=True)}


def _part_names(choice: ImpactChoice, parts: Sequence[str]) -> dict[str, str]:
    """The names of parts by id; places and target groups are their own names."""
    names = {"pilot": choice.here.tables.names("pilots"), "kind": KINDS}.get(choice.split, {})
    return {part: cut(names.get(part, part), 60) for part in parts}


def _overlap(choice: ImpactChoice) -> str:
    return " A pilot counts under every kind of partner in it, so the kinds overlap." if choice.split == "kind" else ""
