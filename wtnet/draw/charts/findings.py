"""Findings as HTML: sentences with whose view they are and how they stand, and which voice is heard under which theme.

Words first: a standing is a word and a mark, and a voice that is not heard is a row that says so. Every word from the data is
escaped here. The style is `wtnet/ui/pages/impact/sheet.css`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wtnet.draw.safe import in_svg


@dataclass(frozen=True)
class FindingLine:
    """One finding: its statement, the line below it, what else is known (what, words), a web address or "", and whether it
    is something to improve."""

    statement: str
    by: str
    details: Sequence[tuple[str, str]] = ()
    source: str = ""
    improve: bool = False


def findings(title: str, lines: Sequence[FindingLine]) -> str:
    """Findings below one another, with a line above; each opens to what shows it."""
    head = f'<p class="key">{in_svg(title)}</p>' if title else ""
    return f'<div class="told">{head}<ul>{"".join(map(_line, lines))}</ul></div>' if lines else ""


def _line(line: FindingLine) -> str:
    parts = [f"<dt>{in_svg(what)}</dt><dd>{in_svg(words)}</dd>" for what, words in line.details]
    if line.source:
        link = f'<a href="{in_svg(line.source)}" target="_blank" rel="noopener noreferrer">{in_svg(line.source, 80)}</a>'
        parts.append(f"<dt>Source</dt><dd>{link}</dd>")
    more = f"<details><summary>What shows it</summary><dl>{''.join(parts)}</dl></details>" if parts else ""
    kind = ' class="improve"' if line.improve else ""
    return f"<li{kind}><p>{in_svg(line.statement)}</p><small>{in_svg(line.by)}</small>{more}</li>"


@dataclass(frozen=True)
class VoiceCount:
    """How many findings a voice has under a theme, and how many of them are to improve."""

    findings: int = 0
    to_improve: int = 0


def voices(caption: str, themes: Sequence[str], rows: Sequence[tuple[str, Sequence[VoiceCount]]], none: str = "none") -> str:
    """A table of voices by themes; in a cell the number of findings as a square of that depth, or `none`. A voice without any
    finding is a row of its own kind."""
    most = max((cell.findings for _, cells in rows for cell in cells), default=0)
    head = "".join(f'<th scope="col">{in_svg(theme)}</th>' for theme in (*themes, "All"))
    body = []
    for voice, cells in rows:
        total = sum(cell.findings for cell in cells)
        quiet = "" if total else ' class="silent"'
        drawn = "".join(_heard(cell, most, none) for cell in cells)
        body.append(f'<tr{quiet}><th scope="row">{in_svg(voice)}</th>{drawn}<td class="all">{total or in_svg(none)}</td></tr>')
    top = f"<caption>{in_svg(caption)}</caption><thead><tr><td></td>{head}</tr></thead>"
    table = f'<table class="grid voices">{top}<tbody>{"".join(body)}</tbody></table>'
    return f'<div class="wide" tabindex="0" role="region" aria-label="{in_svg(caption)}">{table}</div>'


def _heard(cell: VoiceCount, most: int, none: str) -> str:
    if not cell.findings:
        return f'<td class="none">{in_svg(none)}</td>'
    depth = round(14 + 46 * cell.findings / most)
    small = f"<small>{cell.to_improve} to improve</small>" if cell.to_improve else ""
    return f'<td style="--depth:{depth}%"><b>{cell.findings}</b>{small}</td>'
