"""Parts of a profile as HTML: tables and pictures that print as they stand, in which a partner can be selected.

Every word from the data goes through `text`.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from wtnet.draw.charts.partner import MOST, around, both_sides, ego, mark
from wtnet.draw.style import tie_key
from wtnet.measures.impact.tallies import tally
from wtnet.network import Network
from wtnet.palette import LOOKS, STATES
from wtnet.sentences import strength
from wtnet.sentences.format import result_text
from wtnet.sentences.partners import BASIS
from wtnet.sentences.targets import met_text
from wtnet.tables import relationships
from wtnet.tables.columns import THEMES
from wtnet.ui.frame.markdown import count, figure, verb
from wtnet.ui.parts.sheet import Sheet

_SHEET = Sheet("profile", (Path(__file__).parent / "sheet.css").read_text(encoding="utf-8"))
ROWS = 40
"""A table on a profile has at most so many rows; the others are in the rows below."""


def sheet(markup: str, key: str, on_pick: Callable[[str], None] | None = None) -> None:
    """Show markup made here; selecting a partner calls `on_pick` with its id."""
    _SHEET.show(markup, key, on_pick)


def text(value: object) -> str:
    """Text from the data as it may stand in HTML, inside an element or an attribute."""
    return html.escape(" ".join(str(value).split()), quote=True)


def around_it(network: Network, partner: str) -> str:
    """The partner among those it works with, its legend, and whom the picture leaves out."""
    shown, left = around(network, partner)
    kinds = {network.graph.nodes[other]["kind"] for other in [partner, *shown]}
    legend = "".join(f"<span>{mark(kind)}{text(LOOKS[kind].label)}</span>" for kind in LOOKS if kind in kinds)
    which = f"the {MOST} strongest" if network.exact is None else f"{MOST} of them"
    more = (
        f" The picture shows {which}; {count(left, 'more partner')} {verb(left, 'stands', 'stand')} in the table." if left else ""
    )
    how = f"{tie_key(network)} Thin lines: partnerships among the others.{more}"
    return f'{ego(network, partner)}<div class="legend">{legend}</div><p class="soft">{text(how)}</p>'


def kinds(frame: pl.DataFrame) -> str:
    """The kinds of a partner's partnerships by which way they go (`sentences.multiplexity.given_and_received`)."""
    first, *ways = frame.columns
    head = f'<tr><th scope="col">{text(first)}</th>' + "".join(f'<th scope="col" class="n">{text(way)}</th>' for way in ways)
    body = "".join(
        f'<tr><th scope="row">{text(kind)}</th>' + "".join(f'<td class="n">{number}</td>' for number in numbers) + "</tr>"
        for kind, *numbers in frame.iter_rows()
    )
    return f"<table><thead>{head}</tr></thead><tbody>{body}</tbody></table>"


def ties(own: pl.DataFrame, name: str) -> str:
    """Both sides of every tie, strongest first (`sentences.partners.own_ties`)."""
    head = (
        '<tr><th scope="col">Partner</th><th scope="col" class="n narrow">Strength</th><th scope="col">Both sides (0–1)</th>'
        '<th scope="col" class="n">It says</th><th scope="col" class="n">They say</th>'
        '<th scope="col" class="n wide">Agree&shy;ment</th><th scope="col" class="wide">Rests on</th></tr>'
    )
    body = "".join(_tie(row) for row in own.head(ROWS).iter_rows(named=True))
    more = f" {own.height - ROWS:,} more are in the rows below." if own.height > ROWS else ""
    key = f'<p class="soft key">{_dot("own")} {text(name)} says {_dot("other")} the other side says. “–”: not known.{more}</p>'
    return f'<table class="who-says"><thead>{head}</thead><tbody>{body}</tbody></table>{key}'


def _tie(row: dict[str, Any]) -> str:
    columns = ("says", "other_says", "strength", "agreement")
    own, theirs, strength, agreement = (figure(row[column], digits=2) for column in columns)
    return (
        f'<tr><th scope="row">{_who(row)}</th><td class="n narrow">{strength}</td>'
        f"<td>{both_sides(row['says'], row['other_says'], row['strength'])}</td>"
        f'<td class="n">{own}</td><td class="n">{theirs}</td><td class="n wide">{agreement}</td>'
        f'<td class="wide">{text(BASIS.get(row["basis"], row["basis"]))}</td></tr>'
    )


def words(network: Network, own: pl.DataFrame) -> str:
    """The ties of a partner (`sentences.partners.own_ties`) as others than the lead read them: each in a word."""
    body = "".join(
        f'<tr><th scope="row">{_who(row)}</th><td>{text(strength.pair_words(network, row["source"], row["target"]))}</td>'
        f"<td>{text(relationships.in_words(row['relationship']) or '–')}</td></tr>"
        for row in own.head(ROWS).iter_rows(named=True)
    )
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("Partner", "Strength", "What it is"))
    more = f'<p class="soft">{own.height - ROWS:,} more are in the rows below.</p>' if own.height > ROWS else ""
    return f'<table class="in-words"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>{more}'


def _who(row: dict[str, Any]) -> str:
    return f'<span class="named">{mark(row["kind"])}<button data-pick="{text(row["id"])}">{text(row["other"])}</button></span>'


def _dot(which: str) -> str:
    return f'<svg viewBox="0 0 18 18" aria-hidden="true"><circle class="{which}" cx="9" cy="9" r="5"/></svg>'


def answers(rows: Sequence[tuple[str, str, str, bool]], own: str, other: str) -> str:
    """The survey's questions with both sides' answers (`sentences.partners.answer_rows`); bold where they are far apart."""
    head = f'<tr><th scope="col">Question</th><th scope="col">{text(own)}</th><th scope="col">{text(other)}</th></tr>'
    body = "".join(
        f'<tr{" class=apart" if far else ""}><th scope="row">{text(label)}</th><td>{text(a)}</td><td>{text(b)}</td></tr>'
        for label, a, b, far in rows
    )
    bold = '<p class="soft">Bold: two steps apart or more.</p>' if any(row[3] for row in rows) else ""
    return f"<table><thead>{head}</thead><tbody>{body}</tbody></table>{bold}"


def pilots(parts: Sequence[dict[str, Any]], progress: pl.DataFrame, untold: str = "") -> str:
    """Each pilot with the partner's part in it, and its indicators from baseline to target; folded where there are many. Without
    any, `untold` where results are not all recorded (`record.results_untold`)."""
    bare = untold or "Nothing has been measured in this pilot yet."
    return "".join(_pilot(part, progress.filter(pl.col("pilot") == part["id"]), len(parts) <= 1, bare) for part in parts)


def _pilot(part: dict[str, Any], progress: pl.DataFrame, unfolded: bool, bare: str) -> str:
    about = f'<br><span class="soft">{text(part["about"])}</span>' if part["about"] else ""
    met = met_text(tally(progress))
    state = f' <span class="soft">· {met}</span>' if met else ""
    title = f"<b>{text(part['name'])}</b>: {text(part['part'])}{state}{about}"
    if not progress.height:
        return f'<div class="pilot">{title}<br><span class="soft">{text(bare)}</span></div>'
    head = (
        '<tr><th scope="col">Indicator</th><th scope="col" class="n">Baseline → latest</th><th scope="col" class="n">Target</th>'
        '<th scope="col" class="n wide">n</th><th scope="col">State</th></tr>'
    )
    body = "".join(_indicator(row) for row in progress.iter_rows(named=True))
    opened = " open" if unfolded else ""
    table = f"<table><thead>{head}</thead><tbody>{body}</tbody></table>"
    return f'<details class="pilot"{opened}><summary>{title}</summary>{table}</details>'


def _indicator(row: dict[str, Any]) -> str:
    words, icon, *_ = STATES[row["state"]]
    before, after, target = result_text(row, "baseline"), result_text(row, "latest"), figure(row["target"])
    unit = ", ".join(filter(None, (THEMES.get(row["theme"], row["theme"]), row["unit"])))
    return (
        f'<tr><th scope="row">{text(row["name"])}<br><span class="soft">{text(unit)}</span></th>'
        f'<td class="n way">{before} → {after}</td><td class="n aim">{target}</td><td class="n wide">{figure(row["n"])}</td>'
        f'<td><span class="state"><i aria-hidden="true">{icon}</i>{words}</span></td></tr>'
    )


def printing() -> str:
    """A button that prints the page."""
    icon = '<svg viewBox="0 0 20 20" aria-hidden="true"><path d="M5 8V3h10v5M5 15H3V8h14v7h-2M5 12h10v5H5z"/></svg>'
    return f'<button class="print" data-print>{icon}Print or save as PDF</button>'


def quotes(rows: Sequence[tuple[str, str, str]]) -> str:
    """Quotes as (text, by whom, pilot)."""
    return "".join(
        f"<blockquote>{text(words)}<footer>{text(by)}{f', {text(pilot)}' if pilot else ''}</footer></blockquote>"
        for words, by, pilot in rows
    )
