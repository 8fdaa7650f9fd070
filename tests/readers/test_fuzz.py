"""No bytes whatever make a reader fail in any way but a sentence."""

import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wtnet.errors import WtnetError
from wtnet.readers import read_bytes
from wtnet.tables import check
from wtnet.tables.model import Raw

STARTS = [
    b"",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"%PDF-",
    b"<gexf><graph><nodes><node id='a'",
    b"<graphml><key id='k'/><graph><node id='a'><data key='k'>",
    b"<?xml version='1.0' encoding='",
    b'{"elements":[{"label":',
    b'{"elements":[],"connections":[{"from":',
    b"[",
    b"id,name,kind\n",
    b"source;target;level\n",
    b"Id,Label\n1,",
    b'sep="\nid',
    b"*Vertices 3\n",
    b"*Vertices 3 1\n*Matrix\n",
    b'*Vertices 3\n*Arcs :1 "',
    b"dl n=2 format=",
    b"dl nr=2, nc=1 labels embedded\ndata:\n",
    b'{"grants":[{"fundingOrganization":',
    b'{"nodes":[{"id":"a","attributes":',
    b"Identifier,Funding Org:Name,Recipient Org:Name\n",
]
NAMES = ["organisations.csv", "a.csv", "a.xlsx", "a.ods", "a.json", "a.gexf", "a.graphml", "a.zip", "a", ""]
PARTS = [
    "xl/workbook.xml",
    "content.xml",
    "mimetype",
    "organisations.csv",
    "xl/worksheets/sheet1.xml",
    "_rels/.rels",
    "a/../b.csv",
]
TEXT = st.text(alphabet=st.sampled_from("<>/=\"'&;,|\t\n\r[]{}:ab10.é\x00\ud800"), max_size=60).map(
    lambda text: text.encode("utf-8", "surrogatepass")
)


def _read(name: str, data: bytes) -> None:
    try:
        raw = read_bytes(name, data)
    except WtnetError as error:
        assert str(error)
    else:
        assert isinstance(raw, Raw)
        check(raw)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(st.sampled_from(NAMES), st.sampled_from(STARTS), st.binary(max_size=200) | TEXT)
def test_no_bytes_raise_anything_but_a_sentence(name: str, start: bytes, rest: bytes) -> None:
    """Whatever follows a plausible beginning is read, or refused in words."""
    _read(name, start + rest)


@pytest.mark.thorough
@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(st.sampled_from(NAMES), st.sampled_from(STARTS), st.binary(max_size=200) | TEXT)
def test_many_bytes_raise_nothing_else_either(name: str, start: bytes, rest: bytes) -> None:
    """The same of many more."""
    _read(name, start + rest)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(
    st.dictionaries(st.sampled_from(PARTS), st.binary(max_size=60) | TEXT, max_size=4), st.integers(0, 400), st.integers(0, 255)
)
def test_no_zip_raises_anything_but_a_sentence(parts: dict[str, bytes], at: int, byte: int) -> None:
    """Zips of odd parts, one byte of them changed."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    data = bytearray(held.getvalue())
    data[at % len(data)] = byte
    _read("a.xlsx", bytes(data))
