"""Whether a story still says what the data say: figures that have changed since, and the new sentence for each."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from wtnet.stories.model import Figure, Slide, Story
from wtnet.stories.slides import gone
from wtnet.tables import Tables

NOT_SAID = "–"


@dataclass(frozen=True)
class ChangedFigure:
    """One figure that is not what it was: what it is of, how it was said and how it would be said now."""

    label: str
    was: str
    now: str


@dataclass(frozen=True)
class OutdatedSlide:
    """What the data say of one slide (`at` its place, from 0) that it does not: figures that `changed`, and what it names
    that is `lost`.

    `text` is what stands under the title as it would be drafted now (None where there is nothing to draft it from) and `heading`
    the title; `mended` the slide's own words with the new figures in the place of the old, where each stands there once (else
    None).
    """

    at: int
    changed: tuple[ChangedFigure, ...] = ()
    lost: tuple[str, ...] = ()
    text: str | None = None
    mended: str | None = None
    heading: str = ""


def outdated_slides(story: Story, fresh: Story | None, tables: Tables) -> list[OutdatedSlide]:
    """The slides that no longer say what the data say, in order; empty where all do.

    `fresh` is the story as it would be drafted now (`draft.again`), null where whom it is about is gone. Compared is what
    is said: a figure that changes beyond its last decimal is the same figure, and so is one that is only said in other
    words. A slide written by hand has no figures of its own to compare; what it names is looked up in the `tables` all the same.
    """
    outdated = []
    for at, slide in enumerate(story.slides):
        new = _drafted(fresh, slide)
        changed = _changed(slide, new)
        lost = tuple(gone(slide, tables, story.audience))
        if changed or lost:
            text = new.text if new and changed else None
            mended = _mended(slide, changed) if text is not None else None
            outdated.append(OutdatedSlide(at, changed, lost, text, mended, new.heading if new else ""))
    return outdated


def _drafted(fresh: Story | None, slide: Slide) -> Slide | None:
    """What tells the same part of the story as it would be drafted now."""
    return next((each for each in fresh.slides if each.part == slide.part), None) if fresh else None


def _changed(slide: Slide, new: Slide | None) -> tuple[ChangedFigure, ...]:
    now: dict[str, Figure] = {figure.name: figure for figure in new.figures} if new else {}
    changes = []
    for was in slide.figures:
        then = now.get(was.name)
        if then is None or (then.said != was.said and then.value != was.value):
            changes.append(ChangedFigure(then.label if then else was.label, was.said, then.said if then else NOT_SAID))
    known = {figure.name for figure in slide.figures}
    if slide.figures or (new and slide.part):
        changes += [ChangedFigure(each.label, NOT_SAID, each.said) for name, each in now.items() if name not in known]
    return tuple(changes)


def _mended(slide: Slide, changed: tuple[ChangedFigure, ...]) -> str | None:
    """The slide's own words with every changed figure put right; None if one cannot be found there exactly once."""
    if not slide.edited:
        return None
    text = slide.text
    for change in changed:
        place = re.compile(rf"(?<![\w.,]){re.escape(change.was)}(?!\w|[.,]\d)")
        if NOT_SAID in (change.was, change.now) or len(place.findall(text)) != 1:
            return None
        text = place.sub(re.sub(r"\\", r"\\\\", change.now), text)
    return text


def renewed(story: Story, fresh: Story | None, at: int, text: str | None = None) -> Story:
    """The story with one slide as the data have it now (`fresh` as in `stale`): the sentence drafted anew, or `text`, the heading
    drafted anew unless it is a person's own, and the figures of today."""
    slide, new = story.slides[at], _drafted(fresh, story.slides[at])
    heading = new.heading if new and slide.heading == slide.drafted_heading else slide.heading
    return _with(story, at, new, heading, (new.text if new else slide.text) if text is None else text)


def kept(story: Story, fresh: Story | None, at: int) -> Story:
    """The story with one slide's words as they are, its figures seen: it is not stale until they change again."""
    slide = story.slides[at]
    return _with(story, at, _drafted(fresh, slide), slide.heading, slide.text)


def _with(story: Story, at: int, new: Slide | None, heading: str, text: str) -> Story:
    slide = replace(story.slides[at], heading=heading, text=text, figures=new.figures if new else ())
    if new:
        slide = replace(slide, drafted=new.text, drafted_heading=new.drafted_heading)
    return replace(story, slides=(*story.slides[:at], slide, *story.slides[at + 1 :]))
