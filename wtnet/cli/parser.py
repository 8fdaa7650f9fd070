"""What may be typed after `python -m wtnet`."""

from __future__ import annotations

import argparse
from argparse import ArgumentTypeError
from collections.abc import Sequence
from functools import cache

from wtnet.cli import history_arguments, survey_arguments
from wtnet.cli.arguments import (
    Commands,
    Parser,
    add_audience,
    add_command,
    add_database,
    add_filters,
    add_shape,
    add_source,
    add_strength,
)
from wtnet.writers import FORMATS

PICTURES = (
    "map", "map-kinds", "coverage", "mixing", "one-way", "own-groups", "chance", "museum-health", "groups", "reach-waves",
    "change", "levels", "waves", "followed", "partner-waves", "holds", "places", "progress", "states", "steps", "parts",
    "voices", "activities", "took-part", "met", "scatter", "correlations", "relations",
)  # fmt: skip
ONE_OF = ("figure", "partner-figure", "results", "pilots", "finding", "quote")
SIZES = ("slide", "card", "square", "print", "a1", "a0")
"""As in `wtnet.draw.print.gallery` and `wtnet.draw.print.drawing`, which take a second to load."""

_DESCRIBED = {
    "name": "what it is called",
    "source": "where the data came from; empty for not stated",
    "licence": "what may be done with it; empty for not stated",
    "description": "what it is about, in a sentence or two; empty for not stated",
}


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The command and its options, with `run` the function that carries it out; a wrong one is an InvalidRequest."""
    return parser().parse_args(arguments)


@cache
def parser() -> Parser:
    """Every command with its options; made once."""
    parser = Parser(prog="python -m wtnet", description="Partnership mapping: check, bring in and measure a programme's data.")
    add_database(parser)
    commands = parser.add_subparsers(dest="verb", metavar="COMMAND", required=True, parser_class=Parser)
    _add_files(commands)
    _add_measures(commands)
    _add_compare(commands)
    _add_impact(commands)
    _add_evidence(commands)
    _add_disclosure(commands)
    _add_export(commands)
    _add_story(commands)
    _add_programmes(commands)
    history_arguments.add(commands)
    survey_arguments.add(commands)
    template = add_command(commands, "template", "template.template", "write the blank workbook to fill in")
    template.add_argument("file", metavar="OUT.xlsx", help="where to write it")
    doctor = add_command(commands, "doctor", "doctor.doctor", "look whether everything is set up right, and say what to mend")
    doctor.add_argument("--url", metavar="ADDRESS", help="the server's own address, to look at it through its proxy too")
    return parser


def _add_files(commands: Commands) -> None:
    what = "read files and say what is right and wrong with them; nothing is stored"
    check = add_command(commands, "check", "check.check", what)
    check.add_argument(
        "files", nargs="+", metavar="FILE", help="a workbook, a folder or zip of CSV files, or another tool's file"
    )
    check.add_argument("--programme", metavar="NAME", help="a stored programme the files may refer to")
    _add_scale(check)
    check.add_argument("--json", action="store_true", help="as JSON")

    what = "bring files into a programme, after showing what would change"
    bring_in = add_command(commands, "import", "bring_in.bring_in", what)
    bring_in.add_argument("files", nargs="+", metavar="FILE", help="as for check")
    bring_in.add_argument(
        "--programme", metavar="NAME", required=True, help="the programme's id or name; a new name makes a new programme"
    )
    _add_scale(bring_in)
    help = "the round of the survey that answers of another tool are of, by id or name; else they make one of their own"
    bring_in.add_argument("--wave", metavar="WAVE", help=help)
    bring_in.add_argument("--replace", action="store_true", help="put the tables of the files in the place of the stored ones")
    bring_in.add_argument(
        "--empty", action="store_true", help="empty cells of the files empty what is stored; without it, it stays"
    )
    bring_in.add_argument("--yes", action="store_true", help="accept without being asked")
    bring_in.add_argument("--reason", metavar="TEXT", help="why, for the history")


def _add_scale(command: Parser) -> None:
    command.add_argument(
        "--scale",
        action="append",
        default=[],
        metavar="HEADING=SCALE",
        help='a column that says how strong: "Strength=1 to 7" or "Closeness=weak; medium; strong"; may be given again',
    )


def _add_measures(commands: Commands) -> None:
    what = "work out the measures of partners, partnerships or the whole network"
    measures = add_command(commands, "measures", "measures.measures", what)
    add_source(measures)
    measures.add_argument("--of", choices=("partners", "ties", "network"), required=True, help="of what")
    measures.add_argument("--wave", metavar="WAVE", help="the wave's id or name; the current one if left out")
    exact = "of more than 5,000 partners: betweenness from every shortest path, not from some"
    measures.add_argument("--every-path", action="store_true", help=exact)
    add_filters(measures)
    add_strength(measures)
    add_audience(measures)
    measures.add_argument("--intervals", action="store_true", help="with 95%% intervals of the network's figures")
    add_shape(measures)


def _add_compare(commands: Commands) -> None:
    what = "say what changed between two waves, or set pilots or programmes beside one another"
    compare = add_command(commands, "compare", "compare.compare", what)
    add_source(compare)
    compare.add_argument("--from", dest="first", metavar="WAVE", help="the earlier wave's id or name")
    compare.add_argument("--to", dest="second", metavar="WAVE", help="the later wave's id or name")
    compare.add_argument("--pilots", action="store_true", help="instead: the pilots beside one another")
    compare.add_argument(
        "--beside", action="append", default=[], metavar="NAME", help="instead: beside this programme; may be repeated"
    )
    compare.add_argument("--wave", metavar="WAVE", help="with --pilots or --beside: the wave; the current one if left out")
    add_filters(compare)
    add_strength(compare)
    add_audience(compare)
    add_shape(compare)


def _add_impact(commands: Commands) -> None:
    impact = add_command(commands, "impact", "impact.impact", "say what came of it: every indicator from baseline to target")
    add_source(impact)
    of = "all pilots of the cut together, each pilot by itself, or every result with its evidence"
    impact.add_argument("--of", choices=("totals", "pilots", "results"), default="totals", help=of)
    impact.add_argument("--wave", metavar="WAVE", help="the wave's id or name; the current one if left out")
    add_filters(impact)
    add_strength(impact)
    impact.add_argument("--framework", metavar="NAME", help="under the outcomes of this framework (not with --of results)")
    add_audience(impact)
    add_shape(impact)


def _add_evidence(commands: Commands) -> None:
    findings = add_command(commands, "findings", "evidence.findings", "say what changed and what was to be improved, in words")
    add_source(findings)
    of = "each finding under its theme, how many each voice has in each theme, or how they stand"
    findings.add_argument("--of", choices=("each", "voices", "standing"), default="each", help=of)
    activities = add_command(
        commands, "activities", "evidence.activities", "say what was done, whom it reached and who took part"
    )
    add_source(activities)
    of = "by kind, theme, wave or pilot, each by itself, who took part, or whether those who meet become partners"
    choices = ("kind", "theme", "wave", "pilot", "each", "partners", "partner-kinds", "meeting")
    activities.add_argument("--of", choices=choices, default="kind", help=of)
    for command in (findings, activities):
        command.add_argument(
            "--wave", metavar="WAVE", help="the wave's id or name, and all before it; the current one if left out"
        )
        add_filters(command)
        add_strength(command)
        add_audience(command)
        add_shape(command)


def _add_disclosure(commands: Commands) -> None:
    what = "set side by side what the lead, partners and everybody read of every figure, and why some is withheld"
    disclosure = add_command(commands, "disclosure", "disclosure.disclosure", what)
    add_source(disclosure)
    disclosure.add_argument("--wave", metavar="WAVE", help="the wave's id or name; all that others may see if left out")
    disclosure.add_argument("--differing", action="store_true", help="only what is not the same for everybody")
    add_filters(disclosure)
    add_strength(disclosure)
    add_shape(disclosure)


def _add_export(commands: Commands) -> None:
    export = add_command(commands, "export", "export.export", "write a programme, or files, in another format")
    add_source(export)
    export.add_argument("--format", choices=[writer.id for writer in FORMATS], required=True, help="which format")
    export.add_argument("--out", metavar="PATH", required=True, help="where to write it")
    export.add_argument("--wave", metavar="WAVE", help="the wave's id or name; the current one if left out")
    export.add_argument("--partner", metavar="PARTNER", help="only this partner and those it works with, by id or name")
    add_filters(export)
    add_strength(export)
    one_of = f"{', '.join(f'{kind}:ID' for kind in ONE_OF)}: of svg, png and pdf: a map, a chart, or one thing by its id"
    what = f"{', '.join(PICTURES)}, {one_of}"
    export.add_argument("--picture", metavar="PICTURE", type=_picture, default="map", help=what)
    chosen = "of a picture: what it shows, as a link to its page names it (indicator=ID, split=place, by=pilot); may be repeated"
    export.add_argument("--chosen", metavar="NAME=VALUE", action="append", default=[], help=chosen)
    figure = "of svg, png and pdf: instead a single figure of the network, by the id that measures --of network gives it"
    export.add_argument("--figure", metavar="ID", help=figure)
    export.add_argument(
        "--size", choices=SIZES, default="print", help="of svg, png and pdf: a slide, a card, an A4 page, a poster"
    )
    export.add_argument(
        "--section", action="append", default=[], metavar="NAME",
        help="of report: only this section beside “In short”; may be given again; else as kept with the programme",
    )  # fmt: skip
    export.add_argument("--foreword", metavar="PATH", help="of report: a text file with a foreword")
    export.add_argument("--logo", metavar="PATH", help="of report: a PNG, JPEG or SVG")
    export.add_argument("--framework", metavar="NAME", help="of report: the framework outcomes are told by")
    usual = "public if left out, but lead for give-back and the formats of data, which can be brought in again"
    add_audience(export, None, usual)


def _picture(text: str) -> str:
    """The name of a picture, or of a picture of one thing."""
    if text in PICTURES or (text.partition(":")[0] in ONE_OF and text.partition(":")[2]):
        return text
    raise ArgumentTypeError(f'there is no picture "{text}"; choose one of {", ".join(PICTURES)}')


def _add_story(commands: Commands) -> None:
    what = "draft the story of a partner or a pilot, to read, as slides, or as a file"
    story = add_command(commands, "story", "story.story", what)
    add_source(story)
    story.add_argument("--partner", metavar="PARTNER", help="of this partner, by id or name")
    story.add_argument("--saved", metavar="STORY", help="or one that was saved with the programme, by id or title")
    story.add_argument("--wave", metavar="WAVE", help="told up to this wave, by id or name; the current one if left out")
    add_filters(story)
    add_strength(story)
    story.add_argument("--out", metavar="PATH", help="deck.pptx or story.json; without it the story is printed")
    story.add_argument("--template", metavar="PATH", help="a .pptx of your own whose logo, typefaces and colours the deck has")
    story.add_argument("--link", metavar="URL", help="a web address that the deck's last slide has as a QR code")
    add_audience(story, None, "public if left out; a saved story is for whom it was saved")


def _add_programmes(commands: Commands) -> None:
    programmes = add_command(commands, "programmes", "programmes.programmes", "list the stored programmes")
    programmes.add_argument("--json", action="store_true", help="as JSON")

    what = "say or change a programme's name, source and licence, as every file made from it states them"
    describe = add_command(commands, "describe", "programmes.describe", what)
    describe.add_argument("programme", metavar="NAME", help="the programme's id or name")
    for name, about in _DESCRIBED.items():
        describe.add_argument(f"--{name}", metavar="TEXT", help=about)
    describe.add_argument("--reason", metavar="TEXT", default="", help="why, for the history")
