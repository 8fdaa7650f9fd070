"""A browser window that keeps everything that reaches it: frames of the socket, answers, downloads, opened up."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import polars as pl

from tests.support.browser import done, fresh, turn


class Listener:
    """One window on the app with all that it received."""

    def __init__(self, browser: Any, address: str) -> None:
        self.address = address
        self.page = fresh(browser, viewport={"width": 1280, "height": 900})
        self.context = self.page.context
        self.frames: list[bytes] = []
        self.files: dict[str, bytes] = {}
        self._answers: list[Any] = []
        self._bodies: list[bytes] = []
        self.page.on("websocket", lambda ws: ws.on("framereceived", self._keep))
        self.page.on("response", self._answered)

    def _answered(self, answer: Any) -> None:
        self._answers.append(answer)

    def _keep(self, frame: Any) -> None:
        self.frames.append(frame if isinstance(frame, bytes) else str(frame).encode())

    def open(self, path: str) -> None:
        """Open a page by its address, in a session of its own, and wait until all of it is there."""
        self.page.goto(self.address + path)
        self.quiet()

    def turn(self, path: str) -> None:
        """Go on to a page in the same session, as Back and Forward do; all that makes it comes over the socket."""
        turn(self.page, path)
        self.quiet()

    def quiet(self) -> None:
        """Wait until the script has run, and all that it sent has arrived and is drawn."""
        done(self.page)
        self._unpack()

    def _unpack(self) -> None:
        """Keep what the answers hold, before the window goes on to another page; not the files of Streamlit's package."""
        answers, self._answers = self._answers, []
        self._bodies += [_body(answer) for answer in answers if "/static/" not in answer.url]

    def text(self) -> str:
        """What can be read in the window."""
        return str(self.page.locator("body").inner_text())

    def draft(self) -> None:
        """On the page of the talk, make a first draft where there is none."""
        button = self.page.get_by_role("button", name="Draft our story")
        if button.count():
            button.first.click()
            self.quiet()
            self.page.get_by_role("button", name="Present full screen").wait_for()
            self.quiet()

    def take_all(self) -> None:
        """Press every button that gives a file, and keep the files."""
        buttons = self.page.get_by_test_id("stDownloadButton")
        for at in range(buttons.count()):
            with self.page.expect_download() as download:
                buttons.nth(at).get_by_role("button").click()
            name = download.value.suggested_filename
            self.files[name] = Path(download.value.path()).read_bytes()
            self.quiet()

    def data(self) -> bytes:
        """Everything, files unpacked, as one heap of bytes."""
        self._unpack()
        heap = [*self.frames, *self._bodies]
        for name, data in self.files.items():
            heap += [name.encode(), *_opened(data)]
        return b"\n".join(heap)

    def found(self, texts: Iterable[str]) -> list[str]:
        """Which of these texts arrived, as they are or as JSON and XML write them."""
        heap = pl.Series([self.data().decode("latin-1")])
        forms = {form.decode("latin-1"): text for text in texts for form in _forms(text)}
        if not forms:
            return []
        arrived = {forms[form] for form in heap.str.extract_many(list(forms), overlapping=True)[0]}
        return sorted(arrived)


def _forms(text: str) -> set[bytes]:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return {text.encode(), text.encode("unicode_escape"), escaped.encode(), escaped.replace("'", "&#39;").encode()}


def _body(answer: Any) -> bytes:
    try:
        return bytes(answer.body())
    except Exception:  # a redirect has none
        return b""


def _opened(data: bytes) -> list[bytes]:
    """A file and, if it is an archive or a PDF, what is in it."""
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return [part for one in packed.namelist() for part in (one.encode(), *_opened(packed.read(one)))]
    if data[:4] == b"%PDF":
        return [data, *_pdf(data)]
    return [data]


def _pdf(data: bytes) -> list[bytes]:
    import pikepdf

    found = []
    with pikepdf.open(io.BytesIO(data)) as document:
        for one in document.objects:
            if isinstance(one, pikepdf.Dictionary):  # alternative texts and titles are strings of the structure
                found += [str(value).encode() for value in dict(one).values() if isinstance(value, pikepdf.String)]
    if shutil.which("pdftotext"):
        found.append(subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True).stdout)
    return found
