"""The app without a browser: its pages, a page as a link opens it, what is read there, and names that mean harm."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import polars as pl
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime import Runtime
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.runtime.secrets import Secrets
from streamlit.testing.v1 import AppTest, app_test, local_script_runner
from streamlit.testing.v1.local_script_runner import LocalScriptRunner

from tests.support.paths import ROOT
from wtnet.tables import Tables, check
from wtnet.tables.model import Raw, RawTable

PAGES = sorted(re.findall(r'st\.Page\(\s*"(pages/[a-z_]+\.py)"', (ROOT / "app.py").read_text(encoding="utf-8")))
PATHS = [page.removeprefix("pages/").removesuffix(".py") for page in PAGES]
"""The same as their addresses have them."""
HOME = "pages/side_by_side.py"
LEAD_ONLY = {"pages/data.py", "pages/history.py", "pages/sharing.py", "pages/survey.py"}
WITHOUT_PROGRAMME = {"pages/start.py", "pages/accessibility.py"}
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "=cmd|' /C calc'!A0",
    "**bold** :red[x] $x^2$ `code`",
    "مستشفى",
    "🏛️",
    "x" * 300,
]


def _through_the_app() -> None:
    """Let every run of an `AppTest` go through `app.py`, as it does in a server once it has started.

    By itself it would take the folder `pages/` for an app of the older kind and run the page alone: without the frame, the
    menu and the address. It would also look for components in every package that is installed, anew for each run.
    """
    begin = PagesManager.__init__

    def begin_without_folder(self: PagesManager, *args: Any, **more: Any) -> None:
        begin(self, *args, **more)
        PagesManager.uses_pages_directory = False

    PagesManager.__init__ = begin_without_folder  # type: ignore[method-assign]
    manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


def _no_work_twice() -> None:
    """Let runs share the compiled scripts, as sessions of a server do, and wait for the end of one without asking on and on.

    Each run looks anew for a file of secrets, and would have it watched until the tests end. What stands for the server is made
    once.
    """
    server = app_test.MagicMock(spec=Runtime)
    vars(app_test)["MagicMock"] = lambda spec: server
    Secrets._maybe_install_file_watchers = lambda self: None  # type: ignore[method-assign]
    compiled = ScriptCache()
    for module in (app_test, local_script_runner):
        vars(module)["ScriptCache"] = lambda: compiled
    ask = local_script_runner.require_widgets_deltas

    def wait(runner: LocalScriptRunner, timeout: float = 3) -> None:
        if runner._script_thread is not None:
            runner._script_thread.join(timeout)
        ask(runner, 1)

    local_script_runner.require_widgets_deltas = wait


_through_the_app()
_no_work_twice()


def opened(page: str, session: Mapping[str, Any] | None = None, /, **params: str | list[str]) -> AppTest:
    """A page as a link with these choices opens it, in a session that holds something already or in a new one."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    for name, value in (session or {}).items():
        app.session_state[name] = value
    if page != HOME:
        app.switch_page(page)
    for name, choice in params.items():
        app.query_params[name] = choice
    return unbroken(app.run())


def unbroken(app: AppTest) -> AppTest:
    """The same app, which ran without an error."""
    assert not app.exception, [error.message for error in app.exception]
    return app


def press(app: AppTest, label: str) -> AppTest:
    """Press the first button of this label; a dialog it opens is part of the next run."""
    return unbroken(next(button for button in app.button if button.label == label).click().run())


def shown(app: AppTest) -> str:
    """All sentences on the page, without what escapes Markdown."""
    kinds = (app.markdown, app.caption, app.info, app.error, app.warning, app.title, app.header, app.subheader, app.success)
    return "\n".join(str(element.value) for kind in kinds for element in kind).replace("\\", "")


def hostile(rows: list[tuple[str, str, str]]) -> Tables:
    """Partners given as id, name and kind, checked as a file would be; a pilot, ratings and a quote with hostile words."""
    organisations = pl.DataFrame(rows, schema=["id", "name", "kind"], orient="row").with_columns(
        _row=pl.int_range(2, len(rows) + 2)
    )
    pilots = pl.DataFrame({"id": ["q"], "name": [HOSTILE[1]], "lead": ["p0"], "target_group": [HOSTILE[3]], "_row": [2]})
    waves = pl.DataFrame({"id": ["w"], "name": [HOSTILE[0]], "date": ["2024-01-01"], "_row": [2]})
    ratings = pl.DataFrame(
        {
            "wave": ["w"] * 6,
            "rater": [f"p{i}" for i in range(6)],
            "partner": [f"p{i + 1}" for i in range(6)],
            "level": ["3"] * 6,
            "_row": range(2, 8),
        }
    )
    quotes = pl.DataFrame({"text": [HOSTILE[0]], "pilot": ["q"], "attribution": [HOSTILE[1]], "sharing": ["public"], "_row": [2]})
    tables = {"organisations": organisations, "pilots": pilots, "waves": waves, "ratings": ratings, "quotes": quotes}
    checked = check(Raw("workbook", tuple(RawTable(name, frame, "hostile.xlsx", name) for name, frame in tables.items())))
    assert checked.ok, checked.problems
    return checked.tables
