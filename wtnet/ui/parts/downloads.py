"""Files that are made when somebody asks for them, which may be long after the page was drawn."""

from __future__ import annotations

from collections.abc import Callable

from wtnet.ui.frame import sign_in
from wtnet.ui.frame.log import log_event, log_failure
from wtnet.ui.frame.page import PageContext


class NotMade(Exception):
    """A file was not made. It says nothing, for Streamlit keeps what it says; beside the button stands that it failed."""


def for_download(here: PageContext, make: Callable[[], bytes]) -> Callable[[], bytes]:
    """What makes a file, for `st.download_button`: only for whom the page was drawn, if they still are who they were.

    A failure is written to the log by a number and its place in the program, as that of a page is, and never by its words.
    """
    came = sign_in.credentials()

    def made() -> bytes:
        try:
            if sign_in.is_unchanged(here.person, here.programme.id, came):
                return make()
            log_event("file_refused")
        except Exception as error:
            log_failure("file_failed", error)
        raise NotMade

    return made
