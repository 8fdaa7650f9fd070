"""Programmes, or the pilots of one, beside one another: what may be compared between them, what may not, and why.

Most measures of a network move with its size or with how many partners of each kind there are, whatever anybody does
(Anderson, Butts & Carley 1999, Social Networks 21(3), doi 10.1016/S0378-8733(99)00011-8). Each measure of the catalogue says
whether it may be compared; a few shares that compare where counts do not are added here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import polars as pl

from wtnet.measures import by_group, catalogue, reach
from wtnet.measures.disclosure import everything, reason
from wtnet.measures.engine.arrays import share
from wtnet.measures.impact import tallies
from wtnet.measures.measure import COMPARED, FAIR, MIX
from wtnet.measures.survey_record import response_rate
from wtnet.network import Network, Scope, build
from wtnet.tables import Tables


@dataclass(frozen=True, eq=False)
class Side:
    """One of those beside one another: its id, its name, its network, and its own rows of `impact.progress`."""

    id: str
    name: str
    network: Network
    progress: pl.DataFrame = field(default_factory=pl.DataFrame)


@dataclass(frozen=True)
class Share:
    """A figure added here because it compares where a count does not."""

    id: str
    label: str
    kind: str
    how: str
    why: str
    compute: Callable[[Side], float | None]


def _new(side: Side) -> float | None:
    new = catalogue.value(catalogue.find("new_ties", "network"), side.network)
    return None if new is None else share(new, side.network.ties.height)


def _going_on(side: Side) -> float | None:
    gone = catalogue.find("continuing_ties", "network").compute(side.network)
    return None if gone is None else share(gone, side.network.ties.height)


def _museums(side: Side) -> float | None:
    museums = reach.coverage(side.network)
    if museums["unknown"].str.contains("health_provider").any():
        return None
    return share(int((museums["health_provider"] > 0).sum()), museums.height)


def _rated(side: Side) -> float | None:
    if reason(side.network):
        return None
    ties = everything(side.network).ties
    rated = int(ties["basis"].is_in(["both", "one-sided"]).sum())
    return share(rated, ties.height) if rated or response_rate(side.network) is not None else None  # nobody was asked


def _aims(side: Side) -> float | None:
    """Of the targets that are decided, or can be told to be on track or behind; null where one of them is withheld."""
    if side.progress.is_empty() or tallies.withheld(side.progress):
        return None
    counts = tallies.by_state(tallies.targets(side.progress))
    good = counts["met"] + counts["met_from_start"] + counts["on_track"]
    return share(good, good + sum(counts[state] for state in ("nearly", "behind", "not_met", "fell")))


_NEW = "Of all partnerships now. Empty in the first wave itself."
_ON = "Of all partnerships now; the others end or nobody says."
_SURVEY = "Of all partnerships now; of the rest nobody said how strong they are. Empty where nobody was asked."
_ALONE = "Of four; of three in a view with one museum, which has no other museum to reach."
_OWN = "Everyone sets their own targets. Of those that can be told; withheld where one of them is."
_SOME_TARGETS = "Withheld: some of its targets are, since they rest on small numbers."
SHARES = (
    Share(
        "museums_with_health",
        "Museums with a health partner",
        "share",
        FAIR,
        "Of the museums in view. Empty where not every health partner is recorded.",
        _museums,
    ),
    Share("new_share", "Partnerships new since the first wave", "share", FAIR, _NEW, _new),
    Share("continuing_share", "Partnerships documented to continue", "share", FAIR, _ON, _going_on),
    Share("rated_share", "Partnerships that somebody rated", "share", FAIR, _SURVEY, _rated),
    Share(
        "core_kinds_reached",
        "Core kinds a museum reaches",
        "score",
        MIX,
        _ALONE,
        lambda side: by_group.kinds_reached(side.network),
    ),
    Share("aims_met", "Targets met or on track", "share", MIX, _OWN, _aims),
)
"""Figures that are shares already, beside the measures of the catalogue."""


def pilots(tables: Tables, ids: Sequence[str], scope: Scope, progress: pl.DataFrame) -> list[Side]:
    """Each pilot as a side: its partners and the ties among them; `progress` is that of the whole programme."""
    names = tables.names("pilots")
    return [
        Side(pilot, names[pilot], build(tables, replace(scope, pilots=(pilot,))), progress.filter(pl.col("pilot") == pilot))
        for pilot in ids
    ]


def table(sides: Sequence[Side]) -> pl.DataFrame:
    """Every measure of every side: id, measure, compared (one of `COMPARED`), why, kind, unit, and a Float64 column per side.

    What may be compared comes first. The columns are called by the sides' names, made unique by their ids; null where
    unknown, or withheld (`withheld`). Yes-or-no and worded measures are left out.
    """
    names = unique(sides)
    rows = []
    for figure in SHARES:
        values = [figure.compute(side) for side in sides]
        rows.append(
            (figure.id, figure.label, figure.how, figure.why, figure.kind, "0–1" if figure.kind == "share" else "kinds", *values)
        )
    for measure in catalogue.of("network"):
        if measure.kind in {"flag", "category"} or not measure.compared:
            continue
        values = [_number(catalogue.value(measure, side.network)) for side in sides]
        rows.append((measure.id, measure.label, measure.compared, measure.why, measure.kind, measure.unit, *values))
    columns = dict.fromkeys(("id", "measure", "compared", "why", "kind", "unit"), pl.String)
    frame = pl.DataFrame(rows, schema=columns | dict.fromkeys(names, pl.Float64), orient="row")
    first = {"mean_strength": 0, "museums_with_health": 1, "new_share": 2, "continuing_share": 3}
    return frame.sort(
        pl.col("compared").replace_strict({how: at for at, how in enumerate(COMPARED)}, return_dtype=pl.Int64),
        pl.col("id").replace_strict(first, default=9, return_dtype=pl.Int64),
        maintain_order=True,
    )


def withheld(sides: Sequence[Side]) -> dict[tuple[str, str], str]:
    """Why a measure of a side is withheld, by the id of the measure and the name of the side as in `table`."""
    reasons = {}
    for side, name in zip(sides, unique(sides), strict=True):
        for measure in catalogue.of("network"):
            if why := catalogue.withheld(measure, side.network):
                reasons[measure.id, name] = why
        for share_id, measure_id in (("new_share", "new_ties"), ("rated_share", "ties_without_strength")):
            if (measure_id, name) in reasons:
                reasons[share_id, name] = reasons[measure_id, name]
        if tallies.withheld(side.progress):
            reasons["aims_met", name] = _SOME_TARGETS
    return reasons


def unique(sides: Sequence[Side]) -> list[str]:
    """The names of the sides, two of one name told apart by their ids; none is that of another column."""
    taken = {"id", "measure", "compared", "why", "kind", "unit"}
    names = [side.name for side in sides]
    return [f"{side.name} ({side.id})" if names.count(side.name) > 1 or side.name in taken else side.name for side in sides]


def _number(value: object) -> float | None:
    return None if value is None else float(value)  # type: ignore[arg-type]


def uneven(sides: Sequence[Side]) -> str | None:
    """A sentence where strength rests on the survey on one side and on documents on another; null where it does not."""
    documents = [side.name for side in sides if side.network.counts_documents and side.network.ties.height]
    survey = [side.name for side in sides if not side.network.counts_documents and _rated(side)]
    if not documents or not survey:
        return None
    return (
        f"Strength rests on documents for {', '.join(documents)} and on the survey for {', '.join(survey)}: "
        "the two are not the same thing, so do not compare it between them."
    )
