"""The command that drafts a story and takes it away: story."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from wtnet import access, stories
from wtnet.cli.audience import numbers, renamed
from wtnet.cli.figures import tables_of
from wtnet.cli.leave import named
from wtnet.cli.verbs import FINE, PROBLEMS, opened
from wtnet.errors import InvalidRequest
from wtnet.store import Programme
from wtnet.stories import Story, saved
from wtnet.stories.draft import again
from wtnet.stories.redacted import served
from wtnet.stories.slides import quote
from wtnet.stories.stale import stale
from wtnet.tables import Tables
from wtnet.writers import prepare
from wtnet.writers.export import Export
from wtnet.writers.file import save

SUFFIXES = (".pptx", ".json")


def story(chosen: argparse.Namespace) -> int:
    """Draft the story of a partner or a pilot, or take one that was saved; print it, or write it as a deck or a file."""
    out = Path(chosen.out) if chosen.out else None
    if out and out.suffix.lower() not in SUFFIXES:
        raise InvalidRequest(f'A story is written as {" or ".join(SUFFIXES)}, not as "{out.name}"; name it {out.stem}.pptx.')
    if sum(each is not None for each in (chosen.partner, chosen.pilot, chosen.saved)) != 1:
        raise InvalidRequest("Say whose story: give one of --partner, --pilot and --saved.")
    tables = tables_of(chosen)
    if tables is None:
        return PROBLEMS
    export, kept = _export(chosen, tables)
    made = kept or stories.draft(
        export.tables, export.partner, export.pilot, export.audience, export.programme.name, export.cells
    )
    overtaken = kept if chosen.audience == "lead" else None
    fresh = again(overtaken, export.tables, export.programme.name, export.cells) if overtaken else None
    for each in stale(made, fresh, export.tables) if overtaken else ():
        _warn(made, each.at, [f"{one.label}: {one.was} → {one.now}" for one in each.changed], each.lost)
    if out is None:
        _print(made, export)
    elif out.suffix.lower() == ".json":
        _written(out, stories.to_text(made).encode())
    else:
        from wtnet.writers.pptx import deck

        _written(out, deck.deck(made, export))
    return FINE


def _export(chosen: argparse.Namespace, tables: Tables) -> tuple[Export, Story | None]:
    """What the story is made of, as its audience may have it, and the saved story if one was asked for."""
    arranged, kept = {}, None
    audience = chosen.audience
    if chosen.programme:
        with opened(chosen) as store:
            programme = store.programme(chosen.programme)
            arranged = store.arrangement(programme.id)
            if chosen.saved is not None:
                kept = _saved(saved.stories(store, programme.id, None if audience == "lead" else audience), chosen.saved)
                audience = kept.audience
    elif chosen.saved is not None:
        raise InvalidRequest("A file has no saved stories; with --saved, name one stored programme with --programme.")
    else:
        programme = Programme("files", ", ".join(chosen.files))
    known = numbers(chosen, tables) if audience != "lead" else None
    partner, pilot = named(tables, "organisations", chosen.partner), named(tables, "pilots", chosen.pilot)
    if partner in access.hidden(tables, audience):
        raise InvalidRequest(f'"{chosen.partner}" is not shown by name to this audience ({audience}); choose another partner.')
    other = access.renaming(tables, audience, known)
    export = prepare(programme, tables, audience=audience, known=known)
    if kept is not None and chosen.audience != "lead":
        kept = served(kept, export.tables, other, export.programme.name, export.cells)
        if kept is None:
            raise InvalidRequest(f"What this story tells may not be shown to this audience ({audience}) any more.")
    places = {one: place for one, place in arranged.items() if one in export.positions}
    positions = {**export.positions, **places}
    return replace(export, positions=positions, partner=partner, pilot=renamed(other, "pilots", pilot)), kept


def _saved(there: list[Story], asked: str) -> Story:
    found = [each for each in there if asked in (each.id, each.title)]
    if len(found) != 1:
        choices = ", ".join(each.id for each in there)
        raise InvalidRequest(f'There is no single saved story "{asked}"; choose one of {choices or "none: none was saved yet"}.')
    return found[0]


def _warn(made: Story, at: int, changed: list[str], lost: tuple[str, ...]) -> None:
    import sys

    heading = made.slides[at].heading
    print(f"Slide {at + 1} ({heading}) has been overtaken: {'; '.join([*changed, *lost])}", file=sys.stderr)


def _print(made: Story, export: Export) -> None:
    print(made.title)
    for number, slide in enumerate(made.slides, 1):
        print(f"\n{number} of {len(made.slides)} · {slide.heading}\n{slide.text}")
        words = quote(slide, export.tables, made.audience)
        if words:
            print(f"“{words[0]}” — {words[1]}")
        if slide.notes:
            print(f"[Notes: {slide.notes}]")


def _written(out: Path, data: bytes) -> None:
    save(out, data)
    print(f"Written: {out} ({len(data):,} bytes).")
