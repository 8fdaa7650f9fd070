"""Web addresses that are given to others: which are of one computer alone, and which may be passed on."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from wtnet.errors import InvalidRequest

LONGEST = 1_000


def is_loopback(host: str) -> bool:
    """Whether a host is the computer that asks: localhost, 127.0.0.1, ::1."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def opens_here_only(address: str) -> bool:
    """Whether a web address leads others nowhere: to the computer that asks, or to no host at all."""
    try:
        host = urlsplit(address).hostname
    except ValueError:
        return True
    return not host or is_loopback(host)


def checked(text: str) -> str:
    """A web address as it may be given to others; any other text is an InvalidRequest that says why."""
    address = text.strip()
    if not address.lower().startswith(("https://", "http://")) or any(letter <= " " for letter in address):
        raise InvalidRequest(f"“{address[:60]}” is not a web address; give one that begins with https://, without blanks.")
    if len(address) > LONGEST:
        raise InvalidRequest(f"The web address has {len(address):,} characters; give one of at most {LONGEST:,}.")
    if opens_here_only(address):
        raise InvalidRequest(f"“{address[:60]}” opens on this computer alone; give the address at which others reach the app.")
    return address
