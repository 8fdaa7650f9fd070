"""The command that says what came of it: impact."""

from __future__ import annotations

import argparse

import polars as pl

from wtnet import access, frameworks
from wtnet.cli import show
from wtnet.cli.audience import numbers, renamed
from wtnet.cli.figures import tables_of, wave_of
from wtnet.cli.verbs import FINE, PROBLEMS
from wtnet.errors import InvalidRequest
from wtnet.measures.impact import progress as measure
from wtnet.measures.impact.progress import Looked
from wtnet.tables import Tables
from wtnet.tables.schema import KINDS, THEMES


def impact(chosen: argparse.Namespace) -> int:
    """Every indicator from baseline to target, for a cut and an audience; the same figures as on the Impact page."""
    tables = tables_of(chosen)
    if tables is None:
        return PROBLEMS
    known = numbers(chosen, tables) if chosen.audience != "lead" else None
    other = access.renaming(tables, chosen.audience, known)
    wave = renamed(other, "waves", _wave(tables, chosen.wave))
    pilots = [renamed(other, "pilots", one) or one for one in _pilots(tables, chosen.pilot)]
    cells = access.cells(tables, chosen.audience, known)
    tables = access.redact(tables, chosen.audience, known)
    looked = measure.look(tables, wave, cells, _cut(tables, chosen, pilots))
    frame = {
        "totals": lambda: measure.totals(looked.overview),
        "pilots": lambda: looked.progress.drop("rule"),
        "results": lambda: measure.results(tables, wave, looked.cells),
    }[chosen.of]()
    frame = frame if chosen.framework is None else _under(tables, frame, chosen)
    if chosen.json or chosen.csv:
        show.frame(frame, chosen.json, chosen.csv)
    else:
        _to_read(frame, chosen.of, looked)
    return FINE


_READ = {
    "totals": ("theme", "name", "unit", "baseline", "latest", "target", "n", "progress", "state", "pilots"),
    "pilots": ("name", "pilot_name", "baseline", "latest", "target", "n", "progress", "state", "caution"),
    "results": ("indicator", "pilot", "wave", "value", "unit", "n", "target", "evidence"),
}
"""The columns of the tables for reading; --csv and --json have all."""


def _to_read(frame: pl.DataFrame, of: str, looked: Looked) -> None:
    shown = {"latest": "latest_shown", "baseline": "baseline_shown", "value": "shown"}
    for name, words in shown.items():
        if words in frame.columns and frame[words].null_count() < frame.height:
            frame = frame.with_columns(pl.coalesce(words, _text(name)).alias(name))
    show.frame(frame.select(*(("outcome",) if "outcome" in frame.columns else ()), *_READ[of]))
    if not looked.cells.height:
        print("\nNothing has been measured for what was asked.")
        return
    print(f"\n{', '.join(f'{number} {name}' for name, number in measure.tally(looked.progress).items() if number)}")
    for row in looked.overview.iter_rows(named=True):
        said = [row["reason"], f"{row['left_out']} pilots withheld, small numbers." if row["left_out"] else None, row["caution"]]
        if any(said):
            print(f"{row['name']}: {' '.join(each for each in said if each)}")


def _under(tables: Tables, frame: pl.DataFrame, chosen: argparse.Namespace) -> pl.DataFrame:
    """The figures under the outcomes of the framework asked for, by its name in any case."""
    there = {name.lower(): name for name in frameworks.names()}
    name = there.get(chosen.framework.strip().lower())
    if name is None:
        raise InvalidRequest(f'There is no framework "{chosen.framework}"; choose among {_listed(list(there.values()))}.')
    if chosen.of == "results":
        raise InvalidRequest("Single results are not put under a framework; leave out --of results, or --framework.")
    return frameworks.under(tables.indicators, frame, name)


def _text(name: str) -> pl.Expr:
    return pl.col(name).round(3).cast(pl.String).str.strip_suffix(".0")


def _wave(tables: Tables, asked: str | None) -> str | None:
    wave = wave_of(tables, asked)
    if wave is not None and wave not in tables.waves["id"]:
        raise InvalidRequest(f'There is no wave "{asked}"; choose one of {_listed(tables.waves["id"].to_list())}.')
    return wave


def _pilots(tables: Tables, asked: list[str]) -> list[str]:
    """The ids of pilots asked for by id or name; what nobody is called stays as it is."""
    names = {str(name).lower(): str(pilot) for pilot, name in tables.pilots.select("id", "name").iter_rows()}
    return [one if one in tables.pilots["id"] else names.get(one.strip().lower(), one) for one in asked]


def _cut(tables: Tables, chosen: argparse.Namespace, pilots: list[str]) -> dict[str, list[str]]:
    """What was named, as arguments of `impact.cut`; a value nobody has is an InvalidRequest with the choices."""
    given = {
        "pilots": (pilots, tables.pilots["id"].to_list(), "pilot"),
        "places": (chosen.place, _of(tables, "place"), "pilot in the place"),
        "target_groups": (chosen.target_group, _of(tables, "target_group"), "pilot for the target group"),
        "kinds": (chosen.kind, list(KINDS), "kind of partner"),
        "themes": (chosen.theme, list(THEMES), "theme"),
    }
    for asked, there, what in given.values():
        for one in asked:
            if one not in there:
                raise InvalidRequest(f'There is no {what} "{one}"; choose among {_listed(there)}.')
    return {name: asked for name, (asked, _, _) in given.items()}


def _of(tables: Tables, column: str) -> list[str]:
    return [str(one) for one in tables.pilots[column].drop_nulls().unique(maintain_order=True)]


def _listed(there: list[str]) -> str:
    return "; ".join(there) or "none, as there are none yet"
