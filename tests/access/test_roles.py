"""Roles by address or domain, and links that are signed, end on a day and can be taken back."""

import base64
import json
import zipfile
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
    assert roles.person("ann@x.org", "Ann", []) == Person("viewer", "signed in", "Ann (ann@x.org)")
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
    ann = roles.person("ANN@x.org", "Ann", kept, programme="p")
    assert (ann.role, ann.programmes, ann.partner, ann.audiences) == ("partner", None, "museum", ("partners", "public"))
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
    assert roles.person("ann@x.org", "Ann", above, programme="s") == Person("viewer", "signed in", "Ann (ann@x.org)")
    assert roles.person("ann@x.org", "Ann", above, programme="p").partner == "museum"


def test_a_rule_for_one_programme_takes_nobodys_role_in_another() -> None:
    """Who leads everywhere by domain leads on wherever no rule names the address, may make programmes, and sees all of them."""
    kept = [Rule("@x.org", "lead"), Rule("boss@x.org", "viewer", "q")]
    q, p, anywhere = (roles.person("boss@x.org", "", kept, programme=one) for one in ("q", "p", None))
    assert [one.role for one in (q, p, anywhere)] == ["viewer", "lead", "lead"]
    assert {one.programmes for one in (q, p, anywhere)} == {None} and anywhere.everywhere and p.everywhere


def test_an_address_counts_before_its_domain_in_each_programme() -> None:
    """A rule of the address for all programmes holds in each, and one for a programme adds it to those that are seen."""
    kept = [Rule("@x.org", "viewer", "p"), Rule("ann@x.org", "partner", "q", "m"), Rule("@x.org", "lead", "q")]
    p, q, r = (roles.person("ann@x.org", "", kept, programme=one) for one in "pqr")
    assert [one.role for one in (p, q, r)] == ["viewer", "partner", "viewer"] and q.programmes == ("p", "q")
    assert not roles.person("ann@x.org", "", kept).edits
    above = [Rule("@x.org", "lead", "p"), Rule("ann@x.org", "viewer")]
    assert not roles.person("ann@x.org", "", above, programme="p").edits and not roles.person("ann@x.org", "", above).edits


@pytest.mark.parametrize(
    "email", ["\u212aate@x.org", "kate@\u212alinik.org", "k\u0430te@x.org", "kate@x.org\u200b", "ıkate@x.org"]
)
def test_letters_that_look_like_others_make_nobody_a_lead(email: str) -> None:
    """The unit kelvin is a small k in lower case: an address with any but plain letters is nobody's, in settings too."""
    kept = [Rule("kate@x.org", "lead"), Rule("@x.org", "lead"), Rule("@klinik.org", "lead")]
    assert roles.person(email, "Kate", kept, ["kate@x.org"]) == Person("viewer", "signed in", "Kate")
    assert not roles.person("kate@x.org", "", [], [email]).edits
    with pytest.raises(InvalidRequest, match="plain letters"):
        Rule(email, "lead")


def test_a_rule_with_other_letters_that_was_kept_before_is_passed_over(store: Store) -> None:
    store.remember("roles", [{"who": "kåte@x.org", "role": "lead"}, {"who": "ann@x.org", "role": "lead"}])
    assert roles.rules(store) == [Rule("ann@x.org", "lead")]


def test_changes_are_signed_with_the_address_that_was_verified() -> None:
    """The name is what people call themselves, however long."""
    assert roles.person("MAL@x.org", "Ann Lead", [Rule("mal@x.org", "lead")]).name == "Ann Lead (mal@x.org)"
    assert roles.person("mal@x.org", "", [], ["mal@x.org"]).name == "mal@x.org"
    assert len(roles.person("mal@x.org", "x" * 9_999, []).name) < 200


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
    roles.save(store, kept)
    assert roles.rules(store) == kept


def test_a_link_opens_one_programme_for_looking_only(store: Store) -> None:
    made = links.make(store, "p", TOMORROW, "public", " Fund ")
    person = links.open_link(store, links.token(store, made))
    assert (person.role, person.programmes, person.audiences, person.name) == ("viewer", ("p",), ("public",), "Fund")
    assert not person.edits and links.issued(store, "p") == [made] and links.issued(store, "q") == []


def test_a_link_ends_after_its_last_day_and_when_it_is_taken_back(store: Store) -> None:
    made = links.make(store, "p", TOMORROW, "partners")
    token = links.token(store, made)
    assert links.open_link(store, token, today=made.until).audience == "partners"
    with pytest.raises(InvalidRequest, match="ended"):
        links.open_link(store, token, today=made.until + timedelta(days=1))
    links.revoke(store, made.id)
    with pytest.raises(InvalidRequest, match="taken back"):
        links.open_link(store, token)


def test_a_link_is_not_made_anew_from_a_backup_and_opens_nothing_where_one_is_restored(store: Store, tmp_path: Path) -> None:
    """Links and their secret stay in their database; in another, whoever leads makes new ones."""
    made = links.make(store, "p", TOMORROW)
    token = links.token(store, made)
    secret = store.settings("link-secret")["link-secret"]
    store.backup(tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as packed:
        assert not any(secret.encode() in packed.read(name) for name in packed.namelist())
    with Store(f"sqlite:///{tmp_path}/b.db") as other:
        other.restore_backup(tmp_path / "all.zip")
        assert links.issued(other) == [] and other.settings("link-secret") == {}
        with pytest.raises(InvalidRequest, match="not from here"):
            links.open_link(other, token)
        links.token(other, links.make(other, "p", TOMORROW))
        with pytest.raises(InvalidRequest, match="not from here"):
            links.open_link(other, token)


def test_a_token_holds_an_id_and_no_text_of_people(store: Store) -> None:
    """Whatever a programme is called, its link opens; and an address that others see says nothing of it."""
    name = "Мистецтвопросторіздоров’я" * 2
    store.create(Programme(name, name), Tables(), "a", "b")
    made = links.make(store, name, TOMORROW)
    token = links.token(store, made)
    assert links.open_link(store, token).programmes == (name,)
    assert json.loads(base64.urlsafe_b64decode(token.partition(".")[0] + "==")) == [made.id] and len(token) < 80


def test_a_token_of_before_still_opens(store: Store) -> None:
    """It held more than the id; what counts is stored under the id."""
    made = links.make(store, "p", TOMORROW)
    links.token(store, made)
    body = json.dumps([made.id, "p", "public", made.until.isoformat()], separators=(",", ":")).encode()
    sign = links._sign(store.settings("link-secret")["link-secret"], body)
    assert links.open_link(store, f"{links._text(body)}.{links._text(sign)}").programmes == ("p",)


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
            links.open_link(store, text)


@pytest.mark.parametrize(("until", "audience"), [(date(2020, 1, 1), "public"), (TOMORROW, "lead"), (TOMORROW, "all")])
def test_a_link_into_the_past_or_with_everything_is_not_made(store: Store, until: date, audience: str) -> None:
    with pytest.raises(InvalidRequest):
        links.make(store, "p", until, audience)
    assert links.issued(store) == []
