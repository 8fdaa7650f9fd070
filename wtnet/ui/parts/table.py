"""Tables: on the screen and on paper, with numbers rounded and written as the sentences beside them have them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import polars as pl
import streamlit as st

from wtnet.sentences.headings import decimals, readable, with_six_decimals
from wtnet.ui.parts.paper_table import markup


def show_table(
    frame: pl.DataFrame,
    key: str,
    alt: str,
    columns: Mapping[str, Any] | None = None,
    on_select: Callable[[], None] | None = None,
    most: int = 420,
    on_screen_only: tuple[str, ...] = (),
    as_stored: bool = False,
) -> None:
    """Show the rows of a frame, at most so many pixels high, and put them on paper; unknown is "–".

    `columns` says more of some of them, as `st.column_config` has it; those `on_screen_only` are not printed. With `on_select` a
    row can be chosen. Numbers `as_stored` keep six decimals.
    """
    shown = with_six_decimals(frame) if as_stored else readable(frame)
    config = dict(columns or {}) if as_stored else column_settings(shown, columns or {})
    choice: dict[str, Any] = {"on_select": on_select, "selection_mode": "single-row"} if on_select else {}
    height = min(most, 38 + 35 * max(1, frame.height))
    st.dataframe(shown, hide_index=True, height=height, key=key, placeholder="–", column_config=config, alt=alt, **choice)
    labels = {name: _label(settings) for name, settings in config.items()}
    st.html(markup(shown.drop(on_screen_only, strict=False), {name: label for name, label in labels.items() if label}))


def column_settings(frame: pl.DataFrame, columns: Mapping[str, Any]) -> dict[str, Any]:
    """What is said of the columns of a frame that `readable` made, with the same number of decimals on every row of a column."""
    settings = dict(columns)
    for name in frame.columns:
        places = decimals(frame[name]) if frame[name].dtype.is_float() else None
        if not frame[name].dtype.is_float():
            continue
        form = None if places is None else f"%.{places}f"
        given = settings.get(name)
        label = given if isinstance(given, str) else None
        about: dict[str, Any] = {**(given if isinstance(given, dict) else st.column_config.NumberColumn(label))}
        kind = dict(about.get("type_config") or {})
        if kind.get("type", "number") == "number":
            settings[name] = {**about, "type_config": {**kind, "type": "number", "format": kind.get("format") or form}}
    return settings


def _label(settings: Any) -> str | None:
    label = settings if isinstance(settings, str) else settings.get("label") if isinstance(settings, dict) else None
    return label or None
