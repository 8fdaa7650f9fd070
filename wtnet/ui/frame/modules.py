"""The modules of the screen, loaded together: before anybody comes, and before an address is read, which any page may name."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from pathlib import Path

_SCREEN = Path(__file__).parents[1]


@cache
def load_all() -> None:
    """Import every module of the screen, once."""
    for module in pkgutil.walk_packages([str(_SCREEN)], "wtnet.ui."):
        import_module(module.name)
