"""Where the project's own files stand, and the real files beside it that some tests read where they are there."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data"
EXAMPLE = DATA / "example"
REFERENCE = ROOT / "tests" / "reference"
CORPORA = ROOT.parent / "shared" / "corpora"
CASES = ROOT.parent / "shared" / "cases"
