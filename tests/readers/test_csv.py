"""Our own tables as CSV, and other tools' node and edge lists."""

import pytest

from wtnet.readers import read_bytes
from wtnet.tables import check
from wtnet.tables.model import ROW


def _table(raw, name="organisations"):
    return next(table.frame for table in raw.tables if table.name == name)


def _rules(problems):
    return [problem.rule for problem in problems]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found(separator: str) -> None:
    text = "id,name,kind\na,Arts,museum\n".replace(",", separator)
    assert _table(read_bytes("organisations.csv", text.encode())).columns == ["id", "name", "kind", ROW]


def test_a_line_that_names_the_separator_is_not_a_row() -> None:
    assert _table(read_bytes("organisations.csv", b"sep=;\nid;name;kind\na;A, B;museum\n"))["name"].to_list() == ["A, B"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_unicode_is_read_with_and_without_a_mark(encoding: str) -> None:
    raw = read_bytes("organisations.csv", "id,name,kind\na,Café £,museum\n".encode(encoding))
    assert (_table(raw)["name"].to_list(), raw.notices) == (["Café £"], ())


def test_windows_1252_is_read_with_a_notice() -> None:
    raw = read_bytes("organisations.csv", "id,name,kind\na,Café £ “x”,museum\n".encode("cp1252"))
    assert _table(raw)["name"].to_list() == ["Café £ “x”"]
    assert _rules(raw.notices) == ["encoding"]


def test_rows_keep_the_number_of_the_line_they_start_on() -> None:
    """Blank lines, quoted line breaks and any line ending count as a text editor counts them."""
    raw = read_bytes("organisations.csv", b'id,name,kind\r\n\r\na,"A\r\nB",museum\r\nb,C,museum\r\n')
    assert _table(raw)[ROW].to_list() == [3, 5]
    assert _table(read_bytes("organisations.csv", b"id,name,kind\ra,A,museum\r"))[ROW].to_list() == [2]


def test_a_row_with_too_few_or_too_many_cells_is_a_problem_by_row() -> None:
    raw = read_bytes("organisations.csv", b"id,name,kind\na,A\nb,B,museum,x\nc,C,museum,\n")
    assert [(problem.rule, problem.row) for problem in raw.problems] == [("ragged_row", 2), ("ragged_row", 3)]


def test_many_ragged_rows_are_counted_after_the_first_twenty() -> None:
    raw = read_bytes("organisations.csv", b"id,name,kind\n" + b"a,A\n" * 50)
    assert len(raw.problems) == 21 and "30 more rows" in raw.problems[-1].sentence


def test_a_quote_that_never_closes_is_a_problem_at_the_row_it_opens_in() -> None:
    raw = read_bytes("organisations.csv", b'id,name,kind\na,A,museum\nb,"B,museum\nc,C,museum\n')
    assert ("open_quote", 3) in [(problem.rule, problem.row) for problem in raw.problems]


def test_a_heading_that_stands_twice_is_a_problem_for_the_check() -> None:
    raw = read_bytes("organisations.csv", b"id,name,kind,name\na,A,museum,B\n")
    assert "duplicate_column" in _rules(check(raw).problems)


def test_nul_bytes_and_cells_of_any_length_are_survived() -> None:
    raw = read_bytes("organisations.csv", b"id,name,kind,description\na,A\x00B,museum," + b"x" * 300_000 + b"\n")
    assert _table(raw)["name"].to_list() == ["AB"]
    assert len(_table(raw)["description"][0].encode()) <= 20_000
    assert _rules(raw.notices) == ["shortened"] and not check(raw).problems


@pytest.mark.parametrize(
    ("name", "header", "table"),
    [
        ("Ratings.CSV", "wave,rater,partner", "ratings"),
        ("Harbour - ratings (2).csv", "wave,rater,partner", "ratings"),
        ("export.csv", "wave,rater,partner,level", "ratings"),
        ("export.csv", "ID,Name,Kind", "organisations"),
        ("export.csv", "indicator,pilot,wave,value", "results"),
        ("export.csv", "source,target,level", "partnerships"),
        ("partnerships.csv", "source,target", "partnerships"),
        ("pilots.csv", "id,name", "pilots"),
    ],
)
def test_the_table_is_known_by_the_name_of_the_file_or_by_its_headings(name: str, header: str, table: str) -> None:
    raw = read_bytes(name, f"{header}\n{','.join('x' for _ in header.split(','))}\n".encode())
    assert [one.name for one in raw.tables] == [table] and raw.declared


def test_headings_that_fit_more_than_one_table_are_not_guessed() -> None:
    with pytest.raises(Exception, match="fit no single one"):
        read_bytes("partners.csv", b"id,name,place\na,A,X\n")


def test_source_and_target_alone_are_another_tools_edge_list() -> None:
    """Partners are created and named in one notice; a weight is never taken for a level."""
    raw = read_bytes(
        "edges.csv", b"Source,Target,Type,Id,Label,Weight\na,b,Directed,1,works with,3\nb,a,Undirected,2,,1\nb,b,Directed,3,,1\n"
    )
    assert (raw.format, raw.declared) == ("edge list", False)
    assert _table(raw)["id"].to_list() == ["a", "b"] and set(_table(raw)["kind"]) == {"other"}
    ties = _table(raw, "partnerships")
    assert ties.select("id", "source", "target", "relationship", "level").rows() == [
        ("1", "a", "b", "works with", None),
        ("2", "b", "a", None, None),
    ]
    assert _rules(raw.notices) == ["direction_dropped", "self_tie", "repeated_tie", "created_partner", "not_a_level"]
    assert not check(raw).problems


def test_a_list_of_nodes_and_a_list_of_ties_belong_together(tmp_path) -> None:
    """The ties name partners by id; a node whose label is another's id is not mixed up with it."""
    from wtnet.readers import read

    (tmp_path / "x_nodes.csv").write_bytes(
        b"id,label,type,lat,lng,size\nn1,n2,Museum,54.9,-1.6,3\nn2,Wellbeing Trust,health provider,,,1\n"
    )
    (tmp_path / "x_edges.csv").write_bytes(b"source,target\nn1,n2\n")
    raw = read(tmp_path)
    organisations = _table(raw)
    assert organisations.select("id", "name", "kind", "latitude").rows() == [
        ("n1", "n2", "museum", "54.9"),
        ("n2", "Wellbeing Trust", "health_provider", None),
    ]
    assert _table(raw, "partnerships").select("id", "source", "target").rows() == [("n1--n2", "n1", "n2")]
    assert _rules(raw.notices) == ["left_out"] and '"size"' in raw.notices[0].sentence


def test_a_csv_that_is_no_table_is_left_out_with_a_notice_when_others_are(tmp_path) -> None:
    from wtnet.readers import read

    (tmp_path / "organisations.csv").write_bytes(b"id,name,kind\na,A,museum\n")
    (tmp_path / "codes.csv").write_bytes(b"Code,Title\n1,x\n")
    raw = read(tmp_path)
    assert _rules(raw.notices) == ["not_a_table"] and raw.notices[0].file == "codes.csv"
