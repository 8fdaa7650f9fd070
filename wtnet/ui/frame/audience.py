"""The audience of a page or a file, and the words for what is withheld from it.

This decides what is drawn, written and sent. Which audiences a person may choose depends on their role (`sign_in`).
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
import streamlit as st

from wtnet import access
from wtnet.measures.impact.suppression import THRESHOLD
from wtnet.tables import Tables
from wtnet.tables.model import Audience
from wtnet.ui.frame import address
from wtnet.ui.frame.markdown import figure

address.declare(audience="audience", made_for="audience")

LABELS: dict[Audience, str] = {"lead": "Programme lead", "partners": "Partners", "public": "Everybody"}
"""The audiences as people choose them."""
FILE_NAMES: dict[Audience, str] = {"lead": "for-lead", "partners": "for-partners", "public": "for-everybody"}
"""For whom a file is, in its name."""
_SEEN_BY = {"partners": "partners see it", "public": "everybody may see it"}


PROOF = ("evidence", "source_url")
"""The columns of `impact.progress` that say what shows a figure, and where it can be read."""
VALUES = ("baseline", "latest", "baseline_shown", "latest_shown")
"""The columns of `impact.progress` that `figures_in_words` needs."""


def choose(allowed: Sequence[Audience]) -> Audience:
    """The choice "Seen as" among the audiences a person may look as, kept in the link; no box where there is one only."""
    return _choice("Seen as", "audience", allowed, allowed[0])


def choose_made_for(allowed: Sequence[Audience]) -> Audience:
    """The choice "Made for" of a page whose files leave: everybody, unless a person chose otherwise here or under "Seen as"."""
    seen_as = address.get("audience")
    default = next((audience for audience in allowed if audience == seen_as), allowed[-1])
    return _choice("Made for", "made_for", allowed, default)


def made_for(tables: Tables, audience: Audience, partner: str) -> dict[str, str]:
    """What a link to what is made of a partner carries: for the lead, where others than she do not know it by name."""
    return {"made_for": "lead"} if audience == "lead" and partner in access.hidden(tables, "public") else {}


def _choice(label: str, name: str, allowed: Sequence[Audience], default: Audience) -> Audience:
    if len(allowed) == 1:
        address.put(name)
        return allowed[0]
    with st.container(width=156):
        return address.choose(
            label,
            {audience: LABELS[audience] for audience in allowed},
            name=name,
            default=default,
            help="The programme lead sees everything. Partners and everybody see names that may be shared (others as "
            "“Freelancer 3”), her figures or the word withheld, the strength of two named partners in a word where both rated "
            f"it, never one side's answers, and no figure on fewer than {THRESHOLD} people.",
        )


def note(audience: Audience) -> str:
    """What is kept back from an audience, in a sentence; "" for the lead."""
    if audience == "lead":
        return ""
    return (
        f"As {_SEEN_BY[audience]}: each figure is the lead's own or says that it is withheld; names only where shared, "
        f"nobody's answers, nothing on fewer than {THRESHOLD} people."
    )


def figures_in_words(frame: pl.DataFrame) -> pl.DataFrame:
    """Rows of `impact.progress` to be shown: "fewer than 5" or "withheld" stands where the figure would.

    Where something is withheld the column is text; else it stays a number. The columns of words go.
    """
    for name in ("baseline", "latest"):
        frame = in_words(frame, name, f"{name}_shown")
    return frame


def in_words(frame: pl.DataFrame, name: str, shown: str) -> pl.DataFrame:
    """The column `name` with the words of `shown` where a figure is withheld, without `shown`; numbers if nothing is withheld."""
    words = frame[shown]
    if words.null_count() < frame.height:
        text = [word or (None if value is None else figure(value)) for value, word in zip(frame[name], words, strict=True)]
        frame = frame.with_columns(pl.Series(name, text, dtype=pl.String))
    return frame.drop(shown)
