"""The directory and the profile: words, tables and what a tie looks like from one side."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from tests.test_app import database, opened, shown  # noqa: F401
from wtnet.intake import check_files
from wtnet.network import Network, build
from wtnet.ui.profile import own_ties

ROOT = Path(__file__).parents[1]
BRIDGE = "robin-larkmead"


@pytest.fixture(scope="module")
def network() -> Network:
    return build(check_files([ROOT / "data" / "example"]).tables)


def test_the_directory_opens_with_a_sentence_that_counts_everyone() -> None:
    """66 partners, by the four core kinds and the others."""
    assert "66 partners: 6 museums, 14 freelancers, 18 community groups, 14 health providers and 14 others" in shown(
        opened("pages/partners.py")
    )


def test_a_search_that_finds_nobody_says_so_and_offers_a_way_out() -> None:
    """Words that match no partner leave a sentence and a button."""
    app = opened("pages/partners.py", find="zzzz")
    assert "No partner matches" in shown(app)
    app.button(key="directory_all").click().run()
    assert "No partner matches" not in shown(app)


def test_a_profile_says_whom_the_partner_works_with() -> None:
    """The sentence agrees with the network; what both sides say is set side by side."""
    said = shown(opened("pages/partners.py", partner=BRIDGE))
    assert "Robin Larkmead" in said and "Works with 22 partners of 6 kinds" in said


def test_a_profile_without_ties_has_words_instead_of_empty_boxes() -> None:
    """A partner that dropped out: no ties, and sentences that say so."""
    said = shown(opened("pages/partners.py", partner="millrace-community-kitchen"))
    assert "No ties at End" in said and "It has no tie in this wave" in said


def test_a_link_to_a_partner_that_is_not_there_opens_the_directory_and_says_so() -> None:
    """Unknown partner: named, and the directory is shown."""
    said = shown(opened("pages/partners.py", partner="nobody"))
    assert "nobody" in said and "66 partners" in said


def test_a_tie_is_seen_from_the_partners_own_side(network: Network) -> None:
    """What it says stands under "says" whichever end of the tie it is; the difference is its own minus the other's."""
    ties = own_ties(network, BRIDGE)
    assert ties.height == network.graph.degree(BRIDGE)
    names = dict(network.tables.organisations.select("name", "id").iter_rows())
    for row in ties.iter_rows(named=True):
        said = network.directed.filter((pl.col("rater") == BRIDGE) & (pl.col("partner") == names[row["other"]]))["strength"]
        assert row["says"] == (said[0] if len(said) else None)
        if row["says"] is not None and row["other_says"] is not None:
            assert row["apart"] == pytest.approx(row["says"] - row["other_says"])
