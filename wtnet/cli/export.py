"""The command with which data leaves: export."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace

from wtnet import access
from wtnet.cli import report_options
from wtnet.cli.audience import numbers
from wtnet.cli.exit_codes import FINE, PROBLEMS
from wtnet.cli.looking import FILES, look
from wtnet.cli.session import open_store
from wtnet.cli.source import id_of, of_files, tables_of
from wtnet.errors import InvalidRequest
from wtnet.measures import catalogue
from wtnet.sentences import filters
from wtnet.sentences.filters import RULE
from wtnet.writers import BY_ID, prepare, write
from wtnet.writers.choices import EVERYTHING
from wtnet.writers.file import save
from wtnet.writers.report import kept_choices

_WHOLE_NETWORK = ("report", "give-back", "pptx")
"""Formats that cut to their partner themselves."""


def export(options: argparse.Namespace) -> int:
    """Write a programme, or files, in another format: the whole file or none."""
    tables = tables_of(options)
    if tables is None:
        return PROBLEMS
    arrangement, kept = {}, EVERYTHING
    if options.programme:
        with open_store(options) as store:
            programme = store.programme(options.programme)
            arrangement = store.arrangement(programme.id)
            kept = kept_choices.read(store, programme.id)
    else:
        programme = of_files(options.files)
    options.audience = options.audience or BY_ID[options.format].usual_audience
    view = look(options, tables, options.wave, RULE if options.partner else FILES)
    partner = id_of(tables, "organisations", options.partner)
    if partner in access.hidden(tables, options.audience):
        raise InvalidRequest(
            f'"{options.partner}" is not shown by name to this audience ({options.audience}); leave --partner out, '
            "or say --audience lead."
        )
    pilot = view.scope.pilots[0] if len(options.pilot) == 1 and len(view.scope.pilots) == 1 else None
    whole = partner is None or options.format in _WHOLE_NETWORK
    scope = view.scope if whole else replace(view.scope, focus=(str(partner),))
    known = numbers(options, tables) if options.format == "give-back" else view.known
    export = prepare(programme, tables, scope, audience=options.audience, known=known, arranged=arrangement)
    export = replace(
        export,
        picture=f"figure:{catalogue.find(options.figure, 'network').id}" if options.figure else options.picture,
        size=options.size,
        chosen=_chosen(options.chosen),
        partner=partner,
        pilot=pilot,
        themes=view.themes,
        report=report_options.chosen(options, kept, view.renaming),
    )
    if BY_ID[options.format].whole and filters.of_scope(scope):
        print("All tables are in this file whole, whatever is filtered.", file=sys.stderr)
    data = write(options.format, export)
    save(options.out, data)
    print(f"Written: {options.out} ({len(data):,} bytes), {filters.AUDIENCES[export.audience]}.")
    return FINE


def _chosen(pairs: list[str]) -> dict[str, str]:
    """What was chosen for a picture, from "NAME=VALUE" each; several values of a name stand on lines."""
    chosen: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not (name and equals and value):
            raise InvalidRequest(f'"{pair}" says nothing that can be chosen; write NAME=VALUE, such as --chosen indicator=ID.')
        chosen[name] = f"{chosen[name]}\n{value}" if name in chosen else value
    return chosen
