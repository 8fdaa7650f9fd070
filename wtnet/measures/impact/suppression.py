"""Small numbers: what rests on fewer people than a threshold is withheld, and cannot be worked out from what is shown.

The two steps are those of statistical disclosure control (Hundepool et al. 2012): *primary* suppression of small n, and
*complementary* suppression of further rows, so that a total shown beside does not give the small one away by subtraction.

Any cut may be totalled, so it is not enough to hide a second row of one table: totals over different cuts could be
subtracted from each other. Therefore the withheld rows of an indicator and wave form one *block*: a total takes in the
whole block or none of it (`impact.total`). Whatever cuts are asked for, only visible rows and sums of whole blocks are
ever told, and a block is at least two rows and at least `threshold` people.

Of a mean or a percentage without n nobody knows on how few people it rests, so it is withheld too, by itself: no total takes
it in. A count that gives no n is its own n, unless it counts things (`instruments.of_people`).

What this does not do: it looks at n, not at how many of them gave an answer; someone who knows one row of a block can
subtract it; and a figure published elsewhere for everybody is outside its reach.
"""

from __future__ import annotations

import polars as pl

from wtnet.errors import InvalidRequest
from wtnet.measures.impact.cells import cells
from wtnet.tables import Tables
from wtnet.tables.instruments import ADDS, WEIGHED
from wtnet.tables.model import AUDIENCES, Audience

THRESHOLD = 5
WITHHELD = "withheld"
"""In the place of a row that is large enough but would give a small one away, or of which nobody knows how large it is."""

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
    """The quotes an audience may read: for everybody those shared in public; for partners and the lead also those shared
    with partners, which is what an empty `sharing` means. Private ones are for nobody."""
    agreed = ("public",) if known(audience) == "public" else ("public", "partners")
    return quotes.filter(pl.col("sharing").cast(pl.String).fill_null("partners").is_in(agreed))


def tables_for(tables: Tables, audience: Audience = "lead", threshold: int = THRESHOLD) -> Tables:
    """The tables with results and quotes as an audience may have them; everything else stays, and for the lead all of it.

    A withheld result keeps its row: `value`, `n` and `source_url` are null, and `evidence` says "Withheld: fewer than 5".
    """
    if known(audience) == "lead":
        return tables
    seen = for_audience(cells(tables), audience, threshold)
    keys = ["indicator", "pilot", "wave"]
    words = seen.filter("suppressed").select(*keys, _shown="shown")
    hidden = pl.col("_shown").is_not_null()
    results = (
        tables.results.join(words, on=keys, how="left", maintain_order="left")
        .with_columns(
            *[pl.when(~hidden).then(pl.col(name)).alias(name) for name in ("value", "n", "source_url")],
            evidence=pl.when(hidden).then(pl.format("Withheld: {}", "_shown")).otherwise("evidence"),
        )
        .select(tables.results.columns)
    )
    return tables.with_(results=results, quotes=consented(tables.quotes, audience))


def suppress(frame: pl.DataFrame, threshold: int = THRESHOLD) -> pl.DataFrame:
    """Withhold what rests on fewer than `threshold` people; rows and columns stay as they are.

    `frame` holds one row a result, as `impact.cells` gives it. A row with a value is small if `n` is below the threshold;
    a count that gives no n is its own n, unless it counts things; a mean or percentage without n is withheld. For every
    indicator and wave with a small row, further rows follow, the smallest first, until two rows and `threshold` people are
    withheld together. In withheld rows `value`, `n`, `evidence`
    and `source_url` are null, `suppressed` is true and `shown` says "fewer than 5" or "withheld"; `block`, `block_rows`,
    `block_sum` and `block_n` say what may be told of them together. Where nothing else can be withheld with a small row,
    `block_rows` is null, and no total takes it in. Rows withheld already stay so.
    """
    if frame.is_empty() or threshold <= 0:
        return frame
    people = pl.coalesce("n", pl.when("people").then(pl.col("value"))).cast(pl.Float64)
    open_ = pl.col("value").is_not_null() & ~pl.col("suppressed")
    unsure = pl.col("n").is_null() & pl.col("rule").is_in(WEIGHED)
    marked = frame.with_row_index("_row").with_columns(
        people.alias("_people"), (open_ & ~unsure).alias("_open"), (open_ & unsure).alias("_unsure")
    )
    marked = marked.with_columns((pl.col("_open") & (pl.col("_people") < threshold).fill_null(False)).alias("_small"))
    touched = marked.filter(pl.col("_small").any().over(_BLOCK) & pl.col("_open"))
    if touched.is_empty() and not marked["_unsure"].any():
        return frame
    # Things, of which no n is known, count as enough and come last.
    known = pl.col("_people").fill_null(threshold)
    ranked = touched.sort(pl.col("_small").not_(), "_people", "_row", nulls_last=True).with_columns(
        pl.int_range(pl.len()).over(_BLOCK).alias("_before"),
        (known.cum_sum() - known).over(_BLOCK).alias("_sum_before"),
    )
    hidden = ranked.filter(pl.col("_small") | (pl.col("_before") < 2) | (pl.col("_sum_before") < threshold))
    adds = pl.col("rule").is_in(ADDS)
    rows, together = pl.len().over(_BLOCK), known.sum().over(_BLOCK)
    of_all = pl.col("n").is_not_null().all().over(_BLOCK)
    enough = (rows >= 2) & (together >= threshold) & (adds | of_all)
    blocks = hidden.select(
        "_row",
        _words=pl.when("_small").then(pl.lit(fewer_than(threshold))).otherwise(pl.lit(WITHHELD)),
        _block=pl.concat_str(*_BLOCK, separator="\x1f"),
        _rows=pl.when(enough).then(rows).cast(pl.UInt32),
        _sum=pl.when(enough).then(pl.when(adds).then("value").otherwise(pl.col("value") * pl.col("n")).sum().over(_BLOCK)),
        _n=pl.when(enough & of_all).then(pl.col("n").sum().over(_BLOCK)).cast(pl.Int64),
    )
    out = marked.join(blocks, on="_row", how="left", maintain_order="left").with_columns(
        _words=pl.when("_unsure").then(pl.lit(WITHHELD)).otherwise("_words")
    )
    now = pl.col("_words").is_not_null()
    emptied = [pl.when(~now).then(pl.col(name)).alias(name) for name in ("value", "n", "evidence", "source_url")]
    filled = {"shown": "_words", "block": "_block", "block_rows": "_rows", "block_sum": "_sum", "block_n": "_n"}
    return out.with_columns(
        *emptied,
        (pl.col("suppressed") | now).alias("suppressed"),
        *[pl.coalesce(pl.col(new), pl.col(old)).alias(old) for old, new in filled.items()],
    ).select(frame.columns)
