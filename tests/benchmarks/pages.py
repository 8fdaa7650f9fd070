"""What each page costs by itself: `python -m tests.benchmarks.pages [PARTNERS] [--pages change,reach] [--times 5]`.

Starts the app, opens each page of the menu on the example programme (or on a made survey of so many partners; from 300 on a
sector map) in a new tab, and then again in other tabs. Prints milliseconds of the server's processor time for the first time and,
on average, for each later one, and kilobytes sent; a page that takes longer than `LIMIT` later is marked.
"""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import tempfile
from pathlib import Path

from tests.benchmarks._session import Session
from tests.benchmarks.load import server, worked
from tests.support import made
from wtnet.importing import first_start
from wtnet.store import Programme, Store

LIMIT = 300
SECTOR = 300


def prepared(database: str, partners: int) -> str:
    """Fill a database; the programme that is looked at."""
    with Store(database) as store:
        first_start(store)
        if partners:
            tables = made.sector(partners, 3 * partners) if partners >= SECTOR else made.survey(partners, 0.15)
            store.create(Programme("made", "Made"), tables, "benchmark", "generated")
    return "made" if partners else "example"


async def opened(address: str, path: str, programme: str) -> Session:
    """A tab on a page, as soon as the whole page is there."""
    session = Session(address, path, programme=programme)
    await session.open()
    return session


async def measured(
    address: str, process: subprocess.Popen[bytes], path: str, programme: str, times: int
) -> tuple[float, float, float]:
    """Milliseconds of processor for a page the first time and each later one, and kilobytes of a later one."""
    before = worked(process)
    await (await opened(address, path, programme)).close()
    first = worked(process)
    for _ in range(times):
        session = await opened(address, path, programme)
        await session.close()
    later = worked(process)
    return 1000 * (first - before), 1000 * (later - first) / times, session.received / 1000


async def run(partners: int, pages: list[str], times: int, folder: Path) -> None:
    """Print the table."""
    database = f"sqlite:///{folder}/pages.db"
    programme = prepared(database, partners)
    with server(database, folder / "log") as (address, process):
        session = await opened(address, "/", programme)
        await session.close()
        paths = [f"/{page.strip('/')}" for page in pages] or [f"/{page}" for page in session.pages]
        print("| page | first | later | |\n|---|--:|--:|--:|")
        for path in paths:
            first, later, kilobytes = await measured(address, process, path, programme, times)
            mark = " ← slow" if later > LIMIT else ""
            print(f"| {path} | {first:.0f} ms | {later:.0f} ms{mark} | {kilobytes:.0f} KB |", flush=True)


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("partners", type=int, nargs="?", default=0)
    parser.add_argument("--pages", default="")
    parser.add_argument("--times", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(run(given.partners, [page for page in given.pages.split(",") if page], given.times, Path(folder)))


if __name__ == "__main__":
    main()
