"""Addresses that are given to others: what opens on one computer alone is none of them."""

import pytest

from wtnet.access.addresses import LONGEST, checked, opens_here_only
from wtnet.errors import InvalidRequest


@pytest.mark.parametrize(
    "address", ["", "http://localhost:8501/?a=b", "http://LOCALHOST", "https://127.0.0.1/x", "http://127.8.9.1", "http://[::1]:8501",
                "http://[broken", "/present"],
)  # fmt: skip
def test_an_address_of_one_computer_leads_nobody_else_anywhere(address: str) -> None:
    assert opens_here_only(address)
    with pytest.raises(InvalidRequest):
        checked(address)


@pytest.mark.parametrize(
    "address", ["https://wtnet.example.org/?link=a.b", "http://192.168.0.7:8501", "http://localhost.example"]
)
def test_an_address_that_others_reach_is_kept_as_it_is(address: str) -> None:
    assert not opens_here_only(address) and checked(f"  {address} ") == address


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("javascript:alert(1)", "not a web address"),
        ("https://a b.example", "not a web address"),
        ("wtnet.example.org", "not a web address"),
        (f"https://x.example/{'a' * LONGEST}", "at most 1,000"),
    ],
)
def test_what_is_no_address_to_pass_on_is_refused_in_a_sentence(text: str, word: str) -> None:
    with pytest.raises(InvalidRequest, match=word):
        checked(text)
