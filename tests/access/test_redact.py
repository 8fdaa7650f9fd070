"""What an audience may see: names, ratings and quotes are taken out of the tables before anything is made of them."""

import io
import random
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import cache

import polars as pl
import pytest

from tests.support import pdf_page
from tests.support.exports import shipped
from tests.support.frames import frame
from wtnet.access import hidden, numbered, redact, stored_numbers, warnings
from wtnet.errors import InvalidRequest
from wtnet.network import Scope, build
from wtnet.store import Programme, Store
from wtnet.strength import Weights
from wtnet.tables import Tables
from wtnet.writers import FORMATS, prepare, write
from wtnet.writers.export import Export


def _rating(rater: str, partner: str, **said: object) -> dict[str, object]:
    return {"wave": "w", "rater": rater, "partner": partner, "comment": "I said this", **said}


@pytest.fixture
def small() -> Tables:
    """Jo (a freelancer), a museum and a clinic that wants to stay private; Jo and the museum rate each other."""
    return Tables(
        {
            "organisations": frame(
                "organisations",
                {
                    "id": "jo-marsh",
                    "name": "Jo Marsh",
                    "kind": "freelancer",
                    "place": "Seaborough",
                    "website": "https://jo.example",
                },
                {"id": "m", "name": "Harbour Museum", "kind": "museum", "description": "Works with JO MARSH on Thursdays"},
                {"id": "clinic", "name": "Quay Clinic", "kind": "health_provider", "sharing": "private"},
            ),
            "pilots": frame("pilots", {"id": "p", "name": "Jo Marsh sings", "lead": "jo-marsh"}),
            "involvements": frame("involvements", {"pilot": "p", "organisation": "jo-marsh", "role": "The singer"}),
            "waves": frame("waves", {"id": "w", "name": "W", "date": date(2024, 5, 1)}),
            "partnerships": frame(
                "partnerships",
                {
                    "id": "jo-m",
                    "source": "jo-marsh",
                    "target": "m",
                    "relationship": "The only harpist in town",
                    "evidence": "Her diary",
                    "source_url": "https://jo.example",
                },
                {"id": "m-clinic", "source": "m", "target": "clinic", "level": 2},
            ),
            "ratings": frame(
                "ratings",
                _rating("jo-marsh", "m", level=5, contact="daily", openness=4),
                _rating("m", "jo-marsh", level=1, contact="weekly"),
                _rating("m", "clinic", level=4),
            ),
            "quotes": frame(
                "quotes",
                {"id": "q-jo", "pilot": "p", "organisation": "jo-marsh", "text": "Jo marsh is fun", "sharing": "public"},
                {"id": "q2", "pilot": "p", "text": "Between us", "sharing": "private"},
            ),
        }
    )


@pytest.mark.parametrize("audience", ["lead", "partners", "public"])
def test_an_empty_programme_stays_empty(audience: str) -> None:
    assert redact(Tables(), audience).counts() == {}


def test_the_lead_gets_the_very_tables_and_an_unknown_audience_a_sentence(small: Tables) -> None:
    assert redact(small, "lead") is small
    with pytest.raises(InvalidRequest, match="lead"):
        redact(small, "everyone")


def test_who_is_hidden_from_whom(small: Tables) -> None:
    """A freelancer who says nothing is shared with partners; who says private, with nobody."""
    assert hidden(small, "lead") == []
    assert hidden(small, "partners") == ["clinic"]
    assert hidden(small, "public") == ["jo-marsh", "clinic"]


def test_no_name_id_answer_comment_or_trace_of_a_hidden_partner_is_left(small: Tables) -> None:
    seen = redact(small, "public", {"jo-marsh": 1, "clinic": 2})
    text = "\n".join(frame.write_csv() for frame in seen.frames.values()).lower()
    for private in (
        "jo marsh",
        "jo-marsh",
        "quay",
        "clinic",
        "seaborough",
        "jo.example",
        "diary",
        "harpist",
        "the singer",
        "i said",
        "between",
    ):
        assert private not in text, private
    assert seen.organisations.select("id", "name", "kind").rows() == [
        ("m", "Harbour Museum", "museum"),
        ("freelancer-1", "Freelancer 1", "freelancer"),
        ("health-provider-2", "Health provider 2", "health_provider"),
    ]
    assert seen.organisations["description"][0] == "Works with Freelancer 1 on Thursdays"
    assert seen.pilots.select("name", "lead").rows() == [("Freelancer 1 sings", "freelancer-1")]
    assert seen.quotes["text"].to_list() == ["Freelancer 1 is fun"]
    assert seen.ratings.is_empty()


@pytest.mark.usefixtures("every_word")
def test_a_pair_is_shown_in_a_word_where_both_rated_and_withheld_where_one_did(small: Tables) -> None:
    """No number, part, side or level of a named pair is there for others; the level that the lead coded is not shared either."""
    seen = build(redact(small, "public", {"jo-marsh": 1, "clinic": 2})).ties
    both = seen.filter(pl.col("source") == "freelancer-1").row(0, named=True)
    lone = seen.filter(pl.col("source") == "health-provider-2").row(0, named=True)
    assert (both["word"], both["basis"]) == ("moderate or mixed", "both")  # 1.0 and 0.5
    assert (lone["word"], lone["basis"]) == (None, "withheld")
    numbers = [name for name, dtype in seen.schema.items() if dtype.is_numeric()]
    assert seen.select(numbers).null_count().sum_horizontal()[0] == seen.height * len(numbers)
    assert build(redact(small, "public")).directed.is_empty()


def test_a_documented_level_and_its_evidence_are_shown_to_those_the_lead_shares_them_with(small: Tables) -> None:
    levels = {}
    for sharing in ("private", "partners", "public"):
        told = small.partnerships.with_columns(sharing=pl.lit(sharing), level=pl.lit(2, pl.Int8), evidence=pl.lit("Minutes"))
        shared = small.with_(partnerships=told)
        for audience in ("partners", "public"):
            seen = redact(shared, audience, {"jo-marsh": 1, "clinic": 2})
            row = build(seen).ties.filter(pl.col("basis") == "withheld").row(0, named=True)
            levels[sharing, audience] = row["documented"]
            if audience == "partners":  # for the public, nothing that tells of a hidden partner is left anyway
                assert ("Minutes" in seen.partnerships["evidence"].to_list()) == (sharing in ("public", "partners")), sharing
    shown = {("partners", "partners"), ("public", "partners"), ("public", "public")}
    assert levels == {key: 0.4 if key in shown else None for key in levels}


@pytest.mark.usefixtures("every_word")
def test_a_partner_sees_its_own_answers_and_of_the_other_side_nothing_but_the_word(small: Tables) -> None:
    mine = redact(small, "partners", {"jo-marsh": 1, "clinic": 2}, viewer="jo-marsh")
    tie = build(mine).ties.filter(pl.col("source") == "jo-marsh").row(0, named=True)
    assert (tie["forward"], tie["backward"], tie["agreement"], tie["word"]) == (None, None, None, "moderate or mixed")
    assert set(mine.ratings["rater"]) == {"jo-marsh"}
    names = redact(small, "public", {"jo-marsh": 1, "clinic": 2}, viewer="jo-marsh").organisations["name"].to_list()
    assert "Jo Marsh" in names and "Quay Clinic" not in names


def test_a_denied_tie_is_no_tie_for_anybody_and_no_document_of_it_leaves(small: Tables) -> None:
    """Whether one side alone says so or both: the documented partnership does not come back on anybody's map or in a file."""
    alone = [_rating("m", "clinic", level=0)]
    both = [*alone, _rating("clinic", "m", contact="never")]
    for answers in (alone, both):
        denied = small.with_(ratings=frame("ratings", *answers))
        for audience in ("lead", "partners", "public"):
            assert build(redact(denied, audience)).ties.height == 1, audience  # Jo and the museum, from documents
        assert redact(denied, "public").partnerships["id"].to_list() == ["partnership-1"]


def test_weights_and_pairing_are_tools_of_the_lead_alone(small: Tables) -> None:
    depth = Scope(weights=Weights(depth=1, contact=0, trust=0, value=0), pairing="weaker")
    seen = redact(small, "public")
    assert build(seen, depth).ties.equals(build(seen).ties)
    assert build(seen, depth).exact.ties.equals(build(seen).exact.ties)  # type: ignore[union-attr]


@pytest.mark.usefixtures("every_word")
def test_a_least_strength_is_a_least_word_for_others(small: Tables) -> None:
    seen = redact(small, "public")
    assert build(seen, Scope(min_strength=0.5)).ties["word"].to_list() == ["moderate or mixed"]
    assert build(seen, Scope(min_strength=0.9)).ties.is_empty()


def test_ids_that_hold_a_name_are_others_wherever_they_stand(small: Tables) -> None:
    """A pilot, a wave and an indicator named after a person: rows that point to them still do."""
    named = small.with_(
        pilots=frame("pilots", {"id": "jo-marsh-sings", "name": "P"}, {"id": "freelancer-1-sings", "name": "Q"}),
        waves=frame("waves", {"id": "after-Jo-Marsh", "name": "W"}),
        indicators=frame("indicators", {"id": "jomarsh", "theme": "care", "name": "I"}),
        involvements=frame("involvements", {"pilot": "jo-marsh-sings", "organisation": "m"}),
        ratings=frame("ratings", _rating("m", "jo-marsh", level=3) | {"wave": "after-Jo-Marsh"}),
        results=frame("results", {"indicator": "jomarsh", "pilot": "jo-marsh-sings", "wave": "after-Jo-Marsh"}),
        quotes=frame("quotes", {"id": "q-jo-marsh", "pilot": "jo-marsh-sings", "text": "Good", "sharing": "public"}),
    )
    seen = redact(named, "public", {"jo-marsh": 1, "clinic": 2})
    assert seen.pilots["id"].to_list() == ["freelancer-1-sings-x", "freelancer-1-sings"]
    assert seen.involvements["pilot"][0] == seen.quotes["pilot"][0] == "freelancer-1-sings-x"
    assert seen.exact.ratings["wave"].to_list() == seen.waves["id"].to_list() == ["after-freelancer-1"]
    assert seen.results.row(0)[:3] == (seen.indicators["id"][0], "freelancer-1-sings-x", "after-freelancer-1")
    assert "marsh" not in "".join(frame.write_csv() for frame in seen.frames.values()).lower()
    assert redact(seen, "public") == seen


def test_a_shown_partner_keeps_its_whole_name_and_the_lead_is_told(small: Tables) -> None:
    """ "Jo Marsh Studio" chose to be shown: half a name would tell as much and be wrong besides. Its address goes."""
    studio = {"id": "s", "name": "Jo Marsh Studio", "kind": "museum", "website": "https://jomarshstudio.example"}
    told = frame(
        "organisations",
        studio,
        {"id": "jomarsh-rooms", "name": "R", "kind": "museum"},
        {"id": "t", "name": "T", "kind": "museum", "description": "Rents from Jo Marsh Studio"},
    )
    with_ = small.with_(
        organisations=pl.concat([small.organisations, told]), pilots=small.pilots.with_columns(description=pl.lit("By a singer"))
    )
    seen = redact(with_, "public", {"jo-marsh": 1, "clinic": 2}).organisations
    assert seen.filter(pl.col("id") == "s").select("name", "website").row(0) == ("Jo Marsh Studio", None)
    assert seen.filter(pl.col("id") == "t")["description"][0] == "Rents from Jo Marsh Studio"
    assert warnings(with_, "public") == [("name", "Jo Marsh Studio"), ("id", "R"), ("description", "Jo Marsh sings")]
    assert warnings(with_, "lead") == warnings(small.with_(pilots=small.pilots.clear()), "public") == []


def test_redacting_twice_changes_nothing_more(small: Tables) -> None:
    once = redact(small, "public", {"jo-marsh": 1, "clinic": 2})
    assert redact(once, "public") == once


def test_numbers_are_kept_never_given_again_and_do_not_follow_the_order_of_the_file(small: Tables) -> None:
    rows = [{"id": f"f{n:03}", "name": f"F{n}", "kind": "freelancer"} for n in range(40)]
    many = Tables({"organisations": frame("organisations", *rows)})
    first = numbered(many)
    assert sorted(first.values()) == list(range(1, 41))
    assert list(first) != sorted(first) or list(first.values()) != sorted(first.values())
    fewer = Tables({"organisations": frame("organisations", *rows[:5], {"id": "new", "name": "N", "kind": "freelancer"})})
    later = numbered(fewer, first)
    assert later["new"] == 41 and all(later[id] == number for id, number in first.items())
    shuffled = random.Random(1).sample(rows, 40)
    seen = redact(Tables({"organisations": frame("organisations", *shuffled)}), "public", first)
    assert seen.organisations["id"].to_list() == redact(many, "public", first).organisations["id"].to_list()


def test_a_stored_programme_keeps_its_numbers_when_many_ask_at_once(tmp_path, small: Tables) -> None:
    with Store(f"sqlite:///{tmp_path}/a.db") as store:
        store.create(Programme("p", "P"), small, "a", "b")
        with ThreadPoolExecutor(6) as pool:
            asked = list(pool.map(lambda _: stored_numbers(store, "p", small), range(6)))
        assert all(one == asked[0] for one in asked) and set(asked[0]) == {"jo-marsh", "clinic"}
        assert stored_numbers(store, "p", small) == asked[0]


@cache
def _prepared(audience: str) -> Export:
    """What leaves of the example for an audience, prepared once for all formats."""
    programme, tables = shipped("example")
    return prepare(programme, tables, Scope(), audience=audience)


@pytest.mark.parametrize(
    ("format", "audience"),
    [
        *(
            pytest.param(writer.id, "public", marks=pytest.mark.thorough if writer.id == "pptx" else [])  # see tests/writers
            for writer in FORMATS
        ),
        *(
            pytest.param(writer.id, "partners", marks=[] if writer.id in ("csv", "html") else pytest.mark.thorough)
            for writer in FORMATS
        ),
    ],
)
def test_no_file_of_the_example_holds_a_hidden_name(format: str, audience: str) -> None:
    """Every format, for partners and for everybody: neither the names nor the ids of those who are not shared with them."""
    tables = shipped("example")[1]
    private = tables.organisations.filter(pl.col("id").is_in(hidden(tables, audience))).select("id", "name").rows()
    assert private
    try:
        text = _unpacked(write(format, _prepared(audience)))
    except InvalidRequest as error:
        assert format == "give-back" and "lead" in str(error)
        return
    close = "".join(text.split())
    for id, name in private:
        assert name not in text and "".join(name.split()) not in close, name
        assert f">{id}<" not in text and f'"{id}"' not in text and f",{id}," not in text, id


def _unpacked(data: bytes) -> str:
    """All text in a file, whatever it is packed in."""
    if data.startswith(b"%PDF"):
        return " ".join(run.text for run in pdf_page.runs(data))
    if not data.startswith(b"PK"):
        return data.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return "\n".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())


@pytest.mark.parametrize("writer", [writer.id for writer in FORMATS if writer.group == "data"])
def test_a_name_in_a_programmes_own_words_leaves_in_no_file(small: Tables, writer: str) -> None:
    """Its name, description and source are text of people like any other."""
    about = Programme("jo", "Jo Marsh and friends", "Where Jo  Marsh sings", source="jo-marsh@example.org")
    data = write(writer, prepare(about, small, audience="public", made=date(2024, 1, 1)))
    texts = [data]
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            texts = [packed.read(name) for name in packed.namelist()]
    assert not [name for text in texts for name in (b"Jo Marsh", b"Jo  Marsh", b"jo-marsh") if name in text]
    whole = prepare(about, small, audience="lead", made=date(2024, 1, 1))
    assert whole.programme == about
