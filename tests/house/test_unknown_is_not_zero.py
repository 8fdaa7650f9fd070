"""The public record is silent on much: nothing that is made of it says that something of a real organisation is not there."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import chain
from typing import Any

import pytest
from google.protobuf.message import Message

from tests.support import exports, private
from tests.support.app import LEAD_ONLY, PAGES, WITHOUT_PROGRAMME, opened
from wtnet import stories, writers
from wtnet.draw.print.gallery import CHARTS
from wtnet.measures import by_group, catalogue, comparable, reach
from wtnet.network import build
from wtnet.tables import schema
from wtnet.writers.export import Export

RECORD = "working-together"
MUSEUM, PILOT = "york-museums-trust", "pilot-york-museums-trust"
CLAIMS = (
    r"\bno (?:known |other )?(?:health|freelanc|communit|museum|commission|partner\b|partnership)\w*",
    r"\bno (?:known )?(?:partnership|partnerships|target|result|indicator|pilot|quote|rating|survey|answer)s?\b",
    r"\breach(?:es)? 0\b",
    r"\bnothing (?:has been |was |is )?measured",
    r"\b0 (?:of\b|rest|partnerships|partner|partnership|museum|health|freelanc|communit)",
    r"\bha(?:s|ve) no\b(?! known strength)",
    r"\bnobody\b(?!['’]s)",
    r"\bnot one\b(?! by one)",
    r"\bnone (?:of|yet|in view|has|have|is|are|works?)\b",
    r"\b(?:has|have|had) not (?:been|answered|rated)",
    r"\bnot (?:yet )?(?:been )?(?:measured|rated|asked)\b",
    r"\b(?:partnership|work|reach|partner)\w* yet\b|\byet with\b",
    r"\b(?:is|are|be) cut off\b|\bthe only link for\b",
    r"\bsomeone new would\b",
    r"\bp [=<] ?0",
    r"\bby chance only\b|\bcome about by chance\b|\bcomes about by chance\b",
    r"\babsent\b",
    r"\black(?:s|ing)?\b",
    r"\bdo(?:es)? not (?:yet )?(?:work|reach|have)\b",
    r"\bwithout a (?:partnership|partner|health)",
)
"""What a claim of absence looks like."""
OLD = (
    "York Museums Trust, Royal Museums Greenwich and 5 more have no health partner yet.",
    "The 7 museums reach 0 of the four core kinds of partner each, on average.",
    "Nothing has been measured in a pilot yet.",
    "this much more would come about by chance only about once in 137 times (p = 0.007).",
    "No partnership yet with a freelancer, community group or health provider.",
    "No health provider is two steps away from York Museums Trust: someone new would have to join.",
    "None of the 7 museums works with all four kinds of partner; no health provider yet: York Museums Trust.",
    "Without Culture, Health & Wellbeing Alliance, 2 partners would be cut off.",
    "Nobody was asked, it is from documents; of 31 partnerships, 0 rest on one side's word.",
    "York Museums Trust none yet none yet none yet none yet",
)
"""What it used to say of real organisations."""
OF_THE_PRODUCT = (
    "Nobody's own answers are in it",
    "nobody's own answers are in;",
    "No partner shown here is called",
    "No partnership is shown in this wave with these filters.",
    "No partner of this one lies that way.",
    "No partner begins with",
    "How many would be cut off without it",
    "Pajek has no place for",
    "No pilot has reported",
    "no target",
    "Nobody can change anything by it.",
    "Nobody signs in on this server",
    "and to nobody else",
    "has no interval",
    "has no published cut-off",
    "*No target*, *no data*",
    "What is not put together has no total",
    "nothing is called absent",
    "Partnerships have no direction",
    "the others end or nobody says",
    "nobody has time for everybody",
    "used where nobody has rated",
    "has no waves yet; make forms",
    "who has not answered",
    "A partnership without a weight",
    "a partnership without a value",
)
"""Words of the program about itself, its files and its columns: they stand whatever the data say."""


def claims(text: str) -> list[str]:
    """Every claim of absence in a text, with some words around it."""
    plain = re.sub(r"\s+", " ", text.replace("\\", ""))
    for words in _own_words():
        plain = plain.replace(words, " ")
    return [plain[max(0, found.start() - 60) : found.end() + 60] for claim in CLAIMS for found in re.finditer(claim, plain, re.I)]


@cache
def _own_words() -> tuple[str, ...]:
    """What measures, columns and the program itself are described with, longest first."""
    of_measures = ((measure.meaning, measure.reading, measure.caution, measure.why) for measure in catalogue.MEASURES)
    of_tables = (table.__doc__ or "" for table in schema.SCHEMAS.values())
    of_columns = (column.description or "" for table in schema.SCHEMAS.values() for column in table.columns().values())
    of_shares = (share.why for share in comparable.SHARES)
    notes = stories.draft.__globals__["NOTES"].values()
    words = {*chain.from_iterable(of_measures), *of_tables, *of_columns, *of_shares, *notes, *OF_THE_PRODUCT}
    return tuple(sorted((re.sub(r"\s+", " ", each) for each in words if len(each) > 8), key=len, reverse=True))


def read(app: Any) -> str:
    """What a page shows, markup taken out: words, tables, data of components; not the scripts and styles it works with."""
    parts: list[str] = []
    waiting = [app._tree]
    while waiting:
        block = waiting.pop()
        waiting += list(getattr(block, "children", {}).values())
        if isinstance(getattr(block, "proto", None), Message):
            private._collect(block.proto, parts)
    shown = (part for part in parts if not re.search(r"=>|function ?\(|^\s*(?:<style|/\*|[.:@#]\w+ *\{)", part))
    return without_markup("\n".join(shown))


def without_markup(text: str) -> str:
    """Text as it is read: without tags, and without what scripts and styles hold."""
    bare = re.sub(r"<(script|style)\b.*?</\1>", " ", text, flags=re.S)
    titles = " ".join(re.findall(r'(?:title|aria-label|alt)="([^"]*)"', bare))
    return re.sub(r"<[^>]{0,2000}>", " ", bare) + titles


@pytest.mark.parametrize("sentence", OLD)
def test_whoever_looks_for_claims_finds_them(sentence: str) -> None:
    """Else the tests below could not fail."""
    assert claims(sentence)


def test_the_same_programme_said_to_be_complete_claims_what_its_record_does_not_hold() -> None:
    """Without the rows on what is not complete, the report does say what is not there."""
    programme, tables = exports.shipped(RECORD)
    complete = tables.with_(coverage=tables.coverage.clear())
    told = private.unpacked(writers.write("report", writers.prepare(programme, complete, made=date(2026, 1, 1))))
    assert "have no health partner yet" in told and claims(told)


def _thorough(*case: object) -> Any:
    return pytest.param(*case, marks=pytest.mark.thorough)


@cache
def made(audience: Any) -> Export:
    """The record as it leaves for an audience."""
    return writers.prepare(*exports.shipped(RECORD), made=date(2026, 1, 1), audience=audience)


@pytest.mark.parametrize(
    ("format", "audience"),
    [
        _thorough(each.id, who) if (each.id, who) in (("report", "lead"), ("pptx", "lead")) else (each.id, who)
        for each in writers.FORMATS
        if each.id not in ("png", "give-back")
        for who in ("lead", "public")
    ],
)
def test_no_file_claims_an_absence(format: str, audience: str) -> None:
    """PDF, deck, workbook, CSV, offline map, GEXF and every other format."""
    assert claims(without_markup(private.unpacked(writers.write(format, made(audience))))) == []


ABOUT: tuple[dict[str, str], ...] = ({"partner": MUSEUM}, {"pilot": PILOT}, {"partner": "newark-castle"})


@pytest.mark.parametrize(
    ("format", "about"),
    [
        *(("report", about) for about in ABOUT[:2]),
        ("pptx", ABOUT[2]),
        *(_thorough("pptx", about) for about in ABOUT[:2]),
        _thorough("report", ABOUT[2]),
    ],
    ids=str,
)
def test_no_report_or_deck_on_a_partner_or_a_pilot_claims_an_absence(format: str, about: dict[str, str]) -> None:
    told = private.unpacked(writers.write(format, replace(made("lead"), **about)))  # type: ignore[arg-type]
    assert claims(without_markup(told)) == []


@pytest.mark.parametrize("chart", list(CHARTS))
def test_no_picture_claims_an_absence(chart: str) -> None:
    told = private.unpacked(writers.write("svg", replace(made("lead"), picture=chart)))
    assert claims(without_markup(told)) == []
    assert "documented, not named" in told  # at its foot


PLACES_TO_LOOK = {
    "pages/gaps.py": [{"show": question} for question in ("missing", "meet", "depend", "what_if")],
    "pages/partners.py": [{}, {"partner": MUSEUM}, {"partner": "newark-castle"}],
    "pages/side_by_side.py": [
        {},
        {"select": f"partner:{MUSEUM}"},
        {"select": f"pilot:{PILOT}"},
        {"select": f"tie:culture-health-wellbeing-alliance~{MUSEUM}"},
        {"select": f"tie:newark-castle~{MUSEUM}"},
    ],
    "pages/reach.py": [{}, {"pilot": PILOT}],
    "pages/impact.py": [{}, {"pilot": PILOT}],
}


@pytest.mark.parametrize("audience", ["lead", pytest.param("public", marks=pytest.mark.thorough)])
@pytest.mark.parametrize("page", [page for page in PAGES if page not in LEAD_ONLY | WITHOUT_PROGRAMME | {"pages/guide.py"}])
def test_no_page_claims_an_absence_and_every_page_says_what_is_not_public(page: str, audience: str, database: str) -> None:
    for params in PLACES_TO_LOOK.get(page, [{}]):
        told = read(opened(page, programme=RECORD, audience=audience, **params))
        assert claims(told) == [], params
        assert "are not named there" in told.replace("\\", "") and "What is not recorded" in told, params


@pytest.mark.parametrize(
    "words",
    [
        ("measures", "--of", "network"),
        ("measures", "--of", "partners"),
        ("impact",),
        ("impact", "--of", "pilots"),
        ("compare", "--pilots"),
        ("compare", "--beside", "example"),
        ("story", "--partner", MUSEUM),
        ("story", "--pilot", PILOT),
    ],
    ids=" ".join,
)
def test_no_command_claims_an_absence(words: tuple[str, ...], database: str, run: Callable[..., tuple[int, str, str]]) -> None:
    code, said, complained = run("--database", database, *words, "--programme", RECORD)
    assert code == 0, complained
    assert claims(said + complained) == []


def test_no_count_of_the_record_is_zero_where_it_does_not_tell() -> None:
    """Cells of the matrices, measures of partners and of the whole: a number that is there, or nothing."""
    network = build(exports.shipped(RECORD)[1])
    cells = reach.coverage(network).select(*schema.CORE_KINDS).rows() + reach.mixing(network).select("ties").rows()
    groups = [
        by_group.by_group(network, by).select(*schema.CORE_KINDS, "core_kinds", "museum_health").rows() for by in by_group.BY
    ]
    assert 0 not in chain.from_iterable([*cells, *chain.from_iterable(groups)])
    assert 0 not in catalogue.whole(network).values()
    for measure in catalogue.partners(network).drop("id", "name", "kind"):
        assert 0 not in measure.to_list() and False not in measure.to_list(), measure.name
    assert set(catalogue.partners(network)["missing_sectors"]) & {"none"} == set()
