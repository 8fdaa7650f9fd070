"""Bringing in: a file is checked, then proposed beside what is stored, and only then accepted into the store."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from wtnet import readers
from wtnet.errors import InvalidRequest, UnreadableFile
from wtnet.store import Difference, Programme, Store, differences, held_together, sentences
from wtnet.tables import Checked, Tables, check, schema

SHIPPED = Path(__file__).resolve().parents[1] / "data"
"""The folder of the programmes that come with the program: one folder each, with a `programme.toml`."""


@dataclass(frozen=True, eq=False)
class Proposal:
    """What accepting a file would make of a programme; nothing is stored yet.

    `tables` is the whole result, `changes` what differs in each of the nine tables (rows new, changed with what they
    were, removed, and the number unchanged).
    """

    tables: Tables
    changes: dict[str, Difference]

    @property
    def any(self) -> bool:
        """True if accepting would change anything."""
        return any(change.any for change in self.changes.values())

    def counts(self) -> dict[str, dict[str, int]]:
        """Per table `new`, `changed`, `unchanged` and `removed` rows, leaving out tables that are and stay empty."""
        return {name: change.counts() for name, change in self.changes.items() if any(change.counts().values())}

    def sentences(self) -> list[str]:
        """The changes in plain words: "3 partners added", "2 ratings changed"; empty if nothing would change."""
        return sentences(self.changes)


def check_files(paths: Sequence[str | Path], known: Tables | None = None) -> Checked:
    """Read and check files or folders together, as one set of tables.

    `known` holds the tables already stored, which the files may refer to. A file that cannot be read at all is an
    UnreadableFile; everything else that is wrong is among the problems of the result.
    """
    return check(readers.read(*(Path(path) for path in paths)), known)


def check_upload(files: Mapping[str, bytes], known: Tables | None = None) -> Checked:
    """The same for files that came as bytes, by name."""
    if not files:
        raise InvalidRequest("No file was chosen; choose a workbook, a zip of CSV files or a graph file.")
    first, *rest = (readers.read_bytes(name, data) for name, data in files.items())
    return check(sum(rest, start=first), known)


def propose(before: Tables, incoming: Tables, replace: bool = False) -> Proposal:
    """What a checked file would make of what is stored.

    Rows are matched by their key. *Adding* (the default) keeps every stored row; a row of the file whose key is stored
    takes that row's place wholly, its empty cells included, and the others come after. *Replacing* puts each table the
    file has rows of in the place of the stored one; tables the file does not have are kept. A result in which some row
    refers to a row that is not there is an InvalidRequest.
    """
    frames: dict[str, pl.DataFrame] = {}
    for name in schema.NAMES:
        old, new = before[name], incoming[name]
        if not new.height or not old.height or replace:
            frames[name] = new if new.height else old
        else:
            frames[name] = _united(name, old, new)
    tables = Tables(frames)
    held_together(tables)
    return Proposal(tables, differences(before, tables))


def _united(name: str, old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """Stored rows in their places, those that the file has too as the file has them; then the file's other rows."""
    keys = list(schema.keys(name))
    rest = [column for column in old.columns if column not in keys]
    both = old.join(new.with_columns(pl.lit(True).alias("_here")), on=keys, how="left", suffix="_new", maintain_order="left")
    here = pl.col("_here").is_not_null()
    kept = both.select(*keys, *[pl.when(here).then(pl.col(f"{one}_new")).otherwise(pl.col(one)).alias(one) for one in rest])
    return pl.concat([kept.select(old.columns), new.join(old, on=keys, how="anti", maintain_order="left")])


def new_programme(store: Store, name: str) -> Programme:
    """A programme of this name for the store to create, with an id made from the name that is not taken yet."""
    name = " ".join(name.split())
    if not name or len(name) > 200:
        raise InvalidRequest("A programme needs a name of at most 200 characters; choose one and try again.")
    base = "-".join("".join(letter if letter.isalnum() else " " for letter in name.casefold()).split())[:60] or "programme"
    taken = {one.id.casefold() for one in store.programmes()}
    ids = [base, *(f"{base}-{number}" for number in range(2, len(taken) + 3))]
    return Programme(next(one for one in ids if one not in taken), name)


def shipped(folder: Path = SHIPPED) -> list[tuple[Programme, Tables]]:
    """The programmes that come with the program, read from their folders and checked."""
    found = []
    for about in sorted(folder.glob("*/programme.toml")):
        checked = check_files([about.parent])
        if checked.problems:
            raise UnreadableFile(checked.problems[0].sentence)
        found.append((_about(about), checked.tables))
    return found


def _about(path: Path) -> Programme:
    try:
        words = tomllib.loads(path.read_text(encoding="utf-8"))
        return Programme(
            id=str(words.get("id", path.parent.name)),
            name=str(words["name"]),
            description=words.get("description"),
            illustrative=bool(words.get("illustrative", False)),
            source=words.get("source"),
            licence=words.get("licence"),
        )
    except (OSError, ValueError, KeyError) as error:
        raise UnreadableFile(
            f'{path.parent.name}/{path.name} does not describe a programme ({error}); it needs at least name = "…".'
        ) from error


def first_start(store: Store, folder: Path = SHIPPED) -> bool:
    """Load the programmes that come with the program into a store that has none; true if this call did.

    All or none, and safe when several processes start at once: the others find them there.
    """
    if store.programmes():
        return False
    return store.seed(shipped(folder), author="wtnet", reason="First start: the programmes that come with the program")
