"""The command that prints every indicator from baseline to target: impact."""

from __future__ import annotations

import argparse

import polars as pl

from wtnet import access, frameworks
from wtnet.cli import printing
from wtnet.cli.audience import id_for_audience, numbers
from wtnet.cli.exit_codes import FINE, PROBLEMS
from wtnet.cli.source import pilots_of, tables_of, wave_of
from wtnet.errors import InvalidRequest
from wtnet.measures.impact import progress
from wtnet.measures.impact.progress import ImpactSummary
from wtnet.sentences import record
from wtnet.tables import Tables
from wtnet.tables.schema import KINDS, THEMES


def impact(options: argparse.Namespace) -> int:
    """Every indicator from baseline to target, for a cut and an audience; the same figures as on the Impact page."""
    tables = tables_of(options)
    if tables is None:
        return PROBLEMS
    known = numbers(options, tables) if options.audience != "lead" else None
    renaming = access.renaming(tables, options.audience, known)
    wave = id_for_audience(renaming, "waves", _wave(tables, options.wave))
    pilots = [id_for_audience(renaming, "pilots", pilot) or pilot for pilot in pilots_of(tables, options.pilot)]
    cells = access.cells(tables, options.audience, known)
    tables = access.redact(tables, options.audience, known)
    view = progress.summarise(tables, wave, cells, _cut(tables, options, pilots))
    frame = {
        "totals": lambda: progress.totals(view.overview),
        "pilots": lambda: view.progress.drop("rule"),
        "results": lambda: progress.results(tables, wave, view.cells),
    }[options.of]()
    frame = frame if options.framework is None else _under(tables, frame, options)
    if options.json or options.csv:
        printing.frame(frame, options.json, options.csv)
    else:
        _print_table(frame, options.of, view, record.results_untold(tables))
    return FINE


_COLUMNS = {
    "totals": ("theme", "name", "unit", "baseline", "latest", "target", "n", "progress", "state", "pilots"),
    "pilots": ("name", "pilot_name", "baseline", "latest", "target", "n", "progress", "state", "caution"),
    "results": ("indicator", "pilot", "wave", "value", "unit", "n", "target", "evidence"),
}
"""The columns of the tables for reading; --csv and --json have all."""


def _print_table(frame: pl.DataFrame, of: str, view: ImpactSummary, untold: str) -> None:
    in_words = {"latest": "latest_shown", "baseline": "baseline_shown", "value": "shown"}
    for name, words in in_words.items():
        if words in frame.columns and frame[words].null_count() < frame.height:
            frame = frame.with_columns(pl.coalesce(words, _text(name)).alias(name))
    printing.frame(frame.select(*(("outcome",) if "outcome" in frame.columns else ()), *_COLUMNS[of]))
    if not view.cells.height:
        print(f"\n{untold or 'Nothing has been measured for what was asked.'}")
        return
    print(f"\n{', '.join(f'{number} {name}' for name, number in progress.tally(view.progress).items() if number)}")
    for row in view.overview.iter_rows(named=True):
        remarks = [
            row["reason"],
            f"{row['left_out']} pilots withheld, small numbers." if row["left_out"] else None,
            row["caution"],
        ]
        if any(remarks):
            print(f"{row['name']}: {' '.join(remark for remark in remarks if remark)}")


def _under(tables: Tables, frame: pl.DataFrame, options: argparse.Namespace) -> pl.DataFrame:
    """The figures under the outcomes of the framework asked for, by its name in any case."""
    names = {name.lower(): name for name in frameworks.names()}
    name = names.get(options.framework.strip().lower())
    if name is None:
        raise InvalidRequest(f'There is no framework "{options.framework}"; choose among {_listed(list(names.values()))}.')
    if options.of == "results":
        raise InvalidRequest("Single results are not put under a framework; leave out --of results, or --framework.")
    return frameworks.under(tables.indicators, frame, name)


def _text(name: str) -> pl.Expr:
    return pl.col(name).round(3).cast(pl.String).str.strip_suffix(".0")


def _wave(tables: Tables, asked: str | None) -> str | None:
    wave = wave_of(tables, asked)
    if wave is not None and wave not in tables.waves["id"]:
        raise InvalidRequest(f'There is no wave "{asked}"; choose one of {_listed(tables.waves["id"].to_list())}.')
    return wave


def _cut(tables: Tables, options: argparse.Namespace, pilots: list[str]) -> dict[str, list[str]]:
    """What was named, as arguments of `progress.cut`; an unknown value is an InvalidRequest with the choices."""
    choices = {
        "pilots": (pilots, tables.pilots["id"].to_list(), "pilot"),
        "places": (options.place, _values(tables, "place"), "pilot in the place"),
        "target_groups": (options.target_group, _values(tables, "target_group"), "pilot for the target group"),
        "kinds": (options.kind, list(KINDS), "kind of partner"),
        "themes": (options.theme, list(THEMES), "theme"),
    }
    for asked, known, what in choices.values():
        for value in asked:
            if value not in known:
                raise InvalidRequest(f'There is no {what} "{value}"; choose among {_listed(known)}.')
    return {name: asked for name, (asked, _, _) in choices.items()}


def _values(tables: Tables, column: str) -> list[str]:
    return [str(value) for value in tables.pilots[column].drop_nulls().unique(maintain_order=True)]


def _listed(choices: list[str]) -> str:
    return "; ".join(choices) or "none, as there are none yet"
