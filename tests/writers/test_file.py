"""A file is written whole or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.paths import ROOT
from wtnet.errors import InvalidRequest
from wtnet.writers.file import save


def test_the_bytes_are_there_and_nothing_else(tmp_path: Path) -> None:
    save(tmp_path / "x.gexf", b"new")
    assert (tmp_path / "x.gexf").read_bytes() == b"new"
    assert [one.name for one in tmp_path.iterdir()] == ["x.gexf"]


def test_a_file_that_was_there_is_replaced_and_keeps_who_may_read_it(tmp_path: Path) -> None:
    old = tmp_path / "x.csv"
    old.write_bytes(b"old")
    old.chmod(0o640)
    save(str(old), b"new")
    assert old.read_bytes() == b"new" and old.stat().st_mode & 0o777 == 0o640


def test_a_new_file_may_be_read_by_whoever_may_read_other_new_files(tmp_path: Path) -> None:
    (tmp_path / "other").write_bytes(b"")
    save(tmp_path / "x", b"")
    assert (tmp_path / "x").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    save(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink() and (tmp_path / "real").read_bytes() == b"new"


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("nowhere/x.csv", "no such folder"),
        (".", "that is a folder"),
        ("file/x.csv", "part of that path is a file"),
        ("x" * 300, "name is too long"),
    ],
)
def test_a_place_that_cannot_be_written_is_said_in_a_sentence(name: str, why: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(InvalidRequest, match=why):
        save(tmp_path / name, b"new")
    assert [one.name for one in tmp_path.iterdir()] == ["file"]


def test_a_name_with_a_null_in_it_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidRequest, match="could not be written"):
        save(f"{tmp_path}/a\0b", b"new")


def test_a_folder_that_may_not_be_written_to_is_said(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        if os.access(tmp_path, os.W_OK):
            pytest.skip("this user may write everywhere")
        with pytest.raises(InvalidRequest, match="you may not write there"):
            save(tmp_path / "x", b"new")
    finally:
        tmp_path.chmod(0o700)


def test_a_full_device_is_said() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no device that is always full")
    with pytest.raises(InvalidRequest, match="the disk is full"):
        save("/dev/full", b"new")


def test_when_there_is_no_room_the_old_file_stays_whole(tmp_path: Path) -> None:
    """A process that may write no more than 1,000 bytes a file tries 5,000: the old file is as it was, no part is left."""
    pytest.importorskip("resource", reason="this system has no limits on the size of files")
    (tmp_path / "x").write_bytes(b"old")
    program = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000));"
        "from wtnet.writers.file import save; from wtnet.errors import InvalidRequest\n"
        "try: save(sys.argv[1], b'n' * 5000)\n"
        "except InvalidRequest as error: print(error)"
    )
    said = subprocess.run(
        [sys.executable, "-B", "-c", program, str(tmp_path / "x")], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "larger than this disk or this session allows" in said.stdout
    assert (tmp_path / "x").read_bytes() == b"old" and len(list(tmp_path.iterdir())) == 1
