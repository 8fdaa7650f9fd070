"""The title of a drafted slide: its one message, said from the same figures as the sentences beneath it."""

from __future__ import annotations

from wtnet.measures.impact import tallies
from wtnet.measures.pair_states import KNOWN_NOW, KNOWN_THEN
from wtnet.sentences import record
from wtnet.sentences import trust as trust_sentences
from wtnet.sentences.format import WITHHELD, count, cut, figure, listed, verb, with_article
from wtnet.stories.facts import Facts
from wtnet.stories.finding_sentences import counted_findings
from wtnet.stories.sentence import Sentence, article, number, say, with_capital, words
from wtnet.tables import coverage
from wtnet.tables.evidence import ACTIVITY_KINDS
from wtnet.tables.schema import KINDS

_NAME = 60
_VERDICTS = {
    trust_sentences.HOLDS: "The change of strength holds against what is missing",
    trust_sentences.LEANS: "The change of strength leans one way, but is not settled",
    trust_sentences.OPEN: "Whether strength changed cannot be told yet",
}


class PartTitles:
    """The messages about one subject, a method for each part of its story; `we` and `our` as the subject says it."""

    def __init__(self, facts: Facts, name: str, we: str, our: str) -> None:
        self.facts, self.name, self.we, self.our = facts, cut(name, _NAME), we, our
        self.we_first = f"{we[0].upper()}{we[1:]}"
        self.single = facts.of.kind == "partner"

    def who(self) -> Sentence:
        """What the subject is part of, or who is part of it."""
        facts = self.facts
        if self.single:
            return self._leads()
        pilot = facts.of.kind == "pilot"
        noun = "members" if pilot else "partners"
        many = number(noun, "partners in the pilot" if pilot else "partners", len(facts.members), "partner")
        if not facts.members:
            return say("No partner is recorded yet")
        if coverage.unknown(facts.tables, "involvements") if pilot else record.summary(facts.tables):
            return say(f"{{many}} {verb(len(facts.members))} on record in {{name}}", many=many, name=self.name)
        if pilot:
            return say(f"{{many}} {verb(len(facts.members), 'works', 'work')} on {{name}}", many=many, name=self.name)
        kinds = number("kinds", "kinds", len({facts.kinds[partner] for partner in facts.members}), "kind")
        are = verb(len(facts.members))
        return say(f"{{many}} of {{kinds}} {are} part of {{name}}", many=many, kinds=kinds, name=self.name)

    def _leads(self) -> Sentence:
        facts = self.facts
        lead = [pilot["name"] for pilot in facts.pilots if pilot["lead"] == facts.of.id]
        rest = len(facts.pilots) - len(lead)
        more = f"{' more' if lead else ''} {'pilot' if rest == 1 else 'pilots'}"
        if not facts.pilots:
            kind = with_article(KINDS[facts.of.row["kind"]].lower())
            place = f" in {facts.of.row['place']}" if facts.of.row["place"] else ""
            return say("{name} is {kind}{place}", name=self.name, kind=kind, place=place)
        named = words("leads", "pilots led", listed(lead)) if lead else ""
        part = say(f"take part in {{rest}}{more}", rest=number("part_in", "pilots taken part in", rest)) if rest else ""
        joined = " and " if lead and rest else ""
        led = say("lead {pilots}", pilots=named) if lead else ""
        return say("{we} {led}{joined}{part}", we=self.we_first, led=led, joined=joined, part=part)

    def start(self) -> Sentence:
        """How many there were at first."""
        return self._many(0, "start")

    def now(self) -> Sentence:
        """How many there are, beside how many there were: as a change only where nothing is unknown about it."""
        facts = self.facts
        now, was = self._number(-1), self._number(0)
        title = self._many(-1, "now")
        if len(facts.waves) < 2 or not now or coverage.ties(facts.tables):
            return title
        then = number("before", f"at first, {facts.wave_name(0)}", was)
        if self._uncertain:
            return say("{title}; {then} {were} {when}", title=title, then=then, were=verb(was, "was", "were"), when=facts.on(0))
        moved = "up from" if now > was else "down from" if now < was else "as in"
        if now == was:
            return say("{title}, as many as {when}", title=title, when=facts.on(0))
        return say(f"{{title}}, {moved} {{then}} {{when}}", title=title, then=then, when=facts.on(0))

    @property
    def _uncertain(self) -> bool:
        """Whether what became of some partnerships is not known, or may not be told."""
        return any(self.facts.changes[state] for state in ("unknown", KNOWN_NOW, KNOWN_THEN))

    def _number(self, at: int) -> int:
        return len(self.facts.others(at)) if self.single else self.facts.ties(at).height

    def _many(self, at: int, key: str) -> Sentence:
        facts, many = self.facts, self._number(at)
        past = at == 0 and len(facts.waves) > 1
        when = f"{with_capital(facts.on(at))}, " if past else ""
        gap = coverage.ties(facts.tables)
        if not many and gap:
            return say(f"Whom {self.we} {'worked' if past else 'work'} with is {gap.words}")
        if not many:
            ours = f"no partnership of {'mine' if self.we == 'I' else 'ours'} {'was' if past else 'is'} known"
            return say("{whole}", whole=with_capital(f"{when}{ours}"))
        known = bool(gap) or (not past and self._uncertain)
        of = f"partners_{key}" if self.single else f"ties_{key}"
        shown = number(of, f"{'partners' if self.single else 'partnerships'}, {facts.wave_name(at) or 'on the record'}", many,
                       "partner" if self.single else "partnership")  # fmt: skip
        if self.single and not known:
            worked = "worked" if past else "work"
            return say(f"{{when}}{self.we if past else self.we_first} {worked} with {{many}}", when=when, many=shown)
        are = verb(many, "was", "were") if past else verb(many)
        if self.single:
            return say(f"{{many}} of {'mine' if self.we == 'I' else 'ours'} {are} known", many=shown)
        if known:
            return say(f"{{many}} {are} known", many=shown)
        return say(f"{{when}}{'there' if when else 'There'} {are} {{many}}", when=when, many=shown)

    def strength(self) -> Sentence:
        """How many grew stronger, where most of those rated both times did; else the mean, now and at first."""
        facts, our = self.facts, self.our
        now, _, withheld = facts.strength(-1)
        if withheld:
            return say(f"How strong {our} partnerships are is {WITHHELD}")
        if now is None:
            gap = coverage.unknown(facts.tables, "ratings")
            return say(f"How strong {our} partnerships are is {gap.words if gap else 'not known yet'}")
        if grew_stronger(facts):
            both = sum(facts.changes[state] for state in ("stronger", "weaker", "unchanged"))
            of = number("both_times", "partnerships rated both times", both)
            stronger = number("stronger", "stronger", facts.changes["stronger"])
            return say(f"{{stronger}} of {our} {{of}} partnerships rated both times grew stronger", stronger=stronger, of=of)
        mean = words(
            "strength_now",
            f"mean strength, {facts.wave_name(-1)}" if facts.waves else "mean strength",
            figure(now, digits=2),
            now,
        )
        was = facts.strength(0)
        title = say(f"{our.capitalize()} partnerships have a mean strength of {{mean}}", mean=mean)
        if len(facts.waves) < 2 or was.withheld or was.value is None:
            return title
        first = words("strength_start", f"mean strength, {facts.wave_name(0)}", figure(was.value, digits=2), was.value)
        if first.said == mean.said:
            return say("{title}, as {when}", title=title, when=facts.on(0))
        moved = "up from" if now > was.value else "down from"
        return say("{title}, {moved} {first} {when}", title=title, moved=moved, first=first, when=facts.on(0))

    def trust(self) -> Sentence:
        """The verdict."""
        sentence = trust_sentences.sentence(self.facts.trusted, (self.facts.wave_name(0), self.facts.wave_name(-1)))
        verdict = next((title for start, title in _VERDICTS.items() if sentence.startswith(start)), "")
        if not verdict and WITHHELD in sentence:
            verdict = f"How far the change can be trusted is {WITHHELD}"
        return say("{verdict}", verdict=verdict or "How far the change can be trusted cannot be weighed")

    def sides(self) -> Sentence:
        """The number of partnerships that both sides told of."""
        facts = self.facts
        bases = facts.bases(-1)
        if record.ratings_untold(facts.tables) and not facts.asked(-1):
            return say("What each side says of a partnership is not recorded")
        if not facts.asked(-1):
            return say("Nobody has been asked yet how strong each partnership is")
        if not bases:
            return say("No partnership is known yet to ask about")
        if "withheld" in bases:
            return say("What each side says of the other stays between the two")
        label, many = f"rated by both sides, {facts.wave_name(-1)}", bases.count("both")
        ties = number("ties_now", f"partnerships, {facts.wave_name(-1)}", len(bases), "partnership")
        both = number("both", label, many) if many else words("both", label, "none", 0)
        return say(f"Both sides rated {{both}} of {self.our} {{ties}}", both=both, ties=ties)

    def came(self) -> Sentence:
        """How many targets are met."""
        facts = self.facts
        where = (
            cut(facts.pilots[0]["name"], _NAME) if len(facts.pilots) == 1 else f"{self.our} {count(len(facts.pilots), 'pilot')}"
        )
        if not facts.pilots or not facts.progress.height:
            return say("Nothing that was measured can be told yet")
        tally = tallies.tally(facts.progress)
        if tally.met is None or tally.aimed is None:
            return say("How many targets in {where} are met is withheld: small numbers", where=where)
        if not tally.aimed:
            return say("No target in {where} can be decided yet", where=where)
        met = number("met_number", "targets met", tally.met)
        aimed = number("aimed", "pilot targets", tally.aimed, "pilot target")
        are = verb(tally.met)
        if not tally.met:
            return say("None of {aimed} in {where} is met yet", aimed=aimed, where=where)
        return say(f"{{met}} of {{aimed}} in {{where}} {are} met", met=met, aimed=aimed, where=where)

    def found(self) -> Sentence:
        """How many findings there are, in how many voices."""
        return counted_findings(self.facts)

    def done(self) -> Sentence:
        """How many activities there were, and how many people they reached where all of them counted."""
        facts = self.facts
        many = words(
            "activities", "activities", count(facts.activities.height, "activity", "activities"), facts.activities.height
        )
        people = facts.people_reached
        if people is not None and people.people is not None and not people.unknown:
            return say("{many} reached {people} people", many=many, people=number("people", "people reached", people.people))
        kinds = facts.activities["kind"].fill_null("other").value_counts(sort=True).rows()
        if len(kinds) == 1:
            return say(f"{{many}}: {ACTIVITY_KINDS[kinds[0][0]].lower()}", many=many)
        if kinds[0][1] == kinds[1][1]:
            return say(
                f"{{many}} of {count(len(kinds), 'kind')} {verb(facts.activities.height, 'is', 'are')} recorded", many=many
            )
        often = ACTIVITY_KINDS[kinds[0][0]].lower()
        most = number(f"activities_{kinds[0][0]}", f"activities: {often}", kinds[0][1])
        return say("{many}, most often {often} ({most})", many=many, often=often, most=most)

    def missing(self) -> Sentence:
        """Which of the four sectors is not reached, as far as the record tells."""
        facts = self.facts
        if facts.lacking:
            kinds = words("lacking", "kinds without a known partnership", listed(facts.lacking, last="or"))
            known = "is known " if facts.only_known else ""
            return say(f"No partnership {known}yet with {{a}} {{kinds}}", a=article(facts.lacking), kinds=kinds)
        if facts.untold:
            return say("Whom else we work with is not recorded" if self.we == "we" else "Whom else I work with is not recorded")
        return say(f"All four sectors are among those {self.we} work with")

    def next(self) -> Sentence:
        """How many partnerships are documented to go on."""
        facts, ties = self.facts, self.facts.ties(-1).height
        gap = coverage.ties(facts.tables)
        if not ties:
            return say(
                f"{self.our.capitalize()} partnerships are {gap.words}" if gap else "No partnership is known yet that could go on"
            )
        after = facts.afterwards
        many = number("ties_now", "partnerships now", ties, "partnership")
        if after["not documented"] == ties:
            return say(f"Whether {self.our} {{many}} will continue is not documented yet", many=many)
        label, going = "documented to continue", after["continues"]
        go_on = number("continues", label, going) if going else words("continues", label, "None", 0)
        are = verb(going) if going else "is"
        return say(f"{{go_on}} of {self.our} {{many}} {are} documented to continue", go_on=go_on, many=many)


def grew_stronger(facts: Facts) -> bool:
    """Whether more than half of the partnerships rated both times grew stronger."""
    stronger, others = facts.changes["stronger"], facts.changes["weaker"] + facts.changes["unchanged"]
    return stronger > others
