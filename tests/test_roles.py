"""Roles by address or domain, and links that are signed, end on a day and can be taken back."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from wtnet.access import links, roles
from wtnet.access.roles import Person, Rule
from wtnet.errors import InvalidRequest
from wtnet.store import Programme, Store
from wtnet.tables import Tables

TOMORROW = date.today() + timedelta(days=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(f"sqlite:///{tmp_path}/a.db") as opened:
        opened.create(Programme("p", "P"), Tables(), "a", "b")
        yield opened


def test_nobodys_rule_makes_a_viewer() -> None:
    assert roles.person("ann@x.org", "Ann", []) == Person("viewer", "signed in", "Ann")
    assert roles.person("", "", []).audiences == ("public",)


@pytest.mark.parametrize("leads", [[], [""], [" ", "ann@x.org"]])
def test_whoever_has_no_address_is_a_viewer_whatever_the_server_is_told(leads: list[str]) -> None:
    """A setting that is empty reads as one empty address; it is nobody's."""
    assert roles.person("", "Mallory", [Rule("@x.org", "lead")], leads) == Person("viewer", "signed in", "Mallory")


def test_an_address_counts_before_its_domain_and_more_before_less() -> None:
    kept = [
        Rule("@x.org", "lead"),
        Rule("Ann@X.org ", "partner", "p", "museum"),
        Rule("bo@x.org", "viewer"),
        Rule("bo@x.org", "lead", "p"),
    ]
    ann = roles.person("ANN@x.org", "Ann", kept)
    assert (ann.role, ann.programmes, ann.partner, ann.audiences) == ("partner", ("p",), "museum", ("partners", "public"))
    assert roles.person("bo@x.org", "", kept).edits and roles.person("cy@x.org", "", kept).edits
    assert not roles.person("cy@x.org.evil.com", "", kept).edits and not roles.person("@x.org@evil.com", "", kept).edits
    assert roles.person("di@y.org", "", kept, leads=["di@y.org"]).edits


def test_somebody_with_rules_in_several_programmes_is_in_each_who_its_rule_says() -> None:
    """Another partner in each, a lead in one; what no rule names is not theirs, and a role in one is not one everywhere."""
    kept = [
        Rule("ann@x.org", "partner", "p", "museum"),
        Rule("ann@x.org", "partner", "q", "gallery"),
        Rule("ann@x.org", "lead", "r"),
    ]
    p, q, r, s = (roles.person("ann@x.org", "Ann", kept, programme=one) for one in "pqrs")
    assert {one.programmes for one in (p, q, r, s)} == {("p", "q", "r")}
    assert [(one.role, one.partner) for one in (p, q, r, s)] == [
        ("partner", "museum"),
        ("partner", "gallery"),
        ("lead", None),
        ("viewer", None),
    ]
    assert not any(one.everywhere for one in (p, q, r, s)) and roles.person("ann@x.org", "Ann", kept).edits
    above = [*kept, Rule("ann@x.org", "viewer")]
    assert roles.person("ann@x.org", "Ann", above, programme="s") == Person("viewer", "signed in", "Ann")
    assert roles.person("ann@x.org", "Ann", above, programme="p").partner == "museum"


@pytest.mark.parametrize("who", ["", "ann", "ann@", "@", "a b@x.org", "ann@x", "a@b@c.org"])
def test_what_is_no_address_is_said(who: str) -> None:
    with pytest.raises(InvalidRequest, match="e-mail"):
        Rule(who, "viewer")


def test_a_partners_rule_names_the_partner_and_an_unknown_role_is_said() -> None:
    with pytest.raises(InvalidRequest, match="which partner"):
        Rule("ann@x.org", "partner", "p")
    with pytest.raises(InvalidRequest, match="no role"):
        Rule("ann@x.org", "king")


def test_rules_are_kept(store: Store) -> None:
    assert roles.rules(store) == []
    kept = [Rule("ann@x.org", "lead"), Rule("bo@x.org", "partner", "p", "m")]
    roles.keep(store, kept)
    assert roles.rules(store) == kept


def test_a_link_opens_one_programme_for_looking_only(store: Store) -> None:
    made = links.make(store, "p", TOMORROW, "public", " Fund ")
    person = links.opened(store, links.token(store, made))
    assert (person.role, person.programmes, person.audiences, person.name) == ("viewer", ("p",), ("public",), "Fund")
    assert not person.edits and links.made(store, "p") == [made] and links.made(store, "q") == []


def test_a_link_ends_after_its_last_day_and_when_it_is_taken_back(store: Store) -> None:
    made = links.make(store, "p", date.today(), "partners")
    token = links.token(store, made)
    assert links.opened(store, token).audience == "partners"
    with pytest.raises(InvalidRequest, match="ended"):
        links.opened(store, token, today=TOMORROW)
    links.revoke(store, made.id)
    with pytest.raises(InvalidRequest, match="taken back"):
        links.opened(store, token)


def test_no_link_is_forged_or_changed(store: Store, tmp_path: Path) -> None:
    """Every changed letter, another database's signature, nonsense and endless text are refused in a sentence."""
    made = links.make(store, "p", TOMORROW)
    token = links.token(store, made)
    with Store(f"sqlite:///{tmp_path}/b.db") as other:
        other.create(Programme("p", "P"), Tables(), "a", "b")
        foreign = links.token(other, links.make(other, "p", TOMORROW))
    changed = [token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :] for at in range(len(token) - 1)]
    for text in [*changed, foreign, "", ".", "é.é", "a.b", token.split(".")[0], token * 100, "=" * 10_000]:
        with pytest.raises(InvalidRequest):
            links.opened(store, text)


@pytest.mark.parametrize(("until", "audience"), [(date(2020, 1, 1), "public"), (TOMORROW, "lead"), (TOMORROW, "all")])
def test_a_link_into_the_past_or_with_everything_is_not_made(store: Store, until: date, audience: str) -> None:
    with pytest.raises(InvalidRequest):
        links.make(store, "p", until, audience)
    assert links.made(store) == []
