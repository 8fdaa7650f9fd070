"""No expression takes time that grows faster than its text: whoever brings in a file cannot make everybody wait.

Texts are made for each expression from its own parts: what leads to some place in it, then what may stand there many times,
then what ends the match. Doubling such a text may take at most 2.5 times the time of the processor.
"""

from __future__ import annotations

import ast
import re
import time
import warnings
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from tests.support.paths import ROOT

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from re import _constants as sre
    from re import _parser as parser

ROOMS = ("readers", "importing", "access", "survey", "tables", "stories", "sentences", "writers", "ui")
OWN_FILES = "wtnet.ui.frame.middleware:60"
"""Where an expression reads nothing but a file of Streamlit."""
_USES = ("match", "fullmatch", "search", "findall", "finditer", "sub", "split")
_ENDS = ("\x00", "!", "\n", "é")
_MOST, _GROWTH, _SMALL = 12_000, 2.5, 0.004
"""Characters of the longest text; the most that doubling may multiply the time by; seconds that are too short to compare."""


def _expressions(room: str) -> Iterator[tuple[str, str, int, str]]:
    """Where each expression of a room stands, its text, its flags, and how it is used."""
    for path in sorted((ROOT / "wtnet" / room).rglob("*.py")):
        yield from (each for each in _of_module(path) if not each[0].startswith(OWN_FILES))


def _of_module(path: Path) -> Iterator[tuple[str, str, int, str]]:
    text = path.read_text(encoding="utf-8")
    if "import re\n" not in text:
        return
    tree = ast.parse(text)
    names: dict[str, Any] = {}
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    uses = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    names = vars(__import__(module, fromlist=["_"]))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re.") and node.args:
            use = ast.unparse(node.func).removeprefix("re.")
            if use in _USES:
                text = _text_of(node.args[0], names)
                assert text is not None, f"{path.name}:{node.lineno}: give this expression a name"
                flags = re.compile(text, re.DOTALL if "DOTALL" in ast.unparse(node) else 0).flags
                yield f"{module}:{node.lineno}", text, flags, use
    named = {name: value for name, value in names.items() if isinstance(value, re.Pattern)}
    for name, value in names.items():
        for pattern in _patterns(value):
            by_name = {use.attr for use in uses if isinstance(use.value, ast.Name) and use.value.id == name}
            in_a_list = {use.attr for use in uses if isinstance(use.value, ast.Name) and use.value.id not in named}
            for use in sorted((by_name if name in named else in_a_list) & set(_USES)):
                yield f"{module}.{name}", pattern.pattern, pattern.flags, use


def _text_of(node: ast.expr, names: dict[str, Any]) -> Any:
    """An expression that stands in a call, or under a name of this or another module; null for one put together there."""
    if isinstance(node, ast.Constant):
        return node.value
    try:
        value = eval(ast.unparse(node), {}, names) if isinstance(node, ast.Attribute | ast.Name) else None
    except NameError:
        return None
    return value.pattern if isinstance(value, re.Pattern) else value


def _patterns(value: object) -> list[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        return [value]
    return [part for item in value for part in _patterns(item)] if isinstance(value, tuple) else []


def _accepted(item: tuple[Any, Any]) -> list[str]:
    """A few texts that one part of an expression accepts."""
    kind, rest = item
    if kind == sre.LITERAL:
        return [chr(rest)]
    if kind in (sre.NOT_LITERAL, sre.ANY):
        return [sign for sign in "x \"'" if kind == sre.ANY or ord(sign) != rest]
    if kind == sre.IN:
        tried = [" ", "\n", "0", "a", "A", "_", "=", '"', "<", ".", "-"] + [
            chr(value) for code, value in rest if code == sre.LITERAL
        ]
        tried += [chr(value[0]) for code, value in rest if code == sre.RANGE]
        one = re.compile(_written(rest), re.DOTALL)
        return list(dict.fromkeys(sign for sign in tried if one.fullmatch(sign)))[:6]
    if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        return [text * max(1, rest[0]) for text in _accepted_all(rest[2])]
    if kind == sre.SUBPATTERN:
        return _accepted_all(rest[3])
    if kind == sre.ATOMIC_GROUP:
        return _accepted_all(rest)
    if kind == sre.BRANCH:
        return [text for branch in rest[1] for text in _accepted_all(branch)[:2]][:6]
    return [""]


def _written(group: list[tuple[Any, Any]]) -> str:
    """A set of characters as an expression again."""
    sign = {sre.CATEGORY_SPACE: r"\s", sre.CATEGORY_DIGIT: r"\d", sre.CATEGORY_WORD: r"\w"}
    sign |= {sre.CATEGORY_NOT_SPACE: r"\S", sre.CATEGORY_NOT_DIGIT: r"\D", sre.CATEGORY_NOT_WORD: r"\W"}
    parts = ""
    for code, value in group:
        if code == sre.NEGATE:
            parts += "^"
        elif code == sre.LITERAL:
            parts += re.escape(chr(value))
        elif code == sre.RANGE:
            parts += f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
        else:
            parts += sign[value]
    return f"[{parts}]"


def _accepted_all(items: Any) -> list[str]:
    texts = [""]
    for item in items:
        texts = [before + text for before in texts for text in _accepted(item)[:3]][:6]
    return texts


def _pumps(items: Any, lead: str = "") -> Iterator[tuple[str, str]]:
    """What leads to a place that repeats, and what may be repeated there."""
    for item in items:
        kind, rest = item
        if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            if rest[1] > 3:
                for text in _accepted_all(rest[2]):
                    yield lead, text
                    yield "", lead + text
            yield from _pumps(rest[2], lead)
        elif kind == sre.SUBPATTERN:
            yield from _pumps(rest[3], lead)
        elif kind == sre.ATOMIC_GROUP:
            yield from _pumps(rest, lead)
        elif kind == sre.BRANCH:
            for branch in rest[1]:
                yield from _pumps(branch, lead)
        lead += (_accepted(item) or [""])[0]
    if lead:
        yield "", lead


def _texts(pattern: str | bytes, flags: int) -> Iterator[Callable[[int], str]]:
    """Makers of texts of about so many characters, hard for this expression."""
    written = pattern.decode("latin-1") if isinstance(pattern, bytes) else pattern
    seen = set()
    for lead, pump in _pumps(parser.parse(written, flags & ~re.UNICODE if isinstance(pattern, bytes) else flags)):
        for again in (pump, pump + " ", pump + "\n"):
            if pump and (lead, again) not in seen:
                seen.add((lead, again))
                for end in _ENDS[: 2 if len(seen) > 20 else 4]:
                    yield lambda size, lead=lead, again=again, end=end: lead + again * (size // len(again)) + end


def _text(make: Callable[[int], str], as_bytes: bool, size: int) -> Any:
    return make(size).encode("latin-1", "ignore") if as_bytes else make(size)


def _seconds(use: Callable[[Any], Any], text: Any, times: int) -> float:
    best = float("inf")
    for _ in range(times):
        start = time.thread_time()
        use(text)
        best = min(best, time.thread_time() - start)
    return best


def _used(pattern: re.Pattern[Any], use: str) -> Callable[[Any], Any]:
    empty: Any = b"" if isinstance(pattern.pattern, bytes) else ""
    ways: dict[str, Callable[[Any], Any]] = {
        "sub": lambda text: pattern.sub(empty, text),
        "finditer": lambda text: list(pattern.finditer(text)),
    }
    return ways.get(use) or getattr(pattern, use)


def _growth(pattern: re.Pattern[Any], use: str) -> str | None:
    """The text whose time grows faster than its length; null if there is none."""
    run = _used(pattern, use)
    for make in islice(_texts(pattern.pattern, pattern.flags), 60):
        text = partial(_text, make, isinstance(pattern.pattern, bytes))
        size, suspected = 6, False
        while size <= _MOST:
            longer = _seconds(run, text(size), 1)
            if longer > _SMALL:
                if size < 200:
                    return f"{make(24)!r}: {longer:.4f} s for {size} characters"
                longer, shorter = _seconds(run, text(size), 3), _seconds(run, text(size // 2), 3)
                grows = longer > _SMALL and longer > _GROWTH * shorter
                if grows and suspected:
                    return f"{make(24)!r} … at {size:,} characters: {shorter:.4f} s, then {longer:.4f} s"
                suspected = grows
                if longer > 0.3:
                    break
            size = size * 3 // 2 if size < 100 else size * 2
    return None


@pytest.mark.parametrize("room", ROOMS)
def test_no_expression_takes_longer_than_its_text_grows(room: str) -> None:
    """Each expression of each module of a room, in each way in which it is used."""
    measured, growing = 0, {}
    for where, pattern, flags, use in _expressions(room):
        compiled = re.compile(pattern, flags if isinstance(pattern, str) else flags & ~re.UNICODE)
        measured += 1
        if too_long := _growth(compiled, use):
            growing[f"{where}: {use}"] = too_long
    assert measured and not growing


@pytest.mark.parametrize(
    ("pattern", "use"),
    [
        (r"(a+)+b", "match"),
        (r"(?:(?:#).*\s+|\s+)*graph\s*\[", "match"),
        (r"\s+x", "search"),
        (r"^a*a*$", "match"),
        (r"\w*@", "findall"),
    ],
)
def test_the_measure_finds_what_grows_too_fast(pattern: str, use: str) -> None:
    assert _growth(re.compile(pattern), use) is not None
