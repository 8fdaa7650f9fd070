"""The store of a command, and the person at the keyboard."""

from __future__ import annotations

import argparse
import getpass
import sys

from wtnet import importing
from wtnet.store import Store


def open_store(options: argparse.Namespace) -> Store:
    """Open the store that was asked for; a new one gets the programmes that ship with wtnet."""
    store = Store(options.database)
    importing.first_start(store)
    return store


def user_name() -> str:
    """Who is at the command line, for the history."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "command line"


def confirmed() -> bool:
    """Ask the person; without anybody to ask, say how to accept."""
    if sys.stdin is None or not sys.stdin.isatty():
        print("Nothing was stored: there is nobody to ask here, so add --yes to accept.", file=sys.stderr)
        return False
    try:
        answer = input("Accept? [y/N] ").strip().lower()
    except EOFError:
        answer = ""
    if answer in ("y", "yes"):
        return True
    print("Nothing was stored.")
    return False
