"""Next steps in words: whom they are about, whether they are done, and what became of it since."""

from __future__ import annotations

from datetime import date

import polars as pl

from wtnet.analysis.next_steps import StepOutcome, became, in_order, late
from wtnet.sentences.format import count, counted, cut, figure, how_many
from wtnet.tables import Tables

ORIGINS = {"introduction": "an introduction", "worry": "a worry", "finding": "a finding", "own": "our own idea"}
_STATES = {
    "new": "They work together since",
    "ended": "Their partnership ended",
    "stronger": "Stronger",
    "weaker": "Weaker",
    "unchanged": "As strong as before",
    "first rated": "Rated for the first time",
    "no longer rated": "No longer rated",
    "documented only": "Documented, not rated",
    "unknown": "Not known: not everybody answered",
    "none": "They do not work together yet",
}


def day(value: date | None) -> str:
    """A day as people write it: "3 May 2026"; "–" for none."""
    return f"{value.day} {value:%B %Y}" if value else "–"


def headline(tables: Tables, today: date) -> str:
    """How many steps there are to do, how many of them late, and how many done."""
    steps = tables.next_steps
    done = steps.filter(pl.col("done").fill_null(False)).height
    if not steps.height:
        return "No next step has been written down yet."
    if done == steps.height:
        return f"{count(done, 'next step')}, {'all ' if done > 1 else ''}done."
    over = late(tables, today)
    more = f", {over:,} of them late" if over else ""
    return f"{count(steps.height - done, 'next step')} to do{more}{f'; {done:,} done' if done else ''}."


def about(tables: Tables, organisation: str | None, partner: str | None) -> str:
    """Whom a step or a note is about: "Harbour Arts ↔ City Hospital"; "–" for nobody."""
    names = tables.names("organisations")
    return " ↔ ".join(cut(names[end], 60) for end in (organisation, partner) if end in names) or "–"


def since(tables: Tables, seen: StepOutcome | None) -> str:
    """What became of it: "Stronger at End: 0.40 → 0.65"; "no later wave yet" where there is nothing to compare."""
    if seen is None:
        return "no later wave yet"
    wave = tables.names("waves")[seen.wave]
    if seen.state == "partners":
        if seen.before is None or seen.after is None:
            return "–"
        return f"{counted(int(seen.before), 'partnership')} then, {how_many(int(seen.after))} at {wave}"
    if seen.state in ("stronger", "weaker", "unchanged"):
        return f"{_STATES[seen.state]} at {wave}: {figure(seen.before, digits=2)} → {figure(seen.after, digits=2)}"
    return f"{_STATES[seen.state]} (at {wave})"


def rows(tables: Tables) -> pl.DataFrame:
    """The steps as a table for a meeting, those to do first: What, About, Who, By when, Done, Made from, Since then."""
    seen = became(tables)
    lines = [
        (
            step["what"],
            about(tables, step["organisation"], step["partner"]),
            step["who"] or "–",
            day(step["due"]),
            "yes" if step["done"] else "not yet",
            ORIGINS.get(step["origin"] or "own", "–"),
            since(tables, seen.get(step["id"])) if step["organisation"] else "–",
        )
        for step in in_order(tables).iter_rows(named=True)
    ]
    names = ("What", "About", "Who", "By when", "Done", "Made from", "Since then")
    return pl.DataFrame(lines, schema=dict.fromkeys(names, pl.String), orient="row")
