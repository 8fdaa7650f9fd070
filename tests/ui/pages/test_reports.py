"""The Reports page, run without a browser: what it offers, for whom, about whom, and that every file can be made."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from wtnet import writers
from wtnet.ui.frame.page import Here
from wtnet.ui.pages import reports

ROOT = Path(__file__).parents[3]
MUSEUM = "saltmere-museum-and-gallery"


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The page of the example programme, as a link opens it."""
    monkeypatch.setenv("WTNET_DATABASE_URL", f"sqlite:///{tmp_path}/app.db")

    def open_(**link: str) -> AppTest:
        import streamlit as st

        st.cache_resource.clear()
        st.cache_data.clear()
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
        for name, value in link.items():
            app.query_params[name] = value
        app.run()
        app.switch_page("pages/reports.py").run()
        assert not app.exception, [one.message for one in app.exception]
        return app

    return open_


def labels(app: AppTest) -> list[str]:
    return [one.label for one in app.get("download_button")]


def text(app: AppTest) -> str:
    found = [*app.markdown, *app.caption, *app.header, *app.subheader, *app.info]
    return "\n".join(one.value for one in found).replace("\\", "")


def test_it_offers_everything_about_the_programme(opened: Any) -> None:
    """A report, a map, pictures in three forms, what is given back and the data, each a click away."""
    app = opened()
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


def test_a_link_says_whom_it_is_about_and_for_whom(opened: Any) -> None:
    """About a partner, as partners may see it: nothing to give back, and it says for whom."""
    app = opened(about=f"partner:{MUSEUM}", audience="partners")
    assert "Saltmere Museum and Gallery at End" in text(app) and "as partners may see it" in text(app)
    assert "Give back" not in [one.value for one in app.subheader]
    assert "Made for: Partners." in text(app)


def test_a_link_to_somebody_who_has_gone_says_so(opened: Any) -> None:
    """The page stands, about the programme."""
    app = opened(about="partner:nobody")
    assert "nobody" in text(app) and "Shared Light" in text(app)


@pytest.mark.parametrize("picture", list(reports.PICTURES))
def test_every_picture_can_be_seen_before_it_is_taken(opened: Any, picture: str) -> None:
    """The map and each chart, at the size chosen."""
    app = opened(picture_of=picture, picture_size="print")
    assert app.get("image") or app.get("imgs") or "imgs" in {one.type for one in app.main}


def test_everyone_is_given_theirs_in_one_zip(opened: Any) -> None:
    """With progress, then a download."""
    app = opened(about="pilot:tidelines")
    app.button(key="give_back_all").click().run()
    assert not app.exception
    assert "Download the zip" in labels(app)


def test_every_file_can_be_made_about_programme_pilot_and_partner() -> None:
    """What the buttons make when they are pressed."""
    from tests.support import exports

    for name, kind, id_ in (("example", "programme", None), ("example", "pilot", "tidelines"), ("example", "partner", MUSEUM)):
        programme, tables = exports.shipped(name)
        here = Here(programme, 1, tables, "end")
        subject = reports.Subject(here, kind, id_, "x")
        assert subject.file("report", ".pdf") == "-".join(filter(None, ["example", id_, "report.pdf"]))
    export = writers.prepare(*exports.shipped("example"), made=exports.DAY)
    with zipfile.ZipFile(io.BytesIO(writers.write("give-back", export))) as packed:
        assert len(packed.namelist()) == 67
