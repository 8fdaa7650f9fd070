"""What a session keeps is listed in one place."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.support.paths import ROOT
from wtnet.ui.frame.session import KEYS, PREFIXES

SCREEN = [*sorted((ROOT / "wtnet" / "ui").rglob("*.py")), *sorted((ROOT / "pages").glob("*.py")), ROOT / "app.py"]
BY_ARGUMENT = {"address.py", "cached.py", "component.py", "sheet.py"}
"""Modules whose functions are given the key."""


def _keys(tree: ast.Module) -> Iterator[ast.expr]:
    """Every expression that stands for a key of the session."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "st.session_state":
            yield node.slice
        elif isinstance(node, ast.Compare) and any(ast.unparse(side) == "st.session_state" for side in node.comparators):
            yield node.left
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            of_session = ast.unparse(node.func.value) == "st.session_state"
            yield from node.args[:1] if of_session or ast.unparse(node.func) == "cached.memo" else []


def _named(path: Path) -> tuple[set[str], set[str]]:
    """The keys a module names, and how those begin that it puts together."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    constants = {
        ast.unparse(target): node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
    }
    keys, begin = set(), set()
    for key in _keys(tree):
        if isinstance(key, ast.Constant):
            keys.add(str(key.value))
        elif ast.unparse(key) in constants:
            keys.add(str(constants[ast.unparse(key)]))
        elif isinstance(key, ast.JoinedStr):
            first = key.values[0]
            begin |= {str(first.value)} if isinstance(first, ast.Constant) else {"left_", "right_"}
        elif not isinstance(key, ast.Call):  # a call names the widget of one cell or question, which is no key of its own
            assert path.name in BY_ARGUMENT or ast.unparse(key) == "key", f"{path.name}: {ast.unparse(key)}"
    return keys, begin


def test_every_key_of_the_session_is_listed_with_what_it_holds() -> None:
    """None that is not listed, and none listed that nobody uses."""
    keys: set[str] = set()
    begin: set[str] = set()
    for path in SCREEN:
        named, beginnings = _named(path)
        keys, begin = keys | named, begin | beginnings
    assert keys == set(KEYS)
    assert all(any(start.startswith(prefix) for prefix in PREFIXES) for start in begin)
