"""What a person looks at, as one frozen value."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

from wtnet.errors import InvalidRequest
from wtnet.strength import EQUAL, Weights, check_pairing
from wtnet.tables import answer_fields, relationships
from wtnet.tables.model import Pairing, Tables
from wtnet.tables.schema import KINDS


@dataclass(frozen=True)
class Scope:
    """What the person looks at. Every filter left at its default keeps everything.

    wave: the survey round (None: `tables.waves.current`; without any waves, documented ties alone);
    kinds: only partners of these kinds; pilots: only partners that lead or are involved in one of these pilots;
    hidden: partners left out by name;
    min_strength: above 0, ties that are weaker or of unknown strength are left out; focus and hops: only partners at
    most `hops` (0–3) ties from one of the `focus` partners, after the other filters; relationships: only ties documented to be of
    one of these kinds (`tables.relationships`); tie_fields: only ties documented with these values of fields of the lead's own
    ("region=North"; for each field one of its values counts), or of which a side answers so in the wave ("answers.fair=4");
    pairing and weights: see `strength`;
    documents: a documented level counts as strength where nobody rated (it always does in a programme without any ratings);
    every_path: betweenness of thousands of partners is worked out from every shortest path, not estimated from some.
    """

    wave: str | None = None
    kinds: tuple[str, ...] = ()
    pilots: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    min_strength: float = 0.0
    focus: tuple[str, ...] = ()
    hops: int = 1
    relationships: tuple[str, ...] = ()
    tie_fields: tuple[str, ...] = ()
    pairing: Pairing = "mean"
    weights: Weights = EQUAL
    documents: bool = False
    every_path: bool = False

    def __post_init__(self) -> None:
        for name in ("kinds", "pilots", "hidden", "focus", "relationships", "tie_fields"):
            given = getattr(self, name)
            object.__setattr__(self, name, (given,) if isinstance(given, str) else tuple(given))

    def every_tie(self) -> Scope:
        """The same partners with all their ties, of any strength and kind."""
        return replace(self, min_strength=0.0, relationships=(), tie_fields=())

    @property
    def by_document(self) -> bool:
        """Whether ties are left out by what documents say of them."""
        return bool(self.relationships or any(not answer_fields.is_one(value) for value in self.tie_fields))

    @property
    def answers(self) -> tuple[str, ...]:
        """Those of `tie_fields` that ask for what partners say of each other."""
        return tuple(value for value in self.tie_fields if answer_fields.is_one(value))


def check(tables: Tables, scope: Scope) -> None:
    """Refuse a scope that does not fit the tables, in a sentence that names the choices."""
    _known("wave", () if scope.wave is None else (scope.wave,), tables["waves"]["id"])
    _known("kind of partner", scope.kinds, KINDS)
    _known("pilot", scope.pilots, tables["pilots"]["id"])
    _known("partner", scope.focus, tables["organisations"]["id"])
    _known("kind of partnership", scope.relationships, relationships.in_use(tables))
    _known("value of a field of partnerships", scope.tie_fields, relationships.filters(tables) if scope.tie_fields else ())
    check_pairing(scope.pairing)
    if isinstance(scope.hops, bool) or scope.hops not in (0, 1, 2, 3):
        raise InvalidRequest(f"A focus reaches 0, 1, 2 or 3 steps, not {scope.hops!r}; choose one of these.")
    if not (math.isfinite(scope.min_strength) and 0 <= scope.min_strength <= 1):
        raise InvalidRequest(f"The least strength is a number from 0 to 1, not {scope.min_strength!r}; choose one in that range.")


def _known(what: str, asked: Iterable[str], choices: Iterable[str]) -> None:
    known = list(choices)
    for word in asked:
        if word not in known:
            some = ", ".join(known[:12]) + (f" and {len(known) - 12} more" if len(known) > 12 else "")
            remedy = f"choose one of {some}" if known else "these tables have none"
            raise InvalidRequest(f"There is no {what} “{word}”; {remedy}.")
