"""What leaves comes back: every format that is read is written, and the other way round."""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from typing import Any

import polars as pl
import pytest

from tests.support.exports import alone, export, of, pairs, written
from tests.support.paths import CORPORA
from wtnet import writers
from wtnet.errors import InvalidRequest, UnreadableFile
from wtnet.importing import bring, check_files
from wtnet.network import Scope
from wtnet.tables import CheckResult, Tables, schema

PROGRAMMES = ("example", "working-together", "hostile", "alone", "empty")
MORE = ("working-together", "alone")
"""Programmes with nothing in them that the others have not; but for the last, a real one."""
OURS = ("workbook", "csv")
FOREIGN = ("kumu", "kumu-json", "gephi", "gexf", "graphml")


def back(format: str, data: bytes) -> CheckResult:
    return bring([(f"export{writers.BY_ID[format].suffix}", data)]).checked


def as_read(tables: Tables) -> Tables:
    """NULL is a word for what is missing where a cell may be empty (a notice says so); of names, ids and quotes it is text."""
    kept = {
        (name, column) for name in schema.NAMES for column in tables[name].columns if not schema.column(name, column).nullable
    }
    return tables.with_(
        **{
            name: tables[name].with_columns(
                pl.col(column).replace("NULL", None)
                for column, kind in tables[name].schema.items()
                if kind == pl.String and (name, column) not in {*kept, ("quotes", "text")}
            )
            for name in schema.NAMES
        }
    )


def unbarred(tables: Tables) -> Tables:
    """Kumu takes a bar for "and", so its workbook has another sign in ids."""
    renamed = {
        name: tables[name].with_columns(pl.col(columns).str.replace_all("|", "¦", literal=True))
        for name, columns in (("organisations", ["id"]), ("partnerships", ["source", "target"]))
    }
    return tables.with_(**renamed)


def some(programmes: tuple[str, ...], more: tuple[str, ...]) -> list[Any]:
    """The programmes; those that are `more` of the same kind are thorough."""
    return [pytest.param(each, marks=pytest.mark.thorough) if each in more else each for each in programmes]


@pytest.mark.parametrize("programme", some(PROGRAMMES, MORE))
@pytest.mark.parametrize("format", OURS)
def test_our_own_formats_come_back_identical_in_every_row_type_null_and_order(format: str, programme: str) -> None:
    one = as_read(export(programme).tables)
    checked = back(format, written(format, programme))
    assert [problem.sentence for problem in checked.problems] == []
    for name in schema.NAMES:
        assert checked.tables[name].schema == one[name].schema
        assert checked.tables[name].equals(one[name]), name
    assert checked.tables == one
    emptied = sum(one[name].null_count().sum_horizontal().sum() for name in schema.NAMES)
    emptied -= sum(export(programme).tables[name].null_count().sum_horizontal().sum() for name in schema.NAMES)
    said = [notice for notice in checked.notices if notice.rule == "missing_word"]
    assert sum(int(notice.sentence.partition('": ')[2].split()[0]) for notice in said) == emptied


@pytest.mark.parametrize(
    ("format", "programme"),
    [
        # in every run the hostile one; of GEXF, which alone holds every wave, one with waves that are rated as well
        pytest.param(
            format, which, marks=[] if which == "hostile" or (format, which) == ("gexf", "example") else pytest.mark.thorough
        )
        for format in FOREIGN
        for which in PROGRAMMES[:-1]
    ],
)
def test_other_tools_formats_come_back_with_the_same_partners_and_ties(format: str, programme: str) -> None:
    """Partners in every column and in their order; ties as pairs (GEXF: of every wave), with what is documented."""
    one = export(programme)
    expected = as_read(unbarred(one.tables) if format == "kumu" else one.tables)
    checked = back(format, written(format, programme))
    assert [problem.sentence for problem in checked.problems] == []
    assert checked.tables["organisations"].equals(expected["organisations"])
    ties = one.network.ties
    if format == "gexf":
        waves = [writers.prepare(one.programme, one.tables, Scope(wave=wave)).network.ties for wave in one.tables["waves"]["id"]]
        ties = pl.concat([ties, *waves]).unique(["source", "target"])
    swapped = {"|": "¦"} if format == "kumu" else {}
    expected_pairs = sorted(
        tuple(sorted(end.translate(str.maketrans(swapped)) for end in pair)) for pair in ties.select("source", "target").rows()
    )
    assert pairs(checked.tables) == expected_pairs
    assert checked.tables["partnerships"]["id"].n_unique() == len(expected_pairs)


@pytest.mark.parametrize("format", FOREIGN)
def test_what_is_documented_of_a_tie_comes_back(format: str) -> None:
    one = export("working-together")
    columns = ["relationship", "level", "started", "ended", "evidence", "source_url"]
    single = one.tables["partnerships"].with_columns(
        a=pl.min_horizontal("source", "target"), b=pl.max_horizontal("source", "target")
    )
    single = single.filter(pl.struct("a", "b").is_unique()).sort("a", "b")
    again = back(format, written(format, "working-together")).tables["partnerships"]
    again = again.join(single.select("a", "b"), left_on=["source", "target"], right_on=["a", "b"], how="semi")
    assert again.sort("source", "target").select(columns).equals(single.select(columns))


@pytest.mark.parametrize("format", FOREIGN)
def test_what_came_back_once_comes_back_the_same_twice(format: str) -> None:
    """Read, written and read again, other tools' data settles: nothing more is lost or added on a second way."""
    first = back(format, written(format, "hostile")).tables
    again = back(format, writers.write(format, of(first)))
    assert again.ok and again.tables["organisations"].equals(first["organisations"])
    assert pairs(again.tables) == pairs(first)


@pytest.mark.parametrize("format", FOREIGN)
def test_an_empty_programme_leaves_as_a_valid_empty_file_which_the_reader_declines_in_a_sentence(format: str) -> None:
    with pytest.raises(UnreadableFile, match=r"nothing to bring in"):
        back(format, written(format, "empty"))


TWICE = {"give-back": "alone", "report": "alone", "png": "alone"}
"""What is written twice in every run where that is not the hostile programme: of it very many books would be given back, and
that reports and PNGs of it are the same is known of a partner's report and of the SVG."""


@pytest.mark.parametrize(
    ("format", "programme"),
    [
        pytest.param(format, programme, marks=[] if programme == TWICE.get(format, "hostile") else pytest.mark.thorough)
        for programme in PROGRAMMES
        for format in writers.BY_ID
    ],
)
def test_the_same_programme_and_day_give_the_same_bytes(format: str, programme: str) -> None:
    assert writers.write(format, export(programme)) == written(format, programme)


@cache
def real(name: str) -> list[tuple[str, Tables]]:
    """The first files of a collection that are small and can be brought in: their names and what is in them."""
    found: list[tuple[str, Tables]] = []
    for path in sorted(path for path in (CORPORA / name).rglob("*") if path.suffix in (".gexf", ".graphml", ".json", ".xlsx")):
        if path.stat().st_size <= 60_000 and len(found) < 4:
            with suppress(UnreadableFile):
                checked = check_files([path])
                if checked.ok and checked.tables["organisations"].height:
                    found.append((path.name, checked.tables))
    return found


COLLECTIONS = ("gephi/gexf", "gephi-lite", "kumu", "igraph", "graphology")


@pytest.mark.parametrize(
    ("name", "format", "files"),
    [
        # in every run each collection once, and each format once
        pytest.param(name, format, files, marks=[] if files == 1 and at == place else pytest.mark.thorough)
        for at, name in enumerate(COLLECTIONS)
        for place, format in enumerate(FOREIGN)
        for files in (1, 4)
    ],
    ids=lambda value: str(value).replace("/", "-"),
)
def test_real_files_of_other_tools_survive_the_way_in_and_out(name: str, format: str, files: int) -> None:
    """A file somebody's tool wrote, brought in, taken out in each format and brought in again, is the same network."""
    if not real(name):
        pytest.skip("the collection of other tools' files is not on this machine")
    for file, tables in real(name)[:files]:
        again = back(format, writers.write(format, of(tables)))
        expected = unbarred(tables) if format == "kumu" else tables
        assert again.ok, file
        assert again.tables["organisations"].equals(expected["organisations"]), file
        assert set(pairs(again.tables)) == set(pairs(expected)), file


def test_a_scope_keeps_its_partners_and_ties_alone() -> None:
    _, tables = export("example").programme, export("example").tables
    one = of(tables, Scope(wave="baseline", kinds=("museum", "funder")))
    for format in ("kumu", "gephi", "graphml"):
        again = back(format, writers.write(format, one)).tables
        assert set(again["organisations"]["kind"]) <= {"museum", "funder"}
        assert len(pairs(again)) == one.network.ties.height


def test_an_unknown_format_is_refused_with_the_choices() -> None:
    with pytest.raises(InvalidRequest, match=r"no format \"docx\"; choose one of workbook, csv, kumu"):
        writers.write("docx", of(alone()))


def test_every_format_says_what_it_is() -> None:
    for one in writers.FORMATS:
        assert one.suffix.startswith(".") and "/" in one.mime and one.description and writers.BY_ID[one.id] is one
