"""Programmes: a new one with an id from its name, and those that come with the program."""

from __future__ import annotations

import tomllib
from hashlib import sha256
from pathlib import Path

import polars as pl

from wtnet import readers
from wtnet.errors import InvalidRequest, UnreadableFile
from wtnet.store import Programme, Store
from wtnet.tables import Tables, check, schema, sharing
from wtnet.tables.convert import convert
from wtnet.tables.text import free_id

SHIPPED = Path(__file__).resolve().parents[2] / "data"
"""The folder of the programmes that come with the program: one folder each, with a `programme.toml`."""
SHIPPED_IDS = ("example", "working-together")
CHECKED = "checked.sha256"
"""Beside the folders: the checksum of each of their files when they were last found right, as `sha256sum */*.csv` writes them."""
_PUT_AWAY = "samples_put_away"
"""The setting that says that samples were put away."""


def new_programme(store: Store, name: str) -> Programme:
    """A programme of this name for the store to create, with an id made from the name that is not taken yet."""
    name = " ".join(name.split())
    if not name or len(name) > 200:
        raise InvalidRequest("A programme needs a name of at most 200 characters; choose one and try again.")
    taken = {programme.id.casefold() for programme in store.programmes()}
    return Programme(free_id(name, taken, "programme"), name)


def shipped(folder: Path = SHIPPED) -> list[tuple[Programme, Tables]]:
    """The programmes that come with the program, read from their folders and checked."""
    abouts = sorted(folder.glob("*/programme.toml"))
    return [(_about(about), _as_checked(about.parent) or checked(about.parent)) for about in abouts]


def checked(folder: Path) -> Tables:
    """The tables of a folder, checked; anything wrong in them is an UnreadableFile."""
    result = check(readers.read(folder))
    if result.problems:
        raise UnreadableFile(result.problems[0].sentence)
    return result.tables


def _as_checked(folder: Path) -> Tables | None:
    """The same of files that are to the byte those that were checked before they were sent out, in a tenth of the time; else
    null."""
    listing = folder.parent / CHECKED
    lines = listing.read_text(encoding="utf-8").splitlines() if listing.is_file() else []
    known = {name: checksum for checksum, name in map(str.split, lines) if name.startswith(f"{folder.name}/")}
    files = {path.stem: path.read_bytes() for path in sorted(folder.glob("*.csv"))}
    if known != {f"{folder.name}/{name}.csv": sha256(data).hexdigest() for name, data in files.items()}:
        return None
    return Tables({name: _typed(name, data) for name, data in files.items()})


def _typed(name: str, data: bytes) -> pl.DataFrame:
    """A table from a CSV in which every cell is right."""
    columns = schema.SCHEMAS[name].column_names()
    cells = pl.read_csv(data, infer_schema=False)
    cells = cells.with_columns(pl.lit(None, pl.String).alias(column) for column in columns if column not in cells.columns)
    typed = cells.select(convert(name, column) for column in columns)
    return typed.with_columns(pl.coalesce("sharing", sharing.default(name)).alias("sharing")) if "sharing" in columns else typed


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


def put_away(store: Store, programme: str) -> None:
    """Delete a programme; one that came with the program is not loaded again when the store is empty."""
    store.delete(programme)
    if programme in SHIPPED_IDS:
        store.remember(_PUT_AWAY, True)


def first_start(store: Store, folder: Path = SHIPPED) -> bool:
    """Load the programmes that come with the program into a store that has none; true if this call did.

    All or none, and safe when several processes start at once: the others find them there. Samples that were put away stay away.
    """
    if store.programmes() or store.settings(_PUT_AWAY):
        return False
    return store.seed(shipped(folder), author="wtnet", reason="First start: the programmes that come with the program")
