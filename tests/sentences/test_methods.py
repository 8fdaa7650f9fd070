"""Methods are found by the words people type, and say what they do not say."""

from __future__ import annotations

import pytest

from wtnet.sentences.methods import METHODS, matching


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("p value", "permutation"),
        ("confidence", "interval"),
        ("margin error", "interval"),
        ("missing answers", "trust"),
        ("did not answer", "imputation"),
        ("behind", "behind"),
        ("on track", "behind"),
        ("met", "met"),
        ("multiple", "holm"),
        ("resample", "bootstrap"),
        ("withheld", "disclosure"),
        ("privacy", "disclosure"),
        ("MRQAP", "permutation"),
        ("can i trust", "trust"),
        ("times as likely", "beginnings"),
    ],
)
def test_the_words_people_type_lead_to_the_method(words: str, first: str) -> None:
    """It is the first that is found."""
    assert matching(words)[0].id == first


def test_words_of_no_method_find_none_and_no_words_find_all() -> None:
    """Nothing is guessed."""
    assert matching("xylophone") == [] and matching("") == list(METHODS)


def test_each_has_a_meaning_a_source_and_what_it_does_not_say() -> None:
    """And a formula, but for the rule of disclosure; ids are told apart."""
    for method in METHODS:
        assert len(method.meaning) > 80 and method.source and method.caution and (method.formula or method.id == "disclosure")
    assert len({method.id for method in METHODS}) == len(METHODS)
    named = {"behind", "met", "interval", "bootstrap", "permutation", "holm", "imputation", "disclosure"}
    assert named <= {method.id for method in METHODS}
