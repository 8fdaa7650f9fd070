"""What is typed on a form is kept as it is typed: each box begins with what was left in it, and keeps what changes."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

import streamlit as st

from wtnet.survey.drafts import Draft
from wtnet.ui.frame.markdown import plain
from wtnet.ui.pages.survey.form_words import say


@dataclass(frozen=True)
class DraftKeeper:
    """The draft a form began with on this screen, and `keep`, which keeps what one box holds now: its name and key."""

    draft: Draft
    keep: Callable[[str, str], None]

    def tell(self) -> None:
        """Say what was kept from an earlier visit, or why nothing can be kept now."""
        if why := st.session_state.pop("form_not_kept", None):
            st.warning(plain(why), icon=":material/warning:")
        if number := len(self.draft.typed):
            st.info(say("kept", number=number), icon=":material/edit_note:")


def begins(name: str, stored: Any, choices: Collection[Any] | None = None) -> Any:
    """What a box begins with: what was typed, else what is stored; of a choice only what is still one."""
    value = _typing().draft.typed.get(name, stored)
    return value if choices is None or value is None or value in choices else stored


def box(name: str, key: str = "") -> dict[str, Any]:
    """What makes a box keep what is typed in it, under a name that stays the same; its key is the name, or `key`."""
    return {"key": key or name, "on_change": _typing().keep, "args": (name, key or name)}


def _typing() -> DraftKeeper:
    """The keeper of the form on screen; one that keeps nothing where it is only shown."""
    typing: DraftKeeper | None = st.session_state.get("form_typing")
    return typing or DraftKeeper(Draft(), lambda name, key: None)
