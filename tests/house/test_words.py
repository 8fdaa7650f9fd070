"""Every string on the screen is in the words of the house: a partnership, never a tie; 88%; British spelling."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.paths import ROOT

BEHIND = ("wtnet/measures", "wtnet/analysis", "wtnet/readers", "wtnet/tables", "wtnet/survey", "wtnet/access", "wtnet/store")
"""Rooms whose sentences reach the screen too: meanings of measures, notices on a file, questions and columns."""
ROOMS = ("pages", "wtnet/ui", "wtnet/sentences", "wtnet/stories", "wtnet/draw", "wtnet/writers/report", *BEHIND)
WORDS = {
    "say partnership": re.compile(r"\b[Tt]ies?\b"),
    "88%, without a space": re.compile(r"\d %(?!\w)"),
    "British spelling": re.compile(
        r"\b(colou?rs? scheme|behavior\w*|centers?|centered|favorite\w*|analyz\w+|organiz\w+|program for|neighbor\w*|labeled)\b"
    ),
    "said as nobody would": re.compile(r"[Rr]ead it so\b|[Gg]ive this wave up|was missed by|[Gg]ive it up"),
}
TECHNICAL = (
    "class=",
    "tie:",
    "`",
    "{ties}",
    "{tie}",
    ".tie",
    "network.ties",
    "<svg",
    "top center",
    "bottom center",
    "middle center",
)
"""Marks of a string that is code, a link or a style."""


def strings(path: Path) -> Iterator[tuple[int, str]]:
    """The strings of a module that are sentences or labels, without docstrings: line and text."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documents = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in documents:
            continue
        text = node.value
        if (" " in text.strip() or text[:1].isupper()) and not any(mark in text for mark in TECHNICAL):
            yield node.lineno, text


def test_the_list_finds_what_it_is_for() -> None:
    """Each rule is broken by a sentence that breaks it, and by no other."""
    for bad in ("two ties here", "88 % of all", "An organization", "Read it so"):
        assert sum(bool(rule.search(bad)) for rule in WORDS.values()) == 1, bad
    assert not any(rule.search("tied to a partnership, 88% of it, in the centre") for rule in WORDS.values())


@pytest.mark.parametrize("room", ROOMS)
def test_every_string_on_screen_is_in_the_words_of_the_house(room: str) -> None:
    """What is wrong is named with its file and line."""
    wrong = [
        f"{path.relative_to(ROOT)}:{line}: {rule}: {text[:80]!r}"
        for path in sorted((ROOT / room).rglob("*.py"))
        for line, text in strings(path)
        for rule, pattern in WORDS.items()
        if pattern.search(text)
    ]
    assert not wrong, "\n".join(wrong)


def test_every_page_of_text_and_every_label_in_html_and_script_is_in_the_words_of_the_house() -> None:
    """Pages written as Markdown; of HTML what stands between tags and in labels; of scripts the strings with a blank in them."""
    parts = {
        ".md": re.compile(r".+"),
        ".html": re.compile(r">[^<>]+<|aria-label=\"[^\"]+\""),
        ".js": re.compile(r"\"[^\"`\n]* [^\"`\n]*\"|`[^`\n]* [^`\n]*`"),
    }
    wrong = [
        f"{path.relative_to(ROOT)}: {rule}: {part[:80]!r}"
        for path in sorted((ROOT / "wtnet").rglob("*"))
        for part in (
            parts[path.suffix].findall(re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL))
            if path.suffix in parts
            else ()
        )
        for rule, pattern in WORDS.items()
        if pattern.search(re.sub(r"\$\{[^}]*\}", "", part)) and not any(mark in part for mark in ("class=", "#ties", "behavior:"))
    ]
    assert not wrong, "\n".join(wrong)
