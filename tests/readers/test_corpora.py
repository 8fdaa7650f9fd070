"""Real files from other tools, against what independent readers (networkx, igraph) made of them.

The files belong to others and are not part of the project; where they are not at hand these tests are skipped.
"""

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.support.paths import CORPORA
from wtnet.errors import WtnetError
from wtnet.readers import read
from wtnet.tables import check
from wtnet.tables.model import Raw

SUFFIXES = {".xlsx", ".json", ".csv", ".gexf", ".graphml", ".xml", ".net", ".dl"}
EMPTY = {  # well-formed, but without a single node: nothing to bring in
    "graphology/pedantic.gexf",
    "graphology/sanitized.gexf",
    "igraph/tests/regression/cattr_bool_bug2.graphml",
}

pytestmark = pytest.mark.skipif(not CORPORA.is_dir(), reason="the collection of other tools' files is not at hand")


def _files() -> list[str]:
    return sorted(str(path.relative_to(CORPORA)) for path in CORPORA.rglob("*") if path.suffix.lower() in SUFFIXES)


def _counts(raw: Raw) -> tuple[int, int]:
    rows = Counter({table.name: table.frame.height for table in raw.tables})
    return rows["organisations"], rows["partnerships"]


def _opinions() -> tuple[list[str], list[dict]]:
    """Files, and what independent readers made of each."""
    known = json.loads((CORPORA / "independent_readers.json").read_text()) if CORPORA.is_dir() else {}
    names = sorted(name for name in known if Path(name).suffix in SUFFIXES)
    return names, [known[name] for name in names]


_LARGE = 250_000


def _always(names: Iterable[str]) -> frozenset[str]:
    """The smallest file of each folder and format that is not large; the others are read with `-m thorough`."""
    smallest: dict[tuple[Path, str], str] = {}
    sizes = {name: (CORPORA / name).stat().st_size for name in names}
    for name in sorted((name for name in sizes if sizes[name] < _LARGE), key=sizes.__getitem__):
        smallest.setdefault((Path(name).parent, Path(name).suffix), name)
    return frozenset(smallest.values())


def _cases(names: list[str], *more: list[Any]) -> list[Any]:
    always = _always(names)
    return [
        pytest.param(*case, marks=[] if case[0] in always else pytest.mark.thorough) for case in zip(names, *more, strict=True)
    ]


@pytest.mark.parametrize("name", _cases(_files()))
def test_every_file_is_read_or_refused_with_a_sentence(name: str) -> None:
    """Nothing else comes out of a file, and the check understands what was read."""
    try:
        raw = read(CORPORA / name)
    except WtnetError as error:
        assert str(error).startswith(Path(name).name) and str(error).endswith(".")
    else:
        checked = check(raw)
        assert sum(_counts(raw)) > 0
        assert len(checked.problems) == len(raw.problems)


@pytest.mark.parametrize(("name", "opinion"), _cases(*_opinions()))
def test_counts_agree_with_independent_readers(name: str, opinion: dict) -> None:
    """As many partners and ties as networkx or igraph found, ties of a partner with itself apart.

    Of Pajek files igraph alone is asked: networkx silently reads some of them wrongly.
    """
    asked = ("igraph",) if name.endswith(".net") else ("nx", "igraph")
    theirs = [one for one in (opinion.get(reader, {}) for reader in asked) if one.get("ok")]
    try:
        partners, ties = _counts(read(CORPORA / name))
    except WtnetError:
        assert not theirs or name in EMPTY
        return
    for one in theirs:
        assert (partners, ties) == (one["n"], one["m"] - one["loops"])
    if not theirs:
        assert (partners, ties) == (opinion["xml_nodes"], opinion["xml_edges"]) or name == "gephi-lite/divided-they-blog.gexf"


@pytest.mark.parametrize(
    ("folder", "stem", "partners", "created"),
    [
        pytest.param("partnership-csv", "eurosis", 1285, 0, marks=pytest.mark.thorough),
        pytest.param("partnership-csv", "us_local_health_departments", None, 0, marks=pytest.mark.thorough),
        ("partnership-csv", "knoke_information", 10, 0),
        ("nhs", "network", 657 + 225, 225),
        pytest.param("arts-council-england", "network", 10_338, 0, marks=pytest.mark.thorough),
        pytest.param("360giving", "network", 4_694, 0, marks=pytest.mark.thorough),
    ],
)
def test_a_list_of_nodes_and_a_list_of_ties_are_read_together(folder: str, stem: str, partners: int | None, created: int) -> None:
    raw = read(CORPORA / folder / f"{stem}_nodes.csv", CORPORA / folder / f"{stem}_edges.csv")
    found = next((notice.sentence for notice in raw.notices if notice.rule == "created_partner"), "")
    assert (f"{created:,} partner" in found) if created else not found
    assert partners is None or _counts(raw)[0] == partners
    assert not check(raw).problems


def test_the_sentence_for_invalid_json_points_at_the_line() -> None:
    with pytest.raises(WtnetError, match="line 33"):
        read(CORPORA / "kumu" / "mrvc-kumu-example.json")
