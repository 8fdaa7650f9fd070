"""Two minutes for somebody who is here for the first time: what to open first, by what they came for, with the example."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from wtnet.ui.frame import sign_in

_EXAMPLE = {"programme": "example"}
_MUSEUM = "northcliff-museum-of-the-sea"


@dataclass(frozen=True)
class Step:
    """One thing to look at: the page, what it is called here, what to look for, and what the link chooses."""

    page: str
    label: str
    look: str
    choices: tuple[tuple[str, str], ...] = ()
    lead: bool = False


TOURS: dict[str, tuple[str, tuple[Step, ...]]] = {
    "I lead a programme": (
        "See whom you depend on, who should meet, and what changed.",
        (
            Step(
                "pages/side_by_side.py",
                "Partnerships and results",
                "Click any partner: both sides of the page follow.",
            ),
            Step(
                "pages/gaps.py",
                "Whom to keep, who should meet",
                "Each introduction says why. Try one out: nothing is stored.",
            ),
            Step(
                "pages/change.py",
                "What changed since the start",
                "What is new, stronger, weaker or ended, and what nobody knows.",
            ),
            Step(
                "pages/data.py",
                "Bring in your own workbook",
                "It is checked row by row, and nothing is stored until you accept.",
                lead=True,
            ),
        ),
    ),
    "I am a partner": (
        "See your own part, and take it to a conference.",
        (
            Step(
                "pages/partners.py",
                "One partner's profile",
                "Whom it works with, what both sides say, what came of it. This one is a museum.",
                (("partner", _MUSEUM),),
            ),
            Step(
                "pages/present.py",
                "Draft a story and present it",
                "Slides with real figures, edited by you; arrow keys or a clicker.",
            ),
            Step("pages/reports.py", "Take it away", "A map that opens without the internet, pictures, a report."),
        ),
    ),
    "I fund the work": (
        "See how far it reaches, and open any figure to the rows behind it.",
        (
            Step(
                "pages/reach.py",
                "How far the work reaches",
                "Across sectors, places and groups: sentences first, each leading to its figure.",
            ),
            Step(
                "pages/impact.py",
                "What came of it, against target",
                "Choose any cut: totals follow what was measured, or say why not.",
            ),
            Step(
                "pages/strength_and_impact.py",
                "Do strong partnerships do better?",
                "A straight answer, with how sure one can be.",
            ),
            Step("pages/guide.py", "How each figure is worked out", "Its meaning, its formula, who says so, and its rows."),
        ),
    ),
}
"""Where each kind of visitor begins."""


def tours() -> None:
    """The three ways in, side by side; each step is a link into the example programme."""
    leads, only = sign_in.leads(), sign_in.person().programmes
    start = {} if only else _EXAMPLE
    for column, (visitor, (why, steps)) in zip(st.columns(len(TOURS), gap="large"), TOURS.items(), strict=True):
        with column:
            st.header(visitor, anchor=False)
            st.write(why)
            for number, step in enumerate((step for step in steps if leads or not step.lead), 1):
                choices = {**start, **dict(step.choices)} if not only else {}
                with st.container(border=True, gap=None):
                    st.page_link(step.page, label=f"{number}. {step.label}", query_params=choices)
                    st.caption(step.look)


def words() -> None:
    """The five words that come back on every page."""
    st.header("Five words you will meet", anchor=False)
    st.markdown(
        "- **Partner**: an organisation or a freelancer. **Partnership**: two partners who work together.\n"
        "- **Strength** (0 to 1): how deep a partnership is, how often they are in touch, how much they trust and value "
        "each other, as "
        "both sides say.\n"
        "- **Wave**: one round of asking. **Pilot**: one project that several partners deliver.\n"
        "- **–** means that nobody knows; it is never counted as nothing.\n"
        "- **Show me**, under any figure: what it means, how it is worked out, and the rows it came from."
    )
