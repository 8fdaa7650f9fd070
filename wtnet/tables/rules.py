"""Rules that look at more than one row: results beside their indicator, a target beside its baseline, a unit over time.

Each finds the rows that break it and says, for each, what is wrong and what to do. The rules and what they take for granted:

- `needs_n`: a percentage or a mean has to say how many people it rests on (a count need not; where neither unit nor
  instrument says what it is, nothing is asked).
- `scale`: a percentage lies within 0–100, unless its unit says change, growth or a part of a target; ONS4 within 0–10, UCLA-3
  within 3–9, converted SWEMWBS within 7–35. Values and targets.
- `wave_order`: waves are ordered by date. A wave whose id or name begins with baseline (or before, start, T0) must not be dated
  after another; one that begins with end, final, after or follow-up not before one that begins with baseline. Two
  waves with one date are a notice: they are ordered by row.
- `one_current`: at most one wave is the current one, counting the stored one unless the file says no there.
- `unit_changes`: results have no unit of their own, it is the indicator's. If the results sheet has a column `unit`
  nonetheless, it must agree with the indicator's on every row; and an indicator that is stored with results keeps its unit,
  unless the file brings all of those results again.
- `target_direction`: a pilot's own target must not be worse than its baseline; a common target not worse than every
  pilot's baseline. Baseline: the value in the first wave, where there are two waves or more.
- `subject`: a row of coverage is about a kind of partner or a sheet.
- `better`: a mean or score of anxiety or loneliness cannot be "higher is better", nor ONS4 and SWEMWBS wellbeing "lower is
  better". Where neither unit nor instrument says what was measured, the name alone is a notice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from wtnet.tables import coverage, instruments
from wtnet.tables.model import FILE, ROW, SHEET, Raw, Tables


@dataclass(frozen=True, eq=False)
class BrokenRule:
    """Rows of one table that break one rule. `rows` holds the table's columns, its place, `_words` (what is wrong and what to
    do, as the end of a sentence that begins with the value of `column`) and, where that is not the value to show, `_value`.
    With `notice`, the rows are kept."""

    table: str
    rule: str
    column: str
    rows: pl.DataFrame
    notice: bool = False


def broken_rules(raw: Raw, right: dict[str, pl.DataFrame], known: Tables | None) -> Iterator[BrokenRule]:
    """Everything these rules find; `right` holds the rows that passed so far, with their places, for the tables of the file."""
    stored = known or Tables()
    broken = [*_indicators(right), *_waves(right, stored), *_results(raw, right, stored), *_units(raw, right, stored)]
    if "coverage" in right:
        broken.append(BrokenRule("coverage", "subject", "subject", coverage.strange_subjects(right["coverage"])))
    yield from (rule for rule in broken if rule.rows.height)


def _with_words(rows: pl.DataFrame, *words: str | pl.Expr) -> pl.DataFrame:
    if rows.is_empty():
        return rows
    parts = [pl.lit(word) if isinstance(word, str) else word.cast(pl.String) for word in words]
    return rows.with_columns(_words=pl.concat_str(parts, ignore_nulls=True))


def _number(column: str) -> pl.Expr:
    """A number as people write it: 120, 4.5."""
    return pl.col(column).round(6).cast(pl.String).str.replace(r"\.0$", "")


# -- indicators ---------------------------------------------------------------------------------------------------------


def _indicators(right: dict[str, pl.DataFrame]) -> Iterator[BrokenRule]:
    if "indicators" not in right:
        return
    frame = _read(right["indicators"])
    frame = frame.with_columns(instruments.read(frame, "direction", "distress"))
    other = frame.filter((pl.col("better") != "neither") & (pl.col("better").cast(pl.String) != pl.col("direction")))
    instrument = pl.when(pl.col("instrument") != "").then(pl.format(" ({})", "instrument"))
    words = ("is the wrong direction for “", pl.col("name"), "”", instrument, ", where ", pl.col("direction"), " is better. ")
    remedy = "Correct the direction, or the name or instrument."
    yield BrokenRule("indicators", "better", "better", _with_words(other, *words, remedy))
    named = frame.filter((pl.col("better") == "higher") & pl.col("distress"))
    asked = 'is written for an indicator of anxiety or loneliness. If a high value means more of it, write "lower".'
    yield BrokenRule("indicators", "better", "better", _with_words(named, asked), notice=True)
    yield from _scale(frame, "indicators", "target")


def _read(indicators: pl.DataFrame) -> pl.DataFrame:
    """Add the instrument's rule (`_rule`), how it goes together (`_together`) and whether it says a change (`_change`)."""
    rule, together, change = instruments.read(indicators, "rule", "aggregation", "change")
    return indicators.with_columns(_rule=rule, _together=together, _change=change)


def _scale(frame: pl.DataFrame, table: str, column: str) -> Iterator[BrokenRule]:
    """Values that the instrument cannot give; `frame` has what `_read` adds to the indicator's."""
    measured = frame.filter(pl.col("_rule").is_in(list(instruments.SCALES)), pl.col(column).is_not_null())
    for name, (low, high, why) in instruments.SCALES.items() if measured.height else ():
        out = measured.filter((pl.col("_rule") == name) & ~pl.col("_change") & ~pl.col(column).is_between(low, high))
        yield BrokenRule(
            table, "scale", column, _with_words(out, f"cannot be: {why}. Correct it, or the indicator's unit or instrument.")
        )


# -- waves --------------------------------------------------------------------------------------------------------------

_FIRST, _LAST = r"^(baseline|before|start|t ?0)\b", r"^(end|endline|final|after|follow-?up)\b"


def _waves(right: dict[str, pl.DataFrame], known: Tables) -> Iterator[BrokenRule]:
    if "waves" not in right:
        return
    new = right["waves"]
    stored = known.waves.join(new, on="id", how="anti").select("id", "name", "date")
    waves = pl.concat([new.select("id", "name", "date"), stored]).filter(pl.col("date").is_not_null())
    is_first, is_last = _named(_FIRST), _named(_LAST)
    earliest = waves.sort("date").head(1)
    if earliest.height:
        day, name = earliest.select("date", "name").row(0)
        late = new.filter(is_first & (pl.col("date") > day))
        words = f'is after the date of "{name}" ({day}), but a baseline comes first. Correct one of the two dates.'
        yield BrokenRule("waves", "wave_order", "date", _with_words(late, words))
    begun = waves.filter(is_first)["date"].min()
    early = new.filter(is_last & (pl.col("date") < begun) & ~is_first) if begun is not None else new.clear()
    yield BrokenRule(
        "waves", "wave_order", "date", _with_words(early, f"is before the baseline ({begun!s}). Correct one of the two dates.")
    )
    dated = new.filter(pl.col("date").is_not_null())
    again = dated.filter(~pl.col("date").is_first_distinct() | pl.col("date").is_in(stored["date"].implode()))
    words = "is the date of another wave too, so the order of the rows decides which comes first."
    yield BrokenRule("waves", "wave_order", "date", _with_words(again, words), notice=True)
    yield _current(new, known)


def _current(new: pl.DataFrame, known: Tables) -> BrokenRule:
    stored = known.waves.filter("current").join(new.drop_nulls("current"), on="id", how="anti")["name"].to_list()
    named = new.filter("current")
    first = "".join([*stored, *named["name"]][:1])
    more = named.slice(0 if stored else 1).with_columns(_value=pl.lit("yes"))
    where = "stored" if stored else "in this file too"
    words = f'is written for this wave, but "{first}" is the current wave ({where}). Write yes for one wave, no for others.'
    return BrokenRule("waves", "one_current", "current", _with_words(more, words))


def _named(pattern: str) -> pl.Expr:
    return pl.col("id").str.to_lowercase().str.contains(pattern) | pl.col("name").str.to_lowercase().str.contains(pattern)


# -- results ------------------------------------------------------------------------------------------------------------


def _about(right: dict[str, pl.DataFrame], known: Tables) -> pl.DataFrame:
    """The indicators results may belong to: the file's, then the stored ones it does not bring."""
    columns = ["id", "name", "unit", "instrument", "better", "target", "aggregation"]
    stored = known.indicators.select(columns)
    if "indicators" in right:
        new = right["indicators"].select(columns)
        stored = pl.concat([new, stored.join(new, on="id", how="anti")])
    return _read(stored).rename({"id": "indicator", "target": "_common"})


def _results(raw: Raw, right: dict[str, pl.DataFrame], known: Tables) -> Iterator[BrokenRule]:
    if "results" not in right or right["results"].is_empty():
        return
    frame = right["results"].join(_about(right, known), on="indicator", how="left", maintain_order="left")
    weighs = pl.col("_rule").is_in(instruments.WEIGHED) & (pl.col("_together") != "sum")
    bare = frame.filter(weighs & pl.col("value").is_not_null() & ((pl.col("n") == 0) | pl.col("n").is_null()))
    nobody, nothing = "people cannot give a percentage or a mean", "this cell is empty, but a percentage or a mean needs it"
    if "outcomes" in raw.format.split(" + "):  # a row an indicator, where many have no place for it
        unsaid = "this cell is empty: nobody knows how many people it rests on, so others than you will not see the figure."
        yield BrokenRule("results", "needs_n", "n", _with_words(bare.filter(pl.col("n").is_null()), unsaid), notice=True)
        bare = bare.filter(pl.col("n") == 0)
    opens = pl.when(pl.col("n") == 0).then(pl.lit(nobody)).otherwise(pl.lit(nothing))
    remedy = ". Write how many people answered; if this is a count, write count as the indicator's instrument."
    yield BrokenRule("results", "needs_n", "n", _with_words(bare, opens, remedy))
    yield from _scale(frame, "results", "value")
    yield from _scale(frame, "results", "target")
    yield from _targets(frame, right, known)


def _targets(frame: pl.DataFrame, right: dict[str, pl.DataFrame], known: Tables) -> Iterator[BrokenRule]:
    """Own targets worse than the pilot's baseline; common ones worse than every baseline."""
    new = right.get("waves", pl.DataFrame(schema={"id": pl.String, "date": pl.Date})).select("id", "date")
    waves = pl.concat([new, known.waves.join(new, on="id", how="anti").select("id", "date")])
    if waves.height < 2:
        return
    first = waves.sort("date", nulls_last=False, maintain_order=True)["id"][0]
    keys = ["indicator", "pilot", "organisation"]
    fresh = frame.filter(pl.col("wave") == first).select(*keys, "value")
    old = known.results.filter(pl.col("wave") == first).select(*keys, "value").join(fresh, on=keys, how="anti", nulls_equal=True)
    baselines = pl.concat([fresh, old]).drop_nulls("value").rename({"value": "_baseline"})
    worse = {
        "higher": lambda target: pl.col(target) < pl.col("_baseline"),
        "lower": lambda target: pl.col(target) > pl.col("_baseline"),
    }
    remedy = 'Correct the target, the baseline, or the indicator\'s "better".'
    for better, is_worse in worse.items():
        sentence = ("is worse than the pilot's baseline of ", _number("_baseline"), f", though {better} is better. {remedy}")
        own = frame.filter(pl.col("better") == better).join(
            baselines, on=keys, how="inner", maintain_order="left", nulls_equal=True
        )
        yield BrokenRule("results", "target_direction", "target", _with_words(own.filter(is_worse("target")), *sentence))
        if "indicators" in right:
            easiest = pl.col("_baseline").min() if better == "higher" else pl.col("_baseline").max()
            of_pilots = baselines.filter(pl.col("pilot").is_not_null()).rename({"indicator": "id"})
            every = of_pilots.group_by("id").agg(easiest)
            all_ = right["indicators"].filter(pl.col("better") == better).join(every, on="id", maintain_order="left")
            words = "is worse than the baseline of every pilot ("
            sentence = (words, _number("_baseline"), f" or beyond), though {better} is better. {remedy}")
            yield BrokenRule("indicators", "target_direction", "target", _with_words(all_.filter(is_worse("target")), *sentence))


# -- units --------------------------------------------------------------------------------------------------------------


def _units(raw: Raw, right: dict[str, pl.DataFrame], known: Tables) -> Iterator[BrokenRule]:
    if "indicators" in right:
        yield from _unit_stored(right, known)
    if "results" not in right:
        return
    given = [
        part for table in raw.tables if table.name == "results" for part in _unit_column(table.frame, table.file, table.sheet)
    ]
    if not given:
        return
    rows = right["results"].join(pl.concat(given), on=[FILE, SHEET, ROW], how="inner", nulls_equal=True, maintain_order="left")
    rows = rows.join(_about(right, known).select("indicator", "unit"), on="indicator", how="left", maintain_order="left")
    expected = pl.coalesce("unit", pl.col("_unit").first().over("indicator"))
    other = rows.with_columns(_expected=expected).filter(_same("_unit") != _same("_expected"))
    words = ("is not the unit of this indicator (", pl.col("_expected"), "), and values in different units cannot be compared. ")
    other = other.with_columns(_value="_unit")
    yield BrokenRule(
        "results",
        "unit_changes",
        "unit",
        _with_words(other, *words, "Convert the value, or make an indicator of its own for it."),
    )


def _unit_column(frame: pl.DataFrame, file: str, sheet: str | None) -> Iterator[pl.DataFrame]:
    for name in frame.columns:
        if name.strip().lower() in {"unit", "units"}:
            yield frame.select(
                pl.lit(file).alias(FILE),
                pl.lit(sheet, pl.String).alias(SHEET),
                pl.col(ROW).cast(pl.Int64),
                pl.col(name).cast(pl.String).str.strip_chars().alias("_unit"),
            ).filter(pl.col("_unit").str.len_bytes() > 0)
            return


def _unit_stored(right: dict[str, pl.DataFrame], known: Tables) -> Iterator[BrokenRule]:
    """Stored indicators whose unit the file changes while stored results in the old one remain."""
    keys = ["indicator", "pilot", "wave", "organisation"]
    kept = known.results.filter(pl.col("value").is_not_null())
    if "results" in right:
        kept = kept.join(right["results"], on=keys, how="anti", nulls_equal=True)
    left = kept.group_by("indicator").len("_left")
    stored = known.indicators.select(id="id", _stored="unit").join(left, left_on="id", right_on="indicator", how="inner")
    rows = right["indicators"].join(stored, on="id", how="inner", maintain_order="left")
    rows = rows.filter(pl.col("unit").is_not_null() & pl.col("_stored").is_not_null()).filter(_same("unit") != _same("_stored"))
    words = (
        "is not the unit this indicator is stored with (",
        pl.col("_stored"),
        "); stored results in that one: ",
        pl.col("_left"),
        ". ",
    )
    remedy = "Bring all its results again in the new unit, or give it a new id."
    yield BrokenRule("indicators", "unit_changes", "unit", _with_words(rows, *words, remedy))


def _same(column: str) -> pl.Expr:
    """A unit as it is compared: letters, digits and signs only; "per cent" is "%"."""
    low = pl.col(column).str.to_lowercase().str.replace(r"^(per ?cent(age)?)\b", "%")
    return low.str.replace_all(r"[\s,.;:()]+", "")
