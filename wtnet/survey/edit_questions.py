"""What the lead decides on the survey's questions: own ones written, changed, moved, taken out, and standard ones switched off.

Each is a revision of the programme. A question that somebody has answered stays what it is: it is switched off, not taken out,
and its answers stay.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

import polars as pl

from wtnet.errors import InvalidRequest
from wtnet.store import Revision, Store
from wtnet.survey.questionnaire import choices, own_rows, with_fields
from wtnet.survey.questions import BY_COLUMN, COLUMNS
from wtnet.tables import Tables, instruments, own
from wtnet.tables.asking import ABOUT, QUESTION_TYPES
from wtnet.tables.from_survey import FEEDING
from wtnet.tables.text import caseless, count, cut, free_id, printable

MOST = 60
"""So many questions of the lead's own at most."""
_MOST_CHOICES = 40
_TEXTS = ("wording", "person_wording", "choices", "source")
_FITS = {
    "yes_no": (("share", "sum"), "a share in % or a number of partners"),
    "scale": (("mean", "share"), "a mean on a scale of 1 to 5, or a share in %"),
    "number": (("mean", "sum"), "a mean or a sum"),
}
"""How an indicator goes together that a type of question may feed, and that in words."""

Row = Mapping[str, Any]


def store_questions(
    store: Store, programme: str, change: Callable[[Tables], Tables], author: str, reason: str, base: int | None = None
) -> Revision:
    """Make a change of the questions a revision; `base` is the one it was made from (null: the last)."""
    base = base or store.head(programme) or 0
    after = change(store.load(programme, base))
    return store.commit(programme, after, base=base, author=author, reason=reason, kind="survey")


def answers_given(tables: Tables, question: str) -> int:
    """How many answers have been given to a question of the lead's own."""
    about = sum(text is not None for text in own.values(tables.ratings, question))
    return tables.answers.filter(pl.col("question") == question, pl.col("value").is_not_null()).height + about


def feedable(tables: Tables, question: str | None = None) -> dict[str, str]:
    """The indicators that a question may feed, with their names: all that no other question feeds."""
    taken = {row["indicator"] for row in own_rows(tables) if row["id"] != question}
    return {id: name for id, name in tables.names("indicators").items() if id not in taken}


def with_question(tables: Tables, row: Row, id: str | None = None) -> Tables:
    """The tables with a question of the lead's own in the place of that with this `id`, or as a new one at the end. What cannot
    be asked is an InvalidRequest that says why and what to do."""
    before = next((old for old in own_rows(tables) if old["id"] == id), None)
    if id is not None and before is None:
        raise InvalidRequest("That question is not there any more; open the page afresh.")
    texts = {name: printable(str(row.get(name) or "")) or None for name in _TEXTS}
    new = {**(before or {}), **row, **texts, "about": row.get("about") or "organisation", "type": row.get("type") or "text"}
    _require_words(tables, new, id)
    _require_choices(new)
    _require_indicator(tables, new, id)
    if before and (given := answers_given(tables, before["id"])):
        for name, words in (("about", ABOUT), ("type", QUESTION_TYPES)):
            if new[name] != (before[name] or ("organisation" if name == "about" else "text")):
                raise InvalidRequest(
                    f"{count(given, 'answer')} to this question stay what they are, so it stays “{words[before[name]].lower()}”. "
                    "Switch it off and add a new question."
                )
    if before is None:
        if len(own_rows(tables)) >= MOST:
            raise InvalidRequest(f"At most {MOST} questions of your own can be asked; take one out first.")
        taken = {*tables.questions["id"], *COLUMNS, *own.of_table(tables, "ratings")}
        new["id"] = _free_id(new["wording"], taken)
    frame = pl.DataFrame([{name: new.get(name) for name in tables.questions.columns}], schema=tables.questions.schema)
    rows = [frame if row["id"] == new["id"] else tables.questions[at : at + 1] for at, row in _numbered(tables)]
    rows = rows if before else [*rows, frame]
    field = (pl.col("table") == "ratings") & (pl.col("id") == new["id"])
    return with_fields(tables.with_(questions=pl.concat(rows), fields=tables.fields.filter(~field)))


def without_question(tables: Tables, id: str) -> Tables:
    """The tables without a question nobody has answered; an answered one is an InvalidRequest."""
    if given := answers_given(tables, id):
        raise InvalidRequest(f"{count(given, 'answer')} to this question stay, so it stays too; switch it off instead.")
    field = (pl.col("table") == "ratings") & (pl.col("id") == id)
    return tables.with_(questions=tables.questions.filter(pl.col("id") != id), fields=tables.fields.filter(~field))


def moved(tables: Tables, id: str, by: int) -> Tables:
    """The tables with a question of the lead's own so many places later (earlier, if negative) among her own."""
    ids = [row["id"] for row in own_rows(tables)]
    if id not in ids:
        return tables
    at = ids.index(id)
    ids.insert(max(0, min(len(ids) - 1, at + by)), ids.pop(at))
    place = {id: at for at, id in enumerate(ids)}
    order = pl.Series([place.get(id, -1) for id in tables.questions["id"]])
    return tables.with_(questions=tables.questions.with_columns(_at=order).sort("_at", maintain_order=True).drop("_at"))


def switched(tables: Tables, id: str, asked: bool) -> Tables:
    """The tables with a question of the lead's own asked, or not any more."""
    here = pl.col("id") == id
    return tables.with_(
        questions=tables.questions.with_columns(asked=pl.when(here).then(pl.lit(None if asked else False)).otherwise("asked"))
    )


def with_standard(tables: Tables, asked: Collection[str]) -> Tables:
    """The tables with these standard questions asked, and no other; answers already given stay."""
    rows = [{"id": id, "wording": BY_COLUMN[id].title, "about": "partner", "asked": False} for id in COLUMNS if id not in asked]
    off = pl.DataFrame(rows, schema=tables.questions.schema)
    return tables.with_(questions=pl.concat([off, tables.questions.filter(~pl.col("id").is_in(COLUMNS))]))


def _numbered(tables: Tables) -> list[tuple[int, Row]]:
    return list(enumerate(tables.questions.iter_rows(named=True)))


def _free_id(wording: str, taken: Collection[str]) -> str:
    """An id of a question, as the heading of a column in a file reads back to it."""
    id, number = (base := free_id(wording, (), "question").replace("-", "_")), 2
    while id in taken:
        id, number = f"{base}_{number}", number + 1
    return id


def _require_words(tables: Tables, new: Row, id: str | None) -> None:
    if not new["wording"]:
        raise InvalidRequest("Write the question in full, such as “Do you have an equal voice in the programme?”.")
    if any(len((new[name] or "").encode()) > 2_000 for name in _TEXTS):
        raise InvalidRequest("A question, its choices and its source have at most 2,000 letters each; shorten them.")
    if new["about"] not in ABOUT or new["type"] not in QUESTION_TYPES:
        raise InvalidRequest("Say whom the question is about and how it is answered, from the lists.")
    words = caseless(new["wording"])
    others = [
        row["wording"]
        for row in own_rows(tables)
        if row["id"] != id and (row["about"] == "partner") == (new["about"] == "partner")
    ]
    others += [question.title for question in BY_COLUMN.values()] if new["about"] == "partner" else []
    if words in map(caseless, others):
        raise InvalidRequest(f"“{cut(new['wording'], 80)}” is asked already; change that question, or write other words.")


def _require_choices(new: Row) -> None:
    given = choices(new)
    if new["type"] in ("choice", "several"):
        if not 2 <= len(given) <= _MOST_CHOICES:
            raise InvalidRequest(
                f"Write 2 to {_MOST_CHOICES} choices with a semicolon between them, such as “staff; space; money”."
            )
        if any("|" in choice or len(choice) > 200 for choice in given):
            raise InvalidRequest("A choice is short, and without the sign |; write it in other words.")
    if new["type"] == "scale" and len(given) not in (0, 2):
        raise InvalidRequest("A scale of 1 to 5 has a word at each end, the lowest first, such as “never; always”, or none.")


def _require_indicator(tables: Tables, new: Row, id: str | None) -> None:
    if not new.get("indicator"):
        return
    if new["about"] == "partner" or new["type"] not in FEEDING:
        raise InvalidRequest(
            "Only an answer about the own organisation that is yes or no, on a scale, or a number makes the result of an "
            "indicator. Take the indicator out, or change the question."
        )
    rows = tables.indicators.select("id", "name", rule=instruments.aggregation()).rows_by_key("id", unique=True)
    if new["indicator"] not in rows:
        raise InvalidRequest("That indicator is not in the programme any more; choose another.")
    name, rule = rows[new["indicator"]]
    if new["indicator"] not in feedable(tables, id):
        raise InvalidRequest(f"Another question feeds “{cut(name, 80)}” already; choose another indicator.")
    fits, words = _FITS[new["type"]]
    if rule not in fits:
        raise InvalidRequest(
            f"These answers make {words}, and “{cut(name, 80)}” is none. Choose another indicator, or change its unit on the "
            "Data page."
        )
