"""What the server does beside the pages: loading them before anybody comes, readiness, and errors with a reference number.

What a request passes first is in `middleware`; what is written to the log, and how, in `log`.
"""

from __future__ import annotations

import asyncio
import faulthandler
import gc
import signal
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import cache
from importlib import import_module

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from streamlit import delta_generator, net_util, runtime
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.pages_manager import PagesManager

from wtnet.errors import WtnetError
from wtnet.store import Store, scratch
from wtnet.ui.frame import cached, key, limits, sign_in
from wtnet.ui.frame.errors import say_why_no_file
from wtnet.ui.frame.key import KeyInAddress
from wtnet.ui.frame.limits import RequestLimits
from wtnet.ui.frame.log import log_errors_only, log_event, log_failure, log_libraries, withhold_errors
from wtnet.ui.frame.middleware import OriginCheck, SafeHeaders, SignInReturn
from wtnet.ui.frame.modules import load_all
from wtnet.ui.frame.signed_out import SignOut
from wtnet.ui.frame.silent import close_silent

_LATER = "pyvis.network"
"""What the first picture needs, and the server does not."""
_COLLECTED = 30
"""Seconds between two collections of garbage."""


@cache
def _store() -> Store:
    """A way to the database beside the sessions' own, which is kept open."""
    return Store()


async def ready(_: Request) -> JSONResponse:
    """200 if the database answers, else 503: for a load balancer that decides whether to send people here."""
    try:
        await run_in_threadpool(lambda: _store().programmes())
    except WtnetError as error:
        log_event("not_ready", error=type(error).__name__)
        return JSONResponse({"ready": False, "database": "does not answer"}, status_code=503)
    return JSONResponse({"ready": True, "database": "answers"})


MIDDLEWARE = (
    Middleware(SafeHeaders),
    Middleware(RequestLimits),
    Middleware(KeyInAddress),
    Middleware(OriginCheck),
    Middleware(SignOut),
    Middleware(SignInReturn),
)
ROUTES = (Route("/ready", ready),)


@asynccontextmanager
async def running(_: object) -> AsyncIterator[None]:
    """The lifespan of the server; at the start it prints its address, and nothing else."""
    fault = sign_in.setup_fault()
    if fault:
        log_event(fault)
    print(key.address(key.is_wanted() and not fault and not sign_in.has_provider() and not sign_in.is_read_only()), flush=True)
    threading.Thread(target=_open_first, name="open", daemon=True).start()
    task = asyncio.create_task(_let_go())
    yield
    task.cancel()


def _open_first() -> None:
    """Load what only the first picture needs, open the database, with the samples at the very first start, and place the partners
    of the first programme, while the browser is still loading the page. Whatever goes wrong is said to the first visitor."""
    with log_errors_only("streamlit.runtime.scriptrunner_utils.script_run_context"), suppress(Exception):
        programmes = [programme.id for programme in cached.programmes()]
        first = "example" if "example" in programmes else programmes[0]
        cached.positions(first, cached.Edition(cached.revision(first), store=cached.store_id()))
        import_module(_LATER)


async def _let_go() -> None:
    """Twice a minute, end the sessions of windows that left some minutes ago.

    Streamlit ends them when the next window leaves: until then each keeps three file descriptors and all it worked out.
    """
    while True:
        await asyncio.sleep(_COLLECTED)
        if runtime.exists():
            end_left(getattr(runtime.get_instance(), "_session_mgr", None))


def end_left(sessions: object) -> int:
    """End the sessions that a manager of sessions keeps for windows that will not come back; how many these were."""
    expire = getattr(getattr(getattr(sessions, "_session_storage", None), "_cache", None), "expire", None)
    left = list(expire() or ()) if expire else []
    for _, info in left:
        info.session.shutdown()
    return len(left)


def failed(error: Exception) -> bool:
    """A page broke: log where, under a random number, and show the number in the place of the page."""
    number = log_failure("page_failed", error)
    st.error(
        f"**Something went wrong on this page.** Nothing that was stored is lost. Reload the page; if it happens again, tell "
        f"whoever runs this server the reference number **{number}**, under which the log says where.",
        icon=":material/error:",
    )
    return True


def warm() -> None:
    """Load what pages use before anybody comes, tell the garbage collector that it stays, and collect twice a minute.

    Streamlit would collect after every run of a page, with everybody waiting; that took four times as long as the pages
    (`runner.postScriptGC` is off), and left to itself Python waits until memory has grown by a quarter. If the server ever
    stands still, `kill -USR1` makes it say where each of its threads is.
    """
    if hasattr(signal, "SIGUSR1"):
        faulthandler.register(signal.SIGUSR1)
    limits.raise_open_files()
    close_silent()
    scratch.sweep()
    log_libraries()
    withhold_errors()
    say_why_no_file()
    # Streamlit asks a server outside for this computer's address, when it starts and when it judges where a request came from.
    net_util.get_external_ip = net_util.get_internal_ip = lambda: None
    # It would read about every package installed, in search of components; those of the screen are all here.
    manifest_scanner.scan_component_manifests = lambda max_workers=None: []
    # At its first element it would look for the source of every module, to tell who types at Python's prompt how to run a page.
    delta_generator._use_warning_has_been_displayed = True
    with log_errors_only(
        "streamlit.runtime.caching.cache_data_api"
    ):  # it warns of a cache that is declared before the server runs
        load_all()
    # Until `st.navigation` has run once, Streamlit takes a folder pages/ for an app of the older kind, and would run the file
    # behind the first visitor's link by itself: without the frame, the menu and the address.
    PagesManager.uses_pages_directory = False
    gc.freeze()
    gc.enable()
    threading.Thread(target=_collect, name="collect", daemon=True).start()


def _collect() -> None:
    while True:
        time.sleep(_COLLECTED)
        gc.collect()
