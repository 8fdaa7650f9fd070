"""Programmes, or the pilots of one, beside one another: what may be compared in pictures, everything in a table."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl
import streamlit as st

from wtnet.draw.charts import programmes
from wtnet.measures import comparable, reach
from wtnet.measures.comparable import Side
from wtnet.network import Scope
from wtnet.sentences import programmes as programmes_sentences
from wtnet.sentences.waves import names as wave_names
from wtnet.tables import waves
from wtnet.tables.model import Audience
from wtnet.tables.schema import CORE_KINDS
from wtnet.ui.frame import address, cached, chips, page, sign_in
from wtnet.ui.frame.markdown import count, cut, plain
from wtnet.ui.frame.page import PageContext
from wtnet.ui.parts import downloads, filters
from wtnet.ui.parts.as_picture import as_picture
from wtnet.ui.parts.figures import interval_note, rows_table

address.declare(compare="programme")

STYLE = Path(__file__).parents[1] / "parts" / "report_lines.css"
MOST = 12
"""So many sides are drawn; the workbook has all."""
_DRAWN = (
    "mean_strength",
    "cross_sector_share",
    "new_share",
    "continuing_share",
    "museums_with_health",
    "agreement",
    "response_rate",
)
Place = tuple[str, cached.Edition, Scope]
"""Where a side is kept: its programme, at which revision and for whom, in which scope."""


@dataclass(frozen=True, eq=False)
class Comparison:
    """The sides, where each is kept, the table of them (see `comparable.table`), the intervals of each, and what is withheld
    (`comparable.withheld`)."""

    here: PageContext
    sides: list[Side]
    places: list[Place]
    frame: pl.DataFrame
    spans: list[dict[str, tuple[float, float]]]
    withheld: dict[str, dict[str, str]]


def choose_sides(here: PageContext) -> Comparison | None:
    """Draw the choices; None, with a way out, where there is only one to look at."""
    st.html(STYLE)
    others = {programme.id: programme.name for programme in sign_in.programmes() if programme.id != here.programme.id}
    pilots = here.tables.names("pilots")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="programme_choices"):
        chosen = filters.boxed("Beside other programmes", others, "compare", "Its own pilots", 330)
        if not chosen:
            filters.boxed("Pilots", pilots, "pilot", "All pilots", 330)
        base = filters.scope(here)
    wanted: tuple[str, ...] = ()
    if chosen:
        sides, places = _programmes(here, chosen, base)
    else:
        chips.follow("pilot", "pilot_place", "target_group")
        asked = filters.scope_as_chosen(here, "pilot")
        wanted = asked.pilots
        ids = wanted or (() if asked.hidden else tuple(pilots))
        sides = comparable.pilots(here.tables, ids, base, cached.progress(*here.key, here.wave, here.audience))
        places = [(*here.key, side.network.scope) for side in sides]
    if len(sides) < 2:
        _alone(others, wanted)
        return None
    spans = [cached.intervals(*place) for place in places]
    frame = _table(tuple(places), tuple(side.name for side in sides), sides)
    return Comparison(here, sides, places, frame, spans, _withheld(sides))


def _withheld(sides: list[Side]) -> dict[str, dict[str, str]]:
    """Why figures are withheld (`comparable.withheld`), by the measure and then the name of the side."""
    reasons: dict[str, dict[str, str]] = {}
    for (measure, name), why in comparable.withheld(sides).items():
        reasons.setdefault(measure, {})[name] = why
    return reasons


def _programmes(here: PageContext, chosen: tuple[str, ...], scope: Scope) -> tuple[list[Side], list[Place]]:
    """This programme in the wave looked at, the others in their current one."""
    own = Side(here.programme.id, here.programme.name, cached.network(*here.key, scope), _progress(here.key, here.wave))
    sides, places = [own], [(*here.key, scope)]
    names = {programme.id: programme.name for programme in sign_in.programmes()}
    for other in chosen:
        key = (other, _seen_there(other, here.audience))
        their_scope = replace(scope, wave=waves.current(cached.tables(*key)))
        sides.append(Side(other, names[other], cached.network(*key, their_scope), _progress(key, their_scope.wave)))
        places.append((*key, their_scope))
    return sides, places


def _seen_there(programme: str, audience: Audience) -> cached.Edition:
    """Another programme as the same audience, if the person may look at it so; else as they may."""
    allowed = sign_in.person(programme).audiences
    return cached.Edition(cached.revision(programme), audience if audience in allowed else allowed[0])


def _progress(key: tuple[str, cached.Edition], wave: str | None) -> pl.DataFrame:
    return cached.progress(*key, wave, key[1].audience)


@cached.kept(spinner="Measuring each side …")
def _table(places: tuple[Place, ...], names: tuple[str, ...], _sides: list[Side]) -> pl.DataFrame:
    return comparable.table(_sides)


@cached.kept(256, "Comparing with chance …")
def _chance(programme: str, at: cached.Edition, scope: Scope) -> tuple[float, float] | None:
    """The range the share of ties between kinds has by chance (95 %)."""
    return reach.crossing_by_chance(cached.network(programme, at, scope))


def _alone(others: dict[str, str], wanted: tuple[str, ...]) -> None:
    if wanted:
        st.info("One pilot alone has nothing beside it. Choose another, or none for all.", icon=":material/info:")
        st.button("All pilots", on_click=_every_pilot, key="every_pilot")
    elif others:
        st.info("This programme has fewer than two pilots. Choose another programme to set beside it.", icon=":material/info:")
    else:
        st.info("There is one programme here, with fewer than two pilots: nothing to set beside it.", icon=":material/info:")
        sign_in.link_to_data("Bring in another programme")


def _every_pilot() -> None:
    address.put("pilot")
    address.forget("pilot")


def headline(comparison: Comparison) -> None:
    """How far apart the sides are, and how certain that is."""
    page.opening_sentence(programmes_sentences.headline(comparison.frame, comparison.spans, comparison.withheld))


def cautions(comparison: Comparison) -> None:
    """What must be known before reading: another basis of strength, sides that share partners, other waves."""
    sentences = [comparable.uneven(comparison.sides)]
    labels = dict(comparison.frame.select("id", "measure").iter_rows())
    sentences += programmes_sentences.reasons_withheld(
        {labels[measure]: sides for measure, sides in comparison.withheld.items() if measure in labels}
    )
    shared = _shared(comparison)
    if shared:
        verbs = ("is", "counts") if shared == 1 else ("are", "count")
        sentences.append(f"{count(shared, 'partner')} {verbs[0]} on several sides and {verbs[1]} on each.")
    if address.every("compare"):
        waves = [f"{cut(side.name, 40)}: {_wave(side)}" for side in comparison.sides]
        sentences.append(f"Waves: {'; '.join(waves)}.")
        for side in comparison.sides:
            kinds = set(dict(side.network.graph.nodes(data="kind")).values())
            lacking = [kind for kind in CORE_KINDS if kind not in kinds]
            sentences.append(programmes_sentences.missing_kinds(side.name, side.network, lacking) if lacking else None)
    if lines := [plain(sentence) for sentence in sentences if sentence]:
        st.caption("  \n".join(lines))


def _wave(side: Side) -> str:
    names = wave_names(side.network.tables)
    return f"“{names[side.network.wave]}”" if side.network.wave in names else "all documented partnerships"


def _shared(comparison: Comparison) -> int:
    """How many partners are on more than one side; those of other programmes are others."""
    times_met: dict[tuple[str, str], int] = {}
    for (programme, _, _), side in zip(comparison.places, comparison.sides, strict=True):
        for partner in side.network.graph:
            times_met[programme, partner] = times_met.get((programme, partner), 0) + 1
    return sum(times > 1 for times in times_met.values())


def pictures(comparison: Comparison) -> None:
    """What may be compared, a row per side; ties between kinds beside what chance would give each."""
    frame = comparison.frame.select(comparison.frame.columns[: 6 + MOST])
    drawn = [measure for measure in _DRAWN if programmes.varies(frame, measure)]
    if not drawn:
        st.info("Nothing that may be compared is known on two sides.", icon=":material/info:")
        return
    if len(comparison.sides) > MOST:
        st.caption(f"The first {MOST} of {len(comparison.sides)} are drawn; choose others above. The workbook has all.")
    labels = dict(frame.select("id", "measure").iter_rows())
    for start in range(0, len(drawn), 2):
        for column, measure in zip(st.columns(2, gap="large"), drawn[start : start + 2], strict=False):
            with column:
                st.markdown(f"**{plain(labels[measure])}**")
                crossing = measure == "cross_sector_share"
                chance = [_chance(*place) for place in comparison.places[:MOST]] if crossing else []
                st.html(programmes.strip(frame, measure, comparison.spans, chance, comparison.withheld.get(measure, ())))
                if not address.every("compare"):
                    as_picture(f"pilots:{measure}")
                if any(chance):
                    st.caption("Pane: what the mix of kinds would give by chance. Compare places within it, not bare shares.")
    st.caption("Line: 95% interval where there is one; with other partners like these the figure would most likely fall in it.")
    interval_note(*((cut(side.name, 40), side.network) for side in comparison.sides[:MOST]))


def everything(comparison: Comparison) -> None:
    """The whole table, with what may not be compared set apart and why."""
    st.subheader("Every measure", anchor="every")
    st.html(programmes.table(comparison.frame, MOST, comparison.withheld))
    with st.popover(
        "Show me the figures", type="tertiary", key="open_beside", on_change="rerun", icon=":material/table_rows:"
    ) as box:
        if box.open:
            rows_table(_with_reasons(comparison).drop("id"), "beside")


def _with_reasons(comparison: Comparison) -> pl.DataFrame:
    """The table, with the sides for which each measure is withheld, where one is."""
    if not comparison.withheld:
        return comparison.frame
    hidden = [", ".join(comparison.withheld.get(measure, ())) or None for measure in comparison.frame["id"]]
    return comparison.frame.with_columns(pl.Series("withheld for", hidden, dtype=pl.String))


def lead_on(comparison: Comparison) -> None:
    """Show links from each side to its reach."""
    st.markdown("**Look closer**")
    with st.container(horizontal=True, gap="medium"):
        for (programme, _, scope), side in list(zip(comparison.places, comparison.sides, strict=True))[:MOST]:
            asked = {"programme": programme, "wave": scope.wave or "", "pilot": "" if address.every("compare") else side.id}
            st.page_link(
                "pages/reach.py",
                label=plain(cut(side.name, 40)),
                icon=":material/hub:",
                query_params={name: value for name, value in asked.items() if value},
            )


def take_away(comparison: Comparison) -> None:
    """The workbook of the page: every measure of every side, its intervals, and the sentence."""

    def tables() -> dict[str, pl.DataFrame]:
        names = comparison.frame.columns[6:]
        spans = [
            (name, measure, *ends)
            for name, intervals in zip(names, comparison.spans, strict=True)
            for measure, ends in intervals.items()
        ]
        columns = {"side": pl.String, "measure": pl.String, "low": pl.Float64, "high": pl.Float64}
        return {"Measures": _with_reasons(comparison), "Intervals": pl.DataFrame(spans, schema=columns, orient="row")}

    about = [("Sentence", programmes_sentences.headline(comparison.frame, comparison.spans, comparison.withheld))]
    downloads.workbook(comparison.here, "Beside one another", about, tables, "beside")
