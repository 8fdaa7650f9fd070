"""What narrows a view, in words: on chips under the title, in headlines, and on the first page and foot of every file.

A filter is a name as it stands in the address, and a value. A `Scope` and the themes looked at are such filters too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import astuple

from wtnet.network import Scope
from wtnet.sentences.format import count, cut, listed
from wtnet.strength import COMPONENTS, EQUAL, WORDS
from wtnet.tables import Tables, own, relationships
from wtnet.tables.columns import THEMES
from wtnet.tables.model import Audience, Pairing
from wtnet.tables.schema import KINDS

Filters = Sequence[tuple[str, str]]
"""Name and value of each."""
NETWORK = (
    "pilot",
    "pilot_place",
    "target_group",
    "kind",
    "field",
    "focus",
    "hide",
    "relationship",
    "tie_field",
    "strength",
    "pairing",
    "weights",
    "documents",
)
"""The filters of partners and partnerships, which make a `Scope`."""
IMPACT = ("pilot", "pilot_place", "target_group", "kind", "theme")
"""The filters of results, which make a cut of them."""
AUDIENCES: dict[Audience, str] = {
    "lead": "for the programme lead",
    "partners": "as partners may see it",
    "public": "as everybody may see it",
}
"""For whom a page or file is, on its first page and at its foot."""
RULE = ("pairing", "weights", "documents")
RULE_OF_LEAD = "Others than the lead see strength by the usual rule: your rule for strength changes nothing here."
"""What is said of a rule in the address where it is seen as others see it."""
"""Those that leave nothing out: how strength is worked out."""
PAIRINGS: dict[Pairing, str] = {
    "mean": "the mean of both sides",
    "weaker": "the weaker side",
    "stronger": "the stronger side",
    "confirmed": "only where both confirm a partnership",
}
LEAST_WORDS = {"0.3": WORDS[0], "0.5": WORDS[1], "0.7": WORDS[2]}
"""The least strengths that others than the lead may choose, as the address has them, and their words."""
_EVERYTHING = {
    "pilot": ("all pilots", "pilot"),
    "pilot_place": ("all places", "place"),
    "target_group": ("all target groups", "target group"),
    "kind": ("all kinds of partner", "kind"),
    "field": ("every partner", "fields of your own"),
    "theme": ("all themes", "theme"),
    "relationship": ("partnerships of every kind", "kind of partnership"),
    "tie_field": ("every partnership", "fields of partnerships"),
    "focus": ("every partner", "starting point"),
    "hide": ("every partner", "hidden partners"),
    "off": ("every partner", "legend"),
    "strength": ("partnerships of any strength", "least strength"),
    "place": ("partners of all places", "place of partners"),
    "find": ("every partner", "search"),
}
"""What a page shows that cannot follow a filter, and what that filter is by."""


def label(tables: Tables, name: str, value: str, hops: int = 1) -> str | None:
    """What the chip of a filter says: "Pilot: Knit & Natter"; None where it names what is not in the tables."""
    pilots, partners = tables.names("pilots"), tables.names("organisations")
    known: dict[str, dict[str, str]] = {"pilot": pilots, "kind": KINDS, "theme": THEMES, "focus": partners, "hide": partners}
    if name == "field":
        known[name] = own.filters(tables)
    elif name == "relationship":
        known[name] = relationships.in_use(tables)
    elif name == "tie_field":
        known[name] = relationships.filters(tables)
    if name in known and value not in known[name]:
        return None
    match name:
        case "focus":
            steps = "only" if hops == 0 else f"up to {count(hops, 'step')} from"
            return f"{steps[0].upper()}{steps[1:]} {cut(partners[value], 40)}"
        case "field" | "tie_field":
            return cut(known[name][value], 60)
        case "relationship":
            return f"Partnership: {cut(known[name][value], 60)}"
        case "hide":
            return f"Without {cut(partners[value], 40)}"
        case "strength" if tables.audience != "lead":
            return f"Strength: {OR_STRONGER[least_word(float(value))]}" if _is_number(value) else None
        case "strength":
            return f"Strength {value} or more"
        case "pairing" | "weights" | "documents" if tables.audience != "lead":
            return None
        case "documents":
            return "Documented levels count too" if value == "1" else None
        case "pairing":
            return f"Strength by {PAIRINGS[value]}" if value in PAIRINGS else None  # type: ignore[index]
        case "weights":
            numbers = value.split("-")
            parts = [f"{part} {number}" for part, number in zip(COMPONENTS, numbers, strict=False)]
            return f"Weights: {', '.join(parts)}" if len(numbers) in (len(COMPONENTS) - 1, len(COMPONENTS)) else None
        case "find":
            return f"Search: “{cut(value, 40)}”"
        case "off":
            return f"Legend: without {cut(KINDS.get(value, value), 40)}"
        case _:
            titles = {"pilot": "Pilot", "pilot_place": "Place of pilots", "target_group": "For", "kind": "Kind"}
            words = known.get(name, {}).get(value, value)
            return f"{titles.get(name, name.capitalize())}: {cut(words, 60)}"


OR_STRONGER = {
    "light": "light, moderate, mixed or strong",
    "moderate or mixed": "moderate, mixed or strong",
    "strong": "strong",
}
"""What a least word lets through."""


def least_word(least: float) -> str:
    """The word of a least strength (0–1), which others than the lead choose by words: by thirds."""
    return WORDS[0] if least <= 1 / 3 else WORDS[1] if least <= 2 / 3 else WORDS[2]


def _is_number(text: str) -> bool:
    try:
        return 0 <= float(text) <= 1
    except ValueError:
        return False


def sentence_start(tables: Tables, filters: Filters, hops: int = 1) -> str:
    """Whom a sentence is about: "Knit & Natter, partners of kind museum or freelancer"; "" for everything.

    How strength is worked out is left out, as it leaves nobody out, and so is what is not in the tables.
    """
    by_name: dict[str, list[str]] = {}
    for name, value in filters:
        if name not in RULE and (words := label(tables, name, value, hops)):
            by_name.setdefault(name, []).append(words)
    return ", ".join(_together(name, words, hops) for name, words in by_name.items())


def _together(name: str, labels: list[str], hops: int) -> str:
    """The values of one filter within a sentence."""
    ends = [words.partition(": ")[2] or words for words in labels]
    match name:
        case "kind":
            return f"partners of kind {listed([end.lower() for end in ends]).replace(' and ', ' or ')}"
        case "relationship":
            return f"partnerships of kind {listed([f'“{end}”' for end in ends], last='or')}"
        case "focus":
            starts = [words.removeprefix("Only ").partition(" from ")[2] or words.removeprefix("Only ") for words in labels]
            return f"{'around' if hops else 'only'} {listed(starts)}"
        case "tie_field":
            return listed([f"partnerships with “{words}”" for words in labels])
        case "hide":
            return f"without {listed([words.removeprefix('Without ') for words in labels])}"
        case "strength":
            words = labels[0].removeprefix("Strength: ")
            return f"partnerships that are {words}" if words != labels[0] else f"partnerships of {words[0].lower()}{words[1:]}"
        case _:
            return listed(ends)


def of_scope(scope: Scope, themes: Iterable[str] = ()) -> list[tuple[str, str]]:
    """The filters that a scope and the themes looked at make."""
    least = [("strength", f"{scope.min_strength:g}")] if scope.min_strength > 0 else []
    rule = [("pairing", str(scope.pairing))] if scope.pairing != "mean" else []
    rule += [("documents", "1")] if scope.documents else []
    if scope.weights != EQUAL:
        rule.append(("weights", "-".join(f"{weight:g}" for weight in astuple(scope.weights))))
    several = {"pilot": scope.pilots, "kind": scope.kinds, "theme": themes, "focus": scope.focus, "hide": scope.hidden}
    several |= {"relationship": scope.relationships, "tie_field": scope.tie_fields}
    return [(name, value) for name, values in several.items() for value in values] + least + rule


def scope_labels(tables: Tables, scope: Scope, themes: Iterable[str] = ()) -> list[str]:
    """The same, as chips say it."""
    words = (label(tables, name, value, scope.hops) for name, value in of_scope(scope, themes))
    return [each for each in words if each]


def not_followed(names: Iterable[str], this: str = "This page") -> str:
    """What a page (or `this` part of it) says of filters, by name, that it cannot follow; "" for none.

    What has figures of strength follows how strength is worked out.
    """
    asked = list(dict.fromkeys(names))
    unfollowed = [_EVERYTHING[name] for name in asked if name in _EVERYTHING]
    sentences = []
    if unfollowed:
        everything = listed(list(dict.fromkeys(words for words, _ in unfollowed)), most=9)
        by = listed(list(dict.fromkeys(by for _, by in unfollowed)), most=9, last="or")
        sentences.append(f"{this} shows {everything}: it cannot follow a filter by {by}.")
    if any(name in RULE for name in asked):
        sentences.append("No figure of it is one of strength, so your rule for strength changes nothing here.")
    return " ".join(sentences)


def partly_followed(names: Iterable[str]) -> str:
    """What the home page says of filters that only one of its sides follows; "" for none."""
    asked = [name for name in dict.fromkeys(names) if name in _EVERYTHING]
    halves = (
        ("The map", [name for name in asked if name not in (*NETWORK, "off")]),
        ("What came of it", [name for name in asked if name not in IMPACT]),
    )
    return " ".join(
        f"{side} follows no filter by {listed([_EVERYTHING[name][1] for name in missed], most=9).replace(' and ', ' or ')}."
        for side, missed in halves
        if missed
    )
