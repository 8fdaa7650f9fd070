"""Present through app.py: without a story, a draft, order, quotes, a file, and those who may not save."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.support.app import HOSTILE, hostile, opened, shown
from wtnet import stories
from wtnet.access import links
from wtnet.draw.style import WIDTHS
from wtnet.errors import UnreadableFile
from wtnet.store import Programme, Store
from wtnet.stories import Slide, Story, saved
from wtnet.tables import Tables
from wtnet.ui.pages.present import component
from wtnet.ui.pages.present.message import message
from wtnet.ui.parts import given_links

PAGE = "pages/present.py"
MUSEUM = "northcliff-museum-of-the-sea"


def click(app: object, key: str) -> None:
    app.button(key=key).click().run()  # type: ignore[attr-defined]
    assert not app.exception  # type: ignore[attr-defined]


def drafted(**params: str) -> object:
    app = opened(PAGE, **{"made_for": "lead", **params})
    click(app, next(button.key for button in app.button if button.label == "Draft our story"))
    return app


def heading(app: object) -> str:
    return next(field.value for field in app.text_input if field.label == "Heading")  # type: ignore[attr-defined]


def test_an_empty_programme_can_be_told_too(database: str) -> None:
    with Store(database) as store:
        store.create(Programme("none", "Nothing"), Tables(), author="t", reason="t")
    app = drafted(programme="none")
    assert heading(app) == "No partner is recorded yet"


def test_before_there_is_a_story_the_page_says_what_one_is() -> None:
    said = shown(opened(PAGE))
    assert "A first draft tells who you are" in said and "Nothing leaves this computer" in said


def test_slides_change_places_come_and_go() -> None:
    app = drafted(about=f"partner:{MUSEUM}")
    click(app, "slide_down")
    assert heading(app) == "We lead Tidelines"
    click(app, "slide_add")
    assert heading(app) == "New slide"
    click(app, "slide_remove")
    assert heading(app) != "New slide"


def test_a_quote_nobody_agreed_to_share_is_not_among_those_to_choose(database: str) -> None:
    app = drafted(about="pilot:tidelines", made_for="public")
    offered = " ".join(str(option) for box in app.selectbox if box.label == "Quote" for option in box.options)
    assert "I learned to leave a silence alone." in offered and "The board asks about wellbeing" not in offered


def test_a_story_named_in_a_link_that_is_gone_says_so() -> None:
    assert "names a story that is not here" in shown(opened(PAGE, story="was-here"))


def test_a_story_is_only_listed_for_whom_it_was_written(database: str) -> None:
    opened("pages/data.py")
    with Store(database) as store:
        saved.keep(store, "example", Story("s", "For us alone", (Slide("One"),), audience="lead"))
    assert "For us alone" in [str(option) for option in opened(PAGE, made_for="lead").selectbox[2].options]
    app = opened(PAGE)
    assert "For us alone" not in str([box.options for box in app.selectbox]) and "1 for programme lead" in shown(app)
    app = opened(PAGE, story="s")
    assert "was written for" in shown(app)
    click(app, "story_as_written")
    assert heading(app) == "One"


def test_a_story_is_saved_and_a_second_person_is_not_written_over(database: str) -> None:
    one, two = drafted(about="pilot:tidelines"), None
    click(one, "story_save")
    two = opened(PAGE, story="pilot-tidelines", made_for="lead")
    for app, word in ((one, "First"), (two, "Second")):
        next(field for field in app.text_input if field.label == "Title").set_value(word).run()
    click(one, "story_save")
    click(two, "story_save")
    assert "Somebody has saved “First”" in shown(two)


@pytest.mark.parametrize("who", [pytest.param(f"partner:{MUSEUM}", marks=pytest.mark.thorough), "pilot:tidelines", "programme"])
def test_the_stage_is_sent_little_and_every_reference_holds(who: str) -> None:
    """Rows name partners and maps by place; 66 partners and seven slides are under 60 KB."""
    import json

    from tests.support.stories import example, positions
    from wtnet.stories.slides import Stage

    kind, _, id_ = who.partition(":")
    story = stories.draft(example(), **({kind: id_} if id_ else {}))
    sent = message(Stage(story, example(), positions(0), "P").slides, "T", 0)
    for slide in sent["slides"]:
        net = sent["nets"][slide["net"]]
        assert all(0 <= end < len(sent["dots"]) for tie in net["ties"] for end in tie[:2])
        assert all(at in net["there"] for at in slide["focus"])
    assert len(json.dumps(sent)) < 60_000


def test_a_tie_is_wider_the_stronger_and_thinnest_where_unknown() -> None:
    width = WIDTHS["stage"]
    assert width(None) == width(0.0) < width(0.5) < width(1.0) == 5.0


def _seven(second: str) -> list[tuple[str, str, str]]:
    names = ["Hall", second, "C", "D", "E", "F", "G"]
    return [(f"p{at}", name, "museum") for at, name in enumerate(names)]


def test_hostile_names_never_stand_as_markup_in_what_data_edits_overtook(database: str) -> None:
    """A partner that is renamed to markup: the change is told as text."""
    with Store(database) as store:
        store.create(Programme("one", "One"), hostile(_seven("Group")), author="t", reason="t")
        saved.keep(store, "one", stories.draft(store.load("one"), partner="p0"))
        store.commit("one", hostile(_seven(HOSTILE[0])), base=store.head("one"), author="t", reason="t")
    app = opened(PAGE, programme="one", story="partner-p0", slide="1", made_for="lead")
    said = [str(one.value) for one in (*app.markdown, *app.caption)]
    assert any("no longer" in one for one in said)
    assert any("alert" in one for one in said) and not any("<script" in one.replace("\\<", "") for one in said)


def test_the_script_of_the_stage_asks_for_nothing_from_outside() -> None:
    """No address in its code, style or markup, all as they are sent, but the name of SVG."""
    sent = component.script().replace("http://www.w3.org/2000/svg", "")
    assert "showStory" in sent and "wtnet_notes" in sent
    assert "http" not in sent and "url(" not in sent and "import " not in sent


def test_a_story_that_was_saved_over_or_removed_is_opened_again(database: str) -> None:
    app = drafted(about="pilot:tidelines")
    for title in ("First", "Second"):
        next(field for field in app.text_input if field.label == "Title").set_value(title).run()
        click(app, "story_save")
    click(app, "story_earlier_0")
    assert next(field.value for field in app.text_input if field.label == "Title") == "First"
    click(app, "story_save")
    click(app, "story_remove")
    assert next(button for button in app.button if button.key == "story_back_0").label.startswith("First · 11 slides, saved")
    click(app, "story_back_0")
    click(app, "story_save")
    with Store(database) as store:
        assert [each.title for each in saved.stories(store, "example")] == ["First"]


def test_only_whoever_may_store_is_asked_for_a_story(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [chosen.key for chosen in opened(PAGE).file_uploader] == ["story_file"]
    monkeypatch.setenv("WTNET_READ_ONLY", "1")
    assert not opened(PAGE).file_uploader


def test_a_file_too_large_for_a_story_is_refused_before_it_is_read() -> None:
    with pytest.raises(UnreadableFile, match=r"has 4\.000001 MB; a story has at most 4 MB"):
        stories.from_text(b"[" * (stories.MAX_BYTES + 1))


@pytest.mark.parametrize(("written", "seen", "opens"), [("lead", "public", False), ("public", "lead", True)])
def test_a_story_from_a_file_never_becomes_one_for_more_people_than_it_was_written_for(
    written: str, seen: str, opens: bool
) -> None:
    """Its words were checked by nobody for them: it is refused with a sentence; the other way round it opens."""
    app = opened(PAGE, audience=seen)
    text = stories.to_text(Story("s", "Between us", (Slide("One", "Jo Ambercroft rates us 2"),), audience=written))
    app.file_uploader(key="story_file").set_value(("s.json", text.encode(), "application/json")).run()
    click(app, "story_file_open")
    assert ("written for the audience “Programme lead”" in shown(app)) is not opens
    assert ("One" in [field.value for field in app.text_input]) is opens


def test_a_talk_has_a_link_for_everybody_that_opens_what_each_slide_shows(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Made by the lead and no sooner; wave and partner go with it, a partner who is hidden from everybody does not. On one
    computer alone there is none, in words."""
    sent: list[Any] = []
    monkeypatch.setattr(component, "stage", lambda message, *_: sent.append(message["follow"]))
    monkeypatch.setattr(given_links, "base", lambda page: "http://127.0.0.1:8501")
    app = drafted(about=f"partner:{MUSEUM}")
    assert sent[-1]["slides"] == [] and "on this computer alone" in sent[-1]["why"]
    monkeypatch.setattr(given_links, "base", lambda page: "https://talk.example")
    app.run()  # type: ignore[attr-defined]
    assert sent[-1]["slides"] == [] and "no link to follow this talk yet" in sent[-1]["why"]
    click(app, "follow_make")
    opens = [urlsplit(address) for address, *_ in sent[-1]["slides"]]
    asked = [parse_qs(each.query) for each in opens]
    assert {f"{each.scheme}://{each.netloc}{each.path}" for each in opens} == {"https://talk.example/"}
    assert all(each["select"] == [f"partner:{MUSEUM}"] for each in asked) and asked[1]["wave"] == ["baseline"]
    with Store(database) as store:
        person = links.open_link(store, asked[0]["link"][0])
    assert person.audience == "public" and person.programmes == ("example",)
    drafted(about="partner:sam-tidewell")
    assert len(sent[-1]["slides"]) > 5 and "tidewell" not in str(sent[-1]).lower()
