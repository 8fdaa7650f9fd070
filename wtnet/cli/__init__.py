"""The command line: check, import, measures, impact, compare, export, programmes, template, and what was: history, diff,
undo, redo, restore, backup, restore-backup.

Exit codes: 0 fine, 1 problems found in a file (or a change not accepted), 2 not readable or not possible. An error is
one sentence on the error stream, never a traceback.
"""

from __future__ import annotations

import io
import os
import sys
import warnings
from collections.abc import Sequence

from wtnet.cli.parser import parse
from wtnet.errors import WtnetError

FINE, PROBLEMS, IMPOSSIBLE = 0, 1, 2
_INTERRUPTED, _PIPE_CLOSED = 130, 141


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
        return _said(str(error))
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:  # the reader of our output has gone, as `| head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _PIPE_CLOSED
    except Exception as error:
        what = " ".join(f"{type(error).__name__} {error}".split())[:200]
        return _said(f"The program made a mistake ({what}). Nothing more was done; please report this with the command you gave.")


def _run(arguments: Sequence[str] | None) -> int:
    try:
        chosen = parse(arguments)
    except SystemExit as asked_for_help:
        return int(asked_for_help.code or 0)
    return int(chosen.run(chosen))


def _said(sentence: str) -> int:
    print(" ".join(sentence.split()), file=sys.stderr)
    return IMPOSSIBLE
