"""The lead's choices for the reports on a programme, stored with it and used by all who take one."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from wtnet.store import Store
from wtnet.tables.text import without_controls
from wtnet.writers.choices import EVERYTHING, LONGEST_FOREWORD, SECTIONS, ReportChoices


def _setting(programme: str) -> str:
    return f"report:{programme}"


def read(store: Store, programme: str) -> ReportChoices:
    """The choices that are kept; everything, without foreword and logo, where there are none or they cannot be read."""
    kept: Any = store.settings(_setting(programme)).get(_setting(programme))
    if not isinstance(kept, dict):
        return EVERYTHING
    left_out, framework = kept.get("left_out"), kept.get("framework")
    sections = tuple(name for name in SECTIONS if not isinstance(left_out, list) or name not in left_out)
    try:
        logo = base64.b64decode(str(kept.get("logo") or ""), validate=True)
    except (binascii.Error, ValueError):
        logo = b""
    words = without_controls(str(kept.get("foreword") or ""))[:LONGEST_FOREWORD]
    return ReportChoices(sections, words, logo, framework if isinstance(framework, str) else None)


def keep(store: Store, programme: str, choices: ReportChoices) -> None:
    """Keep the choices; those of a report with everything and nothing added are forgotten. `logo` must have been made safe."""
    value = {
        "left_out": [name for name in SECTIONS if not choices.has(name)],
        "foreword": without_controls(choices.foreword).strip()[:LONGEST_FOREWORD],
        "logo": base64.b64encode(choices.logo).decode(),
        "framework": choices.framework,
    }
    store.amend(_setting(programme), lambda before: value if any(value.values()) else None)
