"""The Reports page, run without a browser: what it offers, for whom, about whom, and that every file can be made."""

from __future__ import annotations

import io
import zipfile

import pytest
from pptx import Presentation
from streamlit.testing.v1 import AppTest

from tests.support.app import opened
from tests.support.networks import tables
from wtnet import writers
from wtnet.network import Scope
from wtnet.store import Programme, Store
from wtnet.ui.frame.page import PageContext
from wtnet.ui.pages import reports

PAGE = "pages/reports.py"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
MUSEUM = "saltmere-museum-and-gallery"


def labels(app: AppTest) -> list[str]:
    return [one.label for one in app.get("download_button")]


def text(app: AppTest) -> str:
    found = [*app.markdown, *app.caption, *app.header, *app.subheader, *app.info]
    return "\n".join(one.value for one in found).replace("\\", "")


def test_it_offers_everything_about_the_programme() -> None:
    """A report, a map, pictures in three forms, what is given back and the data, each a click away."""
    app = opened(PAGE, made_for="lead")
    assert [one.value for one in app.subheader] == [
        "A report to file",
        "A map that needs no internet",
        "Give back",
        "The data",
        "A talk",
        "Pictures",
    ]
    assert {"Download the report", "Download the map", "Download the data", "PNG", "SVG", "PDF"} <= set(labels(app))
    assert "A workbook for each of 66 partners" in text(app)


def test_a_link_says_whom_it_is_about_and_for_whom() -> None:
    """About a partner, as partners may see it: what is given back is not made from that, and the page says for whom it is."""
    app = opened(PAGE, about=f"partner:{MUSEUM}", audience="partners")
    assert "Saltmere Museum and Gallery at End" in text(app) and "as partners may see it" in text(app)
    assert "A workbook" not in text(app)
    assert app.selectbox(key="in_made_for").value == "partners"


def test_what_is_taken_away_is_for_everybody_unless_somebody_chose_otherwise() -> None:
    """Nothing that only the lead may have is made without her saying so, and what she chose elsewhere holds here."""
    app = opened(PAGE)
    assert app.selectbox(key="in_made_for").value == "public" and "as everybody may see it" in text(app)
    assert "A workbook for each of 66 partners" not in text(app)
    app.button(key="give_back_as_lead").click().run()
    assert app.selectbox(key="in_made_for").value == "lead" and "A workbook for each of 66 partners" in text(app)
    assert opened(PAGE, audience="lead").selectbox(key="in_made_for").value == "lead"


def test_a_link_to_somebody_who_has_gone_says_so() -> None:
    """The page stands, about the programme."""
    app = opened(PAGE, about="partner:nobody")
    assert "nobody" in text(app) and "Shared Light" in text(app)


@pytest.mark.parametrize(
    "picture", ["map", "scatter", pytest.param("figure:mean_strength", marks=pytest.mark.thorough), "finding:f-01"]
)
def test_a_picture_can_be_seen_before_it_is_taken(picture: str) -> None:
    """The map, a chart, a figure and a finding that a link asks for, at the size chosen."""
    app = opened(PAGE, picture_of=picture, picture_size="print")
    assert picture in app.selectbox(key="in_picture_of").value
    assert app.get("image") or app.get("imgs") or "imgs" in {one.type for one in app.main}


def test_a_lead_brings_the_template_of_her_organisation_and_what_is_none_is_refused() -> None:
    """It is kept for the session until she takes it away, and others are not asked for one."""
    app = opened(PAGE, {"deck_template_box": True})
    app.file_uploader(key="deck_template_file").set_value(("plan.pptx", b"%PDF-1.7", PPTX)).run()
    assert "“plan.pptx” is not a PowerPoint file" in "".join(each.value for each in app.error).replace("\\", "")
    assert "deck_template" not in app.session_state
    own = io.BytesIO()
    Presentation().save(own)
    app.file_uploader(key="deck_template_file").set_value(("ours.pptx", own.getvalue(), PPTX)).run()
    assert not app.error and app.session_state["deck_template"] == ("ours.pptx", own.getvalue())
    again = opened(PAGE, {"deck_template_box": True, "deck_template": ("ours.pptx", own.getvalue())})
    assert "Decks are made in “ours.pptx”" in text(again)
    again.button(key="deck_template_forget").click().run()
    assert "deck_template" not in again.session_state


def test_everyone_is_given_theirs_in_one_zip(database: str) -> None:
    """With progress, then a download."""
    with Store(database) as store:
        store.create(Programme("three", "Three"), tables("a b c", [("a", "b", 3)]), author="test", reason="test")
    app = opened(PAGE, programme="three", made_for="lead")
    app.button(key="give_back_all").click().run()
    assert not app.exception
    assert "Download the zip" in labels(app)


def test_every_file_can_be_made_about_programme_pilot_and_partner() -> None:
    """What the buttons make when they are pressed."""
    from tests.support import exports

    for name, kind, id_ in (("example", "programme", None), ("example", "pilot", "tidelines"), ("example", "partner", MUSEUM)):
        programme, tables = exports.shipped(name)
        here = PageContext(programme, 1, tables, "end")
        subject = reports.ReportSubject(here, kind, id_, "x", Scope(wave="end"), ())
        assert subject.file("report", ".pdf") == "-".join(filter(None, ["example", id_, "report-for-lead.pdf"]))
    export = exports.export("alone")
    with zipfile.ZipFile(io.BytesIO(writers.write("give-back", export))) as packed:
        assert len(packed.namelist()) == export.tables.organisations.height + 1
