"""The person who has the app open, and their rights: signed in, by a link, at this computer, or anybody."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache

import streamlit as st
from streamlit import config
from streamlit.runtime.secrets import secrets_singleton

from wtnet.access import Person, links, roles
from wtnet.access.addresses import is_loopback
from wtnet.access.secret import is_weak
from wtnet.errors import InvalidRequest, WtnetError
from wtnet.store import Programme, Store
from wtnet.ui.frame import address, cached, key, signed_out
from wtnet.ui.frame.log import log_event
from wtnet.ui.frame.markdown import plain

address.declare(link="link")

_OPEN = Person(roles.VIEWER, "open", "Viewer")
LOCAL = Person(roles.LEAD, "local")
NOT_YOURS = (
    "Nothing was stored: you may look at this programme, and not change it (any more). Reload the page, and ask whoever leads "
    "the programme if you should."
)


@dataclass(frozen=True)
class Credentials:
    """What a visitor presents: the token of a link, being at this computer, the address signed in with (None: not signed in).

    `sign_in` tells this time of signing in from others (see `signed_out`).
    """

    link: str = ""
    at_this_computer: bool = False
    address: str | None = None
    name: str = ""
    sign_in: str = ""


def credentials() -> Credentials:
    """What the visitor of this page presents."""
    token = st.query_params.get("link") or (address.get("link") if address.begun() else None)
    if token:
        return Credentials(token)
    sign_in = signed_out.sign_in_of(st.context.cookies)
    if has_provider() and st.user.is_logged_in and not signed_out.has_ended(sign_in):
        return Credentials(address=_address(), name=str(st.user.get("name") or ""), sign_in=sign_in)
    return Credentials(at_this_computer=at_this_computer())


def identify(credentials: Credentials, programme: str | None = None) -> Person | None:
    """The person with these credentials in a programme (None: at most, in any), by what is stored and set now.

    None for somebody who has yet to sign in. A link counts first, so that the lead who made it sees what it shows; then a
    server set to be read only; then signing in, where it is set up; else the person at this computer leads, and everybody else
    looks at what everybody may see. A link that ended is an InvalidRequest.
    """
    if credentials.link:
        return links.open_link(cached.store(), credentials.link)
    if is_read_only():
        return _OPEN
    if setup_fault():
        return None
    if has_provider():
        if credentials.address is None or signed_out.has_ended(credentials.sign_in):
            return None
        leads = os.environ.get("WTNET_LEADS", "").split(",")
        return roles.person(credentials.address, credentials.name, roles.rules(cached.store()), leads, programme)
    return LOCAL if credentials.at_this_computer else _OPEN


def person(programme: str | None = None) -> Person:
    """The person who has this page open, in a programme (see `identify`), decided anew in every run.

    Stops, with the reason, for somebody who may not be here.
    """
    try:
        person = identify(credentials(), programme)
    except InvalidRequest as error:
        st.error(plain(error), icon=":material/link_off:")
        st.stop()
    if person is None:
        show_sign_in()
        st.stop()
    return person


def is_unchanged(before: Person, programme: str, credentials: Credentials) -> bool:
    """Whether the visitor's role in a programme is unchanged since the page was drawn for `before`."""
    try:
        return identify(credentials, programme) == before
    except InvalidRequest:
        return False


def leads() -> bool:
    """Whether the person may change something somewhere; for the menu, so it neither stops nor shows anything."""
    return _editor(None) is not None


def writable_store(programme: str | None = None) -> Store:
    """The store to write to, for a person who may change a programme (None: all of them); else an InvalidRequest.

    Ask for it in the moment of writing: a button may have been drawn before the person's rights changed.
    """
    editor = _editor(programme)
    if editor is None or (programme is None and not editor.everywhere):
        raise InvalidRequest(NOT_YOURS)
    return cached.unguarded_store()


def _editor(programme: str | None) -> Person | None:
    """The person, if they may change a programme; None too where that cannot be found out."""
    try:
        person = identify(credentials(), programme)
    except WtnetError:
        return None
    return person if person and person.edits else None


def programmes(lead: bool = False) -> list[Programme]:
    """The programmes that the person may see (or, with `lead`, change): all, or those of their link or roles."""
    allowed = person().programmes
    visible = [programme for programme in cached.programmes() if allowed is None or programme.id in allowed]
    return [programme for programme in visible if person(programme.id).edits] if lead else visible


def needs_sign_in() -> bool:
    """Whether the person has yet to sign in: they are shown how, and nothing else."""
    now = credentials()
    return not now.link and not is_read_only() and (bool(setup_fault()) or (has_provider() and now.address is None))


def require_lead() -> None:
    """Stop, with a sentence, unless the person may change things."""
    if not person().edits:
        st.info("This page is for the programme lead. Everything else in the menu is open to you.", icon=":material/lock:")
        st.page_link("pages/side_by_side.py", label="To the partnerships")
        st.stop()


def setup_fault() -> str:
    """What is wrong with how signing in is set up; "" if nothing is. Until it is put right, nobody is let in.

    A file of secrets that cannot be read would look like none at all, and anybody at this computer would lead; with a secret
    that others know or guess, anybody could sign themselves in.
    """
    try:
        read = secrets_singleton.load_if_toml_exists()
    except (OSError, ValueError):
        return "secrets_unreadable"
    if not read and any(os.path.exists(path) for path in config.get_option("secrets.files")):
        return "secrets_unreadable"
    if has_provider() and is_weak(str(st.secrets["auth"].get("cookie_secret", ""))):
        return "cookie_secret_weak"
    return "leads_without_signing_in" if os.environ.get("WTNET_LEADS", "").strip() and not has_provider() else ""


def link_to_data(label: str, icon: str = ":material/upload_file:") -> None:
    """A link to the Data page, for a lead; nobody else has that page in the menu."""
    if leads():
        st.page_link("pages/data.py", label=label, icon=icon)


def has_provider() -> bool:
    """Whether the server has an identity provider (`[auth]` among its secrets)."""
    try:
        return secrets_singleton.load_if_toml_exists() and "auth" in st.secrets
    except (OSError, ValueError):
        return False


def is_read_only() -> bool:
    """Whether a setting makes everybody a viewer."""
    return os.environ.get("WTNET_READ_ONLY", "") not in ("", "0")


def at_this_computer() -> bool:
    """Whether the visitor comes from here, nothing between, with the key printed at the start (or where none is asked for)."""
    return comes_from_here() and (not key.is_wanted() or key.is_presented(st.context.cookies))


def comes_from_here() -> bool:
    """Whether browser and server seem to be one computer: no proxy shows, nor another name."""
    headers, address = st.context.headers, st.context.ip_address
    if key.came_through_a_proxy(headers):
        return False
    if isinstance(address, str) and not is_loopback(address):  # the address is None where both are one computer
        return False
    host, origin = headers.get("Host"), headers.get("Origin")
    if origin and origin.partition("//")[2] != host:
        return False
    return not host or is_loopback(_host(host))


def _host(name: str) -> str:
    return name[1:].partition("]")[0] if name.startswith("[") else name.partition(":")[0]


@cache
def _say_once(what: str) -> None:
    log_event(what)


def show_sign_in() -> None:
    """The page before signing in: how to, and nothing of any programme."""
    st.title("Sign in", anchor=False)
    wrong = setup_fault()
    if wrong:
        _say_once(wrong)
        st.error(
            "Nobody can be let in just now: signing in is not set up right on this server. Whoever runs it finds in its log "
            "what to mend.",
            icon=":material/lock:",
        )
        return
    st.write("This is for people who were invited. Sign in, or open the link you were given.")
    st.button("Sign in", on_click=st.login, icon=":material/login:", type="primary")


def _address() -> str:
    """The e-mail address that the provider vouches for; "" if it does not.

    Some let people write any address into their profile and say nothing of it, so silence counts only where the server's
    setting says that its provider gives out the addresses itself (WTNET_TRUST_EMAIL).
    """
    vouched = st.user.get("email_verified")
    if vouched is None:
        vouched = os.environ.get("WTNET_TRUST_EMAIL", "") not in ("", "0")
    return str(st.user.get("email") or "") if str(vouched).lower() == "true" else ""


def sidebar_note() -> None:
    """Show in the side bar the person's role here, and the way out where there is one."""
    here = person()
    words = {
        "local": "You lead: you are at the computer on which this runs. Whoever comes from elsewhere only looks.",
        "signed in": f"Signed in as {plain(here.name or 'somebody')}: {here.role}.",
        "link": "You look by a link you were given.",
        "key": "You look. To change things, open the address that was printed where this was started: it ends in a key.",
        "open": "Open to everybody: names, answers and small numbers that are not for everybody are withheld.",
    }
    with st.sidebar:
        needs_key = here.why == "open" and not is_read_only() and key.is_wanted() and comes_from_here()
        st.caption(words["key" if needs_key else here.why])
        if here.why == "signed in" and not _address():
            st.caption("Your provider does not vouch for your e-mail address: you see what everybody may see.")
        if here.why == "signed in":
            st.button("Sign out", on_click=st.logout, icon=":material/logout:", type="tertiary")
