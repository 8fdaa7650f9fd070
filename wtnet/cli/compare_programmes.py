"""Programmes, or the pilots of one, beside one another: `compare` without two waves."""

from __future__ import annotations

import argparse

import polars as pl

from wtnet.cli import printing
from wtnet.cli.exit_codes import FINE, PROBLEMS
from wtnet.cli.session import open_store
from wtnet.cli.source import scope_of, tables_of, wave_of
from wtnet.errors import InvalidRequest
from wtnet.measures import comparable
from wtnet.measures.comparable import Side
from wtnet.measures.impact import progress
from wtnet.measures.measure import COMPARED
from wtnet.network import build
from wtnet.tables import Tables


def compare_sides(options: argparse.Namespace) -> int:
    """Every measure of each side, what may be compared first, and why the rest may not.

    Other programmes are taken at their latest wave.
    """
    tables = tables_of(options)
    if tables is None:
        return PROBLEMS
    sides = _pilots(tables, options) if options.pilots else _programmes(tables, options)
    if len(sides) < 2:
        raise InvalidRequest("There is only one to look at; two are needed to compare.")
    measures = comparable.table(sides)
    if options.json or options.csv:
        printing.frame(measures, options.json, options.csv)
        return FINE
    names = comparable.unique(sides)
    for how in COMPARED:
        print(f"{how[:1].upper()}{how[1:]}")
        printing.frame(measures.filter(pl.col("compared") == how).select("measure", *names, "why"))
        print()
    uneven = comparable.uneven(sides)
    if uneven:
        print(uneven)
    return FINE


def _pilots(tables: Tables, options: argparse.Namespace) -> list[Side]:
    scope = scope_of(tables, options, options.wave)
    pilots = scope.pilots or tuple(tables["pilots"]["id"])
    return comparable.pilots(tables, pilots, scope, progress.progress(tables, scope.wave))


def _programmes(tables: Tables, options: argparse.Namespace) -> list[Side]:
    first = options.programme or "the files"
    scope = scope_of(tables, options, options.wave)
    sides = [Side(first, first, build(tables, scope), progress.progress(tables, wave_of(tables, options.wave)))]
    with open_store(options) as store:
        if options.programme:
            sides[0] = Side(store.programme(first).id, store.programme(first).name, sides[0].network, sides[0].progress)
        for name in options.beside:
            programme = store.programme(name)
            others = store.load(programme.id)
            network = build(others, scope_of(others, options, None))
            sides.append(Side(programme.id, programme.name, network, progress.progress(others)))
    return sides
