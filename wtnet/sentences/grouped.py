"""How far partnerships cross the values of a field of the lead's own, in words."""

from __future__ import annotations

from typing import Any

from wtnet.measures import reach
from wtnet.network import Network
from wtnet.sentences.format import count, figure, share
from wtnet.sentences.reach import SURE, assortativity_sentence, odds, p_value


def assortativity(label: str, chance: dict[str, Any]) -> str:
    """Assortativity by a field beside chance; "" where it is not set beside it."""
    words = assortativity_sentence(chance).replace("kinds", "groups").replace("kind", "group")
    return words.replace("Assortativity by group", f"Assortativity by {label}")


def crossing(network: Network, label: str, left_out: int, chance: dict[str, Any]) -> str:
    """What part of the partnerships join different values of a field, beside chance; `network` is `grouped.grouped` by it,
    `chance` as `reach.chance` gives it. How many partners are left out, since the field says nothing of them."""
    ties = network.ties.height
    without = f" Left out, since it is not known: {count(left_out, 'partner')}." if left_out else ""
    if not ties:
        return f"No two partners of known {label} have a known partnership.{without}"
    crossed = share(reach.cross_sector_share(network), ties)
    start = f"{crossed} of {count(ties, 'partnership')} join partners of another {label}"
    if chance["p"] is None or chance["ei_index"] is None:
        return f"{start}.{without}"
    beside = f"E-I index {figure(chance['ei_index'], digits=2)}, by chance {figure(chance['ei_expected'], digits=2)}"
    if chance["p"] < SURE:
        verdict = f"so far from chance it would be by chance only {odds(chance['p'])}"
    else:
        verdict = f"so far from chance it is by chance {odds(chance['p'])}, so it says nothing either way"
    return f"{start} ({beside}; {verdict}, {p_value(chance['p'])}).{without}"
