"""The sentences of a drafted story: one method a part, each a template with its figures under their names."""

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
from wtnet.stories.model import Figure
from wtnet.stories.outcome_sentences import what_came
from wtnet.stories.sentence import (
    Sentence,
    article,
    as_sentence,
    enumerate_values,
    number,
    say,
    with_capital,
    without_capital,
    words,
)
from wtnet.strength import mean_known
from wtnet.tables import coverage
from wtnet.tables.schema import KINDS

SCALE = "(0 none, 1 strongest)"


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
            partners = number("partners", "partners", len(self.facts.members), "partner")
            kinds = number("kinds", "kinds", len({self.facts.kinds[partner] for partner in self.facts.members}), "kind")
            many = say(", in {pilots}", pilots=number("pilots", "pilots", len(pilots), "pilot")) if pilots else ""
            summary = record.summary(self.facts.tables)
            if summary:
                template = "{name}: {partners} on record{many}. {summary}"
                return say(template, name=self.name, partners=partners, many=many, summary=summary)
            return say("{name}: {partners} of {kinds}{many}.", name=self.name, partners=partners, kinds=kinds, many=many)
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
            return say("{description}", description=as_sentence(row["description"])) if row["description"] else about
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
        partners = len(self.facts.members)
        many = number("members", "partners in the pilot", partners, "partner")
        lead = self.facts.names.get(row["lead"] or "")
        if not lead:
            return say("{about} {many} work on it.", about=about, many=many)
        template = "{about} {lead} leads it, with {many} in all." if partners > 1 else "{about} {lead} leads it."
        if coverage.unknown(self.facts.tables, "involvements"):
            template = template.replace("in all", "on record")
        return say(template, about=about, many=many, lead=words("lead", "led by", lead))

    def start(self) -> Sentence:
        """Whom, in the first wave."""
        return self._whom(0, "start")

    def now(self) -> Sentence:
        """Whom, in the last wave (or on the record), and what is new and ended since the first."""
        whom, changes = self._whom(-1, "now"), self.facts.changes
        if not changes:
            return whom
        since = self.facts.wave_name(0)
        new, ended, unknown = (changes[state] for state in ("new", "ended", "unknown"))
        if changes[KNOWN_NOW] or changes[KNOWN_THEN]:
            known, gone = (number(key, words_of, changes[key]) for key, words_of in _KNOWN.items())
            are, were = (_were(False, changes[key]) for key in (KNOWN_NOW, KNOWN_THEN))
            parts = [say(f"{{known}} more {are} known", known=known)] if changes[KNOWN_NOW] else []
            parts += [say(f"{{gone}} known then {were} not known now", gone=gone)] if changes[KNOWN_THEN] else []
            return say("{whom} Since {since}, {parts}.", whom=whom, since=since, parts=enumerate_values(parts))
        if not new and not ended and not unknown:
            return say("{whom} No partnership began or ended since {since}.", whom=whom, since=since)
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
        return say("{whom} Of all partnerships then and now, {parts}.", whom=whom, parts=enumerate_values(parts, "; ".join))

    def _whom(self, at: int, key: str) -> Sentence:
        facts = self.facts
        when = facts.wave_name(at)
        past = at == 0 and len(facts.waves) > 1
        opening, where = (f"{with_capital(facts.on(at))}, ", when) if when else ("On the record, ", "on the record")
        others, ties = facts.others(at), facts.ties(at).height
        gap = coverage.ties(facts.tables)
        if not others and gap:
            return say(f"Whom {self.we} {'worked' if past else 'work'} with is {gap.words}.")
        if not others:
            none = words(f"partners_{key}", f"partnerships, {where}", "no", 0)
            is_known = f"partnership of {'mine' if self.we == 'I' else 'ours'} {'was' if past else 'is'} known."
            return say(f"{{opening}}{{none}} {is_known}", opening=opening, none=none)
        many = number(f"partners_{key}", f"partners, {where}", len(others), "partner")
        kinds = number(f"kinds_{key}", f"kinds of partner, {where}", len(facts.kinds_of(at)), "kind")
        same: dict[str, str | Figure | Sentence] = {"opening": opening, "many": many, "kinds": kinds}
        if self.single:
            names = words(f"names_{key}", f"names, {where}", listed([facts.names[partner] for partner in others], 5))
            worked = f"{self.we} {'worked' if past else 'work'}"
            if gap:
                return say(f"{{opening}}{worked} with {{many}}: {{names}}. Others may not be recorded.", **same, names=names)
            return say(f"{{opening}}{worked} with {{many}} of {{kinds}}: {{names}}.", **same, names=names)
        pairs = number(f"ties_{key}", f"partnerships, {where}", ties, "partnership")
        of = "" if gap else " of {kinds}"
        return say(f"{{opening}}there {_were(past, ties)} {{pairs}} between {{many}}{of}.", **same, pairs=pairs)

    def strength(self) -> Sentence:
        """How strong partnerships are, and were at first."""
        facts, our = self.facts, self.our
        now, rated, withheld = facts.strength(-1)
        if withheld:
            return say(f"How strong {our} partnerships are is {{withheld}}", withheld=without_capital(withheld))
        if len(facts.waves) < 2:
            if now is None and (gap := coverage.unknown(facts.tables, "ratings")):
                return say(f"How strong {our} partnerships are is {gap.words}.")
            if now is None:
                return say(f"How strong {our} partnerships are is not known yet: nobody has rated them.")
            mean = words("strength_now", "mean strength", figure(now, digits=2), now)
            average = f"On average {our} partnerships have a strength of {{mean}} {SCALE}{{known}}."
            return say(average, mean=mean, known=self._known(rated))
        was, first, last = facts.strength(0).value, facts.wave_name(0), facts.wave_name(-1)
        if facts.strength(0).withheld:
            mean = words("strength_now", "mean strength", "not known" if now is None else figure(now, digits=2), now)
            shown = f"The mean strength of {our} partnerships is {{mean}} {{last}} {SCALE}; {{first}} it is withheld."
            return say(shown, mean=mean, last=facts.on(-1), first=facts.on(0))
        if was is None and now is None:
            nobody = f"How strong {our} partnerships were {{first}} and are {{last}} is not known: nobody rated them."
            return say(nobody, first=facts.on(0), last=facts.on(-1))
        means = {
            key: words(f"strength_{key}", f"mean strength, {wave}", "not known" if mean is None else figure(mean, digits=2), mean)
            for key, wave, mean in (("start", first, was), ("now", last, now))
        }
        template = f"The mean strength of {our} partnerships was {{start}} {{first}} and is {{now}} {{last}} {SCALE}."
        both = say(template, start=means["start"], first=facts.on(0), now=means["now"], last=facts.on(-1))
        moved = [
            say(f"{{many}} {word}", many=number(state, word, facts.changes[state]))
            for state, word in (("stronger", "grew stronger"), ("weaker", "weaker"), ("unchanged", "stayed about the same"))
            if facts.changes[state]
        ]
        return say("{both} Of those rated both times, {moved}.", both=both, moved=enumerate_values(moved)) if moved else both

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
        verdict = trust_sentences.sentence(weighed, (self.facts.wave_name(0), self.facts.wave_name(-1)))
        return say("{told}", told=words("trust", "how far it can be trusted", verdict))

    def sides(self) -> Sentence:
        """What both sides of a tie say of it."""
        facts = self.facts
        when, sides = facts.wave_name(-1), facts.sides()
        untold = record.ratings_untold(facts.tables)
        if untold and not facts.asked(-1):
            return say(f"{untold} These partnerships are known from documents.")
        if not sides.height:
            return say("No partnership is known to ask about{when}.", when=f" {facts.on(-1)}" if when else "")
        if not facts.asked(-1):
            return say("Nobody has been asked yet: these partnerships are known from documents, not from what each side says.")
        ties = number("ties_now", f"partnerships, {when}", sides.height, "partnership")
        of = f"Of {self.our} {{ties}} {facts.on(-1)}, both sides rated {{rated}}."
        if facts.audience != "lead" and self.single:  # how many of its own ties both sides rated tells whether it answered
            return say("What each side says of the other stays between the two.")
        if facts.audience != "lead" and not sides["says"].count() and not sides["other_says"].count():
            between = "What each side says of the other stays between the two."
            if facts.of.kind != "programme" or disclosure.response_reason(facts.networks[-1]):
                return say(between)
            rated = number("both", "rated by both", facts.bases(-1).count("both"))
            return say(f"{of} {between}", rated=rated, ties=ties, when=when)
        both = sides.drop_nulls(["says", "other_says"])
        rated = number("both", f"rated by both sides, {when}", both.height)
        counted = say(of, rated=rated, ties=ties, when=when)
        if not both.height:
            return say("{told} So far there is one side of the story.", told=counted)
        if not self.single:
            return say("{told}{agreement}", told=counted, agreement=self._agreement())
        ours, theirs = (float(both[name].mean()) for name in ("says", "other_says"))  # type: ignore[arg-type]
        us = words("says", f"as {self.we} see it, {when}", figure(ours, digits=2), ours)
        them = words("other_says", f"as {self.our} partners see it, {when}", figure(theirs, digits=2), theirs)
        views = f"{{told}} There, {self.we} put the strength at {{us}} on average, {self.our} partners at {{them}} {SCALE}."
        return say(views, told=counted, us=us, them=them)

    def _agreement(self) -> Sentence:
        mean = mean_known(self.facts.ties(-1)["agreement"].to_list())
        if mean is None:
            return say(" How alike their views are is not known.")
        return say(" Their views agree to {mean} on average.", mean=words("agreement", "agreement", format.share(mean), mean))

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
        if not ties and (gap := coverage.ties(self.facts.tables)):
            return say(f"{self.our.capitalize()} partnerships are {gap.words}.")
        if not ties:
            return say("No partnership is known that could go on: the next step is to find the first.")
        many = number("ties_now", "partnerships now", ties, "partnership")
        if after["not documented"] == ties:
            whether = f"Whether {self.our} {{many}} will continue after the programme is not documented yet."
            return say(whether, many=many)
        rest = [
            say(f"{{many}} {label}", many=number(word, label, after[word]))
            for word, label in (("ends", "documented to end"), ("not documented", "not documented either way"))
            if after[word]
        ]
        are = "is" if after["continues"] == 1 else "are"
        return say(
            f"Of {self.our} {{many}}, {{continues}} {are} documented to continue after the programme.{{rest}}",
            many=many,
            continues=number("continues", "documented to continue", after["continues"]),
            rest=say(" The rest: {rest}.", rest=enumerate_values(rest)) if rest else "",
        )

    def missing(self) -> Sentence:
        """Which of the four sectors are not among those it works with, and of which that is not known."""
        untold = record.kinds_untold(self.facts.untold, one=self.facts.of.kind != "programme")
        untold = f"Among those {self.we} work with, {untold}." if untold else ""
        if not self.facts.lacking:
            return say(
                untold or f"Museums, freelancers, community groups and health providers are all among those {self.we} work with."
            )
        kinds = words("lacking", "kinds without a known partnership", listed(self.facts.lacking, last="or"))
        known = "is known " if self.facts.only_known else ""
        return say(
            f"No partnership {known}yet with {{a}} {{kinds}}.{' ' if untold else ''}{untold}",
            a=article(self.facts.lacking),
            kinds=kinds,
        )


def _were(past: bool, number: int) -> str:
    return ("was" if number == 1 else "were") if past else ("is" if number == 1 else "are")
