"""Two people who answer alike are one report to the last digit: no figure, word or ban of any audience moves."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from tests.support import exports
from wtnet.access import redact
from wtnet.measures import catalogue, disclosure
from wtnet.network import Network, build
from wtnet.tables import Tables
from wtnet.tables.model import Audience
from wtnet.tables.respondents import ROLE

SECRET, VIEWER = "0", "northcliff-museum-of-the-sea"


@pytest.fixture(scope="module")
def programmes() -> tuple[Tables, Tables]:
    """The example, and the same with two people in the place of every second rater, the viewer among them."""
    _, tables = exports.shipped("example")
    tables = replace(tables, secret=SECRET)
    several = pl.col("rater").is_in({*sorted(set(tables.ratings["rater"]))[::2], VIEWER})
    people = [tables.ratings.filter(several).with_columns(pl.lit(role).alias(ROLE)) for role in ("director", "team")]
    return tables, tables.with_(ratings=pl.concat([tables.ratings.filter(~several), *people]))


@pytest.mark.parametrize(("audience", "viewer"), [("lead", None), ("partners", VIEWER), ("public", None)])
def test_two_who_answer_alike_change_nothing(programmes: tuple[Tables, Tables], audience: Audience, viewer: str | None) -> None:
    numbers = {id: at for at, id in enumerate(programmes[0].organisations["id"], 1)}
    alone, several = (build(redact(tables, audience, numbers, viewer)) for tables in programmes)

    def told(network: Network) -> tuple[dict[str, object], str | None]:
        return catalogue.whole(network), disclosure.reason(network)

    assert str(told(alone)) == str(told(several))
    for one, other in ((alone.ties, several.ties), (catalogue.partners(alone), catalogue.partners(several))):
        assert_frame_equal(one, other, check_exact=False)
    if audience != "lead":
        assert several.tables.ratings.is_empty(), "not even its own people's answers one by one"
