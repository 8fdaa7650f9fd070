"""Signing in with a real OpenID Connect provider on this machine: who becomes lead, partner, viewer or nobody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.support import prepared
from tests.support.browser import arrived, settled
from tests.support.listening import Listener
from tests.support.server import serving
from wtnet.access import hidden, roles
from wtnet.access.roles import Rule
from wtnet.store import Store

PARTNER = "sam-tidewell"
PEOPLE = {
    "first": ("first@lead.example", True),
    "rule": ("second@lead.example", True),
    "sam": ("sam@light.example", True),
    "both": ("both@light.example", True),
    "fund": ("anybody@fund.example", True),
    "liar": ("first@lead.example", False),
    "silent": ("first@lead.example", None),
    "nameless": ("", None),
    "guest": ("guest@elsewhere.example", True),
}
"""Who can sign in at the provider: address, and whether the provider vouches for it (None: it does not say)."""
RULES = [
    Rule("second@lead.example", roles.LEAD),
    Rule("sam@light.example", roles.PARTNER, "example", PARTNER),
    Rule("both@light.example", roles.PARTNER, "example", PARTNER),
    Rule("both@light.example", roles.LEAD, "working-together"),
    Rule("@fund.example", roles.VIEWER, "example"),
]
LEAD_PAGES = ("data", "history", "sharing", "survey")


@dataclass(frozen=True)
class Place:
    """A server that asks people to sign in, and its database."""

    address: str
    database: str


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """The app with a provider of its own, one address that leads by the server's setting, and three rules."""
    from oidc_provider_mock import User, run_server_in_thread

    folder = tmp_path_factory.mktemp("signin")
    database = f"sqlite:///{folder}/app.db"
    users = [
        User(
            sub=sub, claims={"name": f"Name of {sub}", "email": email} | ({} if vouched is None else {"email_verified": vouched})
        )
        for sub, (email, vouched) in PEOPLE.items()
    ]
    with run_server_in_thread(user_claims=users) as provider:
        _secrets(folder / "secrets.toml", f"http://localhost:{provider.server_port}")
        settings = {"STREAMLIT_SECRETS_FILES": str(folder / "secrets.toml"), "WTNET_LEADS": "first@lead.example"}
        (folder / "app.db").write_bytes(prepared.shipped())
        with Store(database) as store:
            roles.save(store, RULES)
        with serving(database, folder / "log", **settings) as address:
            yield Place(address, database)


def _secrets(path: Path, provider: str) -> None:
    path.write_text(
        "[auth]\n"
        'redirect_uri = "http://127.0.0.1:{port}/oauth2callback"\n'
        'cookie_secret = "q8Zt3vKp7Lw2Rn5Xy9Bd4Hm6Js1Tc0Gf"\n'
        'client_id = "wtnet"\nclient_secret = "of the test"\n'
        f'server_metadata_url = "{provider}/.well-known/openid-configuration"\n'
    )


@pytest.fixture
def someone(browser: Any, place: Place) -> Iterator[Any]:
    """A window of somebody who has signed in (None: who has not)."""
    opened: list[Listener] = []

    def come(sub: str | None, path: str = "/") -> Listener:
        one = Listener(browser, place.address)
        opened.append(one)
        one.open(path)
        if sub is not None:
            one.page.get_by_role("button", name="Sign in").click()
            one.page.get_by_role("button", name=sub, exact=True).first.click()
            one.page.wait_for_url(f"{place.address}/**")
            one.page.get_by_text("Signed in as").wait_for()
            one.quiet()
        return one

    yield come
    for one in opened:
        one.context.close()


def menu(one: Listener) -> str:
    return str(one.page.locator("[data-testid=stSidebarNav]").inner_text())


def standing(one: Listener) -> str:
    return str(one.page.get_by_text("Signed in as").inner_text())


def closed(one: Listener) -> None:
    """None of the pages for leads opens by its address."""
    for name in LEAD_PAGES:
        one.turn(f"/{name}")
        text = one.text()
        assert not any(words in text for words in ("Bring in a file", "Make a link", "Undo", "Make forms", "New wave")), name


@pytest.mark.parametrize(
    "paths",
    [
        ("/", "/partners?programme=example&audience=lead", "/?link="),
        pytest.param(("/partners", "/data", "/sharing", "/guide", "/start"), marks=pytest.mark.thorough),
    ],
)
def test_before_signing_in_there_is_a_sign_in_page_and_nothing_of_any_programme(
    someone: Any, place: Place, paths: tuple[str, ...]
) -> None:
    """By every address: no menu, no partner, no name of a programme arrives."""
    one = someone(None)
    for path in paths:
        one.open(path)
        one.page.get_by_role("button", name="Sign in").wait_for()
        assert one.page.locator("[data-testid=stSidebarNav]").count() == 0, path
    with Store(place.database) as store:
        programmes = [name for entry in store.programmes() for name in (entry.name, entry.id)]
        known = {text for entry in store.programmes() for text in store.load(entry.id).organisations["name"].to_list()}
    assert len(known) > 60
    assert one.found(["Sign in"]) and one.found({*known, *programmes} - {"example"}) == []


def test_an_address_the_server_names_leads_and_signs_out_again(someone: Any) -> None:
    one = someone("first")
    assert standing(one) == "Signed in as Name of first (first@lead.example): lead." and "Sharing" in menu(one)
    one.open("/sharing")
    one.page.get_by_role("button", name="Make a link").wait_for()
    other = one.context.new_page()  # a window that stays open while its owner signs out in the first
    other.goto(one.page.url)
    other.get_by_role("button", name="Make a link").wait_for()
    one.page.get_by_role("button", name="Sign out").click()
    one.page.wait_for_url(lambda address: "/sharing" not in address)
    settled(one.page)
    if "end_session" in one.page.url:  # the provider asks whether to sign out there as well
        one.page.get_by_role("button").first.click()
    one.open("/")
    one.page.get_by_role("button", name="Sign in").wait_for()
    one.open("/sharing")
    assert one.page.get_by_role("button", name="Make a link").count() == 0
    other.get_by_role("button", name="Make a link").click()
    other.get_by_role("button", name="Sign in").wait_for()
    assert other.get_by_role("button", name="Make a link").count() == 0


def test_a_partner_sees_its_own_profile_by_name_and_nobody_elses_answers(someone: Any, place: Place) -> None:
    """Own name and own answers arrive; what others say of others, and names not for partners, never do."""
    with Store(place.database) as store:
        tables = store.load("example")
    names = dict(tables.organisations.select("id", "name").iter_rows())
    own, others = set(), set()
    for rater, partner, comment in tables.ratings.select("rater", "partner", "comment").drop_nulls("comment").iter_rows():
        (own if PARTNER in (rater, partner) else others).add(comment)
    gone = [id for id in hidden(tables, "partners") if id != PARTNER]
    private = {names[id] for id in gone} | set(gone) | (others - own)
    assert len(private) > 10 and gone and own
    one = someone("sam")
    assert standing(one).endswith(": partner.") and "Sharing" not in menu(one) and "Data" not in menu(one)
    for path in (f"/partners?partner={PARTNER}&audience=lead", "/?audience=lead", "/two_views", "/reports", "/programmes"):
        one.turn(path)
        assert one.page.get_by_role("heading", level=1).count() == 1, path
        if path.startswith("/partners"):
            assert names[PARTNER] in one.text()
    closed(one)
    assert one.found(private) == []
    assert one.found([names[PARTNER]])


def test_a_rule_makes_a_lead_and_a_link_to_a_page_opens_that_page_once_signed_in(someone: Any) -> None:
    """The way over the provider keeps the page and its choices."""
    one = someone("rule", "/partners?programme=example&partner=robin-larkmead")
    assert standing(one).endswith(": lead.") and "Data" in menu(one)
    one.page.get_by_role("heading", name="Robin Larkmead", exact=True).wait_for()
    arrived(one.page, "/partners", "partner=robin-larkmead")


@pytest.mark.thorough
def test_somebody_is_in_each_programme_who_the_rule_says_there(someone: Any, place: Place) -> None:
    """A partner in one, who changes nothing there, and the lead of another: the pages of a lead show that one alone."""
    with Store(place.database) as store:
        tables = store.load("example")
    gone = [id for id in hidden(tables, "partners") if id != PARTNER]
    private = {name for id, name in tables.organisations.select("id", "name").iter_rows() if id in gone} | set(gone)
    one = someone("both", f"/partners?programme=example&partner={PARTNER}")
    one.page.get_by_role("heading", name="Sam Tidewell", exact=True).wait_for()
    assert "Data" in menu(one)
    for path in ("/?programme=example&audience=lead", "/data?programme=example", "/sharing?programme=example"):
        one.turn(path)
    assert "Shared Light" not in one.page.locator(".stMain").inner_text()
    one.turn("/programmes?programme=working-together&compare=example")
    assert one.found(private) == []
    one.turn("/data?programme=working-together")
    one.page.get_by_text("Working Together").locator("visible=true").first.wait_for()


def test_a_domain_makes_viewers_of_what_everybody_may_see(someone: Any, place: Place) -> None:
    with Store(place.database) as store:
        tables = store.load("example")
    gone = hidden(tables, "public")
    private = {name for id, name in tables.organisations.select("id", "name").iter_rows() if id in gone} | set(gone)
    one = someone("fund")
    assert standing(one).endswith(": viewer.") and one.page.get_by_label("Seen as").count() == 0
    one.turn(f"/partners?partner={PARTNER}&audience=lead")
    closed(one)
    assert one.found(private) == []


@pytest.mark.parametrize(
    "sub", ["liar", *(pytest.param(one, marks=pytest.mark.thorough) for one in ("silent", "nameless", "guest"))]
)
def test_an_address_nobody_vouches_for_or_knows_is_a_viewer(someone: Any, sub: str) -> None:
    """The lead's own address, said by somebody for whom the provider does not vouch, opens nothing."""
    one = someone(sub)
    assert standing(one).endswith(": viewer.") and "Sharing" not in menu(one)
    assert one.page.get_by_text("does not vouch").count() == (sub != "guest")
    one.open("/sharing?audience=lead")
    assert one.page.get_by_role("button", name="Make a link").count() == 0
