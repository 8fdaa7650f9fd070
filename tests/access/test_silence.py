"""Who did not answer cannot be told from who has no word: others that answered have none either."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from statistics import mean

import polars as pl
import pytest

from tests.support import attack
from tests.support.exports import shipped
from wtnet import access
from wtnet.measures.doubles import FEWEST, doubles
from wtnet.network import Scope, build, silent
from wtnet.tables import Tables, schema

CASES = {
    "some silent": {"partners": 24, "density": 0.4, "silent": 0.2},
    "sparse": {"partners": 24, "density": 0.2, "silent": 0.1},
    "a third silent": {"partners": 16, "density": 0.5, "silent": 0.3},
    "one silent": {"partners": 12, "density": 0.6, "silent": 0.1},
    "half silent": {"partners": 30, "density": 0.3, "silent": 0.5},
    "the same ones twice": {"partners": 24, "density": 0.3, "silent": 0.15, "stays": 1.0},
}
OFTEN = [
    "some silent",
    "half silent",
    *(pytest.param(case, marks=pytest.mark.thorough) for case in CASES if not case.startswith(("some", "half"))),
]
HALF = 0.5
TWO_THIRDS = 2 / 3


@lru_cache(maxsize=24)
def _programme(case: str, seed: int, secret: str | None = "secret") -> Tables:
    return replace(attack.programme(seed, **CASES[case]), secret=secret)  # type: ignore[arg-type]


@pytest.mark.parametrize("case", CASES)
def test_of_those_without_a_word_at_most_half_did_not_answer(case: str) -> None:
    """Or nobody has one: where fewer answered than did not."""
    for seed in range(3):
        for wave, known in attack.silence(access.redact(_programme(case, seed), "public")):
            assert known.truth <= set(known.wordless), wave
            assert len(known.wordless) >= 2 * known.number, (wave, known.truth)


@pytest.mark.parametrize("case", OFTEN)
def test_those_who_guess_do_on_average_no_better_than_the_partnerships_alone_let_them(case: str) -> None:
    """Or than two in three, as the mean of four ways: by the waves without a word, by how few partnerships, by all ways that fit,
    by all of these. The best single way can do better (`docs/disclosure.md`)."""
    words: list[float] = []
    best: list[float] = []
    without: list[float] = []
    for seed in range(4):
        for _, known in attack.silence(access.redact(_programme(case, seed), "public")):
            alone = replace(known, wordless=list(known.degree), before=dict.fromkeys(known.before, 0))
            guesses = known.guesses()
            words.append(guesses["most waves without a word"])
            best.append(mean(guesses.values()))
            without.append(max(alone.guesses().values()))
    if words:
        assert mean(words) <= HALF + 0.05
        assert mean(best) <= max(TWO_THIRDS, mean(without))


@pytest.mark.parametrize("case", ["sparse", "the same ones twice"])
def test_nor_does_a_partner_who_knows_what_it_said(case: str) -> None:
    """It knows of some that they answered: of those that have a partnership with it that it did not tell of itself."""
    for seed in range(2):
        seen = access.redact(_programme(case, seed), "partners")
        for own in seen.organisations["id"][::3]:
            for _, known in attack.silence(seen, own):
                assert not known.truth or len(known.wordless) > len(known.truth), (seed, own)


def test_nor_in_the_example() -> None:
    """Each attacker is wrong at least as often as right, or nearly."""
    waves = list(attack.silence(access.redact(shipped("example")[1], "public")))
    assert len(waves) == 3
    for _, known in waves:
        assert max(known.guesses().values()) <= TWO_THIRDS
        assert max(known.chances().values()) <= TWO_THIRDS


@pytest.mark.usefixtures("every_word")
def test_without_doubles_the_attack_names_them_all() -> None:
    """A test that cannot fail proves nothing."""
    _, known = next(attack.silence(access.redact(_programme("some silent", 1), "public")))
    assert min(known.guesses().values()) > 0.9


def test_doubles_stay_the_same_when_other_things_change() -> None:
    """Else two revisions side by side would tell who is one: another name, a later wave, a level, another audience."""
    before = _programme("some silent", 1)
    chosen = doubles(before)
    renamed = before.with_(organisations=before.organisations.with_columns(name=pl.lit("N") + pl.col("name")))
    fewer = before.with_(ratings=before.ratings.filter(pl.col("wave") == "w0"))
    raised = before.with_(ratings=before.ratings.with_columns(level=pl.min_horizontal(pl.col("level") + 1, 5)))
    assert doubles(renamed) == chosen == doubles(raised)
    assert doubles(fewer)["w0"] == chosen["w0"]
    assert access.redact(before, "public").doubles == access.redact(before, "partners").doubles == chosen


def test_doubles_differ_by_programme_and_by_wave() -> None:
    """Whoever knows those of one knows nothing of another."""
    programme = _programme("sparse", 2)
    others = [doubles(replace(programme, secret=f"other {number}")) for number in range(4)]
    assert len({each["w0"] for each in others}) > 1
    assert any(each["w0"] != each["w1"] for each in others)


def test_where_no_secret_is_kept_the_answers_are_the_secret() -> None:
    """A programme read from files: the same each time, and not what another secret would give."""
    programme = _programme("sparse", 2, None)
    assert doubles(programme) == doubles(attack.programme(2, **CASES["sparse"]))  # type: ignore[arg-type]
    assert doubles(programme) != doubles(_programme("sparse", 2, "secret"))


def test_a_field_of_ones_own_beside_the_answers_draws_no_others() -> None:
    """Nor does a version that has such a column where an earlier one had none: both together would tell who is one."""
    programme = _programme("sparse", 2, None)
    own = programme.ratings.with_columns(pl.lit('{"asked by": "phone"}').alias(schema.OWN))
    assert doubles(programme.with_(ratings=own)) == doubles(programme)


def test_doubles_look_exactly_as_if_they_had_not_answered() -> None:
    """No word, no mark but that of a withheld strength, in this wave and beside another."""
    from wtnet.measures import change

    lead = _programme("some silent", 1)
    seen = access.redact(lead, "public")
    sides = [build(seen, Scope(wave=wave)) for wave in ("w0", "w1")]
    pairs = change.pairs(*sides)
    for side, network in zip(("before", "after"), sides, strict=True):
        without = seen.doubles[network.wave] | silent(lead, network.wave)  # type: ignore[index]
        about = pl.col("source").is_in(without) | pl.col("target").is_in(without)
        assert network.ties.filter(about)["word"].null_count() == network.ties.filter(about).height
        assert set(network.ties.filter(about)["basis"]) == {"withheld"}
        told = pairs.filter(about, pl.col(f"tie_{side}"))
        assert told[f"word_{side}"].null_count() == told.height and set(told[f"basis_{side}"]) == {"withheld"}
        assert network.ties.filter(~about)["word"].drop_nulls().len()


def test_in_a_wave_with_words_two_have_none_though_everybody_answered() -> None:
    """So that the last one to answer does not show who had not."""
    chosen = doubles(attack.programme(1, partners=6, density=1.0, one_sided=0.0))
    assert {wave: len(partners) for wave, partners in chosen.items()} == {"w0": FEWEST, "w1": FEWEST}


def test_without_ratings_and_without_words_there_are_no_doubles() -> None:
    """Nothing to keep back."""
    assert doubles(Tables()) == {}
    assert doubles(attack.programme(1, one_sided=1.0)) == {}


def test_means_are_the_leads_whoever_has_no_word() -> None:
    """What is kept back is the word of a pair, never an answer in a figure."""
    from wtnet.measures import disclosure

    lead = _programme("some silent", 1)
    seen = build(access.redact(lead, "public"), Scope(wave="w1"))
    assert disclosure.mean_strength(seen).value == pytest.approx(
        disclosure.mean_strength(build(lead, Scope(wave="w1"))).value, abs=0.0051
    )
