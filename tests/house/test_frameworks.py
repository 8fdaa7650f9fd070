"""The funders' frameworks: the shipped table, tags, and what bad tables get."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from tests.support.paths import EXAMPLE
from wtnet import frameworks
from wtnet.errors import UnreadableFile


def indicators(**outcomes: str | None) -> pl.DataFrame:
    schema = {"id": pl.String, "outcomes": pl.String}
    return pl.DataFrame({"id": list(outcomes), "outcomes": list(outcomes.values())}, schema=schema)


def written(folder: Path, text: str) -> Path:
    path = folder / "frameworks.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_no_indicators_leave_every_outcome_without_evidence() -> None:
    each, without, unknown = frameworks.grouped(indicators(), frameworks.names()[0])
    assert each and not any(one.indicators for one in each)
    assert (without, unknown) == ([], [])


def test_the_shipped_table_has_the_four_frameworks_with_their_sources() -> None:
    frame = frameworks.outcomes()
    assert len(frameworks.names()) == 4
    assert frame.group_by("framework", maintain_order=True).len()["len"].to_list() == [4, 7, 3, 8]
    assert frame["source_url"].str.starts_with("https://").all()


def test_titles_that_could_not_be_checked_say_so() -> None:
    """The wording of the Generic Social Outcomes is to be checked with the source; that of the others was."""
    noted = frameworks.outcomes().filter(pl.col("note").is_not_null())
    assert noted["framework"].unique().to_list() == ["Generic Social Outcomes"]
    assert noted["note"].str.contains("check the wording with the source").all()


def test_indicators_stand_under_the_outcomes_they_name_and_the_others_are_named() -> None:
    """Spaces and repeats do not matter; an id of another framework is no tag of this one; an unknown id is told."""
    found = indicators(a=" gso-health ;gso-health;nlhf-inclusion", b="nope", c=None, d="gso-health")
    each, without, unknown = frameworks.grouped(found, "Generic Social Outcomes")
    assert {one.id: one.indicators for one in each} == {
        "gso-communities": (), "gso-health": ("a", "d"), "gso-public-life": ()
    }  # fmt: skip
    assert (without, unknown) == (["b", "c"], ["nope"])


def test_the_example_is_tagged_in_every_framework_and_with_nothing_unknown() -> None:
    found = pl.read_csv(EXAMPLE / "indicators.csv", infer_schema=False)
    for name in frameworks.names():
        each, _, unknown = frameworks.grouped(found, name)
        assert any(one.indicators for one in each), name
        assert unknown == []


def test_a_table_of_ones_own_may_leave_out_the_notes(tmp_path: Path) -> None:
    own = written(tmp_path, "id,framework,kind,name,source_url\nx-1,Our trust,aim,People,\n")
    each, without, _ = frameworks.grouped(indicators(a="x-1", b="x-2"), "Our trust", own)
    assert [(one.name, one.note, one.source_url, one.indicators) for one in each] == [("People", "", "", ("a",))]
    assert without == ["b"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("id,framework,kind,name\n", "lacks the column source_url"),
        ("id,framework,kind,name,source_url\na,F,k,n,\na,F,k,m,\n", "row 2"),
        ("id,framework,kind,name,source_url\n,F,k,n,\n", "row 2"),
    ],
)
def test_a_table_that_cannot_be_used_says_what_and_where(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(UnreadableFile, match=words):
        frameworks.outcomes(written(tmp_path, text))


def test_a_table_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="put the shipped one back"):
        frameworks.outcomes(tmp_path / "none.csv")
