"""The command story: printed, as a deck, as a file; for an audience; a saved one that data have overtaken."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest
from pptx import Presentation

from tests.support.paths import EXAMPLE
from wtnet import access, stories, writers
from wtnet.cli import main
from wtnet.store import Store
from wtnet.stories import saved as shelf

MUSEUM = "northcliff-museum-of-the-sea"


def test_a_story_is_printed_with_its_figures(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a place to write to it is there to be read."""
    assert main(["story", str(EXAMPLE), "--partner", "Northcliff Museum of the Sea", "--audience", "lead"]) == 0
    said = capsys.readouterr().out
    assert (
        "3 of 10 · 20 partners of ours are known; 12 were in February 2024" in said
        and "Of 7 kinds in July 2025: " in said
        and "[Notes:" in said
    )


def test_a_story_is_written_as_a_deck_and_as_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    deck, file = tmp_path / "deck.pptx", tmp_path / "story.json"
    assert main(["story", str(EXAMPLE), "--pilot", "tidelines", "--out", str(deck)]) == 0
    assert main(["story", str(EXAMPLE), "--pilot", "Tidelines", "--out", str(file)]) == 0
    assert len(Presentation(str(deck)).slides) == 14
    assert stories.from_text(file.read_bytes()).about == "pilot:tidelines"
    assert str(deck) in capsys.readouterr().out


@pytest.fixture
def small(tmp_path: Path) -> str:
    """A folder of three partners, one wave and two ties."""
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "organisations.csv").write_text("id,name,kind\na,A,museum\nb,B,museum\nc,C,other\n", encoding="utf-8")
    (folder / "waves.csv").write_text("id,name,date\nw,W,2024-02-01\n", encoding="utf-8")
    (folder / "ratings.csv").write_text("wave,rater,partner,level\nw,a,b,3\nw,b,a,4\nw,a,c,1\n", encoding="utf-8")
    return str(folder)


def test_a_deck_takes_the_template_of_an_organisation(small: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its size is that of the template; a file that is none is refused in a sentence."""
    template, deck = tmp_path / "ours.pptx", tmp_path / "deck.pptx"
    Presentation().save(str(template))
    asked = ["story", small, "--partner", "a", "--out", str(deck), "--template"]
    assert main([*asked, str(template)]) == 0
    assert Presentation(str(deck)).slide_width == 9_144_000
    assert main([*asked, str(EXAMPLE)]) == 2 and main([*asked, str(tmp_path / "none.pptx")]) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_export_makes_the_same_deck(tmp_path: Path) -> None:
    deck = tmp_path / "deck.pptx"
    assert main(["export", str(EXAMPLE), "--format", "pptx", "--partner", MUSEUM, "--out", str(deck)]) == 0
    assert "20 partners" in " ".join(Presentation(str(deck)).slides[2]._element.itertext())


def test_a_story_for_everybody_holds_no_hidden_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As a story is unless somebody says for whom: freelancers under the names redaction gives them, and none of them has a
    story of their own there."""
    file = tmp_path / "story.json"
    assert main(["story", str(EXAMPLE), "--partner", MUSEUM, "--out", str(file)]) == 0
    text = file.read_text(encoding="utf-8")
    assert "Jo Ambercroft" not in text and json.loads(text)["audience"] == "public"
    assert main(["story", str(EXAMPLE), "--partner", "sam-tidewell"]) == 2
    assert "not shown by name to this audience" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ([], "Say whose story"),
        (["--partner", MUSEUM, "--link", "http://127.0.0.1:8501"], "opens on this computer alone"),
        (["--partner", MUSEUM, "--pilot", "tidelines"], "Say whose story"),
        (["--partner", "nobody"], "no single partner"),
        (["--partner", MUSEUM, "--out", "deck.odp"], "not as"),
        (["--saved", "one"], "A file has no saved stories"),
    ],
)
def test_what_cannot_be_told_is_a_sentence(more: list[str], word: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["story", str(EXAMPLE), *more]) == 2
    assert word in capsys.readouterr().err


def test_a_story_for_which_there_is_no_folder_is_a_sentence(small: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["story", small, "--partner", "a", "--out", "/no/such/folder/deck.pptx"]) == 2
    assert "no such folder" in capsys.readouterr().err


def test_a_saved_story_is_told_and_what_data_have_overtaken_is_said(
    database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The person's words stay; each figure that changed is named on the error stream, from old to new."""
    with Store(database) as store:
        tables = store.load("example")
        shelf.keep(store, "example", stories.draft(tables, partner=MUSEUM))
        left = tables.organisations.filter(pl.col("id") != "jo-ambercroft")
        kept = {
            name: tables[name].filter(pl.all_horizontal(pl.col(column).fill_null("") != "jo-ambercroft" for column in columns))
            for name, columns in {
                "ratings": ["rater", "partner"],
                "partnerships": ["source", "target"],
                "involvements": ["organisation"],
                "quotes": ["organisation"],
                "results": ["organisation"],
            }.items()
        }
        store.commit("example", tables.with_(organisations=left, **kept), base=store.head("example"), author="t", reason="t")
    capsys.readouterr()
    wanted = ["story", "--programme", "example", "--saved", f"partner-{MUSEUM}", "--out", str(tmp_path / "deck.pptx")]
    assert main(wanted) == 0
    assert "20 partners → 19 partners" in capsys.readouterr().err
    assert main(["story", "--programme", "example", "--saved", "other"]) == 2
    assert f"choose one of partner-{MUSEUM}" in capsys.readouterr().err


@pytest.mark.parametrize("pilots", [1, pytest.param(99, marks=pytest.mark.thorough)])
@pytest.mark.parametrize("audience", ["partners", "public"])
def test_a_saved_story_on_unchanged_data_is_told_without_a_warning(
    database: str, capsys: pytest.CaptureFixture[str], audience: str, pilots: int
) -> None:
    """Also one that was written for others than the lead, whose figures are fewer."""
    with Store(database) as store:
        about = store.programme("example")
        tables = store.load("example")
        known = access.stored_numbers(store, "example", tables)
        seen = writers.prepare(about, tables, audience=audience, known=known)
        for pilot in seen.tables.pilots["id"][:pilots]:
            shelf.keep(store, "example", stories.draft(seen.tables, None, pilot, audience, about.name, seen.cells))
        saved = shelf.stories(store, "example")
    assert saved
    for each in saved:
        capsys.readouterr()
        assert main(["story", "--programme", "example", "--saved", each.id]) == 0
        assert "overtaken" not in capsys.readouterr().err
