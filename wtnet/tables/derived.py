"""What follows from tables alone, worked out once and kept with them for as long as they live."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, TypeVar, cast

from wtnet.tables.model import Tables

T = TypeVar("T")
Work = TypeVar("Work", bound=Callable[..., Any])


def once(tables: Tables, key: Hashable, work: Callable[[], T]) -> T:
    """What `work` gives, worked out the first time it is asked for under this key and kept with the tables."""
    if key not in tables.kept:
        tables.kept[key] = work()
    return cast("T", tables.kept[key])


def derived(work: Work) -> Work:
    """Keep what `work` gives for some tables and further values that can be told apart (hashable, by place) with these tables.

    Lists and mappings are handed out as copies, so that a caller may change its own.
    """

    name = f"{work.__module__}.{work.__qualname__}"

    @wraps(work)
    def kept_or_worked(tables: Tables, *more: Any) -> Any:
        result = once(tables, (name, *more), lambda: work(tables, *more))
        return result.copy() if isinstance(result, list | dict) else result

    return cast("Work", kept_or_worked)
