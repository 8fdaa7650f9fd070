"""Pictures of impact as HTML and SVG: from baseline to target, states side by side, and the steps from wave to wave.

Words first: every picture stands beside its figures, a state is a word and a sign before it is a colour. Every word from the
data is escaped here. What can be opened carries `data-pick`. The style is `wtnet/ui/pages/impact/sheet.css`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from wtnet.draw.safe import in_svg
from wtnet.palette import STATES
from wtnet.sentences.impact import IndicatorLine
from wtnet.tables.model import State
from wtnet.tables.rounding import fixed


def state(name: State | None, more: str = "") -> str:
    """A state in words with its sign; nothing where there is none. `more` follows in smaller words."""
    if name is None:
        return f'<span class="state">{in_svg(more)}</span>' if more else ""
    words, icon, *_ = STATES[name]
    small = f"<small>{in_svg(more)}</small>" if more else ""
    return f'<span class="state {name}"><i aria-hidden="true">{icon}</i> {words}{small}</span>'


def way(line: IndicatorLine) -> str:
    """Baseline (hollow), latest (square) and target (bar) on the scale of the instrument."""
    low, high = line.ends

    def at(value: float) -> str:
        return f"{100 * (value - low) / (high - low):.2f}%"

    marks = []
    if line.baseline is not None and line.latest is not None:
        left, right = sorted((line.baseline, line.latest))
        marks.append(f'<i class="span" style="left:{at(left)};width:{100 * (right - left) / (high - low):.2f}%"></i>')
    if line.target is not None:
        marks.append(f'<i class="aim" style="left:{at(line.target)}"></i>')
    if line.baseline is not None:
        marks.append(f'<i class="base" style="left:{at(line.baseline)}"></i>')
    if line.latest is not None:
        marks.append(f'<i class="now" style="left:{at(line.latest)}"></i>')
    words = in_svg(f"{line.name}: {line.from_to}, {line.aim}; scale {_end(low)} to {_end(high)}")
    ends = f"<span>{_end(low)}</span><span>{_end(high)}</span>"
    return f'<div class="track {line.state or ""}" role="img" aria-label="{words}">{"".join(marks)}<b>{ends}</b></div>'


def _end(value: float) -> str:
    return fixed(value, 0 if float(value).is_integer() or abs(value) >= 100 else 1)


def lines(indicator_lines: Sequence[IndicatorLine]) -> str:
    """Indicators below one another, each with its picture, figures, state and notes."""
    return f'<div class="lines">{"".join(_line(line) for line in indicator_lines)}</div>'


def _line(line: IndicatorLine) -> str:
    notes = "".join(f"<li>{in_svg(note)}</li>" for note in line.notes)
    shown = ' data-on="1"' if line.open else ""
    what = f"{_opener(line.id, line.name, line.open)}<small>{in_svg(line.about, 160)}</small>"
    figures = f"<b>{in_svg(line.from_to)}</b><span>{in_svg(line.aim)}</span><small>{in_svg(line.n)}</small>"
    return (
        f'<div class="ind"{shown}><div class="what">{what}</div>{way(line)}<div class="figures">{figures}</div>'
        f"{state(line.state, line.way)}{f'<ul>{notes}</ul>' if notes else ''}</div>"
    )


def _opener(id_: str, name: str, opened: bool) -> str:
    expanded = "true" if opened else "false"
    return f'<button type="button" data-pick="{in_svg(id_)}" aria-expanded="{expanded}">{in_svg(name, 160)}</button>'


KEY = (
    '<p class="key" aria-hidden="true"><span><i class="base"></i> baseline</span><span><i class="now"></i> latest</span>'
    '<span><i class="aim"></i> target</span></p>'
)
"""What the marks mean."""


def section(title: str, tally: str, inside: str, beside: str = "", about: str = "", room: bool = False) -> str:
    """A group of indicators: its title and how many are in each state, what is inside, and words people said beside it.

    `inside`, `beside` and `about` are markup made here; `title` and `tally` are text. With `room` the place beside stays free
    where nobody said anything.
    """
    aside_words = f"In people's own words: {title}" if title else "In people's own words"
    aside = f'<aside aria-label="{in_svg(aside_words, 160)}">{beside}</aside>' if beside else ""
    small = f"<span>{in_svg(tally)}</span>" if tally else ""
    head = f"<h3>{in_svg(title, 120)}{small}</h3>" if title else ""
    return f'<section>{head}{about}<div class="{"two" if beside or room else "one"}">{inside}{aside}</div></section>'


def quotes(quoted: Sequence[tuple[str, str]]) -> str:
    """What people said, and who (a role)."""
    return "".join(f"<blockquote>“{in_svg(text)}”<footer>{in_svg(by)}</footer></blockquote>" for text, by in quoted)


def note(words: str) -> str:
    """A sentence in small letters."""
    return f'<p class="key">{in_svg(words)}</p>'


def link(address: str, words: str) -> str:
    """A way to a web page, opened beside; the caller has made sure that it is http or https."""
    return f'<a href="{in_svg(address)}" target="_blank" rel="noopener noreferrer">{in_svg(words)}</a>'


# -- side by side ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cell:
    """One indicator in one part: its state, `short` ("84 %") and everything in words."""

    state: State | None
    short: str
    in_words: str


class Row(NamedTuple):
    """One indicator of a grid: `open` if its rows are shown below, and a cell for each part."""

    id: str
    name: str
    open: bool
    cells: Sequence[Cell]


def grid(caption: str, columns: Sequence[str], groups: Sequence[tuple[str, Sequence[Row]]]) -> str:
    """A table of states: a row an indicator, in groups with a title; a real table, read out as such."""
    head = "".join(f'<th scope="col"><span>{in_svg(name, 34)}</span></th>' for name in columns)
    body = []
    for title, rows in groups:
        if not rows:
            continue
        body.append(f'<tr class="group"><th scope="rowgroup" colspan="{len(columns) + 1}">{in_svg(title, 120)}</th></tr>')
        for row in rows:
            shown = ' data-on="1"' if row.open else ""
            cells = "".join(_cell(cell) for cell in row.cells)
            body.append(f'<tr{shown}><th scope="row">{_opener(row.id, row.name, row.open)}</th>{cells}</tr>')
    top = f"<caption>{in_svg(caption)}</caption><thead><tr><td></td>{head}</tr></thead>"
    table = f'<table class="grid">{top}<tbody>{"".join(body)}</tbody></table>'
    return f'<div class="wide" tabindex="0" role="region" aria-label="{in_svg(caption)}">{table}</div>'


def _cell(cell: Cell) -> str:
    if cell.state is None:
        return f'<td class="none" title="{in_svg(cell.in_words)}">{in_svg(cell.short)}</td>'
    words, icon, *_ = STATES[cell.state]
    read = f'<span class="read">{words} </span>'
    shown = f'<i aria-hidden="true">{icon}</i> {read}{in_svg(cell.short)}'
    return f'<td class="{cell.state}" title="{in_svg(cell.in_words)}">{shown}</td>'


def legend(names: Sequence[State]) -> str:
    """What the signs mean, of the states that occur."""
    return f'<p class="key">{"".join(state(name) for name in names)}</p>'


# -- from wave to wave -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class WaveStep:
    """One wave: its value (None: unknown or withheld), said `in_words`."""

    wave: str
    value: float | None
    in_words: str


_WIDE, _TALL, _LEFT, _RIGHT, _HEAD, _FOOT = 230.0, 118.0, 8.0, 30.0, 22.0, 22.0


def steps(title: str, taken: Sequence[WaveStep], target: float | None, ends: tuple[float, float], mood: str, aim: str) -> str:
    """What was measured, wave by wave, as steps: a value holds until the next is known, and nothing is drawn beyond the last.

    `mood` is the markup of `state`, `aim` the target in words, drawn as a dashed line.
    """
    low, high = ends
    room = _WIDE - _LEFT - _RIGHT
    across = [_LEFT + room * (place + 0.0) / max(1, len(taken)) for place in range(len(taken) + 1)]

    def up(value: float) -> float:
        return _TALL - _FOOT - (value - low) / (high - low) * (_TALL - _FOOT - _HEAD)

    drawn = [f'<line class="base" x1="{_LEFT}" x2="{_WIDE - _RIGHT}" y1="{up(low):.1f}" y2="{up(low):.1f}"/>']
    if target is not None:
        y = up(min(max(target, low), high))
        drawn.append(f'<line class="aim" x1="{_LEFT}" x2="{_WIDE - _RIGHT + 4}" y1="{y:.1f}" y2="{y:.1f}"/>')
        drawn.append(f'<text class="wave" x="{_WIDE - _RIGHT + 6}" y="{y + 4:.1f}">{in_svg(aim, 8)}</text>')
    path, before = "", None
    for place, step in enumerate(taken):
        if step.value is not None:
            path += f"{'M' if before is None else 'H'}{across[place]:.1f}"
            path += f" {up(step.value):.1f}" if before is None else f"V{up(step.value):.1f}"
            before = step.value
    last = max((place for place, step in enumerate(taken) if step.value is not None), default=-1)
    if last >= 0:
        drawn.append(f'<path class="line" d="{path}H{across[last + 1]:.1f}"/>')
    for place, step in enumerate(taken):
        middle = (across[place] + across[place + 1]) / 2
        if len(taken) <= 5 or place in (0, last, len(taken) - 1):
            level = up(step.value) if step.value is not None else _TALL - _FOOT
            near = target is not None and step.value is not None and 0 <= level - up(min(max(target, low), high)) < 17
            y = level + 15 if near and level + 15 < _TALL - _FOOT else max(12.0, level - 6)
            drawn.append(
                f'<text class="value" text-anchor="middle" x="{middle:.1f}" y="{y:.1f}">{in_svg(step.in_words, 14)}</text>'
            )
            drawn.append(
                f'<text class="wave" text-anchor="middle" x="{middle:.1f}" y="{_TALL - 6}">{in_svg(step.wave, 11)}</text>'
            )
    step_words = "; ".join(f"{step.wave}: {step.in_words}" for step in taken)
    alt = in_svg(f"{title}. {step_words}{f'; target {aim}' if target is not None else ''}")
    return (
        f'<figure class="multiple"><figcaption>{in_svg(title, 60)}{mood}</figcaption>'
        f'<svg viewBox="0 0 {_WIDE:.0f} {_TALL:.0f}" role="img" aria-label="{alt}">{"".join(drawn)}</svg></figure>'
    )


def multiples(pictures: Sequence[str]) -> str:
    """Small pictures beside one another."""
    return f'<div class="pictures">{"".join(pictures)}</div>'
