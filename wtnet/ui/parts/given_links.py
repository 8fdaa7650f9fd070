"""Links that are given to others: the address of this server, what of a view they may carry, and where they open."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from wtnet.access.addresses import opens_here_only
from wtnet.sentences import filters
from wtnet.tables.model import Audience
from wtnet.ui.frame import cached
from wtnet.ui.frame.page import PageContext

SHAREABLE = ("pilot", "kind", "theme")
"""The filters that a link carries."""


def base(page: str) -> str:
    """The address of this server as the browser has it on a page (its name in the address); "" where it is not known."""
    return str(st.context.url or "").partition("?")[0].rstrip("/").removesuffix(f"/{page}")


def here_only(page: str, instead: str, several: bool = True) -> str:
    """What to say where links open on this computer alone, and what to do `instead`; "" where others can open them."""
    if not base(page) or not opens_here_only(base(page)):
        return ""
    begin, them = ("These links open", "them") if several else ("A link opens", "it")
    return (
        f"{begin} on this computer alone, because the app runs on it. For others to open {them}, run it on a server "
        f"(docs/server.md says how) and make {'the link' if several else 'it'} there; until then {instead}."
    )


def carried(
    here: PageContext, audience: Audience, chosen: Iterable[tuple[str, str]], wave: str | None
) -> list[tuple[str, str, str]]:
    """What a link for an audience carries of the filters chosen and of the wave, as (name, value, words): what it may read, none
    that names a partner, and none that is called otherwise for it."""
    theirs = cached.tables(here.programme.id, cached.Edition(here.revision, audience))
    named = [(name, value, filters.label(theirs, name, value)) for name, value in chosen if name in SHAREABLE]
    shared = [(name, value, words) for name, value, words in named if words]
    waves = theirs.names("waves")
    return [("wave", wave, waves[wave]), *shared] if wave in waves else shared
