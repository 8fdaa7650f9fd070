"""Where somebody comes back to after signing in: the page they had opened, and never anywhere else."""

import asyncio
import base64
from typing import Any

import pytest
from starlette.datastructures import Headers
from starlette.responses import RedirectResponse

from wtnet.ui.frame.middleware import COOKIE, SignInReturn, page_left, page_remembered

HOST = "wtnet.example.org"


def headers(**those: str) -> Headers:
    return Headers({"host": HOST, **those})


def cookie(page: str) -> str:
    return f"other=1; {COOKIE}={base64.urlsafe_b64encode(page.encode()).decode()}"


@pytest.mark.parametrize(
    ("referer", "page"),
    [
        ("", ""),
        (f"https://{HOST}/", ""),
        (f"https://{HOST}/partners", "/partners"),
        (f"https://{HOST}/below/partners?partner=a%20b&wave=end", "/partners?partner=a%20b&wave=end"),
        (f"https://{HOST}/?select=tie:a:b", "/?select=tie:a:b"),
        ("https://elsewhere.example/partners", ""),
        (f"https://{HOST}/Partners%2F..", ""),
        (f"https://{HOST}/partners?{'a' * 3_000}", ""),
    ],
)
def test_the_page_somebody_left_is_one_of_this_server(referer: str, page: str) -> None:
    """The start page without choices needs no remembering; another server's pages and endless ones are not remembered."""
    assert page_left(headers(referer=referer)) == page


@pytest.mark.parametrize(
    "page", ["//evil.example", "https://evil.example", "/\\evil.example", "/partners\r\nSet-Cookie: a=b", "/a/../b", "\x00", ""]
)
def test_a_cookie_that_names_anything_else_leads_nowhere(page: str) -> None:
    assert page_remembered(headers(cookie=cookie(page))) == ""


@pytest.mark.parametrize("text", ["", COOKIE, f"{COOKIE}=%%%", f"{COOKIE}=AAA", f"{COOKIE}=\u00e9"])
def test_a_cookie_that_cannot_be_read_leads_nowhere(text: str) -> None:
    assert page_remembered(Headers(raw=[(b"cookie", text.encode())])) == ""


@pytest.mark.parametrize(("base", "to"), [("/", "/partners?partner=a"), ("/below/", "/below/partners?partner=a")])
def test_whoever_comes_back_from_the_provider_goes_on_to_the_page_once(base: str, to: str) -> None:
    """The cookie goes when it was used; without it the start page opens."""
    there = answered("/oauth2callback", base, cookie=cookie("/partners?partner=a"))
    assert there["location"] == to and f"{COOKIE}=;" in there["set-cookie"] and "Max-Age=0" in there["set-cookie"]
    assert answered("/oauth2callback", base)["location"] == base


def test_going_to_sign_in_leaves_the_way_as_it_is_and_remembers_the_page() -> None:
    there = answered("/auth/login", "https://provider.example/a", referer=f"https://{HOST}/guide?measure=x")
    assert there["location"] == "https://provider.example/a"
    assert page_remembered(headers(cookie=there["set-cookie"].partition(";")[0])) == "/guide?measure=x"
    assert "set-cookie" not in answered("/auth/login", "https://provider.example/a")


def test_other_answers_pass_unchanged() -> None:
    assert answered("/partners", "/", cookie=cookie("/guide"))["location"] == "/"


def answered(path: str, location: str, **sent: str) -> Any:
    """The headers of a redirect that passes through the middleware."""
    got: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": b""}

    async def send(message: Any) -> None:
        got.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "headers": headers(**sent).raw}
    asyncio.run(SignInReturn(RedirectResponse(location, 302))(scope, receive, send))
    return Headers(raw=got[0]["headers"])
