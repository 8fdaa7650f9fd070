"""A backup to take away: everything for a person who leads all programmes, else the programme that is open."""

from __future__ import annotations

from datetime import date

import streamlit as st

from wtnet.errors import InvalidRequest
from wtnet.store import scratch
from wtnet.ui.frame import cached, sign_in
from wtnet.ui.frame.markdown import count, plain
from wtnet.ui.frame.page import PageContext


def offer_backup(here: PageContext, place: str = "") -> None:
    """What a backup holds, the button that makes one, and how it is brought back."""
    whole = _leads_all()
    if not place:
        st.subheader("A backup to keep elsewhere", anchor=False)
    what = "every programme" if whole else f"“{plain(here.programme.name)}”"
    rest = "how its map is arranged" if not whole else "how maps are arranged, who may do what, and what else is remembered here"
    st.markdown(
        f"One file with {what}: every revision, stories, who was asked in the survey, {rest}. It holds everything, also what "
        "is private: keep it where only you can open it."
    )
    st.caption(
        "Whoever runs a server brings it back into an empty database on the command line: `python -m wtnet restore-backup FILE`."
    )
    if not st.button("Make a backup", key=f"backup{place}", icon=":material/archive:"):
        return
    data, contents = _make(here)
    name = "wtnet" if whole else here.programme.id
    st.download_button(
        f"Download the backup ({max(1, len(data) // 1000):,} KB)",
        data,
        f"{name}-backup-{date.today().isoformat()}.zip",
        "application/zip",
        key=f"backup_file{place}",
        on_click="ignore",
        icon=":material/download:",
    )
    st.caption(f"It holds {contents}.")


def _leads_all() -> bool:
    at_most = sign_in.person()
    return at_most.edits and at_most.everywhere


def _make(here: PageContext) -> tuple[bytes, str]:
    """The backup and what is in it; rights are checked again here, since the button may have been drawn before they changed."""
    if not sign_in.person(here.programme.id).edits:
        raise InvalidRequest("Only whoever leads a programme takes its backup.")
    with scratch.folder() as folder:
        file = folder / "backup.zip"
        contents = cached.store().backup(file, None if _leads_all() else here.programme.id)
        return file.read_bytes(), f"{count(contents.programmes, 'programme')} and {count(contents.revisions, 'revision')}"
