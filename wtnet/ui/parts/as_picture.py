"""The way from a chart or figure to the same as a picture or card, with its sentence, source and date."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from wtnet.ui.frame import address
from wtnet.ui.frame.markdown import cut


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


def one_as_picture(kind: str, noun: str, texts: Mapping[str, str]) -> None:
    """Choose one of several things in words (id and text), and the link to it as a picture (see `gallery.ONE_OF`)."""
    if not texts:
        return
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key=f"picture_of_{kind}"):
        with st.container(width=460):
            id = st.selectbox(
                f"One {noun} as a picture", list(texts), format_func=lambda each: cut(texts[each], 90), key=f"one_{kind}"
            )
        as_picture(f"{kind}:{id}")
