"""The sentences of a drafted story: one method a part, each a template with its figures under their names.

They tell what the title of their slide (`titles`) does not; where it says all, there is no sentence.
"""

from __future__ import annotations

from typing import Any

from wtnet.measures import disclosure
from wtnet.measures.pair_states import KNOWN_NOW, KNOWN_THEN
from wtnet.sentences import format, record
from wtnet.sentences import partners as partner_sentences
from wtnet.sentences import trust as trust_sentences
from wtnet.sentences.format import figure, listed
from wtnet.stories.facts import Facts
from wtnet.stories.finding_sentences import what_was_done, what_was_found
from wtnet.stories.outcome_sentences import what_came
from wtnet.stories.sentence import (
    Sentence,
    as_sentence,
    enumerate_values,
    join,
    number,
    say,
    with_capital,
    without_capital,
    words,
)
from wtnet.stories.titles import grew_stronger
from wtnet.strength import mean_known
from wtnet.tables import coverage
from wtnet.tables.schema import KINDS

SCALE = "On a scale from 0 (none) to 1 (strongest)"
_SHORT_LIST = 90
_SHORT = "(0 none, 1 strongest)"


_KNOWN = {KNOWN_NOW: "known now and not at first", KNOWN_THEN: "known at first and not now"}


class PartSentences:
    """The sentences about one subject, a method for each part of its story."""

    def __init__(self, facts: Facts, name: str) -> None:
        self.facts, self.name = facts, name
        kind = facts.of.kind
        alone = kind == "partner" and partner_sentences.is_person(facts.kinds[facts.of.id])
        self.we, self.our = ("I", "my") if alone else ("we", "our")
        self.we_first = f"{self.we[0].upper()}{self.we[1:]}"
        self.single = kind == "partner"

    def who(self) -> Sentence:
        """Who the subject is, and what it does in pilots."""
        row, pilots = self.facts.of.row, self.facts.pilots
        if self.facts.of.kind == "programme":
            return join(self._named_pilots(), say("{summary}", summary=record.summary(self.facts.tables)))
        if self.facts.of.kind == "pilot":
            return self._pilot(row)
        kind = KINDS[row["kind"]].lower()
        about = say(
            "{name} is {an} {kind}{place}.{description}",
            name=self.name,
            an="an" if kind[0] in "aeiou" else "a",
            kind=words("kind", "kind of partner", kind),
            place=f" in {row['place']}" if row["place"] else "",
            description=f" {as_sentence(row['description'])}" if row["description"] else "",
        )
        rest = [pilot["name"] for pilot in pilots if pilot["lead"] != self.facts.of.id]
        if not pilots:  # then the heading says who it is
            return say("{description}", description=as_sentence(row["description"]) if row["description"] else "")
        if not rest:  # the heading names what it leads
            return about
        more = f"{self.we_first} {'also ' if len(rest) < len(pilots) else ''}take part in {{pilots}}."
        return say(f"{{about}} {more}", about=about, pilots=words("takes_part", "pilots taken part in", listed(rest)))

    def _pilot(self, row: dict[str, Any]) -> Sentence:
        about = say(
            "{name} is {whom}{place}.{description}",
            name=self.name,
            whom=f"for {without_capital(row['target_group'])}" if row["target_group"] else "a pilot",
            place=f" in {row['place']}" if row["place"] else "",
            description=f" {as_sentence(row['description'])}" if row["description"] else "",
        )
        lead = self.facts.names.get(row["lead"] or "")
        return say("{about} {lead} leads it.", about=about, lead=words("lead", "led by", lead)) if lead else about

    def _named_pilots(self) -> Sentence:
        pilots = self.facts.pilots
        many = number("pilots", "pilots", len(pilots), "pilot")
        names = listed([" ".join(pilot["name"].split()) for pilot in pilots], 5)
        template = "In {many}: {names}." if len(names) <= _SHORT_LIST else "In {many}."
        return say(template, many=many, names=names) if pilots else say("")

    def start(self) -> Sentence:
        """Whom, in the first wave."""
        return self._whom(0, "start")

    def now(self) -> Sentence:
        """Whom, in the last wave (or on the record), and what is new and ended since the first."""
        whom, changes = self._whom(-1, "now"), self.facts.changes
        if not changes:
            return whom
        return join(whom, self._changes())

    def _changes(self) -> Sentence:
        """What is new and what has ended since the first wave, and of how many that is not known."""
        changes = self.facts.changes
        since = self.facts.wave_name(0)
        new, ended, unknown = (changes[state] for state in ("new", "ended", "unknown"))
        if changes[KNOWN_NOW] or changes[KNOWN_THEN]:
            known, gone = (number(key, words_of, changes[key]) for key, words_of in _KNOWN.items())
            are, were = (_were(False, changes[key]) for key in (KNOWN_NOW, KNOWN_THEN))
            parts = [say(f"{{known}} more {are} known", known=known)] if changes[KNOWN_NOW] else []
            parts += [say(f"{{gone}} known then {were} not known now", gone=gone)] if changes[KNOWN_THEN] else []
            return say("Since {since}, {parts}.", since=since, parts=enumerate_values(parts))
        if not new and not ended and not unknown:
            return say("No partnership began or ended since {since}.", since=since)
        parts = []
        if new or ended:
            began = f"{{new}} {'is' if new == 1 else 'are'} new"
            left = f"{{ended}} {'has' if ended == 1 else 'have'} ended"
            moved = " and ".join(template for template, pairs in ((began, new), (left, ended)) if pairs)
            both = (number("new", f"new since {since}", new), number("ended", f"ended since {since}", ended))
            parts.append(say(f"{moved} since {{since}}", new=both[0], ended=both[1], since=since))
        if unknown:
            many = number("unknown", "not known whether they changed", unknown)
            parts.append(say("what became of {many} is not known, because someone did not answer", many=many))
        return say("Of all partnerships then and now, {parts}.", parts=enumerate_values(parts, "; ".join))

    def _whom(self, at: int, key: str) -> Sentence:
        facts, when = self.facts, self.facts.wave_name(at)
        past = at == 0 and len(facts.waves) > 1
        where = when or "on the record"
        others, gap = facts.others(at), coverage.ties(facts.tables)
        if not others:
            return say("") if gap else say("", none=words(f"partners_{key}", f"partnerships, {where}", "no", 0))
        many = number(f"partners_{key}", f"partners, {where}", len(others), "partner")
        kinds = number(f"kinds_{key}", f"kinds of partner, {where}", len(facts.kinds_of(at)), "kind")
        then = f" {facts.on(at)}" if when and not past else ""  # the title has the day of what was
        if self.single:
            names = words(f"names_{key}", f"names, {where}", listed([facts.names[partner] for partner in others], 5))
            template = "On record{then} are {names}; others may not be." if gap else "Of {kinds}{then}: {names}."
            return say(template, then=then, names=names, many=many, **({} if gap else {"kinds": kinds}))
        pairs = number(f"ties_{key}", f"partnerships, {where}", facts.ties(at).height, "partnership")
        template = "Between {many}{then}." if gap else "Between {many} of {kinds}{then}."
        return say(template, then=then, pairs=pairs, many=many, **({} if gap else {"kinds": kinds}))

    def strength(self) -> Sentence:
        """How strong partnerships are, and were at first."""
        facts = self.facts
        now, rated, withheld = facts.strength(-1)
        if withheld:
            return say("{withheld}", withheld=with_capital(withheld))
        if len(facts.waves) < 2:
            if now is None:
                return say("" if coverage.unknown(facts.tables, "ratings") else "Nobody has rated them.")
            mean = words("strength_now", "mean strength", figure(now, digits=2), now)
            return say(f"{SCALE}{{known}}.", mean=mean, known=self._known(rated))
        was, first, last = facts.strength(0), facts.wave_name(0), facts.wave_name(-1)
        means = {
            key: words(f"strength_{key}", f"mean strength, {wave}", "not known" if mean is None else figure(mean, digits=2), mean)
            for key, wave, mean in (("start", first, was.value), ("now", last, now))
        }
        then = {"first": facts.on(0), "last": facts.on(-1)}
        if was.withheld:
            known = f"{SCALE}. " if now is not None else ""
            return say(f"{known}{with_capital(facts.on(0))} it is withheld.", now=means["now"])
        if was.value is None and now is None:
            return say("Nobody rated them {first} or {last}.", **then)
        if now is None:
            return say("It was {start} {first}; nobody rated them {last}.", **means, **then)
        if was.value is None:
            return say(f"{SCALE}. {with_capital(facts.on(0))} it was {{start}}.", **means)
        grew = grew_stronger(facts)
        states = {"stronger": "" if grew else "grew stronger", "weaker": "grew weaker", "unchanged": "stayed about the same"}
        moved = [
            say(f"{{many}} {words_of}", many=number(state, words_of, facts.changes[state]))
            for state, words_of in states.items()
            if facts.changes[state] and words_of
        ]
        of = say("{moved}", moved=enumerate_values(moved))
        if not grew:  # then the title has the means
            return join(say(f"{SCALE}.", **means), say("Of those rated both times, {of}.", of=of) if moved else say(""))
        both = say(f"Their mean strength was {{start}} {{first}} and is {{now}} {{last}} {_SHORT}.", **means, **then)
        return join(both, say("Of the others, {of}.", of=of) if moved else say(""))

    def _known(self, rated: int) -> Sentence:
        """The number of partnerships of known strength; empty if it is all of them."""
        ties = self.facts.ties(-1).height
        if rated == ties:
            return say("")
        known = words("rated", "partnerships of known strength", f"{rated:,} of {ties:,}", rated)
        return say(", known for {known}", known=known)

    def trust(self) -> Sentence:
        """How far the change of strength can be trusted: one figure, which is its sentence."""
        weighed = self.facts.trusted
        sentence = trust_sentences.sentence(weighed, (self.facts.wave_name(0), self.facts.wave_name(-1)))
        verdicts = (trust_sentences.HOLDS, trust_sentences.LEANS, trust_sentences.OPEN)
        verdict = next((each for each in verdicts if sentence.startswith(f"{each}: ")), "")
        rest = with_capital(sentence.removeprefix(f"{verdict}: "))  # the title has the verdict
        return say("{rest}", rest=words("trust", "how far it can be trusted", rest, sentence))

    def sides(self) -> Sentence:
        """What both sides of a tie say of it."""
        facts = self.facts
        when, sides = facts.wave_name(-1), facts.sides()
        if not facts.asked(-1):
            documents = "These partnerships are known from documents"
            if record.ratings_untold(facts.tables):
                return say(f"{documents}.")
            return say(f"{documents}, not from what each side says." if sides.height else "")
        between = say("What each side says of the other stays between the two.")
        if facts.audience != "lead" and self.single:  # how many of its own ties both sides rated tells whether it answered
            return between
        if facts.audience != "lead" and not sides["says"].count() and not sides["other_says"].count():
            hidden = facts.of.kind != "programme" or disclosure.response_reason(facts.networks[-1])
            return say("") if hidden else between  # then the title has it
        both = sides.drop_nulls(["says", "other_says"])
        if not both.height:
            return say("So far there is one side of the story." if sides.height else "")
        if not self.single:
            return self._agreement()
        ours, theirs = (float(both[name].mean()) for name in ("says", "other_says"))  # type: ignore[arg-type]
        us = words("says", f"as {self.we} see it, {when}", figure(ours, digits=2), ours)
        them = words("other_says", f"as {self.our} partners see it, {when}", figure(theirs, digits=2), theirs)
        views = f"There, {self.we} put the strength at {{us}} on average, {self.our} partners at {{them}} {_SHORT}."
        return say(views, us=us, them=them)

    def _agreement(self) -> Sentence:
        mean = mean_known(self.facts.ties(-1)["agreement"].to_list())
        if mean is None:
            return say("How alike their views are is not known.")
        return say("Their views agree to {mean} on average.", mean=words("agreement", "agreement", format.share(mean), mean))

    def came(self) -> Sentence:
        """How many indicators are where, and one example a theme."""
        return what_came(self.facts, self.we_first, self.our, self.single)

    def found(self) -> Sentence:
        """How many findings there are and a few of them, each with its voice."""
        return what_was_found(self.facts)

    def done(self) -> Sentence:
        """What was done, and how many people it reached."""
        return what_was_done(self.facts)

    def next(self) -> Sentence:
        """What is documented to go on after the programme, and which kinds are not reached yet."""
        ties, after = self.facts.ties(-1).height, self.facts.afterwards
        if not ties:
            return say("" if coverage.ties(self.facts.tables) else "The next step is to find a first partner.")
        if after["not documented"] == ties:
            return say("")
        rest = [
            say(f"{{many}} {label}", many=number(word, label, after[word]))
            for word, label in (("ends", "documented to end"), ("not documented", "not documented either way"))
            if after[word]
        ]
        return say("The rest: {rest}.", rest=enumerate_values(rest)) if rest else say("")

    def missing(self) -> Sentence:
        """Which of the four sectors are not among those it works with, and of which that is not known."""
        untold = record.kinds_untold(self.facts.untold, one=self.facts.of.kind != "programme")
        if untold:
            return say(f"Among those {self.we} work with, {untold}.")
        return say("" if self.facts.lacking else "They are museums, freelancers, community groups and health providers.")


def _were(past: bool, number: int) -> str:
    return ("was" if number == 1 else "were") if past else ("is" if number == 1 else "are")
