"""What is worked out pair by pair tells others than the lead neither who did not answer nor what was answered of one pair."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np
import polars as pl
import pytest

from tests.support import attack
from wtnet import access
from wtnet.analysis import qap, reasons, trust
from wtnet.analysis.beginnings import beginnings
from wtnet.analysis.introduction_quality import quality
from wtnet.analysis.meeting import meeting
from wtnet.measures import change, cuts, disclosure
from wtnet.network import Network, Scope, build
from wtnet.sentences import association as association_sentences
from wtnet.sentences import reasons as sentences
from wtnet.tables import Tables


@lru_cache(maxsize=12)
def _programme(seed: int, silent: float = 0.2, **more: float) -> Tables:
    return replace(attack.programme(seed, 20, 0.4, 0.2 if silent else 0.0, silent=silent, **more), secret="secret")


def _network(tables: Tables, wave: str = "w1", audience: str = "public") -> Network:
    return build(access.redact(tables, audience), Scope(wave=wave))  # type: ignore[arg-type]


def test_pairs_that_are_known_by_what_they_share_are_counted_for_nobody_but_the_lead() -> None:
    """Beside the partnerships, how many pairs in a kind, a place or a pilot are known fits few choices of who kept silent."""
    lead = _programme(1)
    seen = _network(lead)
    for told in (reasons.reasons(seen, 19), beginnings(seen, 19), _met(seen)):
        assert disclosure.UNHEARD in (getattr(told, "why", None), getattr(told, "reason", None))
    assert quality(access.redact(lead, "public")).is_empty() and quality(lead).height
    assert beginnings(seen, 19).pairs == 0 and reasons.reasons(seen, 19).existence is None
    assert beginnings(build(lead, Scope(wave="w1")), 19).pairs


def _met(network: Network) -> object:
    return meeting(network, 19)


def test_where_everybody_answered_there_is_nothing_to_keep_back_of_whether_partners_work_together() -> None:
    """The same coefficients as the lead's, rounded; and nothing of how strongly, which would be sums over few."""
    lead = _programme(2, silent=0.0)
    hers, theirs = reasons.reasons(build(lead, Scope(wave="w1")), 19), reasons.reasons(_network(lead), 19)
    assert hers.existence and theirs.existence and hers.strength and theirs.strength is None
    for own, other in zip(hers.existence.coefficients, theirs.existence.coefficients, strict=True):
        assert other.value == pytest.approx(own.value, abs=0.0051)
    assert theirs.withheld == disclosure.SINGLE and disclosure.SINGLE in " ".join(sentences.sentences(theirs))
    assert "strength" not in reasons.table(theirs).columns and "strength" in reasons.table(hers).columns


def test_how_many_partnerships_rest_on_one_side_is_told_of_the_whole_alone() -> None:
    """Pilots beside one another would tell whose word is missing."""
    lead = _programme(3)
    seen = access.redact(lead, "public")
    for pilot in lead.pilots["id"]:
        part = [build(seen, Scope(wave=wave, pilots=(pilot,))) for wave in ("w0", "w1")]
        assert trust.weigh(*part, draws=20).one_sided is None and trust.weigh(*part, draws=20).unrated is None
    assert trust.weigh(*(_network(lead, wave) for wave in ("w0", "w1")), draws=20).one_sided


def _one_pair_in_a_place(seed: int) -> tuple[Tables, tuple[str, str]]:
    """A programme in which two partners with a tie are the only ones in one place; all others have a place each."""
    lead = _programme(seed, silent=0.0)
    pair = build(lead, Scope(wave="w1")).ties.select("source", "target").row(0)
    places = ["Harrow" if id in pair else f"Place {id}" for id in lead.organisations["id"]]
    return lead.with_(organisations=lead.organisations.with_columns(place=pl.Series(places))), pair


@pytest.mark.parametrize("audience", ["partners", "public"])
def test_what_two_partners_in_a_place_answered_is_in_no_figure_of_places(audience: str) -> None:
    """Mean strength within places would be that of the one pair, and the correlation tells it, too."""
    lead, pair = _one_pair_in_a_place(4)
    seen = _network(lead, audience=audience)
    compared = qap.contrast(seen, "place")
    assert compared.strength is None and compared.strength_others is None and compared.tied == 1.0
    tested = qap.explained(seen, "place", 50)
    assert tested.r is None and tested.withheld
    assert "withheld" in association_sentences.relation_sentence("place", tested, compared)
    hers = qap.contrast(build(lead, Scope(wave="w1")), "place")
    assert hers.strength == build(lead, Scope(wave="w1")).graph.edges[pair]["strength"]


@pytest.mark.parametrize("seed", range(3))
def test_a_relation_that_is_shown_is_the_leads_rounded(seed: int) -> None:
    """So is what lies behind it; where no place or kind is withheld it is one that any reader could add up."""
    lead = _programme(seed, silent=0.0)
    shown = 0
    for what in qap.RELATIONS:
        own, other = (qap.explained(network, what, 50) for network in (build(lead, Scope(wave="w1")), _network(lead)))
        mean = qap.contrast(_network(lead), what).strength
        assert (mean is None) == (other.r is None) == bool(other.withheld)
        if other.r is not None:
            shown += 1
            assert other.r == round(own.r, 2) and mean == round(qap.contrast(build(lead, Scope(wave="w1")), what).strength, 2)
    assert shown


def test_cuts_asked_for_last_take_none_of_the_others_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether a pilot is published does not hang on figures of all pilots together."""
    for seed in range(4):
        lead = _programme(seed)
        exact = access.redact(lead, "public").exact
        assert exact is not None
        every = cuts.cuts(exact, "w1")
        with monkeypatch.context() as without:
            without.setattr(cuts, "within", lambda network: [])
            first = cuts.cuts(exact.with_(), "w1")
        assert every.published[: len(first.names)] == first.published and len(every.names) > len(first.names)
        assert np.array_equal(every.names[: len(first.names)], first.names)


def test_where_nearly_all_partnerships_moved_one_way_it_is_not_told_how_many() -> None:
    """A partner of a pair that stayed as it was knows its own answers, and so what the other side said."""
    lead = _programme(5, silent=0.0)
    first = lead.ratings.filter(pl.col("wave") == "w0")
    same = lead.with_(ratings=pl.concat([first, first.with_columns(wave=pl.lit("w1"))]))
    hers = change.counts(*(build(same, Scope(wave=wave)) for wave in ("w0", "w1")))
    assert hers["unchanged"] and not hers["stronger"] and not hers["weaker"]
    theirs = [_network(same, wave) for wave in ("w0", "w1")]
    assert disclosure.reason(theirs[0]) is None and disclosure.reason(theirs[1]) is None
    assert change.withheld(*theirs) == disclosure.FEW_PAIRS and "unchanged" not in change.counts(*theirs)
    assert trust.weigh(*theirs, draws=20).bounds is None
