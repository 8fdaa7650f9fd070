"""Can I trust this? The lines that the one sentence rests on, and how far the order of partners hangs on a choice."""

from __future__ import annotations

from wtnet.analysis.bounds import Bounds
from wtnet.analysis.leaving_out import Moves
from wtnet.analysis.trust import Response, Trust
from wtnet.sentences.format import WITHHELD, figure, how_many, share, verb
from wtnet.sentences.trust import interval_ends, moved_by, no_interval, rests_on_one_side
from wtnet.tables.rounding import rounded


def lines(trust: Trust, waves: tuple[str, ...]) -> list[tuple[str, str]]:
    """What the sentence rests on: (what is asked, what is known), a line each."""
    both = (waves[0], waves[-1]) if trust.two_waves else waves[-1:]
    rows = [("Who was asked and answered", f"{_who_answered(trust, both)}.{_unheard(trust)}")]
    one_sided = f"{rests_on_one_side(trust)}{_unrated(trust)}."
    rows.append(("How much rests on one side", f"{one_sided[:1].upper()}{one_sided[1:]}"))
    if trust.withheld:
        return [*rows, ("How strength changed" if trust.two_waves else "Mean strength", trust.withheld)]
    rows += [(label, words) for label, words in (_interval(trust), _crossing(trust)) if words]
    return [*rows, *_of_pairs(trust)] if trust.two_waves else rows


def _who_answered(trust: Trust, waves: tuple[str, ...]) -> str:
    told = [_answered(asked) for asked in trust.asked]
    if len(told) > 1 and len(set(told)) == 1:
        return f"Both waves: {told[0]}"
    return "; ".join(f"{wave}: {words}" for wave, words in zip(waves, told, strict=True))


def _answered(asked: Response) -> str:
    if not asked.survey:
        return "known from documents, not from answers"
    if asked.withheld:
        return WITHHELD
    return f"{how_many(asked.answered or 0)} of {asked.asked:,} answered"


def _unheard(trust: Trust) -> str:
    """What no bound takes in: a partnership of which neither side answered."""
    heard = all(asked.survey and asked.asked == asked.answered and not asked.withheld for asked in trust.asked)
    survey = any(asked.survey for asked in trust.asked)
    return (
        "" if heard or not survey else " A partnership between two who kept silent is in no figure here, unless it is documented."
    )


def _unrated(trust: Trust) -> str:
    return f"; of {trust.unrated:,} the strength is not known" if trust.unrated else ""


def _interval(trust: Trust) -> tuple[str, str]:
    moved = trust.strength
    if moved is None or moved.after is None:
        return "Mean strength", "not known"
    if not trust.two_waves:
        between = f", 95% interval {interval_ends(moved, False)}" if moved.low is not None else f"; {no_interval(trust)}"
        return "Mean strength", f"{figure(moved.after, digits=2)}{between}."
    if moved.change is None:
        return "Mean strength", "Not known in both waves."
    few = "" if moved.low is not None else f"; {no_interval(trust)}"
    ends = " to ".join(dict.fromkeys(figure(value, digits=2) for value in (moved.before, moved.after)))
    return "All partnerships of each wave", f"Mean strength {moved_by(moved)}: {ends}{few}."


def _crossing(trust: Trust) -> tuple[str, str]:
    moved = trust.crossing
    if moved is None or moved.change is None:
        return "", ""
    ends = " to ".join(dict.fromkeys(share(value, trust.ties) for value in (moved.before, moved.after)))
    return "Share that crosses kinds", f"It {moved_by(moved, points=True)}: {ends}."


def _went(before: float, after: float) -> str:
    """ "went from 0.50 to 0.60", "stayed at 0.60"."""
    first, last = figure(before, digits=2), figure(after, digits=2)
    return f"stayed at {last}" if first == last else f"went from {first} to {last}"


def _of_pairs(trust: Trust) -> list[tuple[str, str]]:
    known, rows = trust.bounds, []
    if known is None or not known.known:
        return [("The same partnerships", "None was rated in both waves." if known else trust.narrower or "Not known.")]
    counted = (
        f"{how_many(known.stronger)} grew stronger by 0.1 or more, {how_many(known.weaker)} weaker, {how_many(known.unchanged)} "
        f"stayed; besides, {how_many(known.new)} {verb(known.new or 1)} new and {how_many(known.ended)} ended"
    )
    if known.before is None or known.after is None:
        rows.append(("The same partnerships", f"{known.known:,} rated in both waves: {counted}. Their mean is {WITHHELD}."))
    else:
        ends = _went(known.before, known.after)
        rows.append(("The same partnerships", f"{known.known:,} rated in both waves {ends}: {counted}."))
    if trust.reports:
        ends = _went(trust.reports.before, trust.reports.after)
        rows.append(("The same answers", f"{trust.reports.number:,} answers of the same partner about the same partner {ends}."))
    rows += _unknown(known)
    if trust.without_one:
        low, high = (figure(value, digits=2) for value in trust.without_one)
        rows.append(("Without any one partner", f"The same partnerships would have changed by {low} to {high}."))
    return [*rows, ("The rest", trust.narrower)] if trust.narrower else rows


def _unknown(known: Bounds) -> list[tuple[str, str]]:
    """What the partnerships of unknown change could do."""
    if not known.unknown:
        return [("If the unknown were otherwise", "There is none whose change is not known.")]
    label = f"If all {known.unknown:,} unknown ones" if known.unknown > 1 else "If the one unknown one"

    def mean(value: float | None) -> str:
        return f"; the mean change {figure(value, digits=2)}" if value is not None else ""

    rows = [
        (
            f"{label} had weakened",
            f"{how_many(known.stronger)} stronger against {known.weaker + known.unknown:,} weaker{mean(known.low)}.",
        ),
        (
            f"{label} had grown",
            f"{known.stronger + known.unknown:,} stronger against {how_many(known.weaker)} weaker{mean(known.high)}.",
        ),
    ]
    if known.absent is not None:
        were = f"were no partnership in the wave where {'they are' if known.unknown > 1 else 'it is'} unknown"
        rows.append((f"{label} {were}", f"The mean change would be {figure(known.absent, digits=2)}."))
    return [*rows, ("What would undo it", _undo(known))]


def _undo(known: Bounds) -> str:
    if known.undo is None:
        return "As many grew stronger as weaker: there is nothing to undo."
    other = "weaker" if known.stronger > known.weaker else "stronger"
    if known.undo > known.unknown:
        counted = f"Not even all of them: {known.undo:,} would have had to grow {other}."
    else:
        counted = f"{known.undo:,} of them ({share(known.undo / known.unknown)}) growing {other}, the others unchanged."
    if known.undo_mean is None:
        return counted
    if known.undo_mean > known.unknown:
        return f"{counted} By the mean: not even all of them at their worst."
    return f"{counted} By the mean: {known.undo_mean:,} of them ({share(known.undo_mean / known.unknown)}) at their worst."


def order(moves: Moves) -> str:
    """How far the order of partners hangs on weights, respondents and partners; for the lead."""
    if moves.weights is None and moves.respondent is None:
        return "The order of partners is not tried with others: there are too few of them with a known strength, or too many."

    def places(value: float | None) -> str:
        return "–" if value is None else f"{figure(value, digits=1)} {'place' if rounded(value, 1) == 1 else 'places'}"

    return (
        f"In the order of {moves.ranked:,} partners by mean strength a partner moves {places(moves.weights)} on average with "
        f"other weights, {places(moves.respondent)} without the answers of the one partner that matter most, and "
        f"{places(moves.partner)} without the one partner that matters most."
    )
