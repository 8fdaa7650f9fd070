"""What a file says and what accepting it would change: problems to mend, likely duplicates, tables added to or replaced."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl
import streamlit as st

from wtnet.importing import (
    ImportResult,
    LikelyDuplicate,
    MergeChoice,
    Proposal,
    likely_duplicates,
    matched_incoming,
    people,
    propose,
    rounds,
)
from wtnet.importing.cures import Cure
from wtnet.importing.duplicates import MOST
from wtnet.store import Difference, Names
from wtnet.store.change_sentences import label
from wtnet.tables import Problem, Tables, schema
from wtnet.ui.frame import cached
from wtnet.ui.frame.markdown import count, listed, plain, points
from wtnet.ui.pages.data import causes
from wtnet.ui.parts.figures import rows_table
from wtnet.ui.parts.table import show_table
from wtnet.ui.parts.uploads import work_apart
from wtnet.writers import XLSX
from wtnet.writers.tables.marked import marked

_SAID = 4
"""How many notices are written out; the others are one click away."""
_LEFT_OUT = {
    "left_out", "left_sheet", "unknown_sheet", "not_a_table", "unknown_column", "individuals", "no_name", "no_lead", "note_row",
    "total_row", "repeated_headings", "repeated", "self_tie", "nobody",
}  # fmt: skip
"""Rules of the notices on what a file holds and is not brought in."""
_PAIRS = 40
_CHANGES = 12
_NEW, _STORED, _FILE = "two", "stored", "file"
_ROWS = 2_000
_MARKED_HERE, _COMPARED_HERE = 100_000, 2_000_000
"""Bytes of files, and pairs of partners, up to which it takes less than a second; more of them are left to a process apart."""


# -- problems ---------------------------------------------------------------------------------------------------


def report_check(result: ImportResult, files: Sequence[tuple[str, bytes]], known: Tables | None, settled: list[Cure]) -> None:
    """What was found in the files: every problem by cause, with the file itself marked to take away, and all notices."""
    checked = result.checked
    causes.take_back(settled)
    if checked.problems:
        number = count(len(checked.problems), "problem")
        st.error(
            f"**{number} to mend first.** Nothing has been stored; say here what is meant, or correct the file.",
            icon=":material/report:",
        )
        causes.cure(result, known, settled)
        _marked(files, result)
        with st.expander("The same as a table", icon=":material/table_rows:"):
            rows_table(_table(checked.problems), "problems")
    else:
        read = listed([f"{count(number, 'row')} of {name}" for name, number in checked.tables.counts().items()], most=12)
        st.success(f"Read without problems: {plain(read or 'no rows')}.", icon=":material/check:")
    causes.ask(result, settled)
    notices = [notice for notice in checked.notices if notice.rule not in (people.RULE, rounds.RULE)]
    away = [notice.sentence for notice in notices if notice.rule in _LEFT_OUT]
    if away:
        with st.expander(f"Left out: {count(len(away), 'thing')}", icon=":material/playlist_remove:", expanded=True):
            st.markdown(points(away[:200]))
    notices = [notice for notice in notices if notice.rule not in _LEFT_OUT]
    for notice in notices[:_SAID]:
        st.info(plain(notice.sentence), icon=":material/info:")
    if len(notices) > _SAID:
        with st.expander(f"{count(len(notices) - _SAID, 'more notice')}", icon=":material/info:"):
            st.markdown(points(notice.sentence for notice in notices[_SAID:200]))


def _marked(files: Sequence[tuple[str, bytes]], result: ImportResult) -> None:
    """The files with their wrong cells marked, made once and kept while the same files are looked at."""

    def mark() -> list[tuple[str, bytes]]:
        if sum(len(data) for _, data in files) > _MARKED_HERE:
            return work_apart("Marking the cells", marked, files, result) or []
        with st.spinner("Marking the cells …"):
            return marked(files, result)

    copies = cached.memo("marked_files", result, mark)
    for number, (name, data) in enumerate(copies):
        st.download_button(
            f"Download “{plain(name)}”",
            data,
            name,
            XLSX,
            key=f"marked_{number}",
            type="primary" if number == 0 else "secondary",
            on_click="ignore",
            icon=":material/edit_note:",
        )
    if copies:
        st.caption(
            "The same workbook with each wrong cell filled and what to do as its comment. Correct it and bring it in here."
        )
    else:
        st.caption("The file is too large to be marked cell by cell; the table below names every row.")


def _table(problems: tuple[Problem, ...]) -> pl.DataFrame:
    columns = ["file", "sheet", "row", "column", "value", "sentence"]
    types = {name: pl.Int64 if name == "row" else pl.String for name in columns}
    frame = pl.DataFrame([{name: problem.as_dict()[name] for name in columns} for problem in problems], schema=types)
    return frame.rename({"sentence": "what to do"}).select("what to do", pl.exclude("what to do"))


# -- what would change ------------------------------------------------------------------------------------------


def review_changes(before: Tables, result: ImportResult) -> Proposal | None:
    """What accepting would change, with the choices that are the person's: which tables are replaced, who is the same.

    None if the choices made do not fit together; that is said.
    """
    incoming = result.checked.tables
    same = _duplicates(before, result)
    replace = _ways(before, incoming)
    proposals = propose(before, incoming, replace, result.columns, same)
    proposal = proposals.kept
    if proposals.emptied.tables != proposal.tables and st.toggle(
        "Empty cells of the file empty what is stored",
        key="empties",
        help="Off: an empty cell means “not known”, and what is stored stays. On: what was emptied in the file is emptied here.",
    ):
        proposal = proposals.emptied
    _matched(proposal)
    for notice in proposal.notices():
        st.info(plain(notice), icon=":material/visibility_off:")
    if guess := proposal.guesses():
        st.info(plain(guess), icon=":material/functions:")
    _changes(proposal)
    return proposal


def _ways(before: Tables, incoming: Tables) -> list[str]:
    """Which tables of the file take the place of the stored ones; none of them unless a person says so."""
    both = [name for name in incoming.counts() if before[name].height]
    if not both:
        return []
    chosen = st.pills(
        "Replace these tables completely (rows that are not in the file are removed)",
        both,
        selection_mode="multi",
        key="replace_tables",
        help="The others are added to: stored rows stay, rows with the same id are taken from the file, new ones come after. "
        "Columns the file does not have keep what is stored, either way.",
    )
    return list(chosen or ())


def _duplicates(before: Tables, result: ImportResult) -> list[MergeChoice]:
    """Partners that may be the same under two names, side by side; they become one only where a person says so."""
    pairs = _likely_duplicates(before, result)
    if pairs is None:
        st.caption("So many partners could not be compared by name in the time there is; each stays a partner of its own.")
    if not pairs:
        return []
    st.markdown(f"**{count(len(pairs), 'partner')} may be the same as {'another' if len(pairs) == 1 else 'others'}**")
    st.caption("Nothing is merged unless you say so here. Merged, one row stays and the partnerships of both join it.")
    every = len(pairs) > 1 and st.toggle(
        "They are all the same: keep the name on the right",
        key="all_same",
        help="What you choose below for one of them counts for that one.",
    )
    choices = []
    for pair in pairs[:_PAIRS]:
        choice = _pair(pair, bool(every))
        if choice is not None:
            choices.append(choice)
    if len(pairs) > _PAIRS:
        st.caption(f"{len(pairs) - _PAIRS:,} less likely pairs are not shown; they stay two partners each.")
    return choices


def _likely_duplicates(before: Tables, result: ImportResult) -> list[LikelyDuplicate] | None:
    """Likely duplicates; null if there are too many partners to compare them in the time there is."""

    def look() -> list[LikelyDuplicate] | None:
        words = "Looking for the same partner under two names"
        incoming = matched_incoming(before, result.checked.tables, result.columns)
        stored, brought = (Tables({"organisations": side.organisations}) for side in (before, incoming))
        partners = incoming.organisations.height
        if partners * (partners + before.organisations.height) > _COMPARED_HERE:
            return work_apart(words, likely_duplicates, stored, brought, MOST, dict(result.renumbered))
        with st.spinner(f"{words} …"):
            return likely_duplicates(stored, brought, MOST, result.renumbered)

    return cached.memo("likely_duplicates", (result, before), look)


def _pair(pair: LikelyDuplicate, same: bool) -> MergeChoice | None:
    """Both rows, and the choice: two partners, or one under either's values; `same` says what is chosen at first."""
    mine, theirs = pair.mine, pair.theirs
    with st.container(border=True, key=f"pair_{pair.key[0]}_{pair.key[1]}"[:200]):
        left, right = st.columns(2)
        left.markdown(f"**{plain(mine['name'])}**  \n{_about(mine)}  \nin the file")
        right.markdown(f"**{plain(theirs['name'])}**  \n{_about(theirs)}  \n{'stored' if pair.stored else 'in the file too'}")
        st.caption(plain(pair.why[:1].upper() + pair.why[1:]))
        words = {
            _NEW: "Two different partners",
            _STORED: f"The same: keep “{theirs['name']}”",
            _FILE: f"The same: keep “{mine['name']}”",
        }
        chosen = st.radio(
            plain(f"Is {mine['name']} the same as {theirs['name']}?"),
            [_NEW, _STORED, _FILE],
            format_func=lambda way: plain(words[way]),
            index=1 if same else 0,
            key=f"same{int(same)}_{pair.key[0]}_{pair.key[1]}"[:200],
            label_visibility="collapsed",
            horizontal=True,
        )
    return None if chosen in (None, _NEW) else MergeChoice(*pair.key, str(chosen))


def _about(row: dict[str, Any]) -> str:
    kind = schema.KINDS.get(str(row["kind"]), str(row["kind"]))
    return plain(", ".join(str(part) for part in (kind, row["place"], f"id {row['id']}") if part))


def _matched(proposal: Proposal) -> None:
    """Rows of the file that are stored under another id."""
    for table, ids in proposal.matched.items():
        names = Names(proposal.before, proposal.tables)
        stored = [names.row(table, row) for row in _rows_of(proposal.tables[table], list(ids.values())[:4])]
        how = "the same two partners" if table == "partnerships" else "name and kind" if table == "organisations" else "name"
        st.info(
            f"{count(len(ids), 'row')} of {table} {'is' if len(ids) == 1 else 'are'} stored under another id and "
            f"{'was' if len(ids) == 1 else 'were'} matched by {how}: {plain(listed(stored))}"
            f"{f' and {len(ids) - 4:,} more' if len(ids) > 4 else ''}.",
            icon=":material/link:",
        )


def _rows_of(frame: pl.DataFrame, ids: list[str]) -> list[dict[str, Any]]:
    return frame.filter(pl.col("id").is_in(ids)).to_dicts()


def _changes(proposal: Proposal) -> None:
    """The change in counts, in words with names, and row by row."""
    st.markdown("**What would change**")
    if not proposal.any:
        st.info("Nothing: everything in the file is stored already.", icon=":material/check:")
        return
    removed = {name: number["removed"] for name, number in proposal.counts().items() if number["removed"]}
    if removed:
        words = listed([f"{count(number, 'row')} of {name}" for name, number in removed.items()], 9)
        st.warning(f"{words} would be removed. They stay in the history and can be brought back.", icon=":material/delete:")
    differ = {name: change for name, change in proposal.changes.items() if change.any}
    counts = [{"table": table, **change.counts()} for table, change in differ.items()]
    frame = pl.DataFrame(counts).rename({"removed": "would be removed"})
    show_table(frame, "change_counts", "Rows new, changed, unchanged and removed in each table")
    st.markdown(points(proposal.in_words(_CHANGES)))
    with st.expander("Row by row", key="row_by_row", on_change="rerun", icon=":material/table_rows:") as box:
        if box.open:
            name = st.segmented_control("Table", list(differ), default=next(iter(differ)), key="changed_table", required=True)
            rows_table(row_by_row(differ[str(name)], Names(proposal.before, proposal.tables)), f"changes_{name}")


def row_by_row(change: Difference, names: Names) -> pl.DataFrame:
    """`what happens`, `row` (its name), `cells` (before → after, or the row's values): one row a row that differs."""
    rows = [("new", names.row(change.table, row), _values(row)) for row in change.added.head(_ROWS).iter_rows(named=True)]
    rows += [("would be removed", names.row(change.table, row), _values(row)) for row in change.removed.head(_ROWS).to_dicts()]
    for was, now in zip(change.was.head(_ROWS).to_dicts(), change.changed.head(_ROWS).to_dicts(), strict=True):
        cells = [
            f"{label(column)}: {names.cell(change.table, column, was[column])} → {names.cell(change.table, column, now[column])}"
            for column in now
            if was[column] != now[column]
        ]
        rows.append(("changed", names.row(change.table, was), "; ".join(cells)))
    return pl.DataFrame(rows, schema=["what happens", "row", "cells"], orient="row")


def _values(row: dict[str, Any]) -> str:
    return "; ".join(f"{label(name)}: {value}" for name, value in row.items() if value is not None and name != "name")
