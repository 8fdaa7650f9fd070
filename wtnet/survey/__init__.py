"""The survey round trip: each partner's own form out, the answers back, who has not answered, and the form as a page.

Nobody's answers stand on a form that is sent. What comes back goes into its own wave and under its own rater alone, as a
revision. Somebody missed is a suggestion for the lead, never a new partner by itself.
"""

from wtnet.survey.bundle import Forms, file_names, forms
from wtnet.survey.collect import Collected, accept, collect, from_paths
from wtnet.survey.links import Link, address, links, make, make_all, opened, revoke
from wtnet.survey.partner_form import Own, save, see
from wtnet.survey.questions import CONSENT, QUESTIONS, words
from wtnet.survey.roster import Whom
from wtnet.survey.status import Status, ask, asked, consent, consent_name, reminders, status
from wtnet.survey.suggestions import Suggestion, alike, is_new, is_partner, open_ones, settle
from wtnet.survey.waves import Wave, find, forget, plan, planned, waves

__all__ = [
    "CONSENT",
    "QUESTIONS",
    "Collected",
    "Forms",
    "Link",
    "Own",
    "Status",
    "Suggestion",
    "Wave",
    "Whom",
    "accept",
    "address",
    "alike",
    "ask",
    "asked",
    "collect",
    "consent",
    "consent_name",
    "file_names",
    "find",
    "forget",
    "forms",
    "from_paths",
    "is_new",
    "is_partner",
    "links",
    "make",
    "make_all",
    "open_ones",
    "opened",
    "plan",
    "planned",
    "reminders",
    "revoke",
    "save",
    "see",
    "settle",
    "status",
    "waves",
    "words",
]
