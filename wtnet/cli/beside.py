"""Programmes, or the pilots of one, beside one another: `compare` without two waves."""

from __future__ import annotations

import argparse

import polars as pl

from wtnet.cli import show
from wtnet.cli.figures import scope_of, tables_of, wave_of
from wtnet.cli.verbs import FINE, PROBLEMS, opened
from wtnet.errors import InvalidRequest
from wtnet.measures import comparable
from wtnet.measures.comparable import Side
from wtnet.measures.impact import progress
from wtnet.network import build
from wtnet.tables import Tables


def beside(chosen: argparse.Namespace) -> int:
    """Every measure of each side, what may be compared first, and why the rest may not.

    Other programmes are taken at their latest wave.
    """
    tables = tables_of(chosen)
    if tables is None:
        return PROBLEMS
    sides = _pilots(tables, chosen) if chosen.pilots else _programmes(tables, chosen)
    if len(sides) < 2:
        raise InvalidRequest("There is only one to look at; two are needed to compare.")
    found = comparable.table(sides)
    if chosen.json or chosen.csv:
        show.frame(found, chosen.json, chosen.csv)
        return FINE
    names = comparable.unique(sides)
    for how in comparable.HOW:
        print(f"{how[:1].upper()}{how[1:]}")
        show.frame(found.filter(pl.col("compared") == how).select("measure", *names, "why"))
        print()
    uneven = comparable.uneven(sides)
    if uneven:
        print(uneven)
    return FINE


def _pilots(tables: Tables, chosen: argparse.Namespace) -> list[Side]:
    scope = scope_of(tables, chosen, chosen.wave)
    wanted = scope.pilots or tuple(tables["pilots"]["id"])
    return comparable.pilots(tables, wanted, scope, progress.progress(tables, scope.wave))


def _programmes(tables: Tables, chosen: argparse.Namespace) -> list[Side]:
    first = chosen.programme or "the files"
    scope = scope_of(tables, chosen, chosen.wave)
    sides = [Side(first, first, build(tables, scope), progress.progress(tables, wave_of(tables, chosen.wave)))]
    with opened(chosen) as store:
        if chosen.programme:
            sides[0] = Side(store.programme(first).id, store.programme(first).name, sides[0].network, sides[0].progress)
        for name in chosen.beside:
            other = store.programme(name)
            there = store.load(other.id)
            network = build(there, scope_of(there, chosen, None))
            sides.append(Side(other.id, other.name, network, progress.progress(there)))
    return sides
