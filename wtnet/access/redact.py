"""Redaction: the tables of a programme without what an audience may not see.

Kept back are names (with everything that would tell who it is), answers and who gave none, coded levels and evidence that the
lead does not share, her next steps and notes, small numbers (`measures.impact.suppression`) and quotes nobody agreed to share.
What remains is a programme like any other. Figures are worked out from `Tables.exact`, which holds everything, and shown by the
rule of `measures.disclosure`: an audience changes what is shown, never what is computed.

What this cannot do: somebody who knows a partner's ties may still guess who it is from them; a person named in a free
text by another name than the partner's own is not found.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

import polars as pl

from wtnet.access.renaming import Renaming, renaming
from wtnet.measures.cuts import whole_network
from wtnet.measures.doubles import Doubles, doubles
from wtnet.measures.impact import levels, progress, suppression, tallies, timing
from wtnet.measures.impact.levels import Level
from wtnet.tables import Tables, own, schema, waves
from wtnet.tables.derived import once
from wtnet.tables.model import Audience

_TELLS = {
    "partnerships": ("relationship", "evidence", "source_url", "own_scale", schema.OWN),
    "involvements": ("role",),
    "results": ("evidence", "source_url", schema.OWN),
    "quotes": ("attribution",),
    "findings": ("confirmed_by", "source_url"),
}
"""What a row about a hidden partner loses besides the name."""
_ADDRESSES = ("website", "source_url")
"""Columns of web addresses: one that holds a hidden name goes as a whole."""


def redact(
    tables: Tables, audience: Audience, known: Mapping[str, int] | None = None, viewer: str | None = None, results: bool = True
) -> Tables:
    """The tables as an audience ("lead", "partners" or "public") may have them; all of them for the lead.

    `known` are the numbers of hidden partners (`numbered`; drawn anew if none are given). `viewer` is the partner who
    looks: they see themselves by name, and what they said. Without `results`, small numbers
    stay in, to be withheld afterwards. An unknown audience is an InvalidRequest.

    Hidden partners keep their kind and their ties; their id, name and everything said about them alone go, and what is left
    may be shown to everybody: redacting twice changes nothing more. `ratings` keeps what the viewer said and nothing else; a
    documented partnership that both or one of them deny is left out like any pair that is no tie.
    """
    if suppression.known(audience) == "lead" or tables.audience == audience:
        return tables
    other = renaming(tables, audience, known, viewer)
    if viewer is not None:
        return _redacted(tables, audience, other, viewer, results)
    return once(
        tables,
        ("redacted", doubles, audience, results, _spelled(other)),
        lambda: _redacted(tables, audience, other, None, results),
    )


def _spelled(other: Renaming) -> Hashable:
    """What tells one renaming of the same tables from another."""
    return tuple(other.names.items())


@dataclass(frozen=True)
class _Withheld:
    """The tables of an audience before anybody is renamed: `everything` that may leave, who is `unworded`, and the pairs, in
    order, that are `denied`."""

    everything: Tables
    unworded: Doubles
    denied: frozenset[tuple[str, str]]


def _withheld(tables: Tables, audience: Audience, results: bool) -> _Withheld:
    """The part of redaction that all of an audience share, worked out once. Without `results`, small numbers stay in."""
    return once(tables, ("withheld", doubles, audience, results), lambda: _without(tables, audience, results))


def _without(tables: Tables, audience: Audience, results: bool) -> _Withheld:
    if not results:
        whole = _withheld(tables, audience, True)
        small = own.shared(waves.without_hidden(tables, audience), audience).results
        return replace(whole, everything=whole.everything.with_(results=small))
    everything = suppression.tables_for(own.shared(waves.without_hidden(tables.known, audience), audience), audience)
    everything = everything.with_(**{name: everything[name].clear() for name in schema.LEADS_OWN})
    return _Withheld(everything, tables.doubles if tables.exact else doubles(everything), _denied(everything))


def _redacted(tables: Tables, audience: Audience, other: Renaming, viewer: str | None, results: bool) -> Tables:
    withheld = _withheld(tables, audience, results)
    everything = withheld.everything
    if other.names:
        everything = everything.with_(**{name: _renamed_table(name, everything[name], other) for name in schema.NAMES})
        everything = replace(everything, lead_ids={new: id for id, new in other.ids["organisations"].items()})
    # others' answers to findings are for the lead alone; what they change of a finding's standing, the lead decides
    confirmed = _given_as_a_whole(everything.confirmations, viewer)
    exact = _with_places(everything.with_(confirmations=confirmed), tables.known)
    partnerships = _not_denied(everything.partnerships, withheld.denied, other.ids.get("organisations", {}))
    shown = replace(everything, audience=audience, doubles=_renamed(withheld.unworded, other), secret=None).with_(
        confirmations=confirmed,
        answers=_given_as_a_whole(everything.answers, viewer),
        # of a viewer's own answers those given for it as a whole: what one of its people said is for the lead alone
        ratings=everything.ratings.filter(pl.col("rater") == (viewer or ""), pl.col("respondent_role").is_null()),
        partnerships=_shared(partnerships, audience),
        asked=everything.asked.clear(),  # beside the answers it would tell who gave none
        activities=suppression.of_enough_people(everything.activities),
        attendances=everything.attendances.with_columns(people=pl.lit(None, pl.Int64)),
    )
    return replace(shown, exact=exact)


def _given_as_a_whole(answers: pl.DataFrame, viewer: str | None) -> pl.DataFrame:
    """What a viewer answered as a whole, about itself or to a finding: what one of its people said is for the lead alone."""
    return answers.filter(pl.col("organisation") == (viewer or ""), pl.col("respondent_role").is_null())


def _renamed(unworded: Doubles, other: Renaming) -> Doubles:
    ids = {table: other.ids.get(table, {}) for table in ("waves", "organisations")}
    return {
        ids["waves"].get(wave, wave): frozenset(ids["organisations"].get(partner, partner) for partner in partners)
        for wave, partners in unworded.items()
    }


def _with_places(everything: Tables, tables: Tables) -> Tables:
    """The tables that figures are worked out from with the places of hidden partners: distances need them, nobody is shown."""
    where = ["place", "latitude", "longitude"]
    known = tables.organisations.select("id", *where)
    written = everything.organisations.select(pl.col("id").replace(everything.lead_ids))
    placed = written.join(known, on="id", how="left", maintain_order="left").select(where)
    return everything.with_(organisations=everything.organisations.with_columns(placed))


def _shared(partnerships: pl.DataFrame, audience: Audience) -> pl.DataFrame:
    """Documented partnerships without the levels and evidence that are not shared with an audience."""
    may = ("public",) if audience == "public" else ("public", "partners")
    shared = pl.col("sharing").cast(pl.String).is_in(may).fill_null(False)
    withheld = ("level", "evidence", "source_url", "own_strength", "own_scale", schema.OWN)
    return partnerships.with_columns([pl.when(shared).then(pl.col(name)).alias(name) for name in withheld])


def _denied(tables: Tables) -> frozenset[tuple[str, str]]:
    """The pairs, in order, that are a tie in no wave, though rated: all that was said of them is "no tie"."""
    every = waves.in_order(tables)
    if not every or tables.ratings.is_empty():
        return frozenset()
    tied = pl.concat([whole_network(tables, wave).ties.select("source", "target") for wave in every]).unique()
    rated = tables.ratings.select(source=pl.min_horizontal("rater", "partner"), target=pl.max_horizontal("rater", "partner"))
    denied = rated.unique().join(tied, on=["source", "target"], how="anti")
    return frozenset(denied.iter_rows())


def _not_denied(partnerships: pl.DataFrame, denied: Iterable[tuple[str, str]], renamed: Mapping[str, str]) -> pl.DataFrame:
    """Documented partnerships without those of denied pairs, whose ids are `renamed` here."""
    pairs = [sorted(renamed.get(end, end) for end in pair) for pair in denied]
    gone = pl.DataFrame(pairs, schema={"_first": pl.String, "_second": pl.String}, orient="row")
    ends = {"_first": pl.min_horizontal("source", "target"), "_second": pl.max_horizontal("source", "target")}
    return (
        partnerships.with_columns(**ends).join(gone, on=["_first", "_second"], how="anti", maintain_order="left").drop(list(ends))
    )


def cells(
    tables: Tables,
    audience: Audience,
    known: Mapping[str, int] | None = None,
    viewer: str | None = None,
    level: Level = "pilots",
) -> pl.DataFrame:
    """The results of a programme with everything around them (`measures.impact.cells`) as an audience may have them: names as
    in `redact`, and what is withheld marked as such (`suppression.at_level`). Of another `level` they belong to the tables that
    `levels.at` makes of the audience's."""
    if suppression.known(audience) == "lead":
        return progress.cells(levels.at(tables, level))
    other = renaming(tables, audience, known, viewer)
    key = ("cells", doubles, audience, level, _spelled(other))
    return once(tables, key, lambda: _cells(tables, audience, other, level))


def _cells(tables: Tables, audience: Audience, other: Renaming, level: Level) -> pl.DataFrame:
    ends = timing.ends(tables)
    written = ends.with_columns(pl.col("id").replace(other.ids.get("pilots", {})))
    shown = _redacted(tables, audience, other, None, results=False).changed(lambda shown: timing.with_ends(shown, written))
    seen = suppression.at_level(shown, level)
    if level != "pilots":
        return seen
    return tallies.publish(seen, shown, timing.with_ends(tables, ends), timing.order(waves.without_hidden(tables, audience)))


def _renamed_table(table: str, frame: pl.DataFrame, other: Renaming) -> pl.DataFrame:
    """One table with pseudonyms, without what else tells who a hidden partner is; rows about hidden partners stand last."""
    if frame.is_empty():
        return frame
    ends = [column for column in frame.columns if _target(table, column) == "organisations"]
    gone = list(other.ids["organisations"])
    touched = pl.any_horizontal(pl.col(end).is_in(gone) for end in ends).fill_null(False) if ends else pl.lit(False)
    texts = [column for column in frame.columns if frame.schema[column] == pl.String and _target(table, column) is None]
    frame = frame.with_columns(_touched=touched)
    emptied: list[str] = list(_TELLS.get(table, ()))
    if table == "organisations":
        emptied = [column for column in frame.columns if column not in ("id", "kind", "name", "sharing", "_touched")]
        texts.remove("name")  # a partner that is shown keeps its whole name; `warnings` lists those that hold a hidden one
        frame = frame.with_columns(
            name=pl.when("_touched").then(pl.col("id").replace(other.names)).otherwise("name"),
            sharing=pl.when("_touched").then(pl.lit("public", frame.schema["sharing"])).otherwise("sharing"),
        )
    frame = frame.with_columns([pl.when(~pl.col("_touched")).then(pl.col(column)).alias(column) for column in emptied])
    new_ids = {column: other.ids.get(_target(table, column) or "", {}) for column in frame.columns}
    frame = frame.with_columns([pl.col(column).replace(ids) for column, ids in new_ids.items() if ids])
    frame = frame.with_columns([_without_names(frame[column], other) for column in texts])
    frame = pl.concat([frame.filter(~pl.col("_touched")), frame.filter("_touched").sort(ends)]) if ends else frame
    if table in ("partnerships", "quotes"):
        id = pl.format("{}-{}", pl.lit(table[:-1]), pl.int_range(1, pl.len() + 1))
        frame = frame.with_columns(id=pl.when("_touched").then(id).otherwise("id"))
    return frame.drop("_touched")


def _without_names(column: pl.Series, other: Renaming) -> pl.Series:
    """A column of texts without the names; of addresses, those without one."""
    texts = [text for text in dict.fromkeys(column.to_list()) if text is not None]
    if column.name == schema.OWN:
        return column.replace(texts, [own.encode(_own_values(text, other)) for text in texts]) if texts else column
    if column.name in _ADDRESSES:
        gone = [text for text in texts if other.finder.joined(text) is not None]
        return column.replace(gone, [None] * len(gone)) if gone else column
    changed = {text: clean for text in texts if (clean := other.text(text)) != text}
    return column.replace(list(changed), list(changed.values())) if changed else column


def _own_values(cell: str, other: Renaming) -> dict[str, str | None]:
    """The fields of the lead's own in a cell without the names; an address that holds one goes."""
    return {
        field: other.text(text) if "://" not in text or other.finder.joined(text) is None else None
        for field, text in own.decode(cell).items()
    }


@cache
def _target(table: str, name: str) -> str | None:
    """The table whose rows a column identifies or names; None for any other column, and for what was added to a table."""
    if name not in schema.SCHEMAS[table].column_names():
        return None
    return schema.reference(table, name) or (table if name == "id" else None)
