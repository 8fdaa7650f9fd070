"""The commands about what was: history, diff, undo, redo, restore, backup and restore-backup."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import asdict

from wtnet.cli import show
from wtnet.cli.verbs import FINE, PROBLEMS, accepted, me, opened
from wtnet.store import Held, Programme, Revision, Step, Store


def add(verb: Callable[[str, Callable[[argparse.Namespace], int], str], argparse.ArgumentParser]) -> None:
    """Add these commands; `verb` makes one from its name, what it runs and what it does."""
    one = verb("history", history, "list every revision of a programme, the last one first")
    which = one.add_mutually_exclusive_group(required=True)
    which.add_argument("name", nargs="?", metavar="NAME", help="the programme's id or name")
    which.add_argument("--programme", metavar="NAME", help="the same")
    one.add_argument("--json", action="store_true", help="as JSON")

    one = _about(verb("diff", diff, "say in words what differs between two revisions"))
    one.add_argument("before", type=int, metavar="REVISION", help="from this revision …")
    one.add_argument("after", type=int, nargs="?", metavar="REVISION", help="… to this one; the last if left out")
    one.add_argument("--limit", type=int, default=40, metavar="N", help="how many changed rows to tell one by one (40)")
    one.add_argument("--json", action="store_true", help="as JSON")

    _reason(_about(verb("undo", undo, "take the last change back, as a new revision; again for the one before it")))
    _reason(_about(verb("redo", redo, "make the change again that was undone last, as a new revision")))

    one = _about(verb("restore", restore, "bring back the state of an earlier revision, as a new revision"))
    one.add_argument("--revision", type=int, required=True, metavar="N", help="the revision; history lists them")
    _reason(one)

    one = verb("backup", backup, "write every programme with every revision to one file")
    one.add_argument("--out", required=True, metavar="FILE", help="where to write it; another backup there is replaced")

    one = verb("restore-backup", restore_backup, "make the database hold what a backup holds")
    one.add_argument("file", metavar="FILE", help="the backup")
    one.add_argument("--replace", action="store_true", help="give up what the database holds now")
    one.add_argument("--yes", action="store_true", help="without being asked")


def _about(one: argparse.ArgumentParser) -> argparse.ArgumentParser:
    one.add_argument("name", metavar="NAME", help="the programme's id or name")
    return one


def _reason(one: argparse.ArgumentParser) -> None:
    one.add_argument("--reason", metavar="TEXT", default="", help="why, for the history")


def history(chosen: argparse.Namespace) -> int:
    """List the revisions of a programme, the last one first."""
    with opened(chosen) as store:
        made = store.history(store.programme(chosen.name or chosen.programme).id)
    if chosen.json:
        show.as_json([asdict(one) for one in made])
    else:
        rows = [(str(one.id), f"{one.made_at:%Y-%m-%d %H:%M} UTC", one.author, one.kind, one.summary, one.reason) for one in made]
        show.as_table(("revision", "when", "who", "how", "what", "why"), rows)
    return FINE


def diff(chosen: argparse.Namespace) -> int:
    """Say in words what differs between two revisions."""
    with opened(chosen) as store:
        programme = store.programme(chosen.name)
        after = store.head(programme.id) if chosen.after is None else chosen.after
        told = store.diff(programme.id, chosen.before, after, chosen.limit)
    if chosen.json:
        show.as_json({"programme": programme.id, "from": chosen.before, "to": after, "changes": told})
        return FINE
    if not told:
        print(f'Nothing differs in "{programme.name}" between revisions {chosen.before} and {after}.')
    for sentence in told:
        print(show.line(sentence))
    return FINE


def undo(chosen: argparse.Namespace) -> int:
    """Take the last change back."""
    with opened(chosen) as store:
        programme, last = _last(store, chosen.name)
        step = store.steps(programme.id).undo
        made = store.undo(programme.id, me(), chosen.reason, base=last.id)
    return _stepped("Took back", step, made)


def redo(chosen: argparse.Namespace) -> int:
    """Make the change again that was undone last."""
    with opened(chosen) as store:
        programme, last = _last(store, chosen.name)
        step = store.steps(programme.id).redo
        made = store.redo(programme.id, me(), chosen.reason, base=last.id)
    return _stepped("Made again", step, made)


def _last(store: Store, name: str) -> tuple[Programme, Revision]:
    programme = store.programme(name)
    return programme, store.history(programme.id)[0]


def _stepped(what: str, step: Step | None, made: Revision) -> int:
    if step is not None:
        print(show.line(f"{what} revision {step.change.id} by {step.change.author}: {step.change.summary}."))
    print(show.line(f"Stored as revision {made.id}: {made.summary}."))
    return FINE


def restore(chosen: argparse.Namespace) -> int:
    """Bring back the state of an earlier revision."""
    with opened(chosen) as store:
        programme, last = _last(store, chosen.name)
        made = store.restore(programme.id, chosen.revision, me(), chosen.reason, base=last.id)
    if made.id == last.id:
        print(show.line(f'"{programme.name}" is as it was at revision {chosen.revision} already; nothing was stored.'))
    else:
        print(show.line(f"Back to revision {chosen.revision}. Stored as revision {made.id}: {made.summary}."))
    return FINE


def backup(chosen: argparse.Namespace) -> int:
    """Write every programme with every revision to one file."""
    with opened(chosen) as store:
        held = store.backup(chosen.out)
    print(f"Written: {chosen.out} ({_counted(held)}).")
    return FINE


def restore_backup(chosen: argparse.Namespace) -> int:
    """Make the database hold what a backup holds; one that holds programmes only if they are to be replaced."""
    with Store(chosen.database) as store:
        there = store.programmes()
        if there and chosen.replace:
            print(show.line(f"This would remove, with every revision: {', '.join(one.name for one in there)}."))
            if not chosen.yes and not accepted():
                return PROBLEMS
        held = store.restore_backup(chosen.file, replace=chosen.replace)
    print(f"The database holds what the backup holds: {_counted(held)}.")
    return FINE


def _counted(held: Held) -> str:
    parts = ((held.programmes, "programme"), (held.revisions, "revision"), (held.rows, "row"))
    return ", ".join(f"{number:,} {what}{'' if number == 1 else 's'}" for number, what in parts)
