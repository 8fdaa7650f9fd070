"""Two changes of one state are joined by row and by cell; what both changed differently waits for a person."""

from datetime import date

import polars as pl
import pytest

from tests.support.frames import frame
from tests.support.stored import partners, whole
from wtnet.errors import InvalidRequest
from wtnet.store import MINE, THEIRS, Names, merge, resolve
from wtnet.store.change_sentences import conflict_sentence as said
from wtnet.tables import Tables

PARTNERS = frame(
    "organisations",
    {"id": "a", "name": "Harbour Arts", "kind": "community_group"},
    {"id": "b", "name": "City Hospital", "kind": "health_provider"},
    {"id": "c", "name": "Tide Museum", "kind": "museum"},
)
WAVES = frame("waves", {"id": "w", "name": "Baseline"})
BASE = Tables(
    {
        "organisations": PARTNERS,
        "waves": WAVES,
        "pilots": frame("pilots", {"id": "p", "name": "Tidelines", "lead": "a", "starts": date(2024, 1, 1)}),
        "partnerships": frame("partnerships", {"id": "t", "source": "a", "target": "b", "level": 2}),
        "ratings": frame("ratings", {"wave": "w", "rater": "a", "partner": "b", "level": 2, "contact": "weekly"}),
    }
)


def with_cell(tables: Tables, table: str, row: int, **cells) -> Tables:
    rows = tables[table].to_dicts()
    rows[row].update(cells)
    return tables.with_(**{table: pl.DataFrame(rows, schema=tables[table].schema)})


def without(tables: Tables, table: str, **key) -> Tables:
    gone = pl.all_horizontal(*[pl.col(name) == value for name, value in key.items()])
    return tables.with_(**{table: tables[table].filter(~gone)})


def with_row(tables: Tables, table: str, **row) -> Tables:
    return tables.with_(**{table: pl.concat([tables[table], frame(table, row)])})


def rows(tables: Tables) -> dict[str, set]:
    """The rows of every table, without their order."""
    return {name: set(tables[name].iter_rows()) for name in tables}


# -- nothing to decide ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [Tables(), BASE, whole()])
def test_two_who_changed_nothing_leave_everything_as_it_was(state):
    merged = merge(state, state, state)
    assert merged.tables == state
    assert merged.conflicts == ()


@pytest.mark.parametrize(("base", "changed"), [(Tables(), whole()), (whole(), Tables()), (BASE, Tables()), (BASE, whole())])
def test_a_change_by_one_of_two_is_taken_whole(base, changed):
    assert merge(base, base, changed).tables == changed
    assert merge(base, changed, base).tables == changed
    assert merge(base, changed, changed).tables == changed


def test_changes_to_different_rows_are_both_there():
    theirs = with_cell(BASE, "organisations", 0, name="Harbour Arts CIC")
    mine = with_cell(BASE, "organisations", 2, place="Northcliff")
    merged = merge(BASE, theirs, mine)
    assert merged.conflicts == ()
    assert merged.tables.organisations["name"].to_list() == ["Harbour Arts CIC", "City Hospital", "Tide Museum"]
    assert merged.tables.organisations["place"].to_list() == [None, None, "Northcliff"]
    assert merge(BASE, mine, theirs).tables == merged.tables


def test_changes_to_different_cells_of_one_row_are_both_there():
    theirs = with_cell(BASE, "ratings", 0, level=4)
    mine = with_cell(BASE, "ratings", 0, contact=None, comment="Good")
    merged = merge(BASE, theirs, mine)
    assert merged.conflicts == ()
    assert merged.tables.ratings.row(0, named=True) == {
        **BASE.ratings.row(0, named=True),
        "level": 4,
        "contact": None,
        "comment": "Good",
    }


def test_the_same_change_made_by_both_is_one_change():
    both = with_row(with_cell(BASE, "ratings", 0, level=5), "waves", id="v", name="End")
    theirs, mine = with_cell(both, "waves", 0, name="Start"), with_cell(both, "organisations", 1, place="York")
    merged = merge(BASE, theirs, mine)
    assert merged.conflicts == ()
    assert merged.tables.ratings["level"].to_list() == [5]
    assert merged.tables.waves["name"].to_list() == ["Start", "End"]
    assert merged.tables.organisations["place"].to_list() == [None, "York", None]


def test_a_row_removed_by_both_or_by_one_and_left_alone_by_the_other_is_gone():
    gone = without(BASE, "ratings", wave="w")
    elsewhere = with_row(BASE, "ratings", wave="w", rater="b", partner="a", level=1)
    assert merge(BASE, gone, elsewhere).tables.ratings["rater"].to_list() == ["b"]
    assert merge(BASE, elsewhere, gone).tables.ratings["rater"].to_list() == ["b"]
    assert merge(BASE, gone, without(elsewhere, "ratings", rater="a")).tables.ratings["rater"].to_list() == ["b"]


def test_rows_added_by_both_stand_where_each_put_them():
    def with_first(letter: str) -> Tables:
        return BASE.with_(waves=pl.concat([frame("waves", {"id": letter, "name": letter}), WAVES]))

    merged = merge(BASE, with_first("x"), with_row(with_first("y"), "waves", id="z", name="z"))
    assert set(merged.tables.waves["id"].head(2)) == {"x", "y"}
    assert merged.tables.waves["id"].to_list()[2:] == ["w", "z"]


def test_who_only_moved_rows_does_not_undo_what_another_wrote():
    moved = BASE.with_(organisations=PARTNERS.reverse())
    written = with_cell(BASE, "organisations", 0, place="Hull")
    for merged in (merge(BASE, moved, written), merge(BASE, written, moved)):
        assert merged.conflicts == ()
        assert merged.tables.organisations["id"].to_list() == ["c", "b", "a"]
        assert merged.tables.organisations["place"].to_list() == [None, None, "Hull"]


def test_a_key_that_stands_twice_in_a_change_is_refused():
    twice = BASE.with_(organisations=pl.concat([PARTNERS, PARTNERS[:1]]))
    with pytest.raises(InvalidRequest, match='"a" more than once'):
        merge(BASE, BASE, twice)


# -- conflicts --------------------------------------------------------------------------------------------------


def test_the_same_cell_changed_differently_keeps_the_stored_value_until_a_person_has_chosen():
    theirs, mine = with_cell(BASE, "partnerships", 0, level=3), with_cell(BASE, "partnerships", 0, level=5, evidence="Minutes")
    merged = merge(BASE, theirs, mine)
    [found] = merged.conflicts
    assert (found.place, found.base, found.theirs, found.mine) == (("partnerships", ("t",), "level"), 2, 3, 5)
    assert merged.tables.partnerships["level"].to_list() == [3]
    assert merged.tables.partnerships["evidence"].to_list() == ["Minutes"]
    assert resolve(merged, {found.place: THEIRS}) == merged.tables
    assert resolve(merged, {found.place: MINE}).partnerships["level"].to_list() == [5]
    assert said(found, Names(theirs, mine), "Ben", "Ada") == (
        "Harbour Arts ↔ City Hospital: level was 2; Ada made it 3, Ben made it 5."
    )


def test_a_cell_emptied_by_one_and_filled_otherwise_by_the_other_is_a_conflict():
    merged = merge(BASE, with_cell(BASE, "ratings", 0, level=None), with_cell(BASE, "ratings", 0, level=4))
    [found] = merged.conflicts
    assert (found.base, found.theirs, found.mine) == (2, None, 4)
    assert resolve(merged, {found.place: THEIRS}).ratings["level"].to_list() == [None]
    assert said(found, Names(BASE)).startswith("Harbour Arts on City Hospital (Baseline): level was 2; somebody else made it –")


def test_the_same_key_added_twice_conflicts_in_the_cells_that_differ():
    theirs = with_row(BASE, "waves", id="v", name="End", date=date(2025, 1, 1))
    mine = with_row(BASE, "waves", id="v", name="The end", date=date(2025, 1, 1))
    merged = merge(BASE, theirs, mine)
    [found] = merged.conflicts
    assert (found.place, found.base, found.theirs, found.mine) == (("waves", ("v",), "name"), None, "End", "The end")
    assert merged.tables == theirs
    assert resolve(merged, {found.place: MINE}) == mine


@pytest.mark.parametrize("remover_is_me", [True, False])
def test_a_row_removed_by_one_and_changed_by_the_other_stays_until_a_person_has_chosen(remover_is_me):
    gone, changed = without(BASE, "ratings", wave="w"), with_cell(BASE, "ratings", 0, level=5)
    merged = merge(BASE, changed, gone) if remover_is_me else merge(BASE, gone, changed)
    [found] = merged.conflicts
    assert found.column is None and found.key == ("w", "a", "b", None)
    assert (found.mine is None) is remover_is_me
    removed, kept = (MINE, THEIRS) if remover_is_me else (THEIRS, MINE)
    assert resolve(merged, {found.place: removed}).ratings.height == 0
    assert resolve(merged, {found.place: kept}) == changed
    who = "you removed it, but somebody else" if remover_is_me else "somebody else removed it, but you"
    assert said(found, Names(BASE)) == f"Harbour Arts on City Hospital (Baseline): {who} changed level 2 → 5."


@pytest.mark.parametrize("remover_is_me", [True, False])
def test_a_partner_removed_by_one_and_used_by_the_other_stays_until_a_person_has_chosen(remover_is_me):
    gone, used = without(BASE, "organisations", id="c"), with_row(BASE, "partnerships", id="n", source="b", target="c", level=1)
    merged = merge(BASE, used, gone) if remover_is_me else merge(BASE, gone, used)
    [found] = merged.conflicts
    assert found.place == ("organisations", ("c",), None)
    assert merged.tables.organisations["id"].to_list() == ["a", "b", "c"]
    removed, kept = (MINE, THEIRS) if remover_is_me else (THEIRS, MINE)
    assert rows(resolve(merged, {found.place: removed})) == rows(gone)
    assert rows(resolve(merged, {found.place: kept})) == rows(used)


@pytest.mark.parametrize("remover_is_me", [True, False])
def test_a_row_that_stays_for_another_keeps_what_it_refers_to_itself(remover_is_me):
    gone = BASE.with_(pilots=BASE.pilots.clear(), partnerships=BASE.partnerships.clear(), ratings=BASE.ratings.clear())
    gone = without(gone, "organisations", id="a")
    used = with_row(BASE, "involvements", pilot="p", organisation="b")
    merged = merge(BASE, used, gone) if remover_is_me else merge(BASE, gone, used)
    assert {found.place for found in merged.conflicts} == {("pilots", ("p",), None), ("organisations", ("a",), None)}
    removed, kept = (MINE, THEIRS) if remover_is_me else (THEIRS, MINE)
    assert rows(resolve(merged, {found.place: removed for found in merged.conflicts})) == rows(gone)
    with_both = resolve(merged, {found.place: kept for found in merged.conflicts})
    assert with_both.pilots["lead"].to_list() == ["a"]
    without_lead = resolve(merged, {("pilots", ("p",), None): kept, ("organisations", ("a",), None): removed})
    assert without_lead.pilots["lead"].to_list() == [None]


def test_a_reference_that_may_be_empty_is_emptied_when_the_removal_is_chosen():
    gone = without(BASE, "organisations", id="c")
    merged = merge(BASE, gone, with_cell(BASE, "pilots", 0, lead="c"))
    [found] = merged.conflicts
    assert resolve(merged, {found.place: THEIRS}).pilots["lead"].to_list() == [None]
    assert resolve(merged, {found.place: MINE}).pilots["lead"].to_list() == ["c"]


def test_cells_of_both_that_do_not_fit_together_are_a_conflict_of_the_whole_row():
    theirs = with_cell(BASE, "pilots", 0, ends=date(2024, 6, 30))
    mine = with_cell(BASE, "pilots", 0, starts=date(2024, 9, 1))
    merged = merge(BASE, theirs, mine)
    [found] = merged.conflicts
    assert found.column is None
    assert merged.tables == theirs
    assert resolve(merged, {found.place: MINE}) == mine
    sentence = said(found, Names(theirs, mine), "Ben", "Ada")
    assert sentence == (
        "Tidelines: Ada changed ends – → 2024-06-30; Ben changed starts 2024-01-01 → 2024-09-01. The two do not fit together."
    )


def test_every_conflict_must_be_decided():
    merged = merge(BASE, with_cell(BASE, "ratings", 0, level=1), with_cell(BASE, "ratings", 0, level=5))
    for choices in ({}, {merged.conflicts[0].place: "both"}):
        with pytest.raises(InvalidRequest, match="Nothing was chosen for ratings, w / a / b, level"):
            resolve(merged, choices)


def test_choices_that_do_not_fit_together_are_refused():
    state = with_cell(BASE, "pilots", 0, ends=date(2024, 2, 1))
    theirs = with_cell(state, "pilots", 0, starts=date(2024, 3, 1), ends=date(2024, 4, 1))
    mine = with_cell(state, "pilots", 0, starts=date(2024, 5, 1), ends=date(2024, 6, 1))
    merged = merge(state, theirs, mine)
    starts, ends = merged.conflicts
    with pytest.raises(InvalidRequest, match="do not fit together in pilots"):
        resolve(merged, {starts.place: MINE, ends.place: THEIRS})
    assert resolve(merged, {starts.place: MINE, ends.place: MINE}) == mine


def test_many_conflicts_in_several_tables_can_each_be_decided_otherwise():
    names = [str(number) for number in range(40)]
    base = BASE.with_(organisations=pl.concat([PARTNERS, partners(*names)]))
    left = base.with_(
        organisations=base.organisations.with_columns(place=pl.lit("left")), waves=WAVES.with_columns(name=pl.lit("L"))
    )
    right = base.with_(
        organisations=base.organisations.with_columns(place=pl.lit("right")), waves=WAVES.with_columns(name=pl.lit("R"))
    )
    merged = merge(base, left, right)
    assert len(merged.conflicts) == 44
    choices = {one.place: (MINE if number % 2 else THEIRS) for number, one in enumerate(merged.conflicts)}
    decided = resolve(merged, choices)
    assert decided.organisations["place"].value_counts(sort=True)["count"].to_list() == [22, 21]
    assert decided.organisations["id"].to_list() == base.organisations["id"].to_list()


def test_a_field_of_ones_own_is_decided_for_that_field_and_the_others_of_its_row_stay_joined() -> None:
    base = with_cell(BASE, "organisations", 0, own_fields='{"region":"North","rural":"no","size":"9"}')
    theirs = with_cell(base, "organisations", 0, own_fields='{"region":"South","rural":"yes","size":"9"}')
    mine = with_cell(base, "organisations", 0, own_fields='{"region":"East","rural":"no","size":"12"}')
    merged = merge(base, theirs, mine)
    (clash,) = merged.conflicts
    assert (clash.column, clash.base, clash.theirs, clash.mine) == ("own_fields.region", "North", "South", "East")
    assert (
        said(clash, Names(base, theirs)) == "Harbour Arts: region was “North”; somebody else made it “South”, you made it “East”."
    )
    for choice, region in ((THEIRS, "South"), (MINE, "East")):
        cell = resolve(merged, {clash.place: choice}).organisations["own_fields"][0]
        assert cell == f'{{"region":"{region}","rural":"yes","size":"12"}}'
    emptied = merge(base, theirs, with_cell(base, "organisations", 0, own_fields='{"rural":"no","size":"9"}'))
    cell = resolve(emptied, {emptied.conflicts[0].place: MINE}).organisations["own_fields"][0]
    assert cell == '{"rural":"yes","size":"9"}'
