"""Other languages of the form: its texts to fill in as a workbook, and the filled-in one back."""

from __future__ import annotations

from typing import Any

import streamlit as st

from wtnet import survey
from wtnet.errors import WtnetError
from wtnet.survey import form_texts, texts_workbook
from wtnet.survey.questionnaire import every_question
from wtnet.ui.frame import cached, sign_in
from wtnet.ui.frame.errors import show_error
from wtnet.ui.frame.markdown import count, plain, points
from wtnet.ui.frame.page import PageContext
from wtnet.ui.parts.downloads import for_download
from wtnet.ui.parts.uploads import choose_files, read_apart
from wtnet.writers import XLSX

_SAID = 8


def show(here: PageContext) -> None:
    """What languages there are, and the file to change them with."""
    store = cached.store()
    there = form_texts.languages(store, here.programme.id)
    texts = form_texts.every(every_question(here.tables), survey.consent(store, here.programme.id))
    with st.expander("Other languages", key="languages", icon=":material/translate:"):
        for language in there:
            number = sum(language.text(id, english) is not None for id, english in texts.items())
            st.markdown(f"**{plain(language.name)}** ({plain(language.code)}): {number:,} of {count(len(texts), 'text')}")
        st.caption(
            "The form behind a personal link, in languages whose words you supply. Fill in a column a language, headed by its "
            "name and code such as “Cymraeg (cy)”; what is empty stays English. What you bring in takes the place of what is "
            "there."
        )
        st.download_button(
            "Download the texts",
            for_download(here, lambda: texts_workbook.write(texts, there)),
            f"texts-{here.programme.id}.xlsx",
            XLSX,
            key="download_texts",
            on_click="ignore",
            icon=":material/download:",
        )
        file = choose_files(here, "The texts, filled in", "texts_file", 5, ["xlsx", "ods"])
        if file is not None:
            _bring(here, file, texts)


def _bring(here: PageContext, file: Any, texts: dict[str, str]) -> None:
    """What a filled-in workbook holds, what of it is not taken, and the button that keeps the rest."""
    contents = [(file.name, file.getvalue())]
    box = st.empty()
    key = here.programme.id, file.file_id, tuple(texts.items())
    try:
        languages, problems = cached.memo(
            "texts_read", key, lambda: read_apart(box, contents, texts_workbook.read, *contents[0], texts)
        )
    except WtnetError as error:
        show_error(error)
        return
    totals = "; ".join(f"{plain(language.name)}: {count(len(language.texts), 'text')}" for language in languages)
    st.markdown(f"**{count(len(languages), 'language')}** to keep. {totals}")
    if problems:
        st.warning(points(problem.sentence for problem in problems[:_SAID]), icon=":material/warning:")
        if len(problems) > _SAID:
            st.caption(f"… and {len(problems) - _SAID:,} more.")
    if st.button("Keep these languages", key="keep_texts", type="primary"):
        form_texts.keep(sign_in.writable_store(here.programme.id), here.programme.id, languages)
        st.rerun()
