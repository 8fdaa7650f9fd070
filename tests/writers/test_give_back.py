"""Give back: each partner gets what is its own, what partners may see, and nothing else."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from functools import cache

import openpyxl
import polars as pl
import pytest

from tests.support import exports
from wtnet import writers
from wtnet.errors import InvalidRequest
from wtnet.store import Programme
from wtnet.tables import Tables
from wtnet.tables.model import Audience
from wtnet.writers.export import Export
from wtnet.writers.tables import give_back

MUSEUM = "saltmere-museum-and-gallery"


def held(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def text_of(workbook: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    return "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None)


def of(partner: str | None, audience: Audience = "lead") -> bytes:
    return writers.write("give-back", replace(exports.export("example", audience), partner=partner))


def workbook_of(partner: str, tables: Tables) -> bytes:
    """The workbook of one partner alone, from other tables than the example has."""
    export = writers.prepare(exports.shipped("example")[0], tables, made=exports.DAY)
    name, data = next(give_back.each(replace(export, partner=partner)))
    assert name == f"{tables.organisations.filter(pl.col('id') == partner)['name'][0]}.xlsx"
    return data


def test_one_partner_gets_its_workbook_and_its_report() -> None:
    """Its answers are all there, in every wave, with its own comments; a report to read beside them."""
    _, tables = exports.shipped("example")
    files = held(of(MUSEUM))
    assert set(files) == {"README.txt", "Saltmere Museum and Gallery.xlsx", "Saltmere Museum and Gallery, report.pdf"}
    book = openpyxl.load_workbook(io.BytesIO(files["Saltmere Museum and Gallery.xlsx"]))
    own = tables["ratings"].filter(pl.col("rater") == MUSEUM).height
    assert book["Your answers"].max_row - 1 == own > 0
    asked = list(book["When you were asked"].iter_rows(values_only=True))
    assert asked == [("wave", "how"), ("Baseline", "form"), ("Midpoint", "form"), ("End", "form")]
    assert "What others answered" not in book.sheetnames
    assert files["Saltmere Museum and Gallery, report.pdf"].startswith(b"%PDF")


@pytest.mark.parametrize(
    ("which", "partners"),
    [("worst", 7), *(pytest.param(*more, marks=pytest.mark.thorough) for more in (("working-together", 15), ("example", 66)))],
)
def test_everyone_gets_a_file_of_their_own(which: str, partners: int) -> None:
    """A workbook each, told apart where names are alike, and a note on whom to send them to."""
    files = held(of_the_worst()[1] if which == "worst" else exports.written("give-back", which))
    assert len(files) == partners + 1 and "README.txt" in files
    assert "to nobody else" in files["README.txt"].decode()


def test_what_others_said_of_others_and_their_comments_are_not_in_it() -> None:
    """No comment of another, no answer between two others, no private quote, no hidden name."""
    _, tables = exports.shipped("example")
    who = pl.when(pl.col("rater") == MUSEUM).then(pl.lit("MINE")).otherwise(pl.lit("THEIRS"))
    quotes = tables["quotes"].with_columns(
        sharing=pl.lit("private").cast(tables["quotes"]["sharing"].dtype), text=pl.lit("SECRET")
    )
    people = tables["organisations"]
    hidden = pl.when(pl.col("id") == "robin-larkmead").then(pl.lit("private")).otherwise(pl.col("sharing").cast(pl.String))
    changed = tables.with_(
        ratings=tables["ratings"].with_columns(comment=who),
        quotes=quotes,
        organisations=people.with_columns(sharing=hidden.cast(people["sharing"].dtype)),
    )
    workbook = workbook_of(MUSEUM, changed)
    said = text_of(workbook)
    assert "MINE" in said and "THEIRS" not in said and "SECRET" not in said and "Robin Larkmead" not in said
    answers = openpyxl.load_workbook(io.BytesIO(workbook))
    raters = {row[1] for row in answers["Your answers"].iter_rows(min_row=2, values_only=True)}
    assert "Saltmere Museum and Gallery" not in raters


def test_every_quote_about_a_partner_is_told_with_whom_it_was_shared() -> None:
    """Of a private one that it is there; its words stay with whoever said them."""
    _, tables = exports.shipped("example")
    sharing = pl.Series("sharing", ["public", None, "private"]).cast(tables["quotes"]["sharing"].dtype)
    three = tables["quotes"].head(3).with_columns(sharing, organisation=pl.lit(MUSEUM), text=pl.Series(["ONE", "TWO", "THREE"]))
    changed = tables.with_(quotes=three)
    sheet = openpyxl.load_workbook(io.BytesIO(workbook_of(MUSEUM, changed)))["Quotes"]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == ("words", "by", "pilot", "shared with")
    assert [row[3] for row in rows[1:]] == ["everybody", "partners", "nobody"]
    assert [row[0] for row in rows[1:3]] == ["ONE", "TWO"] and "private" in rows[3][0]
    other = next(one for one in tables["organisations"]["id"] if one != MUSEUM)
    assert "Kept private" not in text_of(workbook_of(other, changed))


def test_a_hidden_partner_still_gets_its_own_under_its_own_name() -> None:
    """Whoever is hidden from others is not hidden from themselves."""
    _, tables = exports.shipped("example")
    people = tables["organisations"]
    private = people.with_columns(sharing=pl.lit("private").cast(people["sharing"].dtype))
    said = text_of(workbook_of("robin-larkmead", tables.with_(organisations=private)))
    assert "Robin Larkmead" in said and "Saltmere Museum and Gallery" not in said


def test_results_on_few_people_are_withheld() -> None:
    """As partners see them."""
    _, tables = exports.shipped("example")
    few = tables.with_(results=tables["results"].with_columns(n=pl.lit(3, dtype=tables["results"]["n"].dtype)))
    assert "fewer than 5" in text_of(workbook_of(MUSEUM, few))


def test_only_the_lead_can_give_back() -> None:
    """It is made from everything; from less it would be less."""
    with pytest.raises(InvalidRequest, match="by the programme lead"):
        of(MUSEUM, audience="partners")
    with pytest.raises(InvalidRequest, match='no partner "nobody"'):
        of("nobody")


@cache
def worst() -> Tables:
    """Of the hostile programme those partners whose names are the worst for a file and a cell."""
    few = ["markup", "=id", "quote", "lines", "rtl", "twin-1", "twin-2"]
    tables = exports.hostile()
    return tables.with_(
        organisations=tables["organisations"].filter(pl.col("id").is_in(few)),
        partnerships=tables["partnerships"].filter(pl.col("source").is_in(few), pl.col("target").is_in(few)),
        ratings=tables["ratings"].filter(pl.col("rater").is_in(few), pl.col("partner").is_in(few)),
        involvements=tables["involvements"].filter(pl.col("organisation").is_in(few)),
    )


@cache
def of_the_worst() -> tuple[Export, bytes]:
    """Those partners given back."""
    export = writers.prepare(Programme("x", "X"), worst(), made=exports.DAY)
    return export, give_back.write(export)


@pytest.mark.parametrize(
    "which", ["worst", "alone", "empty", *(pytest.param(n, marks=pytest.mark.thorough) for n in ("hostile", "working-together"))]
)
def test_odd_programmes_are_given_back_too(which: str) -> None:
    """Every name makes a file name that any machine takes, no two alike; formulas stay text; nobody: a note alone."""
    export, data = of_the_worst() if which == "worst" else (exports.export(which), exports.written("give-back", which))
    files = held(data)
    assert len(files) == export.tables["organisations"].height + 1
    for name, content in files.items():
        assert not set(name) & set('\\/:*?"<>|\n\r\t') and not name.startswith((".", " "))
        if name.endswith(".xlsx"):
            book = openpyxl.load_workbook(io.BytesIO(content))
            assert not [c for sheet in book for row in sheet.iter_rows() for c in row if c.data_type == "f"]


def test_the_same_export_gives_the_same_bytes() -> None:
    """Nothing hangs on the clock or on chance: of four with the worst names and answers to one another, two of one name."""
    some = worst()
    assert some["ratings"].height and some["partnerships"].height and some["quotes"].height and some["results"].height
    export, data = of_the_worst()
    assert give_back.write(export) == data
