"""How a column is declared: one function a type of cell, the rules of a row, and the words that several tables share."""

from __future__ import annotations

from typing import Any

import dataframely as dy
import polars as pl

THEMES = {
    "capability": "Capability",
    "partnerships": "Partnerships",
    "relevance": "Relevance",
    "care": "Care",
    "leadership": "Leadership",
}
SHARING = ("public", "partners", "private")


def code(description: str, example: str, **more: Any) -> dy.String:
    """An id that must be given."""
    return dy.String(max_length=200, description=description, metadata={"example": example, **more})


def key(description: str, example: str, **more: Any) -> dy.String:
    """An id by which rows are told apart."""
    return dy.String(primary_key=True, max_length=200, description=description, metadata={"example": example, **more})


def text(description: str, example: str = "", length: int = 20_000, **more: Any) -> dy.String:
    """Text that may be empty, of up to so many bytes."""
    return dy.String(nullable=True, max_length=length, description=description, metadata={"example": example, **more})


def ref(table: str, description: str, example: str, **more: Any) -> dy.String:
    """The id of a row of another table, or empty."""
    return dy.String(
        nullable=True, max_length=200, description=description, metadata={"references": table, "example": example, **more}
    )


def word(words: Any, description: str, example: str, nullable: bool = True) -> dy.Enum:
    """One of the words."""
    return dy.Enum(list(words), nullable=nullable, description=description, metadata={"example": example})


def scale(low: int, high: int, description: str, example: str) -> dy.Int8:
    """A whole number between two, or empty."""
    return dy.Int8(nullable=True, min=low, max=high, description=description, metadata={"example": example})


def people(description: str, example: str) -> dy.Int64:
    """How many people, from 0, or empty."""
    return dy.Int64(nullable=True, min=0, description=description, metadata={"example": example})


def number(description: str, example: str, **more: Any) -> dy.Float64:
    """A finite number, or empty."""
    return dy.Float64(
        nullable=True, allow_inf=False, allow_nan=False, description=description, metadata={"example": example}, **more
    )


def day(description: str, example: str) -> dy.Date:
    """A date, or empty."""
    return dy.Date(nullable=True, description=description, metadata={"example": example})


def yes_no(description: str, example: str = "yes") -> dy.Bool:
    """Yes, no, or empty."""
    return dy.Bool(nullable=True, description=description, metadata={"example": example})


def own() -> dy.String:
    """The lead's own fields of a row. In files each is a column of its own, so this one is in no template."""
    return dy.String(nullable=True, description="Fields of your own, by their id", metadata={"example": "", "internal": True})


def ordered(first: str, last: str) -> Any:
    """A rule that holds unless both dates are given and the second is before the first."""
    return dy.rule()(lambda cls: (pl.col(last) >= pl.col(first)).fill_null(True))


def different(first: str, second: str) -> Any:
    """A rule that holds unless both are given and are the same."""
    return dy.rule()(lambda cls: (pl.col(first) != pl.col(second)).fill_null(True))


def once(*keys: str) -> Any:
    """A rule that holds where no other row has the same key; an empty cell is a value like any other."""
    return dy.rule()(lambda cls: pl.struct(*keys).is_unique())


class Table(dy.Schema):
    """Base of them all: what the columns are as polars types."""

    @classmethod
    def polars(cls) -> dict[str, pl.DataType]:
        """Column names and polars types, in the declared order."""
        return {name: column.dtype for name, column in cls.columns().items()}
