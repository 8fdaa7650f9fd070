"""GEXF 1.3 (gexf.net, RELAX NG schema of 2022) for Gephi and Gephi Lite: every wave, with positions and colours.

Waves are there twice, because Gephi has a timeline and Gephi Lite has none: as *dynamics* (a tie has a spell from the
day of each wave it is there in to the day before the next; the last wave stays open; `strength_in_time`), and as plain
attributes (`in_wave_…` and, for ties, `strength_in_wave_…`). A wave without a date has no spell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from wtnet.draw.style import tie_colour, tie_width
from wtnet.network import Network, at, date_of, waves_in_order
from wtnet.palette import LOOKS, rgb
from wtnet.writers import answered, evidence
from wtnet.writers.export import Export
from wtnet.writers.graph.xml import add, document
from wtnet.writers.provenance import provenance_lines
from wtnet.writers.rows import (
    Row,
    distinct_ids,
    documented,
    named,
    partner_fields,
    partner_rows,
    tie_fields,
    told_of_ties,
    turned,
)

_SHAPES = {"square": "square", "triangle": "triangle", "diamond": "diamond"}
_UNKNOWN = "#A4AEC1"
_WAVES = (
    "The partnerships of every wave are in this file, on a timeline and as in_wave_ and strength_in_wave_ attributes; weight and "
    "attributes without a wave in their name are of the wave above. A partnership without a weight is of unknown strength there."
)
Pair = tuple[str, str]


@dataclass(frozen=True, eq=False)
class _Wave:
    """One wave: its id and the same without odd characters, its day and the last one before the next, its network."""

    id: str
    name: str
    first: date | None
    last: date | None
    network: Network
    ties: dict[Pair, Row]

    @property
    def there(self) -> str:
        return f"in_wave_{self.name}"

    @property
    def strength(self) -> str:
        return f"strength_in_wave_{self.name}"

    @property
    def spell(self) -> dict[str, str]:
        return {name: day.isoformat() for name, day in (("start", self.first), ("end", self.last)) if day}


def write(export: Export) -> bytes:
    """The partners and ties of every wave in the scope of the network, as GEXF 1.3.

    Attributes without a wave in their name, `weight` (strength) and the thickness and colour of ties are those of the
    network's own wave; a tie that is only there in other waves has none of them. Unknown values are left out: a tie of
    unknown strength has no `weight`, which other programs read as 1. Positions are those on screen with y upwards.
    """
    waves = _waves(export)
    pairs = list(dict.fromkeys(pair for wave in waves for pair in wave.ties))
    root = Element("gexf", {"xmlns": "http://gexf.net/1.3", "xmlns:viz": "http://gexf.net/1.3/viz", "version": "1.3"})
    _meta(root, export)
    timed = any(wave.first for wave in waves)
    rows = _ties(export, pairs)
    one_way = bool(rows) and all(row.get("direction") == "forward" for row in rows)
    graph = add(
        root,
        "graph",
        defaultedgetype="directed" if one_way else "undirected",
        idtype="string",
        mode="dynamic" if timed else "static",
        timeformat="date" if timed else None,
        timerepresentation="interval" if timed else None,
    )
    there = {wave.there: "boolean" for wave in waves if wave.id}
    _declare(graph, "node", {**partner_fields(export.tables), **there})
    _declare(graph, "edge", {**told_of_ties(export.tables), **there, **{wave.strength: "double" for wave in waves if wave.id}})
    if timed:
        dynamic = add(graph, "attributes", class_="edge", mode="dynamic")
        add(dynamic, "attribute", id="strength_in_time", title="strength_in_time", type="double")
    ids = _nodes(graph, export, waves)
    _edges(graph, export, waves, rows, ids)
    return document(root)


def _waves(export: Export) -> list[_Wave]:
    """Every wave from first to last; one without an id if there are none."""
    ids = waves_in_order(export.tables) or [""]
    days = {wave: date_of(export.tables, wave) for wave in ids}
    waves = []
    for wave, name in distinct_ids(ids).items():
        network = export.network if wave in ("", export.network.wave) else at(export.network, wave)
        first = days[wave]
        after = min((day for day in days.values() if first and day and day > first), default=None)
        rows = {(row["source"], row["target"]): row for row in network.ties.iter_rows(named=True)}
        waves.append(_Wave(wave, name, first, after - timedelta(days=1) if after else None, network, rows))
    return waves


def _meta(root: Element, export: Export) -> None:
    meta = add(root, "meta", lastmodifieddate=export.made.isoformat())
    add(meta, "creator", "wtnet")
    add(meta, "keywords", "partnerships, creative health")
    add(meta, "description", "\n".join([*provenance_lines(export), f"Waves: {_WAVES}"]))


def _declare(graph: Element, of: str, fields: Mapping[str, str]) -> None:
    """The static attributes of nodes or edges; the id of each is its title."""
    declared = add(graph, "attributes", class_=of, mode="static")
    for name, kind in fields.items():
        add(declared, "attribute", id=name, title=name, type="string" if kind == "list" else kind)


def _values(parent: Element, values: Mapping[str, Any], timed: Sequence[tuple[Any, dict[str, str]]] = ()) -> None:
    """The attributes that are known, and those of the timeline with their days."""
    known = {name: value for name, value in values.items() if value is not None and value != []}
    if not known and not timed:
        return
    element = SubElement(parent, "attvalues")
    for name, value in known.items():
        add(element, "attvalue", for_=name, value=value)
    for value, spell in timed:
        add(element, "attvalue", for_="strength_in_time", value=value, **spell)


def _nodes(graph: Element, export: Export, waves: list[_Wave]) -> dict[str, str]:
    """The partners of all waves; partner → its id in the file."""
    rows = partner_rows(export, {partner for wave in waves for partner in wave.network.graph})
    ids = distinct_ids(row["id"] for row in rows)
    degrees = dict(export.network.graph.degree)
    most = max(degrees.values(), default=0) or 1
    nodes = add(graph, "nodes", count=len(rows))
    for row in rows:
        partner = row["id"]
        node = add(nodes, "node", id=ids[partner], label=row["name"])
        tied = {w.there: w.network.graph.degree(partner) > 0 for w in waves if w.id and partner in w.network.graph}
        _values(node, {name: row[name] for name in partner_fields(export.tables)} | tied)
        _spells(node, [wave for wave in waves if partner in wave.network.graph])
        look = LOOKS[row["kind"]]
        add(node, "viz:color", **_colour(look.colour))
        if partner in export.positions:
            x, y = export.positions[partner]
            add(node, "viz:position", x=float(x), y=-float(y) + 0.0, z=0.0)
        add(node, "viz:size", value=round(10 + 20 * (degrees.get(partner, 0) / most) ** 0.5, 1))
        add(node, "viz:shape", value=_SHAPES.get(look.shape, "disc"))
    return ids


def _ties(export: Export, pairs: list[Pair]) -> list[Row]:
    """What is documented of each pair of any wave, a row for each of its partnerships where they are told apart; from source to
    target where it has a direction, with `pair`."""
    papers = documented(export.tables, None, export.network.scope)
    rows = []
    for pair in pairs:
        for paper in papers.get(pair) or [{}]:
            row = {**paper, "source": pair[0], "target": pair[1], "pair": pair}
            rows.append(turned(row) if row.get("direction") == "backward" else row)
    return [{**row, "id": id} for row, id in zip(rows, named(rows), strict=True)]


def _edges(graph: Element, export: Export, waves: list[_Wave], rows: list[Row], ids: dict[str, str]) -> None:
    fields, findings, answers = told_of_ties(export.tables), evidence.of_ties(export), answered.by_tie(export)
    own = next((wave for wave in waves if wave.id == (export.network.wave or "")), None)
    edges = add(graph, "edges", count=len(rows))
    for written in rows:
        pair = written["pair"]
        row = tie_fields(own.ties[pair]) if own and pair in own.ties else {}
        row = turned(row | {"source": pair[0], "target": pair[1]}) if written["source"] != pair[0] else row
        strength = row.get("strength")
        kind = {"forward": "directed", "both": "mutual"}.get(str(written.get("direction")))
        ends = {"source": ids[written["source"]], "target": ids[written["target"]]}
        edge = add(edges, "edge", id=written["id"], **ends, type=kind, weight=strength)
        there = [wave for wave in waves if pair in wave.ties]
        by_wave: Row = {}
        for wave in waves:
            if wave.id:
                by_wave[wave.there] = pair in wave.ties
                by_wave[wave.strength] = tie_fields(wave.ties[pair])["strength"] if pair in wave.ties else None
        values = {**row, **written, **answers.get(pair, {}), evidence.FINDINGS: findings.get(pair, [])}
        timed = [(by_wave[wave.strength], wave.spell) for wave in there if wave.first]
        _values(edge, {name: values.get(name) for name in fields} | by_wave, [spell for spell in timed if spell[0] is not None])
        _spells(edge, there)
        add(edge, "viz:color", **_colour(_UNKNOWN if strength is None else tie_colour(strength)))
        add(edge, "viz:thickness", value=tie_width(strength, "gexf"))
        add(edge, "viz:shape", value="solid" if row.get("basis") == "both" else "dashed")


def _spells(parent: Element, there: list[_Wave]) -> None:
    """The times it is there: one spell for each run of waves without a gap."""
    runs: list[dict[str, str]] = []
    end: date | None = None
    for wave in there:
        if not wave.first:
            continue
        if runs and end and wave.first <= end + timedelta(days=1):
            runs[-1] = {"start": runs[-1]["start"], **{k: v for k, v in wave.spell.items() if k == "end"}}
        elif not runs or end:
            runs.append(wave.spell)
        end = wave.last
    if runs:
        spells = SubElement(parent, "spells")
        for run in runs:
            add(spells, "spell", **run)


def _colour(colour: str) -> dict[str, Any]:
    return dict(zip("rgb", rgb(colour), strict=True))
