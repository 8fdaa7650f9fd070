"""Findings and activities, as sentences of a drafted story."""

from __future__ import annotations

from collections import Counter
from typing import Any

import polars as pl

from wtnet.sentences import activities
from wtnet.sentences import findings as sentences
from wtnet.sentences.format import cut, listed
from wtnet.stories.facts import Facts
from wtnet.stories.sentence import Sentence, enumerate_values, join, number, say, with_capital, words
from wtnet.tables.evidence import ACTIVITY_KINDS

MOST = 3
"""So many findings are given in words on a slide: of as many voices as can be, one of them to improve where there is one."""
_LONGEST = 150


def what_was_found(facts: Facts) -> Sentence:
    """A few of the findings, each with its voice and standing; the title says how many there are."""
    findings = facts.findings
    rows = _chosen(list(findings.iter_rows(named=True)))
    return enumerate_values([_told(row) for row in rows], "\n".join)


def counted_findings(facts: Facts) -> Sentence:
    """How many findings there are, in how many voices, and how many of them are to improve."""
    findings = facts.findings
    many = number("findings", "findings", findings.height, "finding")
    voices = number("voices", "voices", findings["voice"].drop_nulls().n_unique(), "voice")
    improve = int((findings["kind"] == "to_improve").fill_null(False).sum())
    wanted = say(", {improve} of them to improve", improve=number("to_improve", "to improve", improve)) if improve else ""
    return say("{many} in {voices}{wanted}", many=many, voices=voices, wanted=wanted)


def _told(row: dict[str, Any]) -> Sentence:
    kind = f"{sentences.kind(row['kind'])}: " if sentences.kind(row["kind"]) else ""
    statement = words(f"finding_{row['id']}", "a finding", f"{kind}{cut(' '.join(row['statement'].split()), _LONGEST)}")
    return say(
        "{statement} ({by})", statement=statement, by=f"{sentences.voice(row['voice'])}, {sentences.standing(row['standing'])[1]}"
    )


def _chosen(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A few findings: each time one in the voice that has been heard least, the last place kept for what is to improve."""
    improve = [row for row in rows if row["kind"] == "to_improve"]
    left = [row for row in rows if row["kind"] != "to_improve"]
    chosen: list[dict[str, Any]] = []
    heard: Counter[str | None] = Counter()
    while left and len(chosen) < (MOST - 1 if improve else MOST):
        row = min(left, key=lambda each: heard[each["voice"]])
        left.remove(row)
        heard[row["voice"]] += 1
        chosen.append(row)
    return [*chosen, *improve[: MOST - len(chosen)]]


def what_was_done(facts: Facts) -> Sentence:
    """The activities by kind, or by name where all are of one, and the people they reached as far as that is known; the title has
    their number."""
    kinds = Counter(facts.activities["kind"].cast(pl.String).fill_null("other"))
    labels = {kind: words.lower() for kind, words in ACTIVITY_KINDS.items() if kinds[kind]}
    parts = [
        say(
            "{kind} ({many})",
            kind=name if at else with_capital(name),
            many=number(f"activities_{kind}", f"activities: {name}", kinds[kind]),
        )
        for at, (kind, name) in enumerate(labels.items())
    ]
    counts = enumerate_values(parts, lambda each: listed(each, most=6))
    names = listed([cut(" ".join(name.split()), 60) for name in facts.activities["name"].drop_nulls()], most=4)
    several = say("{counts}." if len(parts) > 1 else "{names}.", counts=counts, names=names)
    people = facts.people_reached
    if people is None:
        return several
    if people.people is None:
        return join(several, say("{reached}", reached=activities.reached(people)))
    reached = number("people", "people reached", people.people)
    if not people.unknown:
        return join(several, say("Whoever came to several is counted in each.", reached=reached))
    few = number("counted", "activities that counted their people", people.of)
    rest = "The {few} that counted their people reached {reached}; of the others it is not recorded."
    return join(several, say(rest, few=few, reached=reached))
