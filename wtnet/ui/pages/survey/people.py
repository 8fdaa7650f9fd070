"""Several people of one organisation: who answers for it, each by a role, kept on the roster of the wave."""

from __future__ import annotations

import polars as pl
import streamlit as st

from wtnet.errors import WtnetError
from wtnet.survey import respondents
from wtnet.ui.frame import author, sign_in
from wtnet.ui.frame.errors import show_error
from wtnet.ui.frame.markdown import plain
from wtnet.ui.frame.page import PageContext
from wtnet.ui.pages.survey.round import SurveyRound
from wtnet.ui.parts.paper_table import paper_grid


def show(here: PageContext, survey_round: SurveyRound) -> None:
    """A table of partners and roles, a line each, and the button that keeps it; as it was in the wave before, where this one has
    none yet."""
    wave, roster = survey_round.wave, survey_round.roster
    earlier, roles = respondents.proposed(here.tables, roster, wave.id)
    kept = sum(map(len, roles.values())) if earlier is None else 0
    label = "Several people of one organisation" + (f" ({kept:,})" if kept else "")
    with st.expander(label, key="people_box", icon=":material/group:"):
        st.caption(
            "Each gets a form or link of their own. Write a role, never a name. Once kept they count as asked; together they are "
            "one report: the mean of their answers, of the level the median."
        )
        if earlier:
            name = plain(here.tables.names("waves")[earlier])
            st.caption(f"These answered in {name}. Nobody is asked by role in this wave until you keep them.")
        ids = {roster.label(id): id for id in roster.in_order(roster.partners)}
        rows = [(roster.label(partner), role) for partner, each in roles.items() for role in each]
        columns = {
            "partner": st.column_config.SelectboxColumn("Partner", options=list(ids), width="medium"),
            "role": st.column_config.TextColumn("Role", help="director, learning team", max_chars=respondents.LONGEST),
        }
        edited = st.data_editor(
            pl.DataFrame(rows, schema={"partner": pl.String, "role": pl.String}, orient="row"),
            num_rows="dynamic",
            hide_index=True,
            key=f"people_{wave.id}_{here.revision}",
            column_config=columns,
        )
        paper_grid(edited, columns)
        if st.button("Keep these people", key="keep_people"):
            _keep(here, survey_round, [(ids.get(name or ""), role) for name, role in edited.iter_rows()])


def _keep(here: PageContext, survey_round: SurveyRound, rows: list[tuple[str | None, str | None]]) -> None:
    try:
        roles = respondents.checked(here.tables, survey_round.wave.id, rows)
        store = sign_in.writable_store(here.programme.id)
        respondents.state(store, here.programme.id, survey_round.wave, roles, author.known())
    except WtnetError as error:
        show_error(error)
        return
    st.rerun()
