"""A stored story as an audience may have it today: it was written from what could be shown then.

Since then somebody may have been hidden, or a figure may rest on too few people. Only the lead gets a story as it is kept.
"""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from wtnet.access import Renaming
from wtnet.stories.draft import again
from wtnet.stories.model import Figure, Slide, Story
from wtnet.stories.outdated import OutdatedSlide, outdated_slides
from wtnet.stories.slides import mended, mended_scope, quote
from wtnet.tables import Tables
from wtnet.tables.model import Audience


def may_be_served(story: Story, tables: Tables) -> bool:
    """Whether whom it is about, and every partner and pilot its slides are about, is shown by name in an audience's tables.

    What is not there any more counts as hidden: the words about it are still in the story.
    """
    there = {"partner": set(tables.organisations["id"]), "pilot": set(tables.pilots["id"])}
    kind, _, id = story.about.partition(":")
    views = [slide.view for slide in story.slides]
    return (
        (kind == "programme" or id in there.get(kind, ()))
        and all(there["partner"].issuperset((*view.focus, *view.scope.focus)) for view in views)
        and all(there["pilot"].issuperset(view.scope.pilots) for view in views)
    )


def served(story: Story, tables: Tables, other: Renaming, programme: str, cells: pl.DataFrame | None = None) -> Story | None:
    """The story for a reader who does not lead; None if it may not be served, or nothing of it is left.

    `tables`, `cells` and `other` are as the audience has them, `programme` is the programme's name. Hidden names are other
    names in every word. A slide with a figure that is not what it was has the figure of today in its sentence, else the
    sentence drafted anew, and where none can be drafted it is left out: what the figure was is never told. Notes for the
    presenter are for the lead.
    """
    if not may_be_served(story, tables):
        return None
    anew = renamed(story, tables, other)
    fresh = again(anew, tables, programme, cells)
    if fresh is None:
        return None
    new = {slide.part: slide for slide in fresh.slides}
    overtaken = {each.at: each for each in outdated_slides(anew, fresh, tables) if each.changed}
    slides = []
    for at, slide in enumerate(anew.slides):
        now = new.get(slide.part)
        if at not in overtaken:
            slides.append(replace(slide, figures=now.figures) if now else slide)
        elif now is not None:
            words = replace(slide, heading=_heading(slide, now, overtaken[at]), text=overtaken[at].mended or now.text)
            slides.append(replace(words, drafted=now.text, drafted_heading=now.drafted_heading, figures=now.figures))
    return replace(anew, slides=tuple(slides)) if slides else None


def _heading(slide: Slide, now: Slide, overtaken: OutdatedSlide) -> str:
    """The heading of today, unless it is a person's own and says nothing of a figure that has changed."""
    own = slide.heading != slide.drafted_heading
    return slide.heading if own and not any(each.was in slide.heading for each in overtaken.changed) else now.heading


def renamed(story: Story, tables: Tables, other: Renaming) -> Story:
    """The story in an audience's words: other names in every text, no notes, and nothing in its views that is not there."""
    ids = other.ids.get("organisations", {})
    slides = tuple(_renamed(slide, tables, story.audience, other) for slide in story.slides)
    return replace(
        story,
        id=other.finder.replaced(story.id, ids),
        title=other.text(story.title),
        slides=slides,
        scope=mended_scope(story.scope, tables),
    )


def _renamed(slide: Slide, tables: Tables, audience: Audience, other: Renaming) -> Slide:
    figures = tuple(
        Figure(
            each.name,
            other.text(each.label),
            other.text(each.said),
            other.text(each.value) if isinstance(each.value, str) else each.value,
        )
        for each in slide.figures
    )
    return replace(
        slide,
        heading=other.text(slide.heading),
        text=other.text(slide.text),
        drafted=other.text(slide.drafted),
        drafted_heading=other.text(slide.drafted_heading),
        notes="",
        view=mended(slide.view, tables),
        quote=slide.quote if quote(slide, tables, audience) else None,
        figures=figures,
    )
