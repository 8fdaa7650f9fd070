"""Findings that name a partner: whether it agrees, kept beside the finding; the standing moves when the lead accepts.

Asked are the partners a finding names, of findings that partners may see, with the names in them that it may see. An answer
counts for what it is: one side's word.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from wtnet.access import renaming
from wtnet.errors import InvalidRequest
from wtnet.measures.impact import findings
from wtnet.measures.impact.suppression import consented
from wtnet.store import Store
from wtnet.survey.code import row_code
from wtnet.tables import Tables
from wtnet.tables.evidence import ANSWERS, STANDINGS
from wtnet.tables.respondents import ROLE
from wtnet.tables.rows import in_old_order
from wtnet.tables.schema import KINDS
from wtnet.tables.text import caseless, printable

MOST = 20
"""So many findings one form asks about at most; the first in the order they are told."""
LONGEST = 2_000


@dataclass(frozen=True)
class Confirmation:
    """What a partner answers to one finding: whether it agrees (null: no answer), and its own words."""

    answer: str | None = None
    comment: str = ""

    @property
    def given(self) -> bool:
        """Whether anything was answered."""
        return self.answer is not None or bool(self.comment)


@dataclass(frozen=True)
class AskedFinding:
    """A finding as a partner is asked about it: its id, its sentence with the names it may see, and the code of its row."""

    id: str
    statement: str
    code: str


def asked_about(tables: Tables, programme: str, partner: str) -> tuple[AskedFinding, ...]:
    """The findings a partner is asked about: those that name it and that partners may see, at most `MOST`."""
    naming = consented(findings.named(tables, partner), "partners").head(MOST)
    if naming.is_empty():
        return ()
    veil = renaming(tables, "partners", viewer=partner)
    rows = naming.select("id", "statement").iter_rows()
    return tuple(AskedFinding(id, printable(veil.text(statement)), finding_code(programme, id)) for id, statement in rows)


def finding_code(programme: str, finding: str) -> str:
    """The code of the row about one finding on a form."""
    return row_code(programme, f"finding\n{finding}")


def given(tables: Tables, partner: str, role: str | None = None) -> dict[str, Confirmation]:
    """What a partner, or one of its people by role, has answered so far, by finding."""
    rows = tables.confirmations.filter(_mine(partner, role)).select("finding", "answer", "comment")
    return {finding: Confirmation(answer, comment or "") for finding, answer, comment in rows.iter_rows()}


def _mine(partner: str, role: str | None) -> pl.Expr:
    return (pl.col("organisation") == partner) & pl.col(ROLE).eq_missing(pl.lit(role))


def parse(text: str | None) -> str | None:
    """The stored word of what somebody chose or typed: a label, the word itself or its beginning; null for nothing. What is none
    of them is a ValueError."""
    typed = caseless(text).strip("' .")
    if not typed:
        return None
    for word, label in ANSWERS.items():
        if typed in (word, caseless(label)):
            return word
    raise ValueError(f"is not one of the choices ({', '.join(ANSWERS.values())})")


def answered(tables: Tables, wave: str, partner: str, answers: Mapping[str, Confirmation], role: str | None = None) -> Tables:
    """The tables with the answers of a partner, or of one of its people, of a wave to these findings; one without anything in it
    is taken out."""
    before = given(tables, partner, role)
    changed = {finding: answer for finding, answer in answers.items() if before.get(finding, Confirmation()) != answer}
    if not changed:
        return tables
    rows = tables.confirmations
    mine = _mine(partner, role) & pl.col("finding").is_in(list(changed))
    whose = {"organisation": partner, ROLE: role, "wave": wave}
    new = [
        whose | {"finding": finding, "answer": answer.answer, "comment": answer.comment or None}
        for finding, answer in changed.items()
        if answer.given
    ]
    keys = ["finding", "organisation", ROLE]
    whole = pl.concat([rows.filter(~mine), pl.DataFrame(new, schema=rows.schema)])
    return tables.with_(confirmations=in_old_order(whole, rows, keys))


def require_asked(asked: Iterable[AskedFinding], answers: Mapping[str, Confirmation]) -> None:
    """Refuse (InvalidRequest) an answer to a finding the partner is not asked about (any more)."""
    if set(answers) - {finding.id for finding in asked}:
        raise InvalidRequest("One of these findings is not on your form any more; please open your link again.")


@dataclass(frozen=True)
class AnsweredFinding:
    """A finding somebody has answered to, for the lead: its row of `findings.findings`, the answers by partner and role, and the
    standing these speak for (null: none, or the one it has)."""

    row: Mapping[str, str | None]
    answers: tuple[tuple[str, str | None, Confirmation], ...]
    suggested: str | None


def to_decide(tables: Tables) -> tuple[AnsweredFinding, ...]:
    """The findings that partners have answered to, in the order they are told; those whose standing would move first."""
    answers: dict[str, list[tuple[str, str | None, Confirmation]]] = {}
    rows = tables.confirmations.select("finding", "organisation", ROLE, "answer", "comment")
    for finding, partner, role, answer, comment in rows.iter_rows():
        answers.setdefault(finding, []).append((partner, role, Confirmation(answer, comment or "")))
    listed = []
    for row in findings.findings(tables).iter_rows(named=True):
        if row["id"] in answers:
            standing = findings.suggested_standing(tables, row["id"])
            listed.append(AnsweredFinding(row, tuple(answers[row["id"]]), standing if standing != row["standing"] else None))
    return tuple(sorted(listed, key=lambda each: each.suggested is None))


def accept_standing(store: Store, programme: str, finding: str, standing: str, author: str) -> None:
    """Give a finding the standing its answers speak for, with the kinds of partner that answered as who says so."""
    base = store.head(programme)
    tables = store.load(programme, base)
    if finding not in tables.findings["id"] or standing not in STANDINGS:
        raise InvalidRequest("That finding is not in the programme any more; open the page afresh.")
    here, schema = pl.col("id") == finding, tables.findings.schema
    by = _kinds(tables, finding, standing)
    changed = tables.findings.with_columns(
        standing=pl.when(here).then(pl.lit(standing, schema["standing"])).otherwise("standing"),
        confirmed_by=pl.when(here & pl.lit(bool(by))).then(pl.lit(by)).otherwise("confirmed_by"),
    )
    reason = f"{STANDINGS[standing]} by those the finding names, in the survey"
    store.commit(programme, tables.with_(findings=changed), base=base or 0, author=author, reason=reason, kind="survey")


def _kinds(tables: Tables, finding: str, standing: str) -> str:
    """The kinds of partner whose answers count for a standing, each once, never a name."""
    word = "no" if standing == "disputed" else "fully"
    organisations = tables.confirmations.filter(pl.col("finding") == finding, pl.col("answer").cast(pl.String) == word)[
        "organisation"
    ]
    kinds = tables.organisations.filter(pl.col("id").is_in(organisations.to_list()))["kind"].cast(pl.String)
    return "; ".join(f"{KINDS[kind]} named in it" for kind in kinds.unique(maintain_order=True))
