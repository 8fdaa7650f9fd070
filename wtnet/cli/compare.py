"""The command that sets two waves beside one another: compare."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import Any

import polars as pl

from wtnet.cli import printing
from wtnet.cli.audience import id_for_audience
from wtnet.cli.compare_programmes import compare_sides
from wtnet.cli.exit_codes import FINE, PROBLEMS
from wtnet.cli.looking import look
from wtnet.cli.source import tables_of, wave_of
from wtnet.errors import InvalidRequest
from wtnet.measures import change
from wtnet.measures.pair_states import STILL_THERE
from wtnet.network import build
from wtnet.sentences import change as change_sentences
from wtnet.sentences.filters import NETWORK
from wtnet.sentences.format import WITHHELD

_FOLLOWS = tuple(name for name in NETWORK if name not in ("strength", "relationship", "tie_field"))
"""Not the least strength: a tie that falls below it has not ended."""
_COLUMNS = ("source_name", "target_name", "state", "before", "after", "difference")
_OTHERS = ("source_name", "target_name", "state", "word_before", "word_after")
"""What others than the lead read of a pair."""


def compare(options: argparse.Namespace) -> int:
    """Say what changed between two waves: how many pairs in each state, every pair, and from which level to which.

    With --pilots or --beside it sets the pilots, or programmes, beside one another instead (see `compare_programmes`).
    """
    if options.pilots or options.beside:
        if options.first or options.second or (options.pilots and options.beside):
            raise InvalidRequest("Compare either two waves (--from, --to), or the pilots (--pilots), or programmes (--beside).")
        return compare_sides(options)
    if not options.first or not options.second:
        raise InvalidRequest("Say which waves to compare (--from, --to), or --pilots, or --beside another programme.")
    tables = tables_of(options)
    if tables is None:
        return PROBLEMS
    view = look(options, tables, options.first, _FOLLOWS)
    later = id_for_audience(view.renaming, "waves", wave_of(tables, options.second))
    before, after = (build(view.tables, scope) for scope in (view.scope, replace(view.scope, wave=later)))
    counts, pairs = change.counts(before, after), change.pairs(before, after)
    if options.csv:
        printing.frame(pairs, csv=True)
    elif options.json:
        flow = WITHHELD if change.flow_withheld(before, after) else change.flow(before, after)
        states = [_in_words(row) for row in pairs.iter_rows(named=True)] if before.exact else pairs
        printing.as_json({"from": before.wave, "to": after.wave, "counts": counts, "pairs": states, "flow": flow})
    else:
        printing.as_table(("state", "pairs"), counts.items())
        print()
        columns = _COLUMNS if before.exact is None else _OTHERS
        printing.frame(pairs.select(columns).filter(~pl.col("state").is_in(["unchanged", STILL_THERE])))
        if earlier := change_sentences.documented_earlier(before, after):
            print(f"\n{earlier}")
        if why := change.withheld(before, after):
            print(f"\nHow strength moved: {why[0].lower()}{why[1:]}")
    return FINE


def _in_words(row: dict[str, Any]) -> dict[str, Any]:
    """A pair as others than the lead read it: a word for its strength where there is a tie, nothing of its levels."""
    for side in ("before", "after"):
        if row[f"tie_{side}"]:
            row[side] = row.pop(f"word_{side}") or WITHHELD
            row[f"level_{side}"] = WITHHELD
    row["difference"] = WITHHELD
    return row
