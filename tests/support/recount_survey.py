"""Recount what a survey's own questions make of an indicator, from CSVs and the standard library alone: prints JSON.

Run as a script of its own; it imports nothing of the product.
"""

import csv
import json
import sys
from pathlib import Path
from statistics import fmean

FOLDER = Path(sys.argv[1])


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


inside: dict[str, set[str]] = {"": {row["id"] for row in rows("organisations")}}
for pilot in rows("pilots"):
    inside[pilot["id"]] = {pilot["lead"]} - {""}
for row in rows("involvements"):
    inside[row["pilot"]].add(row["organisation"])

numbers = {"yes": 100.0, "no": 0.0}
results = {}
for question in rows("questions"):
    said: dict[tuple[str, str], list[float]] = {}
    for row in rows("answers"):
        if row["question"] == question["id"] and question["indicator"] and row["value"]:
            value = numbers[row["value"]] if question["type"] == "yes_no" else float(row["value"])
            said.setdefault((row["wave"], row["organisation"]), []).append(value)
    for wave in sorted({wave for wave, _ in said}):
        for pilot, partners in inside.items():
            means = [fmean(values) for (of, partner), values in said.items() if of == wave and partner in partners]
            if means:
                results[f"{question['indicator']}|{pilot}|{wave}"] = [round(fmean(means), 6), len(means)]
print(json.dumps(results))
