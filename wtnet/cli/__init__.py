"""The command line: check, import, measures, impact, compare, export, programmes, template, and what was: history, diff,
undo, redo, restore, backup, restore-backup.

An error is one sentence on the error stream, never a traceback. The exit codes are in `exit_codes`.
"""

from __future__ import annotations

import io
import os
import sys
import warnings
from collections.abc import Sequence

from wtnet.cli.exit_codes import IMPOSSIBLE, INTERRUPTED, PIPE_CLOSED
from wtnet.cli.parser import parse
from wtnet.errors import WtnetError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        with warnings.catch_warnings():
            if not sys.warnoptions:
                warnings.simplefilter("ignore")
            code = _run(arguments)
        sys.stdout.flush()
        return code
    except WtnetError as error:
        return _refuse(str(error))
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # the reader of our output has gone, as `| head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except Exception as error:
        what = " ".join(f"{type(error).__name__} {error}".split())[:200]
        return _refuse(
            f"The program made a mistake ({what}). Nothing more was done; please report this with the command you gave."
        )


def _run(arguments: Sequence[str] | None) -> int:
    try:
        command = parse(arguments)
    except SystemExit as help_printed:
        return int(help_printed.code or 0)
    return int(command.run(command))


def _refuse(sentence: str) -> int:
    print(" ".join(sentence.split()), file=sys.stderr)
    return IMPOSSIBLE
