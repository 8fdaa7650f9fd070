"""What each page is for, how to read it and where to go on: the help at the head of every page."""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st


class Help(NamedTuple):
    """Two short texts, and pages to go on to: file and words."""

    purpose: str
    reading: str
    onwards: tuple[tuple[str, str], ...]


HELP = {
    "Side by side": Help(
        "See at a glance how strong the partnerships are and what came of them, and how one goes with the other.",
        "Left, every mark is a partner and every line a partnership, thicker where it is stronger. Right, every square is a "
        "pilot between where it began and its target. Click anything: both sides show that part alone.",
        (("pages/partners.py", "One partner at a time"), ("pages/impact.py", "What came of it, figure by figure")),
    ),
    "Partners": Help(
        "Find any partner, and see how it stands: whom it works with, what both sides say, how that moved.",
        "Search or filter, then select a row to open the profile. A small line shows the strength of all its partnerships "
        "together, wave "
        "by wave; where it is not known there is a gap.",
        (("pages/change.py", "Who moved between two waves"), ("pages/gaps.py", "Whom we rely on")),
    ),
    "Change": Help(
        "See what became of each partnership between two surveys.",
        "Choose two waves. Stronger and weaker are partnerships rated in both; those first rated, no longer rated or documented "
        "only are counted apart. A partnership is unknown, not ended, where somebody who was asked did not answer.",
        (("pages/two_views.py", "The two waves as maps"), ("pages/reach.py", "What is new across sectors")),
    ),
    "Two views": Help(
        "Set two maps beside each other: two waves, two pilots, or what two sides say of the same partnerships.",
        "Partners stand at the same places on both maps; move or click one and the other follows. The table "
        "below lists what differs.",
        (("pages/change.py", "What changed, in numbers"), ("pages/programmes.py", "Pilots in figures")),
    ),
    "Gaps and what if": Help(
        "Find who is missing, who should meet and whom everything rests on, and try out a change before making it.",
        "Choose a question first. What you try here is a sketch kept in the link: it never changes the data.",
        (("pages/reach.py", "How far the work reaches"), ("pages/partners.py", "Look up a partner")),
    ),
    "Places": Help(
        "See where the partners are and how far their partnerships reach.",
        "A circle with a number holds several partners: click it to come closer. Partners without a known place are listed, not "
        "drawn somewhere.",
        (("pages/reach.py", "Reach by place and group"), ("pages/partners.py", "All partners as a list")),
    ),
    "Impact": Help(
        "Show what came of the work: results from baseline to target, findings in words and whose view they are, what was done.",
        "“Show” changes between themes, voices, activities and quotes. Open a result or a finding to see what it rests on. “–” "
        "means not known, never 0.",
        (("pages/strength_and_impact.py", "Do stronger partnerships do better?"), ("pages/reports.py", "Take it as a report")),
    ),
    "Cross-sector reach": Help(
        "Tell a funder how far the work reaches across kinds of organisation, places and groups.",
        "Each sentence on top leads to the picture it comes from. Shares between kinds depend on how many there are of each, so "
        "what chance would give stands beside them.",
        (("pages/gaps.py", "Who is missing"), ("pages/places.py", "The same on a map of places")),
    ),
    "Strength & impact": Help(
        "Ask whether results were better where partnerships are stronger, and how far that can be said.",
        "Each point is a pilot or a partner. With few points almost any pattern can come by chance: read the sentence first.",
        (("pages/impact.py", "The results themselves"), ("pages/programmes.py", "Pilots beside each other")),
    ),
    "Programmes": Help(
        "Set programmes, or the pilots of one, beside each other without comparing what may not be compared.",
        "The pictures show only what does not depend on size. The line through a point is how far chance may have moved it.",
        (("pages/reach.py", "Look closer at one"), ("pages/two_views.py", "Two of them as maps")),
    ),
    "Data": Help(
        "Bring in your spreadsheet, correct a cell, or take everything away again.",
        "Nothing is stored until you have seen what would change and said yes. Every change can be taken back.",
        (("pages/history.py", "All changes so far"), ("pages/survey.py", "Ask your partners")),
    ),
    "Survey": Help(
        "Ask each partner whom it works with, by a form of its own that you send yourself.",
        "Make the forms, send them, bring the answers back. Those a finding names are asked whether they agree; you decide what "
        "follows.",
        (("pages/data.py", "Bring in other data"), ("pages/change.py", "What changed since the last survey")),
    ),
    "History": Help(
        "See who changed what, when and why, and bring back any earlier state.",
        "Tick a row to see what it changed. Bringing a state back adds a new one; nothing is lost.",
        (("pages/data.py", "Correct the data"),),
    ),
    "Present": Help(
        "Tell the story on slides drafted from your own figures.",
        "Choose whose story it is, edit the words, then present full screen. A slide says when the data have moved on since it "
        "was written.",
        (("pages/reports.py", "Take it as PowerPoint or PDF"),),
    ),
    "Reports": Help(
        "Take it along: a report, a map that works without the internet, pictures, or the tables.",
        "Choose what it is about and for whom it is: what that reader may not see is left out of the file.",
        (("pages/present.py", "Tell it on slides"),),
    ),
    "Sharing": Help(
        "Decide who may look at this programme, and see what they would see.",
        "A link shows one programme until a day you choose; take it back at any time.",
        (("pages/reports.py", "Send a file instead"),),
    ),
    "Guide": Help(
        "Look up what a figure means, how it is worked out and who says so.",
        "Search by a word, or open a figure's “How it is worked out” on any page to come straight to its entry.",
        (("pages/side_by_side.py", "Back to the map"),),
    ),
}
"""By the title of the page. Links lead only where everybody who sees the page may go."""


_ALWAYS = (("pages/start.py", "Start here: two minutes for a first visit"), ("pages/guide.py", "What each figure means"))


def help_on(title: str) -> None:
    """A small button at the head of a page; what it says is drawn when it is opened."""
    about = HELP[title]
    with st.popover("Help", icon=":material/help:", type="tertiary", key="page_help", on_change="rerun", width="content") as box:
        if not box.open:
            return
        st.markdown(f"**What this page is for.** {about.purpose}")
        st.markdown(f"**How to read it.** {about.reading}")
        st.markdown("**Where to go on**")
        for file, words in (*about.onwards, *(_ALWAYS if title != "Guide" else _ALWAYS[:1])):
            st.page_link(file, label=words)
