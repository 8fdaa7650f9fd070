"""Every table of a page in one workbook, made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import polars as pl
import streamlit as st

from wtnet.sentences import illustrative
from wtnet.ui.frame.audience import LABELS, note
from wtnet.ui.frame.page import PageContext
from wtnet.ui.parts.downloads import for_download
from wtnet.writers import XLSX
from wtnet.writers.tables import frames


def workbook(
    here: PageContext, title: str, about: list[tuple[str, str]], make: Callable[[], Mapping[str, pl.DataFrame]], name: str
) -> None:
    """A button that makes and downloads the workbook of a page; `about` says what was looked at, `make` gives its tables."""
    lines = [("Programme", here.programme.name), ("Wave", here.wave_name()), *about, ("Made", f"{date.today():%d %B %Y}")]
    if here.audience != "lead":
        lines.append(("Seen as", f"{LABELS[here.audience]}. {note(here.audience)}"))
    if here.programme.illustrative:
        lines.append(("Illustrative", illustrative.SENTENCE.capitalize()))

    def data() -> bytes:
        return frames.write(f"{title}: {here.programme.name}", lines, make(), date.today())

    st.download_button(
        "Download this page as a workbook",
        for_download(here, data),
        f"{here.programme.id}-{name}.xlsx",
        XLSX,
        key=f"workbook_{name}",
        on_click="ignore",
        icon=":material/download:",
        help="Every table of this page, as filtered now, a sheet each.",
    )
