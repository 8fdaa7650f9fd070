"""The commands about files and the store."""

from __future__ import annotations

import argparse
import getpass
import sys
from dataclasses import asdict
from pathlib import Path

from wtnet import importing
from wtnet.cli import show
from wtnet.errors import InvalidRequest
from wtnet.store import Programme, Store
from wtnet.tables import Checked, Tables
from wtnet.writers.file import save
from wtnet.writers.tables.template import template as blank

FINE, PROBLEMS = 0, 1
_SAID = 20  # sentences printed before the rest are only counted


def opened(chosen: argparse.Namespace) -> Store:
    """The store that was asked for, with the programmes that come with the program if it is new."""
    store = Store(chosen.database)
    importing.first_start(store)
    return store


def check(chosen: argparse.Namespace) -> int:
    """Read and check files, and say what was found."""
    known, kept = None, None
    if chosen.programme:
        with opened(chosen) as store:
            known, kept = store.load(store.programme(chosen.programme).id), importing.remembered(store)
    checked = importing.check_files(chosen.files, known, kept)
    if chosen.json:
        show.as_json(
            {
                "format": checked.format,
                "tables": checked.tables.counts(),
                "problems": [problem.as_dict() for problem in checked.problems],
                "notices": [notice.as_dict() for notice in checked.notices],
            }
        )
        return FINE if checked.ok else PROBLEMS
    print(f"Read as {checked.format}.")
    if checked.tables.counts():
        show.as_table(("table", "good rows"), checked.tables.counts().items())
    _list("Good to know", [notice.sentence for notice in checked.notices])
    _list("To put right before this can be brought in", [problem.sentence for problem in checked.problems])
    if checked.ok:
        print("No problems found.")
    return FINE if checked.ok else PROBLEMS


def bring_in(chosen: argparse.Namespace) -> int:
    """Check files, show what they would change in a programme, and store them if that is accepted."""
    with opened(chosen) as store:
        programme, base = _wanted(store, chosen.programme)
        before = Tables() if base is None else store.load(programme.id, base)
        brought = importing.bring_files(chosen.files, before, importing.remembered(store))
        checked = brought.checked
        for file, sheet in brought.remembered:
            print(f"Read as {brought.mapped[file, sheet].table}, the way its headings were mapped before: {sheet or file}.")
        if not usable(checked):
            return PROBLEMS
        proposal = importing.propose(before, checked.tables, chosen.replace, brought.columns, empties=chosen.empty)
        _list("Good to know", [*(notice.sentence for notice in checked.notices), *proposal.notices()])
        if not proposal.any:
            print(f'Nothing would change in "{programme.name}"; nothing was stored.')
            return FINE
        print(f'This would {"start a new programme," if base is None else "change"} "{programme.name}":')
        rows = [(name, *counts.values()) for name, counts in proposal.counts().items()]
        show.as_table(("table", "new", "changed", "unchanged", "removed"), rows)
        _list("In words", proposal.told() if base is not None else [])
        _list("May be the same; they stay two partners (the Data page makes them one)", _pairs(before, brought))
        if not chosen.yes and not accepted():
            return PROBLEMS
        reason = chosen.reason or f"Brought in {', '.join(Path(file).name for file in chosen.files)}"
        if base is None:
            made = store.create(programme, proposal.tables, me(), reason, kind="import")
        else:
            made = store.commit(programme.id, proposal.tables, base=base, author=me(), reason=reason, kind="import")
        print(f"Stored as revision {made.id}: {made.summary}.")
        return FINE


def _pairs(before: Tables, brought: importing.Brought) -> list[str]:
    """Partners of the files that may be stored under another name, or stand in them twice."""
    incoming = importing.matched_incoming(before, brought.checked.tables, brought.columns)
    pairs = importing.alike(before, incoming, _SAID, brought.apart)
    return [
        f"{one.mine['name']} ({one.mine['id']}) and {one.theirs['name']} ({one.theirs['id']}"
        f"{', stored' if one.stored else ', in the files too'}): {one.why}"
        for one in pairs
    ]


def _wanted(store: Store, name: str) -> tuple[Programme, int | None]:
    """The programme to bring into and its last revision; a new one, and null, if there is none of that name."""
    found = store.find(name)
    return (found, store.head(found.id)) if found else (importing.new_programme(store, name), None)


def usable(checked: Checked) -> bool:
    """Whether the files may be used; if not, what is wrong is said on the error stream."""
    for problem in checked.problems[:_SAID]:
        print(problem.sentence, file=sys.stderr)
    if len(checked.problems) > _SAID:
        print(f"{len(checked.problems) - _SAID:,} more problems; run check to see them all.", file=sys.stderr)
    return checked.ok


def accepted() -> bool:
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


def me() -> str:
    """Who is at the command line, for the history."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "command line"


def programmes(chosen: argparse.Namespace) -> int:
    """List the stored programmes."""
    with opened(chosen) as store:
        there = [{**asdict(one), "revision": store.head(one.id)} for one in store.programmes()]
    if chosen.json:
        show.as_json(there)
    else:
        rows = [(one["id"], one["name"], "illustrative" if one["illustrative"] else "real", one["revision"]) for one in there]
        show.as_table(("id", "name", "data", "revision"), rows)
    return FINE


def template(chosen: argparse.Namespace) -> int:
    """Write the blank workbook; a file that is there is never written over."""
    target = Path(chosen.file)
    if target.suffix.lower() != ".xlsx":
        raise InvalidRequest(
            f'"{target.name}" does not end in .xlsx, but the blank workbook is an Excel file; name it {target.stem}.xlsx.'
        )
    try:
        there = target.is_dir() or (target.exists() and target.stat().st_size > 0)
    except OSError:
        there = False  # saving says why the place is no good
    if there:
        raise InvalidRequest(f'"{target}" is there already; choose another name, so that nothing filled in is lost.')
    save(target, blank())
    print(f"Wrote {target}.")
    return FINE


def _list(title: str, sentences: list[str]) -> None:
    if sentences:
        print(f"{title}:")
        for sentence in sentences:
            print(f"  {sentence}")
