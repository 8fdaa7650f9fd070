"""The report to file: a PDF (PDF/UA-1) of a programme, a pilot or a partner, with the same figures as the screen.

What is said is made in `programme.py`, `partner.py` and `parts.py` as a list of blocks; `report.typ` sets them.
Text from the data goes to typst as data and is never read as markup.
"""

from __future__ import annotations

import json
from typing import Any

from wtnet.errors import InvalidRequest
from wtnet.sentences import record
from wtnet.tables import Tables
from wtnet.writers.export import Export
from wtnet.writers.provenance import provenance, provenance_lines
from wtnet.writers.report import logo, picture, typst
from wtnet.writers.report.parts import Report
from wtnet.writers.report.svg import bare

_TEMPLATE = (picture.HERE / "report.typ").read_text(encoding="utf-8")


def write(export: Export) -> bytes:
    """The report on `export.partner`, on `export.pilot`, or on the programme, as an accessible PDF.

    A partner or pilot that is not in the tables is an InvalidRequest. The same export gives the same bytes.
    """
    document = report(export)
    files = {"main": (picture.CANVAS + _TEMPLATE).encode()}
    blocks = []
    for number, block in enumerate(document.blocks):
        pictures = [block] if block["kind"] == "picture" else block.get("pictures", [])
        drawn = []
        for at, each in enumerate(pictures):
            name = f"picture{number}-{at}.svg"
            files[name] = bare(each["drawing"])
            drawn.append({**each, "drawing": picture.for_typst(each["drawing"]), "file": name})
        blocks.append(drawn[0] if block["kind"] == "picture" else {**block, "pictures": drawn} if drawn else block)
    content: dict[str, Any] = {
        "title": document.title,
        "kicker": document.kicker,
        "under": document.under,
        "notice": dict(provenance(export)).get("Notice") or record.summary(export.tables),
        "about": " · ".join(provenance_lines(export)),
        "foot": f"{document.title} · {document.under}",
        "faces": list(typst.FACES),
        "blocks": blocks,
        "logo": "",
        "logo-alt": f"Logo on the report on {document.title}",
    }
    if export.report.logo:
        content["logo"] = logo.file_name(export.report.logo)
        files[content["logo"]] = export.report.logo
    files["report.json"] = json.dumps(typst.safe(content), allow_nan=False).encode()
    return typst.compile_(files, export.made, accessible=True)


def report(export: Export) -> Report:
    """What the report says, before it is set."""
    from wtnet.writers.report import partner, programme

    if export.partner is not None:
        _there(export.tables, "organisations", export.partner, "partner")
        return partner.report(export)
    if export.pilot is not None:
        _there(export.tables, "pilots", export.pilot, "pilot")
    return programme.report(export)


def _there(tables: Tables, table: str, asked: str, what: str) -> None:
    if asked not in tables[table]["id"]:
        raise InvalidRequest(f'There is no {what} "{asked}" in this programme, or not for this audience; choose another.')
