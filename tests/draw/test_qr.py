"""QR codes: the outline on the screen and the picture in a file are the same code, as readers of codes need it."""

from __future__ import annotations

import io
import re

import segno
from PIL import Image

from wtnet.draw import qr

ADDRESS = "https://wtnet.example.org/?wave=end&select=partner%3Anorthcliff-museum-of-the-sea&link=" + "x" * 64
FINDER = ["1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111"]


def drawn(code: qr.Code) -> list[str]:
    """The modules of a code, row by row, as its outline has them."""
    rows = [["0"] * code.size for _ in range(code.size)]
    for x, y, wide in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", code.path):
        rows[int(y)][int(x) : int(x) + int(wide)] = "1" * int(wide)
    return ["".join(row) for row in rows]


def test_outline_and_picture_are_one_code_with_a_margin() -> None:
    """A margin of four modules, the three marks that a reader looks for, and the same modules in the picture."""
    code = qr.code(ADDRESS)
    rows, last = drawn(code), code.size - 4 - 7
    picture = Image.open(io.BytesIO(qr.png(ADDRESS))).convert("L")
    grain = picture.width // code.size
    seen = [
        "".join("1" if picture.getpixel((grain * x + 5, grain * y + 5)) < 128 else "0" for x in range(code.size))  # type: ignore[operator]
        for y in range(code.size)
    ]
    assert rows == seen
    expected = segno.make_qr(ADDRESS, error="m", boost_error=False).matrix
    assert [[int(module) for module in row[4:-4]] for row in seen[4:-4]] == [list(row) for row in expected]
    assert not any("1" in row for row in (*rows[:4], *rows[-4:])) and all(row[:4] + row[-4:] == "0" * 8 for row in rows)
    for x, y in ((4, 4), (last, 4), (4, last)):
        assert [row[x : x + 7] for row in rows[y : y + 7]] == FINDER
    assert [row[last : last + 7] for row in rows[last : last + 7]] != FINDER


def test_another_address_has_another_code() -> None:
    assert qr.code(ADDRESS) == qr.code(ADDRESS) != qr.code(ADDRESS + "y")
