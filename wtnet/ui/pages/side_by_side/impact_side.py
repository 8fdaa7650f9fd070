"""The impact side of the home page, as a message for `impact_side.js`: what is selected, and its pilots' indicators.

Pure functions from tables to a small mapping of texts; nothing here knows Streamlit.
"""

from __future__ import annotations

from typing import Any, Literal

import polars as pl

from wtnet.measures.impact import progress as impact
from wtnet.measures.impact.quotes import chosen as quotes_chosen
from wtnet.measures.impact.suppression import consented
from wtnet.network import Network
from wtnet.palette import STATES
from wtnet.sentences import findings as finding_sentences
from wtnet.sentences.format import ANYBODY
from wtnet.tables.model import Audience
from wtnet.ui.frame.markdown import cut
from wtnet.ui.pages.side_by_side import findings_side, heads, indicators_side
from wtnet.ui.parts.selection import Selection, pilots_of

QUOTES = 2


def panel(
    network: Network,
    progress: pl.DataFrame,
    chosen: Selection,
    indicator: str | None,
    audience: Audience = "lead",
    where: str = "",
    findings: pl.DataFrame | None = None,
    finding: str | None = None,
) -> dict[str, Any]:
    """Everything the impact side shows.

    `network` is what the map shows, `progress` the frame of `impact.progress` at the same wave in the cut that `where` names,
    `findings` those of then in that cut and for the selection (`parts.findings`; none if not given), `indicator` and
    `finding` what is open, and `audience` who looks.
    """
    tables = network.tables
    pilots = pilots_of(chosen, tables)
    shown = progress if pilots is None else progress.filter(pl.col("pilot").is_in(pilots))
    opened = indicator if indicator in set(tables.indicators["id"]) else None
    shown_findings = tables["findings"].clear() if findings is None else findings
    in_words = findings_side.by_theme(shown_findings, tables, finding)
    head = heads.head(network, shown, chosen, pilots or [], where, shown_findings)
    if chosen.kind != "none" and findings is not None:
        head["lead"] += filter(None, [finding_sentences.none_about(findings, tables)])
    return {
        "states": {state: list(STATES[state]) for state in impact.STATES},
        "clear": None if chosen.kind == "none" else "Show everything",
        "actions": _actions(network, chosen),
        "pilots": [
            [pilot, cut(name, 40), _state(pilot, chosen, pilots, network.scope.pilots)]
            for pilot, name in tables.names("pilots").items()
        ],
        "themes": indicators_side.by_theme(shown, tables, opened, in_words),
        "told": in_words,
        "open": opened or finding,
        "quotes": _quotes(network, chosen, pilots, audience),
        "sides": None,
        **head,
    }


def _state(
    pilot: str, chosen: Selection, pilots: list[str] | None, within: tuple[str, ...]
) -> Literal["selected", "part", "off"]:
    """How a pilot stands to what is selected; where that is nothing or another pilot, all of them (or those `within` a filter)
    are a part of it."""
    if chosen.kind == "pilot":
        return "selected" if chosen.id == pilot else "part"
    if within and pilot not in within:
        return "off"
    return "part" if pilots is None or pilot in pilots else "off"


def _actions(network: Network, chosen: Selection) -> list[list[str]]:
    """What can be done with the selected partners on the map: [id, words]."""
    if chosen.kind not in {"partner", "partners"}:
        return []
    them = "these" if chosen.kind == "partners" else "here"
    start = ["start", f"Start from {them}"]
    grow = [["grow", "Add its partners" if chosen.kind == "partner" else "Add their partners"]] if network.scope.focus else []
    profile = [["profile", "Open profile"]] if chosen.kind == "partner" else []
    return [start, *grow, ["hide", "Hide"], *profile]


def _quotes(network: Network, chosen: Selection, pilots: list[str] | None, audience: Audience) -> list[list[str]]:
    quotes = consented(network.tables.quotes, audience)
    if chosen.kind == "none" or not quotes.height:
        return []
    own = quotes.filter(pl.col("organisation") == chosen.id) if chosen.kind == "partner" else quotes.clear()
    near = quotes.filter(pl.col("pilot").is_in(pilots or []))
    first = pl.concat([quotes_chosen(own), quotes_chosen(near)]).unique("id", keep="first", maintain_order=True).head(QUOTES)
    return [[text, by or ANYBODY] for text, by in first.select("text", "attribution").iter_rows()]
