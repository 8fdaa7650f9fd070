"""Small numbers: what rests on fewer people than a threshold is withheld, and cannot be worked out from what is shown.

The two steps are those of statistical disclosure control (Hundepool et al. 2012): *primary* suppression of small n, and
*complementary* suppression of further rows, so that a total shown beside does not give the small one away by subtraction.

Any cut may be totalled, so it is not enough to hide a second row of one table: totals over different cuts could be
subtracted from each other. Therefore the withheld rows of an indicator and wave form one *block*: a total takes in the
whole block or none of it (`impact.total`). Whatever cuts are asked for, only visible rows and sums of whole blocks are
ever told, and a block is at least two rows and at least `threshold` people.

Small is what rests on fewer people than the threshold (n); a count of people below it, on however many it rests
(`people` of `instruments.read`); and a percentage of which the part, n·p, or the remainder, n·(1 − p), rounded to whole people,
is below it, 0 % and 100 % among them. Of a mean or a percentage without n nobody knows on how few people it rests, so it is
withheld too, by itself: no total takes it in. Nothing looks at targets: whether a figure is withheld does not depend on
whether it is good.

What this does not do: it looks at n, not at how many of them gave an answer; someone who knows one row of a block can
subtract it; and a figure published elsewhere for everybody is outside its reach.
"""

from __future__ import annotations

import polars as pl

from wtnet.errors import InvalidRequest
from wtnet.measures.impact import levels, overlaps
from wtnet.measures.impact.cells import HIDDEN, cells, squares
from wtnet.measures.impact.levels import KEYS, THRESHOLD, WITHHELD, Level
from wtnet.tables import Tables
from wtnet.tables.instruments import WEIGHED
from wtnet.tables.model import AUDIENCES, Audience
from wtnet.tables.schema import OWN

__all__ = ["THRESHOLD", "WITHHELD", "at_level", "consented", "fewer_than", "for_audience", "known", "suppress", "tables_for"]

_BLOCK = ["indicator", "wave"]


def fewer_than(threshold: int = THRESHOLD) -> str:
    """The words in the place of a small number."""
    return f"fewer than {threshold}"


def known(audience: str) -> Audience:
    """The audience, if it is one of `AUDIENCES`; else an InvalidRequest: nobody is taken for the lead by mistake."""
    for choice in AUDIENCES:
        if choice == audience:
            return choice
    raise InvalidRequest(f'There is no audience "{audience}"; choose one of {", ".join(AUDIENCES)}.')


def for_audience(frame: pl.DataFrame, audience: Audience = "lead", threshold: int = THRESHOLD) -> pl.DataFrame:
    """The cells as an audience may see them: all of them for the lead, `suppress`ed for everybody else."""
    return frame if known(audience) == "lead" else suppress(frame, threshold)


def consented(quotes: pl.DataFrame, audience: Audience = "lead") -> pl.DataFrame:
    """The quotes (or findings) an audience may read: for everybody those shared in public; for partners and the lead also those
    shared with partners, which is what an empty `sharing` means. Private ones are for nobody."""
    agreed = ("public",) if known(audience) == "public" else ("public", "partners")
    return quotes.filter(pl.col("sharing").cast(pl.String).fill_null("partners").is_in(agreed))


def of_enough_people(activities: pl.DataFrame, threshold: int = THRESHOLD) -> pl.DataFrame:
    """Activities without the number of people where it is below the threshold (and above none), and then without fields of the
    lead's own, which may say it too."""
    few = (pl.col("people") > 0) & (pl.col("people") < threshold)
    return activities.with_columns(pl.when(~few.fill_null(False)).then(pl.col(name)).alias(name) for name in ("people", OWN))


def tables_for(tables: Tables, audience: Audience = "lead", threshold: int = THRESHOLD) -> Tables:
    """The tables with results and quotes as an audience may have them; everything else stays, and for the lead all of it.

    A withheld result keeps its row: `value`, `n`, `sd`, `same_people` and `source_url` are null, and
    `evidence` says "Withheld: fewer than 5".
    """
    if known(audience) == "lead":
        return tables
    words = _withheld_rows(tables, threshold)
    hidden = pl.col("_shown").is_not_null()
    results = (
        tables.results.join(words, on=KEYS, how="left", maintain_order="left", nulls_equal=True)
        .with_columns(
            *[pl.when(~hidden).then(pl.col(name)).alias(name) for name in (*_TELL, OWN) if name != "evidence"],
            evidence=pl.when(hidden).then(pl.format("Withheld: {}", "_shown")).otherwise("evidence"),
        )
        .select(tables.results.columns)
    )
    return tables.with_(results=results, quotes=consented(tables.quotes, audience), findings=consented(tables.findings, audience))


def at_level(tables: Tables, level: Level, threshold: int = THRESHOLD) -> pl.DataFrame:
    """The cells of one level (`levels.at`) as others than the lead may see them: no level gives another away.

    Pilots' are `suppress`ed, those of the survey also where two differ by a few (`overlaps`). The programme's is withheld too
    where a small number would be left of it when all pilots that are shown are taken away, or where people of an activity that
    are withheld are in it. Partners' are shown only where none of that indicator and wave is small, nothing small is left of
    their pilot or of the programme beside them, and neither is withheld.
    """
    every = cells(tables)
    if tables["results"]["question"].count():
        every = _withhold(every, _in(every, overlaps.too_close(tables, threshold), _KEY))
    pilots = suppress(every, threshold)
    if level == "pilots":
        return pilots
    whole = _with_amounts(cells(levels.at(tables, "programme")))
    seen = _with_amounts(cells(tables)).join(pilots.select(*_KEY, "suppressed", "block_rows"), on=_KEY, suffix="_seen")
    shown = seen.filter(~pl.col("suppressed_seen") | pl.col("block_rows_seen").is_not_null())
    leaves = _leaves_few(whole, shown, threshold) | _in(whole, _of_few_people(tables))
    programme = _withhold(suppress(whole.select(pilots.columns), threshold), leaves)
    if level == "programme":
        return programme
    own = cells(levels.at(tables, "partners"))
    small = _sized(own, threshold).filter(pl.col("_small") | pl.col("_unsure"))
    parts = _with_amounts(own).with_columns(
        _pilot=pl.col("pilot").map_elements(levels.pilot_behind, return_dtype=pl.String, skip_nulls=True)
    )
    in_pilots, wide = parts.filter(pl.col("_pilot").is_not_null()), parts.filter(pl.col("_pilot").is_null())
    few = [
        small,
        pilots.filter("suppressed"),
        programme.filter("suppressed"),
        whole.filter(_leaves_few(whole, wide, threshold)),
        *[
            seen.filter(pl.col("pilot") == pilot).filter(_leaves_few(seen.filter(pl.col("pilot") == pilot), rows, threshold))
            for (pilot,), rows in in_pilots.group_by("_pilot")
        ],
    ]
    blocks = pl.concat([frame.select(_BLOCK) for frame in few]).unique()
    return _withhold(suppress(own, threshold), _in(own, blocks))


_KEY = ["indicator", "pilot", "wave"]


def _withheld_rows(tables: Tables, threshold: int) -> pl.DataFrame:
    """The rows of results of any level that are withheld: what tells them apart, and `_shown`, the words in their place."""
    pilots = at_level(tables, "pilots", threshold).filter("suppressed").select(*_KEY, _shown="shown")
    parts = levels.of_partners(tables).height
    rows = tables.results.join(levels.of_pilots(tables).select(KEYS), on=KEYS, how="semi", nulls_equal=True)
    frames = [rows.join(pilots, on=_KEY).select(*KEYS, "_shown")]
    if tables.results["pilot"].null_count():
        whole = at_level(tables, "programme", threshold).filter("suppressed")
        nobody = pl.lit(None, pl.String)
        frames.append(
            whole.select("indicator", "wave", pilot=nobody, organisation=nobody, _shown="shown").select(*KEYS, "_shown")
        )
    if parts:
        own = at_level(tables, "partners", threshold).filter("suppressed")
        behind = pl.col("pilot").map_elements(levels.pilot_behind, return_dtype=pl.String, skip_nulls=True)
        frames.append(own.with_columns(pilot=behind).select(*KEYS, _shown="shown"))
    return pl.concat(frames).unique(KEYS, maintain_order=True)


def _withhold(frame: pl.DataFrame, mask: pl.Series) -> pl.DataFrame:
    """The cells with those of a mask withheld, in no block; the words of those withheld already stay."""
    now = pl.Series("_now", mask) & frame["value"].is_not_null() | frame["suppressed"]
    blocks = [name for name in HIDDEN if name.startswith("block")]
    gone = [pl.when(~pl.lit(now)).then(pl.col(name)).alias(name) for name in (*_TELL, *blocks)]
    shown = pl.when(pl.lit(now)).then(pl.col("shown").fill_null(WITHHELD))
    return frame.with_columns(*gone, suppressed=pl.lit(now), shown=shown)


def _leaves_few(whole: pl.DataFrame, parts: pl.DataFrame, threshold: int) -> pl.Series:
    """Whether, for each row of `whole`, a number below the threshold (and above none) is left when `parts` of the same indicator
    and wave are taken away: of people, of those in a share, or of those out of it."""
    sums = parts.group_by(_BLOCK).agg(pl.col(size).sum().alias(f"{size}_parts") for size in _SIZES)
    left = whole.select(*_BLOCK, *_SIZES).join(sums, on=_BLOCK, how="left", maintain_order="left")
    rest = [pl.col(size) - pl.col(f"{size}_parts") for size in _SIZES]
    return left.select(pl.any_horizontal(((each > 0) & (each < threshold)).fill_null(False) for each in rest)).to_series()


def _in(frame: pl.DataFrame, blocks: pl.DataFrame, by: list[str] = _BLOCK) -> pl.Series:
    """Whether, for each row, its indicator and wave (or what it is told apart `by`) are among those of `blocks`."""
    marked = blocks.select(*by, _there=pl.lit(True)).unique()
    return frame.select(by).join(marked, on=by, how="left", maintain_order="left")["_there"].fill_null(False)


def _of_few_people(tables: Tables) -> pl.DataFrame:
    """The indicators and waves to which a number of people below the threshold is added up from an activity of a pilot."""
    return levels.from_activities(tables).filter(pl.col("pilot").is_not_null() & pl.col("_hidden")).select(_BLOCK)


_TELL = ("value", "n", "sd", "same_people", "evidence", "source_url")
"""The columns of a result that are empty where it is withheld."""
_SIZES = ("_people", "_part", "_rest")


def suppress(frame: pl.DataFrame, threshold: int = THRESHOLD) -> pl.DataFrame:
    """Withhold what rests on fewer than `threshold` people; rows and columns stay as they are.

    `frame` holds one row a result, as `impact.cells` gives it. For every indicator and wave with a small row (see the
    module), further rows follow, the smallest first, until two rows are withheld together and each of their sizes (people,
    parts, remainders) is at least `threshold` in all. In withheld rows `value`, `n`, `sd`, `same_people`, `evidence` and
    `source_url` are null, `suppressed` is true and `shown` says "fewer than 5" or "withheld"; the columns of `cells.HIDDEN` say
    what may be told of them together. Where nothing else can be withheld with a small row, `block_rows` is null, and no
    total takes it in. Rows withheld already stay so.
    """
    if frame.is_empty() or threshold <= 0:
        return frame
    marked = _sized(frame.with_row_index("_row"), threshold)
    touched = marked.filter(pl.col("_small").any().over(_BLOCK) & pl.col("_open"))
    if touched.is_empty() and not marked["_unsure"].any():
        return frame
    # Things, of which no n is known, count as enough and come last.
    ranked = touched.sort(pl.col("_small").not_(), "_least", "_row", nulls_last=True).with_columns(
        pl.int_range(pl.len()).over(_BLOCK).alias("_before"),
        *[(pl.col(size).cum_sum() - pl.col(size)).over(_BLOCK).alias(f"{size}_before") for size in _SIZES],
    )
    lacking = pl.any_horizontal(pl.col(f"{size}_before") < threshold for size in _SIZES)
    hidden = ranked.filter(pl.col("_small") | (pl.col("_before") < 2) | lacking)
    out = marked.join(_blocks(hidden, threshold), on="_row", how="left", maintain_order="left").with_columns(
        _words=pl.when("_unsure").then(pl.lit(WITHHELD)).otherwise("_words")
    )
    now = pl.col("_words").is_not_null()
    filled = {"shown": "_words", **{name: f"_{name}" for name in HIDDEN if name.startswith("block")}}
    return out.with_columns(
        *[pl.when(~now).then(pl.col(name)).alias(name) for name in _TELL],
        (pl.col("suppressed") | now).alias("suppressed"),
        *[pl.coalesce(pl.col(new), pl.col(old)).alias(old) for old, new in filled.items()],
    ).select(frame.columns)


def _sized(frame: pl.DataFrame, threshold: int) -> pl.DataFrame:
    """Add the sizes of each row, the least of them, and whether it may be shown.

    `_people`, `_part`, `_rest`: sizes (the threshold itself where there is no such size). `_least`: the least of them (null: none
    is known). `_open`: may be shown so far. `_unsure`: the number of people behind it is unknown. `_small`: below the threshold.
    """
    weighed = pl.col("rule").is_in(WEIGHED) | pl.col("aggregation").is_in(["mean", "share"])
    open_ = pl.col("value").is_not_null() & ~pl.col("suppressed")
    unsure = pl.col("n").is_null() & weighed & (pl.col("aggregation") != "sum")
    return (
        _with_amounts(frame)
        .with_columns(_open=open_ & ~unsure)
        .with_columns(_unsure=open_ & unsure, _least=pl.min_horizontal(_SIZES))
        .with_columns(
            pl.col(_SIZES).fill_null(threshold), _small=pl.col("_open") & (pl.col("_least") < threshold).fill_null(False)
        )
    )


def _with_amounts(frame: pl.DataFrame) -> pl.DataFrame:
    """Add `_people`, `_part` and `_rest` of each row: on how many it rests, and of a share how many are in it and out of it;
    null where there is no such number."""
    people = pl.min_horizontal("n", pl.when("people").then(pl.col("value")))
    # A part of 4.995 people is one of five, rounded to a whole percentage.
    part = pl.when("part").then((pl.col("n") * pl.col("value") / 100).round())
    sizes = {"_people": people, "_part": part, "_rest": pl.when("part").then(pl.col("n") - part)}
    return frame.with_columns(**{name: size.cast(pl.Float64) for name, size in sizes.items()})


def _blocks(hidden: pl.DataFrame, threshold: int) -> pl.DataFrame:
    """`_row`, `_words` and what goes into the columns of `HIDDEN`, of the rows that are withheld."""
    adds = pl.col("aggregation") == "sum"
    rows = pl.len().over(_BLOCK)
    of_all = pl.col("n").is_not_null().all().over(_BLOCK)
    spread = pl.col("sd").is_not_null().all().over(_BLOCK) & of_all
    enough = (rows >= 2) & (adds | of_all) & pl.all_horizontal(pl.col(size).sum().over(_BLOCK) >= threshold for size in _SIZES)
    every = squares(pl.col("n"), pl.col("sd"), pl.col("value")).sum().over(_BLOCK)
    same = pl.col("same_people")
    alike = pl.when((~same).any().over(_BLOCK)).then(False).when(same.is_not_null().all().over(_BLOCK)).then(True)
    # of a share of many it is the people in it or out of it that are few: no figure may read as if it were the share
    few = adds | (pl.col("n") < threshold).fill_null(True)
    return hidden.select(
        "_row",
        _words=pl.when(pl.col("_small") & few).then(pl.lit(fewer_than(threshold))).otherwise(pl.lit(WITHHELD)),
        _block=pl.concat_str(*_BLOCK, separator="\x1f"),
        _block_rows=pl.when(enough).then(rows).cast(pl.UInt32),
        _block_sum=pl.when(enough).then(pl.when(adds).then("value").otherwise(pl.col("value") * pl.col("n")).sum().over(_BLOCK)),
        _block_n=pl.when(enough & of_all).then(pl.col("n").sum().over(_BLOCK)).cast(pl.Int64),
        _block_squares=pl.when(enough & spread).then(every),
        _block_same=pl.when(enough).then(alike),
    )
