"""What was done on paper: activities with the people they reached, who took part in what, and who met whom."""

from __future__ import annotations

from collections import Counter

import polars as pl

from wtnet.draw.charts.activities import ROLE_MARKS
from wtnet.draw.print.drawing import SOFT, Drawing, Shape, Size, begin, fitted, nothing, rectangle, text_width
from wtnet.draw.print.matrix import HUE, matrix, more
from wtnet.draw.print.shown import Shown, wave_name
from wtnet.draw.safe import printable
from wtnet.measures import activities as measures
from wtnet.network import at
from wtnet.sentences import activities as sentences
from wtnet.sentences.format import count, cut
from wtnet.tables.schema import KINDS

_NONE = "No activity is recorded up to this wave."


def sentence(shown: Shown) -> str:
    """How many activities of which kinds, whom they reached and how many partners took part."""
    return sentences.headline(shown.tables, shown.network.wave)


def outputs(shown: Shown, size: Size, name: str, source: str) -> Drawing:
    """A bar a kind of activity with the people reached in words."""
    by: measures.By = "kind"
    sheet = begin(size, f"What was done: {name}", f"Up to {wave_name(shown.network)} · activities, and people reached", source)
    rows = [
        (sentences.part(shown.tables, by, row["group"]), row["activities"], sentences.people_text(row))
        for row in measures.outputs(shown.tables, by, shown.network.wave).iter_rows(named=True)
    ]
    if not rows:
        return nothing(sheet, _NONE)
    em = sheet.size.text
    left, top, right, bottom = sheet.box
    names = min(max(text_width(label, 1.1 * em) for label, *_ in rows) + 2 * em, 0.36 * (right - left))
    people = max(text_width(words, em) for *_, words in rows) + 2 * em
    most = max(number for _, number, _ in rows)
    head = 1.8 * em
    room = max(1, int((bottom - top - head) / (1.9 * em)))
    step = min((bottom - top - head) / min(len(rows), room), 4.6 * em)
    wide = right - left - names - people - 3.4 * em
    sheet.say(right, top + 0.8 * em, "people reached", 0.95, anchor="end", colour=SOFT)
    sheet.say(left + names, top + 0.8 * em, "activities", 0.95, colour=SOFT)
    for row, (label, number, words) in enumerate(rows[:room]):
        y = top + head + (row + 0.5) * step
        sheet.say(left, y + 0.38 * em, fitted(printable(label), names - em, 1.1 * em), 1.1)
        bar = max(0.15 * em, wide * number / most)
        sheet.shapes.append(Shape(rectangle(left + names, y - 0.32 * step, bar, 0.64 * step), HUE, opacity=0.75))
        sheet.say(left + names + bar + 0.6 * em, y + 0.38 * em, f"{number:,}", 1.1, weight=600)
        sheet.say(right, y + 0.38 * em, words, 1.0, anchor="end")
    told = "; ".join(f"{label} {number:,}, people reached {words}" for label, number, words in rows)
    return sheet.done(f"Activities by {by}: {told}.", more(sheet, len(rows) - len(rows[:room]), "row"))


def took_part(shown: Shown, size: Size, name: str, source: str) -> Drawing:
    """Partners by activities: a mark for the part each had, the partners with most activities first."""
    tables, wave = shown.tables, shown.network.wave
    key = " · ".join(f"{sign} {sentences.role(role).lower()}" for role, sign in ROLE_MARKS.items())
    sheet = begin(size, f"Who took part in what: {name}", f"Up to {wave_name(shown.network)} · {key}", source)
    activities = measures.activities(tables, wave).filter(pl.col("partners") > 0)
    there = measures.attendance(tables, wave).partners.filter(pl.col("activities") > 0)
    if activities.is_empty() or there.is_empty():
        return nothing(sheet, "Who took part is not recorded up to this wave.")
    roles = measures.parts(tables)
    left, _, right, _ = sheet.box
    room = max(2, int((right - left) * 0.6 / (6.2 * sheet.size.text)))
    columns = activities.sort("partners", descending=True, maintain_order=True).head(room)
    ordered = there.sort("activities", descending=True, maintain_order=True)
    rows: list[tuple[str | None, str, list[int | str | None]]] = [
        (kind, title, [ROLE_MARKS[role] if (role := roles.get((partner, activity))) else " " for activity in columns["id"]])
        for partner, title, kind in ordered.select("organisation", "name", "kind").iter_rows()
    ]
    note = matrix(sheet, [(None, cut(title, 24)) for title in columns["name"]], rows, str, plain=True)
    left_out = f" The {len(columns)} with most partners are drawn." if activities.height > len(columns) else ""
    most = ", ".join(f"{title} in {number}" for title, number in ordered.head(3).select("name", "activities").iter_rows())
    words = f"{count(there.height, 'partner')} by {count(activities.height, 'activity', 'activities')} with their parts."
    return sheet.done(f"{words}{left_out} In most: {most}.", note)


def took_part_sentence(shown: Shown) -> str:
    """How many partners took part in anything, as far as the record tells."""
    taking = measures.attendance(shown.tables, shown.network.wave)
    return sentences.took_part(taking) if not shown.tables.attendances.is_empty() else ""


def met(shown: Shown, size: Size, name: str, source: str) -> Drawing:
    """Who met whom at how many activities, those who met most others first; a partnership in this wave is told by a ring."""
    whole = at(shown.network, shown.network.wave, focus=(), pilots=(), kinds=(), hidden=(), min_strength=0.0)
    pairs = measures.met_at(shown.tables, shown.network.wave)
    under = f"Up to {wave_name(shown.network)} · at how many activities two partners met · ringed: they have a partnership"
    sheet = begin(size, f"Who met whom: {name}", under, source)
    if pairs.is_empty():
        return nothing(sheet, "No two partners are known to have met at an activity up to this wave.")
    times = {(one, other): number for one, other, number in pairs.iter_rows()}
    number = Counter(partner for pair in times for partner in pair)
    names, kinds = shown.tables.names("organisations"), dict(shown.tables.organisations.select("id", "kind").iter_rows())
    em = sheet.size.text
    left, top, right, bottom = sheet.box
    room = max(2, min(int((right - left) * 0.62 / (3.2 * em)), int((bottom - top - 2.4 * em) / (1.9 * em))))
    first = sorted(number, key=lambda partner: (-number[partner], names[partner]))[:room]
    noted = 1.6 * em if len(number) > len(first) else 0.0
    side = min((right - left) * 0.66 / len(first), (bottom - noted - top - 2.2 * em) / len(first), 4.4 * em)
    most = max(times.values())
    start = right - side * len(first)
    for row, one in enumerate(first):
        y = top + 1.8 * em + row * side
        title = fitted(printable(f"{names[one]}  {row + 1}"), start - left - em, em)
        sheet.say(start - 0.8 * em, y + side / 2 + 0.35 * em, title, anchor="end")
        sheet.say(start + (row + 0.5) * side, top + 1.1 * em, f"{row + 1}", 0.95, anchor="middle", colour=SOFT)
        for column, other in enumerate(first):
            if one == other:
                continue
            value = times.get((min(one, other), max(one, other)), 0)
            x = start + column * side
            box = rectangle(x + 1, y + 1, side - 2, side - 2)
            sheet.shapes.append(Shape(box, HUE if value else "#F3F4F8", opacity=0.12 + 0.5 * value / most if value else 1.0))
            if whole.graph.has_edge(one, other):
                ring = rectangle(x + 1.6, y + 1.6, side - 3.2, side - 3.2)
                sheet.shapes.append(Shape(ring, None, "#14181F", 0.09 * em))
            if value:
                sheet.say(x + side / 2, y + side / 2 + 0.35 * em, f"{value}", anchor="middle")
    kinds_told = Counter(KINDS[kinds[partner]] for partner in first)
    left_out = len(number) - len(first)
    note = more(sheet, left_out, "partner")
    words = f"{sentences.met_words(pairs, whole)} Drawn: the {len(first)} who met most others ({', '.join(kinds_told)})."
    return sheet.done(words, note)


def met_sentence(shown: Shown) -> str:
    """How many pairs met, and how many of them have a partnership."""
    whole = at(shown.network, shown.network.wave, focus=(), pilots=(), kinds=(), hidden=(), min_strength=0.0)
    pairs = measures.met_at(shown.tables, shown.network.wave)
    return "" if pairs.is_empty() else sentences.met_words(pairs, whole)
