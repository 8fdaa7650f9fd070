"""The indicators of the impact page in their groups, and what opens below one of them: its parts, its rows, its evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import polars as pl
import streamlit as st

from wtnet.draw.charts import impact as charts
from wtnet.draw.charts.impact import Cell, Step
from wtnet.measures.impact import progress
from wtnet.sentences import impact as impact_sentences
from wtnet.sentences.format import web_address
from wtnet.tables.schema import KINDS
from wtnet.ui.frame import address as view
from wtnet.ui.frame.markdown import cut, figure, listed, plain
from wtnet.ui.pages.impact import rows as impact_rows
from wtnet.ui.pages.impact.choose import SPLITS, Group, Seen
from wtnet.ui.parts.sheet import sheet

QUOTES = 3
"""So many quotes stand beside a group; the others are in the rows."""
PARTS, LINES = 24, 240
"""So many parts of a division, and so many indicators, are drawn; the tables have all."""


def show(seen: Seen) -> None:
    """Every group with its indicators; the open one is followed by what it rests on."""
    _about_framework(seen)
    rows = {row["indicator"]: row for row in seen.looked.overview.iter_rows(named=True)}
    groups = [group for group in seen.groups if group.indicators]
    if sum(len(group.indicators) for group in groups) > LINES:
        st.caption(
            f"The first {LINES} of {len(rows):,} indicators are drawn; choose a theme to see the others. The table has all."
        )
        groups = _first(groups, LINES)
    draw = {"way": _ways, "grid": _grid, "steps": _steps}[seen.picture]
    above, below = _split(groups, seen.indicator if seen.picture == "way" else None)
    sheet(draw(seen, above, rows, True), "impact_above", _pick)
    if seen.indicator and seen.indicator in rows:
        impact_rows.opened(seen, rows[seen.indicator], pictures(seen, rows[seen.indicator]), quotes_of(seen, seen.indicator))
    if below:
        sheet(draw(seen, below, rows, False), "impact_below", _pick)


def _pick(indicator: str) -> None:
    view.put("indicator", None if view.get("indicator") == indicator else indicator)


def _first(groups: Sequence[Group], most: int) -> list[Group]:
    kept, left = [], most
    for group in groups:
        kept.append(_with(group, group.indicators[:left]))
        left -= len(kept[-1].indicators)
    return [group for group in kept if group.indicators]


def _with(group: Group, ids: Sequence[str], title: str | None = None) -> Group:
    return Group(group.title if title is None else title, tuple(ids), group.themes, group.kind, group.source, group.note)


def _split(groups: Sequence[Group], opened: str | None) -> tuple[list[Group], list[Group]]:
    """The groups up to the open indicator and those after it; a group is cut in two, without its title the second time."""
    for place, group in enumerate(groups):
        if opened in group.indicators:
            at = group.indicators.index(opened) + 1
            rest = [_with(group, group.indicators[at:], "")] if at < len(group.indicators) else []
            return [*groups[:place], _with(group, group.indicators[:at])], [*rest, *groups[place + 1 :]]
    return list(groups), []


def _about_framework(seen: Seen) -> None:
    """Where a framework's outcomes stand, which have no evidence, and tags that nobody knows."""
    if not seen.framework:
        return
    said = ["Only the titles are shown; what an outcome means is in its source. Tags are ours, not the funder's."]
    if seen.lacking:
        said.append(f"No indicator in view is evidence for: {listed(list(seen.lacking), most=12)}.")
    if seen.unknown:
        said.append(
            f"Tags that are in no framework: {listed(list(seen.unknown), most=6)}; correct them in the sheet “indicators”."
        )
    st.caption(plain(" ".join(said)))


# -- the three pictures ------------------------------------------------------------------------------------------------


def _ways(seen: Seen, groups: Sequence[Group], rows: Mapping[str, Mapping[str, Any]], first: bool) -> str:
    made = []
    for group in groups:
        found = [
            impact_sentences.indicator_line(rows[one], _notes(seen, rows[one]), one == seen.indicator, seen.first)
            for one in group.indicators
        ]
        cut_in_two = seen.indicator in group.indicators or not group.title
        beside = "" if seen.framework or cut_in_two else _quotes(seen, group)
        tally = (
            impact_sentences.tally_text([rows[one]["state"] for one in group.indicators])
            if group.title and not cut_in_two and not seen.first
            else ""
        )
        made.append(charts.section(group.title, tally, charts.lines(found), beside, _source(group), not seen.framework))
    return (charts.KEY if first else "") + "".join(made)


def _notes(seen: Seen, row: Mapping[str, Any]) -> list[str]:
    return impact_sentences.notes(row, seen.late.filter(pl.col("indicator") == row["indicator"]), seen.wave_names)


def _source(group: Group) -> str:
    if not group.kind:
        return ""
    address = web_address(group.source)
    way = charts.link(address, "source") if address else ""
    parts = [charts.in_svg(each) for each in (group.kind, group.note) if each]
    return f'<p class="about">{" · ".join([*parts, way] if way else parts)}</p>'


def _grid(seen: Seen, groups: Sequence[Group], rows: Mapping[str, Mapping[str, Any]], first: bool) -> str:
    parts = _parts(seen, seen.looked.cells)
    shown = parts[:PARTS]
    found = progress.overview(seen.here.tables, seen.here.wave, _among(seen, seen.looked.cells, shown), [seen.split])
    cells = {(row["indicator"], row[seen.split]): row for row in found.iter_rows(named=True)}
    names = part_names(seen)
    told = [
        (
            f"{group.title} ({group.note})" if group.note else group.title,
            [
                (
                    one,
                    rows[one]["name"],
                    one == seen.indicator,
                    [
                        _cell(rows[one], "All", seen.first),
                        *(_cell(cells.get((one, part)), names(part), seen.first) for part in shown),
                    ],
                )
                for one in group.indicators
            ],
        )
        for group in groups
    ]
    caption = f"State of each indicator by {SPLITS[seen.split].lower()}, with how far it is from baseline to target"
    states = dict.fromkeys(row["state"] for row in [*rows.values(), *cells.values()] if row["state"])
    key = "" if seen.first else charts.legend([name for name in progress.STATES if name in states])
    said = [f"{PARTS} of {len(parts):,} are drawn; the table has all."] if len(parts) > PARTS else []
    more = "".join(f'<p class="key">{charts.in_svg(each)}</p>' for each in (*said, _overlap(seen)) if each)
    return key + charts.grid(caption, ["All together", *(names(part) for part in shown)], told) + more


def _cell(row: Mapping[str, Any] | None, name: str, first: bool) -> Cell:
    if row is None:
        return Cell(None, "–", f"{name}: not measured")
    line = impact_sentences.indicator_line(row, (), False, first)
    if first:
        return Cell(None, line.from_to.removesuffix(" at the start"), f"{name}: {line.from_to}, {line.aim or 'no target'}")
    if row["state"] is None:
        return Cell(None, "no total" if row["reason"] else "–", f"{name}: {row['reason'] or 'not known'}")
    way = line.way.removesuffix(" of the way") if line.way.endswith(" of the way") else ""
    last = row["latest_shown"] or ("" if row["state"] in {"withheld", "no_data"} else line.from_to.rpartition("→")[2].strip())
    brief = way or last
    return Cell(row["state"], brief, f"{name}: {line.from_to}, {line.aim or 'no target'}{f', {line.way}' if line.way else ''}")


def _steps(seen: Seen, groups: Sequence[Group], rows: Mapping[str, Mapping[str, Any]], first: bool) -> str:
    by_wave = progress.total(_up_to(seen), ["wave"])
    found = {(row["indicator"], row["wave"]): row for row in by_wave.iter_rows(named=True)}
    made = []
    for group in groups:
        drawn = [_total_steps(seen, rows[one], found) for one in group.indicators]
        beside = "" if seen.framework else _quotes(seen, group)
        made.append(charts.section(group.title, "", charts.multiples(drawn), beside, _source(group)))
    return f'<p class="key">{charts.in_svg(_HOW)}</p>{"".join(made)}' if first else "".join(made)


_HOW = (
    "Each picture runs over the whole scale of its instrument, counts from 0; dashed: the target. A value holds until the next "
    "is measured."
)


def _overlap(seen: Seen) -> str:
    return " A pilot counts under every kind of partner in it, so the kinds overlap." if seen.split == "kind" else ""


def _total_steps(seen: Seen, row: Mapping[str, Any], found: Mapping[tuple[str, str], Mapping[str, Any]]) -> str:
    steps = [_step(seen, wave, found.get((row["indicator"], wave))) for wave in waves(seen)]
    ends = impact_sentences.scale(row["rule"], row["unit"], [*(step.value for step in steps), row["target"]])
    return charts.steps(row["name"], steps, row["target"], ends, _mood(seen, row), figure(row["target"]))


def _step(seen: Seen, wave: str, row: Mapping[str, Any] | None) -> Step:
    value = row["value"] if row else None
    said = (
        figure(value)
        if value is not None
        else row["shown"]
        if row and row["shown"]
        else "no total"
        if row and row["reason"]
        else "–"
    )
    return Step(seen.wave_names.get(wave, wave), value, said)


def _mood(seen: Seen, row: Mapping[str, Any]) -> str:
    return "" if seen.first else charts.state(row["state"], impact_sentences.progress_text(row))


# -- an open indicator -------------------------------------------------------------------------------------------------


def pictures(seen: Seen, about: Mapping[str, Any]) -> str:
    """The steps of each part of an indicator, on the same scale."""
    own = _up_to(seen).filter(pl.col("indicator") == about["indicator"])
    parts = _parts(seen, own)
    own = _among(seen, own, parts[:PARTS])
    now = progress.overview(seen.here.tables, seen.here.wave, own, [seen.split])
    standing = {row[seen.split]: row for row in now.iter_rows(named=True)}
    found = {(row[seen.split], row["wave"]): row for row in progress.total(own, [seen.split, "wave"]).iter_rows(named=True)}
    names = part_names(seen)
    several = {
        part: [_step(seen, wave, found.get((part, wave))) for wave in waves(seen)] for part in parts[:PARTS] if part in standing
    }
    values = [value for part, steps in several.items() for value in (*(s.value for s in steps), standing[part]["target"])]
    ends = impact_sentences.scale(about["rule"], about["unit"], values)
    drawn = [
        charts.steps(
            names(part), steps, standing[part]["target"], ends, _mood(seen, standing[part]), figure(standing[part]["target"])
        )
        for part, steps in several.items()
    ]  # fmt: skip
    return f'<div><p class="key">{charts.in_svg(f"{_HOW}{_overlap(seen)}")}</p>{charts.multiples(drawn)}</div>'


def quotes_of(seen: Seen, indicator: str) -> str:
    """Words people said under the indicator's theme."""
    theme = seen.here.tables.indicators.row(by_predicate=pl.col("id") == indicator, named=True)["theme"]
    return _quotes(seen, Group("", (), (str(theme),)))


def _quotes(seen: Seen, group: Group) -> str:
    names = dict(seen.here.tables.pilots.select("id", "name").iter_rows())
    near = seen.quotes.filter(pl.col("theme").cast(pl.String).is_in(list(group.themes)))
    found = [
        (text, ", ".join(each for each in (by or "Someone who took part", names.get(pilot, "")) if each))
        for text, by, pilot in near.select("text", "attribution", "pilot").head(QUOTES).iter_rows()
    ]
    return charts.quotes(found)


def waves(seen: Seen) -> list[str]:
    """The waves up to the one looked at, in order."""
    order, at = progress.where(seen.here.tables, seen.here.wave)
    return order[: at + 1]


def _up_to(seen: Seen) -> pl.DataFrame:
    return seen.looked.cells.filter(pl.col("wave").is_in(waves(seen)))


def _parts(seen: Seen, cells: pl.DataFrame) -> list[str]:
    """The parts of the division that have cells, as in the tables."""
    pilots = seen.here.tables.pilots
    found = cells["kinds"].explode() if seen.split == "kind" else cells[seen.split]
    there = set(found.unique().drop_nulls().to_list())
    order = list(KINDS) if seen.split == "kind" else pilots["id" if seen.split == "pilot" else seen.split].to_list()
    return [part for part in dict.fromkeys(order) if part in there]


def _among(seen: Seen, cells: pl.DataFrame, parts: Sequence[str]) -> pl.DataFrame:
    """The cells of these parts: all of each, so that what is totalled by part stays the same. Kinds are few and overlap."""
    return cells if seen.split == "kind" else cells.filter(pl.col(seen.split).is_in(list(parts)))


def part_names(seen: Seen) -> Any:
    """A function that gives a part of the division its name."""
    pilots = dict(seen.here.tables.pilots.select("id", "name").iter_rows())

    @cache
    def name(part: str) -> str:
        return cut(
            pilots.get(part, part) if seen.split == "pilot" else KINDS.get(part, part) if seen.split == "kind" else part, 60
        )

    return name
