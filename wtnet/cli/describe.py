"""The command that says what a programme is called, where its data came from and what may be done with it."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from wtnet.cli import show
from wtnet.cli.verbs import FINE, me, opened

_WORDS = {
    "name": "what it is called",
    "source": "where the data came from",
    "licence": "what may be done with it",
    "description": "what it is about, in a sentence or two",
}


def add(verb: Callable[[str, Callable[[argparse.Namespace], int], str], argparse.ArgumentParser]) -> None:
    """Add this command; `verb` makes it from its name, what it runs and what it does."""
    one = verb(
        "describe", describe, "say or change a programme's name, source and licence, as every file made from it states them"
    )
    one.add_argument("programme", metavar="NAME", help="the programme's id or name")
    for name, what in _WORDS.items():
        one.add_argument(f"--{name}", metavar="TEXT", help=f"{what}{'' if name == 'name' else '; empty for not stated'}")
    one.add_argument("--reason", metavar="TEXT", default="", help="why, for the history")


def describe(chosen: argparse.Namespace) -> int:
    """Change what was given, as a revision; without anything given, say how it is."""
    changes = {name: getattr(chosen, name) for name in _WORDS if getattr(chosen, name) is not None}
    with opened(chosen) as store:
        programme = store.programme(chosen.programme)
        if not changes:
            show.as_table(("what", "words"), [(name, getattr(programme, name) or "–") for name in _WORDS])
            return FINE
        before = store.head(programme.id)
        made = store.describe(programme.id, changes, author=me(), reason=chosen.reason or "Described", saw=programme)
    if made.id == before:
        print("It says so already; nothing was stored.")
    else:
        print(show.line(f"Stored as revision {made.id}: {made.summary}."))
    return FINE
