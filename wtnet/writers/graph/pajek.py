"""Pajek .net (Batagelj & Mrvar): partners numbered from 1, ties with their strength as value and their kind as label."""

from __future__ import annotations

from collections import Counter

from wtnet.palette import LOOKS
from wtnet.tables import own
from wtnet.tables.text import clean, normal
from wtnet.writers.export import Export
from wtnet.writers.provenance import provenance_lines
from wtnet.writers.rows import Row, distinct, partner_rows, tie_rows, told_of_ties

_VALUE = ("The value of a partnership is its weight, a field of your own.", "The value of a partnership is its strength.")
_NOTES = (
    "Without a value, that is not known of a partnership. Arcs go one way. Pajek has no place for other fields of your own.",
    "The label of a line is the kind of partnership.",
)
_SHAPES = {"square": "box", "triangle": "triangle", "diamond": "diamond", "plus": "cross"}


def write(export: Export) -> bytes:
    """The partners and ties of the network as a Pajek network: UTF-8, with the mark Pajek wants where it is not ASCII.

    Labels are names on one line; a name that stands twice is told apart by its id, and quotes and backslashes, which
    Pajek has no way to write, become apostrophes and slashes. x and y are within 0–1, y downwards as Pajek has it. A tie
    of unknown strength has no value, which Pajek reads as 1.
    """
    rows = partner_rows(export, export.network.graph)
    number = {row["id"]: at for at, row in enumerate(rows, 1)}
    often = Counter(_label(row["name"]) for row in rows)
    wanted = [_label(row["name"]) if often[_label(row["name"])] == 1 else _label(f"{row['name']} ({row['id']})") for row in rows]
    places = _places(export)
    ties = tie_rows(export)
    weight = _weight(export, ties)
    lines = ["% Made by wtnet", f"*Network {_label(export.programme.name)}"]
    lines += [f"% {line}" for line in provenance_lines(export)]
    lines += [f"% {note}" for note in (_VALUE[weight == "strength"], *_NOTES)]
    lines.append(f"*Vertices {len(rows)}")
    for row, label in zip(rows, distinct(wanted), strict=True):
        shape = _SHAPES.get(LOOKS[row["kind"]].shape, "ellipse")
        x, y = places.get(row["id"], (0.5, 0.5))
        lines.append(f'{number[row["id"]]} "{label}" {x:.4f} {y:.4f} {shape}')
    for part, tied in _parts(ties):
        lines.append(part)
        for tie in tied:
            value = "" if tie[weight] is None else f" {tie[weight]!r}"
            kind = f' l "{label}"' if (label := _kind(tie)) else ""
            lines.append(f"{number[tie['source']]} {number[tie['target']]}{value}{kind}")
    text = "\n".join(lines) + "\n"
    return text.encode("ascii" if text.isascii() else "utf-8-sig")


def _weight(export: Export, ties: list[Row]) -> str:
    """What the value of a tie is: its strength, or the lead's own number called weight where no strength is known at all."""
    if any(tie["strength"] is not None for tie in ties):
        return "strength"
    numbers = [name for name, kind in told_of_ties(export.tables).items() if kind in ("integer", "double")]
    return next((name for name in numbers if normal(name.removesuffix(own.SUFFIX)) == "weight"), "strength")


def _parts(ties: list[Row]) -> list[tuple[str, list[Row]]]:
    """The ties under the line that opens each part: edges, which are there without any too, then arcs."""
    arcs = [tie for tie in ties if tie.get("direction") == "forward"]
    edges = [tie for tie in ties if tie.get("direction") != "forward"]
    return [part for part in (("*Edges", edges), ("*Arcs", arcs)) if part[1] or (not ties and part[0] == "*Edges")]


def _kind(tie: Row) -> str:
    """The label of a tie's kind, "" where it has none."""
    label = _label(tie.get("relationship") or "")
    return "" if label == "–" else label


def _label(text: str) -> str:
    """The text on one line, without what a quoted label cannot hold."""
    return " ".join(clean(text).replace('"', "'").replace("\\", "/").split()) or "–"


def _places(export: Export) -> dict[str, tuple[float, float]]:
    """Positions brought to a square from 0.05 to 0.95, in proportion; 0.5, 0.5 for a single place."""
    known = {partner: export.positions[partner] for partner in export.network.graph if partner in export.positions}
    if not known:
        return {}
    across, down = zip(*known.values(), strict=True)
    middle = (max(across) + min(across)) / 2, (max(down) + min(down)) / 2
    side = max(max(across) - min(across), max(down) - min(down)) or 1.0
    return {
        partner: (0.5 + 0.9 * (x - middle[0]) / side, 0.5 + 0.9 * (y - middle[1]) / side) for partner, (x, y) in known.items()
    }
