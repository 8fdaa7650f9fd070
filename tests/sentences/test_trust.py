"""The sentence that weighs a change says no more than it rests on: each clause with data that would make it false."""

from __future__ import annotations

from dataclasses import replace

import pytest

from wtnet.analysis.bounds import Bounds
from wtnet.analysis.leaving_out import Moves
from wtnet.analysis.trust import Interval, Reports, Response, Trust
from wtnet.sentences import trust as sentences
from wtnet.sentences.trust import HOLDS, LEANS, OPEN, sentence
from wtnet.sentences.trust_lines import lines, order

WAVES = ("Baseline", "End")
FULL = Bounds(100, 80, 5, 15, 20, 30, 4, 0.5, 0.7, 0.2, 0.05, 0.3, 0.2, 75, 60)
FIRM = Trust(
    asked=(Response(True, 40, 36), Response(True, 40, 38)),
    partners=40,
    ties=150,
    one_sided=30,
    unrated=2,
    strength=Interval(0.5, 0.63, 0.13, 0.09, 0.18),
    crossing=Interval(0.78, 0.82, 0.04, 0.01, 0.07),
    bounds=FULL,
    reports=Reports(180, 0.5, 0.69),
    without_one=(0.17, 0.22),
)


def test_a_change_that_nothing_missing_could_undo_holds_and_says_with_what() -> None:
    """Interval, the same partnerships, and all unknown ones against it."""
    assert sentence(FIRM, WAVES) == (
        f"{HOLDS}: from Baseline to End mean strength rose by 0.13 (95% interval 0.09 to 0.18); of the 100 partnerships rated "
        "both times 80 grew stronger and 5 weaker, and even if all 20 whose change is not known had grown weaker it would be "
        "80 against 25."
    )


def test_an_interval_with_no_change_in_it_is_never_trusted() -> None:
    """However many grew stronger; and one that is written as 0.00 counts as no change."""
    for low in (-0.02, 0.0, 0.004):
        assert sentence(replace(FIRM, strength=Interval(0.5, 0.63, 0.13, low, 0.2)), WAVES).startswith(f"{OPEN}: ")
    assert "cannot be told from no change" in sentence(replace(FIRM, strength=Interval(0.5, 0.53, 0.03, -0.1, 0.1)), WAVES)


def test_unknown_ones_that_could_undo_it_are_said_with_their_share() -> None:
    """Ten ahead, twenty unknown: it does not say "even", and says how many it would take."""
    shaky = replace(FULL, stronger=40, weaker=30, unchanged=30, undo=10)
    words = sentence(replace(FIRM, bounds=shaky), WAVES)
    assert words.startswith(LEANS) and "even" not in words
    assert "it would be 40 against 50; but 10 of these 20 (50%) would be enough to undo it" in words


def test_a_tie_with_all_unknown_against_it_is_not_ahead() -> None:
    """25 against 25 is not "even if"."""
    words = sentence(replace(FIRM, bounds=replace(FULL, stronger=25, weaker=5, unchanged=70, undo=20)), WAVES)
    assert "and if all 20" in words and words.startswith(LEANS)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"bounds": replace(FULL, change=-0.05)}, "the same partnerships by themselves fell"),
        ({"reports": Reports(180, 0.6, 0.5)}, "the same answers by themselves fell"),
        ({"without_one": (-0.01, 0.3)}, "without one partner it would be gone"),
        ({"bounds": replace(FULL, undo_mean=8)}, "8 of these 20 (40%) at their weakest would be enough to undo the mean"),
        ({"bounds": replace(FULL, stronger=10, weaker=12)}, "no more of them grew stronger than weaker"),
        ({"bounds": Bounds(0, 0, 0, 0, 20, 30, 4)}, "no partnership was rated both times"),
        ({"bounds": None}, "what became of single partnerships is not told"),
    ],
)
def test_each_thing_against_it_keeps_it_from_holding(change: dict, words: str) -> None:
    """And is said."""
    told = sentence(replace(FIRM, **change), WAVES)
    assert told.startswith(LEANS) and f"; but {words}" in told


def test_partnerships_that_only_the_silent_know_of_are_said_to_be_in_no_figure() -> None:
    """Where everybody answered nothing of the kind is said."""
    heard = replace(FIRM, asked=(Response(True, 40, 40), Response(True, 40, 40)))
    label = "Who was asked and answered"
    assert "between two who kept silent is in no figure" in dict(lines(FIRM, WAVES))[label]
    assert "silent" not in dict(lines(heard, WAVES))[label]


def test_a_fall_is_told_as_a_fall() -> None:
    """The unknown are then set against it by growing."""
    fall = replace(FULL, stronger=5, weaker=80, change=-0.2)
    falling = replace(FIRM, strength=Interval(0.6, 0.5, -0.1, -0.15, -0.05), bounds=fall, reports=None, without_one=(-0.3, -0.1))
    words = sentence(falling, WAVES)
    assert words.startswith(HOLDS) and "fell by 0.10" in words and "had grown stronger it would be 80 against 25" in words
    assert sentence(replace(falling, without_one=(-0.3, 0.01)), WAVES).startswith(LEANS)


def test_the_change_is_that_of_the_figures_as_they_are_written() -> None:
    """0.4968 to 0.6348 is written 0.50 to 0.63: who subtracts finds 0.13, not 0.14."""
    told = replace(FIRM, strength=Interval(0.4968, 0.6348, 0.138, 0.09, 0.18))
    assert "rose by 0.13" in sentence(told, WAVES)
    assert "0.50 to 0.63" in dict(lines(told, WAVES))["All partnerships of each wave"]


def test_few_partners_have_no_interval_and_no_verdict() -> None:
    """And it says why."""
    few = replace(FIRM, partners=6, strength=Interval(0.5, 0.63, 0.13, None, None))
    assert sentence(few, WAVES).startswith(OPEN) and "with 6 partners no interval is given" in sentence(few, WAVES)


def test_withheld_is_a_word_and_no_figure_escapes() -> None:
    """Neither the sentence nor a line has a number of strength in it."""
    kept = Trust((Response(True, withheld="Withheld: few."),) * 2, 40, 150, None, None, None, None, withheld="Withheld: so few.")
    assert "withheld" in sentence(kept, WAVES) and "0." not in sentence(kept, WAVES)
    told = " ".join(words for _, words in lines(kept, WAVES))
    assert "withheld" in told and "0." not in told and "answered" not in told


def test_others_read_counts_and_that_the_means_are_withheld() -> None:
    """The mean of the same partnerships is no published figure."""
    seen = replace(
        FIRM,
        bounds=Bounds(100, 80, 5, 15, 20, 30, 4, undo=75),
        reports=None,
        without_one=None,
        narrower="Withheld: it rests on some.",
    )
    told = dict(lines(seen, WAVES))
    assert "Their mean is withheld" in told["The same partnerships"] and told["The rest"].startswith("Withheld")
    assert sentence(seen, WAVES).startswith(HOLDS)


def test_a_share_across_kinds_with_silence_never_holds_outright() -> None:
    """Partnerships that only the silent know of are not in it; with every answer it holds."""
    words = sentence(FIRM, WAVES, crossing=True)
    assert words.startswith(LEANS) and "4 partners in the first wave and 2 in the second did not answer" in words
    heard = replace(FIRM, asked=(Response(True, 40, 40), Response(True, 40, 40)))
    assert sentence(heard, WAVES, crossing=True).startswith(HOLDS)
    kept = replace(FIRM, asked=(Response(True, withheld="Withheld."),) * 2)
    assert sentence(kept, WAVES, crossing=True).startswith(LEANS)


def test_one_wave_says_nothing_of_change() -> None:
    """Documents say nothing of answers; no strength, nothing to weigh."""
    one = replace(FIRM, asked=(Response(True, 40, 36),), strength=Interval(None, 0.63, None, 0.58, 0.68), crossing=None)
    assert "mean strength is 0.63 (95% interval 0.58 to 0.68)" in sentence(one, WAVES)
    assert sentence(one, WAVES).endswith("With one wave nothing can be said of change.")
    assert "from documents, not from answers, so neither" in sentence(replace(one, asked=(Response(False),)), WAVES)
    assert "nothing to weigh" in sentence(replace(one, strength=None), WAVES)
    assert [label for label, _ in lines(one, WAVES)] == [
        "Who was asked and answered",
        "How much rests on one side",
        "Mean strength",
    ]


def test_a_wave_in_which_nobody_was_asked_is_named() -> None:
    """It is no change of what anybody said."""
    assert "in End nobody was asked" in sentence(replace(FIRM, asked=(Response(True, 40, 36), Response(False))), WAVES)


def test_what_would_undo_it_is_a_share_or_not_even_all() -> None:
    """By the count and by the mean."""
    told = dict(lines(FIRM, WAVES))["What would undo it"]
    assert told.startswith("Not even all of them: 75 would have had to grow weaker. By the mean: not even all")
    some = dict(lines(replace(FIRM, bounds=replace(FULL, stronger=15, weaker=5, undo=10, undo_mean=8)), WAVES))
    assert (
        some["What would undo it"].startswith("10 of them (50%) growing weaker")
        and "8 of them (40%)" in some["What would undo it"]
    )
    even = dict(lines(replace(FIRM, bounds=replace(FULL, stronger=5, weaker=5, undo=None)), WAVES))
    assert "nothing to undo" in even["What would undo it"]


def test_order_tells_places_or_that_it_was_not_tried() -> None:
    """One place, places, or neither."""
    assert "moves 1.0 place on average" in order(Moves(20, 1.0, 2.0, 0.5)) and "2.0 places" in order(Moves(20, 1.0, 2.0, 0.5))
    assert "not tried" in order(Moves(2))


def test_the_panel_says_what_it_does_not_say() -> None:
    """Neither cause nor truth."""
    assert "why it changed" in sentences.NOT_WHY and "is so" in sentences.NOT_WHY
