"""Whom each partner is asked about: those it is known to work with, as far as it may see their names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from wtnet.access import hidden
from wtnet.tables import Tables, respondents
from wtnet.tables.pilots import members
from wtnet.tables.respondents import Respondent, in_words
from wtnet.tables.schema import KINDS
from wtnet.tables.text import printable

MOST = 300
"""The most partners one form asks about; beyond, those the partner rated itself come first, then documented ties."""


class Roster:
    """The partners of a programme, by name, and whom each is asked about; worked out once for all forms.

    A partner who shares its name with nobody (`sharing` private) is named only on the forms of those who have
    rated it themselves. A form never tells why a partner is on it.
    """

    def __init__(self, tables: Tables) -> None:
        self._private = set(hidden(tables, "partners"))
        names = tables.organisations.select("id", "name", "place", "kind")
        self.partners: tuple[str, ...] = tuple(names["id"])
        """Every partner's id, in the order of the table."""
        self._names = {id: printable(name) for id, name in names.select("id", "name").iter_rows()}
        self._kinds = {id: (KINDS.get(str(kind), "Partner"), place) for id, _, place, kind in names.iter_rows()}
        self._labels = self._distinct_labels()
        self._about: dict[str, tuple[str, ...]] = {}
        self._rated: dict[str, set[str]] = defaultdict(set)
        self._raters: dict[str, set[str]] = defaultdict(set)
        self._documented: dict[str, set[str]] = defaultdict(set)
        self._roles = respondents.roles(tables)
        for rater, partner in tables.ratings.select("rater", "partner").iter_rows():
            self._rated[rater].add(partner)
            self._raters[partner].add(rater)
        for source, target in tables.partnerships.select("source", "target").iter_rows():
            self._documented[source].add(target)
            self._documented[target].add(source)
        self._pilots: dict[str, set[str]] = defaultdict(set)
        self._members: dict[str, set[str]] = defaultdict(set)
        for pilot, partner in members(tables).iter_rows():
            self._pilots[partner].add(pilot)
            self._members[pilot].add(partner)

    def asked_about(self, partner: str) -> tuple[str, ...]:
        """The partners that a form asks about, by name: ties documented, or rated by either side in any wave, or a shared
        pilot; at most `MOST`."""
        if partner in self._about:
            return self._about[partner]
        rated = self._rated[partner]
        others = (self._documented[partner], self._raters[partner], self._beside(partner))
        seen: dict[str, None] = dict.fromkeys(self.in_order(rated))
        for partners in others:
            seen |= dict.fromkeys(self.in_order(partners - self._private))
        seen.pop(partner, None)
        self._about[partner] = self.in_order(list(seen)[:MOST])
        return self._about[partner]

    def to_choose(self, partner: str) -> tuple[str, ...]:
        """The partners that can be chosen where someone is missing: all that may be named, but those asked about already."""
        on_form = {partner, *self.asked_about(partner)}
        return self.in_order(partner for partner in self.partners if partner not in on_form and partner not in self._private)

    def may_rate(self, partner: str) -> frozenset[str]:
        """The partners that one may rate: those asked about and those it can choose."""
        return frozenset([*self.asked_about(partner), *self.to_choose(partner)])

    def name(self, partner: str) -> str:
        """A partner's name on one line."""
        return self._names.get(partner, partner)

    def label(self, partner: str) -> str:
        """A partner's name, with its place or its id where another has the same name."""
        return self._labels.get(partner, partner)

    def about(self, partner: str) -> str:
        """Its kind and place: "Museum or heritage organisation, Northcliff"."""
        kind, place = self._kinds.get(partner, ("Partner", None))
        return ", ".join(part for part in (kind, printable(place or "")) if part)

    def respondents(self, wave: str, partners: Iterable[str | Respondent]) -> tuple[Respondent, ...]:
        """Who answers in a wave for these partners: each of its people where several do, else the partner as a whole; whoever
        is given by role stays alone. Each once."""
        listed: dict[Respondent, None] = {}
        for partner in partners:
            if isinstance(partner, Respondent):
                listed[partner] = None
            else:
                listed |= dict.fromkeys(Respondent(partner, role) for role in self.roles(wave, partner) or (None,))
        return tuple(listed)

    def respondents_in_order(self, chosen: Sequence[Respondent]) -> tuple[Respondent, ...]:
        """These respondents by the name of their partner, those of one partner in the order given."""
        order = {partner: at for at, partner in enumerate(self.in_order({whose.partner for whose in chosen}))}
        return tuple(sorted((whose for whose in chosen if whose.partner in order), key=lambda whose: order[whose.partner]))

    def roles(self, wave: str, partner: str) -> tuple[str, ...]:
        """The roles of a partner's people who answer in a wave; none where one answers for all."""
        return tuple(role for role in self._roles.get((wave, partner), ()) if role)

    def whose(self, respondent: Respondent) -> str:
        """Who answers, in words: "Harbour Arts", "Harbour Arts (director)"."""
        return in_words(self.label(respondent.partner), respondent.role)

    def private(self) -> tuple[str, ...]:
        """The partners whose names other partners do not see."""
        return tuple(partner for partner in self.partners if partner in self._private)

    def in_order(self, partners: Iterable[str]) -> tuple[str, ...]:
        """These partners by name, without those that are not in the programme (any more)."""
        known = [partner for partner in partners if partner in self._names]
        return tuple(sorted(known, key=lambda partner: (self._labels[partner].casefold(), partner)))

    def _beside(self, partner: str) -> set[str]:
        return set().union(*[self._members[pilot] for pilot in self._pilots[partner]])

    def _distinct_labels(self) -> dict[str, str]:
        """Labels that differ even when capitals do not count."""
        labels = dict(self._names)
        for more in (lambda id: self._kinds[id][1], lambda id: id):
            times = Counter(label.casefold() for label in labels.values())
            for id, label in labels.items():
                if times[label.casefold()] > 1 and more(id):
                    labels[id] = f"{self._names[id]} ({printable(more(id))})"
        return labels
