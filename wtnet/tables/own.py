"""Fields of the lead's own: what a file says beyond our columns, kept beside each row and declared in the table `fields`.

A row holds them in one column (`schema.OWN`) as JSON of field id to text, sorted by id, so that whatever becomes of the row
becomes of them. The text is as it was written; `fields` says what it is, and who may see it: the lead alone, unless she says
otherwise.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from wtnet.tables import dates, schema
from wtnet.tables.model import ROW, Audience, Tables
from wtnet.tables.numbers import Amount, amount
from wtnet.tables.schema import OWN, OWNED
from wtnet.tables.text import cut, normal, short_id

MOST = 200
"""The most fields of one's own a table may have."""
PREFIX = f"{OWN}."
"""What stands before a field's id where it is named beside our columns."""
SUFFIX = " (own)"
"""What stands behind the heading of a field of one's own in a file where one of ours has that name."""
_MARKS = (
    {"pilots", "sharing"}, {"kind_label", "pilots"}, {"kind_label", "sharing"}, {"basis", "mean_level"},
    {"basis", "strength_in_words"}, {"basis", "documented_strength"}, {"basis", "agreement"},
)  # fmt: skip
_MARKS_OF_FILES = ({"findings_in_words", "sharing"}, {"took_part_in", "sharing"})
_WORKED_OUT = {"kind_label", "pilots", "findings_in_words", "took_part_in",
               "x", "y", "strength", "agreement", "basis", "mean_level", "depth", "extent", "perception",
               "weight", "contact", "trust", "value", "strength_said_by_source", "strength_said_by_target",
               "strength_in_words", "documented_strength", "strength_overall",
               "strength_in_time"}  # fmt: skip
_ID_BYTES = 80
CATEGORIES = 24
"""Fields of more values than these are no categories to choose among."""
CATEGORICAL = ("category", "several", "yes_no")
"""Types of fields whose values partners can be filtered, coloured and grouped by."""
_DIALLED = re.compile(r"\(?(?:0\d|\+\d{2})")
"""How phone numbers and codes begin that are no amounts."""
_SEVERAL = re.compile(r"[;|]")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_YES_NO = {"yes", "no", "true", "false", "y", "n"}
_CURRENCIES = {"£": "GBP", "€": "EUR", "$": "USD", "gbp": "GBP", "eur": "EUR", "usd": "USD"}


def headings(frame: pl.DataFrame, table: str) -> list[str]:
    """The headings of a table as a file has it that are none of ours: those of fields of the lead's own."""
    ours = schema.SCHEMAS[table].column_names()
    return [heading for heading in frame.columns if heading != ROW and normal(heading) not in ours]


def field_id(label: str) -> str:
    """The id of a field: its heading as headings are compared, of at most 80 bytes."""
    return short_id(normal(label), _ID_BYTES)


def is_ours(names: Collection[str], as_read: bool = False) -> bool:
    """True for the attributes of partners or ties in a file that this program wrote, by what nobody else writes.

    `as_read` is true for the headings a reader left, of which what is worked out anew is gone already."""
    there = {normal(name) for name in names}
    marks = _MARKS if as_read else (*_MARKS, *_MARKS_OF_FILES)
    return any(mark <= there for mark in marks) or any(name.strip().endswith(SUFFIX) for name in names)


def is_worked_out(name: str, is_tie: bool) -> bool:
    """True for an attribute that this program writes beside a row's own columns, and works out anew."""
    plain = normal(name)
    if plain.startswith(("in_wave_", "strength_in_wave_", "answers:_")):
        return True
    return plain in _WORKED_OUT or (is_tie and plain == "type")


def encode(values: Mapping[str, str | None]) -> str | None:
    """Values by field id as a cell holds them; null where none is given."""
    given = {field: text for field, text in sorted(values.items()) if text}
    return json.dumps(given, ensure_ascii=False, separators=(",", ":")) if given else None


def decode(cell: str | None) -> dict[str, str]:
    """The values in a cell by field id; none of a cell that is not such JSON."""
    if not cell or not cell.startswith("{"):
        return {}
    try:
        cells = json.loads(cell)
    except ValueError:
        return {}
    return {str(field): text for field, text in cells.items() if isinstance(text, str) and text}


def is_packed(cells: pl.Series) -> bool:
    """True for a column that holds fields as a row holds them, such as a table that is checked again."""
    return all(cell == encode(decode(cell)) for cell in cells.drop_nulls().unique())


def packed(frame: pl.DataFrame, columns: Mapping[str, str]) -> pl.Expr:
    """The cells under some headings (heading → field id), trimmed, as one column of JSON; null in rows where all are empty."""
    parts = []
    for heading, field in sorted(columns.items(), key=lambda pair: pair[1]):
        text = frame[heading].cast(pl.String).str.strip_chars().to_list()
        opening = json.dumps(field, ensure_ascii=False) + ":"
        cells = [opening + json.dumps(cell, ensure_ascii=False) if cell else None for cell in text]
        parts.append(pl.Series(field, cells, dtype=pl.String))
    joined = pl.concat_str([pl.lit(part) for part in parts], separator=",", ignore_nulls=True)
    return pl.when(joined.str.len_bytes() > 0).then(pl.concat_str(pl.lit("{"), joined, pl.lit("}"))).alias(OWN)


def values(frame: pl.DataFrame, field: str) -> list[str | None]:
    """What the rows of a table say in one field; null where they say nothing."""
    return [decode(cell).get(field) for cell in frame[OWN]]


def of_table(tables: Tables, table: str) -> dict[str, dict[str, Any]]:
    """The declared fields of a table by id, in order."""
    return {row["id"]: row for row in tables.fields.iter_rows(named=True) if row["table"] == table}


def labels(tables: Tables, table: str, taken: Iterable[str] = ()) -> dict[str, str]:
    """A heading for each declared field of a table, by id: its label, or its id where the label is that of another column."""
    headings: dict[str, str] = {}
    used = {normal(name) for name in (*schema.visible(table), *taken)}
    for field, row in of_table(tables, table).items():
        label = row["label"].strip()
        heading = label if field_id(label) == field and normal(label) not in used else field
        headings[field] = heading if normal(heading) not in used else heading + SUFFIX
        used.add(normal(headings[field]))
    return headings


def expanded(tables: Tables, table: str) -> pl.DataFrame:
    """A table with a text column for each field of one's own, under its heading, in the place of the one that holds them."""
    frame = tables[table]
    if OWN not in frame.columns:
        return frame
    cells = [decode(cell) for cell in frame[OWN]]
    own = [
        pl.Series(heading, [cell.get(field) for cell in cells], dtype=pl.String)
        for field, heading in labels(tables, table).items()
    ]
    return frame.drop(OWN).with_columns(own)


def declared(table: str, frame: pl.DataFrame, headings: Mapping[str, str], known: Iterable[str]) -> list[dict[str, Any]]:
    """A row of `fields` for each field (id → heading) a table holds and nobody declared, its type guessed from its values."""
    rows = []
    cells = [decode(cell) for cell in frame[OWN]]
    for field, heading in headings.items():
        if field in known:
            continue
        texts = [text for cell in cells if (text := cell.get(field))]
        kind, unit = guess(texts, heading)
        rows.append({"table": table, "id": field, "label": cut(heading.strip(), 400), "type": kind, "unit": unit})
    return rows


def _parts(text: str) -> list[str]:
    """What stands between the separators of a cell."""
    return [part.strip() for part in _SEVERAL.split(text) if part.strip()]


def guess(texts: Sequence[str], heading: str = "") -> tuple[str, str | None]:
    """What the values of a field are (of `papers.FIELD_TYPES`), and the unit of its numbers, if they or its heading say it."""
    sample = list(texts[:2_000])
    if not sample:
        return "text", None
    different = set(sample)
    if {text.lower() for text in different} <= _YES_NO:
        return "yes_no", None
    if not any(text.isdigit() for text in sample) and sum(dates.span(text) is not None for text in sample) >= 0.8 * len(sample):
        return "date", None
    numbers = [amount(text) for text in sample]
    dialled = sum(bool(_DIALLED.match(text)) for text in sample) >= 0.5 * len(sample)
    if not dialled and sum(number is not None for number in numbers) >= 0.8 * len(sample):
        return "number", _unit(sample, numbers, heading)
    if all(_ADDRESS.fullmatch(text) for text in different):
        return "web_address", None
    parts = [part for text in sample for part in _parts(text)]
    if sum(bool(_SEVERAL.search(text)) for text in sample) >= 0.2 * len(sample) and max(map(len, parts), default=99) <= 60:
        return "several", None
    short = max(map(len, different)) <= 60
    repeated = len(sample) >= 2 * len(different) or (len(different) < len(sample) and len(different) <= 8)
    return ("category" if short and repeated and len(different) <= CATEGORIES else "text"), None


def _unit(sample: Sequence[str], numbers: Sequence[Amount | None], heading: str) -> str | None:
    if any(number.percent for number in numbers if number):
        return "%"
    words = " ".join([heading, *sample[:50]]).lower()
    return next((code for sign, code in _CURRENCIES.items() if sign in words), None)


def number(text: str | None) -> float | None:
    """The number in a value, its currency and scale taken off; null where it is none."""
    parsed = amount(text) if text else None
    size = parsed.value(".") if parsed else None
    return size * parsed.scale if parsed and size is not None else None


def parts(text: str | None, kind: str | None) -> list[str]:
    """The categories in a value: several where the field holds several."""
    if not text:
        return []
    return _parts(text) if kind == "several" else [" ".join(text.split())]


def filters(tables: Tables) -> dict[str, str]:
    """What partners can be filtered by: "region=North" → "Region: North", for fields of few categories."""
    options: dict[str, str] = {}
    for field, row in of_table(tables, "organisations").items():
        if row["type"] not in CATEGORICAL:
            continue
        words = dict.fromkeys(part for text in values(tables.organisations, field) for part in parts(text, row["type"]))
        if len(words) <= CATEGORIES:
            options |= {f"{field}={word}": f"{row['label']}: {word}" for word in sorted(words)}
    return options


def without(tables: Tables, wanted: Sequence[str]) -> tuple[str, ...]:
    """The partners that a filter such as ("region=North", "region=South") leaves out: for each field one of its values counts."""
    asked: dict[str, set[str]] = {}
    for choice in wanted:
        field, _, word = choice.partition("=")
        asked.setdefault(field, set()).add(word)
    kinds = {field: row["type"] for field, row in of_table(tables, "organisations").items()}
    rows = tables.organisations.select("id", OWN).iter_rows()
    return tuple(
        id
        for id, cell in rows
        if any(not words & set(parts(decode(cell).get(field), kinds.get(field))) for field, words in asked.items())
    )


def merged(
    base: str | None, theirs: str | None, mine: str | None
) -> tuple[str | None, dict[str, tuple[str | None, str | None, str | None]]]:
    """The fields of a row that two people changed, field by field; and those both changed differently: before, theirs, mine."""
    before, stored, meant = decode(base), decode(theirs), decode(mine)
    result, clashes = {}, {}
    for field in {**before, **stored, **meant}:
        was, there, here = before.get(field), stored.get(field), meant.get(field)
        if there != here and was not in (there, here):
            clashes[field] = (was, there, here)
        result[field] = here if there == was else there
    return encode(result), clashes


def set_in(cell: str | None, field: str, text: str | None) -> str | None:
    """A cell of fields with one of them set; null takes it away."""
    return encode({**decode(cell), field: text})


def joined(first: str | None, second: str | None) -> str | None:
    """The fields of two rows that become one: those of the first, and of the second what the first does not say."""
    return first if second is None or first == second else encode({**decode(second), **decode(first)})


def words(cell: str | None) -> str:
    """The fields in a cell as people read them: "region: North; budget: £9,000"."""
    return "; ".join(f"{field.replace('_', ' ')}: {cut(' '.join(text.split()), 60)}" for field, text in decode(cell).items())


def shared(tables: Tables, audience: Audience) -> Tables:
    """The tables with the fields an audience may see; what nobody declared, or the lead keeps, is gone."""
    if audience == "lead":
        return tables
    may = ("public",) if audience == "public" else ("public", "partners")
    fields = tables.fields.filter(pl.col("sharing").cast(pl.String).is_in(may).fill_null(False))
    frames = {"fields": fields}
    for table in OWNED:
        ids = set(fields.filter(pl.col("table") == table)["id"])
        kept = [encode({field: text for field, text in decode(cell).items() if field in ids}) for cell in tables[table][OWN]]
        frames[table] = tables[table].with_columns(pl.Series(OWN, kept, dtype=pl.String))
    return tables.with_(**frames)
