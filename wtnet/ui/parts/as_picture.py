"""The way from a chart or figure to the same as a picture or card, with its sentence, source and date."""

from __future__ import annotations

import streamlit as st

from wtnet.ui.frame import address


def as_picture(picture: str, **more: str) -> None:
    """A small link to the picture on Reports (see `reports.PICTURES`), as a card; `more` of what the link says, such as
    `about` whom."""
    st.page_link(
        "pages/reports.py",
        label="As a picture",
        icon=":material/image:",
        query_params=address.params(picture_of=picture, picture_size="card", **more),
        help="A card to post or paste, with what it says, its source, its date and words for who does not see it.",
    )
