"""The parts of a slide that python-pptx does not make: shapes of our own outline, connectors glued to their middle, groups.

Lengths are English Metric Units (914,400 to an inch). Every word from the data is set as text of an XML element.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

INCH, POINT = 914_400, 12_700
FACE = "Arial"
_OF_THEME = "+mn-lt"
"""The face of text in the theme: that of the template."""
Point = tuple[float, float]
_GRAIN = 10_000
_SITES = "".join(f'<a:cxn ang="{turn}"><a:pos x="mx" y="my"/></a:cxn>' for turn in ("3cd4", "cd2", "cd4", "0"))
"""Where connectors hold on to a shape: four sites as presets have them (top, left, bottom, right), all of them in its middle.
LibreOffice does not know the sites of an outline of our own; it takes the middle of the side with that number."""


def _made(tag: str, inside: str = "") -> Any:
    return parse_xml(f"<{tag} {nsdecls('p', 'a', 'r')}>{inside}</{tag}>")


def _fill(colour: str | None, alpha: float = 1.0) -> str:
    if colour is None:
        return "<a:noFill/>"
    seen = "" if alpha >= 1 else f'<a:alpha val="{round(alpha * 100_000)}"/>'
    return f'<a:solidFill><a:srgbClr val="{colour.lstrip("#")}">{seen}</a:srgbClr></a:solidFill>'


def _ground(seen: float) -> str:
    """The ground of the template, as far as it is seen (0 to 1)."""
    colour = f'<a:schemeClr val="bg1"><a:alpha val="{round(seen * 100_000)}"/></a:schemeClr>'
    return f"<a:solidFill>{colour}</a:solidFill>" if seen else "<a:noFill/>"


def _named(element: Any, id: int, name: str, says: str) -> Any:
    about = next(element.iter(qn("p:cNvPr")))
    about.set("id", str(id))
    about.set("name", name or f"Shape {id}")
    if says:
        about.set("descr", says)
    return element


def glyph(
    id: int, name: str, says: str, points: Sequence[Point], x: float, y: float, r: float, colour: str, alpha: float = 1.0,
    ring: str | None = None,
) -> Any:  # fmt: skip
    """A partner: a polygon (points in a square of side 2; none: a circle) around x, y with radius r, and a connection site in
    its middle, so that ties stay glued to it when it is moved."""
    xs, ys = ([p[axis] for p in points] or [-1.0, 1.0] for axis in (0, 1))
    left, top, wide, high = min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)
    w, h = round(wide * _GRAIN), round(high * _GRAIN)
    if points:
        steps = [f'<a:pt x="{round((px - left) * _GRAIN)}" y="{round((py - top) * _GRAIN)}"/>' for px, py in points]
        path = f"<a:moveTo>{steps[0]}</a:moveTo>" + "".join(f"<a:lnTo>{step}</a:lnTo>" for step in steps[1:])
    else:
        path = f'<a:moveTo><a:pt x="0" y="{h // 2}"/></a:moveTo>'
        path += f'<a:arcTo wR="{w // 2}" hR="{h // 2}" stAng="10800000" swAng="21600000"/>'
    middle = f'<a:gd name="mx" fmla="*/ w {round(-left * _GRAIN)} {w}"/><a:gd name="my" fmla="*/ h {round(-top * _GRAIN)} {h}"/>'
    edge = f'<a:ln w="{2 * POINT}">{_fill(ring)}</a:ln>' if ring else "<a:ln><a:noFill/></a:ln>"
    shape = _made(
        "p:sp",
        '<p:nvSpPr><p:cNvPr id="0" name=""/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>'
        f'<a:xfrm><a:off x="{round(x + left * r)}" y="{round(y + top * r)}"/>'
        f'<a:ext cx="{round(wide * r)}" cy="{round(high * r)}"/></a:xfrm>'
        f"<a:custGeom><a:avLst/><a:gdLst>{middle}</a:gdLst><a:ahLst/>"
        f"<a:cxnLst>{_SITES}</a:cxnLst>"
        f'<a:rect l="0" t="0" r="r" b="b"/><a:pathLst><a:path w="{w}" h="{h}">{path}<a:close/></a:path></a:pathLst></a:custGeom>'
        f"{_fill(colour, alpha)}{edge}</p:spPr>"
        '<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr lang="en-GB"/></a:p></p:txBody>',
    )
    return _named(shape, id, name, says)


_DASHES = ("solid", "sysDash", "sysDashDot", "sysDash")
"""The dashes of `style.BASES` as PowerPoint names them."""


_ENDS = {"from": "headEnd", "to": "tailEnd"}
"""The ends of a line as PowerPoint names them, in its order."""


def connector(
    id: int,
    name: str,
    ends: tuple[int, int],
    start: Point,
    stop: Point,
    colour: str,
    wide: float,
    dash: int,
    alpha: float = 1.0,
    heads: str = "",
) -> Any:
    """A straight connector between the middles of two shapes, glued to both. `wide` in points; `dash` how it is drawn by
    what a tie rests on (its place in `style.BASES`); `heads` where it has arrows ("to", "from", "to from")."""
    arrows = "".join(f'<a:{_ENDS[end]} type="triangle"/>' for end in _ENDS if end in heads.split())
    (x1, y1), (x2, y2) = start, stop
    flip = (' flipH="1"' if x2 < x1 else "") + (' flipV="1"' if y2 < y1 else "")
    line = _made(
        "p:cxnSp",
        f'<p:nvCxnSpPr><p:cNvPr id="0" name=""/><p:cNvCxnSpPr><a:stCxn id="{ends[0]}" idx="{_side(start, stop)}"/>'
        f'<a:endCxn id="{ends[1]}" idx="{_side(stop, start)}"/>'
        f'</p:cNvCxnSpPr><p:nvPr/></p:nvCxnSpPr><p:spPr><a:xfrm{flip}><a:off x="{round(min(x1, x2))}" y="{round(min(y1, y2))}"/>'
        f'<a:ext cx="{round(abs(x2 - x1))}" cy="{round(abs(y2 - y1))}"/></a:xfrm>'
        f'<a:prstGeom prst="line"><a:avLst/></a:prstGeom><a:ln w="{round(wide * POINT)}">{_fill(colour, alpha)}'
        f'<a:prstDash val="{_DASHES[dash]}"/><a:round/>{arrows}</a:ln></p:spPr>',
    )
    return _named(line, id, name, "")


def leader(id: int, start: Point, stop: Point) -> Any:
    """A thin grey line from a name to its mark, glued to nothing."""
    (x1, y1), (x2, y2) = start, stop
    flip = (' flipH="1"' if x2 < x1 else "") + (' flipV="1"' if y2 < y1 else "")
    line = _made(
        "p:cxnSp",
        '<p:nvCxnSpPr><p:cNvPr id="0" name=""/><p:cNvCxnSpPr/><p:nvPr/></p:nvCxnSpPr>'
        f'<p:spPr><a:xfrm{flip}><a:off x="{round(min(x1, x2))}" y="{round(min(y1, y2))}"/>'
        f'<a:ext cx="{round(abs(x2 - x1))}" cy="{round(abs(y2 - y1))}"/></a:xfrm>'
        f'<a:prstGeom prst="line"><a:avLst/></a:prstGeom><a:ln w="{POINT}">{_fill("14181F")}</a:ln></p:spPr>',
    )
    return _named(line, id, "Line to a name", "")


def _side(of: Point, to: Point) -> int:
    """Which side of a shape looks at another: 0 top, 1 left, 2 bottom, 3 right."""
    across, down = to[0] - of[0], to[1] - of[1]
    return (3 if across > 0 else 1) if abs(across) > abs(down) else (2 if down > 0 else 0)


def words(
    id: int, lines: Iterable[str], x: float, y: float, wide: float, high: float, size: float, bold: bool = False,
    anchor: str = "l", colour: str = "14181F", name: str = "", ground: float = 0.0,
) -> Any:  # fmt: skip
    """A text box with these lines, without margins. `size` in points; `anchor` l, ctr or r; `ground` how much
    of the template's ground is behind them, 0 to 1."""
    box = _made(
        "p:sp",
        '<p:nvSpPr><p:cNvPr id="0" name=""/><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr>'
        f'<a:xfrm><a:off x="{round(x)}" y="{round(y)}"/><a:ext cx="{round(wide)}" cy="{round(high)}"/></a:xfrm>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{_ground(ground)}</p:spPr><p:txBody>'
        '<a:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"><a:noAutofit/></a:bodyPr><a:lstStyle/></p:txBody>',
    )
    body = box.find(qn("p:txBody"))
    texts = list(lines)
    for line in texts:
        paragraph = parse_xml(
            f'<a:p {nsdecls("a")}><a:pPr algn="{anchor}"/><a:r>'
            f'<a:rPr lang="en-GB" sz="{round(size * 100)}" b="{int(bold)}" dirty="0">'
            f'{_fill(colour)}<a:latin typeface="{_OF_THEME}"/><a:cs typeface="{_OF_THEME}"/></a:rPr><a:t/></a:r></a:p>'
        )
        paragraph.find(".//" + qn("a:t")).text = line
        body.append(paragraph)
    return _named(box, id, name or " ".join(texts)[:80], "")


def group(id: int, name: str, says: str, x: float, y: float, wide: float, high: float, inside: Iterable[Any]) -> Any:
    """A group whose inner lengths are those of the slide; `says` is its alternative text."""
    box = f'x="{round(x)}" y="{round(y)}"/>', f'cx="{round(wide)}" cy="{round(high)}"/>'
    whole = _made(
        "p:grpSp",
        '<p:nvGrpSpPr><p:cNvPr id="0" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>'
        f"<a:off {box[0]}<a:ext {box[1]}<a:chOff {box[0]}<a:chExt {box[1]}</a:xfrm></p:grpSpPr>",
    )
    for shape in inside:
        whole.append(shape)
    return _named(whole, id, name, says)


def slide_number(size: float, after: str, colour: str = "14181F") -> Any:
    """A paragraph with the number of the slide, kept right when slides are moved, and words after it."""
    look = f'<a:rPr lang="en-GB" sz="{round(size * 100)}" b="1">{_fill(colour)}<a:latin typeface="{_OF_THEME}"/></a:rPr>'
    box = parse_xml(
        f'<a:p {nsdecls("a")}><a:pPr algn="r"/><a:fld id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum">{look}'
        f"<a:t>1</a:t></a:fld><a:r>{look}<a:t/></a:r></a:p>"
    )
    box.findall(".//" + qn("a:t"))[-1].text = after
    return box
