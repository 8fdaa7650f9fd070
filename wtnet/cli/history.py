"""The commands about earlier revisions and backups: history, diff, undo, redo, restore, backup and restore-backup."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from wtnet.cli import printing
from wtnet.cli.exit_codes import FINE, PROBLEMS
from wtnet.cli.session import confirmed, open_store, user_name
from wtnet.store import ROLES, BackupContents, Programme, Revision, Store, UndoStep, roles_of_backup


def history(options: argparse.Namespace) -> int:
    """List the revisions of a programme, the last one first."""
    with open_store(options) as store:
        revisions = store.history(store.programme(options.name or options.programme).id)
    if options.json:
        printing.as_json([asdict(revision) for revision in revisions])
    else:
        rows = [
            (str(each.id), f"{each.made_at:%Y-%m-%d %H:%M} UTC", each.author, each.kind, each.summary, each.reason)
            for each in revisions
        ]
        printing.as_table(("revision", "when", "who", "how", "what", "why"), rows)
    return FINE


def diff(options: argparse.Namespace) -> int:
    """Say in words what differs between two revisions."""
    with open_store(options) as store:
        programme = store.programme(options.name)
        after = store.head(programme.id) if options.after is None else options.after
        changes = store.diff(programme.id, options.before, after, options.limit)
    if options.json:
        printing.as_json({"programme": programme.id, "from": options.before, "to": after, "changes": changes})
        return FINE
    if not changes:
        print(f'Nothing differs in "{programme.name}" between revisions {options.before} and {after}.')
    for sentence in changes:
        print(printing.line(sentence))
    return FINE


def undo(options: argparse.Namespace) -> int:
    """Take the last change back."""
    with open_store(options) as store:
        programme, last = _programme_and_last(store, options.name)
        step = store.steps(programme.id).undo
        revision = store.undo(programme.id, user_name(), options.reason, base=last.id)
    return _print_step("Took back", step, revision)


def redo(options: argparse.Namespace) -> int:
    """Make the change again that was undone last."""
    with open_store(options) as store:
        programme, last = _programme_and_last(store, options.name)
        step = store.steps(programme.id).redo
        revision = store.redo(programme.id, user_name(), options.reason, base=last.id)
    return _print_step("Made again", step, revision)


def _programme_and_last(store: Store, name: str) -> tuple[Programme, Revision]:
    programme = store.programme(name)
    return programme, store.history(programme.id)[0]


def _print_step(what: str, step: UndoStep | None, revision: Revision) -> int:
    if step is not None:
        print(printing.line(f"{what} revision {step.change.id} by {step.change.author}: {step.change.summary}."))
    print(printing.line(f"Stored as revision {revision.id}: {revision.summary}."))
    return FINE


def restore(options: argparse.Namespace) -> int:
    """Bring back the state of an earlier revision."""
    with open_store(options) as store:
        programme, last = _programme_and_last(store, options.name)
        revision = store.restore(programme.id, options.revision, user_name(), options.reason, base=last.id)
    if revision.id == last.id:
        print(printing.line(f'"{programme.name}" is as it was at revision {options.revision} already; nothing was stored.'))
    else:
        print(printing.line(f"Back to revision {options.revision}. Stored as revision {revision.id}: {revision.summary}."))
    return FINE


def backup(options: argparse.Namespace) -> int:
    """Write every programme with every revision to one file."""
    with open_store(options) as store:
        contents = store.backup(options.out)
    print(f"Written: {options.out} ({_counts(contents)}).")
    return FINE


def restore_backup(options: argparse.Namespace) -> int:
    """Make the database hold what a backup holds; one that holds programmes only if they are to be replaced."""
    with Store(options.database) as store:
        stored = store.programmes()
        if stored and options.replace:
            print(printing.line(f"This would remove, with every revision: {', '.join(programme.name for programme in stored)}."))
            if not options.yes and not confirmed():
                return PROBLEMS
        here, there = store.settings(ROLES).get(ROLES) or [], roles_of_backup(options.file)
        take = bool(there) and (options.roles == "backup" or (not options.roles and not here))
        if there and here != there:
            words = ", ".join(f"{rule['who']} ({rule['role']})" for rule in there)
            print(printing.line(f"Who may do what, as the backup has it: {words}."))
            print(
                "It takes the place of what is set here."
                if take
                else "It stays as it is set here (--roles backup takes the backup's)."
            )
            if take and not options.yes and not confirmed():
                return PROBLEMS
        contents = store.restore_backup(options.file, replace=options.replace, roles=take)
    print(f"The database holds what the backup holds: {_counts(contents)}.")
    print("Links stay as they were in this database; those of another open nothing here: give new ones on Sharing and Survey.")
    return FINE


def _counts(contents: BackupContents) -> str:
    parts = ((contents.programmes, "programme"), (contents.revisions, "revision"), (contents.rows, "row"))
    return ", ".join(f"{number:,} {what}{'' if number == 1 else 's'}" for number, what in parts)
