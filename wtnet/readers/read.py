"""Files, folders and uploads, each read once: what they hold together, and their sheets one by one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import reduce
from operator import add
from pathlib import Path

from wtnet import apart
from wtnet.errors import UnreadableFile
from wtnet.readers import refuse, tabular
from wtnet.readers.core.grid import Grid
from wtnet.readers.file import CSV_SUFFIXES, ReadFile, Without, guarded
from wtnet.tables.model import Raw
from wtnet.tables.text import file_name


def read(*paths: Path | str) -> Raw:
    """What is in these files. A folder stands for the CSVs in it; other files in a folder are passed over.

    Raises UnreadableFile if one of them is missing, too large, or cannot be read.
    """
    return ReadFiles(files(*paths)).together()


def read_bytes(name: str, data: bytes) -> Raw:
    """What is in an uploaded file called `name`. Raises UnreadableFile if it cannot be read."""
    return ReadFiles([(name, data)]).together()


def files(*paths: Path | str) -> list[tuple[str, bytes]]:
    """These files, and the CSVs of these folders, each as its name and bytes; raises as `read` does."""
    if not paths:
        raise UnreadableFile(f"No file was given. {refuse.readable()}.")
    return [file for path in paths for file in _files(Path(path))]


def _files(path: Path) -> list[tuple[str, bytes]]:
    """A file, or the CSVs of a folder, as name and content."""
    try:
        if path.is_dir():
            tables = sorted(file for file in path.iterdir() if file.suffix.lower() in CSV_SUFFIXES and file.is_file())
            if not tables:
                raise UnreadableFile(
                    f"{path} is a folder without CSV files. Put organisations.csv, partnerships.csv … in it, or name a file."
                )
            return [file for table in tables for file in _files(table)]
        if not path.exists():
            raise UnreadableFile(f"There is no file {path}. Check the name and the folder.")
        refuse.refuse_size(path.name, path.stat().st_size or (0 if path.is_file() else 1))
        if not path.is_file():
            raise UnreadableFile(f"{path} is not a file that can be read.")
        return [(path.name, path.read_bytes())]
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise UnreadableFile(f"{path} cannot be opened ({reason}). Check the name, and that you may read it.") from error


class ReadFiles:
    """Files that belong together, each read once. What cannot be read of them is raised when it is asked for."""

    def __init__(self, files: Sequence[tuple[str, bytes]], without: Without | None = None) -> None:
        """`files` are uploads, or files of a folder: each a name and its bytes. None at all is an UnreadableFile. `without` says
        of a file and sheet whether a person leaves it out."""
        if not files:
            raise UnreadableFile(f"No file was given. {refuse.readable()}.")
        self._files = []
        for number, (path, data) in enumerate(files, 1):
            name = file_name(path) or "The file"
            apart.at(f"Reading {name}" + (f" ({number} of {len(files)})" if len(files) > 1 else ""))
            self._files.append(ReadFile(name, data, without) if without else ReadFile(name, data))
        apart.at("Checking what was read")

    def together(self) -> Raw:
        """What all of them hold. Raises UnreadableFile if one cannot be read, or they hold nothing that is known."""
        return _together(self._files)

    def sheets(self) -> list[Grid]:
        """Every sheet and CSV of the files as it stands, for headings that a person maps."""
        return [sheet for file in self._files for sheet in file.sheets]

    @property
    def left(self) -> list[tuple[str, str | None]]:
        """The sheets that a person leaves out: file and sheet."""
        return [place for file in self._files for place in file.left]

    def beside(self, mapped: Collection[str]) -> Raw:
        """What the files hold beside sheets that a person mapped; `mapped` are the files of these sheets.

        Files without such a sheet are read together, the others each alone and left out where they cannot be read.
        """
        alone = [file for file in self._files if {file.name, *(sheet.file for sheet in file.sheets)} & set(mapped)]
        others = [file for file in self._files if file not in alone]
        raws = [_together(others)] if others else []
        for file in alone:
            try:
                raws.append(_together([file]))
            except UnreadableFile:
                continue
        return reduce(add, raws) if raws else Raw("sheets", ())


def _together(files: Sequence[ReadFile]) -> Raw:
    """CSVs are read together, since ties and the partners they name come in two files; everything else by itself."""
    for file in files:
        if file.error:
            raise file.error
    raws = [file.raw for file in files if file.raw]
    grids = [grid for file in files for grid in file.grids]
    if grids:
        raws.append(guarded(", ".join(file.name for file in files), lambda: tabular.together(grids)))
    if not raws:
        raise UnreadableFile("Every sheet is left out, as you said. Take one in again, or choose another file.")
    return reduce(add, raws)
