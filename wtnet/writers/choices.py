"""What a lead chooses of a report: which sections, a foreword, a logo, and by whose framework."""

from __future__ import annotations

from dataclasses import dataclass

SECTIONS = {
    "network": "Who works with whom",
    "pilots": "Each pilot",
    "reach": "Across kinds of partner",
    "change": "What changed, and can it be trusted",
    "outcomes": "What came of it, in numbers",
    "framework": "By a funder’s framework",
    "words": "What came of it, in words",
    "done": "What was done",
    "next": "What next",
    "partners": "The partners",
    "method": "How the figures were made",
}
"""The sections of a report that may be left out, in their order; “In short” and where it comes from are in every report."""
LONGEST_FOREWORD = 3_000
"""So many characters of a foreword at most: about a page."""


@dataclass(frozen=True)
class ReportChoices:
    """The sections of `SECTIONS` that a report has; a foreword (plain text, its paragraphs apart by empty lines); a logo that was
    made safe (see `report.logo`), as PNG or SVG, or none; the framework its outcomes are told by (null: the one that most
    indicators and findings name)."""

    sections: tuple[str, ...] = tuple(SECTIONS)
    foreword: str = ""
    logo: bytes = b""
    framework: str | None = None

    def has(self, section: str) -> bool:
        """Whether the report has a section of `SECTIONS`."""
        return section in self.sections


EVERYTHING = ReportChoices()
"""The report as it is where nobody chose."""
