"""A backup holds every programme with every revision, and a store restored from it is the same in every number."""

import json
import sys
import threading
import zipfile
from contextlib import ExitStack
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest

from tests.support import prepared
from tests.support.databases import KINDS
from tests.support.stored import ONE, everything, partners, whole
from wtnet.errors import InvalidRequest, UnreadableFile, WtnetError
from wtnet.store import BackupContents, Programme, Store, roles_of_backup
from wtnet.tables import Tables

pytestmark = pytest.mark.on_postgresql("thorough")


def filled(url: str) -> Store:
    """A store filled as `_fill` does; of SQLite a copy of one."""
    if url.startswith("sqlite"):
        prepared.copied(Path(url.removeprefix("sqlite:///")), _fill).close()
    store = Store(url, wait=0.2)
    if not store.programmes():
        _fill(store)
    return store


def _fill(store: Store) -> None:
    """Two programmes, several revisions of one, one undone; a partner put by hand on the map, a setting remembered."""
    made = store.create(ONE, whole(), "Ada", "first")
    store.create(Programme("zwei", "Zwei · 二", illustrative=True), Tables(), "Ben", "leer")
    made = store.commit("one", whole().with_(organisations=partners("A")), base=made.id, author="Ben", reason="less")
    store.commit("one", Tables({"organisations": partners("A", "B")}), base=made.id, author="Ben", reason="more")
    store.undo("one", "Ada")
    store.describe("zwei", {"licence": "CC BY 4.0"}, author="Ben", reason="asked")
    store.arrange("one", {"o0": (0.1 + 0.2, -3.0)})
    store.remember("columns/x", {"Who": "rater"})


@pytest.fixture(params=KINDS)
def kind(request) -> str:
    return request.param


@pytest.fixture
def store(kind, empty_database):
    with filled(empty_database(kind)) as opened:
        yield opened


@pytest.fixture(scope="module")
def standing(request, tmp_path_factory):
    """A filled store of each kind for tests that leave it as it was."""
    with ExitStack() as stack:
        addresses = {
            "sqlite": lambda: f"sqlite:///{tmp_path_factory.mktemp('standing')}/a.db",
            "postgresql": lambda: stack.enter_context(request.getfixturevalue("postgres").fresh()),
        }
        yield cache(lambda kind: stack.enter_context(filled(addresses[kind]())))


@pytest.fixture
def backup(standing, tmp_path) -> Path:
    """A backup of the filled store."""
    standing("sqlite").backup(tmp_path / "all.zip")
    return tmp_path / "all.zip"


def repacked(backup: Path, change, also=None) -> Path:
    """The backup with some members changed (null leaves one out) and their checksums made right again."""
    with zipfile.ZipFile(backup) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    change(members)
    about = json.loads(members["manifest.json"])
    for name, declared in about["tables"].items():
        if (data := members.get(f"{name}.ndjson")) is not None:
            declared.update(sha256=sha256(data).hexdigest())
    if also:
        also(about)
    members["manifest.json"] = json.dumps(about).encode()
    out = backup.with_name("changed.zip")
    with zipfile.ZipFile(out, "w") as packed:
        for name, data in members.items():
            if data is not None:
                packed.writestr(name, data)
    return out


# -- there and back ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("target", KINDS)
def test_a_backup_of_one_programme_restores_to_it_alone_with_what_is_remembered_for_it(kind, target, empty_database, tmp_path):
    """Every revision, its map and its settings; of others and of the whole server nothing."""
    with filled(empty_database(kind)) as store, Store(empty_database(target)) as other:
        for name in ("story:one:s", "survey-asked:one:w", "story:zwei:s", "story:one2:s", "roles", "links:one"):
            store.remember(name, [name])
        for one in ("one", "zwei"):
            store.describe(one, {"source": f"files of {one}"}, author="Ada", reason="where it is from")
        held = store.backup(tmp_path / "one.zip", "one")
        assert (held.programmes, held.revisions) == (1, len(store.history("one")))
        other.restore_backup(tmp_path / "one.zip")
        assert [one.id for one in other.programmes()] == ["one"] and other.history("one") == store.history("one")
        assert all(other.load("one", one.id) == store.load("one", one.id) for one in store.history("one"))
        assert other.arrangement("one") == store.arrangement("one")
        assert set(other.settings("")) == {"story:one:s", "survey-asked:one:w", "links:one"}
        assert other.undo("one", "me") and other.programme("one").source == ONE.source
        other.commit("one", Tables(), base=other.head("one"), author="me", reason="goes on")
        with pytest.raises(InvalidRequest, match="no programme"):
            store.backup(tmp_path / "none.zip", "none")


@pytest.mark.parametrize("target", KINDS)
def test_an_empty_store_backs_up_and_restores_to_an_empty_store(kind, target, empty_database, tmp_path):
    with Store(empty_database(kind)) as store, Store(empty_database(target)) as other:
        assert store.backup(tmp_path / "none.zip") == BackupContents(0, 0, 0)
        assert other.restore_backup(tmp_path / "none.zip") == BackupContents(0, 0, 0)
        assert everything(other) == everything(store)
        other.create(ONE, whole(), "me", "why")


@pytest.mark.parametrize("target", KINDS)
@pytest.mark.on_postgresql("always")
def test_a_store_restored_from_a_backup_is_identical_from_either_database_to_either(store, target, empty_database, tmp_path):
    held = store.backup(tmp_path / "all.zip")
    assert (held.programmes, held.revisions) == (2, 6)
    with Store(empty_database(target)) as other:
        assert other.restore_backup(tmp_path / "all.zip") == held
        assert everything(other) == everything(store)
        assert other.programmes() == store.programmes()
        assert other.history("one") == store.history("one")
        for revision in store.history("one"):
            assert other.load("one", revision.id) == store.load("one", revision.id)
        assert other.arrangement("one") == store.arrangement("one")
        assert other.settings("columns/") == {"columns/x": {"Who": "rater"}}


@pytest.mark.parametrize("target", KINDS)
def test_a_restored_store_goes_on_with_new_numbers_and_its_undo_and_redo(store, target, empty_database, tmp_path):
    store.backup(tmp_path / "all.zip")
    with Store(empty_database(target)) as other:
        other.restore_backup(tmp_path / "all.zip")
        last = max(one.id for name in ("one", "zwei") for one in store.history(name))
        assert other.redo("one", "Cleo").id > last
        assert other.load("one").organisations["name"].to_list() == ["A", "B"]
        other.create(Programme("new", "New"), whole(), "me", "why")
        assert other.load("new") == whole()


def test_a_backup_of_a_restored_store_holds_the_same_again(store, empty_database, tmp_path):
    store.backup(tmp_path / "all.zip")
    with Store(empty_database("sqlite")) as other:
        other.restore_backup(tmp_path / "all.zip")
        other.backup(tmp_path / "again.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as one, zipfile.ZipFile(tmp_path / "again.zip") as two:
        members = sorted(one.namelist())
        assert members == sorted(two.namelist())
        assert all(one.read(name) == two.read(name) for name in members if name != "manifest.json")


# -- nothing is written over ------------------------------------------------------------------------------------


def test_a_store_with_programmes_is_replaced_only_if_that_is_said(store, backup):
    before = everything(store)
    with pytest.raises(InvalidRequest, match="holds 2 programmes already"):
        store.restore_backup(backup)
    assert everything(store) == before
    store.create(Programme("three", "Three"), Tables(), "me", "why")
    store.restore_backup(backup, replace=True)
    assert [one.id for one in store.programmes()] == ["one", "zwei"]
    assert store.load("one") == whole().with_(organisations=partners("A"))


def test_a_backup_takes_the_place_of_a_backup_but_of_no_other_file(store, tmp_path):
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear all")
    folder = tmp_path / "folder"
    folder.mkdir()
    for target in (letter, folder):
        with pytest.raises(InvalidRequest, match="is there already and is no backup"):
            store.backup(target)
    assert letter.read_text() == "Dear all"
    store.backup(tmp_path / "all.zip")
    store.create(Programme("three", "Three"), Tables(), "me", "why")
    assert store.backup(tmp_path / "all.zip").programmes == 3
    assert sorted(one.name for one in tmp_path.glob("*") if one.suffix in (".zip", ".part")) == ["all.zip"]


def test_a_backup_that_cannot_be_written_is_a_sentence(store, tmp_path):
    with pytest.raises(InvalidRequest, match="cannot be written"):
        store.backup(tmp_path / "no such folder" / "all.zip")


def test_a_full_disk_leaves_the_backup_that_was_there(store, tmp_path, monkeypatch):
    """The system itself refuses to let the file grow, as a full disk does."""
    resource = pytest.importorskip("resource", reason="this system has no limits on the size of a file")
    store.backup(tmp_path / "all.zip")
    before = (tmp_path / "all.zip").read_bytes()
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # a compiled module cut off would stay for all others
    try:
        for room in (0, 100, 2_000):
            resource.setrlimit(resource.RLIMIT_FSIZE, (room, usual[1]))
            with pytest.raises(InvalidRequest, match="cannot be written"):
                store.backup(tmp_path / "all.zip")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
    assert (tmp_path / "all.zip").read_bytes() == before
    assert list(tmp_path.glob("*.part")) == list(tmp_path.glob(".*.part")) == []


@pytest.mark.on_postgresql("always")
def test_a_backup_made_while_others_save_is_one_moment_of_the_store(store, empty_database, tmp_path):
    stop = threading.Event()

    def saves() -> None:
        nth = 0
        while not stop.is_set():
            nth += 1
            tables = Tables({"organisations": partners(*[f"{nth}"] * (2 + nth % 3))})
            store.commit("one", tables, base=store.head("one"), author="me", reason=f"{nth}")

    writer = threading.Thread(target=saves)
    writer.start()
    try:
        for nth in range(2):
            store.backup(tmp_path / f"{nth}.zip")
    finally:
        stop.set()
        writer.join()
    for nth in range(2):
        with Store(empty_database("sqlite")) as other:
            other.restore_backup(tmp_path / f"{nth}.zip")
            for revision in other.history("one"):
                assert other.load("one", revision.id) == store.load("one", revision.id)


# -- what is no backup, or a damaged one ------------------------------------------------------------------------


def lines(name: str, change):
    def changed(members: dict) -> None:
        rows = [json.loads(line) for line in members[f"{name}.ndjson"].splitlines()]
        change(rows)
        members[f"{name}.ndjson"] = b"".join(json.dumps(row).encode() + b"\n" for row in rows)

    return changed


def said(name: str, rows: int):
    return lambda about: about["tables"][name].update(rows=rows)


DAMAGE = {
    "an empty manifest": (lambda members: None, lambda about: about.clear()),
    "manifest no JSON": (lambda members: None, lambda about: about.update(tables=[1])),
    "of something else": (lambda members: None, lambda about: about.update(format="letters")),
    "fewer rows than said": (lambda members: None, said("ratings", 99)),
    "a member left out": (lambda members: members.update({"ratings.ndjson": None}), None),
    "a table left out": (lambda members: None, lambda about: about["tables"].pop("revisions")),
    "an unknown table": (lambda members: None, lambda about: about["tables"].update(x={"rows": 0, "sha256": ""})),
    "not JSON": (lambda members: members.update({"quotes.ndjson": b"hello\n"}), None),
    "not objects": (lambda members: members.update({"quotes.ndjson": b"[1]\n"}), None),
    "no line end": (lambda members: members.update({"quotes.ndjson": b"{}"}), None),
    "nested deep": (lambda members: members.update({"quotes.ndjson": b"[" * 100_000 + b"\n"}), None),
    "an unknown column": (lines("waves", lambda rows: rows[0].update(extra=1)), None),
    "a programme without revisions": (lines("revisions", lambda rows: rows.pop()), said("revisions", 4)),
    "a level of nine": (lines("ratings", lambda rows: rows[0].update(level=9)), None),
    "an unknown kind": (lines("organisations", lambda rows: rows[0].update(kind="spaceship")), None),
    "a number as text": (lines("ratings", lambda rows: rows[0].update(level="3")), None),
    "a name that is null": (lines("organisations", lambda rows: rows[0].update(name=None)), None),
    "a day that is none": (lines("waves", lambda rows: rows[0].update(date="2024-02-30")), None),
    "a key twice": (lines("waves", lambda rows: rows.append({**rows[0], "record": 999})), said("waves", 3)),
    "a row of another programme": (lines("waves", lambda rows: rows[0].update(programme="zwei")), None),
    "a row gone before it came": (lines("waves", lambda rows: rows[0].update(revision_to=rows[0]["revision_from"])), None),
    "a revision that is not there": (lines("waves", lambda rows: rows[0].update(revision_from=999)), None),
    "a number too large": (lines("waves", lambda rows: rows[0].update(ordinal=2**80)), None),
}  # fmt: skip


BY_THE_DATABASE = ("a level of nine", "a name that is null", "a key twice", "a number too large")
"""Damage that a database refuses, each in its own way; the rest is found before."""


@pytest.mark.parametrize(
    ("kind", "damage"), [*(("sqlite", damage) for damage in DAMAGE), *(("postgresql", damage) for damage in BY_THE_DATABASE)]
)
@pytest.mark.on_postgresql("always")
def test_a_damaged_backup_is_refused_in_a_sentence_and_the_store_stays(damage, backup, standing, kind):
    store, changed = standing(kind), repacked(backup, *DAMAGE[damage])
    before = everything(store)
    assert [programme.id for programme in store.programmes()] == ["one", "zwei"]
    with pytest.raises(UnreadableFile, match=r"changed\.zip") as error:
        store.restore_backup(changed, replace=True)
    assert str(error.value).endswith(".")
    assert everything(store) == before


@pytest.mark.parametrize("step", [1_009, pytest.param(211, marks=pytest.mark.thorough)])
def test_a_backup_with_any_byte_changed_or_cut_off_is_refused_or_restores_the_same(step, backup, empty_database):
    whole_file = backup.read_bytes()
    with Store(empty_database("sqlite")) as store:
        store.restore_backup(backup)
        before = everything(store)
        refused = 0
        for at in range(0, len(whole_file), step):
            for data in (whole_file[:at], whole_file[:at] + bytes([whole_file[at] ^ 0x55]) + whole_file[at + 1 :]):
                backup.write_bytes(data)
                try:
                    store.restore_backup(backup, replace=True)
                except WtnetError:
                    refused += 1
                assert everything(store) == before
        assert refused > 0.8 * 2 * len(range(0, len(whole_file), step))


def test_a_file_that_is_no_backup_is_refused(tmp_path, empty_database):
    with Store(empty_database("sqlite")) as store:
        for name, data in (("empty.zip", b""), ("letter.zip", b"Dear all"), ("other.zip", None)):
            path = tmp_path / name
            if data is None:
                with zipfile.ZipFile(path, "w") as packed:
                    packed.writestr("notes.txt", "hello")
            else:
                path.write_bytes(data)
            with pytest.raises(UnreadableFile, match="no backup of this program"):
                store.restore_backup(path)
        with pytest.raises(UnreadableFile, match="There is no file"):
            store.restore_backup(tmp_path / "missing.zip")
        with pytest.raises(UnreadableFile, match="cannot be read"):
            store.restore_backup(tmp_path)


def test_a_backup_made_to_fill_the_disk_is_refused_before_it_is_read(tmp_path, empty_database):
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("manifest.json", json.dumps({"format": "wtnet backup", "version": 1, "shape": 1, "tables": {}}))
        packed.writestr("ratings.ndjson", bytes(1 << 20))
    data = bytearray(path.read_bytes())
    said = data.rindex(b"PK\x01\x02") + 24  # where the list of members gives the unpacked size of the last
    data[said : said + 4] = (2 << 30).to_bytes(4, "little")
    path.write_bytes(data)
    with Store(empty_database("sqlite")) as store, pytest.raises(UnreadableFile, match="would unpack to 2 GB"):
        store.restore_backup(path)


def test_a_backup_of_a_newer_version_asks_for_the_newer_program(backup, empty_database):
    for newer in ({"version": 2}, {"shape": 999}):
        changed = repacked(backup, lambda members: None, lambda about, newer=newer: about.update(newer))
        with Store(empty_database("sqlite")) as store, pytest.raises(UnreadableFile, match="newer version of this program"):
            store.restore_backup(changed)


def test_a_backup_of_an_earlier_shape_restores_with_the_new_columns_empty(backup, empty_database):
    def earlier(members: dict) -> None:
        lines("indicators", lambda rows: [row.pop("outcomes") for row in rows])(members)
        members.update({"arrangements.ndjson": None, "settings.ndjson": None})

    def about(told: dict) -> None:
        told["tables"].pop("arrangements")
        told["tables"].pop("settings")
        told.update(shape=1)

    with Store(empty_database("sqlite")) as store:
        store.restore_backup(repacked(backup, earlier, about))
        assert store.load("one") == whole().with_(organisations=partners("A"))
        assert store.arrangement("one") == {}


def test_the_secret_of_links_in_a_backup_of_before_is_not_taken(backup: Path, empty_database) -> None:
    """Backups once held it; whoever has such a file could make links anew."""

    def change(members: dict[str, bytes]) -> None:
        row = json.loads(members["settings.ndjson"].splitlines()[0])
        members["settings.ndjson"] += json.dumps({**row, "name": "link-secret", "value": '"00ff"'}).encode() + b"\n"

    def also(about: dict) -> None:
        about["tables"]["settings"]["rows"] += 1

    with Store(empty_database("sqlite")) as store:
        store.restore_backup(repacked(backup, change, also))
        assert list(store.settings("")) == ["columns/x"]


def _roles(*who: str) -> list[dict[str, str]]:
    return [{"who": name, "role": "lead", "programme": ""} for name in who]


def test_links_taken_back_and_leads_removed_since_stay_so_when_a_backup_is_restored(store, tmp_path) -> None:
    """A restore turns back what is stored, not whom the database lets in."""
    for name in ("link:kept", "link:revoked", "survey-link:kept", "survey-link:ended"):
        store.remember(name, {"revoked": False})
    store.remember("link-secret", "00ff")
    store.remember("roles", _roles("ann@x.org", "bo@x.org"))
    store.backup(tmp_path / "all.zip")
    store.remember("link:revoked", {"revoked": True})
    store.remember("survey-link:ended", None)
    store.remember("link:later", {"revoked": False})
    store.remember("roles", _roles("ann@x.org"))
    before = {name: value for name, value in store.settings("").items() if "link" in name or name == "roles"}
    store.restore_backup(tmp_path / "all.zip", replace=True)
    assert {name: value for name, value in store.settings("").items() if "link" in name or name == "roles"} == before
    store.restore_backup(tmp_path / "all.zip", replace=True, roles=True)
    assert store.settings("roles")["roles"] == _roles("ann@x.org", "bo@x.org")


def test_a_backup_brings_roles_into_an_empty_database_and_no_links(store, tmp_path, empty_database) -> None:
    for name in ("link:a", "survey-link:a", "link-secret"):
        store.remember(name, {"revoked": False})
    store.remember("roles", _roles("ann@x.org"))
    store.backup(tmp_path / "all.zip")
    assert roles_of_backup(tmp_path / "all.zip") == _roles("ann@x.org")
    for roles, there in ((None, {"columns/x", "roles"}), (False, {"columns/x"})):
        with Store(empty_database("sqlite")) as other:
            other.restore_backup(tmp_path / "all.zip", roles=roles)
            assert set(other.settings("")) == there


def test_links_in_a_backup_of_before_are_not_taken(backup: Path, empty_database) -> None:
    def change(members: dict[str, bytes]) -> None:
        row = json.loads(members["settings.ndjson"].splitlines()[0])
        members["settings.ndjson"] += json.dumps({**row, "name": "survey-link:x", "value": "{}"}).encode() + b"\n"

    def also(about: dict) -> None:
        about["tables"]["settings"]["rows"] += 1

    with Store(empty_database("sqlite")) as store:
        store.restore_backup(repacked(backup, change, also))
        assert list(store.settings("")) == ["columns/x"]


@pytest.mark.on_postgresql("always")
def test_a_store_is_told_from_itself_before_it_was_restored_and_numbers_never_go_back(store, tmp_path) -> None:
    """Else a page would show what it worked out for a revision of the same number that was restored away."""
    before = store.identity()
    assert len(before) == 16 and store.identity() == before and store.read_only().identity() == before
    store.backup(tmp_path / "all.zip")
    taken = store.commit("one", Tables(), base=store.head("one"), author="Ada", reason="restored away").id
    store.restore_backup(tmp_path / "all.zip", replace=True)
    assert store.identity() not in ("", before)
    assert store.head("one") < taken
    assert store.commit("one", Tables(), base=store.head("one"), author="Ada", reason="anew").id > taken


def test_two_stores_are_told_apart(empty_database) -> None:
    with Store(empty_database("sqlite")) as one, Store(empty_database("sqlite")) as other:
        assert one.identity() != other.identity()
