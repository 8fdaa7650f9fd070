"""The Gaps page: what is looked at, the sentence on top, the four questions, and who is missing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import streamlit as st

from wtnet.analysis.dependence import without
from wtnet.analysis.introductions import introductions
from wtnet.draw.charts import reach as reach_charts
from wtnet.measures import reach
from wtnet.network import Network, Scope
from wtnet.tables.schema import CORE_KINDS
from wtnet.ui.frame import address, cached, sign_in
from wtnet.ui.frame.markdown import count, cut, listed, plain
from wtnet.ui.frame.page import PageContext, opening_sentence
from wtnet.ui.parts import filters
from wtnet.ui.parts.figures import show_frame

address.declare(show="question")

QUESTIONS = {
    "missing": "Who is missing",
    "meet": "Who should meet",
    "depend": "Whom we rely on",
    "what_if": "What if",
}
STYLES = [Path(__file__).parents[2] / "parts" / "report_lines.css", Path(__file__).parent / "gaps.css"]
_ROWS = 30


@dataclass(frozen=True, eq=False)
class Seen:
    """What the page shows: where we are, the whole network of the wave, and the question asked."""

    here: PageContext
    network: Network
    question: str

    def name(self, partner: str) -> str:
        """The name of a partner."""
        return str(self.network.graph.nodes[partner]["name"])


def look(here: PageContext) -> Seen:
    """The question and the rule of strength, kept in the URL; always the whole network, since a part of it hangs together
    in another way."""
    for style in STYLES:
        st.html(style)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="gap_controls"):
        question = address.one(
            st.segmented_control, "Question", list(QUESTIONS), name="show", default="missing", what="question",
            format_func=QUESTIONS.__getitem__, required=True, label_visibility="collapsed",
        )  # fmt: skip
        pairing, weights = filters.strength()
    return Seen(here, cached.network(*here.key, Scope(wave=here.wave, pairing=pairing, weights=weights)), question or "missing")


def sentence(seen: Seen) -> None:
    """What is missing, who is depended on and who might meet, in words."""
    if not seen.network.graph.number_of_nodes():
        st.info("This programme has no partners yet.", icon=":material/group_off:")
        sign_in.link_to_data("Bring in data")
        return
    opening_sentence(_headline(*seen.here.key, seen.network.scope, seen))


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs={Scope: repr})
def _headline(programme: str, at: cached.At, scope: Scope, _seen: Seen) -> str:
    return " ".join(filter(None, (_lacking(_seen), _hanging(_seen), _first(_seen))))


def _lacking(seen: Seen) -> str:
    museums = reach.coverage(seen.network)
    if not museums.height:
        return ""
    full = int((museums["missing"] == "none").sum())
    if full == museums.height:
        return (
            f"All {count(full, 'museum')} work with all four kinds of partner."
            if full > 1
            else "The museum works with all three other kinds of partner."
        )
    names = museums.filter(pl.col("health_provider") == 0)["name"].to_list()
    health = f"; no health provider yet: {listed([cut(name, 40) for name in names], 3)}" if names else ""
    number = f"{full} of {count(museums.height, 'museum')} {'works' if full == 1 else 'work'}" if full else _none(museums.height)
    kinds = "four kinds of partner" if museums.height > 1 else "three other kinds of partner"
    return f"{number} with all {kinds}{health}."


def _none(museums: int) -> str:
    return f"None of the {museums:,} museums works" if museums > 1 else "The museum does not yet work"


def _hanging(seen: Seen) -> str:
    lost = without(seen.network).filter("only_link").sort("cut_off", descending=True, maintain_order=True)
    if not lost.height:
        return "Nobody would be cut off if any one partner left."
    worst = lost.row(0, named=True)
    more = f"{count(lost.height - 1, 'other')} {'holds' if lost.height == 2 else 'hold'}"
    others = f", and {more} somebody in the same way" if lost.height > 1 else ""
    return f"Without {cut(worst['name'], 40)}, {count(worst['cut_off'], 'partner')} would be cut off{others}."


def _first(seen: Seen) -> str:
    found = introductions(seen.network, most=1)
    if not found.height:
        return ""
    row = found.row(0, named=True)
    names = [cut(row[f"{side}_name"], 40) for side in ("source", "target")]
    return f"Who might meet first: {names[0]} and {names[1]}, who share {count(row['shared'], 'partner')}."


def missing(seen: Seen) -> None:
    """Which museums work with which of the four core kinds, those that lack most first."""
    table = reach.coverage(seen.network)
    if not table.height:
        st.info(
            "This wave has no partner of the kind “museum”, so there is no coverage to show. "
            "“Who should meet” finds introductions between any kinds.",
            icon=":material/museum:",
        )
        return
    lacks = pl.sum_horizontal((pl.col(kind) == 0).cast(pl.Int8) for kind in CORE_KINDS)
    ordered = table.sort(lacks, descending=True, maintain_order=True)
    st.markdown("### Which museums work with which kinds of partner")
    st.html(reach_charts.coverage(ordered.head(_ROWS)))
    if table.height > _ROWS:
        st.caption(f"The {_ROWS} that lack most of {table.height:,}; all of them in the table.")
    _remedies(seen, ordered)
    show_frame("Show me the ties of each museum by kind", "coverage", lambda: ordered.drop("id"))


def _remedies(seen: Seen, table: pl.DataFrame) -> None:
    """For each gap the introduction that would fill it, if two steps are enough; and for whom they are not."""
    lines: list[str] = []
    nobody: dict[str, list[str]] = {}
    for row in table.filter(pl.col("missing") != "none").head(_ROWS).iter_rows(named=True):
        found = introductions(seen.network, most=500, partner=row["id"])
        for kind in (kind for kind in CORE_KINDS if not row[kind] and kind != "museum"):
            other = pl.when(pl.col("source") == row["id"]).then("target_kind").otherwise("source_kind")
            there = found.filter(other == kind)
            if there.height:
                lines.append(_remedy(row, kind, there.row(0, named=True)))
            else:
                nobody.setdefault(kind, []).append(cut(row["name"], 60))
    if not lines and not nobody:
        return
    st.markdown("### Who could fill the gaps")
    for kind, names in nobody.items():
        said = f"No {CORE_KINDS[kind].lower()} is two steps away from {listed(names, 4)}: someone new would have to join."
        lines.append(plain(said))
    st.markdown("\n".join(f"- {line}" for line in lines[:12]))
    if len(lines) > 12:
        st.caption(f"And {len(lines) - 12} more gaps; “Who should meet” has them all.")


def _remedy(row: dict[str, object], kind: str, best: dict[str, Any]) -> str:
    other = best["target_name"] if best["source"] == row["id"] else best["source_name"]
    lacks = f"**{plain(cut(str(row['name']), 60))}** has no {CORE_KINDS[kind].lower()}."
    return f"{lacks} {plain(cut(other, 60))} is two steps away: {plain(best['reason'][0].lower() + best['reason'][1:])}"
