"""What differs between two states, and where rows are put in their order."""

import pytest

from tests.support.frames import frame
from tests.support.stored import partners
from wtnet.store import differences, sentences
from wtnet.store.records import GAP, new_ordinals
from wtnet.store.sql_schema import METADATA, RECORDS
from wtnet.tables import Tables


def test_differences_are_counted_and_said_in_words():
    before = Tables({"organisations": partners(*"ABC")})
    after = Tables({"organisations": partners("A", "Bea")})
    changes = differences(before, after)
    assert changes["organisations"].counts() == {"new": 0, "changed": 1, "unchanged": 1, "removed": 1}
    assert changes["organisations"].was["name"].to_list() == ["B"]
    assert changes["organisations"].changed["name"].to_list() == ["Bea"]
    assert sentences(changes) == ["1 partner changed", "1 partner removed"]
    assert sentences(differences(before, before)) == []


def test_a_cell_emptied_is_a_change_and_two_empty_cells_are_none():
    full = frame("organisations", {"id": "a", "name": "A", "kind": "museum", "place": "York"})
    empty = frame("organisations", {"id": "a", "name": "A", "kind": "museum"})
    assert differences(Tables({"organisations": full}), Tables({"organisations": empty}))["organisations"].changed.height == 1
    assert not differences(Tables({"organisations": empty}), Tables({"organisations": empty}))["organisations"].any


@pytest.mark.parametrize(
    ("stored", "file", "told"),
    [
        ([], ["ab", "cb"], "2 partnerships added"),
        ([], ["ab", "ba", "ab"], "3 records of 1 partnership added"),
        (["ab"], ["ab", "ba", "cb"], "2 records of 2 partnerships added, 1 of them new"),
        (["ab"], ["ab", "ba"], "1 record of 1 partnership added, 0 of them new"),
        (["ab", "ba", "cb"], ["ab"], "2 records of 2 partnerships removed, 1 of them wholly"),
    ],
)
def test_partnerships_are_counted_as_pairs_of_partners_as_on_the_map(stored, file, told):
    """Several records may be of one pair: two sheets name it, or each side does."""
    before, after = (
        Tables(
            {"partnerships": frame("partnerships", *({"id": str(at), "source": a, "target": b} for at, (a, b) in enumerate(of)))}
        )
        for of in (stored, file)
    )
    assert sentences(differences(before, after)) == [told]


@pytest.mark.parametrize(
    "ordinals",
    [
        [],
        [None],
        [None, None],
        [5, 3, 1],
        [1, 2],
        [1, None, 2],
        [None, GAP, None, 2 * GAP, None],
        [3, 1, 2, None],
        [1, 2, None, None, 3],
    ],
)
def test_places_always_increase_and_never_repeat(ordinals):
    found = new_ordinals(ordinals)
    assert len(found) == len(ordinals)
    assert found == sorted(set(found))


def test_the_tables_can_also_be_made_on_postgresql():
    """The same declarations compile for both databases, with one current version of a row at most."""
    from sqlalchemy.dialects import postgresql
    from sqlalchemy.schema import CreateIndex, CreateTable

    for table in METADATA.sorted_tables:
        assert str(CreateTable(table).compile(dialect=postgresql.dialect()))
    unique = next(index for index in RECORDS["ratings"].indexes if index.unique)
    assert "WHERE revision_to IS NULL" in str(CreateIndex(unique).compile(dialect=postgresql.dialect()))
