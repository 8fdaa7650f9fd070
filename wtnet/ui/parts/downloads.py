"""Files that are made when somebody asks for them, which may be long after the page was drawn."""

from __future__ import annotations

from collections.abc import Callable

from wtnet.ui.frame import sign_in
from wtnet.ui.frame.log import failure, say
from wtnet.ui.frame.page import Here


class NotMade(Exception):
    """A file was not made. It says nothing, for Streamlit keeps what it says; beside the button stands that it failed."""


def making(here: Here, make: Callable[[], bytes]) -> Callable[[], bytes]:
    """What makes a file, for `st.download_button`: only for whom the page was drawn, if they still are who they were.

    A failure is written to the log by a number and its place in the program, as that of a page is, and never by its words.
    """
    came = sign_in.came()

    def made() -> bytes:
        try:
            if sign_in.still(here.person, here.programme.id, came):
                return make()
            say("file_refused")
        except Exception as error:
            failure("file_failed", error)
        raise NotMade

    return made
