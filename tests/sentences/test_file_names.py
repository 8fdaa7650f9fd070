"""Names of files made from names in data: every script, every system, no two the same."""

from __future__ import annotations

import unicodedata

import pytest

from tests.support.exports import NAMES
from wtnet.sentences.file_names import stem, unique_names


@pytest.mark.parametrize(
    "name", ["हिन्दी केंद्र", "مركز الصِّحّة", "ศูนย์ศิลปะ", "Théâtre de l'Île", "தமிழ் மையம்", "文化中心", "O'Brien & Co. (Leeds)"]
)
def test_a_name_in_any_script_keeps_every_letter_and_mark(name: str) -> None:
    assert unique_names([name]) == [unicodedata.normalize("NFC", name)]


def test_names_that_differ_in_capitals_or_in_how_an_accent_is_written_are_told_apart() -> None:
    """Windows and macOS would write the second over the first."""
    found = unique_names(["Alpha", "ALPHA", "Alpha (2)", "Café", "Cafe\u0301", "", "🎨"])
    assert found == ["Alpha", "ALPHA (2)", "Alpha (2) (2)", "Café", "Café (2)", "Partner", "Partner (2)"]
    assert len({one.casefold() for one in found}) == len(found)


@pytest.mark.parametrize("name", ["CON", "con", "Nul", "COM1", "lpt9", "AUX. Arts", "com²"])
def test_a_name_windows_takes_for_a_device_is_not_used(name: str) -> None:
    assert unique_names([name])[0].startswith("_")
    assert unique_names(["Conference", "Auxiliary", "Company 1"]) == ["Conference", "Auxiliary", "Company 1"]


def test_no_name_is_too_long_or_holds_what_a_file_may_not() -> None:
    long = ["𠀀" * 300, "हि" * 300, "x" * 300]
    for one in unique_names([*NAMES.values(), *long]):
        assert 0 < len(f"{one}, report.pdf".encode()) <= 255
        assert not set(one) & set('\\/:*?"<>|\n\r\t\u202e\u200b') and one == one.strip(" .")


def test_words_of_a_survey_form_are_joined_by_hyphens() -> None:
    assert stem("हिन्दी केंद्र", 60, keep="", gap="-") == "हिन्दी-केंद्र"
    assert stem("Harbour Arts / End", 60, keep="", gap="-") == "Harbour-Arts-End"
