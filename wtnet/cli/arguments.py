"""What the commands have in common: how one is declared, and the options that several of them take."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from importlib import import_module
from typing import NoReturn, TypeAlias

from wtnet.errors import InvalidRequest

AUDIENCES = ("lead", "partners", "public")
"""As in `wtnet.measures.impact.suppression`, which takes a second to load."""

_DATABASE = "the database, such as sqlite:///folder/file.db (else WTNET_DATABASE_URL, else a file in your own data folder)"


class Parser(argparse.ArgumentParser):
    """A parser whose complaint is one sentence."""

    def error(self, message: str) -> NoReturn:
        raise InvalidRequest(f"{message[:1].upper()}{message[1:]}. Run {self.prog} --help to see what may be written.")


Commands: TypeAlias = "argparse._SubParsersAction[Parser]"


def add_command(commands: Commands, name: str, function: str, what: str) -> Parser:
    """A parser for one more command, carried out by `function`, such as "measures.measures": module and name in `wtnet.cli`."""
    parser = commands.add_parser(name, help=what, description=f"{what[:1].upper()}{what[1:]}.")
    parser.set_defaults(run=loaded_later(function))
    parser.add_argument("--database", metavar="URL", help=_DATABASE, default=argparse.SUPPRESS)
    return parser


def loaded_later(function: str) -> Callable[[argparse.Namespace], int]:
    """The function by this name, its module loaded only when it runs: the libraries behind the figures take a second."""
    module, _, name = function.rpartition(".")

    def run(options: argparse.Namespace) -> int:
        return int(getattr(import_module(f"wtnet.cli.{module}"), name)(options))

    return run


def add_database(parser: Parser) -> None:
    """The database, before the command as well as behind it."""
    parser.add_argument("--database", metavar="URL", help=_DATABASE, default=None)


def add_source(parser: Parser) -> None:
    """Files, or a stored programme."""
    parser.add_argument("files", nargs="*", metavar="FILE", help="files to read, without storing them")
    parser.add_argument("--programme", metavar="NAME", help="or a stored programme, by id or name")
    parser.add_argument("--revision", type=int, metavar="N", help="with --programme: as it was at this revision")


def add_filters(parser: Parser) -> None:
    """What is looked at, as the filters of the screen; a command that cannot follow one says so."""
    again = "; may be given again"
    parser.add_argument("--pilot", action="append", default=[], help=f"only this pilot and its partners, by id or name{again}")
    parser.add_argument("--place", action="append", default=[], help=f"only the pilots in this place{again}")
    parser.add_argument("--target-group", action="append", default=[], help=f"only the pilots for this target group{again}")
    kind = "only partners of this kind, and results of pilots with one"
    parser.add_argument("--kind", action="append", default=[], help=f"{kind}{again}")
    parser.add_argument("--theme", action="append", default=[], help=f"only results of this theme{again}")
    parser.add_argument("--hide", action="append", default=[], metavar="PARTNER", help=f"without this partner{again}")
    parser.add_argument(
        "--focus", action="append", default=[], metavar="PARTNER", help=f"only this partner and those near it{again}"
    )
    parser.add_argument(
        "--relationship", action="append", default=[], metavar="KIND", help=f"only partnerships of this kind{again}"
    )
    parser.add_argument("--hops", type=int, choices=(0, 1, 2, 3), default=1, help="with --focus: how many steps from it")
    parser.add_argument(
        "--least-strength", type=float, default=0.0, metavar="NUMBER", help="only partnerships at least so strong"
    )


def add_audience(parser: Parser, default: str | None = "lead", usual: str = "") -> None:
    """Add the audience; a command without a `default` finds the audience itself, and says in words whom it takes as `usual`."""
    who = "for whom: hidden names, what one side answered and small numbers are withheld from all but the lead"
    parser.add_argument("--audience", choices=AUDIENCES, default=default, help=f"{who}; {usual}" if usual else who)


def add_strength(parser: Parser) -> None:
    """How strength is worked out."""
    parser.add_argument(
        "--pairing", metavar="RULE", default="mean", help="how two reports become one: mean, weaker, stronger, confirmed"
    )
    parser.add_argument(
        "--weights", metavar="PART=NUMBER,…", help="weights of the parts: depth=1,contact=1,trust=1,value=1,overall=1"
    )


def add_shape(parser: Parser) -> None:
    """JSON or CSV in the place of a table to read."""
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="as JSON")
    shape.add_argument("--csv", action="store_true", help="as CSV")
