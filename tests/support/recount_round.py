"""Recount a round of the survey from what each person answered, with nothing but the standard library: prints JSON.

Run as a script of its own by `tests/survey/test_whole_round.py`; it imports nothing of the product. Reads a list of
{"partner", "role", "about": {partner: {"level", "contact", "reliability"}}, "itself": {question: answer}} and pilots.
"""

import json
import sys
from statistics import fmean, median

CONTACT = ["never", "yearly", "quarterly", "monthly", "weekly", "daily"]
HIGH = 4


def halves(number: float) -> float:
    return int(number * 2 + 0.5) / 2


def reports(people: list[dict]) -> dict[tuple[str, str], dict[str, float]]:
    """What each organisation says of each other: of the level the median of its people, else their mean."""
    said: dict[tuple[str, str], dict[str, list[float]]] = {}
    for person in people:
        for other, answers in person["about"].items():
            report = said.setdefault((person["partner"], other), {})
            for name, answer in answers.items():
                report.setdefault(name, []).append(CONTACT.index(answer) if name == "contact" else answer)
    return {
        pair: {name: halves(median(given)) if name == "level" else fmean(given) for name, given in report.items()}
        for pair, report in said.items()
    }


def strength(report: dict[str, float]) -> float:
    parts = [
        *([report["level"] / 5] if "level" in report else []),
        *([report["contact"] / 5] if "contact" in report else []),
        *([(report["reliability"] - 1) / 3] if "reliability" in report else []),
    ]
    return fmean(parts)


def main() -> None:
    given = json.load(sys.stdin)
    said = reports(given["people"])
    ties: dict[tuple[str, str], list[dict[str, float]]] = {}
    for (rater, other), report in said.items():
        ties.setdefault((min(rater, other), max(rater, other)), []).append(report)
    nothing = {"level": 0}
    pairs = {pair: both for pair, both in ties.items() if any(report not in (nothing,) for report in both)}
    strengths = {pair: fmean(map(strength, both)) for pair, both in pairs.items()}
    raters = {rater for rater, _ in said}
    indicators: dict[str, dict[str, list[float]]] = {}
    for question in ("voice", "fair"):
        own: dict[str, list[float]] = {}
        for person in given["people"]:
            answer = person["itself"].get(question)
            if answer is not None:
                share = answer == "yes" if question == "voice" else int(answer) >= HIGH
                own.setdefault(person["partner"], []).append(100.0 * share)
        values = {partner: fmean(shares) for partner, shares in own.items()}
        cuts = {
            "": list(values),
            **{pilot: [who for who in members if who in values] for pilot, members in given["pilots"].items()},
        }
        indicators[question] = {
            pilot: [fmean(values[who] for who in inside), len(inside)] for pilot, inside in cuts.items() if inside
        }
    print(
        json.dumps(
            {
                "ties": len(pairs),
                "mean": fmean(strengths.values()),
                "strengths": {f"{a} {b}": value for (a, b), value in strengths.items()},
                "answered": len(raters),
                "indicators": indicators,
            }
        )
    )


main()
