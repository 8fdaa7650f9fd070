"""A lead's own workbook, sheet by sheet: partners, who works with whom, pilots, matrices, outcomes, each in her own words.

What a sheet is shows in its headings and in what stands below them. Sheets name each other's partners and pilots; the same
name is the same partner, whichever sheet it is on. What has no column here is kept as a field of the lead's own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from wtnet.readers.core import foreign, lists, roles
from wtnet.readers.core.elements import Edge, ForeignNetwork, Node, Row, frame, text
from wtnet.readers.core.format import Format
from wtnet.readers.core.grid import Grid
from wtnet.readers.core.names import is_value
from wtnet.readers.core.shapes import cells, named
from wtnet.readers.core.text import NAME_BYTES, shorten
from wtnet.readers.core.united import united
from wtnet.tables import schema
from wtnet.tables.missing import names_nobody
from wtnet.tables.model import ROW, Problem, Raw, RawTable, place
from wtnet.tables.text import count, free_id, name_key, normal, seen_name, short_id

FORMAT = Format(
    "own workbook",
    "Workbook of your own",
    (".xlsx", ".xlsm", ".ods"),
    "A workbook as a lead keeps it: sheets of partners, of who works with whom, of pilots, matrices and outcomes, in one",
)
_KIND = ("kind", "type", "sector", "category", "organisation_type", "partner_type", "kind_of_partner", "type_of_organisation")
_KIND_WORDS = {"type", "sort", "kind", "sector", "category", "art", "typ", "catégorie", "tipo", "math", "soort"}
_OF_PARTNER = {
    "place": (
        "ort",
        "stadt",
        "ville",
        "lieu",
        "tref",
        "ciudad",
        "comune",
        "plaats",
        "place",
        "town",
        "city",
        "location",
        "area",
        "town/city",
        "town_/_city",
        "based_in",
    ),
    "website": ("website", "web", "url", "web_site", "homepage", "web_address"),
    "description": ("description", "about", "what_they_do"),
}
_OF_TIE = {
    "relationship": ("relationship", "what_we_do_together", "what_they_do_together", "how_we_work_together", "what_for",
                     "nature_of_tie", "purpose", "activity", "link", "type", "kind", "connection_type", "what_together",
                     "joint_work", "wofür", "art"),
    "started": ("started", "since", "start", "start_date", "from_date", "began", "working_together_since",
                "seit", "depuis", "desde", "sinds", "ers"),
    "ended": ("ended", "until", "end", "end_date", "finished"),
    "evidence": ("evidence", "proof", "shown_by"),
}  # fmt: skip
_OF_PILOT = {
    "lead": ("lead", "lead_partner", "led_by", "lead_organisation", "host"),
    "place": ("place", "where", "town", "location", "venue"),
    "target_group": ("target_group", "who_for", "for_whom", "audience", "beneficiaries", "participants"),
    "starts": ("starts", "start", "start_date", "from", "begins", "first_day"),
    "ends": ("ends", "end", "end_date", "to", "until", "finish", "last_day"),
    "description": ("description", "about", "what_it_is"),
}
_INVOLVED = ("pilots", "pilot", "projects", "project", "involved_in", "takes_part_in", "strands")

Shaped = Callable[[Grid], Raw | None]


def roles_of(grids: Sequence[Grid]) -> set[roles.Role]:
    """Which of partners, pilots and ties the sheets are."""
    names = _names(grids)
    return {role for grid in grids if (role := roles.role_of(grid, names))}


def _names(grids: Sequence[Grid]) -> set[str]:
    """The partners listed on the sheets, and at both ends of their ties, as names are compared."""
    columns = [(grid, str(roles.partner_heading(grid))) for grid in grids if roles.role_of(grid) == "partners"]
    columns += [(grid, heading) for grid in grids for heading in roles.tie_ends(grid) or ()]
    return {name_key(name) for grid, heading in columns for name in cells(grid, heading) if name}


def declared(raws: Sequence[Raw]) -> set[str]:
    """The partners of our own tables by name and id, as names are compared."""
    tables = [table for raw in raws for table in raw.tables if table.name == "organisations"]
    columns = [(table, heading) for table in tables for heading in table.frame.columns if normal(heading) in ("id", "name")]
    return {name_key(cell) for table, heading in columns for cell in table.frame[heading].drop_nulls()}


def read(grids: Sequence[Grid], shaped: Shaped, ready: Sequence[Raw] = ()) -> tuple[Raw | None, list[Grid]]:
    """Everything that the sheets hold as one, and the sheets of which nothing is known. `shaped` reads matrices and the like;
    `ready` are tables of ours beside them."""
    names = _names(grids) | declared(ready)
    sheets = [(grid, _role(grid, names, shaped)) for grid in grids]
    raws: list[Raw] = list(ready)
    left: list[Grid] = []
    pilots = [_pilots(grid) for grid, role in sheets if role == "pilots"]
    known_pilots = {
        name_key(str(name)): str(id)
        for raw in pilots
        for table in raw.tables
        for id, name in table.frame.select("id", "name").iter_rows()
    }
    partners = [(grid, role) for grid, role in sheets if role == "partners"]
    for grid, _ in partners:
        raws += _partners(grid, known_pilots)
    raws += pilots
    known = {seen_name(name): short_id(seen_name(name)) for grid, _ in partners for name in _partner_cells(grid) if name}
    for grid, role in sheets:
        if role == "ties":
            first, second = roles.tie_ends(grid, names) or (grid.headers[0], grid.headers[1])
            if roles.is_of_both(grid, first):
                raws += _partners(replace(grid, frame=grid.frame.drop(second)), known_pilots)
                known |= {name: short_id(name) for name in named(grid, first) if name}
                frame_ = grid.frame.select(first, second, ROW)
                only = replace(grid, frame=frame_.filter(frame_[second].str.strip_chars().str.len_bytes() > 0), notices=())
                raws.append(_ties(only, names, known))
            else:
                raws.append(_ties(grid, names, known))
        elif role is None:
            raw = shaped(grid)
            raws += [raw] if raw else []
            left += [] if raw else [grid]
    return (united(raws) if raws else None), left


def _role(grid: Grid, names: set[str], shaped: Shaped) -> roles.Role | None:
    """What a sheet is; a list of those who stand on other sheets, and has no shape of its own, is one of partners."""
    role = roles.role_of(grid, names)
    return role or ("partners" if roles.is_listed(grid, names) and shaped(grid) is None else None)


def _partner_cells(grid: Grid) -> list[str]:
    return named(grid, str(roles.partner_heading(grid)))


def _partners(grid: Grid, pilots: Mapping[str, str]) -> list[Raw]:
    """The partners of a sheet, and which pilots they take part in where a column lists them."""
    heading = str(roles.partner_heading(grid))
    involved = next((grid.keys[name] for name in _INVOLVED if name in grid.keys), None)
    listed = roles.several_known(cells(grid, involved), pilots) if involved else {}
    kind = next((grid.keys[name] for name in _KIND if name in grid.keys), None)
    kind = kind or next((name for name in grid.headers if name != heading and roles.words_of(name) & _KIND_WORDS), None)
    nodes, parts = [], []
    names = named(grid, heading)
    for row, name in zip(grid.frame.iter_rows(named=True), names, strict=True):
        if not name:
            continue
        given = _renamed(grid, row, _OF_PARTNER, {heading, kind or heading, (involved or heading) if listed else heading})
        given |= {"type": value} if kind and (value := text(row[kind])) else {}
        nodes.append(Node(name, name, given, row[ROW]))
        there = listed.get(text(row[involved]) or "", []) if involved else []
        parts += [{"pilot": pilot, "organisation": short_id(name), ROW: row[ROW]} for pilot in there]
    network = ForeignNetwork(FORMAT.id, grid.file, nodes, [], by_label=True, nodes_sheet=grid.sheet, loosely=True)
    network.notices, network.problems = [*grid.notices, _read_as(grid, "partners", len(nodes))], [*grid.problems]
    network.notices += _no_names(grid, heading, names)
    raws = [_headed(foreign.to_raw(network), kind)] if nodes else []
    if parts:
        involvements = RawTable("involvements", frame(["pilot", "organisation"], _once(parts)), grid.file, grid.sheet)
        raws.append(Raw(FORMAT.id, (involvements,), declared=False))
    return raws


def _no_names(grid: Grid, heading: str, names: Sequence[str]) -> list[Problem]:
    """A notice on the rows left out because a number, a date or nothing stands where a name is expected."""
    rows = zip(grid.frame[heading], grid.frame[ROW], names, strict=True)
    odd = [f"row {line} “{cell or ''}”" for cell, line, name in rows if not name]
    if not odd:
        return []
    words = f"{count(len(odd), 'row')} without a name left out: {', '.join(shorten(name, 60) for name in odd[:4])}."
    return [Problem("no_name", f"{place(grid.file, grid.sheet, None, heading)}: {words}", grid.file, grid.sheet, None, heading)]


def _headed(raw: Raw, kind: str | None) -> Raw:
    """The words for kinds under the heading they have in the file."""
    if not kind or normal(kind) in ("type", *schema.SCHEMAS["organisations"].column_names()):
        return raw
    return replace(
        raw, tables=tuple(replace(table, frame=table.frame.rename({"type": kind}, strict=False)) for table in raw.tables)
    )


def _ties(grid: Grid, names: set[str], known: Mapping[str, str]) -> Raw:
    """Who works with whom, with what else is said of it."""
    first, second = roles.tie_ends(grid, names) or (grid.headers[0], grid.headers[1])
    edges = []
    directions = {edge.at: edge for edge in lists.edges(grid)}
    for row in grid.frame.iter_rows(named=True):
        given = _renamed(grid, row, _OF_TIE, {first, second})
        before = directions.get(row[ROW])
        ends = text(row[first]), text(row[second])
        identity = before.id if before and before.id else None
        edges.append(
            Edge(identity, *ends, None, given, row[ROW], bool(before and before.directed), bool(before and before.mutual))
        )
    network = ForeignNetwork(FORMAT.id, grid.file, [], edges, by_label=True, edges_sheet=grid.sheet, nodes_sheet=grid.sheet)
    network.known = known
    network.notices, network.problems = (
        [
            *grid.notices,
            _read_as(grid, "partnerships", len(edges)),
            *(foreign.said_of(grid) or foreign.said_in_rounds(grid, (first, second))),
        ],
        [*grid.problems],
    )
    return foreign.to_raw(network)


def _pilots(grid: Grid) -> Raw:
    """The pilots of a sheet; a lead is named by its name."""
    heading = str(roles.pilot_heading(grid))
    taken: set[str] = set()
    rows: list[Row] = []
    odd: list[str] = []
    columns = dict.fromkeys(["id", "name"])
    for row in grid.frame.iter_rows(named=True):
        name = seen_name(text(row[heading]) or "")
        if not name:
            continue
        id = free_id(name, taken, "pilot")
        taken.add(id)
        given = {
            key: value for key, value in _renamed(grid, row, _OF_PILOT, {heading}).items() if normal(key) not in ("id", "name")
        }
        if "lead" in given and (is_value(given["lead"]) or names_nobody(given["lead"])):
            odd.append(f"row {row[ROW]} “{given.pop('lead')}”")
        elif "lead" in given:
            given["lead"] = short_id(seen_name(given["lead"]))
        columns |= dict.fromkeys(given)
        rows.append({"id": id, "name": shorten(name, NAME_BYTES), **given, ROW: row[ROW]})
    table = RawTable("pilots", frame(list(columns), rows), grid.file, grid.sheet)
    notices = [*grid.notices, _read_as(grid, "pilots", len(rows))]
    if odd:
        words = f"{place(grid.file, grid.sheet)}: {count(len(odd), 'lead')} that names nobody left out: {', '.join(odd[:4])}."
        notices.append(Problem("no_lead", words, grid.file, grid.sheet))
    return Raw(FORMAT.id, (table,), tuple(notices), tuple(grid.problems), declared=False)


def _read_as(grid: Grid, what: str, number: int) -> Problem:
    words = f"{place(grid.file, grid.sheet)}: read as {count(number, what[:-1], what)}."
    return Problem("read_as", words, grid.file, grid.sheet)


def _renamed(grid: Grid, row: Mapping[str, object], columns: Mapping[str, Sequence[str]], without: set[str]) -> dict[str, str]:
    """A row's cells by our columns where a heading means one (the first heading that does), the others by their headings."""
    means: dict[str, str] = {}
    for column, words in columns.items():
        heading = next((grid.keys[word] for word in words if word in grid.keys and grid.keys[word] not in without), None)
        if heading and heading not in means:
            means[heading] = column
    return {
        means.get(heading, heading.strip()): value
        for heading in grid.headers
        if heading not in without and (value := text(row[heading]))
    }


def _once(rows: Sequence[Row]) -> list[Row]:
    return list({tuple(value for key, value in row.items() if key != ROW): row for row in rows}.values())
