"""Bringing in: files are read, mapped and checked, then proposed beside what is stored, and only then accepted.

Names are loaded when they are first used, so that checking files loads neither the database nor what compares names.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wtnet.importing.correction import Correction, Edits, corrected
    from wtnet.importing.duplicates import LikelyDuplicate, likely_duplicates
    from wtnet.importing.files import ImportResult, bring, bring_files, check_files, remembered
    from wtnet.importing.mapping import FROM_NAME, Sheet, SheetMapping, columns_for, from_settings, suggest, to_setting
    from wtnet.importing.matching import renamed
    from wtnet.importing.programmes import SHIPPED, SHIPPED_IDS, first_start, new_programme, put_away, shipped
    from wtnet.importing.proposal import MergeChoice, Proposal, Proposals, matched_incoming, propose

_MODULES = {
    "correction": ("Correction", "Edits", "corrected"),
    "duplicates": ("LikelyDuplicate", "likely_duplicates"),
    "files": ("ImportResult", "bring", "bring_files", "check_files", "remembered"),
    "mapping": ("FROM_NAME", "Sheet", "SheetMapping", "columns_for", "from_settings", "suggest", "to_setting"),
    "matching": ("renamed",),
    "programmes": ("SHIPPED", "SHIPPED_IDS", "first_start", "new_programme", "put_away", "shipped"),
    "proposal": ("MergeChoice", "Proposal", "Proposals", "matched_incoming", "propose"),
}
_MODULE_OF = {name: module for module, names in _MODULES.items() for name in names}

__all__ = [
    "FROM_NAME",
    "SHIPPED",
    "SHIPPED_IDS",
    "Correction",
    "Edits",
    "ImportResult",
    "LikelyDuplicate",
    "MergeChoice",
    "Proposal",
    "Proposals",
    "Sheet",
    "SheetMapping",
    "bring",
    "bring_files",
    "check_files",
    "columns_for",
    "corrected",
    "first_start",
    "from_settings",
    "likely_duplicates",
    "matched_incoming",
    "new_programme",
    "propose",
    "put_away",
    "remembered",
    "renamed",
    "shipped",
    "suggest",
    "to_setting",
]


def __getattr__(name: str) -> Any:
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
