"""Say which of the libraries that were chosen have a newer version: `python tools/outdated.py`.

Chosen are those of `requirements.in` and `tests/requirements.in`. It asks the place that pip installs from, so it is for whoever
looks after the program; the app itself asks nobody.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def chosen() -> set[str]:
    """The names of the libraries that were chosen, as pip writes them."""
    lines = "\n".join((ROOT / path).read_text(encoding="utf-8") for path in ("requirements.in", "tests/requirements.in"))
    return {name.lower().replace("_", "-") for name in re.findall(r"^([A-Za-z0-9._-]+)(?:\[\w+\])?==", lines, re.MULTILINE)}


def main() -> int:
    """Print name, version here and newest version of each; 1 if there is one."""
    listed = subprocess.run(
        [sys.executable, "-m", "pip", "list", "--outdated", "--format", "json"], capture_output=True, text=True, check=True
    )
    ours = [row for row in json.loads(listed.stdout) if row["name"].lower().replace("_", "-") in chosen()]
    for row in ours:
        print(f"{row['name']} {row['version']} → {row['latest_version']}")
    return 1 if ours else 0


if __name__ == "__main__":
    sys.exit(main())
