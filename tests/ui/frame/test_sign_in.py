"""Who sits at this computer, who is behind a proxy, and nobody at all where signing in is set up wrongly."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
import streamlit as st
from streamlit import config

from tests.support.app import opened, shown
from wtnet.ui.frame import sign_in

HERE = {"Host": "localhost:8501", "Origin": "http://localhost:8501"}


def _at(monkeypatch: pytest.MonkeyPatch, headers: dict[str, str], address: str | None = None) -> bool:
    monkeypatch.setattr(st, "context", SimpleNamespace(headers=headers, ip_address=address))
    return sign_in.at_this_computer()


@pytest.mark.parametrize(
    "headers",
    [HERE, {"Host": "127.0.0.1:8501"}, {"Host": "[::1]:8501", "Origin": "http://[::1]:8501"}, {"Host": "localhost"}, {}],
)
def test_whoever_opens_the_app_on_its_own_computer_is_there(monkeypatch: pytest.MonkeyPatch, headers: dict[str, str]) -> None:
    assert _at(monkeypatch, headers)


@pytest.mark.parametrize(
    "name",
    [
        "X-Forwarded-For",
        "X-Forwarded-Proto",
        "x-forwarded-host",
        "X-Forwarded-Server",
        "X-Real-Ip",
        "CF-Connecting-IP",
        "cf-ray",
        "True-Client-IP",
        "X-Client-IP",
        "Forwarded",
        "via",
    ],
)
def test_whatever_a_proxy_leaves_be_it_empty_means_elsewhere(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """A proxy on the same computer that is set up halfway makes nobody a lead."""
    assert not _at(monkeypatch, {**HERE, name: ""})


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "127.0.0.1:8501", "Origin": "http://localhost:8501"},
        {"Host": "localhost:8501", "Origin": "http://localhost:9999"},
        {"Host": "localhost:8501", "Origin": "null"},
        {"Host": "evil.example:8501", "Origin": "http://evil.example:8501"},
        {"Host": "localhost.evil.example"},
    ],
)
def test_a_page_of_another_host_or_port_is_not_this_computers(monkeypatch: pytest.MonkeyPatch, headers: dict[str, str]) -> None:
    assert not _at(monkeypatch, headers)


def test_another_address_is_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not _at(monkeypatch, HERE, "192.0.2.7") and _at(monkeypatch, HERE, "127.0.0.1")


@pytest.fixture
def secrets(tmp_path: Path) -> Iterator[Path]:
    """Where the server's secrets would be; there is no file yet."""
    before = config.get_option("secrets.files")
    config.set_option("secrets.files", [str(tmp_path / "secrets.toml")])
    sign_in._say_once.cache_clear()
    yield tmp_path / "secrets.toml"
    config.set_option("secrets.files", before)


def test_secrets_that_cannot_be_read_let_nobody_in(
    database: str,
    secrets: Path,
    app_log: pytest.LogCaptureFixture,
) -> None:
    """A missing quotation mark makes nobody a lead; the log says what is wrong, and not what is in the file."""
    assert "You lead" in shown(opened("pages/side_by_side.py"))
    secrets.write_text('[auth]\nredirect_uri = "http://x/oauth2callback\n')
    said = shown(opened("pages/side_by_side.py"))
    assert "Nobody can be let in just now" in said and "You lead" not in said and "Shared Light" not in said
    assert [(one.msg, one.particulars) for one in app_log.records if one.name == "wtnet"] == [("secrets_unreadable", {})]


def test_a_folder_or_letters_in_place_of_secrets_let_nobody_in(secrets: Path) -> None:
    assert sign_in.setup_fault() == ""
    secrets.write_bytes(b"\xff\xfe\x00")
    assert sign_in.setup_fault() == "secrets_unreadable"
    secrets.unlink()
    secrets.mkdir()
    assert sign_in.setup_fault() == "secrets_unreadable"


def test_leads_without_a_way_to_sign_in_let_nobody_in(
    database: str,
    secrets: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whoever names leads means people to sign in; that they cannot is a mistake, and no reason to let anybody lead."""
    monkeypatch.setenv("WTNET_LEADS", "ann@x.org")
    said = shown(opened("pages/side_by_side.py"))
    assert "Nobody can be let in just now" in said and "You lead" not in said
    monkeypatch.setenv("WTNET_READ_ONLY", "1")
    assert "Open to everybody" in shown(opened("pages/side_by_side.py"))
