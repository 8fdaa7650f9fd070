"""Deleting and forgetting: a person erased from every revision, a programme deleted, the samples put away."""

from __future__ import annotations

import streamlit as st

from wtnet.access import erasure
from wtnet.errors import WtnetError
from wtnet.importing import SHIPPED_IDS, put_away
from wtnet.tables.sharing import FREELANCER
from wtnet.ui.frame import address, author, cached, sign_in
from wtnet.ui.frame.errors import show_error
from wtnet.ui.frame.markdown import count, listed, plain
from wtnet.ui.frame.page import PageContext
from wtnet.ui.pages.history.backup import offer_backup


def forget(here: PageContext) -> None:
    """The ways to take something out for good, each behind a question of its own."""
    st.subheader("Delete and forget", anchor=False)
    st.caption("What is taken out here does not come back by Undo.")
    _erase(here)
    _delete(here)
    _samples(here)


def _erase(here: PageContext) -> None:
    with st.expander("Erase a person who asks for it", icon=":material/person_off:", key="erase", on_change="rerun") as box:
        if not box.open:
            return
        st.markdown(
            "Their name, place, answers, what was answered of them, your notes, and their name in texts go from **every** "
            "revision, and so out of every backup and file made from then on. Who works with whom stays, under *A person who was "
            "erased*, so that every count stays. Backups and files made before are yours to delete."
        )
        people = here.tables.organisations.filter(here.tables.organisations["kind"] == FREELANCER)
        names = dict(people.select("id", "name").iter_rows()) | here.tables.names("organisations")
        roles = erasure.respondents(cached.store(), here.programme.id)
        names |= {role: f"{role} (answers for a partner)" for role in roles if role not in names}
        partner = st.selectbox(
            "Who", list(names), index=None, key="erase_who", format_func=names.__getitem__, placeholder="Type a name"
        )
        if partner is None:
            return
        if whole := erasure.left(cached.store(), here.programme.id, partner):
            st.info(plain(f"Called after them, and left as it is: {listed(whole)}. Change it by hand if it should go too."))
        sure = st.checkbox(f"Yes, erase {plain(names[partner])} for good", key=f"erase_sure_{partner}")
        by = author.ask_author("erase")
        if st.button("Erase", key="erase_now", disabled=not sure, icon=":material/person_off:") and author.remember_author(by):
            try:
                revision = erasure.erase(sign_in.writable_store(here.programme.id), here.programme.id, partner, by)
            except WtnetError as error:
                show_error(error)
                return
            st.session_state["saved"] = here.programme.id, revision, here.revision
            st.rerun()


def _delete(here: PageContext) -> None:
    with st.expander("Delete this programme", icon=":material/delete_forever:", key="delete", on_change="rerun") as box:
        if not box.open:
            return
        st.markdown(f"“{plain(here.programme.name)}” would go with every revision, story, link and setting of it.")
        offer_backup(here, "before")
        sure = st.checkbox("I have a backup, or need none", key="delete_sure")
        typed = st.text_input("And write its name, so that it is this one", key="delete_name", disabled=not sure)
        ready = sure and typed.strip() == here.programme.name.strip()
        if st.button("Delete it for good", key="delete_now", disabled=not ready, icon=":material/delete_forever:"):
            _gone(here, [here.programme.id])


def _samples(here: PageContext) -> None:
    there = [programme.id for programme in cached.programmes() if programme.id in SHIPPED_IDS]
    if not there or not sign_in.person().everywhere:
        return
    with st.expander("Put the samples away", icon=":material/inventory:", key="samples", on_change="rerun") as box:
        if not box.open:
            return
        st.markdown(f"{count(len(there), 'programme')} came with the program. Put away, they leave the list for good.")
        sure = st.checkbox("Yes, put them away, with whatever was changed in them", key="samples_sure")
        if st.button("Put them away", key="samples_now", disabled=not sure):
            _gone(here, there)


def _gone(here: PageContext, ids: list[str]) -> None:
    """Delete programmes, if the person may, and go on with those that are left."""
    try:
        for id in ids:
            put_away(sign_in.writable_store(id), id)
    except WtnetError as error:
        show_error(error)
        return
    address.put("programme")
    address.put("asof")
    address.forget("programme", "asof")
    st.rerun()
