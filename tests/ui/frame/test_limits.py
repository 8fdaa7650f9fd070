"""What the server takes from a browser: what no page needs is closed, and nobody sends more than they were asked for."""

from __future__ import annotations

import asyncio
import importlib
from typing import Any

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from wtnet.ui.frame import limits
from wtnet.ui.frame.limits import PARTS, Grant, Pace, RequestLimits, is_closed, is_needed

Message = dict[str, Any]


def _message(kind: str) -> Message:
    message = BackMsg()
    field = BackMsg.DESCRIPTOR.fields_by_name[kind]
    if field.message_type:
        getattr(message, kind).SetInParent()
    else:
        setattr(message, kind, True)
    return {"type": "websocket.receive", "bytes": message.SerializeToString()}


def test_every_message_that_streamlit_knows_is_decided_on() -> None:
    """An update of Streamlit that brings another message has to be looked at; until then it is dropped."""
    closed = {"clear_cache", "set_run_on_save", "load_git_info", "debug_disconnect_websocket", "debug_shutdown_runtime"}
    known = {field.name for field in BackMsg.DESCRIPTOR.oneofs_by_name["type"].fields}
    assert known == closed | set(limits.MESSAGES)
    assert not any(is_needed(_message(kind)) for kind in closed)
    assert all(is_needed(_message(kind)) for kind in limits.MESSAGES if kind != "backend_operation_request")


def test_every_operation_that_a_window_may_ask_for_is_decided_on() -> None:
    """One would install files for programming tools beside the program."""
    field = BackMsg.DESCRIPTOR.fields_by_name["backend_operation_request"].message_type
    known = {payload.name for payload in field.oneofs_by_name["payload"].fields}
    assert known == {*limits.OPERATIONS, "install_skills", "dismiss_skills_nudge"}
    for name in known:
        message = BackMsg()
        getattr(message.backend_operation_request, name).SetInParent()
        sent = {"type": "websocket.receive", "bytes": message.SerializeToString()}
        assert is_needed(sent) == (name in limits.OPERATIONS)


def test_every_path_of_streamlits_own_is_decided_on() -> None:
    """The same of paths."""
    paths = set()
    for name in ("routes", "websocket", "agent_routes"):
        module = vars(importlib.import_module(f"streamlit.web.server.starlette.starlette_{name}"))
        paths |= {value for key, value in module.items() if "ROUTE" in key and isinstance(value, str)}
    own = {"/" + path.partition("/{")[0] for path in paths if path.startswith(("_stcore/", "component/"))}
    open_ = {f"/_stcore/{name}" for name in limits.PATHS}
    agent = {f"/_stcore/agent/{name}" for name in ("interact", "openapi.json", "mcp")}
    assert own == open_ | agent | {"/_stcore/metrics", "/_stcore/script-health-check", "/component"}
    assert {path for path in own if is_closed(f"{path}/x")} == own - open_


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/base/_stcore/metrics", "/_stcore/agent/mcp", "/_stcore/", "/_stcore"])
def test_figures_of_the_process_and_other_doors_are_closed(path: str) -> None:
    assert is_closed(path)


@pytest.mark.parametrize("path", ["/", "/partners", "/media/abc.png", "/static/js/x.js", "/_stcore/health", "/auth/login"])
def test_what_a_page_needs_is_open(path: str) -> None:
    assert not is_closed(path)


class Window:
    """A window that sends some messages to an app which notes what reaches it."""

    def __init__(self) -> None:
        self.reached: list[Message] = []
        self.sent: list[Message] = []

    async def app(self, scope: Message, receive: Any, send: Any) -> None:
        """Take everything until the window is closed."""
        while (message := await receive())["type"] != "websocket.disconnect":
            self.reached.append(message)
            if scope["type"] == "http" and not message.get("more_body"):
                return

    async def send(self, message: Message) -> None:
        """What the window receives."""
        self.sent.append(message)

    def run(self, scope: Message, messages: list[Message], around: RequestLimits | None = None) -> None:
        """Send these messages through the limits."""
        waiting = iter(messages)

        async def receive() -> Message:
            return next(waiting, {"type": "websocket.disconnect"})

        asyncio.run((around or RequestLimits(self.app))(scope, receive, self.send))


SOCKET = {"type": "websocket", "path": "/_stcore/stream", "client": ("192.0.2.7", 1)}


def test_a_flood_that_would_clear_everybodys_cache_reaches_nobody() -> None:
    window = Window()
    window.run(SOCKET, [_message("clear_cache")] * 20 + [_message("rerun_script")])
    assert window.reached == [_message("rerun_script")]


def test_a_message_of_more_choices_than_any_page_has_reaches_nobody() -> None:
    """200,000 of them in 9 MB took the server four seconds, ten times a second."""
    many, known, few = BackMsg(), BackMsg(), BackMsg()
    many.rerun_script.widget_states.widgets.extend([WidgetState(id="a", bool_value=True)] * (PARTS + 1))
    known.rerun_script.cached_message_hashes.extend(["a"] * (PARTS + 1))
    few.rerun_script.widget_states.widgets.extend([WidgetState(id="a", bool_value=True)] * PARTS)
    messages = [{"type": "websocket.receive", "bytes": message.SerializeToString()} for message in (many, known, few)]
    window = Window()
    window.run(SOCKET, messages)
    assert window.reached == messages[2:]


def test_a_window_that_sends_too_fast_is_read_more_slowly_and_loses_nothing() -> None:
    pace = Pace(10, 40)
    delays = [pace.wait(100.0) for _ in range(60)]
    assert delays[:40] == [0.0] * 40 and delays[-1] == pytest.approx(2.0)
    assert pace.wait(200.0) == 0.0


def test_more_windows_than_one_address_may_open_are_refused_and_others_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "WINDOWS_OF_ONE", 2)
    window = Window()
    around = RequestLimits(window.app)
    around._windows["192.0.2.7"] = 2
    window.run(SOCKET, [{"type": "websocket.connect"}], around)
    assert window.sent == [{"type": "websocket.close", "code": 1013}] and not window.reached
    window.run({**SOCKET, "client": ("192.0.2.8", 1)}, [{"type": "websocket.connect"}], around)
    assert window.reached and around._windows["192.0.2.8"] == 0 and "192.0.2.8" not in around._paces


def _upload(session: str, *bodies: bytes) -> Window:
    window = Window()
    scope = {"type": "http", "method": "PUT", "path": f"/_stcore/upload_file/{session}/f", "client": ("192.0.2.7", 1)}
    window.run(
        scope, [{"type": "http.request", "body": body, "more_body": at < len(bodies) - 1} for at, body in enumerate(bodies)]
    )
    return window


def test_a_file_that_no_page_asked_for_is_refused() -> None:
    """Before signing in, as a viewer, on another page: the window exists and may send nothing."""
    window = _upload("nobody", b"x")
    assert window.sent[0]["status"] == 403 and not window.reached


def test_a_window_may_send_what_it_was_asked_for_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(limits._grants, "asked", Grant(10, 3))
    assert _upload("asked", b"12345").reached[0]["body"] == b"12345"
    assert [message["type"] for message in _upload("asked", b"1234", b"56789").reached] == ["http.request", "http.disconnect"]
    assert _upload("asked", b"1").sent[0]["status"] == 403


def test_why_a_file_may_not_be_sent_is_said_with_the_number_that_was_reached() -> None:
    assert "asks for no file" in limits.no_upload(None)
    assert "600 files" in limits.no_upload(Grant(10, 0)) and "300 MB" in limits.no_upload(Grant(0, 5))


def _page(around: RequestLimits, window: Window, accept: bytes = b"text/html,*/*", path: str = "/partners") -> Window:
    scope = {"type": "http", "method": "GET", "path": path, "client": ("192.0.2.7", 1), "headers": [(b"accept", accept)]}
    window.run(scope, [{"type": "http.request", "body": b"", "more_body": False}], around)
    return window


def test_whoever_comes_when_there_is_no_room_reads_why_and_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page would open and never become one; its files, and what others have open, go on."""
    window = Window()
    around = RequestLimits(window.app)
    assert _page(around, window).reached and not window.sent, "there is room"
    monkeypatch.setattr(limits, "files_left", lambda: limits.SPARE_FILES - 1)
    around._windows["192.0.2.8"] = 150
    refused = _page(around, Window())
    words = refused.sent[1]["body"].decode()
    assert refused.sent[0]["status"] == 503 and not refused.reached
    assert "150 windows are open" in words and "Nothing that was stored is lost" in words and "try again" in words
    for accept, path in ((b"*/*", "/static/x.js"), (b"application/json", "/ready")):
        window.reached.clear()
        assert _page(around, window, accept, path).reached
    closed = Window()
    closed.run(SOCKET, [_message("rerun_script")], around)
    assert [message["type"] for message in closed.sent] == ["websocket.close"]


def test_the_server_takes_as_many_files_as_the_system_gives_it(monkeypatch: pytest.MonkeyPatch) -> None:
    resource = pytest.importorskip("resource")
    left = limits.files_left()
    with open(__file__, "rb"):
        assert limits.files_left() == left - 1 or left == float("inf")
    asked: list[tuple[int, int]] = []
    monkeypatch.setattr(resource, "setrlimit", lambda _, both: asked.append(both))
    for soft, hard in ((1_024, 524_288), (1_024, 1_024), (70_000, 524_288), (256, resource.RLIM_INFINITY)):
        monkeypatch.setattr(resource, "getrlimit", lambda _, both=(soft, hard): both)
        limits.raise_open_files()
    assert asked == [(65_536, 524_288), (65_536, resource.RLIM_INFINITY)]
