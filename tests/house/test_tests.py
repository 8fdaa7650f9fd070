"""The tests themselves: what is shared stands where anybody finds it, and no test rests on another."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.paths import ROOT

TESTS = sorted((ROOT / "tests").rglob("*.py"))


def imported(tree: ast.AST) -> Iterator[str]:
    """Every module, and every name of a module, that a file imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def fixtures(tree: ast.AST) -> set[str]:
    """The fixtures that a file defines."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return {each.name for each in functions if any("fixture" in ast.unparse(mark) for mark in each.decorator_list)}


@pytest.fixture(scope="module")
def trees() -> dict[Path, ast.Module]:
    """Every file of tests, parsed."""
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in TESTS}


def test_no_test_imports_a_test_nor_a_conftest(trees: dict[Path, ast.Module]) -> None:
    """What two tests need stands in `tests/support`."""
    assert len(trees) > 100
    for path, tree in trees.items():
        for name in imported(tree):
            parts = name.split(".")
            wrong = parts[0] == "tests" and any(part.startswith("test_") or part == "conftest" for part in parts)
            assert not wrong, f"{path.relative_to(ROOT)} imports {name}"


def test_fixtures_come_by_name_and_are_never_imported(trees: dict[Path, ast.Module]) -> None:
    """One that several files use stands in the `conftest.py` of their folder; one that a single file uses, beside it."""
    for path, tree in trees.items():
        found = fixtures(tree)
        assert not found or path.name == "conftest.py" or path.name.startswith("test_"), f"{path.relative_to(ROOT)}: {found}"
