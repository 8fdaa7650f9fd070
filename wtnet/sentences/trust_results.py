"""Can results be trusted? What they rest on: two measurements, enough people, an interval, and nothing to compare with."""

from __future__ import annotations

import polars as pl

from wtnet.sentences.format import WITHHELD, count, figure

PEOPLE = 30
"""Results on fewer people than this move much by who happens to be among them."""
NO_COMPARISON = "there is no figure from places without the programme, so what would have come without it is not known"
"""What figures before and after can never say alone (Shadish, Cook & Campbell 2002, ch. 4)."""
SMALL = "some of them rest on small numbers, which are not shown here"
"""Why others than the lead do not read how many results there are of a kind: of those they see it would be another number."""


def _measured(progress: pl.DataFrame) -> pl.DataFrame:
    """The results of pilots whose figures are shown, with one of any wave."""
    shown = pl.col("baseline_shown").is_null() & pl.col("latest_shown").is_null()
    return progress.filter(
        pl.col("pilot").is_not_null(), shown, pl.col("latest").is_not_null() | pl.col("baseline").is_not_null()
    )


def _is_withheld(progress: pl.DataFrame) -> bool:
    """Whether a result of a pilot is withheld from the audience, so that every count of results would be another than the
    lead's."""
    hidden = pl.any_horizontal(pl.col("baseline_shown", "latest_shown").is_not_null())
    return progress.filter(pl.col("pilot").is_not_null(), hidden).height > 0


def sentence(progress: pl.DataFrame) -> str:
    """The sentence that weighs results (`measures.impact.progress`, as the audience has it)."""
    seen = _measured(progress)
    if not seen.height:
        return "No result is shown, so there is nothing to weigh."
    if _is_withheld(progress):
        return (
            f"This is a record, not a proof: how many results were measured both at the start and since, and how many moved "
            f"clearly, is {WITHHELD}, for {SMALL}; {NO_COMPARISON}."
        )
    twice = _twice(seen)
    if not twice.height:
        return f"This cannot be told yet: of {count(seen.height, 'result')} none was measured both at the start and since."
    spans, clear = twice["change_low"].count(), twice.filter(_clear()).height
    moved = f"{f'{clear:,}' if clear else 'none'} of the {spans:,} with a 95% interval moved clearly"
    sure = f"{moved}{_which_way(twice)}{_chance(spans)}" if spans else "none has an interval"
    return (
        f"This is a record, not a proof: {twice.height:,} of {count(seen.height, 'result')} were measured both at the start and "
        f"since, and {sure}; {NO_COMPARISON}."
    )


def lines(progress: pl.DataFrame) -> list[tuple[str, str]]:
    """What the sentence rests on: (what is asked, what is known)."""
    seen = _measured(progress)
    if not seen.height:
        return []
    if _is_withheld(progress):
        return [("Results", f"{WITHHELD.capitalize()}: {SMALL}."), _without_programme()]
    twice = _twice(seen)
    rows = [
        ("Measured before and after", f"{twice.height:,} of {count(seen.height, 'result')}."),
        ("On how many people", _people(seen)),
    ]
    if twice.height:
        spans, clear = twice["change_low"].count(), twice.filter(_clear()).height
        rows.append(
            (
                "Beyond chance",
                f"Of {spans:,} whose change has a 95% interval, it leaves out no change in {clear:,}{_chance(spans)}.",
            )
        )
        same = int((twice["same_people"] == True).sum())  # noqa: E712 (null is not the same people)
        rows.append(("The same people", f"Known to be the same before and after in {same:,} of {twice.height:,}."))
    proven = seen.filter(pl.col("evidence").is_not_null() | pl.col("source_url").is_not_null()).height
    rows.append(("Evidence", f"{proven:,} of {seen.height:,} name their evidence or source."))
    return [*rows, _without_programme()]


def _without_programme() -> tuple[str, str]:
    return "Without the programme", f"{NO_COMPARISON[0].upper()}{NO_COMPARISON[1:]}."


def _twice(seen: pl.DataFrame) -> pl.DataFrame:
    return seen.filter(pl.col("baseline").is_not_null(), pl.col("latest").is_not_null())


def _clear() -> pl.Expr:
    return (pl.col("change_low") > 0) | (pl.col("change_high") < 0)


def _which_way(twice: pl.DataFrame) -> str:
    """How many of those that moved clearly did so for the worse; "" where none did."""
    lower = pl.col("better") == "lower"
    worse = twice.filter(_clear(), pl.when(lower).then(pl.col("change_low") > 0).otherwise(pl.col("change_high") < 0))
    number = worse.filter(pl.col("better").is_in(["higher", "lower"])).height
    return f", {number:,} of them for the worse" if number else ""


def _chance(spans: int) -> str:
    """How many of so many intervals leave out no change by chance alone: one in twenty."""
    by_chance = round(0.05 * spans)
    return f" ({f'about {by_chance:,}' if by_chance else 'hardly any'} would by chance alone)"


def _people(seen: pl.DataFrame) -> str:
    known = seen["n"].drop_nulls()
    if not len(known):
        return "Not recorded for any."
    few = int((known < PEOPLE).sum())
    span = f"{figure(known.min())} to {figure(known.max())} people"  # type: ignore[arg-type]
    missing = seen.height - len(known)
    rest = f"; of {missing:,} it is not recorded" if missing else ""
    return f"{span}, fewer than {PEOPLE} in {few:,} of {len(known):,}{rest}."
