"""Partners and ties as plain rows, the same for every graph format: their fields, and ids no two of which are alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from wtnet.network import Scope, date_of
from wtnet.network.build import EVERYTHING
from wtnet.sentences.format import WITHHELD
from wtnet.strength import active
from wtnet.tables import Tables, numbers, own, own_scale, relationships
from wtnet.tables.pilots import members
from wtnet.tables.schema import KINDS, OWN
from wtnet.tables.text import clean
from wtnet.writers import answered, evidence
from wtnet.writers.export import Export

PARTNER: dict[str, str] = {
    "kind": "string",
    "kind_label": "string",
    "place": "string",
    "latitude": "double",
    "longitude": "double",
    "website": "string",
    "description": "string",
    "sharing": "string",
    "pilots": "list",
    evidence.FINDINGS: "list",
    evidence.ACTIVITIES: "list",
}
"""What is said of a partner beside its id and name, and of what type it is."""

TIE: dict[str, str] = {
    "strength": "double",
    "depth": "double",
    "contact": "double",
    "trust": "double",
    "value": "double",
    "extent": "double",
    "perception": "double",
    "strength_said_by_source": "double",
    "strength_said_by_target": "double",
    "agreement": "double",
    "basis": "string",
    "mean_level": "double",
    "strength_in_words": "string",
    "documented_strength": "double",
    "relationship": "string",
    "level": "integer",
    "started": "string",
    "ended": "string",
    "evidence": "string",
    "source_url": "string",
    "direction": "string",
    "own_strength": "double",
    "own_scale": "string",
    evidence.FINDINGS: "list",
}
"""What is said of a tie beside its two partners, and of what type it is. From `relationship` to `own_scale` it is documented;
`level` is the documented level, a whole number, and `mean_level` what both sides reported, on average."""

_OVERALL = "strength_overall"
"""What is said of a tie on a scale of the lead's own, where ratings have one."""
_RENAMED = {
    own_scale.OVERALL: _OVERALL,
    "forward": "strength_said_by_source",
    "backward": "strength_said_by_target",
    "word": "strength_in_words",
    "documented": "documented_strength",
}
Row = dict[str, Any]
_NUMBERS: dict[str, Callable[[str], float]] = {
    "integer": int,
    "double": lambda text: int(text) if "." not in text else float(text),
}
_ENDS = ("id", "label", "name", "type", "source", "target", "from", "to", "direction", "weight", "x", "y")
"""Headings a graph format has of its own, which no field of the lead's own may take."""


def partner_fields(tables: Tables) -> dict[str, str]:
    """What is said of a partner, as `PARTNER` (of findings and activities where there are any), and behind it the fields of the
    lead's own by their headings."""
    empty = evidence.without(tables)
    ours = {name: kind for name, kind in PARTNER.items() if name not in empty}
    return {**ours, **{heading: kind for heading, (_, kind) in _own(tables, "organisations").items()}}


def told_of_ties(tables: Tables) -> dict[str, str]:
    """What is said of a tie, as `TIE` (of findings where there are any), and behind it the fields of the lead's own by their
    headings."""
    empty = evidence.without(tables, is_tie=True)
    ours = {name: kind for name, kind in TIE.items() if name not in empty}
    ours |= {_OVERALL: "double"} if own_scale.of_ratings(tables) else {}
    return {**ours, **{heading: kind for heading, (_, kind) in _own(tables, "partnerships").items()}, **answered.types(tables)}


def heading(name: str) -> str:
    """One of our fields in words ("Kind label"); a field of the lead's own as it is headed."""
    return name.replace("_", " ").capitalize() if name in (*PARTNER, *TIE, _OVERALL) else name


def _own(tables: Tables, table: str) -> dict[str, tuple[str, str]]:
    """The fields of the lead's own of a table: heading → id and type; a number only where every value is a plain one."""
    taken = (*_ENDS, *PARTNER, *TIE, _OVERALL)
    declared = own.of_table(tables, table)
    fields = {}
    for field, name in own.labels(tables, table, taken).items():
        texts = [text for text in own.values(tables[table], field) if text] if declared[field]["type"] == "number" else []
        plain = bool(texts) and all(re.fullmatch(numbers.PLAIN, text) and len(text) < 16 for text in texts)
        whole = plain and all(re.fullmatch(r"-?\d+", text) for text in texts)
        fields[name] = (field, "integer" if whole else "double" if plain else "string")
    return fields


def lists_of_own(tables: Tables, table: str) -> set[str]:
    """The headings of the fields of the lead's own of a table that hold several values."""
    declared = own.of_table(tables, table)
    return {name for name, (field, _) in _own(tables, table).items() if declared[field]["type"] == "several"}


def _own_values(cells: Sequence[str | None], fields: Mapping[str, tuple[str, str]]) -> Row:
    """What rows say in the fields of the lead's own, by heading; several values of one field with a bar between."""
    decoded = [own.decode(cell) for cell in cells]
    values: Row = {}
    for name, (field, kind) in fields.items():
        texts = list(dict.fromkeys(text for row in decoded if (text := row.get(field))))
        values[name] = " | ".join(texts) or None
        if kind in _NUMBERS and texts:  # of several partnerships of a pair, the first number
            values[name] = _NUMBERS[kind](texts[0])
    return values


def partner_rows(export: Export, among: Collection[str]) -> list[Row]:
    """One row for each of these partners, in the order of the organisations: `id`, `name` and the fields of `PARTNER`.

    `pilots` is a list of the names of the pilots it leads or takes part in, `findings_in_words` and `took_part_in` are those of
    `evidence`; unknown fields are None.
    """
    tables = export.tables
    pilots, fields, in_words = _pilots(tables), _own(tables, "organisations"), evidence.of_partners(export)
    none: dict[str, list[str]] = {evidence.FINDINGS: [], evidence.ACTIVITIES: []}
    return [
        {
            **row,
            "kind_label": KINDS[row["kind"]],
            "pilots": pilots.get(row["id"], []),
            **none,
            **in_words.get(row["id"], {}),
            **_own_values([row[OWN]], fields),
        }
        for row in tables["organisations"].iter_rows(named=True)
        if row["id"] in among
    ]


def tie_rows(export: Export) -> list[Row]:
    """A row for each tie of the network, or for each of its partnerships where they are told apart (`documented`): `source`,
    `target`, `id` and the fields of `told_of_ties`; unknown fields are None.

    The documented fields are those of the partnerships active in the wave. A tie with a direction goes from source to target.
    """
    papers = documented(export.tables, date_of(export.tables, export.network.wave), export.network.scope)
    findings, answers = evidence.of_ties(export), answered.by_tie(export)
    rows: list[Row] = []
    for row in export.network.ties.iter_rows(named=True):
        pair = (row["source"], row["target"])
        for paper in papers.get(pair) or [{}]:
            about = {"source": pair[0], "target": pair[1], evidence.FINDINGS: findings.get(pair, [])}
            tie = {**tie_fields(row), **paper, **answers.get(pair, {}), **about}
            rows.append(turned(tie) if tie.get("direction") == "backward" else tie)
    for row, id in zip(rows, named(rows), strict=True):
        row["id"] = id
    return rows


def named(rows: Sequence[Row]) -> list[str]:
    """An id for each tie, no two alike: that of its partnership, or where it is told of none or of several together one made of
    its two partners."""
    return distinct([row.get("id") or "--".join(sorted((row["source"], row["target"]))) for row in rows], clean)


def turned(row: Row) -> Row:
    """A tie the other way round, so that its direction is from source to target."""
    strengths = row.get("strength_said_by_target"), row.get("strength_said_by_source")
    ends = {"source": row["target"], "target": row["source"], "direction": "forward"}
    return {**row, **ends, "strength_said_by_source": strengths[0], "strength_said_by_target": strengths[1]}


def tie_fields(row: Mapping[str, Any]) -> Row:
    """What the network says of one tie, by the names of `TIE`; numbers to nine decimals, beyond which is only noise."""
    fields = {_RENAMED.get(name, name): value for name, value in row.items() if name not in ("source", "target", "level")}
    fields["mean_level"] = row["level"] if row["basis"] in ("both", "one-sided") else None
    if row["basis"] == "withheld":
        fields["strength_in_words"] = WITHHELD
    return {name: round(value, 9) if isinstance(value, float) else value for name, value in fields.items()}


def documented(tables: Tables, on: date | None, scope: Scope = EVERYTHING) -> dict[tuple[str, str], list[Row]]:
    """What is documented of each pair (source < target) by the partnerships active on a day (None: by all) that a scope asks for.

    Several partnerships of one pair are told as one: every word once, the highest level, and from the first start to
    the last end where all of them have one. They are told apart, a row each, where they go different ways or a field of the
    lead's own has different values. `direction` is forward (from the first to the second), backward, both or null; `id` is that
    of the partnership, null of several together.
    """
    fields = _own(tables, "partnerships")
    asked = relationships.narrowed(tables["partnerships"], scope.relationships, scope.tie_fields, relationships.types_of(tables))
    rows = active(asked, on).with_columns(a=pl.min_horizontal("source", "target"), b=pl.max_horizontal("source", "target"))
    rows = rows.with_columns(
        _direction=pl.col("direction").cast(pl.String).replace("none", None),
        _way=pl.when(pl.col("source") == pl.col("a")).then(1).otherwise(-1),
    )
    apart = _told_apart(rows)
    both = zip(rows["a"], rows["b"], rows["id"], strict=True)
    rows = rows.with_columns(_part=pl.Series([id if (a, b) in apart else "" for a, b, id in both], dtype=pl.String))
    words = [_joined(name, mark) for name, mark in (("evidence", " | "), ("source_url", " | "))]
    rows = rows.group_by("a", "b", "_part", maintain_order=True).agg(
        pl.when(pl.len() == 1).then(pl.col("id").first()).alias("id"),
        pl.col("relationship"),
        *words,
        pl.col("level").max(),
        pl.when(pl.col("started").null_count() == 0).then(pl.col("started").min().dt.to_string()).alias("started"),
        pl.when(pl.col("ended").null_count() == 0).then(pl.col("ended").max().dt.to_string()).alias("ended"),
        pl.col("own_strength").mean(),
        _joined("own_scale", " | "),
        pl.col("_way", "_direction", OWN),
    )
    known: dict[tuple[str, str], list[Row]] = {}
    for row in rows.drop("_part").iter_rows(named=True):
        more = _own_values(row.pop(OWN), fields)
        more["direction"] = _direction(row.pop("_direction"), row.pop("_way"))
        more["relationship"] = "; ".join(dict.fromkeys(_kinds(row.pop("relationship")))) or None
        known.setdefault((row.pop("a"), row.pop("b")), []).append({**row, **more})
    return known


def _kinds(cells: Sequence[str | None]) -> list[str]:
    """The kinds in some cells, as they are written."""
    return [part.strip() for cell in cells if cell for part in cell.split(relationships.MARK) if part.strip()]


def _told_apart(rows: pl.DataFrame) -> set[tuple[str, str]]:
    """The pairs whose partnerships differ in direction or in a field, and so cannot be merged into one without loss."""
    several = rows.filter(pl.struct("a", "b").is_duplicated())
    seen: dict[tuple[str, str], dict[str, str]] = {}
    apart = set()
    for a, b, direction, way, cell in several.select("a", "b", "_direction", "_way", OWN).iter_rows():
        goes = str(way) if direction == "forward" else direction or ""
        values = {**own.decode(cell), " direction": goes}
        before = seen.setdefault((a, b), values)
        if any(before.setdefault(name, text) != text for name, text in values.items()):
            apart.add((a, b))
    return apart


def _direction(directions: Sequence[str | None], ways: Sequence[int]) -> str | None:
    """Which way a pair's partnerships go together: forward, backward, both; null where none says."""
    there = {way if word == "forward" else 0 for word, way in zip(directions, ways, strict=True) if word in ("forward", "both")}
    return None if not there else "both" if len(there) > 1 or 0 in there else "forward" if there == {1} else "backward"


def _joined(name: str, mark: str) -> pl.Expr:
    texts = pl.col(name).drop_nulls().unique(maintain_order=True).str.join(mark)
    return pl.when(pl.col(name).count() > 0).then(texts).alias(name)


def _pilots(tables: Tables) -> dict[str, list[str]]:
    """The names of the pilots of each partner, those it leads first."""
    names = tables.names("pilots")
    pilots: dict[str, dict[str, None]] = {}
    for pilot, partner in members(tables).iter_rows():
        pilots.setdefault(partner, {})[names.get(pilot, pilot)] = None
    return {partner: list(of) for partner, of in pilots.items()}


def distinct_ids(ids: Iterable[str], change: Callable[[str], str] = clean) -> dict[str, str]:
    """{id: the id in a file}, changed as the format needs it and `distinct`."""
    wanted = list(ids)
    return dict(zip(wanted, distinct(wanted, change), strict=True))


def distinct(values: Sequence[str], change: Callable[[str], str] = str) -> list[str]:
    """Each value changed, and told apart by a number where two would be alike or nothing would be left."""
    changed = [change(value) for value in values]
    taken, free = set(), set(changed)
    distinct_values = []
    for value in changed:
        name, number = value, 1
        while not name or name in taken or (number > 1 and name in free):
            number += 1
            name = f"{value}--{number}"
        taken.add(name)
        distinct_values.append(name)
    return distinct_values
