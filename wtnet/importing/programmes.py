"""Programmes: a new one with an id from its name, and those that come with the program."""

from __future__ import annotations

import tomllib
from pathlib import Path

from wtnet import readers
from wtnet.errors import InvalidRequest, UnreadableFile
from wtnet.store import Programme, Store
from wtnet.tables import Tables, check
from wtnet.tables.text import free_id

SHIPPED = Path(__file__).resolve().parents[2] / "data"
"""The folder of the programmes that come with the program: one folder each, with a `programme.toml`."""
SHIPPED_IDS = ("example", "working-together")
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
    programmes = []
    for about in sorted(folder.glob("*/programme.toml")):
        checked = check(readers.read(about.parent))
        if checked.problems:
            raise UnreadableFile(checked.problems[0].sentence)
        programmes.append((_about(about), checked.tables))
    return programmes


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
