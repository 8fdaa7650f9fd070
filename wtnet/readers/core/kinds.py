"""Which of our kinds of partner another tool's word means: by the word itself or its label, never by a guess."""

from __future__ import annotations

import re
from collections import Counter

from wtnet.readers.core.text import listing
from wtnet.tables.model import Problem, place
from wtnet.tables.schema import KINDS
from wtnet.tables.text import count, normal

KIND_COLUMNS = (
    "kind", "type", "element_type", "organisation_type", "organization_type", "partner_type", "type_of_organisation",
    "type_of_partner", "kind_of_partner",
)  # fmt: skip
_WORDS = {normal(text): word for word, label in KINDS.items() for text in (word, label)}
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
OTHER = "other"
_SPEAKS_OF = {
    "freelancer": {"freelance", "freelancer", "freelancers", "self", "sole", "freiberuflich"},
    "health_provider": {"health", "healthcare", "nhs", "gp", "hospital", "clinic", "surgery", "medical", "pcn", "hospice",
                        "gesundheit", "santé", "salud", "iechyd"},
    "museum": {"museum", "museums", "gallery", "heritage", "musée", "museo", "amgueddfa"},
    "education": {"university", "school", "college", "education", "schule", "universität", "université", "école"},
    "local_authority": {"council", "authority", "municipality", "gemeinde", "stadt", "mairie", "cyngor"},
    "commissioner": {"commissioner", "icb", "commissioning"},
    "funder": {"funder", "foundation", "stiftung", "fondation"},
    "arts_organisation": {"arts", "theatre", "orchestra", "dance", "theater"},
    "community_group": {"community", "voluntary", "charity", "cic", "vcse", "vcs", "volunteer", "club", "association", "verein"},
}  # fmt: skip
"""Words by which a lead's own word for a kind shows which of ours it is near; the first that fits counts."""


class Kinds:
    """The kind of each of many elements, from whichever of kind, type or element type knows most of our words."""

    def __init__(self, elements: list[dict[str, str]], loosely: bool = False) -> None:
        """`elements` are their attributes by name; `columns` then holds the names of the attributes that were used. Read
        `loosely`, a word that is none of ours is taken for the kind it speaks of, and that is said."""
        self._loosely = loosely
        known: Counter[str] = Counter()
        for attributes in elements:
            for name, value in attributes.items():
                if normal(name) in KIND_COLUMNS:
                    known[name] += _word(value) is not None
        ranked = sorted(known, key=lambda name: (-known[name], KIND_COLUMNS.index(normal(name))))
        self.columns: tuple[str, ...] = tuple(ranked[:1])
        self._elements = elements

    def text(self, attributes: dict[str, str]) -> str | None:
        """The file's own word for one element."""
        return next((attributes[name] for name in self.columns if attributes.get(name)), None)

    def loses(self, name: str) -> bool:
        """True if some word of a used attribute says more than our kind does, so that it is kept beside it."""
        return any(_word(text) is None for attributes in self._elements if (text := attributes.get(name)))

    def word(self, attributes: dict[str, str]) -> str:
        """Our word for one element."""
        text = self.text(attributes) or ""
        return _word(text) or (_near(text) if self._loosely else None) or OTHER

    def notices(self, file: str, sheet: str | None) -> list[Problem]:
        """One notice on the words that are none of ours, with how often each stood, or on there being none at all."""
        texts = [self.text(attributes) for attributes in self._elements]
        unknown = Counter(word for word in texts if word and _word(word) is None)
        near = {word: kind for word in unknown if self._loosely and (kind := _near(word))}
        unknown = Counter({word: number for word, number in unknown.items() if word not in near})
        bare = sum(word is None for word in texts)
        where = place(file, sheet)
        notices = []
        if near:
            readings = listing([f"{word}: {KINDS[kind]}" for word, kind in near.items()], 16)
            sentence = (
                f"{where}: kinds of partner read by a word in them: {readings}. If one is wrong, correct it on the Data page."
            )
            notices.append(Problem("near_kind", sentence, file, sheet, None, self.columns[0]))
        if unknown:
            words = listing([f"{word} ({number:,})" for word, number in unknown.most_common()], 12)
            sentence = f"{where}: types of partner not known here became other: {words}. The kinds known are: {', '.join(KINDS)}."
            notices.append(Problem("unknown_kind", sentence, file, sheet, None, self.columns[0], unknown.most_common(1)[0][0]))
        if bare:
            sentence = (
                f"{where}: {count(bare, 'partner')} without a type became other. Add a column kind or type to say what they are."
            )
            notices.append(Problem("no_kind", sentence, file, sheet))
        return notices


def _near(text: str) -> str | None:
    """The kind a text speaks of."""
    words = {word for word in re.split(r"[\W_]+", normal(text)) if word}
    return next((kind for kind, signs in _SPEAKS_OF.items() if words & signs), None)


def _word(text: str) -> str | None:
    simple = normal(_CAMEL.sub(" ", text))
    return _WORDS.get(simple) or _WORDS.get(simple.removesuffix("s"))
