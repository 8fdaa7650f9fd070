"""What was done as HTML: tables of outputs, of who took part, of partners by activities, and of who met whom.

Every word from the data is escaped here. The style is `wtnet/ui/pages/impact/sheet.css`.
"""

from __future__ import annotations

from collections.abc import Sequence

from wtnet.draw.charts.partner import mark
from wtnet.draw.safe import in_svg

ROLE_MARKS = {"host": "■", "leads": "▲", "speaks": "◆", "takes_part": "●"}
"""What stands in the table of partners by activities; never by itself: the word is read out beside it."""


def table(caption: str, head: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[int] = ()) -> str:
    """A table with its caption above; the columns `numbers` hold numbers."""
    heads = "".join(f'<th scope="col"{_side(at, numbers)}>{in_svg(words)}</th>' for at, words in enumerate(head))
    body = "".join(
        f'<tr><th scope="row">{in_svg(first)}</th>'
        + "".join(f"<td{_side(at, numbers)}>{in_svg(words)}</td>" for at, words in enumerate(rest, 1))
        + "</tr>"
        for first, *rest in rows
    )
    return (
        f'<table class="outputs"><caption>{in_svg(caption)}</caption><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>'
    )


def _side(at: int, numbers: Sequence[int]) -> str:
    return ' class="n"' if at in numbers else ""


def two_mode(
    caption: str, activities: Sequence[str], rows: Sequence[tuple[str, str, Sequence[tuple[str, str]]]], total: str = "All"
) -> str:
    """Partners by activities: a row a partner (name, kind, a mark and words for each activity; "" for none)."""
    head = "".join(
        f'<th scope="col" title="{in_svg(name)}"><span>{in_svg(name, 18)}</span></th>' for name in (*activities, total)
    )
    body = []
    for name, kind, cells in rows:
        drawn = "".join(_took_part(sign, words) for sign, words in cells)
        number = sum(bool(sign) for sign, _ in cells)
        body.append(f'<tr><th scope="row">{mark(kind)} {in_svg(name, 60)}</th>{drawn}<td class="all">{number or "–"}</td></tr>')
    return _grid(caption, "parts", head, "".join(body))


def _took_part(sign: str, words: str) -> str:
    if not sign:
        return '<td class="none"></td>'
    return f'<td title="{in_svg(words)}"><i aria-hidden="true">{sign}</i><span class="read">{in_svg(words)}</span></td>'


def met(caption: str, names: Sequence[str], cells: Sequence[Sequence[tuple[int, bool]]]) -> str:
    """Partners by partners: at how many activities each two met; a pair with a partnership is ringed, and read out as such."""
    most = max((number for row in cells for number, _ in row), default=0)
    head = "".join(f'<th scope="col" title="{in_svg(name)}"><span>{in_svg(name, 18)}</span></th>' for name in names)
    body = []
    for at, (name, row) in enumerate(zip(names, cells, strict=True)):
        drawn = "".join(_met(number, tied, most, at == other) for other, (number, tied) in enumerate(row))
        body.append(f'<tr><th scope="row">{in_svg(name, 60)}</th>{drawn}</tr>')
    return _grid(caption, "met", head, "".join(body))


def _met(number: int, tied: bool, most: int, own: bool) -> str:
    if own:
        return '<td class="none own"></td>'
    ring = ' class="tied"' if tied else ""
    read = '<span class="read"> and a partnership</span>' if tied else ""
    if not number:
        return f'<td class="none{" tied" if tied else ""}">{read}</td>'
    return f'<td{ring} style="--depth:{round(14 + 46 * number / most)}%"><b>{number}</b>{read}</td>'


def _grid(caption: str, name: str, head: str, body: str) -> str:
    top = f"<caption>{in_svg(caption)}</caption><thead><tr><td></td>{head}</tr></thead>"
    table = f'<table class="grid voices {name}">{top}<tbody>{body}</tbody></table>'
    return f'<div class="wide" tabindex="0" role="region" aria-label="{in_svg(caption)}">{table}</div>'
