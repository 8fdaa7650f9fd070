"""What each audience reads of every figure, set side by side: the same, or the word."""

import json
from collections.abc import Callable
from typing import Any

Run = Callable[..., tuple[int, str, str]]


def test_others_read_the_leads_figure_or_the_word_and_never_a_third(run: Run) -> None:
    """Of every figure of the example in its last wave. Something is withheld, and a figure that is says why."""
    code, printed, _ = run("disclosure", "--programme", "example", "--wave", "end", "--json")
    rows: list[dict[str, Any]] = json.loads(printed)
    assert code == 0 and len(rows) > 200 and {row["cut"] for row in rows} >= {"the whole", "Tidelines"}
    third = [row for row in rows for audience in ("partners", "public") if row[audience] not in (row["lead"], "withheld")]
    assert third == []
    hidden = [row for row in rows if row["public"] == "withheld" and row["cut"] == "the whole"]
    assert all(row["why"].startswith("Withheld") for row in hidden)
    assert any(row["public"] == "withheld" for row in rows)


def test_only_what_differs_is_printed_where_asked(run: Run) -> None:
    code, printed, _ = run("disclosure", "--programme", "working-together", "--differing", "--json")
    assert (code, json.loads(printed)) == (0, [])  # the public record keeps nothing back
