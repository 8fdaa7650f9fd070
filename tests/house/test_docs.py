"""README and docs/ say what the code says: commands, generated tables, pages, rooms, links, and the example in Python."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tools import docs

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
PAPERS = [README, ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("page", sorted(docs.DOCS.glob("*.md")), ids=lambda path: path.name)
def test_the_generated_tables_are_those_of_the_code(page: Path) -> None:
    """Formats, columns and measures in docs/ are exactly what the code declares."""
    assert docs.renewed(_text(page)) == _text(page), "run: python tools/docs.py"


def test_every_generated_table_stands_on_a_page() -> None:
    pages = "\n".join(_text(page) for page in docs.DOCS.glob("*.md"))
    assert all(pages.count(f"<!-- {name} -->") == 1 for name in docs.BLOCKS)


def test_the_gate_runs_exactly_the_readmes_test_command() -> None:
    """The command a newcomer is told is the command that is held."""
    command = re.search(r"\| \*\*test\*\* \| `([^`]+)`", _text(README))
    assert command and command[1] in _text(ROOT / ".ci" / "run").splitlines()


def test_the_readme_stays_short() -> None:
    assert len(README.read_bytes()) <= 9_000


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.name)
def test_every_picture_and_file_that_is_linked_is_there(paper: Path) -> None:
    """No broken picture, no file that has moved."""
    for target in re.findall(r"\]\(([^)#:]+)\)", _text(paper)):
        assert (paper.parent / target).exists(), target


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.name)
def test_every_file_of_the_project_that_is_named_is_there(paper: Path) -> None:
    for name in re.findall(r"`((?:wtnet|tests|pages|data|docs|tools)/[\w./-]+)`", _text(paper)):
        assert "NAME" in name or (ROOT / name).exists(), name


def test_every_page_is_in_the_readme() -> None:
    """Each page of the app answers its question there."""
    text = _text(README)
    for title in re.findall(r'st\.Page\([^)]*?title="([^"]+)"', _text(ROOT / "app.py")):
        assert f"| {title} |" in text, title


def test_every_verb_of_the_command_line_is_explained() -> None:
    lines = [line for line in _text(docs.DOCS / "command-line.md").splitlines() if line.startswith("python -m wtnet ")]
    explained = {line.split()[3] for line in lines}
    done = subprocess.run([sys.executable, "-m", "wtnet", "--help"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert explained == set(re.findall(r"^ {4}([a-z][a-z-]+)", done.stdout, re.MULTILINE)) and len(explained) > 10


def _rooms() -> list[tuple[str, str]]:
    """Rank and name of every room on the README's map."""
    block = _text(README).partition("| rank | room |")[2].partition("\n\n")[0]
    rows = [[cell.strip() for cell in line.split("|")[1:3]] for line in block.splitlines() if line.startswith("| ")]
    return [(rank, name) for rank, cell in rows for name in re.findall(r"`([^`]+)`", cell)]


def test_the_map_of_the_house_has_every_room_and_no_other() -> None:
    rooms = {name.rstrip("/") for _, name in _rooms()} - {"app.py", "pages", "__main__.py"}
    folders = {path.parent.name for path in (ROOT / "wtnet").glob("*/__init__.py")}
    modules = {path.name for path in (ROOT / "wtnet").glob("*.py")} - {"__init__.py", "__main__.py"}
    assert rooms == folders | modules


def test_the_map_names_the_rooms_within_rooms() -> None:
    """A folder within measures, readers, draw, writers or ui is named in its room's line."""
    text = _text(README)
    for parent in ("measures", "readers", "draw", "writers", "ui"):
        line = next(line for line in text.splitlines() if re.match(rf"\| \d+ \| `{parent}/` \|", line))
        for inner in (ROOT / "wtnet" / parent).glob("*/__init__.py"):
            assert f"`{inner.parent.name}/`" in line, f"{parent}/{inner.parent.name}"


def test_the_ranks_on_the_map_are_those_that_are_enforced() -> None:
    contracts = tomllib.loads(_text(ROOT / "pyproject.toml"))["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    ranks = {
        room.strip().removeprefix("wtnet."): rank for rank, layer in enumerate(reversed(layers)) for room in layer.split("|")
    }
    on_the_map = {
        name.rstrip("/").removesuffix(".py"): int(rank) for rank, name in _rooms() if rank.isdigit() and name != "__main__.py"
    }
    assert {name: ranks[name] for name in on_the_map} == on_the_map


def test_the_example_in_python_runs_as_it_is_printed(tmp_path: Path) -> None:
    """In a process of its own, in a folder that has the data and nothing else."""
    code = re.search(r"```python\n(.*?)```", _text(docs.DOCS / "python.md"), re.DOTALL)
    assert code and len([line for line in code[1].splitlines() if line and "import" not in line]) <= 10
    (tmp_path / "data").symlink_to(ROOT / "data")
    command = [sys.executable, "-c", code[1]]
    done = subprocess.run(command, cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("0 {")
    assert "<svg" in (tmp_path / "map.svg").read_text(encoding="utf-8")
