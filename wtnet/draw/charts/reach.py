"""Pictures of reach as HTML tables: who works with whom, who lacks whom, reach by place, and ties as squares.

Real tables, so that they are read out and copied as such. Fills are one translucent hue, which leaves the page's own text
colour readable on light and on dark. Every word from the data is escaped. The style is `wtnet/ui/parts/report_lines.css`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from wtnet.draw.safe import in_svg
from wtnet.palette import LOOKS
from wtnet.tables import coverage as coverage_of
from wtnet.tables.coverage import Unknown
from wtnet.tables.rounding import fixed
from wtnet.tables.schema import CORE_KINDS, KINDS

NOT_RECORDED = coverage_of.WORDS["partial"]
SHOWN = {"ties": "Partnerships", "mean_strength": "Mean strength", "share_of_possible": "Share of possible"}
"""What the mixing matrix can show."""
SHORT = {
    "museum": "Museum",
    "freelancer": "Freelancer",
    "community_group": "Community",
    "health_provider": "Health",
    "funder": "Funder",
    "programme_body": "Programme",
    "local_authority": "Council",
    "commissioner": "Commissioner",
    "education": "Education",
    "arts_organisation": "Arts",
    "supplier": "Supplier",
    "other": "Other",
}
"""The kinds in one word."""
_SIGNS = {
    "square": "■",
    "triangle": "▲",
    "circle": "●",
    "plus": "✚",
    "star": "★",
    "diamond": "◆",
    "inverted triangle": "▼",
    "pentagon": "⬟",
    "hexagon": "⬢",
    "cross": "✖",
    "bar": "▬",
    "hourglass": "⧗",
}
_FILL = 0.5
_QUIET = ' class="quiet"'


def sign(kind: str) -> str:
    """The shape of a kind in its colour, as text; nothing for a group that is no kind."""
    if kind not in LOOKS:
        return ""
    look = LOOKS[kind]
    return f'<span class="sign" style="color:{look.colour}" aria-hidden="true">{_SIGNS[look.shape]}</span>'


def _table(name: str, caption: str, head: str, body: list[str]) -> str:
    top = f"<caption>{in_svg(caption)}</caption><thead><tr><td></td>{head}</tr></thead>"
    table = f'<table class="{name}">{top}<tbody>{"".join(body)}</tbody></table>'
    return f'<div class="wide" tabindex="0" role="region" aria-label="{in_svg(caption)}">{table}</div>'


def one_way(frame: pl.DataFrame, kind: str) -> str:
    """Draw from which kind of partner to which partnerships of a `kind` go. `frame`: rows of
    `multiplexity.by_kinds_of_partner`."""
    number: dict[tuple[str, str], int] = {}
    for a, b, ahead, back, both in frame.select("kind_a", "kind_b", "from_a_to_b", "from_b_to_a", "both_ways").iter_rows():
        number[a, b] = number.get((a, b), 0) + ahead + both
        number[b, a] = number.get((b, a), 0) + back + both
    kinds = [each for each in KINDS if any(each in pair for pair in number)]
    top = max(number.values(), default=1) or 1
    head = "".join(f'<th scope="col">{sign(each)}<span>to {SHORT[each]}</span></th>' for each in kinds)
    body = []
    for start in kinds:
        cells = (number.get((start, end), 0) for end in kinds)
        line = "".join(f'<td style="--fill:{_FILL * value / top:.3f}"{"" if value else _QUIET}>{value}</td>' for value in cells)
        body.append(f'<tr><th scope="row">{sign(start)} From {KINDS[start]}</th>{line}</tr>')
    return _table("mix", f"{kind}: partnerships from each kind of partner to each", head, body)


def mixing(frame: pl.DataFrame, what: str = "ties", title: str = "") -> str:
    """The mixing matrix, each pair of kinds in both places. `frame` as `reach.mixing` gives it, `what` one of `SHOWN`, or another
    column of it called `title`.

    The fuller a square, the higher its value beside the others; "–" where no pair is possible or no strength is known.
    """
    cells = {}
    for row in frame.iter_rows(named=True):
        cells[row["kind_a"], row["kind_b"]] = cells[row["kind_b"], row["kind_a"]] = row
    kinds = list(dict.fromkeys(frame["kind_a"]))
    known = [row[what] for row in frame.iter_rows(named=True) if row[what]]
    top = max(known, default=1)
    head = "".join(f'<th scope="col">{sign(kind)}<span>{SHORT.get(kind) or in_svg(kind, 24)}</span></th>' for kind in kinds)
    body = []
    for kind in kinds:
        line = "".join(_cell(cells[kind, other], what, top) for other in kinds)
        body.append(f'<tr><th scope="row">{sign(kind)} {in_svg(KINDS.get(kind, kind), 60)}</th>{line}</tr>')
    return _table("mix", f"{title or SHOWN[what]} between each two kinds of partner", head, body)


def _cell(row: dict[str, Any], what: str, top: float) -> str:
    value = row[what]
    pair = " and ".join(KINDS.get(row[kind], row[kind]) for kind in ("kind_a", "kind_b"))
    untold = row["ties"] is None or (row["possible"] and row["share_of_possible"] is None)
    if untold and what != "mean_strength" and value is None:
        return f'<td class="untold" title="{in_svg(pair)}: not recorded">{NOT_RECORDED}</td>'
    of = "" if untold else f" of {row['possible']:,} possible"
    hint = f"{pair}: {'not recorded' if row['ties'] is None else in_words(row['ties'], 'ties')}{of}"
    hidden = row.get("withheld")
    if hidden:
        hint += f". {hidden}"
    elif row["mean_strength"] is not None:
        hint += f", mean strength {in_words(row['mean_strength'], 'mean_strength')}"
    fill = _FILL * max(0.0, value) / top if value else 0
    quiet = ' class="quiet"' if not value else ""
    words = "withheld" if hidden and what == "mean_strength" else in_words(value, what)
    return f'<td{quiet} style="--fill:{fill:.3f}" title="{in_svg(hint)}">{words}</td>'


def in_words(value: float | None, what: str) -> str:
    """A value of the matrix in words."""
    if value is None:
        return "–"
    if what == "share_of_possible":
        return f"{fixed(100 * value)}%"
    if what in SHOWN:
        return fixed(value, 2) if what == "mean_strength" else f"{value:,}"
    return fixed(value, 0 if float(value).is_integer() or abs(value) >= 100 else 2)


def coverage(frame: pl.DataFrame, gaps: Mapping[str, Unknown] | None = None, nothing: str = "none yet") -> str:
    """Which of the four core kinds each museum works with: how many ties, or `nothing` (`absence.none_words`).
    `frame` as `reach.coverage` gives it.

    A museum that is the only one in view has no other to work with, and of one that did not answer it is not known: "–". Where
    the record does not tell, the words of its gap (`gaps`, by kind) stand in place of `nothing`, with its note.
    """
    head = "".join(
        f'<th scope="col">{sign(kind)}<span>{"Other museum" if kind == "museum" else label}</span></th>'
        for kind, label in CORE_KINDS.items()
    )
    body = []
    for row in frame.iter_rows(named=True):
        untold = row["unknown"].split(", ") if row["unknown"] else []
        line = "".join(
            _untold((gaps or {}).get(kind) or Unknown(kind, "partial")) if kind in untold else _covered(kind, row[kind], nothing)
            for kind in CORE_KINDS
        )
        body.append(f'<tr><th scope="row">{in_svg(row["name"], 70)}</th>{line}</tr>')
    return _table("cover", "Partnerships of each museum with each of the four core kinds", head, body)


def _untold(gap: Unknown) -> str:
    return f'<td class="untold" title="{in_svg(gap.sentence)}">{gap.words_of_one}</td>'


def _covered(kind: str, ties: int | None, nothing: str) -> str:
    if ties:
        return f'<td style="--fill:0.14">{sign(kind)} <b>{ties}</b></td>'
    return (
        '<td title="not known: the only museum in view, or it did not answer">–</td>'
        if ties is None
        else f'<td class="none">{nothing}</td>'
    )


def groups(now: pl.DataFrame, before: pl.DataFrame | None, title: str, withheld: Collection[str] = ()) -> str:
    """Reach in each place, target group or pilot, with how it stood at first. Frames as `by_group.by_group` gives them;
    `withheld`: the groups whose mean strength is."""
    then = {} if before is None else {row["group"]: row for row in before.iter_rows(named=True)}
    columns = {
        "partners": "Partners",
        "core_kinds": "Core kinds there",
        "ties": "Partnerships",
        "mean_strength": "Mean strength",
        "cross_sector_share": "Partnerships between kinds",
        "museum_health": "Museum–health partnerships",
    }
    head = "".join(f'<th scope="col">{words}</th>' for words in columns.values())
    body = []
    for row in now.iter_rows(named=True):
        if row.get("withheld"):
            line = f'<td class="none" colspan="{len(columns)}">withheld</td>'
            body.append(f'<tr><th scope="row">{in_svg(row["group"], 70)}</th>{line}</tr>')
            continue
        first = then.get(row["group"], {})
        first = {} if first.get("withheld") else first
        shown = row | ({"mean_strength": "withheld"} if row["group"] in withheld else {})
        line = "".join(_group_cell(shown, first, name) for name in columns)
        body.append(f'<tr><th scope="row">{in_svg(row["group"], 70)}</th>{line}</tr>')
    return _table("groups", f"Reach by {title}", head, body)


def _group_cell(row: dict[str, Any], first: dict[str, Any], name: str) -> str:
    value, was = row[name], first.get(name)
    if value == "withheld":
        return '<td class="quiet">withheld</td>'
    if name == "partners":
        return f"<td>{value}</td>"
    if name == "core_kinds":
        if value is None:
            signs = "".join(sign(kind) for kind in CORE_KINDS if row[kind])
            return f'<td class="kinds"><span class="signs">{signs}</span><small>others: {NOT_RECORDED}</small></td>'
        signs = "".join(sign(kind) if row[kind] else '<span class="gap" aria-hidden="true">□</span>' for kind in CORE_KINDS)
        lacking = [label.lower() for kind, label in CORE_KINDS.items() if not row[kind]]
        note = f"<small>no {in_svg(' or '.join(lacking))} known</small>" if lacking else ""
        return f'<td class="kinds"><span class="signs">{signs}</span> {value} of 4{note}</td>'
    if name == "museum_health" and value is None:
        return f'<td class="untold">{NOT_RECORDED}</td>'
    how = {"mean_strength": "mean_strength", "cross_sector_share": "share_of_possible"}.get(name, "ties")
    from_ = f"<small>from {in_words(was, how)}</small>" if was is not None and in_words(was, how) != in_words(value, how) else ""
    share = value if how != "ties" and value is not None else None
    bar = f' class="bar" style="--share:{100 * share:.0f}%"' if share is not None else ""
    return f"<td{bar}>{in_words(value, how)}{from_}</td>"


def squares(rows: Sequence[tuple[str, Iterable[tuple[str, int, str]]]]) -> str:
    """Ties as squares, one each: rows of a heading and its parts (words, how many, "full", "pale" or "hollow")."""
    lines = []
    for heading, parts in rows:
        counted = [(words, number, look) for words, number, look in parts if number]
        drawn = "".join(f'<i class="{look}"></i>' * min(number, 200) for _, number, look in counted)
        words = " · ".join(
            f'<span><i class="{look}" aria-hidden="true"></i> <b>{number}</b> {in_svg(words)}</span>'
            for words, number, look in counted
        )
        lines.append(f'<div class="squares"><b>{in_svg(heading)}</b><div aria-hidden="true">{drawn}</div><p>{words}</p></div>')
    return "".join(lines)
