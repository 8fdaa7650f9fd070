"""Next steps and notes are the lead's own: nobody else gets a row of them, and a partner learns only how many are about it."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest

from tests.support import exports
from tests.support.frames import frame
from wtnet import access, writers
from wtnet.tables import Tables, schema
from wtnet.writers.tables import give_back

MUSEUM, OTHER = "saltmere-museum-and-gallery", "northcliff-museum-of-the-sea"
SECRET = "Their director is leaving"


@pytest.fixture(scope="module")
def tables() -> Tables:
    _, shipped = exports.shipped("example")
    step = {
        "id": "s1",
        "what": f"Call them: {SECRET}",
        "organisation": MUSEUM,
        "partner": OTHER,
        "who": "Mary",
        "origin": "worry",
    }
    note = {"id": "n1", "organisation": OTHER, "text": SECRET}
    return shipped.with_(next_steps=frame("next_steps", [step]), notes=frame("notes", [note]))


@pytest.mark.parametrize("audience", ["partners", "public"])
def test_nobody_but_the_lead_has_a_row_of_them(tables: Tables, audience: str) -> None:
    """Neither in what is shown nor in what figures are worked out from, for the partner they are about either."""
    seen = access.redact(tables, audience, viewer=MUSEUM)  # type: ignore[arg-type]
    assert all(seen[name].is_empty() and seen.known[name].is_empty() for name in schema.LEADS_OWN)
    assert all(tables[name].height == 1 for name in schema.LEADS_OWN)


def test_a_partner_is_given_back_how_many_are_about_it_and_no_word_of_them(tables: Tables) -> None:
    """One step is about the museum and no note is; neither its words nor who does it go out."""
    programme, _ = exports.shipped("example")
    export = replace(writers.prepare(programme, tables, made=exports.DAY), partner=MUSEUM)
    sheets = give_back.sheets(give_back._seen(export, MUSEUM))
    assert sheets["Kept by the lead"].rows() == [("next steps", 1), ("notes", 0)]
    assert not any(SECRET in str(sheet.rows()) or "Mary" in str(sheet.rows()) for sheet in sheets.values())


def test_they_go_with_the_lead_s_data_files_and_with_nobody_else_s(tables: Tables) -> None:
    """A file for others has the two tables as headings alone."""
    programme, _ = exports.shipped("example")
    for audience, there in (("lead", True), ("partners", False), ("public", False)):
        export = writers.prepare(programme, tables, made=exports.DAY, audience=audience)  # type: ignore[arg-type]
        assert (export.given["notes"].height == 1) is there, audience
        for format in ("workbook", "csv"):
            data = writers.write(format, export)
            with zipfile.ZipFile(io.BytesIO(data)) as packed:
                text = "".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
            assert (SECRET in text) is there, (format, audience)
