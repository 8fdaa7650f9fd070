"""Another tool's files beside what is stored: nobody is shown, renamed or taken for somebody else unless the file says so."""

from __future__ import annotations

import pytest

from wtnet.importing import (
    Edits,
    ImportResult,
    MergeChoice,
    Proposal,
    bring,
    corrected,
    likely_duplicates,
    matched_incoming,
    propose,
)
from wtnet.tables import Tables


def brought(before: Tables, **files: str) -> ImportResult:
    found = bring([(f"{name}.csv", text.encode()) for name, text in files.items()], before)
    assert found.checked.ok, found.checked.problems
    return found


def proposed(before: Tables, same: list[MergeChoice] | None = None, **files: str) -> Proposal:
    found = brought(before, **files)
    return propose(before, found.checked.tables, columns=found.columns, merged=same or ()).kept


def partners(tables: Tables, *columns: str) -> list[tuple]:
    return tables.organisations.select(*columns).rows()


OTHER = brought(Tables(), organisations="id,name,kind\njd,Jane Doe,other\nm,Museum,museum\n").checked.tables
GEPHI = brought(Tables(), nodes="Id,Label\n1,Harbour Arts\n2,City Hospital\n", edges="Source,Target,Id\n1,2,0\n").checked.tables


# -- who becomes a freelancer -------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["id,name,kind\njd,Jane Doe,freelancer\n", "id,name,kind,sharing\njd,Jane Doe,freelancer,\n"])
@pytest.mark.parametrize("empties", [True, False])
def test_who_becomes_a_freelancer_by_a_file_is_no_longer_public_by_default(text: str, empties: bool) -> None:
    """Everyone of another tool starts as other and public; the right kind brings its own default, and the review says so."""
    found = brought(OTHER, organisations=text)
    proposals = propose(OTHER, found.checked.tables, columns=found.columns)
    proposal = proposals.emptied if empties else proposals.kept
    assert partners(proposal.tables, "id", "sharing")[0] == ("jd", "partners")
    (notice,) = proposal.notices()
    assert "seen by partners only" in notice and "Jane Doe" in notice


def test_what_somebody_said_of_a_freelancers_sharing_stays() -> None:
    """A word in the file counts; a stored private stays private; a freelancer who is public already stays so, unsaid."""
    public = proposed(OTHER, organisations="id,name,kind,sharing\njd,Jane Doe,freelancer,public\n")
    assert partners(public.tables, "sharing")[0] == ("public",) and public.notices() == []
    assert not proposed(public.tables, organisations="id,name,kind\njd,Jane Doe,freelancer\n").any
    private = proposed(OTHER, organisations="id,name,kind,sharing\njd,Jane Doe,other,private\n").tables
    after = proposed(private, organisations="id,name,kind\njd,Jane Doe,freelancer\n")
    assert partners(after.tables, "sharing")[0] == ("private",) and after.notices() == []
    back = proposed(after.tables, organisations="id,name,kind\njd,Jane Doe,museum\n")
    assert partners(back.tables, "sharing")[0] == ("private",)


def test_who_becomes_a_freelancer_by_correction_is_no_longer_public_by_default() -> None:
    """The same in place; a sharing chosen in the same edit counts."""
    done = corrected(OTHER, "organisations", Edits({0: {"kind": "freelancer"}}))
    assert done.tables is not None and partners(done.tables, "sharing") == [("partners",), ("public",)]
    assert "Jane Doe" in done.notices[0]
    said = corrected(OTHER, "organisations", Edits({0: {"kind": "freelancer", "sharing": "public"}}))
    assert said.tables is not None and partners(said.tables, "sharing")[0] == ("public",) and said.notices == ()


def test_another_tools_file_does_not_undo_a_kind_that_was_put_right() -> None:
    """It has no kinds; "other" is what the reader fills in. Nor does a list of ties alone rename anybody to their id."""
    put = corrected(OTHER, "organisations", Edits({0: {"kind": "freelancer"}})).tables
    assert put is not None
    after = proposed(put, nodes="Id,Label\njd,Jane Doe\nm,Museum\n", edges="Source,Target\njd,m\n").tables
    assert partners(after, "id", "name", "kind", "sharing") == partners(put, "id", "name", "kind", "sharing")
    ties = proposed(put, edges="Source,Target\njd,m\n").tables
    assert partners(ties, "id", "name", "kind", "sharing") == partners(put, "id", "name", "kind", "sharing")
    assert ties.partnerships.select("source", "target").rows() == [("jd", "m")]


# -- the same number, another partner ------------------------------------------------------------------------------

SECOND = {
    "nodes": "Id,Label\n1,Jane Doe\n2,Northcliff Library\n3,City Hospital Trust\n",
    "edges": "Source,Target,Id\n1,2,0\n1,3,1\n",
}


def test_a_number_that_is_stored_for_another_name_makes_nobody_somebody_else() -> None:
    """A second export numbers from 1 again: the stored two stay who they are, with their tie; the file's come beside them."""
    proposal = proposed(GEPHI, **SECOND)
    assert partners(proposal.tables, "id", "name") == [
        ("1", "Harbour Arts"), ("2", "City Hospital"), ("jane-doe", "Jane Doe"),
        ("northcliff-library", "Northcliff Library"), ("3", "City Hospital Trust"),
    ]  # fmt: skip
    ties = {tuple(sorted(row)) for row in proposal.tables.partnerships.select("source", "target").iter_rows()}
    assert ties == {("1", "2"), ("jane-doe", "northcliff-library"), ("3", "jane-doe")}
    assert proposal.tables.partnerships.filter(id="0").select("source", "target").row(0) == ("1", "2")


def test_each_of_them_is_put_before_the_person_with_the_one_whose_id_it_had() -> None:
    """As the likely duplicates are; on a person's word both are one under the stored id."""
    found = brought(GEPHI, **SECOND)
    assert any("Jane Doe" in one.sentence and "Harbour Arts" in one.sentence for one in found.checked.notices)
    pairs = likely_duplicates(GEPHI, matched_incoming(GEPHI, found.checked.tables, found.columns), renumbered=found.renumbered)
    assert {one.key for one in pairs} == {("jane-doe", "1"), ("northcliff-library", "2"), ("3", "2")}
    after = proposed(GEPHI, [MergeChoice("jane-doe", "1", "file")], **SECOND).tables
    assert partners(after, "id", "name")[0] == ("1", "Jane Doe") and after.organisations.height == 4


def test_the_same_export_again_changes_nothing() -> None:
    """Neither the first one, nor the second once it was accepted; a name written a little differently is the same partner."""
    once = proposed(GEPHI, **SECOND).tables
    assert not proposed(once, **SECOND).any
    assert not proposed(GEPHI, nodes="Id,Label\n1,Harbour Arts\n2,City Hospital\n", edges="Source,Target,Id\n1,2,0\n").any
    like = proposed(GEPHI, nodes="Id,Label\n1,Harbour Arts Ltd.\n2,City Hosp.\n", edges="Source,Target,Id\n1,2,0\n").tables
    assert partners(like, "id") == [("1",), ("2",)]


def test_our_own_workbook_may_rename_whom_it_likes() -> None:
    """There an id is the partner's own."""
    after = proposed(GEPHI, organisations="id,name,kind\n1,Jane Doe,other\n").tables
    assert partners(after, "id", "name")[0] == ("1", "Jane Doe")


def test_a_bare_number_in_a_list_of_ties_is_nobody_stored() -> None:
    """Without names, 1 and 2 may be anybody."""
    after = proposed(GEPHI, edges="Source,Target\n1,2\n").tables
    assert partners(after, "id", "name")[:2] == partners(GEPHI, "id", "name") and after.organisations.height == 4
