"""A lead's workbook brought in, changed in ten places, brought in again: the ten changes are shown, and nothing else."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import openpyxl
import pytest

from tests.support.paths import CASES
from tests.support.workbooks import book
from wtnet.importing import (
    ImportResult,
    MergeChoice,
    Proposal,
    bring,
    likely_duplicates,
    matched_incoming,
    propose,
    same_as,
    scales,
    synonyms,
)
from wtnet.tables import Tables

SHEETS: dict[str, list[list[object]]] = {
    "Partners": [
        ["Our partners, updated in May"],
        ["Organisation", "Type", "Town", "Contact person", "Budget (£)", "Pilots"],
        ["Kite Museum", "Museum", "Hull", "Ann Moss", "£1,200", "Knit"],
        ["Fen Choir", "Charity", "Ely", None, "300", "Knit; Clay"],
        ["Moor Surgery", "GP practice", "Ripon", "Bo Lind", None, "Clay"],
        ["Dale Library", "Library", "Ely", None, "40", None],
    ],
    "Who works with whom": [
        ["Partner", "Works with", "Strength", "How often", "Since"],
        ["Kite Museum", "Fen Choir", "strong", "weekly", "01/04/2024"],
        ["Kite Musuem", "Moor Surgery", "weak", "monthly", None],
        ["Fen Choir", "Dale Library", "medium", "weekly", "Jan 2025"],
    ],
    "Scores": [
        ["Score 1-10 (rows say of columns)", "Kite Museum", "Fen Choir", "Moor Surgery"],
        ["Kite Museum", None, 8, 4],
        ["Fen Choir", 6, None, None],
        ["Moor Surgery", 2, 5, None],
    ],
    "Outcomes": [
        ["Outcome", "Pilot", "Baseline", "Target", "Latest"],
        ["Less lonely", "Knit", "40%", "75%", "62%"],
        ["Referrals", "Clay", "0", "30", "22"],
    ],
    "Pilots": [
        ["Project", "Lead", "Where", "Start", "End"],
        ["Knit", "Kite Museum", "Hull", "01/09/2024", "ongoing"],
        ["Clay", "Fen Choir", "Ely", "Jan 2025", "31/12/2025"],
    ],
    "Register": [
        ["Date", "Pilot", "Session", "Attended"],
        ["2026-01-05", "Knit", "Session 1", 4],
        ["2026-02-06", "Clay", "Session 2", 9],
    ],
    "notes to self": [["ring Ann"]],
}
Change = tuple[str, int, int, object]
"""Sheet, row and column from 1, and what stands there a month later; a row that is new is written cell by cell."""
CHANGES: list[list[Change]] = [
    [("Partners", 4, 3, "Ripon")],
    [("Partners", 6, 5, "55")],
    [("Who works with whom", 2, 3, "medium")],
    [("Who works with whom", 3, 4, "weekly")],
    [("Who works with whom", 5, at, text) for at, text in enumerate(["Moor Surgery", "Dale Library", "weak", "yearly"], 1)],
    [("Scores", 2, 3, 9)],
    [("Outcomes", 2, 5, "66%")],
    [("Outcomes", 3, 5, "25")],
    [("Pilots", 2, 5, "30/06/2026")],
    [("Register", 4, at, text) for at, text in enumerate(["2026-03-07", "Knit", "Session 3", 7], 1)],
]
LEADS_CHANGES: list[list[Change]] = [
    [("Partners", 5, 3, "Saltby")],
    [("Partners", 7, 7, "£7,900")],
    [("Partners", 8, 10, "joined in June")],
    [("Who works with who", 2, 3, "Medium")],
    [("Who works with who", 3, 4, "weekly")],
    [("Matrix scores", 2, 3, 7)],
    [("Outcomes", 2, 5, "66%")],
    [("Outcomes", 6, 5, "25")],
    [("Pilots", 5, 5, "31/12/2026")],
    [("Register 2026", 14, at, text) for at, text in enumerate(["2026-07-13", "Clay Mondays", "Session 13", 9, 2], 1)],
]


def changed(data: bytes, changes: Sequence[Sequence[Change]]) -> bytes:
    """The workbook with some cells written anew."""
    workbook = openpyxl.load_workbook(io.BytesIO(data))
    for sheet, row, column, text in [cell for change in changes for cell in change]:
        assert workbook[sheet].cell(row, column).value != text
        workbook[sheet].cell(row, column).value = text  # type: ignore[union-attr]
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


class Sitting:
    """A programme that a workbook was brought into as its lead does: scales said, words explained, misspelt names merged."""

    def __init__(self, data: bytes, typed: Sequence[str]) -> None:
        self.settings: dict[str, Any] = dict(scales.typed(typed))
        asked = self._read(data, Tables())
        for table, column, text in synonyms.unknown(asked.raw, asked.checked.problems):
            self.settings |= dict([synonyms.to_setting(table, column, text, "care")])
        first = self._read(data, Tables())
        assert first.checked.ok
        incoming = matched_incoming(Tables(), first.checked.tables, first.columns)
        merged = [MergeChoice(*pair.key) for pair in likely_duplicates(Tables(), incoming)]
        accepted = propose(Tables(), first.checked.tables, [], first.columns, merged).kept
        self.stored, self.merged = accepted.tables, len(merged)
        names = self.stored.names("organisations")
        self.settings |= dict(same_as.to_setting(name, (id, names[id])) for name, id in accepted.same.items())
        self.notices = [notice.sentence for notice in first.checked.notices]

    def _read(self, data: bytes, known: Tables) -> ImportResult:
        return bring([("master.xlsx", data)], known, settings=self.settings)

    def again(self, data: bytes) -> Proposal:
        """What the workbook would change now."""
        result = self._read(data, self.stored)
        assert result.checked.ok and not likely_duplicates(
            self.stored, matched_incoming(self.stored, result.checked.tables, result.columns)
        )
        return propose(self.stored, result.checked.tables, [], result.columns).kept


def rows(proposal: Proposal) -> int:
    """How many rows would be new, changed or removed."""
    return sum(counts[what] for counts in proposal.counts().values() for what in ("new", "changed", "removed"))


@pytest.fixture(scope="module")
def sitting() -> Sitting:
    return Sitting(book(SHEETS), ["Strength=none; weak; medium; strong", "Score 1-10 (rows say of columns)=1 to 10"])


def test_the_same_workbook_again_changes_nothing(sitting: Sitting) -> None:
    """A name that was said to be misspelt is the same partner without being asked again."""
    assert sitting.merged == 1 and sitting.stored.organisations.height == 4
    assert not sitting.again(book(SHEETS)).any
    settled = bring([("master.xlsx", book(SHEETS))], sitting.stored, settings=sitting.settings)
    assert settled.same == {"Kite Musuem": "Kite Museum"}
    assert any("“Kite Musuem” as Kite Museum" in notice.sentence for notice in settled.checked.notices)


ALWAYS = (4,)
"""A row that is new: by itself in every run; all at once in the next test."""


@pytest.mark.parametrize(
    "at", [at if at in ALWAYS else pytest.param(at, marks=pytest.mark.thorough) for at in range(len(CHANGES))]
)
def test_each_change_of_the_workbook_is_shown_as_one_change(sitting: Sitting, at: int) -> None:
    proposal = sitting.again(changed(book(SHEETS), [CHANGES[at]]))
    assert rows(proposal) == 1 and len(proposal.in_words()) == 1


def test_ten_changes_of_the_workbook_are_ten_changes(sitting: Sitting) -> None:
    assert rows(sitting.again(changed(book(SHEETS), CHANGES))) == 10


def test_a_name_said_to_be_anothers_is_none_once_that_partner_is_called_otherwise_or_it_is_forgotten(sitting: Sitting) -> None:
    """Or where a partner of that very name is stored; nothing is remembered of a programme without the partner."""
    renamed = sitting.stored.organisations.with_columns(
        name=sitting.stored.organisations["name"].replace({"Kite Museum": "Kite Centre"})
    )
    files = [("master.xlsx", book({name: SHEETS[name] for name in ("Partners", "Who works with whom")}))]
    for known in (sitting.stored.with_(organisations=renamed), Tables(), None):
        assert bring(files, known, settings=sitting.settings).same == {}
    forgotten = {**sitting.settings, **dict([same_as.to_setting("Kite Musuem", None)])}
    assert bring(files, sitting.stored, settings=forgotten).same == {}
    twin = bring([("o.csv", b"id,name,kind\nk,Kite Musuem,museum\n")], settings={}).checked.tables.organisations
    known = sitting.stored.with_(
        organisations=sitting.stored.organisations.vstack(twin.select(sitting.stored.organisations.columns))
    )
    assert bring(files, known, settings=sitting.settings).same == {}


@pytest.mark.thorough
@pytest.mark.skipif(not CASES.is_dir(), reason="the lead's workbook is not at hand")
def test_ten_changes_of_a_leads_own_workbook_are_ten_changes() -> None:
    """Nine misspelt names, a matrix, outcomes, a register; what was left out is named, and the same file changes nothing."""
    (home,) = CASES.glob("L01-*")
    data = (home / "master.xlsx").read_bytes()
    whole = Sitting(data, ["Strength=none; weak; medium; strong", "Score 1-10 (rows say of columns)=1 to 10"])
    assert whole.merged == 9 and any("“notes to self”" in said or '"notes to self"' in said for said in whole.notices)
    assert not whole.again(data).any
    assert [rows(whole.again(changed(data, [change]))) for change in LEADS_CHANGES[::5]] == [1] * 2
    assert rows(whole.again(changed(data, LEADS_CHANGES))) == 10
