"""Programmes, or the pilots of one, beside one another: `compare` without two waves."""

from __future__ import annotations

import argparse
from dataclasses import replace

import polars as pl

from wtnet.cli import printing
from wtnet.cli.exit_codes import FINE, PROBLEMS
from wtnet.cli.looking import View, look
from wtnet.cli.session import open_store
from wtnet.cli.source import tables_of
from wtnet.errors import InvalidRequest
from wtnet.measures import comparable
from wtnet.measures.comparable import Side
from wtnet.measures.impact import progress
from wtnet.measures.measure import COMPARED
from wtnet.network import build
from wtnet.sentences.filters import RULE
from wtnet.sentences.format import WITHHELD
from wtnet.tables import Tables


def compare_sides(options: argparse.Namespace) -> int:
    """Every measure of each side, what may be compared first, and why the rest may not.

    Other programmes are taken at their current wave.
    """
    tables = tables_of(options)
    if tables is None:
        return PROBLEMS
    sides = _pilots(tables, options) if options.pilots else _programmes(tables, options)
    if len(sides) < 2:
        raise InvalidRequest("There is only one to look at; two are needed to compare.")
    measures = comparable.table(sides)
    if options.json or options.csv:
        printing.frame(measures, options.json, options.csv, _withheld(measures, sides))
        return FINE
    names = comparable.unique(sides)
    for how in COMPARED:
        print(f"{how[:1].upper()}{how[1:]}")
        alike = measures.filter(pl.col("compared") == how)
        printing.frame(alike.select("measure", *names, "why"), words=_withheld(alike, sides))
        print()
    uneven = comparable.uneven(sides)
    if uneven:
        print(uneven)
    return FINE


def _withheld(measures: pl.DataFrame, sides: list[Side]) -> dict[str, list[str | None]]:
    """The word for each measure that is withheld, by side."""
    hidden = comparable.withheld(sides)
    names = dict.fromkeys(name for _, name in hidden)
    return {name: [WITHHELD if (measure, name) in hidden else None for measure in measures["id"]] for name in names}


def _pilots(tables: Tables, options: argparse.Namespace) -> list[Side]:
    view = look(options, tables, options.wave, ("pilot", "pilot_place", "target_group", *RULE))
    pilots = view.scope.pilots or tuple(view.tables["pilots"]["id"])
    standing = progress.progress(view.tables, view.scope.wave, view.cells)
    return comparable.pilots(view.tables, pilots, replace(view.scope, pilots=()), standing)


def _programmes(tables: Tables, options: argparse.Namespace) -> list[Side]:
    first = options.programme or "the files"
    sides = [_side(first, first, look(options, tables, options.wave, RULE))]
    with open_store(options) as store:
        if options.programme:
            sides[0] = Side(store.programme(first).id, store.programme(first).name, sides[0].network, sides[0].progress)
        for name in options.beside:
            programme = store.programme(name)
            others = store.load(programme.id)
            asked = {"pairing": options.pairing, "weights": options.weights, "audience": options.audience}
            view = look(argparse.Namespace(programme=programme.id, database=options.database, **asked), others, None, RULE)
            sides.append(_side(programme.id, programme.name, view))
    return sides


def _side(id: str, name: str, view: View) -> Side:
    return Side(id, name, build(view.tables, view.scope), progress.progress(view.tables, view.scope.wave, view.cells))
