"""Several files in one zip, the same to the byte for the same content and day."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from datetime import date
from io import BytesIO


def archive(files: Mapping[str, bytes], made: date) -> bytes:
    """A zip of these files (name → content), in their order, each dated `made` (1980 at the earliest, as zips are)."""
    buffer = BytesIO()
    day = max(made, date(1980, 1, 1))
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in files.items():
            part = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            part.compress_type, part.create_system, part.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            target.writestr(part, content)
    return buffer.getvalue()
