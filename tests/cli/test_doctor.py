"""The doctor: nothing to mend where all is right, and a sentence that says what to do where something is not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from wtnet.cli import doctor

SETTINGS = '[server]\naddress = "127.0.0.1"\n'
AUTH = """[auth]
redirect_uri = "https://wtnet.example.org/oauth2callback"
cookie_secret = "{secret}"
client_id = "x"
client_secret = "x"
server_metadata_url = "https://login.example.org/x"
"""
DRAWN = "q8Zt3vKp7Lw2Rn5Xy9Bd4Hm6Js1Tc0Gf"


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of the program, set up right, with nothing of this computer's own."""
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "config.toml").write_text(SETTINGS)
    (tmp_path / "requirements.txt").write_text("# what is needed\n")
    monkeypatch.setattr(doctor, "_ROOT", tmp_path)
    monkeypatch.setattr(doctor, "data_folder", lambda: tmp_path / "data")
    for name in ("WTNET_LEADS", "WTNET_LOCAL_KEY", "STREAMLIT_SERVER_ADDRESS", "WTNET_READ_ONLY"):
        monkeypatch.delenv(name, raising=False)
    yield tmp_path


def _secrets(house: Path, secret: str, mode: int = 0o600) -> None:
    path = house / ".streamlit" / "secrets.toml"
    path.write_text(AUTH.format(secret=secret))
    path.chmod(mode)


def test_nothing_is_to_be_mended_where_all_is_right(house: Path, database: str, run: Callable[..., tuple[int, str, str]]) -> None:
    _secrets(house, DRAWN)
    code, out, _ = run("doctor")
    assert code == 0 and "MEND" not in out and "opens and can be written; programmes: 2" in out


def test_a_start_of_ones_own_needs_nothing(house: Path, no_database: str, run: Callable[..., tuple[int, str, str]]) -> None:
    """Before the first start too, and nothing is made by looking."""
    code, out, _ = run("doctor")
    assert code == 0 and "the first start makes it" in out and not Path(no_database.removeprefix("sqlite:///")).exists()


def _weak(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _secrets(house, "change me")


def _open(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _secrets(house, DRAWN, 0o644)


def _broken(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (house / ".streamlit" / "secrets.toml").write_text("[auth")


def _leads(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WTNET_LEADS", "ann@x.org")


def _trusting(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (house / ".streamlit" / "config.toml").write_text('[server]\naddress = "0.0.0.0"\n')


def _old(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (house / "requirements.txt").write_text("polars==0.0.1 \\\n    --hash=sha256:0\nno-such-library==1\n")


def _no_database(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (house / "letter.db").write_text("Dear all, " * 200)
    monkeypatch.setenv("WTNET_DATABASE_URL", f"sqlite:///{house}/letter.db")


def _full(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_ROOM", 1 << 80)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (_weak, "put in what this prints"),
        (_open, "chmod 600"),
        (_broken, "look for a quotation mark"),
        (_leads, "nobody can sign in"),
        (_trusting, "Set it to 1 on a server others reach"),
        (_old, "no-such-library missing"),
        (_no_database, "is not a database"),
        (_full, "Make room"),
    ],
)
def test_what_is_wrong_is_said_with_what_to_do(
    house: Path,
    database: str,
    run: Callable[..., tuple[int, str, str]],
    monkeypatch: pytest.MonkeyPatch,
    wrong: Callable[[Path, pytest.MonkeyPatch], None],
    words: str,
) -> None:
    wrong(house, monkeypatch)
    code, out, _ = run("doctor")
    assert code == 1 and "MEND" in out and words in " ".join(out.split())


def test_a_server_that_does_not_answer_is_said(house: Path, database: str, run: Callable[..., tuple[int, str, str]]) -> None:
    code, out, _ = run("doctor", "--url", "http://127.0.0.1:9")
    assert code == 1 and "does not answer" in out
