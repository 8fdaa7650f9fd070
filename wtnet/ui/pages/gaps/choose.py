"""The Gaps page: which of the four questions is asked, and the sentence on top."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import streamlit as st

from wtnet.measures import absence
from wtnet.network import Network, Scope
from wtnet.sentences import gaps as gaps_sentences
from wtnet.sentences import next_steps as step_sentences
from wtnet.sentences import record
from wtnet.ui.frame import address, cached, sign_in
from wtnet.ui.frame.markdown import plain
from wtnet.ui.frame.page import PageContext, opening_sentence
from wtnet.ui.parts import filters
from wtnet.ui.parts.next_steps import may_write
from wtnet.ui.parts.views import views

address.declare(show="question")

QUESTIONS = {
    "missing": "Who is missing",
    "meet": "Who should meet",
    "depend": "Whom we rely on",
    "what_if": "What if",
    "steps": "Next steps",
}
"""The questions by name; the last one is the lead's own."""
STYLES = [Path(__file__).parents[2] / "parts" / "report_lines.css", Path(__file__).parent / "gaps.css"]


@dataclass(frozen=True, eq=False)
class GapsChoice:
    """The question asked, of the whole network of the wave: a part of it would hang together in another way."""

    here: PageContext
    network: Network
    question: str

    def name(self, partner: str) -> str:
        """The name of a partner."""
        return str(self.network.graph.nodes[partner]["name"])


def choose(here: PageContext) -> GapsChoice:
    """Draw the choice of the question and of how strength is worked out."""
    for style in STYLES:
        st.html(style)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="gap_controls"):
        question = address.choose(
            "Question",
            {name: words for name, words in QUESTIONS.items() if name != "steps" or may_write(here)},
            name="show",
            default="missing",
            widget=st.segmented_control,
            label_visibility="collapsed",
        )
        scope = filters.scope(here)
        views(here, "gaps")
    return GapsChoice(here, cached.network(*here.key, scope), question)


def headline(choice: GapsChoice) -> None:
    """Show the sentence on top, or the way to bring in data."""
    if not choice.network.graph.number_of_nodes():
        st.info("This programme has no partners yet.", icon=":material/group_off:")
        sign_in.link_to_data("Bring in data")
        return
    if choice.question == "steps":
        opening_sentence(step_sentences.headline(choice.here.tables, date.today()))
        return
    opening_sentence(_headline(*choice.here.key, choice.network.scope))


def is_answerable(choice: GapsChoice) -> bool:
    """Whether the record tells enough for the question asked; where it does not, say why. Who is missing is told by kind."""
    gap = absence.ties(choice.network)
    if gap is None or choice.question in ("missing", "steps"):
        return True
    st.info(plain(record.ties_untold(gap)), icon=":material/inventory_2:")
    return False


@cached.kept(64)
def _headline(programme: str, at: cached.Edition, scope: Scope) -> str:
    return gaps_sentences.headline(cached.network(programme, at, scope))
