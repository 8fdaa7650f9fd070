"""Can I trust this? One sentence that weighs what speaks for a change and against it, and the lines it rests on."""

from __future__ import annotations

from wtnet.analysis.bounds import Bounds
from wtnet.analysis.trust import Interval, Trust
from wtnet.measures.uncertainty import FEW
from wtnet.sentences.format import WITHHELD, count, counted, figure, how_many, share, verb
from wtnet.tables.rounding import rounded

HOLDS, LEANS, OPEN = "This holds against what is missing", "This leans one way, but is not settled", "This cannot be told yet"
NOT_WHY = (
    "None of this says why it changed, or whether what partners say of one another is so: it asks how far another set of "
    "partners, the missing answers, or any one partner could have made the figure another."
)
"""What the panel does not say."""
_STILL = 0.005
"""A change that is written as 0.00."""


def sentence(trust: Trust, waves: tuple[str, ...], crossing: bool = False) -> str:
    """The sentence that weighs the change of mean strength (or of the share across kinds) between the `waves` (names, first to
    last); of one wave, what its figure rests on."""
    if not trust.two_waves:
        return _of_one_wave(trust, waves[-1], crossing)
    if not all(asked.survey for asked in trust.asked):
        return f"Whether partnerships changed cannot be weighed: in {_unasked(trust, waves)} nobody was asked."
    moved = trust.crossing if crossing else trust.strength
    if not crossing and trust.withheld:
        why = trust.withheld.removeprefix("Withheld: ")
        return f"How strength changed is {WITHHELD}, and so is how far it can be trusted: {why}"
    if moved is None or moved.change is None:
        what = "partnerships across kinds" if crossing else "strength of partnerships"
        return f"{OPEN}: the {what} is not known in both waves."
    spoken = f"the share of partnerships that cross kinds {moved_by(moved, points=True)}" if crossing else _strength_moved(moved)
    start = f"from {waves[0]} to {waves[-1]} {spoken}"
    if moved.low is None:
        return f"{OPEN}: {start}, but {no_interval(trust)}."
    if not _clear(moved):
        return f"{OPEN}: {start}, which cannot be told from no change{_besides(trust, crossing)}."
    if crossing:
        return f"{_verdict_crossing(trust)}: {start}{_besides(trust, crossing)}."
    against = _against(trust, moved.change > 0)
    return f"{LEANS if against else HOLDS}: {start}{_pairs(trust.bounds, moved.change > 0)}{_but(against)}."


def _of_one_wave(trust: Trust, wave: str, crossing: bool) -> str:
    """What a figure of the only wave rests on."""
    if not trust.asked[-1].survey:
        return "These partnerships are known from documents, not from answers, so neither strength nor change can be weighed."
    if trust.withheld:
        return f"How far this can be trusted is {WITHHELD} with the figures: {trust.withheld.removeprefix('Withheld: ')}"
    level = trust.crossing if crossing else trust.strength
    if level is None or level.after is None:
        return "No partnership has a known strength in this wave, so there is nothing to weigh."
    written = share(level.after, trust.ties) if crossing else figure(level.after, digits=2)
    between = f" (95% interval {interval_ends(level, crossing)})" if level.low is not None else f" ({no_interval(trust)})"
    what = "the share of partnerships that cross kinds" if crossing else "mean strength"
    return f"At {wave}, {what} is {written}{between}; {rests_on_one_side(trust)}. With one wave nothing can be said of change."


def _unasked(trust: Trust, waves: tuple[str, ...]) -> str:
    return " and ".join(name for name, asked in zip((waves[0], waves[-1]), trust.asked, strict=True) if not asked.survey)


def _clear(moved: Interval) -> bool:
    """Whether no change lies outside the interval, as it is written."""
    return moved.low is not None and moved.high is not None and (rounded(moved.low, 2) > 0 or rounded(moved.high, 2) < 0)


def no_interval(trust: Trust) -> str:
    if trust.partners < FEW:
        return f"with {count(trust.partners, 'partner')} no interval is given: fewer than {FEW} cannot carry one"
    return "no interval can be given"


def _strength_moved(moved: Interval) -> str:
    return f"mean strength {moved_by(moved)}"


def moved_by(moved: Interval, points: bool = False) -> str:
    """ "rose by 0.14 (95 % interval 0.09 to 0.18)"."""
    change = _difference(moved, 3 if points else 2)
    between = f" (95% interval {interval_ends(moved, points)})" if moved.low is not None else ""
    if abs(change) < _STILL:
        return f"did not move{between}"
    size = f"{figure(abs(change) * 100, digits=0)} percentage points" if points else figure(abs(change), digits=2)
    return f"{'rose' if change > 0 else 'fell'} by {size}{between}"


def _difference(moved: Interval, digits: int) -> float:
    """The change between the two figures as they are written, so that a subtraction by hand gives the same."""
    if moved.before is None or moved.after is None:
        return 0.0
    return rounded(rounded(moved.after, digits) - rounded(moved.before, digits), digits)


def interval_ends(moved: Interval, points: bool) -> str:
    ends = (moved.low or 0.0, moved.high or 0.0)
    if moved.change is None and points:
        return f"{share(ends[0])} to {share(ends[1])}"
    low, high = (figure(end * 100 if points else end, digits=0 if points else 2) for end in ends)
    return f"{low} to {high}"


def _pairs(known: Bounds | None, up: bool) -> str:
    """What became of those rated in both waves, and if all unknown ones had gone the other way."""
    if known is None or not known.known:
        return ""
    moved = f"{how_many(known.stronger)} grew stronger and {how_many(known.weaker)} weaker"
    both = f"; of the {count(known.known, 'partnership')} rated both times {moved}"
    if not known.unknown:
        return f"{both}, and there is none whose change is not known"
    other = "weaker" if up else "stronger"
    all_ = f"all {known.unknown:,} whose change is not known" if known.unknown > 1 else "the one whose change is not known"
    beside = f"{known.stronger:,} against {known.weaker + known.unknown:,}"
    if not up:
        beside = f"{known.weaker:,} against {known.stronger + known.unknown:,}"
    even = "even " if _outweighs(known, up) else ""
    return f"{both}, and {even}if {all_} had grown {other} it would be {beside}"


def _outweighs(known: Bounds, up: bool) -> bool:
    ahead, behind = (known.stronger, known.weaker) if up else (known.weaker, known.stronger)
    return ahead > behind + known.unknown


def _against(trust: Trust, up: bool) -> list[str]:
    """What could have made the change another, or speaks against it."""
    known, against = trust.bounds, []
    if known is None:
        return ["what became of single partnerships is not told"]
    if not known.known:
        return ["no partnership was rated both times"]
    ahead, behind = (known.stronger, known.weaker) if up else (known.weaker, known.stronger)
    if ahead <= behind:
        against.append(f"no more of them grew {'stronger' if up else 'weaker'} than {'weaker' if up else 'stronger'}")
    elif not _outweighs(known, up):
        part = share(known.undo_share or 0.0)
        against.append(f"{known.undo or 0:,} of these {known.unknown:,} ({part}) would be enough to undo it")
    if known.change is not None and (known.change > 0) != up:
        against.append(f"the same partnerships by themselves {'fell' if up else 'rose'}")
    elif known.undo_mean is not None and known.undo_mean <= known.unknown:
        worst = f"{share(known.undo_mean / known.unknown)}) at their {'weakest' if up else 'strongest'}"
        against.append(f"{known.undo_mean:,} of these {known.unknown:,} ({worst} would be enough to undo the mean")
    if trust.reports and (trust.reports.after > trust.reports.before) != up:
        against.append(f"the same answers by themselves {'fell' if up else 'rose'}")
    if trust.without_one and not (trust.without_one[0] > 0 if up else trust.without_one[1] < 0):
        against.append("without one partner it would be gone")
    return against


def _but(against: list[str]) -> str:
    return f"; but {', and '.join(against)}" if against else ""


def _verdict_crossing(trust: Trust) -> str:
    """Ties that nobody could speak of may lie anywhere, so that with silence a share across kinds is not settled."""
    complete = all(asked.asked is not None and asked.asked == asked.answered for asked in trust.asked)
    return HOLDS if complete else LEANS


def _besides(trust: Trust, crossing: bool) -> str:
    silent = [asked.asked - asked.answered for asked in trust.asked if asked.asked is not None and asked.answered is not None]
    if not sum(silent) or not crossing:
        return ""
    return f"; {listed_counts(silent)} did not answer, and partnerships that they alone know of are not in it"


def listed_counts(silent: list[int]) -> str:
    """ "9 partners in the first wave and 8 in the second"."""
    if len(silent) == 1 or len(set(silent)) == 1:
        return f"{count(silent[0], 'partner')}{' in each wave' if len(silent) > 1 else ''}"
    return f"{counted(silent[0], 'partner')} in the first wave and {how_many(silent[1])} in the second"


def rests_on_one_side(trust: Trust) -> str:
    if trust.one_sided is None:
        return f"how many rest on one side's word is {WITHHELD}"
    if trust.ties < 2:
        rests = "rests" if trust.one_sided else "does not rest"
        return f"the one partnership {rests} on one side's word" if trust.ties else "no partnership is known"
    return (
        f"{how_many(trust.one_sided)} of {count(trust.ties, 'partnership')} {verb(trust.one_sided or 1, 'rests', 'rest')} on one "
        "side's word"
    )
