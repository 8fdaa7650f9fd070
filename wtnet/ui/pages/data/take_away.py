"""The data leaves as freely as it came: any format, one click to make it and one to keep it."""

from __future__ import annotations

import streamlit as st

from wtnet.measures.impact.suppression import fewer_than
from wtnet.network import Scope
from wtnet.sentences import filters
from wtnet.ui.frame.audience import FILE_NAMES
from wtnet.ui.frame.page import PageContext
from wtnet.ui.parts import downloads
from wtnet.ui.parts.downloads import for_download
from wtnet.writers import BY_ID, FORMATS, write

_KEPT = (
    f"without anybody's own answers, without results on {fewer_than()} people (and what would give them away), "
    "and with numbers in the place of names that are not shared"
)
_HOLDS = {
    "lead": "The file holds everything, names of freelancers and every rating included: pass it on with care.",
    "partners": f"The file holds what partners may see: {_KEPT}.",
    "public": f"The file holds what everybody may see: {_KEPT}.",
}
"""What the file holds, by audience."""


def take_away(here: PageContext, scope: Scope | None = None) -> None:
    """Choose a format, make the file and download it in one click, as its audience may have it: of a scope, else of the whole."""
    st.subheader("The data", anchor=False)
    data = [writer for writer in FORMATS if writer.group == "data"]
    words = {writer.id: f"{writer.name}: {writer.description[0].lower()}{writer.description[1:]}" for writer in data}
    chosen = st.selectbox("Format", list(words), format_func=words.__getitem__, key="export_format")
    writer = BY_ID[chosen]
    narrowed = scope is not None and bool(filters.of_scope(scope))
    st.caption(
        _HOLDS[here.audience] + (" All tables are in it whole, whatever is filtered." if narrowed and writer.whole else "")
    )
    name = f"{here.programme.id}-{FILE_NAMES[here.audience]}"
    if here.person.edits and here.audience != "lead":
        st.caption("To correct it and bring it in again, take it from the Data page, where it is made for the programme lead.")
    st.download_button(
        "Download the data",
        for_download(here, lambda: write(chosen, downloads.export(here, scope or Scope(wave=here.wave)))),
        f"{name}{writer.suffix}",
        writer.mime,
        key="export_download",
        on_click="ignore",
        icon=":material/download:",
    )
