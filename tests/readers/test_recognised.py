"""Which reader a file gets, and what is refused with which sentence."""

import io
import zipfile
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

from wtnet.errors import UnreadableFile
from wtnet.readers import FORMATS, formats, read, read_bytes, refuse

ORGANISATIONS = b"id,name,kind\na,Harbour Arts,community_group\nb,Town Museum,museum\n"
PARTNERSHIPS = b"source,target,level\na,b,3\n"


def _zip(parts: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return held.getvalue()


def _names(raw) -> list[str]:
    return [table.name for table in raw.tables]


def _refused(name: str, data: bytes) -> str:
    with pytest.raises(UnreadableFile) as error:
        read_bytes(name, data)
    sentence = str(error.value)
    assert sentence.startswith(name) and sentence.endswith(".")
    return sentence


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("nothing.csv", b"", "empty"),
        ("blank.csv", b"\n \n", "no row of headings"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Excel format"),
        ("locked.xlsx", b"\xd0\xcf\x11\xe0" + bytes(99) + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("report.xlsx", b"%PDF-1.7\n%\xe2\xe3", "is a PDF"),
        ("photo.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(50), "picture"),
        ("page.xls", b"<!DOCTYPE html><html><head><meta charset=utf-8></head></html>", "web page"),
        ("half.xlsx", b"PK\x03\x04" + bytes(80), "damaged"),
        ("noise.xlsx", bytes(range(256)) * 8, "not a workbook"),
        ("noise.csv", bytes(range(1, 32)) * 80, "no text"),
        ("map.gml", b'Creator "x"\ngraph [\n node [ id 1 ]\n]', "GML"),
        ("map.net", b'%comment\n*Vertices 2\n1 "a"\n2 "b"\n*Edges\n1 3\n', 'line 6: "3" is not one of the numbers 1 to 2'),
        ("huge.net", b"*Vertices 99999999999999\n", "at most 1,000,000"),
        ("none.net", b"*Vertices\n", "not a number of partners"),
        ("early.net", b"*Edges\n1 2\n*Vertices 2\n", "before any *Vertices"),
        ("half.net", b"*Vertices 2\n*Arcs\n1\n", "line 3"),
        ("words.net", b"*Vertices 2\n*Matrix\n0 x\n", 'line 3: "x"'),
        ("short.dl", b"dl n=3 format=fullmatrix\ndata:\n0 1\n1 0\n", "ends early, in row 2 of 3"),
        ("long.dl", b"dl n=1\ndata:\n0 1\n", "larger than the 1 by 1"),
        ("huge.dl", b"dl n=9000000000\ndata:\n", "at most 1,000,000"),
        ("wide.dl", b"dl n=900000\ndata:\n", "at most 50,000,000 cells are read"),
        ("odd.dl", b"dl n=2 format=rankedlist1\ndata:\n1 2\n", '"rankedlist1" is not read'),
        ("who.dl", b"dl n=2 format=edgelist1\ndata:\n1 c\n", '"c" is neither a label'),
        ("many.dl", b"dl n=1 format=edgelist1 labels embedded:\ndata:\na b\n", "names 2"),
        ("sets.dl", b"dl n=2 nm=2\ndata:\n0 0 0 0 0 0 0 0\n", "several matrices"),
        ("grants.json", b'{"grants": []}', "nothing to bring in"),
        ("odd.json", b'{"grants": [1]}', "number 1"),
        (
            "people.json",
            b'{"grants": [{"id": "1", "fundingOrganization": [{"id": "F"}], "recipientIndividual": {"id": "p"}}]}',
            "individual people only",
        ),
        ("other.json", b'{"nodes": [], "links": []}', "without a list of partnerships"),
        ("only.json", b'{"nodes": [{"id": 1}], "ties": [{"a": 1}]}', "without a list of partnerships"),
        ("cyto.json", b'{"elements": {"nodes": []}}', "without a list of partnerships"),
        ("list.json", b"[1, 2]", "neither lists of elements and connections"),
        ("broken.json", b'{"elements": [\n  {"label": "A"},\n ]}', "line 3, column 2"),
        ("empty.json", b'{"elements": []}', "nothing to bring in"),
        ("deep.json", b'{"elements":' + b"[" * 100_000, "too deeply"),
        ("long.json", b'{"elements":[{"label":' + b"1" * 5_000 + b"}]}", "number that is too long"),
        ("broken.gexf", b"<gexf>\n<graph>\n</gexf>", "line 3"),
        ("deep.graphml", b"<graphml>" + b"<graph>" * 1_000, "deep"),
        ("entity.gexf", b'<!DOCTYPE g [<!ENTITY a "b">]><gexf><graph/></gexf>', "entities"),
        ("drawing.xml", b"<svg/>", "picture"),
        ("feed.xml", b"<rss/>", '"rss"'),
        ("list.csv", b"Code,Title\n1,One\n", '"Code", "Title"'),
        ("ragged.csv", b"a;b\nb;c;d\ne\n", "not one of our tables"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(name: str, data: bytes, words: str) -> None:
    """Every refusal opens with the file, says what is wrong, and holds no traceback."""
    assert words in _refused(name, data)


def test_a_file_above_the_size_limit_is_refused_before_it_is_looked_at() -> None:
    assert "at most 50 MB" in _refused("huge.csv", b"a" * 50_000_001)


def test_a_zip_that_unpacks_to_far_more_than_it_is_is_not_unpacked() -> None:
    assert "would unpack to" in _refused("bomb.zip", _zip({"organisations.csv": b"a" * 30_000_000}))
    parts = {f"{at}.csv": b"a,b\n" * 2_000_000 for at in range(3)}
    assert "would unpack to" in _refused("of many.zip", _zip(parts)), "each part is small, and all of them are not"


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({}, "without CSV files"),
        ({"notes.txt": b"x"}, "notes.txt"),
        ({"word/document.xml": b"<x/>"}, "text document"),
        ({"xl/workbook.bin": b"x"}, ".xlsb"),
        ({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}, "not a spreadsheet"),
    ],
)
def test_a_zip_that_holds_no_table_is_refused(parts: dict[str, bytes], words: str) -> None:
    assert words in _refused("things.zip", _zip(parts))


def test_a_zip_of_csvs_is_read_as_the_tables_in_it() -> None:
    data = _zip(
        {
            "my data/organisations.csv": ORGANISATIONS,
            "my data/partnerships.csv": PARTNERSHIPS,
            "__MACOSX/._a.csv": b"x",
            "README.md": b"#",
        }
    )
    raw = read_bytes("data.zip", data)
    assert (raw.format, _names(raw), raw.declared, raw.problems) == ("csv", ["organisations", "partnerships"], True, ())


def test_a_folder_stands_for_the_csvs_in_it_and_its_other_files_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "organisations.csv").write_bytes(ORGANISATIONS)
    (tmp_path / "partnerships.csv").write_bytes(PARTNERSHIPS)
    (tmp_path / "README.md").write_text("# about")
    (tmp_path / "programme.toml").write_text("name = 1")
    raw = read(tmp_path)
    assert (_names(raw), raw.notices) == (["organisations", "partnerships"], ())


def test_a_folder_without_csvs_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    for path, words in ((tmp_path, "without CSV files"), (tmp_path / "absent.csv", "There is no file")):
        with pytest.raises(UnreadableFile, match=words):
            read(path)


def test_no_file_at_all_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="No file was given"):
        read()


def test_several_files_are_read_as_one(tmp_path: Path) -> None:
    """Our own organisations beside another tool's ties: the ties find the partners declared in the other file."""
    (tmp_path / "organisations.csv").write_bytes(ORGANISATIONS)
    (tmp_path / "ties.csv").write_bytes(b"Source,Target,Weight\na,b,2\na,c,1\n")
    raw = read(tmp_path / "organisations.csv", str(tmp_path / "ties.csv"))
    assert raw.format == "csv + edge list" and not raw.declared
    assert [table.frame["id"].to_list() for table in raw.tables if table.name == "organisations"] == [["a", "b"], ["c"]]


def test_content_decides_and_not_the_suffix() -> None:
    assert read_bytes("export.xlsx", ORGANISATIONS).format == "csv"
    assert read_bytes("export.txt", b"<gexf><graph><nodes><node id='a'/></nodes></graph></gexf>").format == "gexf"
    assert read_bytes("export.csv", b'\xef\xbb\xbf{"elements":[{"label":"A"}]}').format == "kumu"


def test_an_uploaded_name_with_a_path_is_known_by_its_last_part() -> None:
    assert read_bytes("C:\\data\\organisations.csv", ORGANISATIONS).tables[0].file == "organisations.csv"


def test_every_format_has_a_name_suffixes_and_a_description() -> None:
    ours = ["workbook", "own workbook", "csv", "kumu", "edge list", "gexf", "graphml", "pajek", "dl", "360giving", "polinode"]
    ours += ["node-link", "onodo", "survey export", "outcomes", "register", "quotes", "matrix", "neighbours"]
    assert [one.id for one in FORMATS] == ours
    assert all(one.name and one.suffixes and one.description for one in FORMATS)


def test_every_module_of_formats_is_in_the_list_and_says_how_its_files_are_known() -> None:
    """A new format is a module and a line in the list: no reader stands beside it unused, none without a way in."""
    modules = [import_module(f"wtnet.readers.formats.{module.name}") for module in iter_modules(formats.__path__)]
    assert {module.FORMAT.id for module in modules} <= {format.id for format in FORMATS}
    for format in FORMATS:
        ways = (format.xml, format.json, format.text, format.lists, format.sheets, format.shape)
        assert any(ways) or format.id in ("workbook", "own workbook", "csv"), format.id


@pytest.mark.parametrize(
    ("kind", "name", "data"),
    [
        ("a workbook or zip", "a.xlsx", b"PK\x03\x04"),
        ("XML", "a.gexf", b"<gexf>"),
        ("JSON", "a.json", b'{"nodes": ['),
        ("a network in text", "a.net", b"*Vertices 1\n"),
    ],
)
def test_a_file_too_large_for_its_kind_is_refused_before_it_is_read(
    monkeypatch: pytest.MonkeyPatch, kind: str, name: str, data: bytes
) -> None:
    """What takes several times its size in memory while it is read may be less large than a list of rows."""
    assert refuse.MOST_OF_KIND[kind] < refuse.MAX_BYTES
    monkeypatch.setitem(refuse.MOST_OF_KIND, kind, 1_000)
    assert f"of {kind} at most" in _refused(name, data + b" " * 1_000)
