"""JavaScript for the screen and for the offline file: modules joined into one script, since neither may fetch another file."""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

_IMPORT = re.compile(r'^import\s[^;]*?from "(?P<path>\.[^"]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const|let)\b)", re.MULTILINE)


@cache
def joined(*entries: Path) -> str:
    """One script from modules and all they import, each once and before whatever needs it.

    Modules import by relative path and the names as they are, and no two of them declare the same name.
    """
    parts: dict[Path, str] = {}
    for entry in entries:
        _add(entry.resolve(), parts, ())
    return '"use strict";\n' + "\n".join(parts.values())


@cache
def vis_network() -> str:
    """vis-network as pyvis ships it, without the pointer to a map of its source that would be fetched; pyvis itself, which loads
    what notebooks need, is not loaded for it."""
    package = find_spec("pyvis")
    if package is None or not package.submodule_search_locations:
        raise ModuleNotFoundError("pyvis is not installed")
    script = Path(package.submodule_search_locations[0]) / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"
    return script.read_text(encoding="utf-8").replace("//# sourceMappingURL=vis-network.min.js.map", "")


def _add(module: Path, parts: dict[Path, str], above: tuple[Path, ...]) -> None:
    if module in parts:
        return
    if module in above:
        raise ValueError(f"{module.name} imports itself by way of {above[-1].name}")
    text = module.read_text(encoding="utf-8")
    for match in _IMPORT.finditer(text):
        _add((module.parent / match["path"]).resolve(), parts, (*above, module))
    parts[module] = _EXPORT.sub("", _IMPORT.sub("", text))
