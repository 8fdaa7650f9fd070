"""Views saved by name: what a page shows, kept with the programme for the lead, to be opened again with one click."""

from __future__ import annotations

from typing import Any

import streamlit as st

from wtnet.errors import WtnetError
from wtnet.ui.frame import address, cached, sign_in
from wtnet.ui.frame.errors import show_error
from wtnet.ui.frame.markdown import plain
from wtnet.ui.frame.page import PageContext

_LONGEST = 80
_NOT_KEPT = ("programme", "link", "audience", "asof")
"""What a view leaves out: of whom it is, who looks, and which revision."""


def views(here: PageContext, page: str) -> None:
    """The views of a programme by name, and a box to keep what `page` (its file without ending) shows now."""
    if here.audience != "lead" or not here.person.edits:
        return
    kept = _kept(here)
    label = f"Views ({len(kept)})" if kept else "Views"
    with st.popover(label, icon=":material/bookmark:", key="views", on_change="rerun") as box:
        if not box.open:
            return
        for number, (name, view) in enumerate(kept.items()):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                if st.button(plain(name), key=f"view_open_{number}"):
                    _open(view)
                st.button("Forget", key=f"view_gone_{number}", type="tertiary", on_click=_write, args=(here, name, None))
        with st.form("view_form", border=False, clear_on_submit=True):
            name = " ".join(st.text_input("Keep what you see now, as", key="view_name", max_chars=_LONGEST).split())
            pressed = st.form_submit_button("Keep this view", key="view_keep")
        if pressed and name:
            choices = {key: values for key, values in address.params().items() if key not in _NOT_KEPT}
            _write(here, name, {"page": page, "choices": choices})
            st.rerun()
        st.caption("Kept with the programme, for whoever leads it. Open them for others as a link from Sharing.")


def _open(view: dict[str, Any]) -> None:
    """Go to a view: it is the whole of what is chosen."""
    address.undo(*(name for name in address.names() if name not in _NOT_KEPT))
    kept = {name: values for name, values in address.params().items() if name in _NOT_KEPT}
    st.switch_page(f"pages/{view['page']}.py", query_params={**view["choices"], **kept})


def _setting(here: PageContext) -> str:
    return f"views:{here.programme.id}"


def _kept(here: PageContext) -> dict[str, Any]:
    """The views by name, in the order of the alphabet."""
    stored = cached.store().settings(_setting(here)).get(_setting(here)) or {}
    return dict(sorted(stored.items(), key=lambda item: item[0].casefold()))


def _write(here: PageContext, name: str, view: dict[str, Any] | None) -> None:
    """Keep a view under a name, in the place of the one before; null forgets it."""

    def step(before: Any) -> Any:
        rest = {key: value for key, value in (before or {}).items() if key != name}
        return ({**rest, name: view} if view else rest) or None

    try:
        sign_in.writable_store(here.programme.id).amend(_setting(here), step)
    except WtnetError as error:
        show_error(error)
