"""Someone missing on a partner's form: chosen from those it may be shown, or written down by name."""

from __future__ import annotations

import streamlit as st

from wtnet.survey import PartnerForm
from wtnet.ui.pages.survey.draft import begins, box
from wtnet.ui.pages.survey.form_words import label, say


def ask_missing(form: PartnerForm, shown: set[str]) -> tuple[list[str], list[str]]:
    """Ask for somebody missing: chosen from those the partner may be shown, or written down (a known name counts as chosen)."""
    names = {partner: name for partner, name, _ in form.choose if partner not in shown}
    chosen: list[str] = []
    turn = st.session_state.get("form_round", 0)
    with st.container(border=True, key="form_missing"):
        st.subheader(say("missing"), anchor=False)
        if names:
            chosen = st.multiselect(
                label("choose"),
                list(names),
                default=[partner for partner in begins("chosen", []) if partner in names],
                format_func=names.__getitem__,
                placeholder=label("choose.empty"),
                **box("chosen", f"form_chosen_{turn}"),
            )
        written = st.text_area(
            label("write"),
            value=begins("written", ""),
            **box("written", f"form_written_{turn}"),
            max_chars=2_000,
            height=80,
        )
    by_name = {name.casefold(): partner for partner, name in names.items()}
    typed = [" ".join(line.split()) for line in written.splitlines()]
    typed_partners = [by_name[name.casefold()] for name in typed if name.casefold() in by_name]
    chosen = list(dict.fromkeys([*chosen, *typed_partners]))
    known = {name.casefold() for partners in (form.about, form.choose) for _, name, _ in partners}
    known |= {suggestion.name.casefold() for suggestion in form.missed}
    return chosen, list(dict.fromkeys(name for name in typed if name and name.casefold() not in known))
