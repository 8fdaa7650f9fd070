"""The sentences of the reach page, each with the part of the page that shows its figures."""

from __future__ import annotations

from typing import Any

import polars as pl

from wtnet.measures import absence, by_group, reach
from wtnet.network import Network
from wtnet.sentences import record
from wtnet.sentences.format import count, cut, figure, how_many, listed, share, verb
from wtnet.tables.rounding import fixed
from wtnet.tables.schema import CORE_KINDS

ROLES = {
    "gatekeeper": ("Opens the door", "joins one of its own kind with a partner of another kind"),
    "itinerant": ("Go-between", "joins two of one kind that is not its own"),
    "liaison": ("Joins two other kinds", "joins two different kinds, neither of them its own"),
    "coordinator": ("Within its own kind", "joins two of its own kind"),
}
"""Gould & Fernandez's roles in plain words: a title, and what the partner does."""
_DIFFERENCE = 0.05
SURE = 0.05
"""Below this p a sentence calls a figure more than chance."""


def odds(p: float | None) -> str:
    """A p as an everyday frequency: "about once in 30 times"."""
    if p is None:
        return "an unknown number of times"
    if p >= 0.3:
        return f"about {fixed(10 * p)} times in 10" if p < 0.95 else "nearly every time"
    return f"about once in {fixed(1 / p)} times" if p >= 0.0005 else "less than once in 1,000 times"


def p_value(p: float | None) -> str:
    """ "p = 0.03", "p < 0.001"."""
    if p is None:
        return "p unknown"
    return "p < 0.001" if p < 0.001 else f"p = {fixed(p, 3 if p < 0.1 else 2)}"


def headlines(now: Network, first: Network | None, first_name: str, chance: dict[str, Any]) -> list[tuple[str, str]]:
    """What there is to say, as (part of the page, sentence); `first` is the same view in the first wave.

    `chance` as `reach.chance` gives it.
    """
    lines = (_museums(now, first, first_name), _health(now), _lasting(now, first_name), crossing(now, chance), _broker(now))
    return [line for line in lines if line]


def _museums(now: Network, first: Network | None, first_name: str) -> tuple[str, str] | None:
    kinds = by_group.kinds_reached(now)
    if kinds is None:
        return _untold(now)
    museums = reach.coverage(now).height
    reach_words = ("is known to reach", "are known to reach") if _known_only(now) else ("reaches", "reach")
    who = f"The museum in view {reach_words[0]}" if museums == 1 else f"The {museums} museums {reach_words[1]}"
    each = "" if museums == 1 else " each, on average"
    kinds_then = by_group.kinds_reached(first) if first else None
    number = _many(kinds)
    each = each if kinds else ""
    possible = "three other" if museums == 1 else "four"
    since = _since(kinds, kinds_then, first_name)
    return "coverage", f"{who} {number} of the {possible} core kinds of partner{each}{since}."


def _known_only(now: Network) -> bool:
    """Whether the museums may work with more kinds than is known, as one of them has not answered."""
    return absence.only_known(now, reach.coverage(now)["id"].to_list())


def _untold(now: Network) -> tuple[str, str] | None:
    """Which kinds the record does not tell of, where it cannot be said how many a museum reaches; None without museums."""
    if not reach.coverage(now).height:
        return None
    single = reach.coverage(now).height == 1
    whom = "With whom the museum works" if single else "With whom the museums work"
    kinds = record.kinds_untold(absence.unknown_kinds(now), "museum", single or bool(now.scope.pilots))
    return "coverage", f"{whom} is recorded in part: {kinds}."


def _many(kinds: float) -> str:
    return figure(kinds, digits=0 if kinds.is_integer() else 1) if kinds else "none"


def _since(value: float, then: float | None, first_name: str) -> str:
    if then is None:
        return ""
    if abs(value - then) < _DIFFERENCE:
        return f", as at the wave “{first_name}”"
    return f", {'up' if value > then else 'down'} from {_many(then)} at the wave “{first_name}”"


def _health(now: Network) -> tuple[str, str] | None:
    museums = reach.coverage(now)
    if not museums.height:
        return None
    there = int((museums["health_provider"] > 0).sum())
    lacking, unheard = without_health(museums)
    gap = absence.unknown_kinds(now).get("health_provider")
    if gap and not there:
        return None  # the sentence on all kinds says it
    if gap and there < museums.height:
        some = (
            f"{there} of {count(museums.height, 'museum')} {'is' if there == 1 else 'are'} known to work with a health provider; "
        )
        return "coverage", f"{some}of the others it is {gap.words_of_one}."
    if there == museums.height:
        who = "The museum in view works" if museums.height == 1 else f"All {museums.height} museums work"
        return "coverage", f"{who} with a health provider."
    parts = (
        [f"{listed(lacking, 3)} {verb(len(lacking), 'has', 'have')} no health partner {in_view_or_yet(now)}"] if lacking else []
    )
    if unheard:
        pronoun = verb(len(unheard), "it", "they")
        parts.append(
            f"whether {listed(unheard, 3)} {verb(len(unheard), 'has', 'have')} one is not known, as {pronoun} did not answer"
        )
    none = "; ".join(parts)
    none = none if there else f"{none[:1].upper()}{none[1:]}"
    work = f"{verb(there)} known to work" if _known_only(now) else verb(there, "works", "work")
    some = f"{there} of {count(museums.height, 'museum')} {work} with a health provider; "
    return "coverage", f"{some if there else ''}{none}."


def in_view_or_yet(network: Network) -> str:
    """How an absence is qualified: "in view" where a filter may keep the tie out of it, else "yet"; "on record" for others than
    the lead, who are not told which partners kept silent."""
    return "in view" if absence.narrowed(network) else "yet" if network.exact is None else "on record"


def without_health(museums: pl.DataFrame) -> tuple[list[str], list[str]]:
    """The names of the museums (of `reach.coverage`) without a health provider, and of those that did not answer, so that it is
    unknown."""
    ties, known = pl.col("health_provider"), ~pl.col("unknown").str.contains("health_provider")
    chosen = (museums.filter(ties == 0), museums.filter(ties.is_null() & known))
    lacking, unheard = ([cut(name, 40) for name in part["name"]] for part in chosen)
    return lacking, unheard


def _lasting(now: Network, first_name: str) -> tuple[str, str] | None:
    ties = by_group.museum_health(now)
    if not ties.height:
        return None
    sentence = f"Museums and health providers hold {count(ties.height, 'partnership')}"
    if ties["since"].null_count() < ties.height and now.exact is not None:
        before = int((ties["since"] == "there before").sum())
        sentence += f", {how_many(before)} of which {verb(before or 1, 'was', 'were')} known in the wave “{first_name}”"
    elif ties["since"].null_count() < ties.height:
        new, unknown = ((ties["since"] == state).sum() for state in ("new", "unknown"))
        sentence += f", {new if new else 'none'} of them new since the wave “{first_name}”"
        sentence += f" (of {unknown} it is not known)" if unknown else ""
    after = ties["afterwards"]
    lasting, ending, silent = ((after == word).sum() for word in ("continues", "ends", "not documented"))
    if silent < ties.height:
        number = f"{lasting if lasting else 'none'} {'is' if lasting == 1 else 'are'}"
        rest = [f"{ending} to end"] if ending else []
        rest += [f"of {silent} nothing is documented"] if silent else []
        sentence += f"; {', '.join([f'{number} documented to continue after the programme', *rest])}"
    else:
        sentence += "; whether they continue after the programme is not documented"
    return "health", f"{sentence}."


def crossing(now: Network, chance: dict[str, Any]) -> tuple[str, str] | None:
    """How much crosses from kind to kind, beside what chance would give; `chance` as `reach.chance` gives it. Ties that are known
    from documents only are not set beside chance, and the sentence says why."""
    crosses = reach.cross_sector_share(now)
    if crosses is None:
        return None
    ties = now.ties.height
    sentence = f"{share(crosses, ties)} of {count(ties, 'partnership')} are between different kinds of partner"
    if ties == 1:
        sentence = f"The one partnership is between partners of {'different kinds' if crosses else 'the same kind'}"
    expected, p = chance["ei_expected"], chance["p"]
    if not chance["draws"]:
        return "chance", f"{sentence}. {absence.NOT_BY_CHANCE}"
    if expected is None or p is None:
        return "chance", f"{sentence}; with one kind of partner in view there is nothing to compare that with."
    beside = share((1 + expected) / 2, ties)
    side = "more" if chance["ei_index"] > expected else "less"
    if p < SURE:
        verdict = f"this much {side} would come about by chance only {odds(p)}"
    else:
        verdict = f"a difference this large comes about by chance {odds(p)}, so it says nothing either way"
    return "chance", f"{sentence}; with the kinds dealt out at random it would be {beside}, and {verdict} ({p_value(p)})."


def _broker(now: Network) -> tuple[str, str] | None:
    if not by_group.brokers(now, 1, ("itinerant", "liaison", "gatekeeper")).height:
        return None
    crossing_roles = [by_group.brokers(now, now.graph.number_of_nodes(), (role,)) for role in by_group.CROSSING]
    best = (
        pl.concat(crossing_roles)
        .group_by("id", "name", maintain_order=True)
        .agg(pl.col("pairs").sum())
        .sort("pairs", descending=True, maintain_order=True)
    )
    name, pairs = best.select("name", "pairs").row(0)
    return (
        "brokers",
        f"{name} joins the most pairs across kinds that have no known partnership of their own: {count(int(pairs), 'pair')}.",
    )


def assortativity_sentence(chance: dict[str, Any]) -> str:
    """Assortativity beside what chance alone would give; `chance` as `reach.ei_permutation` gives it."""
    value, p = chance["assortativity"], chance["assortativity_p"]
    if not chance.get("draws", True):
        return ""
    if value is None or p is None:
        return "Assortativity cannot be worked out: all partnerships touch one kind only."
    if p < SURE:
        direction = "partners keep more to their own kind" if value > 0 else "partnerships go to other kinds more"
        verdict = f"{direction} than chance would have it"
    else:
        verdict = f"a figure this far from chance comes about by chance {odds(p)}, so it says nothing either way"
    return f"Assortativity by kind {figure(value, digits=2)} (1 only within kinds, 0 as by chance): {verdict} ({p_value(p)})."


def groups_sentence(groups: pl.DataFrame, noun: str) -> str:
    """The number of groups in which all four core kinds take part, and which kinds are not known in the first three others;
    where the record does not tell, that alone.

    `groups` as `by_group.by_group` gives it; `noun` says what a group is: "place", "pilot".
    """
    groups = groups.filter(~pl.col("withheld")) if "withheld" in groups.columns else groups
    if not groups.height:
        return f"What stands here for each {noun} is withheld."
    untold = [label.lower() for kind, label in CORE_KINDS.items() if groups[kind].null_count()]
    if untold:
        kinds = " or ".join(label.replace("museum or heritage organisation", "museum") for label in untold)
        if groups.height == 1:
            return f"Whether a {kinds} takes part at {groups['group'][0]} is not recorded."
        return f"At which of the {groups.height} {noun}s a {kinds} takes part is not recorded."
    full = groups.filter(pl.col("core_kinds") == 4).height
    if groups.height == 1:
        name = groups["group"][0]
        sentence = f"{name}: all four core kinds take part" if full else f"The only {noun} in view is {name}"
    else:
        number = f"all {groups.height} {noun}s" if full == groups.height else f"{full or 'none'} of {count(groups.height, noun)}"
        sentence = f"In {number} all four core kinds take part"
    lacking = []
    for row in groups.filter(pl.col("core_kinds") < 4).head(3).iter_rows(named=True):
        missing = [label.lower() for kind, label in CORE_KINDS.items() if not row[kind]]
        where = "" if groups.height == 1 else f"{row['group']}: "
        lacking.append(f"{where}no {' or '.join(missing)} is known to take part")
    return f"{sentence}{'; ' + '; '.join(lacking) if lacking else ''}."


def hidden_groups(number: int) -> str:
    """Why the figures of so many groups are withheld."""
    rows = "1 row is" if number == 1 else f"{number:,} rows are"
    return f"{rows} withheld: partners who are not shared by name are there, and the figures would tell where they are."
