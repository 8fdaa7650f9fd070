"""What messages of the impact side refer to by places: sent once, by itself, so that a click sends what it changed alone."""

from __future__ import annotations

import json
import zlib
from typing import Any

from wtnet.measures.impact import progress as impact
from wtnet.palette import STATES
from wtnet.tables import Tables
from wtnet.tables.derived import derived
from wtnet.ui.frame.markdown import cut


@derived
def lexicon(tables: Tables) -> dict[str, Any]:
    """States, pilots and indicators with their names, and the `number` that tells them from other ones."""
    words = {
        "states": {state: list(STATES[state]) for state in impact.STATES},
        "pilots": [[pilot, cut(name, 40)] for pilot, name in tables.names("pilots").items()],
        "indicators": [list(indicator) for indicator in tables.names("indicators").items()],
    }
    return {**words, "number": zlib.crc32(json.dumps(words).encode())}


def abridged(message: dict[str, Any], known: dict[str, Any]) -> dict[str, Any]:
    """A message of `impact_side.panel` that refers to a lexicon: of pilots their state alone, of an indicator its place, its
    rows, and what is sent of the open one besides."""
    at = {id: place for place, (id, _) in enumerate(known["indicators"])}

    def short(indicator: dict[str, Any]) -> list[Any]:
        more = {name: value for name, value in indicator.items() if name not in {"id", "name", "rows"}}
        return [at[indicator["id"]], indicator["rows"], *([more] if more else [])]

    rest = {name: value for name, value in message.items() if name != "states"}
    return {
        **rest,
        "lexicon": known["number"],
        "pilots": [state for *_, state in message["pilots"]],
        "themes": [[theme, [short(indicator) for indicator in shown]] for theme, shown in message["themes"]],
    }
