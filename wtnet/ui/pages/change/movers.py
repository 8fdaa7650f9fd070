"""Who moved on the Change page: the biggest movers in sentences, and every partner from wave to wave."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import polars as pl
import streamlit as st

from wtnet.draw.charts.change import Point, multiple
from wtnet.measures.disclosure import FEW_OTHERS
from wtnet.network import date_of, waves_in_order
from wtnet.sentences import change as change_sentences
from wtnet.sentences.format import WITHHELD
from wtnet.sentences.waves import names as wave_names
from wtnet.ui.frame import address
from wtnet.ui.frame.markdown import count, figure, plain
from wtnet.ui.map import clicks
from wtnet.ui.pages.change.waves import ChangeChoice, moves_shown
from wtnet.ui.parts import sheet
from wtnet.ui.parts.as_picture import as_picture
from wtnet.ui.parts.table import show_table
from wtnet.ui.parts.trend import STRENGTH, TIES, moved, spark_column, sparks, totals

address.declare(follow="partner")

_TIES = 2
"""So many partnerships are named of each state."""
_PICTURES = 8


def biggest_movers(choice: ChangeChoice) -> None:
    """Show who and what moved most: a sentence each, which leads to the partner's profile or to the tie on the map."""
    st.subheader("Biggest movers", anchor=False)
    if choice.here.audience != "lead":
        st.caption("Which partners and which partnerships gained or lost most is named to the programme lead alone.")
        return
    moves = change_sentences.partner_moves(choice.pairs, choice.after)
    shown = [
        _partners("Partners whose partnerships gained most", change_sentences.most_moved(moves, up=True)),
        _partners("Partners whose partnerships lost most", change_sentences.most_moved(moves, up=False)),
        _ties(choice),
    ]
    if not any(shown):
        st.caption("No partner and no partnership moved by 0.1 or more in what is known.")


def _partners(title: str, movers: list[tuple[str, str, str]]) -> bool:
    if movers:
        st.markdown(f"**{title}**")
    for partner, name, sentence in movers:
        with st.container(key=f"mover_{partner}"):
            st.page_link("pages/partners.py", label=_label(name, sentence), query_params=address.params(partner=partner))
    return bool(movers)


def _ties(choice: ChangeChoice) -> bool:
    states = ("stronger", "new", "weaker", "ended")
    movers = [tie for state in states for tie in change_sentences.most_moved_ties(choice.pairs, state, _TIES)]
    if movers:
        st.markdown("**Partnerships that moved most**")
    for source, target, names, sentence in movers:
        wave = choice.after.wave if choice.after.graph.has_edge(source, target) else choice.before.wave
        with st.container(key=f"mover_{source}~{target}"):
            st.page_link(
                "pages/side_by_side.py",
                label=_label(names, sentence),
                query_params=address.params(select=f"tie:{source}~{target}", **({"wave": wave} if wave else {})),
            )
    return bool(movers)


def _label(name: str, sentence: str) -> str:
    return f"**{plain(name)}** {plain(sentence)}"


def partners_over_time(choice: ChangeChoice) -> None:
    """Show small multiples of the partners asked for (else those that moved most), and a table of all partners."""
    st.subheader("Partners, wave by wave", anchor=False)
    by_wave = totals(*choice.here.key, replace(choice.before.scope, wave=None))
    moves = change_sentences.partner_moves(choice.pairs, choice.after)
    names = dict(moves.select("partner", "name").iter_rows())
    with st.container(width=640):
        lead = choice.here.audience == "lead"
        placeholder = f"The {_PICTURES} whose partnerships moved most" if lead else "Choose whom to follow"
        asked = address.choose_several("Follow these partners", names, name="follow", placeholder=placeholder)
    followed = list(asked) or (_most_moved(moves) if lead else [])
    top = float(by_wave.filter(pl.col("partner").is_in(followed))[STRENGTH].max() or 1.0)  # type: ignore[arg-type]
    pictures = [multiple(names[partner], _points(choice, by_wave, partner), top=top) for partner in followed]
    if pictures:
        sheet.pictures(pictures, "partner_pictures")
        as_picture("followed")
        quiet = " A hollow point: the partner did not answer in that wave, so the figure rests on what the others say of it."
        st.caption(
            f"Total strength of a partner's partnerships in each wave, all on one scale.{quiet if lead else f' {FEW_OTHERS}'}"
        )
    elif lead:
        st.caption("No partner moved in what is known; choose some above to follow them all the same.")
    _table(choice, by_wave)


def _most_moved(moves: pl.DataFrame) -> list[str]:
    """The ids of the partners that moved most either way, from the largest gain to the largest loss."""
    known = moves.filter(pl.col("moved").is_not_null() & (pl.col("moved") != 0))
    largest = known.sort(pl.col("moved").abs(), descending=True, maintain_order=True).head(_PICTURES)
    return largest.sort("moved", descending=True, maintain_order=True)["partner"].to_list()


def _points(choice: ChangeChoice, by_wave: pl.DataFrame, partner: str) -> list[Point]:
    tables = choice.here.tables
    names = wave_names(tables)
    points = []
    for row in by_wave.filter(pl.col("partner") == partner).iter_rows(named=True):
        quiet = row["answered"] is False
        note = count(row[TIES], "partner") + (", did not answer" if quiet else "")
        strength = WITHHELD if row["withheld"] else figure(row[STRENGTH], digits=1)
        points.append(Point(names[row["wave"]], row[STRENGTH], strength, date_of(tables, row["wave"]), quiet=quiet, note=note))
    return points


def _table(choice: ChangeChoice, by_wave: pl.DataFrame) -> None:
    """Show all partners with a sparkline; a row opens the profile."""
    lead = choice.here.audience == "lead"
    histories = by_wave.group_by("partner", maintain_order=True).agg(
        pl.col(STRENGTH).alias("values"), pl.col("withheld").alias("kept back"), (~pl.col("answered")).sum().alias("silent")
    )
    frame = moves_shown(choice).join(histories, on="partner", how="left", maintain_order="left")
    if lead:
        frame = frame.sort("moved", descending=True, nulls_last=True, maintain_order=True)
    rows, hidden = ([each or [] for each in frame[name].to_list()] for name in ("values", "kept back"))
    words = pl.Series("in words", [moved(row, back) for row, back in zip(rows, hidden, strict=True)], dtype=pl.String)
    changes = ["new", *change_sentences.SOMETIMES, "ended", "unknown"]
    changes = ["moved", *changes, "silent"] if lead else ["in both waves", "in one wave only"]
    worded = frame.with_columns(words, sparks(rows), pl.col("silent").fill_null(0))
    shown = worded.select("name", "kind", "line", "in words", *(name for name in changes if name in worded.columns))

    def open_profile() -> None:
        selected = st.session_state["paths"]["selection"]["rows"]
        if selected:
            address.put("partner", frame["partner"][selected[0]])
            clicks.open_page("pages/partners.py")

    waves = len(waves_in_order(choice.here.tables))
    config: dict[str, Any] = {
        "name": st.column_config.TextColumn("Partner", width="medium"),
        "kind": st.column_config.TextColumn("Kind"),
        "line": spark_column("Total strength", f"{waves} waves, from the first to the last", 150),
        "in words": st.column_config.TextColumn(
            "All waves, all its partnerships", width=210, help="Total strength of all its partnerships, first wave to last"
        ),
        "moved": st.column_config.NumberColumn(
            "Known gain or loss, these two waves",
            format="%+.2f",
            help="New ones, and what stronger and weaker ones gained or lost, less ended ones. One rated in one of the two "
            "waves only is not in it, so totals may differ.",
        ),
        "silent": st.column_config.NumberColumn("Waves not answered"),
    }
    alt = f"{shown.height} partners with the total strength of their partnerships in each wave"
    show_table(shown, "paths", alt, config, open_profile, on_screen_only=("line",))
    st.caption(plain("Select a row to open the partner's profile."))
    clicks.follow()
