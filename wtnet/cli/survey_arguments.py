"""What may be typed after `python -m wtnet survey`."""

from __future__ import annotations

from argparse import SUPPRESS
from datetime import date

from wtnet.cli.arguments import Commands, Parser, add_command, add_shape
from wtnet.errors import InvalidRequest


def add(commands: Commands) -> None:
    """Add the command survey with its four parts: forms, collect, status and wave."""
    what = "send each partner its own form, bring the answers back, see who has not answered"
    survey = commands.add_parser("survey", help=what, description=f"{what[:1].upper()}{what[1:]}.")
    parts = survey.add_subparsers(dest="part", metavar="WHAT", required=True, parser_class=Parser)

    forms = add_command(parts, "forms", "survey.forms", "write each partner's own form of a wave, all in one zip")
    _add_programme(forms)
    forms.add_argument("--wave", metavar="WAVE", required=True, help="the wave's id or name")
    forms.add_argument("--new", action="store_true", help="the wave is a new one of that name")
    forms.add_argument("--date", metavar="YYYY-MM-DD", type=_day, help="the day a new wave stands for; today if left out")
    forms.add_argument("--until", metavar="YYYY-MM-DD", type=_day, help="the day by which forms should be back, said on each")
    forms.add_argument("--partner", metavar="NAME", action="append", default=[], help="only this partner; may be given again")
    what = "one of several people who answer for a partner, by role, never by name; may be given again"
    forms.add_argument("--person", metavar="NAME=ROLE", action="append", default=[], help=what)
    forms.add_argument("--large-print", action="store_true", help="in large print and easy words")
    forms.add_argument("--out", metavar="FORMS.zip", required=True, help="where to write it")

    collect = add_command(parts, "collect", "survey.collect", "say what forms that came back would change, and store it")
    collect.add_argument("files", nargs="+", metavar="FILE", help="returned forms, zips of them, or folders")
    _add_programme(collect)
    collect.add_argument("--wave", metavar="WAVE", help="forms of other waves are set aside; each goes into its own if left out")
    collect.add_argument("--accept", action="store_true", help="store what the forms that are right would change")
    collect.add_argument("--reason", metavar="TEXT", help="why, for the history")

    status = add_command(parts, "status", "survey.status", "say who has answered a wave and who has not")
    _add_programme(status)
    status.add_argument("--wave", metavar="WAVE", help="the wave's id or name; the open one, else the last round, if left out")
    add_shape(status)

    wave = add_command(
        parts, "wave", "survey.wave", "close a wave or open it again, show it while open, name the one shown first"
    )
    _add_programme(wave)
    wave.add_argument("--wave", metavar="WAVE", required=True, help="the wave's id or name")
    for flag, name, value, what in (
        ("--close", "status", "closed", "no more answers: everybody sees its figures, its personal links stop working"),
        ("--open", "status", "open", "answers come in again; others do not see it"),
        ("--show", "shown", True, "others may see it while it is open"),
        ("--hide", "shown", None, "others may not see it while it is open"),
        ("--first", "current", True, "show it first everywhere, whichever is the latest closed one"),
        ("--not-first", "current", None, "let the latest closed wave be shown first again"),
    ):
        wave.add_argument(flag, dest=name, action="store_const", const=value, default=SUPPRESS, help=what)


def _add_programme(parser: Parser) -> None:
    parser.add_argument("--programme", metavar="NAME", required=True, help="the programme's id or name")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidRequest(f'"{text}" is no date; write it as 2026-03-31.') from None
