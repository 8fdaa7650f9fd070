"""The form page behind a personal link, run through app.py: degenerate forms, hostile names, the way through and back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from tests.support.app import opened as opened_page
from tests.support.app import press, shown
from wtnet import survey
from wtnet.store import Programme, Store
from wtnet.survey import form_texts
from wtnet.survey.form_texts import Language
from wtnet.survey.links import UNKNOWN
from wtnet.survey.questionnaire import STANDARD
from wtnet.tables import Tables
from wtnet.tables.schema import SCHEMAS

SOON = date.today() + timedelta(days=9)
HOSTILE = [
    "<script>alert(1)</script>",
    "**bold** :red[x] $x^2$ `code`",
    "[link](javascript:alert(1))",
    "=cmd()",
    "مستشفى",
    "x" * 300,
]


@pytest.fixture
def store(database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A programme "p" of eight partners, all rated once by the first; the app has the same database."""
    monkeypatch.delenv("WTNET_READ_ONLY", raising=False)
    names = [*HOSTILE, "Plain Museum", "Last"]
    rows: dict[str, list[dict[str, Any]]] = {
        "organisations": [{"id": f"o{n}", "name": name, "kind": "museum"} for n, name in enumerate(names)],
        "waves": [{"id": "w", "name": HOSTILE[0], "date": date(2024, 1, 1)}],
        "ratings": [{"wave": "w", "rater": "o0", "partner": f"o{n}", "level": 2, "comment": "SECRET"} for n in range(1, 8)],
    }
    with Store(database) as opened:
        tables = {name: pl.DataFrame(some, schema=SCHEMAS[name].polars()) for name, some in rows.items()}
        opened.create(Programme("p", HOSTILE[1]), Tables(tables), author="test", reason="test")
        yield opened


def token(store: Store, partner: str, wave: str = "w", until: date = SOON) -> str:
    return survey.make(store, "p", wave, partner, until, until - timedelta(days=1))


def opened(token: str) -> AppTest:
    """The form that a link with this token opens."""
    return opened_page("pages/side_by_side.py", token=token)


def marked(app: AppTest) -> str:
    """The sentences on the page, with what escapes Markdown."""
    kinds = (app.title, app.header, app.subheader, app.markdown, app.caption, app.info, app.error, app.success)
    return "\n".join(str(element.value) for kind in kinds for element in kind)


def test_a_partner_nobody_is_known_to_work_with_can_still_write_names(store: Store) -> None:
    """No tie at all: no questions, one box for names; they wait for the lead."""
    tables = store.load("p")
    store.commit("p", tables.with_(ratings=tables.ratings.clear()), base=store.head("p") or 0, author="t", reason="t")
    app = opened(token(store, "o7"))
    assert "Nobody is on your form yet" in shown(app).replace("\\", "")
    app.text_area[0].input("Harbour Radio")
    press(app, "Save my answers")
    assert [one.name for one in survey.undecided(store, "p")] == ["Harbour Radio"]
    press(app, "Save my answers")
    assert "Thank you" in shown(app)


def test_whoever_is_written_down_is_asked_about_next_as_on_the_workbook(store: Store) -> None:
    """The same questions, and who they are; the next visit shows them again. A name that is there is taken for its partner."""
    app = opened(token(store, "o6"))
    app.text_area[-1].input(f"{HOSTILE[0]}\nlast\nHarbour  Radio\nHarbour Radio")
    press(app, "Save my answers")
    assert "Thank you" not in shown(app) and "Last" in [one.value for one in app.subheader]
    assert {one.name for one in survey.undecided(store, "p")} == {"Harbour Radio"}, "the other two are partners there"
    (key,) = {f"missed:{one.id}" for one in survey.undecided(store, "p")}
    app.text_input(key=f"q_note_{key}").input("A station in Hull")
    app.get("button_group")  # the pills
    next(one for one in app.pills if one.key == f"q_level_{key}").set_value(3)
    press(app, "Save my answers")
    assert "Thank you" in shown(app)
    (one,) = survey.undecided(store, "p")
    assert (one.note, one.answers) == ("A station in Hull", {"level": 3})
    assert "Harbour Radio" in [one.value for one in opened(token(store, "o6")).subheader]


def test_hostile_names_are_only_text(store: Store) -> None:
    """Names of partner, programme, wave and others: no tag, no directive, no formula comes through."""
    for partner in ("o0", "o1", "o6"):
        app = opened(token(store, partner))
        labels = [str(one.label) for one in (*app.get("button_group"), *app.get("pills")) if hasattr(one, "label")]
        for text in [*marked(app).splitlines(), *labels]:
            bare = re.sub(r"\\.", "", text)
            assert not re.search(r"<script|:red\[|\]\(javascript|\*\*bold", bare), text


def test_others_words_never_reach_the_page(store: Store) -> None:
    """What somebody said about this partner stands nowhere."""
    assert "SECRET" not in shown(opened(token(store, "o6")))


@pytest.mark.parametrize("given", ["", "x", "0123456789abcdef.secret", "<b>", "x" * 5_000])
def test_a_link_that_is_not_right_is_one_sentence(store: Store, given: str) -> None:
    """No form, no name, no menu."""
    app = opened(given)
    assert [one.value.replace("\\", "") for one in app.info] == [UNKNOWN]
    assert not app.button and not app.selectbox


def test_a_link_that_is_over_says_until_when_it_was_open(store: Store) -> None:
    """Yesterday was its last day."""
    app = opened(token(store, "o6", until=date.today() - timedelta(days=1)))
    assert "open until" in shown(app) and not app.button


def test_a_server_that_only_shows_takes_no_answers(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """WTNET_READ_ONLY: the form is closed, in a sentence."""
    monkeypatch.setenv("WTNET_READ_ONLY", "1")
    app = opened(token(store, "o6"))
    assert "only shows" in shown(app) and not app.button


def test_parts_follow_one_another_each_saved_and_others_saving_meanwhile_do_no_harm(store: Store) -> None:
    """Seven partners in two parts; somebody else saves in between; the end says thank you and what is left open."""
    own = survey.open_form(store, survey.open_link(store, token(store, "o6")))
    app = opened(token(store, "o0"))
    assert "Part 1 of 2" in str([one.proto for one in app.get("progress")])
    survey.save(store, own, {"o0": {"level": 1}})
    press(app, "Save and go on")
    assert "Saved." in shown(app)
    press(app, "Save and go back")
    press(app, "Save and go on")
    press(app, "Save my answers")
    assert "Thank you" in shown(app)
    ratings = store.load("p").ratings
    assert ratings.filter(pl.col("rater") == "o0").height == 7 and ratings.filter(pl.col("rater") == "o6").height == 1


def test_what_was_picked_and_typed_survives_a_reload_and_counts_only_once_saved(store: Store) -> None:
    """A level, a comment and a name, in a window that is closed; the next one has them, and the second part too."""
    mine = token(store, "o0")
    app = opened(mine)
    next(one for one in app.pills if one.key == "q_level_o1").set_value(5).run()
    app.text_area(key="q_comment_o2").input("Half a thought").run()
    assert store.load("p").ratings.filter(pl.col("level") == 5).is_empty()
    again = opened(mine)
    assert "Kept from your last visit and not saved yet: 2" in shown(again)
    assert next(one for one in again.pills if one.key == "q_level_o1").value == 5
    assert again.text_area(key="q_comment_o2").value == "Half a thought"
    press(again, "Save and go on")
    assert dict(store.load("p").ratings.select("partner", "level").iter_rows())["o1"] == 5
    later = opened(mine)
    assert "Part 2 of 2" in str([one.proto for one in later.get("progress")]) and "last visit" not in shown(later)
    survey.revoke(store, *survey.links(store, "p"))
    next(one for one in later.pills if one.key.startswith("q_level_")).set_value(5).run()
    assert not store.settings("survey-draft:") and "not valid" in shown(later)


def test_someone_chosen_as_missing_is_asked_about_next(store: Store) -> None:
    """o6 works with the first alone; it chooses "Last" and gets its questions."""
    app = opened(token(store, "o6"))
    app.multiselect[0].select("o7")
    press(app, "Save my answers")
    assert "Last" in [one.value for one in app.subheader] and "Thank you" not in shown(app)


def test_whoever_a_finding_names_is_asked_whether_it_agrees_and_nobody_else(store: Store) -> None:
    """The sentence stands on its form, its answer is stored, and others are not asked."""
    tables = store.load("p")
    rows = [{"id": "f", "theme": "care", "statement": "The museum <b>opens</b> on Mondays", "organisation": "o6"}]
    findings = pl.DataFrame([dict.fromkeys(SCHEMAS["findings"].polars()) | row for row in rows], SCHEMAS["findings"].polars())
    store.commit("p", tables.with_(findings=findings), base=store.head("p") or 0, author="test", reason="test")
    app = opened(token(store, "o6"))
    assert "Findings that name you" in marked(app) and "opens" in marked(app)
    next(pills for pills in app.pills if str(pills.key).startswith("q_agree_")).set_value("partly")
    press(app, "Save my answers")
    assert store.load("p").confirmations.select("finding", "organisation", pl.col("answer").cast(pl.String)).rows() == [
        ("f", "o6", "partly")
    ]
    assert "Findings that name you" not in marked(opened(token(store, "o7")))


def test_the_form_is_read_in_a_language_of_the_leads_and_what_she_left_out_in_english(store: Store) -> None:
    """Chosen by the address; her words are only text, whatever they hold, and the answers are the same."""
    texts = {"save": "<b>Cadw</b>", "choice.level.3": "Cydlynu", "ask.level": "Pa mor agos yw {partner}?"}
    english = form_texts.every(STANDARD, "")
    welsh = Language("cy", "Cymraeg", {id: (english[id], text) for id, text in texts.items()})
    form_texts.keep(store, "p", [welsh])
    app = opened_page("pages/side_by_side.py", token=token(store, "o6"), lang="cy")
    level = next(one for one in app.pills if one.key == "q_level_o0")
    assert level.label.startswith("Pa mor agos yw") and "3 Cydlynu" in level.options
    assert "Answer what you can" in shown(app), "not filled in"
    level.set_value(3).run()
    app.button(key="form_go").click().run()
    assert app.button(key="form_again").label == "Look at my answers again"
    assert store.load("p").ratings.filter(rater="o6")["level"].to_list() == [3]
    assert "\\<b\\>" not in opened(token(store, "o6")).button(key="form_go").label
