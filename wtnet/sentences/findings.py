"""Findings as people read them: whose view, how well each stands, and what they say together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from wtnet.measures.impact import findings as measures
from wtnet.measures.impact.quotes import RULE
from wtnet.palette import STANDINGS
from wtnet.sentences.format import count, listed, verb
from wtnet.tables import Tables
from wtnet.tables.columns import THEMES
from wtnet.tables.evidence import FINDING_KINDS, VOICES

_TELLS = {"change": "what changed", "unexpected": "what nobody expected", "to_improve": "what to improve"}
METHOD = (
    "A finding is one sentence about who changed what, in the form of Outcome Harvesting (Wilson-Grau & Britt 2012, revised "
    "2013): how the programme helped, why it matters, and how far it stands. *Claimed*: somebody says so. *Supported*: a second "
    "source says it too. *Confirmed*: somebody independent agreed. *Disputed*: somebody who knows disagrees. Findings are told, "
    "not counted up: more of them do not mean a greater change."
)


def voice(name: str | None) -> str:
    """A voice in words; "Voice not recorded" for none."""
    return VOICES.get(name or "", "Voice not recorded")


def standing(name: str | None) -> tuple[str, str]:
    """The mark of a standing and its word; one that is not given is *claimed*."""
    return STANDINGS[name or "claimed"]


def kind(name: str | None) -> str:
    """ "To improve" or "Unexpected"; "" for a change, which needs no label."""
    return FINDING_KINDS[name] if name and name != "change" else ""


def about_whom(row: Mapping[str, Any], tables: Tables) -> str:
    """What a finding is about: "Harbour Arts ↔ Northcliff Museum, Tidelines"; "" for the whole programme."""
    names, pilots = tables.names("organisations"), tables.names("pilots")
    ends = " ↔ ".join(names.get(end, end) for end in (row["organisation"], row["other"]) if end)
    pilot = pilots.get(row["pilot"], row["pilot"]) if row["pilot"] else ""
    return ", ".join(filter(None, [ends, pilot]))


def by_line(row: Mapping[str, Any], tables: Tables) -> str:
    """What stands below a statement: "To improve · Participants · ○ claimed · Tidelines"."""
    mark, word = standing(row["standing"])
    parts = (kind(row["kind"]), voice(row["voice"]), f"{mark} {word}", about_whom(row, tables))
    return " · ".join(filter(None, parts))


def details(row: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What else is known of a finding, as (what, words)."""
    asked = {"confirmed": "Confirmed by", "disputed": "Disputed by"}.get(row["standing"] or "", "Who was asked")
    known = (
        ("How the programme helped", row["contribution"]),
        ("Why it matters", row["significance"]),
        ("What shows it", row["evidence"]),
        (asked, row["confirmed_by"]),
    )
    return [(what, words) for what, words in known if words]


def tally(findings: pl.DataFrame) -> str:
    """ "12 findings, 2 of them to improve"; "" for none."""
    if findings.is_empty():
        return ""
    improve = int((findings["kind"] == "to_improve").fill_null(False).sum())
    if improve == findings.height:
        return f"{count(improve, 'finding')}, to improve"
    of_them = f", {improve:,} of them to improve" if improve else ""
    return f"{count(findings.height, 'finding')}{of_them}"


def headline(findings: pl.DataFrame, tables: Tables, where: str = "") -> str:
    """How many findings there are (for others than the lead: may be shown), under how many themes, in how many voices and of
    which kinds; "" where there are none."""
    if findings.is_empty():
        return ""
    themes, voices = findings["theme"].n_unique(), findings["voice"].drop_nulls().n_unique()
    heard = f" and in {count(voices, 'voice')}" if voices else ""
    begin = f"{where}: " if where else ""
    shown = "" if tables.audience == "lead" else " may be shown here"
    return f"{begin}{count(findings.height, 'finding')} in words{shown}, under {count(themes, 'theme')}{heard}{_kinds(findings)}."


def _kinds(findings: pl.DataFrame) -> str:
    """ ": 23 tell what changed and 2 what to improve"."""
    kinds = findings["kind"].cast(pl.String).fill_null("change")
    numbers = {name: int((kinds == name).sum()) for name in _TELLS}
    parts = [f"{number:,} {_TELLS[name]}" for name, number in numbers.items() if number]
    first = next(number for number in numbers.values() if number)
    tells = parts[0].replace(" ", f" {verb(first, 'tells', 'tell')} ", 1)
    return f": {listed([tells, *parts[1:]])}"


def none_about(findings: pl.DataFrame, tables: Tables) -> str:
    """A sentence that no finding is about the selection, where there are findings and none is `findings`; else ""."""
    every = tables["findings"].height
    if findings.height or not every:
        return ""
    gap = measures.silence(tables)
    return f"Findings about it are {gap.words}." if gap else f"None of the {count(every, 'finding')}{_shown(tables)} is about it."


def _shown(tables: Tables) -> str:
    """A sentence that others than the lead see only some of the findings."""
    return "" if tables.audience == "lead" else " that may be shown here"


def standings(findings: pl.DataFrame) -> str:
    """How well they stand: "How they stand: 2 confirmed, 3 supported, 7 claimed, 1 disputed."; "" for no finding."""
    names = findings["standing"].cast(pl.String).fill_null("claimed")
    parts = [f"{int((names == name).sum()):,} {word}" for name, (_, word) in STANDINGS.items() if (names == name).any()]
    return f"How they stand: {', '.join(parts)}." if parts else ""


def silence(findings: pl.DataFrame, tables: Tables) -> str:
    """Which voices no finding is in; "" where all are heard, or there is no finding at all."""
    quiet = [VOICES[name].lower().replace("evaluator", "the evaluator") for name in measures.silent(findings)]
    if not quiet or findings.is_empty():
        return ""
    gap = measures.silence(tables)
    if gap:
        return f"Findings in the voice of {listed(quiet, most=9)} are {gap.words}."
    return f"No finding{_shown(tables)} is said to be in the voice of {listed(quiet, most=9, last='or')}."


def table(findings: pl.DataFrame, tables: Tables) -> pl.DataFrame:
    """Findings as rows for people: theme, kind, statement, voice, about, standing, confirmed by, how the programme helped, why it
    matters, evidence, source; null where not recorded."""
    rows = [
        (
            THEMES[row["theme"]],
            FINDING_KINDS[row["kind"] or "change"],
            row["statement"],
            voice(row["voice"]) if row["voice"] else None,
            about_whom(row, tables) or "the whole programme",
            standing(row["standing"])[1],
            *(row[name] for name in ("confirmed_by", "contribution", "significance", "evidence", "source_url")),
        )
        for row in findings.iter_rows(named=True)
    ]
    names = ("theme", "kind", "statement", "voice", "about", "standing", "confirmed by", "how the programme helped",
             "why it matters", "evidence", "source")  # fmt: skip
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")


def voices(findings: pl.DataFrame) -> pl.DataFrame:
    """How many findings each voice has under each theme, those without any too: a column a theme, and all together."""
    counted = measures.by_theme_and_voice(findings)
    rows = []
    for name in counted["voice"].unique(maintain_order=True):
        own = dict(counted.filter(pl.col("voice") == name).select("theme", "findings").iter_rows())
        rows.append({"voice": voice(name), **{THEMES[theme]: number for theme, number in own.items()}, "all": sum(own.values())})
    return pl.DataFrame(rows)


def not_all_quotes(shown: int, every: int) -> str:
    """ "3 of 12 quotes: one from each pilot and each voice first …"; "" where all are shown."""
    return f"{shown:,} of {every:,} quotes: {RULE[0].lower()}{RULE[1:]}." if shown < every else ""
