"""Programmes or pilots beside one another, as HTML: a row of dots per side for what may be compared, and the whole table.

Every word from the data is escaped. The style is `wtnet/ui/parts/report_lines.css`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import polars as pl

from wtnet.draw.charts.dots import Dot, dots
from wtnet.draw.safe import in_svg, printable
from wtnet.sentences.format import WITHHELD, of_kind
from wtnet.sentences.programmes import Span

_FIXED = 6
_HEADS = {
    "may be compared": "May be compared",
    "with care": "With care: these depend on who takes part",
    "not between sizes": "Not between sizes: read, do not compare",
}
_SCALE = [(0.0, "0%"), (0.5, "50%"), (1.0, "100%")]
_STRENGTH = [(0.0, "0 none"), (0.5, "0.5"), (1.0, "1 strongest")]


def strip(
    frame: pl.DataFrame,
    measure: str,
    spans: Sequence[Mapping[str, Span]],
    chance: Sequence[Span | None] = (),
    withheld: Collection[str] = (),
) -> str:
    """One measure of `comparable.table` as HTML: its `side_dots` on their scale."""
    row = frame.row(by_predicate=pl.col("id") == measure, named=True)
    rows = [replace(dot, label=printable(dot.label, 40)) for dot in side_dots(frame, measure, spans, chance, withheld)]
    return dots(rows, 0, 1, scale(row["kind"]), title=row["measure"])


def side_dots(
    frame: pl.DataFrame,
    measure: str,
    spans: Sequence[Mapping[str, Span]],
    chance: Sequence[Span | None] = (),
    withheld: Collection[str] = (),
) -> list[Dot]:
    """One measure of `comparable.table`, a dot per side with its interval (`spans`, by measure); `chance`: the range chance would
    give each side; `withheld`: the sides for which it is."""
    row = frame.row(by_predicate=pl.col("id") == measure, named=True)
    rows = []
    for at, name in enumerate(frame.columns[_FIXED:]):
        value = None if name in withheld else row[name]
        span = spans[at].get(measure) if value is not None else None
        low, high = span or (None, None)
        between = f" ({of_kind(low, row['kind'])} to {of_kind(high, row['kind'])})" if span else ""
        words = WITHHELD if name in withheld else of_kind(value, row["kind"])
        rows.append(Dot(name, value, f"{words}{between}", low, high, chance[at] if chance else None))
    return rows


def scale(kind: str) -> list[tuple[float, str]]:
    """The places named below such dots: of a score, or of a share."""
    return _STRENGTH if kind == "score" else _SCALE


def varies(frame: pl.DataFrame, measure: str) -> bool:
    """Whether a measure is worth a picture: known on two sides, and more than a yes or no on each."""
    known = [value for value in frame.row(by_predicate=pl.col("id") == measure)[_FIXED:] if value is not None]
    return len(known) > 1 and any(value not in (0.0, 1.0) for value in known)


def table(frame: pl.DataFrame, most: int = 12, withheld: Mapping[str, Collection[str]] | None = None) -> str:
    """`comparable.table` as a table to read: what may be compared first, each measure with why, at most so many sides;
    `withheld`: the sides for which a measure is."""
    names = frame.columns[_FIXED : _FIXED + most]
    head = "".join(f'<th scope="col">{in_svg(name, 60)}</th>' for name in names)
    body = []
    for how, words in _HEADS.items():
        body.append(f'<tr class="part"><th scope="rowgroup" colspan="{len(names) + 1}">{words}</th></tr>')
        for row in frame.filter(pl.col("compared") == how).iter_rows(named=True):
            hidden = (withheld or {}).get(row["id"], ())
            cells = "".join(f"<td>{WITHHELD if name in hidden else of_kind(row[name], row['kind'])}</td>" for name in names)
            label = f"{in_svg(row['measure'])}<small>{in_svg(row['why'])}</small>"
            body.append(f'<tr><th scope="row">{label}</th>{cells}</tr>')
    top = f"<caption>Measures of each side</caption><thead><tr><td></td>{head}</tr></thead>"
    shown = f'<table class="beside">{top}<tbody>{"".join(body)}</tbody></table>'
    return f'<div class="wide" tabindex="0" role="region" aria-label="Measures of each side">{shown}</div>'
