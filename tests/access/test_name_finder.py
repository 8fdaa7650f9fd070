"""Names are found in text as words, however somebody spelled them there."""

from __future__ import annotations

import pytest

from wtnet.access.name_finder import NameFinder

NAMES = {
    "ada": "Ada",
    "jane": "Jane Doe",
    "zoe": "Zoë Élan",
    "jo": "Jo",
    "star": "★",
    "of": "Of",
    "street": "Straße 9",
    "wang": "王小明",
    "kim": "김철수",
    "a": "A",
}
SAID = {key: f"<{key}>" for key in NAMES}
FOUND = NameFinder(((name, key) for key, name in NAMES.items()), [("clinic", "ada")])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("ADA, ada and Ada's", "<ada>, <ada> and <ada>'s"),
        ("Canada, Adam, Vada", "Canada, Adam, Vada"),
        ("Jane\u00a0Doe, JANE  DOE, jane\ndoe", "<jane>, <jane>, <jane>"),
        ("Jane-Doe jane_doe Ja\u00adne Do\u200be", "<jane> <jane> <jane>"),
        ("ZOË ÉLAN; Zoe\u0308 E\u0301lan; Zoe Elan", "<zoe>; <zoe>; <zoe>"),
        ("Ｚｏë Élan", "<zoe>"),
        ("STRASSE 9", "<street>"),
        ("Jo and jo; JO-JO", "<jo> and jo; JO-JO"),
        ("a jolly good joke", "a jolly good joke"),
        ("of Of", "of <of>"),
        ("Jane came. Much later Doe", "Jane came. Much later Doe"),
        ("See https://www.jane-doe.example/x?y=1, or", "See <jane>, or"),
        ("write to janedoe@example.org.", "write to <jane>"),
        ("★ shines, ★ again", "<star> shines, <star> again"),
        ("由王小明带领", "由<wang>带领"),
        ("김철수는", "<kim>는"),
        ("A museum", "A museum"),
        ("the clinic, the Clinic", "the <ada>, the Clinic"),
        ("", ""),
    ],
)
def test_a_name_is_replaced_as_it_is_spelled_and_no_other_word_is(text: str, told: str) -> None:
    """Case, accents, composed or not, width, spaces, hyphens, invisible marks; parts of words stay."""
    assert FOUND.replaced(text, SAID) == told
    assert FOUND.within(text) == (text != told)


def test_the_longer_name_comes_first_and_one_that_stands_protects_what_is_in_it() -> None:
    names = NameFinder([("Jane", "a"), ("Jane Doe", "b"), ("Jane Doe Studio", None)])
    assert names.replaced("Jane Doe, Jane Doe Studio, Jane", {"a": "1", "b": "2"}) == "2, Jane Doe Studio, 1"


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("https://thejanedoeband.example", "jane"),
        ("https://x.example/jane-doe", "jane"),
        ("https://canada.example", None),
        ("https://xn--zo-kia.example/zoeelan", "zoe"),
        ("https://example.org", None),
    ],
)
def test_an_address_that_holds_a_name_is_known_with_its_words_run_together(address: str, key: str | None) -> None:
    """Of five letters or more: fewer stand in many words."""
    assert FOUND.joined(address) == key


def test_ten_thousand_names_are_looked_for_in_the_time_of_a_few() -> None:
    """What a text costs hangs on its length, not on how many names there are."""
    many = NameFinder((f"Person{n} Family{n}", str(n)) for n in range(10_000))
    texts = [f"On day {n} somebody met person{n} family{n} at the hall" for n in range(10_000)]
    said = {str(n): "X" for n in range(10_000)}
    assert all(many.replaced(text, said).endswith("met X at the hall") for text in texts)
