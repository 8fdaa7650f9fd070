"""The offline map: one file, nothing fetched, nothing run that is not ours, everything reachable by keyboard and as a table."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import polars as pl
import pytest

from tests.support import exports, made
from tests.support.frames import frame
from wtnet import writers
from wtnet.network import Scope
from wtnet.tables import Tables
from wtnet.writers.html_map import page as html_map


def data_of(page: bytes) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page.decode(), re.DOTALL)
    assert found
    return json.loads(found[1])


@pytest.mark.parametrize(
    "which",
    ["empty", "hostile", "example", *(pytest.param(more, marks=pytest.mark.thorough) for more in ("alone", "working-together"))],
)
def test_every_programme_becomes_one_file_with_its_data_as_data(which: str) -> None:
    """Whatever names hold, the page has its three scripts and no other, and nothing of the data is markup."""
    export = exports.export(which)
    page = exports.written("html", which)
    assert page.count(b"<script") - page.count(b'"<script') == 3
    assert len(data_of(page)["nodes"]) == export.tables["organisations"].height
    head = page[: page.index(b'id="data"')]
    assert b"alert(" not in head and b"<b>S" not in page


def test_nothing_is_linked_or_fetched() -> None:
    """No address is loaded: no link, no src, no import, no CDN; the file's own policy forbids it too."""
    page = exports.written("html", "example").decode()
    shell = re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL)
    assert not re.search(r"<link|\bsrc=|@import|url\(|cdn|<iframe|<form|<object", shell)
    assert "default-src 'none'" in page and "sourceMappingURL" not in page


def test_three_hundred_partners_stay_under_two_megabytes() -> None:
    """300 partners with 900 ties, library included."""
    assert len(html_map.write(exports.of(made.sector(300, 900)))) < 2_000_000


def test_ties_and_strengths_are_those_of_the_network_in_every_wave() -> None:
    """As many ties per wave as the network has, each with its strength."""
    export = exports.export("example")
    data = data_of(exports.written("html", "example"))
    last = data["waves"][-1][1]
    assert len(data["waves"]) == export.tables["waves"].height
    assert len(last) == export.network.graph.number_of_edges()
    kinds = [[label, number] for label, *_, number in data["tints"]]
    assert ["Works with", "1"] in kinds and kinds[-1] == ["kind not recorded", ""]
    by_relation = {(tie[9], tie[10]) for _, ties in data["waves"] for tie in ties if tie[9] == "works with"}
    assert by_relation == {("works with", kinds.index(["Works with", "1"]))}
    known = [tie[5] for tie in last if tie[5] is not None]
    assert abs(sum(known) / len(known) - export.network.ties["strength"].mean()) < 1e-5


def test_what_one_partner_says_of_another_is_not_in_the_file() -> None:
    """No comment, no answer of one side, no quote that is private."""
    programme, tables = exports.shipped("example")
    quotes = tables["quotes"].with_columns(
        sharing=pl.lit("private").cast(tables["quotes"]["sharing"].dtype), text=pl.lit("SECRET")
    )
    ratings = tables["ratings"].with_columns(comment=pl.lit("WHISPERED"))
    page = html_map.write(writers.prepare(programme, tables.with_(quotes=quotes, ratings=ratings), made=exports.DAY))
    assert b"SECRET" not in page and b"WHISPERED" not in page


def test_for_the_public_hidden_names_are_not_in_the_file() -> None:
    """Freelancers who are not shared in public are numbered."""
    page = html_map.write(exports.export("example", "public"))
    assert b"Robin Larkmead" not in page and b"Freelancer " in page


def test_a_scope_narrows_the_map() -> None:
    """A partner in focus: it and those it works with."""
    programme, tables = exports.shipped("example")
    export = writers.prepare(programme, tables, Scope(focus=("robin-larkmead",)), exports.DAY)
    assert len(data_of(html_map.write(export))["nodes"]) == 23
    assert isinstance(export.tables, Tables)


def test_findings_travel_with_the_partners_they_name_and_a_programme_without_any_says_nothing_of_them() -> None:
    """Each under its theme, with whose view it is; hostile words stay words."""
    export = exports.export("example")
    ends = export.tables["organisations"]["id"].to_list()[:2]
    row = {
        "id": "f",
        "theme": "care",
        "statement": "<b>It</b> opens",
        "organisation": ends[0],
        "other": ends[1],
        "voice": "leaders",
    }
    page = html_map.write(replace(export, tables=export.tables.with_(findings=frame("findings", row))))
    told = data_of(page)
    [[theme, statement, by, named]] = told["findings"]
    assert (theme, statement) == ("Care", "<b>It</b> opens") and by.startswith("Leaders · ○ claimed")
    assert [told["nodes"][at][0] for at in named] == ends and b"<b>It" not in page
    bare = data_of(html_map.write(replace(export, tables=export.tables.with_(findings=frame("findings", [])))))
    assert bare["findings"] == [] and bare["found"] == ""
