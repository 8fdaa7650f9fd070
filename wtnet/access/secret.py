"""Whether a secret is one: long, drawn at random, and no sample from documents."""

from __future__ import annotations

SHORTEST = 32
"""The fewest characters of the secret that signs who is signed in."""
_SAMPLES = ("python", "random text", "secret", "example", "change", "your ", "xxxxx", "0123456789", "abcdef")
"""What stands in the samples of documents, and is as good as never drawn: five letters or more."""


def is_weak(secret: str) -> bool:
    """Whether a secret is short, a sample from documents, or of few different characters."""
    return len(secret) < SHORTEST or len(set(secret)) < 10 or any(word in secret.lower() for word in _SAMPLES)
