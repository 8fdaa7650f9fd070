"""The report: an accessible PDF whose figures are the screen's, whatever the programme holds."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Any

import pikepdf
import polars as pl
import pytest

from tests.support import exports, made, pdf_page
from wtnet import writers
from wtnet.analysis.trust import weigh
from wtnet.errors import InvalidRequest
from wtnet.measures import catalogue
from wtnet.measures.impact import progress as impact
from wtnet.network import Scope
from wtnet.sentences import partners as partner_sentences
from wtnet.sentences.findings import headline as finding_headline
from wtnet.sentences.format import measure_value, result_text
from wtnet.sentences.impact import headline as impact_headline
from wtnet.sentences.reach import headlines
from wtnet.sentences.trust import sentence
from wtnet.tables.model import Audience
from wtnet.writers.export import Export
from wtnet.writers.report import pdf as report
from wtnet.writers.report.parts import LEAST, ROWS

MUSEUM = "saltmere-museum-and-gallery"


@cache
def about(which: str, partner: str | None = None, pilot: str | None = None) -> Export:
    name, _, audience = which.partition(" for ")
    export = exports.export(name, audience or "lead")  # type: ignore[arg-type]
    return replace(export, partner=partner, pilot=pilot)


CASES = [
    ("example", None, None),
    ("example for public", MUSEUM, None),
    ("hostile", None, "=p"),
    ("alone", "a", None),
    ("empty", None, None),
    pytest.param("example", MUSEUM, None, marks=pytest.mark.thorough),
    pytest.param("example", None, "tidelines", marks=pytest.mark.thorough),
    pytest.param("working-together for public", None, None, marks=pytest.mark.thorough),
    pytest.param("hostile", None, None, marks=pytest.mark.thorough),
    pytest.param("hostile", "markup", None, marks=pytest.mark.thorough),
    pytest.param("alone", None, None, marks=pytest.mark.thorough),
]


def elements(node: Any) -> Iterator[pikepdf.Dictionary]:
    """Every structure element below a node, in reading order."""
    if isinstance(node, pikepdf.Array):
        for one in node:
            yield from elements(one)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        if "/K" in node:
            yield from elements(node.K)


LEFT, RIGHT, FOOT, HEAD = 56.6, 538.7 + 2.6, 62.4, 785.2
"""Where the margins of A4 are, in points; the blank that ends a line may stand out."""
TABLE = 8.5
"""The size of what stands in a table."""


def every_page_is_legible_and_used(data: bytes) -> None:
    """No letter is under 8 pt or outside the margins, no page but the last has more than a quarter of it empty below, and no
    table goes on between two maps."""
    runs = pdf_page.runs(data)
    assert runs and min(run.size for run in runs) >= LEAST - 0.01
    outside = [run for run in runs if run.left < LEFT or run.right > RIGHT or run.y > HEAD]
    assert not outside, outside[:5]
    lowest: dict[int, float] = {}
    for run in runs:
        if run.y > FOOT - 3:
            lowest[run.page] = min(run.y, lowest.get(run.page, HEAD))
    last = max(lowest)
    empty = {page: y for page, y in lowest.items() if page < last and y - FOOT > 0.25 * (HEAD - FOOT)}
    assert not empty, empty
    maps = Counter(run.page for run in runs if 16 < run.size < 20)  # by their titles
    beside = [run.text for run in runs if maps[run.page] > 1 and abs(run.size - TABLE) < 0.05]
    assert not beside, beside[:5]


@pytest.mark.parametrize(("which", "partner", "pilot"), CASES)
def test_every_report_is_tagged_as_pdf_ua_asks(which: str, partner: str | None, pilot: str | None) -> None:
    """Marked, with language and title shown, bookmarks, alternative text on every figure, headers in every table, headings
    without a gap, and the mark of PDF/UA-1."""
    data = report.write(about(which, partner, pilot))
    every_page_is_legible_and_used(data)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        root = pdf.Root
        assert bool(root.MarkInfo.Marked) and str(root.Lang) == "en-GB" and bool(root.ViewerPreferences.DisplayDocTitle)
        assert str(pdf.docinfo["/Title"]).strip()
        metadata = root.Metadata.read_bytes().decode()
        assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
        found = list(elements(root.StructTreeRoot.K))
        kinds = [str(one.S) for one in found]
        figures = [one for one in found if str(one.S) == "/Figure"]
        assert all(len(str(one.get("/Alt", ""))) > 20 for one in figures)
        tables = [one for one in found if str(one.S) == "/Table"]
        assert tables and all("/TH" in [str(cell.S) for cell in elements(one.K)] for one in tables)
        assert all("/Caption" in [str(part.S) for part in elements(one.K)] for one in tables)
        levels = [int(kind[2]) for kind in kinds if kind[1] == "H" and kind[2:].isdigit()]
        assert levels and levels[0] == 1 and all(b - a <= 1 for a, b in pairwise(levels))
        with pdf.open_outline() as outline:
            assert len(outline.root) >= 3
        assert all(str(page.get("/Tabs", "/S")) == "/S" for page in pdf.pages)


@cache
def told(*case: str | None) -> list[dict[str, Any]]:
    """What a report on `about(*case)` is made of."""
    return report.report(about(*case)).blocks  # type: ignore[arg-type]


def blocks(kind: str, *case: str | None) -> list[dict[str, Any]]:
    return [one for one in told(*case) if one["kind"] == kind]


def test_the_sentences_and_figures_are_those_of_the_screen() -> None:
    """Word for word what the pages say, in short and across kinds, and every measure as `measure_value` writes it."""
    export = about("example")
    from wtnet.measures import reach
    from wtnet.network import at

    first = at(export.network, "baseline")
    lines = [words for _, words in headlines(export.network, first, "Baseline", reach.ei_permutation(export.network))]
    assert blocks("list", "example")[0]["items"] == lines
    summary, found = export.summary, export.findings
    in_short = dict(blocks("answers", "example")[0]["items"])
    assert in_short["Can that be trusted?"] == sentence(weigh(first, export.network), ("Baseline", "End"))
    assert in_short["What came of it, in numbers?"] == impact_headline(summary, "", "")
    assert in_short["What came of it, in words?"].startswith(finding_headline(found, export.tables))
    values = catalogue.whole(export.network)
    table = next(one for one in blocks("table", "example") if one["head"][0] == "Measure")
    by_label = {one.label: one for one in catalogue.of("network")}
    for label, value, *_ in table["rows"]:
        assert value == measure_value(
            by_label[label], values[by_label[label].id], catalogue.base(by_label[label], export.network)
        )


def test_indicators_are_those_of_the_impact_side_row_by_row() -> None:
    """Baseline, latest, target, n and state of every indicator of every pilot."""
    export = about("example")
    progress = impact.progress(export.tables, export.network.wave).filter(pl.col("pilot").is_not_null())
    rows = [row for one in blocks("table", "example") if one["head"][0] == "Indicator" for row in one["rows"]]
    assert len(rows) == progress.height
    for row, want in zip(rows, progress.sort("theme", maintain_order=True).iter_rows(named=True), strict=True):
        assert row[-6:-4] == [want["pilot_name"], result_text(want, "baseline")]


def test_a_partner_is_told_as_on_its_profile() -> None:
    """The opening sentence and every tie, strongest first."""
    export = about("example", MUSEUM)
    assert blocks("list", "example", MUSEUM)[0]["items"][0] == partner_sentences.headline(export.network, MUSEUM, "End")
    ties = next(one for one in blocks("table", "example", MUSEUM) if one["head"][0] == "Partner")
    assert [row[0] for row in ties["rows"]] == partner_sentences.own_ties(export.network, MUSEUM)["other"].to_list()


def test_a_freelancer_is_not_scored_by_the_opinions_of_others() -> None:
    """Trust received is on the report of a museum and not on a person's."""
    labels = {one: [row[0] for row in blocks("table", "example", one)[0]["rows"]] for one in (MUSEUM, "robin-larkmead")}
    trust = catalogue.find("trust_received", "partner").label
    assert trust in labels[MUSEUM] and trust not in labels["robin-larkmead"]


@pytest.mark.parametrize(
    "audience", ["public", *(pytest.param(each, marks=pytest.mark.thorough) for each in ("lead", "partners"))]
)
def test_small_numbers_and_unshared_quotes_are_left_out_for_the_public(audience: Audience) -> None:
    """What the screen withholds, the report withholds, and it says so; a private quote is in nobody's."""
    programme, tables = exports.shipped("example")
    results = tables["results"].with_columns(n=pl.lit(3, dtype=tables["results"]["n"].dtype))
    quotes = tables["quotes"].with_columns(
        sharing=pl.lit("private").cast(tables["quotes"]["sharing"].dtype), text=pl.lit("SECRET")
    )
    changed = tables.with_(results=results, quotes=quotes)
    export = writers.prepare(programme, changed, made=exports.DAY, audience=audience)
    whole = json.dumps(
        [one for one in report.report(export).blocks if one["kind"] not in ("picture", "pair")], ensure_ascii=False
    )
    assert "SECRET" not in whole
    assert ("fewer than 5" in whole and "withheld" in whole) == (audience != "lead")
    assert ("Robin Larkmead" in whole) == (audience != "public")
    names = [one["head"] for one in report.report(replace(export, partner=MUSEUM)).blocks if one["kind"] == "table"]
    assert any("They say" in head for head in names) == (audience == "lead")


def test_text_from_the_data_is_text_whatever_it_looks_like() -> None:
    """Names full of typst, HTML and formulas are words on the page, in the title and in the bookmarks."""
    odd = '#panic("x") *bold* $x^2$ @ref <label> \\ `raw` // comment #import "y"'
    tables = exports.hostile()
    renamed = tables.with_(organisations=tables["organisations"].with_columns(name=pl.lit(odd), description=pl.lit(odd)))
    data = report.write(replace(exports.of(renamed), partner="plain"))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert str(pdf.docinfo["/Title"]) == odd


def test_every_script_is_set_and_the_same_export_gives_the_same_bytes() -> None:
    """Names in Arabic, with emoji and letters no font has; twice the same."""
    export = about("hostile", "emoji")
    assert report.write(export) == report.write(export)


def test_a_programme_of_very_many_partners_is_reported() -> None:
    """The largest are named on the map; long tables say how much they leave to the workbook."""
    export = exports.of(made.sector(ROWS + 20, 900))
    parts = report.report(export).blocks
    assert any("20 more rows not shown here" in part["caption"] for part in parts if part["kind"] == "table")
    picture = next(part for part in parts if part["kind"] == "picture")
    assert f"of {ROWS + 20} partners named" in picture["caption"]


def test_two_maps_of_pilots_fill_a_page_and_what_is_withheld_is_said_where_there_is_nothing_to_draw() -> None:
    """A page with nothing on it but that something is withheld is none; what is not recorded is told once."""
    for which, drawn in (("example", True), ("example for public", False)):
        parts = told(which)
        assert [len(part["pictures"]) for part in parts if part["kind"] == "pair"] == [2, 2, 2]
        titles = [part["drawing"].title for part in parts if part["kind"] == "picture"]
        words = " ".join(part["text"] for part in parts if part["kind"] == "words")
        assert any(title.startswith("From level to level") for title in titles) == drawn
        assert ("so few partnerships went from one level to another" in words) != drawn
    gaps, source = blocks("table", "working-together for public")[-2:]
    assert gaps["head"][0] == "About" and "Not recorded" not in dict(source["rows"])


def test_nobody_to_report_on_is_a_sentence() -> None:
    """An unknown partner or pilot, or one hidden from the audience, is said."""
    with pytest.raises(InvalidRequest, match='no partner "nobody"'):
        report.write(about("example", "nobody"))
    with pytest.raises(InvalidRequest, match='no pilot "none"'):
        report.write(about("example", None, "none"))


def test_a_pilot_report_holds_its_partners_and_indicators_alone() -> None:
    """Scope and indicators are the pilot's."""
    export = about("example", None, "tidelines")
    inside = set(exports.writers.prepare(*exports.shipped("example"), Scope(pilots=("tidelines",))).network.graph)
    table = next(one for one in blocks("table", "example", None, "tidelines") if one["head"][0] == "Partner")
    assert len(table["rows"]) == len(inside)
    progress = impact.progress(export.tables).filter(pl.col("pilot") == "tidelines")
    assert (
        sum(len(one["rows"]) for one in blocks("table", "example", None, "tidelines") if one["head"][0] == "Indicator")
        == progress.height
    )
