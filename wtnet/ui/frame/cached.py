"""The store and everything worked out from it, kept between runs and shared by all sessions.

Tables and networks are frozen values, so they are kept as they are, keyed on programme, revision, audience and scope; the
oldest are forgotten first. An `Edition` is a revision for an audience: what is worked out of it rests on what they may see.
"""

from __future__ import annotations

import functools
import inspect
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple, TypeVar, cast

import polars as pl
import streamlit as st

from wtnet import access
from wtnet.importing import first_start
from wtnet.layout import positions as layout
from wtnet.measures import catalogue, uncertainty
from wtnet.measures.impact import progress as impact
from wtnet.network import Network, Scope, build
from wtnet.store import Programme, Store
from wtnet.tables import Tables, waves
from wtnet.tables.model import Audience

Work = TypeVar("Work", bound=Callable[..., Any])
Value = TypeVar("Value")
_KEPT = 64


def kept(entries: int = _KEPT, spinner: str | bool = False) -> Callable[[Work], Work]:
    """Decorate a function whose results are kept for all sessions, at most so many; a spinner says a sentence meanwhile.

    Arguments are told apart by their `repr`, so they are plain values: texts, numbers, tuples, and classes that show what they
    hold. One whose name begins with "_" does not count.
    """
    keep: Any = st.cache_resource(max_entries=entries, show_spinner=spinner)

    def of_this_store(work: Work) -> Work:
        @functools.wraps(work)
        def keyed(key: str, _work: Callable[[], Any]) -> Any:
            return _work()

        own = inspect.signature(work)
        keyed.__signature__ = inspect.signature(keyed, follow_wrapped=False)  # type: ignore[attr-defined]
        result = keep(keyed)

        @functools.wraps(work)
        def call(*given: Any, **more: Any) -> Any:
            bound = own.bind(*given, **more)
            bound.apply_defaults()
            key = repr((store_id(), *(value for name, value in bound.arguments.items() if name[0] != "_")))
            if " object at 0x" in key:
                raise TypeError(f"{work.__qualname__} is given something that does not show what it holds: {key[:200]}")
            return result(key, functools.partial(work, *given, **more))

        call.clear = result.clear  # type: ignore[attr-defined]
        return cast("Work", call)

    return of_this_store


def memo(name: str, key: object, make: Callable[[], Value]) -> Value:
    """What `make` returns, made anew in this session only when `key` is another; one value is kept under `name`."""
    entry: tuple[object, Value] | None = st.session_state.get(name)
    if entry is None or entry[0] != key:
        entry = st.session_state[name] = (key, make())
    return entry[1]


class Edition(NamedTuple):
    """A revision, the audience it is shown to, and the partner who looks, if the person is one."""

    revision: int
    audience: Audience = "lead"
    viewer: str | None = None
    store: str = ""
    """What tells the database from itself before a backup was restored (see `Store.identity`)."""


@st.cache_resource(show_spinner="Opening the programmes …")
def unguarded_store() -> Store:
    """The database named by WTNET_DATABASE_URL, or the one of this computer; the shipped programmes on first start.

    To write to it, a page asks `sign_in.writable_store`, which finds out whether the person may.
    """
    store = Store()
    first_start(store)
    _opened[:] = [store]
    return store


_opened: list[Store] = []
_known: dict[int, tuple[str, float]] = {}
_ASKED_AGAIN = 1.0
"""Seconds after which the database is asked again which it is: so long may a page show what was restored away."""


def store_id() -> str:
    """What tells the database that is open from every other, and from itself before a backup was restored."""
    if not _opened:
        return ""
    now, here = time.monotonic(), id(_opened[0])
    if here not in _known or now - _known[here][1] > _ASKED_AGAIN:
        _known.clear()
        _known[here] = _opened[0].identity(), now
    return _known[here][0]


def store() -> Store:
    """A read-only handle on the database: writing raises StoreError."""
    return unguarded_store().read_only()


def programmes() -> list[Programme]:
    """The programmes in the store."""
    return store().programmes()


def revision(programme: str) -> int:
    """The revision a programme is at."""
    return store().head(programme) or 0


@kept(spinner="Reading the programme …")
def full_tables(programme: str, revision: int) -> Tables:
    """The tables of one revision, with everything: for the lead, and for working out what others may see."""
    return store().load(programme, revision)


@kept()
def tables(programme: str, at: Edition) -> Tables:
    """The tables of one revision as an audience may have them (see `access.redact`)."""
    whole = full_tables(programme, at.revision)
    if at.audience == "lead":
        return whole
    return access.redact(whole, at.audience, pseudonym_numbers(programme, at.revision), at.viewer)


def pseudonym_numbers(programme: str, revision: int) -> dict[str, int]:
    """The numbers of the partners who are not shown to everybody by name (see `access.stored_numbers`)."""
    return access.stored_numbers(unguarded_store(), programme, full_tables(programme, revision))


@kept()
def renaming(programme: str, at: Edition) -> access.Renaming:
    """What an audience reads in the place of names that are hidden from it (see `access.renaming`)."""
    known = pseudonym_numbers(programme, at.revision) if at.audience != "lead" else None
    return access.renaming(full_tables(programme, at.revision), at.audience, known, at.viewer)


@kept(_KEPT * 4)
def network(programme: str, at: Edition, scope: Scope) -> Network:
    """The network of a scope; of one with a focus, such as a click selects, the ties of the whole are not worked out again."""
    whole = network(programme, at, replace(scope, focus=(), hops=1)) if scope.focus and at.audience == "lead" else None
    return build(tables(programme, at), scope, whole)


@kept(spinner="Placing the partners on the map …")
def positions(programme: str, at: Edition) -> dict[str, tuple[float, float]]:
    """Where each partner stands, from its ties in all waves together: the same whatever is filtered or looked at."""
    if at.audience != "lead":
        return layout.under_other_ids(positions(programme, Edition(at.revision)), tables(programme, at))
    now = waves.current(tables(programme, at))  # named, so that it is the network the page looks at, and built once
    return layout.of_programme(network(programme, at, Scope(wave=now)))


def arranged(programme: str, at: Edition) -> dict[str, tuple[float, float]]:
    """The same, with partners that somebody has arranged by hand in their places (partners under pseudonyms excepted)."""
    worked_out = positions(programme, at)
    by_hand = store().arrangement(programme)
    return {partner: by_hand.get(partner, place) for partner, place in worked_out.items()}


@kept(_KEPT * 4)
def partner_measures(programme: str, at: Edition, scope: Scope, ids: tuple[str, ...] | None = None) -> pl.DataFrame:
    """The partner measures of a scope: `id`, `name`, `kind` and a column per measure."""
    return catalogue.partners(network(programme, at, scope), ids)


@kept(_KEPT * 4)
def network_measures(programme: str, at: Edition, scope: Scope, ids: tuple[str, ...] | None = None) -> dict[str, object]:
    """The network measures of a scope, by id: all of them, or those asked for (of thousands of partners, some take seconds)."""
    return catalogue.whole(network(programme, at, scope), ids)


@kept()
def cells(programme: str, at: Edition, audience: Audience) -> pl.DataFrame:
    """Every result with everything around it, as an audience may see it (see `measures.impact.cells`)."""
    known = pseudonym_numbers(programme, at.revision) if audience != "lead" else None
    return access.cells(full_tables(programme, at.revision), audience, known, at.viewer)


@kept(256)
def impact_summary(
    programme: str, at: Edition, wave: str | None, audience: Audience, cut_by: tuple[tuple[str, tuple[str, ...]], ...]
) -> impact.ImpactSummary:
    """A cut of the results (names of arguments of `impact.cut` and their values), as an audience may see it."""
    return impact.summarise(tables(programme, at), wave, cells(programme, at, audience), dict(cut_by))


@kept()
def progress(programme: str, at: Edition, wave: str | None, audience: Audience) -> pl.DataFrame:
    """Each indicator of each pilot, from baseline to target, as an audience may see it (see `measures.impact.progress`)."""
    return impact.progress(tables(programme, at), wave, cells(programme, at, audience))


@kept(_KEPT * 4)
def intervals(programme: str, at: Edition, scope: Scope) -> dict[str, tuple[float, float]]:
    """95 % bootstrap intervals of the network measures that have one, by id; of thousands of partners from fewer draws."""
    rows = uncertainty.intervals(network(programme, at, scope)).iter_rows(named=True)
    return {row["measure"]: (row["low"], row["high"]) for row in rows if row["low"] is not None}


@kept()
def stability(programme: str, at: Edition, scope: Scope) -> pl.DataFrame | None:
    """How far each tie's rank depends on the weights (see `strength.stability`); None for too many ties to say quickly."""
    net = network(programme, at, scope)
    return uncertainty.stability(net).pairs if net.ties.height <= 5_000 else None
