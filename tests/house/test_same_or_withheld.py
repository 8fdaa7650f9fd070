"""The walk: whoever looks, through every page, command and file, sees the lead's figures or the word *withheld*."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.support import attack, prepared, private, walk
from tests.support.app import LEAD_ONLY, PAGES, WITHOUT_PROGRAMME, opened
from tests.support.exports import shipped
from wtnet import access
from wtnet.network import build
from wtnet.sentences.strength import pair_words
from wtnet.store import Programme, Store
from wtnet.tables import Tables, waves

Run = Callable[..., tuple[int, str, str]]
OTHERS = ("partners", "public")
COMMANDS: dict[str, tuple[str, ...]] = {
    "the whole": ("measures", "--of", "network"),
    "each partner": ("measures", "--of", "partners"),
    "each partnership": ("measures", "--of", "ties"),
    "what changed": ("compare",),
    "pilots beside one another": ("compare", "--pilots"),
    "totals": ("impact", "--of", "totals"),
    "pilots": ("impact", "--of", "pilots"),
    "results": ("impact", "--of", "results"),
}


def _thorough(name: str) -> Any:
    return pytest.param(name, marks=pytest.mark.thorough)


def _programmes() -> dict[str, Callable[[], Tables]]:
    return {
        "example": lambda: shipped("example")[1],
        "nasty": lambda: private.tables("public"),
        "generated": lambda: attack.programme(3, partners=14, density=0.6, silent=0.2),
        "one-sided": lambda: attack.programme(4, partners=12, density=0.4, one_sided=0.6),
    }


@pytest.fixture(scope="module")
def address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The database that a programme is in: the example, one made to be nasty, two that were generated."""
    path = f"sqlite:///{tmp_path_factory.mktemp('walk') / 'walk.db'}"
    with Store(path) as store:
        made = replace(Programme("walked", "Walked"), illustrative=True)
        store.create(made, _programmes()[request.param](), "Lead", "to begin")
        with prepared.known_again("walked"):
            yield path


OF_ANSWERS = ("the whole", "each partner", "each partnership", "what changed", "pilots beside one another")
OFTEN_ASKED = {
    "generated": OF_ANSWERS,
    "nasty": ("the whole", "totals", "pilots", "results"),
}
"""What the gate asks of each programme: of answers where most may be shown, of what came of it where little may."""


def _cases(often: dict[str, tuple[str, ...]], all: tuple[str, ...]) -> list[Any]:
    """Every programme with each of these; a thorough case where it is not often asked."""
    return [
        pytest.param(name, asked, marks=[] if asked in often.get(name, ()) else pytest.mark.thorough)
        for name in _programmes()
        for asked in all
    ]


def _waves(address: str, command: str) -> tuple[str, ...]:
    """The first and the last wave, where a command compares two."""
    if command != "what changed":
        return ()
    with Store(address) as store:
        order = waves.in_order(store.load("walked"))
    return ("--from", order[0], "--to", order[-1])


@pytest.mark.parametrize(("address", "command"), _cases(OFTEN_ASKED, tuple(COMMANDS)), indirect=["address"])
def test_every_command_prints_the_leads_figure_or_the_word(command: str, address: str, run: Run) -> None:
    """In JSON, a row at a time: a withheld figure is a word, an unknown one null."""

    def printed(audience: str) -> Any:
        of = ("--database", address, "--programme", "walked", "--audience", audience, "--json")
        code, out, err = run(*COMMANDS[command], *_waves(address, command), *of)
        assert code == 0, err
        return json.loads(out)

    lead = printed("lead")
    for audience in OTHERS:
        assert list(walk.third_values(lead, printed(audience)))[:5] == []


@pytest.mark.parametrize("audience", ["public", pytest.param("partners", marks=pytest.mark.thorough)])
@pytest.mark.parametrize(
    ("address", "format"),
    _cases({"nasty": ("csv", "gephi"), "generated": ("csv",)}, ("csv", "gephi")),
    indirect=["address"],
)
def test_every_table_that_is_taken_away_holds_the_leads_figure_or_none(
    format: str, audience: str, address: str, run: Run, tmp_path: Path
) -> None:
    """Files have no word in the place of a number, as they are read again: a cell is hers or empty."""
    tables = {}
    for looks in ("lead", audience):
        file = tmp_path / f"{looks}.zip"
        code, _, err = run(
            "export", "--database", address, "--programme", "walked", "--audience", looks, "--format", format, "--out", file
        )
        assert code == 0, err
        tables[looks] = walk.of_zip(file.read_bytes())
    empty = [(at, ours, theirs) for at, ours, theirs in walk.third_values(tables["lead"], tables[audience]) if theirs is not None]
    assert empty[:5] == []


SEEN = [page for page in PAGES if page not in LEAD_ONLY | WITHOUT_PROGRAMME | {"pages/guide.py", "pages/present.py"}]
CHOSEN = {"pages/strength_and_impact.py": {"indicator": "confidence"}}
"""What is chosen in the address, where the page itself chooses what it may show."""
OTHER_WORDS = {"pages/places.py", "pages/programmes.py"}
"""Pages whose sentence for others says something else: how many places they see, which shares they may compare."""
OFTEN = ("end", "public")
RARE = [pytest.param(wave, who, marks=pytest.mark.thorough) for wave in ("baseline", "midpoint") for who in OTHERS]
NO_OTHER_FIGURES = {"pages/reports.py", "pages/two_views.py"}
"""Pages with a picture and files, and with the figures of home."""


@pytest.mark.parametrize(("wave", "audience"), [OFTEN, *RARE])
@pytest.mark.parametrize("page", [_thorough(page) if page in NO_OTHER_FIGURES else page for page in SEEN])
def test_every_page_shows_the_leads_figure_or_the_word(page: str, wave: str, audience: str, database: str) -> None:
    """Figures by their labels, and every number in the sentences at the head."""
    address = {"wave": wave, **CHOSEN.get(page, {})}
    lead, other = opened(page, **address), opened(page, **address, audience=audience)
    assert walk.third_figures(lead, other) == []
    assert page in OTHER_WORDS or walk.third_numbers(lead, other) == []


@pytest.mark.parametrize("address", ["nasty", "generated", *map(_thorough, ("example", "one-sided"))], indirect=True)
def test_a_word_stands_beside_the_partnership_it_is_of(address: str, run: Run) -> None:
    """Whatever the order of partners: in the command's rows as in the network."""
    of = ("--database", address, "--programme", "walked", "--audience", "public", "--json")
    rows = json.loads(run("measures", "--of", "ties", *of)[1])
    with Store(address) as store:
        known = access.stored_numbers(store, "walked", store.load("walked"))
        network = build(access.redact(store.load("walked"), "public", known))
    assert {frozenset((row["source"], row["target"])): row["strength"] for row in rows} == {
        frozenset(pair): pair_words(network, *pair) for pair in network.graph.edges
    }


def test_totals_are_rounded_for_others(database: str, run: Run) -> None:
    """Beside the lead's, which are as they were worked out: no more decimals than a screen shows."""
    of = ("impact", "--of", "totals", "--programme", "example", "--wave", "end", "--json")
    theirs, hers = (json.loads(run(*of, "--audience", who)[1]) for who in ("public", "lead"))
    floats = [value for row in theirs for value in row.values() if isinstance(value, float)]
    assert floats and all(value == round(value, 2) for value in floats)
    assert any(value != round(value, 2) for row in hers for value in row.values() if isinstance(value, float))


def test_a_third_value_is_found() -> None:
    """A test that cannot fail proves nothing: another number, a number in the place of nothing, nothing in the place of one."""
    lead = [{"id": "a", "mean": 0.634, "ties": 3}, {"id": "b", "mean": None, "ties": 0}]
    assert list(walk.third_values(lead, [{"id": "a", "mean": 0.63, "ties": 3}, {"id": "b", "mean": "withheld", "ties": 0}])) == []
    for wrong in ({"id": "a", "mean": 0.65}, {"id": "a", "ties": 4}, {"id": "a", "mean": None}, {"id": "b", "mean": 0.1}):
        assert list(walk.third_values(lead, [wrong])), wrong
