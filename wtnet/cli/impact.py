"""The command that prints every indicator from baseline to target: impact."""

from __future__ import annotations

import argparse

import polars as pl

from wtnet import frameworks
from wtnet.cli import evidence, printing
from wtnet.cli.exit_codes import FINE, PROBLEMS
from wtnet.cli.looking import View, look
from wtnet.cli.source import tables_of
from wtnet.errors import InvalidRequest
from wtnet.measures import disclosure
from wtnet.measures.impact import levels, progress
from wtnet.measures.impact.progress import ImpactSummary
from wtnet.measures.impact.suppression import WITHHELD
from wtnet.palette import STATES
from wtnet.sentences import record, targets
from wtnet.sentences.filters import IMPACT
from wtnet.sentences.impact import change_text, notes, together
from wtnet.tables.rounding import rounded_column


def impact(options: argparse.Namespace) -> int:
    """Every indicator from baseline to target, for a cut and an audience; the same figures as on the Impact page."""
    tables = tables_of(options)
    if tables is None:
        return PROBLEMS
    seen = look(options, tables, options.wave, IMPACT)
    tables, wave = seen.tables, seen.scope.wave
    cut_by = {"pilots": seen.scope.pilots, "kinds": seen.scope.kinds, "themes": seen.themes}
    view = progress.summarise(tables, wave, seen.cells, cut_by)
    frame = {
        "totals": lambda: progress.totals(view.overview),
        "pilots": lambda: progress.leaving(view.progress),
        "results": lambda: progress.results(tables, wave, view.cells),
    }[options.of]()
    framework = _framework(options)
    frame = frame if framework is None else frameworks.under(tables.indicators, frame, framework)
    if options.json or options.csv:
        _print_data(frame, options.json, rounded=options.audience != "lead")
    else:
        _print_table(frame, options.of, view, record.results_untold(tables))
        _print_whole(options, seen)
        if (findings := evidence.of_view(seen)).height:
            print("\nTold in words:")
            evidence.in_words(seen, findings, framework)
    return FINE


def _print_whole(options: argparse.Namespace, view: View) -> None:
    """Print the results of the whole programme, which are never added to those of pilots."""
    if not view.whole.height or view.scope.pilots:
        return
    tables = levels.at(view.tables, "programme")
    frame = progress.progress(tables, view.scope.wave, view.whole).filter(pl.col("pilot").is_not_null())
    frame = frame.filter(pl.col("theme").cast(pl.String).is_in(view.themes)) if view.themes else frame
    if frame.height:
        print("\nOf the whole programme:")
        in_words = {"latest": "latest_shown", "baseline": "baseline_shown"}
        frame = frame.with_columns(pl.coalesce(words, _text(name)).alias(name) for name, words in in_words.items())
        printing.frame(frame.select("theme", "name", "unit", "baseline", "latest", "target", "n", "progress", "state"))


_WITH = {
    "shown": ("value", "n", "evidence", "source"),
    "latest_shown": ("latest", "n", "low", "high", "change", "change_low", "change_high", "same_people", "progress"),
    "baseline_shown": ("baseline", "baseline_n", "change", "change_low", "change_high", "same_people", "progress"),
    "target_shown": ("target", "progress"),
}
"""The figures that are withheld where one of these columns has words."""


def _print_data(frame: pl.DataFrame, as_json: bool, rounded: bool) -> None:
    """Print every column, with a word in the place of each figure that is withheld; what is not known stays empty. To others than
    the lead figures are `rounded` as on the screen."""
    rows = list(frame.iter_rows(named=True))
    for row in rows:
        row.update({name: disclosure.rounded(value) for name, value in row.items()} if rounded else {})
        for shown, names in _WITH.items():
            words = row.get(shown)
            for place, name in enumerate(names if words else ()):
                if name in row and row[name] is None:
                    row[name] = words if place == 0 else WITHHELD
        if row.get("withheld") and row["progress"] is None:
            row["progress"] = WITHHELD
    if as_json:
        printing.as_json(rows)
    else:
        printing.as_csv(frame.columns, (list(row.values()) for row in rows))


_COLUMNS = {
    "totals": ("theme", "name", "unit", "baseline", "latest", "target", "n", "progress", "state", "pilots"),
    "pilots": ("name", "pilot_name", "baseline", "latest", "target", "n", "progress", "state", "caution"),
    "results": ("indicator", "pilot", "wave", "value", "unit", "n", "target", "evidence"),
}
"""The columns of the tables for reading; --csv and --json have all."""


def _print_table(frame: pl.DataFrame, of: str, view: ImpactSummary, untold: str) -> None:
    in_words = {"latest": "latest_shown", "baseline": "baseline_shown", "value": "shown", "target": "target_shown"}
    for name, words in in_words.items():
        if words in frame.columns and frame[words].null_count() < frame.height:
            frame = frame.with_columns(pl.coalesce(words, _text(name)).alias(name))
    printing.frame(frame.select(*(("outcome",) if "outcome" in frame.columns else ()), *_COLUMNS[of]))
    if not view.cells.height:
        print(f"\n{untold or 'Nothing has been measured for what was asked.'}")
        return
    print(f"\n{', '.join(f'{number} {STATES[state][0]}' for state, number in targets.state_figures(view.progress))}")
    for row in view.overview.iter_rows(named=True):
        how = together(row)
        remarks = [f"{how}." if how else "", change_text(row), *notes(row, view.progress.clear(), {})]
        if any(remarks):
            print(f"{row['name']}: {' '.join(remark for remark in remarks if remark)}")


def _framework(options: argparse.Namespace) -> str | None:
    """The framework asked for, by its name in any case; None for none."""
    if options.framework is None:
        return None
    names = {name.lower(): name for name in frameworks.names()}
    name = names.get(options.framework.strip().lower())
    if name is None:
        raise InvalidRequest(f'There is no framework "{options.framework}"; choose among {_listed(list(names.values()))}.')
    if options.of == "results":
        raise InvalidRequest("Single results are not put under a framework; leave out --of results, or --framework.")
    return name


def _text(name: str) -> pl.Expr:
    return rounded_column(name, 3).cast(pl.String).str.strip_suffix(".0")


def _listed(choices: list[str]) -> str:
    return "; ".join(choices) or "none, as there are none yet"
