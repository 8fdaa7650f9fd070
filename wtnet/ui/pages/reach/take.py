"""The reach page to take along: every table behind it, with figures as numbers, in one workbook."""

from __future__ import annotations

import polars as pl

from wtnet.measures import by_group, catalogue, reach
from wtnet.sentences import reach as reach_sentences
from wtnet.ui.frame import cached
from wtnet.ui.pages.reach.cuts import over_waves
from wtnet.ui.pages.reach.reach import Seen, chance_of
from wtnet.ui.parts import downloads


def take(seen: Seen) -> None:
    """The button that makes and downloads the workbook."""
    downloads.workbook(
        seen.here, "Cross-sector reach", [("Looked at", seen.filtered or "the whole programme")], lambda: tables(seen), "reach"
    )


def tables(seen: Seen) -> dict[str, pl.DataFrame]:
    """{name of the sheet: its table}, in the order of the page."""
    network = seen.network
    said = [sentence for _, sentence in reach_sentences.headlines(network, seen.first, seen.first_name, chance_of(seen))]
    everyone = max(1, network.graph.number_of_nodes())
    found = {
        "Sentences": pl.DataFrame({"sentence": said}, schema={"sentence": pl.String}),
        "Figures": figures(seen),
        "Museums": reach.coverage(network),
        "Museum and health": by_group.museum_health(network),
        "Kind by kind": reach.mixing(network),
        "Beside chance": pl.DataFrame([chance_of(seen)], infer_schema_length=None),
        "Who joins others": by_group.brokers(network, everyone),
    }
    words = {"place": "By place", "target_group": "By target group", "pilot": "By pilot", "home": "By place of partners"}
    found |= {words[by]: by_group.by_group(network, by) for by in by_group.BY}
    return found | {"From wave to wave": over_waves(seen)[1], "Partnerships": catalogue.rows(network, "ties")}


def figures(seen: Seen) -> pl.DataFrame:
    """Every measure of the network: id, measure, value, low and high (its 95 % interval), unit, what it says."""
    values = cached.network_measures(*seen.here.key, seen.network.scope)
    spans = cached.intervals(*seen.here.key, seen.network.scope)
    rows = []
    for measure in catalogue.of("network"):
        value, (low, high) = values[measure.id], spans.get(measure.id, (None, None))
        number = float(value) if isinstance(value, int | float) else None
        rows.append((measure.id, measure.label, number, low, high, measure.unit, measure.meaning))
    columns = {"id": pl.String, "measure": pl.String, "value": pl.Float64, "low": pl.Float64, "high": pl.Float64}
    return pl.DataFrame(rows, schema=columns | {"unit": pl.String, "what it says": pl.String}, orient="row")
