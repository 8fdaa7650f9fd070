"""`python -m wtnet`: the same verbs as the app, on the command line."""

from __future__ import annotations

import sys

from wtnet.cli import main

if __name__ == "__main__":
    sys.exit(main())
