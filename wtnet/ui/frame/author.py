"""The author recorded with a change: the person signed in; else asked once, and remembered until the window is closed."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from wtnet.ui.frame import sign_in


def ask_author(place: str) -> str:
    """The name of the person signed in; else a box for it, filled in with the name given before.

    `place` tells boxes of one page apart.
    """
    signed = sign_in.person().name
    if signed:
        return signed
    given = st.text_input(
        "Your name",
        value=remembered(),
        key=f"who_{place}",
        max_chars=200,
        placeholder="So that others know whom to ask",
    )
    return " ".join(given.split())


def remember_author(name: str) -> bool:
    """Remember the name; false, with a warning on screen, if there is none."""
    if not name:
        st.warning("Say who you are first: your name is kept with the change, so that others know whom to ask.")
        return False
    st.session_state["author"] = name
    return True


def known() -> str:
    """Who makes a change for which nobody is asked a name: the person signed in, the name given before, or the lead."""
    return sign_in.person().name or remembered() or "Programme lead"


def remembered() -> str:
    """The name given before in this window; "" if none was."""
    return str(st.session_state.get("author", ""))


def moment(at: datetime, seconds: bool = False) -> str:
    """A time as the person's own clock shows it: "3 May 2026, 14:02"."""
    local = at.replace(tzinfo=at.tzinfo or UTC).astimezone(_zone())
    return f"{local.day} {local:%B %Y, %H:%M:%S}" if seconds else f"{local.day} {local:%B %Y, %H:%M}"


def _zone() -> tzinfo:
    try:
        return ZoneInfo(st.context.timezone or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC
