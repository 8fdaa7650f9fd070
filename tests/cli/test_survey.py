"""The survey on the command line: forms out, answers back, who is missing; exit codes as everywhere."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from wtnet.store import Store

Run = Callable[..., tuple[int, str, str]]
TWO = ["sam-tidewell", "robin-larkmead"]
ONE_FORM = ("survey", "forms", "--programme", "example", "--wave", "end", "--partner", "sam-tidewell")


def test_the_round_trip_with_real_files(run: Run, tmp_path: Path, database: str) -> None:
    """Forms of a new wave, two filled in with openpyxl, collected, accepted, and the rest named as missing."""
    out = tmp_path / "forms.zip"
    code, said, _ = run(
        "survey", "forms", "--programme", "example", "--wave", "Autumn", "--new", "--date", "2026-10-01", "--out", out
    )
    assert code == 0 and "66 forms for “Autumn”" in said
    with zipfile.ZipFile(out) as packed:
        names = [name for name in packed.namelist() if name.endswith(".xlsx")]
        (tmp_path / "back").mkdir()
        for at, name in enumerate(names[:2]):
            book = openpyxl.load_workbook(io.BytesIO(packed.read(name)))
            book["Your answers"]["C6"] = at + 2
            book["Your answers"]["D6"] = "About once a month"
            book.save(tmp_path / "back" / f"returned {at}.xlsx")
    code, said, err = run("survey", "collect", "--programme", "example", tmp_path / "back")
    assert code == 1 and "2 ratings added" in said and "--accept" in err
    code, said, _ = run("survey", "collect", "--programme", "example", tmp_path / "back", "--accept")
    assert code == 0 and "Stored as revision" in said
    with Store(database) as store:
        ratings = store.load("example").ratings
        assert ratings["wave"].value_counts(sort=True)["count"].sum() == 1_314 + 2
        assert store.history("example")[0].kind == "survey"
    code, said, _ = run("survey", "status", "--programme", "example", "--json")
    found = json.loads(said)
    assert (found["wave"], len(found["answered"]), len(found["missing"])) == ("autumn", 2, 64)
    code, said, _ = run("survey", "status", "--programme", "example")
    assert "2 of 66 partners asked have answered (3%)" in said
    code, said, _ = run("survey", "collect", "--programme", "example", tmp_path / "back", "--accept")
    assert code == 0 and "Nothing would change" in said


def test_one_bad_cell_does_not_keep_the_rest_out(run: Run, tmp_path: Path, database: str) -> None:
    """All else of both forms is stored, the cell said by row, and the exit code tells that something is left to do."""
    out = tmp_path / "forms.zip"
    run(*ONE_FORM, "--partner", "Robin Larkmead", "--out", out)
    with zipfile.ZipFile(out) as packed:
        for name, answer in zip(sorted(one for one in packed.namelist() if one.endswith(".xlsx")), (1, "lots"), strict=True):
            book = openpyxl.load_workbook(io.BytesIO(packed.read(name)))
            book["Your answers"]["C6"], book["Your answers"]["D6"] = answer, "Every day, or nearly"
            book.save(tmp_path / name)
    code, said, err = run("survey", "collect", "--programme", "example", *tmp_path.glob("*.xlsx"), "--accept")
    assert code == 1 and "“lots” is not one of the choices" in err and "Only this cell is set aside" in err
    assert "Stored as revision" in said
    with Store(database) as store:
        daily = store.load("example").ratings.filter(wave="end", contact="daily").filter(pl.col("rater").is_in(TWO))
        assert set(daily["rater"]) == set(TWO)


def test_people_named_by_role_have_forms_of_their_own_and_are_told_apart(run: Run, tmp_path: Path) -> None:
    """Asked on the command line, one returned; asked again, those kept before stay."""
    out = tmp_path / "forms.zip"
    ask = ("survey", "forms", "--programme", "example", "--wave", "end", "--partner", "sam-tidewell", "--out", out)
    assert "2 forms" in run(*ask, "--person", "Sam Tidewell=assistant", "--person", "sam-tidewell=studio lead")[1]
    with zipfile.ZipFile(out) as packed:
        book = openpyxl.load_workbook(io.BytesIO(packed.read("sam-tidewell-assistant-end.xlsx")))
        book["Your answers"]["C6"] = 2
        book.save(tmp_path / "back.xlsx")
    assert run("survey", "collect", "--programme", "example", tmp_path / "back.xlsx", "--accept")[0] == 0
    assert "3 forms" in run(*ask, "--person", "sam-tidewell=apprentice")[1]
    state = json.loads(run("survey", "status", "--programme", "example", "--wave", "end", "--json")[1])
    assert {(person["role"], person["answered"]) for person in state["people"]} == {
        ("assistant", True),
        ("studio lead", False),
        ("apprentice", False),
    }
    said = run("survey", "status", "--programme", "example", "--wave", "end")[1]
    assert "people who answer for them have answered." in said and "studio lead" in said


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["survey"], "required"),
        (["survey", "forms", "--programme", "example", "--wave", "end", "--person", "Jane", "--out", "x.zip"], "no partner"),
        (
            ["survey", "forms", "--programme", "example", "--wave", "end", "--person", "sam-tidewell=Jo Day", "--out", "x.zip"],
            "looks like a person's name",
        ),
        (["survey", "forms", "--programme", "nowhere", "--wave", "w", "--out", "x.zip"], "nowhere"),
        (["survey", "forms", "--programme", "example", "--wave", "nineteenth", "--out", "x.zip"], "no wave “nineteenth”"),
        (["survey", "forms", "--programme", "example", "--wave", "end", "--new", "--out", "x.zip"], "already"),
        (["survey", "forms", "--programme", "example", "--wave", "x", "--new", "--date", "soon", "--out", "x.zip"], "no date"),
        (["survey", "forms", "--programme", "example", "--wave", "end", "--partner", "nobody", "--out", "x.zip"], "no partner"),
        ([*ONE_FORM, "--out", "/nowhere/at/all.zip"], "could not be written"),
        (["survey", "collect", "--programme", "example", "/there/is/nothing"], "no file or folder"),
        (["survey", "status", "--programme", "example", "--wave", "nineteenth"], "no wave"),
    ],
)
def test_what_was_typed_wrongly_is_one_sentence(run: Run, arguments: list[str], words: str) -> None:
    """Exit code 2 and what to do."""
    code, _, err = run(*arguments)
    assert code == 2 and words in err and err.count("\n") == 1


def test_a_wave_is_closed_named_and_shown_on_the_command_line(run: Callable[..., tuple[int, str, str]], database: str) -> None:
    """Each says how the wave stands then; without an option that alone."""
    wave = ("survey", "wave", "--programme", "example", "--wave")
    assert run(*wave, "Midpoint")[1] == "Midpoint is closed. End is shown first.\n"
    assert run(*wave, "Midpoint", "--first")[1] == "Midpoint is closed, and shown first everywhere, because you named it.\n"
    assert run(*wave, "Midpoint", "--not-first")[1] == "Midpoint is closed. End is shown first.\n"
    assert run(*wave, "End", "--open")[1].startswith("End is open: nobody but you sees it")
    assert run(*wave, "End", "--show")[1].startswith("End is open: everybody who may look sees it")
    assert run(*wave, "End", "--close")[1] == "End is closed, and shown first everywhere, as the latest closed wave.\n"
    code, _, complaint = run(*wave, "Nowhere", "--close")
    assert code and "no wave “Nowhere”" in complaint
