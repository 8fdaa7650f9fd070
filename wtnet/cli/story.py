"""The command that drafts a story and writes it: story."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from wtnet import access, stories
from wtnet.access.addresses import checked
from wtnet.cli.exit_codes import FINE, PROBLEMS
from wtnet.cli.looking import FILES, look
from wtnet.cli.session import open_store
from wtnet.cli.source import id_of, of_files, tables_of
from wtnet.errors import InvalidRequest
from wtnet.sentences import filters
from wtnet.sentences.filters import RULE
from wtnet.stories import Story, saved
from wtnet.stories.draft import again
from wtnet.stories.outdated import OutdatedSlide, outdated_slides
from wtnet.stories.redacted import served
from wtnet.stories.slides import quote
from wtnet.tables import Tables
from wtnet.writers import BY_ID, prepare
from wtnet.writers.export import Export
from wtnet.writers.file import save

SUFFIXES = (".pptx", ".json")


def story(options: argparse.Namespace) -> int:
    """Draft the story of a partner or a pilot, or take one that was saved; print it, or write it as a deck or a file."""
    out = Path(options.out) if options.out else None
    if out and out.suffix.lower() not in SUFFIXES:
        raise InvalidRequest(f'A story is written as {" or ".join(SUFFIXES)}, not as "{out.name}"; name it {out.stem}.pptx.')
    if sum([options.partner is not None, options.saved is not None, *(True for _ in options.pilot)]) != 1:
        raise InvalidRequest("Say whose story: give one of --partner, --pilot and --saved.")
    link = checked(options.link) if options.link else None
    options.audience = options.audience or ("lead" if options.saved is not None else BY_ID["pptx"].usual_audience)
    tables = tables_of(options)
    if tables is None:
        return PROBLEMS
    export, saved_story = _export(options, tables)
    drafted = saved_story or stories.draft(
        export.tables,
        export.partner,
        export.pilot,
        export.audience,
        export.programme.name,
        export.cells,
        export.network.scope,
        export.themes,
    )
    if saved_story and options.audience == "lead":
        fresh = again(saved_story, export.tables, export.programme.name, export.cells)
        for slide in outdated_slides(drafted, fresh, export.tables):
            _warn(drafted, slide)
    if out is None:
        _print(drafted, export)
    elif out.suffix.lower() == ".json":
        _save(out, stories.to_text(drafted).encode(), export)
    else:
        from wtnet.writers.pptx import deck

        _save(out, deck.deck(drafted, replace(export, template=_template(options.template), link=link)), export)
    return FINE


def _export(options: argparse.Namespace, tables: Tables) -> tuple[Export, Story | None]:
    """What the story is made of, as its audience may have it, and the saved story if one was asked for."""
    arrangement, story = {}, None
    audience = options.audience
    if options.programme:
        with open_store(options) as store:
            programme = store.programme(options.programme)
            arrangement = store.arrangement(programme.id)
            if options.saved is not None:
                story = _saved(saved.stories(store, programme.id, None if audience == "lead" else audience), options.saved)
                audience = story.audience
    elif options.saved is not None:
        raise InvalidRequest("A file has no saved stories; with --saved, name one stored programme with --programme.")
    else:
        programme = of_files(options.files)
    view = look(options, tables, options.wave, RULE if options.partner else FILES, audience)
    if story is not None and (options.wave or filters.of_scope(view.scope, view.themes)):
        raise InvalidRequest("A saved story keeps the wave and the filters it was drafted with; leave them out.")
    partner = id_of(tables, "organisations", options.partner)
    pilot = view.scope.pilots[0] if options.pilot else None
    if partner in access.hidden(tables, audience):
        raise InvalidRequest(
            f'"{options.partner}" is not shown by name to this audience ({audience}); choose another partner, '
            "or say --audience lead."
        )
    export = prepare(programme, tables, view.scope, audience=audience, known=view.known, arranged=arrangement)
    if story is not None and options.audience != "lead":
        story = served(story, export.tables, view.renaming, export.programme.name, export.cells)
        if story is None:
            raise InvalidRequest(f"What this story tells may not be shown to this audience ({audience}) any more.")
    return replace(export, partner=partner, pilot=pilot, themes=view.themes), story


def _saved(saved_stories: list[Story], asked: str) -> Story:
    named = [story for story in saved_stories if asked in (story.id, story.title)]
    if len(named) != 1:
        choices = ", ".join(story.id for story in saved_stories)
        raise InvalidRequest(f'There is no single saved story "{asked}"; choose one of {choices or "none: none was saved yet"}.')
    return named[0]


def _warn(drafted: Story, slide: OutdatedSlide) -> None:
    changed = [f"{figure.label}: {figure.was} → {figure.now}" for figure in slide.changed]
    heading = drafted.slides[slide.at].heading
    print(f"Slide {slide.at + 1} ({heading}) has been overtaken: {'; '.join([*changed, *slide.lost])}", file=sys.stderr)


def _print(drafted: Story, export: Export) -> None:
    print(drafted.title)
    for number, slide in enumerate(drafted.slides, 1):
        print(f"\n{number} of {len(drafted.slides)} · {slide.heading}\n{slide.text}")
        words = quote(slide, export.tables, drafted.audience)
        if words:
            print(f"“{words[0]}” — {words[1]}")
        if slide.notes:
            print(f"[Notes: {slide.notes}]")


def _template(path: str | None) -> bytes | None:
    """The organisation's own .pptx, where one is named."""
    try:
        return Path(path).read_bytes() if path else None
    except OSError as error:
        raise InvalidRequest(f'The template "{path}" cannot be read ({error.strerror}); check its name.') from error


def _save(out: Path, data: bytes, export: Export) -> None:
    save(out, data)
    print(f"Written: {out} ({len(data):,} bytes), {filters.AUDIENCES[export.audience]}.")
