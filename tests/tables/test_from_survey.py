"""Results of the survey: what organisations answer about themselves becomes the result of the indicator it feeds, and follows."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.support.frames import frame
from tests.support.paths import ROOT
from wtnet.access import redact
from wtnet.measures.impact.suppression import at_level
from wtnet.sentences import survey_results as words
from wtnet.store import Programme, Store
from wtnet.tables import Tables, from_survey

VOICE = {"id": "voice", "wording": "Do you feel you have an equal voice?", "type": "yes_no", "indicator": "equal"}
EASE = {"id": "ease", "wording": "How easy is it to take part?", "type": "scale", "indicator": "ease"}


def answer(who: int | str, question: str, value: str, wave: str = "w", role: str | None = None) -> dict[str, Any]:
    who = f"o{who}" if isinstance(who, int) else who
    return {"wave": wave, "organisation": who, "respondent_role": role, "question": question, "value": value}


def programme(*answers: dict[str, Any], small: int = 3, size: int = 12) -> Tables:
    """Twelve organisations, two indicators that questions feed; pilot "p" of all but `small`, pilot "q" of the last six."""
    return Tables(
        {
            "organisations": frame("organisations", [{"id": f"o{n}", "name": f"O {n}", "kind": "museum"} for n in range(size)]),
            "waves": frame("waves", {"id": "w", "name": "W", "date": date(2025, 1, 1), "purpose": "survey"}),
            "pilots": frame("pilots", {"id": "p", "name": "P", "lead": "o0"}, {"id": "q", "name": "Q"}),
            "involvements": frame(
                "involvements",
                [{"pilot": "p", "organisation": f"o{n}"} for n in range(1, size - small)],
                [{"pilot": "q", "organisation": f"o{n}"} for n in range(size - 6, size)],
            ),
            "indicators": frame(
                "indicators",
                {"id": "equal", "theme": "partnerships", "name": "Partners with an equal voice", "unit": "%"},
                {"id": "ease", "theme": "partnerships", "name": "Ease", "unit": "1 to 5", "instrument": "survey scale"},
            ),
            "questions": frame("questions", VOICE, EASE),
            "answers": frame("answers", list(answers)),
        }
    )


def told(tables: Tables) -> dict[str, list[float]]:
    rows = tables.results.filter(pl.col("question").is_not_null()).select("indicator", "pilot", "wave", "value", "n").iter_rows()
    return {f"{indicator}|{pilot or ''}|{wave}": [round(value, 6), n] for indicator, pilot, wave, value, n in rows}


MANY = [
    *[answer(n, "voice", "yes" if n % 3 else "no") for n in range(10)],
    *[answer(n, "ease", str(1 + n % 5)) for n in range(9)],
    answer(9, "ease", "2", role="Director"),
    answer(9, "ease", "5", role="Curator"),
]


def test_no_answer_no_result_and_words_count_for_nobody() -> None:
    """Unknown is null: neither a share of 0 nor an n of 0."""
    assert from_survey.worked_out(programme()).results.is_empty()
    odd = programme(answer(1, "voice", "perhaps"), answer(2, "ease", "7"), answer(3, "ease", ""))
    assert from_survey.worked_out(odd).results.is_empty()


def test_results_are_those_of_a_script_that_does_not_know_the_product(tmp_path: Path) -> None:
    """Share and mean, n, programme-wide and by pilot; two people of one organisation are one."""
    tables = from_survey.worked_out(programme(*MANY))
    for name in ("organisations", "pilots", "involvements", "questions", "answers"):
        tables[name].write_csv(tmp_path / f"{name}.csv")
    script = ROOT / "tests" / "support" / "recount_survey.py"
    run = subprocess.run([sys.executable, "-I", script, tmp_path], capture_output=True, text=True, check=True)
    assert told(tables) == json.loads(run.stdout)
    assert told(tables)["equal||w"] == [60.0, 10] and told(tables)["ease||w"] == [2.85, 10]
    assert set(tables.results["evidence"].str.slice(0, 15)) == {"From the survey"}


def test_they_follow_the_answers_and_a_result_of_the_leads_own_stays(tmp_path: Path) -> None:
    """Stored with every change: another answer, none any more, a question that feeds nothing; two saving at once."""
    with Store(f"sqlite:///{tmp_path}/s.db") as store:
        own = frame("results", {"indicator": "equal", "pilot": "q", "wave": "w", "value": 12.0, "n": 7})
        first = store.create(Programme("x", "X"), programme(*MANY).with_(results=own), "A", "r").id
        assert told(store.load("x")).keys() == {"equal||w", "equal|p|w", "ease||w", "ease|p|w", "ease|q|w"}
        before = store.load("x", first)
        ann, ben = (pl.concat([before.answers, frame("answers", answer(n, "voice", "no"))]) for n in (10, 11))
        store.commit("x", before.with_(answers=ann), base=first, author="Ann", reason="r")
        store.commit("x", before.with_(answers=ben), base=first, author="Ben", reason="r")
        assert told(store.load("x"))["equal||w"] == [50.0, 12]
        quiet = store.load("x")
        quiet = quiet.with_(questions=quiet.questions.with_columns(indicator=pl.lit(None, pl.String)))
        store.commit("x", quiet, base=store.head("x") or 0, author="Ann", reason="r")
        assert store.load("x").results.rows() == own.rows()


def test_a_result_that_came_without_its_answers_stays(tmp_path: Path) -> None:
    """A funder's export holds the result and nobody's answers."""
    bare = from_survey.worked_out(programme(*MANY))
    bare = bare.with_(answers=bare.answers.clear())
    assert from_survey.worked_out(bare).results.equals(bare.results)


def test_others_read_results_and_nobodys_answers() -> None:
    """Nine of twelve in one pilot: beside the whole it would give three away, so it is withheld; so is a share of few."""
    tables = from_survey.worked_out(programme(*[answer(n, "ease", str(1 + n % 5)) for n in range(12)], answer(1, "voice", "yes")))
    shown = redact(tables, "partners", viewer="o3")
    assert shown.answers["organisation"].to_list() == ["o3"], "its own and nobody else's"
    assert redact(tables, "public").answers.is_empty()
    for seen in (tables, redact(tables, "partners", viewer="o3", results=False)):
        cells = at_level(seen, "pilots").filter(pl.col("indicator") == "ease")
        assert dict(cells.select("pilot", "suppressed").iter_rows()) == {"p": True, "q": False}
    values = dict(shown.results.filter(pl.col("indicator") == "ease").select("pilot", "value").iter_rows())
    assert (values["p"], values[None]) == (None, tables.results.filter(indicator="ease")["value"][0])
    assert shown.results.filter(indicator="equal")["value"].null_count() == shown.results.filter(indicator="equal").height


@pytest.mark.parametrize(("small", "withheld"), [(0, False), (3, True), (6, False)])
def test_a_pilot_is_withheld_only_where_few_are_left_beside_the_whole(small: int, withheld: bool) -> None:
    """Nobody left, three left, six left."""
    tables = from_survey.worked_out(programme(*[answer(n, "ease", str(1 + n % 5)) for n in range(12)], small=small))
    tables = tables.with_(involvements=tables.involvements.filter(pl.col("pilot") == "p"))
    cells = at_level(from_survey.worked_out(tables), "pilots")
    assert cells["suppressed"].to_list() == [withheld]


def test_the_impact_page_says_which_question_a_result_comes_of() -> None:
    """Of an indicator that no question feeds nothing is said."""
    tables = from_survey.worked_out(programme(*MANY))
    assert "“How easy is it to take part?”" in words.from_survey(tables, "ease")
    assert not words.from_survey(tables.with_(results=tables.results.clear()), "ease") and not words.from_survey(
        programme(), "ease"
    )


def test_where_pilots_share_partners_the_figure_with_each_once_stands_beside_it() -> None:
    """It is the programme's own; of pilots without a partner in both, or without a figure of the whole, nothing is said."""
    tables = from_survey.worked_out(programme(*MANY))
    ours = tables.results.filter(indicator="equal")
    pilots = ours.filter(pl.col("pilot").is_not_null())
    row = {"indicator": "equal", "unit": "%", "pilots": 2, "n": pilots["n"].sum()}
    assert row["n"] == 13  # of ten organisations
    assert words.counted_once(tables, row, "w").endswith("with each partner once it is 60% (n 10).")
    assert not words.counted_once(tables, {**row, "n": 10}, "w") and not words.counted_once(tables, {**row, "n": None}, "w")
    assert not words.counted_once(tables, {**row, "pilots": 1}, "w") and not words.counted_once(tables, row, "v")
    assert not words.counted_once(tables.with_(results=pilots), row, "w")
