"""Multiplexity: in how many ways two partners work together, and which way their partnerships go, as documents say.

Kinds of partnership are several relations on the same partners (Wasserman & Faust 1994, ch. 3). What nobody documented is not
known, and never none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import combinations

import polars as pl

from wtnet.measures.engine.arrays import once, share
from wtnet.measures.measure import COUNT, FAIR, SIZE, Measure
from wtnet.network import Network, date_of, with_names
from wtnet.strength import active
from wtnet.tables import relationships

Pair = tuple[str, str]
WAYS = ("given", "received", "both", "not_said")
"""Which way a partnership goes as seen from one partner: from it, to it, both ways, or not said."""


@once
def kinds_of_ties(network: Network) -> dict[Pair, tuple[str, ...]]:
    """The documented kinds of each tie (source before target as text), as `tables.relationships` knows them; none is ()."""
    rows = network.ties.select("source", "target", "relationship").iter_rows()
    return {(source, target): relationships.kinds(cell) for source, target, cell in rows}


def multiplexity(network: Network) -> dict[Pair, int | None]:
    """How many kinds of partnership are documented of each tie; null where none is."""
    return {pair: len(kinds) or None for pair, kinds in kinds_of_ties(network).items()}


def multiplex_ties(network: Network) -> int | None:
    """Ties of two or more documented kinds; null where no kind is documented of any."""
    known = [kinds for kinds in kinds_of_ties(network).values() if kinds]
    return sum(len(kinds) > 1 for kinds in known) if known else None


def multiplex_share(network: Network) -> float | None:
    """Ties of two or more documented kinds / ties of which a kind is documented; null without any."""
    known = [kinds for kinds in kinds_of_ties(network).values() if kinds]
    return share(sum(len(kinds) > 1 for kinds in known), len(known))


def multiplex_partners(network: Network) -> dict[str, int | None]:
    """{partner: with how many it works in two or more documented ways}; null where no kind is documented of any of its ties."""
    number: dict[str, int | None] = dict.fromkeys(network.graph)
    for pair, kinds in kinds_of_ties(network).items():
        for partner in pair if kinds else ():
            number[partner] = (number[partner] or 0) + (len(kinds) > 1)
    return number


def ways_out(network: Network) -> dict[str, int | None]:
    """{partner: partnerships documented to go from it, one way or both}; null where none of its says which way it goes."""
    return _ways(network, "forward")


def ways_in(network: Network) -> dict[str, int | None]:
    """{partner: partnerships documented to go to it, one way or both}; null where none of its says which way it goes."""
    return _ways(network, "backward")


def _ways(network: Network, way: str) -> dict[str, int | None]:
    number: dict[str, int | None] = dict.fromkeys(network.graph)
    for source, target, direction in network.ties.select("source", "target", "direction").drop_nulls().iter_rows():
        for partner, goes in ((source, way), (target, "backward" if way == "forward" else "forward")):
            number[partner] = (number[partner] or 0) + (direction in (goes, "both"))
    return number


def together(network: Network) -> pl.DataFrame:
    """Which kinds go together: kind, other_kind, partnerships of both; the most frequent first."""
    labels = relationships.in_use(network.tables)
    number: Counter[Pair] = Counter()
    for kinds in kinds_of_ties(network).values():
        number.update(combinations(sorted(kind for kind in kinds if kind in labels), 2))
    rows = [(labels[kind], labels[other], ties) for (kind, other), ties in sorted(number.items(), key=lambda item: -item[1])]
    return pl.DataFrame(rows, {"kind": pl.String, "other_kind": pl.String, "partnerships": pl.Int64}, orient="row")


@once
def documents(network: Network) -> pl.DataFrame:
    """What is documented of the ties in view, a row a kind: source and target as documented, kind (what it is known by),
    direction (none, forward from source to target, both, null)."""
    rows = active(network.tables["partnerships"], date_of(network.tables, network.wave))
    documented = [
        (source, target, kind, way)
        for source, target, cell, way in rows.select("source", "target", "relationship", "direction").iter_rows()
        for kind in relationships.kinds(cell)
        if network.graph.has_edge(source, target)
    ]
    return pl.DataFrame(documented, dict.fromkeys(("source", "target", "kind", "direction"), pl.String), orient="row").unique(
        maintain_order=True
    )


def of_partner(network: Network, partner: str) -> pl.DataFrame:
    """Each documented kind of a partner's partnerships by which way they go: kind (in words), then with how many partners for
    each of `WAYS`; the most frequent first."""
    labels = relationships.in_use(network.tables)
    whom: dict[str, dict[str, set[str]]] = {}
    for source, target, kind, direction in documents(network).iter_rows():
        if partner in (source, target) and kind in labels:
            way = {"both": "both", "forward": "given" if source == partner else "received"}.get(direction or "", "not_said")
            whom.setdefault(kind, {name: set() for name in WAYS})[way].add(target if source == partner else source)
    rows = [(labels[kind], *(len(whom[kind][way]) for way in WAYS)) for kind in labels if kind in whom]
    frame = pl.DataFrame(rows, {"kind": pl.String, **dict.fromkeys(WAYS, pl.Int64)}, orient="row")
    return frame.sort(pl.sum_horizontal(WAYS), descending=True, maintain_order=True)


def by_kinds_of_partner(network: Network) -> pl.DataFrame:
    """Which kinds of partnership run between which kinds of partner: kind (known by), kind_a and kind_b of partner, from_a_to_b,
    from_b_to_a, both_ways, way_not_said: partnerships. A pair of partners counts once a kind and way."""
    of = dict(network.graph.nodes(data="kind"))
    cells: dict[tuple[str, str, str], dict[str, set[Pair]]] = {}
    for source, target, kind, direction in documents(network).iter_rows():
        turned = of[source] > of[target]
        a, b = (target, source) if turned else (source, target)
        way = "both_ways" if direction == "both" else "way_not_said"
        if direction == "forward":
            way = "from_b_to_a" if turned else "from_a_to_b"
        parts = cells.setdefault((kind, of[a], of[b]), {name: set() for name in _CELL})
        parts[way].add((source, target) if direction == "forward" else (min(source, target), max(source, target)))
    rows = [(*cell, *(len(parts[name]) for name in _CELL)) for cell, parts in sorted(cells.items())]
    columns = {"kind": pl.String, "kind_a": pl.String, "kind_b": pl.String, **dict.fromkeys(_CELL, pl.Int64)}
    return pl.DataFrame(rows, columns, orient="row")


_CELL = ("from_a_to_b", "from_b_to_a", "both_ways", "way_not_said")


def several(network: Network) -> pl.DataFrame:
    """The ties of two or more documented kinds: source, source_name, target, target_name, kinds (how many), what they are in
    words; most kinds first."""
    kinds = kinds_of_ties(network)
    rows = [
        (source, target, len(kinds[source, target]), relationships.in_words(cell))
        for source, target, cell in network.ties.select("source", "target", "relationship").iter_rows()
        if len(kinds[source, target]) > 1
    ]
    columns = {"source": pl.String, "target": pl.String, "kinds": pl.Int64, "what": pl.String}
    frame = pl.DataFrame(rows, columns, orient="row").sort("kinds", descending=True, maintain_order=True)
    return with_names(network.tables, frame, "source", "target")


_MANY = pl.col("relationship").str.contains(";", literal=True)
_SOURCE = "Multiple relations: Wasserman & Faust 1994, Social Network Analysis, ch. 3; multiplexity as in Koehly & Pattison 2005"
_CAUTION = "Only what is documented counts: two who do more together than was written down seem to do one thing."
_WAY = "Documents alone say which way a partnership goes; every other measure takes partnerships both ways."


def _of_partner(id: str, label: str, compute: Callable[..., object], meaning: str, formula: str, source: str, reading: str,
                caution: str, rests_on: pl.Expr, by_kind: bool) -> Measure:  # fmt: skip
    return Measure(
        id=id,
        label=label,
        of="partner",
        kind="count",
        unit="partnerships",
        better="neither",
        compute=compute,
        meaning=meaning,
        formula=formula,
        source=source,
        reading=reading,
        caution=caution,
        rows="own partnerships",
        rests_on=rests_on,
        by_kind=by_kind,
        absence_in="partnerships",
    )


_DEGREE = "Indegree and outdegree: Wasserman & Faust 1994, Social Network Analysis, ch. 4"
MEASURES = (
    _of_partner(
        "multiplex_partners",
        "Worked with in two or more ways",
        multiplex_partners,
        "With how many partners it works together in two or more ways, as documented.",
        r"\sum_j [\textstyle\sum_r x_{ijr} \geq 2]",
        _SOURCE,
        "Empty where no kind of partnership is documented of any of its partnerships.",
        _CAUTION,
        _MANY,
        True,
    ),
    _of_partner(
        "ways_out",
        "Partnerships that go from it",
        ways_out,
        "How many of its partnerships are documented to go from it to the other, one way or both ways.",
        r"\sum_j x_{ij}",
        _DEGREE,
        "Empty where none of its partnerships says which way it goes.",
        _WAY,
        pl.col("direction").is_not_null(),
        False,
    ),
    _of_partner(
        "ways_in",
        "Partnerships that come to it",
        ways_in,
        "How many of its partnerships are documented to come to it from the other, one way or both ways.",
        r"\sum_j x_{ji}",
        _DEGREE,
        "Empty where none of its partnerships says which way it goes.",
        _WAY,
        pl.col("direction").is_not_null(),
        False,
    ),
    Measure(
        id="multiplex_ties",
        label="Work together in two or more ways",
        of="network",
        kind="count",
        unit="partnerships",
        better="neither",
        compute=multiplex_ties,
        meaning="How many partnerships are documented to be of two or more kinds.",
        formula=r"\sum_{i<j} [\textstyle\sum_r x_{ijr} \geq 2]",
        source=_SOURCE,
        reading="Two who share space and also refer people to each other work together in two ways. Empty where no kind is "
        "documented.",
        caution=_CAUTION,
        rows="all partnerships",
        rests_on=_MANY,
        compared=SIZE,
        why=COUNT,
        by_kind=True,
        absence_in="partnerships",
    ),
    Measure(
        id="multiplex_share",
        label="Share in two or more ways",
        of="network",
        kind="share",
        unit="0–1",
        better="neither",
        compute=multiplex_share,
        meaning="What part of the partnerships of which a kind is documented are of two or more kinds.",
        formula=r"\frac{|\{ij : \sum_r x_{ijr} \geq 2\}|}{|\{ij : \sum_r x_{ijr} \geq 1\}|}",
        source=_SOURCE,
        reading="0: every documented partnership is of one kind. 1: all are of several.",
        caution=_CAUTION,
        rows="all partnerships",
        rests_on=pl.col("relationship").is_not_null(),
        compared=FAIR,
        why="A share of the partnerships whose kind is documented.",
        by_kind=True,
        absence_in="partnerships",
    ),
    Measure(
        id="multiplexity",
        label="Ways of working together",
        of="tie",
        kind="count",
        unit="kinds of partnership",
        better="neither",
        compute=multiplexity,
        meaning="In how many ways the two work together, as documented.",
        formula=r"\sum_r x_{ijr}",
        source=_SOURCE,
        reading="1: one kind of partnership; 2 or more: several. Empty where no kind is documented.",
        caution=_CAUTION,
        rows="all partnerships",
        by_kind=True,
    ),
)
