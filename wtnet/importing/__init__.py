"""Bringing in: files are read, mapped and checked, then proposed beside what is stored, and only then accepted."""

from wtnet.importing.bring import Brought, bring, bring_files, check_files, remembered
from wtnet.importing.correction import Correction, Edits, corrected
from wtnet.importing.duplicates import Alike, alike
from wtnet.importing.mapping import FROM_NAME, Mapped, Sheet, columns_for, from_settings, suggest, to_setting
from wtnet.importing.matching import renamed
from wtnet.importing.programmes import SHIPPED, first_start, new_programme, shipped
from wtnet.importing.propose import Proposal, Same, matched_incoming, propose

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
