"""Recount the evidence of data/example from its CSVs alone, with nothing but the standard library: prints JSON.

Run as a script of its own by `tests/cli/test_evidence.py`; it imports nothing of the product.
"""

import csv
import json
import random
import sys
from collections import Counter
from itertools import combinations
from pathlib import Path

FOLDER = Path(sys.argv[1])
FIRST, LAST = "baseline", "end"


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def tied(wave: dict[str, str]) -> set[frozenset[str]]:
    """Pairs with a tie: somebody reports one, or nobody reports and a document is active on the day."""
    reports: dict[frozenset[str], list[int]] = {}
    for row in rows("ratings"):
        if row["wave"] == wave["id"]:
            says = row["contact"] not in ("", "never") or any(row[c] for c in ("reliability", "influence"))
            level = int(row["level"]) if row["level"] else int(says)
            reports.setdefault(frozenset((row["rater"], row["partner"])), []).append(level)
    ties = {pair for pair, levels in reports.items() if max(levels) > 0}
    for row in rows("partnerships"):
        begun = not row["started"] or row["started"] <= wave["date"]
        if begun and (not row["ended"] or row["ended"] >= wave["date"]):
            pair = frozenset((row["source"], row["target"]))
            if pair not in reports:
                ties.add(pair)
    return ties


def silent(wave: str) -> tuple[set[str], set[str]]:
    asked = {row["organisation"] for row in rows("asked") if row["wave"] == wave}
    return asked, asked - {row["rater"] for row in rows("ratings") if row["wave"] == wave}


def pearson(xs: list[float], ys: list[float]) -> float:
    mx, my = sum(xs) / len(xs), sum(ys) / len(ys)
    spread = sum((x - mx) ** 2 for x in xs) * sum((y - my) ** 2 for y in ys)
    return sum((x - mx) * (y - my) for x, y in zip(xs, ys, strict=True)) / spread**0.5


def meeting() -> dict[str, object]:
    waves = {row["id"]: row for row in rows("waves")}
    then, now = tied(waves[FIRST]), tied(waves[LAST])
    people = sorted(row["id"] for row in rows("organisations"))
    (asked_then, quiet_then), (asked_now, quiet_now) = silent(FIRST), silent(LAST)
    day = {row["id"]: row["starts"] for row in rows("activities")}
    ends = {row["id"]: row["ends"] or row["starts"] for row in rows("activities")}
    who: dict[str, list[str]] = {}
    for row in rows("attendances"):
        if waves[FIRST]["date"] <= day[row["activity"]] and ends[row["activity"]] <= waves[LAST]["date"]:
            who.setdefault(row["activity"], []).append(row["organisation"])
    met = {frozenset(pair) for came in who.values() for pair in combinations(came, 2)}
    new: dict[frozenset[str], float] = {}
    for pair in map(frozenset, combinations(people, 2)):
        unheard = pair & quiet_then or not pair & asked_then
        if pair in then or unheard or (pair not in now and (pair & quiet_now or not pair & asked_now)):
            continue
        new[pair] = float(pair in now)
    pairs = list(new)
    values = [new[pair] for pair in pairs]
    observed = pearson(values, [float(pair in met) for pair in pairs])
    dealer, hits, draws = random.Random(11), 0, 200
    for _ in range(draws):
        dealt = dict(zip(people, dealer.sample(people, len(people)), strict=True))
        drawn = pearson(values, [float(frozenset(dealt[x] for x in pair) in met) for pair in pairs])
        hits += abs(drawn) >= abs(observed) - 1e-12
    counts = Counter((pair in met, new[pair]) for pair in pairs)
    return {
        "met": counts[True, 0.0] + counts[True, 1.0], "new_met": counts[True, 1.0],
        "apart": counts[False, 0.0] + counts[False, 1.0], "new_apart": counts[False, 1.0],
        "r": observed, "p": (1 + hits) / (1 + draws),
    }  # fmt: skip


def main() -> None:
    findings, activities, attendances = rows("findings"), rows("activities"), rows("attendances")
    kind = {row["id"]: row["kind"] for row in rows("organisations")}
    came = {row["organisation"] for row in attendances}
    print(
        json.dumps(
            {
                "voices": [[*key, n] for key, n in sorted(Counter((row["theme"], row["voice"]) for row in findings).items())],
                "standing": [
                    [*key, n] for key, n in sorted(Counter((row["theme"], row["standing"]) for row in findings).items())
                ],
                "activities": dict(Counter(row["kind"] for row in activities)),
                "people": {
                    each: sum(int(row["people"]) for row in activities if row["kind"] == each and row["people"])
                    for each in sorted({row["kind"] for row in activities})
                },
                "never": dict(Counter(kind[partner] for partner in kind if partner not in came)),
                "meeting": meeting(),
            }
        )
    )


if __name__ == "__main__":
    main()
