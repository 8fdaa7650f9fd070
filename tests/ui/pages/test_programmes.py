"""Programmes and pilots beside one another: the sentences, the pictures, and the page through app.py."""

from __future__ import annotations

import json

import polars as pl
import pytest

from tests.support.app import opened, shown
from tests.support.networks import net, tables
from wtnet.cli import main
from wtnet.draw.charts import programmes
from wtnet.importing import first_start
from wtnet.measures import comparable
from wtnet.measures.comparable import Side
from wtnet.sentences import programmes as programmes_sentences
from wtnet.sentences.programmes import reasons_withheld
from wtnet.store import Programme, Store
from wtnet.tables import Tables

PAGE = "pages/programmes.py"
STRONG = net("a b", [("a", "b", 4)])
WEAK = net("a b c", [("a", "b", 1)])
UNKNOWN = net("a b", [("a", "b")])


def table(**networks: object) -> pl.DataFrame:
    return comparable.table([Side(name, name, network) for name, network in networks.items()])  # type: ignore[arg-type]


def stored(address: str, made: Tables, name: str = "made") -> None:
    with Store(address) as store:
        first_start(store)
        store.create(Programme(name, name.capitalize()), made, author="test", reason="test")


# -- sentences ------------------------------------------------------------------------------------------------------------


def test_sides_of_which_nothing_is_known_say_so() -> None:
    """No partner on either."""
    assert (
        programmes_sentences.headline(table(A=net({}), B=net({})), [{}, {}])
        == "The strength of partnerships is not known on any side."
    )


def test_strength_that_is_known_on_one_side_alone_is_told_for_that_one() -> None:
    """And of which it is not."""
    said = programmes_sentences.headline(table(A=STRONG, B=UNKNOWN), [{}, {}])
    assert said == "Mean strength is 0.80 in A. It is not known for B."


def test_how_far_apart_sides_are_is_told_with_how_certain_that_is() -> None:
    """Intervals that overlap, that do not, and that cannot be worked out; counts stand apart where sizes differ."""
    frame = table(A=STRONG, B=WEAK)
    start = "Mean strength lies between 0.20 (B) and 0.80 (A); "
    apart = [{"mean_strength": (0.7, 0.9)}, {"mean_strength": (0.1, 0.3)}]
    near = [{"mean_strength": (0.2, 0.9)}, {"mean_strength": (0.1, 0.3)}]
    assert programmes_sentences.headline(frame, apart).startswith(f"{start}their 95% intervals do not overlap.")
    assert "overlap, so with other partners the order might be another" in programmes_sentences.headline(frame, near)
    assert "how certain that is cannot be worked out" in programmes_sentences.headline(frame, [{}, {}])
    assert programmes_sentences.headline(frame, [{}, {}]).endswith("They have 2 to 3 partners, so counts stand apart below.")


def test_best_and_worst_of_several_allow_for_having_been_picked() -> None:
    """Intervals that would part two sides do not part the ends of six; far enough apart they do."""
    sides = {"A": STRONG, "B": WEAK}
    six = table(**sides, **dict.fromkeys("CDEF", STRONG))
    spans = {"A": (0.45, 1.15), "B": (0.0, 0.4)}
    near = [{"mean_strength": spans.get(name, (0.6, 1.0))} for name in "ABCDEF"]
    assert "may be as far apart by chance alone, so the order says little" in programmes_sentences.headline(six, near)
    far = [{"mean_strength": (0.1, 0.3) if name == "B" else (0.7, 0.9)} for name in "ABCDEF"]
    assert "further apart than the lowest and the highest of 6 would be by chance" in programmes_sentences.headline(six, far)


def test_sides_that_are_alike_have_no_order() -> None:
    """The same on both."""
    assert (
        programmes_sentences.headline(table(A=STRONG, B=STRONG), [{}, {}])
        == "Mean strength is 0.80 on every side where it is shown."
    )


# -- pictures -------------------------------------------------------------------------------------------------------------


def test_the_table_sets_what_may_not_be_compared_apart_with_the_reason() -> None:
    """Three headings in order; every reason is there; names are no markup."""
    drawn = programmes.table(comparable.table([Side("a", "<b>A</b>", STRONG), Side("b", "B", WEAK)]))
    heads = [drawn.index(words_) for words_ in ("May be compared", "With care", "Not between sizes")]
    assert heads == sorted(heads) and "<b>A" not in drawn
    assert "A larger network is always less dense" in drawn


def test_a_table_shows_so_many_sides_and_no_more() -> None:
    """Thirteen sides, twelve columns."""
    frame = comparable.table([Side(str(i), f"S{i}", net({})) for i in range(13)])
    assert programmes.table(frame).count('scope="col"') == 12


def test_a_strip_has_a_row_for_each_side_known_or_not() -> None:
    """An unknown value is a dash without a square."""
    drawn = programmes.strip(table(A=STRONG, B=UNKNOWN), "mean_strength", [{"mean_strength": (0.7, 0.9)}, {}])
    assert drawn.count('class="dot"') == 1 and "0.80 (0.70 to 0.90)" in drawn and ">–<" in drawn


def test_what_is_yes_or_no_on_each_side_is_left_to_the_table() -> None:
    """Two pilots with one museum each."""
    frame = table(A=net({"m": "museum", "h": "health_provider"}, [("m", "h")]), B=net("m"))
    assert not programmes.varies(frame, "museums_with_health")
    assert programmes.varies(table(A=STRONG, B=WEAK), "mean_strength")
    assert not programmes.varies(table(A=STRONG, B=UNKNOWN), "mean_strength")


# -- the page -------------------------------------------------------------------------------------------------------------


def test_the_page_opens_with_the_pilots_of_the_programme() -> None:
    """A sentence, a table, and a link from each on to its reach."""
    app = opened(PAGE)
    said = shown(app)
    assert "Mean strength lies between 0.44 (Loom and Leaf) and 0.67 (Slate Songs)" in said
    assert "13 partners are on several sides and count on each." in said


def test_two_programmes_stand_beside_one_another_each_in_its_wave() -> None:
    """The one with a survey and the public record."""
    said = shown(opened(PAGE, compare="working-together"))
    assert "Mean strength is 0.63 in Shared Light (illustrative example). It is not known for Working Together" in said
    assert "Working Together: the public record: all documented partnerships" in said
    assert "freelancers, community groups and health providers are documented, not named" in said


def test_one_pilot_alone_leads_back_to_all() -> None:
    """A link with one pilot, and a way out."""
    app = opened(PAGE, pilot="tidelines")
    assert "One pilot alone has nothing beside it." in shown(app)
    app.button(key="every_pilot").click().run()
    assert "Mean strength lies between" in shown(app)


def test_a_programme_without_pilots_leads_to_another_programme(database: str) -> None:
    """Two partners, no pilot, no wave."""
    stored(database, tables("a b", [("a", "b", 3)]))
    assert "fewer than two pilots. Choose another programme" in shown(opened(PAGE, programme="made"))
    said = shown(opened(PAGE, programme="made", compare="example"))
    assert "Strength rests on documents for Made and on the survey for Shared Light" in said


def test_a_programme_that_has_gone_is_named() -> None:
    """The link outlives it; the pilots are shown."""
    said = shown(opened(PAGE, compare="gone-for-good"))
    assert "gone-for-good" in said and "Loom and Leaf" in said


@pytest.mark.parametrize("audience", ["partners", pytest.param("public", marks=pytest.mark.thorough)])
def test_everybody_may_see_the_page(audience: str) -> None:
    """What is withheld is not known here."""
    assert "Mean strength" in shown(opened(PAGE, audience=audience))


def test_the_page_and_the_command_line_have_the_same_table(capsys: pytest.CaptureFixture[str]) -> None:
    """Every pilot, every measure: drawn from what the command says, the table is the one on the page."""
    app = opened(PAGE)
    assert main(["compare", "--programme", "example", "--pilots", "--json"]) == 0
    told = pl.DataFrame(json.loads(capsys.readouterr().out), infer_schema_length=None)
    assert programmes.table(told) in [each.proto.body for each in app.get("html")]


def test_what_is_withheld_is_named_once_a_reason() -> None:
    """Nothing withheld, nothing said; several measures with one reason stand together."""
    few, small = "Withheld: too few answered.", "Withheld: small numbers."
    assert reasons_withheld({}) == []
    told = reasons_withheld({"Agreement": {"A": few, "B": few}, "Targets met": {"A": small}, "Density": {"B": few}})
    assert told == ["Targets met: withheld: small numbers.", "Agreement and Density: withheld: too few answered."]
