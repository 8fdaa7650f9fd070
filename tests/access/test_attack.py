"""The attack that the rule of disclosure has to stand: no answer can be placed closer than a third of its scale."""

from functools import lru_cache

import polars as pl
import pytest

from tests.support import attack
from tests.support.exports import shipped
from wtnet import access
from wtnet.measures import cuts, disclosure
from wtnet.network import Scope, build
from wtnet.tables import Tables, waves

THIRD = 1 / 3 - 1e-6
CASES = {
    "dense": {"density": 0.8, "one_sided": 0.05},
    "sparse": {"density": 0.3, "one_sided": 0.3},
    "one-sided": {"density": 0.5, "one_sided": 0.6},
    "everybody gives the most": {"density": 0.6, "one_sided": 0.1, "level": 5},
    "everybody gives the least": {"density": 0.6, "one_sided": 0.1, "level": 1},
    "six partners": {"partners": 6, "density": 1.0, "one_sided": 0.0},
}
FEW = ("one-sided", "six partners")
"""Where every figure is looked at in every run: hardly anybody said, hardly anybody is there."""


@lru_cache(maxsize=12)
def _lead(case: str, seed: int) -> Tables:
    return attack.programme(seed, **CASES[case])


def _seen(case: str, seed: int) -> Tables:
    return access.redact(_lead(case, seed), "public")


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("own", [None, "o03"])
def test_no_answer_can_be_worked_out_from_all_that_a_viewer_or_a_partner_receives(case: str, own: str | None) -> None:
    assert attack.narrowest(_seen(case, 1), "w1", own, most=12) >= THIRD


@pytest.mark.thorough
@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("seed", range(12))
def test_nor_in_other_programmes_whoever_looks(case: str, seed: int) -> None:
    seen = _seen(case, seed)
    for wave in ("w0", "w1"):
        for own in (None, "o00", "o03"):
            assert attack.narrowest(seen, wave, own) >= THIRD


@pytest.mark.thorough
@pytest.mark.parametrize("audience", ["partners", "public"])
def test_nor_in_the_example(audience: str) -> None:
    seen = access.redact(shipped("example")[1], audience)
    for wave in waves.in_order(seen):
        assert attack.narrowest(seen, wave, most=200) >= THIRD


def test_the_attack_finds_answers_where_the_rule_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that cannot fail proves nothing: with cuts of two organisations published, answers are found out."""
    monkeypatch.setattr(cuts, "LEAST", 1)
    monkeypatch.setattr(cuts, "THIRD", -1.0)
    seen = access.redact(attack.programme(1, **CASES["six partners"]), "public")
    assert attack.narrowest(seen, "w1") < 0.25


@pytest.mark.parametrize("case", [case if case in FEW else pytest.param(case, marks=pytest.mark.thorough) for case in CASES])
def test_every_figure_that_is_shown_is_the_leads_figure(case: str) -> None:
    """Rounded, and never a third value: of the whole, of each pilot and kind, and of each partner."""
    from wtnet.measures import catalogue

    lead, seen = _lead(case, 2), _seen(case, 2)
    scopes = [Scope(wave="w1"), Scope(wave="w0"), Scope(wave="w1", pilots=("p0",)), Scope(wave="w1", kinds=("museum",))]
    for scope in [*scopes, Scope(wave="w1", hidden=("o01",)), Scope(wave="w1", focus=("o02",))]:
        theirs, whole = build(seen, scope), build(lead, scope)
        shown, true = catalogue.whole(theirs), catalogue.whole(whole)
        for name, value in shown.items():
            measure = catalogue.find(name, "network")
            withheld = catalogue.withheld(measure, theirs)
            assert value is None if withheld else value == pytest.approx(true[name], abs=0.0051), name
        partners, given = catalogue.partners(whole), catalogue.partners(theirs)
        for name in given.columns[3:]:
            pairs = zip(given[name], partners[name], strict=True)
            if partners[name].dtype == pl.String:  # the same kinds; who did not answer is not told
                assert all(value is None or value.split(":")[0] == own.split(":")[0] for value, own in pairs), name
            else:
                assert all(value is None or value == own or abs(value - own) < 0.0051 for value, own in pairs), name


def test_a_choice_as_narrow_as_one_partner_withholds_strength_and_keeps_structure() -> None:
    seen = _seen("dense", 1)
    narrow = build(seen, Scope(wave="w1", focus=("o02",)))
    assert disclosure.reason(narrow) == disclosure.NO_CUT
    assert disclosure.reason(build(seen, Scope(wave="w1"))) is None
    assert narrow.ties.height and narrow.ties["strength"].null_count() == narrow.ties.height


def test_leaving_a_partner_out_to_see_what_if_gives_no_second_mean() -> None:
    """The difference of both would be the answers about one partner."""
    from wtnet.analysis.altered import leave

    changed = build(leave(_seen("dense", 1), "o02"), Scope(wave="w1"))
    assert disclosure.reason(changed) == disclosure.ALTERED
    assert disclosure.mean_strength(changed).value is None


def test_what_two_organisations_answered_is_in_no_published_cut() -> None:
    """Of six, four say nothing."""
    lead = _lead("six partners", 1)
    few = lead.with_(ratings=lead.ratings.filter(pl.col("rater").is_in(["o00", "o01"])))
    seen = access.redact(few, "public")
    assert not any(cuts.cuts(seen.exact, "w1").published)  # type: ignore[arg-type]
