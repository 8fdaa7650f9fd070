"""What a lead chooses of the reports on a programme: sections, foreword, logo and framework, kept with the programme."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from wtnet import frameworks
from wtnet.errors import WtnetError
from wtnet.ui.frame import cached, sign_in
from wtnet.ui.frame.errors import show_error
from wtnet.ui.frame.page import PageContext
from wtnet.ui.parts.uploads import choose_files
from wtnet.writers.choices import EVERYTHING, LONGEST_FOREWORD, SECTIONS, ReportChoices
from wtnet.writers.report import kept_choices, logo

_MOST_USED = "the one most is tagged with"
_MEGABYTES = logo.MOST_BYTES // 1_000_000


def chosen(here: PageContext) -> ReportChoices:
    """What is kept, with hidden names in the foreword as this audience reads them."""
    choices = kept_choices.read(cached.store(), here.programme.id)
    return replace(choices, foreword=cached.renaming(*here.key).text(choices.foreword)) if choices.foreword else choices


def choose(here: PageContext) -> None:
    """Show the lead the choices as a form; others see nothing."""
    if not here.person.edits:
        return
    choices = kept_choices.read(cached.store(), here.programme.id)
    changed = "" if choices == EVERYTHING else " (chosen)"
    with st.expander(f"What is in it{changed}", icon=":material/tune:", on_change="rerun", key="report_choices") as box:
        if box.open:
            _form(here, choices)


def _form(here: PageContext, choices: ReportChoices) -> None:
    with st.form("report_form", border=False):
        sections = st.pills(
            "Sections beside “In short”", list(SECTIONS), selection_mode="multi", default=list(choices.sections),
            format_func=SECTIONS.__getitem__, key="report_sections",
        )  # fmt: skip
        named = [_MOST_USED, *frameworks.names()]
        at = named.index(choices.framework) if choices.framework in named else 0
        framework = st.selectbox("Framework", named, index=at, key="report_framework")
        foreword = st.text_area(
            "Foreword, in plain words", choices.foreword, max_chars=LONGEST_FOREWORD, height=110, key="report_foreword",
            help="Everybody who takes the report reads it; names that are hidden from them are replaced.",
        )  # fmt: skip
        uploaded = choose_files(here, "Logo (PNG, JPEG or SVG)", "report_logo", _MEGABYTES, ["png", "jpg", "jpeg", "svg"])
        without = st.checkbox("Without the logo there is", key="report_no_logo") if choices.logo else False
        pressed = st.form_submit_button("Keep for every report on this programme", icon=":material/save:", key="report_keep")
    if not pressed:
        return
    try:
        picture = logo.safe(uploaded.getvalue()) if uploaded else b"" if without else choices.logo
        given = ReportChoices(
            tuple(name for name in SECTIONS if name in sections),
            foreword,
            picture,
            None if framework == _MOST_USED else framework,
        )
        kept_choices.keep(sign_in.writable_store(here.programme.id), here.programme.id, given)
    except WtnetError as error:
        show_error(error)
        return
    st.rerun()
