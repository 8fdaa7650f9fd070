"""A programme with everything in it that must not be seen, and how to look for it in whatever is made of it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pikepdf
from google.protobuf.message import Message

from tests.support.frames import frame
from wtnet import access, stories
from wtnet.access.name_finder import folded
from wtnet.store import Programme, Store
from wtnet.stories import saved
from wtnet.tables import Tables

PERSON, SHORT, MUSEUM, CLINIC = "zoe-elan", "joe", "old-harbour", "quay-clinic"
PUBLIC = "gull-gallery"
NAMES = {"public": ("Zoë Élan", "Jö", "Old Harbour Museum", "Quay Clinic"), "partners": ("Old Harbour Museum", "Quay Clinic")}
"""Who may not be read of, by audience."""
CANARIES = ("kanarie", "86421", "86,421", "0.71111", "0.51111")
"""In comments and whatever tells of a partner who is hidden; a result on three people; strength as one side sees it."""
FREELANCERS = "finkenflug"
"""In whatever tells of the freelancers, which partners may see."""
NUMBERS = {PERSON: 1, SHORT: 2, MUSEUM: 3, CLINIC: 4}


def tables(museum: str = "private") -> Tables:
    """Two freelancers, a museum and a clinic who are hidden, a gallery and a group who are not; everything is named after the
    hidden ones somewhere. The museum's `sharing` may be another: it asked to be hidden later."""
    said = "As ZOE\u0308 E\u0301LAN and Zoë\u00a0Élan of Old  Harbour Museum told Quay-Clinic, Jö agreed."
    return Tables(
        {
            "organisations": frame(
                "organisations",
                {
                    "id": PERSON,
                    "name": "Zoë Élan",
                    "kind": "freelancer",
                    "place": "Finkenflug",
                    "latitude": 54.0,
                    "longitude": -1.0,
                },
                {"id": SHORT, "name": "Jö", "kind": "freelancer", "description": "Finkenflug in person"},
                {"id": MUSEUM, "name": "Old Harbour Museum", "kind": "museum", "sharing": museum},
                {
                    "id": CLINIC,
                    "name": "Quay Clinic",
                    "kind": "health_provider",
                    "sharing": "private",
                    "website": "https://kanarie.example",
                },
                {
                    "id": PUBLIC,
                    "name": "Gull Gallery",
                    "kind": "museum",
                    "description": said,
                    "website": "https://zoeelan.example/x",
                },
                {"id": "tide-group", "name": "Tide Group", "kind": "community_group", "place": "Northcliff"},
                {"id": "sea-choir", "name": "Sea Choir", "kind": "community_group"},
            ),
            "pilots": frame(
                "pilots",
                {"id": "zoe-elan-sings", "name": "Zoë Élan sings", "lead": PERSON, "target_group": said},
                {"id": "tides", "name": "Tides", "lead": PUBLIC, "place": "Northcliff", "description": said},
                {"id": "shore", "name": "Shore", "lead": PUBLIC, "place": "Northcliff"},
            ),
            "involvements": frame(
                "involvements",
                {"pilot": "zoe-elan-sings", "organisation": SHORT, "role": "Finkenflug"},
                {"pilot": "zoe-elan-sings", "organisation": MUSEUM, "role": "Kanarie"},
                *[{"pilot": "tides", "organisation": one} for one in (PERSON, "tide-group", "sea-choir")],
                {"pilot": "shore", "organisation": "tide-group"},
            ),
            "waves": frame(
                "waves",
                {"id": "before", "name": "Before Zoë Élan", "date": date(2024, 1, 1)},
                {"id": "since-zoe-elan", "name": "Since Zoë Élan", "date": date(2025, 1, 1)},
            ),
            "partnerships": frame(
                "partnerships",
                {
                    "id": "zoe-elan--tide",
                    "source": PERSON,
                    "target": "tide-group",
                    "relationship": "Finkenflug",
                    "evidence": "Finkenflug",
                },
                {"id": "m-g", "source": MUSEUM, "target": PUBLIC, "level": 3, "source_url": "https://kanarie.example/"},
                {"id": "g-t", "source": PUBLIC, "target": "tide-group", "level": 2, "evidence": said, "relationship": said},
                {"id": "g-s", "source": PUBLIC, "target": "sea-choir", "level": 2, "source_url": "https://zoe-elan.example/"},
                {"id": "c-i", "source": CLINIC, "target": SHORT, "relationship": "Kanarie"},
            ),
            "ratings": frame("ratings", *_ratings()),
            "indicators": frame(
                "indicators",
                {
                    "id": "asked-by-zoe-elan",
                    "theme": "care",
                    "name": "People who met Zoë Élan",
                    "unit": "people",
                    "better": "higher",
                    "method": said,
                    "target": 20.0,
                },
                {
                    "id": "sessions",
                    "theme": "relevance",
                    "name": "Sessions",
                    "unit": "sessions",
                    "better": "higher",
                    "target": 9.0,
                },
            ),
            "results": frame("results", *_results(said)),
            "findings": frame("findings", *_findings(said)),
            "confirmations": frame(
                "confirmations", {"finding": "f-zoe-elan", "organisation": "tide-group", "answer": "no", "comment": "Kanarie"}
            ),
            "activities": frame(
                "activities",
                {
                    "id": "evening-zoe-elan",
                    "name": said,
                    "description": said,
                    "place": said,
                    "people": 40,
                    "source_url": "https://zoe-elan.example/",
                },
                {"id": "walk", "name": "Walk", "people": 3},
            ),
            "attendances": frame(
                "attendances",
                *[{"activity": "evening-zoe-elan", "organisation": who, "people": 3} for who in (PERSON, PUBLIC, CLINIC)],
            ),
            "quotes": frame(
                "quotes",
                {
                    "id": "q-zoe-elan",
                    "pilot": "tides",
                    "organisation": PERSON,
                    "text": said,
                    "attribution": "Finkenflug",
                    "sharing": "public",
                },
                {"id": "q2", "pilot": "tides", "text": said, "attribution": "Zoë Élan", "sharing": "public"},
                {"id": "q3", "pilot": "tides", "text": "Kanarie between us", "sharing": "private"},
            ),
        }
    )


def _findings(said: str) -> list[dict[str, object]]:
    """One about a hidden partner, one that names it, and one that is the lead's alone."""
    words = dict.fromkeys(("statement", "contribution", "significance", "evidence"), said)
    about = {"id": "f-zoe-elan", "organisation": PERSON, "other": "tide-group", "confirmed_by": "Finkenflug"}
    return [
        {
            **about,
            **words,
            "theme": "care",
            "sharing": "public",
            "source_url": "https://finkenflug.example/",
            "wave": "since-zoe-elan",
        },
        {"id": "f2", **words, "theme": "care", "sharing": "public", "pilot": "zoe-elan-sings"},
        {"id": "f3", "theme": "care", "statement": "Kanarie between us", "sharing": "private"},
    ]


def _ratings() -> list[dict[str, object]]:
    """Both sides of most pairs, with a comment each; one side alone of a documented pair says that there is no tie."""
    pairs = ((PERSON, "tide-group"), (MUSEUM, PUBLIC), (PUBLIC, "tide-group"), (CLINIC, SHORT))
    both = [
        {"wave": wave, "rater": a, "partner": b, "level": level, "contact": "weekly", "openness": 2, "comment": _comment(a)}
        for wave in ("before", "since-zoe-elan")
        for pair in pairs
        for (a, b), level in ((pair, 5), (pair[::-1], 2))
    ]
    return [*both, {"wave": "since-zoe-elan", "rater": "sea-choir", "partner": PUBLIC, "level": 0, "comment": "Kanarie"}]


def _comment(rater: str) -> str:
    return "Ours" if rater == PUBLIC else "Kanarie"


def _results(said: str) -> list[dict[str, object]]:
    """One result on three people, which must take a second with it, and some on enough."""
    values = {"zoe-elan-sings": (86421.0, 3), "tides": (15.0, 6), "shore": (30.0, 60)}
    return [
        {
            "indicator": indicator,
            "pilot": pilot,
            "wave": wave,
            "value": value,
            "n": n,
            "evidence": said,
            "source_url": "https://zoe-elan.example/r",
        }
        for indicator in ("asked-by-zoe-elan", "sessions")
        for wave in ("before", "since-zoe-elan")
        for pilot, (value, n) in values.items()
    ]


def stored(address: str) -> Store:
    """The programme in a database: the museum was public when a story of it was saved, and is hidden since."""
    store = Store(address)
    before = tables("public")
    made = store.create(Programme("nasty", "Nasty"), before, "Lead", "to begin")
    store.remember("numbers:nasty", NUMBERS)
    for audience in ("partners", "public"):
        seen, cells = access.redact(before, audience, NUMBERS), access.cells(before, audience, NUMBERS)
        for number, about in enumerate(({"partner": MUSEUM}, {"pilot": "tides"}, {})):
            story = stories.draft(seen, audience=audience, programme="Old Harbour Museum and others", cells=cells, **about)
            saved.keep(store, "nasty", _with_notes(story, f"{audience}-{number}"))
    store.commit("nasty", tables(), base=made.id, author="Lead", reason="Old Harbour Museum asked")
    return store


def _with_notes(story: stories.Story, id: str) -> stories.Story:
    slides = (*story.slides, stories.Slide("Old Harbour Museum helped", "So did zoe élan."))
    return replace(story, id=id, slides=tuple(replace(one, notes="Kanarie for the lead") for one in slides))


def leaks(text: str, audience: str, but: str | None = None) -> list[str]:
    """What an audience may not read and the text holds all the same; `but` is a name that whoever looks may read: its own.

    Names are looked for as their letters, whatever stands between them; a name of two letters as a word.
    """
    letters = re.sub(r"[\W_]+", "", folded(re.sub(r"[\u0300-\u036f]", "", text)))
    wanted = (*CANARIES, FREELANCERS) if audience == "public" else CANARIES
    found = [one for one in wanted if one in (letters if one.isalpha() else text)]
    for name in NAMES[audience]:
        if name == but:
            continue
        if len(name) < 3:
            found += [name] if re.search(rf"(?<![A-Za-z0-9]){name}(?![A-Za-z0-9])", text) else []
        elif re.sub(r"[\W_]+", "", folded(name)) in letters:
            found.append(name)
    return found


def unpacked(data: bytes) -> str:
    """All text in a file, whatever it is packed in: archives within archives, and the strings and glyphs of a PDF."""
    if data.startswith(b"%PDF"):
        return _pdf(data)
    if not data.startswith(b"PK"):
        return data.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return "\n".join(name + "\n" + unpacked(packed.read(name)) for name in packed.namelist())


def _pdf(data: bytes) -> str:
    parts = []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for held in pdf.objects:
            parts += [str(value) for value in _values(held) if isinstance(value, pikepdf.String)]
        for page in pdf.pages:
            fonts = {name: _letters(font) for name, font in page.get("/Resources", {}).get("/Font", {}).items()}
            now: dict[int, str] = {}
            for instruction in pikepdf.parse_content_stream(page):
                operator, operands = str(instruction.operator), instruction.operands
                if operator == "Tf":
                    now = fonts.get(str(operands[0]), {})
                elif operator in ("Tj", "TJ"):
                    shown = operands[0] if operator == "TJ" else [operands[0]]
                    codes = b"".join(bytes(one) for one in shown if isinstance(one, pikepdf.String))
                    parts.append("".join(now.get(int.from_bytes(codes[at : at + 2]), "") for at in range(0, len(codes), 2)))
    return "".join(parts)


def _values(held: Any) -> Iterator[Any]:
    if isinstance(held, pikepdf.Dictionary | pikepdf.Stream):
        yield from held.values() if isinstance(held, pikepdf.Dictionary) else ()
    elif isinstance(held, pikepdf.Array):
        yield from held


def _letters(font: Any) -> dict[int, str]:
    """What the glyphs of a font stand for."""
    table = font.get("/ToUnicode")
    found: dict[int, str] = {}
    for line in (table.read_bytes().decode("latin-1") if table is not None else "").splitlines():
        codes = re.findall(r"<([0-9A-Fa-f]+)>", line)
        if len(codes) == 2:
            found[int(codes[0], 16)] = bytes.fromhex(codes[1]).decode("utf-16-be", "replace")
        elif len(codes) == 3:
            first, last = int(codes[0], 16), int(codes[1], 16)
            found |= {first + step: chr(int(codes[2], 16) + step) for step in range(last - first + 1)}
    return found


def sent(app: Any) -> str:
    """Everything a page sends to the browser, tables and data of components included."""
    parts: list[str] = []
    waiting = [app._tree]
    while waiting:
        block = waiting.pop()
        waiting += list(getattr(block, "children", {}).values())
        proto = getattr(block, "proto", None)
        if isinstance(proto, Message):
            _collect(proto, parts)
    return "\n".join(parts)


def _collect(value: Any, parts: list[str]) -> None:
    if isinstance(value, Message):
        for _, inner in value.ListFields():
            _collect(inner, parts)
    elif isinstance(value, str | bytes):
        parts.append(value if isinstance(value, str) else value.decode("utf-8", "replace"))
    elif isinstance(value, Mapping):
        for inner in value.values():
            _collect(inner, parts)
    elif isinstance(value, Iterable):
        for inner in value:
            _collect(inner, parts)
