"""What may be typed after `python -m wtnet`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from functools import partial
from typing import NoReturn

from wtnet.cli import describe, past, survey_arguments, verbs
from wtnet.errors import InvalidRequest
from wtnet.writers import FORMATS


class _Parser(argparse.ArgumentParser):
    """A parser whose complaint is one sentence."""

    def error(self, message: str) -> NoReturn:
        raise InvalidRequest(f"{message[:1].upper()}{message[1:]}. Run {self.prog} --help to see what may be written.")


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The command and its options, with `run` the function that carries it out; a wrong one is an InvalidRequest."""
    parser = _Parser(prog="python -m wtnet", description="Partnership mapping: check, bring in and measure a programme's data.")
    parser.add_argument("--database", metavar="URL", help=_DATABASE, default=None)
    verb = parser.add_subparsers(dest="verb", metavar="COMMAND", required=True, parser_class=_Parser)

    _add_files(verb)

    one = _verb(verb, "measures", _measures, "work out the measures of partners, ties or the whole network")
    _source(one)
    one.add_argument("--of", choices=("partners", "ties", "network"), required=True, help="of what")
    one.add_argument("--wave", metavar="WAVE", help="the wave's id or name; the latest if left out")
    _cut(one)
    _strength(one)
    one.add_argument("--intervals", action="store_true", help="with 95%% intervals of the network's figures")
    _shape(one)

    one = _verb(verb, "compare", _compare, "say what changed between two waves, or set pilots or programmes beside one another")
    _source(one)
    one.add_argument("--from", dest="first", metavar="WAVE", help="the earlier wave's id or name")
    one.add_argument("--to", dest="second", metavar="WAVE", help="the later wave's id or name")
    one.add_argument("--pilots", action="store_true", help="instead: the pilots beside one another")
    one.add_argument(
        "--beside", action="append", default=[], metavar="NAME", help="instead: beside this programme; may be repeated"
    )
    one.add_argument("--wave", metavar="WAVE", help="with --pilots or --beside: the wave; the latest if left out")
    _cut(one)
    _strength(one)
    _shape(one)

    _add_impact(verb)

    one = _verb(verb, "export", _export, "write a programme, or files, in another format")
    _source(one)
    one.add_argument("--format", choices=[each.id for each in FORMATS], required=True, help="which format")
    one.add_argument("--out", metavar="PATH", required=True, help="where to write it")
    one.add_argument("--wave", metavar="WAVE", help="the wave's id or name; the latest if left out")
    one.add_argument("--partner", metavar="PARTNER", help="only this partner and those it works with, by id or name")
    one.add_argument("--pilot", metavar="PILOT", help="only the partners of this pilot, by id or name")
    one.add_argument("--picture", choices=PICTURES, default="map", help="of svg, png and pdf: the map, or which chart")
    one.add_argument("--size", choices=SIZES, default="print", help="of svg, png and pdf: a slide, an A4 page, a poster")
    _audience(one)

    _tell(verb)

    one = _verb(verb, "programmes", verbs.programmes, "list the stored programmes")
    one.add_argument("--json", action="store_true", help="as JSON")

    describe.add(partial(_verb, verb))
    past.add(partial(_verb, verb))
    survey_arguments.add(verb, _verb, _shape)

    one = _verb(verb, "template", verbs.template, "write the blank workbook to fill in")
    one.add_argument("file", metavar="OUT.xlsx", help="where to write it")
    return parser.parse_args(arguments)


def _add_files(verb: argparse._SubParsersAction[_Parser]) -> None:
    one = _verb(verb, "check", verbs.check, "read files and say what is right and wrong with them; nothing is stored")
    one.add_argument("files", nargs="+", metavar="FILE", help="a workbook, a folder or zip of CSV files, or another tool's file")
    one.add_argument("--programme", metavar="NAME", help="a stored programme the files may refer to")
    one.add_argument("--json", action="store_true", help="as JSON")

    one = _verb(verb, "import", verbs.bring_in, "bring files into a programme, after showing what would change")
    one.add_argument("files", nargs="+", metavar="FILE", help="as for check")
    one.add_argument(
        "--programme", metavar="NAME", required=True, help="the programme's id or name; a new name makes a new programme"
    )
    one.add_argument("--replace", action="store_true", help="put the tables of the files in the place of the stored ones")
    one.add_argument("--empty", action="store_true", help="empty cells of the files empty what is stored; without it, it stays")
    one.add_argument("--yes", action="store_true", help="accept without being asked")
    one.add_argument("--reason", metavar="TEXT", help="why, for the history")


def _add_impact(verb: argparse._SubParsersAction[_Parser]) -> None:
    one = _verb(verb, "impact", _impact, "say what came of it: every indicator from baseline to target")
    _source(one)
    of = "all pilots of the cut together, each pilot by itself, or every result with its evidence"
    one.add_argument("--of", choices=("totals", "pilots", "results"), default="totals", help=of)
    one.add_argument("--wave", metavar="WAVE", help="the wave's id or name; the latest if left out")
    for name, what in _CUTS:
        one.add_argument(f"--{name}", action="append", default=[], help=f"only {what}; may be given again")
    one.add_argument("--framework", metavar="NAME", help="under the outcomes of this framework (not with --of results)")
    _audience(one)
    _shape(one)


def _measures(chosen: argparse.Namespace) -> int:
    from wtnet.cli import figures  # the libraries behind the figures take a second to load

    return figures.measures(chosen)


def _impact(chosen: argparse.Namespace) -> int:
    from wtnet.cli import impact

    return impact.impact(chosen)


def _export(chosen: argparse.Namespace) -> int:
    from wtnet.cli import leave

    return leave.export(chosen)


def _tell(verb: argparse._SubParsersAction[_Parser]) -> None:
    one = _verb(verb, "story", _story, "draft the story of a partner or a pilot, to read, as slides, or as a file")
    _source(one)
    one.add_argument("--partner", metavar="PARTNER", help="of this partner, by id or name")
    one.add_argument("--pilot", metavar="PILOT", help="or of this pilot, by id or name")
    one.add_argument("--saved", metavar="STORY", help="or one that was saved with the programme, by id or title")
    one.add_argument("--out", metavar="PATH", help="deck.pptx or story.json; without it the story is printed")
    _audience(one)


def _story(chosen: argparse.Namespace) -> int:
    from wtnet.cli import story

    return story.story(chosen)


def _compare(chosen: argparse.Namespace) -> int:
    from wtnet.cli import figures

    return figures.compare(chosen)


_CUTS = (
    ("pilot", "this pilot, by id or name"),
    ("place", "the pilots in this place"),
    ("target-group", "the pilots for this target group"),
    ("kind", "the pilots with a partner of this kind"),
    ("theme", "this theme"),
)
PICTURES = ("map", "coverage", "mixing", "change", "levels", "waves", "progress")
SIZES = ("slide", "print", "a1", "a0")
"""As in `wtnet.draw.print.charts` and `wtnet.draw.print.drawing`, which take a second to load."""

AUDIENCES = ("lead", "partners", "public")
"""As in `wtnet.measures.impact.suppression`, which takes a second to load."""

_DATABASE = "the database, such as sqlite:///folder/file.db (else WTNET_DATABASE_URL, else a file in your own data folder)"


def _verb(verb: argparse._SubParsersAction[_Parser], name: str, run: object, what: str) -> _Parser:
    one = verb.add_parser(name, help=what, description=f"{what[:1].upper()}{what[1:]}.")
    one.set_defaults(run=run)
    one.add_argument("--database", metavar="URL", help=_DATABASE, default=argparse.SUPPRESS)
    return one


def _source(one: argparse.ArgumentParser) -> None:
    one.add_argument("files", nargs="*", metavar="FILE", help="files to read, without storing them")
    one.add_argument("--programme", metavar="NAME", help="or a stored programme, by id or name")
    one.add_argument("--revision", type=int, metavar="N", help="with --programme: as it was at this revision")


def _cut(one: argparse.ArgumentParser) -> None:
    again = "; may be given again"
    one.add_argument("--place", action="append", default=[], help=f"only the partners of pilots in this place{again}")
    one.add_argument("--target-group", action="append", default=[], help=f"only the partners of pilots for this group{again}")
    one.add_argument("--pilot", action="append", default=[], help=f"only the partners of this pilot, by id or name{again}")


def _audience(one: argparse.ArgumentParser) -> None:
    who = "for whom: hidden names, what one side answered and small numbers are withheld from all but the lead"
    one.add_argument("--audience", choices=AUDIENCES, default="lead", help=who)


def _strength(one: argparse.ArgumentParser) -> None:
    one.add_argument(
        "--pairing", metavar="RULE", default="mean", help="how two reports become one: mean, weaker, stronger, confirmed"
    )
    one.add_argument("--weights", metavar="PART=NUMBER,…", help="weights of the parts: depth=1,contact=1,trust=1,value=1")


def _shape(one: argparse.ArgumentParser) -> None:
    shape = one.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="as JSON")
    shape.add_argument("--csv", action="store_true", help="as CSV")
