"""The sentences of the impact page: the headline, each indicator, and what a reader must know of it."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from wtnet.measures.impact import tallies
from wtnet.measures.impact.cells import given
from wtnet.measures.impact.progress import ImpactSummary
from wtnet.measures.impact.states import MET
from wtnet.measures.impact.suppression import WITHHELD
from wtnet.sentences.format import count, cut, figure, listed, result_text, verb
from wtnet.sentences.targets import COUNTED, met_text, progress_text, rows_text
from wtnet.tables.instruments import SCALES
from wtnet.tables.model import State
from wtnet.tables.rounding import rounded

_ENDS = re.compile(r"\b(\d+(?:\.\d+)?)\s*(?:to|–|-)\s*(\d+(?:\.\d+)?)\b")


@dataclass(frozen=True)
class IndicatorLine:
    """One indicator as text, with the numbers its picture needs.

    `about` how it was measured, `ends` of its scale, `from_to` "5.7 → 7.0", `aim` "target 7.0", `n` "n 88 → 126, not all the
    same people", `state` None in the first wave, `way` "95 % of the way", `notes` what a reader must
    know, `open` if its rows are shown below.
    """

    id: str
    name: str
    about: str
    baseline: float | None
    latest: float | None
    target: float | None
    ends: tuple[float, float]
    from_to: str
    aim: str
    n: str
    state: State | None
    way: str = ""
    notes: tuple[str, ...] = ()
    open: bool = False


def scale(rule: str | None, unit: str | None, values: Sequence[float | None]) -> tuple[float, float]:
    """The ends of the scale an indicator is drawn on: those of its instrument, else those its unit names ("mean, 1 to 5"), else
    0 and the largest value. Values outside widen it."""
    known = [value for value in values if value is not None and math.isfinite(value)]
    in_unit = _ENDS.search(unit or "") if rule in {"mean", "unknown"} else None
    if rule in SCALES:
        low, high, _ = SCALES[rule]
    elif in_unit and float(in_unit[1]) < float(in_unit[2]):
        low, high = float(in_unit[1]), float(in_unit[2])
    else:
        low, high = 0.0, max([0.0, *known])
    low, high = min([low, *known]), max([high, *known])
    return (low, high) if high > low else (low, low + 1)


_NEVER = "Nobody has measured it here."


def headline(summary: ImpactSummary, where: str, wave: str, untold: str = "") -> str:
    """The sentence on top: how many targets are met, what is furthest from its target, what nobody has measured.

    `where` is the cut in words (`filters_text`) and `wave` the name of the wave; either may be "". `untold` says that results are
    not all recorded (`record.results_untold`): then nothing is said not to have been measured.
    """
    begin = f"{where}: " if where else ""
    when = f" at the wave “{wave}”" if wave else ""
    measured = summary.cells.filter(given())
    if not measured.height:
        if untold:
            return f"{begin}{untold[:1].lower() if where else untold[:1]}{untold[1:]}"
        return f"{begin}nothing has been measured{when}." if where else f"Nothing has been measured{when}."
    tally, kept = tallies.tally(summary.progress), tallies.withheld(summary.progress)
    if tally.aimed == 0:
        number = measured["indicator"].n_unique()
        there = f"{count(number, 'indicator')} in {count(measured['pilot'].n_unique(), 'pilot')}{when}"
        whose = "it has no" if number == 1 else "none has a"
        return f"{begin}{there}; {whose} target that can be decided here."
    parts, withheld, few = [met_text(tally)], "", tallies.too_few(summary.progress)
    if kept:
        some = " Some of them are among the met." if rows_text(summary.progress, "met") else ""
        withheld = f" Of {count(kept, 'target')} the state is withheld: small numbers.{some}"
    else:
        states = tallies.by_state(tallies.targets(summary.progress))
        started = states["met_from_start"]
        of_them = "" if tally.aimed == 1 else f"{started:,} of them "
        parts[0] += f" ({of_them}from the start)" if started else ""
        others = [(f"{states[name]:,} {words}", words) for name, words in COUNTED if states[name]]
        if tally.aimed == 1 and others:
            parts = [f"the one pilot target is {others[0][1]}"]
        else:
            parts += [counted for counted, _ in others]
        withheld = f" {count(few, 'target')} more {verb(few, 'rests', 'rest')} on too few people to tell." if few else ""
    bare = summary.progress["pilot"].null_count()
    never = f" {count(bare, 'indicator')} {verb(bare, 'has', 'have')} not been measured in any pilot." if bare else ""
    never = f" {untold}" if untold else never
    sentence = f"{listed(parts, most=9)}{when}."
    sentence = f"{begin}{sentence}" if begin else f"{sentence[:1].upper()}{sentence[1:]}"
    return f"{sentence}{_furthest(summary.overview)}{withheld}{never}"


def first_wave_headline(cells: pl.DataFrame, where: str, wave: str) -> str:
    """The sentence on top at the first wave, whose `cells` are baselines only."""
    cells = cells.filter(given())
    if not cells.height:
        return f"{f'{where}: at' if where else 'At'} the first wave, “{wave}”, nothing has been measured."
    number, pilots = cells["indicator"].n_unique(), count(cells["pilot"].n_unique(), "pilot")
    begin = f"{where}: at" if where else "At"
    there = f"there {verb(number, 'is a baseline', 'are baselines')} of {count(number, 'indicator')} in {pilots}"
    return f"{begin} the first wave, “{wave}”, {there}. Later waves show what came of it."


def _furthest(overview: pl.DataFrame) -> str:
    """What is furthest from its target; "" where that might be an indicator whose state is withheld."""
    left = overview.filter(~pl.col("state").is_in(MET), pl.col("target").is_not_null(), pl.col("progress") < 1).sort("progress")
    if not left.height or overview["withheld"].any():
        return ""
    row = left.row(0, named=True)
    way = progress_text(row)
    return f" Taken together, furthest from its target is “{cut(row['name'], 70)}”, {way}." if way else ""


def indicator_line(row: Mapping[str, Any], notes: Sequence[str], opened: bool, first: bool = False) -> IndicatorLine:
    """A row of `impact.overview` as it is drawn; in the `first` wave it has no state."""
    unit, values = row["unit"], [row["baseline"], row["latest"], row["target"]]
    band = f"in the ONS band “{row['band']}”" if row["band"] else None
    about = " · ".join(each for each in (unit, row["instrument"] and f"by {row['instrument']}", band, together(row)) if each)
    return IndicatorLine(
        id=row["indicator"],
        name=row["name"],
        about=about,
        baseline=row["baseline"],
        latest=row["latest"],
        target=row["target"],
        ends=scale(row["rule"], unit, values),
        from_to=_from_to(row, first),
        aim=_aim(row),
        n=_people(row),
        state=None if first else row["state"],
        way="" if first else progress_text(row),
        notes=tuple(notes),
        open=opened,
    )


def _from_to(row: Mapping[str, Any], first: bool) -> str:
    unit = "%" if row["rule"] == "percent" else None
    before, now = (result_text(row, name, unit) for name in ("baseline", "latest"))
    if (before, now) == ("–", "–"):
        return "not made into one" if row["reason"] else "–"
    if now == "–" and (first or row["state"] == "no_data"):
        return f"{before} at the start"
    return f"{now} at the start" if first else f"{before} → {now}" if before != now or row["latest"] is not None else now


def _aim(row: Mapping[str, Any]) -> str:
    if row.get("target_shown"):
        return f"target {row['target_shown']}"
    if row["target"] is None:
        return "" if row["reason"] else "no target"
    better = {"lower": "or lower"}.get(row["better"] or "", "")
    return f"target {figure(row['target'], '%' if row['rule'] == 'percent' else None)} {better}".rstrip()


def _people(row: Mapping[str, Any]) -> str:
    before, now = row["baseline_n"], row["n"]
    if before is None and now is None:
        return ""
    if row["baseline"] is None or row["latest"] is None:
        return f"n {figure(before if row['latest'] is None else now)}"
    same = same_people(row)
    return f"n {figure(before)} → {figure(now)}{f', {same}' if same else ''}"


def same_people(row: Mapping[str, Any]) -> str:
    """Whether the people at the two points are the same ones; "" where a figure is added up, is about things, or is not of the
    same pilots at both points."""
    before, now, same = row["baseline_n"], row["n"], row["same_people"]
    if row.get("aggregation") == "sum" or not row["about_people"] or row["change"] is None:
        return ""
    if same is False:
        return "not the same people"
    if before is not None and now is not None and now > before:
        return "not all the same people"
    return "the same people" if same else "not known whether the same people"


def change_text(row: Mapping[str, Any]) -> str:
    """The change from baseline to latest with its 95 % interval; "" where it is not known or has none."""
    if row["change"] is None or row["change_low"] is None or row["change_high"] is None:
        return ""
    change, low, high = (_signed(row[name]) for name in ("change", "change_low", "change_high"))
    same = same_people(row)
    between = f"Change {change}, 95% interval {low} to {high}"
    if same == "the same people":
        return f"{between}: of the same people, as if their two answers had nothing to do with each other, so rather too wide."
    return f"{between}{f': {same}' if same else ''}."


def _signed(value: float) -> str:
    text = figure(rounded(value, 2))
    return f"+{text}" if value > 0 and text != "0" else text


def together(row: Mapping[str, Any]) -> str:
    """How the figure over several pilots is put together, briefly; "" for a single pilot's."""
    if row["pilots"] <= 1:
        return ""
    pilots = count(row["pilots"], "pilot")
    if row["aggregation"] == "none" or row["reason"]:
        return f"{pilots}, not put together"
    if row["aggregation"] == "sum":
        return f"added over {pilots}"
    if row["aggregation"] == "share":
        people = f" {figure(row['n'])}" if row["n"] else ""
        return f"share of all{people} in {pilots}"
    return f"mean over {pilots}, weighted by n"


def notes(row: Mapping[str, Any], late: pl.DataFrame, waves: Mapping[str, str]) -> list[str]:
    """What a reader must know of a row of `impact.overview`: why there is no figure, what is withheld, missing or late.

    `late` holds the rows of `impact.late` of this indicator, `waves` the names of the waves by id.
    """
    sentences = [row["reason"]] if row["reason"] else []
    if row["caution"]:
        sentences.append(f"{row['caution'][:1].upper()}{row['caution'][1:]}.")
    if WITHHELD in (row["latest_shown"], row["baseline_shown"]):
        sentences.append("Withheld where small numbers could be worked out from the total.")
    if row["state"] == "nearly" and row["low"] is not None:
        sentences.append(f"Nearly: the target lies in its 95% interval, {figure(row['low'])} to {figure(row['high'])}.")
    first, last, both = row["baseline_pilots"], row["pilots"], row["compared"]
    if row["baseline"] is not None and row["latest"] is not None and not (first == last == both):
        known = f"The baseline is known for {count(first, 'pilot')}, the latest for {last}"
        sentences.append(f"{known}; progress compares the {both} known at both." if both else f"{known}: not the same ones.")
    if row["state"] == "no_data" and row["baseline"] is None:
        sentences.append(_NEVER)
    older = late.filter(pl.col("latest_wave").is_not_null())
    if older.height:
        pairs = [
            f"{name} (last: {waves.get(wave, wave)})" for name, wave in older.select("pilot_name", "latest_wave").iter_rows()
        ]
        sentences.append(f"Late: {listed(pairs, most=6)}.")
    gone = late.filter(pl.col("latest_wave").is_null())["pilot_name"].to_list()
    if gone:
        sentences.append(f"Missing since the baseline: {listed(gone, most=6)}.")
    return sentences


def derivation(row: Mapping[str, Any]) -> str:
    """How the figure over several pilots was worked out; "" without one."""
    if row["latest"] is None:
        return ""
    if row["pilots"] <= 1:
        return "One pilot's own figure."
    how = together(row)
    where = " The band says where the mean lies, not how many people are in it." if row["band"] else ""
    return f"{how[:1].upper()}{how[1:]}.{where}"


def filters_text(*chosen: Sequence[str]) -> str:
    """The chosen values of all filters as a list; "" if nothing is filtered."""
    return listed([value for values in chosen for value in values], most=5)
