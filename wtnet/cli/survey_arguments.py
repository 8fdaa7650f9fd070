"""What may be typed after `python -m wtnet survey`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from wtnet.errors import InvalidRequest

Verb = Callable[[Any, str, object, str], Any]


def add(verb: Any, make: Verb, shape: Callable[[Any], None]) -> None:
    """The three verbs: forms, collect and status. `make` adds a verb to a group of them, `shape` the choice of JSON or CSV."""
    words = "send each partner its own form, bring the answers back, see who has not answered"
    parts = verb.add_parser("survey", help=words, description=f"{words[:1].upper()}{words[1:]}.")
    part = parts.add_subparsers(dest="part", metavar="WHAT", required=True, parser_class=type(parts))

    one = make(part, "forms", partial(_run, "forms"), "write each partner's own form of a wave, all in one zip")
    _programme(one)
    one.add_argument("--wave", metavar="WAVE", required=True, help="the wave's id or name")
    one.add_argument("--new", action="store_true", help="the wave is a new one of that name")
    one.add_argument("--date", metavar="YYYY-MM-DD", type=_day, help="the day a new wave stands for; today if left out")
    one.add_argument("--until", metavar="YYYY-MM-DD", type=_day, help="the day by which forms should be back, said on each")
    one.add_argument("--partner", metavar="NAME", action="append", default=[], help="only this partner; may be given again")
    one.add_argument("--out", metavar="FORMS.zip", required=True, help="where to write it")

    one = make(part, "collect", partial(_run, "collect"), "say what forms that came back would change, and store it")
    one.add_argument("files", nargs="+", metavar="FILE", help="returned forms, zips of them, or folders")
    _programme(one)
    one.add_argument("--wave", metavar="WAVE", help="forms of other waves are set aside; each goes into its own if left out")
    one.add_argument("--accept", action="store_true", help="store what the forms that are right would change")
    one.add_argument("--reason", metavar="TEXT", help="why, for the history")

    one = make(part, "status", partial(_run, "status"), "say who has answered a wave and who has not")
    _programme(one)
    one.add_argument("--wave", metavar="WAVE", help="the wave's id or name; the latest if left out")
    shape(one)


def _programme(one: argparse.ArgumentParser) -> None:
    one.add_argument("--programme", metavar="NAME", required=True, help="the programme's id or name")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidRequest(f'"{text}" is no date; write it as 2026-03-31.') from None


def _run(what: str, chosen: argparse.Namespace) -> int:
    from wtnet.cli import survey  # the libraries behind it take a second to load

    return int(getattr(survey, what)(chosen))
