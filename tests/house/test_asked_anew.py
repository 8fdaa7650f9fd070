"""Who may do what is asked in the moment of doing it: not when the page with the button was drawn."""

from __future__ import annotations

import ast
import inspect
import json
import logging
import sqlite3
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.support.app import opened, shown
from tests.support.impact import kept, small
from tests.support.paths import ROOT
from wtnet.access import Person, links
from wtnet.errors import InvalidRequest, StoreError
from wtnet.store import Programme, Store
from wtnet.stories import saved
from wtnet.tables import Tables
from wtnet.ui.frame import log, server, sign_in
from wtnet.ui.frame.page import PageContext
from wtnet.ui.frame.sign_in import Credentials
from wtnet.ui.parts import downloads

pytestmark = pytest.mark.usefixtures("database")

TOMORROW = date.today() + timedelta(days=1)
SCREEN = [*sorted((ROOT / "wtnet" / "ui").rglob("*.py")), *sorted((ROOT / "pages").glob("*.py")), ROOT / "app.py"]
WRITES: dict[str, Callable[[Store], object]] = {
    "create": lambda store: store.create(Programme("x", "X"), Tables(), "a", "b"),
    "seed": lambda store: store.seed([(Programme("x", "X"), Tables())], "a", "b"),
    "arrange": lambda store: store.arrange("example", {"o": (0.0, 0.0)}),
    "unarrange": lambda store: store.unarrange("example"),
    "erase": lambda store: store.erase("example", "robin-larkmead", str, "a"),
    "delete": lambda store: store.delete("example"),
    "remember": lambda store: store.remember("x", 1),
    "amend": lambda store: store.amend("x", lambda _: 1),
    "commit": lambda store: store.commit("example", Tables(), base=1, author="a", reason="b"),
    "undo": lambda store: store.undo("example", "a"),
    "redo": lambda store: store.redo("example", "a"),
    "restore": lambda store: store.restore("example", 1, "a"),
    "describe": lambda store: store.describe("example", {"licence": "CC0"}, author="a", reason="b"),
    "restore_backup": lambda store: store.restore_backup("none.zip"),
}


# -- writing ----------------------------------------------------------------------------------------------------


def test_every_method_of_the_store_that_writes_is_known_here() -> None:
    """So that the two tests below hold for a method that is added."""
    inside = {"writing", "_step", "_stepping"}
    tree = ast.parse(inspect.getsource(Store))
    found = {
        one.name
        for one in ast.walk(tree)
        if isinstance(one, ast.FunctionDef) and not one.name.startswith("_")
        if any(isinstance(part, ast.Attribute) and part.attr in inside for part in ast.walk(one))
    }
    assert found == set(WRITES)


@pytest.mark.parametrize("name", WRITES)
def test_whoever_looks_has_a_store_that_writes_nothing(name: str, tmp_path: Path, database: str) -> None:
    (tmp_path / "none.zip").write_bytes(b"")
    with Store(database) as store:
        before = store.history("example"), store.settings(""), store.arrangement("example")
        with pytest.raises((StoreError, InvalidRequest) if name != "restore_backup" else Exception):
            WRITES[name](store.read_only())
        assert (store.history("example"), store.settings(""), store.arrangement("example")) == before
        assert store.find("x") is None


def test_pages_get_the_store_that_writes_only_by_asking_who_is_there() -> None:
    """`cached.unguarded_store` writes for anybody: it stands where rights are asked, and where a personal link says whose form
    it is."""
    found = {path.name for path in SCREEN if "cached.unguarded_store" in path.read_text(encoding="utf-8")}
    assert found == {"sign_in.py", "form.py"}
    makes = {path.name for path in SCREEN if "Store(" in path.read_text(encoding="utf-8")}
    assert makes == {"cached.py", "server.py"}


def test_a_story_is_not_saved_or_removed_when_the_role_has_gone(
    database: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The lead has the talk open; then the role is taken away, and the buttons are pressed."""
    kept(database, small())
    app = opened("pages/present.py", programme="small")
    app.button(key="story_draft").click().run()
    with Store(database) as store:
        monkeypatch.setenv("WTNET_READ_ONLY", "1")
        app.button(key="story_save").click().run()
        assert not app.exception and saved.stories(store, "small") == []
        assert "Nothing was stored: you may look" in shown(app)
        monkeypatch.delenv("WTNET_READ_ONLY")
        app = opened("pages/present.py", programme="small")
        app.button(key="story_draft").click().run()
        app.button(key="story_save").click().run()
        assert len(saved.stories(store, "small")) == 1
        monkeypatch.setenv("WTNET_READ_ONLY", "1")
        app.button(key="story_remove").click().run()
        assert not app.exception and len(saved.stories(store, "small")) == 1


@pytest.mark.parametrize(("page", "press"), [("sharing", "Make a link"), ("history", "Bring this revision back")])
def test_a_page_of_the_lead_does_nothing_more_when_the_role_has_gone(
    page: str,
    press: str,
    database: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened("pages/side_by_side.py")
    with Store(database) as store:
        before = store.load("example")
        base = store.commit("example", Tables(), base=store.head("example") or 0, author="a", reason="b")
        app = opened(f"pages/{page}.py", programme="example", revision=str(base.parent))
        monkeypatch.setenv("WTNET_READ_ONLY", "1")
        next(one for one in app.button if one.label == press).click().run()
        assert not app.exception and app.title[0].value == "Side by side"  # it is not in the menu any more
        assert links.issued(store) == [] and store.head("example") == base.id and store.load("example") != before


def test_a_role_in_one_programme_writes_to_that_one(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor to another, nor to all."""
    lead = Person("lead", "signed in", "Ann (ann@x.org)", ("p",), everywhere=False)
    monkeypatch.setattr(sign_in, "credentials", lambda: Credentials(address="ann@x.org"))
    monkeypatch.setattr(
        sign_in, "identify", lambda _, programme=None: lead if programme in ("p", None) else Person("viewer", "x")
    )
    assert isinstance(sign_in.writable_store("p"), Store) and sign_in.leads()
    for other in ("q", None):
        with pytest.raises(InvalidRequest, match="Nothing was stored"):
            sign_in.writable_store(other)


# -- parts of a page that are redrawn alone, and files made later -------------------------------------------------


def test_a_person_is_still_there_until_their_link_is_taken_back(database: str) -> None:
    opened("pages/side_by_side.py")
    with Store(database) as store:
        made = links.make(store, "example", TOMORROW)
        came = Credentials(links.token(store, made))
        person = sign_in.identify(came, "example")
        assert person is not None and sign_in.is_unchanged(person, "example", came)
        links.revoke(store, made.id)
        assert not sign_in.is_unchanged(person, "example", came)
    assert not sign_in.is_unchanged(sign_in.LOCAL, "example", Credentials()) and sign_in.is_unchanged(
        sign_in.LOCAL, "example", Credentials("", True)
    )


def _calls(node: ast.AST) -> set[str]:
    return {ast.unparse(one.func) for one in ast.walk(node) if isinstance(one, ast.Call)}


@pytest.fixture(scope="module")
def trees() -> dict[Path, ast.Module]:
    """Every module that knows the screen, parsed, if it has what the two tests below ask for."""
    marks = ("st.fragment", "st.dialog", "st.download_button")
    texts = {path: path.read_text(encoding="utf-8") for path in SCREEN}
    return {path: ast.parse(text) for path, text in texts.items() if any(mark in text for mark in marks)}


def test_whatever_is_redrawn_alone_asks_who_is_there(trees: dict[Path, ast.Module]) -> None:
    """Every fragment and dialog."""
    alone = []
    for path, tree in trees.items():
        for one in ast.walk(tree):
            marks = [ast.unparse(mark) for mark in getattr(one, "decorator_list", [])]
            if any(mark.startswith(("st.fragment", "st.dialog")) for mark in marks):
                alone.append(one)
                assert _calls(one) & {"page.recheck_rights", "page.fragment"}, f"{path.name}: {one.name}"
    assert len(alone) >= 3


def test_every_file_that_is_made_later_is_made_with_care(trees: dict[Path, ast.Module]) -> None:
    """What `st.download_button` calls when it is pressed is wrapped in `downloads.for_download`."""
    later = 0
    for path, tree in trees.items():
        functions = {one.name for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)}
        for one in ast.walk(tree):
            if isinstance(one, ast.Call) and ast.unparse(one.func) == "st.download_button":
                data = one.args[1]
                bare = isinstance(data, ast.Lambda) or ast.unparse(data).startswith("partial(")
                assert not bare and not (isinstance(data, ast.Name) and data.id in functions), f"{path.name}:{one.lineno}"
                later += ast.unparse(data).startswith("for_download(")
    assert later >= 5


def _here(person: Person = sign_in.LOCAL) -> PageContext:
    return PageContext(Programme("p", "P"), 1, Tables(), None, person=person)


def test_a_file_that_cannot_be_made_leaves_a_number_in_the_log_and_no_words(
    app_log: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> bytes:
        raise ValueError("Jo Marsh")

    monkeypatch.setattr(sign_in, "credentials", lambda: Credentials("", True))
    assert downloads.for_download(_here(), lambda: b"file")() == b"file"
    with pytest.raises(downloads.NotMade) as error:
        downloads.for_download(_here(), broken)()
    assert str(error.value) == "" and error.value.__cause__ is None
    line = app_log.records[-1]
    assert (line.msg, line.particulars["error"], len(line.particulars["reference"])) == ("file_failed", "ValueError", 8)
    assert "Jo Marsh" not in str(line.particulars)


def test_no_file_is_made_for_somebody_who_has_lost_the_role(
    app_log: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sign_in, "credentials", lambda: Credentials("", True))
    make = downloads.for_download(_here(), lambda: b"file")
    monkeypatch.setenv("WTNET_READ_ONLY", "1")
    with pytest.raises(downloads.NotMade):
        make()
    assert app_log.records[-1].msg == "file_refused"


def test_streamlit_writes_nothing_of_a_file_that_failed(capfd: pytest.CaptureFixture[str]) -> None:
    """It would write the whole error, words and all."""
    log.withhold_errors()
    assert "withhold_errors()" in inspect.getsource(server.warm)  # with which the server begins
    for name in ("streamlit.runtime.backend_operation_handler", "streamlit.error_util"):
        try:
            raise ValueError("Jo Marsh")
        except ValueError:
            logging.getLogger(name).exception("failed")
    assert "Jo Marsh" not in "".join(capfd.readouterr())


# -- the database --------------------------------------------------------------------------------------------------


def _broken(address: str) -> AppTest:
    """The first page, when the database has lost a table since."""
    opened("pages/side_by_side.py")
    path = address.removeprefix("sqlite:///")
    connection = sqlite3.connect(path)
    connection.execute("ALTER TABLE revisions RENAME TO gone")
    connection.commit()
    connection.close()
    return opened("pages/side_by_side.py")


def test_whoever_looks_is_told_a_number_and_nothing_of_the_server_when_the_database_fails(
    database: str,
    monkeypatch: pytest.MonkeyPatch,
    app_log: pytest.LogCaptureFixture,
) -> None:
    opened("pages/side_by_side.py")
    monkeypatch.setenv("WTNET_READ_ONLY", "1")
    said = shown(_broken(database))
    line = next(one for one in app_log.records if one.msg == "store_failed")
    assert "The data cannot be reached just now" in said and line.particulars["reference"] in said
    assert "app.db" not in said and "app.db" not in str(line.particulars)


def test_the_lead_is_told_which_database_failed_and_the_number(
    database: str,
    app_log: pytest.LogCaptureFixture,
) -> None:
    said = shown(_broken(database))
    line = next(one for one in app_log.records if one.msg == "store_failed")
    assert "app.db" in said and line.particulars["reference"] in said


def test_of_what_a_library_says_the_log_keeps_the_pattern_and_never_what_was_put_in() -> None:
    """A text that was made whole before may hold anything, and an error's words too."""
    made = log.JsonLines()

    def line(*said: object, **more: object) -> dict[str, object]:
        record = logging.getLogger("uvicorn.error").makeRecord("uvicorn.error", 30, "/x/h11.py", 7, *said, **more)  # type: ignore[arg-type]
        return json.loads(made.format(record))

    kept = line("from %s", ("Jo Marsh",), None)
    assert (kept["event"], kept["at"], kept["pattern"]) == ("uvicorn.error", "h11.py:7", "from %s")
    assert "pattern" not in line("from Jo Marsh", (), None)
    assert line("broken", (), (ValueError, ValueError("Jo Marsh"), None))["error"] == "ValueError"
