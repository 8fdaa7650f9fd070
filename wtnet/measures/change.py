"""Change: what became of each partnership between two waves."""

from __future__ import annotations

import polars as pl

from wtnet.errors import InvalidRequest
from wtnet.measures import disclosure
from wtnet.measures.pair_states import KNOWN_NOW, KNOWN_THEN, RATED_TWICE, STATES, STILL_THERE, states
from wtnet.network import Network, with_names
from wtnet.tables.schema import LEVELS

NO_TIE, NOT_KNOWN, NO_LEVEL = "no partnership", "not known", "level not known"


def pairs(before: Network, after: Network) -> pl.DataFrame:
    """What became of each pair that is a tie in either wave, as `pair_states.states` tells it.

    Columns: source, target; source_name, target_name; state; before, after (strength); difference (after − before);
    basis_before, basis_after; level_before, level_after; tie_before, tie_after; word_before, word_after. Unchanged is a
    difference below 0.1. Sorted by source, target.
    """
    _same_tables(before, after)
    return with_names(before.tables, states(before, after), "source", "target").select(
        "source",
        "source_name",
        "target",
        "target_name",
        "state",
        "before",
        "after",
        "difference",
        "basis_before",
        "basis_after",
        "level_before",
        "level_after",
        "tie_before",
        "tie_after",
        "word_before",
        "word_after",
    )


def counts(before: Network, after: Network) -> dict[str, int]:
    """How many pairs there are in each state: of `STATES`; where it is withheld how strength changed (`withheld`), of new, ended,
    *still there* and unknown; where it is withheld who answered, too, of what others read of each pair."""
    _same_tables(before, after)
    silence = disclosure.response_reason(before) or disclosure.response_reason(after)
    sides = (before, after) if silence else (disclosure.everything(before), disclosure.everything(after))
    number = dict(states(*sides).group_by("state").len().iter_rows())
    if silence:
        return {state: number.get(state, 0) for state in (KNOWN_NOW, KNOWN_THEN, STILL_THERE)}
    if withheld(before, after):
        apart = ("new", "ended", "unknown")
        there = sum(pairs for state, pairs in number.items() if state not in apart)
        return {
            "new": number.get("new", 0),
            "ended": number.get("ended", 0),
            STILL_THERE: there,
            "unknown": number.get("unknown", 0),
        }
    return {state: number.get(state, 0) for state in STATES}


def withheld(before: Network, after: Network) -> str | None:
    """Why it is withheld how strength changed, as a sentence; null where it is shown. To others than the lead it is where no
    pair grew stronger, or none weaker, or none stayed, or all but a few (`disclosure.LEAST`) went one way: each would be known to
    have gone another, and a partner would learn, beside its own answers, what the other side said."""
    why = disclosure.reason(before) or disclosure.reason(after)
    if why or after.exact is None or before.exact is None:
        return why
    number = dict(states(before.exact, after.exact).group_by("state").len().iter_rows())
    moved = [number.get(state, 0) for state in RATED_TWICE]
    return disclosure.FEW_PAIRS if any(moved) and (min(moved) == 0 or sum(moved) - max(moved) < disclosure.LEAST) else None


def flow(before: Network, after: Network) -> pl.DataFrame:
    """Moves from level to level: one row per combination that occurs, with how many pairs went that way.

    Columns: before, after (text: "0" to "5", mean levels rounded with halves up; "no tie"; "level not known"; "not
    known" where someone who was asked did not answer, or neither was), pairs. From the lowest to the highest of each side; no
    rows where it is withheld.
    """
    flows = _flow(before, after)
    return flows.clear() if _why_no_flow(before, after, flows) else flows


def flow_withheld(before: Network, after: Network) -> str | None:
    """Why it is withheld from which level to which pairs went, as a sentence; null where it is shown. To others than the lead it
    is where so few went one way that what was answered of one pair could be told."""
    return _why_no_flow(before, after, _flow(before, after))


def _why_no_flow(before: Network, after: Network, flows: pl.DataFrame) -> str | None:
    why = withheld(before, after) or disclosure.response_reason(before) or disclosure.response_reason(after)
    few = before.exact is not None and (flows["pairs"] < disclosure.LEAST).any()
    return why or (disclosure.FEW_PAIRS if few else None)


def _flow(before: Network, after: Network) -> pl.DataFrame:
    """The same for every reader."""
    _same_tables(before, after)
    order = pl.Enum([NOT_KNOWN, NO_TIE, NO_LEVEL, *(str(level) for level in range(len(LEVELS)))])

    def side(name: str) -> pl.Expr:
        level = (pl.col(f"level_{name}") + 0.5).floor().cast(pl.Int64).cast(pl.String)
        return (
            pl.when(~pl.col(f"known_{name}"))
            .then(pl.lit(NOT_KNOWN))
            .when(~pl.col(f"tie_{name}"))
            .then(pl.lit(NO_TIE))
            .otherwise(level.fill_null(NO_LEVEL))
            .cast(order)
        )

    sides = states(disclosure.figures(before), disclosure.figures(after))
    levels = sides.select(before=side("before"), after=side("after"))
    return levels.group_by("before", "after").agg(pairs=pl.len().cast(pl.Int64)).sort("before", "after").cast({order: pl.String})


def _same_tables(before: Network, after: Network) -> None:
    if before.tables is not after.tables and before.tables != after.tables:
        raise InvalidRequest("The two waves belong to different data; choose two waves of the same programme.")
