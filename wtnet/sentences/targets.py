"""How many targets are met, and how far a figure has come, in words: the same in every sentence, on every page, in every file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from wtnet.measures.impact import tallies
from wtnet.measures.impact.states import MET, NEARLY
from wtnet.measures.impact.suppression import WITHHELD
from wtnet.measures.impact.tallies import Tally
from wtnet.palette import STATES
from wtnet.sentences.format import count, figure, how_many, verb
from wtnet.tables.model import State
from wtnet.tables.rounding import rounded

COUNTED: tuple[tuple[State, str], ...] = (
    ("nearly", "nearly met"),
    ("on_track", "on track"),
    ("behind", "behind"),
    ("not_met", "not met"),
    ("fell", "below the start"),
    ("no_baseline", "without a baseline"),
    ("no_data", "without data"),
)
"""The states of a target that is not met, in the words of a count."""


def progress_text(row: Mapping[str, Any]) -> str:
    """How far along a row of `impact.overview` is; "" where that is not known or would mislead."""
    share, state = row["progress"], row["state"]
    if share is None or state in {"too_few", "withheld", "met_from_start", None}:
        return ""
    if state == "not_met" and share < NEARLY <= rounded(100 * share) / 100:
        return f"less than {figure(100 * NEARLY)}% of the way"  # rounded it would read as nearly met
    return "further off than at the start" if share < 0 else of_the_way(share)


def of_the_way(share: float | None) -> str:
    """ "84 % of the way", rounded, but neither to nothing nor to the whole way; "" if unknown."""
    if share is None:
        return ""
    percent = rounded(100 * share)
    if share > 0 and percent == 0:
        return "less than 1% of the way"
    return "more than 99% of the way" if share < 1 and percent == 100 else f"{figure(percent)}% of the way"


def met_text(tally: Tally) -> str:
    """ "48 of 85 pilot targets are met"; "how many pilot targets are met is withheld"; "" where there are none."""
    if tally.met is None or tally.aimed is None:
        return "how many pilot targets are met is withheld"
    if not tally.aimed:
        return ""
    if tally.aimed == 1:
        return f"the one pilot target is {'' if tally.met else 'not '}met"
    return f"{how_many(tally.met)} of {count(tally.aimed, 'pilot target')} {verb(tally.met or 1)} met"


def state_figures(frame: pl.DataFrame) -> list[tuple[State, str]]:
    """Which states of rows of `impact.progress` are shown as figures, and how many are in each: *met* (from the start too), then
    those that occur; where one is withheld, only how many are met and how many withheld."""
    tally, kept = tallies.tally(frame), tallies.withheld(frame)
    met: list[tuple[State, str]] = [("met", WITHHELD if tally.met is None else f"{tally.met:,}")]
    if kept:
        return [*met, ("withheld", f"{kept:,}")]
    states = tallies.by_state(frame)
    return met + [(state, f"{states[state]:,}") for state, _ in COUNTED if states[state]]


def figure_label(state: State) -> str:
    """The sign and the words of a figure of `state_figures`: "✓ Met", "↓ Below the start"."""
    words = dict(COUNTED).get(state, STATES[state][0].partition(",")[0])
    return f"{STATES[state][1]} {words.capitalize()}"


def in_state(frame: pl.DataFrame, state: State) -> pl.DataFrame:
    """The rows of `impact.progress` behind a figure of `state_figures`."""
    return frame.filter(pl.col("state").is_in(MET if state == "met" else (state,)))


def rows_text(frame: pl.DataFrame, state: State) -> str:
    """Why fewer rows than a figure of `state_figures` counts stand behind it; "" where all do."""
    total, rows = tallies.tally(frame).met, in_state(frame, state).filter(pl.col("pilot").is_not_null()).height
    if state != "met" or total is None or total <= rows:
        return ""
    return f"{rows:,} of the {total:,} are listed; which the rest are is withheld: small numbers."


def tally_text(states: Sequence[str | None]) -> str:
    """How many are in each state: "3 met, 1 behind"; where one is withheld, no more than that."""
    if "withheld" in states:
        return f"{STATES['withheld'][0]}: {list(states).count('withheld')}"
    return ", ".join(f"{list(states).count(name)} {STATES[name][0]}" for name in STATES if name in states)
