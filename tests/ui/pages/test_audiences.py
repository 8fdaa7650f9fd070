"""What others than the lead see: the lead's figure or the word withheld with its reason, words for named partnerships."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.support.app import HOME, LEAD_ONLY, PAGES, opened, shown
from wtnet.sentences.filters import OR_STRONGER
from wtnet.strength import WORDS

OTHERS = ("partners", "public")
SEEN = [page for page in PAGES if page not in LEAD_ONLY]
FEW = {HOME, "pages/impact.py", "pages/places.py"}
"""The pages that are tried on every programme in every run."""
WAVES = {"baseline": 194, "midpoint": 238, "end": 303}
NOT_TOLD = ("forward", "backward", "agreement", "depth", "trust", "says", "other_says", "apart", "level")


def headers(app: AppTest) -> str:
    """The opening sentences of a page."""
    return " ".join(str(each.value) for each in app.header).replace("\\", "")


@pytest.mark.parametrize("audience", ["public", pytest.param("partners", marks=pytest.mark.thorough)])
@pytest.mark.parametrize("page", SEEN)
def test_every_page_runs_for_others_than_the_lead(page: str, audience: str) -> None:
    """No error, and no claim made of what is withheld."""
    said = shown(opened(page, audience=audience))
    for claim in ("0 rest on one side", "No partnership in view has a known strength", "strength is not known on any side"):
        assert claim not in said


@pytest.mark.parametrize("audience", ["public", pytest.param("partners", marks=pytest.mark.thorough)])
@pytest.mark.parametrize("page", [page if page in FEW else pytest.param(page, marks=pytest.mark.thorough) for page in SEEN])
def test_every_page_runs_for_others_on_the_public_record(page: str, audience: str) -> None:
    """As it does for the lead (see `test_app`), for whom it shows more."""
    opened(page, audience=audience, programme="working-together")


@pytest.mark.parametrize("wave", ["baseline", pytest.param("midpoint", marks=pytest.mark.thorough), "end"])
def test_partnerships_and_their_mean_are_the_same_for_everybody(wave: str) -> None:
    """194, 238 and 303: a pair that is denied is no tie for anybody; the sentence and the figures are the lead's."""
    lead = opened(HOME, wave=wave)
    assert f"hold {WAVES[wave]} partnerships of mean strength" in headers(lead)
    for audience in OTHERS:
        app = opened(HOME, wave=wave, audience=audience)
        assert headers(app).partition(". ")[0] == headers(lead).partition(". ")[0]
        ours, theirs = ({each.label: each.value for each in page.metric} for page in (lead, app))
        for name in ("Partnerships", "Mean strength", "Response rate"):
            assert theirs[name] == ours[name]


def test_a_choice_as_narrow_as_one_partner_withholds_strength_and_response_and_says_why() -> None:
    """Hiding or focusing on one partner shows which ties there are; what answers tell would be that partner's."""
    for narrow in ({"hide": "saltmere-district-council"}, {"focus": "saltmere-district-council"}):
        app = opened(HOME, audience="public", **narrow)
        figures = {each.label: (each.value, each.help) for each in app.metric}
        assert figures["Partnerships"][0].isdigit()
        for name in ("Mean strength", "Response rate"):
            assert figures[name][0] == "withheld" and figures[name][1].startswith("Withheld: ")
        assert "mean strength withheld" in headers(app)
        assert "did not answer" not in shown(app) and "rest on what one side" not in shown(app)


def test_weights_and_pairing_of_an_address_change_nothing_for_others() -> None:
    """They are the lead's: no control, no chip, the same figure."""
    app = opened(HOME, audience="public", pairing="stronger", weights="1-0-0-0", documents="1")
    assert headers(app) == headers(opened(HOME, audience="public"))
    assert not [slider for slider in app.slider if slider.label.startswith(("Depth", "Trust"))]
    assert "Strength by" not in " ".join(button.label for button in app.button)


def test_a_least_strength_is_a_word_for_others() -> None:
    """A number in the address becomes its word; ties whose strength is withheld are left out."""
    app = opened(HOME, audience="public", strength="0.9")
    box = next(each for each in app.selectbox if each.label == "How strong")
    assert box.value == "0.7" and list(box.options)[1:] == list(OR_STRONGER.values())
    assert any(button.label.endswith(" strong") for button in app.button)


def test_a_named_partnership_is_told_in_words_and_never_in_parts() -> None:
    """Tables, the panel of a tie, a profile: one of three words, or that it is withheld."""
    app = opened(HOME, {"open_map_rows": True}, audience="public")
    frame = next((each.value for each in app.dataframe if "other partner" in each.value), None)
    if frame is not None:
        assert set(frame["strength"]) <= {*WORDS, "strength withheld"} and not set(NOT_TOLD) & set(frame.columns)
    profile = opened("pages/partners.py", audience="public", partner="saltmere-museum-and-gallery")
    said = shown(profile)
    assert "How strong each partnership is" in said and "did not answer" not in said and "puts it at" not in said


def test_who_moved_most_and_who_was_silent_is_named_to_the_lead_alone() -> None:
    """The lead reads names; others read that it is hers to read."""
    lead, public = (shown(opened("pages/change.py", audience=audience)) for audience in ("lead", "public"))
    assert "lost most**" in lead and "did not answer:" in lead
    assert "lost most**" not in public and "did not answer:" not in public
    assert "named to the programme lead alone" in public
    for name in ("lead", "public"):
        meet = shown(opened("pages/gaps.py", audience=name, show="meet", meet="northcliff-link-workers"))
        assert ("did not answer in this wave" in meet) == (name == "lead")


def test_what_one_partner_said_is_no_view_for_others() -> None:
    """A link that asks for it is answered with the usual view, and says so."""
    app = opened("pages/two_views.py", audience="public", left="said:saltmere-museum-and-gallery")
    kinds = next(each for each in app.selectbox if each.label == "Left side")
    assert not {"What one partner says", "What others say of one"} & set(kinds.options)
    assert "view that is not here" in shown(app)


def test_the_lead_may_count_documented_levels_and_every_figure_then_says_so() -> None:
    """In the sentence, on the figure, on the chip; without it the ties that nobody rated are counted beside the figures."""
    without, counted = opened(HOME), opened(HOME, documents="1")
    assert "7 of 303 partnerships are documented only" in shown(without)
    assert "documented only" not in shown(counted) and "documented levels counted too" in headers(counted)
    assert "Mean strength, documented levels counted too" in {each.label for each in counted.metric}
    assert any("Documented levels count too" in button.label for button in counted.button)


def test_distances_are_those_of_everybody() -> None:
    """31 % of 224 ties are longer than 100 km, whoever looks; places that are not shown are withheld, and not unknown."""
    for audience in ("lead", *OTHERS):
        said = headers(opened("pages/places.py", audience=audience))
        assert "Of the 224 partnerships of known length" in said and "31.3% are longer than 100 km" in said
    assert "are withheld" in said
