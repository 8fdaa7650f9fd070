"""Reading apart: the same as reading here; what takes too long, too much memory or dies of a file holds up nobody."""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support import apart_work
from tests.support.app import opened, shown
from tests.support.impact import kept, small
from tests.support.workbooks import book
from wtnet import apart
from wtnet.errors import UnreadableFile
from wtnet.importing import bring
from wtnet.ui.pages.data import review

FILES = [("a.xlsx", book({"organisations": [["id", "name", "kind"], ["a", "A", "museum"], ["b", "", "museum"]]}))]


@pytest.fixture(autouse=True)
def wanted(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Files are read apart; a process that still waits is ended afterwards."""
    monkeypatch.setenv(apart.SETTING, "1")
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    yield
    for process in apart._spare:
        process.kill()
        process.wait()
    apart._spare.clear()


@pytest.fixture
def few(database: str) -> str:
    """A programme of one partner, stored."""
    kept(database, small())
    return "small"


def test_what_is_read_apart_is_what_is_read_here() -> None:
    """Tables, problems and notices; and what it was at was said."""
    said: list[str] = []
    apart.prepare("wtnet.importing")
    there, here = apart.run(bring, FILES, None, None, {}, tell=said.append), bring(FILES, None, None, {})
    assert there.checked.tables == here.checked.tables and there.checked.problems == here.checked.problems != ()
    assert there.raw.notices == here.raw.notices and there.columns == here.columns
    assert "Reading a.xlsx" in said


def test_an_unreadable_file_is_refused_in_the_same_sentence() -> None:
    with pytest.raises(UnreadableFile) as here:
        bring([("a.xlsx", b"PK nonsense")], None, None, {})
    with pytest.raises(UnreadableFile) as there:
        apart.run(bring, [("a.xlsx", b"PK nonsense")], None, None, {})
    assert str(here.value) == str(there.value)


def test_a_prepared_process_does_one_piece_of_work_and_what_is_printed_is_no_answer() -> None:
    apart.prepare()
    waiting = apart._spare[0].pid
    apart.prepare()
    assert apart._spare[0].pid == waiting
    assert apart.run(apart_work.where) == waiting != os.getpid()
    assert apart.run(apart_work.where) != waiting


def test_what_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "SECONDS", 0.5)
    with pytest.raises(UnreadableFile, match="took longer than"):
        apart.run(apart_work.for_ever, name="a.csv")


def test_whoever_waits_may_end_it_at_any_time() -> None:
    class Stopped(Exception):
        pass

    def stop(words: str) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        apart.run(apart_work.for_ever, tell=stop)
    assert apart.run(apart_work.where), "the next file is read"


@pytest.mark.skipif(sys.platform != "linux", reason="only there memory is limited")
def test_what_takes_too_much_memory_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "MEMORY", 300_000_000)
    with pytest.raises(UnreadableFile, match="takes more memory"):
        apart.run(apart_work.take_memory)


def test_a_file_that_a_library_dies_of_ends_only_the_process_apart() -> None:
    with pytest.raises(UnreadableFile, match="broke off"):
        apart.run(apart_work.die)


def test_a_fault_of_the_program_is_told_without_what_was_in_the_file() -> None:
    with pytest.raises(apart.WorkFailed) as error:
        apart.run(apart_work.break_off)
    assert "KeyError" in str(error.value) and "Jo Marsh" not in str(error.value)


def test_where_no_process_can_be_started_the_work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*modules: str) -> None:
        raise OSError

    monkeypatch.setattr(apart, "_start", refused)
    apart.prepare()
    assert apart.run(apart_work.where) == os.getpid()


def test_the_data_page_reads_apart_and_says_when_it_was_stopped(few: str) -> None:
    app = opened("pages/data.py", programme=few)
    app.file_uploader(key="upload_0").set_value((*FILES[0], "application/octet-stream")).run()
    assert not app.exception and "a.xlsx" in shown(app) and "name" in shown(app)
    assert "stop_reading" not in [button.key for button in app.button], "there is nothing to stop any more"
    again = opened("pages/data.py", {"stop_reading": True, "upload_round": 0}, programme=few)
    assert "Reading was stopped; nothing was stored" in shown(again)


@pytest.mark.parametrize(("kind", "work"), [("musem", "marked"), ("museum", "likely_duplicates")])
def test_what_a_large_upload_asks_for_after_reading_is_done_apart_too(
    few: str, monkeypatch: pytest.MonkeyPatch, kind: str, work: str
) -> None:
    """Marking its cells, and finding likely duplicates in it; of a small one that is quicker than another process."""
    done: list[str] = []

    def run(work: Callable[..., Any], *given: Any, **more: Any) -> Any:
        done.append(work.__name__)
        return pickle.loads(pickle.dumps(work))(*pickle.loads(pickle.dumps(given)))

    monkeypatch.setattr(apart, "run", run)
    rows = f"id,name,kind\na,Arts House,{kind}\nb,Arts Hause,{kind}\n".encode()
    for most, expected in ((10_000, ["bring"]), (0, ["bring", work])):
        monkeypatch.setattr(review, "_MARKED_HERE", most)
        monkeypatch.setattr(review, "_COMPARED_HERE", most)
        app = opened("pages/data.py", programme=few)
        app.file_uploader(key="upload_0").set_value(("organisations.csv", rows, "text/csv")).run()
        assert not app.exception and done == expected
        assert ("Arts Hause" in shown(app)) if work == "likely_duplicates" else "to mend first" in shown(app)
        done.clear()


def test_what_takes_too_long_after_reading_is_gone_without(few: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(work: Callable[..., Any], *given: Any, **more: Any) -> Any:
        if work.__name__ != "bring":
            raise UnreadableFile("took longer")
        return work(*given)

    monkeypatch.setattr(apart, "run", run)
    monkeypatch.setattr(review, "_COMPARED_HERE", 0)
    app = opened("pages/data.py", programme=few)
    app.file_uploader(key="upload_0").set_value(("organisations.csv", b"id,name,kind\na,A,museum\n", "text/csv")).run()
    assert not app.exception and "could not be compared by name" in shown(app) and "What would change" in shown(app)
