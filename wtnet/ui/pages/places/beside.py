"""Beside the map of places: a partner's ties by distance, who is in a part of the map, the places, and who is not on it."""

from __future__ import annotations

from typing import Any

import polars as pl
import streamlit as st

from wtnet.draw.places import ground
from wtnet.measures import absence
from wtnet.measures.distance import distances
from wtnet.network import with_names
from wtnet.sentences import strength
from wtnet.tables.rounding import fixed, rounded_column
from wtnet.tables.schema import KINDS
from wtnet.ui.frame import address, sign_in
from wtnet.ui.frame.markdown import count, counted, cut, listed, plain
from wtnet.ui.pages.places.places import PlacesChoice, show_part
from wtnet.ui.parts.figures import show_frames
from wtnet.ui.parts.table import show_table

NO_PLACE = "no place named"
_PLACED = {
    "coordinates": "",
    "town": ", placed by the town's name",
    "postcode": ", placed by the postcode's district",
    None: ", not on the map",
}


def beside(choice: PlacesChoice) -> None:
    """Show the selected partner, or the partners in the part of the map that is shown, or all places; then who is missing."""
    if choice.scene.chosen:
        _partner(choice, choice.scene.chosen)
    if choice.closer:
        _in_view(choice)
    elif not choice.scene.chosen:
        _places(choice)
    _missing(choice)


def _partner(choice: PlacesChoice, partner: str) -> None:
    row = choice.where.row(by_predicate=pl.col("id") == partner, named=True)
    ties = _ties_of(choice, partner)
    lengths: list[float] = sorted(ties["km"].drop_nulls())
    st.markdown(f"### {plain(row['name'])}")
    st.caption(plain(f"{KINDS[row['kind']]}{', ' + row['place'] if row['place'] else ''}{_placed(choice, row)}"))
    far = f" The nearest is {fixed(lengths[0])} km away, the farthest {fixed(lengths[-1])} km." if lengths else ""
    if choice.withheld & {partner, *choice.network.graph[partner]}:
        far = " How far they reach is withheld where a place is."
    known = " known" if absence.ties(choice.network) else ""
    st.markdown(plain(f"It has {counted(ties.height, f'{known} partnership'.strip())} in this wave.{far}"))
    if ties.height:
        show_table(ties, "place_ties", f"The {ties.height} partnerships of this partner with their distance", most=300)
    with st.container(horizontal=True, vertical_alignment="center"):
        whole = address.params(partner=partner)
        st.page_link("pages/partners.py", label="Profile", icon=":material/group:", query_params=whole)
        st.button(
            "Clear",
            on_click=lambda: address.put("select"),
            key="place_let_go",
            type="tertiary",
            icon=":material/close:",
        )


def _placed(choice: PlacesChoice, row: dict[str, Any]) -> str:
    return ", place withheld" if row["id"] in choice.withheld else _PLACED[row["by"]]


def _ties_of(choice: PlacesChoice, partner: str) -> pl.DataFrame:
    names = choice.where.select("id", "name")
    own = _worded(choice).filter((pl.col("source") == partner) | (pl.col("target") == partner))
    other = own.with_columns(id=pl.when(pl.col("source") == partner).then("target").otherwise("source"))
    return (
        other.join(names, on="id", how="left")
        .sort("km", nulls_last=True)
        .select(pl.col("name").alias("works with"), rounded_column("km"), "strength")
    )


def _worded(choice: PlacesChoice) -> pl.DataFrame:
    """`distances` with strength as the reader may see it: a number for the lead, words for others."""
    network = choice.network
    return distances(network).with_columns(strength.in_words(network, network.ties)["strength"])


def _in_view(choice: PlacesChoice) -> None:
    """Show the partners in the part of the map that is shown."""
    frame = choice.scene.frame
    ids = [partner for mark in choice.scene.marks if frame.holds(mark.x, mark.y) for partner in mark.ids]
    table = choice.where.filter(pl.col("id").is_in(ids)).select(
        "name", pl.col("kind").replace(KINDS), "place", placed=pl.col("by").fill_null("not placed")
    )
    st.markdown(f"### {count(table.height, 'partner') if table.height else 'Nobody'} here")
    if not table.height:
        st.caption("No partner stands in this part of the map. “Whole map” goes back.")
    else:
        show_table(table, "place_inside", f"{table.height} partners in this part of the map", most=460)


def _places(choice: PlacesChoice) -> None:
    table = places_table(choice)
    st.markdown(f"### {count(table.height, 'place')}")

    def open_place() -> None:
        selected = st.session_state["place_places"].selection.rows
        if selected and selected[0] < table.height:
            partners = choice.ground.partners.filter(pl.col("place").fill_null(NO_PLACE) == table["place"][selected[0]])
            show_part(ground.closer(choice.ground, partners["id"].to_list()))

    show_table(
        table,
        "place_places",
        f"{table.height} places with their partners and partnerships; choose a row to go there",
        {
            "place": st.column_config.TextColumn("Place", width=106),
            "partners": st.column_config.NumberColumn("Partners", width=70),
            "partnerships within": st.column_config.NumberColumn(
                "Partnerships within", width=80, help="Partnerships between two partners of this place"
            ),
            "elsewhere": st.column_config.NumberColumn("Elsewhere", width=76, help="Partnerships to a partner of another place"),
        },
        open_place,
        most=460,
    )


def places_table(choice: PlacesChoice) -> pl.DataFrame:
    """One row a named place: partners on the map, ties within it and ties to elsewhere (null where none is known and the record
    does not tell of all); the largest first."""
    at = choice.ground.partners.select("id", pl.col("place").fill_null(NO_PLACE))
    ends = (
        choice.network.ties.select("source", "target")
        .join(at, left_on="source", right_on="id")
        .join(at, left_on="target", right_on="id", suffix="_to")
    )
    within = ends.filter(pl.col("place") == pl.col("place_to")).group_by("place").agg(pl.len().alias("partnerships within"))
    across = ends.filter(pl.col("place") != pl.col("place_to"))
    out = pl.concat([across.select("place"), across.select(place="place_to")]).group_by("place").agg(pl.len().alias("elsewhere"))
    table = (
        at.group_by("place", maintain_order=True)
        .agg(pl.len().alias("partners"))
        .join(within, on="place", how="left")
        .join(out, on="place", how="left")
        .sort("partners", descending=True, maintain_order=True)
    )
    return table if absence.ties(choice.network) else table.fill_null(0)


def _missing(choice: PlacesChoice) -> None:
    """Show who is not on the map, and why; nobody is put at 0, 0."""
    names = choice.ground.partners.filter("far")["name"].to_list()
    if names:
        st.markdown(
            plain(f"Farther than {fixed(ground.REACH)} km away, beyond the edge: {listed([cut(name, 40) for name in names], 6)}.")
        )
    lost = choice.where.filter(pl.col("by").is_null())
    if not lost.height:
        st.caption("Every partner in view has a place.")
        return
    with st.container(border=True):
        st.markdown(f"**{count(lost.height, 'partner')} not on the map**")
        if choice.withheld:
            names = lost.filter(pl.col("id").is_in(choice.withheld))["name"].to_list()
            st.markdown(f"Place withheld: {plain(listed([cut(name, 40) for name in names], 8))}.")
        for reason, names in _by_reason(lost.filter(~pl.col("id").is_in(choice.withheld))):
            why = reason.removeprefix("it has ")
            st.markdown(f"{plain(why[0].upper() + why[1:])}: {plain(listed([cut(name, 40) for name in names], 8))}.")
        if choice.here.person.edits:
            st.caption(
                "Give latitude and longitude, or the town or postcode alone, in the sheet “organisations”, and bring it in."
            )
        sign_in.link_to_data("Correct the data", icon=":material/table_view:")


def _by_reason(lost: pl.DataFrame, most: int = 5) -> list[tuple[str, list[str]]]:
    """The names of those not placed by the reason, the commonest reasons first and the rest together."""
    by_reason: dict[str, list[str]] = {}
    for name, reason in lost.select("name", "why_not").iter_rows():
        by_reason.setdefault(reason, []).append(name)
    largest = sorted(by_reason.items(), key=lambda each: -len(each[1]))
    rest = [name for _, names in largest[most:] for name in names]
    return largest[:most] + ([("other reasons, said in the table below", rest)] if rest else [])


def _why_not(choice: PlacesChoice) -> pl.Expr:
    """Why a partner is not on the map: withheld, or what is missing."""
    return pl.when(pl.col("id").is_in(choice.withheld)).then(pl.lit("withheld")).otherwise("why_not")


def tables(choice: PlacesChoice) -> None:
    """Show the rows behind the map."""
    network = choice.network
    show_frames(
        "Show me the rows behind the map",
        "place_rows",
        {
            "partners": lambda: choice.where.select(
                "name", pl.col("kind").replace(KINDS), "place", "latitude", "longitude", placed="by", why_not=_why_not(choice)
            ),
            "places": lambda: places_table(choice),
            "partnerships with distance": lambda: with_names(network.tables, _worded(choice), "source", "target").select(
                pl.col("source_name").alias("partner"),
                pl.col("target_name").alias("other partner"),
                rounded_column("km", 1),
                "strength",
            ),
        },
    )
