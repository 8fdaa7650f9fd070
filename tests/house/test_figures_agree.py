"""The same figure on every page: what one page, file or command says of a number, no other contradicts."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.support.app import opened, shown
from tests.support.impact import everything, kept, made, small
from tests.support.networks import lines, net
from tests.support.paths import EXAMPLE
from wtnet import frameworks
from wtnet.cli import main
from wtnet.importing import check_files
from wtnet.measures import catalogue, reach
from wtnet.measures.impact import progress as impact
from wtnet.measures.impact import suppression
from wtnet.network import build
from wtnet.sentences import gaps as gaps_sentences
from wtnet.sentences import impact as impact_sentences
from wtnet.sentences import reach as reach_sentences
from wtnet.tables import Tables
from wtnet.ui.pages.impact import choose as impact_page
from wtnet.ui.pages.side_by_side import sides
from wtnet.ui.pages.side_by_side.impact_side import panel
from wtnet.ui.parts.selection import NOTHING
from wtnet.writers.tables import csv

pytestmark = pytest.mark.usefixtures("database")


def headline(tables: Tables, audience: str = "lead") -> str:
    seen = suppression.for_audience(impact.cells(tables), audience)
    return impact_sentences.headline(impact.summarise(tables, None, seen, {}), "", "")


def test_home_says_of_the_first_wave_what_impact_says() -> None:
    """Baselines, and no state of anything yet; a later wave has its states."""
    said = "At the first wave, “Baseline”, there are baselines of 15 indicators in 6 pilots."
    app = opened("pages/side_by_side.py", wave="baseline")
    assert said in shown(app) and not [metric for metric in app.metric if "data" in metric.label]
    assert said in shown(opened("pages/impact.py", wave="baseline"))
    later = [metric.label for metric in opened("pages/side_by_side.py", wave="end").metric]
    assert [label for label in later if label.endswith(("Met", "Nearly", "Not met"))]


def test_a_programme_with_one_wave_has_baselines_and_no_states(database: str) -> None:
    """Nothing can be behind after one reporting date, on Impact or at home."""
    tables = small()
    one = tables.with_(waves=tables.waves.head(1), results=tables.results.filter(pl.col("wave") == "w0"))
    kept(database, one)
    for page in ("pages/impact.py", "pages/side_by_side.py"):
        told = everything(opened(page, programme="small"))
        assert "there is a baseline of 1 indicator in 3 pilots" in told and "</i> behind" not in told
    assert "58% at the start" in everything(opened("pages/impact.py", programme="small", pilot="c"))


def test_the_sentence_counts_pilot_targets_and_nothing_else() -> None:
    """Three indicators, one of them without a target and one nobody measured, in one pilot: one target, one not measured."""
    about = [{"id": "i", "target": 60.0}, {"id": "j"}, {"id": "k", "target": 5.0}]
    tables = small().with_(pilots=small().pilots.filter(pl.col("id") == "c"), quotes=small().quotes.clear())
    indicators = [{"theme": "care", "name": each["id"], "unit": "%", "better": "higher", **each} for each in about]
    values = [{"indicator": i, "pilot": "c", "wave": w, "value": 50.0, "n": 40} for i in "ij" for w in ("w0", "w1")]
    tables = tables.with_(**{"indicators": made(indicators=indicators).indicators, "results": made(results=values).results})
    said = headline(tables)
    assert said.startswith("The one pilot target is not met.")
    assert said.endswith("1 indicator has not been measured in any pilot.")


def test_without_a_baseline_is_told_apart_from_behind() -> None:
    """On Impact, in the sentence and as a state with its own word and sign."""
    tables = small()
    later = tables.pilots.with_columns(ends=dt.date(2026, 1, 1))
    bare = tables.with_(results=tables.results.filter((pl.col("wave") == "w1") | (pl.col("pilot") == "c")), pilots=later)
    assert headline(bare).startswith("None of 3 pilot targets is met, 1 behind and 2 without a baseline.")


def test_what_opens_under_a_state_says_where_it_is_from() -> None:
    """The rows of home, of Impact and of an open indicator beside the map carry evidence and source."""
    tables = small().with_(results=small().results.with_columns(source_url=pl.lit("https://example.org/register")))
    progress = impact.progress(tables)
    for rows in (sides._in_state(progress, "not_met"), impact_page.in_state(progress, "not_met")):
        assert rows["evidence"].to_list() == [f"Register {pilot}" for pilot in "abc"]
        assert set(rows["source_url"]) == {"https://example.org/register"}
    [[_, [one]]] = panel(build(tables), progress, NOTHING, "i")["themes"]
    assert [row[4:] for row in one["figures"]] == [[f"Register {pilot}", "https://example.org/register"] for pilot in "abc"]


def test_a_total_of_one_cell_is_withheld_in_its_own_words(tmp_path: Path, capsys: Any) -> None:
    """Fewer than 5 people are fewer than 5 in the total of that pilot too: in the line, the grid and the steps of Impact and on
    the command line. A total of several that is withheld says no more than that."""
    tables = small()
    seen = suppression.for_audience(impact.cells(tables), "public")
    row = impact.overview(tables, None, impact.cut(seen, pilots=["a"])).row(0, named=True)
    assert (row["baseline_shown"], row["latest_shown"]) == ("fewer than 5", "fewer than 5")
    assert impact_sentences.indicator_line(row, (), False).from_to == "fewer than 5"
    two = small(unit="people", instrument="count").with_(results=tables.results.with_columns(value=pl.lit(2.0), n=None))
    hidden = suppression.for_audience(impact.cells(two), "public")
    assert impact.total(impact.cut(hidden, pilots=["a", "b"]))["shown"].to_list() == ["withheld"]
    for name in ("organisations", "pilots", "waves", "indicators", "results"):
        (tmp_path / f"{name}.csv").write_bytes(csv.write(tables[name]))
    assert main(["impact", str(tmp_path), "--audience", "public", "--pilot", "a"]) == 0
    assert "fewer than 5" in capsys.readouterr().out


def test_impact_says_fewer_than_5_of_a_pilot_wherever_it_is_drawn(database: str) -> None:
    kept(database, small())
    for picture in ("way", "grid", "steps"):
        told = everything(opened("pages/impact.py", programme="small", picture=picture, pilot="a", audience="public"))
        assert "fewer than 5" in told, picture


def test_evidence_leaves_under_the_outcomes_of_a_framework(capsys: Any) -> None:
    """On the command line as in the workbook: every outcome, those without evidence too, and at the end what names none."""
    tables = check_files([EXAMPLE]).tables
    name = frameworks.names()[0]
    figures = impact.totals(impact.overview(tables))
    sheet = frameworks.under(tables.indicators, figures)
    assert sheet["framework"].unique(maintain_order=True).to_list() == frameworks.names()
    own = sheet.filter(pl.col("framework") == name)
    assert own["outcome"].drop_nulls().n_unique() == frameworks.outcomes().filter(pl.col("framework") == name).height
    assert set(own["indicator"].drop_nulls()) == set(tables.indicators["id"])
    assert main(["impact", str(EXAMPLE), "--framework", name.upper(), "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert [(row["outcome"], row["indicator"]) for row in printed] == own.select("outcome", "indicator").rows()
    assert main(["impact", str(EXAMPLE), "--framework", name]) == 0
    assert capsys.readouterr().out.lstrip().startswith("outcome")
    for wrong in (["--framework", "Nobody's"], ["--framework", name, "--of", "results"]):
        assert main(["impact", str(EXAMPLE), *wrong]) == 2
        assert capsys.readouterr().err.count("\n") == 1


def test_an_indicator_under_no_framework_stands_at_the_end() -> None:
    """And without figures every outcome stands alone."""
    figures = impact.totals(impact.overview(small()))
    found = frameworks.under(small().indicators, figures, frameworks.names()[0])
    assert found["indicator"].to_list()[-1] == "i" and found["outcome"].to_list()[-1] is None
    assert frameworks.under(small().indicators, figures.clear(), frameworks.names()[0])["indicator"].null_count() == 4


def test_change_says_why_reach_counts_fewer_new_ties() -> None:
    """106 and 105: one tie nobody reported at the baseline is documented as from before the programme."""
    said = "1 of the new partnerships is documented as from before the programme"
    assert said in shown(opened("pages/change.py")) and said not in shown(opened("pages/change.py", before="midpoint"))


def test_the_only_museum_lacks_no_other_museum() -> None:
    """Nothing is missing that nobody could have: the matrix has "–", and the sentences count three kinds; of two it is."""
    kinds = {"m": "museum", "f": "freelancer", "c": "community_group", "h": "health_provider"}
    alone, with_other = net(kinds, lines("m-f m-c m-h")), net(kinds | {"n": "museum"}, lines("m-f m-c m-h"))
    for network, museum, lacks in ((alone, None, "none"), (with_other, 0, "Museum or heritage organisation")):
        row = reach.coverage(network).row(0, named=True)
        assert (row["museum"], row["missing"]) == (museum, lacks)
        assert catalogue.partners(network, ["missing_sectors"])["missing_sectors"][0] == lacks
    told = dict(reach_sentences.headlines(alone, None, "", reach.ei_permutation(alone, draws=20)))
    assert told["coverage"] == "The museum in view works with a health provider."
    assert "reaches 3 of the three other core kinds" in str(reach_sentences._museums(alone, None, ""))
    assert gaps_sentences.missing_kinds(alone) == "The museum works with all three other kinds of partner."


def test_the_chosen_weights_and_rule_count_on_places_and_in_the_guide() -> None:
    """A mean strength of the value part alone is another; each page says so and draws it."""
    guide = "pages/guide.py"
    plain = shown(opened(guide, measure="network:mean_strength"))
    chosen = shown(opened(guide, measure="network:mean_strength", weights="0-0-0-1", pairing="weaker"))
    now = [next(line for line in said.split("\n") if line.startswith("**In this")) for said in (plain, chosen)]
    assert now[0] != now[1] and "with the strength you chose" in now[1] and "you chose" not in now[0]
    app = opened("pages/places.py", wave="end", weights="0-0-0-1")
    assert "Strength (yours)" in [box.proto.popover.label for box in app.get("popover")]
    assert [slider.value for slider in app.slider if "weight" in slider.key] == [0, 0, 0, 1]


def test_a_share_of_fewer_than_100_has_no_decimals_on_any_page() -> None:
    """The response rate is of 66 partners, however many ties there are."""
    rates = [
        next(metric.value for metric in opened("pages/side_by_side.py", wave="end").metric if metric.label == "Response rate"),
        shown(opened("pages/guide.py", measure="network:response_rate")).partition("End:** ")[2].split("\n")[0],
    ]
    assert rates == ["88%", "88%"]
