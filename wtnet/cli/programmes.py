"""The commands about the stored programmes: their list, and what each is called, where its data came from and its licence."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from wtnet.cli import printing
from wtnet.cli.exit_codes import FINE
from wtnet.cli.session import open_store, user_name

_DESCRIBED = ("name", "source", "licence", "description")


def programmes(options: argparse.Namespace) -> int:
    """List the stored programmes."""
    with open_store(options) as store:
        listed = [{**asdict(programme), "revision": store.head(programme.id)} for programme in store.programmes()]
    if options.json:
        printing.as_json(listed)
    else:
        rows = [
            (about["id"], about["name"], "illustrative" if about["illustrative"] else "real", about["revision"])
            for about in listed
        ]
        printing.as_table(("id", "name", "data", "revision"), rows)
    return FINE


def describe(options: argparse.Namespace) -> int:
    """Change what was given, as a revision; without anything given, print how it is."""
    changes = {name: getattr(options, name) for name in _DESCRIBED if getattr(options, name) is not None}
    with open_store(options) as store:
        programme = store.programme(options.programme)
        if not changes:
            printing.as_table(("what", "words"), [(name, getattr(programme, name) or "–") for name in _DESCRIBED])
            return FINE
        before = store.head(programme.id)
        revision = store.describe(programme.id, changes, author=user_name(), reason=options.reason or "Described", saw=programme)
    if revision.id == before:
        print("It says so already; nothing was stored.")
    else:
        print(printing.line(f"Stored as revision {revision.id}: {revision.summary}."))
    return FINE
