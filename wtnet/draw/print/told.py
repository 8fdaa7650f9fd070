"""What was told in words, on paper: voices under themes, one finding in its voice, one quote."""

from __future__ import annotations

from functools import partial

import polars as pl

from wtnet.draw.print.drawing import INK, SOFT, Drawing, Shape, Size, begin, fitted, nothing, rectangle, wrapped
from wtnet.draw.print.matrix import HUE, matrix
from wtnet.draw.print.shown import Chart, Shown, wave_name
from wtnet.draw.safe import printable
from wtnet.measures.impact import findings as measures
from wtnet.measures.impact.suppression import consented
from wtnet.sentences import findings as sentences
from wtnet.sentences.format import ANYBODY
from wtnet.tables.columns import THEMES
from wtnet.tables.text import cut

_GONE = "What was said is not here any more, or may not be shown to this audience."


def voices(shown: Shown, size: Size, name: str, source: str) -> Drawing:
    """How many findings each voice has under each theme; a voice that is not heard is a row as well."""
    findings, tables = shown.findings, shown.tables
    sheet = begin(size, f"Whose view is told: {name}", f"{wave_name(shown.network)} · findings by voice and theme", source)
    if findings.is_empty():
        return nothing(sheet, sentences.none_about(findings, tables) or "No finding is in view.")
    counted = measures.by_theme_and_voice(findings)
    none = "–" if measures.silence(tables) else "none"
    cells = {(row["voice"], row["theme"]): row["findings"] for row in counted.iter_rows(named=True)}
    heads = [*((None, label) for label in THEMES.values()), (None, "All")]
    rows: list[tuple[str | None, str, list[int | str | None]]] = []
    for voice in counted["voice"].unique(maintain_order=True):
        own = [cells[voice, theme] for theme in THEMES]
        rows.append((None, sentences.voice(voice), [number or none for number in (*own, sum(own))]))
    note = matrix(sheet, heads, rows, lambda value: f"{value:,}")
    told = "; ".join(f"{label} {values[-1]}" for _, label, values in rows)
    return sheet.done(f"Findings by voice and theme. By voice: {told}.", note)


def voices_sentence(shown: Shown) -> str:
    """How many findings there are, in how many voices, and which voice is not heard."""
    findings, tables = shown.findings, shown.tables
    return " ".join(filter(None, [sentences.headline(findings, tables), sentences.silence(findings, tables)]))


def finding(id: str) -> Chart:
    """One finding as a picture: whose view, what was found, what it is about, and how well it stands."""
    return Chart("One finding", partial(_finding, id), lambda shown: "", whole=True)


def _finding(id: str, shown: Shown, size: Size, name: str, source: str) -> Drawing:
    row = next(shown.findings.filter(pl.col("id") == id).iter_rows(named=True), None)
    if row is None:
        return nothing(begin(size, f"A finding: {name}", wave_name(shown.network), source), _GONE)
    mark, word = sentences.standing(row["standing"])
    about = sentences.about_whom(row, shown.tables) or name
    kind = sentences.kind(row["kind"])
    theme = THEMES.get(row["theme"] or "", "")
    by = " · ".join(filter(None, (kind, f"{mark} {word}", about if about != name else "")))
    under = " · ".join(filter(None, (name, theme)))
    return _words(size, sentences.voice(row["voice"]), under, source, row["statement"], by, "")


def quote(id: str) -> Chart:
    """One quote as a picture, with whose words it is."""
    return Chart("One quote", partial(_quote, id), lambda shown: "", whole=True)


def _quote(id: str, shown: Shown, size: Size, name: str, source: str) -> Drawing:
    rows = consented(shown.tables.quotes, shown.audience).filter(pl.col("id") == id)
    row = next(rows.iter_rows(named=True), None)
    if row is None:
        return nothing(begin(size, f"In people's own words: {name}", wave_name(shown.network), source), _GONE)
    pilot = shown.tables.names("pilots").get(row["pilot"] or "", "")
    theme = THEMES.get(row["theme"] or "", "")
    by = ", ".join(filter(None, (row["attribution"] or ANYBODY, pilot)))
    under = " · ".join(filter(None, (name, theme)))
    return _words(size, "In people's own words", under, source, f"“{row['text']}”", by, "Quote: ")


def _words(size: Size, title: str, under: str, source: str, text: str, by: str, what: str) -> Drawing:
    """Words in the largest letters in which they have room, with a line beside them and whose they are below."""
    sheet = begin(size, title, under, source)
    em = sheet.size.text
    left, top, right, bottom = sheet.box
    room, high = right - left - 2.4 * em, bottom - top - 3.4 * em
    words = " ".join(printable(text, 2_000).split())
    letters, lines = 1.2, [words]
    for letters in (3.4, 3.0, 2.6, 2.3, 2.0, 1.75, 1.5, 1.3, 1.15, 1.0):
        lines = wrapped(words, room, letters * em, max(1, int(high / (1.35 * letters * em))), 600)
        if not lines[-1].endswith("…") or words.endswith("…"):
            break
    block = len(lines) * 1.35 * letters * em
    y = top + max(0.0, (high - block) / 2)
    sheet.shapes.append(Shape(rectangle(left, y, 0.5 * em, block), HUE))
    for at, each in enumerate(lines):
        sheet.say(left + 2 * em, y + (1.05 + 1.35 * at) * letters * em, each, letters, weight=600, colour=INK)
    sheet.say(left + 2 * em, y + block + 2.2 * em, fitted(printable(by), room, 1.35 * em), 1.35, colour=SOFT)
    note = "The words had no room in full; a larger size has them." if lines[-1].endswith("…") and not words.endswith("…") else ""
    return sheet.done(f"{what}{title}: {text} ({by}).", note)


def title(shown: Shown, picture: str) -> str:
    """What a picture of one finding or quote is called in a list; "" where it is not there."""
    kind, _, id = picture.partition(":")
    if kind == "finding":
        texts = shown.findings.filter(pl.col("id") == id)["statement"]
    else:
        texts = consented(shown.tables.quotes, shown.audience).filter(pl.col("id") == id)["text"]
    return f"{kind.capitalize()}: {cut(texts[0], 60)}" if len(texts) else ""
