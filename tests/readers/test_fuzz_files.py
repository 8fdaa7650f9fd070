"""Files as people have them, cut, mixed, re-encoded and scribbled on: no traceback, and no partner that is none."""

from __future__ import annotations

import random
import time

import pytest

from tests.support.leads import LEADS
from tests.support.paths import CASES, CORPORA
from tests.support.workbooks import book
from wtnet.errors import WtnetError
from wtnet.importing import bring
from wtnet.readers import read_bytes
from wtnet.readers.core.names import is_value
from wtnet.tables import check
from wtnet.tables.missing import is_missing

NAMES = ["Harbour Arts", "Northcliff Museum", "Town Choir", "Wellbeing Hub", "Théâtre £", "St Mary's, Southby"]
WORDS = [
    "NA",
    "n/a",
    "None",
    "-",
    "12",
    "45%",
    "2024-03-01",
    "03/04/2024",
    "£1,200",
    "1.234",
    "",
    '"',
    '"x',
    "\t",
    ";",
    "=1+1",
    "Total",
]
LISTS = {
    "ties.csv": "Source,Target,Label\n" + "".join(f'"{a}","{b}",funds\n' for a in NAMES for b in NAMES if a < b),
    "named.csv": "from,to,level\n" + "".join(f'"{a}","{b}",3\n' for a in NAMES for b in NAMES if a > b),
    "matrix.csv": "," + ",".join(f'"{a}"' for a in NAMES) + "\n" + "".join(f'"{a}",0,1,2,0,1,3\n' for a in NAMES),
    "two.csv": ",Steering,Open day,Show\n" + "".join(f'"{a}",x,,1\n' for a in NAMES),
    "near.csv": "Who,Contact1,Contact2\n" + "".join(f'"{a}","{NAMES[0]}","{NAMES[1]}"\n' for a in NAMES[2:]),
    "form.csv": "When,Your organisation,Often [Harbour Arts],Often [Town Choir]\n"
    + "".join(f'2024-03-0{at},"{a}",Weekly,Never\n' for at, a in enumerate(NAMES, 1)),
}
OTHERS = {
    "outcomes.csv": "Outcome,Pilot,Baseline,Target,Latest\nCalm,Knit,40%,75%,62%\nSessions,Clay,0,40,n/a\n",
    "organisations.csv": "id,name,kind\na,A,museum\nb,B,other\n",
    "grants.csv": "Identifier,Amount Awarded,Award Date,Funding Org:Name,Recipient Org:Name\ng,5,03/04/2024,Fund,Arts\n",
    "nodes.json": '{"nodes":[{"id":"1","label":"X","name":"A"},{"id":"2","label":"X","name":"B"}],'
    '"links":[{"source":"1","target":"2"}]}',
}
TEXTS = (".csv", ".tsv", ".txt", ".json", ".dl", ".net", ".gexf", ".graphml", ".gml", ".xml")
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "latin-1"]


def _books() -> dict[str, bytes]:
    """The lists as workbooks."""
    rows = {name: [line.replace('"', "").split(",") for line in text.splitlines()] for name, text in LISTS.items()}
    return {name.replace(".csv", ".xlsx"): book({"Sheet1": list(lines)}) for name, lines in rows.items()}


def _scribbled(text: str, chance: random.Random) -> str:
    """A text with a few cells, lines or signs changed."""
    lines = text.split("\n")
    for _ in range(chance.randint(0, 4)):
        at = chance.randrange(len(lines))
        cells = lines[at].split(",")
        way = chance.randrange(6)
        if way == 0:
            cells[chance.randrange(len(cells))] = chance.choice(WORDS)
        elif way == 1:
            cells.insert(chance.randrange(len(cells) + 1), chance.choice(WORDS))
        elif way == 2:
            lines.insert(at, chance.choice(["# a comment", "A title", "", lines[0], "Total,3", "Note: x"]))
            continue
        elif way == 3:
            lines[at] = lines[at][: chance.randrange(len(lines[at]) + 1)]
            continue
        elif way == 4:
            cells = cells[::-1]
        else:
            lines[at] = lines[at].replace(",", chance.choice([";", "\t", "|", ", "]))
            continue
        lines[at] = ",".join(cells)
    return "\n".join(lines)


def _mangled(chance: random.Random, texts: dict[str, str], books: dict[str, bytes]) -> tuple[str, bytes]:
    """One of the files, cut, mixed with another, re-encoded or with bytes changed."""
    if chance.random() < 0.15:
        name = chance.choice(sorted(books))
        data = bytearray(books[name])
        for _ in range(chance.randint(1, 3)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        return name, bytes(data)
    name = chance.choice(sorted(texts))
    text = _scribbled(texts[name], chance)
    if chance.random() < 0.2:
        other = texts[chance.choice(sorted(texts))]
        text = text[: chance.randrange(len(text) + 1)] + other[chance.randrange(len(other) + 1) :]
    data = bytearray(text.encode(chance.choice(ENCODINGS), "replace"))
    if data and chance.random() < 0.3:
        data[chance.randrange(len(data))] = chance.randrange(256)
    if chance.random() < 0.1:
        del data[chance.randrange(len(data) + 1) :]
    return name, bytes(data)


def _look(seed: int, texts: dict[str, str], books: dict[str, bytes]) -> None:
    """Read one mangled file: a sentence, or partners none of whom is a number, a date or a word for what is missing."""
    name, data = _mangled(random.Random(seed), texts, books)
    try:
        raw = read_bytes(name, data)
        check(raw)
    except WtnetError as error:
        assert str(error), seed
        return
    if raw.declared or name not in LISTS:
        return
    partners = [str(it) for table in raw.tables if table.name == "organisations" for it in table.frame["name"]]
    numbers = [it for it in partners if is_value(it)]
    assert not [it for it in partners if is_missing(it)], (seed, partners)
    assert len(numbers) in (0, len(partners)) or len(partners) < 5, (seed, partners)


@pytest.mark.parametrize("part", [0, *(pytest.param(part, marks=pytest.mark.thorough) for part in range(1, 10))])
def test_mangled_files_are_read_or_refused_in_a_sentence(part: int) -> None:
    """Some of them in every run."""
    books = _books()
    for seed in range(part * 30, part * 30 + 30):
        _look(seed, {**LISTS, **OTHERS}, books)


@pytest.mark.thorough
@pytest.mark.parametrize("part", range(20))
def test_many_mangled_files_are_read_or_refused_in_a_sentence(part: int) -> None:
    """200,000 of them, with other tools' files and those that went wrong once among them where they are at hand."""
    files = [file for root in (CASES, CORPORA) if root.is_dir() for file in sorted(root.rglob("*.*")) if file.is_file()]
    near = [(f"{at}-{file.name}", file) for at, file in enumerate(files) if file.stat().st_size <= 60_000]
    cases = {name: file.read_text(errors="replace") for name, file in near if file.suffix.lower() in TEXTS}
    books = _books() | {name: file.read_bytes() for name, file in near if file.suffix.lower() in (".xlsx", ".ods")}
    for seed in range(1_000_000 + part * 10_000, 1_000_000 + part * 10_000 + 10_000):
        _look(seed, {**LISTS, **OTHERS, **cases}, books)


def _scribbled_book(chance: random.Random) -> bytes:
    """A lead's workbook with a few cells, rows or names of sheets changed."""
    sheets = {name: [list(row) for row in rows] for name, rows in chance.choice(LEADS).items()}
    for _ in range(chance.randint(0, 5)):
        name = chance.choice(sorted(sheets))
        rows = sheets[name]
        at = chance.randrange(len(rows)) if rows else 0
        way = chance.randrange(5)
        if way == 0 and rows and rows[at]:
            rows[at][chance.randrange(len(rows[at]))] = chance.choice(WORDS)
        elif way == 1 and rows:
            rows[at].insert(chance.randrange(len(rows[at]) + 1), chance.choice(WORDS))
        elif way == 2 and rows:
            del rows[at]
        elif way == 3:
            rows.insert(at, [chance.choice(WORDS)])
        else:
            sheets[f"{name[:20]} {chance.randrange(3)}"] = sheets.pop(name)
    return book(sheets)


def _look_at_book(seed: int) -> None:
    """Bring in one scribbled workbook: within two seconds, a sentence, or partners none of whom is a number or a missing word."""
    data = _scribbled_book(random.Random(seed))
    start = time.process_time()
    try:
        result = bring([("lead.xlsx", data)])
    except WtnetError as error:
        assert str(error), seed
        return
    finally:
        assert time.process_time() - start < 2, seed
    if result.raw.declared:  # tables of ours, where a person may call a partner 12
        return
    tables = [table.frame for table in result.raw.tables if table.name == "organisations" and "name" in table.frame.columns]
    partners = [str(name) for frame in tables for name in frame["name"].drop_nulls()]
    assert not [name for name in partners if is_missing(name)], (seed, partners)
    assert len(partners) < 5 or not [name for name in partners if is_value(name)], (seed, partners)


@pytest.mark.parametrize("part", [0, *(pytest.param(part, marks=pytest.mark.thorough) for part in range(1, 6))])
def test_scribbled_workbooks_of_leads_are_read_or_refused_in_a_sentence(part: int) -> None:
    for seed in range(part * 5, part * 5 + 5):
        _look_at_book(seed)


@pytest.mark.thorough
@pytest.mark.parametrize("part", range(20))
def test_many_scribbled_workbooks_of_leads_are_read_or_refused_in_a_sentence(part: int) -> None:
    """20,000 of them."""
    for seed in range(2_000_000 + part * 1_000, 2_000_000 + part * 1_000 + 1_000):
        _look_at_book(seed)
