"""Kumu: a workbook with Elements and Connections, and simple JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from wtnet.tables import own
from wtnet.tables.text import clean
from wtnet.writers.export import Export
from wtnet.writers.provenance import provenance
from wtnet.writers.rows import distinct, distinct_ids, lists_of_own, partner_fields, partner_rows, tie_rows, told_of_ties
from wtnet.writers.rows import heading as in_words
from wtnet.writers.tables import sheets

_NOTES = (
    "In Kumu: Import, choose this file. This sheet is passed over, as every sheet with (ignore) in its name.",
    "Strength is from 0 to 1; an empty cell means not known, never zero. A partnership without a direction is undirected.",
)
_FIXED = ("kind", "kind_label", "description", "relationship", "direction")
_HEADINGS = {f"label{own.SUFFIX}": "Label"}
"""Fields of the lead's own that Kumu has a place for: what stands on a connection beside its type."""
_DIRECTIONS = {"forward": "directed", "both": "mutual"}


def write(export: Export) -> bytes:
    """The partners and ties of the network as a workbook for Kumu.

    `Type` is the kind in words for an element and the documented relationship for a connection; our further fields follow
    under their own names, a list with bars between. `|` in an id, which Kumu takes for "and", becomes `¦`.
    """
    buffer, book = sheets.book(export.programme.name, export.made)
    looks = sheets.looks(book)
    lines = provenance(export)
    sheets.about(book.add_worksheet(sheets.READ_ME), export.programme.name[:200], lines, _NOTES, looks)
    elements, connections = _lists(export, "|")
    headings = ["ID", "Label", "Type", "Description", *_more(partner_fields(export.tables)).values()]
    _list(book.add_worksheet("Elements"), headings, elements, looks)
    headings = ["ID", "From", "To", "Direction", "Type", *_more(told_of_ties(export.tables)).values()]
    _list(book.add_worksheet("Connections"), headings, connections, looks)
    book.close()
    return buffer.getvalue()


def write_json(export: Export) -> bytes:
    """The same as Kumu's simple JSON: `elements` and `connections`, and `about` with where the data came from.

    Unknown fields are left out; field names are in lower case, as Kumu has them; lists are lists.
    """
    elements, connections = _lists(export, None)
    document = {
        "about": dict(provenance(export)),
        "elements": [_known(row) for row in elements],
        "connections": [_known(row) for row in connections],
    }
    return json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False).encode()


def _lists(export: Export, bar: str | None) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Elements and connections by their headings; with `bar`, ids without one and lists joined by it."""
    rows = partner_rows(export, export.network.graph)
    named = distinct_ids((row["id"] for row in rows), lambda id: clean(id).replace(bar, "¦") if bar else clean(id))
    lists, of_ties = (lists_of_own(export.tables, table) for table in ("organisations", "partnerships"))
    elements, connections = [], []
    for row in rows:
        fixed = {"ID": named[row["id"]], "Label": row["name"], "Type": row["kind_label"], "Description": row["description"]}
        more = {words: _several(row[name], name in lists, bar) for name, words in _more(partner_fields(export.tables)).items()}
        elements.append({name: _value(value, bar) for name, value in {**fixed, **more}.items()})
    for tie in tie_rows(export):
        ends = {"ID": tie["id"].replace(bar, "¦") if bar else tie["id"], "From": named[tie["source"]], "To": named[tie["target"]]}
        fixed = {**ends, "Direction": _DIRECTIONS.get(str(tie.get("direction")), "undirected"), "Type": tie.get("relationship")}
        more = {
            words: _several(tie.get(name), name in of_ties, bar) for name, words in _more(told_of_ties(export.tables)).items()
        }
        connections.append({name: _value(value, bar) for name, value in {**fixed, **more}.items()})
    names = distinct([connection["ID"] for connection in connections])
    return elements, [{**connection, "ID": name} for connection, name in zip(connections, names, strict=True)]


def _several(value: Any, is_list: bool, bar: str | None) -> Any:
    """A field of several values as Kumu had it: a list in JSON, bars between in a workbook."""
    return value.split(" | ") if is_list and not bar and value else value


def _value(value: Any, bar: str | None) -> Any:
    if isinstance(value, list):
        parts = [clean(part) for part in value]
        return " | ".join(part.replace(bar, "¦") for part in parts) or None if bar else parts or None
    return clean(value) or None if isinstance(value, str) else value


def _more(fields: Iterable[str]) -> dict[str, str]:
    """The fields that have no column of Kumu's own, with their headings."""
    return {name: _HEADINGS.get(name, in_words(name)) for name in fields if name not in _FIXED}


def _known(row: dict[str, Any]) -> dict[str, Any]:
    return {name.lower(): value for name, value in row.items() if value is not None}


def _list(sheet: Any, headings: list[str], rows: list[dict[str, Any]], looks: dict[str, Any]) -> None:
    sheet.freeze_panes(1, 0)
    for column, heading in enumerate(headings):
        sheet.set_column(column, column, max(14, len(heading) + 3))
        sheet.write_string(0, column, heading, looks["optional"])
    for row, cells in enumerate(rows, 1):
        for column, heading in enumerate(headings):
            sheets.cell(sheet, row, column, cells[heading], looks, f'Sheet "{sheet.get_name()}", row {row + 1}')
