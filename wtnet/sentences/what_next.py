"""What to do next, in one line, from what there is: the first thing that is missing, waits or is late."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from wtnet.analysis.next_steps import late
from wtnet.network import answers
from wtnet.sentences.format import count
from wtnet.tables import Tables, waves


class Advice(NamedTuple):
    """What to do, the page on which it is done, and what the link to it chooses."""

    words: str
    page: str
    choices: tuple[tuple[str, str], ...] = ()


def advice(tables: Tables, illustrative: bool, leads: bool, today: date) -> Advice:
    """The one thing to do next, for a person who `leads` the programme, or a reader."""
    if not leads:
        return Advice("see how far the work reaches, and open any figure to what stands behind it", "reach")
    if tables.organisations.is_empty():
        return Advice("bring in your spreadsheet, or write down your first partners", "data")
    over = late(tables, today)
    if over:
        return Advice(f"{count(over, 'next step')} should be done by now", "gaps", (("show", "steps"),))
    waiting = [id for id in waves.in_order(tables) if waves.is_open(tables, id) and not all(answers(tables, id).values())]
    if waiting:
        quiet = sum(not yes for yes in answers(tables, waiting[0]).values())
        name = tables.names("waves")[waiting[0]]
        return Advice(f"{count(quiet, 'partner')} asked for {name} {'has' if quiet == 1 else 'have'} not answered yet", "survey")
    if illustrative:
        return Advice("this programme is invented; bring in your own spreadsheet", "data")
    if tables.ratings.is_empty():
        return Advice("ask your partners how strong each partnership is", "survey")
    steps = tables.next_steps.filter(~tables.next_steps["done"].fill_null(False)).height
    if steps:
        return Advice(f"{count(steps, 'next step')} to do", "gaps", (("show", "steps"),))
    return Advice("see who should meet, and write down the first step", "gaps", (("show", "meet"),))
