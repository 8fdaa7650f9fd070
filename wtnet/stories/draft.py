"""A first draft of a story: sentences and views from a subject's own figures, each figure remembered with what it was."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import polars as pl

from wtnet.errors import InvalidRequest
from wtnet.measures.impact.quotes import chosen
from wtnet.measures.impact.suppression import consented
from wtnet.network import Scope
from wtnet.sentences import partners as partner_sentences
from wtnet.sentences import trust as trust_sentences
from wtnet.sentences.format import cut
from wtnet.stories.chart import side_chart
from wtnet.stories.draft_sentences import PartSentences
from wtnet.stories.facts import Facts
from wtnet.stories.model import ALL, LONGEST_HEADING, PARTS, Slide, SlideView, Story
from wtnet.stories.sentence import Sentence
from wtnet.stories.slides import mended_scope
from wtnet.stories.subject import Subject, subject
from wtnet.stories.titles import PartTitles, grew_stronger
from wtnet.tables import Tables
from wtnet.tables.model import Audience


def draft(
    tables: Tables,
    partner: str | None = None,
    pilot: str | None = None,
    audience: Audience = "lead",
    programme: str = "",
    cells: pl.DataFrame | None = None,
    scope: Scope = ALL,
    themes: tuple[str, ...] = (),
) -> Story:
    """A story of a partner, a pilot or (neither given) the whole programme, whose name is `programme`, up to the wave of a
    `scope` and of the partners in it, with the results of the `themes` (none means all). See `Story`.

    `tables` are as the `audience` may have them (`wtnet.access`), and so are the `cells` of
    `measures.impact`. Who we are; whom we worked with at the start and now;
    how strong it became and what each side says; what came of it; what comes next: with the subject's real figures, what
    is unknown said as such, and quotes only where the audience may read them. With fewer than two waves start and now
    are one slide. A partner or pilot that is not there is an InvalidRequest.
    """
    if partner is not None and pilot is not None:
        raise InvalidRequest("A story is about one partner or one pilot; give one of the two.")
    about = f"partner:{partner}" if partner is not None else f"pilot:{pilot}" if pilot is not None else "programme"
    topic = subject(tables, about)
    if pilot is not None:  # its figures are of its own partners anyhow, and the map shows it among the others
        scope = replace(scope, pilots=())
    return _story(tables, topic, audience, programme, cells, scope, themes)


def again(story: Story, tables: Tables, programme: str, cells: pl.DataFrame | None) -> Story | None:
    """The story as it would be drafted now, from what `draft` is given; null where whom it is about is gone."""
    try:
        topic = subject(tables, story.about)
    except InvalidRequest:
        return None
    return _story(tables, topic, story.audience, programme, cells, mended_scope(story.scope, tables), story.themes)


def _story(
    tables: Tables,
    topic: Subject,
    audience: Audience,
    programme: str,
    cells: pl.DataFrame | None,
    scope: Scope,
    themes: tuple[str, ...],
) -> Story:
    facts = Facts(tables, topic, audience, cells, scope, themes=themes)
    name = topic.name or programme or "The programme"
    quote_ids = quotes(tables, topic, [row["id"] for row in facts.pilots], audience)["id"].to_list()
    slides = [_slide(part, facts, name) for part in _plan(facts)]
    for part in ("came" if any(slide.part == "came" for slide in slides) else "found", "next"):  # one quote each, if any
        if quote_ids:
            slides = [_quoted(slide, quote_ids[0]) if slide.part == part else slide for slide in slides]
            quote_ids = quote_ids[1:]
    return Story(
        id=re.sub(r"[^\w-]+", "-", topic.about.replace(":", "-")).strip("-")[:80] or "story",
        title=name,
        slides=tuple(slides),
        about=topic.about,
        audience=audience,
        made=date.today().isoformat(),
        scope=scope,
        themes=themes,
    )


def _plan(facts: Facts) -> list[str]:
    """Which parts are told, in order: none of which there is nothing to tell."""
    several, one_partner = len(facts.waves) > 1, facts.of.kind == "partner"
    wanted = {
        "start": several,
        "trust": several and not one_partner,
        "sides": not one_partner or facts.audience == "lead",  # to others, what one partner's ties rest on is withheld
        "came": facts.progress.height or facts.findings.is_empty(),
        "found": facts.findings.height,
        "done": facts.activities.height,
        "missing": facts.ties(-1).height,
    }
    return [part for part in PARTS if wanted.get(part, True)]


def _slide(part: str, facts: Facts, name: str) -> Slide:
    sentences = PartSentences(facts, name)
    draft_part: Callable[[], Sentence] = getattr(sentences, part)
    draft_title: Callable[[], Sentence] = getattr(PartTitles(facts, name, sentences.we, sentences.our), part)
    sentence, title = draft_part(), draft_title()
    heading = cut(title.text, LONGEST_HEADING)
    figures = {figure.name: figure for figure in (*title.figures, *sentence.figures)}
    return Slide(
        heading,
        sentence.text,
        _view(part, facts),
        None,
        notes(part, facts),
        part,
        sentence.text,
        tuple(figures.values()),
        heading,
    )


NOTES = {
    "who": "Say in your own words why this work matters to you.",
    "start": "A partnership is what either side reported in this wave, or what is documented where neither did.",
    "now": "Unknown is not the same as ended: someone may simply not have answered.",
    "strength": "Strength is the mean of how closely you work, how often you are in touch, trust and value, from both sides.",
    "trust": trust_sentences.NOT_WHY,
    "sides": "A difference is a reason to talk, not a mark for anybody. Ask before you show what a partner said.",
    "came": "These are results of the pilots together; they are not caused by one partner alone.",
    "found": "Findings are claims until somebody independent agrees; say whose words they are.",
    "done": "Numbers of people are of those activities that counted them; the others are unknown, not nought.",
    "missing": "A sector that is not reached is a question, not a fault: say whom you would like to meet.",
    "next": "Only what is documented is here: add what you plan.",
}
"""What the presenter should know of each part."""


def notes(part: str, facts: Facts) -> str:
    """What the presenter should know of a part, which is not on the slide."""
    lines, one_partner = [NOTES[part]], facts.of.kind == "partner"
    if part == "sides" and one_partner and facts.audience == "lead" and facts.asked(-1):
        network = facts.networks[-1]
        for tie in partner_sentences.widest_differences(partner_sentences.own_ties(network, facts.of.id), 2):
            lines.append(f"Furthest apart: {partner_sentences.conversation_prompt(network, facts.of.id, tie)}")
    if part in ("start", "now") and one_partner:
        lines += filter(None, [partner_sentences.unanswered_waves(facts.tables, facts.of.id)])
    return "\n".join(lines)


def _view(part: str, facts: Facts) -> SlideView:
    beside = {"start": "kinds", "now": "kinds", "strength": "strength", "came": "came", "next": "next"}
    beside |= {
        "trust": "strength" if grew_stronger(facts) else "nothing",
        "found": "voices",
        "done": "done",
        "missing": "missing",
        "sides": "answers",
    }
    if part == "strength":
        beside = beside | {"strength": "nothing" if len(facts.waves) < 2 else "moved" if grew_stronger(facts) else "strength"}
    chart = side_chart(beside.get(part, "nothing"), facts, 0 if part == "start" else -1)
    if chart is None or len(chart.categories) < (2 if part in ("next", "sides", "done") else 1):
        beside = {}  # nothing to draw: the words say so
    wave = facts.waves[0] if part == "start" else facts.scope.wave
    focus = facts.members if facts.of.kind != "programme" else ()
    near = bool(focus) and (part in ("start", "now", "strength", "sides") or (part == "who" and facts.of.kind == "pilot"))
    return SlideView(replace(facts.scope, wave=wave), focus, near, beside.get(part, "nothing"))


def _quoted(slide: Slide, quote: str) -> Slide:
    return replace(slide, quote=quote)


def quotes(tables: Tables, of: Subject, pilots: list[str], audience: Audience) -> pl.DataFrame:
    """The quotes an audience may read that are about the subject first, then those about its pilots (the programme:
    all), each by the rule of `impact.quotes`."""
    open_ = chosen(consented(tables.quotes, audience))
    if of.kind == "programme":
        return open_
    own = (pl.col("organisation") == of.id).fill_null(False) if of.kind == "partner" else pl.lit(False)
    near = pl.col("pilot").is_in(pilots).fill_null(False)
    if of.kind == "partner":
        near = near & pl.col("organisation").is_null()
    return pl.concat([open_.filter(own), open_.filter(~own & near)])
