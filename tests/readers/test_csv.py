"""Our own tables as CSV, and other tools' node and edge lists."""

import pytest

from wtnet.errors import UnreadableFile
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


def test_a_quote_that_never_closes_is_taken_out_where_every_line_is_a_row_and_else_a_problem() -> None:
    """No row is swallowed without a word: the rows below it are there, or the row it opens in is named."""
    raw = read_bytes("organisations.csv", b'id,name,kind\na,A,museum\nb,"B,museum\nc,C,museum\n')
    assert raw.tables[0].frame["name"].to_list() == ["A", "B", "C"]
    assert [(notice.rule, notice.row) for notice in raw.notices] == [("stray_quote", 3)]
    odd = read_bytes("organisations.csv", b'id,name,kind\na,A,museum\nb,"B, the museum,museum\nc,C,museum\n')
    assert ("open_quote", 3) in [(problem.rule, problem.row) for problem in odd.problems]


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
        ("export.csv", "source,target,level,evidence", "partnerships"),
        ("partnerships.csv", "source,target", "partnerships"),
        ("pilots.csv", "id,name", "pilots"),
    ],
)
def test_the_table_is_known_by_the_name_of_the_file_or_by_its_headings(name: str, header: str, table: str) -> None:
    raw = read_bytes(name, f"{header}\n{','.join('x' for _ in header.split(','))}\n".encode())
    assert [one.name for one in raw.tables] == [table] and raw.declared


def test_headings_that_fit_more_than_one_table_are_not_guessed() -> None:
    with pytest.raises(Exception, match="looks like a list of partners"):
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
    assert _rules(raw.notices) == ["direction", "self_tie", "repeated_tie", "created_partner", "not_a_level"]
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
    assert raw.notices == () and _table(raw)["size"].to_list() == ["3", "1"]


def test_a_csv_that_is_no_table_is_left_out_with_a_notice_when_others_are(tmp_path) -> None:
    from wtnet.readers import read

    (tmp_path / "organisations.csv").write_bytes(b"id,name,kind\na,A,museum\n")
    (tmp_path / "codes.csv").write_bytes(b"Code,Title\n1,x\n")
    raw = read(tmp_path)
    assert _rules(raw.notices) == ["not_a_table"] and raw.notices[0].file == "codes.csv"


def test_two_stray_quotes_swallow_no_rows() -> None:
    """An even number of them looks like a quoted cell; the lines within it are rows as wide as the headings."""
    lines = [
        "Source\tTarget\tLabel",
        'Choir\t"The Bridge\tfunds',
        "Library\tMuseum\tfunds",
        'Hub\t"Arts\tfunds',
        "Inn\tMuseum\tfunds",
    ]
    raw = read_bytes("ties.txt", "\n".join(lines).encode())
    names = {name for table in raw.tables if table.name == "organisations" for name in table.frame["name"]}
    assert names == {"Choir", "The Bridge", "Library", "Museum", "Hub", "Arts", "Inn"}
    assert "stray_quote" in [notice.rule for notice in raw.notices]


def test_a_quote_that_swallows_rows_which_do_not_fit_is_a_problem() -> None:
    """Nothing is taken apart that is no row; the line is named."""
    raw = read_bytes("organisations.csv", b'id,name,kind\na,"A,b,museum\nb,B, x"y,museum\n')
    assert ("swallowed_rows", 2) in [(problem.rule, problem.row) for problem in raw.problems]


def test_a_quoted_cell_of_several_lines_stays_one_cell() -> None:
    """Line breaks and separators within a cell are what quotes are for."""
    raw = read_bytes("organisations.csv", b'id,name,kind,description\na,A,museum,"One, two\nand three, four"\n')
    assert raw.tables[0].frame["description"].to_list() == ["One, two\nand three, four"]
    assert raw.notices == ()


@pytest.mark.parametrize("text", [",\r,", "One, two\nand three, four"])
def test_a_quoted_cell_stays_one_even_if_each_of_its_lines_could_be_a_row(text: str) -> None:
    """A row that is rightly quoted and as wide as the headings is what it says."""
    raw = read_bytes("organisations.csv", f'id,name,kind\na,"{text}",museum\n'.encode())
    assert raw.tables[0].frame["name"].to_list() == [text]
    assert raw.notices == ()


def test_a_blank_behind_the_separator_is_no_part_of_a_cell() -> None:
    """So a quote behind it opens a quoted cell."""
    raw = read_bytes("ties.csv", b'Source, Target\n"Arts, Harbour", "Museum, Northcliff"\n')
    assert {name for table in raw.tables if table.name == "organisations" for name in table.frame["name"]} == {
        "Arts, Harbour",
        "Museum, Northcliff",
    }


@pytest.mark.parametrize(
    "above",
    ["# exported today\n", "Partnership survey 2023,,\nPrepared by the team,,\n,,\n", "Our partners\n\n", "sep=,\n# a\n"],
)
def test_titles_and_comments_above_the_headings_are_left_out_and_said(above: str) -> None:
    """Rows keep the numbers a person counts."""
    raw = read_bytes("t.csv", f"{above}id,name,kind\na,A,museum\n".encode())
    (table,) = raw.tables
    assert table.frame["name"].to_list() == ["A"]
    assert table.frame["_row"].to_list() == [above.count("\n") + 2]
    assert [notice.rule for notice in raw.notices] == ["above_headings"]


def test_headings_alone_and_one_column_alone_are_headings() -> None:
    """A list of one column has no title above it."""
    assert read_bytes("organisations.csv", b"id,name,kind\n").tables[0].frame.height == 0
    with pytest.raises(UnreadableFile, match='columns found: "Partners"'):
        read_bytes("list.csv", b"Partners\nHarbour Arts\nMuseum\n")


def test_a_wrong_byte_changes_no_other_cell() -> None:
    """The rest stays UTF-8; the line with the byte is named, and the byte is a letter of Windows-1252."""
    data = "id,name,kind\na,Théâtre,museum\nb,Caf\\xe9,museum\nc,Ωmega,museum\n".encode().replace(b"\\xe9", b"\xe9")
    raw = read_bytes("organisations.csv", data)
    assert raw.tables[0].frame["name"].to_list() == ["Théâtre", "Café", "Ωmega"]
    assert [(notice.rule, notice.row) for notice in raw.notices] == [("encoding", 3)]
    old = read_bytes("organisations.csv", "id,name,kind\na,Café £,museum\n".encode("cp1252"))
    assert old.tables[0].frame["name"].to_list() == ["Café £"]
    assert old.notices[0].row is None


def test_headings_printed_again_totals_and_notes_are_no_rows() -> None:
    """Each is left out and said; a partner called Total is none, since words stand beside it."""
    lines = [
        "id,name,kind",
        "a,A,museum",
        "id,name,kind",
        "total,Total Theatre,other",
        "Total,2,",
        "Note: as of May",
        "* not final",
    ]
    raw = read_bytes("organisations.csv", "\n".join(lines).encode())
    assert raw.tables[0].frame["id"].to_list() == ["a", "total"]
    assert [(notice.rule, notice.row) for notice in raw.notices] == [("repeated_headings", 3), ("total_row", 5), ("note_row", 6)]
    assert raw.problems == ()
