"""Grants as published in the 360Giving Data Standard: funders and recipients are partners, each grant is a tie.

Standard: 360Giving (2015–), https://standard.threesixtygiving.org. A grant to a person is left out: a list of
grants says more about that person than they agreed to have on a map.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from wtnet.errors import UnreadableFile
from wtnet.readers.core import foreign
from wtnet.readers.core.days import Days
from wtnet.readers.core.elements import Edge, ForeignNetwork, Node, text
from wtnet.readers.core.format import Format, JsonReader, ListReader
from wtnet.readers.core.grant_fields import (
    DATES,
    ENDS,
    FUNDER,
    ITEM,
    JSON_PATHS,
    NAMES,
    PERSON,
    READ,
    RECIPIENT,
    SERVED,
    WHERE,
    Grant,
    about_organisation,
    columns_of,
    inside,
    organisation_of,
    pairs_in,
    pairs_of,
    person_of,
    read_title,
    tie_attributes,
)
from wtnet.readers.core.grid import Grid
from wtnet.readers.core.names import is_value
from wtnet.readers.core.text import listing
from wtnet.tables.missing import is_missing
from wtnet.tables.model import ROW, Problem, Raw, place
from wtnet.tables.text import count, name_key

_PLACEHOLDER = re.compile(
    r"(?:an? )?(?:(?:private|individual|anonymous|anonymised|anonymized|unnamed) )?"
    r"(?:individuals?|persons?|recipients?|grantees?|artists?)(?: recipient)?"
    r"|anonymous|anonymised|anonymized|redacted|(?:name )?withheld|not disclosed|confidential",
    re.IGNORECASE,
)
"""What publishers write in the place of a person's name."""

_SHOWN = 5
_MOST_REST = 60
"""The most columns of a list of grants without a place here that are kept as fields of the lead's own."""


def is_grants(document: object) -> bool:
    """True for an object with a list of grants."""
    return isinstance(document, dict) and isinstance(document.get("grants"), list)


def is_list(headings: Iterable[str | None]) -> bool:
    """True for headings that name a funder and a recipient (of which a person may be one)."""
    there = {read_title(heading) for heading in headings if heading}
    ends = [{f"{of}:Identifier", f"{of}:Name"} for of in (FUNDER, RECIPIENT, PERSON)]
    return bool(there & ends[0]) and bool(there & (ends[1] | ends[2]))


def read_json(file: str, document: dict[str, Any], notices: Sequence[Problem] = ()) -> Raw:
    """The grants of a file of JSON; `_row` is the ordinal of the grant, from 1."""
    odd = next((at for at, grant in enumerate(document["grants"], 1) if not isinstance(grant, dict)), None)
    if odd:
        raise UnreadableFile(f'{file}: number {odd} of "grants" is not a grant (an object was expected). Download it again.')
    known = {path.split("/")[0] for path in JSON_PATHS} | {"recipientIndividual", "toIndividualsDetails"}
    rest = list(dict.fromkeys(name for grant in document["grants"] for name in grant if name not in known))[:_MOST_REST]
    grants = [
        (
            at,
            {title: value for path, title in JSON_PATHS.items() if (value := text(inside(part, path.split("/"))))}
            | {name: value for name in rest if (value := text(grant.get(name)))},
            bool(person_of(grant)),
        )
        for at, grant in enumerate(document["grants"], 1)
        for part in pairs_of(grant)
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
        items: dict[str, dict[str, dict[str, str]]] = {FUNDER: {}, RECIPIENT: {}}
        for header in grid.headers:
            item = ITEM.match(header)
            if item and int(item[2]) > 0 and read_title(header) in READ:
                items[read_title(header).partition(":")[0]].setdefault(item[2], {})[read_title(header)] = header
            else:
                titles.setdefault(read_title(header), header)
        used = {title: header for title, header in titles.items() if title in READ}
        people = [header for title, header in titles.items() if title.startswith(PERSON)]
        more = [header for title, header in titles.items() if title not in READ and header not in people][:_MOST_REST]
        rest += more
        for row in grid.frame.iter_rows(named=True):
            grant = {title: value for title, header in used.items() if (value := text(row[header]))}
            grant |= {header: value for header in more if (value := text(row[header]))}
            person = any(text(row[header]) for header in people)
            pairs = list(pairs_in(grant, row, items))
            grants += [(row[ROW], pair, person) for pair in pairs]
            several += [row[ROW]] * (len(pairs) > 1)
    notices = [notice for grid in grids for notice in (*grid.notices, *foreign.repeated_headings(grid))]
    problems = [
        problem
        for grid in grids
        for problem in (*grid.problems, *(error for error in grid.errors if read_title(error.column or "") in READ))
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
    days = Days(grant[title] for _, grant, _ in grants for title in DATES if title in grant)
    if remark := days.remark():
        notices.append(Problem(remark[0], f"{where}: {remark[1]}", file, sheet))
    for at, grant, to_person in _naming(grants):
        if _is_to_individual(grant, to_person):
            to_people.append((at, grant))
            continue
        funder, recipient = organisation_of(grant, FUNDER), organisation_of(grant, RECIPIENT)
        for key, of in ((recipient, RECIPIENT), (funder, FUNDER)):
            if key and f"{of}:Name" in grant:
                names.setdefault(key, Counter())[grant[f"{of}:Name"]] += 1
            if key and (key not in nodes or of == FUNDER):
                earlier = nodes[key].attributes if key in nodes else {}
                if of == RECIPIENT:
                    served.setdefault(key, columns_of(grant, SERVED, WHERE))
                nodes[key] = Node(key, grant.get(f"{of}:Name", key), {**earlier, **about_organisation(grant, of)}, at)
        edges.append(Edge(grant.get("Identifier"), funder, recipient, "funds", tie_attributes(grant, days, rest), at))
    nodes = {key: replace(node, label=_called(names[key])) if key in names else node for key, node in nodes.items()}
    unplaced = _place_by_served(nodes, served)
    remarks = [*_remarks(names, several), *_left_and_kept(len(to_people), rest, unplaced)]
    notices += [Problem(rule, f"{where}: {words}", file, sheet) for rule, words in remarks]
    if to_people and not edges:
        raise UnreadableFile(
            f"{file} holds grants to individual people only ({len(to_people):,}), which are not brought in. Choose a file with "
            "grants to organisations."
        )

    def network(nodes: Iterable[Node], edges: Sequence[Edge]) -> Raw:
        whole = ForeignNetwork(FORMAT.id, file, list(nodes), list(edges), nodes_sheet=sheet, edges_sheet=sheet)
        whole.notices, whole.problems = notices, list(problems)
        return foreign.to_raw(whole)

    raw = network(nodes.values(), edges)
    if not to_people:
        return raw
    people, theirs = _to_people(to_people, nodes, days, rest)
    return replace(raw, with_individuals=network([*nodes.values(), *people], [*edges, *theirs]).tables)


def _is_to_individual(grant: Grant, to_person: bool) -> bool:
    """Whether a grant is to somebody: it says so and names no organisation, or its recipient is a word for one person."""
    stands_for_one = _PLACEHOLDER.fullmatch(grant.get(f"{RECIPIENT}:Name", ""))
    return bool(stands_for_one) or (to_person and not {f"{RECIPIENT}:Name", f"{RECIPIENT}:Identifier"} & set(grant))


def _place_by_served(nodes: dict[str, Node], served: Mapping[str, dict[str, str]]) -> int:
    """Place partners without an address where the people are whom their grant serves; their number."""
    unplaced = [key for key, node in nodes.items() if not WHERE.keys() & node.attributes.keys() and served.get(key)]
    for key in unplaced:
        nodes[key] = replace(nodes[key], attributes={**nodes[key].attributes, **served[key]})
    return len(unplaced)


def _left_and_kept(to_people: int, rest: Sequence[str], unplaced: int) -> Iterable[tuple[str, str]]:
    """The rule and words of the notices on grants that were left out, columns that were kept and partners that were placed."""
    if to_people:
        yield "individuals", f"{count(to_people, 'grant')} to individual people left out, to keep private what is theirs."
    if columns := list(dict.fromkeys(rest)):
        yield "kept", f"{count(len(columns), 'column')} of the grants kept as fields of your own: {listing(columns, 12)}."
    if unplaced:
        yield "served", f"{count(unplaced, 'partner')} without an address placed where the people are whom its grant is for."


def _naming(grants: Sequence[tuple[int, Grant, bool]]) -> Iterator[tuple[int, Grant, bool]]:
    """The grants without what names no organisation: a word for what is missing, a number or a date among names."""
    names = [value for _, grant, _ in grants for title, value in grant.items() if title in NAMES]
    are_names = sum(map(is_value, names)) <= 0.5 * len(names)
    for at, grant, to_person in grants:
        odd = {
            title
            for title, value in grant.items()
            if title in ENDS and (is_missing(value) or (are_names and title in NAMES and is_value(value)))
        }
        yield at, {title: value for title, value in grant.items() if title not in odd}, to_person


def _to_people(
    grants: Sequence[tuple[int, Grant]], nodes: Mapping[str, Node], days: Days, rest: Sequence[str]
) -> tuple[list[Node], list[Edge]]:
    """The grants to individual people, read only on request: each person a partner whose name is kept back."""
    people: dict[str, Node] = {}
    edges: list[Edge] = []
    for number, (at, grant) in enumerate(grants, 1):
        key = grant.get(f"{PERSON}:Identifier") or f"individual-{grant.get('Identifier') or at}"
        given = grant.get(f"{PERSON}:Name") or ""
        name = given if given and not _PLACEHOLDER.fullmatch(given) else f"Individual recipient {number}"
        people.setdefault(key, Node(key, name, {"kind": "freelancer", "sharing": "private"}, at))
        funder = organisation_of(grant, FUNDER)
        if funder and funder not in nodes:
            people.setdefault(funder, Node(funder, grant.get(f"{FUNDER}:Name", funder), {"kind": "funder"}, at))
        edges.append(Edge(grant.get("Identifier"), funder, key, "funds", tie_attributes(grant, days, rest), at))
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


FORMAT = Format(
    "360giving",
    "360Giving grants",
    (".json", ".csv", ".xlsx"),
    "Funders and recipients as partners, each grant a partnership; grants to individual people are left out",
    json=JsonReader(is_grants, read_json),
    lists=ListReader(is_list, read_grids),
)
