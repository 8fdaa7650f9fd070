"""A programme full of what must not be seen: no name, answer, comment or small number of it in anything that is made of it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import pytest

from tests.support import prepared, private
from tests.support.app import LEAD_ONLY, PAGES, opened
from tests.support.private import CLINIC, NUMBERS, PUBLIC, leaks, sent, unpacked
from wtnet.access import Person, links, redact
from wtnet.network import Scope
from wtnet.store import Programme, Store
from wtnet.ui.frame import cached
from wtnet.ui.frame.page import PageContext
from wtnet.ui.parts import downloads
from wtnet.writers import FORMATS, prepare, write
from wtnet.writers.export import Export
from wtnet.writers.tables import give_back

AUDIENCES = ("public", "partners")


@cache
def _file() -> bytes:
    """The database with the programme in it, made once."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "app.db"
        private.stored(f"sqlite:///{path}").close()
        return path.read_bytes()


@pytest.fixture
def address(no_database: str) -> str:
    """A database with the programme in it, and stories that were saved while the museum was shown."""
    Path(no_database.removeprefix("sqlite:///")).write_bytes(_file())
    return no_database


@pytest.fixture(scope="module")
def read_alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The same for commands that write nothing: one database for all of them, loaded once."""
    path = tmp_path_factory.mktemp("privacy") / "app.db"
    path.write_bytes(_file())
    with prepared.known_again("nasty"):
        yield f"sqlite:///{path}"


def test_whoever_looks_for_leaks_finds_them(exports: dict[str, Export]) -> None:
    """In the tables as the lead has them, and in a file of every kind of packing: else the tests below could not fail."""
    told = "".join(frame.write_csv() for frame in private.tables().frames.values())
    assert set(leaks(told, "public")) >= {*private.NAMES["public"], *private.CANARIES[:2], private.FREELANCERS}
    for format in ("csv", "report", "html", "pptx", "graphml"):
        found = leaks(unpacked(write(format, exports["lead"])), "public")
        assert {"Zoë Élan", "Quay Clinic"} <= set(found), (format, found)


@pytest.mark.parametrize("viewer", [None, PUBLIC])
@pytest.mark.parametrize("audience", AUDIENCES)
def test_redacted_tables_hold_none_of_it(audience: str, viewer: str | None) -> None:
    seen = redact(private.tables(), audience, NUMBERS, viewer)
    told = "\n".join(frame.write_csv() for name, frame in seen.frames.items() if not (viewer and name == "ratings"))
    assert leaks(told, audience) == []
    if viewer is None:
        assert seen.ratings.select("level", "contact", "openness", "comment").null_count().row(0) == (seen.ratings.height,) * 4


def _thorough(*case: object) -> Any:
    return pytest.param(*case, marks=pytest.mark.thorough)


DEAR = ("report", "pptx", "png", "pdf")
"""Formats that the gate makes for everybody alone: partners have more of the same."""


@pytest.mark.parametrize(
    ("format", "audience"),
    [
        _thorough(writer.id, who) if who == "partners" and writer.id in DEAR else (writer.id, who)
        for writer in FORMATS
        if writer.id != "give-back"
        for who in AUDIENCES
    ],
)
def test_a_file_of_any_format_holds_none_of_it(format: str, audience: str, exports: dict[str, Export]) -> None:
    assert leaks(unpacked(write(format, exports[audience])), audience) == []


@pytest.fixture(scope="module")
def exports() -> dict[str, Export]:
    made = date(2025, 6, 1)
    return {
        who: prepare(Programme("nasty", "Nasty"), private.tables(), Scope(), made, who, NUMBERS) for who in ("lead", *AUDIENCES)
    }


def test_what_is_given_back_to_a_partner_holds_its_own_name_and_no_other(exports: dict[str, Export]) -> None:
    """A workbook each; no comment of another; the figures on few people withheld."""
    for file, data in give_back.each(exports["lead"]):
        name = file.removesuffix(".xlsx")
        book = openpyxl.load_workbook(io.BytesIO(data))
        told = {sheet.title: "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row) for sheet in book}
        for sheet, words in told.items():
            found = leaks(words, "partners", but=name)
            own = sheet in ("Profile", "Your answers", "Your partnerships", "Your pilots") or (
                (name, sheet) == ("Tide Group", "What you said of findings")  # it alone answered, and reads what it said
            )
            assert [one for one in found if not (own and one in private.CANARIES)] == [], (name, sheet, found)
        assert "What others answered" not in told


ASKED: tuple[tuple[str, ...], ...] = (
    ("impact",),
    ("impact", "--of", "pilots", "--json"),
    ("impact", "--of", "results", "--csv", "--pilot", "Zoë Élan sings", "--wave", "since-zoe-elan"),
    ("story", "--partner", PUBLIC),
    ("story", "--saved", "{audience}-1"),
)
ASKED_OF_EVERYBODY: tuple[tuple[str, ...], ...] = (
    ("story", "--pilot", "zoe-elan-sings"),
    ("story", "--saved", "{audience}-2"),
    ("export", "--format", "csv", "--wave", "since-zoe-elan"),
    ("export", "--format", "gexf", "--pilot", "Zoë Élan sings"),
    ("export", "--format", "report", "--partner", PUBLIC),
    ("export", "--format", "pptx", "--pilot", "tides"),
)
"""What the gate asks as everybody alone."""


@pytest.mark.parametrize(
    ("words", "audience"),
    [
        *((words, audience) for words in ASKED for audience in AUDIENCES),
        *((words, "public") for words in ASKED_OF_EVERYBODY),
        *(_thorough(words, "partners") for words in ASKED_OF_EVERYBODY),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(value),
)
def test_a_command_for_an_audience_says_none_of_it(
    words: tuple[str, ...], audience: str, read_alone: str, run: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    """What is asked for by its real name is found, and told under the other."""
    verb, *more = (word.format(audience=audience) for word in words)
    out = ["--out", tmp_path / "made"] if verb == "export" else []
    code, said, complained = run("--database", read_alone, verb, "--programme", "nasty", "--audience", audience, *more, *out)
    assert code == 0, complained
    told = said + complained + (unpacked((tmp_path / "made").read_bytes()) if out else "")
    assert leaks(told, audience) == []


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_story_of_whoever_is_hidden_since_is_refused(
    audience: str, read_alone: str, run: Callable[..., tuple[int, str, str]]
) -> None:
    code, said, complained = run(
        "--database", read_alone, "story", "--programme", "nasty", "--audience", audience, "--saved", f"{audience}-0"
    )
    assert code == 2 and leaks(said + complained, audience) == []


@pytest.mark.parametrize("audience", AUDIENCES)
def test_no_page_sends_any_of_it(audience: str, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every page, for everybody on a server that is read only and for partners by a link; something selected on each."""
    params = {"programme": "nasty", "select": f"partner:{PUBLIC}", "partner": PUBLIC, "story": f"{audience}-1"}
    if audience == "public":
        monkeypatch.setenv("WTNET_READ_ONLY", "1")
    else:
        with Store(address) as store:
            params["link"] = links.token(store, links.make(store, "nasty", date.today() + timedelta(days=1), "partners"))
    app = opened("pages/side_by_side.py", **params)
    found = {"pages/side_by_side.py": leaks(sent(app), audience)}
    assert "Gull Gallery" in sent(app)
    for page in PAGES:
        if page not in LEAD_ONLY | set(found):
            for name, value in params.items():
                app.query_params[name] = value
            app.switch_page(page).run()
            assert not app.exception, (page, [one.message for one in app.exception])
            found[page] = leaks(sent(app), audience)
    assert {page: one for page, one in found.items() if one} == {}


def test_a_partner_who_is_hidden_from_others_is_itself_in_what_it_takes_away(address: str) -> None:
    """Under its own name, with what was said of it; nobody else has the name it has elsewhere."""
    me = Person("partner", "signed in", "Clinic", ("nasty",), CLINIC)
    at = cached.Edition(cached.revision("nasty"), "partners", CLINIC)
    here = PageContext(
        cached.store().programme("nasty"), at.revision, cached.tables("nasty", at), "since-zoe-elan", "partners", me
    )
    export = downloads.export(here, Scope(wave=here.wave))
    names = export.tables.organisations["name"].to_list()
    assert "Quay Clinic" in names and len(set(names)) == len(names) and "Old Harbour Museum" not in names
    told = leaks(unpacked(write("csv", export)), "partners", but="Quay Clinic")
    assert [one for one in told if one != "kanarie"] == []  # the word stands in its own address too


def test_the_lead_is_told_on_the_sharing_page_what_to_read(address: str) -> None:
    """A pilot that a hidden partner leads, where it has a description; nothing where there is nothing to judge."""
    with Store(address) as store:
        tables = store.load("nasty")
        told = tables.pilots.with_columns(
            description=tables.pilots["id"].replace_strict({"zoe-elan-sings": "By a harpist"}, default=None)
        )
        assert not opened("pages/sharing.py", programme="nasty").warning
        store.commit("nasty", tables.with_(pilots=told), base=store.head("nasty"), author="Lead", reason="described")
    page = opened("pages/sharing.py", programme="nasty")
    assert "Read these yourself" in page.warning[0].value
    assert any("Zoë Élan sings" in one.value for one in page.markdown)
