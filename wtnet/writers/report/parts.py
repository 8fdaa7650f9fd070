"""The parts reports are made of: headings, sentences, tables and pictures as plain values, nothing of which is markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from wtnet.draw.print.drawing import INK, Drawing, Size
from wtnet.draw.print.map import picture as map_picture
from wtnet.draw.safe import printable
from wtnet.draw.style import tie_key
from wtnet.measures import catalogue
from wtnet.measures.impact import progress as impact
from wtnet.measures.impact import tallies
from wtnet.measures.impact.suppression import WITHHELD
from wtnet.measures.notices import notices
from wtnet.network import Network
from wtnet.palette import STATES
from wtnet.sentences import record
from wtnet.sentences.format import count, figure, measure_value, result_text
from wtnet.sentences.targets import met_text
from wtnet.tables.columns import THEMES
from wtnet.tables.model import State
from wtnet.writers.choices import LONGEST_FOREWORD
from wtnet.writers.export import Export
from wtnet.writers.provenance import provenance

LEAST = 8.0
"""The smallest letters of a report, in points."""
PAGE = Size("report", "A report's page", 481.9, 665.0, LEAST, 150, LEAST)
HALF = Size("half", "Half of a report's page", 481.9, 308.0, LEAST, 150, LEAST)
STRIP = Size("strip", "A part of a report's page", 481.9, 270.0, LEAST, 150, LEAST)
"""The room for a map, for one of fewer partners, and for a chart, on a page."""
_HALF = 20
"""A map of at most so many partners has half a page."""
ROWS = 400
"""A table has at most so many rows; it says how many more there are, and where."""


@dataclass
class Report:
    """A report in the making: its title, the line above it and the line below it, and its blocks."""

    title: str
    kicker: str
    under: str
    blocks: list[dict[str, Any]] = field(default_factory=list)

    def head(self, text: str, level: int = 1) -> None:
        """A heading, which is also a bookmark."""
        self.blocks.append({"kind": "heading", "level": level, "text": printable(text, 200)})

    def say(self, text: str, soft: bool = False) -> None:
        """A paragraph; nothing for no words."""
        if text:
            self.blocks.append({"kind": "words", "text": " ".join(text.split()), "soft": soft})

    def items(self, sentences: Iterable[str]) -> None:
        """A list of sentences; nothing where there are none."""
        items = list(sentences)
        if items:
            self.blocks.append({"kind": "list", "items": items})

    def answers(self, answers: Iterable[tuple[str, str]]) -> None:
        """Questions with their answers; nothing where there are none."""
        items = list(answers)
        if items:
            self.blocks.append({"kind": "answers", "items": items})

    def table(
        self, caption: str, head: Sequence[str], rows: Iterable[Sequence[Any]], align: str, widths: Sequence[float] = ()
    ) -> None:
        """A table with headers; `align` a letter (l, r, c) a column, `widths` shares of the line (0: as wide as needed).

        A cell is text, or a mapping of text, colour and weight. Without rows nothing is put.
        """
        cells = [list(row) for row in rows]
        if not cells:
            return
        more = len(cells) - ROWS
        title = f"{caption} {count(more, 'more row')} not shown here; the workbook has all." if more > 0 else caption
        shares = list(widths) or [1 if side == "l" else 0 for side in align]
        about = {"caption": title, "head": list(head), "align": list(align), "widths": shares}
        self.blocks.append({"kind": "table", **about, "rows": cells[:ROWS]})

    def picture(self, drawing: Drawing, caption: str) -> None:
        """A picture with its alternative text and a caption."""
        self.blocks.append({"kind": "picture", "drawing": drawing, "caption": caption})

    def quote(self, text: str, by: str) -> None:
        """Words somebody agreed to share."""
        self.blocks.append({"kind": "quote", "text": " ".join(text.split()), "by": by})

    def finding(self, text: str, by: str, details: str = "", improve: bool = False) -> None:
        """A finding, whose view it is and how it stands, and what else is known of it."""
        content = {"text": " ".join(text.split()), "by": by, "details": " ".join(details.split()), "improve": improve}
        self.blocks.append({"kind": "finding", **content})

    def put(self, kind: str) -> None:
        """A "contents" list."""
        self.blocks.append({"kind": kind})


def foreword(report: Report, text: str) -> None:
    """What the lead says before the figures: paragraphs apart by empty lines."""
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n", text) if part.strip()]
    if paragraphs:
        report.blocks.append({"kind": "foreword", "paragraphs": [printable(part, LONGEST_FOREWORD) for part in paragraphs]})


def the_map(report: Report, export: Export, network: Network, title: str) -> Drawing:
    """Put the map of a network as a picture, as large as its number of partners asks, and return it."""
    drawing, caption = _map(export, network, title)
    report.picture(drawing, caption)
    return drawing


def maps(report: Report, export: Export, networks: Sequence[tuple[Network, str]]) -> None:
    """Put the map of each network, with its title: two that have half a page each fill one together, so that no table goes on
    between them."""
    half: list[tuple[Drawing, str]] = []
    for network, title in networks:
        drawing, caption = _map(export, network, title)
        if drawing.high > HALF.high:
            report.picture(drawing, caption)
            continue
        half.append((drawing, caption))
        if len(half) == 2:
            report.blocks.append({"kind": "pair", "pictures": [{"drawing": each, "caption": words} for each, words in half]})
            half.clear()
    for drawing, caption in half:
        report.picture(drawing, caption)


def _map(export: Export, network: Network, title: str) -> tuple[Drawing, str]:
    size = HALF if len(network.graph) <= _HALF else PAGE
    drawing = map_picture(network, export.positions, size, title, "", "")
    numbers = f"{count(network.graph.number_of_nodes(), 'partner')} and {count(network.graph.number_of_edges(), 'partnership')}"
    return drawing, f"{numbers}. {tie_key(network)} {drawing.note}".strip()


def measures(
    report: Report,
    ids: Sequence[str],
    of: str,
    values: dict[str, Any],
    spans: dict[str, tuple[float, float]],
    network: Network,
    partner: str | None = None,
) -> None:
    """Measures with value, 95 % interval where there is one, and meaning; and how to read them in the method notes."""
    shown = [catalogue.find(name, of) for name in ids]
    rows = []
    for measure in shown:
        span = spans.get(measure.id)
        between = f"{measure_value(measure, span[0])} to {measure_value(measure, span[1])}" if span else "–"
        withheld = catalogue.withheld(measure, network, partner)
        value = measure_value(measure, values.get(measure.id), catalogue.base(measure, network), withheld)
        rows.append([measure.label, value, between, measure.meaning] if spans else [measure.label, value, measure.meaning])
    head = ["Measure", "Value", "95% interval", "What it says"] if spans else ["Measure", "Value", "What it says"]
    report.table("Measures. “–” is not known, or has no interval.", head, rows, "lrll" if spans else "lrl",
                 (1.3, 0, 0, 3) if spans else (1.3, 0, 3))  # fmt: skip


def indicators(report: Report, inside: pl.DataFrame, label: str, pilots: bool = True) -> None:
    """Every indicator of a theme with baseline, latest, target, n and state, as on the screen; nothing for none."""
    head = ["Indicator", *(["Pilot"] if pilots else []), "Baseline", "Latest", "Target", "n", "State"]
    rows: list[list[Any]] = []
    more, inside = inside.height - ROWS, inside.head(ROWS)
    number = dict(inside.group_by("indicator").len().iter_rows())
    seen: set[str] = set()
    for row in inside.iter_rows(named=True):
        name = {"text": _measured(row), "colour": INK, "weight": 400, "rows": number[row["indicator"]]}
        first = [] if row["indicator"] in seen else [name]
        seen.add(row["indicator"])
        numbers = [result_text(row, "baseline"), result_text(row, "latest"), figure(row["target"]), figure(row["n"])]
        rows.append([*first, *([row["pilot_name"]] if pilots else []), *numbers, state(row["state"])])
    if more > 0:
        report.say(f"{count(more, 'more row')} not shown here; the workbook has all.", soft=True)
    caption = f"{label}: from baseline to target. n is how many people or things the latest value rests on."
    widths = (2.6, 1.6, 0, 0, 0, 0, 1.1) if pilots else (3, 0, 0, 0, 0, 1.1)
    report.table(caption, head, rows, "llrrrrl" if pilots else "lrrrrl", widths)


def _measured(row: dict[str, Any]) -> str:
    """The name of an indicator and its unit."""
    return f"{row['name']} ({row['unit']})" if row["unit"] else str(row["name"])


def state(name: State) -> dict[str, Any]:
    """The state of an indicator as a cell: sign and words, then colour."""
    words, icon, colour, _ = STATES[name]
    return {"text": f"{icon} {words}", "colour": colour, "weight": 500}


def tally(report: Report, progress: pl.DataFrame, untold: str = "") -> None:
    """How many pilot targets are in which state, by theme; without any, `untold` where results are not all recorded."""
    shown = progress.filter(pl.col("pilot").is_not_null())
    if shown.is_empty():
        report.say(untold or "Nothing has been measured in a pilot yet.")
        return
    used = [name for name in impact.STATES if (shown["state"] == name).any()]
    rows = []
    for theme, label in THEMES.items():
        inside = shown.filter(pl.col("theme") == theme)
        if inside.height:
            rows.append([label, *_counts(inside, used)])
    rows.append(["All themes", *_counts(shown, used)])
    head = ["Theme", *(f"{STATES[name][1]} {STATES[name][0]}" for name in used)]
    report.table("Indicators of pilots by state.", head, rows, "l" + "r" * len(used), (1.4, *([1] * len(used))))


def _counts(progress: pl.DataFrame, states: Sequence[State]) -> list[str]:
    """How many are in each state; where one is withheld, no other count is that of all, so it is withheld too."""
    counts, secret = tallies.by_state(progress), tallies.withheld(progress)
    return [WITHHELD if secret and state not in ("withheld", "no_target") else f"{counts[state]:,}" for state in states]


def met(progress: pl.DataFrame) -> str:
    """How many targets were met, in a sentence."""
    shown = progress.filter(pl.col("pilot").is_not_null())
    text = met_text(tallies.tally(shown))
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def method(report: Report, export: Export, network: Network, ids: Sequence[tuple[str, str]]) -> None:
    """How the figures were made and how far they can be trusted, and where everything came from."""
    lines = dict(provenance(export))
    if not ids:
        _source(report, export)
        return
    report.head("How the figures were made")
    report.say(f"Strength. {lines['Strength']}")
    report.items(notices(network))
    if "Audience" in lines:
        report.say(f"Made for: {lines['Audience']}")
    rows = []
    for name, of in ids:
        measure = catalogue.find(name, of)
        rows.append([measure.label, measure.reading, measure.caution, measure.source])
    head = ["Measure", "How to read it", "What it does not say", "Source"]
    report.table("The measures of this report.", head, rows, "llll", (1, 1.8, 1.8, 1.75))
    _source(report, export)


def _source(report: Report, export: Export) -> None:
    """What the record does not hold, and where everything came from."""
    gaps = record.not_recorded(export.tables)
    if gaps.height:
        report.head("What is not recorded")
        report.say("Where something is not in this record, that does not say that it is not there.")
        report.table("What the record does not hold, and where that can be read.", ["About", "State", "Note", "Source"],
                     gaps.rows(), "llll", (1, 1.1, 2.6, 2.2))  # fmt: skip
    report.head("Where this comes from")
    rows = [(what, words) for what, words in provenance(export) if not (gaps.height and what == "Not recorded")]
    report.table("Where the data came from and what may be done with it.", ["What", "Words"], rows, "ll", (0, 1))


def quotes(report: Report, chosen: Sequence[tuple[str, str, str]], level: int = 1) -> None:
    """Words people agreed to share: (text, by whom, pilot)."""
    if chosen:
        report.head("In people’s own words", level)
    for text, by, pilot in chosen:
        report.quote(text, f"{by}, {pilot}" if pilot else by)
