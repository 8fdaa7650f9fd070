"""The impact side: for each kind of selection, the words and figures that stand beside the map."""

from __future__ import annotations

import json
from typing import Any

import polars as pl
import pytest

from tests.support import stories
from tests.support.impact import made
from tests.support.paths import DATA
from wtnet.importing import check_files
from wtnet.measures.impact.findings import findings as all_findings
from wtnet.measures.impact.progress import progress
from wtnet.network import Network, Scope, build
from wtnet.tables import Tables
from wtnet.tables.pilots import members_by_pilot
from wtnet.ui.map.message import meetings
from wtnet.ui.pages.side_by_side import findings_side
from wtnet.ui.pages.side_by_side.findings_side import spot_of as finding_spot
from wtnet.ui.pages.side_by_side.impact_side import panel
from wtnet.ui.pages.side_by_side.lexicon import abridged, lexicon
from wtnet.ui.pages.side_by_side.sides import spot_of
from wtnet.ui.parts.findings import narrowed
from wtnet.ui.parts.selection import NOTHING, Selection, parse, pilots_of


@pytest.fixture(scope="module")
def example() -> Tables:
    return stories.example()


@pytest.fixture(scope="module")
def network(example: Tables) -> Network:
    return build(example, Scope())


def shown(network: Network, chosen: Selection, indicator: str | None = None) -> dict[str, Any]:
    said = panel(network, progress(network.tables, network.wave), chosen, indicator)
    said["spot"] = spot_of(network, progress(network.tables, network.wave), chosen, indicator)
    json.dumps(said, allow_nan=False)
    return said


def test_an_empty_programme_says_that_nothing_was_measured() -> None:
    """No indicators: a sentence instead of an empty list."""
    said = shown(build(Tables()), NOTHING)
    assert said["themes"] == [] and "Nothing measured" in said["title"]


def test_the_public_record_has_partnerships_but_no_figures_beside_them() -> None:
    """The real programme has no results; the impact side says so and still names its pilots."""
    said = shown(build(check_files([DATA / "working_together"]).tables), NOTHING)
    assert said["themes"] == [] and len(said["pilots"]) == 6


def test_nothing_selected_shows_all_themes_and_every_pilot(network: Network) -> None:
    """Five themes, fifteen indicators, nothing lit, nothing ringed."""
    said = shown(network, NOTHING)
    assert [theme for theme, _ in said["themes"]] == ["Capability", "Partnerships", "Relevance", "Care", "Leadership"]
    assert sum(len(found) for _, found in said["themes"]) == network.tables.indicators.height
    assert said["spot"] == {"selected": None, "lit": None, "go": None} and said["clear"] is None


def test_a_partner_shows_its_own_pilots_only(network: Network) -> None:
    """Rows are those of the pilots it takes part in, and the words say whom it works with."""
    said = shown(network, Selection("partner", "robin-larkmead"))
    own = pilots_of(Selection("partner", "robin-larkmead"), network.tables)
    at = [place for place, (pilot, *_) in enumerate(said["pilots"]) if pilot in own]
    assert {row[0] for _, found in said["themes"] for one in found for row in one["rows"]} == set(at)
    assert f"Works with {network.graph.degree('robin-larkmead')} partners" in said["lead"][0]
    assert said["spot"]["selected"] == {"kind": "partner", "id": "robin-larkmead", "other": "", "ids": []}


def test_a_partner_outside_every_pilot_says_so(network: Network) -> None:
    """No pilots: no indicators, and a sentence why."""
    inside = {partner for found in members_by_pilot(network.tables).values() for partner in found}
    outside = next(partner for partner in network.tables.organisations["id"] if partner not in inside)
    said = shown(network, Selection("partner", outside))
    assert said["themes"] == [] and "Not part of a pilot" in said["lead"][-1]


def test_a_tie_sets_both_sides_ratings_beside_each_other(network: Network) -> None:
    """Eight questions, an answer from each side, in words for the level."""
    tie = network.ties.filter(pl.col("basis") == "both").row(0, named=True)
    said = shown(network, Selection("tie", tie["source"], tie["target"]))
    names, rows = said["sides"]
    assert len(names) == 2 and len(rows) == 8
    assert rows[0][1].split()[1] in {"none", "networking", "cooperation", "coordination", "coalition", "collaboration"}
    assert "rated by both sides" in said["lead"][0]


def test_a_one_sided_tie_names_who_did_not_answer(network: Network) -> None:
    """The silent side is a dash in every row, and the caption says whose."""
    tie = network.ties.filter((pl.col("basis") == "one-sided") & pl.col("backward").is_null()).row(0, named=True)
    said = shown(network, Selection("tie", tie["source"], tie["target"]))
    assert {row[2] for row in said["sides"][1]} == {"–"} and "did not rate" in said["caption"]


def test_a_documented_tie_nobody_rated_has_no_sides(network: Network) -> None:
    """It rests on documents, and says so."""
    tie = network.ties.filter(pl.col("basis") == "documented").row(0, named=True)
    said = shown(network, Selection("tie", tie["source"], tie["target"]))
    assert said["sides"] is None and any("documents" in words for words in said["lead"])


def test_a_pilot_lights_its_partners(network: Network) -> None:
    """Lit: its lead and everyone involved, as far as they are on the map."""
    said = shown(network, Selection("pilot", "slate-songs"))
    assert said["spot"]["lit"] == members_by_pilot(network.tables)["slate-songs"] and said["spot"]["selected"] is None


def test_an_open_indicator_lights_the_partners_of_the_pilots_it_was_measured_in(network: Network) -> None:
    """With a partner selected, only its pilots; the partner keeps its ring."""
    indicator = network.tables.indicators["id"][0]
    everyone = shown(network, NOTHING, indicator)
    own = shown(network, Selection("partner", "robin-larkmead"), indicator)
    assert everyone["open"] == own["open"] == indicator
    assert set(own["spot"]["lit"]) < set(everyone["spot"]["lit"])
    assert own["spot"]["selected"]["id"] == "robin-larkmead"


def test_private_quotes_are_never_shown(example: Tables) -> None:
    """Words that nobody agreed to share stay out, whatever is selected."""
    private = example.quotes.with_columns(sharing=pl.lit("private").cast(example.quotes["sharing"].dtype))
    network = build(example.with_(quotes=private))
    assert all(shown(network, Selection("pilot", pilot))["quotes"] == [] for pilot in example.pilots["id"])


@pytest.mark.parametrize("text", [None, "", "partner:robin-larkmead", "pilot:slate-songs"])
def test_a_selection_reads_back_from_its_link(example: Tables, text: str | None) -> None:
    """What a link says is what is selected, and the other way round."""
    assert (parse(text, example) or NOTHING).text() == (text or None)


@pytest.mark.parametrize(
    "text", ["partner:nobody", "tie:robin-larkmead~nobody", "tie:robin-larkmead", "pilot:", "x:y", "<script>"]
)
def test_a_selection_that_is_not_there_is_none(example: Tables, text: str) -> None:
    """Never an error, whatever stands in the link."""
    assert parse(text, example) is None


def test_ids_with_a_tilde_are_found_in_a_tie() -> None:
    """The link separates the two ends with "~", which an id may hold itself."""
    organisations = Tables().organisations
    row = dict.fromkeys(organisations.columns)
    rows = [{**row, "id": id_, "name": id_, "kind": "other"} for id_ in ("a~b", "c")]
    tables = Tables({"organisations": pl.DataFrame(rows, schema=organisations.schema)})
    assert parse("tie:a~b~c", tables) == Selection("tie", "a~b", "c")


def evidence() -> Network:
    """Two partners of a pilot and one outside; findings about both, one, the pilot and the whole; the two met once."""
    tables = made(
        organisations=[{"id": id, "name": id.upper(), "kind": "museum"} for id in "abc"],
        pilots=[{"id": "p", "name": "P", "lead": "a"}],
        involvements=[{"pilot": "p", "organisation": "b"}],
        partnerships=[{"id": "t", "source": "a", "target": "b"}],
        findings=[
            {"id": "whole", "theme": "care", "statement": "Whole"},
            {"id": "both", "theme": "care", "statement": "Both", "organisation": "b", "other": "a", "evidence": "Register"},
            {"id": "one", "theme": "leadership", "statement": "One", "organisation": "c", "kind": "to_improve"},
            {"id": "pilot", "theme": "care", "statement": "Pilot", "pilot": "p"},
        ],
        activities=[{"id": "x", "name": "X"}],
        attendances=[{"activity": "x", "organisation": id} for id in "ab"],
    )
    return build(tables, Scope())


def told(network: Network, chosen: Selection, finding: str | None = None) -> dict[str, Any]:
    findings = narrowed(all_findings(network.tables), chosen, network.tables)
    return panel(network, progress(network.tables, network.wave), chosen, None, "lead", "", findings, finding)


def test_a_programme_with_findings_and_no_numbers_looks_complete() -> None:
    """Every theme with findings stands there, and nothing says that nothing was measured."""
    said = told(evidence(), NOTHING)
    assert said["themes"] == [["Care", []], ["Leadership", []]] and "Nothing measured" not in said["title"]
    assert [row["statement"] for row in said["told"]["Care"]["rows"]] == ["Whole", "Both", "Pilot"]
    assert said["told"]["Leadership"]["rows"][0]["improve"]


@pytest.mark.parametrize(
    ("chosen", "statements"),
    [
        (Selection("partner", "b"), ["Both", "Pilot"]),
        (Selection("tie", "a", "b"), ["Both", "Pilot"]),
        (Selection("pilot", "p"), ["Both", "Pilot"]),
        (Selection("partner", "c"), ["One"]),
        (Selection("tie", "a", "c"), []),
    ],
)
def test_a_selection_narrows_the_findings(chosen: Selection, statements: list[str]) -> None:
    """And where none is left, that is said with how many there are."""
    said = told(evidence(), chosen)
    assert [row["statement"] for theme in said["told"].values() for row in theme["rows"]] == statements
    assert ("None of the 4 findings is about it." in said["lead"]) is not bool(statements)


def test_a_finding_about_two_lights_their_tie_and_brings_it_to_the_middle() -> None:
    """One about a partner or a pilot lights those; one about the whole programme nothing."""
    network = evidence()
    both = finding_spot("both", network)
    assert both and both["selected"]["kind"] == "tie" and {both["selected"]["id"], both["selected"]["other"]} == {"a", "b"}
    assert sorted(both["go"]) == ["a", "b"]
    assert (finding_spot("one", network) or {})["go"] == ["c"] and (finding_spot("pilot", network) or {})["lit"] == ["a", "b"]
    assert finding_spot("whole", network) is None and finding_spot("gone", network) is None


def test_only_the_open_finding_carries_what_shows_it() -> None:
    rows = {row["id"]: row for row in told(evidence(), NOTHING, "both")["told"]["Care"]["rows"]}
    assert ("What shows it", "Register") in rows["both"]["details"] and "details" not in rows["whole"]


def test_what_is_to_improve_stands_open_however_many_findings_there_are() -> None:
    rows = [
        {"id": f"f{at}", "theme": "care", "statement": "S", "kind": "to_improve" if at in (3, 9) else "change"}
        for at in range(12)
    ]
    tables = made(findings=rows)
    shown_rows = findings_side.by_theme(all_findings(tables), tables, "f8")["Care"]
    assert {"f3", "f9", "f8"} <= {row["id"] for row in shown_rows["rows"]} and len(shown_rows["rest"]) == 6


def test_who_met_is_drawn_between_their_places_and_is_no_tie() -> None:
    network = evidence()
    assert meetings(network) == [[0, 1, 1]] and network.graph.number_of_edges() == 1
    assert meetings(build(Tables(), Scope())) == []


@pytest.mark.parametrize("chosen", [NOTHING, Selection("partner", "robin-larkmead")])
def test_a_message_and_its_lexicon_say_together_what_the_whole_message_says(network: Network, chosen: Selection) -> None:
    """Also with an indicator open; what does not depend on the selection is in the lexicon alone."""
    known = lexicon(network.tables)
    for indicator in (None, network.tables.indicators["id"][0]):
        whole = panel(network, progress(network.tables, network.wave), chosen, indicator)
        sent = abridged(whole, known)
        named = [
            [
                theme,
                [
                    dict(zip(("id", "name"), known["indicators"][at], strict=True)) | {"rows": rows} | dict(*more)
                    for at, rows, *more in shown
                ],
            ]
            for theme, shown in sent["themes"]
        ]
        assert named == whole["themes"] and sent["lexicon"] == known["number"]
        assert [[*pilot, state] for pilot, state in zip(known["pilots"], sent["pilots"], strict=True)] == whole["pilots"]
        assert known["states"] == whole["states"] and "states" not in sent


def test_other_names_are_another_lexicon(example: Tables) -> None:
    renamed = example.with_(indicators=example.indicators.with_columns(name=pl.lit("Another")))
    assert lexicon(renamed)["number"] != lexicon(example)["number"]
