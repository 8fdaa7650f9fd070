"""How the figures of the impact page are worked out, and what its states mean, as Markdown."""

from __future__ import annotations

from wtnet.measures.impact.states import NEARLY
from wtnet.measures.impact.suppression import fewer_than
from wtnet.measures.impact.timing import NEAR
from wtnet.sentences.format import share

STATE_MEANINGS = {
    "met": "**Met.** The latest figure is at the pilot's target or beyond it, in the direction that is better.",
    "met_from_start": "**Met from the start.** The latest figure is at the target or beyond it, and so was the first.",
    "nearly": "**Nearly.** The time is over and the target lies within the figure's own uncertainty (its 95% interval), "
    "more than half-way; or, "
    f"where that is not known, at least {share(NEARLY)} of the way is done.",
    "on_track": "**On track.** Not there yet, but at least as far from baseline to target as the time that had passed.",
    "behind": "**Behind.** There is time left, but less of the way from baseline to target was done than time had passed.",
    "not_met": "**Not met.** The time is over and the target is not reached, nor nearly.",
    "fell": "**Fell below the start.** The time is over and the latest figure is worse than the first, by more than "
    "its uncertainty where that is known.",
    "no_baseline": "**No baseline.** Not at the target yet, and nothing was measured in the first wave to see how far it came.",
    "no_data": "**No data.** Nothing has been measured since the baseline; or, when the time is over, nothing that tells how it "
    "ended.",
    "withheld": "**Withheld.** The figures rest on small numbers, or would give small ones away.",
    "late": "**Late or missing.** No value in the wave looked at: the last one is older, or there is none since the baseline.",
    "evidence": "**With evidence.** Results that name what shows them, or where it can be read, of all results in view.",
}
"""What the headline figures mean, as Markdown."""
METHOD = f"""
**From baseline to target.** The *baseline* is the value in the first wave with results; the *latest* is the last value after it,
up to the wave looked at. *Progress* is (latest − baseline) ÷ (target − baseline): 0% at the baseline, 100% at the target,
whichever direction is better. There is no forecast. A value that is not known is not known, never 0.

**States.** *Met*: at the target or beyond; *from the start*, if the baseline was too. While there is time, *on track*: at least
as far along as the share of the time, from the first wave to the pilot's end, that had passed when the latest value was
measured; *behind*: less than that; *no baseline*: nothing in the first wave to measure the way from. When the time is over,
*nearly*: the target lies in the 95% interval of the latest value, which is nearer to it than to the baseline; or, where there
is no interval, at least {share(NEARLY)} of the way is done; *fell below the start*: worse than the baseline, by more than
the uncertainty of the change where that is known; *not met*: neither. *No target*, *no data*, *too few to conclude*,
*withheld*: as they say. A pilot is over on its last day, or, where that is not known or no more than {NEAR} days later, at the
last reporting date. A round of the survey alone is none.

**Several pilots together.** The column “aggregation” of the sheet “indicators” says how; where it is empty it is guessed from
unit, name and instrument. A *sum* is added, its target too. A *mean* and a *share* are weighted by n, Σ n·value ÷ Σ n. What is
not put together has no total. A mean of means without n is refused, and the reason stands in the place of the figure. Values of
different waves are never added or averaged. Progress compares only the pilots known at both points.

**Uncertainty.** A share has the 95% interval of Wilson (1927); a mean, where results carry a standard deviation, mean ±
t·sd ÷ √n, of several pilots with the spread of all people together; a change is put together from both (Newcombe 1998). They
treat those who answered as a sample of people like them. Where the same people were asked twice, their two answers are taken as
unconnected, since how they go together is not recorded; the interval is then rather too wide. What is counted has none.

**Instruments.** *ONS4* (Office for National Statistics): satisfaction, worthwhile and happy 0–4 low, 5–6 medium, 7–8 high,
9–10 very high; anxiety 0–1 very low, 2–3 low, 4–5 medium, 6–10 high, where lower is better. The four are never averaged
together; a band says where a mean lies, not how many people are in it. *UCLA-3* loneliness runs from 3 to 9 and has no
published cut-off, so no bands. *SWEMWBS*: converted scores; with fewer than 30 people at either point nothing is concluded.
Results say what came about, not that the partnerships caused it.

**Small numbers.** For everybody but the programme lead a figure that rests on {fewer_than()} people is withheld, as is a share
with {fewer_than()} people in it or out of it, and others with them, so that they cannot be worked out from what is shown; see
Hundepool et al. 2012, *Statistical Disclosure Control*. A state is withheld with its figures, whether it is good or bad, and a
count of targets where it would tell of one. What is shown is the same for everybody.
"""
"""How the figures of the page are worked out, as Markdown."""
