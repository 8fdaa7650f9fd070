"""Who sits at this computer, who is behind a proxy, and nobody at all where signing in is set up wrongly."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from secrets import token_hex, token_urlsafe
from types import SimpleNamespace

import pytest
import streamlit as st
from streamlit import config
from streamlit.runtime.secrets import secrets_singleton

from tests.support.app import opened, shown
from wtnet.access.secret import is_weak
from wtnet.ui.frame import key, sign_in

HERE = {"Host": "localhost:8501", "Origin": "http://localhost:8501"}


def _at(
    monkeypatch: pytest.MonkeyPatch, headers: dict[str, str], address: str | None = None, cookies: dict[str, str] | None = None
) -> bool:
    monkeypatch.setattr(st, "context", SimpleNamespace(headers=headers, ip_address=address, cookies=cookies or {}))
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
def own_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The key of this computer, which is asked for."""
    monkeypatch.setenv("WTNET_LOCAL_KEY", "1")
    monkeypatch.setattr(key, "data_folder", lambda: tmp_path)
    key.key.cache_clear()
    yield key.key()
    key.key.cache_clear()


def test_coming_from_this_computer_proves_nothing_without_the_key(monkeypatch: pytest.MonkeyPatch, own_key: str) -> None:
    """Another user of the computer comes from it, and so does whoever comes through a forwarder that leaves no header."""
    name = key._cookie()
    assert not _at(monkeypatch, HERE) and not _at(monkeypatch, HERE, cookies={name: "wrong"})
    assert not _at(monkeypatch, HERE, cookies={"another": own_key}) and not _at(monkeypatch, HERE, cookies={name: ""})
    assert _at(monkeypatch, HERE, cookies={name: own_key})


def test_the_key_alone_makes_nobody_a_lead_from_elsewhere(monkeypatch: pytest.MonkeyPatch, own_key: str) -> None:
    cookies = {key._cookie(): own_key}
    assert not _at(monkeypatch, {**HERE, "Via": ""}, cookies=cookies) and not _at(monkeypatch, HERE, "192.0.2.7", cookies)


def test_a_key_that_others_may_read_is_not_used(own_key: str, tmp_path: Path) -> None:
    (tmp_path / "key").chmod(0o644)
    key.key.cache_clear()
    assert key.key() != own_key
    (tmp_path / "key").chmod(0o600)
    key.key.cache_clear()
    assert key.key() == own_key


def test_whoever_lacks_the_key_is_told_how_to_lead(database: str, own_key: str) -> None:
    said = shown(opened("pages/side_by_side.py"))
    assert "You lead" not in said and "open the address that was printed where this was started" in said


@pytest.fixture
def secrets(tmp_path: Path) -> Iterator[Path]:
    """Where the server's secrets would be; there is no file yet."""
    before = config.get_option("secrets.files")
    config.set_option("secrets.files", [str(tmp_path / "secrets.toml")])
    sign_in._say_once.cache_clear()
    secrets_singleton._reset()
    yield tmp_path / "secrets.toml"
    secrets_singleton._reset()
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


def _with_secret(secret: str) -> str:
    return f'[auth]\nredirect_uri = "http://x/oauth2callback"\ncookie_secret = "{secret}"\n'


@pytest.mark.parametrize(
    "secret",
    [
        "",
        "short",
        "x" * 64,
        "a long random text: python -c 'import secrets; print(secrets.token_hex(32))'",
        "a long random text of your own, of 32 characters or more",
        "change-me-change-me-change-me-change-me",
    ],
)
def test_a_sample_and_a_short_secret_let_nobody_in(database: str, secrets: Path, secret: str) -> None:
    """Whoever knows the secret signs in as anybody."""
    secrets.write_text(_with_secret(secret))
    assert sign_in.setup_fault() == "cookie_secret_weak"
    said = shown(opened("pages/side_by_side.py"))
    assert "Nobody can be let in just now" in said and "You lead" not in said


def test_a_secret_that_was_drawn_is_taken(secrets: Path) -> None:
    for draw in (token_hex, token_urlsafe):
        for _ in range(200):
            secret = draw(32)
            assert not is_weak(secret), secret
    assert not is_weak("wzk2BgwY70W8BFZCdLhuynbxXxOizbfeeSm1KH44Fm8")  # three of a letter, as one draw in eight hundred has
    secrets.write_text(_with_secret(token_hex(32)))
    assert sign_in.setup_fault() == ""


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
