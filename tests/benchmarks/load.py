"""Many people at once: `python -m tests.benchmarks.load` (--sessions 100 --seconds 60; --replicas).

Starts the app on this machine, opens so many websocket sessions on the example programme and lets each click, look, change
page and come again, for so long. Prints seconds from a click to the finished script (median, 95th percentile, worst),
errors, the server's open files, and its memory at the start, at the end, for each 1,000 things that somebody did, and after
everybody has left and Streamlit forgot them (two minutes). `--files 1024` limits its open files; `--partners 2000` has everybody
look at a made programme of that size.

With --replicas two servers share one PostgreSQL behind nginx, which keeps each person at one of them; half-way one is killed.
Whoever was there reloads, as a person would, and some fill in survey forms all the while: every answer that the page
called saved must be in the database at the end. Needs nginx and PostgreSQL.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import random
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from websockets.exceptions import WebSocketException

from tests.benchmarks._session import Failed, Session, think
from tests.support import databases, made
from wtnet.importing import first_start
from wtnet.store import Programme, Store
from wtnet.survey.links import make

ROOT = Path(__file__).parents[2]
PAGES = ("partners", "change", "impact", "places", "reach", "gaps", "guide", "two_views", "")
STAYS = 12
"""So many clicks, about, until somebody closes the tab and another one comes."""
FORGOTTEN = 150
"""Seconds after which Streamlit has let go of the sessions that closed."""
NGINX = """
daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; worker_processes 1;
events {{ worker_connections 2048; }}
http {{
  access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  map $http_upgrade $connection_upgrade {{ default upgrade; '' close; }}
  map $cookie_wtnet_at $at {{ default $cookie_wtnet_at; '' $request_id; }}
  upstream wtnet {{ hash $at consistent; {servers} }}
  server {{
    listen 127.0.0.1:{port}; client_max_body_size 60m;
    location / {{
      proxy_pass http://wtnet; proxy_http_version 1.1; proxy_read_timeout 1h; proxy_connect_timeout 2s;
      proxy_next_upstream error timeout;
      proxy_set_header Host $http_host; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $connection_upgrade;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for; proxy_set_header X-Forwarded-Proto $scheme;
      add_header Set-Cookie "wtnet_at=$at; Path=/; HttpOnly; SameSite=Lax";
    }}
  }}
}}
"""


@dataclass
class Told:
    """What was counted: seconds by what was done, errors by what they said, tabs opened and lost, answers called saved."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: {"open": [], "click": [], "page": [], "save": []})
    errors: Counter[str] = field(default_factory=Counter)
    lost: int = 0
    back: list[float] = field(default_factory=list)
    saved: dict[str, str] = field(default_factory=dict)
    programme: str = "example"

    @property
    def number(self) -> int:
        """How many things were done."""
        return sum(len(values) for values in self.seconds.values())


def port() -> int:
    """A free port of this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def server(database: str, log: Path, files: int | None = None) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """One process of the app, which may open so many files; yields its address and the process, once it is ready."""
    at = port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(at), "--server.address", "127.0.0.1"]
    env = {**os.environ, "WTNET_DATABASE_URL": database}
    with log.open("w") as out:
        process = subprocess.Popen([*command, "--server.headless", "true"], env=env, stdout=out, stderr=out, cwd=ROOT)
        if files:
            resource.prlimit(process.pid, resource.RLIMIT_NOFILE, (files, files))
        try:
            _wait(f"http://127.0.0.1:{at}/ready", log)
            yield f"http://127.0.0.1:{at}", process
        finally:
            process.kill()
            process.wait(20)


def _wait(address: str, log: Path) -> None:
    for _ in range(300):
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=2) as said:
            if said.status == 200:
                return
        time.sleep(0.2)
    raise RuntimeError(f"did not start:\n{log.read_text()[-2000:]}")


@contextlib.contextmanager
def nginx(folder: Path, addresses: list[str]) -> Iterator[str]:
    """nginx before some servers, each person kept at one by a cookie; yields its address."""
    at = port()
    servers = " ".join(f"server {one.removeprefix('http://')} max_fails=1 fail_timeout=10s;" for one in addresses)
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=at, servers=servers))
    process = subprocess.Popen(["nginx", "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf")])
    try:
        _wait(f"http://127.0.0.1:{at}/_stcore/health", folder / "error.log")
        yield f"http://127.0.0.1:{at}"
    finally:
        process.terminate()
        process.wait(20)


def memory(process: subprocess.Popen[bytes]) -> float:
    """Resident memory of a process, in megabytes."""
    told = Path(f"/proc/{process.pid}/status").read_text()
    return int(told.split("VmRSS:")[1].split()[0]) / 1024


def open_files(process: subprocess.Popen[bytes]) -> int:
    """How many files and connections a process has open."""
    return len(os.listdir(f"/proc/{process.pid}/fd"))


def worked(process: subprocess.Popen[bytes]) -> float:
    """Seconds of processor that a process has used: the same however busy the machine is with other things."""
    told = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


async def visitor(address: str, partners: list[str], end: float, mean: float, told: Told, number: int) -> None:
    """Somebody who opens the app, clicks partners, changes pages, leaves, and comes again."""
    cookie = f"wtnet_at={random.randbytes(8).hex()}"
    await asyncio.sleep(random.uniform(0, mean))
    session: Session | None = None
    while time.monotonic() < end:
        try:
            if session is None:
                session = Session(address, cookie=cookie, programme=told.programme)
                told.seconds["open"].append(await session.open())
            elif random.random() < 1 / STAYS:
                await session.close()
                session = None
            elif session.path == "/" and random.random() < 0.75:
                told.seconds["click"].append(await session.pick("partner", random.choice(partners)))
            else:
                told.seconds["page"].append(await session.go(random.choice(PAGES)))
        except (Failed, TimeoutError) as error:  # before OSError, of which a time-out is one
            told.errors[f"{type(error).__name__}: {error} ({session.path if session else ''})"] += 1
            session = None
        except (OSError, WebSocketException):
            session = await _again(Session(address, cookie=cookie, programme=told.programme), told)
        await asyncio.sleep(min(think(mean), max(0.0, end - time.monotonic())))
    if session is not None:
        with contextlib.suppress(OSError, WebSocketException):
            await session.close()


async def _again(session: Session, told: Told) -> Session | None:
    """Reload until the page is there, as somebody does whose server went away; half a minute at most."""
    told.lost += 1
    start = time.monotonic()
    while time.monotonic() - start < 30:
        try:
            await session.open()
        except (Failed, OSError, WebSocketException, TimeoutError):
            await asyncio.sleep(1)
        else:
            told.back.append(time.monotonic() - start)
            return session
    told.errors["did not come back within 30 s"] += 1
    return None


async def answering(address: str, partner: str, token: str, end: float, mean: float, told: Told) -> None:
    """Somebody who fills in a survey form, and writes the same comment anew again and again."""
    round_ = 0
    cookie = f"wtnet_at={random.randbytes(8).hex()}"
    session: Session | None = None
    while time.monotonic() < end:
        try:
            if session is None:
                session = Session(address, "/form", cookie, token=token)
                await session.open()
            box = next((at for at, one in session.of("text_area") if "form_written" not in at), None)
            button = next(
                (at for at, one in session.of("button") if one.label.startswith("Save") and "back" not in one.label), None
            )
            if box is None or button is None:
                raise Failed("no form on the page")
            round_ += 1
            text = f"round {round_} of {partner}"
            session.write(box, text)
            told.seconds["save"].append(await session.press(button))
            if any("saved" in one.lower() for one in session.shown):
                told.saved[partner] = text
            else:
                told.errors["an answer was not saved"] += 1
            await session.close()
            session = None
        except (Failed, TimeoutError) as error:
            told.errors[f"{type(error).__name__}: {error} (form)"] += 1
            session = None
        except (OSError, WebSocketException):
            session = await _again(Session(address, "/form", cookie, token=token), told)
        await asyncio.sleep(min(think(mean), max(0.0, end - time.monotonic())))


def report(told: Told, seconds: float) -> None:
    """Print what was measured."""
    for what, values in told.seconds.items():
        if values:
            ranked = sorted(values)
            p95 = ranked[min(len(ranked) - 1, int(len(ranked) * 0.95))]
            middle, worst = statistics.median(values), ranked[-1]
            print(f"{what:6} {len(values):6} times · median {middle:.2f} s · p95 {p95:.2f} s · worst {worst:.2f} s")
    print(f"{told.number / seconds:.1f} a second · errors: {sum(told.errors.values())} {dict(told.errors) or ''}")
    if told.lost:
        slowest = max(told.back, default=0)
        print(f"{told.lost} tabs lost their server; {len(told.back)} were back after a reload, the slowest in {slowest:.1f} s")


def load_now() -> str:
    """The machine's load average over the last minute."""
    return f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"


async def one_server(args: argparse.Namespace, folder: Path) -> Told:
    """The plain run: one process, a SQLite file."""
    database, told = f"sqlite:///{folder}/load.db", Told(programme="made" if args.partners else "example")
    partners = _prepared(database, args.partners)
    with server(database, folder / "log", args.files) as (address, process):
        first = Session(address, programme=told.programme)
        print(f"first page on a cold server: {await first.open():.1f} s")
        await first.close()
        start, before = memory(process), worked(process)
        end = time.monotonic() + args.seconds
        many = [visitor(address, partners, end, args.think, told, at) for at in range(args.sessions)]
        *_, points = await asyncio.gather(*many, _watch(process, end, told))
        last, used = memory(process), worked(process) - before
        print(f"memory: {start:.0f} MB at the start, {last:.0f} MB at the end of {args.seconds} s")
        print(f"after the first third: {growth(points):+.1f} MB for each 1,000 things that somebody did")
        print(
            f"processor: {used:.1f} s of the server's, {1000 * used / max(1, told.number):.0f} ms for each thing somebody did",
            flush=True,
        )
        if args.settle:
            await asyncio.sleep(args.settle)
            print(f"memory: {memory(process):.0f} MB {args.settle} s after everybody left")
        _logged(told, folder / "log")
    return told


async def _watch(process: subprocess.Popen[bytes], end: float, told: Told) -> list[tuple[int, float]]:
    """How many things were done, and memory, every half minute; a few of them are said."""
    points: list[tuple[int, float]] = []
    every = max(5.0, min(30.0, (end - time.monotonic()) / 12))
    while time.monotonic() + every < end:
        await asyncio.sleep(every)
        points.append((told.number, memory(process)))
        if len(points) % 4 == 0:
            print(f"  {told.number:6} done · {points[-1][1]:.0f} MB · {open_files(process)} files · {load_now()}", flush=True)
    return points


def growth(points: list[tuple[int, float]]) -> float:
    """Megabytes for each 1,000 things done, by least squares over what follows the first third, when caches are still filled."""
    later = points[len(points) // 3 :]
    if len(later) < 2 or later[0][0] == later[-1][0]:
        return 0.0
    return 1_000 * statistics.linear_regression([number for number, _ in later], [each for _, each in later]).slope


async def replicas(args: argparse.Namespace, folder: Path) -> Told:
    """Two processes and one PostgreSQL behind nginx; one process is killed half-way."""
    told = Told()
    with databases.server(quick=False) as running, running.fresh() as database:
        partners = _prepared(database)
        tokens = _tokens(database, partners[:5])
        with server(database, folder / "log1") as (one, killed), server(database, folder / "log2") as (two, kept):
            for address in (one, two):
                await Session(address, programme=told.programme).open()
            with nginx(folder, [one, two]) as address:
                end = time.monotonic() + args.seconds
                many = [visitor(address, partners, end, args.think, told, at) for at in range(args.sessions)]
                forms = [answering(address, partner, token, end, args.think, told) for partner, token in tokens.items()]
                await asyncio.gather(*many, *forms, _kill(killed, args.seconds / 2))
                print(f"memory of the one that stayed: {memory(kept):.0f} MB")
            _logged(told, folder / "log2")
        _kept(database, told)
    return told


async def _kill(process: Any, after: float) -> None:
    await asyncio.sleep(after)
    process.kill()
    print(f"one of two servers killed after {after:.0f} s")


def _prepared(database: str, partners: int = 0) -> list[str]:
    """The partners that are clicked: of the example, or of a made programme of so many."""
    with Store(database) as store:
        first_start(store)
        if partners:
            store.create(Programme("made", "Made"), made.sector(partners, 3 * partners), "benchmark", "generated")
        return list(store.load("made" if partners else "example").organisations["id"])


def _tokens(database: str, partners: list[str]) -> dict[str, str]:
    with Store(database) as store:
        wave = store.load("example").waves["id"][-1]
        until = date.today() + timedelta(days=7)
        return {partner: make(store, "example", wave, partner, until) for partner in partners}


def _kept(database: str, told: Told) -> None:
    """Every answer that a page called saved is in the database."""
    with Store(database) as store:
        comments = set(store.load("example").ratings["comment"].drop_nulls())
    rounds = {partner: [int(one.split()[1]) for one in comments if one.endswith(f" of {partner}")] for partner in told.saved}
    gone = [partner for partner, text in told.saved.items() if max(rounds[partner], default=0) < int(text.split()[1])]
    print(
        f"answers of {len(told.saved)} people called saved: {len(told.saved) - len(gone)} are in the database, {len(gone)} lost"
    )
    told.errors.update({"a saved answer is lost": len(gone)} if gone else {})


def _logged(told: Told, log: Path) -> None:
    for line in log.read_text().splitlines():
        if '"page_failed"' in line:
            said = json.loads(line)
            told.errors[f"{said['error']} at {' '.join(said['at'][-2:])}"] += 1


def main() -> int:
    """Run, print, and leave with 1 if anything went wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sessions", type=int, default=100, help="people at once (at most 500)")
    parser.add_argument("--seconds", type=int, default=60, help="how long they click (at most 1800)")
    parser.add_argument("--think", type=float, default=8.0, help="seconds, on average, between two clicks of one person")
    parser.add_argument("--settle", type=int, default=FORGOTTEN, help="seconds to wait at the end before memory is read again")
    parser.add_argument("--files", type=int, help="the most files that the server may have open (`ulimit -n`)")
    parser.add_argument("--partners", type=int, default=0, help="look at a made programme of so many partners, not the example")
    parser.add_argument("--replicas", action="store_true", help="two servers, nginx, PostgreSQL; one server is killed")
    args = parser.parse_args()
    args.sessions, args.seconds = min(args.sessions, 500), min(args.seconds, 1800)
    print(f"{args.sessions} sessions for {args.seconds} s, a click each {args.think:g} s · {load_now()}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        told = asyncio.run((replicas if args.replicas else one_server)(args, Path(folder)))
    report(told, args.seconds)
    print(load_now())
    return 1 if told.errors else 0


if __name__ == "__main__":
    sys.exit(main())
