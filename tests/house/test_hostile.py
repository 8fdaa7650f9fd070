"""Hostile text in every field of every table, and nonsense in every link: it stays text, on every page and in every file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import polars as pl
import pytest
import streamlit as st
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from streamlit.testing.v1 import AppTest

from tests.support.app import PAGES, opened
from tests.support.hostile import ELSEWHERE, HOSTILE, made, raw
from wtnet.access import redact
from wtnet.errors import InvalidRequest
from wtnet.store import Programme, Store
from wtnet.tables import Tables, check, schema
from wtnet.tables.model import Raw, RawTable
from wtnet.ui.frame import address
from wtnet.writers import FORMATS, prepare, write
from wtnet.writers.export import Export

_TAGS = re.compile(r"<(?:script|img|svg onload|iframe|form action|image|b onclick)|<style>body")
_MARKS = re.compile(rf"{_TAGS.pattern}|\]\((?:javascript|http://{ELSEWHERE})|:red\[z|:material/lock: \$|\$x\^2\$")
"""What no HTML and no Markdown may hold unescaped."""
_MARKDOWN = {"body", "label", "help", "caption", "title"}
_WRITTEN = {"text_input", "text_area", "code_block", "page_config_changed"}


@pytest.fixture(scope="module")
def hostile() -> Tables:
    """Every text field of every table hostile, in as many rows as there are texts, checked as a file would be."""
    return made()


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory, hostile: Tables) -> Iterator[str]:
    """A database with the hostile programme beside the shipped ones."""
    folder = tmp_path_factory.mktemp("hostile")
    address = f"sqlite:///{folder}/app.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WTNET_DATABASE_URL", address)
        st.cache_resource.clear()
        st.cache_data.clear()
        with Store(address) as store:
            store.create(Programme("hostile", HOSTILE[0], HOSTILE[4], source=HOSTILE[1]), hostile, HOSTILE[0], HOSTILE[4])
        yield address
        st.cache_resource.clear()
        st.cache_data.clear()


def markdown(message: Message, kind: str = "") -> Iterator[tuple[str, bool]]:
    """Every text of an element that a browser draws as Markdown or (true) as HTML."""
    for field, value in message.ListFields():
        if field.type == FieldDescriptor.TYPE_MESSAGE:
            for one in value if isinstance(value, (list, tuple)) or hasattr(value, "add") else [value]:
                if isinstance(one, Message):
                    yield from markdown(one, field.name)
        elif field.type == FieldDescriptor.TYPE_STRING and isinstance(value, str):
            drawn = field.name in _MARKDOWN or (kind == "html" and field.name == "body")
            if drawn and not (kind in _WRITTEN and field.name != "label"):
                yield value, kind == "html"


def _elements(app: AppTest) -> Iterator[Message]:
    stack: list[Any] = [app._tree]
    while stack:
        one = stack.pop()
        stack += list(getattr(one, "children", {}).values())
        proto = getattr(one, "root", None) if not hasattr(one, "proto") else one.proto
        if isinstance(getattr(one, "proto", None), Message):
            yield one.proto
        elif isinstance(proto, Message):
            yield proto


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("audience", ["lead", pytest.param("public", marks=pytest.mark.thorough)])
def test_no_page_draws_hostile_text_as_markup(page: str, audience: str, stored: str, hostile: Tables) -> None:
    """In headings, sentences, labels, tips and HTML alike, with a partner chosen and opened by its hostile id."""
    who = hostile.organisations["id"][0]
    app = opened(page, programme="hostile", select=f"partner:{who}", partner=who, audience=audience)
    texts = [drawn for element in _elements(app) for drawn in markdown(element, element.DESCRIPTOR.name.lower())]
    assert len(texts) > 1
    for text, html in texts:
        found = _TAGS.search(text) if html else _MARKS.search(re.sub(r"\\.", "", text))  # without what is escaped
        assert not found, text[max(0, found.start() - 200) : found.end() + 100]


@pytest.mark.parametrize("letters", [50_000, pytest.param(1_000_000, marks=pytest.mark.thorough)])
def test_a_text_much_too_long_is_refused_in_every_field_with_a_sentence(letters: int) -> None:
    """Whatever can hold text says that it is too long, in which row and column, and does not repeat it."""
    tables, asked = [], set()
    for table in raw().tables:
        declared = schema.SCHEMAS[table.name].columns()
        texts = [column for column in table.frame.columns if type(declared.get(column)).__name__ == "String"]
        asked |= {(table.sheet, column) for column in texts}
        long = [pl.when(pl.col("_row") == 6).then(pl.lit("long " * (letters // 5))).otherwise(text).alias(text) for text in texts]
        tables.append(RawTable(table.name, table.frame.with_columns(long), table.file, table.sheet))
    problems = check(Raw("workbook", tuple(tables))).problems
    assert {(problem.sheet, problem.column) for problem in problems if "longer than" in problem.sentence} >= asked
    assert max(len(problem.sentence) for problem in problems) < 2_000
    assert len(asked) > 30


DEAR = ("report", "pptx", "png")
"""The formats that the gate writes for the lead alone."""
BOOK_EACH = "give-back"
"""Workbooks as `workbook` writes them, one a partner."""


@pytest.fixture(scope="module")
def exports(hostile: Tables) -> dict[str, Export]:
    """What leaves of it for the lead and for everybody, prepared once for all formats."""
    about = Programme("hostile", HOSTILE[0], HOSTILE[4], source=HOSTILE[1])
    return {audience: prepare(about, redact(hostile, audience), audience=audience) for audience in ("lead", "public")}


@pytest.mark.parametrize(
    ("format", "audience"),
    [
        *(pytest.param(writer.id, "lead", marks=pytest.mark.thorough if writer.id == BOOK_EACH else []) for writer in FORMATS),
        *(pytest.param(writer.id, "public", marks=pytest.mark.thorough if writer.id in DEAR else []) for writer in FORMATS),
    ],
)
def test_every_format_writes_hostile_text(format: str, audience: str, exports: dict[str, Export]) -> None:
    """Each file is made, and no file of text holds a script or a tag that a name brought."""
    export = exports[audience]
    if format == "give-back" and audience != "lead":
        with pytest.raises(InvalidRequest, match="lead"):
            write(format, export)
        return
    data = write(format, export)
    assert len(data) > 100
    if format in ("html", "svg") or data[:5] == b"<?xml":
        text = data.decode()
        assert "<script>window.pwned" not in text and "<svg onload" not in text and "<b onclick" not in text
        assert "<iframe srcdoc" not in text and "<style>body{display" not in text


ANYTHING = some.one_of(
    some.sampled_from(
        [*HOSTILE, "partner:p0", "example", "hostile", "0", "-1", "1e309", "nan", "public", "lead", "\x00", "a" * 9_000]
    ),
    some.text(max_size=40),
    some.integers().map(str),
)


NAMES = [*address.names(), "token", "x"]


@pytest.mark.parametrize("times", [8, pytest.param(40, marks=pytest.mark.thorough)])
def test_no_link_breaks_a_page(times: int, stored: str) -> None:
    """Any choices with any values: the nearest view, or a sentence."""

    @settings(max_examples=times, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(page=some.sampled_from(PAGES), query=some.dictionaries(some.sampled_from(NAMES), ANYTHING, max_size=8))
    def followed(page: str, query: dict[str, str]) -> None:
        opened(page, **query)

    followed()
