"""Grants as published in the 360Giving Data Standard: funders and recipients are partners, each grant is a tie.

Standard: 360Giving (2015–), https://standard.threesixtygiving.org. A grant to a person is left out: a list of
grants says more about that person than they agreed to have on a map.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import Any

from wtnet.errors import UnreadableFile
from wtnet.readers.core import foreign
from wtnet.readers.core.days import Days
from wtnet.readers.core.elements import Edge, ForeignNetwork, Node, text
from wtnet.readers.core.format import Format, JsonReader, ListReader
from wtnet.readers.core.grid import Grid
from wtnet.readers.core.names import is_value
from wtnet.readers.core.text import listing
from wtnet.tables.missing import is_missing
from wtnet.tables.model import ROW, Problem, Raw, place
from wtnet.tables.text import count, name_key, normal

_INDEX = re.compile(r":\d+(?=:)")
_ITEM = re.compile(r"(funding org|recipient org)\s*:\s*(\d{1,3})\s*:", re.IGNORECASE)
_PLACEHOLDER = re.compile(
    r"(?:an? )?(?:(?:private|individual|anonymous|anonymised|anonymized|unnamed) )?"
    r"(?:individuals?|persons?|recipients?|grantees?|artists?)(?: recipient)?"
    r"|anonymous|anonymised|anonymized|redacted|(?:name )?withheld|not disclosed|confidential",
    re.IGNORECASE,
)
"""What publishers write in the place of a person's name."""
_FUNDER, _RECIPIENT, _PERSON = "Funding Org", "Recipient Org", "Recipient Ind"
_NAMES = {f"{of}:Name" for of in (_FUNDER, _RECIPIENT)}
_ENDS = _NAMES | {f"{of}:Identifier" for of in (_FUNDER, _RECIPIENT)}
_DATES = ("Award Date", "Planned Dates:Start Date", "Planned Dates:End Date")
_WHERE = {"place": "Name", "latitude": "Latitude", "longitude": "Longitude"}
_SERVED = "Beneficiary Location"
_READ = {
    "Identifier", "Title", "Description", "Currency", "Amount Awarded", "Award Date", "URL", "Planned Dates:Start Date",
    "Planned Dates:End Date", "Grant Programme:Title", "Recipient Ind:Identifier", "Recipient Ind:Name",
    *(f"{of}:{what}" for of in (_FUNDER, _RECIPIENT) for what in ("Identifier", "Name")),
    *(f"{_RECIPIENT}:{what}" for what in (
        "City", "Postal Code", "Web Address", "Description", "Location:Latitude", "Location:Longitude",
    )),
    *(f"{_SERVED}:{what}" for what in _WHERE.values()),
}  # fmt: skip
_TITLES = {normal(title): title for title in _READ}
_JSON = {
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
    **{f"beneficiaryLocation/{what.lower()}": f"{_SERVED}:{what}" for what in _WHERE.values()},
}  # fmt: skip

Grant = dict[str, str]
_SHOWN = 5
_MOST_REST = 60
"""The most columns of a list of grants without a place here that are kept as fields of the lead's own."""
_MOST_SIDES = 50
"""The most funders, and the most recipients, of one grant."""


def is_grants(document: object) -> bool:
    """True for an object with a list of grants."""
    return isinstance(document, dict) and isinstance(document.get("grants"), list)


def is_list(headings: Iterable[str | None]) -> bool:
    """True for headings that name a funder and a recipient (of which a person may be one)."""
    there = {_title(heading) for heading in headings if heading}
    ends = [{f"{of}:Identifier", f"{of}:Name"} for of in (_FUNDER, _RECIPIENT, _PERSON)]
    return bool(there & ends[0]) and bool(there & (ends[1] | ends[2]))


def read_json(file: str, document: dict[str, Any], notices: Sequence[Problem] = ()) -> Raw:
    """The grants of a file of JSON; `_row` is the ordinal of the grant, from 1."""
    odd = next((at for at, grant in enumerate(document["grants"], 1) if not isinstance(grant, dict)), None)
    if odd:
        raise UnreadableFile(f'{file}: number {odd} of "grants" is not a grant (an object was expected). Download it again.')
    known = {path.split("/")[0] for path in _JSON} | {"recipientIndividual", "toIndividualsDetails"}
    rest = list(dict.fromkeys(name for grant in document["grants"] for name in grant if name not in known))[:_MOST_REST]
    grants = [
        (
            at,
            {title: value for path, title in _JSON.items() if (value := text(_inside(part, path.split("/"))))}
            | {name: value for name in rest if (value := text(grant.get(name)))},
            bool(_person(grant)),
        )
        for at, grant in enumerate(document["grants"], 1)
        for part in _pairs_of(grant)
    ]
    times = Counter(at for at, _, _ in grants)
    return _raw(file, None, grants, list(notices), rest, several=[at for at, number in times.items() if number > 1])


def read_grids(grids: Sequence[Grid]) -> Raw:
    """The grants of CSVs or sheets, by their titles (with or without the number of an item, as in `Location:0:Name`)."""
    grants: list[tuple[int, Grant, bool]] = []
    rest: list[str] = []
    several: list[int] = []
    for grid in grids:
        titles: dict[str, str] = {}
        items: dict[str, dict[str, dict[str, str]]] = {_FUNDER: {}, _RECIPIENT: {}}
        for header in grid.headers:
            item = _ITEM.match(header)
            if item and int(item[2]) > 0 and _title(header) in _READ:
                items[_title(header).partition(":")[0]].setdefault(item[2], {})[_title(header)] = header
            else:
                titles.setdefault(_title(header), header)
        used = {title: header for title, header in titles.items() if title in _READ}
        people = [header for title, header in titles.items() if title.startswith(_PERSON)]
        more = [header for title, header in titles.items() if title not in _READ and header not in people][:_MOST_REST]
        rest += more
        for row in grid.frame.iter_rows(named=True):
            grant = {title: value for title, header in used.items() if (value := text(row[header]))}
            grant |= {header: value for header in more if (value := text(row[header]))}
            person = any(text(row[header]) for header in people)
            pairs = list(_pairs_in(grant, row, items))
            grants += [(row[ROW], pair, person) for pair in pairs]
            several += [row[ROW]] * (len(pairs) > 1)
    notices = [notice for grid in grids for notice in (*grid.notices, *foreign.repeated_headings(grid))]
    problems = [
        problem
        for grid in grids
        for problem in (*grid.problems, *(error for error in grid.errors if _title(error.column or "") in _READ))
    ]
    return _raw(grids[0].file, grids[0].sheet, grants, notices, rest, problems, several)


def _raw(
    file: str,
    sheet: str | None,
    grants: Sequence[tuple[int, Grant, bool]],
    notices: list[Problem],
    rest: Sequence[str],
    problems: Sequence[Problem] = (),
    several: Sequence[int] = (),
) -> Raw:
    """Funders and recipients once each, in the order met, and every grant a tie of its own."""
    nodes: dict[str, Node] = {}
    names: dict[str, Counter[str]] = {}
    served: dict[str, dict[str, str]] = {}
    edges: list[Edge] = []
    to_people: list[tuple[int, Grant]] = []
    where = place(file, sheet)
    days = Days(grant[title] for _, grant, _ in grants for title in _DATES if title in grant)
    if remark := days.remark():
        notices.append(Problem(remark[0], f"{where}: {remark[1]}", file, sheet))
    for at, grant, to_person in _naming(grants):
        stands_for_one = _PLACEHOLDER.fullmatch(grant.get(f"{_RECIPIENT}:Name", ""))
        if stands_for_one or (to_person and not {f"{_RECIPIENT}:Name", f"{_RECIPIENT}:Identifier"} & set(grant)):
            to_people.append((at, grant))
            continue
        funder, recipient = _organisation(grant, _FUNDER), _organisation(grant, _RECIPIENT)
        for key, of in ((recipient, _RECIPIENT), (funder, _FUNDER)):
            if key and f"{of}:Name" in grant:
                names.setdefault(key, Counter())[grant[f"{of}:Name"]] += 1
            if key and (key not in nodes or of == _FUNDER):
                earlier = nodes[key].attributes if key in nodes else {}
                if of == _RECIPIENT:
                    served.setdefault(key, _columns(grant, _SERVED, _WHERE))
                nodes[key] = Node(key, grant.get(f"{of}:Name", key), {**earlier, **_about(grant, of)}, at)
        edges.append(Edge(grant.get("Identifier"), funder, recipient, "funds", _tie_attributes(grant, days, rest), at))
    nodes = {key: replace(node, label=_called(names[key])) if key in names else node for key, node in nodes.items()}
    notices += [Problem(rule, f"{where}: {words}", file, sheet) for rule, words in _remarks(names, several)]
    if to_people:
        words = f"{where}: {count(len(to_people), 'grant')} to individual people left out, to keep private what is theirs."
        notices.append(Problem("individuals", words, file, sheet))
    if rest:
        columns = list(dict.fromkeys(rest))
        words = f"{where}: {count(len(columns), 'column')} of the grants kept as fields of your own: {listing(columns, 12)}."
        notices.append(Problem("kept", words, file, sheet))
    if to_people and not edges:
        raise UnreadableFile(
            f"{file} holds grants to individual people only ({len(to_people):,}), which are not brought in. Choose a file with "
            "grants to organisations."
        )
    unplaced = [key for key, node in nodes.items() if not _WHERE.keys() & node.attributes.keys() and served.get(key)]
    for key in unplaced:
        nodes[key] = replace(nodes[key], attributes={**nodes[key].attributes, **served[key]})
    if unplaced:
        words = (
            f"{where}: {count(len(unplaced), 'partner')} without an address placed where the people are whom its grant is for."
        )
        notices.append(Problem("served", words, file, sheet))

    def network(nodes: Iterable[Node], edges: Sequence[Edge]) -> Raw:
        whole = ForeignNetwork(FORMAT.id, file, list(nodes), list(edges), nodes_sheet=sheet, edges_sheet=sheet)
        whole.notices, whole.problems = notices, list(problems)
        return foreign.to_raw(whole)

    raw = network(nodes.values(), edges)
    if not to_people:
        return raw
    people, theirs = _to_people(to_people, nodes, days, rest)
    return replace(raw, with_individuals=network([*nodes.values(), *people], [*edges, *theirs]).tables)


def _naming(grants: Sequence[tuple[int, Grant, bool]]) -> Iterator[tuple[int, Grant, bool]]:
    """The grants without what names no organisation: a word for what is missing, a number or a date among names."""
    names = [value for _, grant, _ in grants for title, value in grant.items() if title in _NAMES]
    are_names = sum(map(is_value, names)) <= 0.5 * len(names)
    for at, grant, to_person in grants:
        odd = {
            title
            for title, value in grant.items()
            if title in _ENDS and (is_missing(value) or (are_names and title in _NAMES and is_value(value)))
        }
        yield at, {title: value for title, value in grant.items() if title not in odd}, to_person


def _to_people(
    grants: Sequence[tuple[int, Grant]], nodes: Mapping[str, Node], days: Days, rest: Sequence[str]
) -> tuple[list[Node], list[Edge]]:
    """The grants to individual people, for whoever wants them all the same: each person a partner whose name is kept back."""
    people: dict[str, Node] = {}
    edges: list[Edge] = []
    for number, (at, grant) in enumerate(grants, 1):
        key = grant.get(f"{_PERSON}:Identifier") or f"individual-{grant.get('Identifier') or at}"
        given = grant.get(f"{_PERSON}:Name") or ""
        name = given if given and not _PLACEHOLDER.fullmatch(given) else f"Individual recipient {number}"
        people.setdefault(key, Node(key, name, {"kind": "freelancer", "sharing": "private"}, at))
        funder = _organisation(grant, _FUNDER)
        if funder and funder not in nodes:
            people.setdefault(funder, Node(funder, grant.get(f"{_FUNDER}:Name", funder), {"kind": "funder"}, at))
        edges.append(Edge(grant.get("Identifier"), funder, key, "funds", _tie_attributes(grant, days, rest), at))
    return list(people.values()), edges


def _called(names: Counter[str]) -> str:
    """The name an organisation has most often; of several, the shortest."""
    return min(names, key=lambda name: (-names[name], len(name), name))


def _remarks(names: Mapping[str, Counter[str]], several: Sequence[int]) -> Iterator[tuple[str, str]]:
    """Sentences on numbers that several bodies share, and on grants that several give or receive."""
    for key, of in [(key, of) for key, of in names.items() if len({name_key(name) for name in of}) > 1][:_SHOWN]:
        called = _called(of)
        others = [name for name in of if name != called]
        yield "one_number", f'{key} stands for several names and was read as one partner, "{called}": {listing(others)}.'
    if several:
        words = "with several funders or recipients read as a partnership for each pair of them, each with the whole amount"
        yield "several", f"{count(len(several), 'grant')} {words} (number {several[0]})."


def _pairs_of(grant: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A grant of JSON once for each pair of a funder and a recipient; as it is where there is one of each."""
    sides = [grant.get(name) for name in ("fundingOrganization", "recipientOrganization")]
    funders, recipients = (
        [[item] for item in side[:_MOST_SIDES]] if isinstance(side, list) and side else [side] for side in sides
    )
    for funder, recipient in product(funders, recipients):
        yield {**grant, "fundingOrganization": funder, "recipientOrganization": recipient}


def _pairs_in(grant: Grant, row: Mapping[str, object], items: Mapping[str, Mapping[str, Mapping[str, str]]]) -> Iterator[Grant]:
    """A grant of a row once for each pair of a funder and a recipient, of which further ones stand in columns of their own."""
    sides: list[list[Grant]] = []
    for of, further in items.items():
        first = {title: value for title, value in grant.items() if title.startswith(f"{of}:")}
        others = [
            {title: value for title, header in headings.items() if (value := text(row[header]))} for headings in further.values()
        ]
        sides.append([side for side in (first, *others[:_MOST_SIDES]) if side] or [{}])
    rest = {title: value for title, value in grant.items() if not title.startswith((f"{_FUNDER}:", f"{_RECIPIENT}:"))}
    for funder, recipient in product(*sides):
        yield {**rest, **funder, **recipient}


def _organisation(grant: Grant, of: str) -> str | None:
    """What an organisation is known by: its identifier, else its name."""
    return grant.get(f"{of}:Identifier") or grant.get(f"{of}:Name")


def _about(grant: Grant, of: str) -> dict[str, str]:
    if of == _FUNDER:
        return {"kind": "funder"}
    columns = {
        "place": "City", "website": "Web Address", "description": "Description",
        "latitude": "Location:Latitude", "longitude": "Location:Longitude",
    }  # fmt: skip
    return {**_columns(grant, of, {"place": "Postal Code"}), **_columns(grant, of, columns)}


def _columns(grant: Grant, of: str, columns: Mapping[str, str]) -> dict[str, str]:
    return {column: grant[f"{of}:{title}"] for column, title in columns.items() if f"{of}:{title}" in grant}


def _tie_attributes(grant: Grant, days: Days, rest: Sequence[str]) -> dict[str, str]:
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


def _title(heading: str) -> str:
    """A heading as the standard titles it, whatever its capitals, spaces and item numbers."""
    plain = ":".join(part.strip() for part in _INDEX.sub("", heading).split(":"))
    known = _TITLES.get(normal(plain))
    if known:
        return known
    return _PERSON + plain[len(_PERSON) :] if plain.lower().startswith(_PERSON.lower()) else plain


def _inside(item: object, path: Sequence[str]) -> object:
    """What stands at a path of JSON; of a list, its first item."""
    for name in path:
        item = item[0] if isinstance(item, list) and item else item
        item = item.get(name) if isinstance(item, dict) else None
    return item


def _person(grant: dict[str, Any]) -> object:
    return grant.get("recipientIndividual") or grant.get("toIndividualsDetails")


FORMAT = Format(
    "360giving",
    "360Giving grants",
    (".json", ".csv", ".xlsx"),
    "Funders and recipients as partners, each grant a partnership; grants to individual people are left out",
    json=JsonReader(is_grants, read_json),
    lists=ListReader(is_list, read_grids),
)
