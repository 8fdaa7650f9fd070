"""What is installed is what was chosen: every library pinned with its checksums, for every platform, under a fitting licence."""

from __future__ import annotations

import re
from hashlib import sha256
from importlib import metadata
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support.paths import ROOT
from wtnet.draw.print import fonts

LOCKS = ("requirements.txt", "tests/requirements.txt")
KNOWN = ("MIT", "BSD", "Apache", "Python Software Foundation", "PSF", "ISC", "OFL", "HPND", "Unlicense", "Zlib", "0BSD")
"""Words of licences under which a program of any kind may use a library."""
LOOKED_AT = {
    "psycopg": "LGPL, used unchanged as a library of its own",
    "psycopg-binary": "the same",
    "certifi": "MPL, a list of certificates, used unchanged",
    "dataframely": "BSD; the package does not say so in its description",
    "hypothesis": "MPL, in tests only",
    "pathspec": "MPL, in checks only",
    "pikepdf": "MPL, in tests only",
    "axe-playwright-python": "MIT, and axe-core under the MPL, in tests only",
}
"""Libraries that say no licence, or one that asks for more: why they may be used."""


def _entries(lock: str) -> dict[str, list[tuple[Requirement, int]]]:
    """What a lock asks for, by name, each with the number of its checksums."""
    entries: dict[str, list[tuple[Requirement, int]]] = {}
    for entry in re.split(r"\n(?=[a-z0-9])", (ROOT / lock).read_text()):
        pin = entry.partition("\n")[0].strip(" \\")
        if pin and not pin.startswith("#"):
            asked = Requirement(pin)
            entries.setdefault(canonicalize_name(asked.name), []).append((asked, entry.count("--hash=sha256:")))
    return entries


def _chosen(lock: str) -> list[Requirement]:
    lines = (line.partition("  #")[0].strip() for line in (ROOT / lock).with_suffix(".in").read_text().splitlines())
    return [Requirement(line) for line in lines if line and not line.startswith(("#", "-"))]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_library_is_pinned_with_checksums(lock: str) -> None:
    """One without would make pip refuse all the others, and one not pinned would be another tomorrow."""
    entries = _entries(lock)
    assert len(entries) > 30
    for name, pins in entries.items():
        for asked, checksums in pins:
            assert checksums and [each.operator for each in asked.specifier] == ["=="], f"{lock}: {name}"


@pytest.mark.parametrize("lock", LOCKS)
def test_what_was_chosen_is_what_is_locked(lock: str) -> None:
    entries = _entries(lock)
    for asked in _chosen(lock):
        versions = {str(pin.specifier) for pin, _ in entries.get(canonicalize_name(asked.name), [])}
        assert str(asked.specifier) in versions, f"{asked}: make the lock anew (CONTRIBUTING, “A library”)"


def test_both_locks_ask_for_the_same_version_of_the_same_library() -> None:
    first, second = (_entries(lock) for lock in LOCKS)
    for name in first.keys() & second.keys():
        one, other = ({str(pin.specifier) for pin, _ in lock[name]} for lock in (first, second))
        assert one == other, name


@pytest.mark.parametrize("lock", LOCKS)
def test_no_place_to_take_libraries_from_is_named(lock: str) -> None:
    """Where they come from is for whoever installs them to say."""
    for path in ((ROOT / lock), (ROOT / lock).with_suffix(".in")):
        assert not re.search(r"://|--(?:extra-)?index-url|--find-links| @ ", path.read_text())


def _licence(name: str) -> str:
    about = metadata.metadata(name)
    classified = "; ".join(line for line in about.get_all("Classifier") or [] if line.startswith("License ::"))
    return about.get("License-Expression") or classified or (about.get("License") or "").partition("\n")[0]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_library_is_under_a_licence_that_allows_its_use(lock: str) -> None:
    for name in _entries(lock):
        try:
            licence = _licence(name)
        except metadata.PackageNotFoundError:
            continue  # of another platform
        assert name in LOOKED_AT or (any(word in licence for word in KNOWN) and "GPL" not in licence), (
            f"{name}: {licence or 'none'}"
        )


def test_every_exception_is_still_needed() -> None:
    assert set(LOOKED_AT) <= {name for lock in LOCKS for name in _entries(lock)}


def test_the_commands_of_the_readme_and_the_gate_install_the_locks() -> None:
    for path in (ROOT / "README.md", Path(ROOT / ".ci" / "run")):
        assert "pip install -q -r requirements.txt -r tests/requirements.txt" in path.read_text()


def test_the_typeface_of_print_is_its_makers_own_file_and_says_its_licence() -> None:
    """The checksum is that of the file in Adobe's package; the licence stands beside it and in the README."""
    assert sha256(fonts.FACE.read_bytes()).hexdigest() == fonts.FACE_SHA256
    names = TTFont(fonts.FACE, lazy=True)["name"]
    assert names.getDebugName(1) == fonts.OWN_NAME and "Adobe" in names.getDebugName(0)
    assert "SIL OPEN FONT LICENSE" in fonts.FACE.with_name("OFL.md").read_text(encoding="utf-8")
    licence = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Licence")[2]
    assert "source-sans 3.52.0" in licence and fonts.FACE_SHA256[:8] in licence
