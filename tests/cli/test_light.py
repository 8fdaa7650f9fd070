"""The command line loads only what a command needs."""

from __future__ import annotations

import subprocess
import sys

import pytest

from wtnet.cli.arguments import AUDIENCES
from wtnet.cli.parser import ONE_OF, PICTURES, SIZES, parser
from wtnet.draw.print import drawing, gallery
from wtnet.draw.print.map import MAPS
from wtnet.measures.impact import suppression

HEAVY = (
    "polars",
    "dataframely",
    "numpy",
    "sqlalchemy",
    "networkx",
    "rustworkx",
    "scipy",
    "plotly",
    "pyvis",
    "streamlit",
    "typst",
)


def loaded(*arguments: str) -> set[str]:
    """The modules there are after a command has run in a process of its own."""
    program = "import sys; from wtnet.cli import main; main(); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True)
    return set(done.stderr.split())


@pytest.mark.parametrize("command", [(), ("check",), ("measures",), ("survey", "collect")], ids=" ".join)
def test_help_loads_no_heavy_library(command):
    assert loaded(*command, "--help").isdisjoint(HEAVY)


@pytest.mark.parametrize("file", ["data/example/organisations.csv", pytest.param("data/example", marks=pytest.mark.thorough)])
def test_check_loads_what_reads_and_checks_and_nothing_else(file):
    modules = loaded("check", file)
    assert {"polars", "dataframely", "wtnet.tables.check"} <= modules
    assert modules.isdisjoint(
        {*HEAVY, "openpyxl", "xlsxwriter", "PIL", "pandas", "pyarrow", "pydantic"} - {"polars", "dataframely", "numpy"}
    )
    assert not any(name.startswith(("wtnet.store", "wtnet.network", "wtnet.measures", "wtnet.writers.")) for name in modules)


def test_check_beside_a_stored_programme_loads_the_store(database):
    modules = loaded("--database", database, "check", "data/example/organisations.csv", "--programme", "example")
    assert {"sqlalchemy", "wtnet.store"} <= modules


def test_every_command_has_the_function_that_carries_it_out(monkeypatch):
    """Commands name their function as text, so that its module is loaded late: each name leads to a function."""
    functions: list[str] = []
    monkeypatch.setattr("wtnet.cli.arguments.loaded_later", functions.append)
    parser.__wrapped__()
    assert len(functions) == 25 == len(set(functions))
    for function in functions:
        module, _, name = function.rpartition(".")
        loaded_module = __import__(f"wtnet.cli.{module}", fromlist=[name])
        assert getattr(loaded_module, name).__annotations__ == {"options": "argparse.Namespace", "return": "int"}, function


def test_choices_written_down_for_the_parser_are_those_of_the_rooms_they_come_from():
    assert (
        (*MAPS, *gallery.CHARTS) == PICTURES
        and tuple(gallery.ONE_OF) == ONE_OF
        and tuple(drawing.SIZES) == SIZES
        and tuple(suppression.AUDIENCES) == AUDIENCES
    )
