"""One page, one wave: what is taken from Reports or the command line is of the chosen wave, filters and audience, says so on its
first page and at its foot, and has the figures of the screen."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from pptx import Presentation

from tests.support.app import opened, shown
from tests.support.paths import EXAMPLE
from wtnet import writers
from wtnet.cli import main
from wtnet.measures.impact.states import MET
from wtnet.ui.pages import reports
from wtnet.writers.export import Export
from wtnet.writers.report import pdf

pytestmark = pytest.mark.usefixtures("database")

CHOSEN = {"programme": "example", "wave": "midpoint", "pilot": "slate-songs"}
OF = {"lead": "for the programme lead", "partners": "as partners may see it", "public": "as everybody may see it"}


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> Callable[..., dict[str, Export]]:
    """What the buttons of Reports would make files of, by format, at an address; the picture there is another."""

    def made(**address: str) -> dict[str, Export]:
        found: dict[str, Export] = {}

        def remember(_: Any, format: str, __: str, make: Callable[[], Export], *more: Any, **named: Any) -> None:
            found[format] = make()

        monkeypatch.setattr(reports, "download", remember)
        picture = (EXAMPLE.parent / "pictures" / "home.png").read_bytes()
        monkeypatch.setattr(reports, "_preview", lambda *_: (picture, "What it will look like", ""))
        app = opened("pages/reports.py", **address)
        assert "Reports" in app.title[0].value
        return found

    return made


def of_screen(**address: str) -> tuple[str, ...]:
    """Partners, partnerships, their mean strength ("" if it is not shown), targets met and targets ("" where that is
    withheld), as home says them."""
    said = shown(opened("pages/side_by_side.py", **address))
    network = re.search(r"(\d+) partners? holds? (\d+) partnerships?(?: of mean strength (\d\.\d\d))?", said)
    came = re.search(
        r"(?:(\d+|None) of (\d+) pilot targets? (?:is|are) met|how many pilot targets are met is withheld)", said, re.I
    )
    assert network and came, said
    return tuple({None: "", "None": "0"}.get(group, group) for group in (*network.groups(), *came.groups()))


def words_of(report: Any) -> str:
    """All that a report says, before it is set."""
    return json.dumps([report.title, report.under, *({**block, "drawing": None} for block in report.blocks)], ensure_ascii=False)


def of_deck(data: bytes) -> list[str]:
    """The words of each slide."""
    slides = Presentation(io.BytesIO(data)).slides
    return ["\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame) for slide in slides]


@pytest.mark.parametrize("audience", ["lead", "public"])
def test_report_deck_map_and_commands_hold_the_figures_of_the_screen(
    taken: Callable[..., dict[str, Export]], audience: str, capsys: Any
) -> None:
    """Of a wave that is not the last and a pilot: whoever looks, partners, partnerships, strength and targets are the same."""
    address = CHOSEN | {"audience": audience}
    partners, ties, mean, met, aimed = of_screen(**address)
    exports = taken(**address)

    report = words_of(pdf.report(exports["report"]))
    assert f"{partners} partners and {ties} partnerships" in report
    some = f"{met} of {aimed} pilot targets are met." if met != "0" else f"None of {aimed} pilot targets is met."
    said = some if met else "How many pilot targets are met is withheld."
    assert said in report
    assert not mean or f'"Mean strength", "{mean}"' in report

    content = json.loads(re.search(rb'id="data">(.*?)</script>', writers.write("html", exports["html"]), re.DOTALL)[1])  # type: ignore[index]
    assert (len(content["nodes"]), len(content["waves"][-1][1])) == (int(partners), int(ties))
    assert content["waves"][-1][0] == "Midpoint"

    slides = "\n".join(of_deck(writers.write("pptx", exports["pptx"])))
    assert re.search(rf"\b{ties} partnerships", slides) and f"{partners} partners" in slides
    assert f"{met} of {aimed} pilot targets in" in slides or met == "0" if met else "are met is withheld" in slides
    assert "End" not in slides

    asked = ["--programme", "example", "--wave", "midpoint", "--pilot", "slate-songs", "--audience", audience, "--json"]
    assert main(["measures", *asked, "--of", "network"]) == 0
    measured = json.loads(capsys.readouterr().out)
    assert (measured["partners"], measured["ties"]) == (int(partners), int(ties))
    assert not mean or f"{measured['mean_strength']:.2f}" == mean
    assert main(["impact", *asked, "--of", "pilots"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert any(row["state"] == "withheld" for row in rows) or sum(row["state"] in MET for row in rows) == int(met)
    assert met or any(row["state"] == "withheld" for row in rows)


@pytest.mark.parametrize("audience", ["public", *(pytest.param(who, marks=pytest.mark.thorough) for who in ("lead", "partners"))])
def test_every_file_says_what_it_is_of_on_its_first_page_and_at_its_foot(
    taken: Callable[..., dict[str, Export]], audience: str
) -> None:
    """Under the title of the report, which is its foot too, at the foot of each slide, and at the head of the map."""
    exports = taken(**CHOSEN, theme="care", audience=audience)
    report = pdf.report(exports["report"])
    assert report.under.startswith("Midpoint, ")
    assert report.under.endswith(f" · Pilot: Slate Songs · Theme: Care · {OF[audience]}")
    with pikepdf.open(io.BytesIO(writers.write("report", exports["report"]))) as document:
        assert "Pilot: Slate Songs; Theme: Care" in str(document.open_metadata().get("dc:description"))
    for slide in of_deck(writers.write("pptx", exports["pptx"])):
        assert "Pilot: Slate Songs · Theme: Care" in slide and OF[audience] in slide
    assert exports["html"].looked_at.encode() in writers.write("html", exports["html"]).replace(b"\\u0026", b"&")


def test_a_file_of_everything_names_no_filter(taken: Callable[..., dict[str, Export]]) -> None:
    report = pdf.report(taken(programme="example", wave="midpoint")["report"])
    assert report.under.count(" · ") == 1 and report.under.endswith(OF["public"])


def test_other_filters_narrow_a_file_as_they_narrow_the_map(taken: Callable[..., dict[str, Export]]) -> None:
    """Kinds, hidden partners, the least strength and whom the map starts from."""
    museum = "saltmere-museum-and-gallery"
    for address in ({"kind": "museum"}, {"hide": museum}, {"strength": "0.6"}, {"focus": museum}, {"pilot_place": "Saltmere"}):
        partners, ties, *_ = of_screen(programme="example", **address)
        graph = taken(programme="example", made_for="lead", **address)["report"].network.graph
        assert (graph.number_of_nodes(), graph.number_of_edges()) == (int(partners), int(ties)), address


def test_a_report_about_a_partner_is_whole_and_the_page_says_so(taken: Callable[..., dict[str, Export]]) -> None:
    """As its profile is: filters leave none of its partnerships out."""
    about = {"about": "partner:saltmere-museum-and-gallery", "programme": "example"}
    assert taken(**about, kind="museum")["report"].network.ties.height == taken(**about)["report"].network.ties.height
    assert "it cannot follow a filter by kind" in shown(opened("pages/reports.py", **about, kind="museum"))


@pytest.mark.parametrize("verb", ["measures", "compare", "impact", "export", "story"])
def test_commands_take_the_same_filters_and_say_which_they_cannot_follow(verb: str, tmp_path: Any, capsys: Any) -> None:
    """None of them is refused; one that leaves the figures alone is named on the error stream."""
    own = {
        "measures": ["--of", "network", "--wave", "end"],
        "compare": ["--from", "baseline", "--to", "end"],
        "impact": ["--wave", "end"],
        "export": ["--format", "html", "--out", str(tmp_path / "map.html"), "--wave", "end"],
        "story": ["--wave", "end"],
    }[verb]
    museum = ["--hide", "saltmere-museum-and-gallery", "--focus", "northcliff-museum-of-the-sea", "--hops", "2"]
    filters = ["--pilot", "tidelines", "--place", "Northcliff", "--kind", "museum", "--kind", "freelancer", "--theme", "care"]
    rule = ["--least-strength", "0.2", "--pairing", "weaker", "--weights", "depth=2", "--audience", "partners"]
    assert main([verb, "--programme", "example", *own, *filters, *museum, *rule]) == 0
    error = capsys.readouterr().err
    cannot = {
        "measures": "by theme",
        "compare": "by theme or least strength",
        "impact": "by starting point, hidden partners or least strength",
    }
    assert error.count("This command shows") == (verb in cannot) and cannot.get(verb, "") in error


def test_a_story_keeps_the_wave_it_was_drafted_with(capsys: Any) -> None:
    """At the midpoint it tells nothing of the end."""
    assert main(["story", "--programme", "example", "--pilot", "slate-songs", "--wave", "midpoint"]) == 0
    told = capsys.readouterr().out
    assert "in October 2024" in told and "July 2025" not in told


def test_a_hidden_partner_is_not_to_be_asked_for_by_name(capsys: Any) -> None:
    """Whoever is not shown by name to an audience is not told apart by what leaves them out, or starts from them."""
    for option in ("--hide", "--focus"):
        asked = ["measures", "--programme", "example", "--of", "network", "--audience", "public", option, "Robin Larkmead"]
        assert main(asked) == 2 and "is not shown by name to this audience" in capsys.readouterr().err
