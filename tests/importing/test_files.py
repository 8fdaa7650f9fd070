"""Bringing in: a file is checked, proposed beside what is stored, and accepted or not."""

import io
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import fastexcel
import pytest
import xlsxwriter

from tests.support.frames import frame
from wtnet import importing
from wtnet.errors import InvalidRequest, UnreadableFile, WtnetError
from wtnet.importing import programmes
from wtnet.readers.file import ReadFile
from wtnet.store import Programme, Store
from wtnet.tables import Tables

ORGANISATIONS = "id,name,kind,place\na,Anna,freelancer,York\nb,Bee Museum,museum,\n"
PARTNERSHIPS = "id,source,target,level\nt,a,b,3\n"


def folder(path: Path, **files: str) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (path / f"{name}.csv").write_text(text, encoding="utf-8")
    return path


def partner(key: str, name: str, **more: object) -> dict:
    return {"id": key, "name": name, "kind": "museum", "sharing": "public", **more}


BEFORE = Tables(
    {
        "organisations": frame("organisations", partner("a", "A", place="York"), partner("b", "B"), partner("c", "C")),
        "waves": frame("waves", {"id": "w", "name": "W"}),
        "ratings": frame("ratings", {"wave": "w", "rater": "a", "partner": "b", "level": 3}),
    }
)


# -- read -------------------------------------------------------------------------------------------------------


def test_files_are_read_once_even_where_a_person_maps_their_sheets(monkeypatch):
    """Another tool's workbook, a CSV with headings of its own and a table of ours: each is opened once, mapped or not."""
    opened: list[str] = []
    read = ReadFile.__init__
    monkeypatch.setattr(ReadFile, "__init__", lambda self, name, data: (opened.append(name), read(self, name, data))[1])
    books: list[int] = []
    load = fastexcel.read_excel
    monkeypatch.setattr(fastexcel, "read_excel", lambda data: (books.append(len(data)), load(data))[1])
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        book.add_worksheet("People").write_row(0, 0, ["Who", "What sort"])
        book.get_worksheet_by_name("People").write_row(1, 0, ["Anna", "museum"])
    files = [
        ("own.xlsx", made.getvalue()),
        ("list.csv", b"Who,What sort\nBob,museum\n"),
        ("waves.csv", b"id,name\nw,First\n"),
    ]
    first = importing.bring(files)
    assert first.unreadable and [sheet.place for sheet in first.sheets][:2] == [("own.xlsx", "People"), ("list.csv", None)]
    assert opened == ["own.xlsx", "list.csv", "waves.csv"] and len(books) == 1
    how = importing.SheetMapping.of("organisations", {"id": importing.FROM_NAME, "name": "Who", "kind": "What sort"})
    chosen = {sheet.place: how for sheet in first.sheets[:2]}
    second = importing.bring(files, chosen=chosen)
    assert second.checked.ok and second.checked.tables.counts() == {"organisations": 2, "waves": 1}
    assert len(opened) == 6 and len(books) == 2


# -- check ------------------------------------------------------------------------------------------------------


def test_two_tables_are_enough(tmp_path):
    checked = importing.check_files([folder(tmp_path / "d", organisations=ORGANISATIONS, partnerships=PARTNERSHIPS)])
    assert checked.ok
    assert checked.tables.counts() == {"organisations": 2, "partnerships": 1}


def test_several_files_are_checked_as_one(tmp_path):
    where = folder(tmp_path / "d", organisations=ORGANISATIONS, partnerships=PARTNERSHIPS)
    assert importing.check_files([where / "organisations.csv", where / "partnerships.csv"]).tables.counts() == {
        "organisations": 2,
        "partnerships": 1,
    }
    assert not importing.check_files([where / "partnerships.csv"]).ok


def test_a_file_may_refer_to_what_is_stored(tmp_path):
    where = folder(tmp_path / "d", partnerships="id,source,target\nt,a,c\n")
    assert importing.check_files([where], BEFORE).ok
    assert not importing.check_files([where]).ok


def test_uploaded_bytes_are_checked_like_files():
    files = {"organisations.csv": ORGANISATIONS.encode(), "partnerships.csv": PARTNERSHIPS.encode()}
    assert importing.bring(list(files.items())).checked.tables.counts() == {"organisations": 2, "partnerships": 1}
    with pytest.raises(InvalidRequest, match="No file was chosen"):
        importing.bring([])
    with pytest.raises(WtnetError):
        importing.bring([("letter.pdf", b"%PDF-1.7 and so on")])


# -- propose ----------------------------------------------------------------------------------------------------


def test_nothing_brought_in_changes_nothing():
    proposal = importing.propose(BEFORE, Tables()).emptied
    assert proposal.tables == BEFORE
    assert not proposal.any and proposal.sentences() == []


def test_bringing_in_what_is_there_changes_nothing_in_either_way():
    for replace in (False, True):
        assert importing.propose(BEFORE, BEFORE, replace).emptied.tables == BEFORE
        assert not importing.propose(BEFORE, BEFORE, replace).emptied.any


def test_into_an_empty_programme_everything_is_new():
    proposal = importing.propose(Tables(), BEFORE).emptied
    assert proposal.tables == BEFORE
    assert proposal.sentences() == ["3 partners added", "1 wave added", "1 rating added"]


def test_adding_keeps_what_is_stored_and_a_row_of_the_file_takes_its_rows_place_wholly():
    incoming = Tables({"organisations": frame("organisations", partner("d", "D"), partner("a", "Anna"))})
    proposal = importing.propose(BEFORE, incoming).emptied
    assert proposal.tables.organisations["id"].to_list() == ["a", "b", "c", "d"]
    assert proposal.tables.organisations["name"].to_list() == ["Anna", "B", "C", "D"]
    assert proposal.tables.organisations["place"].to_list() == [None] * 4
    assert proposal.tables.ratings.equals(BEFORE.ratings)
    assert proposal.counts()["organisations"] == {"new": 1, "changed": 1, "unchanged": 2, "removed": 0}
    assert proposal.sentences() == ["1 partner added", "1 partner changed"]
    assert proposal.changes["organisations"].was["name"].to_list() == ["A"]


def test_adding_a_table_of_keys_only_works(tmp_path):
    pilots = frame("pilots", {"id": "p", "name": "P"})
    before = BEFORE.with_(pilots=pilots, involvements=frame("involvements", {"pilot": "p", "organisation": "a", "role": "x"}))
    more = frame("involvements", {"pilot": "p", "organisation": "b"}, {"pilot": "p", "organisation": "a"})
    result = importing.propose(before, Tables({"involvements": more})).emptied.tables.involvements
    assert result.rows() == [("p", "a", None), ("p", "b", None)]


def test_replacing_puts_a_table_in_the_place_of_the_stored_one_and_keeps_the_others():
    incoming = Tables({"organisations": frame("organisations", partner("b", "B"), partner("a", "A", place="York"))})
    proposal = importing.propose(BEFORE, incoming, replace=True).emptied
    assert proposal.tables.organisations["id"].to_list() == ["b", "a"]
    assert proposal.tables.ratings.equals(BEFORE.ratings)
    assert proposal.sentences() == ["1 partner removed"]


def test_replacing_what_others_refer_to_is_refused_with_the_names():
    incoming = Tables({"organisations": frame("organisations", partner("a", "A"))})
    with pytest.raises(
        InvalidRequest, match=r'"partner" of ratings would refer to organisations that are no longer there \("b"\)'
    ):
        _ = importing.propose(BEFORE, incoming, replace=True).emptied


# -- new programmes and the first start ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Museums & Health 2024", "museums-health-2024"),
        ("=cmd()", "cmd"),
        ("🎭", "programme"),
        ("صحة", "صحة"),
        ("  two  words ", "two-words"),
    ],
)
def test_a_programme_gets_a_short_id_from_its_name(tmp_path, name, key):
    with Store(f"sqlite:///{tmp_path / 's.db'}") as store:
        assert importing.new_programme(store, name) == Programme(key, " ".join(name.split()))
        store.create(Programme(key, "Something else"), Tables(), "me", "why")
        assert importing.new_programme(store, name).id == f"{key}-2"


@pytest.mark.parametrize("name", ["", "  ", "x" * 201])
def test_a_programme_without_a_usable_name_is_refused(tmp_path, name):
    with Store(f"sqlite:///{tmp_path / 's.db'}") as store, pytest.raises(InvalidRequest, match="needs a name"):
        importing.new_programme(store, name)


def shipped(path: Path) -> Path:
    for name in ("one", "two"):
        where = folder(path / name, organisations=ORGANISATIONS, partnerships=PARTNERSHIPS)
        (where / "programme.toml").write_text(f'name = "Programme {name}"\nillustrative = true\n', encoding="utf-8")
    (path / "no programme").mkdir()
    return path


def test_the_first_start_loads_the_programmes_that_come_with_the_program_once(tmp_path):
    with Store(f"sqlite:///{tmp_path / 's.db'}") as store:
        assert importing.first_start(store, shipped(tmp_path / "data"))
        assert [one.name for one in store.programmes()] == ["Programme one", "Programme two"]
        assert all(one.illustrative for one in store.programmes())
        assert store.load("two").counts() == {"organisations": 2, "partnerships": 1}
        assert not importing.first_start(store, tmp_path / "data")


def test_a_store_that_holds_a_programme_is_left_alone(tmp_path):
    with Store(f"sqlite:///{tmp_path / 's.db'}") as store:
        store.create(Programme("mine", "Mine"), Tables(), "me", "why")
        assert not importing.first_start(store, shipped(tmp_path / "data"))
        assert [one.id for one in store.programmes()] == ["mine"]


def test_two_first_starts_at_once_load_them_once(tmp_path):
    data = shipped(tmp_path / "data")

    def start(_: int) -> bool:
        with Store(f"sqlite:///{tmp_path / 's.db'}") as store:
            return importing.first_start(store, data)

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(start, range(4))) == 1


def test_the_programmes_that_come_with_the_program_are_right():
    found = {programme.id: (programme, tables) for programme, tables in importing.shipped()}
    assert found["example"][0].illustrative
    assert not found["working-together"][0].illustrative
    assert found["working-together"][1].ratings.height == 0


def test_the_checksums_that_spare_a_check_are_of_files_in_which_nothing_is_wrong(tmp_path):
    """After a change of the files: cd data && sha256sum */*.csv > checked.sha256"""
    names = {line.split()[1] for line in (programmes.SHIPPED / programmes.CHECKED).read_text(encoding="utf-8").splitlines()}
    assert {name.partition("/")[0] for name in names} == {"example", "working_together"}
    for about, tables in importing.shipped():
        of = programmes.SHIPPED / about.id.replace("-", "_")
        checked = programmes.checked(of)
        assert programmes._as_checked(of) == tables == checked, "the files are others: see above"
        assert {name: frame.schema for name, frame in tables.frames.items()} == {
            name: frame.schema for name, frame in checked.frames.items()
        }


@pytest.mark.parametrize("others", [False, True])
def test_a_sample_that_somebody_changed_is_checked(tmp_path, others):
    data = shutil.copytree(programmes.SHIPPED, tmp_path / "data", ignore=shutil.ignore_patterns("places", "pictures"))
    ratings = data / "example" / ("more.csv" if others else "ratings.csv")
    ratings.write_text("wave,rater,partner,level\nbaseline,sam-tidewell,nobody,4\n", encoding="utf-8")
    with pytest.raises(UnreadableFile, match="nobody"):
        importing.shipped(data)


def test_a_programme_described_wrongly_is_a_sentence(tmp_path):
    where = folder(tmp_path / "data" / "one", organisations=ORGANISATIONS)
    for words in ("", "name = ", 'title = "no name"'):
        (where / "programme.toml").write_text(words, encoding="utf-8")
        with pytest.raises(UnreadableFile, match=r"one/programme\.toml does not describe a programme"):
            importing.shipped(tmp_path / "data")
