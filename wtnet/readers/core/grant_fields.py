"""What a grant holds: its sides, their places, its amount and days, and the columns that stay beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from wtnet.readers.core.days import Days
from wtnet.readers.core.elements import text
from wtnet.tables.text import normal

_INDEX = re.compile(r":\d+(?=:)")
ITEM = re.compile(r"(funding org|recipient org)\s*:\s*(\d{1,3})\s*:", re.IGNORECASE)
FUNDER, RECIPIENT, PERSON = "Funding Org", "Recipient Org", "Recipient Ind"
NAMES = {f"{of}:Name" for of in (FUNDER, RECIPIENT)}
ENDS = NAMES | {f"{of}:Identifier" for of in (FUNDER, RECIPIENT)}
DATES = ("Award Date", "Planned Dates:Start Date", "Planned Dates:End Date")
WHERE = {"place": "Name", "latitude": "Latitude", "longitude": "Longitude"}
SERVED = "Beneficiary Location"
READ = {
    "Identifier", "Title", "Description", "Currency", "Amount Awarded", "Award Date", "URL", "Planned Dates:Start Date",
    "Planned Dates:End Date", "Grant Programme:Title", "Recipient Ind:Identifier", "Recipient Ind:Name",
    *(f"{of}:{what}" for of in (FUNDER, RECIPIENT) for what in ("Identifier", "Name")),
    *(f"{RECIPIENT}:{what}" for what in (
        "City", "Postal Code", "Web Address", "Description", "Location:Latitude", "Location:Longitude",
    )),
    *(f"{SERVED}:{what}" for what in WHERE.values()),
}  # fmt: skip
_TITLES = {normal(title): title for title in READ}
JSON_PATHS = {
    "recipientIndividual/id": "Recipient Ind:Identifier", "recipientIndividual/name": "Recipient Ind:Name",
    "id": "Identifier", "title": "Title", "description": "Description", "currency": "Currency",
    "amountAwarded": "Amount Awarded", "awardDate": "Award Date", "dataSource": "URL",
    "plannedDates/startDate": "Planned Dates:Start Date", "plannedDates/endDate": "Planned Dates:End Date",
    "grantProgramme/title": "Grant Programme:Title", "fundingOrganization/id": "Funding Org:Identifier",
    "fundingOrganization/name": "Funding Org:Name", "recipientOrganization/id": "Recipient Org:Identifier",
    "recipientOrganization/name": "Recipient Org:Name", "recipientOrganization/addressLocality": "Recipient Org:City",
    "recipientOrganization/url": "Recipient Org:Web Address", "recipientOrganization/description": "Recipient Org:Description",
    "recipientOrganization/location/latitude": "Recipient Org:Location:Latitude",
    "recipientOrganization/location/longitude": "Recipient Org:Location:Longitude",
    "recipientOrganization/postalCode": "Recipient Org:Postal Code",
    **{f"beneficiaryLocation/{what.lower()}": f"{SERVED}:{what}" for what in WHERE.values()},
}  # fmt: skip
Grant = dict[str, str]
_MOST_SIDES = 50
"""The most funders, and the most recipients, of one grant."""


def pairs_of(grant: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A grant of JSON once for each pair of a funder and a recipient; as it is where there is one of each."""
    sides = [grant.get(name) for name in ("fundingOrganization", "recipientOrganization")]
    funders, recipients = (
        [[item] for item in side[:_MOST_SIDES]] if isinstance(side, list) and side else [side] for side in sides
    )
    for funder, recipient in product(funders, recipients):
        yield {**grant, "fundingOrganization": funder, "recipientOrganization": recipient}


def pairs_in(grant: Grant, row: Mapping[str, object], items: Mapping[str, Mapping[str, Mapping[str, str]]]) -> Iterator[Grant]:
    """A grant of a row once for each pair of a funder and a recipient, of which further ones stand in columns of their own."""
    sides: list[list[Grant]] = []
    for of, further in items.items():
        first = {title: value for title, value in grant.items() if title.startswith(f"{of}:")}
        others = [
            {title: value for title, header in headings.items() if (value := text(row[header]))} for headings in further.values()
        ]
        sides.append([side for side in (first, *others[:_MOST_SIDES]) if side] or [{}])
    rest = {title: value for title, value in grant.items() if not title.startswith((f"{FUNDER}:", f"{RECIPIENT}:"))}
    for funder, recipient in product(*sides):
        yield {**rest, **funder, **recipient}


def organisation_of(grant: Grant, of: str) -> str | None:
    """What an organisation is known by: its identifier, else its name."""
    return grant.get(f"{of}:Identifier") or grant.get(f"{of}:Name")


def about_organisation(grant: Grant, of: str) -> dict[str, str]:
    if of == FUNDER:
        return {"kind": "funder"}
    columns = {
        "place": "City", "website": "Web Address", "description": "Description",
        "latitude": "Location:Latitude", "longitude": "Location:Longitude",
    }  # fmt: skip
    return {**columns_of(grant, of, {"place": "Postal Code"}), **columns_of(grant, of, columns)}


def columns_of(grant: Grant, of: str, columns: Mapping[str, str]) -> dict[str, str]:
    return {column: grant[f"{of}:{title}"] for column, title in columns.items() if f"{of}:{title}" in grant}


def tie_attributes(grant: Grant, days: Days, rest: Sequence[str]) -> dict[str, str]:
    """A grant as attributes of a tie: its dates, and its title, amount, day and programme as evidence; the amount with its
    currency and what has no place here as fields of the lead's own."""
    amount = " ".join(part for part in (grant.get("Currency"), grant.get("Amount Awarded")) if part)
    day = days.started(grant.get("Award Date", "")) or grant.get("Award Date")
    awarded = " ".join(part for part in (amount, f"awarded {day}" if day else "") if part)
    words = "; ".join(part for part in (grant.get("Title"), awarded, grant.get("Grant Programme:Title")) if part)
    start, end = grant.get("Planned Dates:Start Date", ""), grant.get("Planned Dates:End Date", "")
    dates = {"started": days.started(start) or start, "ended": days.ended(end) or end}
    url = grant.get("URL", "")
    attributes = {"evidence": words, "source_url": url if url.startswith(("https://", "http://")) else "", **dates}
    attributes |= {"Amount awarded": amount if grant.get("Amount Awarded") else ""}
    attributes |= {heading: grant.get(heading, "") for heading in rest}
    return {name: value for name, value in attributes.items() if value}


def read_title(heading: str) -> str:
    """A heading as the standard titles it, whatever its capitals, spaces and item numbers."""
    plain = ":".join(part.strip() for part in _INDEX.sub("", heading).split(":"))
    known = _TITLES.get(normal(plain))
    if known:
        return known
    return PERSON + plain[len(PERSON) :] if plain.lower().startswith(PERSON.lower()) else plain


def inside(item: object, path: Sequence[str]) -> object:
    """What stands at a path of JSON; of a list, its first item."""
    for name in path:
        item = item[0] if isinstance(item, list) and item else item
        item = item.get(name) if isinstance(item, dict) else None
    return item


def person_of(grant: dict[str, Any]) -> object:
    return grant.get("recipientIndividual") or grant.get("toIndividualsDetails")
