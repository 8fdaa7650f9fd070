"""Who looks: the choice in the row of global choices, and how what is withheld from them is said.

This decides what is drawn, written and sent. As whom somebody may look depends on who they are (`sign_in`).
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
import streamlit as st

from wtnet.measures.impact.suppression import THRESHOLD
from wtnet.tables.model import Audience
from wtnet.ui.frame import address
from wtnet.ui.frame.markdown import figure

address.declare(audience="audience")

LABELS: dict[Audience, str] = {"lead": "Programme lead", "partners": "Partners", "public": "Everybody"}
"""The audiences as people choose them."""
_SEEN_BY = {"partners": "partners see it", "public": "everybody may see it"}


PROOF = ("evidence", "source_url")
"""The columns of `impact.progress` that say what shows a figure, and where it can be read."""
VALUES = ("baseline", "latest", "baseline_shown", "latest_shown")
"""The columns of `impact.progress` that `told` needs."""


def choose(allowed: Sequence[Audience]) -> Audience:
    """The choice "Seen as" among the audiences a person may look as, kept in the link; no box where there is one only."""
    if len(allowed) == 1:
        address.put("audience")
        return allowed[0]
    with st.container(width=156):
        chosen = address.one(
            st.selectbox,
            "Seen as",
            list(allowed),
            name="audience",
            default=allowed[0],
            what="audience",
            format_func=LABELS.__getitem__,
            help="The programme lead sees everything. Partners and everybody see names that may be shared (others as "
            "“Freelancer 3”), strength where both sides answered, never one side's answers, and no figure on fewer than "
            f"{THRESHOLD} people.",
        )
    return chosen or allowed[0]


def note(audience: Audience) -> str:
    """What is kept back from an audience, in a sentence; "" for the lead."""
    if audience == "lead":
        return ""
    return (
        f"As {_SEEN_BY[audience]}: names only where shared, strength only where both sides answered, "
        f"nothing on fewer than {THRESHOLD} people."
    )


def figures_in_words(frame: pl.DataFrame) -> pl.DataFrame:
    """Rows of `impact.progress` to be shown: "fewer than 5" or "withheld" stands where the figure would.

    Where something is withheld the column is text; else it stays a number. The columns of words go.
    """
    for name in ("baseline", "latest"):
        frame = in_words(frame, name, f"{name}_shown")
    return frame


def in_words(frame: pl.DataFrame, name: str, shown: str) -> pl.DataFrame:
    """A column of figures with the words of another where a figure is withheld; the other goes. Without any it stays numbers."""
    words = frame[shown]
    if words.null_count() < frame.height:
        text = [said or (None if value is None else figure(value)) for value, said in zip(frame[name], words, strict=True)]
        frame = frame.with_columns(pl.Series(name, text, dtype=pl.String))
    return frame.drop(shown)
