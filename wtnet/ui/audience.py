"""Who looks: the choice in the row of global choices, and how what is withheld from them is said.

This decides what is drawn, written and sent; it does not decide who may choose. Whoever has the programme open can choose.
"""

from __future__ import annotations

import polars as pl
import streamlit as st

from wtnet.measures.suppression import AUDIENCES, THRESHOLD
from wtnet.ui import view
from wtnet.ui.words import figure

LABELS = {"lead": "Programme lead", "partners": "Partners", "public": "Everybody"}
"""The audiences as people choose them."""
_SEEN_BY = {"partners": "partners see it", "public": "everybody may see it"}


VALUES = ("baseline", "latest", "baseline_shown", "latest_shown")
"""The columns of `impact.progress` that `told` needs."""


def looking() -> str:
    """Who looks, as the link says: "lead" where it says nothing."""
    return next(iter(view.among("audience", AUDIENCES, "audience")), "lead")


def choose() -> str:
    """The choice "Seen as", kept in the link."""
    with st.container(width=166):
        chosen = view.one(
            st.selectbox,
            "Seen as",
            list(AUDIENCES),
            name="audience",
            default="lead",
            what="audience",
            format_func=LABELS.__getitem__,
            help=f"Figures that rest on fewer than {THRESHOLD} people are shown to the programme lead alone.",
        )
    return chosen or "lead"


def note(audience: str) -> str:
    """What is kept back from an audience, in a sentence; "" for the lead."""
    if audience == "lead":
        return ""
    return f"As {_SEEN_BY[audience]}: what rests on fewer than {THRESHOLD} people is withheld, with what would give it away."


def told(frame: pl.DataFrame) -> pl.DataFrame:
    """Rows of `impact.progress` to be shown: "fewer than 5" or "withheld" stands where the figure would.

    Where something is withheld the column is text; else it stays a number. The columns of words go.
    """
    for name in ("baseline", "latest"):
        words = frame[f"{name}_shown"]
        if words.null_count() < frame.height:
            text = [shown or (None if value is None else figure(value)) for value, shown in zip(frame[name], words, strict=True)]
            frame = frame.with_columns(pl.Series(name, text, dtype=pl.String))
    return frame.drop("baseline_shown", "latest_shown")
