"""Quotes as many collect them: a row a quote, with whose words they are and the project they are about."""

from __future__ import annotations

from collections.abc import Collection

from wtnet.readers.core.elements import Row
from wtnet.readers.core.format import Format, ShapeReader
from wtnet.readers.core.grid import Grid
from wtnet.readers.core.shapes import cells, is_heading_of, small, unfolded
from wtnet.tables.model import ROW, Problem, Raw, place
from wtnet.tables.text import count, free_id, seen_name

_QUOTE = {
    "quote", "quotes", "quotation", "what_they_said", "what_was_said", "in_their_words", "verbatim", "their_words", "testimonial",
    "citation", "zitat",
}  # fmt: skip
_WHO = {
    "who_said_it", "who", "said_by", "attribution", "speaker", "by", "role", "from", "source", "who_said_this", "whose_words",
}  # fmt: skip
_PILOT = {"pilot", "project", "strand", "activity", "workshop", "projekt", "projet"}
_WORDS = 2
"""Words of a quote, in the mean at least."""


def is_quotes(grid: Grid) -> bool:
    """True for a column of quotes, most of which are more than a word."""
    heading = is_heading_of(grid, _QUOTE)
    if not small(grid) or heading is None:
        return False
    texts = [cell for cell in cells(grid, heading) if cell]
    return bool(texts) and sum(len(text.split()) for text in texts) >= _WORDS * len(texts)


def read(grid: Grid) -> Raw:
    """Quotes with whose words they are and their pilot; other columns are left out, and named."""
    headings = [is_heading_of(grid, words) for words in (_QUOTE, _WHO, _PILOT)]
    texts, speakers, projects = (cells(grid, heading) if heading else [""] * grid.frame.height for heading in headings)
    pilots: dict[str, Row] = {}
    rows: list[Row] = []
    for text, speaker, project, line in zip(texts, speakers, projects, grid.frame[ROW].to_list(), strict=True):
        name = seen_name(project)
        if name and name.casefold() not in pilots:
            id = free_id(name, {str(row["id"]) for row in pilots.values()}, "pilot")
            pilots[name.casefold()] = {"id": id, "name": name, ROW: line}
        pilot = pilots[name.casefold()]["id"] if name else None
        rows += [{"text": text, "attribution": speaker or None, "pilot": pilot, ROW: line}] if text else []
    left = [heading for heading in grid.headers if heading not in headings]
    rest = f" Left out: {', '.join(left)[:300]}." if left else ""
    words = f"{place(grid.file, grid.sheet)}: read as {count(len(rows), 'quote')}, which partners may see.{rest}"
    tables: dict[str, tuple[list[str], Collection[Row]]] = {"quotes": (["text", "attribution", "pilot"], rows)}
    if pilots:
        tables["pilots"] = (["id", "name"], pilots.values())
    return unfolded(FORMAT.id, grid, tables, [Problem("quotes", words, grid.file, grid.sheet)])


FORMAT = Format(
    "quotes",
    "List of quotes",
    (".csv", ".xlsx"),
    "A row a quote, with whose words they are and the project they are about",
    shape=ShapeReader(is_quotes, read),
)
