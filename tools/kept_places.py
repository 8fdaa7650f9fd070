"""Where the partners of the shipped programmes stand, kept for the first start: `python tools/kept_places.py`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from wtnet.importing import shipped
from wtnet.layout import kept
from wtnet.layout.positions import positions
from wtnet.network import together


def main() -> None:
    """Work them out anew and write them."""
    graphs = [together(tables) for _, tables in shipped()]
    places = {kept.fingerprint(graph): positions(graph) for graph in graphs}
    kept.KEPT.write_text(json.dumps(places, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
