"""The methods behind figures and sentences, in plain words: what each means, its formula, its source, what it does not say."""

from __future__ import annotations

from typing import NamedTuple

_DISCLOSURE = "Hundepool et al. 2012, Statistical Disclosure Control, ch. 4."


class Method(NamedTuple):
    """One method: `words` are what people type when they look for it; formula: LaTeX, or ""."""

    id: str
    label: str
    words: str
    meaning: str
    formula: str
    source: str
    caution: str


METHODS = (
    Method(
        "trust",
        "Can I trust this?",
        "trust reliable sure believe missing answers bounds manski unknown nonresponse undo worst case certain",
        "A change is weighed by what could have made it another: another set of partners (the interval), the answers that are "
        "missing (all unknown partnerships gone the other way, or as weak or strong as they could be), and any one partner. It "
        "holds where none of them undoes it, leans where one could, and cannot be told where no change lies in the interval.",
        r"\frac{\sum_{known}\Delta + \sum_{unknown}\min\Delta}{n} \;\le\; \bar\Delta \;\le\; "
        r"\frac{\sum_{known}\Delta + \sum_{unknown}\max\Delta}{n}",
        "Manski 2003, Partial Identification of Probability Distributions; Snijders & Borgatti 1999, Connections 22(2), 161–170.",
        "It does not say why something changed, nor whether what partners say of one another is so.",
    ),
    Method(
        "behind",
        "Behind, on track",
        "behind on track late schedule elapsed time progress slow",
        "While a pilot runs, an indicator is on track if it has come at least as far towards its target as time has passed, else "
        "behind. Time runs from the first wave to the pilot's end, up to the day of the latest value.",
        r"\frac{latest - baseline}{target - baseline} \;\ge\; \frac{day - first\ day}{last\ day - first\ day}",
        "A rule of this tool; nobody has published one.",
        "Progress need not be even over time: behind early on is a reason to look, not a failure.",
    ),
    Method(
        "met",
        "Met, nearly met, not met",
        "met target reached achieved nearly not met success fail goal",
        "Met: the latest value is at the target or beyond. Nearly: the pilot is over and the target lies in the 95% interval "
        "of the latest value, or, without an interval, 95% of the way is done. Met from the start says that it was so at the "
        "baseline.",
        r"latest \ge target \quad (\text{lower is better: } latest \le target)",
        "A rule of this tool; the interval is that of the value.",
        "It says whether a number was reached, not what brought it there; a target may have been set low or high.",
    ),
    Method(
        "sampled",
        "Betweenness from a sample",
        "betweenness sampling estimate approximate large thousands bound error riondato shortest paths slow exact",
        "With more than 5,000 partners, betweenness is the share of 20,000 pairs of partners, drawn at random, whose "
        "shortest path runs through a partner; of several shortest paths one is drawn. Each share has an exact interval, so "
        "wide that with 95% confidence those of all partners hold at once. Closeness and distances are exact. On request "
        "every path is taken.",
        r"\hat b_i = \frac{\text{paths through } i}{\text{pairs drawn}} \cdot \frac{n}{n-2}",
        "Riondato & Kornaropoulos 2016, doi 10.1007/s10618-015-0423-0; Clopper & Pearson 1934, doi 10.2307/2331986.",
        "Of partners whose intervals overlap it does not say which is the more between; 0 means fewer than about one in 1,000.",
    ),
    Method(
        "interval",
        "95% interval",
        "interval confidence uncertainty margin error range ci 95 sure precise plus minus",
        "A range around a figure. Worked out for many sets of partners or people like these, 95 of 100 such ranges would hold "
        "the figure of all of them. Below eight partners or points there is none, for it would hold it far less often.",
        r"[q_{0.025},\; q_{0.975}]",
        "Snijders & Borgatti 1999 for networks; Wilson 1927 for shares; how often each holds stands in docs/methods.md.",
        "It does not cover answers that are missing for a reason, questions that were misunderstood, or what is not measured.",
    ),
    Method(
        "bootstrap",
        "Bootstrap",
        "bootstrap resample draws vertex simulation percentile paired",
        "Partners are drawn again and again from those there are, some twice, some not at all, each with its partnerships; "
        "how far a figure moves from draw to draw is how uncertain it is. For a change the same partners are drawn in both "
        "waves.",
        r"\hat\theta^{*}_b = \theta(\text{partners drawn with replacement}),\; b = 1 \dots 2000",
        "Snijders & Borgatti 1999, Non-parametric standard errors and tests for network statistics, Connections 22(2), 161–170.",
        "It takes the partners asked for a sample of others like them; where everybody was asked it says how much hangs on "
        "any few.",
    ),
    Method(
        "permutation",
        "Permutation test, p, chance",
        "permutation chance random p value significant significance qap mrqap shuffle test more than chance",
        "What is asked about is dealt out at random, thousands of times; p is how often chance alone gives something at least as "
        "clear. With up to eight results every order is tried and p is exact. Networks are dealt out partner by partner "
        "(QAP), so that a busy partner stays busy; with several reasons at once, what one has over the others (double "
        "semi-partialling).",
        r"p = \frac{1 + \#\{\text{draws at least as far}\}}{1 + \#\text{draws}}",
        "Krackhardt 1988, Social Networks 10(4), 359–381; Dekker, Krackhardt & Snijders 2007, Psychometrika 72(4), 563–581.",
        "A small p does not make a difference large, and does not say what brings it about; a large one does not say there is "
        "none.",
    ),
    Method(
        "holm",
        "Holm: asking many questions",
        "holm multiple many questions bonferroni correction allowing among all family",
        "Who asks twenty questions finds one “clear” answer by chance. Holm's p allows for how many are asked: the smallest "
        "is taken as many times as there are questions, the next one time fewer, and so on.",
        r"\tilde p_{(i)} = \max_{j \le i} \min\{1,\; (m - j + 1)\, p_{(j)}\}",
        "Holm 1979, Scandinavian Journal of Statistics 6(2), 65–70.",
        "It allows for the questions shown together, not for those somebody tried before.",
    ),
    Method(
        "imputation",
        "Missing answers",
        "imputation missing answers nonresponse silent did not answer reconstruction available cases fill in response rate",
        "Figures rest on what is known (available cases): where one side answered, its word stands for the partnership "
        "(reconstruction), and is called one-sided. Nothing is filled in on any page; docs/methods.md measures, by deleting "
        "answers of the example, how far each way of treating density, mean strength, reciprocity and centralisation goes wrong. "
        "Drawing every missing answer many times over (multiple imputation) is nearest for density, but its ranges hold less "
        "often than they promise, and it takes the silent to be like those who answered.",
        r"T = \bar U + \left(1 + \tfrac{1}{m}\right) B",
        "Stork & Richards 1992, Group & Organization Management 17(2), 193–209; Huisman 2009, Journal of Social Structure 10(1); "
        "Rubin 1987, Multiple Imputation for Nonresponse in Surveys.",
        "Who does not answer may work with others in another way than who does; no method sees what nobody reported.",
    ),
    Method(
        "disclosure",
        "Withheld: who may learn what",
        "disclosure withheld privacy private confidential small numbers anonymous suppressed who sees protect",
        "Figures are worked out once, from every answer. Others than the lead read each as she does, rounded, or the word "
        "withheld where fewer than five organisations' answers are in it, one of them gives more than half, or two figures "
        "together would give an answer away.",
        "",
        _DISCLOSURE,
        "It does not protect against partners who tell one another what they answered.",
    ),
    Method(
        "beginnings",
        "What goes before new partnerships",
        "beginnings new partnerships begin start formation predict shared partners closure process likely times as likely rate",
        "Pairs of partners without a partnership in one wave are followed to the next. How many begin is set beside whether they "
        "shared partners, a pilot, an activity, a place or a kind, each by itself (rates) and all at once (logistic "
        "regression by QAP over the waves).",
        r"\operatorname{logit} P(\text{begins}_{ij,t+1}) = \alpha_t + \sum_k \beta_k x_{ijk,t}",
        "Allison 1982, Sociological Methodology 13, 61–98, for events in discrete time; Dekker, Krackhardt & Snijders 2007 "
        "for p.",
        "What goes before need not bring about; pairs that nobody could speak of are left out.",
    ),
)
BY_ID = {method.id: method for method in METHODS}


def matching(words: str) -> list[Method]:
    """The methods with all of these words in them, those first that have them in their name; all for no words."""
    asked = words.lower().split()

    def fits(text: str) -> bool:
        return all(word in text.lower() for word in asked)

    fitting = [
        method for method in METHODS if fits(" ".join((method.id, method.label, method.words, method.meaning, method.source)))
    ]
    return sorted(fitting, key=lambda method: not fits(f"{method.label} {method.words}"))
