"""The funder's page: how far the work reaches across kinds of partner, places and target groups, and how that changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import polars as pl
import streamlit as st

from wtnet.draw.charts import reach as reach_charts
from wtnet.measures import absence, by_group, catalogue, multiplexity, reach
from wtnet.measures.lasting import NOT_KNOWN_THEN
from wtnet.network import Network, Scope, waves_in_order
from wtnet.sentences import reach as reach_sentences
from wtnet.sentences import reach_waves, record, strength
from wtnet.sentences.filters import RULE
from wtnet.tables import relationships
from wtnet.tables.schema import CORE_KINDS
from wtnet.ui.frame import cached
from wtnet.ui.frame.markdown import count, listed, plain
from wtnet.ui.frame.page import PageContext, nothing_left
from wtnet.ui.parts import downloads, filters
from wtnet.ui.parts.as_picture import as_picture
from wtnet.ui.parts.figures import figure_row, guide_link, interval_note, measure_rows, rows_popover, show_frame

STYLE = Path(__file__).parents[2] / "parts" / "report_lines.css"
FILTERS = ("pilot_place", "target_group", "pilot")
FOLLOWS = (*FILTERS, *RULE)
"""Not those that leave partners out: that a kind is not reached would then only say that it is not looked at."""
MUSEUMS = 40
"""So many museums are drawn; all of them are in the table."""


@dataclass(frozen=True, eq=False)
class ReachChoice:
    """The network in scope, the same in the first wave (None there and without waves), and the filters in words or ""."""

    here: PageContext
    network: Network
    first: Network | None
    first_name: str
    filtered: str


def choose(here: PageContext) -> ReachChoice | None:
    """Draw the filters and work out what they leave; None, with a way out, where no pilot is left."""
    st.html(STYLE)
    tables = here.tables
    places, groups = (filters.values_of(tables.pilots, column) for column in ("place", "target_group"))
    names = tables.names("pilots")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="reach_filters"):
        place = filters.boxed("Place", places, "pilot_place", "All places", 210)
        group = filters.boxed("Target group", groups, "target_group", "All target groups", 380)
        pilot = filters.boxed("Pilots", names, "pilot", "All pilots", 240)
        scope = filters.scope(here)
    pilots = by_group.pilots_of(tables, place, group, pilot) if place or group or pilot else ()
    filtered = listed([*place, *group, *(names[each] for each in pilot)], most=6)
    if filtered and not pilots:
        nothing_left(f"No pilot matches all of these: {filtered}.", *FILTERS)
        return None
    scope = replace(scope, pilots=pilots)
    order = waves_in_order(tables)
    is_later = bool(order) and here.wave != order[0] and not scope.answers  # answers are of one wave
    first = cached.network(*here.key, replace(scope, wave=order[0])) if is_later else None
    first_name = here.wave_name(order[0]) if order else ""
    return ReachChoice(here, cached.network(*here.key, scope), first, first_name, filtered)


@cached.kept(64, "Comparing with chance …")
def _chance(programme: str, at: cached.Edition, scope: Scope) -> dict[str, Any]:
    return reach.chance(cached.network(programme, at, scope))


def chance_of(choice: ReachChoice) -> dict[str, Any]:
    """The E-I index beside what chance would give (see `reach.chance`)."""
    return _chance(*choice.here.key, choice.network.scope)


def _headlines(choice: ReachChoice) -> list[tuple[str, str]]:
    return reach_sentences.headlines(choice.network, choice.first, choice.first_name, chance_of(choice))


def headline(choice: ReachChoice) -> None:
    """Show what the figures say, a sentence each, with the link to the part of the page that shows it."""
    when = f"at the wave “{choice.here.wave_name()}”" if choice.here.wave else "on the public record"
    about = f"**{plain(choice.filtered)}**, " if choice.filtered else "**The whole programme**, "
    lines = [f"- {plain(sentence)} [See it](#{part})" for part, sentence in _headlines(choice)]
    partners = count(choice.network.graph.number_of_nodes(), "partner")
    st.markdown(f"{about}{plain(when)}, {partners}:\n\n" + "\n".join(lines))
    if choice.filtered:
        st.caption(
            "Only the partners of these pilots count, and the partnerships among them; partnerships to partners elsewhere do not."
        )


def figures(choice: ReachChoice) -> None:
    """Show the headline figures; each opens."""
    measures = ("ties", "cross_sector_share", "mean_strength", "new_ties", "continuing_ties")
    figure_row(choice.here, choice.network, measures, 160)
    interval_note(("", choice.network))


def rows_and_guide(
    label: str,
    name: str,
    make: Callable[[], pl.DataFrame],
    measure: str | None = None,
    of: str = "network",
    picture: str = "",
) -> None:
    """Show the button for the rows behind a chart, and the links to its measure and to it as a picture, if it is one."""
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        rows_popover(label, name, make)
        if measure:
            guide_link(catalogue.find(measure, of))
        if picture:
            as_picture(picture)


def coverage(choice: ReachChoice) -> None:
    """Show which museum works with which of the four core kinds."""
    st.header("Which museum works with whom", anchor="coverage")
    museums = reach.coverage(choice.network)
    gaps = absence.unknown_kinds(choice.network)
    if not museums.height:
        st.info("No museum is in view.", icon=":material/info:")
        return
    many = museums.height > MUSEUMS
    drawn = museums.sort(pl.col("missing") == "none", maintain_order=True).head(MUSEUMS) if many else museums
    st.html(reach_charts.coverage(drawn, gaps, absence.none_words(choice.network)))
    if many:
        st.caption(f"{MUSEUMS} of {museums.height:,} museums are drawn, those that lack a kind first; the table has all.")
    if gaps and (museums["unknown"] != "").any():
        st.caption(plain(record.notes(gaps.values())))
    titles = {"name": "museum"} | {kind: f"partnerships with: {label.lower()}" for kind, label in CORE_KINDS.items()}
    rows_and_guide(
        "Show me the rows", "coverage", lambda: museums.drop("id").rename(titles), "missing_sectors", "partner", "coverage"
    )


def health(choice: ReachChoice) -> None:
    """Show the ties between museums and health providers: since when, and whether they go on."""
    st.header("Museums and health providers", anchor="health")
    ties = by_group.museum_health(choice.network)
    if not ties.height:
        gap = absence.unknown_kinds(choice.network).get("health_provider")
        none = "No museum in view has a partnership with a health provider in this wave."
        if gap:
            words = gap.words_of_one if choice.network.scope.pilots else gap.words
            none = f"Health providers: {words}. {gap.sentence if gap.note else ''}"
        st.info(plain(none), icon=":material/info:")
        return
    since, after = ties["since"], ties["afterwards"]
    parts = []
    if since.null_count() < ties.height:
        squares = [
            (f"new since {choice.first_name}", int((since == "new").sum()), "full"),
            ("there before", int((since == "there before").sum()), "pale"),
            ("not known: someone did not answer then, or was not asked", int((since == "unknown").sum()), "hollow"),
        ]
        if choice.network.exact is not None:
            later = ("not known then: new, or nobody told of it", int((since == NOT_KNOWN_THEN).sum()), "hollow")
            squares = [squares[1], later]
        parts.append(("Since when", squares))
    squares = [
        ("documented to continue", int((after == "continues").sum()), "full"),
        ("documented to end", int((after == "ends").sum()), "pale"),
        ("not documented", int((after == "not documented").sum()), "hollow"),
    ]
    parts.append(("After the programme", squares))
    st.html(reach_charts.squares(parts))
    st.caption("One square is one partnership.")
    rows = (
        _in_words(choice.network, ties)
        .drop("museum", "health_provider")
        .rename({"museum_name": "museum", "health_provider_name": "health provider", "afterwards": "after the programme"})
    )
    rows_and_guide(
        f"Show me the {count(ties.height, 'partnership')}", "museum_health", lambda: rows, "new_ties", picture="museum-health"
    )


def everything(choice: ReachChoice) -> None:
    """Show every tie of the network in view."""
    show_frame("Show me every partnership in view", "ties_in_view", lambda: catalogue.rows(choice.network, "ties"))


def over_waves(choice: ReachChoice) -> pl.DataFrame:
    """The followed figures in every wave of the programme (see `reach_waves.over_waves`)."""
    key, scope = choice.here.key, choice.network.scope
    order = waves_in_order(choice.here.tables)
    networks = [cached.network(*key, replace(scope, wave=wave)) for wave in order]
    return reach_waves.over_waves(networks, lambda network: cached.intervals(*key, network.scope))


def workbook(choice: ReachChoice) -> None:
    """Show the button that makes and downloads every table behind the page, with figures as numbers."""
    looked_at = [("Looked at", choice.filtered or "the whole programme")]
    downloads.workbook(choice.here, "Cross-sector reach", looked_at, lambda: _sheets(choice), "reach")


def _sheets(choice: ReachChoice) -> dict[str, pl.DataFrame]:
    """The tables by title, in the order of the page."""
    network, chance = choice.network, chance_of(choice)
    sentences = [sentence for _, sentence in _headlines(choice)]
    titles = {"place": "By place", "target_group": "By target group", "pilot": "By pilot", "home": "By place of partners"}
    return {
        "Sentences": pl.DataFrame({"sentence": sentences}, schema={"sentence": pl.String}),
        "Figures": _measures(choice),
        "Museums": reach.coverage(network),
        "Museum and health": _in_words(network, by_group.museum_health(network)),
        "Kind by kind": matrix_of(network),
        **_by_kind(network),
        "Beside chance": pl.DataFrame([chance], infer_schema_length=None),
        "Who joins others": by_group.brokers(network, max(1, network.graph.number_of_nodes())),
        **{titles[by]: by_group.by_group(network, by) for by in by_group.BY},
        "From wave to wave": over_waves(choice),
        "Partnerships": measure_rows(network, "ties"),
    }


def _by_kind(network: Network) -> dict[str, pl.DataFrame]:
    """Tables of kinds of partnership, where the reader is told of every one what kind it is."""
    if not relationships.in_use(network.tables) or not relationships.tells_all(network.tables):
        return {}
    return {
        "Kinds of partnership": multiplexity.by_kinds_of_partner(network),
        "In two or more ways": multiplexity.several(network),
        "Kinds together": multiplexity.together(network),
    }


def _in_words(network: Network, ties: pl.DataFrame) -> pl.DataFrame:
    """Ties of museums with health providers, strength as the reader may see it."""
    if network.exact is None:
        return ties
    words = [strength.pair_words(network, *ends) for ends in ties.select("museum", "health_provider").iter_rows()]
    return ties.drop("level", "since").with_columns(pl.Series("strength", words, dtype=pl.String))


def matrix_of(network: Network) -> pl.DataFrame:
    """`reach.mixing`; for others than the lead with why a mean strength is withheld."""
    matrix = reach.mixing(network)
    if network.exact is None:
        return matrix
    why = [reach.mixing_withheld(network, *kinds) for kinds in matrix.select("kind_a", "kind_b").iter_rows()]
    return matrix.with_columns(pl.Series("withheld", why, dtype=pl.String))


def _measures(choice: ReachChoice) -> pl.DataFrame:
    """Every measure of the network: id, measure, value, low and high (its 95 % interval), unit, what it says, withheld (why)."""
    values = cached.network_measures(*choice.here.key, choice.network.scope)
    spans = cached.intervals(*choice.here.key, choice.network.scope)
    rows = []
    for measure in catalogue.of("network"):
        value, (low, high) = values[measure.id], spans.get(measure.id, (None, None))
        number = float(value) if isinstance(value, int | float) else None
        why = catalogue.withheld(measure, choice.network)
        rows.append((measure.id, strength.label(measure, choice.network), number, low, high, measure.unit, measure.meaning, why))
    columns = {"id": pl.String, "measure": pl.String, "value": pl.Float64, "low": pl.Float64, "high": pl.Float64}
    return pl.DataFrame(rows, schema=columns | dict.fromkeys(("unit", "what it says", "withheld"), pl.String), orient="row")
