"""One file per format: what is on the screen, as bytes to keep, send or open elsewhere.

`FORMATS` lists the formats in which data leaves; `prepare` gathers what they need and `write` makes the bytes. Each
writer is loaded when it is first used, so that listing them costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from wtnet.errors import InvalidRequest

if TYPE_CHECKING:
    from wtnet.tables.model import Audience
    from wtnet.writers.export import Export, prepare

__all__ = ["BY_ID", "FORMATS", "XLSX", "Writer", "prepare", "write"]


@dataclass(frozen=True)
class Writer:
    """One kind of file: `id` as it is chosen, `name` and `description` for people, `suffix` of a file name, `mime` type;
    `write` makes the bytes of an export. `whole` is true if it holds all tables whatever the scope; `group` says what it is
    for: "data" (comes back, into this program or another), "read" (documents) or "picture"."""

    id: str
    name: str
    suffix: str
    mime: str
    description: str
    write: Callable[[Export], bytes]
    whole: bool = False
    group: str = "data"

    @property
    def usual_audience(self) -> Audience:
        """The audience where none is chosen: documents and pictures for everybody; what is brought in again, and what is
        given back, is made from all that the lead has."""
        return "lead" if self.group == "data" or self.id == "give-back" else "public"


def _later(module: str, function: str = "write") -> Callable[[Export], bytes]:
    def made(export: Export) -> bytes:
        written: bytes = getattr(import_module(f"wtnet.writers.{module}"), function)(export)
        return written

    return made


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
"""The MIME type of a workbook."""

FORMATS: tuple[Writer, ...] = (
    Writer(
        "workbook",
        "Workbook",
        ".xlsx",
        XLSX,
        "All tables, a sheet each; correct it and bring it in again",
        _later("tables.workbook"),
        whole=True,
    ),
    Writer(
        "csv",
        "CSV tables",
        ".zip",
        "application/zip",
        "All tables, a file each, for any program",
        _later("tables.bundle"),
        whole=True,
    ),
    Writer(
        "kumu",
        "Kumu workbook",
        ".xlsx",
        XLSX,
        "Partners and partnerships of one wave, with findings about them and activities, for Kumu's import",
        _later("graph.kumu"),
    ),
    Writer("kumu-json", "Kumu JSON", ".json", "application/json", "The same as Kumu's JSON", _later("graph.kumu", "write_json")),
    Writer(
        "gephi",
        "Gephi spreadsheets",
        ".zip",
        "application/zip",
        "Partners and partnerships of one wave as nodes.csv and edges.csv",
        _later("graph.gephi"),
    ),
    Writer(
        "gexf",
        "GEXF 1.3",
        ".gexf",
        "application/gexf+xml",
        "All waves with timeline, positions, colours, findings and activities, for Gephi and Gephi Lite",
        _later("graph.gexf"),
    ),
    Writer(
        "graphml",
        "GraphML",
        ".graphml",
        "application/graphml+xml",
        "Partners and partnerships of one wave for igraph, NetworkX, yEd and others",
        _later("graph.graphml"),
    ),
    Writer("pajek", "Pajek", ".net", "text/plain", "Partners and partnerships of one wave for Pajek", _later("graph.pajek")),
    Writer(
        "html",
        "Offline map",
        ".html",
        "text/html",
        "The live map with search, waves, cards and tables in one file that opens anywhere without the internet",
        _later("html_map.page"),
        group="read",
    ),
    Writer(
        "report",
        "Report, PDF",
        ".pdf",
        "application/pdf",
        "The programme, a pilot or a partner: sentences, map, figures and where they come from; made to be read aloud too",
        _later("report.pdf"),
        group="read",
    ),
    Writer(
        "give-back",
        "Give back",
        ".zip",
        "application/zip",
        "What is stored of a partner, for that partner: its answers and what others share with it; or of everyone, a file each",
        _later("tables.give_back"),
        group="read",
    ),
    Writer(
        "pptx",
        "PowerPoint",
        ".pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "The story of a partner, a pilot or the programme as slides: maps of shapes and charts that can be edited, with notes",
        _later("pptx.deck"),
        group="read",
    ),
    Writer(
        "svg",
        "Picture, SVG",
        ".svg",
        "image/svg+xml",
        "The map or a chart, sharp at any size",
        _later("report.picture", "write_svg"),
        group="picture",
    ),
    Writer(
        "png",
        "Picture, PNG",
        ".png",
        "image/png",
        "The map or a chart for slides and web pages",
        _later("report.picture", "write_png"),
        group="picture",
    ),
    Writer(
        "pdf",
        "Picture, PDF",
        ".pdf",
        "application/pdf",
        "The map or a chart to print",
        _later("report.picture", "write_pdf"),
        group="picture",
    ),
)
"""Every format in which data leaves, in the order a person meets them."""

BY_ID: dict[str, Writer] = {writer.id: writer for writer in FORMATS}


def write(id: str, export: Export) -> bytes:
    """The export in one format. An unknown format is an InvalidRequest that names the choices."""
    if id not in BY_ID:
        raise InvalidRequest(f'There is no format "{id}"; choose one of {", ".join(BY_ID)}.')
    return BY_ID[id].write(export)


def __getattr__(name: str) -> Any:
    if name != "prepare":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return import_module(f"{__name__}.export").prepare
