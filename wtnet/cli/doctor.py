"""The command that looks whether this program is set up right, and says what to mend: doctor."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tomllib
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

from wtnet.access.secret import SHORTEST, is_weak
from wtnet.cli import printing
from wtnet.cli.exit_codes import FINE, PROBLEMS
from wtnet.errors import StoreError
from wtnet.store import Store
from wtnet.store.connect import VARIABLE, data_folder, default_url

_ROOT = Path(__file__).parents[2]
_ROOM = 1_000_000_000
"""The fewest free bytes beside the database."""
_DRAW = 'python -c "import secrets; print(secrets.token_hex(32))"'
GOOD, TO_MEND, TOLD = "good", "MEND", "note"
Finding = tuple[str, str, str]
"""How it is, what was looked at, and a sentence."""


def doctor(options: argparse.Namespace) -> int:
    """Look at versions, settings, secrets, database, disk and, with an address, the server; say what to mend."""
    findings = [*_versions(), *_settings(), *_secrets(), *_database(options.database), *_disk(options.database)]
    findings += _server(options.url) if options.url else [(TOLD, "proxy", "Not looked at: give the server's address (--url).")]
    printing.as_table(("", "what", "how it is"), findings)
    return PROBLEMS if any(state == TO_MEND for state, _, _ in findings) else FINE


def _versions() -> Iterator[Finding]:
    """Python, and each library that is asked for, fonts among them."""
    version = ".".join(map(str, sys.version_info[:3]))
    enough = sys.version_info >= (3, 11)
    yield (GOOD if enough else TO_MEND), "Python", version if enough else f"{version}: install Python 3.11 or newer."
    other = []
    try:
        lines = (_ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    except OSError:
        yield TO_MEND, "libraries", "requirements.txt is not there: take the whole folder of the program."
        return
    for requirement in map(Requirement, _pins(lines)):
        if requirement.marker and not requirement.marker.evaluate():
            continue
        wanted = str(requirement.specifier).removeprefix("==")
        try:
            there = metadata.version(requirement.name)
        except metadata.PackageNotFoundError:
            there = "missing"
        if there != wanted:
            other.append(f"{requirement.name} {there} in the place of {wanted}")
    words = f"{', '.join(other[:6])}: run pip install -r requirements.txt." if other else "as they are asked for, fonts too."
    yield (TO_MEND if other else GOOD), "libraries", words


def _pins(lines: Sequence[str]) -> Iterator[str]:
    """The libraries of a lock, "polars==2.1.0; marker", without their checksums and comments."""
    for line in lines:
        pin = line.partition(" #")[0].strip(" \\")
        if pin and not pin.startswith(("#", "-")):
            yield pin


def _settings() -> Iterator[Finding]:
    """Where the server listens, and what the environment says."""
    address = _toml(_ROOT / ".streamlit" / "config.toml").get("server", {}).get("address")
    address = os.environ.get("STREAMLIT_SERVER_ADDRESS") or address
    here = address in ("127.0.0.1", "localhost", "::1")
    words = f"{address}: this computer alone." if here else f"{address or 'every interface'}: whoever reaches this computer."
    yield (GOOD if here else TOLD), "listens on", words
    trusting = os.environ.get("WTNET_LOCAL_KEY", "") in ("", "0")
    if trusting and not here:
        yield TO_MEND, "WTNET_LOCAL_KEY", "Not set: every user of this computer leads. Set it to 1 on a server others reach."
    elif trusting:
        yield TOLD, "WTNET_LOCAL_KEY", "Not set: every user of this computer leads, without the key."
    for name in ("WTNET_READ_ONLY", "WTNET_TRUST_EMAIL"):
        if os.environ.get(name, "") not in ("", "0"):
            yield TOLD, name, "Set: see docs/server.md for what it does."
    yield from _private("key", data_folder() / "key")


def _secrets() -> Iterator[Finding]:
    """Whether people sign in, and with what secret their cookies are signed."""
    path = _ROOT / ".streamlit" / "secrets.toml"
    leads = os.environ.get("WTNET_LEADS", "").strip()
    if not path.exists():
        words = "WTNET_LEADS is set, and nobody can sign in: write .streamlit/secrets.toml (docs/server.md)."
        yield (TO_MEND, "signing in", words) if leads else (TOLD, "signing in", "Not set up: who has the key leads, others look.")
        return
    try:
        auth: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8")).get("auth", {})
    except (OSError, ValueError):
        yield TO_MEND, "secrets.toml", "Cannot be read, so nobody is let in: look for a quotation mark that is missing."
        return
    yield from _private("secrets.toml", path)
    if is_weak(str(auth.get("cookie_secret", ""))):
        words = f"Short (under {SHORTEST} characters) or a sample, so nobody is let in: put in what this prints: {_DRAW}"
        yield TO_MEND, "cookie_secret", words
    missing = [name for name in ("redirect_uri", "client_id", "client_secret", "server_metadata_url") if not auth.get(name)]
    if missing:
        yield TO_MEND, "signing in", f"[auth] lacks {', '.join(missing)}: see docs/server.md."
    elif not str(auth["redirect_uri"]).endswith("/oauth2callback"):
        yield TO_MEND, "redirect_uri", "Has to end in /oauth2callback."
    else:
        yield (
            GOOD,
            "signing in",
            "set up." if leads else "set up; WTNET_LEADS names nobody, so only roles stored on Sharing lead.",
        )


def _private(what: str, path: Path) -> Iterator[Finding]:
    if os.name != "nt" and path.exists():
        shut = not path.stat().st_mode & 0o077
        yield (GOOD if shut else TO_MEND), what, "for its owner alone." if shut else f"Others may read it: chmod 600 {path}"


def _database(url: str | None) -> Iterator[Finding]:
    """Whether the database opens and can be written."""
    named = "named by WTNET_DATABASE_URL" if os.environ.get(VARIABLE) and not url else "this computer's own"
    if _file(url) is not None and not _file(url).exists():  # type: ignore[union-attr]
        yield TOLD, "database", f"{named}: not there yet; the first start makes it."
        return
    try:
        with Store(url) as store:
            count = len(store.programmes())
            store.amend("doctor", lambda before: None)
    except StoreError as error:
        yield TO_MEND, "database", str(error)
        return
    yield GOOD, "database", f"{named}: opens and can be written; programmes: {count}."


def _file(url: str | None) -> Path | None:
    address = url or default_url()
    return Path(address.removeprefix("sqlite:///")) if address.startswith("sqlite:///") else None


def _disk(url: str | None) -> Iterator[Finding]:
    """Whether there is room beside the database."""
    place = (_file(url) or data_folder()).parent
    while not place.exists() and place != place.parent:
        place = place.parent
    free = shutil.disk_usage(place).free
    words = f"{free / 1e9:.1f} GB free in {place}."
    yield (GOOD, "disk", words) if free > _ROOM else (TO_MEND, "disk", f"{words} Make room: at least 1 GB.")


def _server(url: str) -> list[Finding]:
    """What the server answers at its own address: whether it is ready, and whether a proxy passes on how it was asked."""
    base, findings = url.rstrip("/"), []
    try:
        status, headers = _asked(f"{base}/ready")
    except (OSError, ValueError) as error:
        return [(TO_MEND, "server", f"{base} does not answer ({error}): see that it runs and that the proxy reaches it.")]
    findings.append((GOOD if status == 200 else TO_MEND, "server", "ready." if status == 200 else f"/ready answers {status}."))
    if base.startswith("https"):
        passed = "strict-transport-security" in headers
        words = (
            "says that it was asked by https." if passed else "Let it set X-Forwarded-Proto and X-Forwarded-For (docs/server.md)."
        )
        findings.append((GOOD if passed else TO_MEND, "proxy", words))
    else:
        findings.append((TOLD, "proxy", "Asked by http: on a server others reach, let it be https."))
    return findings


def _asked(address: str) -> tuple[int, dict[str, str]]:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return answer.status, {name.lower(): value for name, value in answer.headers.items()}
    except urllib.error.HTTPError as error:
        return error.code, {name.lower(): value for name, value in error.headers.items()}


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
