"""What others than the lead see: the lead's figure or the word withheld with its reason, words for named partnerships."""

from __future__ import annotations

import pytest

from tests.support.app import LEAD_ONLY, PAGES, opened, shown

OTHERS = ("partners", "public")
SEEN = [page for page in PAGES if page not in LEAD_ONLY]
WAVES = {"baseline": 194, "midpoint": 238, "end": 303}


@pytest.mark.parametrize("audience", OTHERS)
@pytest.mark.parametrize("page", SEEN)
def test_every_page_runs_for_others_than_the_lead(page: str, audience: str) -> None:
    """On the example and on the public record, with nothing selected."""
    opened(page, audience=audience)
    opened(page, audience=audience, programme="working-together")


@pytest.mark.parametrize("page", SEEN)
def test_a_page_claims_nothing_from_what_is_withheld(page: str) -> None:
    """Answers that are kept back are no unknown strengths, no words of one side, no silence."""
    said = shown(opened(page, audience="public"))
    for claim in ("0 rest on one side", "None of the ties", "No partnership in view has a known strength"):
        assert claim not in said
