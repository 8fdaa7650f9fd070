"""Files made on demand, perhaps long after the page was drawn: an export, a page's workbook."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import polars as pl
import streamlit as st

from wtnet.network import Scope
from wtnet.sentences import illustrative
from wtnet.ui.frame import cached, chips, sign_in
from wtnet.ui.frame.audience import LABELS, note
from wtnet.ui.frame.errors import note_failure
from wtnet.ui.frame.log import log_event, log_failure
from wtnet.ui.frame.page import PageContext
from wtnet.writers import XLSX
from wtnet.writers.export import Export
from wtnet.writers.tables import csv, frames


class NotMade(Exception):
    """A file was not made. It says nothing, for Streamlit keeps what it says; beside the button stands that it failed."""


def for_download(here: PageContext, make: Callable[[], bytes]) -> Callable[[], bytes]:
    """What makes a file, for `st.download_button`: only while the person's role is what it was when the page was drawn.

    A failure is written to the log by a number and its place in the program, as that of a page is, and never by its words.
    """
    credentials = sign_in.credentials()

    def make_if_allowed() -> bytes:
        try:
            if sign_in.is_unchanged(here.person, here.programme.id, credentials):
                return make()
            log_event("file_refused")
        except Exception as error:
            note_failure(log_failure("file_failed", error))
        raise NotMade

    return make_if_allowed


def export(
    here: PageContext, scope: Scope, partner: str | None = None, pilot: str | None = None, themes: tuple[str, ...] = ()
) -> Export:
    """What every file of a page is made of: its programme within a scope, with places and results, as its audience has them; of
    results only those of the themes (none means all)."""
    return Export(
        here.programme,
        here.tables,
        cached.network(*here.key, scope),
        cached.arranged(*here.key),
        audience=here.audience,
        partner=partner,
        pilot=pilot,
        cells=cached.cells(*here.key, here.audience),
        known=cached.pseudonym_numbers(here.programme.id, here.revision) if here.audience == "lead" else {},
        themes=themes,
    )


def rows_download(frame: pl.DataFrame, name: str) -> None:
    """A button that downloads the rows of a table as a CSV, which a spreadsheet opens safely."""
    st.download_button(
        f"Download {frame.height:,} rows",
        csv.write(frame),
        f"{name}.csv",
        "text/csv",
        key=f"download_{name}",
        on_click="ignore",
        icon=":material/download:",
    )


def workbook(
    here: PageContext, title: str, about: list[tuple[str, str]], make: Callable[[], Mapping[str, pl.DataFrame]], name: str
) -> None:
    """A button that makes and downloads the workbook of a page; `about` says what was looked at, `make` gives its tables."""
    filtered = "; ".join(words for *_, words in chips.followed_filters()) or "None"
    lines = [("Programme", here.programme.name), ("Wave", here.wave_name()), ("Filters", filtered), *about]
    lines.append(("Made", f"{date.today():%d %B %Y}"))
    if here.audience != "lead":
        lines.append(("Seen as", f"{LABELS[here.audience]}. {note(here.audience)}"))
    if here.programme.illustrative:
        lines.append(("Illustrative", illustrative.SENTENCE.capitalize()))

    def make_file() -> bytes:
        return frames.write(f"{title}: {here.programme.name}", lines, make(), date.today())

    st.download_button(
        "Download this page as a workbook",
        for_download(here, make_file),
        f"{here.programme.id}-{name}.xlsx",
        XLSX,
        key=f"workbook_{name}",
        on_click="ignore",
        icon=":material/download:",
        help="Every table of this page, as filtered now, a sheet each.",
    )
