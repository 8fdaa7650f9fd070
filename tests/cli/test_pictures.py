"""Reports, maps and pictures on the command line: what is asked for, for whom, and one sentence where it cannot be."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import pytest

from tests.support import pdf_page
from tests.support.paths import EXAMPLE
from wtnet.cli import main


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    """The exit code and everything said."""
    code = main(["export", str(EXAMPLE), *words])
    said = capsys.readouterr()
    return code, said.out + said.err


def test_a_report_on_a_partner_is_found_by_name(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """By id or by name, capitals or not."""
    out = tmp_path / "report.pdf"
    code, said = run(capsys, "--format", "report", "--partner", "robin larkmead", "--audience", "lead", "--out", str(out))
    assert code == 0 and "Written" in said and "for the programme lead." in said
    with pikepdf.open(out) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Robin Larkmead"


def test_a_report_has_the_sections_foreword_and_logo_asked_for(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Hidden names in the foreword are other names; a logo that is none is refused; another format has no sections."""
    foreword, logo, out = tmp_path / "words.txt", tmp_path / "logo.svg", tmp_path / "report.pdf"
    foreword.write_text("Robin Larkmead began it.", encoding="utf-8")
    logo.write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>')
    words = ("--format", "report", "--out", str(out), "--section", "next", "--foreword", str(foreword))
    assert run(capsys, *words, "--logo", str(logo))[0] == 0
    text = "".join(run.text for run in pdf_page.runs(out.read_bytes()))
    said = re.sub(r"\s", "", text)
    assert re.search(r"Freelancer\d+beganit", said) and "RobinLarkmead" not in said
    assert "Whatnext" in said and "Eachpilot" not in said
    logo.write_bytes(b"nothing")
    code, refused = run(capsys, *words, "--logo", str(logo))
    assert code == 2 and "choose a PNG" in refused
    code, refused = run(capsys, *words, "--section", "weather")
    assert code == 2 and 'no section "weather"; choose among network, pilots' in refused
    code, refused = run(capsys, "--format", "html", "--out", str(out), "--section", "next")
    assert code == 2 and "--section: of a report only" in refused


def test_a_picture_comes_at_the_size_asked_for(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A chart of a pilot as a poster."""
    out = tmp_path / "chart.pdf"
    words = ("--format", "pdf", "--picture", "progress", "--size", "a1", "--pilot", "Tidelines", "--out", str(out))
    assert run(capsys, *words)[0] == 0
    with pikepdf.open(out) as pdf:
        assert round(float(pdf.pages[0].mediabox[2])) == 2384 and "Tidelines" in str(pdf.docinfo["/Title"])


@pytest.mark.parametrize("format", ["svg", *(pytest.param(format, marks=pytest.mark.thorough) for format in ("html", "report"))])
def test_for_everybody_hidden_names_stay_hidden(capsys: pytest.CaptureFixture[str], tmp_path: Path, format: str) -> None:
    """Freelancers are numbered in what is made unless somebody says for whom, and nobody hidden can be asked for by name."""
    out = tmp_path / "file"
    assert "as everybody may see it." in run(capsys, "--format", format, "--out", str(out))[1]
    assert b"Robin Larkmead" not in out.read_bytes()
    again = tmp_path / "again"
    words = ("--format", format, "--partner", "robin-larkmead", "--out", str(again))
    code, said = run(capsys, *words)
    assert code == 2 and "not shown by name" in said and not again.exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--format", "report", "--partner", "nobody"), 'no single partner "nobody"'),
        (("--format", "svg", "--pilot", "none"), 'There is no pilot "none"; choose among'),
        (("--format", "png", "--size", "a9"), "invalid choice"),
        (("--format", "give-back", "--audience", "public"), "by the programme lead"),
    ],
)
def test_what_is_not_there_is_a_sentence_and_no_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, words: tuple[str, ...], told: str
) -> None:
    """Exit code 2, one line, nothing written."""
    out = tmp_path / "file"
    code, said = run(capsys, *words, "--out", str(out))
    assert code == 2 and told in said and said.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_a_full_disk_is_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    """The device that is always full."""
    if not Path("/dev/full").exists():
        pytest.skip("this machine has no device that is always full")
    code, said = run(capsys, "--format", "gexf", "--out", "/dev/full")
    assert code == 2 and "disk is full" in said
