"""What a report has, from the options of a command: what is kept with the programme, and what is asked for instead."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from wtnet import frameworks
from wtnet.access import Renaming
from wtnet.errors import InvalidRequest
from wtnet.tables.text import without_controls
from wtnet.writers.choices import LONGEST_FOREWORD, SECTIONS, ReportChoices

_OPTIONS = ("section", "foreword", "logo", "framework")


def chosen(options: argparse.Namespace, kept: ReportChoices, renaming: Renaming) -> ReportChoices:
    """The choices for the report of a command, hidden names in the foreword being what its audience reads.

    A file that cannot be read, a foreword that is too long, an unknown framework, or options with another format are an
    InvalidRequest, a logo that is none an UnreadableFile.
    """
    given = [f"--{name}" for name in _OPTIONS if getattr(options, name)]
    if options.format != "report":
        if given:
            raise InvalidRequest(f"{' and '.join(given)}: of a report only; say --format report, or leave them out.")
        return kept
    asked = kept
    if unknown := [name for name in options.section if name not in SECTIONS]:
        raise InvalidRequest(f'There is no section "{unknown[0]}"; choose among {", ".join(SECTIONS)}.')
    if options.section:
        asked = replace(asked, sections=tuple(name for name in SECTIONS if name in options.section))
    if options.foreword:
        asked = replace(asked, foreword=_foreword(options.foreword))
    if options.logo:
        from wtnet.writers.report import logo

        asked = replace(asked, logo=logo.safe(_read(options.logo, "logo")))
    if options.framework:
        asked = replace(asked, framework=_framework(options.framework))
    return replace(asked, foreword=renaming.text(asked.foreword)) if asked.foreword else asked


def _foreword(path: str) -> str:
    try:
        words = without_controls(_read(path, "foreword").decode("utf-8-sig")).strip()
    except UnicodeDecodeError as error:
        raise InvalidRequest(f'The foreword "{path}" is not plain text in UTF-8; save it as that.') from error
    if len(words) > LONGEST_FOREWORD:
        raise InvalidRequest(
            f'The foreword "{path}" has {len(words):,} characters; it may have {LONGEST_FOREWORD:,}: make it shorter.'
        )
    return words


def _framework(asked: str) -> str:
    names = frameworks.names()
    if asked not in names:
        raise InvalidRequest(f'There is no framework "{asked}"; choose one of {"; ".join(names)}.')
    return asked


def _read(path: str, what: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise InvalidRequest(f'The {what} "{path}" cannot be read ({error.strerror}); check its name.') from error
