"""Whoever brings in too much reads how much it is, how much is read, and what to do."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable

import pytest

from wtnet.errors import UnreadableFile
from wtnet.readers import read_bytes, refuse
from wtnet.tables.text import megabytes


def _zip(parts: int, each: bytes) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as file:
        for at in range(parts):
            file.writestr(f"{at}.csv", each)
    return memory.getvalue()


def _kumu(ends: int) -> bytes:
    names = [str(at) for at in range(ends)]
    return json.dumps({"elements": [], "connections": [{"from": names, "to": names}]}).encode()


TOO_MUCH: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a byte more than any file": ("a.csv", lambda: b"x" * (refuse.MAX_BYTES + 1), "50.000001 MB; at most 50 MB"),
    "a byte more than XML": ("a.gexf", lambda: b"<" + b" " * 30_000_000, "30.000001 MB; of XML at most 30 MB"),
    "more files than are looked at": ("a.zip", lambda: _zip(10_001, b""), "10,001 files; at most 10,000"),
    "a zip that unpacks to far more": ("a.zip", lambda: _zip(1, b"0" * 20_000_000), "20.0 MB from 0.0"),
    "a matrix": ("a.dl", lambda: b"dl n=90000 format=fullmatrix\ndata:\n1 0", "90,000 by 90,000; at most"),
    "a connection of many": ("a.json", lambda: _kumu(2_000), "2,000 partners with 2,000, more"),
    "many headings": (
        "a.csv", lambda: b",".join(b"h%d" % at for at in range(10_000)) + b"\n" + b"x\n" * 10_000, "10,000 rows under 10,000"
    ),
    "lists below lists": ("organisations.csv", lambda: b"id,name,kind\na,A,museum\n\n\n" * 300, "300 lists one below another"),
    "elements in elements": ("a.gexf", lambda: b"<gexf>" + b"<a>" * 2_000 + b"</a>" * 2_000 + b"</gexf>", "more than"),
}  # fmt: skip


@pytest.mark.parametrize("what", TOO_MUCH)
def test_too_much_is_refused_with_its_size_the_limit_and_what_to_do(what: str) -> None:
    name, make, words = TOO_MUCH[what]
    with pytest.raises(UnreadableFile) as error:
        read_bytes(name, make())
    sentences = re.split(r"(?<=[.])\s+(?=[A-Z])", str(error.value))
    assert name in sentences[0] and words in sentences[0] and re.search(r"\d", sentences[0]), error.value
    assert re.match(r"(Leave|Give|Unpack|It was not opened; save|Export|Take|There is|Put)", sentences[1]), error.value


def test_a_size_is_told_from_its_limit_and_from_nothing() -> None:
    assert [megabytes(size) for size in (0, 1, 40_000, 12_345_678)] == ["0.0 MB", "0.000001 MB", "0.04 MB", "12.3 MB"]
    assert megabytes(50_000_001, 50_000_000) == "50.000001 MB" and megabytes(50_100_000, 50_000_000) == "50.1 MB"
