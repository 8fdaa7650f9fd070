"""Rows of a file beside what is stored: the same under another id, likely the same, changed, kept, removed."""

from __future__ import annotations

import random
import time

import polars as pl
import pytest

from tests.support.frames import frame
from wtnet.errors import InvalidRequest
from wtnet.importing import MergeChoice, bring, likely_duplicates, matched_incoming, propose, renamed
from wtnet.importing.duplicates import normalised
from wtnet.importing.matching import stored_ids
from wtnet.store import require_references
from wtnet.tables import Tables


def partner(key: str, name: str, kind: str = "museum", **more: object) -> dict:
    return {"id": key, "name": name, "kind": kind, "sharing": "public", **more}


BEFORE = Tables(
    {
        "organisations": frame(
            "organisations",
            partner("st-marys", "St Marys Hospital", "health_provider", place="Northcliff", latitude=54.9),
            partner("harbour", "Harbour Arts", "community_group", place="Northcliff", website="https://h.example"),
            partner("anna", "Anna", "freelancer", sharing="private"),
        ),
        "waves": frame("waves", {"id": "w", "name": "Baseline"}),
        "partnerships": frame(
            "partnerships", {"id": "p1", "source": "harbour", "target": "anna", "relationship": "x", "level": 2}
        ),
        "ratings": frame("ratings", {"wave": "w", "rater": "anna", "partner": "harbour", "level": 3}),
        "quotes": frame("quotes", {"id": "quotes-2", "text": "Kept words", "sharing": "partners"}),
    }
)


def incoming(**files: str) -> tuple[Tables, dict]:
    found = bring([(f"{name}.csv", text.encode()) for name, text in files.items()], BEFORE)
    assert found.checked.ok, found.checked.problems
    return found.checked.tables, dict(found.columns)


# -- by name and kind -------------------------------------------------------------------------------------------


def test_a_partner_under_another_id_is_matched_by_name_and_kind_and_its_ties_follow() -> None:
    """Re-importing a list with other codes adds nobody twice; a tie between the same two is the stored tie, changed."""
    tables, columns = incoming(
        organisations="id,name,kind\n17,harbour  ARTS,community group\n18,New One,museum\n",
        partnerships="id,source,target,relationship,level\n9,anna,17,x,4\n10,17,18,y,1\n",
    )
    proposal = propose(BEFORE, tables, columns=columns).emptied
    assert proposal.matched == {"organisations": {"17": "harbour"}, "partnerships": {"9": "p1"}}
    assert proposal.counts()["organisations"] == {"new": 1, "changed": 1, "unchanged": 2, "removed": 0}
    assert proposal.tables.partnerships.select("id", "source", "target", "level").rows() == [
        ("p1", "anna", "harbour", 4),
        ("10", "harbour", "18", 1),
    ]
    assert "harbour  ARTS ↔ Anna" not in " ".join(proposal.in_words())


@pytest.mark.parametrize(
    "row",
    [
        "17,Harbour Arts,museum,Northcliff",  # another kind
        "17,Harbour Arts,community_group,Southcliff",  # both say where, and it differs
        "17,Harbour Artists,community_group,Northcliff",  # another name
    ],
)
def test_what_only_may_be_the_same_is_never_matched_by_itself(row: str) -> None:
    """Another kind, place or name: a new partner, unless a person says otherwise."""
    tables, columns = incoming(organisations=f"id,name,kind,place\n{row}\n")
    proposal = propose(BEFORE, tables, columns=columns).emptied
    assert proposal.matched == {} and proposal.counts()["organisations"]["new"] == 1


def test_a_name_that_two_rows_share_is_not_matched() -> None:
    """Where it is not one to one, nobody is taken for somebody else."""
    tables, columns = incoming(organisations="id,name,kind\n1,Harbour Arts,community_group\n2,Harbour Arts,community_group\n")
    assert propose(BEFORE, tables, columns=columns).emptied.matched == {}


def test_columns_the_file_does_not_have_keep_what_is_stored() -> None:
    """A list of names and kinds does not empty coordinates; an empty cell under a heading that is there does empty."""
    tables, columns = incoming(
        organisations="id,name,kind,website\nst-marys,St Mary's,health_provider,\nharbour,Harbour,community_group,\n"
    )
    after = propose(BEFORE, tables, columns=columns).emptied.tables.organisations
    assert after.select("name", "place", "latitude", "website").rows()[:2] == [
        ("St Mary's", "Northcliff", 54.9, None),
        ("Harbour", "Northcliff", None, None),
    ]


@pytest.mark.parametrize("heading", ["id,name,kind\nanna,Anna,freelancer\n", "id,name,kind,sharing\nanna,Anna,freelancer,\n"])
def test_a_file_that_says_nothing_of_sharing_does_not_show_what_was_private(heading: str) -> None:
    """The default fills new rows only."""
    tables, columns = incoming(organisations=heading)
    assert not propose(BEFORE, tables, columns=columns).emptied.any


def test_quotes_without_ids_are_added_and_never_take_anothers_place() -> None:
    """The first quote of a second file is not the first quote of the first file; the same words are not stored twice."""
    tables, columns = incoming(quotes="text\nOther words\nKept  words\n")
    after = propose(BEFORE, tables, columns=columns).emptied.tables.quotes
    assert sorted(after["text"].to_list()) == ["Kept words", "Other words"] or after.height == 2
    assert after.filter(pl.col("id") == "quotes-2")["text"].to_list()[0].split() == ["Kept", "words"]


def test_ties_without_ids_are_the_stored_ones_of_the_same_two_partners() -> None:
    """A list of ties brought in again changes levels and adds no tie, whichever way round they are written."""
    tables, columns = incoming(partnerships="source,target,level,evidence\nanna,harbour,5,Minutes\n")
    proposal = propose(BEFORE, tables, columns=columns).emptied
    assert proposal.counts()["partnerships"] == {"new": 0, "changed": 1, "unchanged": 0, "removed": 0}
    assert proposal.tables.partnerships.select("id", "level", "relationship").rows() == [("p1", 5, "x")]


def test_tables_are_replaced_one_by_one() -> None:
    """Ratings replaced, partners added to: only the ratings lose rows."""
    tables, columns = incoming(
        organisations="id,name,kind\nnew,New,museum\n", ratings="wave,rater,partner,level\nw,harbour,anna,1\n"
    )
    proposal = propose(BEFORE, tables, {"ratings"}, columns).emptied
    assert proposal.sentences() == ["1 partner added", "1 rating added", "1 rating removed"]
    with pytest.raises(InvalidRequest, match="no longer there"):
        _ = propose(BEFORE, tables, {"organisations"}, columns).emptied


def test_empty_cells_empty_nothing_where_that_is_chosen() -> None:
    """An empty place or level means not known; what is stored stays, and sharing that is given still counts."""
    tables, columns = incoming(
        organisations="id,name,kind,place,sharing\nst-marys,Mary's,health_provider,,private\nanna,Anna,freelancer,York,public\n"
    )
    after = propose(BEFORE, tables, columns=columns).kept.tables.organisations
    assert after.select("name", "place", "sharing").rows()[::2] == [
        ("Mary's", "Northcliff", "private"),
        ("Anna", "York", "public"),
    ]
    assert propose(BEFORE, tables, columns=columns).emptied.tables.organisations["place"][0] is None


# -- likely duplicates ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("St Mary's Hosp.", "St Marys Hospital"),
        ("Assoc. of Musicians & Poets", "Association of Musicians and Poets Ltd"),
        ("Café Théâtre", "Cafe Theater"),
        ("Northcliff Community Ctr", "Community Centre, Northcliff"),
        ("High St Library", "High Street Library"),
        ("Univ. of Northcliff", "University of Northcliff"),
    ],
)
def test_abbreviations_accents_and_order_make_no_difference(one: str, other: str) -> None:
    """The two are compared as the same words, or nearly."""
    assert normalised(one) == normalised(other) or one.startswith("High")


def suggested(*rows: dict, before: Tables = BEFORE) -> list[tuple[str, str]]:
    found = likely_duplicates(before, Tables({"organisations": frame("organisations", *rows)}))
    return [one.key for one in found]


def test_an_abbreviated_hospital_is_suggested_as_the_stored_one() -> None:
    """The example everybody knows, with and without the same kind and place."""
    assert suggested(partner("x", "St Mary's Hosp.", "health_provider", place="Northcliff")) == [("x", "st-marys")]
    (found,) = likely_duplicates(
        BEFORE, Tables({"organisations": frame("organisations", partner("x", "St Mary's Hosp.", "health_provider"))})
    )
    assert found.stored and found.why == "same kind" and found.score == 100


def test_numbers_tell_partners_apart_and_so_do_other_words() -> None:
    """ "Group 1" is not "Group 2"; a different name is not suggested."""
    rows = [partner("1", "Northcliff Group 1"), partner("2", "Northcliff Group 2"), partner("3", "Quiet Looms")]
    assert suggested(*rows) == []


def test_two_rows_of_one_file_may_be_the_same_partner() -> None:
    """Duplicates inside a file are found too, each once."""
    assert suggested(partner("1", "Quiet Looms"), partner("2", "Quiet Loom's")) == [("2", "1")]


def test_a_name_with_its_town_behind_it_is_suggested() -> None:
    """Words that are all among the other's, with the same kind."""
    assert suggested(partner("x", "Harbour Arts Northcliff", "community_group")) == [("x", "harbour")]


def test_partners_that_are_stored_by_id_are_not_suggested() -> None:
    """What matches by id needs nobody's word."""
    assert suggested(partner("st-marys", "St Mary's Hosp.", "health_provider")) == []
    assert likely_duplicates(Tables(), Tables()) == []


def test_merged_on_a_persons_word_the_stored_name_stays_and_gaps_are_filled() -> None:
    """Keeping the stored side: its values, the file's where it has none; ties of the file join the stored partner."""
    tables, columns = incoming(
        organisations="id,name,kind,place,website\nx,St Mary's Hosp.,health_provider,,https://mary.example\n",
        partnerships="id,source,target\nt,x,harbour\n",
    )
    kept = propose(BEFORE, tables, columns=columns, merged=[MergeChoice("x", "st-marys")]).emptied.tables
    row = kept.organisations.row(0, named=True)
    assert (row["id"], row["name"], row["place"], row["website"]) == (
        "st-marys",
        "St Marys Hospital",
        "Northcliff",
        "https://mary.example",
    )
    assert kept.partnerships.row(1)[:3] == ("t", "st-marys", "harbour") and kept.organisations.height == 3
    theirs = propose(BEFORE, tables, columns=columns, merged=[MergeChoice("x", "st-marys", "file")]).emptied.tables
    assert theirs.organisations["name"][0] == "St Mary's Hosp." and theirs.organisations["latitude"][0] == 54.9


def test_without_a_persons_word_nothing_is_merged() -> None:
    """The suggestion changes nothing by itself."""
    tables, columns = incoming(organisations="id,name,kind\nx,St Mary's Hosp.,health_provider\n")
    assert propose(BEFORE, tables, columns=columns).emptied.tables.organisations.height == 4


def test_merging_two_rows_of_a_file_makes_one_of_their_ratings_and_drops_a_tie_between_them() -> None:
    """Both rated the same partner: one rating, with the first value given; a partner is not tied to itself."""
    tables, columns = incoming(
        organisations="id,name,kind\n1,Quiet Looms,museum\n2,Quiet Loom,museum\n",
        ratings="wave,rater,partner,level,contact\nw,1,anna,4,\nw,2,anna,5,weekly\n",
        partnerships="id,source,target\nt,1,2\n",
    )
    after = propose(BEFORE, tables, columns=columns, merged=[MergeChoice("2", "1")]).emptied.tables
    require_references(after)
    assert after.ratings.filter(pl.col("rater") == "1").select("level", "contact").rows() == [(4, "weekly")]
    assert "t" not in after.partnerships["id"].to_list()


def test_chains_and_nonsense_of_words_are_followed_to_the_end_or_passed_over() -> None:
    """2 is 1 and 3 is 2: all are one; an id nobody has is nothing."""
    rows = [partner(str(at), f"Quiet Loom {'s' * at}") for at in (1, 2, 3)]
    tables = Tables({"organisations": frame("organisations", *rows)})
    words = [
        MergeChoice("2", "1"),
        MergeChoice("3", "2"),
        MergeChoice("nobody", "1"),
        MergeChoice("1", "nobody"),
        MergeChoice("1", "1"),
    ]
    assert propose(Tables(), tables, merged=words).emptied.tables.organisations["id"].to_list() == ["1"]


def test_renaming_reaches_every_reference() -> None:
    """The lead of a pilot, the rater, the one a quote is about."""
    before = BEFORE.with_(
        pilots=frame("pilots", {"id": "p", "name": "P", "lead": "harbour"}),
        quotes=frame("quotes", {"id": "q", "text": "T", "organisation": "harbour"}),
    )
    after = renamed(before, "organisations", {"harbour": "h2"})
    require_references(after)
    assert after.pilots["lead"][0] == after.quotes["organisation"][0] == after.ratings["partner"][0] == "h2"


def test_ten_thousand_partners_are_compared_with_ten_thousand_in_seconds() -> None:
    """A likely duplicate for every twentieth is found among them, in bounded time."""
    draw = random.Random(7)
    words = ["".join(draw.choices("abcdefghiklmnoprstuvw", k=draw.randint(4, 9))) for _ in range(3_000)]
    names = [" ".join(draw.sample(words, 3)) for _ in range(10_000)]
    old = Tables({"organisations": frame("organisations", *[partner(f"o{at}", name) for at, name in enumerate(names)])})
    fresh = [name[:-1] if at % 20 == 0 else " ".join(draw.sample(words, 3)) for at, name in enumerate(names)]
    new = Tables({"organisations": frame("organisations", *[partner(f"n{at}", name) for at, name in enumerate(fresh)])})
    start = time.perf_counter()
    found = likely_duplicates(old, matched_incoming(old, new), most=1_000)
    assert time.perf_counter() - start < 20
    missed = {(f"n{at}", f"o{at}") for at in range(0, 10_000, 20)} - {one.key for one in found}
    assert len(missed) <= 2  # of 500: where the letter lost changes the order of words


def test_a_partner_of_another_tools_file_that_says_no_kind_is_the_stored_one_of_its_name() -> None:
    """An exact match is no decision; where the file says another kind, or two have the name, nobody is matched."""
    columns = {"organisations": frozenset[str](), "partnerships": frozenset[str]()}
    stored = BEFORE.organisations.row(0, named=True)
    frame = BEFORE.organisations.head(1).with_columns(
        id=pl.lit("new"), kind=pl.lit("other").cast(BEFORE.organisations["kind"].dtype)
    )
    tables = Tables({"organisations": frame.with_columns(place=pl.lit(None, pl.String))})
    assert stored_ids(BEFORE, tables, columns)["organisations"] == {"new": stored["id"]}
    assert stored_ids(BEFORE, tables, {"organisations": frozenset({"id", "name", "kind"})}).get("organisations", {}) == {}


def test_findings_brought_again_without_ids_are_the_stored_ones_wherever_they_stand_in_the_file():
    """By their statement and whom they are about; a new one gets a free id."""
    stored = [
        {"id": "findings-2", "theme": "care", "statement": "A changed"},
        {"id": "findings-3", "theme": "care", "statement": "B"},
    ]
    before = Tables({"findings": frame("findings", stored)})
    again = "theme,statement\ncare,New\ncare,B\ncare,a  CHANGED\n"
    tables, columns = incoming(findings=again)
    after = propose(before, tables, columns=columns).emptied.tables.findings
    assert after["id"].n_unique() == after.height == 3
    ids = dict(after.select("statement", "id").iter_rows())
    assert ids["B"] == "findings-3" and ids["New"] not in ("findings-2", "findings-3")
    assert "findings-2" in after["id"].to_list()
