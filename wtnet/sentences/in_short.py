"""A report in short: what a trustee asks, and the answer to each in a sentence or two, to be read in a minute."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl

from wtnet.analysis.introductions import introductions
from wtnet.analysis.trust import Trust
from wtnet.measures import absence, catalogue
from wtnet.measures.impact import progress as impact
from wtnet.measures.impact.progress import ImpactSummary
from wtnet.network import Network
from wtnet.sentences import findings as finding_sentences
from wtnet.sentences import gaps, next_steps, record
from wtnet.sentences import impact as impact_sentences
from wtnet.sentences import trust as trust_sentences
from wtnet.sentences.change import count_documented_earlier
from wtnet.sentences.format import WITHHELD, count, counted, cut, how_many, measure_value, verb
from wtnet.sentences.waves import names as wave_names

MEETINGS = 3
"""So many introductions are named."""
MINUTE = 260
"""So many words are read in a minute."""


def answers(
    network: Network,
    first: Network | None,
    weighed: Trust,
    summary: ImpactSummary,
    findings: pl.DataFrame,
    steps_on: date | None = None,
) -> list[tuple[str, str]]:
    """What is asked of a programme or a pilot and what there is to answer, in order; what nothing can be said of is left out.

    `first` is the same view in the first wave (null where that is the wave looked at, or there is none), `weighed` what a change
    since then rests on (`trust.weigh`); `findings` those in view. With `steps_on` the next steps that were written down,
    which are the lead's, are told too, and how many of them are late on that day. Where all of it takes longer than a minute,
    how findings stand and who is silent in them is left to their own section; then fewer introductions are named.
    """
    tables = network.tables
    results, pairs = _results(network, summary), _pairs(network)
    standings, silence = finding_sentences.standings(findings), finding_sentences.silence(findings, tables)
    in_words = [finding_sentences.headline(findings, tables), standings]
    missing = [gaps.missing_kinds(network), silence]
    coming = [next_steps.headline(tables, steps_on) if steps_on and tables.next_steps.height else "", lasting(network)]
    asked = [
        ("Did partnerships grow?", growth(network, first, weighed)),
        ("Can that be trusted?", _trust(network, first, weighed)),
        ("What came of it, in numbers?", results),
        ("What came of it, in words?", " ".join(filter(None, in_words))),
        ("What is missing?", " ".join(filter(None, missing))),
        ("What next?", " ".join(filter(None, coming))),
        ("Who should meet?", _introduced(pairs)),
    ]
    shorter = [("What came of it, in words?", in_words[0]), ("What is missing?", missing[0])]
    shorter += [("Who should meet?", _introduced(pairs[:most])) for most in range(len(pairs) - 1, 0, -1)]
    told = {question: answer for question, answer in asked if answer}
    for question, answer in shorter:
        if question in told and _words(told) > MINUTE:
            told |= {question: answer}
    return [(question, answer) for question, answer in told.items() if answer]


def _words(told: Mapping[str, str]) -> int:
    return sum(len(f"{question} {answer}".split()) for question, answer in told.items())


def growth(network: Network, first: Network | None, weighed: Trust) -> str:
    """How many partnerships are known and how strong they are, beside the first wave; that alone where the two cannot be
    compared, and "" where there is no partnership in either."""
    if not network.ties.height and (first is None or not first.ties.height):
        return ""
    name = _moment(network)
    there = counted(network.ties.height, "partnership")
    there = f"{there[:1].upper()}{there[1:]}"
    are = verb(network.ties.height or 1)
    if first is None:
        where = f" at {name}" if name else " from documents"
        one = network.ties.height == 1
        later = f"whether {'it grows' if one else 'they grow'} is for a later wave to tell"
        later = later if name else f"documents alone do not tell whether {'it' if one else 'they'} grew"
        return f"{there} {are} known{where}{_strength(network, None)}; {later}."
    if not all(asked.survey for asked in weighed.asked):
        return f"{there} {are} known at {name}{_strength(network, None)}; nobody was asked in both waves, so no growth is told."
    new = catalogue.find("new_ties", "network")
    number = None if catalogue.withheld(new, network) else catalogue.whole(network, ("new_ties",))["new_ties"]
    which = f"; {number:,} {verb(number)} new since" if number else "; none is known to be new since" if number == 0 else ""
    if number and (earlier := count_documented_earlier(first, network)):
        which += f" ({earlier:,} more by reports, but documented as older)"
    then = f"{how_many(first.ties.height)} at {_moment(first)}"
    strength = _strength(network, first).removeprefix("; ")
    return f"{there} {are} known at {name}, {then}{which}. {strength[:1].upper()}{strength[1:]}."


def _moment(network: Network) -> str:
    """A wave with the month it was in: "End (July 2025)"; "" without waves."""
    name = wave_names(network.tables).get(network.wave or "", "")
    dates = dict(network.tables.waves.select("id", "date").iter_rows())
    day = dates.get(network.wave or "")
    return f"{name} ({day:%B %Y})" if name and day else name


def _strength(network: Network, first: Network | None) -> str:
    """ "; mean strength, from 0 to 1, is 0.63, up from 0.50"; what is withheld or not known is said so."""
    now, what = _shown(network), "; mean strength, from 0 to 1,"
    if first is None:
        return f"{what} is {now}"
    then = _shown(first)
    if now == then:
        return f"{what} is {now}, as then" if now[0].isdigit() else f"{what} is {now} in both waves"
    if now[0].isdigit() and then[0].isdigit():
        return f"{what} is {now}, {'up' if float(now) > float(then) else 'down'} from {then}"
    return f"{what} is {now}, and at {_moment(first)} {then}"


def _shown(network: Network) -> str:
    measure = catalogue.find("mean_strength", "network")
    value = catalogue.whole(network, ("mean_strength",))["mean_strength"]
    shown = measure_value(measure, value, withheld=catalogue.withheld(measure, network))
    return "not known" if shown == "–" else shown


def _trust(network: Network, first: Network | None, weighed: Trust) -> str:
    """The sentence of the panel "Can I trust this?", of what the answer before it says."""
    if not network.ties.height:
        return ""
    names = wave_names(network.tables)
    waves = tuple(names.get(seen.wave or "", "") for seen in (first, network) if seen is not None)
    return trust_sentences.sentence(weighed, waves)


def _results(network: Network, summary: ImpactSummary) -> str:
    """How many targets are met and what is furthest from its own, as the Impact page opens; in the first wave the baselines."""
    tables = network.tables
    if tables.indicators.is_empty() and not record.results_untold(tables):
        return ""
    if impact.starts(tables, network.wave) and len(wave_names(tables)) > 1:
        return impact_sentences.first_wave_headline(summary.cells, "", wave_names(tables)[network.wave or ""])
    return impact_sentences.headline(summary, "", "", record.results_untold(tables))


def lasting(network: Network) -> str:
    """How many partnerships are documented to go on; that nothing says so where nothing does; "" without partnerships."""
    if not network.ties.height:
        return ""
    measure = catalogue.find("continuing_ties", "network")
    if catalogue.withheld(measure, network):
        return f"How many partnerships continue after the programme is {WITHHELD}."
    number = catalogue.whole(network, (measure.id,))[measure.id]
    if number is None:
        return "Whether partnerships continue after the programme is not documented."
    of = count(network.ties.height, "partnership")
    return f"{f'{number:,}' if number else 'None'} of {of} {verb(number or 1)} documented to continue after the programme."


def meetings(network: Network) -> str:
    """Which introductions are worth making first, and how many partners the two share; "" where there is none to name, and where
    the record does not tell of all partnerships."""
    return _introduced(_pairs(network))


def _pairs(network: Network) -> list[str]:
    best = introductions(network, most=MEETINGS) if not absence.ties(network) else pl.DataFrame()
    return [
        f"{cut(row['source_name'], 40)} and {cut(row['target_name'], 40)} ({count(row['shared'], 'partner')} in common)"
        for row in best.iter_rows(named=True)
    ]


def _introduced(pairs: Sequence[str]) -> str:
    if not pairs:
        return ""
    first = "These share partners and are" if len(pairs) > 1 else "These two share partners and are"
    return f"{first} not known to work together: {'; '.join(pairs)}."


def meeting_rows(network: Network, most: int = 8) -> pl.DataFrame:
    """The introductions worth making as a table for people: Introduce, to, Why; empty where none can be named."""
    best = introductions(network, most=most) if not absence.ties(network) else pl.DataFrame()
    rows = [(row["source_name"], row["target_name"], row["reason"]) for row in best.iter_rows(named=True)]
    return pl.DataFrame(rows, schema=dict.fromkeys(("Introduce", "to", "Why"), pl.String), orient="row")
