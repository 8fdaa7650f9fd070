"""A story as a PowerPoint deck: one message a slide in the template's own placeholders, native shapes and charts, notes."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime, time
from itertools import pairwise
from typing import Any

import polars as pl

from wtnet import stories
from wtnet.errors import InvalidRequest
from wtnet.stories import Story
from wtnet.stories.slides import RenderedSlide, Stage
from wtnet.tables.model import Audience
from wtnet.tables.text import clean
from wtnet.writers.archive import archive
from wtnet.writers.export import Export
from wtnet.writers.pptx.slide import Deck
from wtnet.writers.pptx.template import opened
from wtnet.writers.provenance import provenance_lines

FOR: dict[Audience, str] = {"lead": "For the programme lead", "partners": "For partners", "public": "For everybody"}
"""For whom a deck is, as its cover says it."""


def write(export: Export) -> bytes:
    """The story of the export's partner or pilot, or else of the programme, drafted from its figures, as a deck."""
    about = export.programme
    story = stories.draft(
        export.tables,
        export.partner,
        export.pilot,
        export.audience,
        about.name,
        export.cells,
        export.network.scope,
        export.themes,
    )
    return deck(story, export)


def deck(story: Story, export: Export) -> bytes:
    """A story as a deck: a cover, its slides, a close; in the export's template (the .pptx of an organisation), else in ours. A
    story without slides is an InvalidRequest, a file that is no template an UnreadableFile.

    Nothing but sources is smaller than 20 points: what has no room goes on to a further slide. The start and now of a partner or
    pilot share a slide, side by side. Partners are shapes by kind and ties connectors glued to them (over 300 in view: a
    picture); charts hold their data; everything drawn has alternative text. Sources and methods are in the notes.
    """
    if not story.slides:
        raise InvalidRequest(f"“{story.title}” has no slides yet; add one first.")
    about = export.programme
    stage = Stage(story, export.tables, export.positions, about.name, about.illustrative, export.cells)
    pages = Deck(opened(export.template))
    pages.cover(story.title, _under(story, export), stage.slides[0].source)
    starts = {at for at, (start, now) in enumerate(pairwise(stage.slides)) if _share(start, now)}
    alone = [shown for at, shown in enumerate(stage.slides) if not {at, at - 1} & starts]
    untold = [shown for shown in alone if _tells_nothing(shown)] if len(stage.slides) > 1 else []
    for at, shown in enumerate(stage.slides):
        if at - 1 in starts and shown.slide.view.focus:
            pages.two_circles(stage.slides[at - 1], shown)
        elif shown in untold:
            pages.quote(shown)
        elif at not in starts:
            pages.slide(shown)
    pages.untold(untold)
    lines = provenance_lines(export, network=False)
    pages.close(_closing(export), lines, stage.slides[-1].source, export.link)
    _properties(pages.presentation, story, export, lines)
    buffer = io.BytesIO()
    pages.presentation.save(buffer)
    return _dated(buffer.getvalue(), export.made)


def _tells_nothing(shown: RenderedSlide) -> bool:
    """Whether a drafted slide has no picture and says that something is not known, or not told: such slides share one."""
    slide, chart = shown.slide, shown.chart
    drawn = slide.part in ("", "who") or bool(chart and chart.categories)
    worded = slide.text and slide.part in ("start", "now", "trust", "found", "came", "done")
    return not drawn and not worded and not slide.edited and slide.heading == slide.drafted_heading


def _share(start: RenderedSlide, now: RenderedSlide) -> bool:
    """Whether two slides tell the start and now of somebody in words that were drafted, and there is somebody: then one tells
    both."""
    paired = (start.slide.part, now.slide.part) == ("start", "now") and not (start.map.kinds or now.map.kinds)
    there = any(tie.lit for shown in (start, now) for tie in shown.map.ties)
    return paired and there and not (start.slide.edited or now.slide.edited)


def _under(story: Story, export: Export) -> list[str]:
    """What stands under the title of the cover: the programme, for whom, and of when."""
    name = clean(export.programme.name)
    made = f"{export.made.day} {export.made:%B %Y}"
    for_whom = FOR[story.audience]
    return [*([name] if name != clean(story.title) else []), for_whom, f"{_when(export)}; made on {made}"]


def _when(export: Export) -> str:
    """The day of the figures; the name of a wave is said only where it has no date."""
    days = export.tables.waves.filter(pl.col("id") == (export.network.wave or ""))["date"].drop_nulls().to_list()
    return f"Figures of {days[0].day} {days[0]:%B %Y}" if days else export.when


def _closing(export: Export) -> list[str]:
    """Source and licence, as the last slide has them."""
    about = export.programme
    lines = ["All of it is invented, to show what can be done."] if about.illustrative else []
    lines += [f"Source: {clean(about.source)}"] if about.source else []
    return [*lines, f"Licence: {clean(about.licence) or 'not stated; ask before you pass it on.'}"]


_WHEN = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def _dated(data: bytes, made: date) -> bytes:
    """The same file, and the sheets within it, with one day in the place of the moment it was written."""
    files = {}
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        for name in packed.namelist():
            part = packed.read(name)
            if name.endswith(".xlsx"):
                part = _dated(part, made)
            elif name == "docProps/core.xml":
                part = _WHEN.sub(rb"\g<1>" + made.isoformat().encode() + b"T00:00:00Z", part)
            files[name] = part
    return archive(files, made)


def _properties(presentation: Any, story: Story, export: Export, lines: list[str]) -> None:
    core, when = presentation.core_properties, datetime.combine(export.made, time())
    core.title, core.author, core.subject = (
        clean(story.title)[:255],
        clean(export.programme.name)[:255],
        f"A story of partnerships. {FOR[story.audience]}",
    )
    core.comments, core.language, core.last_modified_by = " · ".join(lines)[:255], "en-GB", "wtnet"
    core.created = core.modified = when
    core.keywords, core.category, core.revision = "", "", 1
