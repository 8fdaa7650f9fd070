"""Bringing in: files are read, mapped and checked, then proposed beside what is stored, and only then accepted."""

from wtnet.intake.alike import Alike, alike
from wtnet.intake.bring import Brought, bring, bring_files, check_files, check_upload, remembered
from wtnet.intake.correction import Correction, Edits, corrected
from wtnet.intake.mapping import FROM_NAME, Mapped, Sheet, columns_for, from_settings, suggest, to_setting
from wtnet.intake.match import renamed
from wtnet.intake.programmes import SHIPPED, first_start, new_programme, shipped
from wtnet.intake.propose import Proposal, Same, matched_incoming, propose

__all__ = [
    "FROM_NAME",
    "SHIPPED",
    "Alike",
    "Brought",
    "Correction",
    "Edits",
    "Mapped",
    "Proposal",
    "Same",
    "Sheet",
    "alike",
    "bring",
    "bring_files",
    "check_files",
    "check_upload",
    "columns_for",
    "corrected",
    "first_start",
    "from_settings",
    "matched_incoming",
    "new_programme",
    "propose",
    "remembered",
    "renamed",
    "shipped",
    "suggest",
    "to_setting",
]
