"""Who has the app open, and what they may do: signed in, by a link, on this computer, or anybody."""

from __future__ import annotations

import ipaddress
import os

import streamlit as st
from streamlit.runtime.secrets import secrets_singleton

from wtnet.access import Person, links, roles
from wtnet.errors import InvalidRequest
from wtnet.store import Programme
from wtnet.ui import state
from wtnet.ui.words import plain

_FORWARDED = ("X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Forwarded", "Via")
_OPEN = Person(roles.VIEWER, "open", "Viewer")
LOCAL = Person(roles.LEAD, "local")


def person(programme: str | None = None) -> Person:
    """Who has this page open, in a programme (None: at most, in any); decided anew in every run.

    A link counts first, so that whoever made it sees what it shows; then a server set to be read only; then signing in,
    where it is set up; else whoever sits at this computer leads, and everybody else looks at what everybody may see.
    """
    token = st.query_params.get("link") or st.session_state.get("view", {}).get("link", ("",))[0]
    if token:
        return _by_link(token)
    if _read_only():
        return _OPEN
    if signing_in():
        return _signed_in(programme)
    return LOCAL if at_this_computer() else _OPEN


def leads() -> bool:
    """True if the person may change things; for the menu, so that nothing is asked or said."""
    if st.query_params.get("link") or st.session_state.get("view", {}).get("link"):
        return False
    if signing_in():
        return st.user.is_logged_in is True and person().edits
    return person().edits


def programmes(lead: bool = False) -> list[Programme]:
    """The programmes that whoever has this page open may see (or, with `lead`, change): all, or those of their link or roles."""
    seen = person().programmes
    found = [one for one in state.programmes() if seen is None or one.id in seen]
    return [one for one in found if person(one.id).edits] if lead else found


def must_sign_in() -> bool:
    """True for whoever has yet to sign in: they are shown how, and nothing else."""
    if st.query_params.get("link") or st.session_state.get("view", {}).get("link") or _read_only():
        return False
    return signing_in() and not st.user.is_logged_in


def must_lead() -> None:
    """Stop, with a sentence, unless the person may change things."""
    if not person().edits:
        st.info("This page is for the programme lead. Everything else in the menu is open to you.", icon=":material/lock:")
        st.page_link("pages/side_by_side.py", label="To the partnerships")
        st.stop()


def signing_in() -> bool:
    """True if the server has an identity provider (`[auth]` among its secrets)."""
    return secrets_singleton.load_if_toml_exists() and "auth" in st.secrets


def _read_only() -> bool:
    return os.environ.get("WTNET_READ_ONLY", "") not in ("", "0")


def at_this_computer() -> bool:
    """True if browser and server are one computer and nothing stands between: no proxy, no other name."""
    headers, address = st.context.headers, st.context.ip_address
    if any(headers.get(name) for name in _FORWARDED) or (isinstance(address, str) and not _loopback(address)):
        return False  # the address is None where both are one computer
    names = [headers.get("Host"), (headers.get("Origin") or "").partition("//")[2]]
    return all(_loopback(_host(name)) for name in names if name)


def _host(name: str) -> str:
    return name[1:].partition("]")[0] if name.startswith("[") else name.partition(":")[0]


def _loopback(name: str) -> bool:
    if name.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _by_link(token: str) -> Person:
    try:
        return links.opened(state.store(), token)
    except InvalidRequest as error:
        st.error(plain(error), icon=":material/link_off:")
        st.stop()


def sign_in() -> None:
    """The page of whoever has yet to sign in: how, and nothing of any programme."""
    st.title("Sign in", anchor=False)
    st.write("This is for people who were invited. Sign in, or open the link you were given.")
    st.button("Sign in", on_click=st.login, icon=":material/login:", type="primary")


def _signed_in(programme: str | None) -> Person:
    if not st.user.is_logged_in:
        sign_in()
        st.stop()
    leads = os.environ.get("WTNET_LEADS", "").split(",")
    return roles.person(_address(), str(st.user.get("name") or ""), roles.rules(state.store()), leads, programme)


def _address() -> str:
    """The e-mail address that the provider vouches for; "" if it does not.

    Some let people write any address into their profile and say nothing of it, so silence counts only where whoever runs
    the server says that its provider gives out the addresses itself (WTNET_TRUST_EMAIL).
    """
    vouched = st.user.get("email_verified")
    if vouched is None:
        vouched = os.environ.get("WTNET_TRUST_EMAIL", "") not in ("", "0")
    return str(st.user.get("email") or "") if str(vouched).lower() == "true" else ""


def standing() -> None:
    """In the side bar: who one is here, and the way out where there is one."""
    here = person()
    words = {
        "local": "You lead: you are at the computer on which this runs. Whoever comes from elsewhere only looks.",
        "signed in": f"Signed in as {plain(here.name or 'somebody')}: {here.role}.",
        "link": "You look by a link you were given.",
        "open": "Open to everybody: names, answers and small numbers that are not for everybody are withheld.",
    }
    with st.sidebar:
        st.caption(words[here.why])
        if here.why == "signed in" and not _address():
            st.caption("Your provider does not vouch for your e-mail address: you see what everybody may see.")
        if here.why == "signed in":
            st.button("Sign out", on_click=st.logout, icon=":material/logout:", type="tertiary")
