"""What may be typed of the commands about earlier revisions and backups."""

from __future__ import annotations

from wtnet.cli.arguments import Commands, Parser, add_command


def add(commands: Commands) -> None:
    """Add history, diff, undo, redo, restore, backup and restore-backup."""
    what = "list every revision of a programme, the last one first"
    history = add_command(commands, "history", "history.history", what)
    programme = history.add_mutually_exclusive_group(required=True)
    programme.add_argument("name", nargs="?", metavar="NAME", help="the programme's id or name")
    programme.add_argument("--programme", metavar="NAME", help="the same")
    history.add_argument("--json", action="store_true", help="as JSON")

    diff = add_command(commands, "diff", "history.diff", "say in words what differs between two revisions")
    _add_name(diff)
    diff.add_argument("before", type=int, metavar="REVISION", help="from this revision …")
    diff.add_argument("after", type=int, nargs="?", metavar="REVISION", help="… to this one; the last if left out")
    diff.add_argument("--limit", type=int, default=40, metavar="N", help="how many changed rows to tell one by one (40)")
    diff.add_argument("--json", action="store_true", help="as JSON")

    what = "take the last change back, as a new revision; again for the one before it"
    undo = add_command(commands, "undo", "history.undo", what)
    _add_name(undo)
    _add_reason(undo)

    what = "make the change again that was undone last, as a new revision"
    redo = add_command(commands, "redo", "history.redo", what)
    _add_name(redo)
    _add_reason(redo)

    what = "bring back the state of an earlier revision, as a new revision"
    restore = add_command(commands, "restore", "history.restore", what)
    _add_name(restore)
    restore.add_argument("--revision", type=int, required=True, metavar="N", help="the revision; history lists them")
    _add_reason(restore)

    backup = add_command(commands, "backup", "history.backup", "write every programme with every revision to one file")
    backup.add_argument("--out", required=True, metavar="FILE", help="where to write it; another backup there is replaced")

    what = "make the database hold what a backup holds"
    restore_backup = add_command(commands, "restore-backup", "history.restore_backup", what)
    restore_backup.add_argument("file", metavar="FILE", help="the backup")
    restore_backup.add_argument("--replace", action="store_true", help="give up what the database holds now")
    words = "who may do what: as the backup has it, or as it is set here (if anything is)"
    restore_backup.add_argument("--roles", choices=("backup", "here"), help=words)
    restore_backup.add_argument("--yes", action="store_true", help="without being asked")


def _add_name(parser: Parser) -> None:
    parser.add_argument("name", metavar="NAME", help="the programme's id or name")


def _add_reason(parser: Parser) -> None:
    parser.add_argument("--reason", metavar="TEXT", default="", help="why, for the history")
