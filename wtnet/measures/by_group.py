"""Cuts: the same network by place, target group or pilot; its museum–health ties; and who brokers in which way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import polars as pl

from wtnet.measures import absence, brokerage, disclosure
from wtnet.measures.engine.arrays import share
from wtnet.measures.lasting import since_baseline
from wtnet.measures.reach import coverage
from wtnet.network import Network
from wtnet.tables.coverage import unknown
from wtnet.tables.model import Tables
from wtnet.tables.pilots import members_by_pilot
from wtnet.tables.schema import CORE_KINDS

BY = ("place", "target_group", "pilot", "home")
"""By the place or the target group of pilots, by pilot, or by the place partners have themselves."""
ROLES = ("gatekeeper", "itinerant", "liaison", "coordinator")
"""Gould & Fernandez's roles; with ties that have no direction, representative is the same as gatekeeper."""
_BROKERS = dict.fromkeys(("role", "id", "name", "kind"), pl.String) | {"pairs": pl.Int64}
CROSSING = ROLES[:3]
"""Those that join different kinds."""


def pilots_of(
    tables: Tables, places: Sequence[str] = (), groups: Sequence[str] = (), pilots: Sequence[str] = ()
) -> tuple[str, ...]:
    """The pilots in one of the places, for one of the target groups and among those named; an empty choice means any."""
    chosen = tables["pilots"]
    for column, wanted in (("place", places), ("target_group", groups), ("id", pilots)):
        if wanted:
            chosen = chosen.filter(pl.col(column).is_in(list(wanted)))
    return tuple(chosen["id"])


def _groups(network: Network, by: str) -> dict[str, list[str]]:
    """{words of the group: its partners in scope}, in the order of the pilots (or of the organisations)."""
    tables, graph = network.tables, network.graph
    if by == "home":
        at_place: dict[str, list[str]] = {}
        for partner, place in graph.nodes(data="place"):
            if place is not None:
                at_place.setdefault(place, []).append(partner)
        return at_place
    wanted = tables["pilots"]
    if network.scope.pilots:
        wanted = wanted.filter(pl.col("id").is_in(network.scope.pilots))
    twice = wanted["name"].is_duplicated()
    words = wanted.select(
        "id",
        group=pl.when(twice).then(pl.format("{} ({})", "name", "id")).otherwise("name") if by == "pilot" else pl.col(by),
    ).drop_nulls()
    of_pilot = members_by_pilot(tables)
    inside: dict[str, set[str]] = {}
    for pilot, group in words.iter_rows():
        inside.setdefault(group, set()).update(of_pilot[pilot])
    return {group: [partner for partner in graph if partner in partners] for group, partners in inside.items()}


def by_group(network: Network, by: str) -> pl.DataFrame:
    """Reach in each place, target group or pilot (`BY`): the partners there and the ties among them.

    Columns: group; partners; one Int64 column of partners per core kind; core_kinds (how many of the four are there);
    ties; mean_strength; cross_sector_share (both null where there is nothing to work them out from, and the strength where it
    is withheld: `disclosure.edges_reason`); museum_health
    (ties between a museum and a health provider); withheld: true where others than the lead see nothing of the group, since it
    would tell where a hidden partner is. A partner in two pilots counts in both groups. A count of partners of a kind or of
    museum–health ties is null where it would be 0 and the record does not tell that there are none; so is core_kinds where that
    holds of any kind.
    """
    tables = network.tables
    parts = "involvements" if by != "home" else "organisations"
    known = {
        core: not (absence.filtered_out(network, core) or unknown(tables, core, parts, "organisations")) for core in CORE_KINDS
    }
    health_told = not {"museum", "health_provider"} & set(absence.unknown_kinds(network))
    kinds = dict(network.graph.nodes(data="kind"))
    hidden = _groups_with_hidden(network, by)
    rows: list[tuple[Any, ...]] = []
    for group, partners in _groups(network, by).items():
        if group in hidden:
            rows.append((group, *[None] * (len(CORE_KINDS) + 6), True))
            continue
        among = network.graph.subgraph(partners)
        count = {core: sum(kinds[partner] == core for partner in partners) for core in CORE_KINDS}
        ties = [{kinds[source], kinds[target]} for source, target in among.edges]
        crossing = sum(len(ends) == 2 for ends in ties)
        shown = {core: number if number or known[core] else None for core, number in count.items()}
        health = sum(ends == {"museum", "health_provider"} for ends in ties)
        rows.append(
            (
                group,
                len(partners),
                *shown.values(),
                sum(number > 0 for number in count.values()) if None not in shown.values() else None,
                len(ties),
                disclosure.mean_strength(network, among.edges).value,
                share(crossing, len(ties)),
                health if health or health_told else None,
                False,
            )
        )
    columns = {"group": pl.String, "partners": pl.Int64} | dict.fromkeys(CORE_KINDS, pl.Int64)
    columns |= {"core_kinds": pl.Int64, "ties": pl.Int64, "mean_strength": pl.Float64}
    columns |= {"cross_sector_share": pl.Float64, "museum_health": pl.Int64, "withheld": pl.Boolean}
    return pl.DataFrame(rows, schema=columns, orient="row")


def strength_withheld(network: Network, by: str) -> dict[str, str]:
    """Why the mean strength of groups of `by_group` is withheld, as a sentence, by the group; without those that show it."""
    reasons = {
        group: disclosure.edges_reason(network, network.graph.subgraph(partners).edges)
        for group, partners in _groups(network, by).items()
    }
    return {group: why for group, why in reasons.items() if why}


def _groups_with_hidden(network: Network, by: str) -> set[str]:
    """The groups whose figures would tell others than the lead where a hidden partner is."""
    if network.exact is None:
        return set()
    shown = _groups(network, by)
    return {group for group, partners in _groups(network.exact, by).items() if set(partners) != set(shown.get(group, ()))}


def kinds_reached(network: Network) -> float | None:
    """How many of the four core kinds a museum has a tie with, on average; null without museums and where the record does not
    tell of all of them (`reach.coverage`). One alone can reach three."""
    museums = coverage(network)
    if (museums["unknown"] != "").any():
        return None
    return share(sum(int((museums[core] > 0).sum()) for core in CORE_KINDS), museums.height)


def museum_health(network: Network) -> pl.DataFrame:
    """The ties between a museum and a health provider.

    Columns: museum, museum_name, health_provider, health_provider_name, strength, basis, level, word; since (new, there before,
    unknown; null in the first wave and without waves); afterwards (continues, ends, not documented).
    """
    kinds = dict(network.graph.nodes(data="kind"))
    names = dict(network.graph.nodes(data="name"))
    compared = since_baseline(network)
    since = {} if compared is None else {(a, b): word for a, b, word in compared.select("source", "target", "since").iter_rows()}
    after = _afterwards(network.tables)
    rows = []
    for source, target, *ratings in network.ties.select("source", "target", "strength", "basis", "level", "word").iter_rows():
        if {kinds[source], kinds[target]} == {"museum", "health_provider"}:
            museum, provider = (source, target) if kinds[source] == "museum" else (target, source)
            later = after.get((source, target), "not documented")
            rows.append((museum, names[museum], provider, names[provider], *ratings, since.get((source, target)), later))
    text = dict.fromkeys(("museum", "museum_name", "health_provider", "health_provider_name"), pl.String)
    columns = text | {"strength": pl.Float64, "basis": pl.String, "level": pl.Float64, "word": pl.String}
    return pl.DataFrame(rows, schema=columns | {"since": pl.String, "afterwards": pl.String}, orient="row")


def _afterwards(tables: Tables) -> dict[tuple[str, str], str]:
    """What documents say of each pair (source < target) after the programme; "continues" if any of several says so."""
    becoming: dict[tuple[str, str], str] = {}
    for source, target, yes in tables["partnerships"].select("source", "target", "continues_after").iter_rows():
        pair = (min(source, target), max(source, target))
        if yes is not None and becoming.get(pair) != "continues":
            becoming[pair] = "continues" if yes else "ends"
    return becoming


def brokers(network: Network, top: int = 3, roles: Iterable[str] = ROLES) -> pl.DataFrame:
    """The partners that fill each role most: role, id, name, kind, pairs (of others without a tie, each pair once); none where
    the record does not tell who has no tie.

    At most `top` a role, more where several are level with the last; partners that never fill it are left out.
    """
    nodes = network.graph.nodes
    frames = []
    for role in roles if absence.ties(network) is None else ():
        counts = getattr(brokerage, role)(network)
        twice = 1 if role == "gatekeeper" else 2
        rows = [(role, p, nodes[p]["name"], nodes[p]["kind"], count // twice) for p, count in counts.items() if count]
        frame = pl.DataFrame(rows, schema=_BROKERS, orient="row").sort("pairs", descending=True, maintain_order=True)
        last = frame["pairs"][top - 1] if frame.height >= top else 0
        frames.append(frame.filter(pl.col("pairs") >= last).head(2 * top))
    return pl.concat(frames) if frames else pl.DataFrame(schema=_BROKERS)
