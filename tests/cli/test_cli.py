"""The command line: exit codes, one sentence per error, and JSON that programs can rely on."""

import csv
import io
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from tests.support import prepared
from tests.support.made import sector
from tests.support.paths import EXAMPLE, ROOT
from wtnet import importing
from wtnet.cli import main, printing
from wtnet.cli.source import of_files
from wtnet.measures.engine import paths
from wtnet.store import Programme, Store
from wtnet.writers import FORMATS

ORGANISATIONS = "id,name,kind\na,Anna,freelancer\nb,=cmd(),museum\nc,<script>,museum\n"
RATINGS = "wave,rater,partner,level,contact\nw,a,b,3,weekly\nw,b,a,1,\nw,a,c,0,\n"
WAVES = "id,name,date\nw,First wave,2024-02-01\nv,Second wave,2025-02-01\n"


@pytest.fixture
def files(tmp_path) -> Path:
    where = tmp_path / "mine"
    where.mkdir()
    for name, text in (("organisations", ORGANISATIONS), ("ratings", RATINGS), ("waves", WAVES)):
        (where / f"{name}.csv").write_text(text, encoding="utf-8")
    return where


def outside(*arguments: str, **more) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "wtnet", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False, **more)


def one_sentence(text: str) -> bool:
    return text.endswith("\n") and text.count("\n") == 1 and len(text) > 20


# -- what was typed wrongly ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nonsense"],
        ["check"],
        ["check", "/there/is/nothing.xlsx"],
        ["check", EXAMPLE, "--nonsense"],
        ["measures", "--of", "network"],
        ["measures", EXAMPLE, "--programme", "example", "--of", "network"],
        ["measures", EXAMPLE, "--of", "nonsense"],
        ["measures", EXAMPLE, "--of", "ties", "--wave", "nonsense"],
        ["measures", EXAMPLE, "--of", "ties", "--pairing", "nonsense"],
        ["measures", EXAMPLE, "--of", "ties", "--weights", "nonsense=1"],
        ["measures", EXAMPLE, "--of", "ties", "--weights", "depth=much"],
        ["measures", EXAMPLE, "--of", "ties", "--weights", "depth=0,contact=0,trust=0,value=0"],
        ["measures", EXAMPLE, "--of", "ties", "--weights", "depth=nan"],
        ["measures", EXAMPLE, "--of", "ties", "--json", "--csv"],
        ["measures", "--programme", "nonsense", "--of", "network"],
        ["history", "--programme", "nonsense"],
        ["compare", EXAMPLE, "--from", "nonsense", "--to", "end"],
        ["template", "letter.docx"],
        ["template", "/there/is/no/folder/x.xlsx"],
        ["programmes", "--database", "mysql://user:secret@host/base"],
    ],
)
def test_a_wrong_command_is_one_sentence_and_exit_code_2(run, arguments):
    code, out, err = run(*arguments)
    assert code == 2
    assert out == ""
    assert one_sentence(err), err
    assert "secret" not in err and "Traceback" not in err


def test_help_is_printed_for_every_command(run):
    for verb in ("", "check", "import", "measures", "compare", "programmes", "history", "template"):
        code, out, err = run(*([verb] if verb else []), "--help")
        assert code == 0 and out.startswith("usage: python -m wtnet") and err == ""


# -- check --------------------------------------------------------------------------------------------------------


def test_check_of_good_files_is_0_and_says_what_was_found(run, files):
    code, out, err = run("check", files)
    assert code == 0 and err == ""
    assert "organisations" in out and out.endswith("No problems found.\n")


def test_check_as_json_has_exactly_the_promised_shape(run, files):
    (files / "ratings.csv").write_text(RATINGS + "w,c,a,7,\n", encoding="utf-8")
    (files / "organisations.csv").write_text(ORGANISATIONS.replace("\n", ",9\n").replace("9", "shoe_size", 1), encoding="utf-8")
    code, out, err = run("check", files, "--json")
    found = json.loads(out)
    assert code == 1 and err == ""
    assert list(found) == ["format", "tables", "problems", "notices"]
    assert found["format"] == "csv"
    assert found["tables"]["organisations"] == 3
    for one in [*found["problems"], *found["notices"]]:
        assert set(one) == {"file", "sheet", "row", "column", "rule", "value", "sentence", "meant"}
    problem = found["problems"][0]
    assert (problem["file"], problem["row"], problem["column"], problem["value"]) == ("ratings.csv", 5, "level", "7")
    assert any("shoe_size" in one["sentence"] for one in found["notices"])


def test_check_of_a_file_that_cannot_be_read_is_2(run, tmp_path):
    fake = tmp_path / "report.xlsx"
    fake.write_bytes(b"%PDF-1.7 not a workbook")
    code, out, err = run("check", fake, "--json")
    assert code == 2 and out == "" and one_sentence(err)


def test_check_may_refer_to_a_stored_programme(run, files, tmp_path):
    run("import", files, "--programme", "Mine", "--yes")
    more = tmp_path / "partnerships.csv"
    more.write_text("source,target\na,c\n", encoding="utf-8")
    assert run("check", more)[0] == 1
    assert run("check", more, "--programme", "mine")[0] == 0


# -- import, programmes, history ----------------------------------------------------------------------------------


def test_without_anybody_to_ask_nothing_is_stored(run, files, monkeypatch):
    with open(os.devnull, encoding="utf-8") as nobody:
        monkeypatch.setattr(sys, "stdin", nobody)
        code, out, err = run("import", files, "--programme", "Mine")
    assert code == 1
    assert "add --yes" in err and one_sentence(err)
    assert "organisations" in out
    with Store() as store:
        assert store.find("Mine") is None


@pytest.mark.parametrize(("answer", "code"), [("y\n", 0), ("\n", 1), ("\x04", 1)])
def test_a_person_is_asked_and_the_answer_counts(run, files, monkeypatch, answer, code):
    pty = pytest.importorskip("pty", reason="no terminals of this kind here")
    ours, theirs = pty.openpty()
    os.write(ours, answer.encode())
    with open(theirs, encoding="utf-8") as terminal:
        monkeypatch.setattr(sys, "stdin", terminal)
        ended, out, err = run("import", files, "--programme", "Mine")
    os.close(ours)
    assert ended == code and "Accept? [y/N]" in out, err
    with Store() as store:
        assert (store.find("Mine") is not None) == (code == 0)


def test_import_adds_unless_told_to_replace_and_everything_is_in_the_history(run, files, tmp_path):
    assert run("import", files, "--programme", "Mine", "--yes")[0] == 0
    other = tmp_path / "organisations.csv"
    other.write_text("id,name,kind\na,Ann,freelancer\nd,Dee,museum\n", encoding="utf-8")
    code, out, _ = run("import", other, "--programme", "MINE", "--yes", "--reason", "new partner")
    assert code == 0 and "1 partner added; 1 partner changed" in out
    with Store() as store:
        assert store.load("mine").organisations["name"].to_list() == ["Ann", "=cmd()", "<script>", "Dee"]
    code, out, _ = run("import", other, "--programme", "Mine", "--yes")
    assert code == 0 and "Nothing would change" in out
    ids = "id,name,kind\na,Ann,freelancer\nb,B,museum\nc,C,museum\n"
    other.write_text(ids, encoding="utf-8")
    assert run("import", other, "--programme", "Mine", "--yes", "--replace")[0] == 0
    with Store() as store:
        assert store.load("mine").organisations["id"].to_list() == ["a", "b", "c"]
        assert store.load("mine").ratings.height == 3
    code, out, _ = run("history", "--programme", "mine", "--json")
    made = json.loads(out)
    assert code == 0 and len(made) == 3
    assert made[1]["reason"] == "new partner" and made[1]["summary"] == "1 partner added; 1 partner changed"
    assert "1 partner removed" in run("history", "--programme", "mine")[1]


def test_import_keeps_what_is_stored_where_a_cell_is_empty_unless_told_to_empty(run, tmp_path):
    """As the page does: an empty cell means not known; what changes is told in words, and likely duplicates are listed."""
    path = tmp_path / "organisations.csv"
    path.write_text("id,name,kind,place\nm,St Mary's Hosp.,health_provider,York\n", encoding="utf-8")
    assert run("import", str(path), "--programme", "New", "--yes")[0] == 0
    path.write_text("id,name,kind,place\nm,St Mary's Hosp.,museum,\nn,St Marys Hospital,museum,\n", encoding="utf-8")
    code, out, _ = run("import", str(path), "--programme", "New", "--yes")
    assert code == 0 and "St Mary's Hosp.: kind" in out and "York →" not in out
    assert "St Marys Hospital (n) and St Mary's Hosp. (m, stored)" in out
    with Store() as store:
        assert store.load("new").organisations["place"].to_list() == ["York", None]
    assert run("import", str(path), "--programme", "New", "--yes", "--empty")[0] == 0
    with Store() as store:
        assert store.load("new").organisations["place"].to_list() == [None, None]


def test_import_reads_headings_as_they_were_mapped_before_and_says_so(run, tmp_path):
    """What was said once on the Data page counts on the command line too."""
    path = tmp_path / "our list.csv"
    path.write_text("Who,What sort\nHarbour Arts,museum\n", encoding="utf-8")
    assert run("import", str(path), "--programme", "New", "--yes")[0] == 2
    (sheet,) = importing.bring([(path.name, path.read_bytes())]).sheets
    with Store() as store:
        store.remember(
            *importing.to_setting(
                sheet, importing.SheetMapping.of("organisations", {"id": importing.FROM_NAME, "name": "Who", "kind": "What sort"})
            )
        )
    code, out, _ = run("import", str(path), "--programme", "New", "--yes")
    assert code == 0 and "mapped before" in out and "Stored as revision" in out


def test_a_replacement_that_others_refer_to_is_refused(run, files, tmp_path):
    run("import", files, "--programme", "Mine", "--yes")
    other = tmp_path / "organisations.csv"
    other.write_text("id,name,kind\nz,Zed,museum\n", encoding="utf-8")
    code, out, err = run("import", other, "--programme", "Mine", "--yes", "--replace")
    assert code == 2 and out == "" and one_sentence(err)


def test_import_of_files_with_problems_is_1_and_stores_nothing(run, files):
    (files / "ratings.csv").write_text(RATINGS + "w,c,nobody,2,\n", encoding="utf-8")
    code, out, err = run("import", files, "--programme", "Mine", "--yes")
    assert code == 1 and out == "" and "nobody" in err
    with Store() as store:
        assert store.find("Mine") is None


def test_many_problems_are_not_all_printed(run, files):
    (files / "ratings.csv").write_text(RATINGS + "".join(f"w,c,a{at},2,\n" for at in range(50)), encoding="utf-8")
    _, _, err = run("import", files, "--programme", "Mine", "--yes")
    assert err.count("\n") == 21 and "30 more problems" in err


def test_the_shipped_programmes_are_there_from_the_first_start(run, no_database):
    code, out, _ = run("programmes", "--json")
    there = {one["id"]: one for one in json.loads(out)}
    assert code == 0
    assert there["example"]["illustrative"] is True and there["working-together"]["illustrative"] is False
    assert "illustrative" in run("programmes")[1]


def test_the_database_may_be_named_before_or_after_the_command(run, no_database, tmp_path):
    (tmp_path / "other.db").write_bytes(prepared.shipped())
    named = ["--database", f"sqlite:///{tmp_path / 'other.db'}"]
    for arguments in ([*named, "programmes"], ["programmes", *named]):
        code, out, _ = run(*arguments)
        assert code == 0 and "working-together" in out and not (tmp_path / "app.db").exists(), arguments


# -- template -----------------------------------------------------------------------------------------------------


def test_the_template_is_written_once_and_never_over_a_filled_in_one(run, tmp_path):
    target = tmp_path / "blank.xlsx"
    assert run("template", target)[0] == 0
    assert run("check", target)[0] == 0
    code, _, err = run("template", target)
    assert code == 2 and "is there already" in err


def test_a_template_that_does_not_fit_on_the_disk_leaves_nothing_half_written(run, tmp_path, monkeypatch):
    """A limit of 4 kB a file stands for a full disk. A compiled module it cuts off would stay for all others: none is kept."""
    resource = pytest.importorskip("resource", reason="this system has no limits on the size of a file")
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, usual[1]))
        code, _, err = run("template", tmp_path / "t.xlsx")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
    assert code == 2 and "could not be written" in err and [one.name for one in tmp_path.iterdir()] == []


# -- measures and compare -----------------------------------------------------------------------------------------


def test_ties_as_json_hold_both_sides_and_null_for_unknown(run, files):
    code, out, err = run("measures", files, "--of", "ties", "--wave", "first wave", "--json")
    assert code == 0 and err == ""
    (tie,) = json.loads(out)
    assert {"source", "target", "strength", "depth", "contact", "trust", "value", "agreement", "basis"} <= set(tie)
    assert (tie["source"], tie["target"], tie["basis"]) == ("a", "b", "both")
    assert tie["trust"] is None


def test_weights_and_pairing_change_the_strength(run, files):
    def strength(*more: str) -> float:
        return json.loads(run("measures", files, "--of", "ties", "--wave", "w", "--json", *more)[1])[0]["strength"]

    assert strength("--weights", "depth=1,contact=0,trust=0,value=0") == pytest.approx((0.6 + 0.2) / 2)
    assert strength("--weights", "contact=0", "--pairing", "weaker") == pytest.approx(0.2)


def test_partners_as_json_have_a_key_for_every_measure(run, files):
    from wtnet.measures.catalogue import MEASURES

    code, out, _ = run("measures", files, "--of", "partners", "--wave", "w", "--json")
    found = json.loads(out)
    assert code == 0
    assert [(one["id"], one["name"], one["kind"]) for one in found] == [
        ("a", "Anna", "freelancer"),
        ("b", "=cmd()", "museum"),
        ("c", "<script>", "museum"),
    ]
    for one in found:
        assert {measure.id for measure in MEASURES if measure.of == "partner"} <= set(one)


def test_the_network_is_one_object_with_a_key_for_every_measure(run):
    from wtnet.measures.catalogue import MEASURES

    code, out, _ = run("measures", EXAMPLE, "--of", "network", "--json")
    assert code == 0
    assert {measure.id for measure in MEASURES if measure.of == "network"} <= set(json.loads(out))


@pytest.mark.parametrize("of", ["partners", "ties", "network"])
def test_csv_neutralises_formulas_and_leaves_unknown_cells_empty(run, files, of):
    code, out, _ = run("measures", files, "--of", of, "--wave", "w", "--csv")
    rows = list(csv.reader(io.StringIO(out)))
    assert code == 0 and len({len(row) for row in rows}) == 1
    cells = [cell for row in rows[1:] for cell in row]
    assert not any(cell.startswith(("=", "@")) for cell in cells)
    assert not {"nan", "NaN", "None", "null"} & set(cells)
    if of == "partners":
        assert "'=cmd()" in cells


@pytest.mark.parametrize("of", ["partners", "ties", "network"])
def test_the_default_is_a_table_to_read(run, files, of):
    code, out, err = run("measures", files, "--of", of)
    assert code == 0 and err == "" and "──" in out and "NaN" not in out and "None" not in out


def test_measures_of_files_with_problems_is_1(run, files):
    (files / "ratings.csv").write_text(RATINGS + "w,c,a,9,\n", encoding="utf-8")
    code, out, err = run("measures", files, "--of", "ties", "--json")
    assert code == 1 and out == "" and '"9"' in err


def test_a_stored_programme_gives_the_same_as_its_files(run):
    stored = run("measures", "--programme", "example", "--of", "network", "--json")
    assert stored[0] == 0
    assert stored == run("measures", EXAMPLE, "--of", "network", "--json")


def test_intervals_stand_beside_the_networks_figures(run, files):
    code, out, _ = run("measures", EXAMPLE, "--of", "network", "--json", "--intervals")
    found = json.loads(out)
    assert code == 0
    for one in found["intervals"].values():
        assert one["low"] <= one["value"] <= one["high"]
    assert found["intervals"]["density"]["value"] == pytest.approx(found["density"])
    code, out, _ = run("measures", EXAMPLE, "--of", "network", "--csv", "--intervals")
    assert code == 0 and out.startswith("measure,value,low,high\n")
    code, out, err = run("measures", EXAMPLE, "--of", "ties", "--intervals")
    assert code == 2 and out == "" and one_sentence(err)


def test_compare_says_what_became_of_every_pair(run, files):
    more = RATINGS + "v,a,b,5,daily\nv,b,a,4,daily\nv,c,b,2,\nv,a,c,0,\n"
    (files / "ratings.csv").write_text(more, encoding="utf-8")
    code, out, err = run("compare", files, "--from", "w", "--to", "Second wave", "--json")
    found = json.loads(out)
    assert code == 0 and err == ""
    assert list(found) == ["from", "to", "counts", "pairs", "flow"]
    assert (found["from"], found["to"]) == ("w", "v")
    states = {(one["source"], one["target"]): one["state"] for one in found["pairs"]}
    assert states[("a", "b")] == "stronger"
    assert sum(found["counts"].values()) == len(states)
    code, out, _ = run("compare", files, "--from", "w", "--to", "v")
    assert code == 0 and "stronger" in out
    code, out, _ = run("compare", files, "--from", "w", "--to", "v", "--csv")
    assert code == 0 and len(out.splitlines()) == len(states) + 1


def test_compare_works_on_a_stored_programme(run):
    stored = run("compare", "--programme", "example", "--from", "baseline", "--to", "end", "--json")
    assert stored[0] == 0
    assert stored == run("compare", EXAMPLE, "--from", "baseline", "--to", "end", "--json")


# -- printing -----------------------------------------------------------------------------------------------------


def test_plain_values_hold_no_nan_and_iso_dates():
    frame = pl.DataFrame({"a": [1.5, float("nan")], "b": [date(2024, 2, 29), None]})
    assert printing.plain({"x": frame, ("p", "q"): {float("inf")}}) == {
        "x": [{"a": 1.5, "b": "2024-02-29"}, {"a": None, "b": None}],
        "p / q": [None],
    }


def test_csv_marks_only_text_that_looks_like_a_formula(capsys):
    printing.as_csv(["=x"], [["=1"], ["+1"], ["-1"], ["@a"], ["\ta"], [-1.5], [None], [True], ["fine"]])
    rows = [row[0] if row else "" for row in csv.reader(io.StringIO(capsys.readouterr().out))]
    assert rows == ["'=x", "'=1", "'+1", "'-1", "'@a", "'\ta", "-1.5", "", "yes", "fine"]


def test_a_table_is_aligned_whatever_the_names_are_written_in(capsys):
    printing.as_table(["name", "n"], [["日本", 1], ["e\u0301", 1000.25], ["\x1b[31mred", None]])
    lines = capsys.readouterr().out.splitlines()
    assert lines[2] == "日本             1"
    assert lines[3] == "e\u0301         1,000.25"
    assert "\x1b" not in lines[4] and lines[4].endswith("–")


# -- as a program -------------------------------------------------------------------------------------------------


def test_it_runs_as_a_program_and_speaks_utf_8(tmp_path, files):
    (files / "organisations.csv").write_text(ORGANISATIONS.replace("Anna", "Ånna 🎭"), encoding="utf-8")
    done = outside("measures", str(files), "--of", "partners", "--csv", env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert done.returncode == 0 and done.stderr == ""
    assert "Ånna 🎭" in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end differently there")
def test_a_reader_that_goes_away_is_no_error(files):
    """With more to say than a pipe holds."""
    (files / "ratings.csv").write_text(RATINGS + "w,c,nobody,9,\n" * 400, encoding="utf-8")
    command = f'"{sys.executable}" -m wtnet check "{files}" --json | head -n 1'
    done = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout == "{\n" and done.stderr == ""


HERE_ALONE = ["workbook", "csv", "kumu", "gephi", "give-back", "png"]
"""Formats of which no other test of the gate has the command write a file."""


@pytest.mark.parametrize(
    "formats",
    [HERE_ALONE, pytest.param([one.id for one in FORMATS if one.id not in HERE_ALONE], marks=pytest.mark.thorough)],
    ids=["here alone", "elsewhere too"],
)
def test_a_programme_leaves_in_every_format(tmp_path, run, files, formats):
    """export writes a whole file, says where, and names the formats if asked for another."""
    run("import", files, "--programme", "Mine", "--yes")
    with prepared.known_again("mine"):
        for name in formats:
            out = tmp_path / f"out.{name}"
            code, printed, _ = run("export", "--programme", "mine", "--format", name, "--out", out)
            assert code == 0 and out.stat().st_size > 500 and str(out) in printed, name
            code, _, error = run("export", "--programme", "nobody", "--format", name, "--out", out)
            assert code == 2 and "nobody" in error, name
    code, _, error = run("export", "--programme", "mine", "--format", "nonsense", "--out", out)
    assert code == 2 and all(one.id in error for one in FORMATS)


def test_what_is_exported_from_a_file_as_a_workbook_says_the_same_again(tmp_path, capsys):
    """A folder of CSVs leaves as a workbook with the same figures."""
    out = tmp_path / "out.xlsx"
    assert main(["export", str(EXAMPLE), "--format", "workbook", "--out", str(out)]) == 0
    capsys.readouterr()
    said = []
    for source in (str(EXAMPLE), str(out)):
        assert main(["measures", source, "--of", "network", "--json"]) == 0
        said.append(capsys.readouterr().out)
    assert said[0] == said[1]


@pytest.mark.parametrize("name", ["html", "svg", "gexf", "graphml", "pajek", "kumu-json"])
def test_no_folder_of_the_persons_machine_is_in_what_is_exported_from_a_file(tmp_path, name):
    """Its title is the name of the file, which is nobody's user name."""
    folder = tmp_path / "users" / "qbrackwater"
    folder.mkdir(parents=True)
    (folder / "ties.csv").write_text("from,to\nHarbour Arts,Museum\n")
    out = tmp_path / "out"
    assert main(["export", str(folder / "ties.csv"), "--format", name, "--audience", "public", "--out", str(out)]) == 0
    data = out.read_text()
    assert "qbrackwater" not in data
    assert str(tmp_path) not in data


@pytest.mark.parametrize(
    ("files", "name"),
    [
        (["/home/me/a.csv"], "a"),
        ([r"C:\Users\me\b.xlsx", "c.csv"], "b, c"),
        ([".", ""], "Files, Files"),
        (["in/folder/"], "folder"),
    ],
)
def test_files_are_called_by_their_names_alone(files, name):
    """Whatever the machine writes between folders."""
    assert of_files(files).name == name


def test_every_path_has_betweenness_exact_where_it_would_be_estimated(database, monkeypatch, capsys) -> None:
    """With it no notice says "estimated", and the figures are those of a network small enough to be exact anyway."""
    with Store(database) as store:
        store.create(Programme("made", "Made"), sector(30, 90), author="test", reason="test")

    def printed(*more: str) -> tuple[str, list[float]]:
        given = ["measures", "--programme", "made", "--of", "partners", *more]
        assert main(given) == 0
        text = capsys.readouterr().out
        assert main([*given, "--json"]) == 0
        return text, [row["betweenness"] for row in json.loads(capsys.readouterr().out)]

    small = printed()
    monkeypatch.setattr(paths, "EXACT", 25)
    estimated, exact = printed(), printed("--every-path")
    assert "Betweenness of these 30 partners is estimated" in estimated[0] and estimated[1] != small[1]
    assert "estimated" not in exact[0] and exact[1] == pytest.approx(small[1])
