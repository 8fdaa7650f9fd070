"""Kinds of files that leads keep, found by trying some that nobody had tuned for: read as a person reads them."""

from __future__ import annotations

import pytest

from tests.support.workbooks import book
from wtnet.errors import WtnetError
from wtnet.importing import bring, individuals
from wtnet.importing.files import ImportResult
from wtnet.tables import dates, own


def read(name: str, data: str | bytes, **more: object) -> ImportResult:
    return bring([(name, data.encode() if isinstance(data, str) else data)], **more)  # type: ignore[arg-type]


def pairs(result: ImportResult) -> list[tuple[str, str]]:
    return result.checked.tables.partnerships.select("source", "target").rows()


def test_ties_under_headings_in_french_are_read_from_a_csv() -> None:
    text = "Structure;Travaille avec;Depuis;Force\nThéâtre;Hôpital;mars 2023;forte\nThéâtre;Musée;15/09/2022;faible\n"
    result = read("liens.csv", text.encode("cp1252"))
    assert result.checked.ok and pairs(result) == [("Théâtre", "Hôpital"), ("Théâtre", "Musée")]
    assert [str(day) for day in result.checked.tables.partnerships["started"]] == ["2023-03-01", "2022-09-15"]


def test_a_list_of_partners_that_says_whom_each_works_with_is_both() -> None:
    """Kind and town stay with the partner; a cell with two names is two ties, an empty one none."""
    text = 'Organisation,Type,Town,Works with\nKite,Museum,Hull,"Moor, Fen"\nMoor,Surgery,Ely,Kite\nFen,Choir,Ely,\n'
    tables = read("all.csv", text).checked.tables
    assert tables.organisations.select("id", "kind", "place").rows() == [
        ("Kite", "museum", "Hull"), ("Moor", "health_provider", "Ely"), ("Fen", "other", "Ely"),
    ]  # fmt: skip
    assert sorted(tables.partnerships.select("source", "target").rows()) == [("Kite", "Fen"), ("Kite", "Moor"), ("Moor", "Kite")]


def test_totals_beside_a_matrix_are_no_pilots() -> None:
    tables = read("m.csv", "Partner,Sing,Clay,Total\nKite,Yes,No,1\nMoor,Yes,Yes,2\nTotal,2,1,3\n").checked.tables
    assert tables.pilots["name"].to_list() == ["Sing", "Clay"] and tables.involvements.height == 3


def test_a_nodexl_workbook_with_more_sheets_keeps_its_vertices() -> None:
    sheets = {
        "Edges": [["", "", "Visual"], ["Vertex 1", "Vertex 2", "Color"], ["Kite", "Moor", "Red"]],
        "Vertices": [["Graph", ""], ["Vertex", "Sector"], ["Kite", "Arts"], ["Moor", "Health"]],
        "Overall Metrics": [["Graph Metric", "Value"], ["Vertices", 2]],
    }
    tables = read("n.xlsx", book(sheets)).checked.tables
    assert own.values(tables.organisations, "sector") == ["Arts", "Health"] and tables.partnerships.height == 1


def test_results_in_a_row_each_say_their_wave_pilot_and_n() -> None:
    rows = ("Calm,Sing,Jan 2024,6.1,24", "Calm,Sing,Jul 2024,7.0,22", "Calm,Clay,Jan 2024,5,15")
    text = "\n".join(("Indicator,Project,Period,Value,Respondents", *rows)) + "\n"
    raw = read("r.csv", text).raw
    (results,) = [table.frame for table in raw.tables if table.name == "results"]
    assert results.select("pilot", "wave", "value", "n").rows() == [
        ("sing", "jan-2024", "6.1", "24"), ("sing", "jul-2024", "7.0", "22"), ("clay", "jan-2024", "5", "15"),
    ]  # fmt: skip


def test_a_list_of_quotes_is_quotes_and_a_persons_name_is_asked_about() -> None:
    result = read(
        "q.csv", 'Quote,Who said it,Project\nI sleep better now.,"Ann Hill, 72",Sing\nBest hour of my week,Carer,Sing\n'
    )
    assert result.checked.tables.quotes["pilot"].to_list() == ["sing", "sing"] and len(result.asked) == 1


@pytest.mark.parametrize("word", ["n/k", "keine Angabe", "unbekannt", "TBC", "to follow"])
def test_more_words_for_nobody_are_no_partner(word: str) -> None:
    assert read("e.csv", f"From,To\nKite,Moor\nKite,{word}\n").checked.tables.organisations["name"].to_list() == ["Kite", "Moor"]


@pytest.mark.parametrize(
    ("text", "day"), [("1. März 2024", "2024-03-01"), ("15 août 2023", "2023-08-15"), ("3 de mayo 2024", "2024-05-03"),
     ("Mai 2024", "2024-05-01"), ("Blau 2024", None)]
)  # fmt: skip
def test_months_of_other_languages_are_months(text: str, day: str | None) -> None:
    span = dates.span(text)
    assert (str(span.first) if span else None) == day


GRANTS = (
    "Identifier,Currency,Amount Awarded,Award Date,Recipient Org:Name,Recipient Ind:Identifier,Recipient Ind:Name,"
    "Funding Org:Name,Region\n"
    "g1,GBP,5000,2024-01-02,Fen Choir,,,Tide Fund,North\ng2,GBP,800,2024-02-02,,p-1,Ann Person,Tide Fund,South\n"
)


def test_amounts_and_other_columns_of_grants_are_kept_with_their_currency() -> None:
    tables = read("g.csv", GRANTS).checked.tables
    assert own.values(tables.partnerships, "amount_awarded") == ["GBP 5000"]
    assert own.values(tables.partnerships, "region") == ["North"]
    assert ("amount_awarded", "number", "GBP") in tables.fields.select("id", "type", "unit").rows()


def test_grants_to_individuals_are_left_out_counted_and_come_in_on_a_persons_word_alone() -> None:
    """Left out, the name is nowhere; brought in, it is a freelancer's, which nobody but the lead sees."""
    result = read("g.csv", GRANTS)
    assert "Ann" not in str(result.checked) and any(
        "1 grant to individual people left out" in it.sentence for it in result.checked.notices
    )
    taken = read("g.csv", GRANTS, settings=dict([individuals.to_setting(True)])).checked
    assert taken.tables.organisations.filter(id="p-1").select("name", "kind", "sharing").row(0) == (
        "Ann Person",
        "freelancer",
        "private",
    )
    assert taken.tables.partnerships.height == 2 and any("as you said" in it.sentence for it in taken.notices)
    assert individuals.to_setting(False)[1] is None


def test_two_rows_of_headings_are_kept_whole_where_the_first_ends_on_empty_cells() -> None:
    text = "Your organisation,How close?,,What together?,\n,Kite,Moor,Kite,Moor\nKite,,4,,Referrals\nMoor,5,,Concerts,\n"
    result = read("sm.csv", text)
    assert result.checked.ok and result.checked.tables.organisations["name"].to_list() == ["Kite", "Moor"]


FORM = (
    "Timestamp,Your organisation,Your name,Level of collaboration [Kite],Level of collaboration [Moor],"
    "Joint events [Kite],Joint events [Moor],An equal voice?\n"
    "2024-05-01,Kite,Ann,,Coordination,,3,Yes\n2024-05-02,Moor,Bo,Networking,,4,,No\n2024-05-03,Moor,Cy,Cooperation,,,,Yes\n"
)


def test_answers_to_own_questions_of_a_survey_stand_beside_the_ratings_and_nobodys_name_is_kept() -> None:
    """What is said of a partner is a field of that rating, of oneself an answer; two people of one are told apart."""
    result = read("form.csv", FORM)
    tables = result.checked.tables
    assert result.checked.ok and tables.ratings.select("rater", "respondent_role", "level").rows() == [
        ("Moor", "Respondent 1", 1), ("Moor", "Respondent 2", 2), ("Kite", None, 3),
    ]  # fmt: skip
    assert own.values(tables.ratings, "joint_events") == ["4", None, "3"]
    assert tables.questions.select("wording", "type").rows() == [("An equal voice?", "yes_no")]
    assert tables.answers.select("organisation", "respondent_role", "value").rows() == [
        ("Kite", None, "Yes"), ("Moor", "Respondent 1", "No"), ("Moor", "Respondent 2", "Yes"),
    ]  # fmt: skip
    assert not any(name in str(tables.frames) for name in ("Ann", "Bo", "Cy"))


def test_numbers_among_names_are_no_partners() -> None:
    result = read("e.csv", "from,to\nKite,Moor\nFen,Lantern\n1001,77\n")
    assert result.checked.tables.organisations["name"].to_list() == ["Kite", "Moor", "Fen", "Lantern"]


def test_a_list_of_those_who_stand_in_the_ties_is_one_of_partners_and_a_matrix_of_words_has_its_first_row_as_headings() -> None:
    """Nothing beside the names says that they are partners; a dash on the diagonal makes no heading of a row."""
    sheets = {
        "Who we are": [["No.", "Group name", "What sort", "Joined us"], [1, "Kite", "Museum", 2020],
                       [2, "Moor", "GP practice", ""], [3, "Fen", "Choir", ""]],
        "Links": [["Group name", "Linked with"], ["Kite", "Moor"], ["Kite", "Fen"]],
        "How often": [["", "Kite", "Moor", "Fen"], ["Kite", "–", "weekly", "monthly"], ["Moor", "weekly", "–", "never"],
                      ["Fen", "monthly", "never", "–"]],
    }  # fmt: skip
    result = read("lead.xlsx", book(sheets))
    assert result.checked.tables.organisations.select("name", "kind").rows() == [
        ("Kite", "museum"), ("Moor", "health_provider"), ("Fen", "other"),
    ]  # fmt: skip
    assert own.values(result.checked.tables.organisations, "joined_us") == ["2020", None, None]
    assert result.checked.tables.partnerships.height == 5
    assert not [notice for notice in result.checked.notices if notice.rule == "unknown_sheet"]


ON_SIDE = {
    "partners.csv": "Name,Hull Museum,Ely Choir,Marsh Surgery\nType,Museum,Charity,GP practice\nTown,Hull,Ely,\nSize,9,3,4\n",
    "pilots.csv": ",Knit,Clay\nLead,Hull Museum,Ely Choir\nStart,Jan 2025,2024-09-01\nEnd,Mar 2025,ongoing\nVenue,Hull,Ely\n",
    "ties.csv": "Source,Hull Museum,Ely Choir\nTarget,Ely Choir,Marsh Surgery\nRelationship,funds,refers to\n",
}


@pytest.mark.parametrize("name", ON_SIDE)
@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_table_on_its_side_is_read_as_it_is_upright_and_said(name: str, suffix: str) -> None:
    """Fields down; partners, pilots or ties across: no field is a partner, and a row that is named is the column."""
    rows = [line.split(",") for line in ON_SIDE[name].splitlines()]
    across = [list(cells) for cells in zip(*rows, strict=True)]
    across[0][0] = across[0][0] or "Pilot"
    stem = name.removesuffix(".csv")
    if suffix == ".csv":
        turned, upright = read(f"my {stem}.csv", ON_SIDE[name]), [",".join(row) for row in across]
        as_usual = read(f"my {stem}.csv", "\n".join([*upright, ""])) if stem != "partners" else turned
    else:
        turned = read("my.xlsx", book({"Sheet1": rows}))
        as_usual = read("my.xlsx", book({"Sheet1": across})) if stem != "partners" else turned
    tables = turned.checked.tables
    assert turned.checked.ok and {"Hull Museum", "Ely Choir"} <= {*tables.organisations["name"]}
    assert not {"Type", "Town", "Lead", "Target", "Start"} & {*tables.organisations["name"]}
    for table in ("pilots", "partnerships"):
        names = ["name", "lead", "starts", "ends", "place"] if table == "pilots" else ["source", "target", "relationship"]
        assert tables[table].select(names).equals(as_usual.checked.tables[table].select(names))
    if stem == "partners":
        assert tables.organisations.select("name", "kind", "place").rows() == [
            ("Hull Museum", "museum", "Hull"), ("Ely Choir", "community_group", "Ely"), ("Marsh Surgery", "health_provider", None)
        ]  # fmt: skip
    assert any("stands on its side" in notice.sentence for notice in turned.checked.notices)


@pytest.mark.parametrize(
    "text",
    [
        "Organisation,Type,Town\nKite,Museum,Hull\nMoor,Surgery,Ely\n",
        ",Kite,Moor,Fen\nKite,0,1,2\nMoor,1,0,1\nFen,2,1,0\n",
        "Outcome,Baseline,Target,Latest\nTown,1,2,3\nType,2,3,4\n",
        "Name,Kite,Moor\nColour,red,blue\nWeight,1,2\n",
    ],
)
def test_a_table_that_stands_upright_or_says_nothing_of_fields_is_not_turned(text: str) -> None:
    try:
        notices = read("list.csv", text).checked.notices
    except WtnetError as refusal:
        assert "on its side" not in str(refusal)
    else:
        assert not any("on its side" in notice.sentence for notice in notices)


def test_ties_and_ratings_without_a_list_of_partners_name_their_partners_where_none_are_stored() -> None:
    """Our own columns under a name of one's own, or as our own advice says; a number is no partner."""
    ties = read("who funds.csv", "source,target,relationship\nKite,Moor,funds\nMoor,Fen,refers to\n")
    assert ties.checked.ok and ties.checked.tables.organisations["name"].to_list() == ["Kite", "Moor", "Fen"]
    assert any("3 partners in no list of partners" in notice.sentence for notice in ties.checked.notices)
    rated = read("ratings.csv", "wave,rater,partner,level\nSpring,Kite,Moor,4\nSpring,Moor,Kite,2\n").checked
    assert rated.ok and rated.tables.ratings["level"].to_list() == [4, 2] and rated.tables.waves["name"].to_list() == ["Spring"]
    odd = read("ratings.csv", "wave,rater,partner,level\nSpring,Kite,12,4\n").checked
    assert not odd.ok and odd.tables.organisations["name"].to_list() == ["Kite"]
    stored = ties.checked.tables
    again = read("who funds.csv", "source,target,relationship\nKite,Moo,funds\n", known=stored).checked
    assert [problem.rule for problem in again.problems] == ["unknown_reference"]
