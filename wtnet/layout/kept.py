"""Places worked out before the program was sent out, for the programmes that come with it: `python tools/kept_places.py`.

They are kept by what they rest on, ids and ties with their strengths: a programme that differs in any of it is placed anew.
"""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import networkx as nx

KEPT = Path(__file__).with_name("kept.json")


def kept(graph: nx.Graph) -> dict[str, tuple[float, float]] | None:
    """What `positions` gives for this graph, if it is kept; else null."""
    places = json.loads(KEPT.read_text(encoding="utf-8")).get(fingerprint(graph))
    return {partner: (x, y) for partner, (x, y) in places.items()} if places else None


def fingerprint(graph: nx.Graph) -> str:
    """What tells a graph from every other that is placed otherwise."""
    edges = graph.edges(data="strength")
    ties = sorted((*sorted((str(source), str(target))), repr(strength)) for source, target, strength in edges)
    return sha256(json.dumps([sorted(map(str, graph)), ties]).encode()).hexdigest()
