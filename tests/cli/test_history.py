"""The commands about what was: history, diff, undo, redo, restore, export of a revision, backup and restore-backup."""

import json
import zipfile
from pathlib import Path

import pytest

from tests.support import prepared
from tests.support.stored import everything, partners, whole
from wtnet.store import Programme, Store
from wtnet.tables import Tables

pytestmark = pytest.mark.on_postgresql("thorough")


@pytest.fixture(autouse=True)
def url(store_url, monkeypatch) -> str:
    monkeypatch.setenv("WTNET_DATABASE_URL", store_url)
    return store_url


def _three(store: Store) -> None:
    """A programme "Mine" with three revisions: one partner, two, and the first renamed."""
    states = [partners("A"), partners("A", "B"), partners("Anna", "B")]
    made = store.create(Programme("mine", "Mine"), Tables({"organisations": states[0]}), "Ada", "first")
    for state in states[1:]:
        made = store.commit("mine", Tables({"organisations": state}), base=made.id, author="Ben", reason="then", kind="edit")


@pytest.fixture
def three(url) -> list[int]:
    """The numbers of the three revisions, the first one first."""
    if url.startswith("sqlite"):
        prepared.copied(Path(url.removeprefix("sqlite:///")), _three).close()
    with Store(url) as store:
        if not store.programmes():
            _three(store)
        return [revision.id for revision in reversed(store.history("mine"))]


def names(url: str) -> list[str]:
    with Store(url) as store:
        return store.load("mine").organisations["name"].to_list()


@pytest.mark.parametrize(
    "arguments",
    [
        ["history", "nonsense"],
        ["history", "--programme", "nonsense"],
        ["diff", "nonsense", 1],
        ["undo", "nonsense"],
        ["redo", "nonsense"],
        ["restore", "nonsense", "--revision", 1],
    ],
)
def test_an_unknown_programme_is_one_sentence_that_names_those_there_are(run, three, arguments):
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err == 'There is no programme "nonsense"; there are: mine (Mine).\n'


@pytest.mark.parametrize(
    "arguments",
    [
        ["history"],
        ["history", "mine", "--programme", "mine"],
        ["diff", "mine"],
        ["diff", "mine", "first"],
        ["restore", "mine"],
        ["restore", "mine", "--revision", "one"],
        ["backup"],
        ["restore-backup"],
        ["undo"],
    ],
)
def test_a_command_written_wrongly_is_one_sentence(run, three, arguments):
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1 and "--help" in err


@pytest.mark.parametrize("revision", [0, -1, 999, 2**70])
def test_a_revision_that_is_not_there_is_one_sentence(run, three, revision):
    for arguments in (["diff", "mine", "--", revision], ["restore", "mine", f"--revision={revision}"]):
        code, out, err = run(*arguments)
        assert (code, out) == (2, "")
        assert f"has no revision {revision}; its history lists" in err


@pytest.mark.on_postgresql("always")
def test_history_lists_every_revision_the_last_one_first(run, three):
    code, out, _ = run("history", "Mine")
    assert code == 0
    lines = out.splitlines()
    assert lines[0].split() == ["revision", "when", "who", "how", "what", "why"]
    assert [line.split()[0] for line in lines[2:]] == [str(one) for one in reversed(three)]
    assert "1 partner changed" in lines[2] and "Ben" in lines[2]
    assert [one["id"] for one in json.loads(run("history", "mine", "--json")[1])] == three[::-1]
    assert run("history", "--programme", "mine")[1] == out


def test_diff_says_in_words_what_differs(run, three):
    assert run("diff", "mine", three[0], three[2]) == (0, "1 partner added: B\nA: name “A” → “Anna”\n", "")
    assert run("diff", "mine", three[0])[1] == "1 partner added: B\nA: name “A” → “Anna”\n"
    assert run("diff", "mine", three[2], three[1])[1] == "Anna: name “Anna” → “A”\n"
    assert run("diff", "mine", three[1], three[2], "--limit", 0)[1] == "1 partner changed\n"
    assert "Nothing differs" in run("diff", "mine", three[1], three[1])[1]
    told = json.loads(run("diff", "mine", three[0], "--json")[1])
    assert told == {
        "programme": "mine",
        "from": three[0],
        "to": three[2],
        "changes": ["1 partner added: B", "A: name “A” → “Anna”"],
    }


def test_undo_and_redo_go_back_and_forth_and_say_which_change(run, three, url):
    code, out, _ = run("undo", "mine", "--reason", "a mistake")
    assert code == 0
    assert out.splitlines()[0] == f"Took back revision {three[2]} by Ben: 1 partner changed."
    assert names(url) == ["A", "B"]
    run("undo", "mine")
    assert names(url) == ["A"]
    code, out, err = run("undo", "mine")
    assert (code, out) == (2, "")
    assert err == 'There is nothing to undo in "mine"; its history lists every change.\n'
    assert run("redo", "mine")[1].splitlines()[0] == f"Made again revision {three[1]} by Ben: 1 partner added."
    run("redo", "mine")
    assert names(url) == ["Anna", "B"]
    assert run("redo", "mine")[0] == 2
    assert "a mistake" in run("history", "mine")[1]


def test_restore_brings_an_earlier_revision_back_as_a_new_one(run, three, url):
    code, out, _ = run("restore", "mine", "--revision", three[0])
    assert code == 0
    assert out.startswith(f"Back to revision {three[0]}. Stored as revision ")
    assert names(url) == ["A"]
    assert "already; nothing was stored" in run("restore", "mine", "--revision", three[0])[1]


def test_export_and_measures_can_be_of_an_earlier_revision(run, three, tmp_path):
    for revision, rows in ((three[0], 1), (three[1], 2)):
        out = tmp_path / f"{revision}.zip"
        code, said, err = run("export", "--programme", "mine", "--revision", revision, "--format", "csv", "--out", out)
        assert (code, err) == (0, ""), said
        with zipfile.ZipFile(out) as packed:
            table = next(name for name in packed.namelist() if name.endswith("organisations.csv"))
            assert len(packed.read(table).decode().splitlines()) == rows + 1
        found = json.loads(run("measures", "--programme", "mine", "--revision", revision, "--of", "partners", "--json")[1])
        assert len(found) == rows
    assert run("measures", "--programme", "mine", "--revision", 999, "--of", "partners")[0] == 2


def test_a_file_has_no_revisions(run, tmp_path):
    (tmp_path / "organisations.csv").write_text("id,name,kind\na,A,museum\n")
    code, _, err = run("measures", tmp_path / "organisations.csv", "--revision", 1, "--of", "partners")
    assert code == 2
    assert "A file has no revisions" in err


# -- backup -----------------------------------------------------------------------------------------------------


def test_a_backup_restored_into_a_new_database_is_the_same_store(run, three, url, tmp_path):
    code, out, _ = run("backup", "--out", tmp_path / "all.zip")
    assert code == 0
    assert out == f"Written: {tmp_path / 'all.zip'} (1 programme, 3 revisions, 3 rows).\n"
    there = f"sqlite:///{tmp_path / 'there' / 'store.db'}"
    code, out, _ = run("--database", there, "restore-backup", tmp_path / "all.zip")
    assert code == 0
    assert "1 programme, 3 revisions" in out
    with Store(url) as one, Store(there) as other:
        assert everything(one) == everything(other)


def test_a_database_with_programmes_is_replaced_only_if_that_is_said_and_accepted(run, three, url, tmp_path):
    run("backup", "--out", tmp_path / "all.zip")
    with Store(url) as store:
        store.create(Programme("new", "New"), whole(), "me", "why")
    code, _, err = run("restore-backup", tmp_path / "all.zip")
    assert code == 2
    assert "holds 2 programmes already" in err and "--replace" in err
    code, out, err = run("restore-backup", tmp_path / "all.zip", "--replace")
    assert code == 1
    assert out == "This would remove, with every revision: Mine, New.\n"
    assert "add --yes to accept" in err
    with Store(url) as store:
        assert len(store.programmes()) == 2
    assert run("restore-backup", tmp_path / "all.zip", "--replace", "--yes")[0] == 0
    with Store(url) as store:
        assert [one.id for one in store.programmes()] == ["mine"]


def test_what_is_no_backup_or_in_the_way_of_one_is_one_sentence(run, three, tmp_path):
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear all")
    for arguments, words in (
        (["restore-backup", letter, "--replace", "--yes"], "no backup of this program"),
        (["restore-backup", tmp_path / "missing.zip"], "There is no file"),
        (["backup", "--out", letter], "is there already and is no backup"),
        (["backup", "--out", tmp_path / "nowhere" / "all.zip"], "cannot be written"),
    ):
        code, _, err = run(*arguments)
        assert code == 2
        assert words in err and err.count("\n") == 1
    assert letter.read_text() == "Dear all"


def test_what_is_told_never_steers_the_terminal(run, url):
    with Store(url) as store:
        made = store.create(Programme("mine", "Mine"), Tables({"organisations": partners("A")}), "Ada\x1b[31m", "why")
        store.commit("mine", Tables({"organisations": partners("B\x1b[2J")}), base=made.id, author="Ada\x1b[31m", reason="\x07")
    for arguments in (["history", "mine"], ["diff", "mine", made.id], ["undo", "mine"]):
        out = run(*arguments)[1]
        assert out and "\x1b" not in out and "\x07" not in out


def test_every_command_has_its_help(run):
    for verb in ("history", "diff", "undo", "redo", "restore", "backup", "restore-backup"):
        code, out, _ = run(verb, "--help")
        assert code == 0 and "usage: python -m wtnet" in out


def test_a_backup_is_not_made_over_the_database_itself(run, tmp_path):
    file = tmp_path / "own.db"
    file.write_bytes(prepared.shipped())
    assert run("--database", f"sqlite:///{file}", "programmes")[0] == 0
    before = file.read_bytes()
    code, _, err = run("--database", f"sqlite:///{file}", "backup", "--out", file)
    assert code == 2
    assert "is there already and is no backup" in err
    assert file.read_bytes() == before
