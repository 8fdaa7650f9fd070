"""The data leaves as freely as it came: any format, one click to make it and one to keep it."""

from __future__ import annotations

import streamlit as st

from wtnet.measures.suppression import AUDIENCES
from wtnet.network import Scope
from wtnet.ui import state
from wtnet.ui.audience import LABELS
from wtnet.ui.page import Here
from wtnet.writers import BY_ID, FORMATS, prepare, write

_KEPT = (
    "without anybody's own answers, without results on fewer than 5 people (and what would give them away), and with numbers in "
    "the place of names that are not shared"
)
_HOLDS = {
    "lead": "The file holds everything, names of freelancers and every rating included: pass it on with care.",
    "partners": f"The file holds what partners may see: {_KEPT}.",
    "public": f"The file holds what everybody may see: {_KEPT}.",
}
"""What the file holds, by audience."""


def take_away(here: Here) -> None:
    """Choose a format and for whom, make the file, download it: for the lead everything, for others without small numbers."""
    st.subheader("Take the data with you", anchor=False)
    words = {one.id: f"{one.name}: {one.description[0].lower()}{one.description[1:]}" for one in FORMATS}
    with st.container(horizontal=True, gap="small"):
        chosen = st.selectbox("Format", list(words), format_func=words.__getitem__, key="export_format", width="stretch")
        audience = st.selectbox("For", AUDIENCES, format_func=LABELS.__getitem__, key="export_audience", width=180)
    st.caption(_HOLDS[audience])
    if not st.button("Make the file", key="export_make", icon=":material/deployed_code:"):
        return
    numbers = state.numbers(here.programme.id, here.revision)
    with st.spinner("Writing …"):
        data = write(chosen, prepare(here.programme, here.tables, Scope(wave=here.wave), audience=audience, known=numbers))
    writer = BY_ID[chosen]
    name = here.programme.id if audience == "lead" else f"{here.programme.id}-{audience}"
    st.download_button(
        f"Download {name}{writer.suffix} ({len(data) / 1000:,.0f} KB)",
        data,
        f"{name}{writer.suffix}",
        writer.mime,
        key="export_download",
        on_click="ignore",
        icon=":material/download:",
    )
