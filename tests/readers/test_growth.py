"""No file takes time that grows faster than the file: twice the size takes at most 2.5 times the processor's time."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Callable

import pytest

from tests.support.workbooks import book
from wtnet.errors import UnreadableFile
from wtnet.readers import read_bytes
from wtnet.readers.core import elements

_GROWTH, _SMALL = 2.5, 0.02


def _gexf(inside: str) -> bytes:
    return f'<gexf xmlns="http://gexf.net/1.3"><graph>{inside}</graph></gexf>'.encode()


def _many(count: int, form: str) -> str:
    return "".join(form.format(at) for at in range(count))


FILES: dict[str, tuple[str, Callable[[int], bytes], int]] = {
    "blank rows of tabs before the headings": ("a.tsv", lambda n: b"\t\t\t\n" * n + b"id\tname\tkind\na\tA\tmuseum\n", 4_000),
    "a heading of tabs alone": ("a.tsv", lambda n: b"\t" * n + b"\nx\ty\n", 4_000),
    "a comment that never ends": ("a.txt", lambda n: b"# " * n + b"\n" + b"graph " * n, 4_000),
    "one heading many times": ("a.csv", lambda n: b",".join([b"name"] * n) + b"\n" + b",".join([b"x"] * n), 400),
    "a declaration full of blanks": ("a.gexf", lambda n: b"<?xml version='1.0'" + b" " * n + b"?><gexf/>", 8_000),
    "a declaration full of encodings": ("a.gexf", lambda n: b"<?xml " + b" encoding" * n + b"?><gexf/>", 4_000),
    "other elements among the nodes": ("a.gexf", lambda n: _gexf("<x/>" * n + _many(n, '<node id="{0}" label="{0}"/>')), 700),
    "ties of many attributes": (
        "a.gexf",
        lambda n: _gexf(
            '<attributes class="edge">' + _many(n, '<attribute id="{0}" title="a{0}"/>') + "</attributes>"
            + _many(n, '<edge source="{0}" target="b"/>')
        ),
        400,
    ),
    "partners of a list that name each other": (
        "a.json", lambda n: json.dumps({"elements": [], "connections": [{"from": ["a"] * n, "to": ["b"] * n}]}).encode(), 1_500
    ),
    "deep lists": ("a.json", lambda n: b'{"nodes":' + b"[" * n + b"]" * n + b"}", 2_000),
    "a matrix without an end": ("a.dl", lambda n: b"dl n=%d labels " % n + b"labels " * n + b"data:\n" + b"1 " * n, 2_000),
    "quotes that open": ("a.net", lambda n: b"*Vertices 9\n1 \"" + b"\" \"" * n + b"\n*arcs\n1 2 1 l \"" + b" l \"" * n, 4_000),
    "one number for many names": (
        "a.json",
        lambda n: json.dumps({"grants": [
            {"id": str(at), "recipientOrganization": [{"id": "GB-1", "name": f"Org {at}"}],
             "fundingOrganization": [{"id": "GB-2", "name": f"Fund {at}"}]} for at in range(n)
        ]}).encode(),
        500,
    ),
    "names of a row each": ("a.csv", lambda n: b"id,name,kind\n" + _many(n, "o{0},The partner {0},museum\n").encode(), 2_000),
    "cells that are none": ("a.xlsx", lambda n: book({"organisations": [["id", "name", "kind"], *[["a", "A", "x"]] * n]}), 400),
}  # fmt: skip


def _seconds(name: str, data: bytes, times: int) -> float:
    best = float("inf")
    for _ in range(times):
        start = time.process_time()
        with contextlib.suppress(UnreadableFile):
            read_bytes(name, data)
        best = min(best, time.process_time() - start)
    return best


_SAME_READER = ("ties of many attributes", "a declaration full of encodings", "a comment that never ends")
"""Files whose reader another file of the list takes the longer way through."""


@pytest.mark.parametrize(
    "what", [pytest.param(what, marks=pytest.mark.thorough) if what in _SAME_READER else what for what in FILES]
)
def test_a_file_twice_as_large_takes_at_most_two_and_a_half_times_as_long(what: str) -> None:
    name, make, size = FILES[what]
    read_bytes("a.csv", b"id,name,kind\na,A,museum\n")  # what is loaded once
    for times in (1, 2, 4):
        longer, shorter = _seconds(name, make(2 * times * size), 3), _seconds(name, make(times * size), 3)
        if longer <= max(_SMALL, _GROWTH * shorter):
            return
    pytest.fail(f"{what}: {shorter:.3f} s, then {longer:.3f} s")


def test_a_small_file_does_not_fill_memory_with_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of many elements would get each of many defaults: refused before, in a sentence; 90,000 are too many here."""
    monkeypatch.setattr(elements, "MAX_VALUES", 80_000)
    declared = _many(300, '<attribute id="{0}" title="a{0}"><default>x</default></attribute>')
    nodes = _many(300, '<node id="{0}"/>')
    with pytest.raises(UnreadableFile, match="from defaults"):
        read_bytes("a.gexf", _gexf(f'<attributes class="node">{declared}</attributes>{nodes}'))
    keys = _many(300, '<key id="{0}" for="node" attr.name="a{0}"><default>x</default></key>')
    with pytest.raises(UnreadableFile, match="from defaults"):
        read_bytes("a.graphml", f"<graphml>{keys}<graph>{nodes}</graph></graphml>".encode())
    few = _many(250, '<attribute id="{0}" title="a{0}"><default>x</default></attribute>')
    read_bytes("a.gexf", _gexf(f'<attributes class="node">{few}</attributes>{nodes}'))


def test_a_table_with_too_many_cells_is_refused_before_they_are_made() -> None:
    """Short rows under a heading of many cells would each be filled up to its width."""
    with pytest.raises(UnreadableFile, match="more than can be read"):
        read_bytes("a.csv", b",".join(b"h%d" % at for at in range(10_000)) + b"\n" + b"x\n" * 10_000)


def test_a_connection_of_too_many_partners_is_refused_before_it_is_made() -> None:
    many = [str(at) for at in range(2_000)]
    with pytest.raises(UnreadableFile, match="more than can be read"):
        read_bytes("a.json", json.dumps({"elements": [], "connections": [{"from": many, "to": many}]}).encode())
