"""The survey round trip: each partner's own form out, the answers back, who has not answered, and the form as a page.

Nobody's answers stand on a form that is sent. What comes back goes into its own wave and under its own rater alone, as a
revision. Somebody missed is a suggestion for the lead, never a new partner by itself.
"""

from wtnet.survey.bundle import FormBundle, file_names, forms
from wtnet.survey.collect import FormCollection, accept, collect, from_paths
from wtnet.survey.links import PersonalLink, address, links, make, make_all, mark, open_link, revoke
from wtnet.survey.partner_form import PartnerForm, open_form, save
from wtnet.survey.questions import CONSENT, QUESTIONS, answer_text
from wtnet.survey.roster import Roster
from wtnet.survey.status import SurveyStatus, adopt, ask, consent, consent_name, has_earlier, reminders, status
from wtnet.survey.suggestions import Suggestion, accept_as_new, accept_as_partner, most_alike, replaced_by, settle, undecided
from wtnet.survey.waves import Wave, add, decide, find, give_up, is_empty, usual, waves

__all__ = [
    "CONSENT",
    "QUESTIONS",
    "FormBundle",
    "FormCollection",
    "PartnerForm",
    "PersonalLink",
    "Roster",
    "Suggestion",
    "SurveyStatus",
    "Wave",
    "accept",
    "accept_as_new",
    "accept_as_partner",
    "add",
    "address",
    "adopt",
    "answer_text",
    "ask",
    "collect",
    "consent",
    "consent_name",
    "decide",
    "file_names",
    "find",
    "forms",
    "from_paths",
    "give_up",
    "has_earlier",
    "is_empty",
    "links",
    "make",
    "make_all",
    "mark",
    "most_alike",
    "open_form",
    "open_link",
    "reminders",
    "replaced_by",
    "revoke",
    "save",
    "settle",
    "status",
    "undecided",
    "usual",
    "waves",
]
