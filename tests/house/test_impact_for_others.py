"""What came of it, as others than the lead see it: every figure is the lead's or withheld, never a third one."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support import prepared
from tests.support.impact import kept, made
from tests.support.paths import EXAMPLE
from wtnet import access
from wtnet.importing import check_files
from wtnet.measures.impact import progress as impact
from wtnet.measures.impact.suppression import suppress
from wtnet.measures.impact.tallies import Tally, tally
from wtnet.sentences.impact import headline
from wtnet.sentences.targets import rows_text
from wtnet.tables import Tables

WORDS = {"withheld", "fewer than 5"}
TIMES = int(os.environ.get("WTNET_TEST_EXAMPLES", "1"))
"""How many times as many programmes to draw: 1 in the suite, more on demand."""
VIEWERS_OWN = {"pilots_withheld", "left_out", "hidden", "withheld", "all_rows", "all_met", "all_aimed", "state"}
"""Columns that say what is withheld."""
ABOUT = {
    "mean": {"unit": "mean, 1 to 5", "instrument": "self-rating"},
    "share": {"unit": "% of participants", "instrument": "register"},
    "people": {"unit": "people", "instrument": "count"},
    "things": {"unit": "sessions", "instrument": "count"},
    "wellbeing": {"unit": "mean converted score", "instrument": "SWEMWBS converted score"},
    "unknown": {"unit": "points"},
}
DAYS = [dt.date(2024, 1, 1), dt.date(2024, 7, 1), dt.date(2025, 1, 1)]


def compared(own: pl.DataFrame, seen: pl.DataFrame, keys: list[str]) -> Counter[str]:
    """Assert that every figure of `seen` is that of `own` or withheld, with words that say so; how many are, by indicator."""
    assert own.select(keys).equals(seen.select(keys))
    number: Counter[str] = Counter()
    for lead, other in zip(own.iter_rows(named=True), seen.iter_rows(named=True), strict=True):
        secret = other["state"] == "withheld" or any(other.get(f"{name}_shown") for name in ("latest", "baseline", "target"))
        secret = secret or bool(other.get("withheld"))
        assert other["state"] in (lead["state"], "withheld") or (other["state"] is None and secret), (lead, other)
        for name, figure in lead.items():
            if name in VIEWERS_OWN or name.endswith("_shown") or figure == other[name]:
                continue
            if other[name] is None and secret:
                number[lead["indicator"]] += 1
            else:
                assert figure is not None and other[name] == pytest.approx(figure), (name, lead, other)
    return number


DIVISIONS = ([], ["pilot"], ["place"], ["target_group"], ["kind"], ["theme"])


def looked_at_everywhere(
    tables: Tables, audience: str = "public", last: bool = False, divisions: Sequence[list[str]] = DIVISIONS
) -> Counter[str]:
    """Compare lead and audience in every wave (or the `last`): each pilot, all together, and every division; how many
    figures of each indicator are withheld."""
    own, seen = access.cells(tables, "lead"), access.cells(tables, audience)
    redacted = access.redact(tables, audience)
    number: Counter[str] = Counter()
    for wave in [None, *([] if last else tables.waves["id"])]:
        pairs = [impact.progress(each, wave, cells) for each, cells in ((tables, own), (redacted, seen))]
        number += compared(*pairs, ["indicator", "pilot"])
        tallies = [tally(frame) for frame in pairs]
        assert tallies[1] in (tallies[0], Tally(None, None))
        for pilot in tables.pilots["id"]:
            mine = [tally(frame.filter(pl.col("pilot") == pilot)) for frame in pairs]
            assert mine[1] in (mine[0], Tally(None, None))
        for by in divisions:
            both = [impact.overview(each, wave, cells, by) for each, cells in ((tables, own), (redacted, seen))]
            number += compared(*both, [*by, "indicator"])
        for by in (["wave"], ["pilot", "wave"], ["place", "wave"]):
            total, told = impact.total(own, by), impact.total(seen, by)
            assert total.select(*by, "indicator").equals(told.select(*by, "indicator"))
            for name in ("value", "n", "target"):
                for figure, other, words in zip(
                    total[name], told[name], told["target_shown" if name == "target" else "shown"], strict=True
                ):
                    assert (other is None and words in WORDS) or other == pytest.approx(figure), name
    return number


@cache
def example() -> Tables:
    return check_files([EXAMPLE]).tables


def nasty(kind: str = "mean", better: str | None = "higher", target: float | None = 4.0) -> Tables:
    """A programme of one indicator (see `nasty_all`)."""
    return nasty_all({"i": (kind, better, target)})


def nasty_all(indicators: dict[str, tuple[str, str | None, float | None]]) -> Tables:
    """Indicators given as kind, better and target, each with the same results: pilots of 3, of 8 and of 40 people, one without
    n, one that was measured at the end alone and one at the start alone; an end in the future, one in the past, and one that
    nobody knows."""
    sizes = {"a": (3, 40), "b": (40, 3), "c": (8, 40), "d": (40, 40), "e": (None, 40), "f": (40, None), "g": (4, 4)}
    ends = {"a": None, "b": dt.date(2024, 12, 1), "c": dt.date(2026, 1, 1), "d": None, "e": None, "f": None, "g": None}
    places = dict.fromkeys("abc", "North") | dict.fromkeys("defg", "South")
    results = [
        {"indicator": indicator, "pilot": pilot, "wave": wave, "value": value, "n": n, "sd": 1.0, "same_people": pilot == "a"}
        for indicator in indicators
        for pilot, both in sizes.items()
        for wave, n, value in (("w0", both[0], 3.0), ("w2", both[1], 4.0))
        if (pilot, wave) not in {("c", "w0"), ("d", "w2")}
    ]
    return made(
        organisations=[{"id": "m", "name": "M", "kind": "museum"}, {"id": "h", "name": "H", "kind": "health_provider"}],
        pilots=[
            {"id": p, "name": p.upper(), "place": places[p], "target_group": "all", "lead": "m", "ends": ends[p]}
            for p in sizes
        ],
        involvements=[{"pilot": "a", "organisation": "h"}, {"pilot": "d", "organisation": "h"}],
        waves=[{"id": f"w{at}", "name": f"W{at}", "date": day} for at, day in enumerate(DAYS)],
        indicators=[
            {"id": each, "theme": "care", "name": each, "better": better, "target": target, **ABOUT[kind]}
            for each, (kind, better, target) in indicators.items()
        ],
        results=results,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("audience", "last", "divisions"),
    [
        ("public", True, DIVISIONS),
        *(pytest.param(who, False, DIVISIONS, marks=pytest.mark.thorough) for who in ("partners", "public")),
    ],
)
def test_of_the_example_others_see_the_same_or_nothing(audience: str, last: bool, divisions: Sequence[list[str]]) -> None:
    """In every wave and every division; something is withheld, and the targets met are the lead's."""
    assert looked_at_everywhere(example(), audience, last, divisions).total() > 20
    cells, tables = access.cells(example(), audience), access.redact(example(), audience)
    assert tally(impact.progress(tables, None, cells)) == tally(impact.progress(example())) == Tally(48, 85)


BETTER = ("higher", "lower", "neither", None)
EVERY = {f"{kind} {better} {target}": (kind, better, target) for kind in ABOUT for better in BETTER for target in (None, 4.0)}


@pytest.mark.parametrize("divisions", [([], ["place"]), pytest.param(DIVISIONS, marks=pytest.mark.thorough)])
def test_of_a_nasty_programme_others_see_the_same_or_nothing(divisions: Sequence[list[str]]) -> None:
    """In every wave, whatever is measured, whichever way is better, with and without a target: of each something is withheld."""
    withheld = looked_at_everywhere(nasty_all(EVERY), divisions=divisions)
    assert withheld.keys() >= {name for name, (kind, *_) in EVERY.items() if kind not in ("things", "unknown")}


@pytest.mark.parametrize(
    ("kind", "better", "last"),
    [
        ("mean", "higher", True),
        *(pytest.param(kind, better, False, marks=pytest.mark.thorough) for kind in ABOUT for better in BETTER),
    ],
)
def test_of_a_nasty_programme_of_one_indicator_others_see_the_same_or_nothing(kind: str, better: str | None, last: bool) -> None:
    """Where the states that are counted are its own alone."""
    for target in (None, 4.0):
        withheld = looked_at_everywhere(nasty(kind, better, target), last=last, divisions=([], ["place"]))
        assert withheld or kind in ("things", "unknown")


@st.composite
def programmes(draw: st.DrawFn) -> Tables:
    """A few pilots in a few waves, with small and large numbers of people, own and common targets, ends and spreads."""
    kind = draw(st.sampled_from(list(ABOUT)))
    days = st.sampled_from([None, dt.date(2024, 9, 1), dt.date(2025, 1, 20), dt.date(2026, 1, 1)])
    status = st.sampled_from([None, "open", "closed"])
    pilots = [f"p{at}" for at in range(draw(st.integers(1, 6)))]
    waves = draw(st.integers(1, 3))
    values = st.integers(0, 20).map(float) if kind in ("people", "things") else st.integers(0, 10).map(lambda tenth: tenth * 10.0)
    results = [
        {
            "indicator": "i", "pilot": pilot, "wave": f"w{at}", "value": draw(st.none() | values),
            "n": draw(st.sampled_from([None, 0, 2, 4, 5, 9, 30, 60])), "sd": draw(st.sampled_from([None, 0.5, 2.0])),
            "same_people": draw(st.sampled_from([None, True, False])), "target": draw(st.sampled_from([None, None, 10.0, 50.0])),
        }
        for pilot in pilots
        for at in range(waves)
        if draw(st.integers(0, 4))
    ]  # fmt: skip
    return made(
        organisations=[{"id": "m", "name": "M", "kind": "museum"}],
        pilots=[
            {
                "id": pilot, "name": pilot, "place": draw(st.sampled_from("NS")), "target_group": draw(st.sampled_from("xy")),
                "lead": "m", "ends": draw(days),
            }
            for pilot in pilots
        ],
        waves=[
            {"id": f"w{at}", "name": f"W{at}", "date": DAYS[at], "status": draw(status), "shown": True}
            for at in range(waves)
        ],
        indicators=[
            {
                "id": "i", "theme": "care", "name": "I", "better": draw(st.sampled_from(["higher", "lower", "neither", None])),
                "target": draw(st.sampled_from([None, 5.0, 40.0, 100.0])), **ABOUT[kind],
                "aggregation": draw(st.sampled_from([None, None, "sum", "mean", "share", "none"])),
            }
        ],
        results=results,
    )  # fmt: skip


@settings(
    max_examples=3 * TIMES,
    deadline=None,
    derandomize=TIMES == 1,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(programmes())
def test_of_any_programme_others_see_the_same_or_nothing(tables: Tables) -> None:
    looked_at_everywhere(tables, last=True, divisions=([], ["place"]))


@settings(
    max_examples=3 * TIMES,
    deadline=None,
    derandomize=TIMES == 1,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(programmes(), st.sampled_from([0.0, 35.0, 1000.0]))
def test_what_is_withheld_does_not_depend_on_the_target(tables: Tables, target: float) -> None:
    """The same cells, and the same states, whether it is met by all or by none."""
    other = tables.with_(
        indicators=tables.indicators.with_columns(target=pl.lit(target)),
        results=tables.results.with_columns(target=pl.lit(target)),
    )
    cells = [suppress(impact.cells(each)) for each in (tables, other)]
    assert cells[0]["suppressed"].equals(cells[1]["suppressed"])
    states = [impact.progress(each, None, seen)["state"] == "withheld" for each, seen in zip((tables, other), cells, strict=True)]
    assert states[0].equals(states[1])


def test_a_count_of_targets_tells_no_withheld_state() -> None:
    """Two of four withheld targets are met: the number of all is told. If none is, or all are, it would tell of each: withheld.
    A count over some pilots alone is always withheld."""

    def told(values: list[float]) -> Tally:
        rows = [
            {"indicator": "i", "pilot": f"p{at}", "wave": wave, "value": value if wave == "w1" else 1.0, "n": 30 if at > 3 else 3}
            for at, value in enumerate([*values, 5.0, 2.0])
            for wave in ("w0", "w1")
        ]
        tables = made(
            pilots=[{"id": f"p{at}", "name": f"P{at}"} for at in range(6)],
            waves=[{"id": f"w{at}", "name": f"W{at}", "date": day} for at, day in enumerate(DAYS[:2])],
            indicators=[{"id": "i", "theme": "care", "name": "I", "better": "higher", "target": 4.0, **ABOUT["mean"]}],
            results=rows,
        )
        seen = impact.progress(access.redact(tables, "public"), None, access.cells(tables, "public"))
        assert tally(seen.filter(pl.col("pilot") != "p5")) == Tally(None, None)
        assert tally(seen.filter(pl.col("pilot").is_in(["p4", "p5"]))) == Tally(1, 2)
        return tally(seen)

    assert told([5.0, 5.0, 2.0, 2.0]) == Tally(3, 6)
    for values in ([5.0, 5.0, 5.0, 5.0], [2.0, 2.0, 2.0, 2.0], [5.0, 2.0, 2.0, 2.0], [5.0, 5.0, 5.0, 2.0]):
        assert told(values) == Tally(None, None)


def test_fewer_rows_than_are_counted_as_met_are_explained() -> None:
    """The count is the lead's; the lead's own rows, and those in another state, need no word."""
    rows = pl.DataFrame({"pilot": ["a", "b", "c"], "state": ["met", "withheld", "not_met"], "target": [1.0] * 3}).with_columns(
        better=pl.lit("higher"), all_rows=3, all_met=2, all_aimed=3
    )
    assert rows_text(rows, "met") == "1 of the 2 are listed; which the rest are is withheld: small numbers."
    assert rows_text(rows.with_columns(all_met=1), "met") == "" == rows_text(rows, "withheld")


def test_the_headline_names_no_indicator_as_furthest_where_one_is_withheld() -> None:
    """Nor how many are in another state; the lead's has both."""
    tables = nasty()
    cells = access.cells(tables, "public")
    said = headline(impact.summarise(tables, None, cells, {}), "", "")
    assert "furthest" not in said and "not met" not in said and "the state is withheld: small numbers." in said
    assert "withheld" not in headline(impact.summarise(tables, None, impact.cells(tables), {}), "", "")


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database with a nasty programme of shares."""
    tables = nasty("share", target=60.0)
    results = tables.results.with_columns(value=pl.col("value") * 11, n=pl.coalesce("n", pl.lit(50)), sd=pl.lit(None, pl.Float64))
    address = f"sqlite:///{tmp_path_factory.mktemp('nasty')}/app.db"
    kept(address, tables.with_(results=results))
    return address


@pytest.mark.parametrize("of", ["totals", "pilots", "results"])
def test_the_command_line_prints_a_word_for_what_is_withheld_and_null_for_what_is_not_known(
    of: str, stored: str, run: Callable[..., tuple[int, str, str]]
) -> None:
    """Row by row the lead's figure, or the word; what the lead does not know is null or, where a figure beside it is withheld,
    withheld too."""
    printed = {}
    for audience in ("lead", "public"):
        with prepared.known_again("small"):
            asked = ("--of", of, "--json", "--audience", audience, "--pilot", "a")
            code, out, error = run("--database", stored, "impact", "--programme", "small", *asked)
        assert code == 0, error
        printed[audience] = json.loads(out)
    withheld = 0
    for lead, other in zip(printed["lead"], printed["public"], strict=True):
        for name in lead:
            if name not in VIEWERS_OWN and not name.endswith("shown") and other[name] != lead[name]:
                assert other[name] in WORDS, (name, lead[name], other[name])
                withheld += 1
    assert withheld
