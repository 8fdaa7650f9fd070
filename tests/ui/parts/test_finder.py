"""What a partner is found by, and what sizes it, in words that can be typed and read."""

from tests.support.frames import frame
from tests.support.networks import tables
from wtnet.measures import catalogue
from wtnet.ui.parts.finder import finder_words
from wtnet.ui.parts.look import PLAIN_SIZES, plain_sizes


def test_a_name_with_accents_is_found_without_them_and_a_place_is_found() -> None:
    rows = {"id": "z", "name": "Éclair Gŵyl", "kind": "museum", "place": "Bangor"}, {"id": "a", "name": "Eden", "kind": "museum"}
    words = finder_words(tables("a z").with_(organisations=frame("organisations", *rows)))
    assert words == {"z": "Éclair Gŵyl · Bangor · eclair gwyl", "a": "Eden"}
    assert list(words) == ["z", "a"], "in the order of the names, accents or not"


def test_sizes_come_in_plain_words_first_and_all_measures_are_there() -> None:
    offered = plain_sizes()
    assert list(offered)[: len(PLAIN_SIZES)] == list(PLAIN_SIZES)
    every = {measure.id for measure in catalogue.of("partner") if measure.kind not in {"category", "flag"}}
    assert set(offered) == every
    technical = {label for id, label in offered.items() if id not in PLAIN_SIZES}
    assert technical and all(label.startswith("More: ") for label in technical)
