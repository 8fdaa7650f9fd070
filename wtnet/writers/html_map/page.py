"""The map that travels: one HTML file, made through pyvis, that asks for nothing else.

vis-network comes from pyvis's own package, positions, colours and shapes from `draw.map`; the page around it is ours. Data
is JSON that is never read as markup, and the file's own policy (Content-Security-Policy) lets it run its two scripts and
fetch nothing. What one partner says of another is not in it: a tie has its strength and what that rests on.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
from functools import cache
from pathlib import Path
from typing import Any

from wtnet.draw import tie_kinds
from wtnet.draw.categories import Categories
from wtnet.draw.map.live import OPTIONS
from wtnet.draw.map.picture import Picture, draw, tie_id
from wtnet.draw.scripts import joined, vis_network
from wtnet.draw.style import drawn_basis, drawn_strength, drawn_way, tie_width
from wtnet.measures import catalogue, reach
from wtnet.measures.disclosure import Mean, mean_of_partner
from wtnet.measures.impact.quotes import chosen
from wtnet.measures.impact.suppression import consented
from wtnet.network import Network, at, waves_in_order
from wtnet.palette import LOOKS, RAMP, strength_class
from wtnet.sentences import findings as finding_sentences
from wtnet.sentences import partners as partner_sentences
from wtnet.sentences import record
from wtnet.sentences.format import ANYBODY, WITHHELD, figure
from wtnet.sentences.reach import headlines
from wtnet.sentences.strength import pair_words
from wtnet.sentences.waves import names as wave_names
from wtnet.tables import relationships
from wtnet.tables.columns import THEMES
from wtnet.tables.text import clean
from wtnet.writers.export import Export
from wtnet.writers.provenance import provenance

_HERE = Path(__file__).parent
SIZED_BY = "partners"
QUOTES, SENTENCES, FINDINGS = 4, 600, 1_000
"""Most quotes on a card, and most findings; the programme is told in sentences up to so many partners: beyond, that is slow."""


def write(export: Export) -> bytes:
    """The map with search, filters, legend, waves, cards and tables as one HTML file, in UTF-8.

    It has the partners of the export's network, and their ties in every wave up to the one looked at, in which it opens.
    The same export gives the same bytes.
    """
    data = json.dumps(content(export), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for mark in "<>&\u2028\u2029":
        data = data.replace(mark, f"\\u{ord(mark):04x}")
    scripts = {"vis": _library(), "code": joined(_HERE / "page.js")}
    hashes = " ".join(f"'sha256-{_hash(script)}'" for script in scripts.values())
    parts = {
        "title": html.escape(clean(export.programme.name)),
        "style": _text("page.css"),
        "hashes": hashes,
        "data": data,
        **scripts,
    }
    template = _text("page.html")
    pieces = template.split("{{")
    whole = pieces[0] + "".join(parts[piece.partition("}}")[0]] + piece.partition("}}")[2] for piece in pieces[1:])
    return whole.encode()


@cache
def _text(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


@cache
def _library() -> str:
    """vis-network as it stands in a page."""
    return vis_network().replace("</script", "<\\/script")


def _hash(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def content(export: Export) -> dict[str, Any]:
    """What the page shows: `kinds` (label, points, colour, number), `nodes` (id, name, kind by its place, x, y, radius),
    `waves` (name, ties), a tie being source and target by their place, width, class of strength, how it is drawn by what it
    rests on (its place in `style.BASES`), strength, basis, strength in words, and where documents say so which way it goes (its
    place in `style.WAYS`) and what kind it is, in words, and its place among the `tints`: the kinds of ties (label, colours on
    light and dark, number), none where none is documented; `means` (per wave the mean strength of each node
    in words, for others than the lead); `said` (sentences per wave), `found` and `findings` (in a sentence; each as theme,
    statement, whose view and standing, and the partners named by their place), `about` (per partner: place, description,
    website, pilots, quotes), `provenance`.
    """
    stages = _stages(export)
    sizes = dict(catalogue.partners(export.network, (SIZED_BY,)).select("id", SIZED_BY).iter_rows())
    picture = draw(export.network, export.positions, sizes)
    kinds = [kind for kind in LOOKS if any(node.kind == kind for node in picture.nodes)]
    place = {node.id: number for number, node in enumerate(picture.nodes)}
    names = wave_names(export.tables)
    first = stages[0]
    tints = tie_kinds.by_kind(*stages) if relationships.in_use(export.tables) else None
    used = tints.used if tints else ()
    return {
        "title": clean(export.programme.name),
        "looked_at": clean(export.looked_at),
        "notice": dict(provenance(export)).get("Notice") or _notice(export),
        "options": OPTIONS,
        "ramp": RAMP,
        "tints": [[clean(kind.label), kind.light, kind.dark, tie_kinds.number(used, number)] for number, kind in enumerate(used)],
        "kinds": [
            [LOOKS[kind].label, LOOKS[kind].points, LOOKS[kind].colour, sum(node.kind == kind for node in picture.nodes)]
            for kind in kinds
        ],
        "nodes": [
            [node.id, clean(node.name), kinds.index(node.kind), round(node.x), round(node.y), node.radius]
            for node in picture.nodes
        ],
        "means": [_means(stage, picture) for stage in stages] if export.audience != "lead" else None,
        "waves": [[names.get(stage.wave or "", "Documented partnerships"), _ties(stage, place, tints)] for stage in stages],
        "said": [_said(stage, first, names.get(first.wave or "", "")) for stage in stages],
        "found": finding_sentences.headline(export.findings, export.tables),
        "findings": _findings(export, place),
        "about": {row["id"]: row for row in _about(export, list(place))},
        "provenance": provenance(export),
    }


def _notice(export: Export) -> str | None:
    """What the programme is and what its record does not hold; None where that is complete."""
    untold = record.summary(export.tables)
    return f"{clean(export.programme.description or '')} {untold}".strip() if untold else None


def _stages(export: Export) -> list[Network]:
    """The network in every wave up to the one looked at, first to last."""
    order = waves_in_order(export.tables)
    now = export.network
    before = order[: order.index(now.wave)] if now.wave in order else []
    return [*(at(now, wave) for wave in before), now]


def _ties(network: Network, place: dict[str, int], tints: Categories | None) -> list[list[Any]]:
    rows = []
    for one, other, tie in network.graph.edges(data=True):
        if one in place and other in place:
            strength = None if tie["strength"] is None else round(tie["strength"], 6)
            drawn = drawn_strength(tie)
            look = (tie_width(drawn), strength_class(drawn), drawn_basis(tie))
            papers = {"direction": tie["direction"]}  # and not what one side says of the other
            more = [drawn_way(papers, one > other), relationships.in_words(tie["relationship"])]
            row = [place[one], place[other], *look, strength, tie["basis"], pair_words(network, one, other)]
            if tints:
                more.append(tints.of.get(tie_id(one, other), len(tints.used) - 1))
            rows.append(row + (more if tints or any(more) else []))
    return rows


def _means(network: Network, picture: Picture) -> list[str]:
    """The mean strength of each partner drawn, as others than the lead may see it."""
    means = [mean_of_partner(network, node.id) if node.id in network.graph else Mean(None, 0) for node in picture.nodes]
    return [WITHHELD if mean.withheld else figure(mean.value, digits=2) for mean in means]


def _findings(export: Export, place: dict[str, int]) -> list[list[Any]]:
    """The findings in the export's cut, in the order they are told."""
    return [
        [
            THEMES[row["theme"]],
            clean(row["statement"]),
            clean(finding_sentences.by_line(row, export.tables)),
            [place[end] for end in (row["organisation"], row["other"]) if end in place],
        ]
        for row in export.findings.head(FINDINGS).iter_rows(named=True)
    ]


def _said(network: Network, first: Network, first_name: str) -> list[str]:
    """What the reach page says of the same network."""
    if not network.graph or len(network.graph) > SENTENCES:
        return []
    earlier = None if network is first else first
    return [words for _, words in headlines(network, earlier, first_name, reach.chance(network))]


def _about(export: Export, ids: list[str]) -> list[dict[str, Any]]:
    tables = export.tables
    quotes = chosen(consented(tables["quotes"], export.audience))
    wanted, rows = set(ids), []
    voices: dict[str, list[list[str]]] = {}
    for partner, words, by in quotes.select("organisation", "text", "attribution").iter_rows():
        voices.setdefault(partner, []).append([words, by or ANYBODY])
    for row in tables["organisations"].iter_rows(named=True):
        if row["id"] in wanted:
            rows.append(
                {
                    "id": row["id"],
                    "place": row["place"],
                    "description": row["description"],
                    "website": partner_sentences.website(row),
                    "pilots": [[part["name"], part["part"]] for part in partner_sentences.pilot_parts(tables, row["id"])],
                    "quotes": voices.get(row["id"], [])[:QUOTES],
                }
            )
    return rows
