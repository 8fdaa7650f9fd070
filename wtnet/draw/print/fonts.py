"""The letters of pictures and reports: fonts that come with the program, so that every machine draws the same.

Source Sans 3, as on the screen: `faces/` holds a file of its maker's own package for npm, source-sans 3.52.0, unchanged. Noto
Sans for the scripts it lacks, from packages. All of them are under the SIL Open Font Licence.
"""

from __future__ import annotations

import importlib.util
import unicodedata
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTCollection, TTFont
from PIL import ImageFont

FAMILY, OWN_NAME = "Source Sans 3", "SourceSans3VF"
"""What the typeface is called where it is installed, and what the file that comes with the program calls itself."""
FACE = Path(__file__).with_name("faces") / "SourceSans3VF-Upright.ttf"
FACE_SHA256 = "1147db9a3f0edd4956068de77930148acce2742dd76d57f7239b2b1c687ac63f"
"""The checksum of the file in Adobe's package."""
_PACKAGES = ("manimgx_fonts", "manimgx_fonts_cjk")
MISSING = "□"
"""In the place of a character that no font has."""
_EM = 1_000


@cache
def folders() -> tuple[str, ...]:
    """The folders the fonts are in."""
    specs = (importlib.util.find_spec(name) for name in _PACKAGES)
    return (str(FACE.parent), *(str(Path(spec.origin).parent) for spec in specs if spec and spec.origin))


def width(text: str, size: float, weight: int = 400) -> float:
    """How wide a line of text is, in the unit of `size`; what other scripts need is estimated, rather too wide."""
    return sum(_advance(letter, weight) for letter in text) * size / _EM


def fitting(text: str, room: float, size: float, weight: int = 400) -> int:
    """How many letters of a text, from its first, are together no wider than `room`; no more of it is looked at."""
    left = room * _EM / size
    for at, letter in enumerate(text):
        left -= _advance(letter, weight)
        if left < 0:
            return at
    return len(text)


def drawable(text: str) -> str:
    """The text with `MISSING` for every character that no font has, and without what is never drawn."""
    return "".join(
        letter if ord(letter) in _common() or ord(letter) in _every() else "" if _silent(letter) else MISSING for letter in text
    )


def _silent(letter: str) -> bool:
    return unicodedata.category(letter) in {"Cf", "Mn", "Cc", "Cn"}


@cache
def _advance(letter: str, weight: int) -> float:
    if ord(letter) in _common():
        return float(_measure(weight).getlength(letter))
    if unicodedata.combining(letter) or _silent(letter):
        return 0.0
    wide = unicodedata.east_asian_width(letter) in {"W", "F"} or ord(letter) > 0xFFFF
    return _EM * (1.15 if wide else 0.72)


@cache
def _measure(weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(str(FACE), _EM, layout_engine=ImageFont.Layout.BASIC)
    font.set_variation_by_axes([weight])
    return font


def _files(pattern: str) -> list[str]:
    return [str(path) for folder in folders() for path in sorted(Path(folder).rglob(pattern))]


@cache
def _common() -> frozenset[int]:
    """The characters of Source Sans 3."""
    return frozenset(TTFont(FACE, lazy=True).getBestCmap())


@cache
def _every() -> frozenset[int]:
    """The characters of all fonts together; read only when a text needs more than the first."""
    characters: set[int] = set()
    for path in _files("*.tt[fc]"):
        fonts = TTCollection(path, lazy=True).fonts[:1] if path.endswith(".ttc") else [TTFont(path, lazy=True)]
        for font in fonts:
            characters |= set(font.getBestCmap() or ())
    return frozenset(characters)
