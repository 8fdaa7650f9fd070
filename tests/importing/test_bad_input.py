"""What bad input gets on its way in: read sensibly, or refused in a sentence, in bounded time and memory; never half done."""

from __future__ import annotations

import io
import resource
import time
import zipfile
from collections.abc import Iterator
from datetime import date

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.workbooks import book
from wtnet.errors import WtnetError
from wtnet.importing import ImportResult, bring, likely_duplicates, matched_incoming, propose, suggest
from wtnet.tables import Tables
from wtnet.writers.tables.marked import marked

SECONDS, BYTES = 30, 1_500_000_000
HEAD = ["id", "name", "kind"]
ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + at)} "{f"&{chr(97 + at)};" * 10}">' for at in range(9))
    + "]>"
)


def whole(files: list[tuple[str, bytes]], known: Tables | None = None) -> ImportResult:
    """The whole way: read, map what is suggested, check, mark, compare."""
    found = bring(files, known)
    chosen = {one.place: mapped for one in found.sheets if not (mapped := suggest(one)).missing}
    if chosen:
        found = bring(files, known, chosen)
    for _, data in marked(files, found):
        assert data[:2] == b"PK"
    if found.checked.ok:
        before = known or Tables()
        likely_duplicates(before, matched_incoming(before, found.checked.tables, found.columns))
        proposals = propose(before, found.checked.tables, False, found.columns)
        assert proposals.emptied and proposals.kept
    return found


@pytest.fixture(autouse=True)
def bounded() -> Iterator[None]:
    """Every test here ends in time and without more than so much memory on top of what was used before."""
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    yield
    assert time.perf_counter() - start < SECONDS
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 - before < BYTES


def packed(parts: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return held.getvalue()


def replaced(data: bytes, part: str, change: object) -> bytes:
    """A workbook with one of its parts changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts[part])  # type: ignore[operator]
    return packed(parts)


def refused(name: str, data: bytes) -> str:
    with pytest.raises(WtnetError) as error:
        whole([(name, data)])
    said = str(error.value)
    assert said.endswith((".", "…")) and "\n" not in said and len(said) < 700
    return said


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    """As a zip of CSVs and as a workbook: the sentence says how much it would unpack to."""
    bomb = b"0" * 60_000_000
    assert "unpack" in refused("bomb.zip", packed({"organisations.csv": bomb}))
    assert "unpack" in refused("bomb.xlsx", packed({"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": bomb}))


@pytest.mark.parametrize("root", ["gexf", "graphml"])
def test_an_entity_bomb_is_refused(root: str) -> None:
    """A network whose document type declares entities within entities is not expanded."""
    refused(f"bomb.{root}", f"<?xml version='1.0'?>{ENTITIES}<{root}>&j;</{root}>".encode())


def test_an_entity_bomb_inside_a_workbook_is_refused() -> None:
    """Also where it hides in a part of a workbook, which the marking would read again."""
    good = book({"organisations": [HEAD, ["a", "A", "zoo"]]})
    hidden = replaced(
        good, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"<worksheet", ENTITIES.encode() + b"<worksheet", 1)
    )
    refused("bomb.xlsx", hidden)
    theme = replaced(good, "xl/theme/theme1.xml", lambda xml: xml.replace(b"<a:theme", ENTITIES.encode() + b"<a:theme", 1))
    refused("bomb.xlsx", theme)


@pytest.mark.parametrize("sheets", [60, pytest.param(199, marks=pytest.mark.thorough)])
def test_many_sheets_are_read_where_they_are_ours_and_offered_where_not(sheets: int) -> None:
    """Ours among them is read; a workbook with none of ours is offered for mapping, the first of them."""
    others = {f"Sheet {at}": [["x", "y"], [1, 2]] for at in range(sheets)}
    assert whole([("many.xlsx", book({"organisations": [HEAD, ["a", "A", "museum"]], **others}))]).checked.ok
    assert bring([("none.xlsx", book(others))]).unreadable


@pytest.mark.parametrize("columns", [3_000, pytest.param(16_381, marks=pytest.mark.thorough)])
def test_thousands_of_columns_are_read_and_the_odd_ones_left_out(columns: int) -> None:
    """To the widest a spreadsheet can be: ours are found, the notice names the others without end being reached."""
    wide = [*HEAD, *(f"extra {at}" for at in range(columns))]
    found = bring([("wide.xlsx", book({"organisations": [wide, ["a", "A", "museum", *["x"] * columns]]}))])
    assert found.checked.tables.organisations["id"].to_list() == ["a"]
    assert all(len(one.sentence) < 2_000 for one in found.checked.notices)


def test_merged_cells_count_for_every_row_they_stand_in() -> None:
    """A kind merged over three rows is the kind of all three, as a person sees it; and it is said."""
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "organisations"
    for row in (HEAD, ["a", "A", "museum"], ["b", "B", "museum"], ["c", "C", "museum"]):
        sheet.append(row)
    sheet.merge_cells("C2:C4")
    held = io.BytesIO()
    made.save(held)
    found = whole([("merged.xlsx", held.getvalue())])
    assert found.checked.tables.organisations["kind"].to_list() == ["museum"] * 3
    assert "merged_cells" in [one.rule for one in found.checked.notices]


def test_hidden_sheets_are_read_and_said() -> None:
    """Nothing is brought in that nobody was told of."""
    made = openpyxl.load_workbook(io.BytesIO(book({"front": [["x"]], "organisations": [HEAD, ["a", "A", "museum"]]})))
    made["organisations"].sheet_state = "veryHidden"
    held = io.BytesIO()
    made.save(held)
    found = whole([("hidden.xlsx", held.getvalue())])
    assert found.checked.tables.organisations.height == 1
    assert any("hidden" in one.sentence for one in found.checked.notices)


def test_dates_in_every_style_are_one_date_and_a_muddle_is_a_problem() -> None:
    """A real date cell, ISO text, day first, in words; 31/02 and month first beyond twelve are said by row, the muddle once."""
    rows: list[list[object]] = [["id", "name", "date"]]
    rows += [["a", "A", "2024-03-01"], ["b", "B", "01/03/2024"], ["c", "C", "1 March 2024"], ["d", "D", "1 Mar 2024"]]
    rows += [["e", "E", "31/02/2024"], ["f", "F", "03/25/2024"], ["g", "G", None]]
    made = openpyxl.load_workbook(io.BytesIO(book({"waves": rows})))
    made["waves"]["C8"] = date(2024, 3, 1)
    held = io.BytesIO()
    made.save(held)
    found = whole([("dates.xlsx", held.getvalue())])
    assert [(one.rule, one.row) for one in found.checked.problems] == [
        ("mixed_dates", None),
        ("not_a_date", 6),
        ("not_a_date", 7),
    ]
    assert set(found.checked.tables.waves["date"].to_list()) == {date(2024, 3, 1)}


def test_numbers_stored_as_text_are_numbers() -> None:
    """With spaces around them, with a decimal nought; words are a problem by row."""
    rows = [[*HEAD, "latitude"], ["1", "A", "museum", " 54.5 "], [2, "B", "museum", "54"], [3.0, "C", "museum", "north"]]
    found = whole([("text.xlsx", book({"organisations": rows}))])
    assert [one.row for one in found.checked.problems] == [4]
    assert found.checked.tables.organisations.select("id", "latitude").rows() == [("1", 54.5), ("2", 54.0)]


def test_a_heading_that_stands_twice_is_a_problem_and_not_a_guess() -> None:
    """Nobody can know which of the two is meant."""
    data = b"id,name,kind,name\na,A,museum,B\n"
    assert [one.rule for one in whole([("organisations.csv", data)]).checked.problems] == ["duplicate_column"]
    rows = [["id", "Name", "kind", "name"], ["a", "A", "museum", "B"]]
    assert [one.rule for one in whole([("o.xlsx", book({"organisations": rows}))]).checked.problems] == ["duplicate_column"]


def test_nul_bytes_and_other_controls_do_not_get_in() -> None:
    """They are taken out of the text; the row stays."""
    found = whole([("organisations.csv", b"id,name,kind\na\0b,A\x01\x1f,museum\n")])
    assert found.checked.tables.organisations.select("id", "name").rows() == [("ab", "A")]


def test_rows_refer_to_nothing_or_in_circles_and_nothing_is_stored() -> None:
    """A tie of a partner with itself, a rating of nobody, a result of no pilot: said, and the check does not pass."""
    found = whole([
        ("organisations.csv", b"id,name,kind\na,A,museum\n"),
        ("partnerships.csv", b"id,source,target,level\nt,a,a,3\nu,a,nobody,3\n"),
    ])  # fmt: skip
    assert len(found.checked.problems) == 2


BYTES_OF = st.one_of(
    st.binary(max_size=300),
    st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")),
    st.lists(
        st.lists(st.sampled_from([*HEAD, "museum", "a", "", "=1", "\0", "é", "9" * 30, "2024-02-31"]), max_size=6), max_size=6
    ).map(lambda rows: "\n".join(",".join(row) for row in rows).encode()),
)


def _whole_way(name: str, data: bytes) -> None:
    try:
        whole([(name, data)])
    except WtnetError as error:
        assert str(error)


NAMES_OF = st.sampled_from(["organisations.csv", "list.csv", "a.xlsx", "a.zip", "a.json", "a.gexf", "a.net", "a"])


@settings(max_examples=50, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(NAMES_OF, BYTES_OF)
def test_no_bytes_on_the_whole_way_raise_anything_but_a_sentence(name: str, data: bytes) -> None:
    """Read, mapped, checked, marked and compared: whatever the bytes, the only error is a WtnetError with a sentence."""
    _whole_way(name, data)


@pytest.mark.thorough
@settings(max_examples=400, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(NAMES_OF, BYTES_OF)
def test_many_bytes_on_the_whole_way_raise_nothing_else_either(name: str, data: bytes) -> None:
    _whole_way(name, data)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.binary(max_size=8),
    st.integers(0, 10_000),
    st.sampled_from(["sheet1.xml", "workbook.xml", "styles.xml", "sharedStrings.xml"]),
)
def test_a_workbook_with_some_bytes_changed_raises_nothing_else_either(noise: bytes, at: int, part: str) -> None:
    """Damage anywhere inside a part of a workbook, which two libraries read."""
    data = book({"organisations": [HEAD, ["a", "A", "zoo"], ["b", "=1+1", "museum"]]})
    name = f"xl/worksheets/{part}" if part == "sheet1.xml" else f"xl/{part}"
    damaged = replaced(data, name, lambda xml: xml[: at % len(xml)] + noise + xml[at % len(xml) + len(noise) :])
    try:
        whole([("a.xlsx", damaged)])
    except WtnetError as error:
        assert str(error)
