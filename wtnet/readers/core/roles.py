"""What the sheets of a lead's own workbook are: partners, ties or pilots, by headings and by what stands below them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Literal

from wtnet.readers.core.ends import are_ties, ends
from wtnet.readers.core.grid import Grid
from wtnet.readers.core.names import is_value
from wtnet.readers.core.shapes import cells, small
from wtnet.tables.missing import names_nobody
from wtnet.tables.text import name_key, normal

Role = Literal["partners", "ties", "pilots"]

_PARTNER = (
    "organisation", "organization", "partner", "partners", "organisation_name", "organization_name", "partner_name",
    "partner_organisation", "org", "organisations", "organizations", "member", "members", "group", "who", "name",
    "group_name", "agency", "body", "company", "charity", "organisation_/_group", "partner_/_organisation", "lead_partner",
    "partenaire", "nom", "einrichtung", "partnerin",
)  # fmt: skip
_OTHER = (
    "works_with", "with", "working_with", "who_with", "with_whom", "linked_to", "linked_with", "links_to", "connected_to",
    "connected_with", "connects_to", "collaborates_with", "collaborator", "partners_with", "partnered_with", "other_partner",
    "second_partner", "partner_2", "partner_b", "other_organisation", "to", "target", "refers_to", "and",
    "works_together_with", "knows", "related_to", "ties_to", "relationship_with", "avec", "mit",
)  # fmt: skip
_PILOT = (
    "pilot", "project", "project_name", "pilot_name", "strand", "programme_strand", "activity_strand",
    "workstream", "projet", "projekt",
)  # fmt: skip
_PLURALS = ("pilots", "projects", "name", "title")
"""Elsewhere than on a sheet of pilots, a list of those somebody takes part in."""
_BESIDE_PARTNER = (
    "type", "kind", "sector", "category", "organisation_type", "partner_type", "town", "city", "place", "location", "area",
    "address", "postcode", "region", "county", "borough", "contact", "contact_person", "contact_name", "email", "e_mail",
    "phone", "telephone", "website", "web", "budget", "joined", "notes", "role", "pilots", "projects", "url", "address_1",
    "status", "description", "kind_of_partner", "sort_of_partner",
)  # fmt: skip
_BESIDE_PILOT = (
    "lead", "lead_partner", "led_by", "start", "end", "starts", "ends", "start_date", "end_date", "from", "to", "where",
    "venue", "who_for", "for_whom", "target_group", "audience", "budget", "place", "town", "location", "participants",
    "begins", "finish",
)  # fmt: skip
FIELDS = {*_PARTNER, *_OTHER, *_PILOT, *_BESIDE_PARTNER, *_BESIDE_PILOT, "source", "target", "since", "relationship",
          "indicator", "baseline", "latest", "unit", "theme", "postcode", "sharing", "level"}  # fmt: skip
"""What a heading of a lead's own lists is called, of partners, ties, pilots or outcomes."""
_NOT_PARTNERS = {"indicator", "baseline", "target", "value", "outcome", "question", "quote", "session", "attended", "date"}
_PARTNER_WORDS = {
    "partner", "partners", "organisation", "organization", "organisations", "organizations", "member", "company", "charity",
    "agency", "institution", "einrichtung", "organisationsname", "partenaire", "structure", "organización", "entidad",
    "organizzazione", "sefydliad", "organisatie",
}  # fmt: skip
_OTHER_WORDS = {
    "with", "linked", "connected", "works", "supports", "mit", "avec", "con", "gyda", "met", "collaborates", "knows", "refers",
}  # fmt: skip
_NO_NAMES = {
    "type", "kind", "sector", "category", "contact", "email", "mail", "number", "no", "id", "code", "address", "size", "role",
    "description", "notes", "since", "how", "what", "when", "why", "often", "close", "strong", "strength", "date", "url",
    "website", "phone", "level", "score", "funding", "grant", "per",
}  # fmt: skip
"""A heading with one of these words is about a partner, and not its name."""
_GENERIC = {"name", "who", "nom", "group", "group_name", "members", "member"}
_OF_PARTNERS = {"type", "sector", "category", "organisation_type", "partner_type", "town", "city", "postcode", "address"}
"""What is said of one partner, not of two."""
_PERSONAL = {
    "contact",
    "contact_person",
    "contact_name",
    "email",
    "e_mail",
    "phone",
    "telephone",
    "role",
    "notes",
    "joined",
    "status",
}
"""Under a heading that may as well be of people, these say nothing of partners."""
_CONTACT = {"contact", "contact_person", "contact_name", "main_contact", "key_contact", "named_contact", "lead_contact"}
_REACHED = {"email", "e_mail", "email_address", "e_mail_address", "mail", "phone", "telephone", "mobile", "tel", "phone_number"}
_LOOKED_AT = 2_000
_LISTED = 0.6
"""The share of names that other sheets name too from which on a list of names is one of partners, whatever stands beside them."""
_TITLES: dict[str, Role] = {
    "partner": "partners",
    "organisation": "partners",
    "organization": "partners",
    "member": "partners",
    "pilot": "pilots",
    "project": "pilots",
}


def role_of(grid: Grid, known: Collection[str] = ()) -> Role | None:
    """What a sheet is; null where it is none of the three. `known` are names of partners as they are compared."""
    if not small(grid) or "label" in grid.keys or "vertex" in grid.keys:  # another tool's list
        return None
    if tie_ends(grid, known):
        return "ties"
    keys = set(grid.keys)
    pilot, partner = pilot_heading(grid), partner_heading(grid)
    titled = _titled(grid.sheet or "")
    if (
        pilot
        and _names_once(grid, pilot)
        and (titled == "pilots" or keys & set(_BESIDE_PILOT))
        and not _first(grid, partner, pilot)
    ):
        return None if keys & (_NOT_PARTNERS - {"date", "target"}) else "pilots"
    if partner and not keys & _NOT_PARTNERS and _names_once(grid, partner):
        beside = set(_BESIDE_PARTNER) - (_PERSONAL if normal(partner) in _GENERIC else set())
        return "partners" if titled == "partners" or keys & beside else None
    return None


def is_contacts(grid: Grid) -> bool:
    """True for a list of partners that says whom to reach there: a person's name beside the partner's, or an e-mail or phone and
    a kind beside what is headed as a partner. Names with e-mails alone may as well be people."""
    heading = partner_heading(grid)
    if heading is None or role_of(grid) != "partners":
        return False
    keys = {re.sub(r"\W+", "_", key).strip("_") for key in grid.keys}
    reached = keys & _REACHED
    return bool(keys & _CONTACT and reached) or bool(normal(heading) not in _GENERIC and reached and keys & _OF_PARTNERS)


def is_listed(grid: Grid, known: Collection[str]) -> bool:
    """True for a list of names, each once, most of which are known partners, whatever stands beside them."""
    heading = partner_heading(grid)
    return small(grid) and heading is not None and _names_once(grid, heading) and _share_known(grid, heading, known) >= _LISTED


def partner_heading(grid: Grid) -> str | None:
    """The heading under which partners stand by name."""
    return _one_of(grid, _PARTNER) or next((heading for heading in grid.headers if _speaks_of(heading, _PARTNER_WORDS)), None)


def pilot_heading(grid: Grid) -> str | None:
    """The heading under which pilots stand by name."""
    titled = _titled(grid.sheet or "") == "pilots"
    return _one_of(grid, [*_PILOT, *(_PLURALS if titled else ())])


def tie_ends(grid: Grid, known: Collection[str] = ()) -> tuple[str, str] | None:
    """The two headings under which the partners of a tie stand: by their names, else because both columns hold known partners."""
    pair = ends(grid.headers)
    if pair and are_ties(grid):
        return grid.keys[pair[0]], grid.keys[pair[1]]
    if set(grid.keys) & (_NOT_PARTNERS - {"date", "target", "value"}):
        return None
    first, second = partner_heading(grid), _one_of(grid, _OTHER)
    second = second or next((heading for heading in grid.headers if heading != first and _speaks_of(heading, _OTHER_WORDS)), None)
    if first and second and first != second and _are_names(grid, first) and _are_names(grid, second):
        return first, second
    named = [heading for heading in grid.headers[:8] if normal(heading) != "id"]
    full = [heading for heading in named if _share_known(grid, heading, known) >= 0.6]
    return (full[0], full[1]) if len(full) == 2 else None


def is_of_both(grid: Grid, first: str) -> bool:
    """True for a list of ties that is a list of partners as well: each once, with its kind or place beside its name."""
    return bool(set(grid.keys) & _OF_PARTNERS) and _names_once(grid, first)


def several_known(texts: Collection[str], names: Mapping[str, str]) -> dict[str, list[str]]:
    """Cells that list known names, one or several between ; , | or line breaks: cell → the names' ids; {} if most are none."""
    listed: dict[str, list[str]] = {}
    for text in set(texts) - {""}:
        parts = [text] if name_key(text) in names else re.split(r"[;|\n]|,(?=\s)", text)
        ids = [names[name_key(part)] for part in parts if name_key(part) in names]
        if ids:
            listed[text] = list(dict.fromkeys(ids))
    return listed if len(listed) >= 0.6 * len(set(texts) - {""}) else {}


def words_of(heading: str) -> set[str]:
    """The words of a heading as they are compared."""
    return {word for word in re.split(r"[\W_]+", normal(heading)) if word}


def _speaks_of(heading: str, words: set[str]) -> bool:
    """True for a short heading with one of these words and none that says it holds no names."""
    there = words_of(heading)
    return len(there) <= 4 and bool(there & words) and not there & _NO_NAMES


def _one_of(grid: Grid, words: Collection[str]) -> str | None:
    """The heading that is one of these words, whichever stands first in the list of words."""
    keys = {re.sub(r"[^\w/]+", "_", key).strip("_"): heading for key, heading in reversed(grid.keys.items())}
    return next((keys[word] for word in words if word in keys), None)


def _titled(sheet: str) -> Role | None:
    name = normal(sheet)
    return next((role for word, role in _TITLES.items() if word in name), None)


def _first(grid: Grid, heading: str | None, other: str) -> bool:
    """True if a heading is there and stands before the other."""
    return heading is not None and grid.headers.index(heading) < grid.headers.index(other)


def _texts(grid: Grid, heading: str) -> list[str]:
    texts = [str(cell).strip() for cell in grid.frame[heading].head(_LOOKED_AT).drop_nulls()]
    return [text for text in texts if text and not names_nobody(text)]


def _are_names(grid: Grid, heading: str) -> bool:
    texts = _texts(grid, heading)
    return bool(texts) and sum(map(is_value, texts)) <= 0.2 * len(texts)


def _names_once(grid: Grid, heading: str) -> bool:
    """True for a column of names nearly each of which stands once."""
    texts = [name_key(text) for text in _texts(grid, heading)]
    return len(texts) > 0 and _are_names(grid, heading) and len(set(texts)) >= 0.9 * len(texts)


def _share_known(grid: Grid, heading: str, known: Collection[str]) -> float:
    texts = [text for text in cells(grid, heading)[:_LOOKED_AT] if text]
    return sum(name_key(text) in known for text in texts) / len(texts) if texts and known else 0.0
