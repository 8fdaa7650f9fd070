"""Names on maps: who is named first, in Python and in JavaScript alike."""

from __future__ import annotations

import re
from pathlib import Path

from wtnet import draw as room
from wtnet.draw.labels import HUBS, first_named
from wtnet.palette import LOOKS

SCRIPT = (Path(room.__file__).parent / "js" / "labels.js").read_text(encoding="utf-8")


def test_the_best_connected_come_first_with_museums_before_others_and_then_every_other_museum() -> None:
    """Of nobody there is no order; a museum with few partnerships comes before those who are no hub, and after the hubs."""
    assert first_named([], lambda mark: True) == []
    order = list(range(HUBS + 5))
    museums = {4, HUBS + 3}
    rest = [mark for mark in order[HUBS:] if mark not in museums]
    hubs = [mark for mark in order[:HUBS] if mark not in museums]
    assert first_named(order, museums.__contains__) == [4, *hubs, HUBS + 3, *rest]
    assert first_named(order, lambda mark: False) == order


def test_the_live_and_the_offline_map_have_the_same_hubs_and_know_a_museum_by_the_name_its_kind_has() -> None:
    """The constants of the script are those of Python."""
    constants = dict(re.findall(r'export const (\w+) = "?(.+?)"?;', SCRIPT))
    assert constants == {"HUBS": str(HUBS), "MUSEUM": LOOKS["museum"].label}
