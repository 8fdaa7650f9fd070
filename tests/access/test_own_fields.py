"""Fields of the lead's own: hers alone unless she shares one, in every file, and never with a hidden partner's name in it."""

import io
import zipfile
from collections.abc import Callable
from functools import cache

import pytest

from tests.support.frames import frame
from wtnet import writers
from wtnet.access import redact
from wtnet.store import Programme
from wtnet.tables import Tables, own
from wtnet.writers.export import Export

SECRET, SHARED = "seventeen-thousand", "Northern Shore"


@pytest.fixture(scope="module")
def programme() -> Tables:
    """Two partners who may be seen and Jo, who may not; every table has a private field, partners' region is shared."""
    cell = own.encode({"budget": SECRET, "region": f"{SHARED} of Jo Marsh"})
    fields = [{"table": table, "id": "budget", "label": "Budget"} for table in own.OWNED if table != "ratings"]
    fields.append({"table": "organisations", "id": "region", "label": "Region", "type": "category", "sharing": "partners"})
    about = {"own_fields": cell}
    return Tables(
        {
            "organisations": frame(
                "organisations",
                {"id": "m", "name": "Harbour Museum", "kind": "museum", **about},
                {"id": "jo", "name": "Jo Marsh", "kind": "freelancer", "sharing": "private", **about},
                {"id": "c", "name": "Quay Clinic", "kind": "health_provider"},
            ),
            "pilots": frame("pilots", {"id": "p", "name": "Tidelines", "lead": "m", **about}),
            "waves": frame("waves", {"id": "w", "name": "W"}),
            "partnerships": frame(
                "partnerships",
                {"id": "m-jo", "source": "m", "target": "jo", "sharing": "public", **about},
                {
                    "id": "m-c",
                    "source": "m",
                    "target": "c",
                    "sharing": "private",
                    "own_strength": 0.5,
                    "own_scale": SECRET,
                    **about,
                },
            ),
            "indicators": frame("indicators", {"id": "i", "theme": "care", "name": "Sessions", "instrument": "count"}),
            "results": frame("results", {"indicator": "i", "pilot": "p", "wave": "w", "value": 9.0, **about}),
            "fields": frame("fields", *fields),
        }
    )


@pytest.mark.parametrize(("audience", "shared"), [("partners", True), ("public", False)])
def test_others_have_only_the_fields_that_are_shared_with_them(programme: Tables, audience: str, shared: bool) -> None:
    seen = redact(programme, audience)
    assert seen.fields["id"].to_list() == (["region"] if shared else [])
    museum = own.decode(seen.organisations["own_fields"][0])
    assert list(museum) == (["region"] if shared else [])
    assert "Jo Marsh" not in str(museum) and (SHARED in str(museum)) == shared
    assert all(cell is None for table in ("pilots", "partnerships", "results") for cell in seen[table]["own_fields"])
    for tables in (seen, seen.exact):
        assert tables is not None and SECRET not in str([tables[name].rows() for name in ("organisations", "pilots", "results")])


def test_a_hidden_partner_loses_its_fields_and_an_unshared_tie_its_strength(programme: Tables) -> None:
    seen = redact(programme, "partners")
    hidden = next(row for row in seen.organisations.iter_rows(named=True) if row["id"] not in ("m", "c"))
    assert hidden["own_fields"] is None
    tie = next(row for row in seen.partnerships.iter_rows(named=True) if row["target"] == "c")
    assert tie["own_strength"] is None and tie["own_scale"] is None


@pytest.fixture(scope="module")
def prepared(programme: Tables) -> Callable[[str], Export]:
    """What leaves for an audience, prepared once for all formats."""
    return cache(lambda audience: writers.prepare(Programme(id="p", name="P"), programme, audience=audience))


@pytest.mark.parametrize("audience", ["partners", "public"])
@pytest.mark.parametrize(
    "formats",
    [
        ["workbook", "csv", "kumu", "kumu-json", "gephi", "gexf", "graphml", "pajek", "html"],
        pytest.param(["report"], id="report"),
    ],
)
def test_no_file_for_others_holds_a_private_field(prepared: Callable[[str], Export], formats: list[str], audience: str) -> None:
    for format in formats:
        assert SECRET not in _text(writers.write(format, prepared(audience))), format


def test_the_leads_file_holds_them_all(prepared: Callable[[str], Export]) -> None:
    for format in ("workbook", "csv", "kumu", "kumu-json", "gephi", "gexf", "graphml"):
        text = _text(writers.write(format, prepared("lead")))
        assert SECRET in text and SHARED in text, format


def _text(data: bytes) -> str:
    """Everything in a file, that of every part of a zip."""
    if not data.startswith(b"PK"):
        return data.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return "".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
