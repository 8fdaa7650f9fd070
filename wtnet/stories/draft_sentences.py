"""The sentences of a drafted story: one method a part, each figure in them remembered under a name."""

from __future__ import annotations

from typing import Any

from wtnet.measures.impact import progress
from wtnet.sentences import format
from wtnet.sentences import partners as partner_sentences
from wtnet.sentences.format import count, cut, figure, listed
from wtnet.stories.facts import Facts
from wtnet.stories.model import Figure
from wtnet.strength import mean_known
from wtnet.tables.model import State
from wtnet.tables.schema import KINDS

SCALE = "(0 none, 1 strongest)"
_STATES: tuple[tuple[State, str], ...] = (
    ("met", "met"),
    ("on_track", "on track"),
    ("behind", "behind"),
    ("no_baseline", "without a baseline"),
    ("no_data", "not measured yet"),
)


class Telling:
    """The sentences about one subject. `used` holds the figures of the part told, by name."""

    def __init__(self, facts: Facts, name: str) -> None:
        self.facts, self.name = facts, name
        self.used: dict[str, Figure] = {}
        kind = facts.of.kind
        alone = kind == "partner" and partner_sentences.is_person(facts.kinds[facts.of.id])
        self.we, self.our = ("I", "my") if alone else ("we", "our")
        self.single = kind == "partner"

    def say(self, name: str, label: str, said: str, value: float | str | None = None) -> str:
        """A figure as it stands in a sentence, remembered."""
        self.used[name] = Figure(name, label, said, said if value is None else value)
        return said

    def number(self, name: str, label: str, value: int) -> str:
        """A whole number in a sentence, remembered."""
        return self.say(name, label, f"{value:,}", value)

    # -- the parts ------------------------------------------------------------------------------------------------

    def who(self) -> str:
        row, pilots = self.facts.of.row, self.facts.pilots
        if self.facts.of.kind == "programme":
            partners = self.say("partners", "partners", count(len(self.facts.names), "partner"), len(self.facts.names))
            kinds = len(set(self.facts.kinds.values()))
            told = f"{self.name}: {partners} of {self.say('kinds', 'kinds', count(kinds, 'kind'), kinds)}"
            many = f", in {self.say('pilots', 'pilots', count(len(pilots), 'pilot'), len(pilots))}" if pilots else ""
            return f"{told}{many}."
        if self.facts.of.kind == "pilot":
            return self._pilot(row)
        kind = KINDS[row["kind"]].lower()
        place = f" in {row['place']}" if row["place"] else ""
        said = f"{self.name} is {'an' if kind[0] in 'aeiou' else 'a'} {self.say('kind', 'kind of partner', kind)}{place}."
        said += f" {_sentence(row['description'])}" if row["description"] else ""
        lead = [pilot["name"] for pilot in pilots if pilot["lead"] == self.facts.of.id]
        rest = [pilot["name"] for pilot in pilots if pilot["lead"] != self.facts.of.id]
        does = []
        if lead:
            does.append(f"lead {self.say('leads', 'pilots led', listed(lead))}")
        if rest:
            does.append(f"take part in {self.say('takes_part', 'pilots taken part in', listed(rest))}")
        return f"{said} {self.we[0].upper()}{self.we[1:]} {' and '.join(does)}." if does else said

    def _pilot(self, row: dict[str, Any]) -> str:
        whom = f"for {_lower(row['target_group'])}" if row["target_group"] else "a pilot"
        said = f"{self.name} is {whom}{' in ' + row['place'] if row['place'] else ''}."
        said += f" {_sentence(row['description'])}" if row["description"] else ""
        number = len(self.facts.members)
        many = self.say("members", "partners in the pilot", count(number, "partner"), number)
        lead = self.facts.names.get(row["lead"] or "")
        if lead and number > 1:
            return f"{said} {self.say('lead', 'led by', lead)} leads it, with {many} in all."
        return f"{said} {self.say('lead', 'led by', lead)} leads it." if lead else f"{said} {many} work on it."

    def start(self) -> str:
        """Whom, in the first wave."""
        return self._whom(0, "start")

    def now(self) -> str:
        """Whom, in the last wave (or on the record), and what is new and ended since the first."""
        said, found = self._whom(-1, "now"), self.facts.changes
        if not found:
            return said
        since = self.facts.wave_name(0)
        new, ended, unknown = (found[state] for state in ("new", "ended", "unknown"))
        if not new and not ended and not unknown:
            return f"{said} No partnership began or ended since {since}."
        parts = []
        if new or ended:
            began = f"{self.number('new', f'new since {since}', new)} {'is' if new == 1 else 'are'} new"
            left = f"{self.number('ended', f'ended since {since}', ended)} {'has' if ended == 1 else 'have'} ended"
            parts = [each for each, number in ((began, new), (left, ended)) if number]
            parts = [f"{' and '.join(parts)} since {since}"]
        if unknown:
            many = self.number("unknown", "not known whether they changed", unknown)
            parts.append(f"what became of {many} is not known, because someone did not answer")
        return f"{said} Of these partnerships, {'; '.join(parts)}."

    def _whom(self, at: int, key: str) -> str:
        facts = self.facts
        when = facts.wave_name(at)
        past = at == 0 and len(facts.waves) > 1
        opening = f"At {when}, " if when else "On the record, "
        others, ties = facts.others(at), facts.ties(at).height
        if not others:
            none = self.say(f"partners_{key}", f"partnerships, {when or 'on the record'}", "no", 0)
            return f"{opening}{none} partnership of {'mine' if self.we == 'I' else 'ours'} {'was' if past else 'is'} known."
        many = self.say(f"partners_{key}", f"partners, {when or 'on the record'}", count(len(others), "partner"), len(others))
        number = len(facts.kinds_of(at))
        kinds = self.say(f"kinds_{key}", f"kinds of partner, {when or 'on the record'}", count(number, "kind"), number)
        if self.single:
            who = self.say(f"names_{key}", f"names, {when or 'on the record'}", listed([facts.names[each] for each in others], 5))
            return f"{opening}{self.we} {'worked' if past else 'work'} with {many} of {kinds}: {who}."
        pairs = self.say(f"ties_{key}", f"partnerships, {when or 'on the record'}", count(ties, "partnership"), ties)
        return f"{opening}there {_were(past, ties)} {pairs} between {many} of {kinds}."

    def strength(self) -> str:
        facts = self.facts
        now, rated = facts.strength(-1)
        if len(facts.waves) < 2:
            if now is None:
                return f"How strong {self.our} partnerships are is not known yet: nobody has rated them."
            mean = self.say("strength_now", "mean strength", figure(now, digits=2), now)
            return f"On average {self.our} partnerships have a strength of {mean} {SCALE}{self._known(rated)}."
        was, first, last = facts.strength(0)[0], facts.wave_name(0), facts.wave_name(-1)
        if was is None and now is None:
            return f"How strong {self.our} partnerships were at {first} and are at {last} is not known: nobody rated them."
        before = "not known" if was is None else figure(was, digits=2)
        after = "not known" if now is None else figure(now, digits=2)
        before = self.say("strength_start", f"mean strength, {first}", before, was)
        after = self.say("strength_now", f"mean strength, {last}", after, now)
        said = f"The mean strength of {self.our} partnerships was {before} at {first} and is {after} at {last} {SCALE}."
        moved = [
            f"{self.number(state, word, facts.changes[state])} {word}"
            for state, word in (("stronger", "grew stronger"), ("weaker", "weaker"), ("unchanged", "stayed about the same"))
            if facts.changes[state]
        ]
        return f"{said} Of those there both times, {listed(moved)}." if moved else said

    def _known(self, rated: int) -> str:
        """For how many it is known, where that is not all."""
        ties = self.facts.ties(-1).height
        return (
            ""
            if rated == ties
            else f", known for {self.say('rated', 'partnerships of known strength', f'{rated:,} of {ties:,}', rated)}"
        )

    def sides(self) -> str:
        facts = self.facts
        when, found = facts.wave_name(-1), facts.sides()
        if not found.height:
            return f"There is no partnership to ask about{' at ' + when if when else ''}."
        if not facts.asked(-1):
            return "Nobody has been asked yet: these partnerships are known from documents, not from what each side says."
        if facts.audience != "lead" and not found["says"].count() and not found["other_says"].count():
            number = int((facts.ties(-1)["basis"] == "both").sum())
            told = f"both sides rated {self.number('both', 'rated by both', number)}."
            told = f"Of {self.our} {self._ties(found.height, when)} at {when}, {told}"
            return f"{told} What each side says of the other stays between the two."
        both = found.drop_nulls(["says", "other_says"])
        rated = self.number("both", f"rated by both sides, {when}", both.height)
        said = f"Of {self.our} {self._ties(found.height, when)} at {when}, both sides rated {rated}."
        if not both.height:
            return f"{said} So far there is one side of the story."
        if self.single:
            ours, theirs = (float(both[name].mean()) for name in ("says", "other_says"))  # type: ignore[arg-type]
            us = self.say("says", f"as {self.we} see it, {when}", figure(ours, digits=2), ours)
            them = self.say("other_says", f"as {self.our} partners see it, {when}", figure(theirs, digits=2), theirs)
            return f"{said} There, {self.we} put the strength at {us} on average, {self.our} partners at {them} {SCALE}."
        agreed = facts.ties(-1)["agreement"].drop_nulls()
        return said + self._agreement(agreed.to_list(), " How alike their views are is not known")

    def _ties(self, number: int, when: str) -> str:
        return self.say("ties_now", f"partnerships, {when}", count(number, "partnership"), number)

    def _agreement(self, known: list[float], none: str) -> str:
        mean = mean_known(known)
        if mean is None:
            return f"{none}."
        return f" Their views agree to {self.say('agreement', 'agreement', format.share(mean), mean)} on average."

    def came(self) -> str:
        facts = self.facts
        if not facts.pilots:
            none = f"{self.we[0].upper()}{self.we[1:]} take part in no pilot" if self.single else "There is no pilot yet"
            return f"{none}, so nothing that was measured is told here."
        found = facts.progress
        aimed = progress.targets(found)
        where = facts.pilots[0]["name"] if len(facts.pilots) == 1 else f"{self.our} {count(len(facts.pilots), 'pilot')}"
        if not found.height:
            return f"Nothing has been measured in {where} yet."
        tally = progress.tally(aimed)
        told = [self.say(state, f"indicators {word}", f"{tally[state]:,} {word}") for state, word in _STATES if tally[state]]
        many = self.say("aimed", "indicators with a target", count(aimed.height, "indicator"), aimed.height)
        said = f"Of {many} with a target in {where}: {listed(told)}." if told else f"No indicator in {where} has a target yet."
        best = _best(list(found.iter_rows(named=True)))
        if best is None:
            return said
        unit = f" {best['unit']}" if best["unit"] and not str(best["unit"]).startswith("%") else ""
        per = "%" if str(best["unit"] or "").startswith("%") else None
        was, now = (figure(best[name], per) for name in ("baseline", "latest"))
        of = f" ({best['pilot_name']})" if len(facts.pilots) > 1 else ""
        name = f"result_{best['indicator']}_{best['pilot']}"
        moved = self.say(name, cut(best["name"]), f"from {was} to {now}", best["latest"])
        return f"{said} {best['name']}{of}: {moved}{unit if not per else ''}."

    def next(self) -> str:
        facts = self.facts
        ties, after = facts.ties(-1).height, facts.afterwards
        if not ties:
            return "No partnership is known that could go on: the next step is to find the first."
        many = self.say("ties_now", "partnerships now", count(ties, "partnership"), ties)
        if after["not documented"] == ties:
            return f"Whether {self.our} {many} will continue after the programme is not documented yet.{self._lacking()}"
        goes = self.number("continues", "documented to continue", after["continues"])
        are = "is" if after["continues"] == 1 else "are"
        said = f"Of {self.our} {many}, {goes} {are} documented to continue after the programme."
        open_ = [
            f"{self.number(word, told, after[word])} {told}"
            for word, told in (("ends", "documented to end"), ("not documented", "not documented either way"))
            if after[word]
        ]
        said += f" The rest: {listed(open_)}." if open_ else ""
        return said + self._lacking()

    def _lacking(self) -> str:
        if not self.facts.lacking:
            return ""
        kinds = self.say("lacking", "kinds without a tie", listed(self.facts.lacking).replace(" and ", " or "))
        return f" No tie yet with a {kinds}."

    # -- notes ----------------------------------------------------------------------------------------------------

    def notes(self, part: str) -> str:
        """What the presenter should know of a part, which is not on the slide."""
        facts, lines = self.facts, [_NOTES[part]]
        if part == "sides" and self.single and facts.audience == "lead" and facts.asked(-1):
            network = facts.networks[-1]
            for tie in partner_sentences.widest_differences(partner_sentences.own_ties(network, facts.of.id), 2):
                lines.append(f"Furthest apart: {partner_sentences.conversation_prompt(network, facts.of.id, tie)}")
        if part in ("start", "now") and self.single:
            quiet = partner_sentences.unanswered_waves(facts.tables, facts.of.id)
            lines += [quiet] if quiet else []
        return "\n".join(line for line in lines if line)


_NOTES = {
    "who": "Say in your own words why this work matters to you.",
    "start": "A tie is what either side reported in this wave, or what is documented where neither did.",
    "now": "Unknown is not the same as ended: someone may simply not have answered.",
    "strength": "Strength is the mean of how closely you work, how often you are in touch, trust and value, from both sides.",
    "sides": "A difference is a reason to talk, not a mark for anybody. Ask before you show what a partner said.",
    "came": "These are results of the pilots together; they are not caused by one partner alone.",
    "next": "Only what is documented is here: add what you plan.",
}


def _best(rows: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The result that has come furthest from its baseline towards its target, both ends of it known and shown."""
    known = [
        row
        for row in rows
        if row["progress"] is not None
        and row["state"] not in ("withheld", "too_few")
        and not row["baseline_shown"]
        and not row["latest_shown"]
    ]
    return max(known, key=lambda row: row["progress"], default=None)


def _were(past: bool, number: int) -> str:
    return ("was" if number == 1 else "were") if past else ("is" if number == 1 else "are")


def _sentence(text: str) -> str:
    said = cut(" ".join(text.split()), 240)
    return said if said.endswith((".", "!", "?", "…")) else f"{said}."


def _lower(text: str) -> str:
    """The first word small, unless it is a name or an abbreviation by its look."""
    return text if len(text) < 2 or text[1].isupper() else text[0].lower() + text[1:]
