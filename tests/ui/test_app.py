"""Every page through app.py: on the shipped programmes, on an empty one, on hostile names; never a traceback."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from wtnet.store import Programme, Store
from wtnet.tables import Tables, check
from wtnet.tables.model import Raw
from wtnet.ui.frame import address

ROOT = Path(__file__).parents[2]
PAGES = sorted(re.findall(r'st\.Page\(\s*"(pages/[a-z_]+\.py)"', (ROOT / "app.py").read_text(encoding="utf-8")))
LEAD_ONLY = {"pages/data.py", "pages/history.py", "pages/sharing.py", "pages/survey.py"}
WITHOUT_PROGRAMME = {"pages/start.py", "pages/accessibility.py"}
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "=cmd|' /C calc'!A0",
    "**bold** :red[x] $x^2$ `code`",
    "مستشفى",
    "🏛️",
    "x" * 300,
]


@pytest.fixture(autouse=True)
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Each test has a database of its own."""
    address = f"sqlite:///{tmp_path}/app.db"
    monkeypatch.setenv("WTNET_DATABASE_URL", address)
    st.cache_resource.clear()
    st.cache_data.clear()
    yield address
    st.cache_resource.clear()


def opened(page: str, **params: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    if page != "pages/side_by_side.py":
        app.run()  # pages are known from here on; the link then leads to one of them
        app.switch_page(page)
    for name, value in params.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception, [one.message for one in app.exception]
    return app


def shown(app: AppTest) -> str:
    kinds = (app.markdown, app.caption, app.info, app.error, app.warning, app.title, app.header, app.subheader, app.success)
    return "\n".join(str(one.value) for kind in kinds for one in kind).replace("\\", "")


@pytest.mark.parametrize("page", PAGES)
def test_every_page_runs_on_the_example_and_says_that_it_is_illustrative(page: str) -> None:
    """The invented programme fills every page, and every page that shows it says that it is invented."""
    assert ("Illustrative" in shown(opened(page))) == (page not in WITHOUT_PROGRAMME)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_runs_on_the_public_record(page: str) -> None:
    """The real programme has no ratings and no results; every page says what it can, and calls nothing illustrative."""
    assert "Illustrative" not in shown(opened(page, programme="working-together"))


@pytest.mark.parametrize("page", [one for one in PAGES if one not in LEAD_ONLY])
def test_every_page_runs_on_too_little_for_whoever_only_looks(page: str, database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing at all, then one partner nobody knows the place of: no way to a page that is not in the menu."""
    alone = {"id": ["a"], "name": ["A"], "kind": ["museum"]}
    frame = Tables().organisations
    one = pl.concat([frame, pl.DataFrame(alone, schema_overrides={"kind": frame.schema["kind"]})], how="diagonal")
    with Store(database) as store:
        store.create(Programme("empty", "Empty"), Tables(), author="test", reason="test")
        store.create(Programme("one", "One"), Tables().with_(organisations=one), author="test", reason="test")
    monkeypatch.setenv("WTNET_READ_ONLY", "1")
    opened(page, programme="empty")
    opened(page, programme="one")


@pytest.mark.parametrize("page", PAGES)
def test_every_page_runs_on_an_empty_programme(page: str, database: str) -> None:
    """A programme without a single row leads to a sentence, not to an error."""
    with Store(database) as store:
        store.create(Programme("empty", "Empty"), Tables(), author="test", reason="test")
    opened(page, programme="empty")


@pytest.mark.parametrize("page", PAGES)
def test_hostile_names_never_stand_as_markup(page: str, database: str) -> None:
    """Names from a file are escaped wherever Markdown is drawn: no tag, no directive, no formula comes through."""
    rows = [(f"p{i}", name, kind) for i, (name, kind) in enumerate(zip(HOSTILE, ["museum", "freelancer"] * 4, strict=False))]
    with Store(database) as store:
        store.create(Programme("hostile", HOSTILE[0]), hostile(rows), author=HOSTILE[0], reason=HOSTILE[3])
    app = opened(page, programme="hostile", select="partner:p0", partner="p0")
    for kind in (app.markdown, app.caption, app.info, app.error, app.warning, app.success):
        for one in kind:
            bare = re.sub(r"\\.", "", str(one.value))  # without what is escaped
            assert "<script" not in bare and "<img" not in bare and ":red[" not in bare, one.value


def hostile(rows: list[tuple[str, str, str]]) -> Tables:
    import polars as pl

    from wtnet.tables.model import RawTable

    organisations = pl.DataFrame(rows, schema=["id", "name", "kind"], orient="row").with_columns(
        _row=pl.int_range(2, len(rows) + 2)
    )
    pilots = pl.DataFrame({"id": ["q"], "name": [HOSTILE[1]], "lead": ["p0"], "target_group": [HOSTILE[3]], "_row": [2]})
    waves = pl.DataFrame({"id": ["w"], "name": [HOSTILE[0]], "date": ["2024-01-01"], "_row": [2]})
    ratings = pl.DataFrame(
        {
            "wave": ["w"] * 6,
            "rater": [f"p{i}" for i in range(6)],
            "partner": [f"p{i + 1}" for i in range(6)],
            "level": ["3"] * 6,
            "_row": range(2, 8),
        }
    )
    quotes = pl.DataFrame({"text": [HOSTILE[0]], "pilot": ["q"], "attribution": [HOSTILE[1]], "sharing": ["public"], "_row": [2]})
    tables = {"organisations": organisations, "pilots": pilots, "waves": waves, "ratings": ratings, "quotes": quotes}
    checked = check(Raw("workbook", tuple(RawTable(name, frame, "hostile.xlsx", name) for name, frame in tables.items())))
    assert checked.ok, checked.problems
    return checked.tables


def test_a_link_to_things_that_are_not_there_opens_the_nearest_view_and_says_so() -> None:
    """Programme, wave, partner, indicator, pilot and size that nobody knows: named in a sentence, and the rest is shown."""
    app = opened(
        "pages/side_by_side.py", programme="nowhere", wave="never", select="partner:nobody", indicator="nothing", size="huge"
    )
    for word in ("nowhere", "never", "nobody", "nothing", "huge"):
        assert word in shown(app)


@pytest.mark.parametrize("value", ["", "🙂", "'; drop table", "<b>", "x" * 5_000, "NaN", "-1", "1e309"])
def test_links_with_nonsense_never_break_a_page(value: str) -> None:
    """Every choice a link can carry, filled with nonsense."""
    opened("pages/side_by_side.py", **dict.fromkeys(address.names(), value))
