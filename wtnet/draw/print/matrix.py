"""A grid of squares on paper: the fuller, the higher its number; words where there is none."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from wtnet.draw.print.drawing import INK, SOFT, Shape, Sheet, fitted, mark, rectangle, text_width, wrapped
from wtnet.sentences.format import count

HUE = "#4049FF"


def matrix(
    sheet: Sheet,
    heads: Sequence[tuple[str | None, str]],
    rows: Sequence[tuple[str | None, str, Sequence[float | str | None]]],
    write: Callable[[float], str],
    plain: bool = False,
) -> str:
    """Squares in a grid, headed by kinds or words, "–" where nothing is possible, words as they are; `plain` fills
    none. Returns what had no room."""
    em = sheet.size.text
    left, top, right, bottom = sheet.box
    wide_names = min(max(text_width(label, 1.1 * em) for _, label, _ in rows) + 4.5 * em, (right - left) * 0.4)
    cell = min((right - left - wide_names) / len(heads), 15 * em)
    titles = [wrapped(label, cell - 0.5 * em, em, 2) for _, label in heads]
    if all(kind for kind, *_ in (*rows, *heads)) and any("…" in line for lines in titles for line in lines):
        titles = [[] for _ in heads]  # the rows say what each mark stands for
    head = (4.6 if any(titles) else 2.2) * em
    room = int((bottom - top - head) / (1.9 * em))
    if len(rows) > room:
        bottom -= 1.6 * em  # the line that says so
        room = int((bottom - top - head) / (1.9 * em))
    shown = rows[: max(1, room)]
    high = min((bottom - top - head) / len(shown), 5.6 * em)
    highest = max((value for _, _, values in shown for value in values if isinstance(value, int | float)), default=1) or 1
    for at_, ((kind, label), lines) in enumerate(zip(heads, titles, strict=True)):
        x = left + wide_names + (at_ + 0.5) * cell
        if kind:
            sheet.shapes.append(mark(kind, x, top + 0.8 * em, 0.6 * em, says=label))
        for row, words in enumerate(lines):
            sheet.say(x, top + (2.6 + 1.15 * row) * em, words, anchor="middle")
    for down, (row_kind, label, values) in enumerate(shown):
        y = top + head + down * high
        x = left
        if row_kind:
            sheet.shapes.append(mark(row_kind, x + 0.6 * em, y + high / 2, 0.55 * em))
            x += 1.8 * em
        sheet.say(x, y + high / 2 + 0.38 * em, fitted(label, wide_names - 2 * em - (x - left), 1.1 * em), 1.1)
        for at_, value in enumerate(values):
            box = rectangle(left + wide_names + at_ * cell + 1, y + 1, cell - 2, high - 2)
            sheet.shapes.append(Shape(box, "#F3F4F8"))
            number = value if isinstance(value, int | float) else 0
            if number > 0 and not plain:
                sheet.shapes.append(Shape(box, HUE, opacity=0.12 + 0.4 * number / highest))
            words = value if isinstance(value, str) else write(value) if value else "–" if value is None else "0"
            middle = left + wide_names + (at_ + 0.5) * cell
            size = 1.1 if number or plain else 0.9
            for row, part in enumerate(wrapped(words, cell - 0.5 * em, size * em, 2)):
                down_ = y + high / 2 + (0.38 + 1.1 * row) * em
                sheet.say(middle, down_, part, size, anchor="middle", colour=INK if number or plain else SOFT)
    return more(sheet, len(rows) - len(shown), "row")


def more(sheet: Sheet, number: int, what: str) -> str:
    """Say at the foot how many more of something had no room; what is said, "" for none."""
    if number <= 0:
        return ""
    return sheet.remark(f"{count(number, f'more {what}')} had no room here; a larger size and the tables have all.")
