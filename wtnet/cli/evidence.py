"""The commands that print evidence that is no indicator: findings in words, and activities."""

from __future__ import annotations

import argparse
from collections.abc import Callable

import polars as pl

from wtnet import frameworks
from wtnet.analysis.meeting import meeting
from wtnet.cli import printing
from wtnet.cli.exit_codes import FINE, PROBLEMS
from wtnet.cli.looking import View, look
from wtnet.cli.source import tables_of
from wtnet.measures import activities as done
from wtnet.measures.impact import findings as told
from wtnet.network import build
from wtnet.sentences import activities as done_words
from wtnet.sentences import findings as words
from wtnet.sentences.filters import IMPACT, NETWORK
from wtnet.sentences.format import WITHHELD
from wtnet.tables import waves
from wtnet.tables.columns import THEMES
from wtnet.tables.evidence import ACTIVITY_KINDS, VOICES
from wtnet.tables.schema import KINDS

_UNTAGGED = "Tagged with no outcome of this framework"


def findings(options: argparse.Namespace) -> int:
    """What changed and what was to be improved, in words, by theme: every finding, or how many each voice has in each theme."""
    tables = tables_of(options)
    if tables is None:
        return PROBLEMS
    view = look(options, tables, options.wave, IMPACT)
    frame = of_view(view)
    if options.of == "voices":
        shown = told.by_theme_and_voice(frame).with_columns(_labels("theme", THEMES), _labels("voice", VOICES))
    elif options.of == "standing":
        shown = told.standings(frame).with_columns(_labels("theme", THEMES))
    else:
        shown = frame
    if options.json or options.csv:
        printing.frame(shown, json=options.json, csv=options.csv)
    elif options.of == "each":
        in_words(view, frame)
    else:
        printing.frame(shown)
        _say(words.silence(frame, view.tables))
    return FINE


def of_view(view: View) -> pl.DataFrame:
    """The findings of a view: up to its wave, of its pilots and themes."""
    frame = told.findings(view.tables, view.scope.wave)
    return told.narrowed(frame, view.tables, pilots=view.scope.pilots, themes=view.themes)


def in_words(view: View, frame: pl.DataFrame, framework: str | None = None) -> None:
    """Print findings theme by theme, or under the outcomes of a framework, each with its voice, its standing and what it is
    about; then which outcomes have none."""
    groups = _by_theme(frame) if framework is None else _by_outcome(view, frame, framework)
    for label, own in groups:
        if own.height:
            lines = [f"{row['statement']} ({words.by_line(row, view.tables)})" for row in own.iter_rows(named=True)]
            printing.titled(f"{label}: {words.tally(own)}", [printing.line(text) for text in lines])
    lacking = [label for label, own in groups if own.is_empty() and label != _UNTAGGED]
    if framework is not None and frame.height and lacking:
        _say(f"No finding is tagged with: {'; '.join(lacking)}.")
    _say(words.silence(frame, view.tables) if frame.height else "No finding is recorded for what was asked.")


def _by_theme(frame: pl.DataFrame) -> list[tuple[str, pl.DataFrame]]:
    return [(label, frame.filter(pl.col("theme") == theme)) for theme, label in THEMES.items()]


def _by_outcome(view: View, frame: pl.DataFrame, framework: str) -> list[tuple[str, pl.DataFrame]]:
    """The findings under each outcome of a framework, those of several under each of them; those of none at the end."""
    outcomes, without, _ = frameworks.grouped(frame, framework)
    groups = [(outcome.name, told.narrowed(frame, view.tables, outcomes=[outcome.id])) for outcome in outcomes]
    return [*groups, (_UNTAGGED, frame.filter(pl.col("id").is_in(without)))]


def activities(options: argparse.Namespace) -> int:
    """What was done: by kind, theme, wave or pilot, each activity, who took part, or whether those who meet become partners."""
    tables = tables_of(options)
    if tables is None:
        return PROBLEMS
    view = look(options, tables, options.wave, NETWORK if options.of == "meeting" else ())
    shown, note = _FRAMES[options.of](view)
    printing.frame(shown, json=options.json, csv=options.csv)
    if not options.json and not options.csv:
        _say(note)
    return FINE


def _each(view: View) -> tuple[pl.DataFrame, str]:
    frame = done.activities(view.tables, view.scope.wave)
    shown = frame.select("name", "kind", "theme", "pilot_name", "wave_name", "starts", "ends", _people(), "partners")
    return shown.with_columns(_labels("kind", ACTIVITY_KINDS), _labels("theme", THEMES)), ""


def _outputs(by: done.By) -> Callable[[View], tuple[pl.DataFrame, str]]:
    """The frame of what was done by kind, theme, wave or pilot."""

    def frame(view: View) -> tuple[pl.DataFrame, str]:
        names = {"kind": ACTIVITY_KINDS, "theme": THEMES}.get(by) or view.tables.names(f"{by}s")
        shown = done.outputs(view.tables, by, view.scope.wave)
        shown = shown.select(
            _labels("group", names).fill_null("not recorded").alias(by), "activities", _people(), "of", "unknown"
        )
        return shown, "People who came to several activities are counted in each of them."

    return frame


def _partners(view: View) -> tuple[pl.DataFrame, str]:
    part = done.attendance(view.tables, view.scope.wave)
    return part.partners.drop("organisation").with_columns(_labels("kind", KINDS)), part.gap.sentence if part.gap else ""


def _kinds(view: View) -> tuple[pl.DataFrame, str]:
    part = done.attendance(view.tables, view.scope.wave)
    return part.kinds.with_columns(_labels("kind", KINDS)), part.gap.sentence if part.gap else ""


def _meeting(view: View) -> tuple[pl.DataFrame, str]:
    network = build(view.tables, view.scope)
    seen = meeting(network)
    rows = [("met", seen.met, seen.new_met, seen.share_met), ("did not meet", seen.apart, seen.new_apart, seen.share_apart)]
    types = {"pairs that": pl.String, "pairs": pl.Int64, "new_partnerships": pl.Int64, "share": pl.Float64}
    names, order = view.tables.names("waves"), waves.in_order(view.tables)
    before, after = (names.get(wave or "", "the first wave") for wave in (order[0] if order else None, network.wave))
    note = done_words.meeting_sentence(seen, before, after)
    return pl.DataFrame(rows, schema=types, orient="row"), note


_FRAMES: dict[str, Callable[[View], tuple[pl.DataFrame, str]]] = {
    "each": _each,
    "kind": _outputs("kind"),
    "theme": _outputs("theme"),
    "wave": _outputs("wave"),
    "pilot": _outputs("pilot"),
    "partners": _partners,
    "partner-kinds": _kinds,
    "meeting": _meeting,
}


def _people() -> pl.Expr:
    """The number of people in words, or that it is withheld."""
    return pl.when(pl.col("withheld")).then(pl.lit(WITHHELD)).otherwise(pl.col("people").cast(pl.String)).alias("people")


def _labels(column: str, labels: dict[str, str]) -> pl.Expr:
    return pl.col(column).cast(pl.String).replace(labels)


def _say(sentence: str) -> None:
    if sentence:
        print(f"\n{printing.line(sentence)}")
